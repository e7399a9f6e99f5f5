// Filling in the form of a claim: keys choose its source, move its edges, walk its questions; an empty line takes what
// is selected in the report.

const Filling = (() => {
  const TOUCH = matchMedia("(pointer: coarse)");
  const EDGES = { "[": "start-back", "{": "start-on", "}": "end-back", "]": "end-on" };
  const STEPS = { ArrowDown: 1, ArrowUp: -1 };
  // Lines that hold words of the report.
  const LINES =
    '[name="speaker"], [name="cue"], [name="source_name"], [name="proposed_source"], [data-answers] :is(input, textarea)';
  const HINT = "or select in the report";
  const marking = document.getElementById("marking");
  const find = (selector) => marking.querySelector(selector);
  const findAll = (selector) => [...marking.querySelectorAll(selector)];

  // True for a key that means something in the form.
  function take(key, target = null) {
    const choice = find(`[data-key="${CSS.escape(key)}"]`);
    const edge = EDGES[key] && findAll(`[data-edge="${EDGES[key]}"]`).at(-1);
    if (choice) choose(choice);
    else if (edge) edge.click();
    else if (key === "a") openAnswers();
    else return walkQuestions(key, target);
    return true;
  }

  function choose(choice) {
    choice.checked = true;
    choice.dispatchEvent(new Event("change", { bubbles: true }));
    (choice.value === "+" ? find("#id_source_name") : choice).focus();
  }

  function openAnswers() {
    const answers = find("[data-answers]");
    if (!answers) return;
    answers.open = true;
    answers.querySelector(":scope > details > summary")?.focus();
  }

  // Up and down from question to question.
  function walkQuestions(key, target) {
    const all = findAll("[data-answers] summary");
    const at = all.indexOf(target);
    if (at < 0 || !STEPS[key]) return false;
    all[at + STEPS[key]]?.focus();
    return true;
  }

  // Whoever unfolds a question, or the note, goes on to fill it in, with the very next key. Not on touch, where that
  // brings the keyboard.
  document.addEventListener("click", (event) => {
    const details = event.target.closest("summary")?.parentElement;
    if (!marking.contains(details) || !details.matches("[data-answers] details, details:has(#id_note)")) return;
    event.preventDefault();
    details.open = !details.open;
    if (details.open && !TOUCH.matches) details.querySelector("input, select, textarea").focus();
  });

  // The line that has the focus, if it is empty.
  function emptyLine() {
    const line = document.activeElement;
    return marking.contains(line) && line.matches(LINES) && !line.value ? line : null;
  }

  function put(line, passages) {
    line.value = passages.map(Report.wholeWords).join(" ");
    line.dispatchEvent(new Event("input", { bubbles: true }));
    getSelection().removeAllRanges();
    line.focus({ preventScroll: true });
  }

  document.addEventListener("focusin", ({ target }) => {
    if (!TOUCH.matches && target === emptyLine()) target.placeholder ||= HINT;
  });

  // Joining wants another claim; without one the form would close for nothing.
  document.addEventListener(
    "click",
    (event) => {
      const other = find("#id_other");
      if (!event.target.closest?.('#marking [name="act"][value="join"]') || other.value) return;
      event.preventDefault();
      event.stopPropagation();
      other.required = true;
      other.reportValidity();
    },
    true,
  );

  // A new source has a name, for which there may be no room below its chip.
  document.addEventListener("change", ({ target }) => {
    if (!marking.contains(target) || !target.matches('[name="source"][value="+"]')) return;
    find("#id_source_name").scrollIntoView({ block: "center" });
  });

  // Speakers of the chosen source come first; without one that has any, all are offered.
  document.addEventListener("change", ({ target }) => {
    if (target.name !== "source" || !marking.contains(target)) return;
    const own = findAll("#speakers option").filter((one) => one.dataset.source === target.value);
    find("#speakers").prepend(...own);
  });

  // The code that a new source of this name and kind would get, once typing rests.
  let resting = null;
  document.addEventListener("input", ({ target }) => {
    if (!target.matches("#marking :is([data-proposes], #id_source_kind)")) return;
    clearTimeout(resting);
    resting = setTimeout(propose, 300);
  });

  function propose() {
    const name = find("[data-proposes]");
    if (!name) return;
    const values = { source_kind: find("#id_source_kind").value };
    htmx.ajax("GET", name.dataset.proposes, { source: name, target: "#code-proposed", swap: "innerHTML", values });
  }

  return { take, emptyLine, put };
})();
