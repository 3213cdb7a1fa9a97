// What the map draws of the incidents of some days: the marks, provinces and districts that have any, with their numbers.
(function (atlas) {
  "use strict";

  const BESIDE = new Set(["precisions", "names"]); // lists of the marks' data that are not one value for each mark

  const picked = (columns, kept) => Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, Array.isArray(column) && !BESIDE.has(name) ? kept.map((i) => column[i]) : column]),
  );
  const whereSome = (numbers) => [...numbers.keys()].filter((i) => numbers[i]);

  // What mapping/layers/player.py sends, of the rows of the exported page: a row a line. gathered: what the map draws
  // of the rows that are kept; within: first and last day of the filter, each a day or null.
  atlas.linesOf = function (rows, kept, { drawn, seen, provinces, districts }, within) {
    const dated = kept.filter((i) => rows.days(i)[0] !== null).sort((a, b) => rows.days(a)[0] - rows.days(b)[0]);
    const standing = (codes) => new Map(codes.map((code, at) => [code, at]));
    const [marks, codes] = [standing(drawn.map(({ mark }) => mark)), standing(provinces.code)];
    const pairs = standing(districts.adm2_code.map((code, at) => `${code} ${districts.adm1_code[at]}`));
    const column = (value) => dated.map(value);
    const days = column((i) => rows.days(i));
    const dead = column((i) => rows.raw("fatalities_best", i));
    return {
      step: "day", has_marks: !seen, within,
      span: [within[0] ?? days[0]?.[0] ?? null, within[1] ?? (days.length ? days.reduce((most, [, last]) => Math.max(most, last), -Infinity) : null)],
      first: days.map(([first], at) => first - (at ? days[at - 1][0] : 0)),
      length: days.map(([first, last]) => last - first),
      n: column(() => 1),
      mark: column((i) => marks.get(rows.places.mark[i]) ?? -1),
      province: column((i) => (rows.isCounted(i) ? codes.get(rows.raw("adm1_code", i)) ?? -1 : -1)),
      district: column((i) => pairs.get(`${rows.district(i)} ${rows.raw("adm1_code", i)}`) ?? -1),
      only: column((i) => Number(rows.isProvinceOnly(i))),
      group: column((i) => rows.places.group[i]),
      dead: dead.map((number) => number ?? 0),
      known: dead.map((number) => Number(number !== null)),
    };
  };

  // data: what the map draws of all, with its play, as mapping/layers/player.py makes it.
  atlas.Frames = class {
    constructor(data) {
      this.data = data;
      [this.first, this.last] = data.play.span;
      this.undated = data.counts.rows - data.play.n.reduce((sum, number) => sum + number, 0);
      let day = 0;
      const first = data.play.first.map((later) => { day += later; return day; });
      const all = (value) => new Array(first.length).fill(value); // columns that are not needed do not come
      this.lines = { mark: all(-1), group: all(0), district: all(-1), ...data.play, first };
    }

    // Draws nothing that is not counted anew for every frame.
    whole() {
      const { data, lines } = this;
      const marks = lines.has_marks ? data.marks : picked(data.marks, []);
      return { ...data, isFrame: true, counts: null, shadedBy: this.shadedBy, marks, cells: null, density: null, mismatches: null, fit: null, start: null, at: null };
    }

    // Lines that meet the days from one to before another; they stand in the order of their first days.
    each(from, before, visit) {
      const { first, length } = this.lines;
      for (let i = 0; i < first.length && first[i] < before; i++) if (first[i] + length[i] >= from) visit(i);
    }

    // The classes of the shades are those of each province's fullest frame: a shade means the same in all of them.
    shadeBy(spans) {
      const { lines, data: { provinces } } = this;
      const most = ["n", "dead"].map(() => new Float64Array(provinces.code.length));
      for (const [from, before] of spans) {
        const sums = most.map((numbers) => new Float64Array(numbers.length));
        this.each(from, before, (i) => {
          if (lines.province[i] < 0) return;
          sums[0][lines.province[i]] += lines.n[i];
          sums[1][lines.province[i]] += lines.dead[i];
        });
        sums.forEach((sum, k) => sum.forEach((number, i) => { most[k][i] = Math.max(most[k][i], number); }));
      }
      this.shadedBy = { ...provinces, n: [...most[0]], dead: [...most[1]] };
    }

    // From one day to before another: what to draw, how many incidents that are, and how many of them may lie outside.
    at(from, before) {
      const { lines, data } = this;
      const groups = data.groups.length;
      const counted = {
        marks: new Int32Array(data.marks.n.length * groups), earliest: new Map(), latest: new Map(),
        provinces: ["n", "only", "dead", "known"].map(() => new Float64Array(data.provinces.code.length)),
        districts: new Int32Array(data.districts.n.length),
      };
      let [shown, unsure] = [0, 0];
      this.each(from, before, (i) => {
        shown += lines.n[i];
        if (lines.first[i] < from || lines.first[i] + lines.length[i] >= before) unsure += lines.n[i];
        this.count(counted, i, groups);
      });
      return { shown, unsure, data: { ...this.whole(), ...this.marks(counted, groups), ...this.areas(counted) } };
    }

    count({ marks, earliest, latest, provinces: [n, only, dead, known], districts }, i, groups) {
      const { lines } = this;
      const [mark, province, district] = [lines.mark[i], lines.province[i], lines.district[i]];
      if (mark >= 0) {
        marks[mark * groups + lines.group[i]] += lines.n[i];
        if (!earliest.has(mark)) earliest.set(mark, lines.first[i]);
        latest.set(mark, Math.max(latest.get(mark) ?? -Infinity, lines.first[i] + lines.length[i]));
      }
      if (province >= 0) {
        n[province] += lines.n[i];
        only[province] += lines.only[i];
        dead[province] += lines.dead[i];
        known[province] += lines.known[i];
      }
      if (district >= 0) districts[district] += lines.n[i];
    }

    marks({ marks: counts, earliest, latest }, groups) {
      if (!this.lines.has_marks) return {};
      const kept = [...earliest.keys()].sort((a, b) => a - b); // the order of painting
      const numbers = kept.map((mark) => [...counts.subarray(mark * groups, (mark + 1) * groups)]);
      const marks = {
        ...picked(this.data.marks, kept),
        n: numbers.map((each) => each.reduce((sum, number) => sum + number, 0)),
        group: numbers.map((each) => each.indexOf(Math.max(...each))),
        mixed: Object.fromEntries(numbers.flatMap((each, i) => (each.filter(Boolean).length > 1 ? [[i, each]] : []))),
        first: kept.map((mark) => earliest.get(mark)),
        last: kept.map((mark) => latest.get(mark)),
      };
      return { marks, mark: kept.indexOf(this.data.mark) };
    }

    areas({ provinces: [n, only, dead, known], districts }) {
      const kept = whereSome(n);
      const inDistricts = whereSome(districts);
      return {
        provinces: {
          ...picked(this.data.provinces, kept),
          n: kept.map((i) => n[i]),
          only: kept.map((i) => only[i]),
          dead: kept.map((i) => (known[i] ? dead[i] : null)),
          known: kept.map((i) => known[i]),
        },
        districts: { ...picked(this.data.districts, inDistricts), n: inDistricts.map((i) => districts[i]) },
      };
    }
  };
})((window.incidentAtlas = window.incidentAtlas || {}));
