// Names of provinces and countries, and the pills "+4": they give way to the marks, never the other way round.
(function (atlas) {
  "use strict";

  atlas.FONT = '"Source Sans", "Segoe UI", "Noto Sans", "Noto Sans Arabic", Tahoma, sans-serif';
  const PROVINCE = { font: `500 12px ${atlas.FONT}`, spacing: "0px", colour: "#2f3b44" };
  const COUNTRY = { font: `600 10.5px ${atlas.FONT}`, spacing: "1.5px", colour: "#6b6555" };
  const PILL_FONT = `700 11px ${atlas.FONT}`;
  const PILL_COLOUR = "#0b5d5e";
  const HALO = "rgba(255, 255, 255, 0.85)";
  const CELL = 5;
  const LINE = 16;
  const GAP = 4;
  const WIDEST_IN_THE_WAY = 80;
  const SMALL_PROVINCE = 26; // pixels; in provinces that are mostly smaller, a country's pills become one
  const FAR = 56;
  const SAMPLES = 14;

  // Where a label may stand, in pixels from the middle of its province, the nearest first.
  const PLACES = [];
  for (let x = -108; x <= 108; x += 12) for (let y = -54; y <= 54; y += 6) PLACES.push([x, y]);
  PLACES.sort((a, b) => Math.hypot(...a) - Math.hypot(...b));

  // Which parts of the canvas are taken, in small squares.
  class Occupied {
    constructor(bounds) {
      this.min = bounds.min;
      this.columns = Math.ceil(bounds.getSize().x / CELL);
      this.rows = Math.ceil(bounds.getSize().y / CELL);
      this.cells = new Uint8Array(this.columns * this.rows);
    }

    each([left, top, right, bottom], visit) {
      const from = Math.max(0, Math.floor((left - this.min.x) / CELL));
      const to = Math.min(this.columns - 1, Math.floor((right - this.min.x) / CELL));
      const last = Math.min(this.rows - 1, Math.floor((bottom - this.min.y) / CELL));
      for (let row = Math.max(0, Math.floor((top - this.min.y) / CELL)); row <= last; row++) {
        for (let column = from; column <= to; column++) visit(row * this.columns + column);
      }
    }

    take(box) { this.each(box, (cell) => { this.cells[cell] = 1; }); }

    taken(box) {
      let number = 0;
      this.each(box, (cell) => { number += this.cells[cell]; });
      return number;
    }
  }

  function widthOf(context, { font, spacing }, words) {
    context.font = font;
    context.letterSpacing = spacing;
    const { width } = context.measureText(words);
    context.letterSpacing = "0px";
    return width;
  }

  function write(context, words, x, y, { font, spacing, colour }) {
    context.font = font;
    context.letterSpacing = spacing;
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = HALO;
    context.strokeText(words, x, y);
    context.fillStyle = colour;
    context.fillText(words, x, y);
    context.letterSpacing = "0px";
  }

  atlas.drawPill = function (context, x, y, width, words) {
    context.beginPath();
    context.roundRect(x, y - 7.5, width, 15, 7.5);
    context.fillStyle = "#ffffff";
    context.fill();
    context.setLineDash([2, 2]);
    context.lineWidth = 1;
    context.strokeStyle = PILL_COLOUR;
    context.stroke();
    context.setLineDash([]);
    context.font = PILL_FONT;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = PILL_COLOUR;
    context.fillText(words, x + width / 2, y + 0.5);
  };

  const boxAt = ([x, y], width) => [x - width / 2 - 2, y - LINE / 2, x + width / 2 + 2, y + LINE / 2];
  const holds = (box, { x, y }) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];
  function isWithin(box, { min, max }) {
    return box[0] >= min.x && box[2] <= max.x && box[1] >= min.y && box[3] <= max.y;
  }

  // Points of a unit that are in sight, the ones amid the others first.
  function insideInSight(isInside, visible) {
    const size = visible.getSize();
    const inside = [];
    for (let i = 0.5; i < SAMPLES; i++) {
      for (let j = 0.5; j < SAMPLES; j++) {
        const place = [visible.min.x + (size.x * i) / SAMPLES, visible.min.y + (size.y * j) / SAMPLES];
        if (isInside(...place)) inside.push(place);
      }
    }
    const middle = [0, 1].map((axis) => inside.reduce((sum, place) => sum + place[axis], 0) / inside.length);
    const away = (place) => Math.hypot(place[0] - middle[0], place[1] - middle[1]);
    return inside.sort((a, b) => away(a) - away(b));
  }

  atlas.Labels = class {
    constructor() {
      this.boxes = []; // of what can be clicked: [box, province code]
    }

    // visible: the part of the canvas that the reader sees. panels: boxes of what lies over the map.
    // pills: number by province code, or none. districts: of these numbers, what has a pill in its district.
    // chosen: code of the province or district whose pill is to stand out.
    paint(context, view, { ground, marks, visible, panels, pills, districts, names, chosen }) {
      this.boxes = [];
      const occupied = new Occupied(view.bounds);
      for (const [, x, y, size] of marks) {
        if (size <= WIDEST_IN_THE_WAY) occupied.take([x - size - 1, y - size - 1, x + size + 1, y + size + 1]);
      }
      panels.forEach((box) => occupied.take(box));
      const countries = ground.countries(view);
      const named = new Set();
      const labels = countries.filter(({ isAtHand }) => isAtHand).flatMap((country) => this.labelsOf(context, view, country, pills, districts, names));
      labels.sort((a, b) => Boolean(b.pill) - Boolean(a.pill) || b.apparent - a.apparent);
      for (const label of labels) {
        const isNamed = this.settle(context, label, occupied, visible);
        if (isNamed) named.add(label.country);
        if (label.pill && label.codes.includes(chosen)) this.ringLast(context);
      }
      for (const country of names ? countries.filter(({ code }) => !named.has(code)) : []) {
        if (widthOf(context, COUNTRY, country.name.toUpperCase()) > (country.box[2] - country.box[0]) * view.scale * 1.1) continue;
        for (const label of this.spread(context, view, country, country, { style: COUNTRY, name: country.name.toUpperCase() })) {
          this.settle(context, label, occupied, visible);
        }
      }
    }

    labelsOf(context, view, country, pills, districts, names) {
      const provinces = country.provinces || [];
      const width = ({ box }) => (box[2] - box[0]) * view.scale;
      const widths = provinces.map(width).sort((a, b) => a - b);
      const areFar = widths[Math.floor(widths.length / 2)] < SMALL_PROVINCE;
      // A district too small for its pill leaves the number to its province.
      const apart = areFar ? [] : country.districts.filter((unit) => districts.has(unit.code) && width(unit) >= SMALL_PROVINCE);
      const taken = (code) => apart.reduce((sum, unit) => sum + (districts.get(unit.code).within[code] || 0), 0);
      const numbers = provinces.map(({ code }) => (pills.get(code) || 0) - taken(code));
      if (areFar) {
        const sum = numbers.reduce((total, number) => total + number, 0);
        const name = names ? country.name.toUpperCase() : "";
        const codes = provinces.filter((_, i) => numbers[i]).map(({ code }) => code);
        return sum ? this.spread(context, view, country, country, { style: COUNTRY, name, number: sum, codes }) : [];
      }
      const counted = [...provinces.map((unit, i) => [unit, numbers[i]]), ...apart.map((unit) => [unit, districts.get(unit.code).n])];
      return counted.flatMap(([unit, number]) => {
        const hasRoom = names && widthOf(context, PROVINCE, unit.name) < width(unit) * (number ? 1.4 : 1.1);
        if (!number && !hasRoom) return [];
        const name = hasRoom ? unit.name : "";
        return this.spread(context, view, country, unit, { style: PROVINCE, name, number, codes: [unit.code] });
      });
    }

    // One label for each time the world is in sight.
    spread(context, view, country, unit, { style, name, number, codes }) {
      const pill = number ? `+${number.toLocaleString("en")}` : "";
      const rings = unit.short || unit.rings;
      return country.shifts.map((shift) => ({
        country: country.code, codes: codes || [], style, name, pill,
        apparent: (unit.box[2] - unit.box[0]) * view.scale,
        nameWidth: name ? widthOf(context, style, name) : 0,
        pillWidth: pill ? widthOf(context, { font: PILL_FONT, spacing: "0px" }, pill) + 11 : 0,
        middle: [unit.at[0] * view.scale + shift, unit.at[1] * view.scale + view.top],
        isInside: (x, y) => atlas.isInside(rings, (x - shift) / view.scale, (y - view.top) / view.scale),
      }));
    }

    // Put a label where it is in nobody's way: in its unit, or named beside it and not far. A name
    // without such a place is left out; a pill is data and stays, inside, where it covers least.
    settle(context, label, occupied, visible) {
      const width = label.nameWidth + label.pillWidth + (label.nameWidth && label.pillWidth ? GAP : 0);
      const middleBox = boxAt(label.middle, 0);
      const places = isWithin(middleBox, visible)
        ? PLACES.map(([across, down]) => [label.middle[0] + across, label.middle[1] + down])
        : insideInSight(label.isInside, visible);
      const isFree = (place) => !occupied.taken(boxAt(place, width)) && isWithin(boxAt(place, width), visible);
      const isNear = ([x, y]) => Math.hypot(x - label.middle[0], y - label.middle[1]) < FAR;
      const place = places.find((one) => isFree(one) && label.isInside(...one))
        || (label.name && label.pill && places.find((one) => isNear(one) && isFree(one)));
      if (place) return this.draw(context, label, place[0] - width / 2, place[1], occupied);
      if (label.pill) this.drawPillAlone(context, label, places.filter((one) => label.isInside(...one)), occupied);
      return false;
    }

    drawPillAlone(context, label, places, occupied) {
      let best = { place: label.middle, covered: Infinity };
      for (const place of places) {
        const covered = occupied.taken(boxAt(place, label.pillWidth));
        if (covered < best.covered) best = { place, covered };
        if (!covered) break;
      }
      const [x, y] = best.place;
      this.draw(context, { ...label, name: "", nameWidth: 0 }, x - label.pillWidth / 2, y, occupied);
    }

    draw(context, label, left, y, occupied) {
      const pillLeft = left + (label.nameWidth ? label.nameWidth + GAP : 0);
      if (label.name) write(context, label.name, left, y, label.style);
      if (label.pill) atlas.drawPill(context, pillLeft, y, label.pillWidth, label.pill);
      const right = label.pill ? pillLeft + label.pillWidth : left + label.nameWidth;
      const box = [left - 2, y - LINE / 2, right + 2, y + LINE / 2];
      occupied.take(box);
      if (label.codes.length === 1) this.boxes.push([box, label.codes[0]]);
      this.last = box;
      return true;
    }

    ringLast(context) {
      const [left, top, right, bottom] = this.last;
      context.beginPath();
      context.roundRect(left - 2, top - 1, right - left + 4, bottom - top + 2, 9);
      context.lineWidth = 2.5;
      context.strokeStyle = PILL_COLOUR;
      context.stroke();
    }

    provinceAt(point) {
      const found = this.boxes.find(([box]) => holds(box, point));
      return found ? found[1] : null;
    }
  };
})((window.incidentAtlas = window.incidentAtlas || {}));
