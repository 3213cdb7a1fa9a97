"""Waits for the app: until its script has run and the map has drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Frame, Page

__all__ = ["address", "click_on_map", "map_frame", "settle", "until", "visit"]

_DONE = '[data-testid="stApp"][data-test-script-state="notRunning"]'


def settle(page: Page) -> None:
    """Wait until the script has run: it starts a moment after what was done, and may start again."""
    for _ in range(2):
        page.wait_for_timeout(200)
        page.wait_for_selector(_DONE, state="attached")


def _params(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def address(page: Page) -> dict[str, str]:
    """What the address bar says."""
    return _params(page.url)


def until(page: Page, test: Callable[[dict[str, str]], bool]) -> None:
    """Wait until the address bar says what passes the test, and the page has been drawn after that."""
    page.wait_for_url(lambda url: test(_params(url)), wait_until="commit")
    settle(page)


def visit(page: Page, url: str) -> None:
    """Open a page of the app and wait for it."""
    page.goto(url)
    page.wait_for_selector('[data-testid="stHtml"]', state="attached")
    settle(page)


def map_frame(page: Page) -> Frame:
    """Return the frame of the map, once it has been drawn."""
    handle = page.wait_for_selector('iframe[title="streamlit_folium.st_folium"]', state="attached")
    frame = handle.content_frame()
    frame.wait_for_function("window.map && window.map._loaded")
    page.wait_for_timeout(300)
    return frame


def click_on_map(page: Page, latitude: float, longitude: float) -> None:
    """Click where a place is drawn."""
    frame = map_frame(page)
    at = frame.evaluate("([lat, lon]) => window.map.latLngToContainerPoint([lat, lon])", [latitude, longitude])
    box = frame.frame_element().bounding_box()
    page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])
