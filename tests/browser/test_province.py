"""A click into a province offers to show it alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.waiting import address, click_on_map, map_frame, settle, until, visit

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_a_click_into_a_province_offers_it_and_a_second_click_takes_it(app: str, page: Page) -> None:
    visit(page, app + "/?country=IQ")
    desert = (32.2, 41.5)  # in Anbar, where nothing is drawn
    click_on_map(page, *desert)
    offer = map_frame(page).locator(".atlas-offer")
    offer.get_by_text("Anbar", exact=True).wait_for()
    settle(page)
    assert address(page).get("province") is None
    offer.get_by_role("button", name="Show this province alone").click()
    until(page, lambda said: said.get("province") == "IQ-AN")
    page.wait_for_timeout(500)
    assert offer.is_hidden()
    assert page.seen.errors == []


def test_the_offer_goes_when_the_map_moves(app: str, page: Page) -> None:
    visit(page, app + "/?country=IQ")
    click_on_map(page, 32.2, 41.5)
    offer = map_frame(page).locator(".atlas-offer")
    offer.wait_for()
    map_frame(page).locator(".leaflet-control-zoom-in").click()
    offer.wait_for(state="hidden")
