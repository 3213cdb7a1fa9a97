// What provinces are shaded by, and where one shade ends and the next begins.
(function (atlas) {
  "use strict";

  atlas.RAMP = ["#fcfbf8", "#e4efee", "#c9dfdd", "#a9cbc9", "#82b1b0"];
  const STEPS = atlas.RAMP.length - 1;
  const PER_KM2 = 1000;
  const HATCH = 6; // pixels

  // What is unknown is hatched, and so no shade: fills the path of the context, which lies within a box.
  atlas.fillUnknown = function (context, [left, top, right, bottom]) {
    context.save();
    context.clip("evenodd");
    context.beginPath();
    for (let from = Math.floor((left - (bottom - top)) / HATCH) * HATCH; from < right; from += HATCH) {
      context.moveTo(from, bottom);
      context.lineTo(from + bottom - top, top);
    }
    context.lineWidth = 1;
    context.strokeStyle = "#aaa393";
    context.stroke();
    context.restore();
  };

  // Two figures, never above the number, or never below it: what stands in the legend is where a class begins, and where the last ends.
  const toFigures = (value, round) => {
    const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
    return Number((round(value / unit) * unit).toPrecision(2));
  };
  const floored = (value) => toFigures(value, (units) => Math.floor(units + 1e-9));
  const raised = (value) => toFigures(value, (units) => Math.ceil(units - 1e-9));
  const said = (value) => value.toLocaleString("en", { maximumSignificantDigits: 6 });

  // About as many in each class; equals are never parted, so where many are equal the next class begins with the next higher.
  function shared(sorted, first) {
    const lowest = [first];
    for (let i = 1; i < STEPS; i++) {
      const wanted = sorted[Math.floor((i * sorted.length) / STEPS)];
      const last = lowest[lowest.length - 1];
      const next = wanted > last ? wanted : sorted.find((value) => value > last);
      if (next !== undefined) lowest.push(next);
    }
    return lowest;
  }

  // Where each class begins, above none. Values: the numbers above nought.
  atlas.breaks = function (values, method, isWhole) {
    const sorted = [...values].sort((a, b) => a - b);
    if (!sorted.length) return [];
    const most = sorted[sorted.length - 1];
    const at = [...Array(STEPS).keys()];
    const width = isWhole ? Math.ceil(most / STEPS) : most / STEPS;
    const raw = method === "equal"
      ? at.map((i) => (isWhole ? 1 + i * width : i * width))
      : shared(sorted, isWhole ? 1 : 0);
    const lowest = isWhole ? raw : raw.map((value) => (value ? floored(value) : 0));
    return [...new Set(lowest)].filter((value) => value <= most);
  };

  // provinces: columns code, n, only, dead, known, area, as mapping/layers/shading.py counts them.
  atlas.Shading = class {
    // shadedBy: those that say where a class begins, so that a shade means the same in every frame of the player.
    constructor(provinces, { shade, classes }, shadedBy = provinces) {
      this.shade = shade === "per_area" && !provinces.area ? "none" : shade; // areas come from the server once they are asked for
      this.provinces = shadedBy;
      const above = shadedBy.code.map((_, i) => this.valueOf(i)).filter((value) => value > 0);
      this.provinces = provinces;
      this.values = new Map(provinces.code.map((code, i) => [code, this.valueOf(i)]));
      this.most = Math.max(0, ...above);
      this.lowest = this.shade === "none" ? [] : atlas.breaks(above, classes, this.shade !== "per_area");
    }

    valueOf(i) {
      const { n, dead, area } = this.provinces;
      if (this.shade === "fatalities") return dead ? dead[i] : null;
      if (this.shade === "per_area") return area[i] ? (n[i] / area[i]) * PER_KM2 : null;
      return n[i];
    }

    // The step of the ramp; null where the number is unknown.
    step(code) {
      const value = this.values.get(code);
      if (value === null && this.shade !== "none") return null;
      return value > 0 ? this.lowest.filter((lowest) => lowest <= value).length : 0;
    }

    get hasUnknown() { return this.shade !== "none" && [...this.values.values()].includes(null); }

    get title() {
      if (this.shade === "per_area") return "Incidents per 1,000 km² of the province";
      if (this.shade === "count") return "Incidents in the province";
      const sum = (column) => column.reduce((total, number) => total + number, 0);
      const { known, n } = this.provinces;
      return `Deaths in the province (best), known for ${said(sum(known))} of ${said(sum(n))} incidents`;
    }

    // The words of each step, from none up.
    words() {
      const isWhole = this.shade !== "per_area";
      return ["0", ...this.lowest.map((lowest, i) => {
        const next = this.lowest[i + 1];
        if (!isWhole && !i) return `< ${said(next ?? raised(this.most))}`;
        const last = isWhole ? (next ?? this.most + 1) - 1 : next ?? raised(this.most);
        return last === lowest ? said(lowest) : `${said(lowest)}–${said(last)}`;
      })];
    }

    // What is known of a province, line by line.
    lines(code) {
      const i = this.provinces.code.indexOf(code);
      if (i < 0 || this.shade === "none" || this.shade === "count") return [];
      const value = this.values.get(code);
      if (this.shade === "per_area") return value === null ? [] : [`${said(Number(value.toPrecision(2)))} for each 1,000 km², drawn with ${said(Number(this.provinces.area[i].toPrecision(2)))} km²`];
      const { known, n } = this.provinces;
      return [value === null ? "deaths unknown" : `${said(value)} deaths, known for ${said(known[i])} of ${said(n[i])} incidents`];
    }
  };
})((window.incidentAtlas = window.incidentAtlas || {}));
