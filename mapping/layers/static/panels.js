// What stands around the map: the legend, the choice of layers, the words at the pointer.
(function (atlas) {
  "use strict";

  const NARROW = 560;
  const LEGEND_INK = "#5c6870";
  const DAY_MS = 864e5;

  // The layers that a reader can switch, by names of our own.
  atlas.LAYERS = [
    ["marks", "Incidents"],
    ["shading", "Incidents by province"],
    ["pills", "Place unknown (+4)"],
    ["names", "Names"],
  ];

  function icon(width, draw, parent) {
    const ratio = window.devicePixelRatio || 1;
    const canvas = atlas.element("canvas", "atlas-icon", null, parent);
    canvas.width = width * ratio;
    canvas.height = 24 * ratio;
    canvas.style.width = `${width}px`;
    canvas.setAttribute("aria-hidden", "true");
    const context = canvas.getContext("2d");
    context.scale(ratio, ratio);
    draw(context);
  }

  function row(draw, words, parent) {
    const line = atlas.element("div", "atlas-row", null, parent);
    icon(30, draw, line);
    atlas.element("span", "", words, line);
  }

  function drawSample(context) {
    context.beginPath();
    context.roundRect(4, 5, 22, 14, 4);
    atlas.drawDistrict(context);
  }

  function heading(words, parent) {
    atlas.element("div", "atlas-heading", words, parent);
  }

  // A box with a button that folds it.
  function foldable(title, className, isOpen, folded) {
    const box = atlas.element("div", `atlas-panel ${className}`);
    const button = atlas.element("button", "atlas-fold", title, box);
    const body = atlas.element("div", "atlas-body", null, box);
    button.type = "button";
    const fold = (open) => {
      body.hidden = !open;
      button.setAttribute("aria-expanded", String(open));
      if (folded) folded();
    };
    button.addEventListener("click", () => fold(body.hidden));
    fold(isOpen);
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    return { box, body, fold };
  }

  function control(position, box) {
    const made = new L.Control({ position });
    made.onAdd = () => box;
    return made;
  }

  atlas.Legend = class {
    constructor(map, folded) {
      const { box, body, fold } = foldable("Legend", "atlas-legend", map.getSize().x > NARROW, folded);
      this.body = body;
      let wasNarrow = map.getSize().x <= NARROW;
      map.on("resize", () => {
        const isNarrow = map.getSize().x <= NARROW;
        if (isNarrow !== wasNarrow) fold(!isNarrow);
        wasNarrow = isNarrow;
      });
      control("bottomleft", box).addTo(map);
    }

    // Only what is drawn is explained.
    show({ marks, groups, pills, districts, classes, shown }) {
      this.body.replaceChildren();
      const hasMarks = shown.marks && marks.data.n.length > 0;
      const hasPills = shown.pills && pills.size > 0;
      if (hasMarks || hasPills) heading("Precision", this.body);
      if (hasMarks) this.showPrecisions(marks);
      if (hasPills) row((context) => atlas.drawPill(context, 2, 12, 26, "+4"), "in the province, place unknown", this.body);
      if (hasPills && districts.size) row(drawSample, "in the district, place unknown", this.body);
      if (hasMarks) this.showGroups(marks, groups);
      if (shown.shading && classes.length) this.showClasses(classes);
      this.body.parentElement.hidden = !this.body.childElementCount;
    }

    width() { return this.body.hidden ? 0 : this.body.parentElement.offsetWidth; }

    showPrecisions(marks) {
      const used = new Set(marks.data.precision.map((code) => marks.data.precisions[code]));
      for (const [precision, words] of atlas.PRECISIONS.filter(([name]) => used.has(name))) {
        row((context) => atlas.drawMark(context, precision, 15, 12, 7, [[LEGEND_INK, 1]], 1), words, this.body);
      }
      if (marks.data.n.some((number) => number > 1)) {
        row((context) => atlas.drawMark(context, "town", 15, 12, 10.5, [[LEGEND_INK, 4]], 4), "several at one place", this.body);
      }
    }

    showGroups(marks, groups) {
      heading("Event type", this.body);
      const box = atlas.element("div", "atlas-groups", null, this.body);
      const used = new Set(marks.data.group);
      for (const numbers of Object.values(marks.data.mixed)) numbers.forEach((number, group) => number && used.add(group));
      groups.forEach(([label, colour], group) => {
        if (!used.has(group)) return;
        const line = atlas.element("div", "atlas-row", null, box);
        atlas.element("span", "atlas-dot", null, line).style.background = colour;
        atlas.element("span", "", label, line);
      });
    }

    showClasses(classes) {
      heading("Incidents in the province", this.body);
      const ramp = atlas.element("div", "atlas-ramp", null, this.body);
      [0, ...classes].forEach((lowest, step) => {
        const next = [0, ...classes][step + 1];
        const words = !next ? `${lowest}+` : next - 1 === lowest ? `${lowest}` : `${lowest}–${next - 1}`;
        atlas.element("span", "", words, ramp).style.background = atlas.RAMP[step];
      });
    }
  };

  // shown: which layers are on, by name; changed(): called when the reader switches one.
  atlas.addLayerChoice = function (map, shown, changed) {
    const { box, body } = foldable("Layers", "atlas-choice", false);
    for (const [name, words] of atlas.LAYERS) {
      const label = atlas.element("label", "atlas-row", null, body);
      const input = atlas.element("input", "", null, label);
      input.type = "checkbox";
      input.checked = shown[name];
      input.addEventListener("change", () => {
        shown[name] = input.checked;
        changed();
      });
      atlas.element("span", "", words, label);
    }
    control("topright", box).addTo(map);
  };

  const isoDate = (day) => (day === null ? "date unknown" : new Date(day * DAY_MS).toISOString().slice(0, 10));
  const incidents = (number) => (number === 1 ? "1 incident" : `${number.toLocaleString("en")} incidents`);

  atlas.Tooltip = class {
    constructor(map) {
      this.map = map;
      this.box = atlas.element("div", "atlas-tooltip", null, map.getContainer());
      this.box.setAttribute("role", "status");
      this.hide();
    }

    hide() { this.box.hidden = true; }

    place(point) {
      this.box.hidden = false;
      const size = this.map.getSize();
      const { offsetWidth: width, offsetHeight: height } = this.box;
      const x = point.x + 16 + width > size.x ? point.x - width - 12 : point.x + 16;
      const y = Math.max(4, Math.min(point.y - height / 2, size.y - height - 4));
      this.box.style.transform = `translate(${Math.round(Math.max(4, x))}px, ${Math.round(y)}px)`;
    }

    showMark(marks, i, point) {
      const { data, groups } = marks;
      const place = data.place[i] < 0 ? "place not named" : data.names[data.place[i]];
      const single = data.n[i] === 1;
      this.box.replaceChildren();
      atlas.element("div", "atlas-tooltip-title", single ? groups[data.group[i]][0] : incidents(data.n[i]), this.box);
      atlas.element("div", "", place, this.box);
      const dates = [...new Set([isoDate(data.first[i]), isoDate(data.last[i])])].join(" – ");
      atlas.element("div", "atlas-muted", `${dates} · ${this.precision(marks, i)}`, this.box);
      if (!single) this.showShares(marks, i);
      this.place(point);
    }

    precision(marks, i) {
      const words = new Map(atlas.PRECISIONS).get(marks.precision(i)).split(",")[0];
      const radius = marks.data.radius[i] / 10;
      return radius > 0 ? `${words}, within ${radius < 10 ? Math.round(radius * 10) / 10 : Math.round(radius)} km` : words;
    }

    showShares(marks, i) {
      const numbers = marks.data.mixed[i] || [];
      const shares = numbers.length ? numbers : marks.groups.map((_, group) => (group === marks.data.group[i] ? marks.data.n[i] : 0));
      marks.groups.forEach(([label, colour], group) => {
        if (!shares[group]) return;
        const line = atlas.element("div", "atlas-row", null, this.box);
        atlas.element("span", "atlas-dot", null, line).style.background = colour;
        atlas.element("span", "", `${label} ${shares[group]}`, line);
      });
    }

    showDistrict(name, number, point) {
      this.box.replaceChildren();
      atlas.element("div", "atlas-tooltip-title", name, this.box);
      atlas.element("div", "", `${incidents(number)}, of which only the district is known`, this.box);
      this.place(point);
    }

    showProvince(name, number, unknown, point, inDistricts = 0) {
      this.box.replaceChildren();
      atlas.element("div", "atlas-tooltip-title", name, this.box);
      atlas.element("div", "", incidents(number), this.box);
      if (unknown) atlas.element("div", "atlas-muted", `of ${unknown} only the province is known`, this.box);
      if (inDistricts) atlas.element("div", "atlas-muted", `of ${inDistricts} only the district is known`, this.box);
      this.place(point);
    }
  };
})((window.incidentAtlas = window.incidentAtlas || {}));
