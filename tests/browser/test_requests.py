"""Whom the pages ask: every request of every page, while it is used, goes to the app itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.waiting import map_frame, settle, visit

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PAGES = ("Explore", "Analysis", "Import", "From a report", "Review", "Sources")


def test_every_page_asks_the_app_alone(app: str, page: Page) -> None:
    visit(page, app + "/?country=IQ&map=show:sites,show:mismatches,show:density")
    map_frame(page)
    for name in PAGES:
        page.locator('[data-testid="stSidebarNavLink"]', has_text=name).click()
        page.locator('[data-testid="stSidebarNavLink"][aria-current="page"]', has_text=name).wait_for()
        settle(page)
        for opener in page.locator('[data-testid="stPopover"] button:enabled').all():  # what opens asks, too
            opener.click()
            settle(page)
            page.keyboard.press("Escape")
    assert len(page.seen.requests) > 20
    assert page.seen.hosts_beside(app) == []
    assert page.seen.errors == []


def test_the_pages_are_all_visited(app: str, page: Page) -> None:
    visit(page, app)
    assert tuple(page.locator('[data-testid="stSidebarNavLink"]').all_inner_texts()) == PAGES
