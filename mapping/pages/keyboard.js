// What a button opens stands at the end of the document, a hundred steps away: Tab goes into it from its button, and
// back; Escape closes it from inside, too, where Streamlit's own controls would keep the key to themselves.
const OPENED = '[data-testid="stPopoverBody"]';
const OPENER = '[data-testid="stPopoverButton"][aria-expanded="true"]';
const STOPS = "a[href], button, input, select, summary, textarea, [tabindex]";

const stops = (root) => [...root.querySelectorAll("*")].flatMap((one) => {
  if (one.shadowRoot) return stops(one.shadowRoot);
  const place = Number(one.dataset.tabindex ?? one.tabIndex); // Streamlit puts it there while the keyboard is elsewhere
  return one.matches(STOPS) && place >= 0 && !one.disabled && one.checkVisibility() ? [one] : [];
});

const focused = (root = document) => (root.activeElement?.shadowRoot ? focused(root.activeElement.shadowRoot) : root.activeElement);

const close = (event, opener) => {
  event.preventDefault();
  event.stopPropagation();
  opener.click();
  opener.focus();
};

const step = (event) => {
  const [opened, opener] = [document.querySelector(OPENED), document.querySelector(OPENER)];
  if (!opened || !opener) return;
  if (event.key === "Escape" && opened.contains(document.activeElement)) close(event, opener);
  if (event.key !== "Tab") return;
  const [inside, at] = [stops(opened), focused()];
  const isIn = !event.shiftKey && at === opener && inside.length > 0;
  if (isIn || (event.shiftKey && at === inside[0])) {
    event.preventDefault();
    (isIn ? inside[0] : opener).focus();
  } else if (!event.shiftKey && inside.length && at === inside.at(-1)) {
    opener.focus(); // from where the browser takes its step
  }
};

export default function () {
  document.addEventListener("keydown", step, true);
  return () => document.removeEventListener("keydown", step, true);
}
