// Fields of the admin that search: what Select2 puts in place of each is named by its value alone.

(() => {
  const nameOf = (select) =>
    select.getAttribute("aria-label") ||
    [...(select.labels?.[0]?.childNodes ?? [])]
      .filter((node) => node.nodeType === Node.TEXT_NODE)
      .map((node) => node.textContent.trim())
      .join(" ")
      .replace(/\s*:\s*$/, "");

  function name(within) {
    for (const select of within.querySelectorAll("select.select2-hidden-accessible")) {
      const field = select.nextElementSibling;
      const box = field?.querySelector("[role=combobox]");
      const value = box?.querySelector("[role=textbox]");
      if (!value || select.dataset.named) continue;
      select.dataset.named = "yes";
      const words = document.createElement("span");
      words.hidden = true;
      words.id = `${value.id}-name`;
      words.textContent = nameOf(select);
      field.append(words);
      value.setAttribute("aria-labelledby", words.id);
      box.setAttribute("aria-labelledby", `${words.id} ${value.id}`);
    }
  }

  // After Django has put them in place.
  django.jQuery(() => name(document));
  document.addEventListener("formset:added", (event) => name(event.target));
})();
