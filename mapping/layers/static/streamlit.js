// The map inside the frame of streamlit-folium: boundaries from the app's own folder, clicks to Python.
(function (atlas) {
  "use strict";

  const TIMES_TO_TRY = 3;
  const WAITS_MS = 250;

  function loadFrom(folder) {
    const load = (name, whenLoaded, tries = TIMES_TO_TRY) => {
      const script = document.createElement("script");
      script.src = name.includes("/") ? `${name}.js` : `${folder}${encodeURIComponent(name)}.js`;
      script.onload = whenLoaded;
      script.onerror = () => tries > 1 && load(name, whenLoaded, tries - 1);
      document.head.appendChild(script);
    };
    return load;
  }

  // The way of streamlit-folium for a popup's words to reach Python: we hand it words of our own,
  // with a token, so that the same place clicked again is another click. It waits a quarter of a second
  // for more and hands on the last: what was done meanwhile goes with it.
  let last = { what: {}, time: 0 };
  function picked(layer, what, latlng) {
    const time = Date.now();
    last = { what: time - last.time < WAITS_MS ? { ...last.what, ...what } : what, time };
    const token = `${time.toString(36)}${Math.random().toString(36).slice(2, 8)}`;
    const words = JSON.stringify({ token, ...last.what });
    const popup = { getContent: () => ({ innerText: words }) };
    layer.fire("click", { latlng, sourceTarget: { getPopup: () => popup, _popup: { _content: true } } });
  }

  // Into the address of the page around us; it does not run for that.
  function noted(name, values) {
    try {
      const { history, location } = window.parent;
      const address = new URL(location.href);
      address.searchParams.set(name, values.join(","));
      history.replaceState(history.state, "", address.href.replaceAll("%2C", ","));
    } catch { /* a page of another origin keeps its address to itself */ }
  }

  // options: folder (address of the boundary files), label, tools.
  atlas.openInStreamlit = function (map, options) {
    document.head.appendChild(document.createElement("style")).textContent = atlas.styles;
    map.invalidateSize();
    const load = loadFrom(options.folder);
    new FontFace("Source Sans", `url("${options.folder}source-sans.woff2")`, { weight: "200 900" }).load()
      .then((face) => {
        document.fonts.add(face);
        map.atlas.redrawSoon();
      }, () => {}); // without it the system's own typeface serves
    map.atlas = atlas.open(map, { ...options, load, noted, picked: (what, latlng) => picked(map.atlasLayer, what, latlng) });
    load("world", () => map.atlas.redrawSoon());
  };

  // What st_folium adds and takes away at each run.
  atlas.Incidents = L.Layer.extend({
    initialize: function (data) { this.data = data; },
    onAdd: function (map) {
      map.atlasLayer = this;
      map.atlas.show(this.data);
    },
    onRemove: function (map) { map.atlas.show(null); },
  });
})((window.incidentAtlas = window.incidentAtlas || {}));
