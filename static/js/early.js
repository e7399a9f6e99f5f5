// Keys pressed while a form, its next step or what becomes of it is on its way: quick hands do not wait for it.

const Early = (() => {
  let keys = null;

  const isOn = () => keys !== null;

  // From now on, besides what is there.
  const expect = () => void (keys ??= []);

  const drop = () => void (keys = null);

  // Enter on a button presses it, and it has been pressed.
  function keep(event) {
    const { key, shiftKey } = event;
    if (key !== "Enter" || !event.target.closest?.("#marking :is(button, a)")) keys.push({ key, shiftKey });
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  function taken() {
    const found = keys ?? [];
    keys = null;
    return found;
  }

  // What was pressed while a claim was saved is meant for the report, but for Enter once more.
  function pressAgain(pressed) {
    const first = pressed.findIndex(({ key }) => key !== "Enter");
    for (const one of first < 0 ? [] : pressed.slice(first)) {
      document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { ...one, bubbles: true, cancelable: true }));
    }
  }

  return { isOn, expect, drop, keep, taken, pressAgain };
})();
