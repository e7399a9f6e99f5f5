// Reviewing: one suggestion after the other in the text. The bar at the bottom shows the current one, and after each act
// the page goes on to the next.

const Reviewing = (() => {
  const find = (selector, root = document) => root.querySelector(selector);
  const bar = () => find("#review[data-uid]");
  const isSuggested = (card) => Boolean(card?.matches("[data-suggested]"));
  const KEYS = new Set(["a", "x", "s"]);
  let shown = null;
  let looking = null;
  let height = 0;

  function go(uid) {
    if (cardOf(uid)) document.dispatchEvent(new CustomEvent("newsdesk:go", { detail: { uid } }));
    else ask(uid);
  }

  // The bar at another suggestion. One that a filter hides is shown in the bar all the same.
  function ask(uid) {
    const address = `${bar().dataset.bar}?at=${uid}`;
    htmx.ajax("GET", address, { source: "#review", target: "#review", swap: "outerHTML" });
  }

  const isCurrent = () => document.body.dataset.current === bar().dataset.uid;

  const isInView = () => isInSight(bar().dataset.uid);

  // True for a key that reviews. Where another claim is the current one, or the passage of the one in the bar is out of
  // sight, the key only leads there; the bar says so.
  function take(key, current, source) {
    if (!bar()) return false;
    const card = current ?? (isInView() ? cardOf(bar().dataset.uid) : null);
    const hasCard = isSuggested(card);
    if (key === "s") {
      go(hasCard && card.dataset.card === bar().dataset.uid ? nextUid() : bar().dataset.uid);
      return true;
    }
    if (!KEYS.has(key) && !(source && (hasCard || !card))) return false;
    if (!hasCard) go(bar().dataset.uid);
    else if (!Whereabouts.isSeen(card)) go(card.dataset.card);
    else if (key === "x") Acting.act(card, { act: "reject" });
    else if (source) Acting.act(card, { act: `accept:${source}` });
    else accept(card);
    return true;
  }

  // One without a source: with what the bar says is likely, if it says that of this one, else by the form.
  function accept(card) {
    const { uid, likely } = bar().dataset;
    if (!card.matches("[data-unsourced]")) Acting.act(card, { act: "accept" });
    else if (likely && uid === card.dataset.card) Acting.act(card, { act: `accept:${likely}` });
    else if (uid === card.dataset.card) find("[data-accept-new]", bar()).click();
    else go(card.dataset.card);
  }

  const nextUid = () => find(".review-step:last-of-type", bar())?.dataset.review ?? bar().dataset.uid;

  // What the key for changing follows: the button of the bar while that stands at this card.
  function changing(card) {
    const isHere = bar() && (card ? card.dataset.card === bar().dataset.uid : isInView());
    return isHere ? find("[data-change]", bar()) : card && find("[data-edit]", card);
  }

  // While nothing else is the current claim, the one in the bar lights up when it is first seen; once only, so that
  // Escape puts it out.
  function look() {
    looking = null;
    if (!bar()) return makeRoom();
    const { uid } = bar().dataset;
    const isFree = !document.body.dataset.current && !Marking.isOpen();
    const card = cardOf(uid);
    const isSeen = card ? Whereabouts.isSeen(card) : isInView();
    if (isFree && isSeen && shown !== uid) {
      shown = uid;
      document.dispatchEvent(new CustomEvent("newsdesk:current", { detail: { uid } }));
    }
    bar().toggleAttribute("data-marking", Marking.isOpen());
    bar().toggleAttribute("data-away", !(isSeen && (isFree || isCurrent())));
    makeRoom();
  }

  // What floats at the bottom stands above it. A change is one for the whole page's styles: none while it scrolls.
  function makeRoom() {
    const now = find("#review").offsetHeight;
    if (now === height) return;
    height = now;
    document.documentElement.style.setProperty("--review-height", `${height}px`);
  }

  function said() {
    const words = [find("#notices .done p"), find("#review-title"), find(":is(.review-who, .review-next)")];
    return words.map((node) => node?.textContent.replace(/\s+/g, " ").trim() ?? "").filter(Boolean).join(" ");
  }

  // The bar follows the claim that is current, whichever way it became that. While it is on its way to one, quick
  // hands may have gone on: then it follows again.
  function follow() {
    const { current } = document.body.dataset;
    if (bar() && current && current !== bar().dataset.uid && isSuggested(cardOf(current))) ask(current);
  }

  // Once before the next paint, however many pieces of the page are new: to measure the page lays it out.
  function lookSoon() {
    looking ??= requestAnimationFrame(look);
  }

  function followAndLook() {
    follow();
    lookSoon();
  }

  // The bar may have grown over the words that it is about now.
  function showWords() {
    const marks = [...document.querySelectorAll(`[data-claim="${bar()?.dataset.uid}"]`)];
    const box = marks.map((one) => one.getBoundingClientRect()).find(({ bottom, top }) => bottom > 0 && top < innerHeight);
    if (box && isCurrent() && !bar().hasAttribute("data-marking")) scrollAbove(bar(), box);
  }

  new MutationObserver(followAndLook).observe(document.body, { attributeFilter: ["data-current"] });
  document.addEventListener("htmx:afterSettle", (event) => {
    followAndLook();
    if (event.detail.target.id === "review") showWords();
  });
  addEventListener("resize", look);
  document.addEventListener("scroll", lookSoon, { passive: true });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-review]");
    if (link && bar()) {
      event.preventDefault();
      return go(link.dataset.review);
    }
    // The second click of a double one is meant for what the first one was.
    if (event.detail > 1 && event.target.closest(".review button")) event.preventDefault();
  });

  // After the marks and cards are in place: on to the next suggestion, which is said with what was done; after the last
  // one that it was that.
  document.addEventListener("newsdesk:done", () => {
    if (find("#review[data-over]")) return announce(said());
    if (!find("#review[data-goes-on]")) return;
    delete bar().dataset.goesOn;
    go(bar().dataset.uid);
    announce(said());
  });

  // From an address that names a suggestion, as after an act without scripts.
  if (bar() && new URLSearchParams(location.search).get("review") === bar().dataset.uid) go(bar().dataset.uid);
  // After the browser has gone to the place that the address names.
  requestAnimationFrame(() => setTimeout(look));

  return { take, changing };
})();
