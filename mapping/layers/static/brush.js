// A span of the timeline, chosen by mouse, finger or keys: two handles, and what lies between them.
(function (atlas) {
  "use strict";

  const MOVED = 3; // pixels: less is a click
  const AGAIN_MS = 260; // a second click within this makes it a double one
  const STILL_MS = 350; // after the last key
  const FAR = 10; // bins, by the keys that leap

  atlas.Brush = class {
    // chosen([first, last] or null): the days that the reader has settled on.
    constructor(plot, chosen) {
      this.plot = plot;
      this.chosen = chosen;
      this.veils = [0, 1].map(() => atlas.element("div", "time-veil", null, plot));
      this.middle = atlas.element("div", "time-brush", null, plot);
      this.handles = ["First day shown", "Last day shown"].map((label, side) => this.handle(label, side));
      plot.addEventListener("pointerdown", (event) => this.press(event));
      plot.addEventListener("pointermove", (event) => this.pull(event));
      plot.addEventListener("pointerup", (event) => this.release(event));
      plot.addEventListener("pointercancel", () => this.giveUp());
      plot.addEventListener("keydown", (event) => event.key === "Escape" && this.clear());
      plot.addEventListener("dblclick", () => this.clear());
    }

    handle(label, side) {
      const handle = atlas.element("div", "time-handle", null, this.plot);
      handle.tabIndex = 0;
      handle.setAttribute("role", "slider");
      handle.setAttribute("aria-label", label);
      handle.addEventListener("keydown", (event) => this.key(event, side));
      return handle;
    }

    // scale: edges (days), dates (of the filter), left and width (pixels of the axis), height.
    show(scale) {
      Object.assign(this, scale);
      for (const part of [...this.veils, this.middle, ...this.handles]) part.style.height = `${this.height}px`;
      if (this.isDragged || this.waiting) return;
      const [from, to] = this.dates;
      this.span = from === null && to === null ? null : [from ?? this.first, to === null ? this.before : to + 1];
      this.paint();
    }

    get first() { return this.edges[0]; }
    get before() { return this.edges[this.edges.length - 1]; }
    get last() { return this.edges.length - 2; }

    x(day) { return this.left + ((Math.max(this.first, Math.min(this.before, day)) - this.first) / (this.before - this.first)) * this.width; }

    // The bin at a place of the window, -1 beside the axis; held to the ends while `held`.
    binAt(clientX, held = false) {
      const part = (clientX - this.plot.getBoundingClientRect().left - this.left) / this.width;
      if (!held && (part < 0 || part > 1)) return -1;
      return this.binOf(this.first + Math.max(0, Math.min(1, part)) * (this.before - this.first));
    }

    binOf(day) {
      let [low, high] = [0, this.last];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (this.edges[middle] <= day) low = middle;
        else high = middle - 1;
      }
      return low;
    }

    paint() {
      const [from, before] = this.span || [this.first, this.before];
      const [left, right] = [this.x(from), this.x(before)];
      const place = (part, at, width) => {
        part.style.transform = `translateX(${at}px)`;
        part.style.width = `${Math.max(0, width)}px`;
      };
      place(this.veils[0], this.left, left - this.left);
      place(this.veils[1], right, this.left + this.width - right);
      place(this.middle, left, right - left);
      this.middle.hidden = !this.span;
      this.plot.classList.toggle("time-chosen", Boolean(this.span));
      [[left, from, "from"], [right, before - 1, "to"]].forEach(([at, day, word], side) => {
        const handle = this.handles[side];
        handle.style.transform = `translateX(${at}px)`;
        handle.setAttribute("aria-valuemin", this.first);
        handle.setAttribute("aria-valuemax", this.before - 1);
        handle.setAttribute("aria-valuenow", Math.max(this.first, Math.min(this.before - 1, day)));
        handle.setAttribute("aria-valuetext", `${this.span ? "" : "no dates chosen, "}${word} ${atlas.saySpan(day, day + 1)}`);
      });
    }

    // The mouse and the finger.
    press(event) {
      if (event.button || !this.edges) return;
      const side = this.handles.indexOf(event.target);
      const bin = this.binAt(event.clientX, true);
      this.cancelWaiting();
      this.grip = { x: event.clientX, bin, side, isMiddle: event.target === this.middle, before: this.span };
      this.plot.setPointerCapture(event.pointerId);
    }

    pull(event) {
      if (!this.grip || (!this.isDragged && Math.abs(event.clientX - this.grip.x) < MOVED)) return;
      this.isDragged = true;
      const bin = this.binAt(event.clientX, true);
      if (this.grip.side >= 0) this.span = this.withSide(this.grip.side, bin);
      else if (this.grip.isMiddle) this.span = this.moved(bin - this.grip.bin);
      else this.span = this.bins(this.grip.bin, bin);
      this.paint();
    }

    release(event) {
      const { grip, isDragged } = this;
      this.grip = null;
      this.isDragged = false;
      if (!grip || grip.side >= 0 && !isDragged) return;
      if (isDragged) return this.settle();
      if (this.binAt(event.clientX) < 0) return;
      this.span = this.bins(grip.bin, grip.bin);
      this.paint();
      this.settle(AGAIN_MS);
    }

    giveUp() {
      if (this.grip) this.span = this.grip.before;
      this.grip = null;
      this.isDragged = false;
      this.paint();
    }

    bins(one, other) { return [this.edges[Math.min(one, other)], this.edges[Math.max(one, other) + 1]]; }

    // The span with one side moved to a bin; the sides never pass each other.
    withSide(side, bin) {
      const [from, before] = this.grip ? this.grip.before || [this.first, this.before] : this.span || [this.first, this.before];
      return side ? [from, this.edges[Math.max(bin, this.binOf(from)) + 1]] : [this.edges[Math.min(bin, this.binOf(before - 1))], before];
    }

    moved(bins) {
      const [from, to] = [this.binOf(this.grip.before[0]), this.binOf(this.grip.before[1] - 1)];
      const by = Math.max(-from, Math.min(this.last - to, bins));
      return by ? this.bins(from + by, to + by) : this.grip.before;
    }

    // The keys.
    key(event, side) {
      const span = this.span || [this.first, this.before];
      const bin = side ? this.binOf(span[1] - 1) : this.binOf(span[0]);
      const to = {
        ArrowLeft: bin - 1, ArrowDown: bin - 1, ArrowRight: bin + 1, ArrowUp: bin + 1,
        PageDown: bin - FAR, PageUp: bin + FAR, Home: 0, End: this.last,
      }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      this.span = this.withSide(side, Math.max(0, Math.min(this.last, to)));
      this.paint();
      this.settle(STILL_MS);
    }

    clear() {
      this.cancelWaiting();
      this.span = null;
      this.paint();
      if (this.dates.some((day) => day !== null)) this.settle();
    }

    cancelWaiting() {
      clearTimeout(this.waiting);
      this.waiting = null;
    }

    settle(after = 0) {
      this.cancelWaiting();
      this.waiting = setTimeout(() => {
        this.waiting = null;
        this.chosen(this.span && [this.span[0], this.span[1] - 1]);
      }, after);
    }
  };
})((window.incidentAtlas = window.incidentAtlas || {}));
