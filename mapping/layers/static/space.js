// The namespace, and the way from degrees to pixels. World units: the whole world is 256 wide at zoom 0.
(function (atlas) {
  "use strict";

  // What draws on the map or listens to it beside the incidents. A part is a class, made with the Atlas; it may have
  // take(data) and, when all have it, taken(data); paintGround, paintUnder, paint and paintOver(context, view), on the
  // ground, under the names, under and over the marks; place(view), whose [index, x, y, size] names keep clear of;
  // explain(legend), and explained(), what the legend explains instead of the Atlas; and hover(event) and pick(event),
  // which answer when the pointer is on something of theirs: before the marks when the part isOver.
  atlas.parts = [];

  const WORLD = 256;
  const MERCATOR_LIMIT = 85.05112878;

  atlas.project = function (longitude, latitude) {
    const clamped = Math.max(-MERCATOR_LIMIT, Math.min(MERCATOR_LIMIT, latitude));
    const sine = Math.sin((clamped * Math.PI) / 180);
    return [
      ((longitude + 180) / 360) * WORLD,
      (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * WORLD,
    ];
  };

  // Length of one kilometre at a height of the map, in world units: Mercator stretches with the latitude.
  atlas.kilometre = function (worldY) {
    const latitude = 2 * Math.atan(Math.exp(Math.PI * (1 - (2 * worldY) / WORLD))) - Math.PI / 2;
    return WORLD / (40075.017 * Math.cos(latitude));
  };

  // What a painter needs to know of the moment: where world units fall on the canvas, and how often
  // the world is seen side by side.
  atlas.viewOf = function (map, bounds) {
    const scale = 2 ** map.getZoom();
    const origin = map.getPixelOrigin();
    const width = WORLD * scale;
    const shifts = [];
    for (let copy = Math.floor((bounds.min.x + origin.x) / width); copy <= Math.floor((bounds.max.x + origin.x) / width); copy++) {
      shifts.push(copy * width - origin.x);
    }
    return { zoom: map.getZoom(), scale, bounds, shifts, top: -origin.y };
  };

  // Rings come as whole numbers, thousandths of a degree, each point as the step from the one before.
  atlas.decodeRing = function (steps) {
    const points = new Float64Array(steps.length);
    let longitude = 0;
    let latitude = 0;
    for (let i = 0; i < steps.length; i += 2) {
      longitude += steps[i];
      latitude += steps[i + 1];
      const [x, y] = atlas.project(longitude / 1000, latitude / 1000);
      points[i] = x;
      points[i + 1] = y;
    }
    return points;
  };

  atlas.boxOf = function (rings) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const ring of rings) {
      for (let i = 0; i < ring.length; i += 2) {
        box[0] = Math.min(box[0], ring[i]);
        box[1] = Math.min(box[1], ring[i + 1]);
        box[2] = Math.max(box[2], ring[i]);
        box[3] = Math.max(box[3], ring[i + 1]);
      }
    }
    return box;
  };

  // Even-odd, over all rings at once: holes count themselves out.
  atlas.isInside = function (rings, x, y) {
    let inside = false;
    for (const ring of rings) {
      for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
        if (ring[i + 1] > y !== ring[j + 1] > y
          && x < ((ring[j] - ring[i]) * (y - ring[i + 1])) / (ring[j + 1] - ring[i + 1]) + ring[i]) {
          inside = !inside;
        }
      }
    }
    return inside;
  };

  atlas.motionAllowed = () => !window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  // The one way to make an element with words in it: what a file holds is text, never markup.
  atlas.element = function (tag, className, text, parent) {
    const element = document.createElement(tag);
    element.className = className || "";
    if (text !== undefined && text !== null) {
      element.textContent = text;
      element.dir = "auto";
    }
    if (parent) parent.appendChild(element);
    return element;
  };
})((window.incidentAtlas = window.incidentAtlas || {}));
