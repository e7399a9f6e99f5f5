// Where in the report: between the browser's places (UTF-16, nodes) and the desk's (paragraph, code points).
// A passage is { position, start, end }, or written as the desk's forms have it: "4:10-35".

const Report = (() => {
  // The browser keeps what it has found by a class, unlike what it has found by a selector.
  const blocks = () => [...document.querySelector(".report").getElementsByClassName("block")];
  const wordsOf = (block) => block?.querySelector(".words") ?? null;
  const blockAt = (position) => blocks()[position] ?? null;
  // In which the passages of a claim end.
  const blockOf = (uid) => document.getElementById(`sign-${uid}`)?.closest(".block");
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
    ...{ blocks, blockAt, blockOf, positionOf, wordsOf, textOf, codePoints, selected, wholeWords },
    ...{ rangeOf, boxAround, written, read, paint },
  };
})();
