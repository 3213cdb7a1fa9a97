// Incidents over time as bars in the map's colours, from plain data; a span of it becomes the filter's dates.
(function (atlas) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const HEIGHT = 132;
  const TOP = 8;
  const BOTTOM = 20;
  const RIGHT = 4;
  const APART = 82;
  const NAME = { day: "day", week: "week", month: "month", year: "year" };
  const THIN = 4; // pixels of a bar that an outline would hide
  const NARROW = 0.5; // of what is drawn: a span to be looked at more closely

  function svg(tag, attributes, parent) {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    if (parent) parent.appendChild(made);
    return made;
  }

  const number = (value) => value.toLocaleString("en");
  const short = (value) => (value < 10000 ? number(value) : `${number(Math.round(value / 100) / 10)}k`);

  // Whole numbers for the axis: two or three lines.
  function rungs(most) {
    const raw = Math.max(1, most) / 3;
    const power = 10 ** Math.floor(Math.log10(raw));
    const step = Math.max(1, [1, 2, 5, 10].map((times) => times * power).find((each) => each >= raw));
    return Array.from({ length: Math.floor(Math.max(1, most) / step) }, (_, i) => (i + 1) * step);
  }

  // told: what the reader does: dates([first, last] or null), and, where bins can be chosen, bins(step, isZoomed).
  atlas.Timeline = class {
    constructor(root, told) {
      this.told = told;
      this.box = atlas.element("section", "time", null, root);
      this.box.setAttribute("aria-label", "Timeline");
      this.addHead();
      this.plot = atlas.element("div", "time-plot", null, this.box);
      this.svg = svg("svg", { role: "img", height: HEIGHT }, this.plot);
      this.addHatch();
      this.layer = svg("g", {}, this.svg);
      this.frame = atlas.element("div", "time-frame", null, this.plot);
      this.frame.hidden = true;
      this.brush = new atlas.Brush(this.plot, (dates) => this.told.dates(dates));
      this.tip = atlas.element("div", "time-tip", null, this.plot);
      this.tip.hidden = true;
      this.plot.addEventListener("pointermove", (event) => this.hover(event));
      this.plot.addEventListener("pointerleave", () => { this.tip.hidden = true; });
      new ResizeObserver(() => this.data && this.draw()).observe(this.plot);
    }

    addHead() {
      const head = atlas.element("div", "time-head", null, this.box);
      this.title = atlas.element("h2", "", "", head);
      this.aside = atlas.element("span", "time-aside", "", head);
      if (!this.told.bins) return;
      this.zoom = atlas.element("button", "time-button", "", head);
      this.zoom.type = "button";
      this.zoom.addEventListener("click", () => this.told.bins(this.data.asked, !this.data.zoomed));
      this.choice = atlas.element("select", "time-button", null, head);
      this.choice.setAttribute("aria-label", "Bars of the timeline");
      this.choice.addEventListener("change", () => this.told.bins(this.choice.value, this.data.zoomed));
    }

    addHatch() {
      const hatch = svg("pattern", { id: "atlas-hatch", width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, svg("defs", {}, this.svg));
      svg("rect", { width: 5, height: 5, fill: "#ffffff" }, hatch);
      svg("rect", { width: 1.4, height: 5, fill: "#8a969d" }, hatch);
    }

    // data: step, edges (days), groups ([[label, colour]]), solid (by group, by bin), possible (by bin), spanning,
    // undated, outside; dates ([first, last] of the filter, each a day or null); asked and zoomed, where bins can be chosen.
    show(data) {
      this.data = data;
      this.totals = data.possible.map((_, bin) => data.solid.reduce((sum, counts) => sum + counts[bin], 0));
      this.heights = this.totals.map((total, bin) => total + data.possible[bin]);
      this.most = Math.max(0, ...this.heights);
      this.showHead();
      this.draw();
    }

    showHead() {
      const { step, asked, spanning, undated, outside, edges } = this.data;
      this.title.textContent = `By ${NAME[step]}`;
      this.plot.hidden = !edges.length;
      const said = [
        undated && `${number(undated)} without a date`,
        ![undefined, "auto", step].includes(asked) && `too many ${asked}s to draw`,
        outside && `${number(outside)} outside this span`,
        edges.length ? "drag to choose a span" : "no dates to draw",
      ].filter(Boolean).join(" · ");
      this.aside.replaceChildren();
      if (spanning) {
        atlas.element("i", "time-swatch", null, this.aside);
        atlas.element("span", "", `${number(spanning)} known to no single ${NAME[step]} · `, this.aside);
      }
      atlas.element("span", "", said, this.aside);
      if (this.told.bins) this.showChoice();
    }

    showChoice() {
      const { asked, step, zoomed, dates, edges } = this.data;
      const options = [["auto", `auto: ${step}s`], ...atlas.STEPS.map((name) => [name, `${name}s`])];
      this.choice.replaceChildren(...options.map(([value, label]) => new Option(label, value, false, value === asked)));
      const [from, to] = dates;
      const shown = edges[edges.length - 1] - edges[0];
      const isNarrow = edges.length > 2 && (from ?? to) !== null && (to ?? edges[edges.length - 1]) - (from ?? edges[0]) < NARROW * shown;
      this.zoom.hidden = !zoomed && !isNarrow;
      this.zoom.textContent = zoomed ? "Whole time" : "Zoom to span";
    }

    x(day) {
      const { edges } = this.data;
      const [first, before] = [edges[0], edges[edges.length - 1]];
      return this.left + ((Math.max(first, Math.min(before, day)) - first) / (before - first)) * this.width;
    }

    y(value) { return HEIGHT - BOTTOM - (value / Math.max(1, this.most)) * (HEIGHT - TOP - BOTTOM); }

    draw() {
      const outer = this.plot.clientWidth;
      if (!outer || !this.data.edges.length) return;
      const lines = rungs(this.most);
      this.left = 12 + 7 * short(lines[lines.length - 1]).length;
      this.width = outer - this.left - RIGHT;
      this.svg.setAttribute("width", outer);
      this.svg.setAttribute("aria-label", this.summary());
      const old = this.layer;
      this.layer = svg("g", {});
      this.drawAxes(lines);
      this.drawBars();
      old.replaceWith(this.layer);
      this.brush.show({ edges: this.data.edges, dates: this.data.dates, left: this.left, width: this.width, height: HEIGHT - BOTTOM });
      this.mark(this.marked);
    }

    drawAxes(lines) {
      const { edges } = this.data;
      for (const value of [0, ...lines]) {
        const y = Math.round(this.y(value)) + 0.5;
        svg("line", { x1: this.left, x2: this.left + this.width, y1: y, y2: y, class: value ? "time-line" : "time-base" }, this.layer);
        svg("text", { x: this.left - 6, y: y + 4, class: "time-label", "text-anchor": "end" }, this.layer).textContent = short(value);
      }
      for (const [day, words] of atlas.ticks(edges[0], edges[edges.length - 1], this.width, APART)) {
        const x = this.x(day);
        svg("line", { x1: x, x2: x, y1: HEIGHT - BOTTOM, y2: HEIGHT - BOTTOM + 4, class: "time-base" }, this.layer);
        const room = this.left + this.width - x;
        const at = room < 30 ? { x: this.left + this.width, "text-anchor": "end" } : { x, "text-anchor": x - this.left < 20 ? "start" : "middle" };
        svg("text", { ...at, y: HEIGHT - 3, class: "time-label" }, this.layer).textContent = words;
      }
    }

    drawBars() {
      const { groups, solid, possible } = this.data;
      const bottoms = new Array(possible.length).fill(0);
      const isThin = this.width / possible.length < THIN;
      this.box.classList.toggle("time-thin", isThin);
      groups.forEach(([, colour], group) => {
        const path = this.bars(solid[group], bottoms);
        if (path) svg("path", { d: path, fill: colour, class: "time-bar" }, this.layer);
      });
      const path = this.bars(possible, bottoms);
      if (path) svg("path", { d: path, fill: isThin ? "#c3c9cc" : "url(#atlas-hatch)", class: "time-possible" }, this.layer);
    }

    // One path for all bars of a group, standing on what is there: quick, however many they are.
    bars(counts, bottoms) {
      const { edges } = this.data;
      let path = "";
      counts.forEach((count, bin) => {
        if (!count) return;
        const [x, end] = [this.x(edges[bin]), this.x(edges[bin + 1])];
        const gap = end - x > 5 ? 1 : 0;
        const [top, bottom] = [this.y(bottoms[bin] + count), this.y(bottoms[bin])];
        path += `M${(x + gap / 2).toFixed(1)} ${bottom.toFixed(1)}V${top.toFixed(1)}H${Math.max(end - gap / 2, x + 0.7).toFixed(1)}V${bottom.toFixed(1)}z`;
        bottoms[bin] += count;
      });
      return path;
    }

    summary() {
      const { edges, step } = this.data;
      const fullest = this.totals.indexOf(Math.max(...this.totals));
      const most = this.totals[fullest] ? `; most in ${atlas.saySpan(edges[fullest], edges[fullest + 1])}: ${number(this.totals[fullest])}` : "";
      return `Incidents by ${NAME[step]}, ${atlas.saySpan(edges[0], edges[edges.length - 1])}${most}. The table lists them.`;
    }

    // Show which days the player is at; null: none.
    mark(days) {
      this.marked = days;
      this.frame.hidden = !days || !this.data.edges.length;
      if (this.frame.hidden) return;
      const [from, before] = days.map((day) => this.x(day));
      this.frame.style.transform = `translateX(${from}px)`;
      this.frame.style.width = `${Math.max(2, before - from)}px`;
    }

    hover(event) {
      const bin = this.brush.binAt(event.clientX);
      this.tip.hidden = event.pointerType === "touch" || bin < 0 || this.brush.isDragged || !this.heights[bin];
      if (this.tip.hidden) return;
      const { edges, groups, solid, possible } = this.data;
      this.tip.replaceChildren();
      atlas.element("b", "", atlas.saySpan(edges[bin], edges[bin + 1]), this.tip);
      groups.forEach(([label, colour], group) => {
        if (!solid[group][bin]) return;
        const line = atlas.element("div", "", null, this.tip);
        atlas.element("i", "time-dot", null, line).style.background = colour;
        atlas.element("span", "", `${label} ${number(solid[group][bin])}`, line);
      });
      if (possible[bin]) {
        const line = atlas.element("div", "", null, this.tip);
        atlas.element("i", "time-swatch", null, line);
        atlas.element("span", "", `${number(possible[bin])} may have been then`, line);
      }
      const middle = (this.x(edges[bin]) + this.x(edges[bin + 1])) / 2;
      const room = this.plot.clientWidth - this.tip.offsetWidth;
      this.tip.style.transform = `translate(${Math.max(0, Math.min(room, middle - this.tip.offsetWidth / 2))}px, calc(-100% - 2px))`;
    }
  };
})((window.incidentAtlas = window.incidentAtlas || {}));
