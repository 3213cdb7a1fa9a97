// The ground: countries whole, the ones at hand with their provinces shaded by count.
(function (atlas) {
  "use strict";

  const COLOUR = {
    neighbour: "#f0eee8", neighbourBorder: "#c9c4b8", border: "#8d8775", province: "#ffffff", provinceEdge: "#c3c6bd",
    district: "rgba(11, 93, 94, 0.16)", districtEdge: "#0b5d5e",
  };
  const DETAIL_FROM_ZOOM = 5;
  const DATE_LINE = 1e-6;

  function shape(rings) {
    const decoded = rings.map(atlas.decodeRing);
    return { rings: decoded, boxes: decoded.map((ring) => atlas.boxOf([ring])), box: atlas.boxOf(decoded) };
  }

  // Filled by the boundary files, which are scripts of ours: every country's outline in short, and
  // one by one, as they are needed, outlines and provinces in full.
  const world = new Map();
  const detailed = new Map();
  const districts = new Map();
  function units([codes, names], middles, rings) {
    const place = ([longitude, latitude]) => atlas.project(longitude / 1000, latitude / 1000);
    return codes.map((code, i) => ({ code, name: names[i], at: place(middles[i]), ...shape(rings[i]) }));
  }
  atlas.addWorld = function (...columns) {
    for (const country of units(...columns)) world.set(country.code, { ...country, short: country.rings });
  };
  atlas.addCountry = function (code, outline, ...columns) {
    detailed.set(code, { ...shape(outline), provinces: units(...columns) });
  };
  atlas.addDistricts = (code, ...columns) => { districts.set(code, units(...columns)); };

  // A country is in sight when one of its parts is: the box around all of them may span the world.
  const isInSight = ({ boxes }, view, shift) => boxes.some((box) => isVisible(box, view, shift));
  function isVisible(box, view, shift) {
    const { scale, bounds, top } = view;
    return box[0] * scale + shift < bounds.max.x && box[2] * scale + shift > bounds.min.x
      && box[1] * scale + top < bounds.max.y && box[3] * scale + top > bounds.min.y;
  }

  // What of a unit's box lies on the canvas, in layer pixels.
  function boxOnMap({ box }, { scale, bounds, top }, shift) {
    return [
      Math.max(box[0] * scale + shift, bounds.min.x), Math.max(box[1] * scale + top, bounds.min.y),
      Math.min(box[2] * scale + shift, bounds.max.x), Math.min(box[3] * scale + top, bounds.max.y),
    ];
  }

  // Points closer than half a pixel to the one before are left out; an edge along the date line,
  // where only the data is cut, is left open when `open`.
  function trace(context, { rings, boxes }, view, shift, open) {
    const { scale, top } = view;
    context.beginPath();
    for (const ring of rings.filter((_, i) => isVisible(boxes[i], view, shift))) {
      let lastX = ring[0] * scale + shift;
      let lastY = ring[1] * scale + top;
      context.moveTo(lastX, lastY);
      for (let i = 2; i < ring.length; i += 2) {
        const x = ring[i] * scale + shift;
        const y = ring[i + 1] * scale + top;
        if (Math.abs(x - lastX) + Math.abs(y - lastY) < 0.5 && i < ring.length - 2) continue;
        if (open && isCut(ring, i)) context.moveTo(x, y);
        else context.lineTo(x, y);
        lastX = x;
        lastY = y;
      }
    }
  }
  function isCut(ring, i) {
    const x = ring[i];
    return Math.abs(x - ring[i - 2]) < DATE_LINE && (x < DATE_LINE || x > 256 - DATE_LINE);
  }

  // Fill and edge the path of a district of which incidents are known and no more.
  atlas.drawDistrict = function (context) {
    context.fillStyle = COLOUR.district;
    context.fill("evenodd");
    context.setLineDash([4, 3]);
    context.lineWidth = 1.2;
    context.strokeStyle = COLOUR.districtEdge;
    context.stroke();
    context.setLineDash([]);
  };

  // What is known to the district only: by its code how much, and in which provinces that counts.
  atlas.districtsOf = function (data) {
    const held = new Map();
    const { adm2_code: codes, adm1_code: provinces, n } = (data && data.districts) || { adm2_code: [] };
    codes.forEach((code, i) => {
      const district = held.get(code) || { n: 0, within: {} };
      district.n += n[i];
      district.within[provinces[i]] = n[i];
      held.set(code, district);
    });
    return held;
  };

  atlas.Ground = class {
    // load(name, whenLoaded): fetches a boundary file.
    constructor(load, whenLoaded) {
      this.load = load;
      this.whenLoaded = whenLoaded;
      this.asked = new Set();
      this.atHand = new Set();
      this.own = null; // the reader's own boundaries: folder, mark, and the countries of each level
      this.counted = new Map(); // what is known to the district only, by its code
    }

    isOwn(code, level) { return Boolean(this.own) && this.own[level].includes(code); }

    key(code, level) { return this.isOwn(code, level) ? code + this.own.mark : code; }

    ask(code, level, held) {
      const key = this.key(code, level);
      const isAsked = this.asked.has(`${level} ${key}`) || held.has(key);
      if (isAsked || !world.has(code)) return;
      this.asked.add(`${level} ${key}`);
      const name = level === "adm2" ? `${code}-adm2` : code;
      this.load(this.isOwn(code, level) ? this.own.folder + name : name, this.whenLoaded);
    }

    detail(code) { return detailed.get(this.key(code, "adm1")); }

    // The districts that are to be drawn; asks for their shapes.
    districts(code) {
      if (!this.counted.size || !this.isOwn(code, "adm2")) return [];
      this.ask(code, "adm2", districts);
      return (districts.get(this.key(code, "adm2")) || []).filter((district) => this.counted.has(district.code));
    }

    // What is to be drawn, country by country, the ones at hand last; asks for what is missing.
    countries(view) {
      const seen = [];
      for (const country of world.values()) {
        const shifts = view.shifts.filter((shift) => isInSight(country, view, shift));
        const isAtHand = this.atHand.has(country.code);
        if (isAtHand || (shifts.length && view.zoom >= DETAIL_FROM_ZOOM)) this.ask(country.code, "adm1", detailed);
        const own = isAtHand ? this.districts(country.code) : [];
        if (shifts.length) seen.push({ ...country, ...this.detail(country.code), districts: own, isAtHand, shifts });
      }
      return seen.sort((a, b) => a.isAtHand - b.isAtHand);
    }

    provinces() {
      return [...this.atHand].flatMap((code) => this.detail(code)?.provinces || []);
    }

    provinceAt(view, point) {
      const y = (point.y - view.top) / view.scale;
      for (const shift of view.shifts) {
        const x = (point.x - shift) / view.scale;
        const found = this.provinces().find(({ box, rings }) =>
          x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3] && atlas.isInside(rings, x, y));
        if (found) return found;
      }
      return null;
    }

    // shading: of the provinces. vague: draw what is known to the district only.
    paint(context, view, { shading, vague }) {
      context.lineJoin = "round";
      for (const country of this.countries(view)) {
        for (const shift of country.shifts) {
          this.fill(context, country, view, shift);
          if (country.isAtHand) this.paintProvinces(context, country, view, shift, shading);
          if (vague) this.paintDistricts(context, country, view, shift);
          trace(context, country, view, shift, true);
          context.lineWidth = country.isAtHand ? 1.3 : 1;
          context.strokeStyle = country.isAtHand ? COLOUR.border : COLOUR.neighbourBorder;
          context.stroke();
        }
      }
    }

    fill(context, country, view, shift) {
      trace(context, country, view, shift, false);
      context.fillStyle = country.isAtHand ? atlas.RAMP[0] : COLOUR.neighbour;
      context.fill("evenodd");
    }

    paintDistricts(context, country, view, shift) {
      for (const district of country.districts.filter(({ box }) => isVisible(box, view, shift))) {
        trace(context, district, view, shift, false);
        atlas.drawDistrict(context);
      }
    }

    paintProvinces(context, country, view, shift, shading) {
      const visible = (country.provinces || []).filter(({ box }) => isVisible(box, view, shift));
      for (const province of visible) {
        const step = shading.step(province.code);
        if (step === 0) continue;
        trace(context, province, view, shift, false);
        if (step === null) atlas.fillUnknown(context, boxOnMap(province, view, shift));
        else {
          context.fillStyle = atlas.RAMP[step];
          context.fill("evenodd");
        }
      }
      for (const [width, colour] of [[2, COLOUR.province], [0.6, COLOUR.provinceEdge]]) {
        context.lineWidth = width;
        context.strokeStyle = colour;
        for (const province of visible) {
          trace(context, province, view, shift, true);
          context.stroke();
        }
      }
    }
  };
})((window.incidentAtlas = window.incidentAtlas || {}));
