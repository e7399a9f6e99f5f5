// The form of a claim on a page of its own: what was entered is kept when it is cancelled. The report, to which that
// leads, has the way back.

(() => {
  const form = document.getElementById("claim-form");
  const { article, sent } = form.dataset;
  const fresh = sent === undefined ? Drafts.written(Drafts.valuesAsItCame(form)) : null;

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-cancel]")) Drafts.putAway(article, Drafts.ofClaim(form, fresh));
  });
})();
