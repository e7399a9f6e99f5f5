// Marking: the form stands at the selection; keys choose, save, put back; nothing typed is lost.

(() => {
  const NARROW = matchMedia("(max-width: 799px)");
  const TOUCH = matchMedia("(pointer: coarse)");
  const find = (selector, root = document) => root.querySelector(selector);
  const findAll = (selector, root = document) => [...root.querySelectorAll(selector)];
  const desk = find("#desk");
  const marking = find("#marking");
  const DRAFT = `newsdesk-draft-${desk.dataset.article}`;
  // Where the editor was before the form opened; what to send again once they have signed in.
  let origin = null;
  let pending = null;
  let isAdding = false;

  const form = () => find("#claim-form", marking);
  const isOpen = () => marking.childElementCount > 0;

  // The claim that has the focus, by its card or its sign, else the current one.
  function currentCard() {
    const focused = document.activeElement?.closest?.("[data-card], a[data-code]");
    if (focused?.dataset.card) return focused;
    const uid = focused ? focused.id.slice("sign-".length) : document.body.dataset.current;
    return find(`[data-card="${uid ?? ""}"]`);
  }

  // ---- The form ----

  const ask = (verb, address, more = {}) =>
    htmx.ajax(verb, address, { source: marking, target: "#marking", swap: "innerHTML", ...more });

  function open(passages, whole) {
    if (!passages.length) return;
    origin = { caret: Caret.where(), focus: document.activeElement };
    Caret.leave();
    Report.paint("newsdesk-chosen", passages);
    const query = passages.map((one) => `at=${whole ? "~" : ""}${Report.written(one)}`).join("&");
    ask("GET", `${desk.dataset.add}?${query}`);
  }

  const passagesInForm = () => findAll("[name=at]", marking).map((field) => Report.read(field.value)).filter(Boolean);

  // With the form open, what is selected joins the passages of a claim, or replaces those of a new one.
  function put(passages, whole, joining) {
    const isNew = !find("[name=based_on]", marking);
    if (isNew && !joining) for (const field of findAll("[name=at]", marking)) field.remove();
    for (const one of passages) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = "at";
      field.value = `${whole ? "~" : ""}${Report.written(one)}`;
      form().append(field);
    }
    isAdding = false;
    ask("POST", form().action, { source: form(), values: { step: "find" } });
  }

  // At the last passage, below it or above it, within the window. On small screens the style sheet docks it.
  function place() {
    if (!isOpen()) return;
    marking.style.removeProperty("left");
    marking.style.removeProperty("top");
    if (NARROW.matches || TOUCH.matches) return;
    const last = passagesInForm().at(-1);
    const box = (last && Report.rangeOf(last)?.getBoundingClientRect()) ?? currentCard()?.getBoundingClientRect();
    if (!box) return;
    const [wide, high] = [marking.offsetWidth, marking.offsetHeight];
    const left = Math.max(8, Math.min(box.left, innerWidth - wide - 8));
    const below = box.bottom + 10;
    const top = below + high <= innerHeight - 8 ? below : box.top - high - 10;
    marking.style.left = `${left}px`;
    marking.style.top = `${Math.max(8, Math.min(top, innerHeight - high - 8))}px`;
  }

  function close() {
    marking.replaceChildren();
    marking.style.removeProperty("left");
    marking.style.removeProperty("top");
    Report.paint("newsdesk-chosen", []);
    getSelection().removeAllRanges();
    sessionStorage.removeItem(DRAFT);
    isAdding = false;
    const { caret, focus } = origin ?? {};
    origin = null;
    if (caret && Report.blockAt(caret.position)) Caret.enter(Report.blockAt(caret.position), caret.at);
    else if (focus?.isConnected && focus !== document.body) focus.focus({ preventScroll: true });
  }

  function save() {
    form()?.requestSubmit();
  }

  // ---- Drafts: what was typed outlives a reload of the page ----

  const OWN = new Set(["csrfmiddlewaretoken", "step"]);

  function keepDraft() {
    if (!form()) return;
    const fields = [...new FormData(form())].filter(([name]) => !OWN.has(name));
    try {
      sessionStorage.setItem(DRAFT, JSON.stringify({ action: form().getAttribute("action"), fields }));
    } catch {
      // Storage is full or forbidden: the draft lasts as long as the page.
    }
  }

  function bringDraftBack() {
    const kept = sessionStorage.getItem(DRAFT);
    if (!kept) return;
    const { action, fields } = JSON.parse(kept);
    const values = { step: "find" };
    for (const [name, value] of fields) (values[name] ??= []).push(value);
    ask("POST", action, { values });
    announce("What you had entered is back.");
  }

  // ---- Acts without a form ----

  function act(card, values) {
    if (!card) return;
    const address = find("[data-delete]", card).dataset.delete;
    origin ??= { caret: null, focus: document.activeElement };
    ask("POST", address, { values: { based_on: card.dataset.version, ...values } });
  }

  const numbers = () => JSON.parse(find("#source-numbers").dataset.numbers || "{}");

  function nextWithoutAnswer() {
    const cards = findAll("[data-card]");
    const from = cards.indexOf(currentCard()) + 1;
    const next = [...cards.slice(from), ...cards.slice(0, from)].find((card) => !find(".said", card));
    if (next) document.dispatchEvent(new CustomEvent("newsdesk:go", { detail: { uid: next.dataset.card } }));
    else announce("Every claim here answers a question.");
  }

  function beginCaret(block) {
    const current = find(`.report a.sign[id="sign-${document.body.dataset.current ?? ""}"]`)?.closest(".block");
    const inView = Report.blocks().find((one) => one.getBoundingClientRect().bottom > 120);
    const where = block ?? document.activeElement?.closest?.(".report .block") ?? current ?? inView;
    if (where) Caret.enter(where);
  }

  // ---- Keys ----

  const EDGES = { "[": "start-back", "{": "start-on", "}": "end-back", "]": "end-on" };

  function keyInForm(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopImmediatePropagation();
      return close();
    }
    if (isTyping(event)) return;
    const choice = find(`[data-key="${CSS.escape(event.key)}"]`, marking);
    if (choice) {
      event.preventDefault();
      choice.checked = true;
      choice.dispatchEvent(new Event("change", { bubbles: true }));
      if (event.key === "+") return find("#id_source_name", marking).focus();
      return choice.focus();
    }
    if (event.key === "a") {
      event.preventDefault();
      const answers = find("[data-answers]", marking);
      if (answers) answers.open = true;
      place();
      return find("[data-answers] details > summary", marking)?.focus();
    }
    const edge = EDGES[event.key] && findAll(`[data-edge="${EDGES[event.key]}"]`, marking).at(-1);
    if (edge) {
      event.preventDefault();
      return edge.click();
    }
    if (event.key === "Enter" && !event.target.closest("button, a, summary, input")) {
      event.preventDefault();
      save();
    }
  }

  function keyInCaret(event) {
    if (event.key === "Escape") {
      event.stopImmediatePropagation();
      return Caret.leave();
    }
    if (event.key === "Enter") {
      event.preventDefault();
      return open(Caret.passages(), true);
    }
    if (Caret.take(event)) event.preventDefault();
  }

  const KEYS = {
    m: () => (Report.selected().length ? open(Report.selected(), true) : beginCaret()),
    e: () => find("[data-edit]", currentCard() ?? document.createElement("i"))?.click(),
    d: () => act(currentCard(), { act: "delete" }),
    u: () => find("#notices [data-undo]")?.click(),
    n: nextWithoutAnswer,
  };

  document.addEventListener(
    "keydown",
    (event) => {
      if (find("dialog[open]")) return;
      if (isOpen()) return keyInForm(event);
      if (Caret.isOn() && event.target.closest?.("[data-walked]")) return keyInCaret(event);
      if (isTyping(event) || !aidIsOn("keys")) return;
      const source = numbers()[event.key];
      if (source && currentCard()) act(currentCard(), { act: "retag", source });
      else if (KEYS[event.key]) KEYS[event.key]();
      else return;
      event.preventDefault();
    },
    true,
  );

  // ---- Mouse and touch ----

  let timer = null;

  function take(event) {
    const passages = Report.selected();
    if (!passages.length) return;
    const whole = !event.altKey;
    if (form()) put(passages, whole, isAdding || event.ctrlKey || event.metaKey);
    else open(passages, whole);
  }

  document.addEventListener("pointerup", (event) => {
    if (event.pointerType === "touch" || event.button !== 0 || !event.target.closest?.(".report")) return;
    clearTimeout(timer);
    // A double click may become a triple one.
    timer = setTimeout(() => take(event), event.detail > 1 || getSelection().toString().length < 40 ? 280 : 0);
  });

  // On touch the handles are still to be moved, so a button waits until they are where they should be.
  document.addEventListener("selectionchange", () => {
    if (!TOUCH.matches) return;
    const button = find("#mark-selection");
    button.hidden = !Report.selected().length;
  });

  document.addEventListener("click", (event) => {
    const node = event.target;
    if (node.closest("[data-cancel]") && isOpen()) {
      event.preventDefault();
      return close();
    }
    if (node.closest("#mark-selection")) {
      node.closest("#mark-selection").hidden = true;
      return take(event);
    }
    if (node.closest("[data-add-passage]")) {
      isAdding = true;
      return announce("Select the other passage in the report.");
    }
    const remover = node.closest("[data-delete]");
    if (remover) {
      event.preventDefault();
      return act(remover.closest("[data-card]"), { act: "delete" });
    }
    const caret = node.closest("[data-caret]");
    if (caret) {
      event.preventDefault();
      return beginCaret(caret.closest(".block"));
    }
    if (node.closest("[data-next-unanswered]")) return nextWithoutAnswer();
    if (node.closest("[data-close-dialog]")) find("#signing-in").close();
  });

  // ---- What the desk answers ----

  document.addEventListener("input", (event) => event.target.closest("#claim-form") && keepDraft());
  document.addEventListener("change", (event) => {
    if (!event.target.closest("#claim-form")) return;
    keepDraft();
    if (event.target.name === "source") offerSpeakers(event.target.value);
  });

  // Speakers of the chosen source come first; without one that has any, all are offered.
  function offerSpeakers(slug) {
    const list = find("#speakers", marking);
    const own = findAll("option", list).filter((one) => one.dataset.source === slug);
    list.prepend(...own);
  }

  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, requestConfig, target } = event.detail;
    if (xhr.status !== 401 || !requestConfig || target.id === "signing-in") return;
    const { verb, path, formData, parameters } = requestConfig;
    const values = {};
    for (const [name, value] of formData ?? Object.entries(parameters)) (values[name] ??= []).push(value);
    pending = () => ask(verb.toUpperCase(), path, { values: { ...values, csrfmiddlewaretoken: [] } });
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id !== "signing-in") return;
    const dialog = find("#signing-in");
    if (!dialog.open) dialog.showModal();
    find("input:not([type=hidden])", dialog)?.focus();
  });

  document.addEventListener("newsdesk:signed-in", (event) => {
    const { token } = event.detail;
    for (const field of findAll("[name=csrfmiddlewaretoken]")) field.value = token;
    desk.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
    find("#signing-in").close();
    pending?.();
    pending = null;
  });

  document.addEventListener("newsdesk:done", (event) => {
    close();
    for (const old of findAll("#notices .done:not(:first-child):not(:has(form))")) old.remove();
    const notice = find("#notices .done p");
    if (notice) announce(notice.textContent.trim());
    const [uid] = event.detail.claims;
    if (document.getElementById(`sign-${uid}`)) document.dispatchEvent(new CustomEvent("newsdesk:current", { detail: { uid } }));
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt, successful } = event.detail;
    if (successful && elt.closest?.(".done")) elt.closest(".done").remove();
  });

  document.addEventListener("htmx:afterSettle", () => {
    if (!isOpen()) return;
    Report.paint("newsdesk-chosen", passagesInForm());
    place();
    if (form()) keepDraft();
    if (!marking.contains(document.activeElement)) marking.focus({ preventScroll: true });
    const trouble = find("[role=alert]", marking);
    if (trouble) announce(trouble.textContent.trim());
  });

  addEventListener("resize", place);
  document.addEventListener("toggle", (event) => marking.contains(event.target) && place(), true);
  bringDraftBack();
})();
