"""What the reader did on the map, as the browser tells it: a browser can send anything, so all of it is checked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["RETURNED", "Click", "View", "clicked", "read_view"]

RETURNED = ("last_object_clicked_popup",)
"""What st_folium has to return for `clicked`; nothing else makes the page run again."""

_LONGEST = 20_000


class View(NamedTuple):
    """What the reader sees of the world, in degrees (WGS 84), and how near.

    West is greater than east where the antimeridian is in sight. The zoom is Leaflet's: at 0 the world
    is 256 pixels wide, each step doubles it.
    """

    west: float
    south: float
    east: float
    north: float
    zoom: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east and north, as the filter's bbox takes them."""
        return self[:4]


@dataclass(frozen=True)
class Click:
    """What the reader has done on the map; what was not done is None.

    Attributes
    ----------
    token
        Of this very act: hand it to `clicked` as `after` to see none twice.
    incident_id
        The incident of the mark that was clicked, the newest of several
        (`mapping.layers.marks.at_same_place` has them all).
    adm1_code
        The province whose name or pill was clicked.
    view
        What the reader sees now; told after a move, when `in_view` is on or the map draws cells.
    in_view
        The switch "only what is in view", when it was turned or is on.
    drawn
        A shape drawn on the map, in the grammar of the filter's `within`: POLYGON ((…)) or
        CIRCLE (longitude latitude, kilometres). Not checked any further here.
    style
        The `map` parameter that the layers panel was set to; `MapStyle.from_text` checks it.
    dates
        First and last day of the player's frame, to be kept as a filter.
    play
        Whether the player is to be open, when its button was pressed.
    """

    token: str
    incident_id: str | None = None
    adm1_code: str | None = None
    view: View | None = None
    in_view: bool | None = None
    drawn: str | None = None
    style: str | None = None
    dates: tuple[date, date] | None = None
    play: bool | None = None


def clicked(returned: Mapping[str, Any] | None, *, after: str | None = None) -> Click | None:
    """Return what was done, out of what st_folium returned; None when it is nothing, or the act of token `after`.

    st_folium returns the last act again at every run of the page, so keep the token of the one that was
    dealt with.

    Examples
    --------
    >>> clicked({"last_object_clicked_popup": '{"token": "x1", "province": "IQ-AN"}'}).adm1_code
    'IQ-AN'
    >>> clicked({"last_object_clicked_popup": '{"token": "x1", "province": "IQ-AN"}'}, after="x1")
    >>> clicked(None)
    """
    try:
        told = json.loads((returned or {}).get(RETURNED[0]) or "null")
        token = told["token"]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    if not isinstance(told, dict) or not isinstance(token, str) or token == after:
        return None
    return Click(
        token,
        incident_id=_text(told.get("incident")),
        adm1_code=_text(told.get("province")),
        view=read_view(told.get("view")),
        in_view=_switch(told.get("in_view")),
        drawn=_text(told.get("drawn")),
        style=_text(told.get("style")),
        dates=_dates(told.get("dates")),
        play=_switch(told.get("play")),
    )


def read_view(told: object) -> View | None:
    """Return the view that five numbers tell, brought into the bounds of the world; None when they tell none.

    Examples
    --------
    >>> read_view([399, 30, 405, 35.5, 6])
    View(west=39.0, south=30.0, east=45.0, north=35.5, zoom=6.0)
    >>> read_view([-200, -95, 210, 95, 1]).box
    (-180.0, -90.0, 180.0, 90.0)
    >>> read_view("everything")
    """
    try:
        west, south, east, north, zoom = (float(number) for number in told)  # type: ignore[attr-defined]
    except (TypeError, ValueError, OverflowError):
        return None
    if not all(map(isfinite, (west, south, east, north, zoom))) or west >= east or south >= north:
        return None
    if east - west >= 360:
        west, east = -180.0, 180.0
    elif not -180 <= west <= east <= 180:
        west, east = ((edge + 180) % 360 - 180 for edge in (west, east))
    south, north = (min(90.0, max(-90.0, edge)) for edge in (south, north))
    return View(west, south, east, north, min(24.0, max(0.0, zoom)))


def _switch(told: object) -> bool | None:
    return told if isinstance(told, bool) else None


def _text(told: object) -> str | None:
    return told if isinstance(told, str) and len(told) <= _LONGEST else None


def _dates(told: object) -> tuple[date, date] | None:
    try:
        first, last = (date.fromisoformat(day) for day in told)  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        return None
    return (first, last) if first <= last else None
