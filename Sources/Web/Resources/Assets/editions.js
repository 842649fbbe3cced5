'use strict';
// Tells how the edition that is being made gets on, and shows the page anew once it is there.
(() => {
  const box = document.getElementById('making');
  if (!box || !box.dataset.part) return;
  const pause = 1500;
  const look = async () => {
    try {
      const answer = await fetch(box.dataset.part, { redirect: 'manual' });
      if (answer.type === 'opaqueredirect') return location.reload(); // The session is over: sign in again.
      if (answer.ok) {
        const making = await answer.json();
        if (!making.isUnderWay) return location.replace(location.pathname);
        box.textContent = making.text;
      }
    } catch { /* The server is away: the next look may find it. */ }
    setTimeout(look, pause);
  };
  setTimeout(look, pause);
})();
