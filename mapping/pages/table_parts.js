// Parts of the table of incidents. Text from files is set as textContent only, so that none of it can act.
const element = (name, className, text) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
};

const number = (value) => value.toLocaleString("en");
const rightToLeft = /^\P{L}*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;

const cell = (column, value, colours) => {
  const td = element("td", `${column.kind} ${column.name}${column.wide ? " wide" : ""}`);
  if (value === null || value === "") {
    td.append(element("span", "unknown", "–"));
    return td;
  }
  const [words, roughly] = column.name === "date_start" ? value.split(" ") : [value]; // "2024-07-22 week"
  const text = element("bdi", column.kind === "precision" ? `pill ${value}` : "", words);
  if (roughly) text.dataset.roughly = roughly;
  const isOurs = column.name === "geo_reason"; // English, though a name that it begins with be Arabic
  if (isOurs) text.dir = "ltr";
  if (column.kind === "type") {
    const dot = element("i", "dot");
    dot.style.background = colours[value];
    td.append(dot);
  }
  if (!isOurs && rightToLeft.test(value)) td.dir = "rtl";
  td.append(text);
  td.title = value;
  return td;
};

const sortsUpFirst = (column) => !["date", "number"].includes(column.kind);

const heading = (column, sort, trigger) => {
  const th = element("th", `${column.kind} ${column.name}${column.wide ? " wide" : ""}`);
  th.scope = "col";
  th.title = column.meaning;
  if (!sort) {
    th.textContent = column.label;
    return th;
  }
  const sorted = sort.column === column.name;
  th.ariaSort = sorted ? (sort.descending ? "descending" : "ascending") : "none";
  const button = element("button", sorted ? "sorted" : "", column.label);
  button.type = "button";
  if (sorted) button.append(element("span", "arrow", sort.descending ? " ↓" : " ↑"));
  const descending = sorted ? !sort.descending : !sortsUpFirst(column);
  button.onclick = () => trigger("sort", `${descending ? "-" : ""}${column.name}`);
  th.append(button);
  return th;
};

const checkBox = (label, checked, change) => {
  const box = element("input", "check");
  Object.assign(box, { type: "checkbox", checked, ariaLabel: label, tabIndex: -1 });
  box.onclick = (event) => {
    event.stopPropagation(); // choosing the row is another thing
    change(box.checked, event.shiftKey);
  };
  return box;
};

const plainButton = (label, className, act) => {
  const made = element("button", className, label);
  made.type = "button";
  made.onclick = act;
  return made;
};

// Which columns are shown: all, the usual ones, or any.
const columnMenu = (data, open, trigger) => {
  const menu = element("details", "columns");
  menu.open = open;
  menu.append(element("summary", "", `Columns · ${data.columns.length}`));
  const shown = new Set(data.columns.map((column) => column.name));
  const box = element("div", "menu");
  const show = (names) => names.length && trigger("columns", names);
  const quick = element("p");
  quick.append(
    plainButton("All columns", "", () => show(data.offered.map(([name]) => name))), plainButton("The usual ones", "", () => show(data.usual)),
  );
  const list = element("div", "list");
  list.append(
    ...data.offered.map(([name, label]) => {
      const line = element("label", "", label);
      const input = element("input");
      Object.assign(input, { type: "checkbox", checked: shown.has(name), name });
      input.disabled = shown.size === 1 && input.checked;
      input.onchange = () => {
        if (input.checked) shown.add(name);
        else shown.delete(name);
        show([...shown]);
      };
      line.prepend(input);
      return line;
    }),
  );
  box.append(quick, list);
  menu.append(box);
  menu.onfocusout = ({ relatedTarget }) => {
    if (relatedTarget && !menu.contains(relatedTarget)) menu.open = false;
  };
  menu.onkeydown = (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  };
  return menu;
};

const pages = (nav, data, trigger) => {
  nav.hidden = !data.sizes && data.total <= data.size;
  if (nav.hidden) return;
  const last = Math.min(data.first + data.size, data.total);
  const button = (label, first, words) => {
    const made = plainButton(label, "", () => trigger("first", first));
    made.ariaLabel = words;
    made.disabled = first < 0 || first >= data.total;
    return made;
  };
  const where = data.total ? `rows ${number(data.first + 1)}–${number(last)} of ${number(data.total)}` : "no rows";
  nav.ariaLabel = "Pages of the table";
  nav.replaceChildren(
    ...(data.sizes ? [sizes(data, trigger)] : []),
    button("‹", data.first - data.size, "Rows before"), element("span", "where", where), button("›", data.first + data.size, "Rows after"),
  );
};

const sizes = (data, trigger) => {
  const label = element("label", "size", "Rows on a page ");
  const select = element("select");
  select.append(...data.sizes.map((size) => new Option(size, size, false, size === data.size)));
  select.onchange = () => trigger("size", Number(select.value));
  label.append(select);
  return label;
};
