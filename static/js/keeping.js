// Nothing typed is lost: a draft outlives a reload; what was refused for want of a session, or because the page's
// token is no longer good, is sent again.

// Where the focus is: by ids and places in them, since what has it may be replaced, or taken away.
const Whereabouts = (() => {
  const controls = (owner) => [...owner.querySelectorAll("a, button")];

  // None while nothing has the focus. It goes to the claim of the next card, should all this be gone.
  function now() {
    const node = document.activeElement;
    const owner = node?.closest("[id]");
    if (!owner || node === document.body) return null;
    // Of cards that are folded out, the last one is followed by what follows their place in the list.
    const after = card()?.nextElementSibling ?? document.querySelector("[data-place]")?.nextElementSibling;
    const next = `sign-${after?.dataset.card}`;
    const at = node === owner ? -1 : controls(owner).indexOf(node);
    return { caret: Caret.where(), owner: owner.id, at, next };
  }

  // The card or the sign that has the focus.
  const focused = () => document.activeElement?.closest?.("[data-card], a[data-code]");

  // Of the claim that has the focus, else of the current one.
  function card() {
    const node = focused();
    if (node?.dataset.card) return node;
    return cardOf(node ? node.id.slice("sign-".length) : document.body.dataset.current);
  }

  // One rule for every key that acts on a claim: its words are seen, or its card, which has the focus, is.
  function isSeen(card) {
    if (isInSight(card.dataset.card)) return true;
    const column = card.closest("#claims")?.getBoundingClientRect();
    const box = card.getBoundingClientRect();
    const [top, bottom] = [Math.max(0, column?.top ?? 0), Math.min(innerHeight, column?.bottom ?? innerHeight)];
    return card.contains(document.activeElement) && box.bottom > top && box.top < bottom;
  }

  // The paragraph that has the focus, or in which the claim does whose card has it.
  function block() {
    const focused = document.activeElement?.closest?.(".report .block, [data-card]");
    return focused?.dataset.card ? Report.blockOf(focused.dataset.card) : focused;
  }

  function goBack({ caret, owner, at, next }) {
    const walked = caret && Report.blockAt(caret.position);
    if (walked) return Caret.enter(walked, caret.at);
    const place = document.getElementById(owner);
    const node = place ? (at < 0 ? place : (controls(place)[at] ?? place)) : document.getElementById(next);
    node?.focus({ preventScroll: true });
  }

  return { now, focused, card, isSeen, block, goBack };
})();

const Kept = (() => {
  const desk = document.getElementById("desk");
  const dialog = document.getElementById("signing-in");
  const notices = document.getElementById("notices");
  const OPEN = desk.dataset.article;
  // The form as it came, to tell whether anything in it was changed; unknown for a draft.
  let fresh = null;
  // The form that is about to be kept, and when.
  let late = null;
  let timer = null;
  // What to send once the editor has signed in, and whether a new token was tried for it.
  let pending = null;
  let isRenewed = false;

  // ---- The form that is open ----

  function keep(form, isFresh) {
    late = null;
    const draft = Drafts.ofClaim(form, isFresh ? undefined : fresh);
    fresh = draft.fresh;
    Drafts.keep(OPEN, draft);
  }

  // Once typing rests, or the page is left: to read all fields takes longer than a key may.
  function keepSoon(form) {
    late = form;
    clearTimeout(timer);
    timer = setTimeout(keepNow, 150);
  }

  function keepNow() {
    if (late) keep(late, false);
  }

  addEventListener("pagehide", keepNow);

  function draft() {
    keepNow();
    const kept = Drafts.read(OPEN);
    fresh = kept?.fresh ?? null;
    return kept;
  }

  function drop() {
    late = null;
    Drafts.drop(OPEN);
  }

  function isChanged() {
    keepNow();
    return Drafts.isChanged(Drafts.read(OPEN));
  }

  // ---- Forms that were closed with something in them: each has a notice, the newest first ----

  // True if there is anything to be kept.
  function putAway() {
    const kept = Drafts.putAway(OPEN, draft());
    drop();
    if (kept) notices.prepend(made(kept));
    return Boolean(kept);
  }

  function made({ id, words }) {
    const notice = document.getElementById("put-away").content.firstElementChild.cloneNode(true);
    notice.dataset.kept = id;
    notice.querySelector("q").textContent = shortened(words ?? "");
    notice.querySelector("q").parentElement.hidden = !words;
    return notice;
  }

  // Between quotation marks that the page sets: without any around it, and with others within.
  const INNER = { "“": "‘", "”": "’", "„": "‚", "«": "‹", "»": "›", '"': "'" };
  const shortened = (words) => {
    const [, whole] = /^["“„«]([^"“”„«»]*)["”“»]$/s.exec(words) ?? [];
    const bare = whole ?? words.replace(/["“”„«»]/g, (mark) => INNER[mark]);
    return bare.length > 60 ? `${bare.slice(0, 60).trim()}…` : bare;
  };

  const away = (id) => Drafts.closedIn(OPEN).find((one) => one.id === id);

  // It is open again, or thrown away.
  function forget(id) {
    Drafts.keepClosed(OPEN, Drafts.closedIn(OPEN).filter((one) => one.id !== id));
    notices.querySelector(`[data-kept="${id}"]`)?.remove();
  }

  // What has just been done stands before them.
  for (const one of Drafts.closedIn(OPEN).reverse()) notices.append(made(one));

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-throw-away]")) return;
    forget(Number(event.target.closest("[data-kept]").dataset.kept));
    announce("What you had entered is thrown away.");
    document.getElementById("main").focus({ preventScroll: true });
  });

  // ---- The session ----

  function takeToken(token) {
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
    desk.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  }

  // Sends the same again. `step` belongs to what was asked, unlike in a draft.
  function again({ elt, verb, path, target, formData }) {
    const values = Drafts.valuesOf(formData);
    if (formData.has("step")) values.step = formData.getAll("step");
    const source = elt.isConnected ? elt : document.getElementById("marking");
    return () => htmx.ajax(verb.toUpperCase(), path, { source, target, swap: "innerHTML", values });
  }

  // Signing in, in another tab too, makes the token of this page useless.
  async function renew(config) {
    isRenewed = true;
    try {
      const answer = await fetch(desk.dataset.add, { headers: { "HX-Request": "true" } });
      const token = /name="csrfmiddlewaretoken" value="([^"]+)"/.exec(await answer.text())?.[1];
      if (token) takeToken(token);
      if (token) again(config)();
    } catch {
      showTrouble("The desk could not be reached. What you see has not changed. Try again.");
    }
  }

  // What the page shows, so that the desk knows whether pieces of it will fit.
  document.addEventListener("htmx:configRequest", (event) => {
    const { verb, formData } = event.detail;
    if (verb === "post") formData.set("seen", document.getElementById("source-numbers").dataset.stamp);
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, requestConfig } = event.detail;
    if (xhr.status === 401) pending = again(requestConfig);
    if (xhr.status < 400) isRenewed = false;
  });
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr, requestConfig } = event.detail;
    if (xhr.status === 403 && requestConfig.verb === "post" && !isRenewed) renew(requestConfig);
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target === dialog && !dialog.open) dialog.showModal();
  });
  // Who it was is known. After htmx, which gives the focus to the name.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target !== dialog) return;
    const [name, password] = dialog.querySelectorAll("input:not([type=hidden])");
    if (password) name.value ||= document.body.dataset.visitor;
    (password ?? name).focus();
  });
  document.addEventListener("newsdesk:signed-in", (event) => {
    takeToken(event.detail.token);
    dialog.close();
    dialog.replaceChildren();
    pending?.();
    pending = null;
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-close-dialog]")) dialog.close();
  });

  // What was done is told once, not again when the page is loaded anew; an article that was saved needs no draft.
  const here = new URL(location.href);
  if (here.searchParams.has("added")) Drafts.dropSaved(here.searchParams.get("added"));
  if (here.searchParams.has("done") || here.searchParams.has("added")) {
    for (const name of ["done", "added"]) here.searchParams.delete(name);
    history.replaceState(history.state, "", here);
  }

  return { keep, keepSoon, draft, drop, isChanged, putAway, away, forget };
})();
