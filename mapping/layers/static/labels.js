// Names of provinces and countries, and the pills "+4": they give way to the marks, never the other way round.
(function (atlas) {
  "use strict";

  atlas.FONT = '"Source Sans", "Segoe UI", "Noto Sans", "Noto Sans Arabic", Tahoma, sans-serif';
  const NAME_FONT = `500 12px ${atlas.FONT}`;
  const PILL_FONT = `700 11px ${atlas.FONT}`;
  const COUNTRY_FONT = `600 10.5px ${atlas.FONT}`;
  const COLOUR = { name: "#2f3b44", halo: "rgba(255, 255, 255, 0.85)", pill: "#0b5d5e", country: "#6b6555" };
  const CELL = 5;
  const LINE = 16;
  const GAP = 4;
  const WIDEST_IN_THE_WAY = 80;
  // Where a label may stand, in pixels from its province's middle, the nearest first.
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

  function widthOf(context, font, words, spacing) {
    context.font = font;
    context.letterSpacing = spacing || "0px";
    const { width } = context.measureText(words);
    context.letterSpacing = "0px";
    return width;
  }

  function write(context, words, x, y, font, colour, spacing) {
    context.font = font;
    context.letterSpacing = spacing || "0px";
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = COLOUR.halo;
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
    context.strokeStyle = COLOUR.pill;
    context.stroke();
    context.setLineDash([]);
    context.font = PILL_FONT;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = COLOUR.pill;
    context.fillText(words, x + width / 2, y + 0.5);
  };

  function boxAt(x, y, width) {
    return [x - width / 2 - 2, y - LINE / 2, x + width / 2 + 2, y + LINE / 2];
  }

  function isWithin(box, bounds) {
    return box[0] >= bounds.min.x && box[2] <= bounds.max.x && box[1] >= bounds.min.y && box[3] <= bounds.max.y;
  }

  atlas.Labels = class {
    constructor() {
      this.boxes = []; // of what can be clicked: [box, province code]
    }

    // visible: the part of the canvas that the reader sees. pills: number by province code, or none.
    // chosen: code of the province whose pill is to stand out. panels: boxes of what lies over the map.
    paint(context, view, { ground, marks, visible, panels, pills, names, chosen }) {
      const countries = ground.countries(view);
      this.boxes = [];
      const occupied = new Occupied(view.bounds);
      for (const [, x, y, size] of marks) {
        if (size <= WIDEST_IN_THE_WAY) occupied.take([x - size - 1, y - size - 1, x + size + 1, y + size + 1]);
      }
      panels.forEach((box) => occupied.take(box));
      const named = new Set();
      for (const label of this.labels(context, view, countries, pills, names)) {
        if (this.settle(context, label, occupied, visible)) named.add(label.country);
        if (label.code === chosen) this.ringLast(context);
      }
      if (names) this.paintCountries(context, view, countries, occupied, visible, named);
    }

    // The provinces' labels, the ones with a pill first, then the larger ones.
    labels(context, view, countries, pills, names) {
      const labels = [];
      for (const country of countries) {
        for (const province of (country.isAtHand && country.provinces) || []) {
          const pill = pills.get(province.code) ? `+${pills.get(province.code)}` : "";
          const apparent = (province.box[2] - province.box[0]) * view.scale;
          const nameWidth = widthOf(context, NAME_FONT, province.name);
          const hasRoom = names && nameWidth < apparent * 1.25;
          if (!pill && !hasRoom) continue;
          for (const shift of country.shifts) {
            labels.push({
              code: province.code, country: country.code, name: hasRoom ? province.name : "", pill, apparent,
              nameWidth: hasRoom ? nameWidth : 0, pillWidth: pill ? widthOf(context, PILL_FONT, pill) + 11 : 0,
              x: province.at[0] * view.scale + shift, y: province.at[1] * view.scale + view.top,
              isInside: (x, y) => atlas.isInside(province.rings, (x - shift) / view.scale, (y - view.top) / view.scale),
            });
          }
        }
      }
      return labels.sort((a, b) => Boolean(b.pill) - Boolean(a.pill) || b.apparent - a.apparent);
    }

    // Put a label where it is in nobody's way, in its province rather than beside it. A name without
    // such a place is left out; a pill is data and stays, inside the province, where it covers least.
    settle(context, label, occupied, visible) {
      const width = label.nameWidth + label.pillWidth + (label.nameWidth && label.pillWidth ? GAP : 0);
      const place = this.freePlace(label, width, occupied, visible, true) || this.freePlace(label, width, occupied, visible, false);
      if (place) {
        this.draw(context, label, place[0] - width / 2, place[1], occupied);
        return true;
      }
      if (!label.pill) return false;
      const [x, y] = this.leastCovered(label, label.pillWidth, occupied);
      this.draw(context, { ...label, name: "", nameWidth: 0 }, x - label.pillWidth / 2, y, occupied);
      return false;
    }

    places(label) { return PLACES.map(([across, down]) => [label.x + across, label.y + down]); }

    freePlace(label, width, occupied, visible, inside) {
      return this.places(label).find(([x, y]) => {
        const box = boxAt(x, y, width);
        return !occupied.taken(box) && isWithin(box, visible) && (!inside || label.isInside(x, y));
      });
    }

    leastCovered(label, width, occupied) {
      let best = { place: [label.x, label.y], covered: Infinity };
      for (const place of this.places(label)) {
        const covered = occupied.taken(boxAt(...place, width));
        if (covered < best.covered && label.isInside(...place)) best = { place, covered };
        if (!best.covered) break;
      }
      return best.place;
    }

    draw(context, label, left, y, occupied) {
      const pillLeft = left + (label.nameWidth ? label.nameWidth + GAP : 0);
      if (label.name) write(context, label.name, left, y, NAME_FONT, COLOUR.name);
      if (label.pill) atlas.drawPill(context, pillLeft, y, label.pillWidth, label.pill);
      const right = label.pill ? pillLeft + label.pillWidth : left + label.nameWidth;
      const box = [left - 2, y - LINE / 2, right + 2, y + LINE / 2];
      occupied.take(box);
      this.boxes.push([box, label.code]);
    }

    // Countries in small capitals; one at hand only where none of its provinces is named.
    paintCountries(context, view, countries, occupied, visible, named) {
      for (const country of countries) {
        if (named.has(country.code)) continue;
        const words = country.name.toUpperCase();
        const width = widthOf(context, COUNTRY_FONT, words, "1.5px");
        if (width > (country.box[2] - country.box[0]) * view.scale * 1.1) continue;
        for (const shift of country.shifts) {
          const place = countryPlace(country, view, shift, width, occupied, visible);
          if (!place) continue;
          write(context, words, place.x - width / 2, place.y, COUNTRY_FONT, COLOUR.country, "1.5px");
          occupied.take(boxAt(place.x, place.y, width));
        }
      }
    }

    ringLast(context) {
      const [left, top, right, bottom] = this.boxes[this.boxes.length - 1]?.[0] || [0, 0, 0, 0];
      context.beginPath();
      context.roundRect(left - 2, top - 1, right - left + 4, bottom - top + 2, 9);
      context.lineWidth = 2.5;
      context.strokeStyle = COLOUR.pill;
      context.stroke();
    }

    provinceAt(point) {
      const found = this.boxes.find(([box]) => point.x >= box[0] && point.x <= box[2] && point.y >= box[1] && point.y <= box[3]);
      return found ? found[1] : null;
    }
  };

  // A country's own middle when it is in sight, else the middle of the part of it that is.
  function countryPlace(country, view, shift, width, occupied, visible) {
    const middle = { x: country.at[0] * view.scale + shift, y: country.at[1] * view.scale + view.top };
    const isFree = ({ x, y }) => isWithin(boxAt(x, y, width), visible) && !occupied.taken(boxAt(x, y, width));
    if (isFree(middle)) return middle;
    const inside = [];
    const step = { x: (visible.max.x - visible.min.x) / 14, y: (visible.max.y - visible.min.y) / 14 };
    for (let x = visible.min.x + step.x / 2; x < visible.max.x; x += step.x) {
      for (let y = visible.min.y + step.y / 2; y < visible.max.y; y += step.y) {
        if (atlas.isInside(country.short, (x - shift) / view.scale, (y - view.top) / view.scale)) inside.push({ x, y });
      }
    }
    const mean = (name) => inside.reduce((sum, place) => sum + place[name], 0) / inside.length;
    const centre = { x: mean("x"), y: mean("y") };
    const away = (place) => Math.hypot(place.x - centre.x, place.y - centre.y);
    return inside.sort((a, b) => away(a) - away(b)).find(isFree) || null;
  }
})((window.incidentAtlas = window.incidentAtlas || {}));
