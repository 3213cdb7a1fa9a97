// The rows of the exported page: their values, their words, and the CSV that they were.
(function (atlas) {
  "use strict";

  const DAY_MS = 864e5;
  const OFF_MAP = 3;
  const PROVINCE_ONLY = 2;
  const DATES = new Set(["date_start", "date_end", "source_date"]);
  const COUNTS = new Set(["fatalities_low", "fatalities_best", "fatalities_high", "injured", "source_count"]);
  // What a spreadsheet would run has an apostrophe before it: the same as mapping/formulas.py.
  const FORMULA = /^('*[=+\-@＝＋－＠\t\r\n])/;

  const isoDate = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10);

  // A number as the CSV has it: all its digits, no exponent.
  function decimal(value) {
    const text = String(value);
    return text.includes("e") ? value.toLocaleString("en", { useGrouping: false, maximumFractionDigits: 20 }) : text;
  }

  function cell(value, name) {
    if (value === null) return "";
    if (typeof value === "number") return DATES.has(name) ? isoDate(value) : decimal(value);
    const text = String(value).replace(FORMULA, "'$1");
    return text === "" || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  // Values of the rows, whichever way their column is packed.
  atlas.Rows = class {
    constructor({ names, rows, places, districts, precisionScale }) {
      this.names = names;
      this.precisionScale = precisionScale;
      this.districts = new Set(districts); // codes of those that can be drawn
      this.columns = rows;
      this.places = places;
      this.length = places.mark.length;
      this.texts = Object.values(rows).filter((column) => Array.isArray(column[0]));
    }

    raw(name, i) {
      const column = this.columns[name];
      if (!column) return null;
      if (!Array.isArray(column[0])) return column[i];
      const at = column[1][i];
      return at < 0 ? null : column[0][at];
    }

    said(name, i) {
      const value = this.raw(name, i);
      if (value === null) return name === "date_start" && this.raw("date_end", i) !== null ? `by ${this.said("date_end", i)}` : null;
      if (DATES.has(name)) return isoDate(value);
      return COUNTS.has(name) ? value.toLocaleString("en") : String(value);
    }

    // The first and the last day on which it may have happened, null when no date is known.
    days(i) {
      const [start, end] = [this.raw("date_start", i), this.raw("date_end", i)];
      return [start ?? end, end ?? start];
    }

    // The code of the district as which a row is drawn, null when it is drawn otherwise.
    district(i) {
      const isVague = this.places.placed[i] === PROVINCE_ONLY && this.raw("geo_precision", i) === "district";
      const code = isVague ? this.raw("adm2_code", i) : null;
      return this.districts.has(code) ? code : null;
    }

    isCounted(i) { return this.places.placed[i] !== OFF_MAP; }

    isProvinceOnly(i) { return this.places.placed[i] === PROVINCE_ONLY; }

    holds(words, i) {
      return this.texts.some(([values, at]) => at[i] >= 0 && values[at[i]].toLowerCase().includes(words));
    }

    // Rows in the order of a column, those without a value last.
    sorted(kept, name, isDescending) {
      const rank = (i) => {
        const value = this.raw(name, i);
        return name === "geo_precision" && value !== null ? this.precisionScale.indexOf(value) : value;
      };
      const compare = (a, b) => (typeof a === "string" ? a.localeCompare(b) : a - b) * (isDescending ? -1 : 1);
      const ranked = kept.map((i) => [i, rank(i)]);
      ranked.sort(([, a], [, b]) => (a === null || b === null ? (a === null) - (b === null) : compare(a, b)));
      return ranked.map(([i]) => i);
    }

    // Byte for byte what the app's CSV export makes of the same rows.
    csv() {
      const lines = [this.names.join(",")];
      for (let i = 0; i < this.length; i++) lines.push(this.names.map((name) => cell(this.raw(name, i), name)).join(","));
      return `\ufeff${lines.join("\n")}\n`;
    }
  };
})((window.incidentAtlas = window.incidentAtlas || {}));
