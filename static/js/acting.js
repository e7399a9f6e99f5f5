// Acts on a claim that need no form, by a key or by a button.

// For those who look and for those who listen.
function say(text) {
  showHint(text);
  announce(text);
}

const Acting = (() => {
  const find = (selector, root = document) => root.querySelector(selector);
  const marking = document.getElementById("marking");

  function act(card, values) {
    // A key pressed twice is one act.
    if (!card || marking.matches(".htmx-request") || Marking.isInTheWay()) return;
    const address = find("[data-delete]", card).dataset.delete;
    const token = [...crypto.getRandomValues(new Uint32Array(4))].map((one) => one.toString(36)).join("-");
    Marking.ask("POST", address, { values: { based_on: card.dataset.version, token, ...values } });
  }

  function go(card) {
    document.dispatchEvent(new CustomEvent("newsdesk:go", { detail: { uid: card.dataset.card } }));
  }

  // True where the claim that a key is meant for is out of sight: to that the key only leads.
  function isAway(card) {
    if (!card || Whereabouts.isSeen(card)) return false;
    go(card);
    say("This claim was out of sight. Press the key again to go on.");
    return true;
  }

  const sayNoneIsChosen = () => say("No claim is chosen. Click on one, or go to it with j and k.");

  // As `act`, by a key.
  function actOnCurrent(values) {
    const card = Whereabouts.card();
    if (!card) sayNoneIsChosen();
    else if (!isAway(card)) act(card, values);
  }

  function change() {
    const card = Whereabouts.card();
    if (isAway(card)) return;
    const link = Reviewing.changing(card);
    if (link) link.click();
    else sayNoneIsChosen();
  }

  function nextWithoutAnswer() {
    const cards = [...document.querySelectorAll("[data-card]")];
    const from = cards.indexOf(Whereabouts.card()) + 1;
    const next = [...cards.slice(from), ...cards.slice(0, from)].find((card) => !find(".said", card));
    if (next) go(next);
    else announce("Every claim here answers a question.");
  }

  function undo() {
    const button = find("#notices [data-undo]");
    if (button) button.click();
    else announce("Nothing that was done here is left to undo. The history of a claim has all its versions.");
  }

  return { act, actOnCurrent, change, undo, nextWithoutAnswer };
})();
