// The rows of the exported page, and what the map draws of those that are left.
(function (atlas) {
  "use strict";

  const DAY_MS = 864e5;
  const NO_PLACE = -1;
  const OFF_MAP = 3;
  const PROVINCE_ONLY = 2;
  const DATES = new Set(["date_start", "date_end", "source_date"]);
  const COUNTS = new Set(["fatalities_low", "fatalities_best", "fatalities_high", "injured", "source_count"]);

  // Values of the rows, whichever way their column is packed.
  atlas.Rows = class {
    constructor({ rows, places, districts }) {
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
      if (value === null) return null;
      if (DATES.has(name)) return new Date(value * DAY_MS).toISOString().slice(0, 10);
      return COUNTS.has(name) ? value.toLocaleString("en") : String(value);
    }

    // The code of the district as which a row is drawn, null when it is drawn otherwise.
    district(i) {
      const isVague = this.places.placed[i] === PROVINCE_ONLY && this.raw("geo_precision", i) === "district";
      const code = isVague ? this.raw("adm2_code", i) : null;
      return this.districts.has(code) ? code : null;
    }

    isCounted(i) { return this.places.placed[i] !== OFF_MAP; }

    holds(words, i) {
      return this.texts.some(([values, at]) => at[i] >= 0 && values[at[i]].toLowerCase().includes(words));
    }
  };

  // The marks and the provinces of the rows that are left; the same as mapping/layers does in Python.
  atlas.gather = function ({ marks, groups }, rows, kept) {
    const places = new Map();
    const provinces = new Map();
    const districts = { adm2_code: [], adm1_code: [], n: [] };
    for (const i of kept) {
      const mark = rows.places.mark[i];
      if (mark !== NO_PLACE) {
        if (!places.has(mark)) places.set(mark, { mark, rows: [], numbers: groups.map(() => 0) });
        places.get(mark).rows.push(i);
        places.get(mark).numbers[rows.places.group[i]] += 1;
      }
      const code = rows.raw("adm1_code", i);
      if (code !== null && rows.isCounted(i)) {
        if (!provinces.has(code)) provinces.set(code, { n: 0, only: 0 });
        provinces.get(code).n += 1;
        provinces.get(code).only += rows.places.placed[i] === PROVINCE_ONLY;
        if (rows.district(i) !== null) addTo(districts, rows.district(i), code);
      }
    }
    const drawn = [...places.values()].sort((a, b) =>
      marks.precision[a.mark] - marks.precision[b.mark] || b.rows.length - a.rows.length || a.mark - b.mark);
    return { marks: columnsOf(marks, rows, drawn), provinces: provinceColumns(provinces), districts, drawn };
  };

  function addTo(districts, district, province) {
    const held = districts.adm2_code.findIndex((code, i) => code === district && districts.adm1_code[i] === province);
    if (held >= 0) {
      districts.n[held] += 1;
      return;
    }
    districts.adm2_code.push(district);
    districts.adm1_code.push(province);
    districts.n.push(1);
  }

  function columnsOf(marks, rows, drawn) {
    const taken = (name) => drawn.map(({ mark }) => marks[name][mark]);
    const days = (name, other, pick) => drawn.map((place) => {
      const known = place.rows.map((i) => rows.raw(name, i) ?? rows.raw(other, i)).filter((day) => day !== null);
      return known.length ? known.reduce((a, b) => pick(a, b)) : null;
    });
    return {
      precisions: marks.precisions, names: marks.names, latitude: taken("latitude"), longitude: taken("longitude"),
      precision: taken("precision"), radius: taken("radius"), place: taken("place"), n: drawn.map((place) => place.rows.length),
      group: drawn.map(({ numbers }) => numbers.indexOf(Math.max(...numbers))),
      mixed: Object.fromEntries(drawn.flatMap(({ numbers }, i) => (numbers.filter(Boolean).length > 1 ? [[i, numbers]] : []))),
      first: days("date_start", "date_end", Math.min), last: days("date_end", "date_start", Math.max),
      id: drawn.map((place) => place.rows[0]),
    };
  }

  function provinceColumns(provinces) {
    const codes = [...provinces.keys()].sort();
    return { code: codes, n: codes.map((code) => provinces.get(code).n), only: codes.map((code) => provinces.get(code).only) };
  }
})((window.incidentAtlas = window.incidentAtlas || {}));
