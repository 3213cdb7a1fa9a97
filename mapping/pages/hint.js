// Three lines for whoever is here for the first time; this browser remembers that they were read.
const READ = "incident-atlas.hint-read";

// A browser may forbid a page to remember: then the hint stands each time.
const remembered = () => {
  try { return localStorage.getItem(READ) === "yes"; } catch { return false; }
};

export default function ({ parentElement }) {
  const box = parentElement.querySelector("aside");
  box.hidden = remembered();
  box.querySelector("button").onclick = () => {
    box.hidden = true;
    try { localStorage.setItem(READ, "yes"); } catch { /* then it stands again next time */ }
  };
}
