// What stands around the map: the legend, the choice of layers, the words at the pointer.
(function (atlas) {
  "use strict";

  const NARROW = 560;
  const LEGEND_INK = "#5c6870";
  const DAY_MS = 864e5;
  const LONGEST_RAMP = 26; // letters that stand side by side

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
    canvas.draw = draw; // a picture for paper draws it anew
  }

  function row(draw, words, parent) {
    const line = atlas.element("div", "atlas-row", null, parent);
    icon(30, draw, line);
    atlas.element("span", "", words, line);
  }

  function dot(colour, words, parent) {
    const line = atlas.element("div", "atlas-row", null, parent);
    atlas.element("span", "atlas-dot", null, line).style.background = colour;
    atlas.element("span", "atlas-words", words, line);
  }

  function drawUnknown(context) {
    context.beginPath();
    context.rect(4, 6, 22, 12);
    atlas.fillUnknown(context, [4, 6, 26, 18]);
  }

  function drawSample(context) {
    context.beginPath();
    context.roundRect(4, 5, 22, 14, 4);
    atlas.drawDistrict(context);
  }

  // A box with a button that folds it.
  atlas.foldable = function (title, className, isOpen, folded) {
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
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || body.hidden) return;
      event.stopPropagation();
      fold(false);
      button.focus();
    });
    fold(isOpen);
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    return { box, body, fold };
  };

  atlas.control = function (position, box) {
    const made = new L.Control({ position });
    made.onAdd = () => box;
    return made;
  };

  atlas.Legend = class {
    constructor(map, folded) {
      const { box, body, fold } = atlas.foldable("Legend", "atlas-legend", map.getSize().x > NARROW, folded);
      this.body = body;
      this.button = box.querySelector("button");
      let wasNarrow = map.getSize().x <= NARROW;
      map.on("resize", () => {
        const isNarrow = map.getSize().x <= NARROW;
        if (isNarrow !== wasNarrow) fold(!isNarrow);
        wasNarrow = isNarrow;
      });
      atlas.control("bottomleft", box).addTo(map);
    }

    // Only what is drawn is explained.
    show(shell) {
      const focused = this.body.contains(document.activeElement) && document.activeElement.textContent;
      this.write(shell);
      if (focused) ([...this.body.querySelectorAll("button")].find(({ textContent }) => textContent === focused) || this.button).focus();
    }

    write(shell) {
      const { marks, pills, districts, style, shading } = shell.explained();
      this.body.replaceChildren();
      const hasMarks = style.marks && marks.data.n.length > 0;
      const hasPills = style.pills && pills.size > 0;
      if (hasMarks || hasPills) this.heading("Precision");
      if (hasMarks) this.showPrecisions(marks);
      if (hasPills) this.row((context) => atlas.drawPill(context, 2, 12, 26, "+4"), "in the province, place unknown");
      if (hasPills && districts.size) this.row(drawSample, "in the district, place unknown");
      if (hasMarks) this.showGroups(shell.explained());
      if (shading.lowest.length || shading.hasUnknown) this.showClasses(shading);
      shell.each("explain", this);
      this.body.parentElement.hidden = !this.body.childElementCount;
    }

    width() { return this.body.hidden ? 0 : this.body.parentElement.offsetWidth; }

    // What a part writes into the legend with.
    heading(words) { atlas.element("div", "atlas-heading", words, this.body); }
    row(draw, words) { row(draw, words, this.body); }
    note(words) { atlas.element("div", "atlas-note", words, this.body); }
    offer(words, act) {
      const made = atlas.element("button", "atlas-plain", words, this.body);
      made.type = "button";
      made.addEventListener("click", act);
    }
    groups(groups) {
      const box = atlas.element("div", "atlas-groups", null, this.body);
      for (const [label, colour] of groups) dot(colour, label, box);
    }
    ramp(steps) { // [[words, background], ...]; words that are long stand below each other
      const isLong = steps.reduce((sum, [words]) => sum + words.length, 0) > LONGEST_RAMP;
      const ramp = atlas.element("div", isLong ? "atlas-ramp atlas-ramp-down" : "atlas-ramp", null, this.body);
      for (const [words, background] of steps) atlas.element("span", "", words, ramp).style.background = background;
    }

    showPrecisions(marks) {
      const used = new Set(marks.data.precision.map((code) => marks.data.precisions[code]));
      for (const [precision, words] of atlas.PRECISIONS.filter(([name]) => used.has(name))) {
        this.row((context) => atlas.drawMark(context, precision, 15, 12, 7, [[LEGEND_INK, 1]], 1), words);
      }
      if (marks.data.n.some((number) => number > 1)) {
        this.row((context) => atlas.drawMark(context, "town", 15, 12, 10.5, [[LEGEND_INK, 4]], 4), "several at one place");
      }
    }

    showGroups({ marks, groups, data, panel, options }) {
      const used = new Set(marks.data.group);
      for (const numbers of Object.values(marks.data.mixed)) numbers.forEach((number, group) => number && used.add(group));
      this.colours({ groups, data, panel, options }, used);
    }

    // What the colours say that are used; where that is nothing, another choice of colours.
    colours({ groups, data, panel, options }, used) {
      this.heading((data && data.title) || "Event type");
      this.groups(groups.filter((_, group) => used.has(group)));
      const saysLittle = used.size && data && data.dull && [...used].every((group) => data.dull.includes(group));
      if (!saysLittle || !options.tools || panel.style.colour === "actor") return;
      this.note("No kind of event is known for these.");
      this.offer("Colour by actor", () => panel.set("colour", "actor"));
    }

    showClasses(shading) {
      this.heading(shading.title);
      if (shading.lowest.length) this.ramp(shading.words().map((words, step) => [words, atlas.RAMP[step]]));
      if (shading.hasUnknown) this.row(drawUnknown, "unknown");
    }
  };

  const isoDate = (day) => (day === null ? "date unknown" : new Date(day * DAY_MS).toISOString().slice(0, 10));
  const incidents = atlas.sayIncidents = (number) => (number === 1 ? "1 incident" : `${number.toLocaleString("en")} incidents`);

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

    // words: title, lines, and shares [[label, colour, number], ...] where there are any.
    show({ title, lines, shares }, point) {
      this.box.replaceChildren();
      atlas.element("div", "atlas-tooltip-title", title, this.box);
      for (const line of lines) atlas.element("div", "", line, this.box);
      for (const [label, colour, number] of shares || []) dot(colour, `${label} ${number.toLocaleString("en")}`, this.box);
      this.place(point);
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
        dot(colour, `${label} ${shares[group]}`, this.box);
      });
    }

    showDistrict(name, number, point) {
      this.box.replaceChildren();
      atlas.element("div", "atlas-tooltip-title", name, this.box);
      atlas.element("div", "", `${incidents(number)}, of which only the district is known`, this.box);
      this.place(point);
    }

    showProvince(name, number, unknown, point, inDistricts, lines) {
      this.box.replaceChildren();
      atlas.element("div", "atlas-tooltip-title", name, this.box);
      atlas.element("div", "", incidents(number), this.box);
      for (const line of lines) atlas.element("div", "", line, this.box);
      if (unknown) atlas.element("div", "atlas-muted", `of ${unknown} only the province is known`, this.box);
      if (inDistricts) atlas.element("div", "atlas-muted", `of ${inDistricts} only the district is known`, this.box);
      this.place(point);
    }
  };
})((window.incidentAtlas = window.incidentAtlas || {}));
