"""Explore, as somebody new to it uses it: find, click, read, take home, come back."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas
import polars as pl
import pytest
from playwright.sync_api import expect

from mapping import pipeline
from tests.browser.waiting import address, click_on_map, map_frame, settle, until, visit

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)

ANBAR_IN_JULY = "/?province=IQ-AN&from=2024-07-01&to=2024-07-31"


def table(page: Page) -> list[list[str]]:
    """The cells of the table, row by row."""
    rows = page.locator(".st-key-table tbody tr")
    rows.first.wait_for()
    return [row.locator("td").all_inner_texts() for row in rows.all()]


def numbers(page: Page) -> list[int]:
    texts = page.locator(".number b, [class*=st-key-number-] strong").all_inner_texts()
    return [int(text.replace(",", "")) for text in texts]


def test_the_seed_is_found_clicked_read_and_taken_home(app: str, page: Page, open_page: Callable[..., Page]) -> None:
    visit(page, app)
    assert numbers(page)[0] == 250
    page.get_by_role("combobox", name="Province").fill("Anbar")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    until(page, lambda said: said == {"province": "IQ-AN"})
    for label, day in (("From", "2024-07-01"), ("To", "2024-07-31")):
        page.get_by_role("spinbutton", name=f"year, {label}").click()
        page.keyboard.type(day.replace("-", ""))
        page.keyboard.press("Escape")  # closes the calendar
        until(page, lambda said, label=label, day=day: said.get(label.lower()) == day)
    assert address(page) == {"province": "IQ-AN", "from": "2024-07-01", "to": "2024-07-31"}
    found = numbers(page)
    assert found[0] == sum(found[1:]) == len(table(page)) > 0

    seed = pipeline.shipped_incidents().filter(incident_id="2024-07-16-ain-al-asad-drones").row(0, named=True)
    click_on_map(page, seed["latitude"], seed["longitude"])
    until(page, lambda said: "incident" in said)
    page.locator(".st-key-more-here button").first.click()  # the newest of several at the base comes first
    page.locator(".st-key-here tr", has_text="2024-07-16").click()
    until(page, lambda said: said["incident"].endswith("2024-07-16-ain-al-asad-drones"))
    page.keyboard.press("Escape")
    card = page.locator(".st-key-card").inner_text()
    for words in (
        "Tuesday 16 July 2024",
        "Ain al-Assad base",
        "Anbar",
        "الأنبار",
        "known site",
        "Attacker\nunknown",
        "Killed\n0",
    ):
        assert words in card
    link = page.locator(".st-key-card a").first
    assert link.get_attribute("href").startswith("https://pledgetimes.com/")
    assert set(link.get_attribute("rel").split()) >= {"noopener", "noreferrer"}
    assert "2024-07-16" in page.locator(".st-key-table tr.chosen").inner_text()

    taken = json.loads(Path(export(page, "geojson")).read_text(encoding="utf-8"))
    rows = [(f["properties"]["date_start"], f["properties"]["place"]) for f in taken["features"]]
    assert sorted(rows) == sorted((cells[0], cells[2]) for cells in table(page))
    assert taken["metadata"]["filter"] == {"province": "IQ-AN", "from": "2024-07-01", "to": "2024-07-31"}

    again = open_page()
    visit(again, page.url)
    assert numbers(again) == found
    assert again.locator(".st-key-card h2").first.inner_text() == page.locator(".st-key-card h2").first.inner_text()
    assert page.seen.errors == again.seen.errors == []


def export(page: Page, kind: str) -> Path:
    page.locator(".st-key-export button").first.click()
    with page.expect_download() as download:
        page.locator(f".st-key-export-{kind} button").click()
    page.keyboard.press("Escape")
    return download.value.path()


def go_to(page: Page, name: str) -> None:
    page.locator('[data-testid="stSidebarNavLink"]', has_text=name).click()
    page.locator('[data-testid="stSidebarNavLink"][aria-current="page"]', has_text=name).wait_for()
    settle(page)


def test_every_format_has_the_rows_shown(app: str, page: Page, tmp_path: Path) -> None:
    visit(page, app + ANBAR_IN_JULY)
    days = sorted(cells[0] for cells in table(page))
    read = {
        "xlsx": partial(pl.read_excel, infer_schema_length=None),
        "gpkg": geopandas.read_file,
        "parquet": geopandas.read_parquet,
    }
    for kind, reader in read.items():
        taken = reader(export(page, kind).rename(tmp_path / f"taken.{kind}"))
        assert sorted(str(day)[:10] for day in taken["date_start"]) == days, kind


def test_only_this_host_is_asked(app: str, page: Page) -> None:
    visit(page, app + ANBAR_IN_JULY)
    map_frame(page)
    page.locator(".st-key-table tbody tr").first.click()
    until(page, lambda said: "incident" in said)
    for name in ("Import", "Sources", "Explore"):
        go_to(page, name)
    assert page.seen.hosts_beside(app) == []
    assert page.seen.errors == []


def test_another_page_and_back_keeps_the_view(app: str, page: Page) -> None:
    visit(page, app + ANBAR_IN_JULY)
    before = address(page), numbers(page)
    go_to(page, "Sources")
    assert address(page) == {}
    go_to(page, "Explore")
    until(page, lambda said: said == before[0])
    assert numbers(page) == before[1]


def test_a_filter_leaves_the_map_where_it_is_and_back_undoes_it(app: str, page: Page) -> None:
    visit(page, app + "/?country=IQ")
    count = numbers(page)[0]
    frame = map_frame(page)
    frame.evaluate("window.map.setView([34, 44], 8, {animate: false}); window.untouched = true")
    page.get_by_text("Drone", exact=True).first.click()
    until(page, lambda said: said.get("type") == "drone attack")
    assert numbers(page)[0] < count
    assert frame.evaluate("window.untouched && window.map.getZoom()") == 8
    page.go_back()
    expect(page.locator(".number b").first).to_have_text(str(count))


def chosen_is_in_sight(page: Page) -> bool:
    chosen = page.locator(".st-key-table tr.chosen").bounding_box()
    box = page.locator(".st-key-table .scroller").bounding_box()
    return box["y"] <= chosen["y"] <= box["y"] + box["height"] - chosen["height"] + 1


def test_the_table_turns_to_the_chosen_incident(app: str, page: Page) -> None:
    oldest = pipeline.shipped_incidents().sort("date_start")["incident_id"][0]
    visit(page, f"{app}/?incident={pipeline.STARTER}/{oldest}")
    pages = page.locator(".st-key-table nav")
    expect(pages).to_contain_text("201–250 of 250")
    for _ in range(100):  # the table turns once its rows are laid out
        if chosen_is_in_sight(page):
            break
        page.wait_for_timeout(100)
    assert chosen_is_in_sight(page)
    pages.get_by_label("Rows before").click()
    expect(pages).to_contain_text("101–200 of 250")


@pytest.mark.parametrize("timezone", ["Asia/Baghdad", "America/Los_Angeles"])
def test_a_span_over_the_months_becomes_the_dates(app: str, open_page: Callable[..., Page], timezone: str) -> None:
    page = open_page(timezone_id=timezone)
    visit(page, app + "/?country=IQ")
    map_frame(page)
    settle(page)  # a timeline that is drawn anew lets go of the mouse
    bars = page.locator(".time-plot").bounding_box()
    height = bars["y"] + bars["height"] / 2
    page.mouse.move(bars["x"] + bars["width"] * 0.5, height)
    page.mouse.down()
    page.mouse.move(bars["x"] + bars["width"] * 0.6, height, steps=4)
    page.mouse.up()
    until(page, lambda said: "from" in said)
    wanted = address(page)
    assert wanted["from"].endswith("-01")
    assert wanted["from"] < wanted["to"]
    dates = [cells[0] for cells in table(page)]
    assert dates
    assert all(wanted["from"] <= day <= wanted["to"] for day in dates)


def test_the_table_is_worked_by_keyboard_and_heading(app: str, page: Page) -> None:
    visit(page, app + "/?country=IQ&from=2024-01-01")
    first = page.locator(".st-key-table tbody tr").first
    first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    settle(page)
    assert (
        page.locator(".st-key-table tr.chosen").inner_text()
        == page.locator(".st-key-table tbody tr").nth(1).inner_text()
    )
    page.locator(".st-key-table th button", has_text="Killed").click()
    page.locator('.st-key-table th[aria-sort="descending"]', has_text="Killed").wait_for()
    killed = [int(cells[6]) for cells in table(page) if cells[6] != "–"]
    assert killed == sorted(killed, reverse=True)
    assert "chosen" in page.locator(".st-key-table tbody").inner_html()


def test_tab_leads_into_what_a_button_opens_and_back(app: str, page: Page) -> None:
    visit(page, app)
    map_frame(page)
    button = page.locator(".st-key-export button").first
    opened = page.locator('[data-testid="stPopoverBody"]')
    button.focus()
    page.keyboard.press("Enter")
    opened.wait_for()
    page.keyboard.press("Tab")
    assert opened.evaluate("panel => panel.contains(document.activeElement)")
    page.keyboard.press("Shift+Tab")
    assert button.evaluate("button => button === document.activeElement")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    opened.wait_for(state="detached")
    assert button.evaluate("button => button === document.activeElement")
    page.keyboard.press("Enter")
    opened.wait_for()
    for stop in range(1 + opened.get_by_role("button").count()):  # the switch, its help and the formats
        page.keyboard.press("Tab")
        assert opened.evaluate("panel => panel.contains(document.activeElement)"), stop
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.title") == "streamlit_folium.st_folium"  # what comes after the button


def test_escape_folds_a_panel_of_the_map(app: str, page: Page) -> None:
    visit(page, app)
    layers = map_frame(page).get_by_role("button", name="Layers", exact=True)
    layers.press("Enter")
    assert layers.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert layers.get_attribute("aria-expanded") == "false"
    assert layers.evaluate("button => button === document.activeElement")


def test_what_is_not_on_the_map_is_listed_with_its_reason(app: str, page: Page) -> None:
    visit(page, app)
    number = page.locator(".st-key-number-not-on-the-map button")
    count = int(number.locator("strong").inner_text())
    number.click()
    page.locator(".st-key-off-map-list tbody tr").first.wait_for()
    reasons = page.locator(".reasons li b").all_inner_texts()
    assert sum(map(int, reasons)) == count
    page.locator(".st-key-off-map-list tbody tr").first.click()
    expect(page.locator(".st-key-card")).to_contain_text("known to the country only")


def test_on_a_phone(app: str, open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 400, "height": 900})
    visit(page, app + "/?country=IQ&type=drone+attack")
    map_frame(page)
    assert widest(page) <= 400
    assert page.locator(".st-key-table th:visible").count() == 4
    opener = page.get_by_test_id("stExpandSidebarButton")
    assert opener.evaluate("button => getComputedStyle(button, '::after').content") == '"Filters · 2"'
    opener.click()
    page.get_by_role("combobox", name="Country").wait_for(state="visible")
    for other in ("import", "sources"):
        visit(page, f"{app}/{other}")
        assert widest(page) <= 400


def widest(page: Page) -> float:
    """How far to the right anything reaches that is not inside a scrolling table or the map."""
    return page.evaluate("Math.max(...[...document.querySelectorAll('*')].map(e => e.getBoundingClientRect().right))")
