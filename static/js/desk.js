// What every page shares: the dialog of keys and reading aids, its switches, copying a citation.
// Nodes are found by data attributes; listeners sit on the document, so that what htmx brings in just works.

document.documentElement.dataset.scripted = "";

const AIDS = ["keys", "signs"];

// A switch that was turned off is remembered in this browser, and nowhere else.
function aidIsOn(name) {
  try {
    return localStorage.getItem(`newsdesk-${name}`) !== "off";
  } catch {
    return true;
  }
}

function setAid(name, on) {
  try {
    localStorage.setItem(`newsdesk-${name}`, on ? "on" : "off");
  } catch {
    // Storage is forbidden here: the switch holds for this page alone.
  }
  showAids();
}

function showAids() {
  for (const name of AIDS) {
    document.documentElement.toggleAttribute(`data-no-${name}`, !aidIsOn(name));
    for (const box of document.querySelectorAll(`[data-aid="${name}"]`)) box.checked = aidIsOn(name);
  }
  showSigns(document);
}

// In the whole page, or in what has come into it.
function showSigns(root) {
  const silent = !aidIsOn("signs");
  for (const sign of root.querySelectorAll("a[data-code]")) {
    if (silent) {
      sign.setAttribute("aria-hidden", "true");
      sign.tabIndex = -1;
    } else {
      sign.removeAttribute("aria-hidden");
      sign.removeAttribute("tabindex");
    }
  }
}

function announce(text) {
  document.getElementById("announcement").textContent = text;
}

// Said to those who listen, and shown beside the button for a while to those who look.
function sayCopied(id, text) {
  announce(text);
  const note = document.querySelector(`[data-copied="${id}"]`);
  if (!note) return;
  note.textContent = text;
  clearTimeout(note.timer);
  note.timer = setTimeout(() => (note.textContent = ""), 6000);
}

async function copy(id) {
  const words = document.getElementById(id);
  try {
    await navigator.clipboard.writeText(words.textContent.trim());
    sayCopied(id, "Copied");
  } catch {
    getSelection().selectAllChildren(words);
    sayCopied(id, "The citation is selected: copy it with your keyboard");
  }
}

// On paper an address needs its host: a stylesheet prints this in place of the link's own.
addEventListener("beforeprint", () => {
  for (const link of document.querySelectorAll(".card-quote a")) link.dataset.address = link.href;
});

// True where a key belongs to what has the focus, or is part of a chord.
function isTyping(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
  return Boolean(event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog"));
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) document.getElementById(opener.dataset.open).showModal();
  if (event.target.closest("[data-tick-all]")) {
    const boxes = [...document.querySelectorAll("[name=chosen]")];
    const all = boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = !all;
  }
  const copier = event.target.closest("[data-copy]");
  if (copier) copy(copier.dataset.copy);
});

document.addEventListener("change", (event) => {
  const box = event.target.closest("[data-aid]");
  if (box) setAid(box.dataset.aid, box.checked);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "?" || isTyping(event) || !aidIsOn("keys")) return;
  event.preventDefault();
  document.getElementById("aids").showModal();
});

// One Escape does one thing: what a dialog, a field, a form or what lies above has taken is nobody else's.
function isEscape(event) {
  return event.key === "Escape" && !event.repeat && !event.defaultPrevented && !isTyping(event);
}

// A notice that is dismissed is out of sight, not gone: the key for undoing still finds its button.
function dismiss(notices) {
  const hadFocus = notices.some((one) => one.contains(document.activeElement));
  for (const one of notices) one.hidden = true;
  if (hadFocus) document.getElementById("main").focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-dismiss]");
  if (button) dismiss([button.closest("[data-notice]")]);
});
document.addEventListener("keydown", (event) => {
  if (!isEscape(event)) return;
  const notices = [...document.querySelectorAll("[data-notice]")].filter((one) => one.checkVisibility());
  if (!notices.length) return;
  event.preventDefault();
  dismiss(notices);
});

// The box that is seen; where there is none (on a phone), the page of the search.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || isTyping(event) || !aidIsOn("keys")) return;
  event.preventDefault();
  const box = [...document.querySelectorAll("[data-search]")].find((one) => one.checkVisibility());
  if (!box) return document.querySelector(".masthead-find").click();
  box.focus();
  box.select();
});

// Esc leads out of what keys lead into, the field of a search or of a filter, back to where the focus was; else to what
// is found. What was typed stays there.
const SEARCHED = "[data-search], #claim-filter :is(select, input:not([type=checkbox], [type=radio]))";
let cameFrom = null;
document.addEventListener("focusin", ({ target, relatedTarget }) => {
  if (target.matches(SEARCHED)) cameFrom = relatedTarget;
});
document.addEventListener("keydown", (event) => {
  const { key, target, isComposing } = event;
  if (key !== "Escape" || isComposing || !target.matches?.(SEARCHED)) return;
  event.preventDefault();
  const isBack = cameFrom?.isConnected && cameFrom.checkVisibility() && cameFrom.form !== target.form;
  const found = document.getElementById("results-title") ?? document.getElementById("main");
  (isBack ? cameFrom : found).focus({ preventScroll: true });
});

// A search while somebody types says so: the last word may not be complete. What has been sent by Enter since is not
// asked for again.
let sent;
document.addEventListener("htmx:configRequest", (event) => {
  const { elt, formData, triggeringEvent } = event.detail;
  if (elt.id !== "search-form") return;
  const asked = formData.get("q");
  if (triggeringEvent?.type !== "input") sent = asked;
  else if (asked === sent) event.preventDefault();
  else {
    sent = undefined;
    formData.set("typing", "1");
  }
});

// What a form leaves empty does not stand in the address.
document.addEventListener("htmx:configRequest", (event) => {
  const { verb, formData } = event.detail;
  if (verb !== "get") return;
  for (const name of new Set(formData.keys())) {
    const values = formData.getAll(name).filter((value) => value !== "");
    formData.delete(name);
    for (const value of values) formData.append(name, value);
  }
});

// A page of an editor's that comes back as it was left may show what was changed since, and outlive the session. It is
// loaded anew, unless something stands in it that was typed and not sent.
const sentForms = new WeakSet();
document.addEventListener("submit", ({ target }) => sentForms.add(target));
document.addEventListener("input", ({ target }) => sentForms.delete(target.form));
function isTyped(field) {
  // Without one that it came with, the first is chosen.
  const came = () => [...field.options].findIndex((one) => one.defaultSelected);
  if (field.matches("select")) return field.selectedIndex !== Math.max(came(), 0);
  if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked;
  return field.matches("textarea, input:not([type=hidden])") && field.value !== field.defaultValue;
}
const isUnsent = (form) => form.method === "post" && !sentForms.has(form) && [...form.elements].some(isTyped);
addEventListener("pageshow", ({ persisted }) => {
  const isEditors = "visitor" in document.body.dataset;
  if (persisted && isEditors && ![...document.forms].some(isUnsent)) location.reload();
});

// Trouble is shown to everybody, and goes with the next answer that arrives; not with what a field asks on the side.
function showTrouble(text) {
  const trouble = document.getElementById("trouble");
  // The same trouble once more is said once more.
  if (text || trouble.textContent) trouble.textContent = text;
}

// Of every piece of an answer: what is looked for in the whole page takes its time as often.
document.addEventListener("htmx:afterSettle", (event) => {
  if (!event.target.closest?.("[data-aside]")) showTrouble("");
  showSigns(event.target);
});
document.addEventListener("htmx:responseError", (event) => {
  const { xhr } = event.detail;
  const { status } = xhr;
  // The desk says in a sentence why, and what became of what was sent.
  if (status === 503 && xhr.getResponseHeader("Content-Type")?.startsWith("text/plain")) {
    return showTrouble(xhr.responseText);
  }
  if ([413, 414].includes(status)) {
    return showTrouble("That is more than the desk takes at once. What you wrote is still here: shorten it, and try again.");
  }
  const gone = [404, 410].includes(status);
  showTrouble(
    gone
      ? "This page has changed since you opened it, and part of it is no longer here. Load it again."
      : `The desk could not do that (error ${status}). What you see has not changed. Try again.`,
  );
});
for (const trouble of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(trouble, () => {
    showTrouble("The desk could not be reached. What you see has not changed. Try again.");
  });
}
showAids();
