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

  // Cases as dots, gathered where they lie together.

  const dots = { late: '#b3261e', fresh: '#1f6feb', danger: '#ffb000' };

  const caseLayers = (calm) => {
    const colour = (late, fresh) => ['case', late, dots.late, fresh, dots.fresh, calm];
    const isFew = ['has', 'point_count'];
    return [
      { id: 'clusters', type: 'circle', filter: isFew, paint: {
        'circle-color': colour(['>', ['get', 'late'], 0], ['>', ['get', 'fresh'], 0]),
        'circle-radius': ['interpolate', ['linear'], ['sqrt', ['get', 'point_count']], 1, 11, 8, 18, 40, 30],
        'circle-stroke-width': ['case', ['>', ['get', 'danger'], 0], 3, 1.5],
        'circle-stroke-color': ['case', ['>', ['get', 'danger'], 0], dots.danger, '#ffffff'], 'circle-opacity': .92 } },
      { id: 'cluster-counts', type: 'symbol', filter: isFew,
        layout: { 'text-field': ['get', 'point_count_abbreviated'], 'text-font': fonts, 'text-size': 12, 'text-allow-overlap': true, 'text-ignore-placement': true }, paint: { 'text-color': '#ffffff' } },
      { id: 'dots', type: 'circle', filter: ['!', isFew], paint: {
        'circle-color': colour(['==', ['get', 'late'], 1], ['==', ['get', 'fresh'], 1]), 'circle-radius': 7,
        'circle-stroke-width': ['case', ['==', ['get', 'danger'], 1], 3, 1.5],
        'circle-stroke-color': ['case', ['==', ['get', 'danger'], 1], dots.danger, '#ffffff'] } },
    ];
  };

  const feature = (id, dot, now) => ({
    type: 'Feature', geometry: { type: 'Point', coordinates: dot.at },
    properties: { id, label: dot.label, late: dot.due && dot.due < now ? 1 : 0, fresh: dot.fresh ? 1 : 0, danger: dot.danger ? 1 : 0 },
  });

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

  const cases = async ({ map, texts, colours, whenStyled, empty }, url) => {
    const answer = await (await fetch(url)).json();
    const all = new Map(answer.cases.map(([id, x, y, due, label, fresh, danger]) =>
      [id, { at: [x, y], due, label: answer.labels[label], fresh: fresh === 1, danger: danger === 1 }]));
    const shown = new Map(); // How late each stands on the map.
    const features = () => {
      const now = Date.now();
      return [...all].map(([id, dot]) => {
        const made = feature(id, dot, now);
        shown.set(id, made.properties.late);
        return made;
      });
    };
    let marked = null;
    await whenStyled(() => {
      const sum = (name) => ['+', ['get', name]];
      map.addSource('cases', {
        type: 'geojson', data: { type: 'FeatureCollection', features: features() }, promoteId: 'id', cluster: true, clusterRadius: 38, clusterMaxZoom: 17,
        clusterProperties: { late: sum('late'), fresh: sum('fresh'), danger: sum('danger') },
      });
      for (const layer of caseLayers(colours().calm)) map.addLayer({ ...layer, source: 'cases' });
      map.addSource('marked', { type: 'geojson', data: marked || empty });
      map.addLayer({ id: 'marked', type: 'circle', source: 'marked', paint: { 'circle-radius': 15, 'circle-opacity': 0, 'circle-stroke-width': 3, 'circle-stroke-color': colours().text } });
    });
    const change = (changes) => {
      const source = map.getSource('cases');
      if (!source) return;
      const now = Date.now();
      const diff = { remove: [], add: [] };
      for (const [id, dot] of changes) {
        if (all.has(id)) diff.remove.push(id);
        if (dot) all.set(id, dot); else { all.delete(id); shown.delete(id); }
        if (dot) diff.add.push(feature(id, dot, now));
      }
      for (const [id, dot] of all) {
        const late = dot.due && dot.due < now ? 1 : 0;
        if (shown.get(id) === late || changes.some(([other]) => other === id)) { shown.set(id, late); continue; }
        shown.set(id, late);
        diff.remove.push(id);
        diff.add.push(feature(id, dot, now));
      }
      if (diff.remove.length + diff.add.length) source.updateData(diff);
    };
    const mark = (dot) => {
      marked = dot ? { type: 'Feature', geometry: { type: 'Point', coordinates: dot.at }, properties: {} } : empty;
      const source = map.getSource('marked');
      if (source) source.setData(marked);
    };
    const caseURL = (id) => '/cases/' + id;
    map.on('click', 'dots', (event) => location.assign(caseURL(event.features[0].properties.id)));
    map.on('click', 'clusters', async (event) => {
      const cluster = event.features[0];
      const source = map.getSource('cases');
      const { cluster_id: id, point_count: count } = cluster.properties;
      const zoom = await source.getClusterExpansionZoom(id);
      if (zoom <= 17) { map.easeTo({ center: cluster.geometry.coordinates, zoom }); return; }
      const leaves = await source.getClusterLeaves(id, 12, 0);
      const rest = count > leaves.length ? [line(texts.mapMore.replace('{n}', count - leaves.length))] : [];
      popup(map, cluster.geometry.coordinates, line(texts.mapCases.replace('{n}', count)),
        ...leaves.map((leaf) => line(leaf.properties.label, caseURL(leaf.properties.id))), ...rest);
    });
    hover(map, 'dots', (properties) => [line(properties.label)]);
    hover(map, 'clusters', (properties) => [line(texts.mapCases.replace('{n}', properties.point_count))]);
    return { change, mark };
  };

  const hover = (map, layer, lines) => {
    let tip = null;
    let over = null;
    map.on('mousemove', layer, (event) => {
      const first = event.features[0];
      map.getCanvas().style.cursor = 'pointer';
      if (over === first.id && tip) return;
      if (tip) tip.remove();
      over = first.id;
      tip = popup(map, first.geometry.coordinates, ...lines(first.properties));
    });
    map.on('mouseleave', layer, () => {
      map.getCanvas().style.cursor = '';
      if (tip) tip.remove();
      tip = null;
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
      const under = map.getLayer('clusters') ? 'clusters' : undefined;
      map.addLayer({ id: 'squad-ways', type: 'line', source: 'squads', filter: ['==', ['geometry-type'], 'LineString'], paint: { 'line-color': squadColours.underway, 'line-width': 2, 'line-dasharray': [2, 2] } }, under);
      map.addLayer({ id: 'squads', type: 'symbol', source: 'squads', filter: ['==', ['geometry-type'], 'Point'],
        layout: { 'icon-image': ['concat', 'squad-', ['get', 'doing']], 'icon-allow-overlap': true, 'icon-ignore-placement': true,
          'icon-size': ['interpolate', ['linear'], ['zoom'], 11, .55, 14, 1], 'symbol-sort-key': ['case', ['==', ['get', 'doing'], 'free'], 0, 1], 'text-field': ['step', ['zoom'], '', 14, ['get', 'name']], 'text-font': fonts, 'text-size': 11, 'text-offset': [0, 1.1], 'text-anchor': 'top', 'text-optional': true },
        paint: { 'text-color': colours().text, 'text-halo-color': colours().halo, 'text-halo-width': 1.2 } }, under);
    });
    const lines = (squad) => [line(squad.name + ' · ' + texts['squadDoing.' + squad.doing]), line(texts.vehiclesFit.replace('{n}', squad.vehicles))];
    hover(map, 'squads', lines);
    map.on('click', 'squads', (event) => {
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
