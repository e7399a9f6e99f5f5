// What is typed into a form outlives a reload: it is kept in this tab, by a name, until it is saved or thrown away.

const Drafts = (() => {
  const PREFIX = "newsdesk-draft-";
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

  function keep(name, draft) {
    inPage.set(name, draft);
    try {
      sessionStorage.setItem(PREFIX + name, JSON.stringify(draft));
    } catch {
      // It is kept in the page.
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

  // The draft of what was saved with this token, whatever its name.
  function dropSaved(token) {
    try {
      const names = Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
      for (const name of names.map((key) => key.slice(PREFIX.length))) {
        if (read(name)?.values?.token?.includes(token)) drop(name);
      }
    } catch {
      // Storage is forbidden: nothing was kept.
    }
  }

  return { valuesOf, keep, read, drop, dropSaved };
})();
