// Days since 1970 cut into bins, and said in words. The same bins as mapping/aggregate/time.py makes.
(function (atlas) {
  "use strict";

  const DAY_MS = 864e5;
  const MONDAY = 3; // 1970 began on a Thursday

  atlas.STEPS = ["day", "week", "month", "year"];
  const LONGEST = { day: 62, week: 2 * 366, month: 40 * 366, year: Infinity };

  const dateOf = (day) => new Date(day * DAY_MS);
  const parts = (day) => [dateOf(day).getUTCFullYear(), dateOf(day).getUTCMonth(), dateOf(day).getUTCDate()];
  const dayOf = (year, month, date) => new Date(0).setUTCFullYear(year, month, date) / DAY_MS;

  // The first day of the bin in which a day lies, or of one so many bins later.
  atlas.binStart = function (day, step, later = 0) {
    const [year, month] = parts(day);
    if (step === "day") return day + later;
    if (step === "week") return day - ((((day + MONDAY) % 7) + 7) % 7) + 7 * later;
    return step === "month" ? dayOf(year, month + later, 1) : dayOf(year + later, 0, 1);
  };

  // The first day of every bin from one day to another, and of the one that would come next.
  atlas.edges = function (first, last, step) {
    const edges = [atlas.binStart(first, step)];
    while (edges[edges.length - 1] <= last) edges.push(atlas.binStart(edges[edges.length - 1], step, 1));
    return edges;
  };

  atlas.stepFor = (first, last) => atlas.STEPS.find((step) => last - first + 1 <= LONGEST[step]);

  const words = (day, options) => dateOf(day).toLocaleDateString("en-GB", { timeZone: "UTC", ...options });
  const FULL = { day: "numeric", month: "long", year: "numeric" };

  // The days from one to before another, as briefly as can be: "July 2024", "15 – 21 July 2024".
  atlas.saySpan = function (from, before) {
    const [year, month, date] = parts(from);
    const [endYear, endMonth] = parts(before - 1);
    const isWhole = date === 1 && atlas.binStart(before, "month") === before;
    if (isWhole && month === 0 && endMonth === 11) return year === endYear ? `${year}` : `${year} – ${endYear}`;
    if (before - from === 1) return words(from, { weekday: "short", ...FULL });
    const { day, ...MONTH } = FULL;
    const form = isWhole ? MONTH : FULL;
    if (isWhole && year === endYear && month === endMonth) return words(from, form);
    const begin = { ...form };
    if (year === endYear) delete begin.year;
    if (year === endYear && month === endMonth) delete begin.month;
    return `${words(from, begin)} – ${words(before - 1, form)}`;
  };

  // Where an axis is labelled, and with what: at least so many pixels apart.
  const TICKS = [["day", 1], ["day", 2], ["week", 1], ["week", 2], ["month", 1], ["month", 2], ["month", 3], ["month", 6],
    ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map((years) => ["year", years])];
  const LENGTH = { day: 1, week: 7, month: 30.4, year: 365.25 };
  atlas.ticks = function (first, before, width, apart) {
    const [step, each] = TICKS.find(([name, number]) => (LENGTH[name] * number * width) / (before - first) >= apart) || TICKS[TICKS.length - 1];
    const days = atlas.edges(first, before - 1, step).filter((day) => day >= first && day < before && isRound(day, step, each));
    return days.map((day, i) => [day, tickLabel(day, step, i === 0)]);
  };
  function isRound(day, step, each) {
    const [year, month] = parts(day);
    if (step === "year") return year % each === 0;
    return step === "month" ? month % each === 0 : Math.floor(day / LENGTH[step]) % each === 0;
  }
  function tickLabel(day, step, isFirst) {
    const [year, month, date] = parts(day);
    if (step === "year" || (step === "month" && month === 0)) return `${year}`;
    const form = step === "month" ? { month: "short" } : { day: "numeric", month: "short" };
    return words(day, isFirst || (month === 0 && date <= LENGTH[step]) ? { ...form, year: "numeric" } : form);
  }
})((window.incidentAtlas = window.incidentAtlas || {}));
