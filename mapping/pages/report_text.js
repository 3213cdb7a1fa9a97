// The text of a report: all of it by textContent, cut at its marks by Python. A mark lights up its field in the form
// beside it, a field its marks; words that are selected can be used for a field. Nothing here asks the server but a use.
const drawn = new WeakMap();

const element = (tag, className = "", text = "") => Object.assign(document.createElement(tag), { className, textContent: text });

const fields = (column) => [...document.querySelectorAll(`.st-key-field-${column}, .field-${column}`)];

const columnOf = (node) => {
  const within = node?.closest?.('[class*="st-key-field-"], [class*="field-"]');
  return within && /(?:^|\s)(?:st-key-)?field-([a-z0-9_]+)/.exec(within.className)?.[1];
};

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

const light = (box, columns, marks) => {
  document.querySelectorAll("[data-lit]").forEach((lit) => delete lit.dataset.lit);
  columns.flatMap(fields).forEach((field) => (field.dataset.lit = ""));
  box.querySelectorAll("mark").forEach((mark) => {
    mark.classList.toggle("lit", mark.dataset.marks.split(" ").some((number) => marks[number].columns.some((column) => columns.includes(column))));
  });
};

// Scrolls the text alone, never the page.
const bringIntoView = (box, one) => {
  if (!one) return;
  const [inner, outer] = [one.getBoundingClientRect(), box.getBoundingClientRect()];
  if (inner.top >= outer.top + 8 && inner.bottom <= outer.bottom - 8) return;
  box.scrollTo({ top: box.scrollTop + inner.top - outer.top - outer.height / 3, behavior: still() ? "auto" : "smooth" });
};

// Lights up the field of a mark; where several marks lie on these letters, each time the next.
const follow = (box, mark, marks, focus) => {
  const numbers = mark.dataset.marks.split(" ").map(Number);
  const last = numbers.indexOf(Number(box.dataset.followed ?? -1));
  const number = numbers[mark.classList.contains("lit") ? (last + 1) % numbers.length : 0];
  box.dataset.followed = number;
  const columns = marks[number].columns;
  light(box, columns, marks);
  const field = columns.flatMap(fields)[0];
  field?.scrollIntoView({ block: "nearest", behavior: still() ? "auto" : "smooth" });
  if (focus) field?.querySelector("input, textarea, [role='combobox'], button")?.focus({ preventScroll: true });
};

const piece = (told, data, box) => {
  const made = element(told.marks.length ? "mark" : "span", "", told.text);
  made.dataset.start = told.start;
  const sentences = told.sentences.map((number) => data.sentences[number]);
  if (sentences.some(({ draft }) => draft === data.chosen)) made.classList.add("told");
  else if (sentences.length && sentences.every(({ draft }) => draft === null)) made.classList.add("passed");
  if (!told.marks.length) return made;
  made.classList.add(data.marks[told.marks[0]].group);
  made.dataset.marks = told.marks.join(" ");
  if (told.ends.length) {
    made.classList.add("ends");
    made.dataset.label = told.ends.map((number) => data.marks[number].label).join(" · ");
  }
  if (told.begins.length) {
    made.classList.add("begins");
    made.tabIndex = 0;
    made.role = "button";
    made.ariaLabel = told.begins.map((number) => `${data.marks[number].label}: ${data.marks[number].said}`).join("; ");
  }
  made.onclick = () => String(getSelection()) || follow(box, made, data.marks, false);
  made.onkeydown = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    follow(box, made, data.marks, true);
  };
  return made;
};

// What stands before a sentence: the number of its draft, or why it was passed over.
const heads = (told, data, choose) => told.opens.map((number) => {
  const { draft, said } = data.sentences[number];
  if (draft === null) return Object.assign(element("span", "why", said), { contentEditable: "false" });
  const button = Object.assign(element("button", "number", draft + 1), { contentEditable: "false", type: "button", title: said });
  button.ariaLabel = `Incident ${draft + 1}: ${said}`;
  button.ariaPressed = String(draft === data.chosen);
  button.onclick = () => choose(draft);
  return button;
});

const draw = (box, data, choose) => {
  box.replaceChildren(...data.paragraphs.map((pieces) => {
    const paragraph = element("p");
    paragraph.dir = "auto";
    paragraph.append(...pieces.flatMap((told) => [...heads(told, data, choose), piece(told, data, box)]));
    return paragraph;
  }));
};

// Offsets are counted in letters as Python counts them, not in halves of UTF-16 pairs.
const offset = (box, node, at) => {
  if (node.nodeType === Node.TEXT_NODE) {
    const within = node.parentElement.closest("[data-start]");
    return within ? Number(within.dataset.start) + [...node.data.slice(0, at)].length : null;
  }
  const after = node.childNodes[at];
  const next = after?.matches?.("[data-start]") ? after : after?.querySelector?.("[data-start]");
  if (next) return Number(next.dataset.start);
  const last = [...(node.querySelectorAll?.("[data-start]") ?? [])].at(-1) ?? node.closest?.("[data-start]");
  return last && box.contains(last) ? Number(last.dataset.start) + [...last.textContent].length : null;
};

const selected = (box) => {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!box.contains(range.startContainer) || !box.contains(range.endContainer)) return null;
  const [start, end] = [offset(box, range.startContainer, range.startOffset), offset(box, range.endContainer, range.endOffset)];
  return start !== null && end !== null && start < end ? { start, end, at: range.getBoundingClientRect() } : null;
};

const menu = (root, box, uses, data, trigger) => {
  let held = null;
  uses.ariaLabel = "Use the selected words for";
  uses.replaceChildren(element("b", "", "Use for"), ...data.menu.map(({ column, label, group }) => {
    const button = Object.assign(element("button", group, label), { type: "button" });
    button.onclick = () => {
      trigger("assign", { column, start: held.start, end: held.end });
      hide();
      getSelection().removeAllRanges();
      fields(column)[0]?.scrollIntoView({ block: "nearest" });
    };
    return button;
  }));
  const hide = () => (uses.hidden = true);
  uses.onpointerdown = (event) => event.preventDefault(); // or the selection would be gone
  uses.onkeydown = (event) => {
    if (event.key === "Escape") {
      hide();
      box.focus();
    }
  };
  return {
    hide,
    enter: () => !uses.hidden && uses.querySelector("button").focus(),
    show: () => {
      held = selected(box);
      if (!held) return hide();
      uses.hidden = false;
      const outer = root.getBoundingClientRect();
      const left = Math.max(0, Math.min(held.at.left - outer.left, outer.width - uses.offsetWidth));
      const below = held.at.bottom - outer.top + 6;
      Object.assign(uses.style, { left: `${left}px`, top: `${below}px` });
    },
  };
};

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".report-text");
  const box = root.querySelector(".letters");
  const told = JSON.stringify(data);
  const isNew = drawn.get(box)?.told !== told;
  const chosenBefore = drawn.get(box)?.chosen;
  drawn.set(box, { told, chosen: data.chosen });
  if (isNew) draw(box, data, (draft) => setTriggerValue("chosen", draft));
  if (isNew && chosenBefore !== data.chosen) bringIntoView(box, box.querySelector(".told"));

  const choices = menu(root, box, root.querySelector(".uses"), data, setTriggerValue);
  const canUse = data.menu.length > 0;
  // The caret goes through the text as through one that may be written in, so that words can be selected by keyboard.
  box.contentEditable = canUse ? "true" : "false";
  box.tabIndex = 0;
  box.role = canUse ? "textbox" : "document";
  box.ariaMultiLine = canUse ? "true" : null;
  box.ariaReadOnly = canUse ? "true" : null;
  box.inputMode = "none";
  box.spellcheck = false;
  box.ariaLabel = canUse ? "Text of the report. Select words, and press Enter to say what they are." : "Text of the report";
  box.onbeforeinput = (event) => event.preventDefault();
  box.ondragstart = (event) => event.preventDefault();
  box.onkeydown = (event) => {
    if (event.key === "Escape") choices.hide();
    if (event.key !== "Enter" || event.target.closest("mark, button")) return;
    event.preventDefault();
    choices.enter();
  };

  const watch = new AbortController();
  const on = (name, act) => document.addEventListener(name, act, { signal: watch.signal });
  let isDown = false;
  let later = 0;
  const look = () => {
    clearTimeout(later);
    later = setTimeout(() => canUse && !isDown && !root.querySelector(".uses").contains(document.activeElement) && choices.show(), 60);
  };
  on("pointerdown", () => (isDown = true));
  on("pointerup", () => ((isDown = false), look()));
  on("pointercancel", () => ((isDown = false), look()));
  on("selectionchange", look);
  on("focusin", (event) => {
    const column = columnOf(event.target);
    if (!column) return;
    light(box, [column], data.marks);
    bringIntoView(box, box.querySelector("mark.lit"));
  });
  return () => watch.abort();
}
