// The table of incidents. Text from files is set as textContent only, so that none of it can act.
const element = (name, className, text) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
};

const cell = (column, value, colours) => {
  const td = element("td", `${column.kind} ${column.name}${column.wide ? " wide" : ""}`);
  if (value === null || value === "") {
    td.append(element("span", "unknown", "–"));
    return td;
  }
  const text = element("bdi", column.kind === "precision" ? `pill ${value}` : "", value);
  if (column.kind === "type") {
    const dot = element("i", "dot");
    dot.style.background = colours[value];
    td.append(dot);
  }
  td.append(text);
  td.title = value;
  return td;
};

const heading = (column, sort, trigger) => {
  const th = element("th", `${column.kind} ${column.name}${column.wide ? " wide" : ""}`);
  th.scope = "col";
  if (!sort) {
    th.textContent = column.label;
    return th;
  }
  const sorted = sort.column === column.name;
  th.ariaSort = sorted ? (sort.descending ? "descending" : "ascending") : "none";
  const button = element("button", sorted ? "sorted" : "", column.label);
  if (sorted) button.append(element("span", "arrow", sort.descending ? " ↓" : " ↑"));
  button.onclick = () => trigger("sort", column.name);
  th.append(button);
  return th;
};

const row = (values, data, trigger) => {
  const [key, ...cells] = values;
  const tr = element("tr", key === data.chosen ? "chosen" : "");
  tr.append(...cells.map((value, i) => cell(data.columns[i], value, data.colours)));
  if (!data.choosable) return tr;
  tr.tabIndex = 0;
  tr.ariaSelected = key === data.chosen;
  const choose = () => trigger("chosen", key);
  tr.onclick = () => {
    if (!String(getSelection())) choose(); // whoever marks text to copy it is not choosing
  };
  tr.onkeydown = (event) => {
    const next = { ArrowDown: tr.nextElementSibling, ArrowUp: tr.previousElementSibling }[event.key];
    if (event.key === "Enter" || event.key === " ") choose();
    else if (next) next.focus();
    else return;
    event.preventDefault();
  };
  return tr;
};

const bringIntoView = (scroller) => {
  const chosen = scroller.querySelector("tr.chosen");
  if (!chosen) return;
  const top = chosen.offsetTop - scroller.querySelector("thead").offsetHeight;
  const hidden = top < scroller.scrollTop || chosen.offsetTop + chosen.offsetHeight > scroller.scrollTop + scroller.clientHeight;
  if (hidden) scroller.scrollTop = top - scroller.clientHeight / 3;
};

const pages = (nav, data, trigger) => {
  nav.hidden = data.total <= data.size;
  if (nav.hidden) return;
  const last = Math.min(data.first + data.size, data.total);
  const button = (label, first, words) => {
    const made = element("button", "", label);
    made.ariaLabel = words;
    made.disabled = first < 0 || first >= data.total;
    made.onclick = () => trigger("first", first);
    return made;
  };
  const where = `${(data.first + 1).toLocaleString("en")}–${last.toLocaleString("en")} of ${data.total.toLocaleString("en")}`;
  nav.replaceChildren(
    button("‹", data.first - data.size, "Rows before"), element("span", "", where), button("›", data.first + data.size, "Rows after"),
  );
};

export default function ({ data, parentElement, setTriggerValue }) {
  const scroller = parentElement.querySelector(".scroller");
  const table = scroller.querySelector("table");
  const focused = parentElement.activeElement?.closest?.("tr")?.sectionRowIndex; // replaced rows lose the keyboard
  table.ariaLabel = data.label;
  table.tHead.rows[0].replaceChildren(...data.columns.map((column) => heading(column, data.sort, setTriggerValue)));
  table.tBodies[0].replaceChildren(...data.rows.map((values) => row(values, data, setTriggerValue)));
  table.tBodies[0].rows[focused]?.focus({ preventScroll: true });
  scroller.style.maxHeight = data.height;
  pages(parentElement.querySelector("nav"), data, setTriggerValue);
  bringIntoView(scroller);
}
