"""How long a change of filter takes until the map is painted, and what is sent: python benchmarks/map.py.

Runs the real st_folium in a real Chromium, on marks that all stand apart: from the click on a
check box to the end of the painting, the median of five, and the bytes of the incidents' script.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from mapping.layers.inert import inert  # noqa: E402
from mapping.layers.map import payload  # noqa: E402
from mapping.schema import EVENT_TYPES, conform  # noqa: E402
from tests.browser.chromium import find  # noqa: E402
from tests.browser.conftest import serving  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Page

SIZES = (250, 1_000, 10_000, 20_000)
TIMES = 5

APP = """
from pathlib import Path
import streamlit as st
from streamlit_folium import st_folium
from benchmarks.map import incidents
from mapping.layers.assets import install
from mapping.layers.map import RETURNED, base_map, incident_layers
install(Path(__file__).parent / "static")
frame = st.cache_data(incidents)(int(st.query_params["rows"]), int(st.checkbox("other")))
st_folium(base_map(), feature_group_to_add=incident_layers(frame, countries=["IQ"]), returned_objects=RETURNED,
          key="map", use_container_width=True, height=560)
"""
READY = """(rows) => window.map && map.atlas && map.atlas.marks.drawn.length > 0.9 * rows && map.atlas.isPlaced
    && map.atlas.ground.provinces().length > 0 && !map.atlas.frame"""
LISTEN = """() => {
    const canvas = map.atlas.marksCanvas, paint = canvas._paint;
    canvas._paint = (...given) => { paint(...given); window.painted = performance.timeOrigin + performance.now(); };
}"""
CLICK = """() => {
    const box = document.querySelector('input[type="checkbox"]');
    const now = performance.timeOrigin + performance.now();
    box.click();
    return now;
}"""


def incidents(rows: int, seed: int) -> pl.DataFrame:
    """Make rows that all stand apart, in Iraq."""
    at = np.random.default_rng(seed)

    def pick(values: Sequence[str]) -> list[str]:
        return [values[i] for i in at.integers(0, len(values), rows)]

    frame = pl.DataFrame(
        {
            "incident_id": [f"IRQ{i}" for i in range(rows)],
            "longitude": at.uniform(39, 48, rows),
            "latitude": at.uniform(30, 37, rows),
            "geo_precision": pick(["site", "town", "town", "near"]),
            "event_type": pick(EVENT_TYPES),
            "adm1_code": pick(["IQ-AN", "IQ-NI", "IQ-BA"]),
            "place": pick([f"place {i}" for i in range(400)]),
        }
    )
    return conform(frame.with_columns(radius_km=5.0, country_iso2=pl.lit("IQ"), date_start=pl.date(2024, 7, 16)))


def measure(page: Page, url: str, rows: int) -> float:
    """Return the median seconds from the click to the end of the painting."""
    page.goto(f"{url}/?rows={rows}")
    frame = page.wait_for_selector('iframe[title="streamlit_folium.st_folium"]', state="attached").content_frame()
    frame.wait_for_function(READY, arg=rows, polling=50)
    page.wait_for_timeout(1500)
    frame.evaluate(LISTEN)
    taken = []
    for _ in range(TIMES + 1):
        start = page.evaluate(CLICK)
        frame.wait_for_function("(start) => window.painted > start", arg=start, polling=20)
        taken.append((frame.evaluate("() => window.painted") - start) / 1000)
        page.wait_for_timeout(800)
    return statistics.median(taken[1:])  # the first one makes the other frame


def main() -> None:
    """Print a line for each size."""
    chromium = find()
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        script = Path(folder, "app.py")
        script.write_text(APP, encoding="utf-8")
        with serving(script, home=Path(folder)) as url:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1400, "height": 900})
            page.set_default_timeout(120_000)
            print(f"{'rows':>8} {'painted after':>15} {'sent':>10}")
            for rows in SIZES:
                sent = len(inert(payload(incidents(rows, 0))).encode())
                print(f"{rows:>8,} {measure(page, url, rows):>13.2f} s {sent / 1024:>7,.0f} KB", flush=True)
            browser.close()


if __name__ == "__main__":
    main()
