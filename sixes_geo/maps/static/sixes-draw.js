/* How things are drawn: coordinates, hatching, marks, samples for the legend. */
(function () {
  "use strict";

  const SCALE = 1e5;

  function corners(flat) { // integers, each the difference to the one before
    const path = new Array(flat.length / 2);
    let x = 0, y = 0;
    for (let i = 0; i < path.length; i += 1) {
      x += flat[2 * i];
      y += flat[2 * i + 1];
      path[i] = [y / SCALE, x / SCALE];
    }
    return path;
  }

  const Canvas = L.Canvas.extend({ // draws a pattern over fills that have one
    _fillStroke: function (ctx, layer) {
      const { fillStyle } = layer.options;
      if (!fillStyle || !fillStyle.pattern) { L.Canvas.prototype._fillStroke.call(this, ctx, layer); return; }
      const { stroke } = layer.options;
      layer.options.stroke = false;
      L.Canvas.prototype._fillStroke.call(this, ctx, layer);
      ctx.globalAlpha = layer.options.fillOpacity;
      ctx.fillStyle = pattern(ctx, fillStyle);
      ctx.fill("evenodd");
      layer.options.stroke = stroke;
      layer.options.fill = false; // the outline lies over the pattern
      L.Canvas.prototype._fillStroke.call(this, ctx, layer);
      layer.options.fill = true;
    },
  });

  const TILE = 8;
  const PATTERNS = { // what is drawn on one tile of a pattern
    hatch: (pen) => slant(pen, 1.6, 1),
    stripes: (pen) => slant(pen, 2.2, -1),
    cross: (pen) => { slant(pen, 1.2, 1); slant(pen, 1.2, -1); },
    dots: (pen) => {
      for (const [x, y] of [[2, 2], [6, 6]]) { pen.beginPath(); pen.arc(x, y, 1.3, 0, 7); pen.fill(); }
    },
  };

  function slant(pen, width, direction) {
    pen.lineWidth = width;
    pen.beginPath();
    for (const shift of [-TILE, 0, TILE]) {
      pen.moveTo(shift, direction > 0 ? TILE : 0);
      pen.lineTo(shift + TILE, direction > 0 ? 0 : TILE);
    }
    pen.stroke();
  }

  const patterns = new Map();

  function pattern(ctx, fill) {
    const key = fill.pattern + fill.ink;
    if (!patterns.has(key)) {
      const tile = document.createElement("canvas");
      tile.width = tile.height = TILE;
      const pen = tile.getContext("2d");
      pen.strokeStyle = pen.fillStyle = fill.ink;
      (PATTERNS[fill.pattern] || PATTERNS.hatch)(pen);
      patterns.set(key, ctx.createPattern(tile, "repeat"));
    }
    return patterns.get(key);
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

  function element(tag, name, text) {
    const node = document.createElement(tag);
    if (name) node.className = name;
    if (text !== undefined) node.textContent = text;
    return node;
  }

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
      if (item.pattern) { ctx.fillStyle = pattern(ctx, item); ctx.fillRect(1, 1, 20, 14); }
      ctx.strokeStyle = item.fill === undefined ? "#8a8f98" : item.colour;
      ctx.strokeRect(1, 1, 20, 14);
    }
    return pad;
  }

  function square(spec) { // three by three, for bivariate maps
    const box = element("div", "sixes-square");
    box.append(element("span", "sixes-upwards", spec.upwards));
    const rows = element("div", "sixes-grid");
    spec.fills.flat().forEach((fill) => rows.append(sample(fill)));
    box.append(rows, element("span", "sixes-across", spec.across));
    return box;
  }

  function makeLegend(map) { // below the map, so that it covers nothing
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
    function show(legend) {
      title.textContent = legend.title;
      items.replaceChildren(...legend.items.map((item) => {
        const line = element("div", "sixes-item");
        const count = element("b", "", item.count || "");
        line.append(sample(item), element("span", "", item.label), count);
        return line;
      }));
      if (legend.square) items.prepend(square(legend.square));
      if (legend.note) items.append(element("p", "", legend.note));
    }

    return { show };
  }

  function makeHome(map, goHome) { // back to the whole city
    const control = L.control({ position: "topleft" });
    const button = element("button", "sixes-home", "\u2302");
    button.type = "button";
    button.addEventListener("click", goHome);
    control.onAdd = () => {
      const bar = element("div", "leaflet-bar");
      bar.append(button);
      L.DomEvent.disableClickPropagation(bar);
      return bar;
    };
    control.addTo(map);
    return button;
  }

  function waitForWheel(map) { // scrolling the page past the map must not zoom the map
    const box = map.getContainer();
    map.scrollWheelZoom.disable();
    box.addEventListener("pointerdown", () => map.scrollWheelZoom.enable());
    box.addEventListener("focusin", () => map.scrollWheelZoom.enable());
    document.documentElement.addEventListener("mouseleave", () => map.scrollWheelZoom.disable());
  }

  window.SixesDraw = { Canvas, Mark, corners, element, makeHome, makeLegend, waitForWheel };
})();
