'use strict';
// Keeps the wall moving and says since when it is not connected. Nobody stands by to press anything: whatever happens, it
// comes back by itself.
(() => {
  const wall = document.getElementById('wall');
  const part = document.getElementById('part');
  const lost = document.getElementById('lost');
  const quiet = 1500; // At most one look in so many milliseconds,
  const lookEvery = 10000; // and one at least in so many: time left runs on, and a silent line is found out.
  const patience = 8000;
  let due = 0;
  let last = 0;
  let busy = false;
  let again = false;
  let retry = 1000;
  let since = '';

  const known = () => new Set([...part.querySelectorAll('li[data-id]')].map((li) => li.dataset.id));

  const show = (html) => {
    const before = known();
    const next = new DOMParser().parseFromString(html, 'text/html');
    part.replaceChildren(...next.body.childNodes);
    for (const li of part.querySelectorAll('li[data-id]')) {
      if (!before.has(li.dataset.id)) li.classList.add('changed');
    }
  };

  const connected = () => {
    since = '';
    lost.hidden = true;
    wall.classList.remove('lost');
  };

  const away = () => {
    if (since) return;
    // What is shown was true at the time that stands on it.
    since = document.getElementById('as-of').textContent;
    lost.textContent = wall.dataset.lost.replace('{time}', since);
    lost.hidden = false;
    wall.classList.add('lost');
  };

  const look = async () => {
    if (busy) { again = true; return; }
    busy = true;
    last = Date.now();
    try {
      const answer = await fetch(wall.dataset.part, { headers: { Accept: 'text/html' }, redirect: 'manual', signal: AbortSignal.timeout(patience) });
      if (answer.type === 'opaqueredirect') return location.reload(); // The key is no longer good.
      if (!answer.ok) throw new Error(String(answer.status));
      show(await answer.text());
      connected();
    } catch {
      away();
    } finally {
      busy = false;
      if (again) { again = false; plan(quiet); }
    }
  };

  const plan = (delay) => {
    if (due) return;
    due = setTimeout(() => { due = 0; look(); }, delay);
  };

  const listen = () => {
    const source = new EventSource(wall.dataset.feed);
    source.onopen = () => { retry = 1000; plan(0); };
    source.addEventListener('change', () => plan(Math.max(150, quiet - (Date.now() - last))));
    source.onerror = () => {
      plan(0); // Whether we are away, the next look tells.
      if (source.readyState !== EventSource.CLOSED) return;
      setTimeout(listen, retry);
      retry = Math.min(retry * 2, 30000);
    };
  };

  const stayAwake = () => { navigator.wakeLock?.request('screen').catch(() => {}); };

  listen();
  setInterval(look, lookEvery);
  addEventListener('offline', away);
  addEventListener('online', () => plan(0));
  document.addEventListener('visibilitychange', () => { if (!document.hidden) { plan(0); stayAwake(); } });
  stayAwake();
})();
