// What the exported page says of itself: above, what it shows and when it was made; below, whose it is and how to check it.
(function (atlas) {
  "use strict";

  const { element } = atlas;
  const MOST_SOURCES = 1000;
  const number = (value) => value.toLocaleString("en");

  // Words of a source, in which addresses are links.
  function addWords(words, parent) {
    for (const part of words.split(/(https?:\/\/[^\s<>"]*[^\s<>".,;)])/)) if (part) atlas.addLink(part, part, parent);
  }

  atlas.addHead = function (root, { title, generated, made_with: app, notice, filter, filter_in_words: words }) {
    element("h1", "", title, root);
    const chosen = words || Object.entries(filter || {}).map(([name, value]) => `${name}: ${value}`);
    const line = element("p", "filtered", null, root);
    line.setAttribute("aria-label", "Filtered by");
    for (const each of chosen.length ? chosen : ["everything: no filter is set"]) element("span", "chip", each, line);
    element("p", "muted", [generated && `Made ${generated.slice(0, 10)}`, app && `with ${app}`].filter(Boolean).join(" "), root);
    if (notice) element("p", "notice", notice, root);
  };

  atlas.addFooter = function (root, about, rows) {
    const footer = element("footer", "", null, root);
    element("h2", "", "Sources and licences", footer);
    for (const { dataset, version, rows: held, licence, citation } of about.datasets || []) {
      const line = element("p", "", null, footer);
      element("strong", "", [dataset || "no dataset named", version].filter(Boolean).join(", "), line);
      element("span", "muted", ` · ${held === 1 ? "1 row" : `${number(held)} rows`} · licence: ${licence || "unknown"}`, line);
      if (citation) addWords(citation, element("div", "", null, line));
    }
    for (const { name, version, rows: held, licence } of about.place_names || []) {
      const from = `Places of ${number(held)} rows by the names of ${name}, version ${version}`;
      element("p", "muted", `${from} · licence: ${licence || "unknown"}`, footer);
    }
    const { source, version } = about.boundaries || {};
    if (source) addWords(`Boundaries: ${source} · version ${version || "unknown"}`, element("p", "muted", null, footer));
    addSources(footer, rows);
    addCheck(footer, about, rows);
    element("p", "muted", "The map is drawn with Leaflet (BSD 2-Clause). This file asks no server for anything.", footer);
  };

  // Who reported the incidents, those who reported most first; written when somebody asks.
  function addSources(footer, rows) {
    const named = new Map();
    for (let i = 0; i < rows.length; i++) {
      const [name, address] = [rows.raw("source_name", i), rows.raw("source_url", i)];
      if (name === null && address === null) continue;
      const key = JSON.stringify([name, address]);
      named.set(key, (named.get(key) || 0) + 1);
    }
    if (!named.size) return;
    const box = element("details", "sources", null, footer);
    element("summary", "", `Reports that the rows rest on (${number(named.size)})`, box);
    box.addEventListener("toggle", () => {
      const list = element("ol", "", null, box);
      for (const [key, rowsOf] of [...named].sort((a, b) => b[1] - a[1]).slice(0, MOST_SOURCES)) {
        const [name, address] = JSON.parse(key);
        const line = element("li", "", null, list);
        atlas.addLink(address ?? "", name ?? address, line);
        if (rowsOf > 1) element("span", "muted", ` · ${number(rowsOf)} rows`, line);
      }
      if (named.size > MOST_SOURCES) element("p", "muted", `The first ${number(MOST_SOURCES)}; the CSV has them all.`, box);
    }, { once: true });
  }

  function addCheck(footer, { rows_sha256: hash }, rows) {
    element("h2", "", "The rows as data", footer);
    const button = element("button", "plain save", `Save ${number(rows.length)} rows as CSV`, footer);
    button.type = "button";
    const said = element("p", "muted", null, footer);
    said.setAttribute("role", "status");
    if (hash) said.textContent = `${hash.of}: ${hash.value}`;
    button.addEventListener("click", () => {
      const bytes = new TextEncoder().encode(rows.csv());
      atlas.save([bytes], "text/csv", "incidents.csv");
      if (hash && crypto.subtle) check(bytes, hash, said);
    });
  }

  async function check(bytes, { of, value }, said) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    const found = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const verdict = found === value ? "The rows are as they were taken away." : "These are not the rows that were taken away.";
    said.textContent = `${verdict} ${of}: ${value}`;
  }
})((window.incidentAtlas = window.incidentAtlas || {}));
