// What may be laid over the incidents: known sites, and lines from where an incident lies to the province it claims.
(function (atlas) {
  "use strict";

  const INK = "#1f2a33";
  const WRONG = "#a3301c";
  const SIZE = 4.5;
  const RING = 9.5;
  const REACH = 7;

  function diamond(context, x, y) {
    context.beginPath();
    context.moveTo(x, y - SIZE);
    context.lineTo(x + SIZE, y);
    context.lineTo(x, y + SIZE);
    context.lineTo(x - SIZE, y);
    context.closePath();
    context.lineWidth = 3;
    context.strokeStyle = "#ffffff";
    context.stroke();
    context.lineWidth = 1.2;
    context.strokeStyle = INK;
    context.stroke();
  }

  function line(context, x, y, end) {
    context.setLineDash([5, 3]);
    for (const [width, colour] of [[3.5, "#ffffff"], [1.5, WRONG]]) {
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(...end);
      context.lineWidth = width;
      context.strokeStyle = colour;
      context.stroke();
    }
    context.setLineDash([]);
    context.fillStyle = WRONG;
    context.fillRect(end[0] - 2.5, end[1] - 2.5, 5, 5);
  }

  function ring(context, x, y) {
    context.beginPath();
    context.arc(x, y, RING, 0, 2 * Math.PI);
    context.lineWidth = 1.75;
    context.strokeStyle = WRONG;
    context.stroke();
  }

  // Points that can be pointed at.
  class Points {
    constructor({ longitude, latitude }) {
      this.at = longitude.map((degrees, i) => atlas.project(degrees / 1e5, latitude[i] / 1e5));
      this.drawn = [];
    }

    place({ scale, shifts, top, bounds }, size) {
      this.drawn = [];
      this.at.forEach(([x, y], i) => {
        for (const shift of shifts) {
          const place = [x * scale + shift, y * scale + top];
          if (bounds.contains(place)) this.drawn.push([i, ...place, size, shift]);
        }
      });
      return this.drawn;
    }

    near(point) {
      const found = this.drawn.find(([, x, y]) => Math.hypot(point.x - x, point.y - y) <= REACH);
      return found ? found[0] : -1;
    }
  }

  atlas.parts.push(class Sites {
    constructor(shell) { this.shell = shell; }

    take(data) {
      this.data = data && data.sites;
      this.points = this.data ? new Points(this.data) : null;
    }

    get isOn() { return Boolean(this.points) && this.shell.style.sites; }

    place(view) { return this.isOn ? this.points.place(view, SIZE) : []; }

    paint(context) {
      if (!this.isOn) return;
      for (const [, x, y] of this.points.drawn) diamond(context, x, y);
    }

    explain(legend) {
      if (!this.isOn) return;
      const { length } = this.data.name;
      if (length) legend.row((context) => diamond(context, 15, 12), `known site of our list (${length.toLocaleString("en")})`);
      else legend.note("Our list has no known site in the countries shown.");
    }

    hover({ layerPoint }) {
      const i = this.isOn ? this.points.near(layerPoint) : -1;
      return i < 0 ? null : { title: this.data.name[i], lines: [this.data.kind[i] === "other" ? "known site" : this.data.kind[i]] };
    }
  });

  atlas.parts.push(class Mismatches {
    constructor(shell) {
      this.shell = shell;
      this.isOver = true; // its incident may not be the newest of the mark
    }

    take(data) {
      this.data = data && data.mismatches;
      this.points = this.data ? new Points(this.data) : null;
      this.ends = this.data ? this.data.to.map((to) => to && atlas.project(to[0] / 1000, to[1] / 1000)) : [];
    }

    get isOn() { return Boolean(this.points) && this.shell.style.mismatches; }

    place(view) { return this.isOn ? this.points.place(view, RING) : []; }

    paint(context, view) {
      if (!this.isOn) return;
      for (const [i, x, y, , shift] of this.points.drawn) {
        const end = this.ends[i];
        if (end) line(context, x, y, [end[0] * view.scale + shift, end[1] * view.scale + view.top]);
      }
    }

    paintOver(context) {
      if (this.isOn) for (const [, x, y] of this.points.drawn) ring(context, x, y);
    }

    explain(legend) {
      if (!this.isOn) return;
      const { total, n } = this.data;
      const drawn = n.reduce((sum, number) => sum + number, 0);
      const draw = (context) => { line(context, 6, 12, [24, 12]); };
      if (total) legend.row(draw, `lies in another province than claimed: ${total.toLocaleString("en")}`);
      else legend.note("Every place lies in the province that is claimed.");
      if (drawn < total) legend.note(`${drawn.toLocaleString("en")} of them have a line; the table has all.`);
    }

    hover({ layerPoint }) {
      const i = this.isOn ? this.points.near(layerPoint) : -1;
      if (i < 0) return null;
      const within = this.shell.ground.provinceAt(this.shell.view, layerPoint);
      const lines = [`claims to lie in ${this.data.claimed[i]}`, `lies in ${within ? within.name : "another province"}`];
      return { title: atlas.sayIncidents(this.data.n[i]), lines, isButton: true };
    }

    pick({ layerPoint, latlng }) {
      const i = this.isOn ? this.points.near(layerPoint) : -1;
      if (i < 0) return false;
      this.shell.tell({ incident: this.data.id[i] }, latlng);
      return true;
    }
  });
})((window.incidentAtlas = window.incidentAtlas || {}));
