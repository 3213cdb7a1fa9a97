// Drawing a shape to filter by: a polygon by its corners, a circle by its centre and radius; and the shape that is filtered by.
(function (atlas) {
  "use strict";

  const ACCENT = "#0b5d5e";
  const TINT = "rgba(11, 93, 94, 0.08)";
  const EARTH_KM = 6371.0088;
  const CORNERS = 96; // of a circle as it is drawn
  const CLOSE = 6; // pixels: the second click of two is no corner
  const LEAST_KM = 0.1;
  const STEP = 0.5; // degrees of latitude
  const TOOLS = [
    ["polygon", "Draw an area", "M4 9 L10 3 L17 8 L14 16 L5 15 Z"],
    ["circle", "Draw a circle", "M10 3 A7 7 0 1 1 9.99 3 Z"],
  ];
  const HINTS = {
    polygon: "Click the corners of the area. A double click or Enter closes it, Escape gives up.",
    circle: "Press at the centre and drag to the edge, or write both here. Escape gives up.",
  };

  // The ring of a circle on the globe, longitudes and latitudes in turn.
  function ringOf(longitude, latitude, km) {
    const [phi, arc] = [(latitude * Math.PI) / 180, km / EARTH_KM];
    const ring = [];
    for (let i = 0; i <= CORNERS; i++) {
      const bearing = (2 * Math.PI * i) / CORNERS;
      const sine = Math.sin(phi) * Math.cos(arc) + Math.cos(phi) * Math.sin(arc) * Math.cos(bearing);
      const turn = Math.atan2(Math.sin(bearing) * Math.sin(arc) * Math.cos(phi), Math.cos(arc) - Math.sin(phi) * sine);
      ring.push(longitude + (turn * 180) / Math.PI, (Math.asin(sine) * 180) / Math.PI);
    }
    return ring;
  }

  // The rings of a shape as the filter writes it: POLYGON ((…)), MULTIPOLYGON (((…))) or CIRCLE (longitude latitude, km).
  function ringsOf(words) {
    const numbers = (part) => (part.match(/-?\d+(\.\d*)?(e[-+]?\d+)?/gi) || []).map(Number);
    if (/^\s*CIRCLE/i.test(words)) {
      const [longitude, latitude, km] = numbers(words);
      return km > 0 ? [ringOf(longitude, latitude, km)] : [];
    }
    return words.split(")").map(numbers).filter((ring) => ring.length > 5 && ring.length % 2 === 0);
  }

  const inWorld = (ring) => ring.reduce((points, value, i) => (i % 2 ? points : [...points, atlas.project(value, ring[i + 1])]), []);

  // The filter's edges are straight in degrees, and so a little bent on this map: drawn otherwise they would hold other incidents.
  function bent(ring) {
    const points = ring.slice(0, 2);
    for (let i = 2; i < ring.length; i += 2) {
      const [across, up] = [ring[i] - ring[i - 2], ring[i + 1] - ring[i - 1]];
      const steps = Math.max(1, Math.ceil(Math.abs(up) / STEP));
      for (let step = 1; step <= steps; step++) points.push(ring[i - 2] + (across * step) / steps, ring[i - 1] + (up * step) / steps);
    }
    return points;
  }

  // What of a ring lies to one side of a meridian: 1 for the east, -1 for the west.
  function cut(ring, meridian, side) {
    return ring.flatMap(([x, y], i) => {
      const [lastX, lastY] = ring.at(i - 1);
      const [isIn, wasIn] = [(x - meridian) * side >= 0, (lastX - meridian) * side >= 0];
      const border = isIn === wasIn ? [] : [[meridian, lastY + ((meridian - lastX) / (x - lastX)) * (y - lastY)]];
      return isIn ? [...border, [x, y]] : border;
    });
  }

  function trace(context, rings, { scale, top }, shift) {
    context.beginPath();
    for (const ring of rings) {
      ring.forEach(([x, y], i) => context[i ? "lineTo" : "moveTo"](x * scale + shift, y * scale + top));
    }
  }

  function stroke(context, dash) {
    context.setLineDash(dash);
    for (const [width, colour] of [[4, "rgba(255, 255, 255, 0.85)"], [1.75, ACCENT]]) {
      context.lineWidth = width;
      context.strokeStyle = colour;
      context.stroke();
    }
    context.setLineDash([]);
  }

  atlas.parts.push(class Tools {
    constructor(shell) {
      this.shell = shell;
      this.rings = [];
      if (!shell.options.tools) return;
      this.addButtons();
      this.addForm();
      this.listen();
    }

    addButtons() {
      const box = atlas.element("div", "leaflet-bar atlas-tools");
      this.buttons = Object.fromEntries(TOOLS.map(([mode, words, path]) => {
        const button = atlas.element("button", "", null, box);
        button.type = "button";
        button.title = words;
        button.setAttribute("aria-label", words);
        button.setAttribute("aria-pressed", "false");
        button.innerHTML = `<svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true"><path d="${path}" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linejoin="round"/></svg>`;
        button.addEventListener("click", () => (this.mode === mode ? this.stop() : this.start(mode)));
        return [mode, button];
      }));
      L.DomEvent.disableClickPropagation(box);
      atlas.control("topleft", box).addTo(this.shell.map);
    }

    addForm() {
      this.form = atlas.element("form", "atlas-panel atlas-drawing", null, this.shell.map.getContainer());
      this.hint = atlas.element("div", "", "", this.form);
      this.hint.setAttribute("role", "status");
      this.fields = atlas.element("div", "atlas-fields", null, this.form);
      this.numbers = [["Latitude", -90, 90], ["Longitude", -180, 180], ["Radius in km", LEAST_KM, 5000]].map(([words, min, max]) => {
        const label = atlas.element("label", "", words, this.fields);
        const input = atlas.element("input", "", null, label);
        Object.assign(input, { type: "number", min, max, step: "any", required: true });
        return input;
      });
      const buttons = atlas.element("div", "atlas-buttons", null, this.form);
      this.done = atlas.element("button", "atlas-primary", "", buttons);
      const cancel = atlas.element("button", "atlas-plain", "Cancel", buttons);
      cancel.type = "button";
      cancel.addEventListener("click", () => this.stop());
      this.form.hidden = true;
      this.form.noValidate = false;
      this.form.addEventListener("submit", (event) => { event.preventDefault(); this.finish(); });
      this.form.addEventListener("input", () => this.readNumbers());
      this.form.addEventListener("keydown", (event) => { event.stopPropagation(); this.key(event); });
      L.DomEvent.disableClickPropagation(this.form);
      L.DomEvent.disableScrollPropagation(this.form);
    }

    listen() {
      const { map } = this.shell;
      map.on("click", ({ latlng }) => this.mode === "polygon" && this.addCorner(latlng));
      map.on("dblclick", () => this.mode === "polygon" && this.finish());
      map.on("mousemove", ({ latlng }) => this.mode === "polygon" && this.follow(latlng));
      const box = map.getContainer();
      box.addEventListener("pointerdown", (event) => this.press(event));
      box.addEventListener("pointermove", (event) => this.drag(event));
      box.addEventListener("pointerup", () => this.release());
      document.addEventListener("keydown", (event) => this.mode && this.key(event));
    }

    key(event) {
      const isInField = event.target.closest && event.target.closest("button, input");
      if (event.key === "Escape") this.stop();
      else if (event.key === "Enter" && this.mode === "polygon" && !isInField) this.finish();
    }

    start(mode) {
      this.stop();
      const { map } = this.shell;
      this.mode = mode;
      this.corners = [];
      this.shell.isBusy = true;
      map.doubleClickZoom.disable();
      if (mode === "circle") map.dragging.disable();
      map.getContainer().classList.add("atlas-is-drawing");
      this.buttons[mode].setAttribute("aria-pressed", "true");
      this.form.hidden = false;
      this.fields.hidden = mode !== "circle";
      this.numbers.forEach((input) => { input.disabled = mode !== "circle"; input.value = ""; });
      this.hint.textContent = HINTS[mode];
      this.showDone();
      if (mode === "circle") this.numbers[0].focus({ preventScroll: true });
    }

    stop() {
      if (!this.mode) return;
      const { map } = this.shell;
      const isFocused = this.form.contains(document.activeElement);
      if (isFocused) this.buttons[this.mode].focus();
      this.buttons[this.mode].setAttribute("aria-pressed", "false");
      this.mode = this.centre = this.km = this.pointer = null;
      this.isPressed = false;
      this.corners = [];
      this.form.hidden = true;
      map.dragging.enable();
      map.doubleClickZoom.enable();
      map.getContainer().classList.remove("atlas-is-drawing");
      setTimeout(() => { this.shell.isBusy = Boolean(this.mode); }, 0); // the click that ends it picks nothing
      this.shell.redrawSoon();
    }

    showDone() {
      const isReady = this.mode === "circle" ? this.km >= LEAST_KM : this.corners.length > 2;
      this.done.disabled = !isReady;
      const km = this.km ? ` of ${this.km < 10 ? this.km.toFixed(1) : Math.round(this.km)} km` : "";
      this.done.textContent = this.mode === "circle" ? `Keep what is in the circle${km}` : "Keep what is in the area";
    }

    addCorner(latlng) {
      const { map } = this.shell;
      const last = this.corners[this.corners.length - 1];
      const isSame = last && map.latLngToContainerPoint(last).distanceTo(map.latLngToContainerPoint(latlng)) < CLOSE;
      if (!isSame) this.corners.push(latlng);
      this.showDone();
      this.shell.redrawSoon();
    }

    follow(latlng) {
      this.pointer = latlng;
      this.shell.redrawSoon();
    }

    press(event) {
      if (this.mode !== "circle" || event.target.closest(".leaflet-control, .atlas-panel")) return;
      this.isPressed = true;
      this.centre = this.shell.map.mouseEventToLatLng(event);
      this.km = 0;
    }

    drag(event) {
      if (!this.isPressed) return;
      const { map } = this.shell;
      this.km = map.distance(this.centre, map.mouseEventToLatLng(event)) / 1000;
      const { lat, lng } = this.centre.wrap();
      [lat.toFixed(4), lng.toFixed(4), this.km.toFixed(1)].forEach((words, i) => { this.numbers[i].value = words; });
      this.showDone();
      this.shell.redrawSoon();
    }

    release() {
      if (!this.isPressed) return;
      this.isPressed = false;
      if (this.km >= LEAST_KM) this.finish();
    }

    readNumbers() {
      const [latitude, longitude, km] = this.numbers.map(({ value, validity }) => (value !== "" && validity.valid ? Number(value) : null));
      this.centre = latitude === null || longitude === null ? null : L.latLng(latitude, longitude);
      this.km = this.centre && km;
      this.showDone();
      this.shell.redrawSoon();
    }

    finish() {
      const words = this.mode === "circle" ? this.circleText() : this.polygonText();
      if (!words) return;
      this.rings = ringsOf(words).map(bent).map(inWorld); // until the page has it
      this.stop();
      this.shell.tell({ drawn: words });
    }

    circleText() {
      if (!this.centre || !(this.km >= LEAST_KM)) return null;
      const { lat, lng } = this.centre.wrap();
      return `CIRCLE (${Number(lng.toFixed(4))} ${Number(lat.toFixed(4))}, ${Number(this.km.toFixed(this.km < 10 ? 2 : 1))})`;
    }

    // In two parts where it crosses 180°; it may be drawn on another copy of the world.
    polygonText() {
      if (this.corners.length < 3) return null;
      const turn = 360 * Math.round(this.corners[0].lng / 360);
      const parts = [turn, turn - 360, turn + 360].map((turned) => {
        const ring = this.corners.map(({ lat, lng }) => [lng - turned, lat]);
        return cut(cut(ring, -180, 1), 180, -1).map((point) => point.map((degrees) => Number(degrees.toFixed(4))).join(" "));
      });
      const rings = parts.filter((points) => new Set(points).size > 2).map((points) => `((${[...points, points[0]].join(", ")}))`);
      return rings.length === 1 ? `POLYGON ${rings[0]}` : `MULTIPOLYGON (${rings.join(", ")})`;
    }

    take(data) { this.rings = data ? ringsOf(data.within || "").map(bent).map(inWorld) : []; }

    paintGround(context, view) {
      for (const shift of this.rings.length ? view.shifts : []) {
        trace(context, this.rings, view, shift);
        context.fillStyle = TINT;
        context.fill("evenodd");
        stroke(context, []);
      }
    }

    // What is being drawn.
    paintOver(context, view) {
      if (!this.mode) return;
      const corners = [...this.corners, ...(this.pointer && this.corners.length ? [this.pointer] : [])];
      const isCircle = this.mode === "circle" && this.centre && this.km > 0;
      const ring = isCircle ? ringOf(this.centre.lng, this.centre.lat, this.km) : corners.flatMap(({ lat, lng }) => [lng, lat]);
      const world = inWorld(isCircle ? ring : bent([...ring, ...ring.slice(0, 2)]));
      const shift = -this.shell.map.getPixelOrigin().x;
      trace(context, [world], view, shift);
      stroke(context, [6, 4]);
      context.fillStyle = ACCENT;
      for (const [x, y] of isCircle ? [] : inWorld(ring)) context.fillRect(x * view.scale + shift - 3, y * view.scale + view.top - 3, 6, 6);
    }

    explain(legend) {
      if (this.rings.length) legend.row((context) => { context.beginPath(); context.roundRect(4, 6, 22, 12, 3); stroke(context, []); }, "the area that is filtered by");
    }
  });
})((window.incidentAtlas = window.incidentAtlas || {}));
