'use strict';
// Finds a place while it is being told: a combobox over the list of places, and a map to point at. The form works
// without: the list of places and the field of the point are there.
(() => {
  const combo = document.getElementById('place-combo');
  const form = document.querySelector('form.report-form');
  if (!combo || !form) return;
  const field = document.getElementById('place-search');
  const list = document.getElementById('place-list');
  const status = document.getElementById('place-status');
  const pause = 120; // Milliseconds without typing before the server is asked.
  let found = [];
  let at = -1;
  let asked = 0;
  let due = 0;

  const changed = () => form.dispatchEvent(new Event('input', { bubbles: true }));

  const close = () => {
    list.hidden = true;
    at = -1;
    field.setAttribute('aria-expanded', 'false');
    field.removeAttribute('aria-activedescendant');
  };

  const choose = (index) => {
    at = index;
    [...list.children].forEach((item, number) => item.setAttribute('aria-selected', String(number === at)));
    if (at < 0) return field.removeAttribute('aria-activedescendant');
    field.setAttribute('aria-activedescendant', list.children[at].id);
    list.children[at].scrollIntoView({ block: 'nearest' });
  };

  const element = (name, text) => {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  };

  const show = () => {
    list.replaceChildren(...found.map((place, index) => {
      const item = element('li', place.name);
      item.id = 'place-' + index;
      item.setAttribute('role', 'option');
      const plate = place.plate ? combo.dataset.plate.replace('{n}', place.plate) : '';
      item.append(element('small', [place.area, place.unit, plate].filter(Boolean).join(' · ')));
      return item;
    }));
    list.hidden = found.length === 0;
    field.setAttribute('aria-expanded', String(found.length > 0));
    status.textContent = found.length ? combo.dataset.found.replace('{n}', found.length) : combo.dataset.none;
    choose(found.length ? 0 : -1);
  };

  const ask = async () => {
    const text = field.value.trim();
    const number = ++asked;
    if (!text) { found = []; status.textContent = ''; return close(); }
    try {
      const answer = await fetch(combo.dataset.places + '?q=' + encodeURIComponent(text), { redirect: 'manual' });
      if (!answer.ok || number !== asked) return;
      found = await answer.json();
      show();
    } catch {
      // Without a connection the list below still works.
    }
  };

  const take = (index) => {
    const place = found[index];
    if (!place) return;
    const select = form.elements.place;
    if (![...select.options].some((option) => option.value === place.code)) select.add(new Option(place.name, place.code));
    select.value = place.code;
    field.value = place.name;
    if (place.unit && !form.elements.address.value) form.elements.address.value = place.name + ' ' + place.unit;
    close();
    changed();
    if (pointed) pointed(place.point);
  };

  field.addEventListener('input', (event) => {
    event.stopPropagation(); // It is not a part of the report.
    clearTimeout(due);
    if (!event.isComposing) due = setTimeout(ask, pause);
  });
  field.addEventListener('compositionend', () => { clearTimeout(due); due = setTimeout(ask, pause); });
  field.addEventListener('keydown', (event) => {
    if (event.isComposing || event.ctrlKey) return;
    const isOpen = !list.hidden;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!isOpen) return void ask();
      const count = found.length;
      choose((at + (event.key === 'ArrowDown' ? 1 : count - 1)) % count);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (isOpen && at >= 0) take(at); else ask();
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      close();
    }
  });
  field.addEventListener('blur', close);
  list.addEventListener('mousedown', (event) => {
    event.preventDefault(); // The field keeps the focus.
    const item = event.target.closest('li');
    if (item) take([...list.children].indexOf(item));
  });
  combo.hidden = false;

  // The map.

  const details = document.getElementById('point-map');
  const box = document.getElementById('map');
  let pointed = null; // Shows a point, `latitude, longitude`, on the map once that is open.
  if (!details || !box) return;
  details.hidden = false;

  const load = (url) => new Promise((done, fail) => {
    const script = document.createElement('script');
    script.src = url;
    script.onload = done;
    script.onerror = fail;
    document.head.append(script);
  });

  const spot = async (point) => {
    const answer = await fetch(combo.dataset.places + '?at=' + encodeURIComponent(point), { redirect: 'manual' });
    if (!answer.ok) return;
    const { division, name } = await answer.json();
    document.getElementById('point-status').textContent = name || box.dataset.outside;
    const options = [...form.elements.division.options];
    form.elements.division.value = options.some((option) => option.value === division) ? division : '';
  };

  const open = async () => {
    await load(box.dataset.script);
    const { map, whenStyled, empty } = await window.headwaterMap.open(box);
    let mark = empty;
    await whenStyled(() => {
      map.addSource('point', { type: 'geojson', data: mark });
      map.addLayer({ id: 'point', type: 'circle', source: 'point', paint: { 'circle-radius': 8, 'circle-color': '#b3261e', 'circle-stroke-width': 2.5, 'circle-stroke-color': '#ffffff' } });
    });
    const put = (longitude, latitude) => {
      mark = { type: 'Feature', geometry: { type: 'Point', coordinates: [longitude, latitude] }, properties: {} };
      const source = map.getSource('point');
      if (source) source.setData(mark);
    };
    pointed = (text) => {
      const [latitude, longitude] = text.split(',').map(Number);
      if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return;
      put(longitude, latitude);
      map.easeTo({ center: [longitude, latitude], zoom: Math.max(map.getZoom(), 15) });
    };
    if (form.elements.point.value) pointed(form.elements.point.value);
    map.getCanvas().style.cursor = 'crosshair';
    map.on('click', ({ lngLat }) => {
      const point = lngLat.lat.toFixed(6) + ', ' + lngLat.lng.toFixed(6);
      put(lngLat.lng, lngLat.lat);
      form.elements.point.value = point;
      form.elements.place.value = ''; // It lies where the point lies, not at the place of before.
      field.value = '';
      spot(point).then(changed, () => {});
    });
  };

  details.addEventListener('toggle', () => {
    if (details.open && !pointed) open().catch(() => details.remove());
  }, { once: true });
})();
