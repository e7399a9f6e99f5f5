// What is typed into a form outlives a reload: it is kept in this tab, by a name, until it is saved or thrown away.

const Drafts = (() => {
  // Of whoever has signed in: the next one at the same browser is shown none of it.
  const PREFIX = `newsdesk-draft-${document.body.dataset.visitor}-`;
  // What one page, or one sending of it, has for itself.
  const OWN = new Set(["csrfmiddlewaretoken", "draft", "seen", "step"]);
  // Where storage is full or forbidden, a draft lasts as long as the page.
  const inPage = new Map();

  // Of the fields: their names with all that they hold. A file cannot be kept.
  function valuesOf(fields) {
    const values = {};
    for (const [name, value] of fields) {
      if (!OWN.has(name) && typeof value === "string") (values[name] ??= []).push(value);
    }
    return values;
  }

  // The same of a form as it came, whatever a browser has filled in since of what was typed before.
  const valuesAsItCame = (form) =>
    valuesOf(new FormData(new DOMParser().parseFromString(form.outerHTML, "text/html").forms[0]));

  // True if it outlives the page.
  function keep(name, draft) {
    try {
      sessionStorage.setItem(PREFIX + name, JSON.stringify(draft));
      inPage.delete(name);
      return true;
    } catch {
      inPage.set(name, draft);
      return false;
    }
  }

  function read(name) {
    if (inPage.has(name)) return inPage.get(name);
    try {
      return JSON.parse(sessionStorage.getItem(PREFIX + name));
    } catch {
      return null;
    }
  }

  function drop(name) {
    inPage.delete(name);
    try {
      sessionStorage.removeItem(PREFIX + name);
    } catch {
      // Nothing was kept.
    }
  }

  // ---- Forms of which something was made ----

  // By their tokens. No slug has a colon.
  const SAVED = "saved:tokens";
  const savedTokens = () => read(SAVED) ?? [];

  // Whether it was saved with this token, so that a form that comes back with it is no draft any more.
  const isSaved = (token) => savedTokens().includes(token);

  // The draft of what was saved with this token goes, whatever its name.
  function dropSaved(token) {
    keep(SAVED, [...savedTokens().filter((one) => one !== token), token].slice(-20));
    try {
      const names = Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
      for (const name of names.map((key) => key.slice(PREFIX.length))) {
        if (read(name)?.values?.token?.includes(token)) drop(name);
      }
    } catch {
      // Storage is forbidden: nothing was kept.
    }
  }

  // ---- Forms of claims ----

  // What a form holds, to tell whether it was changed: its token is another one each time.
  const written = ({ token, ...values }) => JSON.stringify(values);

  // `fresh` is what it held when it came: what it holds now, unless that is given; null for one that had been filled in
  // before.
  function ofClaim(form, fresh) {
    const words = [...form.querySelectorAll(".passage q")].map((one) => one.textContent.trim()).join(" … ");
    const values = valuesOf(new FormData(form));
    return { action: form.getAttribute("action"), values, fresh: fresh === undefined ? written(values) : fresh, words };
  }

  // Whether it has anything in it that the form did not come with.
  const isChanged = (draft) => Boolean(draft) && written(draft.values) !== draft.fresh;

  // Those that were closed with something in them, by their article.
  const closedIn = (article) => read(`closed:${article}`) ?? [];
  const keepClosed = (article, all) => keep(`closed:${article}`, all);

  // As it is kept, with an id; nothing if there is nothing to be kept.
  function putAway(article, draft) {
    if (!isChanged(draft)) return null;
    const kept = { ...draft, id: Math.max(0, ...closedIn(article).map((one) => one.id)) + 1 };
    keepClosed(article, [...closedIn(article), kept]);
    return kept;
  }

  return {
    ...{ valuesOf, valuesAsItCame, keep, read, drop, isSaved, dropSaved },
    ...{ written, ofClaim, isChanged, closedIn, keepClosed, putAway },
  };
})();
