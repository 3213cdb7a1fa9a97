"""The map on which a place is chosen: numbered candidates, and a point drawn by hand with how far off it may be.

Numbers of ours and coordinates are all that stock objects of folium are given here: no text from a record.
"""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple

import folium
import polars as pl

from mapping.layers.extents import Extent, extent
from mapping.layers.map import base_map, incident_layers, payload
from mapping.schema import conform, empty_frame

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["CLICKED", "Spot", "around", "choice_layers", "choice_map", "point_clicked"]

CLICKED = ("last_clicked",)
"""What st_folium has to return for `point_clicked`."""

_LABEL = "Map of the candidates, numbered as in the list. A click sets a point."
_ACCENT = "#0b5d5e"
_NUMBER = (
    "display:grid;place-items:center;box-sizing:border-box;width:24px;height:24px;border-radius:50%;font:600 13px 'Source Sans',sans-serif;"
    f"background:#fff;color:#1f2a33;border:2px solid {_ACCENT};box-shadow:0 0 0 1.5px #fff"
)
_CROSS = f"box-sizing:border-box;width:18px;height:18px;border-radius:50%;background:{_ACCENT};border:3px solid #fff;box-shadow:0 0 0 2px {_ACCENT}"


class Spot(NamedTuple):
    """A point on the map, WGS 84, and how far off it may be."""

    latitude: float
    longitude: float
    radius_km: float


def choice_map() -> folium.Map:
    """Return a fresh map for `st_folium`, as `mapping.layers.map.base_map` does.

    Examples
    --------
    >>> choice_map().get_name().startswith("map_")
    True
    """
    return base_map(label=_LABEL, tools=False)


def choice_layers(
    numbered: Mapping[int, Spot], *, drawn: Spot | None = None, countries: Sequence[str] = (), fit: Extent | None = None
) -> list[folium.FeatureGroup]:
    """Return what st_folium is to add: the ground at hand, the candidates by their numbers, the point drawn.

    Examples
    --------
    >>> len(choice_layers({1: Spot(36.3, 43.1, 5)}, drawn=Spot(36.4, 43.0, 1), countries=["IQ"]))
    2
    """
    group = folium.FeatureGroup(name="Candidates")
    if drawn:
        _circle(drawn).add_to(group)
        _mark(drawn, f'<div style="{_CROSS}"></div>', 18).add_to(group)
    for number, spot in numbered.items():
        _mark(spot, f'<div style="{_NUMBER}">{number:d}</div>', 24, under=number).add_to(group)
    return [*incident_layers(payload(empty_frame(), countries=countries, fit=fit)), group]


def _circle(spot: Spot) -> folium.Circle:
    place = (float(spot.latitude), float(spot.longitude))
    return folium.Circle(
        place, radius=1000 * float(spot.radius_km), color=_ACCENT, weight=1.5, fill=True, fill_opacity=0.08
    )


def _mark(spot: Spot, html: str, size: int, *, under: int = 0) -> folium.Marker:
    icon = folium.DivIcon(html=html, icon_size=(size, size), icon_anchor=(size // 2, size // 2), class_name="choice")
    # Not interactive: a click there is a click on the map. Where they meet, the best lies on top.
    place, order = (float(spot.latitude), float(spot.longitude)), -10_000 * under
    return folium.Marker(place, icon=icon, interactive=False, keyboard=False, z_index_offset=order)


def around(spots: Sequence[Spot], *, adm1_code: str | None, country: str | None, serial: int) -> Extent | None:
    """Return what to show: the province, else the country, and every spot in it or outside; None shows the world.

    Examples
    --------
    >>> around([Spot(34.0, 36.0, 1)], adm1_code="IQ-AN", country="IQ", serial=1).west
    35.4
    """
    points = conform(pl.DataFrame(spots, schema=Spot._fields, orient="row").with_columns(geo_precision=pl.lit("site")))
    provinces = [adm1_code] if adm1_code else []
    countries = [country] if country and not spots else []
    wide = extent(empty_frame(), provinces=provinces, countries=countries)
    boxes = [box for box in (wide, extent(points)) if box]
    if not boxes:
        return None
    west, south, east, north, _ = zip(*boxes, strict=True)
    return Extent(min(west), min(south), max(east), max(north), serial)


def point_clicked(returned: Mapping[str, Any] | None) -> tuple[float, float] | None:
    """Return latitude and longitude of the last click on the map, in what st_folium returned.

    Examples
    --------
    >>> point_clicked({"last_clicked": {"lat": 36.123456, "lng": 403.1}})
    (36.12346, 43.1)
    >>> point_clicked({"last_clicked": None})
    """
    try:
        told = (returned or {})[CLICKED[0]]
        latitude, longitude = float(told["lat"]), float(told["lng"])
    except (KeyError, TypeError, ValueError):  # a browser can send anything
        return None
    if not (-90 <= latitude <= 90 and isfinite(longitude)):
        return None
    # The world is seen side by side: a click may lie on a copy of it.
    return round(latitude, 5), round((longitude + 180) % 360 - 180, 5)
