"""How long a change of filter takes on Explore until map, timeline and table are painted: python -m benchmarks.explore.

The real app in a real Chromium, on incidents made by rule that stand all apart: from the click on a
check box in the sidebar to the last painting, server and browser together; the median of ten, and
the most bytes that the server sent. Beside it, in the same run, what folium offers for the map alone: a
marker for each incident, and above ten thousand `folium.GeoJson` on one canvas.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from benchmarks.made import ROOT, fill
from benchmarks.measuring import Results
from benchmarks.opening import fill_in_parts
from tests.browser.chromium import find
from tests.browser.conftest import serving
from tests.browser.waiting import settle

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
PLAIN_SIZES = (1_000, 10_000, 100_000)
TIMES = 10
PLAIN_TIMES = 5
QUIET_MS = 600  # so long without a painting, and it was the last one
MAP = 'iframe[title="streamlit_folium.st_folium"]'

PLAIN = """
from pathlib import Path
import folium, streamlit as st
from streamlit_folium import st_folium
from benchmarks.made import incidents
from mapping.layers.assets import address, install
install(Path(__file__).parent / "static")
rows = st.cache_data(incidents)(int(st.query_params["rows"])).drop_nulls("latitude")
shown = rows.filter(event_type="raid") if st.checkbox("Drone") else rows
made = folium.Map((20, 40), zoom_start=3)
made.default_js, made.default_css = [("leaflet", address("leaflet.js"))], []  # its own are on other hosts
points = shown.select("latitude", "longitude", "place")
if rows.height > 10_000:
    made.options["preferCanvas"] = True
    features = [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [x, y]}, "properties": {"place": place}}
        for y, x, place in points.iter_rows()
    ]
    drawn = folium.GeoJson({"type": "FeatureCollection", "features": features}, marker=folium.CircleMarker(radius=4))
    drawn.add_child(folium.GeoJsonPopup(["place"])).add_to(made)
else:
    for latitude, longitude, place in points.iter_rows():
        folium.Marker((latitude, longitude), popup=place).add_to(made)
st_folium(made, key="map", use_container_width=True, height=560, returned_objects=[])
"""
WATCH_MAP = """() => {
    window.painted = 0;
    const note = () => { window.painted = performance.timeOrigin + performance.now(); };
    for (const canvas of [map.atlas.groundCanvas, map.atlas.marksCanvas]) {
        const paint = canvas._paint;
        canvas._paint = (...given) => { paint(...given); note(); };
    }
}"""
WATCH_PAGE = """() => {
    window.drawn = {};
    for (const face of ["timeline", "table"]) {
        const host = document.querySelector(`.st-key-${face}`);
        const root = [...host.querySelectorAll("*")].map((element) => element.shadowRoot).find(Boolean) || host;
        new MutationObserver(() => { window.drawn[face] = performance.timeOrigin + performance.now(); })
            .observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
    }
}"""
CLICK = """() => {
    const box = document.querySelector('[data-testid="stSidebar"] .st-key-event-types input, [data-testid="stCheckbox"] input');
    const now = performance.timeOrigin + performance.now();
    box.click();
    return now;
}"""
DRAWN = """() => window.map && (document.querySelectorAll(".leaflet-marker-icon").length > 0
    || Object.values(map._layers).some((layer) => layer._point))"""


class Counted:
    """Bytes that the server sent to a page."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        page.on("websocket", lambda socket: socket.on("framereceived", self._add))
        page.on("response", lambda answer: self._add(answer.headers.get("content-length", "")))

    def _add(self, frame: bytes | str) -> None:
        self.bytes += int(frame or 0) if isinstance(frame, str) and frame.isdigit() else len(frame)


def last_painting(page: Page, frame: Frame, start: float) -> dict[str, float]:
    """Wait until nothing is painted any more, and return when each face was painted last, in seconds after the start."""
    while True:
        page.wait_for_timeout(100)
        times = {"map": frame.evaluate("window.painted"), **page.evaluate("window.drawn")}
        now = page.evaluate("performance.timeOrigin + performance.now()")
        if times["map"] > start and now - max(times.values()) > QUIET_MS:
            return {face: (at - start) / 1000 for face, at in times.items() if at > start}


def measure(page: Page, counted: Counted, url: str) -> tuple[dict[str, float], int]:
    """Return the median seconds of each face and of the last of them ("all"), and the most bytes sent for a change."""
    page.goto(url)
    frame = page.wait_for_selector(MAP, state="attached").content_frame()
    frame.wait_for_function("window.map && map.atlas && map.atlas.isPlaced", polling=100)
    settle(page)
    page.wait_for_timeout(3000)
    frame.evaluate(WATCH_MAP)
    page.evaluate(WATCH_PAGE)
    taken: list[dict[str, float]] = []
    sent = 0
    for _ in range(TIMES + 1):
        before = counted.bytes
        start = page.evaluate(CLICK)
        painted = last_painting(page, frame, start)
        taken.append(painted | {"all": max(painted.values())})
        sent = max(sent, counted.bytes - before)
    faces = sorted({face for each in taken for face in each})
    return {face: statistics.median(each[face] for each in taken[1:] if face in each) for face in faces}, sent


def plain(page: Page, url: str, rows: int) -> float:
    """Return the median seconds from the click to what folium has drawn."""
    page.goto(f"{url}/?rows={rows}")
    taken = []
    for _ in range(PLAIN_TIMES):
        page.wait_for_timeout(2000)
        page.wait_for_selector(MAP, state="attached")
        settle(page)
        start = page.evaluate(CLICK)
        page.wait_for_timeout(100)
        settle(page)
        frame = page.wait_for_selector(MAP, state="attached").content_frame()
        frame.wait_for_function(DRAWN, polling=20)
        taken.append((page.evaluate("performance.timeOrigin + performance.now()") - start) / 1000)
    return statistics.median(taken)


def main(sizes: tuple[int, ...] = SIZES) -> Results:
    """Measure each size, and folium's ways for those that it can draw."""
    results = Results("explore", "From a filter's change to the painted map")
    alls: list[float] = []
    chromium = find()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for rows in sizes:
            page = browser.new_page(viewport={"width": 1400, "height": 1000})
            page.set_default_timeout(300_000)
            took, sent = ours(page, rows)
            alls.append(took["all"])
            ways = {"Incident Atlas": took["map"]}
            if rows in PLAIN_SIZES:
                ways["folium.Marker" if rows <= 10_000 else "folium.GeoJson, canvas"] = folium(page, rows)
            page.close()
            results.compare(f"{rows:,} rows: the map is painted", ways)
            for face in ("timeline", "table", "all"):
                results.add(f"{rows:,} rows: {face} painted", took[face], "s")
            results.add(f"{rows:,} rows: sent for it, at most", sent / 1024, "KB")
        browser.close()
    if len(sizes) > 1:
        results.grow("all painted", sizes, alls)
    return results


def ours(page: Page, rows: int) -> tuple[dict[str, float], int]:
    """Return what `measure` does of the app with so many incidents."""
    with TemporaryDirectory() as folder:
        filling = fill if rows <= 1_000_000 else fill_in_parts
        filling(Path(folder, "store"), rows)
        with serving(ROOT / "app.py", home=Path(folder)) as url:
            return measure(page, Counted(page), url)


def folium(page: Page, rows: int) -> float:
    """Return what `plain` does of an app that draws so many incidents with folium's own means."""
    with TemporaryDirectory() as folder:
        script = Path(folder, "app.py")
        script.write_text(PLAIN, encoding="utf-8")
        with serving(script, home=Path(folder)) as url:
            return plain(page, url, rows)


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or SIZES).write()
