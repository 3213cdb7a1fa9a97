"""The exported page in a real Chromium, opened from the disk: the same map, its filters, and nothing that runs or asks."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from mapping.layers.map import MapStyle, payload
from mapping.layers.page import render_page
from mapping.schema import SCHEMA, conform

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PAINTED = "() => incidentAtlas.page && incidentAtlas.page.map.view && !incidentAtlas.page.map.frame"
ABOUT: dict[str, Any] = {
    "title": "Two provinces",
    "generated": "2026-01-02T03:04:05Z",
    "filter": {"country": "IQ"},
    "datasets": [{"dataset": "mine", "version": "1", "rows": 3, "licence": "CC BY 4.0", "citation": "Me (2026)"}],
    "boundaries": {"source": "Natural Earth", "version": "5.1"},
    "notice": "Not for passing on.",
}


def rows() -> pl.DataFrame:
    base = {
        "country_iso2": "IQ",
        "adm1_code": "IQ-AN",
        "adm1_name": "Anbar",
        "geo_precision": "site",
        "latitude": 33.7856,
        "longitude": 42.4412,
    }
    given: list[dict[str, Any]] = [
        base | {"incident_id": "drones", "event_type": "drone attack", "date_start": date(2024, 7, 16), "date_end": date(2024, 7, 17), "fatalities_best": 0,
                "place": "Ain al-Assad", "source_url": "https://example.org/a"},
        base | {"incident_id": "rockets", "event_type": "rocket attack", "date_start": date(2020, 1, 8), "place": "قاعدة عين الأسد",
                "geo_reason": "'قاعدة عين الأسد' is in no list of places"},
        base | {"incident_id": "vague", "event_type": "IED", "date_start": date(2023, 5, 1), "geo_precision": "province", "latitude": None, "longitude": None},
        base | {"incident_id": "mosul", "event_type": "IED", "adm1_code": "IQ-NI", "adm1_name": "Nineveh", "geo_precision": "town", "latitude": 36.34, "longitude": 43.13},
        {"incident_id": "nowhere", "country_iso2": "IQ", "geo_precision": "country", "source_url": "javascript:window.ran=1"},
    ]  # fmt: skip
    return conform(pl.DataFrame(given, infer_schema_length=None))


def opened(page: Page, folder: Path, frame: pl.DataFrame, about: dict[str, Any] = ABOUT) -> None:
    file = folder / "page.html"
    file.write_text(render_page(frame, metadata=about), encoding="utf-8")
    page.goto(file.as_uri())
    page.wait_for_function(PAINTED, polling=50)


def numbers(page: Page) -> list[int]:
    return [int(text) for text in page.locator(".numbers b").all_inner_texts()]


def ids(page: Page) -> list[str]:
    return page.evaluate("() => incidentAtlas.page.kept.map((i) => incidentAtlas.page.rows.raw('incident_id', i))")


def test_it_shows_the_map_that_the_app_shows_and_asks_nobody(page: Page, tmp_path: Path) -> None:
    frame = rows()
    opened(page, tmp_path, frame)
    drawn = page.evaluate("() => incidentAtlas.page.gathered")
    expected = json.loads(json.dumps(payload(frame, style=MapStyle(shade="per_area"))))  # with the areas
    assert drawn["provinces"] == expected["provinces"]
    for name in expected["marks"].keys() - {"id", "names", "place"}:
        assert drawn["marks"][name] == expected["marks"][name], name
    assert drawn["counts"] == expected["counts"]
    assert [len(drawn["marks"][name]) for name in ("id", "place")] == [2, 2]
    assert page.seen.requests == [(tmp_path / "page.html").as_uri()]
    assert page.seen.errors == []


def test_the_numbers_add_up_and_follow_the_filters(page: Page, tmp_path: Path) -> None:
    opened(page, tmp_path, rows())
    assert numbers(page) == [5, 3, 1, 1]
    page.get_by_label("Province", exact=True).select_option("IQ-AN")
    assert (numbers(page), ids(page)) == ([3, 2, 1, 0], ["drones", "rockets", "vague"])
    page.get_by_label("From", exact=True).fill("2024-07-17")
    assert ids(page) == ["drones"]
    page.get_by_label("To", exact=True).fill("2024-07-01")
    assert ids(page) == []
    assert page.get_by_text("No incident fits the filters").is_visible()
    page.get_by_label("From", exact=True).fill("")
    page.get_by_label("To", exact=True).fill("")
    page.get_by_label("Search", exact=True).fill("عين")
    assert ids(page) == ["rockets"]
    page.get_by_label("Search", exact=True).fill("")
    page.get_by_label("Bomb").uncheck()
    assert ids(page) == ["drones", "rockets"]


def test_a_mark_a_row_and_the_card_are_one(page: Page, tmp_path: Path) -> None:
    opened(page, tmp_path, rows())
    page.get_by_role("button", name="2020-01-08").press("Enter")
    card = page.locator(".card")
    assert "rocket attack" in card.inner_text() and "2 of 5" in card.inner_text()
    for words, direction in (("قاعدة عين الأسد", "rtl"), ("'قاعدة عين الأسد' is in no list of places", "ltr")):
        said = card.get_by_text(words, exact=True)
        assert said.evaluate("element => getComputedStyle(element).direction") == direction
    assert page.locator("tr.chosen").inner_text().startswith("2020-01-08")
    page.wait_for_function("() => !incidentAtlas.page.map.frame && incidentAtlas.page.map.chosen.mark >= 0", polling=50)
    page.locator("#map").scroll_into_view_if_needed()
    mark = page.evaluate("""() => {
        const { map } = incidentAtlas.page, [, x, y] = map.marks.drawn.find(([i]) => map.marks.data.n[i] === 1);
        const point = map.map.layerPointToContainerPoint([x, y]), box = document.getElementById("map").getBoundingClientRect();
        return [box.left + point.x, box.top + point.y];
    }""")
    page.mouse.click(*mark)
    assert "Nineveh" in card.inner_text()
    page.get_by_role("button", name="2024-07-16").click()
    assert card.locator("a").get_attribute("href") == "https://example.org/a"
    page.get_by_role("button", name="Next").click()
    assert "2 of 5" in card.inner_text()


def test_it_says_whose_the_rows_are(page: Page, tmp_path: Path) -> None:
    opened(page, tmp_path, rows())
    words = page.locator("#page").inner_text()
    for part in (
        "Two provinces",
        "2026-01-02",
        "country: IQ",
        "CC BY 4.0",
        "Me (2026)",
        "Natural Earth",
        "Not for passing on.",
    ):
        assert part in words


def test_no_text_of_a_record_runs(page: Page, tmp_path: Path, shared_data: Path) -> None:
    strings = [text for text in json.loads((shared_data / "naughty" / "blns.json").read_text(encoding="utf-8")) if text]
    strings += [
        "{{ 6*7 }}",
        "</script><script>window.ran = 1</script>",
        "<img src=x onerror='window.ran = 1'>",
        "javascript:window.ran=1",
    ]
    texts = {name: strings for name, dtype in SCHEMA.items() if dtype == pl.String}
    points = {"latitude": [30 + i / 200 for i in range(len(strings))], "longitude": 43.0, "geo_precision": "site"}
    page.add_init_script("window.ran = 0; window.alert = () => { window.ran += 1; };")
    hostile = dict.fromkeys(("title", "notice"), strings[-2]) | {
        "datasets": [dict.fromkeys(("dataset", "licence", "citation"), strings[-2]) | {"rows": 1}]
    }
    opened(page, tmp_path, conform(pl.DataFrame(texts | points)), hostile)
    page.evaluate("() => { incidentAtlas.page.kept.forEach((i) => incidentAtlas.page.choose(i)); }")
    shown = page.evaluate(
        """() => { const { table } = incidentAtlas.page, seen = []; for (let n = 0; n <= table.last; n++) { table.turn(n);
            seen.push(...[...document.querySelectorAll('tbody tr td:nth-child(2)')].map((cell) => cell.textContent)); } return seen; }"""
    )
    assert sorted(shown) == sorted(strings)
    assert (
        page.evaluate(
            "() => [...document.querySelectorAll('a')].filter((a) => !/^https?:$/.test(a.protocol) && !a.closest('.leaflet-control')).length"
        )
        == 0
    )
    page.wait_for_function(PAINTED, polling=50)
    assert page.evaluate("() => window.ran") == 0
    assert (page.seen.errors, page.seen.dialogs, page.seen.requests) == ([], [], [(tmp_path / "page.html").as_uri()])


@pytest.mark.parametrize("width", [1400, 400])
def test_nothing_scrolls_sideways(open_page: Any, tmp_path: Path, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 900})
    opened(page, tmp_path, rows())
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
