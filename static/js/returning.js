// Back and Forward in a list that is filtered and turned over in place lead to where the reader was. The page is loaded
// anew then, and by that time the browser has scrolled in what stood there before, and forgotten the place: so each
// entry of the history keeps its own.

let isLeaving = false;

function keepPlace() {
  if (!isLeaving) history.replaceState({ ...history.state, top: scrollY }, "");
}

// The last moment in which the address and what is shown are still those that are left.
document.addEventListener("htmx:beforeHistoryUpdate", keepPlace);
document.addEventListener("scrollend", () => {
  if (history.state?.htmx) keepPlace();
});

addEventListener("popstate", ({ state }) => {
  if (!state?.htmx) return;
  isLeaving = true;
  if (state.top === undefined) return;
  history.scrollRestoration = "manual";
  // htmx, which hears of it too, leaves nothing in the entry but its own.
  setTimeout(() => history.replaceState(state, ""));
});

if (history.scrollRestoration === "manual") {
  scrollTo({ top: history.state?.top ?? 0, behavior: "instant" });
  // Until the page is there, the browser would put its own in place of it.
  addEventListener("load", () => setTimeout(() => (history.scrollRestoration = "auto")));
}
