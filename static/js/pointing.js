// Marking by mouse and by touch: what is selected opens the form, or joins it; buttons act on the claim of their card.

const Pointing = (() => {
  const TOUCH = matchMedia("(pointer: coarse)");
  const tools = document.getElementById("with-selection");
  const [mark, add] = tools.querySelectorAll("button");
  let timer = null;
  let pointer = "mouse";
  let isInReport = false;
  let line = null;
  let selectedByTouch = [];

  document.addEventListener("pointerdown", (event) => {
    pointer = event.pointerType;
    isInReport = Boolean(event.target.closest?.(".report"));
    showHint("");
  });
  // Before the focus moves; the second click of a double one belongs to the first.
  document.addEventListener("mousedown", (event) => {
    // Else a tap on the buttons would take away what is selected.
    if (tools.contains(event.target)) event.preventDefault();
    if (event.detail < 2) line = isInReport ? Filling.emptyLine() : null;
  });

  function take(whole, joining) {
    const passages = Report.selected();
    if (line?.isConnected && passages.length && !joining) Filling.put(line, passages);
    else Marking.take(passages, whole, joining);
  }

  // A selection that began in the report may end beside it. A double click may become a triple one.
  document.addEventListener("mouseup", (event) => {
    if (pointer === "touch" || event.button !== 0 || !(isInReport || event.target.closest?.(".report"))) return;
    clearTimeout(timer);
    const joining = event.ctrlKey || event.metaKey;
    if (Report.selected().length) Marking.expectKeys();
    timer = setTimeout(() => take(!event.altKey, joining), event.detail === 2 ? 280 : 0);
  });

  // On touch the handles are still to be moved, so buttons wait until they are where they should be.
  document.addEventListener("selectionchange", () => {
    if (!TOUCH.matches && pointer !== "touch") return;
    const passages = Report.selected();
    if (passages.length) {
      selectedByTouch = passages;
      showHint("");
    }
    tools.hidden = !passages.length;
    mark.hidden = Marking.isChange();
    add.hidden = !Marking.form();
  });

  // A finger has no arrows: it selects, and a button to mark with comes up.
  function begin(button) {
    if (pointer !== "touch") return Marking.beginCaret(button.closest(".block"));
    const how = "Select the words in the text: press one long, then drag the handles.";
    showHint(how);
    announce(how);
  }

  document.addEventListener("click", (event) => {
    const node = event.target;
    if (node.closest("[data-cancel]") && Marking.isOpen()) {
      event.preventDefault();
      return Marking.leave();
    }
    const back = node.closest("[data-put-back]");
    if (back) return Marking.putBack(Number(back.closest("[data-kept]").dataset.kept));
    if (node.closest("#with-selection button")) {
      tools.hidden = true;
      return Marking.take(selectedByTouch, true, add.contains(node));
    }
    const remover = node.closest("[data-delete]");
    if (remover) {
      event.preventDefault();
      return Acting.act(remover.closest("[data-card]"), { act: "delete" });
    }
    const caret = node.closest("[data-caret]");
    if (caret) {
      event.preventDefault();
      return begin(caret);
    }
    if (node.closest("[data-next-unanswered]")) Acting.nextWithoutAnswer();
  });

  return { isTouch: () => pointer === "touch" };
})();
