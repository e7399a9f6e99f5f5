// Nothing typed is lost: a draft outlives a reload; what was refused for want of a session, or because the page's
// token is no longer good, is sent again.

// Where the focus is: by ids and places in them, since what has it may be replaced, or taken away.
const Whereabouts = (() => {
  const controls = (owner) => [...owner.querySelectorAll("a, button")];

  // `next` is the id of what has the focus when all this is gone. None while nothing has it.
  function now(next) {
    const node = document.activeElement;
    const owner = node?.closest("[id]");
    if (!owner || node === document.body) return null;
    return { caret: Caret.where(), owner: owner.id, at: controls(owner).indexOf(node), next };
  }

  function goBack({ caret, owner, at, next }) {
    const block = caret && Report.blockAt(caret.position);
    if (block) return Caret.enter(block, caret.at);
    const place = document.getElementById(owner);
    const node = place ? (controls(place)[at] ?? place) : document.getElementById(next);
    node?.focus({ preventScroll: true });
  }

  return { now, goBack };
})();

const Kept = (() => {
  const desk = document.getElementById("desk");
  const dialog = document.getElementById("signing-in");
  const DRAFT = `newsdesk-draft-${desk.dataset.article}`;
  const OWN = new Set(["csrfmiddlewaretoken", "seen", "step"]);
  // What to send once the editor has signed in, and whether a new token was tried for it.
  let pending = null;
  let isRenewed = false;

  // Of the fields: their names with all that they hold.
  function valuesOf(fields) {
    const values = {};
    for (const [name, value] of fields) if (!OWN.has(name)) (values[name] ??= []).push(value);
    return values;
  }

  function keep(form) {
    try {
      sessionStorage.setItem(
        DRAFT,
        JSON.stringify({ action: form.getAttribute("action"), values: valuesOf(new FormData(form)) }),
      );
    } catch {
      // Storage is full or forbidden: the draft lasts as long as the page.
    }
  }

  function draft() {
    try {
      return JSON.parse(sessionStorage.getItem(DRAFT));
    } catch {
      return null;
    }
  }

  function drop() {
    try {
      sessionStorage.removeItem(DRAFT);
    } catch {
      // Nothing was kept.
    }
  }

  function takeToken(token) {
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
    desk.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  }

  // Sends the same again. `step` belongs to what was asked, unlike in a draft.
  function again({ elt, verb, path, target, formData }) {
    const values = valuesOf(formData);
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
    if (event.detail.target !== dialog) return;
    if (!dialog.open) dialog.showModal();
    const [name, password] = dialog.querySelectorAll("input:not([type=hidden])");
    (name.value && password ? password : name).focus();
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

  return { keep, draft, drop };
})();
