'use strict';
// The field page: steps go into the phone's queue first and to the server from there; what waits is shown as not yet
// sent. Without this script the same forms are sent at once.
(() => {
  const list = document.getElementById('field');
  const queue = self.HeadwaterQueue;
  const { owner } = list.dataset;
  const by = (id) => document.getElementById(id);
  const clock = (at) => new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  const fill = (text, values) => Object.entries(values).reduce((all, [name, value]) => all.replace(`{${name}}`, value), text);
  const cases = () => [...list.querySelectorAll('.field-case')];
  const refreshEvery = 60000; // Time left runs on.
  let registration = null;

  // MARK: What is shown

  const live = (state) => {
    const box = by('field-live');
    box.className = 'live ' + state;
    box.textContent = state === 'on' ? box.dataset.on : box.dataset.off;
  };

  const showSteps = (article, waiting) => {
    let phase = article.dataset.phase;
    for (const step of waiting) if (step.to && !step.problem) phase = step.to;
    const isHeld = waiting.some((step) => step.problem);
    for (const form of article.querySelectorAll('.field-step')) {
      if (form.dataset.noun !== 'note') form.hidden = isHeld || !form.dataset.from.split(' ').includes(phase);
    }
    const mark = article.querySelector('.unsent');
    mark.hidden = !waiting.length;
    mark.textContent = fill(list.dataset.unsent, { n: waiting.length });
    article.classList.toggle('unsent-steps', waiting.length > 0);
  };

  const line = (step) => {
    const li = by('outbox-line').content.firstElementChild.cloneNode(true);
    const at = li.querySelector('time');
    li.querySelector('.what').textContent = step.title;
    li.querySelector('.where').textContent = step.owner === owner ? step.label : list.dataset.other;
    at.dateTime = new Date(step.doneAt).toISOString();
    at.textContent = clock(step.doneAt);
    if (!step.problem) return li;
    li.querySelector('.refusal').hidden = false;
    li.querySelector('.why').textContent = step.problem.title ?? '';
    // A case that another squad was sent to, or that became part of another, is none of this squad's any more.
    li.querySelector('.detail').textContent = step.problem.status === 404 ? list.dataset.gone : step.problem.detail ?? '';
    const keep = li.querySelector('.keep');
    keep.hidden = step.noun === 'note' || !(step.files.length || step.fields.some(([name, text]) => name === 'words' && text));
    keep.addEventListener('click', () => keepAsNote(step));
    li.querySelector('.drop').addEventListener('click', async () => {
      if (!confirm(list.dataset.discard)) return;
      await queue.remove(step.seq);
      await changed();
      send();
    });
    return li;
  };

  const show = async () => {
    const steps = await queue.all();
    const mine = steps.filter((step) => step.owner === owner);
    by('outbox').hidden = !steps.length;
    by('outbox-count').textContent = steps.length || '';
    by('outbox-list').replaceChildren(...steps.map(line));
    for (const article of cases()) showSteps(article, mine.filter((step) => step.case === article.dataset.case));
    return steps;
  };

  const changed = async () => { await show(); };

  // MARK: Keeping and sending

  const enqueue = async (step) => {
    await queue.add({ owner, key: crypto.randomUUID(), ...step });
    await changed();
    send();
    registration?.sync?.register('steps').catch(() => {}); // Where the browser has it, it sends without the page.
  };

  let retry = 0;
  let pause = 1000;
  const send = async () => {
    clearTimeout(retry);
    const outcome = await queue.drain(async (answer) => {
      pause = 1000;
      const article = answer && by('f-' + answer.id);
      if (article) article.dataset.phase = answer.phase;
      await changed();
    });
    by('field-signed-out').hidden = outcome !== 'signed-out';
    if (outcome === 'busy') {
      retry = setTimeout(send, 1000); // Another window, or the worker, is at it.
      return;
    }
    if (outcome === 'later') {
      live('off');
      retry = setTimeout(send, pause);
      pause = Math.min(pause * 2, 15000);
      return;
    }
    await changed();
    if (outcome === 'done' || outcome === 'refused') refresh();
  };

  // What was written on the spot is worth keeping even where the step itself came too late.
  const keepAsNote = async (step) => {
    const { seq, problem, ...rest } = step;
    const note = { ...rest, noun: 'note', to: '', key: crypto.randomUUID(), url: step.url.replace(/[^/]+$/, 'note'),
      fields: step.fields.filter(([name]) => name === 'words') };
    await queue.add(note);
    await queue.remove(seq);
    await changed();
    send();
  };

  list.addEventListener('submit', async (event) => {
    const form = event.target;
    event.preventDefault();
    const article = form.closest('.field-case');
    const data = [...new FormData(form)].filter(([name]) => name !== 'key');
    const files = data.filter(([, value]) => value instanceof File && value.size);
    if (form.voice) files.push(['voice', form.voice]);
    const fields = data.filter(([, value]) => typeof value === 'string' && value);
    if (form.dataset.noun === 'note' && !files.length && !fields.length) return form.querySelector('textarea').focus();
    const { noun, title, to } = form.dataset;
    const step = { case: article.dataset.case, label: article.dataset.label, noun, title, to, url: form.getAttribute('action'),
      doneAt: Date.now(), fields, files };
    form.reset();
    form.dispatchEvent(new Event('cleared'));
    await enqueue(step);
  });

  // MARK: Following

  // What stays where it is must not be touched: taken out and put back, it loses the tap or the keyboard that is on it.
  const settle = (fresh) => {
    for (const child of [...list.children]) if (!fresh.includes(child)) child.remove();
    fresh.forEach((child, place) => {
      if (list.children[place] !== child) list.insertBefore(child, list.children[place] ?? null);
    });
  };

  const isBusy = (article) => article.matches(':active') || article.querySelector('details[open]') !== null
    || article.contains(document.activeElement) && document.activeElement.matches('input,select,textarea')
    || [...article.querySelectorAll('textarea,input:not([type=hidden])')].some((field) => field.value);

  const sayTimeLeft = (here, child) => {
    const [old, next] = [here.querySelector('.left'), child.querySelector('.left')];
    if (old && next && old.outerHTML !== next.outerHTML) old.replaceWith(next);
  };

  const skew = (header) => {
    const ahead = header ? Math.round((Date.now() - Date.parse(header)) / 60000) : 0;
    const box = by('field-skew');
    box.hidden = ahead === 0;
    const span = fill(box.dataset.minutes, { n: Math.abs(ahead) });
    box.textContent = fill(ahead > 0 ? box.dataset.ahead : box.dataset.behind, { span }) + box.dataset.corrected;
  };

  const refresh = async () => {
    try {
      const answer = await fetch(list.dataset.part, { headers: { Accept: 'text/html' }, redirect: 'manual' });
      if (answer.type === 'opaqueredirect') { by('field-signed-out').hidden = false; return; }
      if (!answer.ok) throw new Error(String(answer.status));
      skew(answer.headers.get('Date'));
      const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fresh = [...next.body.children].map((child) => {
        const here = child.id && by(child.id);
        if (!here) return child;
        const isNewer = Number(child.dataset.version) > Number(here.dataset.version);
        if (isNewer && !isBusy(here)) return child;
        sayTimeLeft(here, child);
        if (isNewer) here.dataset.phase = child.dataset.phase; // What somebody is writing in stays as it is, until it is left.
        return here;
      });
      settle(arranged(fresh));
      prepare();
      await show();
      live('on');
    } catch {
      live('off');
    }
  };

  const listen = () => {
    const source = new EventSource(list.dataset.feed);
    let due = 0;
    source.addEventListener('case', () => { clearTimeout(due); due = setTimeout(refresh, 200); });
    source.onopen = () => { live('on'); pause = 1000; send(); };
    source.onerror = () => {
      live('off');
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, 5000);
    };
  };

  // MARK: Distance

  let position = null;
  const metres = ({ latitude, longitude }) => {
    const radians = Math.PI / 180;
    const y = (latitude - position.latitude) * radians;
    const x = (longitude - position.longitude) * radians * Math.cos(position.latitude * radians);
    return Math.hypot(x, y) * 6371000;
  };

  // The same in the order of their distance, once it is asked for and known.
  const arranged = (children) => {
    if (!position) return children;
    const away = new Map(children.map((child) => [child, child.dataset.latitude
      ? metres({ latitude: Number(child.dataset.latitude), longitude: Number(child.dataset.longitude) }) : Infinity]));
    for (const [child, distance] of away) {
      const box = child.querySelector('.away'); // Not where it is said that there are no cases.
      if (box) box.textContent = distance === Infinity ? ''
        : distance < 950 ? fill(list.dataset.metres, { n: Math.round(distance / 50) * 50 })
          : fill(list.dataset.kilometres, { n: (distance / 1000).toFixed(1) });
    }
    return [...away.keys()].sort((one, other) => away.get(one) - away.get(other));
  };

  const sorter = by('by-distance');
  sorter.hidden = !navigator.geolocation;
  sorter.addEventListener('click', () => {
    if (position) {
      position = null;
      sorter.textContent = sorter.dataset.byDistance;
      list.replaceChildren();
      return refresh();
    }
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      position = coords;
      sorter.textContent = sorter.dataset.byDue;
      settle(arranged(cases()));
    }, () => { sorter.textContent = sorter.dataset.refused; }, { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 });
  });

  // MARK: Voice and signatures

  const voice = (box) => {
    if (!navigator.mediaDevices || !self.MediaRecorder) return;
    const form = box.closest('form');
    const button = box.querySelector('button');
    const player = box.querySelector('audio');
    let recorder = null;
    box.hidden = false;
    button.addEventListener('click', async () => {
      if (recorder) return recorder.stop();
      try {
        const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
        const parts = [];
        recorder = new MediaRecorder(stream, { audioBitsPerSecond: 24000 });
        recorder.ondataavailable = ({ data }) => parts.push(data);
        recorder.onstop = () => {
          for (const track of stream.getTracks()) track.stop();
          form.voice = new Blob(parts, { type: recorder.mimeType });
          recorder = null;
          player.src = URL.createObjectURL(form.voice);
          player.hidden = false;
          button.textContent = box.dataset.start;
        };
        recorder.start();
        setTimeout(() => recorder?.stop(), 120000);
        button.textContent = box.dataset.stop;
      } catch {
        box.querySelector('span').textContent = box.dataset.refused;
      }
    });
    form.addEventListener('cleared', () => { form.voice = null; player.hidden = true; });
  };

  const signature = (box) => {
    const canvas = box.querySelector('canvas');
    const field = box.querySelector('input');
    const pen = canvas.getContext('2d');
    let strokes = [];
    const clear = () => { strokes = []; field.value = ''; pen.clearRect(0, 0, canvas.width, canvas.height); };
    const point = (event) => {
      const sheet = canvas.getBoundingClientRect();
      const place = (value, size, whole) => Math.min(whole, Math.max(0, Math.round(value / size * whole)));
      return [place(event.clientX - sheet.left, sheet.width, canvas.width), place(event.clientY - sheet.top, sheet.height, canvas.height)];
    };
    box.hidden = false;
    Object.assign(pen, { lineWidth: 4, lineCap: 'round', lineJoin: 'round', strokeStyle: '#10233a' });
    canvas.addEventListener('pointerdown', (event) => {
      canvas.setPointerCapture(event.pointerId);
      strokes.push([point(event)]);
    });
    canvas.addEventListener('pointermove', (event) => {
      const stroke = strokes.at(-1);
      if (!stroke || !canvas.hasPointerCapture(event.pointerId)) return;
      const next = point(event);
      const last = stroke.at(-1);
      if (Math.hypot(next[0] - last[0], next[1] - last[1]) < 3) return;
      stroke.push(next);
      pen.beginPath();
      pen.moveTo(...last);
      pen.lineTo(...next);
      pen.stroke();
      field.value = strokes.map((points) => points.map((pair) => pair.join(',')).join(' ')).join(';');
    });
    box.querySelector('button').addEventListener('click', clear);
    box.closest('form').addEventListener('cleared', clear);
  };

  const mediation = (box) => {
    const choice = box.closest('form').querySelector('select[name=outcome]');
    const follow = () => { box.hidden = choice.value !== 'mediated'; };
    choice.addEventListener('change', follow);
    box.closest('form').addEventListener('cleared', follow);
    follow();
  };

  const prepared = new WeakSet();
  const prepare = () => {
    for (const [name, make] of [['.voice', voice], ['.signature', signature], ['.mediation', mediation]]) {
      for (const box of list.querySelectorAll(name)) {
        if (!prepared.has(box)) make(box);
        prepared.add(box);
      }
    }
  };

  // Whoever signs out leaves nothing of the page behind; what waits stays, for the same person.
  document.querySelector('form[action="/sign-out"]')?.addEventListener('submit', async (event) => {
    const form = event.target;
    event.preventDefault();
    const waiting = (await queue.all()).filter((step) => step.owner === owner).length;
    if (waiting && !confirm(fill(list.dataset.leave, { n: waiting }))) return;
    await self.caches?.delete('headwater-field');
    form.submit();
  });

  const begin = async () => {
    prepare();
    await queue.note('owner', owner);
    await show();
    new BroadcastChannel('headwater-field').onmessage = () => refresh();
    addEventListener('online', () => { pause = 1000; send(); });
    addEventListener('offline', () => live('off'));
    if (!navigator.onLine) live('off');
    listen();
    setInterval(() => { if (!document.hidden) refresh(); }, refreshEvery);
    document.addEventListener('visibilitychange', () => { if (!document.hidden) refresh(); });
    if (!navigator.serviceWorker) return;
    const { worker, queue: script } = list.dataset;
    registration = await navigator.serviceWorker.register(`${worker}?queue=${encodeURIComponent(script)}`, { scope: '/field' });
    // The first visit was not seen by the worker: it is kept now.
    if (!navigator.serviceWorker.controller && navigator.onLine) {
      const kept = await caches.open('headwater-field');
      const parts = [...document.querySelectorAll('link[rel=stylesheet],script[src]')].map((part) => part.href || part.src);
      await kept.addAll(['/field', ...parts]);
    }
  };
  begin();
})();
