// The form that brings an article in: what is in it outlives a reload, and leaving the page, until it is saved as an
// article.

(() => {
  const form = document.querySelector("[data-draft]");
  const notice = document.getElementById("draft-back");
  const name = form.getAttribute("action");
  const isFresh = form.dataset.draft === "fresh";
  const values = () => Drafts.valuesOf(new FormData(form));
  // What it holds while there is nothing to be kept; unknown for one that had been filled in before.
  let idle = isFresh ? Drafts.written(Drafts.valuesAsItCame(form)) : null;

  // Whether leaving the page loses nothing.
  let isKept = true;

  function keep() {
    if (notice.hidden && Drafts.written(values()) === idle) {
      Drafts.drop(name);
      isKept = true;
    } else isKept = Drafts.keep(name, { values: values() });
  }

  // Back at a form of which an article was made: it is no draft, and what is changed in it makes another article.
  function beginAnew() {
    const { token } = form.elements;
    if (!Drafts.isSaved(token.value)) return;
    token.value = [...crypto.getRandomValues(new Uint8Array(18))].map((one) => one.toString(16).padStart(2, "0")).join("");
    idle = Drafts.written(values());
  }

  // What is asked for by a later step of the page alone is sent along: the kinds chosen for paragraphs.
  function carry(field, value) {
    const hidden = document.createElement("input");
    hidden.type = "hidden";
    hidden.name = field;
    hidden.value = value;
    form.append(hidden);
  }

  function bringBack(draft) {
    for (const [field, [value]] of Object.entries(draft.values)) {
      if (form.elements[field]) form.elements[field].value = value;
      else carry(field, value);
    }
    notice.hidden = false;
    announce("What you had entered is back; nothing of it is saved yet.");
  }

  beginAnew();
  addEventListener("pageshow", beginAnew);
  const draft = isFresh && Drafts.read(name);
  if (draft) bringBack(draft);
  else if (!isFresh) keep();
  carry("draft", "kept");
  // A page that answers a form can be come back to only by sending the form again, which browsers ask about or refuse.
  // From now on this is the address of the form itself, which brings back what is kept.
  if (!isFresh && isKept) history.replaceState(history.state, "", name);

  for (const kind of ["input", "change"]) form.addEventListener(kind, keep);
  let isSending = false;
  form.addEventListener("submit", () => (isSending = true));
  addEventListener("pageshow", () => (isSending = false));
  addEventListener("beforeunload", (event) => {
    if (!isKept && !isSending) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-start-afresh]")) return;
    Drafts.drop(name);
    location.assign(name);
  });
})();
