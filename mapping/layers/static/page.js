// The exported page: the same map, with the table, the filters and the sources, out of one list of data.
(function (atlas) {
  "use strict";

  const DAY_MS = 864e5;
  const ROWS_AT_ONCE = 100;
  const FINE = new Set(["site", "town"]);
  const COUNTED = ["at a site or town", "roughly placed", "in a province only", "not on the map"];
  const TABLE = [
    ["Date", "date_start"], ["Type", "event_type"], ["Place as reported", "place"], ["Province by geometry", "adm1_name"],
    ["Precision", "geo_precision"], ["Attacker", "actor1"], ["Killed", "fatalities_best"], ["Injured", "injured"], ["Source", "source_name"],
  ];
  const ON_A_PHONE = new Set(["date_start", "event_type", "place", "geo_precision"]);
  const NUMBERS = new Set(["fatalities_best", "injured"]);
  const UNKNOWN = "–";

  const { element } = atlas;
  const dayOf = (words) => (words ? Math.floor(Date.parse(words) / DAY_MS) : null);

  const classOf = (name) => `${NUMBERS.has(name) ? "number" : ""} ${ON_A_PHONE.has(name) ? "" : "wide"}`;

  class Page {
    constructor(data) {
      this.data = data;
      this.rows = new atlas.Rows(data);
      this.chosen = null;
      this.root = document.getElementById("page");
      this.addHead();
      this.addFilters();
      this.numbers = element("div", "numbers", null, this.root);
      this.numbers.setAttribute("role", "status");
      this.addStage();
      this.addTable();
      this.addFooter();
      this.filter();
    }

    addHead() {
      const { title, generated, notice, filter } = this.data.about;
      element("h1", "", title, this.root);
      const chosen = Object.entries(filter || {}).map(([name, value]) => `${name}: ${value}`).join(" · ");
      element("p", "muted", [generated && `Made ${generated.slice(0, 10)}`, chosen].filter(Boolean).join(" · "), this.root);
      if (notice) element("p", "notice", notice, this.root);
    }

    addFilters() {
      const form = element("form", "filters", null, this.root);
      form.setAttribute("aria-label", "Filters");
      const field = (words, control) => {
        control.setAttribute("aria-label", words); // or its choices would be part of its name
        return element("label", "", words, form).appendChild(control);
      };
      this.country = field("Country", this.select("All countries", this.data.countryNames));
      this.province = field("Province", this.select("All provinces", this.provinceNames()));
      this.from = field("From", this.input("date"));
      this.to = field("To", this.input("date"));
      this.text = field("Search", this.input("search"));
      const types = element("fieldset", "types", null, form);
      types.setAttribute("aria-label", "Event type");
      const used = new Set(this.rows.places.group);
      this.types = this.data.groups.map(([label, colour], group) => {
        if (!used.has(group)) return null;
        const line = element("label", "", null, types);
        const box = line.appendChild(this.input("checkbox"));
        box.checked = true;
        element("span", "dot", null, line).style.background = colour;
        element("span", "", label, line);
        return box;
      });
      form.addEventListener("input", () => this.filter());
      form.addEventListener("submit", (event) => event.preventDefault());
    }

    input(type) {
      const input = document.createElement("input");
      input.type = type;
      return input;
    }

    select(all, pairs) {
      const select = document.createElement("select");
      for (const [value, words] of [["", all], ...pairs]) element("option", "", words, select).value = value;
      return select;
    }

    provinceNames() {
      const names = new Map();
      for (let i = 0; i < this.rows.length; i++) {
        const code = this.rows.raw("adm1_code", i);
        if (code !== null && this.rows.isCounted(i)) names.set(code, this.rows.raw("adm1_name", i) ?? code);
      }
      return [...names].sort((a, b) => a[1].localeCompare(b[1]));
    }

    addStage() {
      const stage = element("div", "stage", null, this.root);
      const box = element("div", "", null, stage);
      box.id = "map";
      this.card = element("section", "card", null, stage);
      this.card.setAttribute("aria-label", "The chosen incident");
      const map = L.map(box, { minZoom: 2, maxZoom: 15, zoomSnap: 0.1, wheelPxPerZoomLevel: 90, worldCopyJump: true }).setView([33.2, 43.7], 5);
      this.map = map.atlas = atlas.open(map, {
        load: () => {}, groups: this.data.groups,
        picked: ({ incident, province }) => (incident === undefined ? this.pickProvince(province) : this.choose(incident)),
      });
    }

    addTable() {
      const box = element("div", "rows", null, this.root);
      this.count = element("h2", "", "", box);
      const table = element("table", "", null, box);
      const head = element("tr", "", null, element("thead", "", null, table));
      this.shownColumns = TABLE.filter(([, name]) => this.rows.columns[name]);
      for (const [words, name] of this.shownColumns) element("th", classOf(name), words, head).scope = "col";
      this.body = element("tbody", "", null, table);
      this.more = element("button", "plain more", null, box);
      this.more.type = "button";
      this.more.addEventListener("click", () => this.showRows());
    }

    addFooter() {
      const footer = element("footer", "", null, this.root);
      element("h2", "", "Sources and licences", footer);
      for (const { dataset, version, rows, licence, citation } of this.data.about.datasets || []) {
        const line = element("p", "", null, footer);
        element("strong", "", [dataset || "no dataset named", version].filter(Boolean).join(", "), line);
        element("span", "muted", ` · ${rows} rows · licence: ${licence || "unknown"}`, line);
        if (citation) element("div", "", citation, line);
      }
      for (const { name, version, rows, licence } of this.data.about.place_names || []) {
        const from = `Places of ${rows} rows by the names of ${name}, version ${version}`;
        element("p", "muted", `${from} · licence: ${licence || "unknown"}`, footer);
      }
      const { source, version } = this.data.about.boundaries || {};
      if (source) element("p", "muted", `Boundaries: ${source} ${version || ""}`, footer);
      element("p", "muted", "The map is drawn with Leaflet (BSD 2-Clause). This file asks no server for anything.", footer);
    }

    filter() {
      const [from, to, words] = [dayOf(this.from.value), dayOf(this.to.value), this.text.value.trim().toLowerCase()];
      this.kept = [];
      for (let i = 0; i < this.rows.length; i++) if (this.passes(i, from, to, words)) this.kept.push(i);
      this.gathered = atlas.gather(this.data, this.rows, this.kept);
      this.draw();
      this.showNumbers();
      this.body.replaceChildren();
      this.showRows();
      this.showCard();
    }

    // A row stays whose whole range meets the window; one without a date only while no date is asked for.
    passes(i, from, to, words) {
      const { rows } = this;
      const box = this.types[rows.places.group[i]];
      if (!box.checked) return false;
      if (this.country.value && rows.raw("country_iso2", i) !== this.country.value) return false;
      if (this.province.value && (rows.raw("adm1_code", i) !== this.province.value || !rows.isCounted(i))) return false;
      const start = rows.raw("date_start", i) ?? rows.raw("date_end", i);
      const end = rows.raw("date_end", i) ?? start;
      if (from !== null && !(end !== null && end >= from)) return false;
      if (to !== null && !(start !== null && start <= to)) return false;
      return !words || rows.holds(words, i);
    }

    draw() {
      const { marks, provinces, districts, drawn } = this.gathered;
      const mark = this.chosen === null ? -1 : drawn.findIndex((place) => place.rows.includes(this.chosen));
      const isArea = this.chosen !== null && mark < 0;
      const province = isArea ? this.rows.district(this.chosen) ?? this.rows.raw("adm1_code", this.chosen) : null;
      const countries = this.data.countryNames.map(([code]) => code);
      const { boundaries } = this.data;
      this.map.show({ marks, provinces, districts, boundaries, countries, mark, province, fit: null, start: this.data.extent });
    }

    showNumbers() {
      const numbers = COUNTED.map((_, placed) => this.kept.filter((i) => this.rows.places.placed[i] === placed).length);
      this.numbers.replaceChildren();
      const add = (number, words) => {
        const box = element("div", "", null, this.numbers);
        element("b", "", number.toLocaleString("en"), box);
        element("span", "", words, box);
      };
      add(this.kept.length, `incidents of ${this.rows.length.toLocaleString("en")}`);
      COUNTED.forEach((words, placed) => (numbers[placed] || placed !== 1) && add(numbers[placed], words));
    }

    showRows() {
      const shown = this.body.childElementCount;
      for (const i of this.kept.slice(shown, shown + ROWS_AT_ONCE)) this.body.appendChild(this.rowOf(i));
      const left = this.kept.length - this.body.childElementCount;
      this.count.textContent = this.kept.length ? "Incidents, newest first" : "No incident fits the filters. Loosen one of them.";
      this.more.hidden = !left;
      this.more.textContent = `Show ${Math.min(left, ROWS_AT_ONCE)} more of ${left.toLocaleString("en")}`;
    }

    rowOf(i) {
      const line = document.createElement("tr");
      line.dataset.row = i;
      line.classList.toggle("chosen", i === this.chosen);
      this.shownColumns.forEach(([, name], at) => {
        const words = this.rows.said(name, i) ?? UNKNOWN;
        const cell = element("td", classOf(name), null, line);
        if (name === "event_type") element("span", "dot", null, cell).style.background = this.data.groups[this.rows.places.group[i]][1];
        const tag = name === "geo_precision" ? `tag${FINE.has(words) ? "" : " vague"}` : "";
        const shown = element(at ? "span" : "button", tag, words, cell);
        if (!at) shown.type = "button";
      });
      line.addEventListener("click", () => this.choose(i));
      return line;
    }

    choose(i) {
      this.chosen = i;
      while (this.kept.indexOf(i) >= this.body.childElementCount) this.showRows();
      for (const line of this.body.children) line.classList.toggle("chosen", Number(line.dataset.row) === i);
      this.draw();
      this.showCard();
    }

    pickProvince(code) {
      this.province.value = code;
      this.filter();
    }

    showCard() {
      this.card.replaceChildren();
      const at = this.kept.indexOf(this.chosen);
      if (at < 0) {
        element("h2", "", "No incident chosen", this.card);
        element("p", "muted", "Click a mark on the map or a row of the table to read what is known about it, and who says so.", this.card);
        return;
      }
      this.addSteps(at);
      const named = (name) => this.rows.said(name, this.chosen);
      element("h2", "", [named("event_type") || "incident", named("place") || named("adm1_name")].filter(Boolean).join(", "), this.card);
      if (named("summary")) element("p", "", named("summary"), this.card);
      this.addFacts();
    }

    addSteps(at) {
      const steps = element("div", "steps", null, this.card);
      const step = (words, label, next) => {
        const button = element("button", "plain", words, steps);
        button.type = "button";
        button.setAttribute("aria-label", label);
        button.disabled = next < 0 || next >= this.kept.length;
        button.addEventListener("click", () => this.choose(this.kept[next]));
      };
      step("‹", "Newer", at - 1);
      element("span", "muted", `${at + 1} of ${this.kept.length}`, steps);
      step("›", "Older", at + 1);
    }

    addFacts() {
      let group = null;
      let list = null;
      for (const [name, heading] of this.data.columns) {
        const words = this.rows.said(name, this.chosen);
        if (words === null || name === "summary") continue;
        if (heading !== group) {
          group = heading;
          element("h3", "", heading, this.card);
          list = element("dl", "", null, this.card);
        }
        element("dt", "", name.replaceAll("_", " "), list);
        const fact = element("dd", "", null, list);
        if (/^https?:\/\//i.test(words)) {
          const link = element("a", "", words, fact);
          link.href = words;
          link.rel = "noopener noreferrer";
        } else {
          element("span", "", words, fact);
        }
      }
    }
  }

  atlas.openPage = (data) => { atlas.page = new Page(data); };
})((window.incidentAtlas = window.incidentAtlas || {}));
