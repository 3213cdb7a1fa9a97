// A canvas that covers the map and a little more, and moves with it.
(function (atlas) {
  "use strict";

  const FADE_MS = 150;

  atlas.Canvas = L.Renderer.extend({
    options: { padding: 0.25 },

    // paint(context, view): draws in layer pixels.
    initialize: function (paint, options) {
      L.Renderer.prototype.initialize.call(this, options);
      this._paint = paint;
    },

    _initContainer: function () {
      this._container = L.DomUtil.create("canvas", "atlas-canvas");
      this._container.setAttribute("aria-hidden", "true");
    },

    _destroyContainer: function () {
      this.endFade();
      this._container.remove();
    },

    getEvents: function () {
      const events = L.Renderer.prototype.getEvents.call(this);
      events.resize = this._update; // its own moveend comes only a fifth of a second later
      events.zoomstart = events.movestart = this.endFade;
      return events;
    },

    _update: function () {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      this.redraw();
      this.fire("update");
    },

    redraw: function () {
      if (!this._map || !this._bounds) return;
      const ratio = window.devicePixelRatio || 1;
      const size = this._bounds.getSize();
      const canvas = this._container;
      L.DomUtil.setPosition(canvas, this._bounds.min);
      canvas.width = Math.round(size.x * ratio);
      canvas.height = Math.round(size.y * ratio);
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
      if (!canvas.width || !canvas.height) return;
      const context = canvas.getContext("2d");
      context.setTransform(ratio, 0, 0, ratio, -this._bounds.min.x * ratio, -this._bounds.min.y * ratio);
      this._paint(context, atlas.viewOf(this._map, this._bounds));
    },

    // Draw what is new under a picture of what was, and let that picture fade: the map is never empty.
    fadeTo: function () {
      this.endFade();
      const old = this._container;
      if (!old.width || !old.height || !atlas.motionAllowed()) return this.redraw();
      const picture = old.cloneNode();
      picture.getContext("2d").drawImage(old, 0, 0);
      old.after(picture);
      this._fading = picture;
      this.redraw();
      picture.getBoundingClientRect(); // so that the browser sees both ends of the transition
      picture.style.transition = `opacity ${FADE_MS}ms linear`;
      picture.style.opacity = "0";
      this._fadeTimer = setTimeout(() => this.endFade(), FADE_MS + 20);
    },

    endFade: function () {
      clearTimeout(this._fadeTimer);
      if (this._fading) this._fading.remove();
      this._fading = null;
    },
  });
})((window.incidentAtlas = window.incidentAtlas || {}));
