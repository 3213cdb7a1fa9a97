"""From a report in a browser: paste, marks, accept, Explore, and back; what is selected is used; what is hostile runs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ROOT, serving
from tests.browser.waiting import address, settle, until, visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)

REPORT = (
    "BAGHDAD, July 17, 2024 - Gunmen killed three policemen in Baquba on Tuesday night 😀, police said.\n\n"
    "The group has threatened to attack Kirkuk if the prisoners are not freed.\n"
)
HOSTILE = (
    "BAGHDAD, July 17, 2024 - Gunmen killed three <img src=x onerror=alert(1)> policemen in Baquba on Tuesday.\n"
    "<script>alert(2)</script> {{ 6*7 }} ${alert(3)} javascript:alert(4) \u202egnihtyna\n"
)
SELECT = """words => {
  const texts = document.createTreeWalker(document.querySelector('.report-text .letters'), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const at = texts.currentNode.data.indexOf(words);
    if (at >= 0) return getSelection().setBaseAndExtent(texts.currentNode, at, texts.currentNode, at + words.length);
  }
}"""


@pytest.fixture(scope="module")
def reporting(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: ARG001
    """Address of an app of this file's own: what is kept here would change the counts elsewhere."""
    with serving(ROOT / "app.py", home=tmp_path_factory.mktemp("report")) as url:
        yield url


def draft(page: Page, url: str, text: str) -> None:
    """Paste a report, and press "Draft incidents"."""
    visit(page, f"{url}/report")
    page.get_by_label("Text of the report, in English or Arabic").fill(text)
    page.get_by_role("button", name="Draft incidents").click()
    expect(page.locator(".st-key-keep-draft")).to_be_visible()
    settle(page)


def test_from_the_paste_to_explore_and_back(reporting: str, page: Page) -> None:
    draft(page, reporting, REPORT)
    mark, field = page.locator("mark", has_text="Tuesday night"), page.locator(".st-key-field-date_start")
    mark.click()
    expect(field).to_have_attribute("data-lit", "")
    page.get_by_role("textbox", name="Place", exact=True).focus()
    expect(page.locator("mark.lit")).to_have_text("Baquba")
    mark.focus()
    page.keyboard.press("Enter")  # leads into the field
    expect(page.get_by_role("textbox", name="First day")).to_be_focused()
    licence = page.get_by_role("combobox", name="Licence of the row")
    licence.scroll_into_view_if_needed()
    page.wait_for_timeout(500)  # scrolling closes the list
    licence.click()
    page.get_by_role("option", name="CC0 1.0").click()
    page.get_by_role("button", name="Keep this incident").click()
    page.get_by_role("button", name="Show it in Explore").click()
    key = "From reports/2024-07-16-baquba-1"
    until(page, lambda said: said.get("incident") == key)
    page.get_by_role("button", name="Read the report").click()
    expect(page.locator("mark", has_text="Baquba")).to_be_visible()
    assert address(page)["incident"] == key
    page.locator("mark", has_text="Baquba").click()
    expect(page.locator(".fact[data-lit]")).to_contain_text(["Place"])
    page.get_by_role("button", name="Back to Explore").click()
    expect(page.get_by_role("button", name="Read the report")).to_be_visible()
    assert not page.seen.dialogs and not page.seen.hosts_beside(reporting)


def test_selected_words_are_used_and_the_text_stays(reporting: str, page: Page) -> None:
    draft(page, reporting, REPORT)
    page.evaluate(SELECT, ", police said")  # after a letter that is two halves to JavaScript
    page.get_by_role("toolbar").get_by_role("button", name="Outcome").click()
    expect(page.get_by_role("textbox", name="Outcome", exact=True)).to_have_value(", police said")
    letters = page.locator(".report-text .letters")
    letters.focus()
    page.evaluate(
        "getSelection().collapse(document.querySelector('.report-text p:last-child [data-start]').firstChild, 0)"
    )
    page.keyboard.press("Control+Shift+ArrowRight")
    page.keyboard.press("Control+Shift+ArrowRight")
    page.keyboard.type("x")  # nobody writes into a report
    expect(page.get_by_role("toolbar")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("toolbar").get_by_role("button", name="Date")).to_be_focused()
    page.get_by_role("toolbar").get_by_role("button", name="Attacker").press("Enter")
    expect(page.get_by_role("textbox", name="Attacker", exact=True)).to_have_value("The group")
    assert letters.inner_text().count("Gunmen killed three policemen") == 1


def test_a_hostile_report_is_text(reporting: str, page: Page) -> None:
    draft(page, reporting, HOSTILE)
    letters = page.locator(".report-text .letters")
    expect(letters).to_contain_text("<script>alert(2)</script> {{ 6*7 }} ${alert(3)}")
    assert letters.locator("img, script").count() == 0
    assert "42" not in page.locator(".st-key-desk").inner_text()
    assert not page.seen.dialogs


def test_a_phone_scrolls_nothing_sideways(reporting: str, page: Page) -> None:
    page.set_viewport_size({"width": 400, "height": 860})
    draft(page, reporting, REPORT)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth <= 400")
