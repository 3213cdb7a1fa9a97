"""Taking a view away, in a real Chromium: the snapshot and what it holds, pictures for print, exports that are what the table is."""

from __future__ import annotations

import hashlib
import io
import json
import re
import struct
import zipfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import geopandas
import polars as pl
import pytest

from mapping import exports, pipeline
from mapping.layers.mapstyle import MapStyle
from mapping.layers.page import PageView
from mapping.query import Filter
from mapping.schema import SCHEMA, conform
from tests.browser.test_page_browser import PAINTED, ids, numbers
from tests.browser.waiting import map_frame, settle, visit

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

ANBAR = Filter(provinces=("IQ-AN",), date_from=date(2020, 1, 1), date_to=date(2024, 12, 31))
DRONES = "Starter incidents/2024-07-16-ain-al-asad-drones"
SVG = "{http://www.w3.org/2000/svg}"
EVERYTHING = MapStyle(density=True, sites=True, mismatches=True, shade="fatalities")


def saved(page: Page, button: Locator) -> bytes:
    with page.expect_download() as download:
        button.click()
    return Path(download.value.path()).read_bytes()


def snapshot(page: Page, folder: Path, rows: pl.DataFrame, **view: Any) -> str:
    """Open a snapshot from the disk, with the network cut; return its address."""
    file = folder / "snapshot.html"
    file.write_bytes(pipeline.snapshot(rows, view=PageView(**view), filter=ANBAR, title="Anbar <b>"))
    page.context.set_offline(True)
    page.goto(file.as_uri())
    page.wait_for_function(PAINTED, polling=50)
    return file.as_uri()


def anbar() -> pl.DataFrame:
    return ANBAR.apply(pipeline.shipped_incidents()).sort("fatalities_best", descending=True)


def test_a_snapshot_opens_at_the_view_without_network(page: Page, tmp_path: Path) -> None:
    rows = anbar()
    address = snapshot(page, tmp_path, rows, at=(33.5, 42.5, 8.0), selected=DRONES, bins="year")
    where = page.evaluate(
        "() => { const { map } = incidentAtlas.page.map; return [map.getCenter().lat, map.getCenter().lng, map.getZoom()]; }"
    )
    assert [round(number, 2) for number in where] == [33.5, 42.5, 8.0]
    assert ids(page) == rows["incident_id"].to_list()
    found = numbers(page)
    assert found[0] == sum(found[1:]) == rows.height
    assert page.locator(".filtered").inner_text().splitlines() == [chip.label for chip in ANBAR.describe()]
    assert "Ain al-Assad base" in page.locator(".card h2").inner_text()
    assert page.locator("tr.chosen").count() == 1
    assert page.get_by_role("heading", name="By year").is_visible()
    words = page.locator("footer").inner_text()
    for said in ("CC BY 4.0", "Natural Earth", exports.sha256(conform(rows)), "Incident Atlas"):
        assert said in words
    page.get_by_text("Reports that the rows rest on").click()
    links = page.locator(".sources a")
    links.first.wait_for()  # the list is written when it has opened
    assert links.count() == rows.select("source_name", "source_url").drop_nulls("source_url").unique().height
    assert "noreferrer" in links.first.get_attribute("rel")
    assert (page.seen.requests, page.seen.errors) == ([address], [])


def test_the_rows_of_a_snapshot_are_those_of_the_csv(page: Page, tmp_path: Path, shared_data: Path) -> None:
    texts = json.loads((shared_data / "naughty" / "blns.json").read_text(encoding="utf-8"))
    hostile = conform(pl.DataFrame({"summary": [*texts, "=1+1", "'@x", "a,b", 'q"', "r\rx", " "]})).with_columns(
        latitude=pl.Series([1e-7, -12.0] + [33.5] * (len(texts) + 4)), radius_km=0.25, date_start=date(2024, 2, 29)
    )
    rows = pl.concat([anbar(), hostile])
    snapshot(page, tmp_path, rows)
    taken = saved(page, page.get_by_role("button", name="as CSV"))
    assert taken == exports.to_bytes(rows, "csv", metadata=exports.Metadata(title="T"))[0]
    page.get_by_text("The rows are as they were taken away.").wait_for()


def test_the_table_of_a_snapshot_has_every_row_a_page_at_a_time_and_sorts(page: Page, tmp_path: Path) -> None:
    rows = pl.concat([anbar()] * 20).with_columns(incident_id=pl.int_range(pl.len()).cast(pl.String))
    snapshot(page, tmp_path, rows, selected="Starter incidents/150")
    where = page.locator(".pager .muted")
    assert where.inner_text().startswith("101–200 of"), "the page with the chosen row"
    page.get_by_role("button", name="Last rows").click()
    assert where.inner_text().endswith(f"–{rows.height} of {rows.height}")
    assert page.get_by_role("button", name="Rows after").is_disabled()
    page.get_by_role("button", name="Killed").click()
    killed = page.locator("tbody tr td:nth-child(7)").all_inner_texts()
    known = [int(number) for number in killed if number != "–"]
    assert known == sorted(known, reverse=True)
    assert page.locator('th[aria-sort="descending"]').inner_text().startswith("Killed")


def test_each_face_of_a_snapshot_filters_the_others(page: Page, tmp_path: Path) -> None:
    rows = anbar()
    snapshot(page, tmp_path, rows)
    handle = page.get_by_role("slider", name="First day shown")
    handle.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("(all) => incidentAtlas.page.kept.length < all", arg=rows.height)
    first = page.get_by_label("From", exact=True).input_value()
    assert first > "2020"
    assert all(day.inner_text() >= first for day in page.locator("tbody td:first-child").all())
    assert numbers(page)[0] == page.locator("tbody tr").count()


def test_a_snapshot_plays(page: Page, tmp_path: Path) -> None:
    rows = anbar()
    snapshot(page, tmp_path, rows)
    page.get_by_role("button", name="Play the incidents over time").click()
    page.get_by_label("Step", exact=True).select_option("year")
    page.get_by_label("Window", exact=True).select_option("all")
    for _ in range(6):
        page.get_by_role("button", name="Step forward").click()
    assert page.locator(".atlas-dates span").inner_text().startswith(f"{rows.height} incidents")
    page.get_by_label("Window", exact=True).select_option("1")
    year = page.locator(".atlas-dates b").inner_text()[-4:]
    assert any(str(text.text).startswith(f"Shown here: {year}") for text in svg_of(page).iter(f"{SVG}text"))
    page.get_by_role("button", name="Keep these dates").click()
    assert page.get_by_label("From", exact=True).input_value().startswith(year)
    assert page.get_by_role("group", name="Player").count() == 0
    assert numbers(page)[0] == rows.filter(pl.col("date_start").dt.year() == int(year)).height > 0
    assert page.seen.errors == []


def svg_of(page: Page) -> ElementTree.Element:
    page.get_by_role("button", name="Picture").click()
    return ElementTree.fromstring(saved(page, page.get_by_role("button", name="SVG")))


def test_a_picture_for_print_is_vectors_with_legend_scale_and_credits(page: Page, tmp_path: Path) -> None:
    snapshot(page, tmp_path, anbar(), style=EVERYTHING, selected=DRONES)
    drawn = svg_of(page)
    words = [text.text for text in drawn.iter(f"{SVG}text")]
    data = "Data: Starter incidents (CC BY 4.0)."
    for said in ("Anbar <b>", "known site", "Precision", data, "Boundaries: Natural Earth"):
        assert said in words, said
    assert any(re.fullmatch(r"[\d,]+ km", word or "") for word in words)
    assert drawn.attrib["width"] == "180mm"
    assert {each.tag.removeprefix(SVG) for each in drawn.iter()} == {"svg", "title", "path", "text", "g", "clipPath"}
    assert not re.search("NaN|undefined|null", ElementTree.tostring(drawn, encoding="unicode"))
    assert page.seen.errors == []


def test_a_png_for_print_has_300_dots_an_inch(page: Page, tmp_path: Path) -> None:
    snapshot(page, tmp_path, anbar())
    page.get_by_role("button", name="Picture").click()
    png = saved(page, page.get_by_role("button", name="PNG"))
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", png[16:20]) == (round(180 / 25.4 * 300),)
    at = png.index(b"pHYs") + 4
    assert struct.unpack(">IIB", png[at : at + 9]) == (11811, 11811, 1)


def test_no_text_of_a_record_is_more_than_text_in_a_picture(page: Page, tmp_path: Path) -> None:
    hostile = [
        '"/><script>window.ran = 1</script>',
        "<svg onload='window.ran=1'>",
        "\x00\x1b[31m",
        "&amp;]]>",
        "{{ 6*7 }}",
    ]
    rows = pl.concat([anbar()] * 2).with_columns(
        actor1=pl.Series((hostile * 40)[: 2 * anbar().height], strict=False), dataset=pl.lit(hostile[0])
    )
    snapshot(page, tmp_path, rows, style=MapStyle(colour="actor"))
    drawn = svg_of(page)
    words = [text.text for text in drawn.iter(f"{SVG}text")]
    assert hostile[3] in words
    assert {each.tag.removeprefix(SVG) for each in drawn.iter()} <= {"svg", "title", "path", "text", "g", "clipPath"}
    assert page.evaluate("() => window.ran") is None


def test_the_app_gives_a_snapshot_of_where_the_map_stands(app: str, page: Page, open_page: Any, tmp_path: Path) -> None:
    visit(page, f"{app}/?province=IQ-AN&incident={DRONES}&map=shade:none")
    frame = map_frame(page)
    frame.evaluate("() => { window.map.atlas.place = null; window.map.setView([34, 41.5], 7.5, { animate: false }); }")
    page.wait_for_url(lambda url: "at=34" in url, wait_until="commit")
    page.locator(".st-key-snapshot button").first.click()
    settle(page)
    file = tmp_path / "taken.html"
    file.write_bytes(saved(page, page.locator(".st-key-snapshot-save button")))
    taken = open_page()
    taken.context.set_offline(True)
    taken.goto(file.as_uri())
    taken.wait_for_function(PAINTED, polling=50)
    where = taken.evaluate(
        "() => { const { map } = incidentAtlas.page.map; return [map.getCenter().lat, map.getCenter().lng, map.getZoom()]; }"
    )
    assert [round(number, 2) for number in where] == [34, 41.5, 7.5]
    assert taken.evaluate("() => incidentAtlas.page.map.style.shade") == "none"
    assert "Ain al-Assad" in taken.locator(".card h2").inner_text()
    assert numbers(taken)[0] == Filter(provinces=("IQ-AN",)).apply(pipeline.shipped_incidents()).height
    assert taken.seen.requests == [file.as_uri()]


def test_the_map_of_the_app_is_saved_as_a_picture(app: str, page: Page) -> None:
    visit(page, f"{app}/?province=IQ-AN")
    frame = map_frame(page)
    frame.get_by_role("button", name="Picture").click()
    drawn = ElementTree.fromstring(saved(page, frame.get_by_role("button", name="SVG")))
    words = [text.text for text in drawn.iter(f"{SVG}text")]
    assert "Incidents: Anbar" in words
    assert "Data: Starter incidents (CC BY 4.0)." in words


def test_nothing_lies_under_another_tool_or_on_the_provinces_asked_for(app: str, page: Page) -> None:
    visit(page, f"{app}/?province=IQ-AN,IQ-NI")
    frame = map_frame(page)
    switch = frame.locator(".atlas-switch").bounding_box()
    mosul = frame.evaluate("() => map.latLngToContainerPoint([36.34, 43.13])")
    assert frame.frame_element().bounding_box()["x"] + mosul["x"] + 20 < switch["x"]
    picture = frame.get_by_role("button", name="Picture")
    assert picture.is_visible()
    frame.get_by_role("button", name="Layers").click()
    assert not picture.is_visible()  # there is no room for it above the player
    frame.get_by_role("button", name="Layers").click()
    assert picture.is_visible()


def test_quick_taps_on_two_tools_do_not_move_the_map(app: str, open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 400, "height": 860}, has_touch=True)
    visit(page, f"{app}/?province=IQ-AN")
    frame = map_frame(page)
    zoom = frame.evaluate("() => map.getZoom()")
    frame.evaluate("""() => {
        const tap = { bubbles: true, detail: 1, pointerType: "touch" };
        for (const name of [".atlas-picture", ".atlas-choice"]) {
            document.querySelector(`${name} button`).dispatchEvent(new PointerEvent("click", tap));
        }
    }""")
    page.wait_for_timeout(500)
    assert frame.evaluate("() => map.getZoom()") == zoom


def export(page: Page, kind: str) -> bytes:
    page.locator(".st-key-export button").first.click()
    data = saved(page, page.locator(f".st-key-export-{kind} button"))
    page.keyboard.press("Escape")
    return data


def test_every_export_has_the_rows_of_the_table_in_its_order(app: str, page: Page, tmp_path: Path) -> None:
    visit(page, f"{app}/?province=IQ-AN&from=2024-01-01&to=2024-12-31")
    table = page.locator(".st-key-table tbody tr")
    table.first.wait_for()
    days = [row.locator("td", has_text=re.compile(r"^\d{4}-\d\d-\d\d$")).first.inner_text() for row in table.all()]
    collection = json.loads(export(page, "geojson"))
    assert [feature["properties"]["date_start"] for feature in collection["features"]] == days
    identifiers = [feature["id"] for feature in collection["features"]]
    zipped = zipfile.ZipFile(io.BytesIO(export(page, "csv")))
    csv = zipped.read("incidents.csv")
    about = json.loads(zipped.read("incidents.csv-metadata.json"))
    assert about["boundaries"] == collection["metadata"]["boundaries"]
    assert (
        about["rows_sha256"]["value"]
        == hashlib.sha256(csv).hexdigest()
        == collection["metadata"]["rows_sha256"]["value"]
    )
    for kind in ("gpkg", "parquet", "xlsx"):
        (tmp_path / f"taken.{kind}").write_bytes(export(page, kind))
    taken = {
        "csv": pl.read_csv(csv)["incident_id"],
        "gpkg": geopandas.read_file(tmp_path / "taken.gpkg")["incident_id"],
        "parquet": geopandas.read_parquet(tmp_path / "taken.parquet")["incident_id"],
        "xlsx": pl.read_excel(tmp_path / "taken.xlsx", infer_schema_length=None)["incident_id"],
    }
    for kind, column in taken.items():
        assert list(column) == identifiers, kind
    assert list(pl.read_csv(csv).columns) == list(SCHEMA)
