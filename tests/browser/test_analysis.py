"""Analysis in a real browser: its numbers are the table's, and what is taken away opens."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.etree import ElementTree

import polars as pl
import pytest

from mapping.schema import conform
from mapping.store import Store
from tests.browser.conftest import ROOT, serving
from tests.browser.waiting import address, settle, until, visit

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

FIGURES = {
    "incidents-by-province-and-month": "Incidents by province and month",
    "incidents-by-month": "Incidents and people killed by month",
    "change-by-province": "Change: 1 Jan 2023 – 30 Jun 2024 against 1 Jul 2021 – 31 Dec 2022",
    "incidents-by-type": "Incidents and people killed by type",
    "incidents-by-weapon": "Incidents and people killed by weapon",
    "incidents-by-actor": "Incidents and people killed by actor",
    "sites-struck-most": "Sites and towns struck most",
}
DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "analysis.md").read_text(encoding="utf-8")
VIEW = "country=IQ&from=2023-01-01&to=2024-06-30"


def cells(page: Page, caption: str) -> list[list[str]]:
    """The body of a table, as people read it."""
    rows = page.locator("table").filter(has=page.locator("caption", has_text=caption)).locator("tbody tr")
    return rows.evaluate_all("rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))")


def take(page: Page, name: str, kind: str) -> tuple[str, bytes]:
    """Take a figure away; return the name of the file and what it holds."""
    button = page.locator(f".st-key-export-{name}-{kind} button")
    if not button.is_visible():
        page.locator(f".st-key-take-{name} button").first.click()
    with page.expect_download() as waiting:
        button.click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


@pytest.fixture
def analysis(app: str, page: Page) -> Page:
    visit(page, f"{app}/analysis?{VIEW}")
    page.wait_for_selector("canvas, .st-key-over-time svg", state="attached")
    return page


def test_every_figure_opens_as_picture_and_as_data(app: str, analysis: Page) -> None:
    for name, title in FIGURES.items():
        assert f"`{name.replace('month', 'UNIT')}`" in DOCUMENT
        file, drawn = take(analysis, name, "svg")
        assert file == f"{name}.svg"
        words = "".join(ElementTree.fromstring(drawn).itertext())
        assert title in words and "Iraq · 1 Jan 2023 – 30 Jun 2024 · " in words and "Source: Starter incidents" in words
        assert "Cite: " in words
        file, picture = take(analysis, name, "png")
        assert file == f"{name}.png" and picture.startswith(b"\x89PNG")
        assert int.from_bytes(picture[16:20]) > 1900
        _, zipped = take(analysis, name, "zip")
        with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
            about = json.loads(archive.read(f"{name}.csv-metadata.json"))
            table = pl.read_csv(archive.read(f"{name}.csv"))
        assert about["title"] == title and about["filter"]["from"] == "2023-01-01" and about["datasets"][0]["citation"]
        assert table.height > 0
        analysis.keyboard.press("Escape")
    assert analysis.seen.hosts_beside(app) == []


def test_data_are_the_numbers_on_the_page(analysis: Page) -> None:
    _, zipped = take(analysis, "incidents-by-province-and-month", "zip")
    with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
        table = pl.read_csv(archive.read("incidents-by-province-and-month.csv"))
    on_page = {row[0]: [int(cell) for cell in row[1:]] for row in cells(analysis, "Incidents by province and month")}
    in_file = {name or "Province unknown": counts for name, _, *counts in table.drop("adm1_code").iter_rows()}
    assert {name: [*counts, sum(counts)] for name, counts in in_file.items()} == on_page
    number = analysis.locator(".number b").first.inner_text()
    assert sum(counts[-1] for counts in on_page.values()) == int(number)


def test_the_filter_goes_along_and_comes_back(app: str, page: Page) -> None:
    visit(page, f"{app}/?{VIEW}")
    number = page.locator(".number b").first.inner_text()
    page.get_by_role("link", name="Analysis").click()
    until(page, lambda said: said.get("country") == "IQ")
    assert page.locator(".number b").first.inner_text() == number
    page.get_by_role("button", name="Iraq ×").click()
    until(page, lambda said: "country" not in said)
    page.get_by_role("link", name="Explore").click()
    until(page, lambda said: said.get("from") == "2023-01-01")
    assert "country" not in address(page)


def test_tables_are_reached_by_keyboard_and_named(analysis: Page) -> None:
    settle(analysis)
    for title in FIGURES.values():
        if "killed by month" not in title:
            region = analysis.get_by_role("region", name=title)
            region.focus()
            assert region.evaluate("element => element === document.activeElement")
    summary = analysis.get_by_text("The same as a table")
    summary.focus()
    analysis.keyboard.press("Enter")
    assert len(cells(analysis, "Incidents and people killed by month")) == 18


def test_fits_a_phone(open_page: Callable[..., Page], app: str) -> None:
    page = open_page(viewport={"width": 400, "height": 800})
    visit(page, f"{app}/analysis?{VIEW}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    widths = page.locator(".figures:visible").evaluate_all(
        "tables => tables.map(table => table.getBoundingClientRect().width)"
    )
    assert max(widths) <= 400


def test_names_from_records_are_shown_not_obeyed(browser: Browser, page: Page, tmp_path: Path) -> None:  # noqa: ARG001
    names = ["<img src=x onerror=alert(1)>", "{{ 6*7 }}", "**bold** :red[red]", "الحشد الشعبي", "[a](http://evil.test)"]
    rows = pl.DataFrame({"actor1": names, "weapon": names, "place": names}).with_columns(
        source_row=pl.int_range(2, pl.len() + 2), incident_id=pl.int_range(pl.len()).cast(pl.String),
        geo_precision=pl.lit("site"), latitude=pl.int_range(pl.len()) + 30.0, longitude=pl.lit(43.0),
    )  # fmt: skip
    with Store(tmp_path / "store") as store:
        store.add(names[0], conform(rows), raw=rows.select("source_row", "place"), licence=names[1])
    with serving(ROOT / "app.py", home=tmp_path) as url:
        visit(page, f"{url}/analysis?dataset={quote(names[0])}")
        for caption in ("killed by actor", "killed by weapon", "Sites and towns"):
            assert {row[0] for row in cells(page, caption)} == set(names)
        arabic = page.locator("bdi", has_text="الحشد").first
        assert arabic.evaluate("element => getComputedStyle(element).direction") == "rtl"
        _, drawn = take(page, "incidents-by-actor", "svg")
        assert set(names) <= {text.text for text in ElementTree.fromstring(drawn).iter() if text.text}
        assert page.seen.dialogs == []
        assert page.seen.hosts_beside(url) == []
