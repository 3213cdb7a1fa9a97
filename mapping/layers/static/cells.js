// Incidents counted in square cells, where there are too many to draw each: and the density of those at a site or town.
(function (atlas) {
  "use strict";

  const SMALLEST = 5;
  const FILL = 0.88; // of the cell, by the fullest
  const NUMBER_FROM = 22;
  const STEP_IN = 2; // levels of zoom that a click on a cell goes in
  const KM_PER_DEGREE = 111.2;
  const DENSITY = ["#efe6f2", "#d9c4e0", "#bb98c8", "#966bab"];

  const number = (value) => value.toLocaleString("en");
  const rounded = (value) => Number(value.toPrecision(value < 10 ? 1 : 2));
  atlas.sayCell = (size) => `${size}°, about ${rounded(size * KM_PER_DEGREE)} km`;

  // Cells of a size in degrees, from the corner at 90° south and 180° west, in world units.
  class Grid {
    constructor({ size, x, y, n }) {
      this.size = size;
      this.n = n;
      this.corners = x.map((column, i) => {
        const [west, south] = [column * size - 180, y[i] * size - 90];
        return [...atlas.project(west, south + size), ...atlas.project(west + size, south)]; // left, top, right, bottom
      });
    }

    // Visits what is in sight: index, left, top, right and bottom in layer pixels.
    each({ scale, bounds, shifts, top }, visit) {
      this.corners.forEach(([left, upper, right, lower], i) => {
        for (const shift of shifts) {
          const box = [left * scale + shift, upper * scale + top, right * scale + shift, lower * scale + top];
          if (box[0] < bounds.max.x && box[2] > bounds.min.x && box[1] < bounds.max.y && box[3] > bounds.min.y) visit(i, ...box);
        }
      });
    }

    at(view, { x, y }) {
      let found = -1;
      this.each(view, (i, left, top, right, bottom) => { if (x >= left && x < right && y >= top && y < bottom) found = i; });
      return found;
    }

    // Of the cells that meet a box of the layer, how many incidents there are.
    countIn(view, { min, max }) {
      const met = new Set();
      this.each(view, (i, left, top, right, bottom) => { if (left < max.x && right > min.x && top < max.y && bottom > min.y) met.add(i); });
      return [...met].reduce((sum, i) => sum + this.n[i], 0);
    }
  }

  function drawSquare(context, x, y, side, shares) {
    const total = shares.reduce((sum, [, share]) => sum + share, 0);
    const left = x - side / 2;
    let from = left;
    for (const [colour, share] of shares) {
      const width = (side * share) / total;
      context.fillStyle = colour;
      context.fillRect(from, y - side / 2, width, side);
      from += width;
    }
    context.lineWidth = 1;
    context.strokeStyle = "#ffffff";
    context.strokeRect(left - 0.5, y - side / 2 - 0.5, side + 1, side + 1);
  }

  atlas.parts.push(class Cells {
    constructor(shell) { this.shell = shell; }

    take(data) {
      const { cells } = data || {};
      this.grid = cells ? new Grid(cells) : null;
      this.numbers = cells ? cells.numbers : [];
      this.most = cells ? Math.max(1, ...cells.n) : 1;
    }

    get isOn() { return Boolean(this.grid) && this.shell.style.marks; }

    side(n, width) { return Math.max(SMALLEST, width * FILL * Math.sqrt(n / this.most)); }

    shares(i) {
      return this.numbers[i].map((share, group) => [this.shell.groups[group][1], share]).filter(([, share]) => share);
    }

    paintUnder(context, view) { // under the numbers "+4", or it would hide them
      if (!this.isOn) return;
      this.grid.each(view, (i, left, top, right, bottom) => {
        const side = this.side(this.grid.n[i], Math.min(right - left, bottom - top));
        const [x, y] = [(left + right) / 2, (top + bottom) / 2];
        drawSquare(context, x, y, side, this.shares(i));
        if (side >= NUMBER_FROM) atlas.drawPlate(context, x, y, this.grid.n[i]);
      });
    }

    countIn(view, bounds) { return this.grid ? this.grid.countIn(view, bounds) : 0; }

    explain(legend) {
      if (!this.isOn) return;
      legend.heading("Incidents, counted in square cells");
      legend.row((context) => drawSquare(context, 15, 12, 14, [["#5c6870", 1]]), `up to ${number(this.most)} in a cell, by size`);
      legend.note(`Cells of ${atlas.sayCell(this.grid.size)}; zoom in for single incidents.`);
      legend.colours(this.shell, new Set([...this.shell.groups.keys()].filter((group) => this.numbers.some((shares) => shares[group]))));
    }

    hover({ layerPoint }) {
      const i = this.isOn ? this.grid.at(this.shell.view, layerPoint) : -1;
      if (i < 0) return null;
      const shares = this.shell.groups.map(([label, colour], group) => [label, colour, this.numbers[i][group]]).filter(([, , share]) => share);
      return { title: atlas.sayIncidents(this.grid.n[i]), lines: [`in a cell of ${atlas.sayCell(this.grid.size)}`], shares, isButton: true };
    }

    pick({ layerPoint, latlng }) {
      const i = this.isOn ? this.grid.at(this.shell.view, layerPoint) : -1;
      if (i < 0) return false;
      const { map } = this.shell;
      this.shell.place = null; // the reader's own move
      map.setView(latlng, Math.min(map.getMaxZoom(), map.getZoom() + STEP_IN), { animate: atlas.motionAllowed() });
      return true;
    }
  });

  atlas.parts.push(class Density {
    constructor(shell) { this.shell = shell; }

    take(data) {
      const { density } = data || {};
      this.grid = density ? new Grid(density) : null;
      this.lowest = density ? atlas.breaks(density.n, "quantile", true) : [];
    }

    get isOn() { return Boolean(this.grid) && this.shell.style.density; }

    paintGround(context, view) {
      if (!this.isOn) return;
      this.grid.each(view, (i, left, top, right, bottom) => {
        const step = this.lowest.filter((lowest) => lowest <= this.grid.n[i]).length - 1;
        context.fillStyle = DENSITY[step];
        context.fillRect(left, top, right - left - 1, bottom - top - 1);
      });
    }

    explain(legend) {
      if (!this.isOn || !this.grid.n.length) return;
      legend.heading("At a site or town, in each cell");
      const most = Math.max(...this.grid.n);
      legend.ramp(this.lowest.map((lowest, i) => {
        const last = i + 1 < this.lowest.length ? this.lowest[i + 1] - 1 : most;
        return [last === lowest ? number(lowest) : `${number(lowest)}–${number(last)}`, DENSITY[i]];
      }));
      legend.note(`Cells of ${atlas.sayCell(this.grid.size)}; about as many cells in each class, equals together.`);
    }
  });
})((window.incidentAtlas = window.incidentAtlas || {}));
