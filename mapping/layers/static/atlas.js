// The map put together. Open it once; give it incidents as often as they change.
(function (atlas) {
  "use strict";

  const LABEL = "Map of the incidents. The table lists the same rows.";
  const PADDING = [28, 28];
  const WORTH_ZOOM = 0.5;
  const SMALLEST = 120; // a frame lower or narrower than this is not laid out yet
  const TOUCH = window.matchMedia("(pointer: coarse)").matches ? 8 : 3;

  class Atlas {
    // options: load(code, whenLoaded) fetches a country's boundaries; groups: [[label, colour], ...];
    // picked(what, latlng): called on a click; tiles, tilesAttribution: the reader's own choice, or nothing.
    constructor(map, options) {
      this.map = map;
      this.options = options;
      this.shown = Object.fromEntries(atlas.LAYERS.map(([name]) => [name, true]));
      this.ground = new atlas.Ground(options.load, () => this.redrawSoon());
      this.labels = new atlas.Labels();
      this.take(null);
      if (!atlas.motionAllowed()) keepStill(map);
      this.addPanels();
      this.addTiles();
      this.addCanvases();
      this.listen();
    }

    addTiles() {
      const { tiles, tilesAttribution } = this.options;
      if (!tiles) return;
      const words = atlas.element("span", "", tilesAttribution); // Leaflet takes it for markup
      L.tileLayer(tiles, { attribution: words.innerHTML, maxZoom: this.map.getMaxZoom() }).addTo(this.map);
    }

    addCanvases() {
      const overTiles = Boolean(this.options.tiles);
      addPane(this.map, "atlasGround", 350);
      addPane(this.map, "atlasMarks", 450);
      this.groundCanvas = new atlas.Canvas((context, view) => {
        const { counts, classes } = this;
        this.ground.paint(context, view, { counts: this.shown.shading ? counts : null, classes, vague: this.shown.pills, overTiles });
      }, { pane: "atlasGround" }).addTo(this.map);
      this.marksCanvas = new atlas.Canvas((context, view) => this.paintMarks(context, view), { pane: "atlasMarks" }).addTo(this.map);
    }

    addPanels() {
      const container = this.map.getContainer();
      container.classList.add("atlas-map");
      container.setAttribute("role", "region");
      container.setAttribute("aria-label", this.options.label || LABEL);
      this.map.attributionControl.setPrefix(false);
      L.control.scale({ imperial: false, position: "bottomright" }).addTo(this.map);
      atlas.addLayerChoice(this.map, this.shown, () => this.change());
      this.legend = new atlas.Legend(this.map, () => this.redrawSoon());
      this.tooltip = new atlas.Tooltip(this.map);
    }

    listen() {
      this.map.on("mousemove", (event) => this.hover(event));
      this.map.on("mouseout movestart zoomstart", () => this.tooltip.hide());
      this.map.on("click", (event) => this.pick(event));
      this.map.on("resize", () => this.bringInSight(false));
      L.DomEvent.on(this.map.getContainer(), "mousedown wheel touchstart keydown", () => { this.place = null; });
    }

    // What there is to draw; null: nothing. Draws it in the next frame, so that taking the old data
    // away and giving the new shows as one change.
    show(data) {
      this.take(data);
      const place = data && (data.fit || (!this.fitted && data.start));
      if (place) this.fit(place);
      this.change();
    }

    take(data) {
      const none = { n: [], precision: [], group: [], longitude: [], latitude: [], radius: [], mixed: {}, precisions: [] };
      this.data = data;
      this.groups = (data && data.groups) || this.options.groups || this.groups || [];
      this.marks = new atlas.Marks(data ? data.marks : none, this.groups);
      const provinces = data ? data.provinces : { code: [], n: [], only: [] };
      this.counts = new Map(provinces.code.map((code, i) => [code, provinces.n[i]]));
      this.pills = new Map(provinces.code.map((code, i) => [code, provinces.only[i]]).filter(([, number]) => number));
      this.classes = atlas.classesOf(provinces.n);
      this.districts = districtsOf(data);
      this.ground.counted = this.districts;
      this.ground.own = data ? data.boundaries : null;
      this.ground.atHand = new Set(data ? data.countries : []);
      this.credit();
      this.chosen = data ? { mark: data.mark, province: data.province } : {}; // province: of it, or of its district, the code
    }

    // Whose boundaries are drawn.
    credit() {
      const named = ["Natural Earth", ...(this.ground.own ? this.ground.own.credits : [])].join("; ");
      const words = atlas.element("span", "", `Boundaries: ${named}`).innerHTML; // Leaflet takes it for markup
      if (words === this.credited) return;
      if (this.credited) this.map.attributionControl.removeAttribution(this.credited);
      this.map.attributionControl.addAttribution(words);
      this.credited = words;
    }

    change() {
      this.next(() => {
        this.legend.show(this); // first: labels keep clear of it
        if (this.isDue) this.bringInSight(Boolean(this.isPlaced) && atlas.motionAllowed());
        this.groundCanvas.fadeTo();
        this.marksCanvas.fadeTo();
        this.tooltip.hide();
      });
    }

    redrawSoon() {
      if (!this.frame) this.next(() => { this.groundCanvas.redraw(); this.marksCanvas.redraw(); });
    }

    next(draw) {
      cancelAnimationFrame(this.frame);
      this.frame = requestAnimationFrame(() => {
        this.frame = null;
        draw();
      });
    }

    paintMarks(context, view) {
      const { ground, marks, shown, chosen } = this;
      const size = this.map.getSize();
      const corner = this.map.containerPointToLayerPoint([0, 0]);
      marks.drawn = [];
      if (shown.marks) marks.place(view);
      const pills = shown.pills ? this.pills : new Map();
      this.labels.paint(context, view, {
        ground, marks: marks.drawn, pills, districts: shown.pills ? this.districts : new Map(), names: shown.names, chosen: chosen.province,
        visible: L.bounds(corner, corner.add(size)), panels: this.panelBoxes(corner),
      });
      marks.paint(context);
      marks.paintChosen(context, chosen.mark);
      this.view = view;
    }

    // Where the legend and the buttons are, in layer pixels.
    panelBoxes(corner) {
      const container = this.map.getContainer();
      const { left, top } = container.getBoundingClientRect();
      return [...container.querySelectorAll(".leaflet-control")].map((panel) => panel.getBoundingClientRect())
        .map((box) => [box.left - left + corner.x, box.top - top + corner.y, box.right - left + corner.x, box.bottom - top + corner.y]);
    }

    // Move only when told to go elsewhere than last time: the reader's own moves stand. Until then
    // the place stays in sight when the frame changes its size, as it does while the page is laid out.
    fit(place) {
      const key = String(place);
      if (key === this.fitted) return;
      this.fitted = key;
      this.place = place;
      this.isDue = true;
    }

    bringInSight(animate) {
      const size = this.map.getSize();
      if (!this.place || size.x < SMALLEST || size.y < SMALLEST) return;
      const [west, south, east, north] = this.place;
      const bounds = L.latLngBounds([[south, west], [north, east]]);
      this.map.fitBounds(bounds, { paddingTopLeft: this.paddingFor(bounds), paddingBottomRight: PADDING, animate });
      this.isDue = false;
      this.isPlaced = true;
    }

    // Beside the legend, or it would lie on marks, where that costs little size.
    paddingFor(bounds) {
      const beside = L.point(this.legend.width() + PADDING[0], PADDING[1]);
      const zoom = (padding) => this.map.getBoundsZoom(bounds, false, padding.add(PADDING));
      return zoom(beside) >= zoom(L.point(PADDING)) - WORTH_ZOOM ? beside : L.point(PADDING);
    }

    hover({ layerPoint, containerPoint }) {
      if (!this.view || !this.data) return;
      const mark = this.marks.at(layerPoint, TOUCH);
      const label = mark < 0 ? this.labels.provinceAt(layerPoint) : null;
      this.map.getContainer().classList.toggle("atlas-over", mark >= 0 || label !== null);
      if (mark >= 0) return this.tooltip.showMark(this.marks, mark, containerPoint);
      const district = this.districts.has(label) && [...this.ground.atHand].flatMap((code) => this.ground.districts(code)).find(({ code }) => code === label);
      if (district) return this.tooltip.showDistrict(district.name, this.districts.get(label).n, containerPoint);
      const province = this.ground.provinces().find(({ code }) => code === label) || this.ground.provinceAt(this.view, layerPoint);
      if (!province) return this.tooltip.hide();
      const unknown = this.pills.get(province.code) || 0;
      const inDistricts = [...this.districts.values()].reduce((sum, { within }) => sum + (within[province.code] || 0), 0);
      this.tooltip.showProvince(province.name, this.counts.get(province.code) || 0, unknown - inDistricts, containerPoint, inDistricts);
    }

    pick({ layerPoint, latlng }) {
      if (!this.view || !this.data) return;
      const mark = this.marks.at(layerPoint, TOUCH);
      const province = mark < 0 ? this.labels.provinceAt(layerPoint) : null;
      if (mark < 0 && province === null) return;
      this.chosen = { mark, province };
      this.marksCanvas.redraw();
      const within = this.districts.has(province) ? Object.keys(this.districts.get(province).within)[0] : province;
      this.options.picked(mark < 0 ? { province: within } : { incident: this.data.marks.id[mark] }, latlng);
    }
  }

  // What is known to the district only: by its code how much, and in which provinces that counts.
  function districtsOf(data) {
    const held = new Map();
    const { adm2_code: codes, adm1_code: provinces, n } = (data && data.districts) || { adm2_code: [] };
    codes.forEach((code, i) => {
      const district = held.get(code) || { n: 0, within: {} };
      district.n += n[i];
      district.within[provinces[i]] = n[i];
      held.set(code, district);
    });
    return held;
  }

  // Leaflet asks nobody whether it may move.
  function keepStill(map) {
    map._zoomAnimated = false;
    map.options.inertia = false;
    map.panBy = (offset, options) => L.Map.prototype.panBy.call(map, offset, { ...options, animate: false });
  }

  function addPane(map, name, order) {
    const pane = map.createPane(name);
    pane.style.zIndex = order;
    pane.style.pointerEvents = "none";
  }

  atlas.open = (map, options) => new Atlas(map, options);
})((window.incidentAtlas = window.incidentAtlas || {}));
