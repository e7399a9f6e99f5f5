// Where in the report: between the browser's places (UTF-16, nodes) and the desk's (paragraph, code points).
// A passage is { position, start, end }, or written as the desk's forms have it: "4:10-35".

const Report = (() => {
  const blocks = () => [...document.querySelectorAll(".report .block")];
  const wordsOf = (block) => block?.querySelector(".words") ?? null;
  const blockAt = (position) => blocks()[position] ?? null;
  const positionOf = (block) => blocks().indexOf(block);
  const textOf = (block) => wordsOf(block)?.textContent ?? "";
  const codePoints = (text) => [...text].length;

  // Code points between the beginning of the paragraph's words and a place in them.
  function offsetAt(words, node, offset) {
    const range = document.createRange();
    range.selectNodeContents(words);
    if (range.comparePoint(node, offset) < 0) return 0;
    if (range.comparePoint(node, offset) > 0) return codePoints(words.textContent);
    range.setEnd(node, offset);
    return codePoints(range.toString());
  }

  // What is selected, a passage for each paragraph; white space alone is none.
  function selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return [];
    const range = selection.getRangeAt(0);
    const found = [];
    blocks().forEach((block, position) => {
      const words = wordsOf(block);
      if (!words || !range.intersectsNode(words)) return;
      const start = offsetAt(words, range.startContainer, range.startOffset);
      const end = offsetAt(words, range.endContainer, range.endOffset);
      if ([...words.textContent].slice(start, end).join("").trim()) found.push({ position, start, end });
    });
    return found;
  }

  // A place in the nodes of a paragraph, from code points.
  function placeAt(words, offset) {
    const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
    let left = offset;
    let node = walker.nextNode();
    let last = node;
    while (node) {
      const length = codePoints(node.data);
      if (left <= length) return [node, [...node.data].slice(0, left).join("").length];
      left -= length;
      last = node;
      node = walker.nextNode();
    }
    return [last ?? words, last ? last.data.length : 0];
  }

  function rangeOf({ position, start, end }) {
    const words = wordsOf(blockAt(position));
    if (!words) return null;
    const range = document.createRange();
    range.setStart(...placeAt(words, start));
    range.setEnd(...placeAt(words, end));
    return range;
  }

  // The words of a passage, without blanks around them, and with the rest of a word that it cuts.
  function wholeWords({ position, start, end }) {
    const text = [...textOf(blockAt(position))];
    const [before, within, after] = [text.slice(0, start), text.slice(start, end), text.slice(end)].map((one) => one.join(""));
    const head = /^[\p{L}\p{N}]/u.test(within) ? /(?:[\p{L}\p{N}\p{M}]+['’\-‑.,/]?)*$/u.exec(before)[0] : "";
    const tail = /[\p{L}\p{N}\p{M}]$/u.test(within) ? /^(?:['’\-‑.,/]?[\p{L}\p{N}\p{M}]+)*/u.exec(after)[0] : "";
    return (head + within + tail).trim();
  }

  const written = ({ position, start, end }) => `${position}:${start}-${end}`;

  function read(text) {
    const found = /(\d+):(\d+)-(\d+)$/.exec(text);
    return found && { position: Number(found[1]), start: Number(found[2]), end: Number(found[3]) };
  }

  // Painted without touching the text, so that no mark is disturbed.
  function paint(name, passages) {
    if (!globalThis.Highlight) return;
    const ranges = passages.map(rangeOf).filter(Boolean);
    if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
    else CSS.highlights.delete(name);
  }

  // Around those of the passages that are in the window.
  function boxAround(passages) {
    const boxes = passages
      .map((one) => rangeOf(one)?.getBoundingClientRect())
      .filter((box) => box && box.bottom > 0 && box.top < innerHeight);
    if (!boxes.length) return null;
    const top = Math.min(...boxes.map((box) => box.top));
    return { left: boxes[0].left, top, bottom: Math.max(...boxes.map((box) => box.bottom)) };
  }

  return {
    ...{ blocks, blockAt, positionOf, wordsOf, textOf, codePoints, selected, wholeWords },
    ...{ rangeOf, boxAround, written, read, paint },
  };
})();

// Stands level with a box: beside the report where there is room, so that all of its words stay in sight; else below
// the box or above it, where there is more room, and never over it unless the box fills the window. What the style
// sheet docks at the bottom stays there, and the page is scrolled so that the box is seen above it. Without a box it
// stands at the top.
function standBeside(node, box, isDocked) {
  const { scrollTop } = node;
  for (const name of ["left", "top", "width", "max-height"]) node.style.removeProperty(name);
  if (!node.childElementCount) return;
  if (!isDocked) standFree(node, box);
  else if (box) scrollAbove(node, box);
  // What it holds was laid out anew in between, and may have been scrolled for that.
  node.scrollTop = scrollTop;
}

function standFree(node, box) {
  if (!box) return setPlace(node, windowWidth(), 80);
  const edge = document.querySelector(".report").getBoundingClientRect().right;
  const room = windowWidth() - edge - 24;
  if (room < 384) return standBelow(node, box);
  node.style.width = `${Math.min(room, 512)}px`;
  setPlace(node, edge + 16, box.top - 16);
}

function standBelow(node, box) {
  const [below, above] = [innerHeight - box.bottom - 18, box.top - 18];
  const isBelow = node.offsetHeight <= below || below >= above;
  node.style.maxHeight = `${Math.min(Math.max(isBelow ? below : above, 240), innerHeight - 16)}px`;
  setPlace(node, box.left, isBelow ? box.bottom + 10 : box.top - node.offsetHeight - 10);
}

// Without the bar to scroll with.
const windowWidth = () => document.documentElement.clientWidth;

// There, or as near as the window lets it.
function setPlace(node, left, top) {
  node.style.left = `${Math.max(8, Math.min(left, windowWidth() - node.offsetWidth - 8))}px`;
  node.style.top = `${Math.max(8, Math.min(top, innerHeight - node.offsetHeight - 8))}px`;
}

function scrollAbove(node, box) {
  const room = innerHeight - node.offsetHeight;
  if (box.bottom > room || box.top < 0) scrollBy(0, Math.max(box.bottom - room + 8, box.top - room / 2));
}

// How words are chosen, for all to see; what is said aloud is announced besides.
function showHint(text) {
  const hint = document.getElementById("hint");
  hint.textContent = text;
  hint.hidden = !text;
}

// A caret that walks through the words of the report by keyboard, and selects them.
const Caret = (() => {
  let block = null;
  let anchor = 0;
  let focus = 0;
  let anchorBlock = null;

  // A paragraph may have been replaced under the caret.
  const isOn = () => Boolean(block?.isConnected);
  const segmenters = {
    word: new Intl.Segmenter(document.documentElement.lang, { granularity: "word" }),
    character: new Intl.Segmenter(document.documentElement.lang, { granularity: "grapheme" }),
  };

  // Where the words, or the characters, of the paragraph begin and end, in code points. As the desk has it, a single
  // joiner within a word belongs to it; so do the quotation marks and brackets that open at a word. Up to `closed` are
  // those that close behind it.
  function stops(unit) {
    const text = Report.textOf(block);
    const found = unit === "word" ? words(text) : characters(text);
    return found.map((one) => one.map((at) => Report.codePoints(text.slice(0, at))));
  }

  const characters = (text) =>
    [...segmenters.character.segment(text)]
      .filter(({ segment }) => segment.trim())
      .map(({ index, segment }) => [index, index + segment.length, index + segment.length]);

  function words(text) {
    const found = [];
    for (const { index, segment, isWordLike } of segmenters.word.segment(text)) {
      if (!isWordLike) continue;
      const last = found.at(-1);
      const between = last ? text.slice(last[1], index) : "";
      if (/^['’\-‑.,/]$/u.test(between)) last[1] = index + segment.length;
      else found.push([index, index + segment.length]);
    }
    return found.map(([start, end]) => {
      const opening = /(?<=^|\s)[\p{Ps}\p{Pi}"']+$/u.exec(text.slice(0, start))?.[0] ?? "";
      const closing = /^\p{P}*[\p{Pe}\p{Pf}"']\p{P}*?(?=\s|$)/u.exec(text.slice(end))?.[0] ?? "";
      return [start - opening.length, end, end + closing.length];
    });
  }

  function selection() {
    if (anchorBlock === block) {
      const [start, end] = [Math.min(anchor, focus), Math.max(anchor, focus)];
      return start === end ? [] : [{ position: Report.positionOf(block), start, end }];
    }
    const from = { at: Report.positionOf(anchorBlock), offset: anchor };
    const to = { at: Report.positionOf(block), offset: focus };
    const [first, last] = from.at < to.at ? [from, to] : [to, from];
    const found = [];
    for (let position = first.at; position <= last.at; position += 1) {
      const length = Report.codePoints(Report.textOf(Report.blockAt(position)));
      const start = position === first.at ? first.offset : 0;
      const end = position === last.at ? last.offset : length;
      if (start < end) found.push({ position, start, end });
    }
    return found;
  }

  function wordAtFocus() {
    const all = stops("word");
    const [start, end] = all.find((word) => word[1] > focus) ?? all.at(-1) ?? [focus, focus];
    return { position: Report.positionOf(block), start, end };
  }

  const said = (passages) => passages.map((one) => Report.rangeOf(one)?.toString() ?? "").join(" … ");

  function show(speak = true) {
    const chosen = selection();
    const here = [wordAtFocus()];
    Report.paint("newsdesk-chosen", chosen);
    Report.paint("newsdesk-caret", here);
    const box = Report.rangeOf(here[0])?.getBoundingClientRect();
    if (box && (box.top < 80 || box.bottom > innerHeight - 80)) scrollBy(0, box.top - innerHeight / 2);
    if (speak) announce(chosen.length ? `Selected: ${said(chosen)}` : said(here));
  }

  // Screen readers hand keys on to what is an application; in a text they would take the arrows themselves.
  function walkIn() {
    const words = Report.wordsOf(block);
    words.tabIndex = -1;
    words.dataset.walked = "";
    words.setAttribute("role", "application");
    words.setAttribute("aria-label", `Words of ${nameOf(block)}`);
    words.focus({ preventScroll: true });
  }

  function walkOut() {
    for (const words of document.querySelectorAll("[data-walked]")) {
      delete words.dataset.walked;
      for (const name of ["tabindex", "role", "aria-label"]) words.removeAttribute(name);
    }
  }

  const nameOf = (one) =>
    one.matches(".block-text") ? `paragraph ${one.id.slice(1)}` : `a line that is no paragraph: ${Report.textOf(one)}`;

  const HOW = "Arrows walk by word, with Control by character; with Shift they select. Enter marks, Escape leaves.";

  function enter(where, at = 0) {
    leave();
    block = anchorBlock = where;
    anchor = focus = at;
    walkIn();
    show(false);
    showHint(HOW);
    announce(`Choosing words of ${nameOf(block)}. ${HOW}`);
  }

  function leave() {
    if (!block) return;
    walkOut();
    showHint("");
    block = anchorBlock = null;
    Report.paint("newsdesk-caret", []);
    Report.paint("newsdesk-chosen", []);
  }

  function toBlock(distance, atEnd) {
    const next = Report.blockAt(Report.positionOf(block) + distance);
    if (!next) return false;
    block = next;
    focus = atEnd ? Report.codePoints(Report.textOf(block)) : 0;
    return true;
  }

  // Forwards in the text: to the end of a word when selecting, and then behind the marks that close there, else to the
  // beginning of the next word. Past the last one, to the first of the next paragraph.
  function step(forwards, unit, selecting) {
    const edges = () => stops(unit).flatMap(([start, ...ends]) => (selecting && forwards ? ends : [start]));
    const next = forwards ? edges().find((edge) => edge > focus) : edges().findLast((edge) => edge < focus);
    if (next !== undefined) focus = next;
    else if (toBlock(forwards ? 1 : -1)) focus = edges().at(forwards ? 0 : -1) ?? focus;
  }

  // True for a key that the caret takes.
  function take(event) {
    const isRtl = getComputedStyle(Report.wordsOf(block)).direction === "rtl";
    const unit = event.ctrlKey ? "character" : "word";
    const moves = {
      ArrowRight: () => step(!isRtl, unit, event.shiftKey),
      ArrowLeft: () => step(isRtl, unit, event.shiftKey),
      ArrowDown: () => toBlock(1, event.shiftKey),
      ArrowUp: () => toBlock(-1, false),
      Home: () => (focus = 0),
      End: () => (focus = Report.codePoints(Report.textOf(block))),
    };
    const move = moves[event.key];
    if (!move || event.altKey || event.metaKey) return false;
    move();
    if (!event.shiftKey) {
      anchor = focus;
      anchorBlock = block;
    }
    if (document.activeElement !== Report.wordsOf(block)) {
      walkOut();
      walkIn();
    }
    show();
    return true;
  }

  // The selection, or the word that the caret stands on.
  function passages() {
    const chosen = selection();
    return chosen.length ? chosen : [wordAtFocus()];
  }

  const where = () => isOn() && { position: Report.positionOf(block), at: focus };
  const box = () => Report.rangeOf(wordAtFocus())?.getBoundingClientRect();

  return { isOn, enter, leave, take, passages, where, box };
})();
