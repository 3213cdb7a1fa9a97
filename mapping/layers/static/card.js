// The card of the exported page: all that is known of the chosen incident, and who says so.
(function (atlas) {
  "use strict";

  const { element } = atlas;

  atlas.addLink = function (address, words, parent) {
    if (!/^https?:\/\//i.test(address)) return element("span", "", words, parent);
    const link = element("a", "", words, parent);
    link.href = address;
    link.rel = "noopener noreferrer";
    return link;
  };

  atlas.Card = class {
    // chosen(i): called when the reader steps to another incident.
    constructor(root, data, rows, chosen) {
      this.columns = data.columns;
      this.rows = rows;
      this.picked = chosen;
      this.box = element("section", "card", null, root);
      this.box.setAttribute("aria-label", "The chosen incident");
      this.box.tabIndex = 0; // it scrolls
    }

    show(chosen, kept) {
      this.box.replaceChildren();
      const at = chosen === null ? -1 : kept.indexOf(chosen);
      this.box.classList.toggle("empty", at < 0);
      if (at < 0) {
        element("h2", "", "No incident chosen", this.box);
        element("p", "muted", "Click a mark on the map or a row of the table to read what is known about it, and who says so.", this.box);
        return;
      }
      this.addSteps(at, kept);
      const named = (name) => this.rows.said(name, chosen);
      element("h2", "", [(named("event_type") || "other").replace(/^other$/, "incident"), named("place") || named("adm1_name")].filter(Boolean).join(", "), this.box);
      if (named("summary")) element("p", "", named("summary"), this.box);
      this.addFacts(chosen);
    }

    addSteps(at, kept) {
      const steps = element("div", "steps", null, this.box);
      const step = (words, label, next) => {
        const button = element("button", "plain", words, steps);
        button.type = "button";
        button.setAttribute("aria-label", label);
        button.disabled = next < 0 || next >= kept.length;
        button.addEventListener("click", () => this.picked(kept[next]));
      };
      step("‹", "Previous", at - 1);
      element("span", "muted", `${(at + 1).toLocaleString("en")} of ${kept.length.toLocaleString("en")}`, steps);
      step("›", "Next", at + 1);
    }

    addFacts(chosen) {
      let group = null;
      let list = null;
      for (const [name, heading] of this.columns) {
        const words = this.rows.said(name, chosen);
        if (words === null || name === "summary") continue;
        if (heading !== group) {
          group = heading;
          element("h3", "", heading, this.box);
          list = element("dl", "", null, this.box);
        }
        element("dt", "", name.replaceAll("_", " "), list);
        const told = atlas.addLink(words, words, element("dd", "", null, list));
        if (name === "geo_reason") told.dir = "ltr"; // English, though a name that it begins with be Arabic
      }
    }
  };
})((window.incidentAtlas = window.incidentAtlas || {}));
