"""Where the map stands is part of the view: in the address, in a link, in a view that was saved."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.waiting import address, map_frame, settle, until, visit

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def drag(page: Page) -> None:
    box = map_frame(page).frame_element().bounding_box()
    page.mouse.move(box["x"] + 450, box["y"] + 300)
    page.mouse.down()
    page.mouse.move(box["x"] + 330, box["y"] + 220, steps=5)
    page.mouse.up()


def middle(page: Page) -> tuple[float, float, float]:
    told = map_frame(page).evaluate("[map.getCenter().lat, map.getCenter().lng, map.getZoom()]")
    return tuple(round(number, 2) for number in told)


def test_a_saved_view_and_its_link_know_where_the_map_stood(
    app: str, page: Page, open_page: Callable[..., Page]
) -> None:
    visit(page, app + "/?country=IQ")
    map_frame(page)
    page.locator(".st-key-event-types label").first.click()  # from here on, Streamlit remembers an address of its own
    until(page, lambda said: "type" in said)
    drag(page)
    page.wait_for_url(lambda url: "at=" in url)
    stood = middle(page)
    page.get_by_role("button", name="Views").click()
    link = page.locator("code", has_text="at=")
    link.wait_for()
    assert parse_qs(urlsplit(link.inner_text()).query)["at"] == [address(page)["at"]]
    page.get_by_role("textbox", name="Name").fill("Where I stood")
    page.get_by_role("button", name="Save this view").click()
    page.get_by_text("is kept").wait_for()
    page.keyboard.press("Escape")
    settle(page)

    drag(page)
    page.locator(".st-key-clear-all button").click()
    settle(page)
    assert middle(page) != stood
    page.get_by_role("button", name="Views").click()
    page.get_by_role("button", name="Where I stood").click()
    until(page, lambda said: said.get("type") == "drone attack")
    page.wait_for_timeout(500)
    assert middle(page) == stood

    other = open_page()
    visit(other, page.url)
    assert middle(other) == pytest.approx(stood, abs=0.02)
    assert page.seen.errors == other.seen.errors == []


def test_the_map_is_never_made_anew(app: str, page: Page) -> None:
    visit(page, app + "/?country=IQ")
    map_frame(page).evaluate("window.untouched = true")
    for params in (
        "text=nowhere-at-all",
        "text=drone",
        "type=picnic,raid",
        "map=colour:actor,show:sites",
        "country=SY",
    ):
        page.evaluate(
            "query => { history.pushState({}, '', query); dispatchEvent(new PopStateEvent('popstate')); }",
            f"/?{params}",
        )
        settle(page)
        page.wait_for_timeout(500)
        assert map_frame(page).evaluate("window.untouched === true"), params
