'use strict';
// Keeps a part of a page moving, tells a case's reader that it changed, and hands each change on to the page's own script
// as an event. Pages work without it.
(() => {
  const box = document.getElementById('live');
  if (!box || !box.dataset.feed) return;
  const target = box.dataset.target && document.getElementById(box.dataset.target);
  const quiet = 1200; // At most one look at the server in so many milliseconds.
  const refreshEvery = 20000; // Time left runs on, and a silent stream is found out.
  let due = 0;
  let last = 0;
  let busy = false;
  let source = null;
  let retry = 1000;

  const say = (state, text) => {
    if (!box.dataset.on) return;
    box.className = 'live ' + state;
    if (box.textContent !== text) box.textContent = text;
  };

  const versions = () => new Map([...target.querySelectorAll('li[data-version]')].map((li) => [li.id, li.dataset.version]));

  const swap = (html) => {
    const before = versions();
    const focused = document.activeElement && target.contains(document.activeElement) ? document.activeElement : null;
    const home = focused && (focused.closest('li[id]') || null);
    const href = focused && focused.getAttribute('href');
    const next = new DOMParser().parseFromString(html, 'text/html');
    target.replaceChildren(...next.body.childNodes);
    for (const li of target.querySelectorAll('li[data-version]')) {
      if (before.size && before.get(li.id) !== li.dataset.version) li.classList.add('changed');
    }
    if (!focused) return;
    const inside = home && document.getElementById(home.id);
    const same = inside ? inside.querySelector('a') : [...target.querySelectorAll('a')].find((a) => a.getAttribute('href') === href);
    if (same) same.focus({ preventScroll: true });
  };

  const look = async () => {
    if (busy || target.matches(':active')) return plan(quiet); // Nothing moves under a pointer that is pressed.
    busy = true;
    last = Date.now();
    try {
      const answer = await fetch(box.dataset.part, { headers: { Accept: 'text/html' }, redirect: 'manual' });
      if (answer.type === 'opaqueredirect') return location.reload(); // The session is over: sign in again.
      if (!answer.ok) throw new Error(String(answer.status));
      swap(await answer.text());
      if (source && source.readyState === EventSource.OPEN) say('on', box.dataset.on);
    } catch {
      say('off', box.dataset.off);
    } finally {
      busy = false;
    }
  };

  const plan = (delay) => {
    if (due) return;
    due = setTimeout(() => { due = 0; look(); }, delay);
  };

  const changed = (event) => {
    if (target) return plan(Math.max(150, quiet - (Date.now() - last)));
    const change = JSON.parse(event.data).case;
    box.dispatchEvent(new CustomEvent('headwater:case', { detail: change }));
    if (change.id === box.dataset.case && change.version > Number(box.dataset.version)) box.hidden = false;
  };

  const listen = () => {
    source = new EventSource(box.dataset.feed);
    source.onopen = () => {
      retry = 1000;
      say('on', box.dataset.on);
      if (target && last) plan(0);
      box.dispatchEvent(new CustomEvent('headwater:open'));
    };
    source.onerror = () => {
      say('off', box.dataset.off);
      // The browser comes back by itself, unless the server has turned it away.
      if (source.readyState !== EventSource.CLOSED) return;
      setTimeout(listen, retry);
      retry = Math.min(retry * 2, 30000);
    };
    source.addEventListener('case', changed);
  };

  say('wait', box.dataset.wait);
  listen();
  if (box.dataset.on) {
    addEventListener('offline', () => say('off', box.dataset.off));
    addEventListener('online', () => { if (source.readyState === EventSource.OPEN) say('on', box.dataset.on); });
  }
  if (target) {
    last = Date.now();
    setInterval(() => { if (!document.hidden) look(); }, refreshEvery);
    document.addEventListener('visibilitychange', () => { if (!document.hidden) plan(0); });
    addEventListener('online', () => plan(0));
  }
})();
