// The marks: shape says precision, colour says event type, size says number.
(function (atlas) {
  "use strict";

  const INK = "#1f2a33";
  const ACCENT = "#0b5d5e";
  const FULL = 2 * Math.PI;
  const WIDEST_PICTURE = 60; // pixels from the middle; what is larger is drawn each time
  const MOST_PICTURES = 400;
  const TO_SCALE = new Set(["near", "area"]);
  const SIZE = { site: 7, town: 5.5, near: 7, area: 8, offshore: 6 };

  // In the order and the words of the legend.
  atlas.PRECISIONS = [
    ["site", "known site"],
    ["town", "town"],
    ["near", "near, within the ring"],
    ["area", "area, within the hatching"],
    ["offshore", "at sea or in the air"],
  ];

  function outline(context, precision, x, y, size) {
    context.beginPath();
    if (precision === "site") {
      context.moveTo(x, y - size);
      context.lineTo(x + size, y);
      context.lineTo(x, y + size);
      context.lineTo(x - size, y);
      context.closePath();
    } else {
      context.arc(x, y, size, 0, FULL);
    }
  }

  function hatch(context, x, y, size, colour) {
    context.save();
    context.clip();
    context.beginPath();
    for (let offset = -2 * size; offset <= 2 * size; offset += Math.max(4, size / 20)) {
      context.moveTo(x + offset - size, y + size);
      context.lineTo(x + offset + size, y - size);
    }
    context.lineWidth = 1;
    context.strokeStyle = colour;
    context.stroke();
    context.restore();
  }

  // shares: [[colour, number], ...]. A mark of several types shows each colour by its share.
  function fillShares(context, precision, x, y, size, shares) {
    if (shares.length === 1) {
      context.fillStyle = shares[0][0];
      context.fill();
      return;
    }
    const total = shares.reduce((sum, [, number]) => sum + number, 0);
    context.save();
    context.clip();
    let angle = -FULL / 4;
    for (const [colour, number] of shares) {
      const next = angle + (FULL * number) / total;
      context.beginPath();
      context.moveTo(x, y);
      context.arc(x, y, size * 1.5, angle, next);
      context.fillStyle = colour;
      context.fill();
      angle = next;
    }
    context.restore();
    outline(context, precision, x, y, size);
  }

  function strokeShares(context, x, y, size, shares, width) {
    const total = shares.reduce((sum, [, number]) => sum + number, 0);
    let angle = -FULL / 4;
    context.lineWidth = width;
    for (const [colour, number] of shares) {
      const next = angle + (FULL * number) / total;
      context.beginPath();
      context.arc(x, y, size, angle, next);
      context.strokeStyle = colour;
      context.stroke();
      angle = next;
    }
  }

  const short = (number) => (number < 1000 ? `${number}` : `${(number / 1000).toFixed(number < 9950 ? 1 : 0)}k`);

  atlas.drawPlate = function (context, x, y, number) {
    const words = short(number);
    context.font = `700 11px ${atlas.FONT}`;
    const half = Math.max(7.5, context.measureText(words).width / 2 + 3);
    context.beginPath();
    context.roundRect(x - half, y - 7.5, 2 * half, 15, 7.5);
    context.fillStyle = "#ffffff";
    context.fill();
    context.fillStyle = INK;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(words, x, y + 0.5);
  };

  // One mark; the legend uses it, too, so that it shows what is drawn.
  atlas.drawMark = function (context, precision, x, y, size, shares, number) {
    outline(context, precision, x, y, size);
    if (precision === "site" || precision === "town") {
      context.lineWidth = 3;
      context.strokeStyle = "#ffffff";
      context.stroke();
      fillShares(context, precision, x, y, size, shares);
    } else {
      context.lineWidth = 4;
      context.strokeStyle = "rgba(255, 255, 255, 0.85)";
      context.stroke();
      if (precision === "area") hatch(context, x, y, size, shares[0][0]);
      if (precision === "near") context.setLineDash([4, 3]);
      strokeShares(context, x, y, size, shares, precision === "offshore" ? 3 : 1.75);
      context.setLineDash([]);
    }
    if (number > 1) atlas.drawPlate(context, x, y, number);
  };

  // Pictures of the marks that are alike, so that ten thousand of them are quick.
  const pictures = new Map();
  function picture(precision, colour, size, ratio) {
    const key = `${precision} ${colour} ${size} ${ratio}`;
    if (!pictures.has(key)) {
      if (pictures.size >= MOST_PICTURES) pictures.clear();
      const side = 2 * (size + 3);
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = Math.ceil(side * ratio);
      const context = canvas.getContext("2d");
      context.scale(ratio, ratio);
      atlas.drawMark(context, precision, side / 2, side / 2, size, [[colour, 1]], 1);
      pictures.set(key, canvas);
    }
    return pictures.get(key);
  }

  // data: columns, see mapping/layers/marks.py; groups: [[label, colour], ...].
  atlas.Marks = class {
    constructor(data, groups) {
      this.data = data;
      this.groups = groups;
      this.x = new Float64Array(data.n.length);
      this.y = new Float64Array(data.n.length);
      this.reach = new Float64Array(data.n.length); // in world units, how far off it may be
      for (let i = 0; i < data.n.length; i++) {
        [this.x[i], this.y[i]] = atlas.project(data.longitude[i] / 1e5, data.latitude[i] / 1e5);
        this.reach[i] = (data.radius[i] / 10) * atlas.kilometre(this.y[i]);
      }
      this.drawn = [];
    }

    precision(i) { return this.data.precisions[this.data.precision[i]]; }

    shares(i) {
      const numbers = this.data.mixed[i];
      if (!numbers) return [[this.groups[this.data.group[i]][1], this.data.n[i]]];
      return numbers.map((number, group) => [this.groups[group][1], number]).filter(([, number]) => number);
    }

    size(i, scale) {
      const precision = this.precision(i);
      const number = this.data.n[i];
      const size = number > 1 ? 11.5 + Math.min(4, 1.5 * Math.log10(number)) : SIZE[precision];
      const apparent = precision === "site" && number > 1 ? size * 1.2 : size;
      return TO_SCALE.has(precision) ? Math.max(apparent, this.reach[i] * scale) : apparent;
    }

    // Where each mark falls now: [index, x, y, size], in the order of painting.
    place(view) {
      const { scale, bounds, top } = view;
      this.drawn = [];
      for (let i = 0; i < this.x.length; i++) {
        const size = this.size(i, scale);
        const y = this.y[i] * scale + top;
        if (y + size < bounds.min.y || y - size > bounds.max.y) continue;
        for (const shift of view.shifts) {
          const x = this.x[i] * scale + shift;
          if (x + size >= bounds.min.x && x - size <= bounds.max.x) this.drawn.push([i, x, y, size]);
        }
      }
    }

    paint(context) {
      const { a: ratio, e: left, f: top } = context.getTransform();
      const onPixel = (place, origin) => (Math.round(place * ratio + origin) - origin) / ratio; // quicker, and sharper
      for (const [i, x, y, size] of this.drawn) {
        const precision = this.precision(i);
        if (context.isVector || this.data.n[i] > 1 || size > WIDEST_PICTURE) {
          atlas.drawMark(context, precision, x, y, size, this.shares(i), this.data.n[i]);
        } else {
          const drawn = Math.round(2 * size) / 2;
          const side = 2 * (drawn + 3);
          const image = picture(precision, this.groups[this.data.group[i]][1], drawn, ratio);
          context.drawImage(image, onPixel(x - side / 2, left), onPixel(y - side / 2, top), side, side);
        }
      }
    }

    paintChosen(context, chosen) {
      for (const [i, x, y, size] of this.drawn) {
        if (i !== chosen) continue;
        atlas.drawMark(context, this.precision(i), x, y, size, this.shares(i), this.data.n[i]);
        atlas.ring(context, x, y, size);
      }
    }

    // The topmost mark at a point. A circle drawn to scale is met at its line and at its middle only,
    // or it would swallow every click on what it covers.
    at(point, tolerance) {
      for (let k = this.drawn.length - 1; k >= 0; k--) {
        const [i, x, y, size] = this.drawn[k];
        const distance = Math.hypot(point.x - x, point.y - y);
        const isWide = size > 24;
        if (isWide ? Math.abs(distance - size) <= tolerance || distance <= 12 : distance <= size + tolerance) return i;
      }
      return -1;
    }
  };

  atlas.ring = function (context, x, y, size) {
    for (const [width, colour] of [[5.5, "#ffffff"], [2.5, ACCENT]]) {
      context.beginPath();
      context.arc(x, y, size + 5, 0, FULL);
      context.lineWidth = width;
      context.strokeStyle = colour;
      context.stroke();
    }
  };
})((window.incidentAtlas = window.incidentAtlas || {}));
