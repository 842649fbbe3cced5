'use strict';
// Steps that a phone keeps until the server has answered them: sent one by one in the order in which they were taken,
// each under a key of its own, so that one whose answer was lost is not done twice. Used by the page and by its worker.
self.HeadwaterQueue = (() => {
  const opened = new Promise((done, fail) => {
    const request = indexedDB.open('headwater-field', 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('steps', { keyPath: 'seq', autoIncrement: true });
      request.result.createObjectStore('facts');
    };
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });

  // Done once it is on the disk, not before.
  const transact = async (store, mode, act) => {
    const base = await opened;
    return new Promise((done, fail) => {
      const transaction = base.transaction(store, mode, { durability: 'strict' });
      const request = act(transaction.objectStore(store));
      transaction.oncomplete = () => done(request.result);
      transaction.onabort = transaction.onerror = () => fail(transaction.error);
    });
  };

  const all = () => transact('steps', 'readonly', (store) => store.getAll());
  const add = (step) => transact('steps', 'readwrite', (store) => store.add(step));
  const put = (step) => transact('steps', 'readwrite', (store) => store.put(step));
  const remove = (seq) => transact('steps', 'readwrite', (store) => store.delete(seq));
  const fact = (name) => transact('facts', 'readonly', (store) => store.get(name));
  const note = (name, value) => transact('facts', 'readwrite', (store) => store.put(value, name));

  const form = (step) => {
    const body = new FormData();
    body.set('key', step.key);
    for (const [name, value] of step.fields) body.append(name, value);
    for (const [name, file] of step.files) body.append(name, file, name);
    return body;
  };

  // What became of a step: `done`, `later` (no network, or the server is busy), `signed-out`, `refused`.
  const send = async (step) => {
    let answer;
    try {
      answer = await fetch(step.url, {
        method: 'POST', body: form(step), redirect: 'manual', credentials: 'same-origin',
        signal: AbortSignal.timeout(step.files.length ? 120000 : 20000),
        headers: {
          Accept: 'application/json',
          'Headwater-Account': step.owner,
          'Headwater-Done-At': new Date(step.doneAt).toISOString(),
          'Headwater-Sent-At': new Date().toISOString(),
        },
      });
      if (answer.type === 'opaqueredirect' || answer.status === 401) return { outcome: 'signed-out' };
      if (answer.ok) return { outcome: 'done', case: await answer.json() };
      if (answer.status >= 500 || answer.status === 429 || answer.status === 408) return { outcome: 'later' };
      return { outcome: 'refused', problem: await answer.json() };
    } catch {
      return { outcome: 'later' };
    }
  };

  // Sends what waits. A step that is refused holds back the later ones of its case, which may rest on it, and no others.
  const sendAll = async (changed) => {
    const owner = await fact('owner');
    const held = new Set();
    let result = 'done';
    for (const step of (await all()).filter((step) => step.owner === owner)) {
      if (step.problem) held.add(step.case);
      if (held.has(step.case)) continue;
      const { outcome, ...answer } = await send(step);
      if (outcome === 'later' || outcome === 'signed-out') return outcome;
      if (outcome === 'done') {
        await remove(step.seq);
      } else {
        await put({ ...step, problem: answer.problem });
        held.add(step.case);
        result = 'refused';
      }
      await changed(answer.case);
    }
    return result;
  };

  // One sender at a time, over all windows and the worker.
  let isBusy = false;
  const drain = async (changed = async () => {}) => {
    if (navigator.locks) {
      return navigator.locks.request('headwater-field', { ifAvailable: true }, (lock) => (lock ? sendAll(changed) : 'busy'));
    }
    if (isBusy) return 'busy';
    isBusy = true;
    try { return await sendAll(changed); } finally { isBusy = false; }
  };

  return { all, add, put, remove, note, drain };
})();
