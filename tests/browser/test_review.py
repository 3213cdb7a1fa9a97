"""Review in a browser: a file is kept, its places decided by click and key, seen in Explore, taken back."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from mapping.store import Store
from tests.browser.conftest import ROOT, serving
from tests.browser.waiting import address, click_on_map, map_frame, settle, until, visit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)

ROWS = """id,date,country,province,place,event type,summary
a,2024-07-16,Iraq,Nineveh,قرية الحميدات,drone attack,قصف
b,2024-07-17,Iraq,Nineveh,قرية الحميدات,raid,A raid at dawn
c,2024-07-18,Iran,,Mohammadabad,IED,One of many
d,2024-07-18,Iran,,"Foo <img src=x onerror=""alert(1)"">",IED,<b>hostile</b>
e,2024-07-18,Iran,,Bar ${1+1} `x` **b** $a$,IED,{{ 6*7 }}
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("review")


@pytest.fixture(scope="module")
def reviewing(browser: Browser, home: Path) -> Iterator[str]:  # noqa: ARG001
    """Address of an app of this file's own: what is decided here would change the counts elsewhere."""
    with serving(ROOT / "app.py", home=home) as url:
        yield url


@pytest.fixture(scope="module", autouse=True)
def kept(reviewing: str, browser: Browser) -> None:
    """Hand in the file as a person does, and press "Keep the rows and decide"."""
    page = browser.new_page(viewport={"width": 1400, "height": 1100})
    visit(page, f"{reviewing}/import")
    page.locator('input[type="file"]').set_input_files(
        {"name": "mine.csv", "mimeType": "text/csv", "buffer": ROWS.encode()}
    )
    expect(page.locator(".needs-you")).to_contain_text("place names need you")
    page.get_by_role("combobox", name="Licence").fill("CC0 1.0")
    page.keyboard.press("Enter")
    page.locator(".st-key-keep-and-review button:enabled").click()
    until(page, lambda said: said == {"dataset": "mine"})
    expect(page.locator(".question h2")).to_have_text("قرية الحميدات")
    page.close()


@pytest.fixture(autouse=True)
def undecided(home: Path) -> Iterator[None]:
    """Leave no decision behind."""
    yield
    with Store(home / "store") as store:
        for number in store.corrections.all()["id"]:
            store.corrections.undo(number)


def open_review(page: Page, url: str) -> None:
    visit(page, f"{url}/review?dataset=mine")
    map_frame(page)


def test_a_click_on_the_map_decides_and_undo_takes_it_back(reviewing: str, page: Page, home: Path) -> None:
    open_review(page, reviewing)
    click_on_map(page, 36.4, 43.3)
    expect(page.get_by_label("Latitude")).not_to_have_value("")
    expect(page.locator(".st-key-drawing-panel")).to_contain_text("The point lies in Nineveh")
    page.get_by_role("radio", name="known site").or_(page.get_by_role("button", name="known site")).first.click()
    expect(page.get_by_label("Within (km)")).to_have_value("1.0")
    settle(page)
    page.get_by_role("button", name="Use this point").click()
    expect(page.locator(".st-key-answered")).to_contain_text("Applied to 2 rows")
    with Store(home / "store") as store:
        made = store.corrections.all().row(0, named=True)
    assert abs(made["latitude"] - 36.4) < 0.05 and abs(made["longitude"] - 43.3) < 0.05
    assert (made["geo_precision"], made["radius_km"]) == ("site", 1.0)
    settle(page)
    page.get_by_role("button", name="See in Explore").click()
    until(page, lambda said: said.get("incident") == "mine/a")
    expect(page.locator(".st-key-table td.geo_precision, .st-key-table .pill").first).to_have_text("site")
    expect(page.locator(".st-key-card-body")).to_contain_text("A person drew this point on")
    settle(page)
    page.get_by_role("button", name="Chosen by hand, undo").click()
    expect(page.get_by_role("button", name="Decide this place")).to_be_visible()
    expect(page.locator(".st-key-table .pill").first).to_have_text("province")
    settle(page)
    page.get_by_role("button", name="Decide this place").click()
    until(page, lambda said: "question" in said)
    expect(page.locator(".question h2")).to_have_text("قرية الحميدات")
    assert page.seen.hosts_beside(reviewing) == []


def test_keys_choose_skip_and_leave(reviewing: str, page: Page, home: Path) -> None:
    open_review(page, reviewing)
    expect(page.locator(".question h2")).to_have_text("قرية الحميدات")
    page.keyboard.press("s")
    settle(page)  # until then, the question before may stand beside the new one
    expect(page.locator(".question h2")).to_have_text("Mohammadabad")
    page.locator(".st-key-choose-2").wait_for()
    page.keyboard.press("2")
    expect(page.locator(".st-key-answered")).to_contain_text("Mohammadabad")
    with Store(home / "store") as store:
        assert store.corrections.all()["place"].to_list() == ["Mohammadabad"]
    settle(page)
    page.locator(".st-key-undo-last button").click()
    expect(page.locator(".question h2")).to_have_text("Mohammadabad")
    assert address(page)["question"]


def test_what_was_decided_is_listed_and_downloaded(reviewing: str, page: Page) -> None:
    open_review(page, reviewing)
    page.get_by_role("button", name="Province only").click()
    expect(page.locator(".decision")).to_contain_text("province only")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download 1 as CSV").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert [(row["place"], row["geo_precision"], row["place_id"]) for row in rows] == [
        ("قرية الحميدات", "province", "IQ-NI")
    ]


def test_names_that_mean_harm_are_words(reviewing: str, page: Page) -> None:
    open_review(page, reviewing)
    page.locator(".st-key-queue tbody tr").first.wait_for()
    for _ in range(page.locator(".st-key-queue tbody tr").count()):
        page.keyboard.press("u")
        settle(page)
    expect(page.locator(".st-key-empty")).to_contain_text("Nothing waits for you")
    assert page.seen.dialogs == []
    assert page.locator("main img[src='x'], [data-testid='stMain'] img[src='x']").count() == 0


def test_a_phone_has_the_question_first_and_nothing_scrolls_sideways(
    reviewing: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(viewport={"width": 400, "height": 900})
    open_review(page, reviewing)
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    assert page.locator(".question").bounding_box()["y"] < page.locator(".st-key-queue").bounding_box()["y"]
    for part in (".question", ".st-key-queue", ".st-key-other-answers"):
        box = page.locator(part).bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 400


def test_the_map_says_what_it_is(reviewing: str, page: Page) -> None:
    open_review(page, reviewing)
    label = map_frame(page).locator(".leaflet-container").get_attribute("aria-label")
    assert label and "candidates" in label
