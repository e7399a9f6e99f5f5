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
    sentence: new Intl.Segmenter(document.documentElement.lang, { granularity: "sentence" }),
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

  // After these a point ends no sentence; nor after a single capital.
  const SHORT =
    /(?:^|[^\p{L}\p{N}])(?:Mr|Mrs|Ms|Dr|Prof|Sens?|Reps?|Gov|Pres|Rev|Hon|St|[JS]r|Gen|Lt|Col|Maj|Capt|Cmdr|Sgt|Cpl|Pvt|Adm|Brig|Supt|Det|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Nos?|vs|Inc|Ltd|Co|Corp|Mt|Ft|\p{Lu})\.$/u;

  // Where the sentences of the paragraph begin and end, in code points, without the blanks around them. A small letter
  // begins none: “Who fired?” he asked.
  function sentences() {
    const text = Report.textOf(block);
    const found = [];
    for (const { index, segment } of segmenters.sentence.segment(text)) {
      const last = found.at(-1);
      const end = index + segment.trimEnd().length;
      const goesOn = last && (SHORT.test(text.slice(last[0], last[1])) || /^\P{L}*\p{Ll}/u.test(segment));
      if (goesOn) last[1] = end;
      else if (segment.trim()) found.push([index, end]);
    }
    return found.map((one) => one.map((at) => Report.codePoints(text.slice(0, at))));
  }

  // The sentence at the caret, or all those of which something is selected; then one more, be it in the next paragraph.
  function growBySentence() {
    const all = sentences();
    const [from, to] = [Math.min(anchor, focus), Math.max(anchor, focus)];
    if (anchorBlock === block && all.length) {
      const [start] = all.findLast(([begins]) => begins <= from) ?? all[0];
      const [, end] = all.find(([, ends]) => ends >= to && ends > start && (to > from || ends > focus)) ?? all.at(-1);
      const isWhole = from <= start && to >= end && to > from;
      if (!isWhole) return ([anchor, focus] = [start, end]);
    }
    const next = all.find(([, end]) => end > focus);
    if (next) focus = next[1];
    else if (toBlock(1)) focus = sentences()[0]?.[1] ?? focus;
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

  const HOW = "Arrows walk by word, with Control by character; with Shift they select. s selects the sentence, then the next too. Enter marks, Escape leaves.";

  function enter(where, at = 0) {
    leave();
    block = anchorBlock = where;
    anchor = focus = at;
    walkIn();
    show(false);
    showHint(HOW);
    announce(`Choosing words of ${nameOf(block)}. ${HOW}`);
  }

  // There, if that is a paragraph; else in `likely` if that is in view; else in the first paragraph that is: a headline
  // is seldom what somebody says.
  function begin(where, likely) {
    const texts = Report.blocks().filter((one) => one.matches(".block-text"));
    const seen = texts.filter((one) => one.getBoundingClientRect().bottom > 120);
    const found = where ?? (isSeen(likely) ? likely : null) ?? seen[0] ?? texts.at(-1) ?? Report.blockAt(0);
    if (found) enter(found);
  }

  function isSeen(one) {
    const box = one?.getBoundingClientRect();
    return Boolean(box) && box.bottom > 120 && box.top < innerHeight;
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
    const isSentence = event.key === "s" && !event.ctrlKey && aidIsOn("keys");
    const move = isSentence ? growBySentence : moves[event.key];
    if (!move || event.altKey || event.metaKey) return false;
    move();
    if (!event.shiftKey && !isSentence) {
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

  const isSelecting = () => isOn() && selection().length > 0;
  const where = () => isOn() && { position: Report.positionOf(block), at: focus };
  const box = () => Report.rangeOf(wordAtFocus())?.getBoundingClientRect();

  return { isOn, isSelecting, enter, begin, leave, take, passages, where, box };
})();
