// The list of claims: parts of the filter stay open or closed as they were left, and keys go through the list.

// By id, whether it was open when the filter was last looked at.
const left = new Map();

document.addEventListener(
  "toggle",
  (event) => {
    if (event.target.matches?.("[data-keep-open]")) left.set(event.target.id, event.target.open);
  },
  true,
);

// What is in a part that comes closed cannot have the focus until it is opened as it was left.
let focused = "";
document.addEventListener("htmx:beforeSwap", () => (focused = document.activeElement?.id));
document.addEventListener("htmx:afterSwap", () => {
  for (const [id, open] of left) {
    const part = document.getElementById(id);
    if (part) part.open = open;
  }
  if (focused && document.activeElement === document.body) {
    document.getElementById(focused)?.focus({ preventScroll: true });
  }
});

const isDay = (element) => Boolean(element?.matches?.("#claim-filter input[type=date]"));

// Enter in a field is a change, and then sends the form: once is enough. A day that is typed changes with each digit
// of its year: it is sent by Enter, or when both days are left; one that is picked, at once.
let entered = null;
let typing = false;
document.addEventListener(
  "keydown",
  ({ key, target }) => {
    entered = key === "Enter" && target.closest?.("#claim-filter input") ? target : null;
    if (entered) typing = false;
    else if (isDay(target)) typing ||= /^(\d|ArrowUp|ArrowDown|Backspace|Delete)$/.test(key);
  },
  true,
);
document.addEventListener(
  "change",
  (event) => {
    const { target } = event;
    if (target === entered || (isDay(target) && (typing || !target.validity.valid))) event.stopPropagation();
    entered = null;
  },
  true,
);
document.addEventListener("focusout", ({ target, relatedTarget }) => {
  if (!typing || !isDay(target) || isDay(relatedTarget)) return;
  typing = false;
  const { form } = target;
  if (!form?.isConnected) return;
  const days = [...form.elements].filter(isDay);
  const wrong = days.find((day) => !day.validity.valid);
  if (wrong) showTrouble(`${wrong.labels[0].textContent.trim()}: ${wrong.validationMessage}`);
  else if (days.some((day) => day.value !== day.defaultValue)) form.requestSubmit();
});
// Nothing is sent while a day is half typed: the browser says so, where it is.
document.addEventListener("htmx:validation:halted", ({ target }) => target.reportValidity?.());

// A chip that was taken off leaves the focus to the next, or to the number of claims.
let takenOff = null;
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const { elt } = detail.requestConfig;
  const at = [...document.querySelectorAll(".chip")].indexOf(elt);
  takenOff = at >= 0 || elt.id === "filter-clear" ? at : null;
});
document.addEventListener("htmx:afterSwap", () => {
  if (takenOff === null) return;
  const chips = [...document.querySelectorAll(".chip")];
  const next = chips[Math.min(takenOff, chips.length - 1)] ?? document.getElementById("results-title");
  takenOff = null;
  next.focus({ preventScroll: true });
});

function claimLinks() {
  return [...document.querySelectorAll(".claim-row [data-claim-link]")];
}

// To the next claim or the one before; from anywhere else to the first that can be seen.
function step(by) {
  const links = claimLinks();
  const row = document.activeElement?.closest(".claim-row");
  const at = links.findIndex((link) => link.closest(".claim-row") === row);
  const next = row && at >= 0 ? at + by : links.findIndex((link) => link.getBoundingClientRect().top > 0);
  links[Math.max(0, Math.min(next, links.length - 1))]?.focus();
}

const acts = {
  j: () => step(1),
  k: () => step(-1),
  f() {
    document.getElementById("filter-box").open = true;
    document.getElementById("filter-q").focus();
  },
  n: () => document.getElementById("page-next")?.click(),
  p: () => document.getElementById("page-previous")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (!Object.hasOwn(acts, event.key) || isTyping(event) || !aidIsOn("keys")) return;
  event.preventDefault();
  acts[event.key]();
});
