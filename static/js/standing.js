// Where the form of a claim stands: level with its passages, never over them.

const Standing = (() => {
  const NARROW = matchMedia("(max-width: 49.99rem)");
  const TOUCH = matchMedia("(pointer: coarse)");
  const marking = document.getElementById("marking");
  // What makes way for the form.
  const AROUND = ["trouble", "with-selection", "review", "notices"];
  let placing = null;

  const isOpen = () => marking.childElementCount > 0;
  const isDocked = () => NARROW.matches || TOUCH.matches;
  // Those of the claim in the form.
  const passages = () => [...marking.querySelectorAll("[name=at]")].map((field) => Report.read(field.value)).filter(Boolean);

  // Their words come into view, unless some are.
  function bringIntoView() {
    const [first] = passages();
    if (!first || Report.boxAround(passages())) return;
    Report.rangeOf(first)?.startContainer.parentElement.scrollIntoView({ block: "center" });
  }

  // Beside the passages; beside the card, while a claim is changed whose words are not in view.
  function place() {
    cancelAnimationFrame(placing);
    placing = null;
    // Each by itself: a rule for what stands in the body would make the browser go through all of it.
    for (const node of [document.body, ...AROUND.map((id) => document.getElementById(id))]) {
      node?.toggleAttribute("data-marking", isOpen());
    }
    marking.toggleAttribute("data-refused", Boolean(marking.querySelector(":scope > .refused")));
    if (!isOpen()) return letGo();
    const card = isDocked() ? null : cardOf(document.body.dataset.current);
    standBeside(Report.boxAround(passages()) ?? card?.getBoundingClientRect());
  }

  // Before the next paint: to measure the form the page is laid out.
  function placeSoon() {
    placing ??= requestAnimationFrame(place);
  }

  // The caret, where it has come under the form.
  function keepOff(caret) {
    if (!isOpen()) return;
    const box = marking.getBoundingClientRect();
    const isClear = caret.right < box.left || caret.left > box.right || caret.bottom < box.top || caret.top > box.bottom;
    if (!isClear) standBeside(caret);
  }

  // Level with a box: beside the report where there is room, so that all of its words stay in sight; else below the box
  // or above it, where there is more room, and never over it unless the box fills the window. What the style sheet docks
  // at the bottom stays there, and the page is scrolled so that the box is seen above it. Without a box it stands at the
  // top.
  function standBeside(box) {
    const { scrollTop } = marking;
    letGo();
    if (!isDocked()) standFree(box);
    else if (box) scrollAbove(marking, box);
    // What it holds was laid out anew in between, and may have been scrolled for that.
    marking.scrollTop = scrollTop;
  }

  function letGo() {
    for (const name of ["left", "top", "width", "max-height"]) marking.style.removeProperty(name);
  }

  function standFree(box) {
    if (!box) return setPlace(windowWidth(), 80);
    const edge = document.querySelector(".report").getBoundingClientRect().right;
    const room = windowWidth() - edge - 24;
    if (room < 384) return standBelow(box);
    marking.style.width = `${Math.min(room, 512)}px`;
    setPlace(edge + 16, box.top - 16);
  }

  function standBelow(box) {
    const [below, above] = [innerHeight - box.bottom - 18, box.top - 18];
    const isBelow = marking.offsetHeight <= below || below >= above;
    marking.style.maxHeight = `${Math.min(Math.max(isBelow ? below : above, 240), innerHeight - 16)}px`;
    setPlace(box.left, isBelow ? box.bottom + 10 : box.top - marking.offsetHeight - 10);
  }

  // Without the bar to scroll with.
  const windowWidth = () => document.documentElement.clientWidth;

  // There, or as near as the window lets it. Measured before anything is changed, after which the page would be laid out
  // once more.
  function setPlace(left, top) {
    const [farthest, lowest] = [windowWidth() - marking.offsetWidth - 8, innerHeight - marking.offsetHeight - 8];
    marking.style.left = `${Math.max(8, Math.min(left, farthest))}px`;
    marking.style.top = `${Math.max(8, Math.min(top, lowest))}px`;
  }

  addEventListener("resize", place);
  // It grows when something is unfolded, or chosen that asks for more.
  for (const kind of ["toggle", "change"]) {
    document.addEventListener(kind, (event) => marking.contains(event.target) && placeSoon(), true);
  }

  return { isOpen, passages, place, bringIntoView, keepOff };
})();
