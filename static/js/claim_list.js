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

// What is in a part that comes closed cannot have the focus until it is opened as it was left. What was ticked stays
// where it was on the screen, whatever became shorter above it. Another page is read from its beginning.
let focused = "";
let held = 0;
document.addEventListener("htmx:beforeSwap", () => {
  focused = document.activeElement?.id;
  held = document.activeElement?.getBoundingClientRect().top;
});
document.addEventListener("htmx:afterSwap", () => {
  for (const [id, open] of left) {
    const part = document.getElementById(id);
    if (part) part.open = open;
  }
  if (focused?.startsWith("page-")) {
    document.getElementById("results-title")?.focus({ preventScroll: true });
    return;
  }
  const node = focused ? document.getElementById(focused) : null;
  if (node && document.activeElement === document.body) node.focus({ preventScroll: true });
  if (node?.closest("#claim-filter")) scrollBy({ top: node.getBoundingClientRect().top - held, behavior: "instant" });
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

// On a phone: from the filter to what it finds.
document.addEventListener("click", ({ target }) => {
  if (!target.closest("#filter-close")) return;
  document.getElementById("filter-box").open = false;
  const title = document.getElementById("results-title");
  title.focus({ preventScroll: true });
  title.scrollIntoView({ block: "start" });
});

// How many are ticked, beside what can be set for them.
function countTicked() {
  const place = document.querySelector("[data-ticked]");
  if (!place) return 0;
  const ticked = document.querySelectorAll("[name=chosen]:checked").length;
  place.textContent = { 0: "those", 1: "the one" }[ticked] ?? `the ${ticked}`;
  return ticked;
}

document.addEventListener("change", ({ target }) => target.name === "chosen" && countTicked());
document.addEventListener("htmx:afterSwap", countTicked);
// A browser that comes back to a page ticks what was ticked.
addEventListener("pageshow", countTicked);
document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-tick-all]")) announce(`${countTicked() || "None"} ticked`);
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
