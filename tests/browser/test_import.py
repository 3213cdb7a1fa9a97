"""Import, as somebody new to it uses it: hand in, mend, keep, look; and files that mean harm."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from mapping.store import Store
from tests.browser.conftest import ROOT, serving
from tests.browser.waiting import map_frame, settle, until, visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)

ROWS = """id,date,country,province,place,event type,killed
a,2024-07-16,Iraq,Anbar,Hit,drone attack,0
b,16 Juli,Iraq,Anbar,Ramadi,raid,1
c,2024-07-18,Iraq,Anbar,الرمادي,IED,
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("import")


@pytest.fixture(scope="module")
def importing(browser: Browser, home: Path) -> Iterator[str]:  # noqa: ARG001
    """Address of an app of this file's own: what is kept here would change the counts elsewhere."""
    with serving(ROOT / "app.py", home=home) as url:
        yield url


def hand_in(page: Page, name: str, text: str) -> None:
    page.locator('input[type="file"]').set_input_files({"name": name, "mimeType": "text/csv", "buffer": text.encode()})
    page.locator(".recognised, .notice").first.wait_for()
    settle(page)


def keep(page: Page, *, licence: str) -> None:
    page.get_by_role("combobox", name="Licence").fill(licence)
    page.keyboard.press("Enter")
    page.locator(".st-key-keep-rows button:enabled").click()
    page.locator(".done").wait_for()


def test_a_file_is_read_mended_kept_and_shown(importing: str, page: Page, home: Path) -> None:
    visit(page, f"{importing}/import")
    hand_in(page, "../../My file.csv", ROWS)
    recognised = page.locator(".recognised").inner_text()
    assert recognised.startswith("My file.csv\n")
    assert "Read as a table: 3 rows, 7 columns." in recognised
    with page.expect_download() as download:
        page.get_by_role("button", name="Download 1 rejected row").click()
    rejected = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert [(row["id"], row["date"]) for row in rejected] == [("b", "16 Juli")]
    assert "16 Juli" in rejected[0]["problem"]
    assert page.locator(".st-key-keep-rows button").is_disabled()  # no licence yet
    keep(page, licence="CC0 1.0")
    assert "Kept as My file, version 1: 2 incidents" in page.locator(".done").inner_text()
    page.get_by_role("button", name="Show it in Explore").click()
    until(page, lambda said: said == {"dataset": "My file"})
    expect(page.locator(".number b").first).to_have_text("2")
    assert page.locator(".st-key-table bdi", has_text="الرمادي").count() == 1
    page.locator('[data-testid="stSidebarNavLink"]', has_text="Sources").click()
    expect(page.locator(".st-key-source-own-0")).to_contain_text("CC0 1.0")
    assert sorted(path.name for path in home.iterdir()) == ["server.log", "store"]


def test_a_file_whose_dates_may_be_read_two_ways_is_asked_about(importing: str, page: Page) -> None:
    visit(page, f"{importing}/import")
    hand_in(page, "two ways.csv", "date,country,place\n03/04/2024,Iraq,Hit\n05/06/2024,Iraq,Hit\n")
    assert "day or month first" in page.locator(".notice").inner_text()
    page.get_by_role("radio", name="day first").or_(page.get_by_role("button", name="day first")).first.click()
    page.get_by_role("button", name="Keep 2 rows").wait_for()
    page.locator(".st-key-preview-table td.date").nth(1).wait_for()
    days = page.locator(".st-key-preview-table td.date").all_inner_texts()
    assert days == ["2024-04-03", "2024-06-05"]


def test_a_saved_table_of_columns_is_taken_up(importing: str, page: Page, home: Path) -> None:
    with Store(home / "store") as store:
        store.save_mapping("Ours", {"w": "date_start", "q": "place", "not here": "target"})
    visit(page, f"{importing}/import")
    hand_in(page, "odd.csv", "w,q\n2024-07-16,Hit\n")
    assert "no column says when or where" in page.locator(".notice").inner_text()
    page.get_by_role("combobox", name="Saved tables").click()
    page.get_by_role("option", name="Ours").click()
    page.get_by_role("button", name="Keep 1 row").wait_for()
    page.locator(".st-key-preview-table td.place", has_text="Hit").wait_for()


def test_a_column_is_named_by_hand(importing: str, page: Page) -> None:
    visit(page, f"{importing}/import")
    hand_in(page, "by hand.csv", "date,country,q\n2024-07-16,Iraq,Hit\n")
    page.get_by_text("Columns and dates").click()
    table = page.locator('[data-testid="stDataFrame"]').first
    table.wait_for()
    page.wait_for_timeout(500)
    box = table.bounding_box()
    row = box["height"] / 4  # a heading and three columns
    page.mouse.dblclick(box["x"] + box["width"] * 0.85, box["y"] + row * 3.5)
    page.locator("#portal input").fill("place")
    page.locator("#portal [role=option]", has_text="place").first.wait_for()
    page.keyboard.press("Enter")
    page.locator("#portal input").wait_for(state="detached")
    settle(page)
    page.get_by_role("button", name="Read again").click()
    page.locator(".st-key-preview-table td.place", has_text="Hit").wait_for()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(99)),
        ("broken.gpkg", b"SQLite format 3\0"),
        ("a.geojson", b"{"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(importing: str, page: Page, name: str, content: bytes) -> None:
    visit(page, f"{importing}/import")
    page.locator('input[type="file"]').set_input_files({"name": name, "mimeType": "text/plain", "buffer": content})
    page.locator(".notice").wait_for()
    assert page.locator(".notice").inner_text().startswith(name)
    assert page.locator('[data-testid="stException"]').count() == 0


def test_the_example_is_read(importing: str, page: Page) -> None:
    visit(page, f"{importing}/import")
    page.get_by_role("button", name="Try it with the UCDP example").click()
    page.locator(".recognised").wait_for()
    settle(page)
    assert "UCDP GED: 157 rows" in page.locator(".recognised").inner_text()
    assert page.get_by_role("button", name="Keep 157 rows").is_enabled()
    frame = map_frame(page)
    assert not frame.locator(".atlas-switch, .atlas-tools").count()  # nothing on this page would answer them


def test_no_text_of_a_file_acts(importing: str, page: Page, shared_data: Path) -> None:
    naughty = [text for text in json.loads((shared_data / "naughty" / "blns.json").read_text(encoding="utf-8")) if text]
    naughty += ["{{ 6*7 }}", "**bold** :material/home: $x^2$ [a](https://x.example) ![i](https://x.example/i.png)"]
    fields = ("place", "summary", "target", "attacker", "outcome", "weapon", "province", "source_name", "source_url")
    rows = io.StringIO()
    writer = csv.writer(rows)
    writer.writerow(["date_start", "country", "latitude", "longitude", *fields])
    writer.writerows(["2024-07-16", "Iraq", 33 + i / 1000, 43, *[text] * len(fields)] for i, text in enumerate(naughty))
    visit(page, f"{importing}/import")
    page.seen.errors.clear()  # Streamlit looks for its server under /import first
    hand_in(page, "{{ 6*7 }}<img src=x onerror=alert(1)>.csv", rows.getvalue())
    map_frame(page)
    keep(page, licence="<script>alert(1)</script> **x**")
    page.get_by_role("button", name="Show it in Explore").click()
    until(page, lambda said: "dataset" in said)
    map_frame(page)
    for words in ("<script>alert(123)</script>", "{{ 6*7 }}", "**bold** :material/home:", "javascript:alert(1);"):
        page.get_by_role("textbox", name="Search").fill(f'"{words}"')
        page.keyboard.press("Enter")
        until(page, lambda said, words=words: words in said.get("text", ""))
        page.locator(".st-key-table tbody tr", has_text=words).first.click()
        expect(page.locator(".st-key-card h2").first).to_contain_text(words)
        assert words in page.locator(".st-key-chips").inner_text().replace("\u2060", "")
        page.locator(".st-key-as-reported button").click()
        page.locator(".raw").first.wait_for()
        page.keyboard.press("Escape")
        settle(page)
    hrefs = [link.get_attribute("href") for link in page.locator(".st-key-card a").all()]
    assert all(href.startswith(("http://", "https://")) for href in hrefs)
    page.locator('[data-testid="stSidebarNavLink"]', has_text="Sources").click()
    page.locator(".st-key-source-own-0").wait_for()
    assert page.seen.dialogs == []
    assert page.seen.errors == []
    assert page.seen.hosts_beside(importing) == []
