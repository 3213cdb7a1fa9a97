"""The map of the app: a ground that never changes, and the incidents drawn over it.

`base_map` goes to `st_folium` as the figure, `incident_layers` as `feature_group_to_add`, and what
comes back goes through `clicked`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    import folium
    import polars as pl

__all__ = ["RETURNED", "Click", "Extent", "base_map", "clicked", "extent", "incident_layers"]

RETURNED = ("last_object_clicked_popup",)
"""What st_folium has to return for `clicked`; nothing else makes the page run again."""


class Extent(NamedTuple):
    """A part of the world to show, in degrees (WGS 84).

    The map moves to it when it is not the one it was given before, and stays where the reader has
    moved it otherwise. Another `serial` makes it move to the same place once more.
    """

    west: float
    south: float
    east: float
    north: float
    serial: int = 0


@dataclass(frozen=True)
class Click:
    """What the reader has clicked on the map.

    Attributes
    ----------
    token
        Of this very click: hand it to `clicked` as `after` to see no click twice.
    incident_id
        The incident of the mark; of a mark of several the newest, or the one after the selected one.
        None when a province was clicked.
    adm1_code
        The province whose name or pill was clicked, else None.
    """

    token: str
    incident_id: str | None = None
    adm1_code: str | None = None


def base_map(*, tiles: str | None = None, tiles_attribution: str = "") -> folium.Map:
    """Return a fresh map that holds only what never changes: st_folium alters it, so never share it.

    Parameters
    ----------
    tiles
        Address of map tiles, the user's own choice; None asks nobody for anything.
    tiles_attribution
        Whose tiles they are; plain text.
    """
    raise NotImplementedError


def incident_layers(
    frame: pl.DataFrame,
    *,
    countries: Sequence[str] = (),
    selected: str | None = None,
    fit: Extent | None = None,
) -> list[folium.FeatureGroup]:
    """Return what st_folium is to add: provinces by count, province pills, and the marks of the incidents.

    Parameters
    ----------
    frame
        Incidents, as the filters leave them.
    countries
        ISO 3166-1 alpha-2 of the countries at hand, drawn with their provinces also where they
        have no incident; those of the frame when empty.
    selected
        incident_id of the chosen one: its mark, or its province's pill, has a ring.
    fit
        Where to move the map; None: to the incidents when the map first opens.
    """
    raise NotImplementedError


def extent(frame: pl.DataFrame, *, countries: Sequence[str] = (), provinces: Sequence[str] = ()) -> Extent | None:
    """Return what to show: the provinces, else the countries, else the incidents of the frame.

    One incident gives its surroundings. None when there is nothing to show.
    """
    raise NotImplementedError


def clicked(returned: dict[str, Any] | None, *, after: str | None = None) -> Click | None:
    """Return the click in what st_folium returned; None when there is none, or it is the one of token `after`.

    st_folium returns the last click again at every run of the page, so keep the token of the
    click that was dealt with.
    """
    raise NotImplementedError
