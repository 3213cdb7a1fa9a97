// How the map is drawn, as the reader chooses it: the panel, and the text that the address bar holds.
(function (atlas) {
  "use strict";

  // The first of each is the default; mapping/layers/mapstyle.py holds the same.
  const CHOICES = {
    colour: ["Colour by", [["type", "event type"], ["actor", "actor"]]],
    shade: ["Shade provinces by", [["count", "incidents"], ["fatalities", "deaths"], ["per_area", "incidents per 1,000 km²"], ["none", "nothing"]]],
    classes: ["Classes", [["quantile", "as many provinces in each"], ["equal", "equal steps"]]],
  };
  const SWITCHES = [
    ["marks", "Incidents", true],
    ["pills", "Place unknown (+4)", true],
    ["names", "Names", true],
    ["density", "Density in cells", false],
    ["sites", "Known sites", false],
    ["mismatches", "Claimed elsewhere", false],
  ];
  const SERVED = new Set(["colour", "density", "sites", "mismatches"]); // what only the server can tell

  atlas.defaultStyle = () => ({
    ...Object.fromEntries(Object.entries(CHOICES).map(([name, [, values]]) => [name, values[0][0]])),
    ...Object.fromEntries(SWITCHES.map(([name, , on]) => [name, on])),
  });

  atlas.styleText = function (style) {
    const chosen = Object.entries(CHOICES).filter(([name, [, values]]) => style[name] !== values[0][0]);
    const switched = SWITCHES.filter(([name, , on]) => style[name] !== on);
    return [...chosen.map(([name]) => `${name}:${style[name]}`), ...switched.map(([name]) => `${style[name] ? "show" : "hide"}:${name}`)].join(",");
  };

  function input(type, words, parent, act) {
    const label = atlas.element("label", "atlas-row", null, parent);
    const made = atlas.element("input", "", null, label);
    made.type = type;
    made.addEventListener("change", () => act(made));
    atlas.element("span", "", words, label);
    return made;
  }

  function fieldset(words, parent) {
    const made = atlas.element("fieldset", "atlas-fieldset", null, parent);
    atlas.element("legend", "atlas-heading", words, made);
    return made;
  }

  // The layers panel. isServed: whether there is a server to ask for what is not here; changed(style).
  atlas.StylePanel = class {
    constructor(map, isServed, changed) {
      this.style = atlas.defaultStyle();
      this.changed = changed;
      this.inputs = [];
      const { box, body } = atlas.foldable("Layers", "atlas-choice", false);
      const offered = (name) => isServed || !SERVED.has(name);
      this.addSwitches(fieldset("Show", body), SWITCHES.filter(([name]) => offered(name)));
      for (const [name, [title, values]] of Object.entries(CHOICES)) if (offered(name)) this.addChoice(fieldset(title, body), name, values);
      atlas.control("topright", box).addTo(map);
    }

    addSwitches(parent, switches) {
      for (const [name, words] of switches) {
        const made = input("checkbox", words, parent, ({ checked }) => this.set(name, checked));
        this.inputs.push(() => { made.checked = this.style[name]; });
      }
      this.inputs.forEach((follow) => follow());
    }

    addChoice(parent, name, values) {
      for (const [value, words] of values) {
        const made = input("radio", words, parent, () => this.set(name, value));
        made.name = `atlas-${name}`;
        this.inputs.push(() => { made.checked = this.style[name] === value; });
      }
      this.inputs.forEach((follow) => follow());
    }

    set(name, value) {
      this.style = { ...this.style, [name]: value };
      this.waiting = atlas.styleText(this.style);
      this.changed(this.style, this.waiting);
    }

    // What the server was told, or another page's address says; what the reader chose meanwhile stands.
    follow(style) {
      if (this.waiting !== undefined && atlas.styleText(style) !== this.waiting) return;
      this.waiting = undefined;
      this.style = style;
      this.inputs.forEach((follow) => follow());
    }
  };
})((window.incidentAtlas = window.incidentAtlas || {}));
