"""Finding: the search box, the table as the full alternative to the map, and saved views, in a real browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest
from playwright.sync_api import expect

from mapping import pipeline
from mapping.query import Filter
from mapping.schema import COLUMNS, conform
from mapping.store import Store
from tests.browser.conftest import serving
from tests.browser.waiting import address, settle, until, visit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Locator, Page

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = (
    "<img src=x onerror=alert(1)>", "{{ 6*7 }} ${alert(1)} `x`", "a,b\\,c/d", "\u202egnp.exe", "'; DROP TABLE views; --",
    "=HYPERLINK(1)", "x" * 300,
)  # fmt: skip

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)


def rows(page: Page) -> Locator:
    found = page.locator(".st-key-table tbody tr")
    found.first.wait_for()
    return found


def ids(page: Page) -> list[str]:
    return [row.get_attribute("data-key") for row in rows(page).all()]


def in_order(text: str, by: str, *, descending: bool) -> list[str]:
    """Keys of the shipped incidents that a search finds, as the table should have them."""
    found = Filter(text=text).apply(pipeline.shipped_incidents())
    newest_first = found.sort("date_start", descending=True, nulls_last=True, maintain_order=True)
    key = pl.col(by).str.to_lowercase() if newest_first.schema[by] == pl.String else pl.col(by)
    in_order = newest_first.sort(key, descending=descending, nulls_last=True, maintain_order=True)
    return [f"{pipeline.STARTER}/{name}" for name in in_order["incident_id"]]


def search(page: Page, text: str) -> None:
    box = page.get_by_role("textbox", name="Search", exact=True)
    box.fill(text)
    box.press("Enter")
    settle(page)


def test_a_search_finds_and_a_wrong_one_says_where(app: str, page: Page) -> None:
    visit(page, app)
    search(page, "type:drone NOT (killed:0 OR killed:unknown)")
    until(page, lambda said: said.get("text") == "type:drone NOT (killed:0 OR killed:unknown)")
    assert ids(page) == in_order("type:drone killed:>0", "date_start", descending=True)
    before = ids(page)
    search(page, "drone AND")
    expect(page.get_by_text("something must follow AND (character 7)")).to_be_visible()
    assert page.get_by_role("textbox", name="Search", exact=True).input_value() == "drone AND"
    assert ids(page) == before
    search(page, "drone")
    until(page, lambda said: said.get("text") == "drone")
    expect(page.get_by_text("something must follow AND")).to_have_count(0)
    assert page.seen.errors == []


def test_a_wrong_search_in_the_address_is_a_sentence_and_a_working_page(app: str, page: Page) -> None:
    visit(page, app + "/?text=%22drone&rows=" + "x" * 25_000 + "&sort=weather&columns=weather&type=raid")
    for words in ("this quotation mark is never closed", "25,000 characters are too many", "sort: ", "columns: "):
        expect(page.get_by_text(words).first).to_be_attached()
    assert ids(page)
    assert page.get_by_role("textbox", name="Search", exact=True).input_value() == '"drone'


def test_rows_are_picked_out_and_stand_in_the_address(app: str, page: Page, open_page: Callable[..., Page]) -> None:
    visit(page, app + "/?country=IQ")
    keys = ids(page)
    rows(page).nth(1).locator(".check").click()
    rows(page).nth(4).locator(".check").click(modifiers=["Shift"])
    rows(page).nth(2).locator(".check").click()
    bar = page.locator(".st-key-table .bar")
    expect(bar).to_contain_text("3 picked out")
    assert "incident" not in address(page)
    bar.get_by_role("button", name="Show only these 3").click()
    until(page, lambda said: "rows" in said)
    wanted = [keys[1], keys[3], keys[4]]
    assert ids(page) == wanted
    expect(page.get_by_role("button", name="3 chosen rows")).to_be_visible()
    again = open_page()
    visit(again, page.url)
    assert ids(again) == wanted
    page.get_by_role("button", name="3 chosen rows").click()
    until(page, lambda said: said == {"country": "IQ"})
    assert ids(page) == keys


def test_more_rows_than_an_address_holds_are_refused(app: str, page: Page) -> None:
    visit(page, app)
    page.locator(".st-key-table").get_by_label("Rows on a page").select_option("250")
    settle(page)
    expect(rows(page)).to_have_count(250)
    page.get_by_label("Pick out every row of this page").click()
    bar = page.locator(".st-key-table .bar")
    expect(bar).to_contain_text("An address holds 200 rows at most")
    expect(bar.locator(".only")).to_be_disabled()
    bar.get_by_role("button", name="Clear").click()
    expect(bar).to_contain_text("250 rows · by Date, newest first")


def test_the_keyboard_alone_walks_picks_and_opens(app: str, page: Page) -> None:
    visit(page, app + "/?country=IQ")
    table = page.get_by_role("grid", name="Incidents")
    expect(table).to_have_attribute("aria-rowcount", "146")
    assert table.locator("tbody tr[tabindex='0']").count() == 1
    page.get_by_label("Pick out every row of this page").focus()
    for _ in range(10):  # over the headings, which sort
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.shadowRoot.activeElement.ariaRowIndex") == "2"
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    expect(page.locator(".st-key-table .bar")).to_contain_text("3 picked out")
    page.keyboard.press("End")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    until(page, lambda said: "incident" in said)
    expect(page.locator(".st-key-table tr[aria-current='true']")).to_have_attribute(
        "data-key", address(page)["incident"]
    )
    assert page.evaluate("document.activeElement.shadowRoot.activeElement.ariaRowIndex") == "3"
    expect(page.locator(".st-key-table .bar")).to_contain_text("3 picked out")


def test_order_and_columns_stand_in_the_address(app: str, page: Page, open_page: Callable[..., Page]) -> None:
    visit(page, app + "/?text=drone")
    table = page.locator(".st-key-table")
    table.locator("th button", has_text="Place").click()
    until(page, lambda said: said.get("sort") == "place")
    assert ids(page) == in_order("drone", "place", descending=False)
    assert table.locator('th[aria-sort="ascending"]').inner_text().startswith("Place as reported")
    table.locator("th button", has_text="Killed").click()
    until(page, lambda said: said.get("sort") == "-fatalities_best")
    assert ids(page) == in_order("drone", "fatalities_best", descending=True)
    table.locator("summary").click()
    table.locator(".menu label", has_text="Summary").click()
    until(page, lambda said: said.get("columns", "").endswith(",summary"))
    expect(table.locator("th", has_text="Summary")).to_be_visible()
    table.get_by_role("button", name="All columns").click()
    until(page, lambda said: said.get("columns") == "all")
    again = open_page()
    visit(again, page.url)
    assert ids(again) == ids(page)
    assert again.locator(".st-key-table thead th").count() == len(COLUMNS)
    assert page.seen.errors == again.seen.errors == []


def test_a_view_is_saved_found_opened_and_passed_on(
    app: str, page: Page, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    hostile = "<b>{{ 6*7 }}</b> *x* [y](z) الأنبار"
    visit(page, app + "/?province=IQ-AN&sort=-injured")
    views = page.locator(".st-key-views button").first
    views.click()
    name = page.get_by_role("textbox", name="Name", exact=True)
    name.fill(hostile)
    page.get_by_role("button", name="Save this view").click()
    settle(page)
    shown = page.locator("[class*=st-key-open-view-] p")
    shown.wait_for()
    assert shown.inner_text().replace("\u2060", "") == hostile
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file").click()
    file = download.value.path().rename(tmp_path / "taken.view.json")
    taken = json.loads(file.read_text(encoding="utf-8"))
    assert (taken["name"], taken["params"]) == (hostile, {"province": "IQ-AN", "sort": "-injured"})

    again = open_page()
    visit(again, app)
    again.locator(".st-key-views button").first.click()
    settle(again)
    again.locator("[class*=st-key-open-view-] button").click()
    until(again, lambda said: said == {"province": "IQ-AN", "sort": "-injured"})
    again.locator('input[type="file"]').set_input_files(file)
    settle(again)
    expect(again.locator("[class*=st-key-open-view-] button")).to_have_count(2)
    again.locator("[class*=st-key-remove-view-] button").first.click()
    settle(again)
    expect(again.locator("[class*=st-key-open-view-] button")).to_have_count(1)
    again.locator(".st-key-views-undo button").click()
    settle(again)
    expect(again.locator("[class*=st-key-open-view-] button")).to_have_count(2)
    assert page.seen.errors == again.seen.errors == []
    assert again.seen.hosts_beside(app) == []


@pytest.fixture(scope="module")
def hostile_app(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: ARG001
    home = tmp_path_factory.mktemp("hostile")
    rows = pl.DataFrame({"incident_id": [*HOSTILE, "arabic"], "place": [*HOSTILE, "قاعدة عين الأسد 7"]})
    incidents = conform(rows.with_columns(geo_reason=pl.lit("'قاعدة عين الأسد 7' is in no list of places")))
    with Store(home / "store") as store:
        numbered = incidents.with_columns(source_row=pl.int_range(2, pl.len() + 2))
        store.add(HOSTILE[0], numbered, raw=numbered.select("source_row", "place"), licence="CC0")
    with serving(ROOT / "app.py", home=home) as url:
        yield url


def test_whatever_a_row_holds_is_shown_and_picked_out_as_text(hostile_app: str, page: Page) -> None:
    visit(page, hostile_app + "/?sort=place&columns=incident_id,place,dataset")
    search(page, f'dataset:"{HOSTILE[0].translate(str.maketrans("", "", chr(34)))}"')
    shown = rows(page).locator("td.place").all_inner_texts()
    assert sorted(map(str.split, shown)) == sorted(map(str.split, [*HOSTILE, "قاعدة عين الأسد 7"]))
    arabic = page.locator(".st-key-table td.place", has_text="قاعدة")
    assert arabic.evaluate("cell => getComputedStyle(cell).direction") == "rtl"
    page.get_by_label("Pick out every row of this page").click()
    page.locator(".st-key-table .only").click()
    until(page, lambda said: "rows" in said)
    expect(rows(page)).to_have_count(len(HOSTILE) + 1)
    assert page.seen.dialogs == page.seen.errors == []
    assert page.seen.hosts_beside(hostile_app) == []


def test_a_sentence_of_ours_runs_from_left_to_right_whatever_it_begins_with(hostile_app: str, page: Page) -> None:
    visit(page, hostile_app + "/?columns=place,geo_reason")
    search(page, "place:قاعدة")
    rows(page).first.click()
    until(page, lambda said: "incident" in said)
    search(page, "قاعدة AND")
    for place, begins in (
        (".st-key-table td.geo_reason bdi", "'قاعدة"),
        (".evidence small bdi", "'قاعدة"),
        (".notice bdi", '"قاعدة'),
    ):
        sentence = page.locator(place, has_text="قاعدة").first
        assert sentence.inner_text().startswith(begins)
        assert sentence.evaluate("element => getComputedStyle(element).direction") == "ltr"


def test_on_a_phone_only_the_table_scrolls_sideways(app: str, open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 400, "height": 900})
    visit(page, app + "/?columns=all")
    assert rows(page).first.locator("td:visible").count() == 4
    page.locator(".st-key-table summary").click()
    menu = page.locator(".st-key-table .menu").bounding_box()
    assert menu["x"] >= 0
    assert menu["x"] + menu["width"] <= 400
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
