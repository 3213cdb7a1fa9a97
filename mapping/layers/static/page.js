// The exported page: map, card, timeline and table of one list of rows, with the filters, the sources and the terms.
(function (atlas) {
  "use strict";

  const MARGIN = 4; // one day in so many of a span is shown before it and after it
  const COUNTED = ["at a site or town", "near one, or in an area", "in a province only", "not on the map"];
  const ROUGHLY = 1;
  const MOST_BINS = 1200;
  const DAYS = { day: 1, week: 7, month: 28, year: 365 };
  const { element } = atlas;
  const named = ({ dataset, licence }) => `${dataset || "no dataset named"}${licence ? ` (${licence})` : ""}`;
  const number = (value) => value.toLocaleString("en");

  // The bins that are asked for, or coarser ones where these would be too many: as mapping/aggregate/time.py has it.
  function stepFor(first, last, asked) {
    const finest = asked === "auto" ? atlas.stepFor(first, last) : asked;
    const coarser = atlas.STEPS.slice(atlas.STEPS.indexOf(finest));
    return coarser.find((step) => (last - first + 1) / DAYS[step] <= MOST_BINS) || "year";
  }

  class Page {
    constructor(data) {
      this.data = data;
      this.rows = new atlas.Rows(data);
      this.all = [...Array(this.rows.length).keys()];
      this.chosen = data.view.chosen;
      this.bins = data.view.bins.split(",");
      this.root = document.getElementById("page");
      atlas.addHead(this.root, data.about);
      this.filters = new atlas.Filters(this.root, data, this.rows, () => this.filter());
      this.numbers = element("div", "numbers", null, this.root);
      this.numbers.setAttribute("role", "status");
      this.addStage();
      this.timeline = new atlas.Timeline(element("div", "timeline", null, this.root), {
        dates: (span) => this.filters.setDates(span), bins: (step, isZoomed) => this.cut(step, isZoomed),
      });
      this.table = new atlas.Table(this.root, data, this.rows, (i) => this.choose(i));
      atlas.addFooter(this.root, data.about, this.rows);
      this.filter();
      if (this.chosen !== null) this.choose(this.chosen);
      window.addEventListener("beforeprint", () => this.layOutForPrint());
      window.addEventListener("afterprint", () => this.printed.remove());
    }

    addStage() {
      const stage = element("div", "stage", null, this.root);
      const box = element("div", "", null, stage);
      box.id = "map";
      this.card = new atlas.Card(stage, this.data, this.rows, (i) => this.choose(i));
      const map = L.map(box, { minZoom: 2, maxZoom: 15, zoomSnap: 0.1, wheelPxPerZoomLevel: 90, worldCopyJump: true }).setView([33.2, 43.7], 5);
      this.map = map.atlas = atlas.open(map, {
        load: () => {},
        framed: (days) => this.timeline.mark(days),
        picked: ({ incident, province, play, dates }) => {
          if (play !== undefined) this.play(play, dates);
          else if (incident !== undefined) this.choose(incident);
          else if (province) this.filters.setProvince(province);
        },
      });
      map.on("moveend", () => this.gathered && (this.gathered.seen || this.gathered.density) && this.draw());
    }

    filter() {
      this.dateless = this.all.filter((i) => this.filters.passes(i));
      this.kept = this.dateless.filter((i) => this.filters.isInDates(i));
      this.draw();
      this.showNumbers();
      this.showTimeline();
      this.table.show(this.kept, this.chosen);
      this.card.show(this.chosen, this.table.kept);
    }

    draw() {
      const { data, rows } = this;
      const { view } = data;
      this.gathered = atlas.gather(data, rows, this.kept, this.map.map, view.style);
      const play = this.isPlayed ? atlas.linesOf(rows, this.kept, this.gathered, this.filters.dates) : null;
      this.map.show({
        play,
        ...this.gathered, ...this.ringed(), title: data.title, groups: data.groups, dull: data.dull, sites: data.sites, boundaries: data.boundaries,
        countries: data.countryNames.map(([code]) => code), style: view.style, fit: null, start: view.extent, at: view.at, whole: view.extent,
        within: (data.about.filter || {}).within || "",
        caption: this.caption(),
      });
    }

    // What the ring of the chosen incident is around: its mark, its position among cells, or its province.
    ringed() {
      const { chosen, rows } = this;
      const { drawn } = this.gathered;
      const isShown = chosen !== null && this.kept.includes(chosen);
      const mark = isShown ? drawn.findIndex((place) => place.rows.includes(chosen)) : -1;
      if (isShown && mark < 0 && rows.places.mark[chosen] >= 0) {
        return { mark, position: [rows.raw("longitude", chosen), rows.raw("latitude", chosen)], province: null };
      }
      const isArea = isShown && mark < 0;
      return { mark, position: null, province: isArea ? rows.district(chosen) ?? rows.raw("adm1_code", chosen) : null };
    }

    // Open the player or close it; its dates may be kept.
    play(isPlayed, dates) {
      this.isPlayed = isPlayed;
      if (dates) this.filters.setDates(dates.map((day) => Date.parse(day) / 864e5));
      else this.draw();
    }

    placed() { return COUNTED.map((_, placed) => this.kept.filter((i) => this.rows.places.placed[i] === placed).length); }

    showNumbers() {
      this.numbers.replaceChildren();
      const add = (value, words) => {
        const box = element("div", "", null, this.numbers);
        element("b", "", number(value), box);
        element("span", "", words, box);
      };
      add(this.kept.length, `incidents of ${number(this.rows.length)}`);
      this.placed().forEach((value, placed) => (value || placed !== ROUGHLY) && add(value, COUNTED[placed]));
    }

    // What stands under a picture of the map.
    caption() {
      const { about } = this.data;
      const parts = this.placed().map((value, placed) => [value, COUNTED[placed]]).filter(([value]) => value);
      return {
        title: about.title,
        lines: [
          [...(about.filter_in_words || []), ...this.filters.inWords()].filter((words) => !about.title.includes(words)).join(" · "),
          `${atlas.sayIncidents(this.kept.length)}: ${parts.map(([value, words]) => `${number(value)} ${words}`).join(", ")}.`,
          `Data: ${[...new Set((about.datasets || []).map(named))].join("; ")}.`,
          `Map made ${(about.generated || "").slice(0, 10)} with ${about.made_with || "Incident Atlas"}.`,
        ].filter(Boolean),
      };
    }

    cut(step, isZoomed) {
      this.bins = isZoomed ? [step, "span"] : [step];
      this.showTimeline();
    }

    showTimeline() {
      const asked = atlas.STEPS.find((step) => this.bins.includes(step)) || "auto";
      const days = this.all.flatMap((i) => this.rows.days(i)).filter((day) => day !== null);
      const [first, last] = [days.reduce((a, b) => Math.min(a, b), Infinity), days.reduce((a, b) => Math.max(a, b), -Infinity)];
      const { dates } = this.filters;
      const isZoomed = this.bins.includes("span") && dates.some((day) => day !== null);
      const [from, to] = isZoomed ? [Math.max(first, dates[0] ?? first), Math.min(last, dates[1] ?? last)] : [first, last];
      const margin = isZoomed ? Math.floor((to - from) / MARGIN) + 1 : 0;
      const step = stepFor(from, to, asked);
      const edges = from <= to ? atlas.edges(Math.max(first, from - margin), Math.min(last, to + margin), step) : [];
      const { groups } = this.data;
      this.timeline.show({ step, edges, groups, dates, asked, zoomed: isZoomed, ...atlas.overTime(this.rows, this.dateless, groups, edges) });
    }

    choose(i) {
      this.chosen = i;
      this.table.choose(i);
      this.draw();
      this.card.show(i, this.table.kept);
    }

    // On paper the map is a picture, as sharp as the paper, and the timeline as wide as that.
    layOutForPrint() {
      const picture = atlas.svgPicture(this.map, { title: "", lines: this.caption().lines });
      this.printed = element("figure", "printed", null, this.root);
      this.printed.appendChild(document.importNode(new DOMParser().parseFromString(picture, "image/svg+xml").documentElement, true));
      this.root.querySelector(".stage").before(this.printed);
      const plot = this.root.querySelector(".time-plot svg");
      plot.setAttribute("viewBox", `0 0 ${plot.clientWidth || 1} ${plot.clientHeight || 1}`);
    }
  }

  atlas.openPage = (data) => { atlas.page = new Page(data); };
})((window.incidentAtlas = window.incidentAtlas || {}));
