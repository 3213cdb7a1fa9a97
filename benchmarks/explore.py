"""How long a change of filter takes on Explore until map, timeline and table are painted: python -m benchmarks.explore.

The real app in a real Chromium, on incidents made by rule that stand all apart: from the click on a
check box in the sidebar to the last painting, server and browser together; the median of ten, and
the bytes that the server sent. Beside it, in the same run, folium's plain markers for the map alone.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from benchmarks.made import ROOT, fill
from tests.browser.chromium import find
from tests.browser.conftest import serving
from tests.browser.waiting import settle

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

SIZES = (10_000, 100_000, 1_000_000)
MARKERS = (1_000, 10_000)
TIMES = 10
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
for latitude, longitude, place in shown.select("latitude", "longitude", "place").iter_rows():
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


def markers(page: Page, url: str, rows: int) -> float:
    """Return the median seconds from the click to the last of folium's plain markers."""
    page.goto(f"{url}/?rows={rows}")
    taken = []
    for _ in range(3):
        page.wait_for_timeout(2000)
        page.wait_for_selector(MAP, state="attached")
        settle(page)
        start = page.evaluate(CLICK)
        page.wait_for_timeout(100)
        settle(page)
        frame = page.wait_for_selector(MAP, state="attached").content_frame()
        frame.wait_for_function("document.querySelectorAll('.leaflet-marker-icon').length > 0", polling=20)
        taken.append((page.evaluate("performance.timeOrigin + performance.now()") - start) / 1000)
    return statistics.median(taken)


def main(sizes: tuple[int, ...]) -> None:
    """Print a line for each size."""
    chromium = find()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        print(f"{'rows':>10} {'map':>8} {'timeline':>9} {'table':>8} {'all':>8} {'sent':>10}", flush=True)
        for rows in sizes:
            with TemporaryDirectory() as folder:
                fill(Path(folder, "store"), rows)
                with serving(ROOT / "app.py", home=Path(folder)) as url:
                    page = browser.new_page(viewport={"width": 1400, "height": 1000})
                    page.set_default_timeout(300_000)
                    took, sent = measure(page, Counted(page), url)
                    page.close()
            times = " ".join(f"{took.get(face, float('nan')):>7.2f}s" for face in ("map", "timeline", "table", "all"))
            print(f"{rows:>10,} {times} {sent / 1024:>7,.0f} KB", flush=True)
        plain(browser.new_page())
        browser.close()


def plain(page: Page) -> None:
    """Print a line for each size of folium's plain markers."""
    page.set_default_timeout(300_000)
    with TemporaryDirectory() as folder:
        script = Path(folder, "app.py")
        script.write_text(PLAIN, encoding="utf-8")
        with serving(script, home=Path(folder)) as url:
            for rows in MARKERS:
                print(f"{rows:>10,} {markers(page, url, rows):>7.2f}s  folium.Marker, the map alone", flush=True)


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
