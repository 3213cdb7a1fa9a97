// Elements of the page painted on a context as the browser has laid them out: boxes, borders, words, icons.
(function (atlas) {
  "use strict";

  const SIDES = ["Top", "Right", "Bottom", "Left"];
  const isClear = (colour) => colour === "transparent" || /^rgba\(.*, 0\)$/.test(colour);
  const SAME_LINE = 3;

  function outline(context, [left, top, width, height], style) {
    context.beginPath();
    context.roundRect(left, top, width, height, parseFloat(style.borderTopLeftRadius) || 0);
  }

  function paintBox(context, box, style) {
    if (!isClear(style.backgroundColor)) {
      outline(context, box, style);
      context.fillStyle = style.backgroundColor;
      context.fill();
    }
    const [left, top, width, height] = box;
    const ends = { Top: [0, 0, width, 0], Right: [width, 0, width, height], Bottom: [0, height, width, height], Left: [0, 0, 0, height] };
    for (const side of SIDES) {
      const thick = parseFloat(style[`border${side}Width`]);
      if (!thick || isClear(style[`border${side}Color`])) continue;
      const [x, y, endX, endY] = ends[side];
      context.beginPath();
      context.moveTo(left + x, top + y);
      context.lineTo(left + endX, top + endY);
      context.lineWidth = thick;
      context.strokeStyle = style[`border${side}Color`];
      context.stroke();
    }
  }

  // A text as lines: what the browser put on each, and where that begins.
  function linesOf(node) {
    const range = document.createRange();
    const lines = [];
    for (const { 0: words, index } of node.data.matchAll(/\S+\s*|\s+/g)) {
      range.setStart(node, index);
      range.setEnd(node, index + words.length);
      const box = range.getClientRects()[0];
      if (!box || !box.width) continue;
      const last = lines[lines.length - 1];
      if (last && Math.abs(last.top - box.top) < SAME_LINE) {
        last.words += words;
        last.left = Math.min(last.left, box.left);
      } else {
        lines.push({ words, left: box.left, top: box.top });
      }
    }
    return lines;
  }

  function paintText(context, node, origin) {
    const style = getComputedStyle(node.parentElement);
    Object.assign(context, {
      font: `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`, fillStyle: style.color, direction: style.direction,
      textAlign: "left", textBaseline: "alphabetic",
    });
    const { fontBoundingBoxAscent: ascent } = context.measureText("x");
    for (const { words, left, top } of linesOf(node)) context.fillText(words.trimEnd(), left - origin.left, top - origin.top + ascent);
  }

  // Icons are canvases that know how they were drawn (`draw`), so that they are as sharp on paper.
  atlas.paintElement = function (context, element, origin) {
    const style = getComputedStyle(element);
    if (style.display === "none" || style.visibility === "hidden") return;
    const { left, top, width, height } = element.getBoundingClientRect();
    paintBox(context, [left - origin.left, top - origin.top, width, height], style);
    if (element.draw) {
      context.save();
      context.translate(left - origin.left, top - origin.top);
      element.draw(context);
      context.restore();
    }
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) paintText(context, node, origin);
      else if (node.nodeType === Node.ELEMENT_NODE && node.tagName !== "BUTTON") atlas.paintElement(context, node, origin);
    }
  };

  // A copy of an element in which the icons still know how they were drawn.
  atlas.copyOf = function (element) {
    const copy = element.cloneNode(true);
    const icons = element.querySelectorAll("canvas");
    copy.querySelectorAll("canvas").forEach((icon, i) => { icon.draw = icons[i].draw; });
    return copy;
  };
})((window.incidentAtlas = window.incidentAtlas || {}));
