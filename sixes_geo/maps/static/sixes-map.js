/* Draws a scene on a Leaflet map and updates it: shapes and sites are fetched once, a change of
   need only recolours, a change of city moves the view. Texts are inserted as text, never as
   markup. The scene is described in sixes_geo/maps/scene.py. */
(function () {
  "use strict";

  const { Canvas, Mark, corners, element, makeHome, makeLegend, waitForWheel } = window.SixesDraw;
  const files = new Map(); // address -> promise of its content, while the map exists
  const state = { map: null, canvas: null, scene: null, units: null, drawn: new Map(), turn: 0 };

  // ---------------------------------------------------------------- files

  const RETRY_MS = [400, 1500, 4000]; // a restarted server needs a moment to know a file

  function fetchJson(url, attempt) {
    return fetch(url).then((response) => {
      if (!response.ok) throw new Error(url + " " + response.status);
      return response.json();
    }).catch((error) => {
      if (attempt >= RETRY_MS.length) throw error;
      return new Promise((resolve) => { setTimeout(resolve, RETRY_MS[attempt]); })
        .then(() => fetchJson(url, attempt + 1));
    });
  }

  function fetchOnce(url) {
    const embedded = window.SIXES_FILES; // a page with embedded files requests none
    if (embedded && url in embedded) return Promise.resolve(embedded[url]);
    if (!files.has(url)) {
      files.set(url, fetchJson(url, 0).catch((error) => { files.delete(url); throw error; }));
    }
    return files.get(url);
  }

  function resizeMarks() {
    state.drawn.forEach((group) => group.eachLayer((layer) => {
      if (layer instanceof Mark) layer.setRadius(radiusAt(state.map.getZoom(), layer.options));
    }));
  }

  function radiusAt(zoom, { many, size }) {
    const base = many > 1500 ? 1.7 : many > 400 ? 3 : 4.5;
    return (state.scene.hall ? 1.4 : 1) * base * (size || 1) * Math.min(2.2, Math.max(1, 1 + (zoom - 11) * 0.22));
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
      state.units = { url: scene.units.url, content, layers, group, styleKeys: [] };
      group.addTo(state.map);
    }
    restyle(scene);
  }

  function restyle(scene) { // restyles only what changed
    const { layers, content, styleKeys } = state.units;
    const picked = new Set(scene.picked);
    const key = JSON.stringify(scene.units.fills) + Boolean(scene.basemap) + Boolean(picked.size);
    layers.forEach((layer, row) => {
      const mark = scene.units.classes[row];
      const chosen = content.ids[row] === scene.selected;
      const styleKey = mark + chosen + picked.has(row) + key;
      if (styleKeys[row] === styleKey) return;
      styleKeys[row] = styleKey;
      layer.setStyle(unitStyle(scene, mark, chosen, picked.has(row), layers.length > 400));
      if (picked.has(row) || chosen) layer.bringToFront();
    });
  }

  function unitStyle(scene, mark, chosen, picked, many) {
    const fill = mark === "-" ? scene.units.missing : scene.units.fills[parseInt(mark, 36)];
    const faint = scene.picked.length > 0 && !picked && !chosen;
    const usual = many ? ["rgba(255,255,255,.55)", 0.4] : ["#ffffff", 1];
    const [color, weight] = chosen ? ["#111111", 3] : picked ? ["#111111", many ? 1.2 : 2] : usual;
    return {
      fillColor: fill.colour, fillStyle: fill, color, weight,
      fillOpacity: (scene.basemap ? 0.75 : 1) * (faint ? 0.3 : 1),
    };
  }

  // ---------------------------------------------------------------- sites and context

  function drawSites(content, spec) {
    const group = L.layerGroup();
    const many = content.names.length;
    const paths = content.lines ? content.lines.map(corners) : corners(content.points);
    paths.forEach((path, row) => {
      const flag = content.flags[row];
      const size = content.sizes ? content.sizes[row] : 1;
      const layer = content.lines
        ? L.polyline(path, { renderer: state.canvas, color: spec.colour, weight: 2.4 })
        : new Mark(path, {
          renderer: state.canvas, radius: radiusAt(state.map.getZoom(), { many, size }), size,
          mark: spec.mark, colour: spec.colour, rough: flag === "~", hollow: flag !== ".", many,
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
      shapes.push(L.polygon(polygons.map((polygon) => polygon.map(corners)), style));
    });
    (content.lines || []).forEach((line) => shapes.push(L.polyline(corners(line), style)));
    if (content.points) {
      corners(content.points).forEach((point) => {
        shapes.push(L.circleMarker(point, Object.assign({}, style, { radius: 3, fill: true, fillOpacity: 1 })));
      });
    }
    return L.layerGroup(shapes);
  }

  function drawOver(contents, specs) { // from the bottom up: context first, sites on top
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

  function formatted(row, value) {
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
    state.rows.forEach((line) => {
      const entry = element("div", "sixes-row");
      entry.append(element("span", "", line.label), element("b", "", formatted(line, line.values[row])));
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
  let hintText = null;

  function hint(latlng, make) {
    const box = make();
    if (hintText !== box.textContent) { bubble.setContent(box); hintText = box.textContent; }
    const low = state.map.latLngToContainerPoint(latlng).y < 170; // no room above the pointer
    bubble.options.direction = low ? "bottom" : "top";
    bubble.options.offset = L.point(0, low ? 14 : -8);
    bubble.setLatLng(latlng);
    if (!state.map.hasLayer(bubble)) bubble.addTo(state.map);
  }

  function hideHint() { bubble.remove(); hintText = null; }

  // ---------------------------------------------------------------- messages to the page

  function report(id) { // one message, one rerun; the count distinguishes repeated clicks
    const page = window.__GLOBAL_DATA__;
    if (!window.Streamlit || !page || !id) return;
    state.clicks = (state.clicks || 0) + 1;
    page.last_object_clicked_tooltip = id + " " + state.clicks + "." + Date.now();
    page.previous_data = { last_object_clicked_tooltip: page.last_object_clicked_tooltip };
    window.Streamlit.setComponentValue(page.previous_data);
  }

  function setPageLanguage(language) { // Streamlit cannot set it
    try { window.parent.document.documentElement.lang = language; } catch (error) { /* another site's page */ }
  }

  function passKeys() { // keys pressed on the map also reach the shortcuts of the page
    document.addEventListener("keydown", (event) => {
      if (!["Escape", "p", "P"].includes(event.key) || window.parent === window) return;
      const copy = new KeyboardEvent("keydown", {
        key: event.key, code: event.code, keyCode: event.keyCode, bubbles: true,
      });
      window.parent.document.body.dispatchEvent(copy);
    });
  }

  // ---------------------------------------------------------------- the map

  function setUp(map) {
    state.map = map;
    state.canvas = new Canvas({ padding: 0.3, tolerance: 2 });
    state.legend = makeLegend(map);
    state.home = makeHome(map, () => { state.moved = false; fit(); });
    waitForWheel(map);
    L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
    map.attributionControl.setPrefix(false);
    map.on("zoomend", resizeMarks);
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
    if (!state.map.getContainer().clientHeight) return; // in print it is hidden and has no size
    state.fitting = true;
    state.map.setMinZoom(0);
    state.map.fitBounds(state.scene.bounds, { padding: [8, 8], animate: false });
    state.map.setMinZoom(Math.max(0, state.map.getZoom() - 2));
    state.fitting = false;
  }

  function lookAt(scene) { // the reader's view is left alone until the city changes
    if (state.city === scene.city) return;
    state.city = scene.city;
    state.moved = false;
    fit();
    const [lat, lng, zoom] = location.hash.slice(1).split(",").map(Number);
    if (!zoom) return;
    state.map.setView([lat, lng], zoom, { animate: false }); // as it was before `changePolicy`
    history.replaceState(null, "", location.pathname + location.search);
  }

  // Only a frame whose address asks for the online basemap may load its tiles: the server sends a
  // policy for each address (server/headers.py). So the frame moves to the other address.
  function changePolicy(scene) {
    if (window.SIXES_FILES || !location.pathname.includes("/component/")) return false;
    const address = new URL(location.href);
    if (address.searchParams.has("basemap") === Boolean(scene.basemap)) return false;
    if (scene.basemap) address.searchParams.set("basemap", "online");
    else address.searchParams.delete("basemap");
    if (state.moved) {
      const { lat, lng } = state.map.getCenter();
      address.hash = [lat, lng, state.map.getZoom()].join(",");
    }
    location.replace(address);
    return true;
  }

  function setBasemap(scene) {
    if (state.tiles && (!scene.basemap || state.tiles._url !== scene.basemap.url)) {
      state.tiles.remove();
      state.tiles = null;
    }
    if (scene.basemap && !state.tiles) {
      state.tiles = L.tileLayer(scene.basemap.url, {
        attribution: scene.basemap.credit, maxZoom: 19,
        referrerPolicy: "strict-origin", // the tile server requires to know the site
      });
      state.tiles.addTo(state.map);
    }
    if (state.credit) state.map.attributionControl.removeAttribution(state.credit);
    const safe = element("span", "", scene.credit);
    state.credit = safe.innerHTML;
    state.map.attributionControl.addAttribution(state.credit);
  }

  function show(map, scene) {
    if (changePolicy(scene)) return Promise.resolve();
    if (state.map !== map) setUp(map);
    const turn = (state.turn += 1);
    state.scene = scene;
    document.documentElement.lang = scene.lang;
    document.documentElement.classList.toggle("sixes-hall", scene.hall);
    setPageLanguage(scene.lang);
    map.getContainer().setAttribute("role", "group");
    map.getContainer().setAttribute("aria-label", scene.words.alt);
    state.legend.show(scene.legend);
    state.home.title = scene.words.whole;
    state.home.setAttribute("aria-label", scene.words.whole);
    if (window.frameElement) window.frameElement.setAttribute("aria-label", scene.words.alt);
    lookAt(scene);
    setBasemap(scene);
    const specs = scene.context.concat(scene.sites);
    const addresses = [scene.units.url].concat(specs.map((spec) => spec.url));
    return Promise.all(addresses.map(fetchOnce)).then(([units, ...contents]) => {
      if (turn !== state.turn) return; // a newer scene arrived while this one was fetched
      state.rows = scene.rows;
      drawUnits(units, scene);
      drawOver(contents, specs);
      if (state.hall !== scene.hall) { state.hall = scene.hall; resizeMarks(); }
      document.documentElement.dataset.sixes = scene.key;
    }).catch((error) => {
      if (turn !== state.turn) return;
      state.legend.show({ title: scene.words.failed, items: [], note: String(error.message) });
    });
  }

  window.SixesMap = { show, state };
})();
