// The map as a picture for paper, PNG or SVG: on white, with legend, scale, caption and credits.
(function (atlas) {
  "use strict";

  const WIDE = 800; // the sheet in pixels, whatever the screen: words and marks then have one size on paper
  const MILLIMETRES = 180;
  const DOTS_PER_MM = 300 / 25.4;
  const TALLEST = 1.1; // of the map, by its width
  const SCALE_BAR = 120;
  const KEPT_MS = 60e3;

  // The view of the screen on a sheet of another width.
  function viewOn(map, height) {
    const zoom = map.getZoom() + Math.log2(WIDE / map.getSize().x);
    const scale = 2 ** zoom;
    const world = 256 * scale;
    const { lng, lat } = map.getCenter();
    const [x, y] = atlas.project(lng, lat).map((at) => at * scale);
    const [left, top] = [x - WIDE / 2, y - height / 2];
    const shifts = [];
    for (let copy = Math.floor(left / world); copy <= Math.floor((left + WIDE) / world); copy++) shifts.push(copy * world - left);
    return { zoom, scale, bounds: L.bounds([0, 0], [WIDE, height]), shifts, top: -top };
  }

  // A round number of kilometres that is at most so many pixels long at the middle of the map.
  function scaleOf(view) {
    const worldY = (view.bounds.getCenter().y - view.top) / view.scale;
    const pixel = 1 / (atlas.kilometre(worldY) * view.scale);
    const power = 10 ** Math.floor(Math.log10(SCALE_BAR * pixel));
    const length = [5, 2, 1].map((times) => times * power).find((each) => each <= SCALE_BAR * pixel);
    return { words: length < 1 ? `${Math.round(length * 1000)} m` : `${length.toLocaleString("en")} km`, width: length / pixel };
  }

  class Sheet {
    // caption: title, and lines of plain text.
    constructor(shell, caption) {
      const { map } = shell;
      const { x: width, y: height } = map.getSize();
      this.shell = shell;
      this.height = Math.round(WIDE * Math.min(TALLEST, height / width));
      this.view = viewOn(map, this.height);
      this.root = atlas.element("div", "atlas-sheet", null, map.getContainer().parentElement);
      if (caption.title) atlas.element("div", "atlas-sheet-title", caption.title, this.root);
      this.box = atlas.element("div", "atlas-sheet-map", null, this.root);
      this.box.style.height = `${this.height}px`;
      this.addScale(scaleOf(this.view));
      this.addLegend(shell.legend);
      for (const line of [...caption.lines, shell.credits()]) atlas.element("div", "atlas-sheet-line", line, this.root);
    }

    addScale({ words, width }) {
      this.scale = atlas.element("div", "atlas-sheet-scale", words, this.box);
      this.scale.style.width = `${width}px`;
    }

    // The legend of the screen, in columns: each heading begins one.
    addLegend({ body }) {
      const columns = atlas.element("div", "atlas-sheet-legend atlas-legend", null, this.root);
      let column = null;
      for (const child of body.children) {
        if (!column || child.classList.contains("atlas-heading")) column = atlas.element("div", "", null, columns);
        column.appendChild(atlas.copyOf(child));
      }
    }

    paint(context) {
      const origin = this.root.getBoundingClientRect();
      const box = this.box.getBoundingClientRect();
      atlas.paintElement(context, this.root, origin);
      context.save();
      context.translate(box.left - origin.left, box.top - origin.top);
      context.beginPath();
      context.rect(0, 0, WIDE, this.height);
      context.clip();
      this.shell.paintGround(context, this.view);
      this.shell.paintView(context, this.view, this.view.bounds, [this.boxOf(this.scale, box)]);
      context.restore();
      atlas.paintElement(context, this.scale, origin);
      this.frame(context, box.top - origin.top);
    }

    boxOf(element, { left, top }) {
      const box = element.getBoundingClientRect();
      return [box.left - left, box.top - top, box.right - left, box.bottom - top];
    }

    frame(context, top) {
      context.lineWidth = 1;
      context.strokeStyle = "#8d8775";
      context.strokeRect(0.5, top + 0.5, WIDE - 1, this.height - 1);
    }

    size() { return [WIDE, Math.ceil(this.root.getBoundingClientRect().height)]; }
  }

  // Lay the sheet out, paint it with `draw`, take it away.
  function withSheet(shell, caption, draw) {
    const sheet = new Sheet(shell, caption);
    try {
      return draw(sheet, ...sheet.size());
    } finally {
      sheet.root.remove();
      shell.redrawSoon(); // what was painted last is what the pointer finds
    }
  }

  atlas.svgPicture = (shell, caption) => withSheet(shell, caption, (sheet, wide, high) => {
    const context = new atlas.SvgContext();
    sheet.paint(context);
    return context.image(wide, high, MILLIMETRES, caption.title || "Map of incidents");
  });

  atlas.pngPicture = (shell, caption) => withSheet(shell, caption, (sheet, wide, high) => {
    const canvas = document.createElement("canvas");
    const ratio = (MILLIMETRES * DOTS_PER_MM) / wide;
    canvas.width = Math.round(wide * ratio);
    canvas.height = Math.round(high * ratio);
    const context = canvas.getContext("2d");
    context.scale(ratio, ratio);
    sheet.paint(context);
    return new Promise((resolve) => { canvas.toBlob(resolve, "image/png"); })
      .then((blob) => blob.arrayBuffer())
      .then((buffer) => withDensity(new Uint8Array(buffer)));
  });

  function checksum(bytes) {
    let sum = -1;
    for (const byte of bytes) {
      sum ^= byte;
      for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
    }
    return ~sum;
  }

  // A PNG that says how large it is on paper: browsers leave that out. The chunk comes after the header of 33 bytes.
  function withDensity(png) {
    const chunk = new DataView(new ArrayBuffer(21));
    const dots = Math.round(DOTS_PER_MM * 1000);
    [9, 0x70485973, dots, dots].forEach((number, i) => chunk.setUint32(4 * i, number)); // length, "pHYs", across, down
    chunk.setUint8(16, 1); // by the metre
    chunk.setInt32(17, checksum(new Uint8Array(chunk.buffer, 4, 13)));
    return [png.slice(0, 33), chunk.buffer, png.slice(33)];
  }

  atlas.save = function (parts, type, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(parts, { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
  };

  // The button; there is one where the data bring a caption.
  atlas.parts.push(class Picture {
    constructor(shell) {
      this.shell = shell;
      const { box, body } = atlas.foldable("Picture", "atlas-picture", false);
      this.box = box;
      atlas.element("div", "atlas-heading", `For print, ${MILLIMETRES} mm wide`, body);
      const button = (words, save) => {
        const made = atlas.element("button", "atlas-button", words, body);
        made.type = "button";
        made.addEventListener("click", save);
      };
      button("PNG, 300 dpi", () => this.savePng());
      button("SVG", () => this.saveSvg());
      box.hidden = true;
      atlas.control("topright", box).addTo(shell.map);
    }

    take(data) {
      if (!data) return;
      this.caption = data.caption;
      this.box.hidden = !data.caption;
    }

    get name() { return `incident-atlas-map-${new Date().toISOString().slice(0, 10)}`; }

    savePng() { atlas.pngPicture(this.shell, this.caption).then((parts) => atlas.save(parts, "image/png", `${this.name}.png`)); }

    saveSvg() { atlas.save([atlas.svgPicture(this.shell, this.caption)], "image/svg+xml", `${this.name}.svg`); }
  });
})((window.incidentAtlas = window.incidentAtlas || {}));
