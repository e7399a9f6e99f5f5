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

document.addEventListener("htmx:afterSwap", () => {
  for (const [id, open] of left) {
    const part = document.getElementById(id);
    if (part) part.open = open;
  }
});

// Enter in a field is a change, and then sends the form: once is enough.
let entered = null;
document.addEventListener(
  "keydown",
  (event) => (entered = event.key === "Enter" && event.target.closest?.("#claim-filter input") ? event.target : null),
  true,
);
document.addEventListener(
  "change",
  (event) => {
    if (event.target === entered) event.stopPropagation();
    entered = null;
  },
  true,
);

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
