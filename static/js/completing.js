// A field that names something of the desk, of which there may be thousands: its list holds what fits what is typed.

(() => {
  let resting = null;
  document.addEventListener("input", ({ target }) => {
    if (!target.list?.dataset.completedFrom) return;
    clearTimeout(resting);
    resting = setTimeout(() => complete(target), 150);
  });

  async function complete(field) {
    const { list, value } = field;
    try {
      // Whoever is asked to sign in again types without.
      const answer = await fetch(`${list.dataset.completedFrom}&q=${encodeURIComponent(value)}`, { redirect: "error" });
      const options = await answer.text();
      if (answer.ok && field.value === value) list.innerHTML = options;
    } catch {
      // The desk is away: what is typed to the end is taken all the same.
    }
  }
})();
