// The map put together. Open it once; give it incidents as often as they change.
(function (atlas) {
  "use strict";

  const LABEL = "Map of the incidents. The table lists the same rows.";
  const PADDING = [28, 28];
  const WORTH_ZOOM = 0.5; // that nothing lies on the marks
  const SMALLEST = 120; // a frame lower or narrower than this is not laid out yet
  const TOUCH = window.matchMedia("(pointer: coarse)").matches ? 8 : 3;

  class Atlas {
    // options: load(code, whenLoaded) fetches a country's boundaries; groups: [[label, colour], ...], unless the
    // data bring theirs; picked(what, latlng): called with what the reader does; noted(name, values):
    // with what the address is to hold, where there is one; tools: whether a server listens that can filter and colour anew.
    constructor(map, options) {
      this.map = map;
      this.moves = 0;
      this.options = options;
      this.style = atlas.defaultStyle();
      this.ground = new atlas.Ground(options.load, () => this.redrawSoon());
      this.labels = new atlas.Labels();
      this.room = { top: 0, bottom: 0 }; // pixels that a part takes from the map
      if (!atlas.motionAllowed()) keepStill(map);
      this.addPanels();
      this.parts = atlas.parts.map((Part) => new Part(this));
      this.take(null);
      this.addCanvases();
      this.listen();
    }

    tell(what, latlng = this.map.getCenter()) { this.options.picked(what, latlng); }

    // Every part that has something to do of this name, in order.
    each(name, ...given) { for (const part of this.parts) if (part[name]) part[name](...given); }

    // The first answer of a part, of those that lie over the marks or of those below.
    ask(name, isOver, event) {
      for (const part of this.parts) {
        const answer = part[name] && Boolean(part.isOver) === isOver && part[name](event);
        if (answer) return answer;
      }
      return null;
    }

    addCanvases() {
      addPane(this.map, "atlasGround", 350);
      addPane(this.map, "atlasMarks", 450);
      this.groundCanvas = new atlas.Canvas((context, view) => this.paintGround(context, view), { pane: "atlasGround" }).addTo(this.map);
      this.marksCanvas = new atlas.Canvas((context, view) => this.paintMarks(context, view), { pane: "atlasMarks" }).addTo(this.map);
    }

    addPanels() {
      const container = this.map.getContainer();
      container.classList.add("atlas-map");
      container.setAttribute("role", "region");
      container.setAttribute("aria-label", this.options.label || LABEL);
      this.map.attributionControl.setPrefix(false);
      L.control.scale({ imperial: false, position: "bottomright" }).addTo(this.map);
      this.panel = new atlas.StylePanel(this.map, Boolean(this.options.tools), (style, words) => this.restyle(style, words));
      this.legend = new atlas.Legend(this.map, () => this.redrawSoon());
      this.tooltip = new atlas.Tooltip(this.map);
    }

    listen() {
      this.map.on("mousemove", (event) => this.hover(event));
      this.map.on("mouseout movestart zoomstart", () => this.tooltip.hide());
      this.map.on("click", (event) => this.pick(event));
      this.map.on("resize", () => this.bringInSight(false));
      // Before anything else hears of it: the buttons for the zoom keep theirs to themselves.
      const own = () => { this.place = null; };
      for (const act of ["mousedown", "wheel", "touchstart", "keydown"]) this.map.getContainer().addEventListener(act, own, { capture: true, passive: true });
    }

    // The reader has chosen another style: what is here is drawn at once, the rest comes from the server.
    restyle(style, words) {
      this.style = style;
      this.shading = new atlas.Shading(this.provinces, style, this.data?.shadedBy);
      this.change();
      if (this.options.tools) this.tell({ style: words });
    }

    // What there is to draw; null: nothing. Draws it in the next frame, so that taking the old data
    // away and giving the new shows as one change.
    show(data) {
      this.take(data);
      if (data && data.at && (!this.fitted || data.at[3] > this.moves)) this.settleAt(data);
      const place = data && (data.fit || (!this.fitted && data.start));
      if (place) this.fit(place);
      this.change();
    }

    take(data) {
      const none = { n: [], precision: [], group: [], longitude: [], latitude: [], radius: [], mixed: {}, precisions: [] };
      this.data = data;
      if (data && data.style) this.panel.follow(data.style);
      this.style = this.panel.style;
      this.groups = (data && data.groups) || this.options.groups || [];
      this.marks = new atlas.Marks(data ? data.marks : none, this.groups);
      this.provinces = data ? data.provinces : { code: [], n: [], only: [] };
      this.shading = new atlas.Shading(this.provinces, this.style, data?.shadedBy);
      const { code, n, only } = this.provinces;
      this.counts = new Map(code.map((one, i) => [one, n[i]]));
      this.pills = new Map(code.map((one, i) => [one, only[i]]).filter(([, number]) => number));
      this.districts = atlas.districtsOf(data);
      this.ground.counted = this.districts;
      this.ground.own = data ? data.boundaries : null;
      this.ground.atHand = new Set(data ? data.countries : []);
      this.credit();
      this.chosen = data ? { mark: data.mark, province: data.province, position: data.position } : {}; // province: of it, or of its district, the code
      this.each("take", data);
      this.each("taken", data);
    }

    credits() { return `Boundaries: ${["Natural Earth", ...(this.ground.own ? this.ground.own.credits : [])].join("; ")}`; }

    // Whose boundaries are drawn.
    credit() {
      const words = atlas.element("span", "", this.credits()).innerHTML; // Leaflet takes it for markup
      if (words === this.credited) return;
      if (this.credited) this.map.attributionControl.removeAttribution(this.credited);
      this.map.attributionControl.addAttribution(words);
      this.credited = words;
    }

    // What the legend explains: all that is here, or, while a part plays some of it, what may be seen of that.
    explained() { return this.parts.map((part) => part.explained && part.explained()).find(Boolean) || this; }

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

    paintGround(context, view) {
      this.ground.paint(context, view, { shading: this.shading, vague: this.style.pills });
      this.each("paintGround", context, view);
    }

    paintMarks(context, view) {
      const size = this.map.getSize();
      const corner = this.map.containerPointToLayerPoint([0, 0]);
      this.paintView(context, view, L.bounds(corner, corner.add(size)), this.panelBoxes(corner));
    }

    // Marks and words. visible: the part of the view that is seen; panels: boxes of what covers some of that.
    paintView(context, view, visible, panels) {
      const { ground, marks, style, chosen } = this;
      marks.drawn = [];
      if (style.marks) marks.place(view);
      const pills = style.pills ? this.pills : new Map();
      this.each("paintUnder", context, view);
      const placed = this.parts.flatMap((part) => (part.place ? part.place(view) : []));
      this.labels.paint(context, view, {
        ground, marks: [...marks.drawn, ...placed], pills, districts: style.pills ? this.districts : new Map(), names: style.names, chosen: chosen.province,
        visible, panels,
      });
      this.each("paint", context, view);
      marks.paint(context);
      marks.paintChosen(context, chosen.mark);
      if (chosen.position) this.ringAt(context, view, chosen.position);
      this.each("paintOver", context, view);
      this.view = view;
    }

    // Around the chosen one where no mark stands for it, among cells.
    ringAt(context, { scale, shifts, top }, [longitude, latitude]) {
      const [x, y] = atlas.project(longitude, latitude);
      for (const shift of shifts) atlas.ring(context, x * scale + shift, y * scale + top, 4);
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

    // The map opens where its reader left it, or another sent it: no `fit` of the same moment moves it.
    // The fourth number of `at` counts how often it was sent elsewhere.
    settleAt({ at, fit }) {
      this.moves = at[3] || 0;
      this.fitted = String(fit || at);
      this.place = { opening: at };
      this.isDue = true;
    }

    // All of west, south, east and north, as the reader asked.
    showAll(place) {
      this.place = place;
      this.bringInSight(atlas.motionAllowed());
      this.place = null;
    }

    bringInSight(animate) {
      const size = this.map.getSize();
      if (!this.place || size.x < SMALLEST || size.y < SMALLEST) return;
      if (this.place.opening) {
        const [latitude, longitude, zoom] = this.place.opening;
        this.map.setView([latitude, longitude], zoom, { animate: false });
        this.isDue = false;
        this.isPlaced = true;
        return;
      }
      const [west, south, east, north] = this.place;
      const bounds = L.latLngBounds([[south, west], [north, east]]);
      const [left, right] = this.paddingsFor(bounds);
      this.map.fitBounds(bounds, { paddingTopLeft: left.add([0, this.room.top]), paddingBottomRight: right.add([0, this.room.bottom]), animate });
      this.isDue = false;
      this.isPlaced = true;
    }

    // Beside the legend and the tools, or they would lie on marks, where that costs little size.
    paddingsFor(bounds) {
      const edge = L.point(PADDING);
      const [legend, tools] = [this.legend.width(), this.map._controlCorners.topright.offsetWidth].map((width) => edge.add([width, 0]));
      const zoom = ([left, right]) => this.map.getBoundsZoom(bounds, false, left.add(right));
      return [[legend, tools], [legend, edge]].find((sides) => zoom(sides) >= zoom([edge, edge]) - WORTH_ZOOM) || [edge, edge];
    }

    hover(event) {
      const { layerPoint, containerPoint, originalEvent } = event;
      const isOnPanel = originalEvent && originalEvent.target.closest(".leaflet-control, .atlas-panel");
      if (!this.view || !this.data || this.isBusy || isOnPanel) return this.tooltip.hide();
      const over = this.ask("hover", true, event);
      const mark = over ? -1 : this.marks.at(layerPoint, TOUCH);
      const label = over || mark >= 0 ? null : this.labels.provinceAt(layerPoint);
      const below = over || mark >= 0 || label !== null ? null : this.ask("hover", false, event);
      const words = over || below;
      this.map.getContainer().classList.toggle("atlas-over", mark >= 0 || label !== null || Boolean(words && words.isButton));
      if (mark >= 0) return this.tooltip.showMark(this.marks, mark, containerPoint);
      if (words) return this.tooltip.show(words, containerPoint);
      this.hoverProvince(label, layerPoint, containerPoint);
    }

    hoverProvince(label, layerPoint, containerPoint) {
      const district = this.districts.has(label) && [...this.ground.atHand].flatMap((code) => this.ground.districts(code)).find(({ code }) => code === label);
      if (district) return this.tooltip.showDistrict(district.name, this.districts.get(label).n, containerPoint);
      const province = this.ground.provinces().find(({ code }) => code === label) || this.ground.provinceAt(this.view, layerPoint);
      if (!province) return this.tooltip.hide();
      const unknown = this.pills.get(province.code) || 0;
      const inDistricts = [...this.districts.values()].reduce((sum, { within }) => sum + (within[province.code] || 0), 0);
      const number = this.counts.get(province.code) || 0;
      this.tooltip.showProvince(province.name, number, unknown - inDistricts, containerPoint, inDistricts, this.shading.lines(province.code));
    }

    pick(event) {
      if (!this.view || !this.data || this.isBusy || this.ask("pick", true, event)) return;
      const { layerPoint, latlng } = event;
      const mark = this.marks.at(layerPoint, TOUCH);
      const province = mark < 0 ? this.labels.provinceAt(layerPoint) : null;
      if (mark < 0 && province === null) return void this.ask("pick", false, event);
      this.chosen = { mark, province };
      this.marksCanvas.redraw();
      const within = this.districts.has(province) ? Object.keys(this.districts.get(province).within)[0] : province;
      this.tell(mark < 0 ? { province: within } : { incident: this.data.marks.id[mark] }, latlng);
    }
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
