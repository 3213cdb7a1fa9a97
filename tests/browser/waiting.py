"""Waits for the app: until its script has run and the map has drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

__all__ = ["click_on_map", "map_frame", "settle", "visit"]

_DONE = '[data-testid="stApp"][data-test-script-state="notRunning"]'


def settle(page: Page) -> None:
    """Wait until the script has run: it starts a moment after what was done, and may start again."""
    for _ in range(2):
        page.wait_for_timeout(200)
        page.wait_for_selector(_DONE, state="attached")


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
    page.wait_for_timeout(400)  # the frame gathers what happens within a quarter of a second
    settle(page)
