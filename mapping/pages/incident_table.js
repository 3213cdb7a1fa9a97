// The table of incidents: rows are opened, picked out, walked through by keyboard; table_parts.js has its parts.
const tables = new WeakMap(); // what each table remembers from one drawing to the next

const remembered = (table, data) => {
  const page = `${data.first} ${JSON.stringify(data.sort)}`; // of others, a span from the row last picked makes no sense
  const state = tables.get(table) ?? { picked: new Set(), scope: data.scope, at: 0 };
  if (state.scope !== data.scope) Object.assign(state, { picked: new Set(), scope: data.scope, at: 0 });
  if (state.page !== page) Object.assign(state, { page, last: null });
  tables.set(table, state);
  return state;
};

const row = (values, data, state, acts) => {
  const [key, ...cells] = values;
  const tr = element("tr", key === data.chosen ? "chosen" : "");
  tr.append(...cells.map((value, i) => cell(data.columns[i], value, data.colours)));
  if (!data.choosable) return tr;
  tr.ariaCurrent = key === data.chosen ? "true" : null;
  tr.onclick = () => {
    if (!String(getSelection())) acts.choose(key); // whoever marks text to copy it is not choosing
  };
  if (data.most) {
    tr.dataset.key = key;
    const box = checkBox("Pick out this row", state.picked.has(key), (on, isSpan) => acts.pick(tr.sectionRowIndex, on, isSpan));
    tr.cells[0].prepend(box);
    tr.ariaSelected = state.picked.has(key);
  }
  return tr;
};

// One row can be reached by Tab; the arrows move on from there.
const walk = (body, state, acts) => {
  const stand = (at, focus) => {
    const rows = [...body.rows];
    state.at = Math.max(0, Math.min(at, rows.length - 1));
    rows.forEach((tr, i) => (tr.tabIndex = i === state.at ? 0 : -1));
    if (focus) rows[state.at]?.focus({ preventScroll: false });
  };
  body.onfocusin = (event) => stand(event.target.closest("tr").sectionRowIndex, false);
  body.onkeydown = (event) => {
    const at = event.target.closest("tr").sectionRowIndex;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: body.rows.length - 1, PageDown: at + 10, PageUp: at - 10 }[event.key];
    if (to !== undefined) stand(to, true);
    else if (event.key === "Enter") acts.choose(acts.key(at));
    else if (event.key === " ") acts.canPick ? acts.pick(at, null, event.shiftKey) : acts.choose(acts.key(at));
    else return;
    event.preventDefault();
  };
  return stand;
};

const bringIntoView = (scroller) => {
  const chosen = scroller.querySelector("tr.chosen");
  if (!chosen) return;
  const top = chosen.offsetTop - scroller.querySelector("thead").offsetHeight;
  const hidden = top < scroller.scrollTop || chosen.offsetTop + chosen.offsetHeight > scroller.scrollTop + scroller.clientHeight;
  if (hidden) scroller.scrollTop = top - scroller.clientHeight / 3;
};

const orders = { date: ["oldest first", "newest first"], number: ["lowest first", "highest first"], precision: ["finest first", "coarsest first"] };

const told = (data) => {
  const [, label, kind] = data.sort ? data.offered.find(([name]) => name === data.sort.column) : [];
  const order = label ? ` · by ${label}, ${(orders[kind] ?? ["A to Z", "Z to A"])[Number(data.sort.descending)]}` : "";
  return `${number(data.total)} ${data.total === 1 ? "row" : "rows"}${order}`;
};

// What is picked out, and what can be done with it.
const picking = (bar, data, state, table, trigger) => {
  const said = element("div", "picked");
  said.role = "status";
  bar.append(said);
  const draw = () => {
    const count = state.picked.size;
    for (const tr of table.tBodies[0].rows) {
      tr.cells[0].querySelector(".check").checked = state.picked.has(tr.dataset.key);
      tr.ariaSelected = state.picked.has(tr.dataset.key);
    }
    const all = table.tHead.querySelector(".check");
    const onPage = data.rows.filter(([key]) => state.picked.has(key)).length;
    all.checked = onPage > 0 && onPage === data.rows.length;
    all.indeterminate = onPage > 0 && onPage < data.rows.length;
    if (!count) return said.replaceChildren(element("span", "quiet", `${told(data)}. Click a row to read it, a heading to sort; tick rows to pick them out.`));
    const only = plainButton(count === 1 ? "Show only this one" : `Show only these ${number(count)}`, "only", () => trigger("rows", [...state.picked]));
    only.disabled = count > data.most;
    const words = only.disabled ? `${number(count)} picked out. An address holds ${data.most} rows at most: take some off, or filter.` : `${number(count)} picked out`;
    said.replaceChildren(element("span", "", words), only, plainButton("Clear", "", () => clear()));
  };
  const clear = () => {
    state.picked.clear();
    draw();
  };
  return draw;
};

export default function ({ data, parentElement, setTriggerValue }) {
  const scroller = parentElement.querySelector(".scroller");
  const table = scroller.querySelector("table");
  const body = table.tBodies[0];
  const bar = parentElement.querySelector(".bar");
  const state = remembered(table, data);
  const focused = parentElement.activeElement; // what is replaced loses the keyboard
  const wasInBody = body.contains(focused);
  const sorted = focused?.closest?.("th") && focused.textContent.replace(/ [↑↓]$/, "");
  const wasOpen = bar.querySelector("details")?.open ?? false;

  let mark = () => {};
  const acts = {
    canPick: Boolean(data.most),
    key: (at) => data.rows[at][0],
    choose: (key) => data.choosable && setTriggerValue("chosen", key),
    pick: (at, on, isSpan) => {
      const wanted = on ?? !state.picked.has(acts.key(at));
      const from = isSpan && state.last !== null ? state.last : at;
      for (let i = Math.min(from, at); i <= Math.max(from, at); i++) state.picked[wanted ? "add" : "delete"](acts.key(i));
      state.last = at;
      mark();
    },
  };

  table.caption.textContent = `${data.label}: ${told(data)}`;
  table.ariaRowCount = data.total + 1;
  table.ariaMultiSelectable = acts.canPick ? "true" : null;
  table.tHead.rows[0].ariaRowIndex = 1;
  table.tHead.rows[0].replaceChildren(...data.columns.map((column) => heading(column, data.sort, setTriggerValue)));
  body.replaceChildren(...data.rows.map((values) => row(values, data, state, acts)));
  [...body.rows].forEach((tr, i) => (tr.ariaRowIndex = data.first + i + 2));
  if (data.choosable) walk(body, state, acts)(state.at, wasInBody);
  if (sorted) [...table.tHead.querySelectorAll("button")].find((made) => made.textContent.startsWith(sorted))?.focus();
  scroller.style.maxHeight = data.height;
  bar.replaceChildren();
  bar.hidden = !data.most;
  if (data.most) {
    const all = checkBox("Pick out every row of this page", false, (on) => {
      for (const [key] of data.rows) state.picked[on ? "add" : "delete"](key);
      mark();
    });
    all.tabIndex = 0;
    table.tHead.rows[0].cells[0]?.prepend(all);
    mark = picking(bar, data, state, table, setTriggerValue);
    bar.append(columnMenu(data, wasOpen, setTriggerValue));
    if (wasOpen) [...bar.querySelectorAll("details input")].find((made) => made.name === focused?.name)?.focus();
    mark();
  }
  pages(parentElement.querySelector("nav"), data, setTriggerValue);
  if (state.chosen !== data.chosen) bringIntoView(scroller);
  state.chosen = data.chosen;
}
