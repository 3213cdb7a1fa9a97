// What the reader sees: told to the page where it asks, kept in the address, counted against what lies outside.
(function (atlas) {
  "use strict";

  const PAUSE_MS = 250; // after the last move
  const ANOTHER_ZOOM = 0.5; // so far cells of one size are good
  const SWITCH = "Only what is in view";
  const number = (value) => value.toLocaleString("en");
  const turned = (longitude) => ((((longitude + 180) % 360) + 360) % 360) - 180;

  // Quick taps on two buttons are no double click on the map below them, as which Leaflet takes them.
  const zoomIn = L.Map.DoubleClickZoom.prototype._onDoubleClick;
  L.Map.DoubleClickZoom.prototype._onDoubleClick = function (event) {
    if (!event.originalEvent.target.closest(".leaflet-control, .atlas-panel")) zoomIn.call(this, event);
  };

  atlas.parts.push(class Sight {
    constructor(shell) {
      this.shell = shell;
      if (shell.options.tools) this.addSwitch();
      shell.map.on("moveend resize", () => this.soon());
    }

    addSwitch() {
      const box = atlas.element("label", "atlas-panel atlas-switch");
      this.input = atlas.element("input", "", null, box);
      this.input.type = "checkbox";
      this.input.setAttribute("aria-label", SWITCH);
      atlas.element("span", "atlas-long", SWITCH, box);
      atlas.element("span", "atlas-short", "In view", box);
      this.input.addEventListener("change", () => this.turn());
      L.DomEvent.disableClickPropagation(box);
      atlas.control("topright", box).addTo(this.shell.map);
    }

    get isFiltering() { return Boolean(this.input && this.input.checked); }

    turn() {
      this.isWaiting = true; // what the server said before does not turn it back
      this.told = this.isFiltering ? String(this.view()) : null;
      this.shell.tell({ in_view: this.isFiltering, view: this.isFiltering ? this.view() : null });
    }

    take(data) {
      if (!data) return;
      if (this.input && this.isWaiting && data.in_view === this.input.checked) this.isWaiting = false;
      if (this.input && !this.isWaiting) this.input.checked = data.in_view;
      this.soon();
    }

    soon() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.settled(), PAUSE_MS);
    }

    settled() {
      const { shell } = this;
      if (!shell.data || !shell.isPlaced || !shell.view || shell.map._animatingZoom) return;
      shell.legend.show(shell); // it counts what lies outside
      const isOwn = !shell.place; // the reader's own move, not ours
      if (isOwn) this.keep();
      if (shell.options.tools && ((isOwn && this.isFiltering) || !this.isEnough())) this.report();
    }

    // The same view is told once: no answer to it makes the map ask again.
    report() {
      const view = this.view();
      if (String(view) === this.told) return;
      this.told = String(view);
      this.shell.tell(this.isFiltering ? { view, in_view: true } : { view });
    }

    // West, south, east, north and zoom, to about a pixel.
    view() {
      const bounds = this.shell.map.getBounds();
      const zoom = this.shell.map.getZoom();
      const digits = Math.max(1, Math.ceil((zoom + 0.5) * Math.log10(2)));
      const edges = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
      return [...edges.map((edge) => Number(edge.toFixed(digits))), Number(zoom.toFixed(1))];
    }

    // Whether the data were made for what is in sight.
    isEnough() {
      const { seen } = this.shell.data;
      if (!seen) return true;
      const [west, south, east, north, zoom] = this.view();
      if (seen.zoom !== null && Math.abs(zoom - seen.zoom) > ANOTHER_ZOOM) return false;
      const [left, bottom, right, top] = seen.box;
      const isHigh = south >= bottom || bottom <= -85;
      const isLow = north <= top || top >= 85;
      return isHigh && isLow && (right - left >= 360 || [-360, 0, 360].some((turn) => west + turn >= left && east + turn <= right));
    }

    // The address says where the map stands, so that a copy of it opens there.
    keep() {
      if (!this.shell.options.tools) return;
      const { lat, lng } = this.shell.map.getCenter();
      this.shell.options.noted?.("at", [lat.toFixed(4), turned(lng).toFixed(4), this.shell.map.getZoom().toFixed(1)]);
    }

    // How many incidents that have a place lie in sight; cells count whole.
    countInView() {
      const { shell } = this;
      const corner = shell.map.containerPointToLayerPoint([0, 0]);
      const bounds = L.bounds(corner, corner.add(shell.map.getSize()));
      const { data } = shell.marks;
      const met = new Set();
      if (shell.style.marks) for (const [i, x, y] of shell.marks.drawn) if (bounds.contains([x, y])) met.add(i);
      const inCells = shell.parts.reduce((sum, part) => sum + (part.countIn ? part.countIn(shell.view, bounds) : 0), 0);
      return [...met].reduce((sum, i) => sum + data.n[i], inCells);
    }

    explain(legend) {
      const { data, style, view, isPlaced } = this.shell;
      if (!data || !data.counts || !style.marks || !view || !isPlaced) return;
      const { rows, placed, vague } = data.counts;
      const inView = this.countInView();
      const outside = placed - inView;
      if (data.seen) {
        const parts = [[inView, "in this view"], [outside, "outside it"], [vague, "in a province only"], [rows - placed - vague, "not on the map"]];
        legend.note(`Of ${atlas.sayIncidents(rows)}: ${parts.filter(([n]) => n).map(([n, words]) => `${number(n)} ${words}`).join(", ")}.`);
      } else if (outside) legend.note(`${number(outside)} outside this view`);
      if (outside && data.whole) legend.offer(`Show all ${number(placed)}`, () => this.shell.showAll(data.whole));
    }
  });
})((window.incidentAtlas = window.incidentAtlas || {}));
