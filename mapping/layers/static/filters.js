// The filters of the exported page: which rows pass, and what is asked for in words.
(function (atlas) {
  "use strict";

  const DAY_MS = 864e5;
  const WIDE = 820;
  const { element } = atlas;
  const dayOf = (words) => (words ? Math.floor(Date.parse(words) / DAY_MS) : null);
  const wordsOf = (day) => (day === null ? "" : new Date(day * DAY_MS).toISOString().slice(0, 10));

  atlas.Filters = class {
    constructor(root, data, rows, changed) {
      this.data = data;
      this.rows = rows;
      this.changed = changed;
      const box = element("details", "filters", null, root);
      box.open = window.innerWidth > WIDE;
      element("summary", "", "Filter these rows", box);
      const form = element("form", "", null, box);
      form.setAttribute("aria-label", "Filters");
      const field = (words, control) => {
        control.setAttribute("aria-label", words); // or its choices would be part of its name
        return element("label", "", words, form).appendChild(control);
      };
      this.country = field("Country", select("All countries", data.countryNames));
      this.province = field("Province", select("All provinces", this.provinceNames()));
      this.from = field("From", input("date"));
      this.to = field("To", input("date"));
      this.text = field("Search", input("search"));
      this.addTypes(form);
      form.addEventListener("input", changed);
      form.addEventListener("submit", (event) => event.preventDefault());
    }

    addTypes(form) {
      const types = element("fieldset", "types", null, form);
      types.setAttribute("aria-label", this.data.title);
      const used = new Set(this.rows.places.group);
      this.groups = this.data.groups.map(([label, colour], group) => {
        if (!used.has(group)) return null;
        const line = element("label", "", null, types);
        const box = line.appendChild(input("checkbox"));
        box.checked = true;
        element("span", "dot", null, line).style.background = colour;
        element("span", "", label, line);
        return box;
      });
    }

    provinceNames() {
      const names = new Map();
      for (let i = 0; i < this.rows.length; i++) {
        const code = this.rows.raw("adm1_code", i);
        if (code !== null && this.rows.isCounted(i)) names.set(code, this.rows.raw("adm1_name", i) ?? code);
      }
      return [...names].sort((a, b) => a[1].localeCompare(b[1]));
    }

    get dates() { return [dayOf(this.from.value), dayOf(this.to.value)]; }

    setDates(span) {
      [this.from.value, this.to.value] = (span || [null, null]).map(wordsOf);
      this.changed();
    }

    setProvince(code) {
      this.province.value = code;
      this.changed();
    }

    passes(i) {
      const { rows } = this;
      if (!this.groups[rows.places.group[i]].checked) return false;
      if (this.country.value && rows.raw("country_iso2", i) !== this.country.value) return false;
      if (this.province.value && (rows.raw("adm1_code", i) !== this.province.value || !rows.isCounted(i))) return false;
      const words = this.text.value.trim().toLowerCase();
      return !words || rows.holds(words, i);
    }

    // A row stays whose whole range meets the window; one without a date only while no date is asked for.
    isInDates(i) {
      const [from, to] = this.dates;
      const [first, last] = this.rows.days(i);
      return (from === null || (last !== null && last >= from)) && (to === null || (first !== null && first <= to));
    }

    inWords() {
      const named = (list) => (list.value ? [list.selectedOptions[0].textContent] : []);
      const [from, to] = [this.from.value, this.to.value];
      const dates = from || to ? [[from && `from ${from}`, to && `to ${to}`].filter(Boolean).join(" ")] : [];
      const left = this.data.groups.filter((_, group) => this.groups[group] && this.groups[group].checked).map(([label]) => label);
      const types = this.groups.some((box) => box && !box.checked) ? [left.join(", ")] : [];
      return [...named(this.country), ...named(this.province), ...dates, ...types, ...(this.text.value ? [`“${this.text.value}”`] : [])];
    }
  };

  function input(type) {
    const made = document.createElement("input");
    made.type = type;
    return made;
  }

  function select(all, pairs) {
    const made = document.createElement("select");
    for (const [value, words] of [["", all], ...pairs]) element("option", "", words, made).value = value;
    return made;
  }
})((window.incidentAtlas = window.incidentAtlas || {}));
