// What the map and the timeline draw of the rows that are left; the same as mapping/layers and mapping/aggregate count.
(function (atlas) {
  "use strict";

  const NO_PLACE = -1;
  const FINE = new Set(["site", "town"]);

  // data: of the page; kept: rows; map: where it stands; style: what it draws.
  atlas.gather = function (data, rows, kept, map, style) {
    const { limits } = data;
    const places = placesOf(data, rows, kept);
    const drawn = [...places.values()].sort((a, b) =>
      data.marks.precision[a.mark] - data.marks.precision[b.mark] || b.rows.length - a.rows.length || a.mark - b.mark);
    const bounds = map.getBounds().pad(limits.around);
    // Above so many the map draws those about the view, and cells where these are still too many.
    const isMany = drawn.length > limits.marks;
    const around = isMany || style.density ? drawn.filter(({ mark }) => isIn(bounds, data.marks, mark)) : drawn;
    const isCrowded = isMany && around.length > limits.marks;
    // How far a size is from what is easy to read at this zoom.
    const off = (size) => Math.abs(Math.log2((size * 256 * 2 ** map.getZoom()) / (limits.cellPixels * 360)));
    const size = limits.cellSizes.reduce((best, size) => (off(size) < off(best) ? size : best));
    const fine = () => around.filter(({ mark }) => FINE.has(data.marks.precisions[data.marks.precision[mark]]));
    const single = isCrowded ? [] : isMany ? around : drawn;
    return {
      drawn: single, marks: columnsOf(data.marks, rows, single), cells: isCrowded ? cellsOf(data.marks, around, size, data.groups.length) : null,
      density: style.density ? cellsOf(data.marks, fine(), size, 0) : null, seen: isMany ? { box: edgesOf(bounds) } : null,
      provinces: provincesOf(data, rows, kept), districts: districtsOf(rows, kept), mismatches: mismatchesOf(data, rows, kept),
      counts: { rows: kept.length, placed: kept.filter((i) => rows.places.mark[i] !== NO_PLACE).length, vague: kept.filter((i) => rows.isProvinceOnly(i)).length },
    };
  };

  const edgesOf = (bounds) => [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];

  // The view may show another copy of the world.
  function isIn(bounds, { longitude, latitude }, mark) {
    return [-360, 0, 360].some((turn) => bounds.contains([latitude[mark] / 1e5, longitude[mark] / 1e5 + turn]));
  }

  function placesOf({ groups }, rows, kept) {
    const places = new Map();
    for (const i of kept) {
      const mark = rows.places.mark[i];
      if (mark === NO_PLACE) continue;
      if (!places.has(mark)) places.set(mark, { mark, rows: [], numbers: groups.map(() => 0) });
      places.get(mark).rows.push(i);
      places.get(mark).numbers[rows.places.group[i]] += 1;
    }
    return places;
  }

  function columnsOf(marks, rows, drawn) {
    const taken = (name) => drawn.map(({ mark }) => marks[name][mark]);
    const days = (which, pick) => drawn.map((place) => {
      const known = place.rows.map((i) => rows.days(i)[which]).filter((day) => day !== null);
      return known.length ? known.reduce((a, b) => pick(a, b)) : null;
    });
    return {
      precisions: marks.precisions, names: marks.names, latitude: taken("latitude"), longitude: taken("longitude"),
      precision: taken("precision"), radius: taken("radius"), place: taken("place"), n: drawn.map((place) => place.rows.length),
      group: drawn.map(({ numbers }) => numbers.indexOf(Math.max(...numbers))),
      mixed: Object.fromEntries(drawn.flatMap(({ numbers }, i) => (numbers.filter(Boolean).length > 1 ? [[i, numbers]] : []))),
      first: days(0, Math.min), last: days(1, Math.max), id: drawn.map((place) => newest(rows, place.rows)),
    };
  }

  const newest = (rows, among) => among.reduce((best, i) => ((rows.raw("date_start", i) ?? -Infinity) > (rows.raw("date_start", best) ?? -Infinity) ? i : best));

  function cellsOf({ latitude, longitude }, drawn, size, groups) {
    const step = Math.round(size * 1e5);
    const cells = new Map();
    for (const { mark, rows, numbers } of drawn) {
      const [y, x] = [Math.floor((latitude[mark] + 90e5) / step), Math.floor((longitude[mark] + 180e5) / step)];
      const key = y * 2 ** 20 + x;
      if (!cells.has(key)) cells.set(key, { y, x, n: 0, numbers: new Array(groups).fill(0) });
      const cell = cells.get(key);
      cell.n += rows.length;
      for (let group = 0; group < groups; group++) cell.numbers[group] += numbers[group];
    }
    const held = [...cells.values()].sort((a, b) => b.n - a.n || a.y - b.y || a.x - b.x);
    return { size, ...Object.fromEntries(["y", "x", "n", "numbers"].map((name) => [name, held.map((cell) => cell[name])])) };
  }

  function provincesOf({ areas }, rows, kept) {
    const counted = new Map();
    for (const i of kept) {
      const code = rows.raw("adm1_code", i);
      if (code === null || !rows.isCounted(i)) continue;
      if (!counted.has(code)) counted.set(code, { n: 0, only: 0, dead: null, known: 0, area: areas[code] ?? null });
      const province = counted.get(code);
      const dead = rows.raw("fatalities_best", i);
      province.n += 1;
      province.only += rows.isProvinceOnly(i);
      if (dead === null) continue;
      province.dead += dead;
      province.known += 1;
    }
    const codes = [...counted.keys()].sort();
    const column = (name) => codes.map((code) => counted.get(code)[name]);
    return { code: codes, ...Object.fromEntries(["n", "only", "dead", "known", "area"].map((name) => [name, column(name)])) };
  }

  function districtsOf(rows, kept) {
    const counted = new Map();
    for (const i of kept) {
      const [district, province] = [rows.district(i), rows.raw("adm1_code", i)];
      if (district === null || province === null) continue;
      const key = `${district} ${province}`;
      counted.set(key, { district, province, n: (counted.get(key)?.n || 0) + 1 });
    }
    const held = [...counted.values()];
    return { adm2_code: held.map((each) => each.district), adm1_code: held.map((each) => each.province), n: held.map((each) => each.n) };
  }

  // Of the lines from places to the provinces that are claimed, those that still have a row.
  function mismatchesOf({ mismatches, marks }, rows, kept) {
    if (!mismatches) return null;
    const wrong = kept.filter((i) => rows.raw("adm1_agrees", i) === false);
    const lines = new Map();
    for (const i of wrong) {
      const mark = rows.places.mark[i];
      const key = mark === NO_PLACE ? null : `${marks.latitude[mark]} ${marks.longitude[mark]} ${rows.raw("adm1_claimed", i)}`;
      lines.set(key, [...(lines.get(key) || []), i]);
    }
    const keys = mismatches.claimed.map((claimed, i) => `${mismatches.latitude[i]} ${mismatches.longitude[i]} ${claimed}`);
    const left = [...keys.keys()].filter((i) => lines.has(keys[i]));
    const taken = (name) => left.map((i) => mismatches[name][i]);
    return {
      latitude: taken("latitude"), longitude: taken("longitude"), claimed: taken("claimed"), to: taken("to"),
      n: left.map((i) => lines.get(keys[i]).length), id: left.map((i) => lines.get(keys[i])[0]), total: wrong.length,
    };
  }

  // Rows by bin and group, and those that may have happened in a bin: what atlas.Timeline draws.
  atlas.overTime = function (rows, kept, groups, edges) {
    const bins = Math.max(0, edges.length - 1);
    const told = { solid: groups.map(() => new Array(bins).fill(0)), possible: new Array(bins).fill(0), spanning: 0, undated: 0, outside: 0 };
    for (const i of kept) {
      const [first, last] = rows.days(i);
      if (first === null) {
        told.undated += 1;
      } else if (!bins || last < edges[0] || first >= edges[bins]) {
        told.outside += 1;
      } else {
        const [from, to] = [binOf(edges, first), binOf(edges, last)];
        const isInOne = from === to && first >= edges[0] && last < edges[bins];
        if (isInOne) told.solid[rows.places.group[i]][from] += 1;
        else for (let bin = from; bin <= to; bin++) told.possible[bin] += 1;
        told.spanning += !isInOne;
      }
    }
    return told;
  };

  function binOf(edges, day) {
    let [low, high] = [0, edges.length - 2];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (edges[middle] <= day) low = middle;
      else high = middle - 1;
    }
    return low;
  }
})((window.incidentAtlas = window.incidentAtlas || {}));
