// A context that our painters take for a canvas, and that writes down what they paint as an SVG image.
(function (atlas) {
  "use strict";

  const STATE = ["fillStyle", "strokeStyle", "lineWidth", "lineJoin", "lineCap", "globalAlpha", "font", "letterSpacing", "textAlign",
    "textBaseline", "direction", "dash", "scaled", "left", "top"];
  const ANCHOR = { left: "start", start: "start", center: "middle", right: "end", end: "end" };
  const OPPOSITE = { start: "end", middle: "middle", end: "start" };
  const FULL = 2 * Math.PI;
  // What XML has no way to hold: control characters, and half a pair of UTF-16.
  const UNFIT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
  const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

  const escape = (text) => String(text).replace(UNFIT, "\ufffd").replace(/[&<>"]/g, (sign) => ESCAPES[sign]);
  const short = (value) => String(Math.round(value * 100) / 100);

  function attributes(held) {
    return Object.entries(held).filter(([, value]) => value !== null && value !== "")
      .map(([name, value]) => ` ${name}="${escape(typeof value === "number" ? short(value) : value)}"`).join("");
  }

  // SVG 1.1 has no colours with transparency in them, and many programs know no newer one.
  function paint(property, colour, alpha) {
    const [, red, green, blue, own] = /^rgba?\(([\d.]+), ?([\d.]+), ?([\d.]+)(?:, ?([\d.]+))?\)$/.exec(colour) || [];
    const opacity = alpha * (own === undefined ? 1 : Number(own));
    const plain = red === undefined ? colour : `rgb(${red},${green},${blue})`;
    return { [property]: plain, [`${property}-opacity`]: opacity === 1 ? null : opacity };
  }

  atlas.SvgContext = class {
    constructor() {
      this.isVector = true; // painters that keep pictures of marks draw the marks themselves
      this.parts = [];
      this.saved = [];
      this.clips = 0;
      this.open = 0;
      this.path = "";
      this.measure = document.createElement("canvas").getContext("2d");
      Object.assign(this, {
        fillStyle: "#000000", strokeStyle: "#000000", lineWidth: 1, lineJoin: "miter", lineCap: "butt", globalAlpha: 1, font: "10px sans-serif",
        letterSpacing: "0px", textAlign: "start", textBaseline: "alphabetic", direction: "ltr", dash: [], scaled: 1, left: 0, top: 0,
      });
    }

    save() {
      this.saved.push([Object.fromEntries(STATE.map((name) => [name, this[name]])), this.open]);
    }

    restore() {
      const [state, open] = this.saved.pop();
      for (; this.open > open; this.open--) this.parts.push("</g>");
      Object.assign(this, state);
    }

    translate(x, y) {
      this.left += x * this.scaled;
      this.top += y * this.scaled;
    }

    scale(times) { this.scaled *= times; }

    getTransform() { return { a: this.scaled, b: 0, c: 0, d: this.scaled, e: this.left, f: this.top }; }

    setLineDash(dash) { this.dash = dash; }

    point(x, y) { return `${short(x * this.scaled + this.left)} ${short(y * this.scaled + this.top)}`; }

    beginPath() { this.path = ""; }

    moveTo(x, y) { this.path += `M${this.point(x, y)}`; }

    lineTo(x, y) { this.path += `${this.path ? "L" : "M"}${this.point(x, y)}`; }

    closePath() { this.path += "Z"; }

    arc(x, y, radius, from, to, isBackwards = false) {
      const at = (angle) => [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
      const [size, sweep] = [short(radius * this.scaled), isBackwards ? 0 : 1];
      const turn = isBackwards ? from - to : to - from;
      const ends = Math.abs(turn) >= FULL - 1e-6 ? [from + Math.PI, from + FULL] : [to];
      this.lineTo(...at(from));
      const isLarge = ends.length === 1 && ((turn % FULL) + FULL) % FULL > Math.PI ? 1 : 0;
      for (const end of ends) this.path += `A${size} ${size} 0 ${isLarge} ${sweep} ${this.point(...at(end))}`;
    }

    rect(x, y, width, height) {
      this.moveTo(x, y);
      for (const [right, down] of [[width, 0], [width, height], [0, height]]) this.lineTo(x + right, y + down);
      this.closePath();
    }

    roundRect(x, y, width, height, radius) {
      const round = Math.min(radius, width / 2, height / 2);
      this.moveTo(x + round, y);
      for (const [across, down, from] of [[width - round, round, -Math.PI / 2], [width - round, height - round, 0],
        [round, height - round, Math.PI / 2], [round, round, Math.PI]]) this.arc(x + across, y + down, round, from, from + Math.PI / 2);
      this.closePath();
    }

    add(held) { if (this.path) this.parts.push(`<path d="${this.path}"${attributes(held)}/>`); }

    fill(rule) { this.add({ ...paint("fill", this.fillStyle, this.globalAlpha), "fill-rule": rule || null }); }

    stroke() { this.add({ fill: "none", ...this.pen() }); }

    pen() {
      return {
        ...paint("stroke", this.strokeStyle, this.globalAlpha), "stroke-width": this.lineWidth * this.scaled,
        "stroke-linejoin": this.lineJoin === "miter" ? null : this.lineJoin, "stroke-linecap": this.lineCap === "butt" ? null : this.lineCap,
        "stroke-dasharray": this.dash.map((length) => short(length * this.scaled)).join(" "),
      };
    }

    clip(rule) {
      const name = `clip-${++this.clips}`;
      this.parts.push(`<clipPath id="${name}"><path d="${this.path}"${attributes({ "clip-rule": rule || null })}/></clipPath>`);
      this.parts.push(`<g clip-path="url(#${name})">`);
      this.open += 1;
    }

    fillRect(...box) { this.around(box, () => this.fill()); }

    strokeRect(...box) { this.around(box, () => this.stroke()); }

    around(box, draw) {
      const held = this.path;
      this.path = "";
      this.rect(...box);
      draw();
      this.path = held;
    }

    measureText(words) {
      Object.assign(this.measure, { font: this.font, letterSpacing: this.letterSpacing });
      return this.measure.measureText(words);
    }

    fillText(words, x, y) { this.write(words, x, y, paint("fill", this.fillStyle, this.globalAlpha)); }

    strokeText(words, x, y) { this.write(words, x, y, { fill: "none", ...this.pen() }); }

    // Programs differ in what they take for the middle of a line, so every text stands on its baseline.
    write(words, x, y, held) {
      const { fontBoundingBoxAscent: whole } = this.measureText(words);
      this.measure.textBaseline = this.textBaseline;
      const down = whole - this.measure.measureText(words).fontBoundingBoxAscent;
      this.measure.textBaseline = "alphabetic";
      const [, style, weight, size, family] = /^(italic )?(?:(\d+|bold|normal) )?([\d.]+)px (.+)$/.exec(this.measure.font);
      const [left, top] = this.point(x, y + down).split(" ");
      const isTurned = this.direction === "rtl";
      const anchor = ANCHOR[this.textAlign];
      this.parts.push(`<text${attributes({
        x: left, y: top, "font-family": family.replaceAll('"', "'"), "font-size": Number(size) * this.scaled, "font-weight": weight || "400",
        "font-style": style ? "italic" : null, "letter-spacing": this.letterSpacing === "0px" ? null : parseFloat(this.letterSpacing) * this.scaled,
        "text-anchor": isTurned && /left|right/.test(this.textAlign) ? OPPOSITE[anchor] : anchor, direction: isTurned ? "rtl" : null, ...held,
      })}>${escape(words)}</text>`);
    }

    // width: in millimetres, of what is so many units wide and high.
    image(wide, high, millimetres, title) {
      const size = attributes({ width: `${millimetres}mm`, height: `${short((millimetres * high) / wide)}mm`, viewBox: `0 0 ${wide} ${short(high)}` });
      return `<svg xmlns="http://www.w3.org/2000/svg"${size}>\n<title>${escape(title)}</title>\n${this.parts.join("\n")}\n</svg>\n`;
    }
  };
})((window.incidentAtlas = window.incidentAtlas || {}));
