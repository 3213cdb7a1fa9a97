"""Districts in a real Chromium: drawn as polygons with a pill of their own, in the app and in the exported page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pytest
import shapely

from mapping import pipeline
from mapping.store import Store
from tests.browser.conftest import ROOT, serving
from tests.browser.waiting import visit

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Frame, Page

pytestmark = pytest.mark.browser

HOSTILE = "Hit </script><img src=x onerror='window.ran=1'>"
ROWS = """date,event type,country,province,district,place
2024-07-16,raid,Iraq,Anbar,Hit,
2024-07-17,raid,Iraq,Anbar,Hit,
2024-07-18,raid,Iraq,Anbar,,
2024-07-18,raid,Iraq,Anbar,,Ramadi
"""
PAINTED = "(atlas) => atlas && atlas.view && !atlas.frame && atlas.ground.countries(atlas.view).some(({ districts }) => districts.length)"
DRAWN = """(atlas) => ({
    districts: atlas.ground.countries(atlas.view).flatMap(({ districts }) => districts.map(({ code }) => code)),
    pills: Object.fromEntries(atlas.labels.boxes.map(([, code]) => [code, true])),
    counts: [...atlas.counts], legend: atlas.legend.body.textContent, credits: atlas.credited, ran: window.ran || 0,
})"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a store: one district of Anbar, and rows known to it."""
    frame = gpd.GeoDataFrame(
        {"ADM2_EN": [HOSTILE], "ADM2ALT1EN": ["Hit"], "ADM2_PCODE": ["Q1"]},
        geometry=[shapely.box(41, 32, 43, 34)],
        crs=4326,
    )
    frame.to_file(tmp_path / "districts.geojson")
    (tmp_path / "rows.csv").write_text(ROWS, encoding="utf-8")
    with Store(tmp_path / "store") as store:
        pipeline.add_boundaries(
            store, tmp_path / "districts.geojson", level="adm2", country="IQ", licence="CC0", name="<b>Mine</b>"
        )
        with pipeline.using_own(store):
            done = pipeline.process(tmp_path / "rows.csv", dataset="Rows")
            pipeline.keep(done, store, name="Rows", licence="CC0")
            pipeline.export(done.incidents, tmp_path / "page.html")
    return tmp_path


def check(where: Page | Frame, atlas: str) -> None:
    handle = f"({{}})(window.{atlas})".format
    where.wait_for_function(
        f"() => window.{atlas.split('.')[0]} && window.{atlas} && ({PAINTED})(window.{atlas})", polling=50
    )
    found: dict[str, Any] = where.evaluate(f"() => {handle(DRAWN)}")
    assert found["districts"] == ["Q1"]
    assert found["pills"].keys() >= {"Q1", "IQ-AN"}
    assert ["IQ-AN", 4] in found["counts"]
    assert "in the district, place unknown" in found["legend"]
    assert found["credits"] == "Boundaries: Natural Earth; &lt;b&gt;Mine&lt;/b&gt; (districts of IQ, CC0)"
    assert found["ran"] == 0


def test_the_exported_page_draws_the_district(page: Page, home: Path) -> None:
    page.goto((home / "page.html").as_uri())
    check(page, "incidentAtlas.page.map")
    assert page.seen.errors == []


def test_the_app_draws_the_district_and_asks_nobody_else(page: Page, home: Path) -> None:
    with serving(ROOT / "app.py", home=home) as url:
        visit(page, f"{url}/?dataset=Rows")
        handle = page.wait_for_selector('iframe[title="streamlit_folium.st_folium"]', state="attached")
        check(handle.content_frame(), "map.atlas")
    assert page.seen.hosts_beside(url) == []
