// The reading page: claims light up in text and cards together, cards follow the text, j and k walk the claims.

// The card of a claim; null if it is not on the page, and for none.
const cardOf = (uid) => document.getElementById(`claim-${uid}`);

// Whether words of a claim are seen: above the bar of the review, where that stands at the bottom.
function isInSight(uid) {
  const floor = innerHeight - (document.getElementById("review")?.offsetHeight ?? 0);
  return [...document.querySelectorAll(`.report [data-claim="${uid}"]`)].some((mark) => {
    const box = mark.getBoundingClientRect();
    return box.bottom > 0 && box.top < floor;
  });
}

// Scrolls so that a box is seen between the row of chips and what stands at the bottom; if it is too high, its beginning.
function scrollAbove(node, box) {
  const chips = matchMedia("(max-width: 49.99rem)").matches ? document.querySelector(".speaking") : null;
  const head = chips?.offsetHeight ?? 0;
  const room = innerHeight - node.offsetHeight - head;
  if (box.top >= head && box.bottom <= head + room) return;
  scrollBy(0, box.top - head - Math.max(8, (room - (box.bottom - box.top)) / 2));
}

(() => {
  const WIDE = matchMedia("(min-width: 75rem)");
  const NARROW = matchMedia("(max-width: 49.99rem)");
  const find = (selector, root = document) => root.querySelector(selector);
  const findAll = (selector, root = document) => [...root.querySelectorAll(selector)];
  const marksOf = (uid) => findAll(`[data-claim="${uid}"]`, find(".report"));
  let current = null;
  let lit = null;
  let litNodes = [];
  let following = null;
  let refreshing = null;

  function uidAt(node) {
    const sign = node.closest?.("a[data-code]");
    if (sign) return sign.id.slice("sign-".length);
    return node.closest?.("[data-claim]")?.dataset.claim ?? node.closest?.("[data-card]")?.dataset.card ?? null;
  }

  // Does nothing while the same claim is lit, unless pieces of the page are new.
  function light(uid, isNew = false) {
    if (uid === lit && !isNew) return;
    lit = uid;
    for (const node of litNodes) node.removeAttribute("data-lit");
    litNodes = uid ? [...marksOf(uid), cardOf(uid)].filter(Boolean) : [];
    for (const node of litNodes) node.setAttribute("data-lit", "");
  }

  // Scrolls the column of cards, never the page.
  function bringIntoColumn(card) {
    const column = find("#claims");
    if (!WIDE.matches || !card || !column) return;
    const head = find("h2", column).offsetHeight;
    const top = card.getBoundingClientRect().top - column.getBoundingClientRect().top - head;
    const room = column.clientHeight - head;
    if (top >= 0 && top + card.offsetHeight <= room) return;
    column.scrollTop += top - 8;
  }

  // The card of the first claim in view stands at the top of the column; while the current claim is in view, its own.
  function follow() {
    const column = find("#claims");
    if (!WIDE.matches || !column || column.matches(":hover, :focus-within")) return;
    if (current && isInSight(current)) return bringIntoColumn(cardOf(current));
    const first = findAll(".report a[data-code]").find((sign) => sign.getBoundingClientRect().bottom > 0);
    const card = first && cardOf(first.id.slice("sign-".length));
    if (!card) return;
    const top = card.getBoundingClientRect().top - column.getBoundingClientRect().top;
    column.scrollTop += top - find("h2", column).offsetHeight - 8;
  }

  // The ways on to the claims beside it, and to others: keys are none for a finger. `undress` takes them out again.
  function dress(card) {
    const signs = findAll(".report a[data-code]");
    const at = signs.findIndex((sign) => sign.id === `sign-${card.dataset.card}`);
    const walk = document.getElementById("card-walk").content.firstElementChild.cloneNode(true);
    const [back, on] = findAll("[data-step]", walk);
    [back.disabled, on.disabled] = [at <= 0, at < 0 || at === signs.length - 1];
    if (at >= 0) find(".card-at", walk).textContent = `${at + 1} of ${signs.length}`;
    if (!navigator.share) find("[data-share]", walk).textContent = "Copy link";
    find(".card-links", card).prepend(walk);
  }

  const undress = () => find(".card .card-walk")?.remove();

  // To the claim beside it, and to the same button there.
  function walk(distance) {
    step(distance);
    const card = cardOf(current);
    const button = card && find(`[data-step="${distance}"]:enabled`, card);
    button?.focus({ preventScroll: true });
    const [at, head, quote] = [".card-at", ".card-head", ".card-quote"].map((one) => card && find(one, card));
    if (at) announce(`${at.textContent}: ${head.textContent} ${quote.textContent}`.replace(/\s+/g, " ").trim());
  }

  // By what the phone has for that; where it has nothing, or fails, the address is there to be pasted.
  async function share(card, button) {
    const link = find(".card-quote a", card);
    try {
      if (navigator.share) return await navigator.share({ title: document.title, text: `“${link.textContent}”`, url: link.href });
    } catch (error) {
      // Whoever has thought better of it wants nothing else.
      if (error.name === "AbortError") return;
    }
    try {
      await navigator.clipboard.writeText(link.href);
      button.textContent = "Copied";
      announce("The link to the claim is copied.");
    } catch {
      showTrouble(`The link could not be copied. It is ${link.href}`);
    }
  }

  function lower() {
    undress();
    for (const card of findAll("[data-raised]")) card.removeAttribute("data-raised");
    document.body.toggleAttribute("data-under-card", false);
  }

  // The words that were tapped are seen above it.
  function raise(uid, tapped) {
    lower();
    const card = cardOf(uid);
    if (!card) return;
    dress(card);
    card.setAttribute("data-raised", "");
    document.body.toggleAttribute("data-under-card", true);
    const mark = tapped ?? marksOf(uid)[0];
    if (mark) scrollAbove(card, mark.getBoundingClientRect());
  }

  // Middle widths: the cards of a paragraph open under it, and go back to where they stood in the list.
  function fold() {
    const open = find("[data-fold]");
    if (!open) return;
    find("[data-place]").replaceWith(...findAll("[data-card]", open));
    open.remove();
    for (const button of findAll("[data-unfold]")) button.setAttribute("aria-expanded", "false");
  }

  function unfold(button) {
    const list = document.createElement("ol");
    list.className = "fold";
    list.dataset.fold = "";
    const cards = button.dataset.unfold.trim().split(" ").map(cardOf);
    const place = document.createElement("li");
    place.dataset.place = "";
    place.hidden = true;
    cards[0].before(place);
    list.append(...cards);
    button.closest(".block").append(list);
    button.setAttribute("aria-expanded", "true");
  }

  function toggleFold(button) {
    const wasOpen = button.getAttribute("aria-expanded") === "true";
    fold();
    if (!wasOpen) unfold(button);
  }

  // The current claim stands in the page, so that other scripts know it.
  function setCurrent(uid) {
    current = uid;
    if (uid) document.body.dataset.current = uid;
    else delete document.body.dataset.current;
  }

  // `tapped` is the mark by which it was, if it was by one.
  function open(uid, tapped) {
    setCurrent(uid);
    light(uid);
    if (!WIDE.matches && isReviewed(uid)) putAway();
    else if (NARROW.matches) raise(uid, tapped);
    else if (WIDE.matches) bringIntoColumn(cardOf(uid));
    else {
      const button = find(`[data-unfold~="${uid}"]`);
      if (button && button.getAttribute("aria-expanded") !== "true") toggleFold(button);
      cardOf(uid)?.scrollIntoView({ block: "nearest" });
    }
  }

  // Where the bar of the review stands at the bottom it says what the card says.
  const isReviewed = (uid) => Boolean(find("#review[data-uid]") && cardOf(uid)?.matches("[data-suggested]"));

  function putAway() {
    lower();
    fold();
  }

  function putBack() {
    setCurrent(null);
    light(null);
    putAway();
  }

  function step(distance) {
    const signs = findAll(".report a[data-code]");
    if (!signs.length) return;
    const uid = current ?? uidAt(document.activeElement);
    const at = signs.findIndex((sign) => sign.id === `sign-${uid}`);
    const from = at < 0 ? signs.findIndex((sign) => sign.getBoundingClientRect().top > 0) - (distance > 0 ? 1 : 0) : at;
    const sign = signs[Math.max(0, Math.min(signs.length - 1, from + distance))];
    go(sign.id.slice("sign-".length));
  }

  function go(uid) {
    document.getElementById(`sign-${uid}`)?.focus({ preventScroll: true });
    const [mark] = marksOf(uid);
    mark?.scrollIntoView({ block: "center" });
    // In a low window the bar of the review may reach beyond the middle.
    const bar = document.getElementById("review");
    if (mark && bar?.offsetHeight) scrollAbove(bar, mark.getBoundingClientRect());
    open(uid);
  }

  // What keys scroll under a mouse that rests is not pointed at.
  let isResting = false;
  let where = "";
  document.addEventListener("mousemove", (event) => {
    const here = `${event.screenX} ${event.screenY}`;
    if (isResting && where && here !== where) {
      isResting = false;
      light(uidAt(event.target) ?? current);
    }
    where = here;
  });
  document.addEventListener("mouseover", (event) => isResting || light(uidAt(event.target) ?? current));
  document.addEventListener("keydown", () => (isResting = true));
  document.addEventListener("focusin", (event) => {
    const uid = uidAt(event.target);
    light(uid ?? current);
    if (uid && event.target.matches("a[data-code]")) bringIntoColumn(cardOf(uid));
  });

  document.addEventListener("click", (event) => {
    const node = event.target;
    const button = node.closest("[data-unfold]");
    if (button) return toggleFold(button);
    if (node.closest("[data-close]")) {
      const uid = uidAt(node);
      putBack();
      return document.getElementById(`sign-${uid}`)?.focus();
    }
    if (node.closest("[data-back]")) return lower();
    const stepper = node.closest("[data-step]");
    if (stepper) return walk(Number(stepper.dataset.step));
    const sharer = node.closest("[data-share]");
    if (sharer) return share(sharer.closest("[data-card]"), sharer);
    const mark = node.closest("[data-claim], a[data-code]");
    if (mark && getSelection().isCollapsed) {
      if (mark.matches("a[data-code]") && NARROW.matches) event.preventDefault();
      return open(uidAt(mark), mark);
    }
    if (!node.closest("[data-card]")) lower();
  });

  // Once before the next paint, however many pieces of the page have changed.
  function refresh() {
    cancelAnimationFrame(refreshing);
    refreshing = requestAnimationFrame(() => {
      light(current, true);
      follow();
      bringChipIntoRow();
    });
  }

  document.addEventListener("newsdesk:current", (event) => {
    setCurrent(event.detail.uid);
    refresh();
  });
  document.addEventListener("newsdesk:go", (event) => go(event.detail.uid));
  document.addEventListener("keydown", (event) => {
    // What is told lies above the cards.
    if (isEscape(event)) {
      const card = document.activeElement.closest("[data-card]");
      putBack();
      return card && document.getElementById(`sign-${card.dataset.card}`)?.focus({ preventScroll: true });
    }
    if (isTyping(event) || !aidIsOn("keys")) return;
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
  });

  document.addEventListener(
    "scroll",
    () => {
      cancelAnimationFrame(following);
      following = requestAnimationFrame(follow);
    },
    { passive: true },
  );
  // Narrow: the first chip that is shown, if not all are, is scrolled into the row of chips.
  function bringChipIntoRow() {
    const row = find(".speaking ul");
    const chip = NARROW.matches && row && find("li:has([aria-current])", row);
    if (!chip) return;
    const room = row.clientWidth - (find(".show-all-row", row)?.offsetWidth ?? 0);
    const isCut = chip.offsetLeft + chip.offsetWidth > row.scrollLeft + room || chip.offsetLeft < row.scrollLeft;
    if (isCut) row.scrollLeft = chip.offsetLeft - 16;
  }

  // What nobody has accepted is not printed: the numbers of suggestions in the text go with their notes.
  addEventListener("beforeprint", () => {
    const numbers = new Set(findAll("[data-card][data-suggested]").map((card) => card.dataset.number));
    for (const sign of findAll(".report .sign")) {
      sign.toggleAttribute("data-suggested", numbers.has(sign.dataset.number));
    }
  });

  // A paragraph that was made anew may number its claims anew: their cards follow.
  function numberCards(block) {
    for (const sign of findAll("a[data-code]", block)) {
      const card = cardOf(sign.id.slice("sign-".length));
      if (card) card.dataset.number = sign.dataset.number;
    }
  }

  // Cards go back to the list before pieces of the page are replaced, be they more than a line of a form.
  document.addEventListener("htmx:beforeSwap", (event) => event.detail.target.closest(".marking") || fold());
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.closest?.("#marking")) return;
    if (current && !document.getElementById(`sign-${current}`)) setCurrent(null);
    if (event.target.matches?.(".block")) numberCards(event.target);
    refresh();
  });
  // Who comes by a link to a claim sees its words and its card, whichever of the two it leads to. Who comes back is where
  // they were.
  function arrive() {
    const [, uid] = /^#(?:sign|claim)-(\w+)$/.exec(location.hash) ?? [];
    const [mark] = uid ? marksOf(uid) : [];
    if (!mark || performance.getEntriesByType("navigation")[0]?.type !== "navigate") return follow();
    mark.scrollIntoView({ block: "center" });
    open(uid, mark);
  }

  // After the first paint: to measure before it is to lay the page out twice, and to paint later.
  requestAnimationFrame(() => setTimeout(arrive));
  bringChipIntoRow();
})();
