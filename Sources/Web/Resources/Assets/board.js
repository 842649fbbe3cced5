'use strict';
// The board: keeps rows and dots as they are, loads more as one scrolls, and listens to keys. Without it the board is
// pages of links.
(() => {
  const live = document.getElementById('live');
  const list = document.querySelector('.list .queue');
  const pager = document.querySelector('.pager');
  if (!live || !list || !pager) return;
  const part = (query) => '/board/part' + merged(query);
  const gather = 400; // Milliseconds in which changes are asked for together,
  const batch = 60; // and so many of them at a time.
  const refreshEvery = 30000; // Time left runs on.

  const merged = (query) => {
    const items = new URLSearchParams(location.search);
    for (const name of ['after', 'lang']) items.delete(name);
    for (const [name, value] of Object.entries(query)) items.set(name, value);
    return '?' + items;
  };

  const ask = async (url) => {
    const answer = await fetch(url, { headers: { Accept: 'text/html' }, redirect: 'manual' });
    if (answer.type === 'opaqueredirect') { location.reload(); throw new Error('the session is over'); }
    if (!answer.ok) throw new Error(String(answer.status));
    return new DOMParser().parseFromString(await answer.text(), 'text/html');
  };

  // The rows.

  const key = (li) => li.dataset.order + li.id;

  const placeFor = (li) => {
    const rows = list.children;
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (key(rows[middle]) < key(li)) low = middle + 1; else high = middle;
    }
    return rows[low] || null;
  };

  const put = (next) => {
    const old = document.getElementById(next.id);
    const isSame = old && old.dataset.version === next.dataset.version;
    const hadFocus = old && old.contains(document.activeElement);
    if (!isSame) next.classList.add('changed');
    if (old && old.dataset.order === next.dataset.order) {
      old.replaceWith(next);
    } else {
      if (old) old.remove();
      const before = placeFor(next);
      // Beyond what is loaded it will come with the rest.
      if (!before && pager.querySelector('[rel=next]') && !hadFocus) return;
      list.insertBefore(next, before);
    }
    if (hadFocus) next.querySelector('a').focus({ preventScroll: true });
  };

  const take = (answer, ids) => {
    for (const id of ['tabs', 'as-of']) {
      const [old, next] = [document.getElementById(id), answer.getElementById(id)];
      if (old && next && old.innerHTML !== next.innerHTML) old.replaceChildren(...next.childNodes);
    }
    for (const id of ids) {
      const next = answer.getElementById('c-' + id);
      if (next) { put(next); continue; }
      const old = document.getElementById('c-' + id);
      if (!old) continue;
      const neighbour = old.contains(document.activeElement) && (old.nextElementSibling || old.previousElementSibling);
      old.remove();
      if (neighbour) neighbour.querySelector('a').focus({ preventScroll: true });
    }
    const empty = document.querySelector('.list .empty');
    if (empty && list.children.length) empty.remove();
  };

  const waiting = new Set();
  let due = 0;
  let busy = false;

  const look = async () => {
    if (busy) return;
    if (list.matches(':active')) return plan(gather); // Nothing moves under a pointer that is pressed.
    busy = true;
    const ids = [...waiting].slice(0, batch);
    for (const id of ids) waiting.delete(id);
    try {
      const answer = await ask(part({ ids: ids.join(',') }));
      const dots = ids.map((id) => [id, answer.getElementById('c-' + id)]).map(([id, li]) => [id, li && dotOf(li)]);
      take(answer, ids);
      for (const [id, dot] of dots) moved.set(id, dot);
      if (!drawn) redraw(); else if (!drawing) drawing = setTimeout(draw, drawEvery);
    } catch {
      for (const id of ids) waiting.add(id);
    } finally {
      busy = false;
      if (waiting.size) plan(gather);
    }
  };

  // A frame of the map costs more than a row.
  const drawEvery = 1500;
  const moved = new Map();
  let drawing = 0;
  const draw = () => {
    drawing = 0;
    drawn([...moved]);
    moved.clear();
  };

  const plan = (delay) => {
    if (!due) due = setTimeout(() => { due = 0; look(); }, delay);
  };

  live.addEventListener('headwater:case', (event) => {
    waiting.add(event.detail.id);
    if (event.detail.squad) askSquads();
    plan(gather);
  });

  // Rows on the screen: their time left is said anew.
  const visible = () => {
    const rows = list.children;
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rows[middle].getBoundingClientRect().bottom < 0) low = middle + 1; else high = middle;
    }
    return [...rows].slice(low, low + 25).map((li) => li.id.slice(2));
  };

  setInterval(() => {
    if (document.hidden) return;
    for (const id of visible()) waiting.add(id);
    if (waiting.size) plan(0);
    if (drawn && !drawing) draw();
  }, refreshEvery);

  // More rows as one scrolls.
  let loading = false;
  const more = async () => {
    const link = pager.querySelector('[rel=next]');
    if (!link || loading) return;
    loading = true;
    try {
      const answer = await ask(link.dataset.part);
      const rows = [...answer.querySelectorAll('.queue > li')].filter((li) => !document.getElementById(li.id));
      list.append(...rows);
      const next = answer.querySelector('.pager [rel=next]');
      if (next) link.replaceWith(next); else link.remove();
    } catch {
      // The link stays, and works by itself.
    } finally {
      loading = false;
    }
    if (near) { near.unobserve(pager); near.observe(pager); }
  };
  const near = new IntersectionObserver((entries) => { if (entries.some((each) => each.isIntersecting)) more(); }, { rootMargin: '900px' });
  near.observe(pager);

  // Keys.

  const keysDialog = document.getElementById('keys-dialog');
  const caseDialog = document.getElementById('case-dialog');
  const keysOff = document.getElementById('keys-off');
  const keysButton = document.getElementById('keys-button');
  const toast = document.getElementById('toast');
  let chosen = null; // The id of the row that the keys are at.

  const stored = (value) => {
    try {
      if (value === undefined) return localStorage.getItem('headwater-keys') !== 'off';
      localStorage.setItem('headwater-keys', value ? 'on' : 'off');
    } catch { /* Without storage the choice holds for this page. */ }
    return true;
  };
  let keys = stored();
  keysOff.checked = !keys;
  keysOff.addEventListener('change', () => { keys = !keysOff.checked; stored(keys); });
  keysButton.hidden = false;
  keysButton.addEventListener('click', () => keysDialog.showModal());

  const row = () => {
    const focused = document.activeElement && document.activeElement.closest('.list .queue > li');
    return focused || (chosen && document.getElementById(chosen)) || null;
  };

  list.addEventListener('focusin', (event) => {
    const li = event.target.closest('li');
    if (!li) return;
    chosen = li.id;
    if (pointAt) pointAt(li);
  });

  const move = (by) => {
    const at = row();
    const next = at ? (by > 0 ? at.nextElementSibling : at.previousElementSibling) : list.firstElementChild;
    if (!next) { if (by > 0) more(); return; }
    next.querySelector('a').focus();
    next.scrollIntoView({ block: 'nearest' });
  };

  const say = (text) => {
    toast.textContent = text;
    setTimeout(() => { if (toast.textContent === text) toast.textContent = ''; }, 4000);
  };

  const openForms = async (wish) => {
    const li = row() || list.firstElementChild;
    if (!li || caseDialog.open) return;
    const body = caseDialog.querySelector('.dialog-body');
    try {
      const answer = await ask('/cases/' + li.id.slice(2) + '/forms?for=' + wish);
      body.replaceChildren(...answer.body.childNodes);
    } catch { return; }
    caseDialog.dataset.row = li.id;
    caseDialog.showModal();
    const first = ['details[open] select', '.plain-step button', 'summary', 'a'].map((each) => body.querySelector(each)).find(Boolean);
    if (first) first.focus();
  };

  const refuse = (form, text) => {
    const old = form.querySelector('.notice');
    const notice = old || document.createElement('p');
    notice.className = 'notice bad';
    notice.setAttribute('role', 'alert');
    notice.textContent = text;
    if (!old) form.prepend(notice);
  };

  caseDialog.addEventListener('submit', async (event) => {
    const form = event.target;
    if (form.method === 'dialog') return;
    event.preventDefault();
    const title = event.submitter ? event.submitter.textContent : '';
    try {
      const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), headers: { Accept: 'text/html' } });
      if (new URL(answer.url).pathname === '/sign-in') { location.reload(); return; }
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      if (!answer.ok) {
        const notice = page.querySelector('.notice.bad') || page.querySelector('main');
        return refuse(form, notice ? notice.textContent.trim() : String(answer.status));
      }
      caseDialog.close();
      say(keysDialog.dataset.done + ' ' + title);
      waiting.add(caseDialog.dataset.row.slice(2));
      plan(0);
    } catch {
      refuse(form, live.dataset.off);
    }
  });
  caseDialog.addEventListener('close', () => {
    const li = document.getElementById(caseDialog.dataset.row);
    if (li) li.querySelector('a').focus({ preventScroll: true });
  });

  const search = () => {
    const field = document.querySelector('.filters input[type=search]') || document.querySelector('.filters select');
    field.focus();
    if (field.select) field.select();
  };

  const acts = {
    j: () => move(1), k: () => move(-1), '/': search, '?': () => keysDialog.showModal(),
    o: () => { const li = row(); if (li) li.querySelector('a').click(); },
    a: () => openForms('assign'), s: () => openForms('sign'), n: () => { location.assign('/reports/new'); },
  };

  addEventListener('keydown', (event) => {
    if (!keys || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
    if (document.querySelector('dialog[open]')) return;
    const at = event.target;
    if (at.isContentEditable || ['INPUT', 'SELECT', 'TEXTAREA'].includes(at.tagName)) return;
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  // The map.

  const box = document.getElementById('map');
  const plainMap = document.getElementById('map-drawn');
  let drawn = null; // Takes [id, dot or null] of what changed.
  let pointAt = null;
  let askSquads = () => {};

  const dotOf = (li) => {
    if (!li.dataset.point || li.dataset.ended) return null;
    const text = (selector) => li.querySelector(selector).textContent.trim();
    return { at: li.dataset.point.split(',').map(Number), due: Number(li.dataset.due || 0), label: text('b') + ' · ' + text('.phase'), fresh: Boolean(li.dataset.fresh), danger: Boolean(li.dataset.danger) };
  };

  // Where the browser draws no map the server does, not more often than it can be looked at.
  let redrawn = 0;
  const redraw = async () => {
    const map = document.querySelector('#map-drawn .map');
    if (!map || Date.now() - redrawn < 5000) return;
    redrawn = Date.now();
    try {
      const next = (await ask('/board/map' + merged({}))).querySelector('.map');
      if (next) map.replaceWith(next);
    } catch { /* The next change tries again. */ }
  };

  const fallBack = () => {
    box.remove();
    document.querySelector('.map-legend').remove();
    const shown = document.createElement('div');
    shown.id = 'map-drawn';
    // What stands in a <noscript> is text for a browser with scripts.
    shown.append(...new DOMParser().parseFromString(plainMap.textContent, 'text/html').body.childNodes);
    plainMap.replaceWith(shown);
  };

  const start = async () => {
    try {
      const script = document.createElement('script');
      script.src = box.dataset.script;
      await new Promise((done, fail) => { script.onload = done; script.onerror = fail; document.head.append(script); });
      const map = await window.headwaterMap.open(box);
      document.querySelector('.map-legend').hidden = false;
      const cases = await window.headwaterMap.cases(map, box.dataset.points + '');
      drawn = cases.change;
      pointAt = (li) => cases.mark(dotOf(li));
      const squads = await window.headwaterMap.squads(map, box.dataset.squads);
      map.map.once('idle', () => { box.dataset.state = 'drawn'; });
      let planned = 0;
      askSquads = () => { if (!planned) planned = setTimeout(() => { planned = 0; squads.look(); }, 3000); };
    } catch {
      fallBack();
    }
  };
  if (box) {
    // The queue first.
    if (document.readyState === 'complete') setTimeout(start); else addEventListener('load', () => setTimeout(start));
  }
})();
