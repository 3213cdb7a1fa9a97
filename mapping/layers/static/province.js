// A click into a province offers to show it alone. It asks first: most such clicks are meant for the map.
(function (atlas) {
  "use strict";

  const GAP = 14;

  atlas.parts.push(class Province {
    constructor(shell) {
      this.shell = shell;
      this.box = atlas.element("div", "atlas-offer", null, shell.map.getContainer());
      this.box.hidden = true;
      L.DomEvent.disableClickPropagation(this.box);
      shell.map.on("movestart zoomstart resize", () => this.hide());
      L.DomEvent.on(shell.map.getContainer(), "keydown", ({ key }) => key === "Escape" && this.hide());
    }

    hide() { this.box.hidden = true; }

    take() { this.hide(); }

    pick({ layerPoint, containerPoint, latlng }) {
      const province = this.shell.ground.provinceAt(this.shell.view, layerPoint);
      const number = province ? this.shell.counts.get(province.code) || 0 : 0;
      if (!number) {
        this.hide();
        return false;
      }
      this.box.replaceChildren();
      atlas.element("div", "atlas-tooltip-title", province.name, this.box);
      atlas.element("div", "", atlas.sayIncidents(number), this.box);
      const button = atlas.element("button", "", "Show this province alone", this.box);
      button.type = "button";
      button.addEventListener("click", () => {
        this.hide();
        this.shell.tell({ province: province.code }, latlng);
      });
      this.putBeside(containerPoint);
      return true;
    }

    // Left of the pointer: what it is over is said at its right.
    putBeside({ x, y }) {
      this.box.hidden = false;
      const size = this.shell.map.getSize();
      const { offsetWidth: width, offsetHeight: height } = this.box;
      const left = x - GAP - width >= 4 ? x - GAP - width : Math.min(x + GAP, size.x - width - 4);
      const top = Math.max(4, Math.min(y - height / 2, size.y - height - 4));
      this.box.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
    }
  });
})((window.incidentAtlas = window.incidentAtlas || {}));
