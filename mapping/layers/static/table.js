// The table of the exported page: every row, a page at a time, sorted by a column of the reader's choice.
(function (atlas) {
  "use strict";

  const AT_ONCE = 100;
  const FINE = new Set(["site", "town"]);
  const COLUMNS = [
    ["Date", "date_start"], ["Type", "event_type"], ["Place as reported", "place"], ["Province by geometry", "adm1_name"],
    ["Precision", "geo_precision"], ["Attacker", "actor1"], ["Killed", "fatalities_best"], ["Injured", "injured"], ["Source", "source_name"],
  ];
  const ON_A_PHONE = new Set(["date_start", "event_type", "place", "geo_precision"]);
  const NUMBERS = new Set(["fatalities_best", "injured"]);
  const UNKNOWN = "–";
  const { element } = atlas;

  const classOf = (name) => `${NUMBERS.has(name) ? "number" : ""} ${ON_A_PHONE.has(name) ? "" : "wide"}`;

  atlas.Table = class {
    // data: of the page; chosen(i): called when a row is picked.
    constructor(root, data, rows, chosen) {
      this.data = data;
      this.rows = rows;
      this.picked = chosen;
      this.order = null; // as the rows were taken away
      this.page = 0;
      const box = element("section", "rows", null, root);
      box.setAttribute("aria-label", "Incidents");
      this.heading = element("h2", "", "", box);
      const table = element("table", "", null, element("div", "scroll", null, box));
      this.addHead(element("tr", "", null, element("thead", "", null, table)));
      this.body = element("tbody", "", null, table);
      this.addPager(box);
    }

    addHead(head) {
      this.columns = COLUMNS.filter(([, name]) => this.rows.columns[name]);
      this.heads = this.columns.map(([words, name]) => {
        const cell = element("th", classOf(name), null, head);
        cell.scope = "col";
        const button = element("button", "", words, cell);
        button.type = "button";
        button.addEventListener("click", () => this.sortBy(name));
        return cell;
      });
    }

    addPager(box) {
      this.pager = element("nav", "pager", null, box);
      this.pager.setAttribute("aria-label", "Pages of the table");
      const step = (words, label, to) => {
        const button = element("button", "plain", words, this.pager);
        button.type = "button";
        button.setAttribute("aria-label", label);
        button.addEventListener("click", () => this.turn(to()));
        return button;
      };
      this.back = [step("«", "First rows", () => 0), step("‹", "Rows before", () => this.page - 1)];
      this.where = element("span", "muted", "", this.pager);
      this.where.setAttribute("role", "status");
      this.on = [step("›", "Rows after", () => this.page + 1), step("»", "Last rows", () => this.last)];
    }

    get last() { return Math.max(0, Math.ceil(this.kept.length / AT_ONCE) - 1); }

    sortBy(name) {
      const isSame = this.order && this.order.name === name;
      this.order = { name, isDescending: isSame ? !this.order.isDescending : NUMBERS.has(name) || name === "date_start" };
      this.show(this.unsorted, this.chosen);
    }

    // kept: rows, in their own order.
    show(kept, chosen) {
      this.unsorted = kept;
      this.kept = this.order ? this.rows.sorted(kept, this.order.name, this.order.isDescending) : kept;
      this.chosen = chosen;
      this.columns.forEach(([, name], i) => {
        const isSorted = this.order && this.order.name === name;
        this.heads[i].setAttribute("aria-sort", isSorted ? (this.order.isDescending ? "descending" : "ascending") : "none");
      });
      this.heading.textContent = kept.length ? "Incidents" : "No incident fits the filters. Loosen one of them.";
      this.turn(0);
    }

    turn(page) {
      this.page = Math.max(0, Math.min(this.last, page));
      const first = this.page * AT_ONCE;
      const rows = this.kept.slice(first, first + AT_ONCE);
      this.body.replaceChildren(...rows.map((i) => this.rowOf(i)));
      this.pager.hidden = this.kept.length <= AT_ONCE;
      this.where.textContent = `${(first + 1).toLocaleString("en")}–${(first + rows.length).toLocaleString("en")} of ${this.kept.length.toLocaleString("en")}`;
      for (const button of this.back) button.disabled = this.page === 0;
      for (const button of this.on) button.disabled = this.page === this.last;
    }

    choose(i) {
      this.chosen = i;
      const at = this.kept.indexOf(i);
      if (at >= 0 && Math.floor(at / AT_ONCE) !== this.page) this.turn(Math.floor(at / AT_ONCE));
      for (const line of this.body.children) line.classList.toggle("chosen", Number(line.dataset.row) === i);
    }

    rowOf(i) {
      const line = document.createElement("tr");
      line.dataset.row = i;
      line.classList.toggle("chosen", i === this.chosen);
      this.columns.forEach(([, name], at) => {
        const words = this.rows.said(name, i) ?? UNKNOWN;
        const cell = element("td", classOf(name), null, line);
        if (name === "event_type") element("span", "dot", null, cell).style.background = this.data.groups[this.rows.places.group[i]][1];
        const tag = name === "geo_precision" ? `tag${FINE.has(words) ? "" : " vague"}` : "";
        const shown = element(at ? "span" : "button", tag, words, cell);
        if (!at) shown.type = "button";
      });
      line.addEventListener("click", () => this.picked(i));
      return line;
    }
  };
})((window.incidentAtlas = window.incidentAtlas || {}));
