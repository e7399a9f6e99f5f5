// Marking: the form stands at the selection; keys choose, save, put back; nothing typed is lost.

const Marking = (() => {
  const find = (selector, root = document) => root.querySelector(selector);
  const findAll = (selector, root = document) => [...root.querySelectorAll(selector)];
  const desk = find("#desk");
  const marking = find("#marking");
  // Where the editor was before the form opened, and whether something was typed since.
  let origin = null;
  let isTouched = false;
  // Which form is on its way back.
  let comingBack = null;

  const form = () => find("#claim-form", marking);
  const isOpen = Standing.isOpen;
  // A claim that stands in the report already, not a new one.
  const isChange = () => Boolean(find("[name=based_on]", marking));
  // Or an edge was moved, or a passage added.
  const isChanged = () => isOpen() && (isTouched || Kept.isChanged());

  const remember = () => (marking.contains(document.activeElement) ? null : Whereabouts.now());

  function giveBack() {
    if (origin) Whereabouts.goBack(origin);
    origin = null;
  }

  const numbers = () => JSON.parse(find("#source-numbers").dataset.numbers || "{}");

  // ---- The form ----

  const ask = (verb, address, more = {}) =>
    htmx.ajax(verb, address, { source: marking, target: "#marking", swap: "innerHTML", ...more });

  function open(passages, whole) {
    if (!passages.length) return;
    const query = passages.map((one) => `at=${whole ? "~" : ""}${Report.written(one)}`).join("&");
    Early.expect();
    ask("GET", `${desk.dataset.add}?${query}`);
    Caret.leave();
    Report.paint("newsdesk-chosen", passages);
  }

  // What was typed is not thrown away by a click elsewhere.
  function sayItIsOpen() {
    showTrouble("Save or cancel the claim that is open first.");
    marking.focus({ preventScroll: true });
  }

  // True where a claim that is open, with something in it, keeps all else from being done; it is said then.
  function isInTheWay() {
    if (isChanged()) sayItIsOpen();
    return isChanged();
  }

  // With the form open, what is selected joins the passages of a claim, or replaces those of a new one.
  function put(passages, whole, joining) {
    if (!isChange() && !joining) for (const field of findAll("[name=at]", marking)) field.remove();
    for (const one of passages) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = "at";
      field.value = `${whole ? "~" : ""}${Report.written(one)}`;
      form().append(field);
    }
    Caret.leave();
    ask("POST", form().action, { source: form(), values: { step: "find" } });
  }

  // What was selected by mouse or touch. With the form open, it replaces the passages of a new claim, or joins them:
  // when that is asked for, or while “Add another passage” is folded out.
  function take(passages, whole, joining) {
    if (form() || !passages.length) Early.drop();
    if (!passages.length) return;
    if (form()) put(passages, whole, joining || find("#id_quote", marking)?.closest("details").open);
    else open(passages, whole);
  }

  // The form is about to be asked for: keys pressed from now on are meant for it.
  function expectKeys() {
    if (isOpen()) return;
    Early.drop();
    Early.expect();
  }

  // The claim that is changed becomes the current one, and its words come into view.
  function bringIntoView() {
    const uid = form()?.dataset.edits;
    if (uid) document.dispatchEvent(new CustomEvent("newsdesk:current", { detail: { uid } }));
    Standing.bringIntoView();
  }

  function close() {
    marking.replaceChildren();
    Standing.place();
    Report.paint("newsdesk-chosen", []);
    getSelection().removeAllRanges();
    Kept.drop();
    isTouched = false;
    Early.drop();
    giveBack();
  }

  // Everything is as it was before the form; what was entered is kept, with a way back.
  function leave() {
    const isKept = Kept.putAway();
    close();
    if (isKept) announce("Closed. What you had entered is kept: Put it back.");
  }

  // As by its button, but past what the browser does for a form that is sent: it looks through the page for others.
  function save() {
    if (form()) htmx.trigger(form(), "submit");
  }

  // `id` tells the forms that were closed apart; the one that was open has none.
  function bringBack(kept, id = 0) {
    if (!kept) return;
    comingBack = id;
    ask("POST", kept.action, { values: { ...kept.values, step: "find" } });
    announce("What you had entered is back.");
  }

  function putBack(id) {
    if (isChanged()) return sayItIsOpen();
    bringBack(Kept.away(id), id);
  }

  // With the form open, behind its last passage: the next one is seldom before it.
  function beginCaret(block) {
    const last = Standing.passages().at(-1);
    if (last) return Caret.enter(Report.blockAt(last.position), last.end);
    Caret.begin(block ?? Whereabouts.block(), Report.blockOf(document.body.dataset.current));
  }

  // ---- Keys ----

  function keyInForm(event) {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopImmediatePropagation();
      return leave();
    }
    const isChord = event.ctrlKey || event.metaKey;
    const isLine = event.target.matches("[data-answers] textarea") && !event.shiftKey;
    const isFree = !isTyping(event) && !event.target.closest("button, a, summary");
    if (event.key === "Enter" && (isChord || isLine || isFree)) {
      event.preventDefault();
      return save();
    }
    if (isTyping(event) || !aidIsOn("keys") || event.key === "?") return;
    if (event.key.length === 1 && event.key !== " ") event.stopImmediatePropagation();
    if (event.key === "m") beginCaret();
    else if (!Filling.take(event.key, event.target)) return;
    event.preventDefault();
  }

  function takeEarlyKeys() {
    for (const { key } of Early.taken()) {
      if (key === "Escape") return leave();
      if (key === "Enter") return save();
      if (aidIsOn("keys")) Filling.take(key);
    }
  }

  function takeWords() {
    if (form()) put(Caret.passages(), true, true);
    else open(Caret.passages(), true);
  }

  // True for a key that belongs to the caret. With the form open, the caret chooses one more passage for it.
  function keyInCaret(event) {
    if (event.key === "Escape") {
      event.stopImmediatePropagation();
      Caret.leave();
      if (form()) marking.focus({ preventScroll: true });
    } else if (event.key === "Enter") takeWords();
    else if (Caret.take(event)) Standing.keepOff(Caret.box());
    else return aidIsOn("keys") && !isTyping(event) ? letterInCaret(event) : isOpen();
    event.preventDefault();
    return true;
  }

  // What is selected is what a key is meant for: a number marks it as said by that source. With nothing selected a
  // number is meant for the form, or for the claim that was marked last; and no slip of a key deletes anything.
  function letterInCaret(event) {
    const { key } = event;
    const isSelecting = Caret.isSelecting();
    const isSource = key === "+" || Boolean(numbers()[key]);
    if (isSelecting && (key === "m" || isSource)) {
      takeWords();
      Early.expect();
      if (isSource) Early.keep(event);
    } else if (isOpen()) Filling.take(key, event.target);
    else if (isSelecting && /^[0-9]$/.test(key)) say("No source has this number here. Enter marks what is selected.");
    else if (key === "d") say("Nothing is deleted while words are chosen. Press Esc first.");
    else if (isSelecting && ["e", "a", "x"].includes(key)) say("Words are selected: Enter marks them. For a claim press Esc first.");
    else return false;
    event.preventDefault();
    return true;
  }

  const KEYS = {
    m: () => (Report.selected().length ? open(Report.selected(), true) : beginCaret()),
    e: () => Acting.change(),
    d: () => Acting.actOnCurrent({ act: "delete" }),
    u: () => Acting.undo(),
    n: () => Acting.nextWithoutAnswer(),
  };

  document.addEventListener(
    "keydown",
    (event) => {
      if ([...document.getElementsByTagName("dialog")].some((one) => one.open)) return;
      const isWalking = Caret.isOn() && event.target.matches?.("[data-walked]");
      if (isOpen() && form()?.matches(".htmx-request") && !isTyping(event)) Early.expect();
      else if (isOpen() && !isWalking) return keyInForm(event);
      if (Early.isOn() && !isTyping(event)) return Early.keep(event);
      if (isWalking && keyInCaret(event)) return;
      if (isTyping(event) || event.repeat || !aidIsOn("keys")) return;
      const source = numbers()[event.key];
      if (!Caret.isOn()) showHint("");
      if (Reviewing.take(event.key, Whereabouts.card(), source)) return event.preventDefault();
      if (source) Acting.actOnCurrent({ act: "retag", source });
      else if (KEYS[event.key]) KEYS[event.key]();
      else return;
      event.preventDefault();
    },
    true,
  );
  // The caret is where the focus is, and nowhere else.
  document.addEventListener("focusin", (event) => event.target.matches("[data-walked]") || Caret.leave());
  document.addEventListener("pointerdown", () => Caret.leave());

  // ---- What the desk answers ----

  function keepWhatIsTyped() {
    isTouched = true;
    Kept.keepSoon(form());
  }

  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, (event) => event.target.closest("#claim-form") && keepWhatIsTyped());
  }

  // What has the focus is let go of before it is gone: where that is taken away, the page is laid out at once.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, xhr } = event.detail;
    const isDone = target === marking && xhr.getResponseHeader("HX-Trigger-After-Settle")?.includes("newsdesk:done");
    if (isDone && marking.contains(document.activeElement)) document.activeElement.blur();
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    const { elt, target } = event.detail;
    if (target !== marking) return;
    if (!isOpen()) origin = remember();
    else if (isChanged() && elt !== marking && !marking.contains(elt)) {
      event.preventDefault();
      sayItIsOpen();
    }
  });

  // A form that did not open leaves the editor where they were.
  for (const trouble of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.addEventListener(trouble, (event) => {
      if (event.detail.target !== marking) return;
      // What was to come back stays where it was kept; once the editor has signed in the same is asked for again.
      if (![401, 403].includes(event.detail.xhr?.status)) comingBack = null;
      if (isOpen()) return;
      Report.paint("newsdesk-chosen", []);
      giveBack();
    });
  }

  document.addEventListener("newsdesk:done", (event) => {
    const wasSomewhere = Boolean(origin);
    const pressed = Early.taken();
    close();
    for (const old of findAll("#notices :is(.done:not(:first-child, [data-kept]):not(:has(form)), [data-passing])")) old.remove();
    const notice = find("#notices .done p");
    if (notice) announce(notice.textContent.trim());
    goOnFrom(event.detail.claims[0], wasSomewhere);
    Early.pressAgain(pressed);
  });

  // A click into the report leaves the focus on all of it: the next Tab goes on from the claim. No other claim keeps
  // it: what is pressed next is meant for this one.
  function goOnFrom(uid, wasSomewhere) {
    const sign = document.getElementById(`sign-${uid}`);
    if (!sign) return;
    document.dispatchEvent(new CustomEvent("newsdesk:current", { detail: { uid } }));
    const isAtAnother = Whereabouts.focused() && Whereabouts.card() !== cardOf(uid);
    const isAtNone = document.activeElement.matches("body, main, .report");
    if (wasSomewhere && (isAtAnother || isAtNone)) sign.focus({ preventScroll: true });
  }

  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt, successful, xhr } = event.detail;
    if (!successful) Early.drop();
    // Undone; or not to be undone any more: why is said.
    if (successful || xhr.status === 409) elt.closest?.(".done")?.remove();
  });

  // To the first thing that is wrong, else to the form as a whole, unless the editor is in it; what is wrong is said,
  // and what says it first is given.
  function focusForm() {
    const wrong = findAll(".errorlist", marking);
    const alert = find("[role=alert], .clashes legend", marking);
    const said = [alert, ...wrong].filter(Boolean);
    if (said.length) announce(said.map((one) => one.textContent.trim()).join(" "));
    if (!marking.contains(document.activeElement)) {
      const field = wrong[0] && find("input, select, textarea", wrong[0].closest(".field, fieldset"));
      (alert ? marking : (field ?? marking)).focus({ preventScroll: true });
    }
    return said[0];
  }

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target !== marking || !isOpen()) return;
    Report.paint("newsdesk-chosen", Standing.passages());
    // Painted instead of selected; on touch the handles stay.
    if (!Pointing.isTouch()) getSelection().removeAllRanges();
    const isFresh = event.detail.requestConfig?.verb === "get";
    if (isFresh) isTouched = false;
    if (form()) Kept.keep(form(), isFresh);
    if (form() && comingBack !== null) {
      isTouched = true;
      Kept.forget(comingBack);
    }
    comingBack = null;
    bringIntoView();
    // What is measured comes before what moves the form, so that the page is laid out once.
    const trouble = focusForm();
    Standing.place();
    // In the middle: what saves stands over the lower edge. What was pressed meanwhile was not meant for what is wrong.
    trouble?.scrollIntoView({ block: "center" });
    if (trouble) Early.drop();
    takeEarlyKeys();
  });

  bringBack(Kept.draft());

  return { ask, form, isOpen, isChange, isInTheWay, take, expectKeys, leave, putBack, beginCaret };
})();
