'use strict';
// The district's map, drawn by MapLibre from layers of our own: no tiles, no fonts, no pictures from elsewhere.
(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const fonts = ['PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Noto Sans SC, sans-serif'];
  const empty = { type: 'FeatureCollection', features: [] };
  const roadUses = [['residential', 15, 1], ['tertiary', 13, 1.8], ['secondary', 0, 2.2], ['bridge', 0, 2.2], ['primary', 0, 3], ['trunk', 0, 3.6]];

  const colours = () => dark.matches
    ? { ground: '#12181d', land: '#202a33', water: '#14394f', main: '#5d5438', road: '#33414d', house: '#2a3641', edge: '#6d7b86', text: '#b9c4cb', halo: '#1a2229', calm: '#7d9aa8' }
    : { ground: '#e9ebe8', land: '#f3f1ea', water: '#b9d7e8', main: '#e9cf9b', road: '#ffffff', house: '#e2ddd0', edge: '#9a958a', text: '#4a535a', halo: '#ffffff', calm: '#5c7c8a' };

  const style = (layers, language, base) => {
    const c = colours();
    const sources = Object.fromEntries(Object.entries(layers).filter(([name]) => name !== 'buildings')
      .map(([name, data]) => [name, { type: 'geojson', data }]));
    // Houses are only fetched for who comes near enough to see them.
    if (layers.buildings) sources.buildings = { type: 'geojson', data: empty };
    const shown = [{ id: 'ground', type: 'background', paint: { 'background-color': c.ground } }];
    if (base) {
      sources.base = { type: 'raster', tiles: [base.tiles], tileSize: 256, maxzoom: base.zoomMax };
      shown.push({ id: 'base', type: 'raster', source: 'base', paint: dark.matches ? { 'raster-brightness-max': .55, 'raster-saturation': -.4 } : {} });
    }
    // What a base map has is not drawn over it.
    const isOurs = (layer) => !base || layer.id.endsWith('-edges');
    const add = (source, layer) => { if (sources[source] && isOurs(layer)) shown.push({ ...layer, source }); };
    const label = (id, more, size, strong) => ({
      id, type: 'symbol', ...more,
      layout: { 'text-field': ['get', language], 'text-font': fonts, 'text-size': size, 'text-max-width': 8 },
      paint: { 'text-color': c.text, 'text-halo-color': c.halo, 'text-halo-width': strong ? 2 : 1.2, 'text-opacity': strong ? 1 : .9 },
    });
    const of = (level, type) => ['all', ['==', ['get', 'level'], level], ['==', ['geometry-type'], type]];
    add('divisions', { id: 'land', type: 'fill', filter: ['==', ['get', 'level'], 'district'], paint: { 'fill-color': c.land } });
    add('buildings', { id: 'houses', type: 'fill', minzoom: 14, paint: { 'fill-color': c.house } });
    add('water', { id: 'water', type: 'fill', paint: { 'fill-color': c.water } });
    for (const [use, minzoom, width] of roadUses) {
      add('roads', {
        id: 'road-' + use, type: 'line', minzoom, filter: ['==', ['get', 'class'], use],
        layout: { 'line-cap': 'round', 'line-join': 'round' },
        paint: { 'line-color': use === 'primary' || use === 'trunk' ? c.main : c.road, 'line-width': ['interpolate', ['exponential', 1.5], ['zoom'], 10, width * .5, 16, width * 3] },
      });
    }
    add('divisions', { id: 'community-edges', type: 'line', minzoom: 13, filter: ['==', ['get', 'level'], 'community'], paint: { 'line-color': c.edge, 'line-width': .6, 'line-dasharray': [2, 3] } });
    add('divisions', { id: 'town-edges', type: 'line', filter: ['in', ['get', 'level'], ['literal', ['town', 'district']]], paint: { 'line-color': c.edge, 'line-width': 1.4, 'line-dasharray': [3, 2] } });
    add('places', label('place-names', { minzoom: 15 }, 11, false));
    add('divisions', label('community-names', { minzoom: 13.2, filter: of('community', 'Point') }, 12, false));
    add('divisions', label('town-names', { maxzoom: 15, filter: of('town', 'Point') }, 14, true));
    return { version: 8, sources, layers: shown };
  };

  const load = (box) => new Promise((done, fail) => {
    if (window.maplibregl) return done();
    const sheet = document.createElement('link');
    sheet.rel = 'stylesheet';
    sheet.href = box.dataset.style;
    const script = document.createElement('script');
    script.src = box.dataset.library;
    script.onload = done;
    script.onerror = () => fail(new Error('no library'));
    document.head.append(sheet, script);
  });

  // Resolves with { map, colours, whenStyled } or fails where the browser cannot draw it.
  const open = async (box) => {
    await load(box);
    const texts = JSON.parse(box.dataset.texts);
    const layers = JSON.parse(box.dataset.layers);
    const base = box.dataset.base ? JSON.parse(box.dataset.base) : null;
    const plain = document.createElement('span');
    plain.textContent = base ? base.source : '';
    const [west, south, east, north] = box.dataset.bounds.split(',').map(Number);
    box.hidden = false;
    const map = new maplibregl.Map({
      container: box, style: style(layers, box.dataset.language, base), bounds: [[west, south], [east, north]],
      fitBoundsOptions: { padding: 16 }, attributionControl: base ? { compact: false, customAttribution: plain.innerHTML } : false, dragRotate: false, pitchWithRotate: false, maxZoom: 18, maxPitch: 0,
      localIdeographFontFamily: fonts[0], fadeDuration: 0, cooperativeGestures: false,
      locale: { 'Map.Title': texts.mapTitle, 'NavigationControl.ZoomIn': texts.mapZoomIn, 'NavigationControl.ZoomOut': texts.mapZoomOut },
    });
    map.touchZoomRotate.disableRotation();
    map.addControl(new maplibregl.NavigationControl({ showCompass: false }));
    const houses = () => {
      const source = map.getSource('buildings');
      if (base || !layers.buildings || !source || source.asked || map.getZoom() < 14) return;
      source.asked = true;
      source.setData(new URL(layers.buildings, location.href).href);
    };
    map.on('zoomend', houses);
    const dress = [];
    const styled = () => { houses(); for (const each of dress) each(); };
    dark.addEventListener('change', () => {
      map.setStyle(style(layers, box.dataset.language, base), { diff: false });
      map.once('style.load', styled);
    });
    const ready = new Promise((done) => map.once('style.load', done));
    // What is added to the style is lost with it: said once, done again after each change of colours.
    const whenStyled = async (each) => { await ready; dress.push(each); each(); };
    return { map, texts, colours, whenStyled, empty };
  };

  // Cases as dots, gathered where they lie together: on a canvas of their own over the map, so that a case that changes
  // costs some circles and not a picture of the whole map.

  const dotColours = { late: '#b3261e', fresh: '#1f6feb', danger: '#ffb000' };
  const reach = 38; // Pixels within which dots are gathered,
  const apartFrom = 18; // and the zoom from which each stands alone.

  // Groups of dots by their order: whoever is not yet in one gathers all around that are in none.
  const gathered = (dots, zoom) => {
    if (zoom >= apartFrom) return dots.map((dot) => [dot]);
    const side = reach / (512 * 2 ** zoom);
    const cells = new Map();
    const key = (column, row) => column * 0x400000 + row;
    const column = (dot) => Math.floor(dot.x / side);
    const row = (dot) => Math.floor(dot.y / side);
    for (const dot of dots) {
      const cell = key(column(dot), row(dot));
      if (cells.has(cell)) cells.get(cell).push(dot); else cells.set(cell, [dot]);
    }
    const taken = new Set();
    const groups = [];
    for (const dot of dots) {
      if (taken.has(dot)) continue;
      const group = [];
      for (let c = column(dot) - 1; c <= column(dot) + 1; c++) for (let r = row(dot) - 1; r <= row(dot) + 1; r++) {
        const cell = cells.get(key(c, r));
        if (!cell) continue;
        const rest = [];
        for (const other of cell) {
          if (Math.hypot(other.x - dot.x, other.y - dot.y) > side) { rest.push(other); continue; }
          group.push(other);
          taken.add(other);
        }
        cells.set(key(c, r), rest);
      }
      groups.push(group);
    }
    return groups;
  };

  const summed = (dots, now) => {
    const group = { dots, at: [0, 0], late: 0, fresh: 0, danger: 0 };
    for (const dot of dots) {
      group.at[0] += dot.at[0] / dots.length;
      group.at[1] += dot.at[1] / dots.length;
      if (dot.due && dot.due < now) group.late++;
      if (dot.fresh) group.fresh++;
      if (dot.danger) group.danger++;
    }
    return group;
  };

  const radius = (count) => {
    if (count === 1) return 7;
    const root = Math.sqrt(count);
    return root < 8 ? 11 + (root - 1) : Math.min(30, 18 + (root - 8) * .375);
  };

  const short = (count) => count < 1000 ? String(count) : (count / 1000).toFixed(count < 10000 ? 1 : 0) + 'k';

  // Where a longitude and latitude lie on the map of the whole world, from 0 to 1.
  const placed = (dot) => {
    const latitude = dot.at[1] * Math.PI / 180;
    return { ...dot, x: dot.at[0] / 360 + .5, y: .5 - Math.log(Math.tan(Math.PI / 4 + latitude / 2)) / (2 * Math.PI) };
  };

  const line = (text, url) => {
    const item = document.createElement('p');
    const link = document.createElement(url ? 'a' : 'span');
    if (url) link.href = url;
    link.textContent = text;
    item.append(link);
    return item;
  };

  const popup = (map, at, ...lines) => {
    const content = document.createElement('div');
    content.append(...lines);
    return new maplibregl.Popup({ closeButton: false, maxWidth: '20rem' }).setLngLat(at).setDOMContent(content).addTo(map);
  };

  const cases = async ({ map, texts, colours }, url) => {
    const answer = await (await fetch(url)).json();
    const all = new Map(answer.cases.map(([id, x, y, due, label, fresh, danger]) =>
      [id, placed({ id, at: [x, y], due, label: answer.labels[label], fresh: fresh === 1, danger: danger === 1 })]));
    const canvas = document.createElement('canvas');
    canvas.className = 'map-dots';
    map.getCanvasContainer().append(canvas);
    const pen = canvas.getContext('2d');
    let groups = null;
    let marked = null;
    let shown = []; // What stands where on the canvas, the topmost last.
    const group = () => {
      const zoom = Math.max(0, Math.floor(map.getZoom()));
      const now = Date.now();
      // A deadline that passes changes a colour.
      if (!groups || groups.zoom !== zoom || now - groups.at > 30_000) {
        groups = { zoom, at: now, list: gathered([...all.values()], zoom).map((dots) => summed(dots, now)) };
      }
      return groups.list;
    };
    const circle = (x, y, size) => { pen.beginPath(); pen.arc(x, y, size, 0, 2 * Math.PI); };
    const draw = () => {
      const { clientWidth: width, clientHeight: height } = map.getCanvas();
      const ratio = devicePixelRatio || 1;
      if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
        canvas.width = Math.round(width * ratio);
        canvas.height = Math.round(height * ratio);
      }
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      pen.clearRect(0, 0, width, height);
      pen.textAlign = 'center';
      pen.textBaseline = 'middle';
      pen.font = '12px ' + fonts[0];
      const { calm, text } = colours();
      shown = [];
      for (const each of group()) {
        const { x, y } = map.project(each.at);
        if (x < -40 || y < -40 || x > width + 40 || y > height + 40) continue;
        const size = radius(each.dots.length);
        shown.push({ x, y, size, group: each });
        circle(x, y, size);
        pen.fillStyle = each.late ? dotColours.late : each.fresh ? dotColours.fresh : calm;
        pen.fill();
        pen.lineWidth = each.danger ? 3 : 1.5;
        pen.strokeStyle = each.danger ? dotColours.danger : '#ffffff';
        pen.stroke();
        pen.fillStyle = '#ffffff';
        if (each.dots.length > 1) pen.fillText(short(each.dots.length), x, y + .5);
      }
      if (!marked) return;
      const { x, y } = map.project(marked.at);
      circle(x, y, 15);
      pen.lineWidth = 3;
      pen.strokeStyle = text;
      pen.stroke();
    };
    let asked = 0;
    const redraw = () => { if (!asked) asked = requestAnimationFrame(() => { asked = 0; draw(); }); };
    map.on('render', draw);
    setInterval(redraw, 30_000);
    redraw();
    const change = (changes) => {
      for (const [id, dot] of changes) if (dot) all.set(id, placed({ ...dot, id })); else all.delete(id);
      groups = null;
      redraw();
    };
    const mark = (dot) => {
      marked = dot;
      redraw();
    };
    const found = ({ x, y }) => shown.findLast((each) => Math.hypot(each.x - x, each.y - y) <= each.size + 2)?.group;
    const caseURL = (id) => '/cases/' + id;
    map.on('click', (event) => {
      const hit = found(event.point);
      if (!hit) return;
      event.preventDefault();
      const { dots, at } = hit;
      if (dots.length === 1) { location.assign(caseURL(dots[0].id)); return; }
      for (let zoom = Math.floor(map.getZoom()) + 1; zoom < apartFrom; zoom++) {
        if (gathered(dots, zoom).length > 1) { map.easeTo({ center: at, zoom }); return; }
      }
      const first = dots.slice(0, 12);
      const rest = dots.length > first.length ? [line(texts.mapMore.replace('{n}', dots.length - first.length))] : [];
      popup(map, at, line(texts.mapCases.replace('{n}', dots.length)), ...first.map((dot) => line(dot.label, caseURL(dot.id))), ...rest);
    });
    let over = null;
    let tip = null;
    const point = (hit) => {
      if (hit === over) return;
      over = hit;
      if (tip) tip.remove();
      map.getCanvas().style.cursor = hit ? 'pointer' : '';
      tip = hit ? popup(map, hit.at, line(hit.dots.length === 1 ? hit.dots[0].label : texts.mapCases.replace('{n}', hit.dots.length))) : null;
    };
    map.on('mousemove', (event) => {
      const hit = found(event.point);
      if (hit) event.preventDefault();
      point(hit);
    });
    map.on('mouseout', () => point(undefined));
    return { change, mark };
  };

  const hover = (map, layer, name, lines) => {
    let tip = null;
    let over = null;
    const leave = () => {
      if (tip) tip.remove();
      tip = over = null;
    };
    map.on('mousemove', layer, (event) => {
      if (event.defaultPrevented) { leave(); return; } // A case lies above.
      const first = event.features[0];
      map.getCanvas().style.cursor = 'pointer';
      if (over === first.properties[name]) return;
      leave();
      over = first.properties[name];
      tip = popup(map, first.geometry.coordinates, ...lines(first.properties));
    });
    map.on('mouseleave', layer, () => {
      map.getCanvas().style.cursor = '';
      leave();
    });
  };

  // Squads as diamonds: at their station, or at the case that they are at, with a line to the one they are driving to.

  const squadColours = { free: '#2e7d4f', called: '#b07d12', underway: '#8a5cd1', 'on-site': '#c2571a', 'off-shift': '#8b949b' };

  const diamond = (colour) => {
    const side = 30;
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = side;
    const pen = canvas.getContext('2d');
    pen.translate(side / 2, side / 2);
    pen.rotate(Math.PI / 4);
    pen.fillStyle = '#ffffff';
    pen.fillRect(-10, -10, 20, 20);
    pen.fillStyle = colour;
    pen.fillRect(-7.5, -7.5, 15, 15);
    return pen.getImageData(0, 0, side, side);
  };

  const squads = async ({ map, texts, colours, whenStyled }, url) => {
    let known = [];
    const collection = () => ({
      type: 'FeatureCollection',
      features: known.flatMap((squad) => {
        const isThere = squad.doing === 'on-site' && squad.goal;
        const point = { type: 'Feature', geometry: { type: 'Point', coordinates: isThere ? squad.goal : squad.base }, properties: { ...squad, goal: '', base: '' } };
        const isOff = (squad.doing === 'underway' || squad.doing === 'called') && squad.goal;
        return isOff ? [point, { type: 'Feature', geometry: { type: 'LineString', coordinates: [squad.base, squad.goal] }, properties: { doing: squad.doing } }] : [point];
      }),
    });
    const fetched = async () => {
      const answer = await fetch(url);
      if (answer.ok) known = await answer.json();
    };
    await fetched();
    await whenStyled(() => {
      for (const [name, colour] of Object.entries(squadColours)) if (!map.hasImage('squad-' + name)) map.addImage('squad-' + name, diamond(colour), { pixelRatio: 2 });
      map.addSource('squads', { type: 'geojson', data: collection() });
      map.addLayer({ id: 'squad-ways', type: 'line', source: 'squads', filter: ['==', ['geometry-type'], 'LineString'], paint: { 'line-color': squadColours.underway, 'line-width': 2, 'line-dasharray': [2, 2] } });
      map.addLayer({ id: 'squads', type: 'symbol', source: 'squads', filter: ['==', ['geometry-type'], 'Point'],
        layout: { 'icon-image': ['concat', 'squad-', ['get', 'doing']], 'icon-allow-overlap': true, 'icon-ignore-placement': true,
          'icon-size': ['interpolate', ['linear'], ['zoom'], 11, .55, 14, 1], 'symbol-sort-key': ['case', ['==', ['get', 'doing'], 'free'], 0, 1], 'text-field': ['step', ['zoom'], '', 14, ['get', 'name']], 'text-font': fonts, 'text-size': 11, 'text-offset': [0, 1.1], 'text-anchor': 'top', 'text-optional': true },
        paint: { 'text-color': colours().text, 'text-halo-color': colours().halo, 'text-halo-width': 1.2 } });
    });
    const lines = (squad) => [line(squad.name + ' · ' + texts['squadDoing.' + squad.doing]), line(texts.vehiclesFit.replace('{n}', squad.vehicles))];
    hover(map, 'squads', 'code', lines);
    map.on('click', 'squads', (event) => {
      if (event.defaultPrevented) return; // It was a case above them.
      const squad = event.features[0].properties;
      popup(map, event.features[0].geometry.coordinates, ...lines(squad), ...(squad.caseURL ? [line(texts.mapOpenCase, squad.caseURL)] : []));
    });
    const look = async () => {
      await fetched();
      const source = map.getSource('squads');
      if (source) source.setData(collection());
    };
    return { look };
  };

  window.headwaterMap = { open, cases, squads };
})();
