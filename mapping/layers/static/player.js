// Plays the incidents over time: a bar at the bottom of the map, the frame's dates on top of it.
(function (atlas) {
  "use strict";

  const SPEEDS = [["slow", 1200], ["medium", 500], ["fast", 160]]; // milliseconds a frame
  const WINDOWS = [1, 3, 6, 12];
  const SO_FAR = "all";
  const STILL_MS = 300; // without another frame
  const DAYS = { day: 1, week: 7, month: 28, year: 365 };
  const MOST_FRAMES = 20000;

  const number = (value) => value.toLocaleString("en");
  const isoDay = (day) => new Date(day * 864e5).toISOString().slice(0, 10);

  function button(parent, className, words, label, act) {
    const made = atlas.element("button", className, words, parent);
    made.type = "button";
    if (label) made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    return made;
  }

  function choice(parent, label, options, act) {
    const made = atlas.element("select", "", null, parent);
    made.setAttribute("aria-label", label);
    made.addEventListener("change", act);
    fill(made, options, "medium");
    return made;
  }

  // The first option is chosen where the one that is wanted is not there.
  function fill(select, options, wanted) {
    select.replaceChildren(...options.map(([value, words]) => new Option(words, value)));
    if (options.some(([value]) => String(value) === wanted)) select.value = wanted;
  }

  atlas.parts.push(class Player {
    constructor(shell) {
      this.shell = shell;
      this.map = shell.map;
      this.frames = null;
      this.addOpener();
    }

    get isOpen() { return Boolean(this.frames); }

    addOpener() {
      const box = atlas.element("div", "atlas-panel atlas-opener");
      button(box, "atlas-fold", "▶ Play", "Play the incidents over time", () => { this.isAsked = true; this.ask(true); });
      L.DomEvent.disableClickPropagation(box);
      atlas.control("bottomright", box).addTo(this.map);
      this.opener = box;
      box.hidden = !this.shell.options.tools && !this.shell.options.framed; // nobody could open it
    }

    ask(isOpen, more) {
      clearTimeout(this.noting);
      this.shell.tell({ play: isOpen, ...more });
    }

    // The map's data are new. With a play in them the player opens, or stays at its date; without, it goes.
    taken(data) {
      if (!data || data.isFrame) return; // none: the new data follow at once
      this.stop();
      this.opener.firstChild.textContent = data.play?.span[0] === null ? "No dates to play" : "▶ Play";
      if (!data.play || data.play.span[0] === null) return this.close();
      const wasOpen = this.isOpen;
      this.frames = new atlas.Frames(data);
      this.told = data.play.channel;
      const { marks, pills, districts, groups } = this.shell;
      this.all = { marks: data.play.has_marks ? marks : new atlas.Marks(this.frames.whole().marks, groups), pills, districts, provinces: data.provinces };
      if (wasOpen) this.cut(this.day);
      else this.open();
      this.shell.take(this.frame());
      if (!wasOpen) this.makeRoom();
    }

    // Where it begins: as the address says, else at the first step of a length that suits the span.
    opening() {
      const { first, last, lines } = this.frames;
      const [step, window, day] = lines.at || [atlas.stepFor(first, last), "1", first];
      return [day, step, window];
    }

    // What the legend explains: what may be seen in any frame.
    explained() {
      if (!this.isOpen) return null;
      const { provinces, ...all } = this.all;
      return Object.assign(Object.create(this.shell), { ...all, shading: new atlas.Shading(provinces, this.shell.style, this.frames.shadedBy) });
    }

    open() {
      this.opener.hidden = true;
      this.map.getContainer().classList.add("atlas-playing");
      this.addDates();
      this.addBar();
      this.cut(...this.opening());
      if (this.isAsked) (this.toggle.hidden ? this.slider : this.toggle).focus({ preventScroll: true });
      this.isAsked = false;
    }

    // The panels at the bottom of the map stand on the bar; the legend folds, where it would reach the buttons above.
    makeRoom() {
      const container = this.map.getContainer();
      this.room = new ResizeObserver(() => container.style.setProperty("--player", `${this.bar.offsetHeight + 10}px`));
      this.room.observe(this.bar);
      this.legend = container.querySelector(".atlas-legend .atlas-fold[aria-expanded='true']");
      this.legend?.click();
      this.shell.room = { top: this.dates.offsetHeight, bottom: this.bar.offsetHeight };
      this.shell.bringInSight(atlas.motionAllowed());
    }

    close() {
      if (!this.isOpen) return;
      this.stop();
      this.frames = null;
      this.day = null;
      this.opener.hidden = false;
      if (this.bar.contains(document.activeElement)) this.opener.firstChild.focus({ preventScroll: true });
      if (this.legend?.getAttribute("aria-expanded") === "false") this.legend.click();
      this.map.getContainer().classList.remove("atlas-playing");
      this.tell(null);
      this.room.disconnect();
      this.bar.remove();
      this.dates.remove();
      this.shell.room = { top: 0, bottom: 0 };
      this.shell.bringInSight(atlas.motionAllowed());
    }

    // Tell the timeline which days are shown: beside us on the exported page, in the window around us in the app.
    tell(days) {
      const { framed } = this.shell.options;
      if (framed) return framed(days);
      const channel = new BroadcastChannel(this.told);
      channel.postMessage(days);
      channel.close();
    }

    addDates() {
      this.dates = atlas.element("div", "atlas-dates leaflet-control", null, this.map.getContainer());
      this.dates.setAttribute("role", "status");
      this.when = atlas.element("b", "", "", this.dates);
      this.count = atlas.element("span", "", "", this.dates);
    }

    addBar() {
      this.bar = atlas.element("div", "atlas-player leaflet-control", null, this.map.getContainer());
      this.bar.setAttribute("role", "group");
      this.bar.setAttribute("aria-label", "Player");
      const steps = atlas.element("div", "atlas-player-steps", null, this.bar);
      button(steps, "", "‹", "Step back", () => this.go(this.at - 1));
      this.toggle = button(steps, "atlas-toggle", "", "", () => (this.timer ? this.stop() : this.start()));
      button(steps, "", "›", "Step forward", () => this.go(this.at + 1));
      this.slider = atlas.element("input", "", null, this.bar);
      this.slider.type = "range";
      this.slider.min = 0;
      this.slider.setAttribute("aria-label", "Time");
      this.slider.addEventListener("input", () => this.go(Number(this.slider.value)));
      button(this.bar, "", "×", "Close the player", () => this.ask(false));
      const choices = atlas.element("div", "atlas-player-choices", null, this.bar);
      this.step = choice(choices, "Step", [], () => this.change(() => this.cut(this.day)));
      this.window = choice(choices, "Window", [], () => this.change(() => this.slide()));
      this.speed = choice(choices, "Speed", SPEEDS.map(([name]) => [name, name]), () => this.timer && this.start());
      this.speed.hidden = this.toggle.hidden = !atlas.motionAllowed(); // who wants nothing to move steps
      button(choices, "atlas-keep", "Keep these dates", "", () => this.keep());
      this.remark = atlas.element("div", "atlas-player-note", "", this.bar);
      this.bar.addEventListener("keydown", (event) => this.key(event));
      L.DomEvent.disableClickPropagation(this.bar);
      L.DomEvent.disableScrollPropagation(this.bar);
      this.showToggle();
    }

    // Cut the time into steps, and stand at the one in which a day lies.
    cut(day, step = this.step.value, window = this.window.value) {
      const { first, last, lines } = this.frames;
      const isPlayable = (name) => (last - first) / DAYS[name] <= MOST_FRAMES; // more, and a browser comes to no end
      const finest = Math.max(atlas.STEPS.indexOf(lines.step), atlas.STEPS.findIndex(isPlayable));
      fill(this.step, atlas.STEPS.slice(finest).map((name) => [name, `by ${name}`]), step);
      const unit = this.step.value;
      this.edges = atlas.edges(first, last, unit);
      fill(this.window, [...WINDOWS.map((n) => [n, `${n} ${unit}${n > 1 ? "s" : ""}`]), [SO_FAR, "all so far"]], window);
      this.slider.max = this.edges.length - 2;
      this.remark.textContent = this.remarks();
      this.remark.hidden = !this.remark.textContent;
      const held = this.edges.findLastIndex((edge) => edge <= day);
      this.at = Math.max(0, Math.min(this.edges.length - 2, held));
      this.slide();
    }

    remarks() {
      const { lines, undated } = this.frames;
      return [
        lines.has_marks ? "" : "Too many places to play one by one: provinces are shaded by their incidents in the frame.",
        undated ? `${number(undated)} without a date ${undated === 1 ? "is" : "are"} in no frame.` : "",
      ].filter(Boolean).join(" ");
    }

    get isExact() { return this.frames.lines.step === "day"; } // coarse lines know no days

    // What each frame spans, by the window.
    slide() {
      const width = this.window.value === SO_FAR ? Infinity : Number(this.window.value);
      this.spans = this.edges.slice(1).map((before, at) => [this.edges[Math.max(0, at + 1 - width)], before]);
      this.frames.shadeBy(this.spans);
    }

    // What the filter leaves of a span.
    within([from, before]) {
      const [earliest, latest] = this.frames.lines.within;
      return [Math.max(earliest ?? -Infinity, from), Math.min((latest ?? Infinity) + 1, before)];
    }

    // The frame that is shown: its days, and what the map draws of them.
    frame() {
      this.day = this.edges[this.at];
      this.span = this.within(this.spans[this.at]);
      const { shown, unsure, data } = this.frames.at(...(this.isExact ? this.span : this.spans[this.at]));
      this.when.textContent = atlas.saySpan(...this.span);
      const perhaps = unsure ? `, ${number(unsure)} of them perhaps before or after` : "";
      this.count.textContent = `${number(shown)} ${shown === 1 ? "incident" : "incidents"}${perhaps}`;
      this.slider.value = this.at;
      this.slider.setAttribute("aria-valuetext", this.when.textContent);
      this.tell(this.span);
      const { caption } = data; // of a picture
      if (!caption) return data;
      const lines = [`Shown here: ${this.when.textContent}, ${this.count.textContent}. Of all:`, ...caption.lines];
      return { ...data, caption: { ...caption, lines } };
    }

    change(act) {
      act();
      this.go(this.at);
      this.shell.legend.show(this.shell); // other classes of the shades
    }

    go(at) {
      if (at < 0 || at > this.edges.length - 2) return this.stop();
      this.at = at;
      this.shell.take(this.frame());
      this.shell.redrawSoon();
      clearTimeout(this.noting);
      this.noting = setTimeout(() => this.note(), STILL_MS);
    }

    // The address says where the player stands, so that a copy of it shows the same.
    note() {
      if (this.isOpen) this.shell.options.noted?.("play", [this.step.value, this.window.value, isoDay(this.day)]);
    }

    start() {
      clearTimeout(this.timer);
      if (this.at >= this.edges.length - 2) this.go(0); // from the end: once more
      const [, pause] = SPEEDS.find(([name]) => name === this.speed.value);
      const next = () => {
        this.timer = setTimeout(next, pause);
        this.go(this.at + 1);
      };
      this.timer = setTimeout(next, pause);
      this.showToggle();
    }

    stop() {
      clearTimeout(this.timer);
      this.timer = null;
      if (this.isOpen) this.showToggle();
    }

    showToggle() {
      this.toggle.textContent = this.timer ? "❚❚" : "▶";
      this.toggle.setAttribute("aria-label", this.timer ? "Pause" : "Play");
      this.dates.setAttribute("aria-live", this.timer ? "off" : "polite"); // nobody can listen that fast
    }

    keep() {
      const [from, before] = this.span;
      this.ask(false, { dates: [isoDay(from), isoDay(before - 1)] });
    }

    key(event) {
      event.stopPropagation(); // the map would move
      if (event.key === "Escape") return this.ask(false);
      const isControl = ["SELECT", "BUTTON"].includes(event.target.tagName);
      if (event.key === " " && !isControl && !this.toggle.hidden) {
        event.preventDefault();
        this.toggle.click();
      } else if (event.target.tagName === "BUTTON" && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
        this.go(this.at + (event.key === "ArrowLeft" ? -1 : 1));
      }
    }
  });
})((window.incidentAtlas = window.incidentAtlas || {}));
