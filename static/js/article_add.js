// The form that brings an article in: what is in it outlives a reload, until it is saved as an article.

(() => {
  const form = document.querySelector("[data-draft]");
  const notice = document.getElementById("draft-back");
  const name = form.getAttribute("action");
  const isFresh = form.dataset.draft === "fresh";
  const values = () => Drafts.valuesOf(new FormData(form));
  // What it holds while there is nothing to be kept; unknown for one that had been filled in before.
  let idle = isFresh ? Drafts.written(Drafts.valuesAsItCame(form)) : null;

  function keep() {
    if (notice.hidden && Drafts.written(values()) === idle) Drafts.drop(name);
    else Drafts.keep(name, { values: values() });
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

  for (const kind of ["input", "change"]) form.addEventListener(kind, keep);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-start-afresh]")) return;
    Drafts.drop(name);
    location.assign(name);
  });
})();
