/* Draws a scene on a Leaflet map and keeps it: shapes and sites are fetched once and stay, a
   change of need only recolours, a change of city moves the view. Texts go in as text, never
   as markup. The scene is described in sixes_geo/maps/scene.py. */
(function () {
  "use strict";

  const SCALE = 1e5;
  const files = new Map(); // address -> promise of its content, for as long as the map lives
  const state = { map: null, canvas: null, scene: null, units: null, drawn: new Map(), turn: 0 };

  // ---------------------------------------------------------------- reading

  function fetchOnce(url) {
    if (!files.has(url)) {
      files.set(url, fetch(url).then((answer) => {
        if (!answer.ok) throw new Error(url + " " + answer.status);
        return answer.json();
      }).catch((fault) => { files.delete(url); throw fault; }));
    }
    return files.get(url);
  }

  function corners(flat) { // whole numbers, each the step from the one before
    const path = new Array(flat.length / 2);
    let x = 0, y = 0;
    for (let i = 0; i < path.length; i += 1) {
      x += flat[2 * i];
      y += flat[2 * i + 1];
      path[i] = [y / SCALE, x / SCALE];
    }
    return path;
  }

  // ---------------------------------------------------------------- drawing

  const Canvas = L.Canvas.extend({ // hatches what is missing
    _fillStroke: function (ctx, layer) {
      L.Canvas.prototype._fillStroke.call(this, ctx, layer);
      if (layer.options.hatch) {
        ctx.globalAlpha = 1;
        ctx.fillStyle = hatch(ctx, layer.options.hatch);
        ctx.fill("evenodd");
      }
    },
  });

  function hatch(ctx, colour) {
    if (!hatch[colour]) {
      const tile = document.createElement("canvas");
      tile.width = tile.height = 8;
      const pen = tile.getContext("2d");
      pen.strokeStyle = colour;
      pen.lineWidth = 1.6;
      pen.beginPath();
      for (const shift of [-8, 0, 8]) { pen.moveTo(shift, 8); pen.lineTo(shift + 8, 0); }
      pen.stroke();
      hatch[colour] = ctx.createPattern(tile, "repeat");
    }
    return hatch[colour];
  }

  const OUTLINES = { // corners of each mark, in radii
    square: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
    triangle: [[0, -1.2], [1.1, 0.8], [-1.1, 0.8]],
    diamond: [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]],
  };

  function trace(ctx, shape, x, y, radius) {
    ctx.beginPath();
    if (!OUTLINES[shape]) { ctx.arc(x, y, radius, 0, 2 * Math.PI); return; }
    OUTLINES[shape].forEach(([dx, dy], i) => {
      ctx[i ? "lineTo" : "moveTo"](x + dx * radius, y + dy * radius);
    });
    ctx.closePath();
  }

  function paint(ctx, options, x, y, radius) { // white rim, dark outline, then the colour
    ctx.setLineDash([]);
    trace(ctx, options.mark, x, y, radius);
    ctx.lineWidth = radius < 3 ? 1.6 : 3;
    ctx.strokeStyle = radius < 3 ? "rgba(255,255,255,.7)" : "#ffffff";
    ctx.stroke();
    ctx.fillStyle = options.hollow ? "#ffffff" : options.colour;
    ctx.fill();
    ctx.lineWidth = options.hollow ? 1.6 : radius < 3 ? 0.6 : 1;
    ctx.strokeStyle = options.hollow ? options.colour : "#1a1a1a";
    if (options.rough) ctx.setLineDash([2, 2]);
    ctx.stroke();
    ctx.setLineDash([]);
  }

  const Mark = L.CircleMarker.extend({
    _updatePath: function () {
      const pen = this._renderer;
      if (!pen._drawing || this._empty()) return;
      paint(pen._ctx, this.options, this._point.x, this._point.y, this._radius);
    },
  });

  function radiusAt(zoom, many) {
    const base = many > 1500 ? 1.7 : many > 400 ? 3 : 4.5;
    return base * Math.min(2.2, Math.max(1, 1 + (zoom - 11) * 0.22));
  }

  // ---------------------------------------------------------------- units

  function drawUnits(content, scene) {
    const old = state.units;
    if (!old || old.url !== scene.units.url) {
      if (old) old.group.remove();
      const layers = content.shapes.map((polygons, row) => {
        const rings = polygons.map((polygon) => polygon.map(corners));
        const layer = L.polygon(rings, { renderer: state.canvas, weight: 0.7, color: "#ffffff" });
        layer.on("mousemove", (event) => hint(event.latlng, () => unitHint(row)));
        layer.on("mouseout", hideHint);
        layer.on("click", (event) => { L.DomEvent.stop(event); report(content.ids[row]); });
        return layer;
      });
      const group = L.layerGroup(layers);
      state.units = { url: scene.units.url, content, layers, group, worn: [] };
      group.addTo(state.map);
    }
    dress(scene);
  }

  function dress(scene) { // restyles only what changed
    const { layers, content, worn } = state.units;
    const chosen = new Set(scene.selected ? [scene.selected] : []);
    layers.forEach((layer, row) => {
      const mark = scene.units.classes[row];
      const picked = chosen.has(content.ids[row]);
      const key = mark + scene.units.ramp.join() + picked;
      if (worn[row] === key) return;
      worn[row] = key;
      const missing = mark === "-";
      layer.setStyle({
        fillColor: missing ? scene.units.missing.fill : scene.units.ramp[Number(mark)],
        fillOpacity: scene.basemap ? 0.75 : 1,
        hatch: missing ? scene.units.missing.hatch : null,
        color: picked ? "#111111" : layers.length > 400 ? "rgba(255,255,255,.55)" : "#ffffff",
        weight: picked ? 3 : layers.length > 400 ? 0.4 : 1,
      });
      if (picked) layer.bringToFront();
    });
  }

  // ---------------------------------------------------------------- sites and context

  function drawSites(content, spec) {
    const group = L.layerGroup();
    const many = content.names.length;
    const paths = content.lines ? content.lines.map(corners) : corners(content.points);
    paths.forEach((path, row) => {
      const flag = content.flags[row];
      const layer = content.lines
        ? L.polyline(path, { renderer: state.canvas, color: spec.colour, weight: 2.4 })
        : new Mark(path, {
          renderer: state.canvas, radius: radiusAt(state.map.getZoom(), many), mark: spec.mark,
          colour: spec.colour, rough: flag === "~", hollow: flag !== ".", many,
        });
      layer.on("mousemove", (event) => hint(event.latlng, () => siteHint(content, spec, row)));
      layer.on("mouseout", hideHint);
      layer.on("click", (event) => {
        L.DomEvent.stop(event);
        if (content.units[row]) report(content.units[row]);
      });
      group.addLayer(layer);
    });
    return group;
  }

  function drawContext(content, spec) {
    const style = {
      renderer: state.canvas, interactive: false, color: spec.colour, weight: spec.weight,
      dashArray: spec.dash || null, fill: spec.fill > 0, fillColor: spec.colour,
      fillOpacity: spec.fill,
    };
    const shapes = [];
    (content.shapes || []).forEach((polygons) => {
      shapes.push(L.polygon(polygons.map((one) => one.map(corners)), style));
    });
    (content.lines || []).forEach((line) => shapes.push(L.polyline(corners(line), style)));
    if (content.points) {
      corners(content.points).forEach((point) => {
        shapes.push(L.circleMarker(point, Object.assign({}, style, { radius: 3, fill: true, fillOpacity: 1 })));
      });
    }
    return L.layerGroup(shapes);
  }

  function drawOver(contents, specs) { // from the ground up: context first, sites on top
    const wanted = new Map(specs.map((spec, i) => [spec.key, [spec, contents[i]]]));
    state.drawn.forEach((group, key) => {
      if (!wanted.has(key)) { group.remove(); state.drawn.delete(key); }
    });
    wanted.forEach(([spec, content], key) => {
      if (!state.drawn.has(key)) {
        const group = spec.sites ? drawSites(content, spec) : drawContext(content, spec);
        state.drawn.set(key, group.addTo(state.map));
      }
      state.drawn.get(key).eachLayer((layer) => layer.bringToFront());
    });
  }

  // ---------------------------------------------------------------- hints and legend

  function element(tag, name, text) {
    const made = document.createElement(tag);
    if (name) made.className = name;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function written(row, value) {
    if (value === null || value === undefined) return state.scene.words.missing;
    if (typeof value === "string") return value;
    const format = new Intl.NumberFormat(state.scene.locale, {
      minimumFractionDigits: row.decimals, maximumFractionDigits: row.decimals,
      useGrouping: "always",
    });
    return row.prefix + format.format(value) + row.suffix;
  }

  function unitHint(row) {
    const { content } = state.units;
    const box = element("div", "sixes-hint");
    box.append(element("strong", "", content.names[row]));
    const parent = content.parents[row];
    if (parent) box.append(element("span", "sixes-parent", parent));
    state.scene.rows.forEach((line) => {
      const entry = element("div", "sixes-row");
      entry.append(element("span", "", line.label), element("b", "", written(line, line.values[row])));
      box.append(entry);
    });
    return box;
  }

  function siteHint(content, spec, row) {
    const box = element("div", "sixes-hint");
    box.append(element("strong", "", content.names[row] || spec.title));
    if (content.names[row]) box.append(element("span", "sixes-parent", spec.title));
    const flag = content.flags[row];
    if (flag !== ".") box.append(element("em", "", state.scene.words[flag === "~" ? "rough" : "outside"]));
    return box;
  }

  const bubble = L.tooltip({ direction: "top", offset: [0, -8], opacity: 1, className: "sixes-bubble" });
  let hinted = null;

  function hint(latlng, make) {
    const box = make();
    if (hinted !== box.textContent) { bubble.setContent(box); hinted = box.textContent; }
    bubble.setLatLng(latlng);
    if (!state.map.hasLayer(bubble)) bubble.addTo(state.map);
  }

  function hideHint() { bubble.remove(); hinted = null; }

  function sample(item) {
    const pad = document.createElement("canvas");
    const ratio = 2 * (window.devicePixelRatio || 1);
    pad.width = 22 * ratio;
    pad.height = 16 * ratio;
    pad.className = "sixes-sample";
    const ctx = pad.getContext("2d");
    ctx.scale(ratio, ratio);
    if (item.mark) {
      paint(ctx, item, 11, 8, 5);
    } else if (item.line) {
      ctx.strokeStyle = item.colour;
      ctx.lineWidth = 3;
      ctx.setLineDash(item.dash ? [4, 3] : []);
      ctx.beginPath(); ctx.moveTo(1, 8); ctx.lineTo(21, 8); ctx.stroke();
    } else {
      ctx.globalAlpha = item.fill === undefined ? 1 : Math.max(item.fill, 0.25);
      ctx.fillStyle = item.colour;
      ctx.fillRect(1, 1, 20, 14);
      ctx.globalAlpha = 1;
      if (item.hatch) { ctx.fillStyle = hatch(ctx, item.hatch); ctx.fillRect(1, 1, 20, 14); }
      ctx.strokeStyle = item.fill === undefined ? "#8a8f98" : item.colour;
      ctx.strokeRect(1, 1, 20, 14);
    }
    return pad;
  }

  function makeLegend(map) { // under the map, so that it covers nothing
    const box = element("section", "sixes-legend");
    const title = element("button", "sixes-title");
    const items = element("div", "sixes-items");
    title.type = "button";
    title.addEventListener("click", () => {
      items.hidden = !items.hidden;
      title.setAttribute("aria-expanded", String(!items.hidden));
    });
    title.setAttribute("aria-expanded", "true");
    box.append(title, items);
    map.getContainer().after(box);
    return { title, items };
  }

  function showLegend(legend) {
    state.legend.title.textContent = legend.title;
    state.legend.items.replaceChildren(...legend.items.map((item) => {
      const line = element("div", "sixes-item");
      line.append(sample(item), element("span", "", item.label), element("b", "", item.count || ""));
      return line;
    }));
    if (legend.note) state.legend.items.append(element("p", "", legend.note));
  }

  // ---------------------------------------------------------------- talking to the page

  function report(id) { // one message, one rerun; the count tells a second click from the first
    const page = window.__GLOBAL_DATA__;
    if (!window.Streamlit || !page || !id) return;
    state.clicks = (state.clicks || 0) + 1;
    page.last_object_clicked_tooltip = id + " " + state.clicks + "." + Date.now();
    page.previous_data = { last_object_clicked_tooltip: page.last_object_clicked_tooltip };
    window.Streamlit.setComponentValue(page.previous_data);
  }

  function tellLanguage(language) { // the page around us cannot say it by itself
    try { window.parent.document.documentElement.lang = language; } catch (fault) { /* not ours */ }
  }

  function passKeys() { // a key pressed over the map reaches the page's own shortcuts
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || window.parent === window) return;
      const copy = new KeyboardEvent("keydown", {
        key: event.key, code: event.code, keyCode: event.keyCode, bubbles: true,
      });
      window.parent.document.body.dispatchEvent(copy);
    });
  }

  // ---------------------------------------------------------------- the map

  function begin(map) {
    state.map = map;
    state.canvas = new Canvas({ padding: 0.3, tolerance: 2 });
    state.legend = makeLegend(map);
    L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
    map.attributionControl.setPrefix(false);
    map.on("zoomend", () => {
      state.drawn.forEach((group) => group.eachLayer((layer) => {
        if (layer instanceof Mark) layer.setRadius(radiusAt(map.getZoom(), layer.options.many));
      }));
    });
    map.on("moveend", () => { state.moved = state.moved || !state.fitting; });
    new ResizeObserver(() => (state.moved ? resize() : fit())).observe(map.getContainer());
    passKeys();
  }

  function resize() {
    const before = state.fitting;
    state.fitting = true;
    state.map.invalidateSize({ pan: false });
    state.fitting = before;
  }

  function fit() { // until the reader moves the map, it shows the whole city
    resize();
    state.fitting = true;
    state.map.setMinZoom(0);
    state.map.fitBounds(state.scene.bounds, { padding: [8, 8], animate: false });
    state.map.setMinZoom(Math.max(0, state.map.getZoom() - 2));
    state.fitting = false;
  }

  function lookAt(scene) { // the view is the reader's own until the city changes
    if (state.city === scene.city) return;
    state.city = scene.city;
    state.moved = false;
    fit();
  }

  function ground(scene) {
    if (state.tiles && (!scene.basemap || state.tiles._url !== scene.basemap.url)) {
      state.tiles.remove();
      state.tiles = null;
    }
    if (scene.basemap && !state.tiles) {
      state.tiles = L.tileLayer(scene.basemap.url, { attribution: scene.basemap.credit, maxZoom: 19 });
      state.tiles.addTo(state.map);
    }
    if (state.credit) state.map.attributionControl.removeAttribution(state.credit);
    const safe = element("span", "", scene.credit);
    state.credit = safe.innerHTML;
    state.map.attributionControl.addAttribution(state.credit);
  }

  function show(map, scene) {
    if (state.map !== map) begin(map);
    const turn = (state.turn += 1);
    state.scene = scene;
    document.documentElement.lang = scene.lang;
    document.documentElement.classList.toggle("sixes-hall", scene.hall);
    tellLanguage(scene.lang);
    map.getContainer().setAttribute("role", "img");
    map.getContainer().setAttribute("aria-label", scene.words.alt);
    showLegend(scene.legend);
    lookAt(scene);
    ground(scene);
    const specs = scene.context.concat(scene.sites);
    const addresses = [scene.units.url].concat(specs.map((spec) => spec.url));
    return Promise.all(addresses.map(fetchOnce)).then(([units, ...over]) => {
      if (turn !== state.turn) return; // a newer scene came while this one was fetched
      drawUnits(units, scene);
      drawOver(over, specs);
      document.documentElement.dataset.sixes = scene.key;
    }).catch((fault) => {
      showLegend({ title: scene.words.failed, items: [], note: String(fault.message) });
    });
  }

  window.SixesMap = { show, state };
})();
