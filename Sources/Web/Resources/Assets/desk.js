'use strict';
// Shows beside the form what would become of the report while it is being told. The form works without.
// Alt+K takes the next kind that is suggested; Ctrl+Enter takes the report in and brings the next form.
(() => {
  const form = document.querySelector('form[data-preview]');
  const panel = document.getElementById('preview-box');
  const box = document.getElementById('preview');
  if (!form || !panel || !box) return;
  const pause = 300; // Milliseconds without typing before the server is asked.
  let due = 0;
  let asked = 0;

  const ask = async () => {
    const number = ++asked;
    try {
      const answer = await fetch(form.dataset.preview, { method: 'POST', body: new URLSearchParams(new FormData(form)), redirect: 'manual' });
      if (answer.type === 'opaqueredirect' || !answer.ok || number !== asked) return;
      const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const held = document.activeElement && box.contains(document.activeElement) && document.activeElement.dataset.kind;
      box.replaceChildren(...next.body.childNodes);
      const same = held && box.querySelector(`button[data-kind="${CSS.escape(held)}"]`);
      if (same) same.focus();
    } catch {
      // Without a connection the last answer stays; the form itself will tell.
    }
  };

  const plan = () => {
    clearTimeout(due);
    due = setTimeout(ask, pause);
  };

  const take = (kind) => {
    form.elements.kind.value = kind;
    ask();
  };

  const takeNext = () => {
    const kinds = [...box.querySelectorAll('button[data-kind]')].map((button) => button.dataset.kind);
    if (kinds.length) take(kinds[(kinds.indexOf(form.elements.kind.value) + 1) % kinds.length]);
  };

  panel.hidden = false;
  form.addEventListener('input', plan);
  box.addEventListener('click', (event) => {
    const button = event.target.closest('button[data-kind]');
    if (button) take(button.dataset.kind);
  });
  addEventListener('keydown', (event) => {
    if (event.altKey && event.code === 'KeyK') {
      event.preventDefault();
      takeNext();
    } else if (event.ctrlKey && event.key === 'Enter') {
      event.preventDefault();
      form.requestSubmit(form.querySelector('button[name=next]'));
    }
  });
  ask();
})();
