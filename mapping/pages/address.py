"""The view in the address bar: the filter, the chosen incident, how the faces are set. What it says is what Explore shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import polars as pl
import streamlit as st

from mapping import pipeline, schema
from mapping.pages.home import by_own
from mapping.query import PARAMETERS, Filter

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "KEY", "Place", "View", "choose", "come_back", "incident_key", "leave", "open_view", "put", "read", "show", "view_of",
]  # fmt: skip

KEY = pipeline.KEY
"""Parameter of the chosen incident, and name of the column that `incident_key` makes."""

_FILTERS = {parameter.name for parameter in PARAMETERS}
_SETTINGS = ("map", "at", "bins", "sort", "columns", "play")
_LONGEST = 1_000
_PLACE = re.compile(r"(-?\d{1,2}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?),(\d{1,2}(?:\.\d+)?)")


class Place(NamedTuple):
    """Where the map stands: degrees, WGS 84, and Leaflet's zoom."""

    latitude: float
    longitude: float
    zoom: float


@dataclass(frozen=True)
class View:
    """What the address bar says.

    Attributes
    ----------
    filter
        Which incidents are shown.
    incident
        Key of the chosen one, as `incident_key` writes it; it may be none that we know.
    style
        How the map is drawn, as `mapping.layers.mapstyle.MapStyle` reads it.
    is_in_view
        Does the filter's box follow the map?
    at
        Where the map stood when the address was copied.
    bins, sort, columns, play
        Of the timeline, of the table, and whether the player is open: checked by those who draw these.
    complaints
        A sentence for each value that is not allowed, and so was passed over.
    """

    filter: Filter
    incident: str | None = None
    style: str = ""
    is_in_view: bool = False
    at: Place | None = None
    bins: str = ""
    sort: str = ""
    columns: str = ""
    play: str = ""
    complaints: tuple[str, ...] = ()


def incident_key() -> pl.Expr:
    """Return what names a row among all datasets: an incident_id is unique in its own only.

    Examples
    --------
    >>> pl.DataFrame({"dataset": ["Mine"], "incident_id": ["7"]}).select(incident_key()).item()
    'Mine/7'
    """
    return schema.incident_key().alias(KEY)


def view_of(params: Mapping[str, str]) -> View:
    """Return what an address says, whoever wrote it; what is not allowed in it becomes a complaint.

    Examples
    --------
    >>> view = view_of({"type": "raid", "at": "33.2,43.7,6", "view": "on", "incident": "Mine/7"})
    >>> view.at, view.is_in_view, view.incident
    (Place(latitude=33.2, longitude=43.7, zoom=6.0), False, 'Mine/7')
    >>> view_of({"at": "here"}).complaints
    ('at: "here" is no place of the map. It is written latitude,longitude,zoom, such as 33.2,43.7,6.',)
    """
    found, complaints = Filter.from_params(params)
    held = {name: params.get(name, "").strip()[:_LONGEST] for name in _SETTINGS}
    at = _place(held["at"])
    if held["at"] and not at:
        wrong = held["at"][:40]
        complaints.append(
            f'at: "{wrong}" is no place of the map. It is written latitude,longitude,zoom, such as 33.2,43.7,6.'
        )
    return View(
        found,
        params.get(KEY) or None,
        held["map"],
        params.get("view") == "on" and found.bbox is not None,
        at,
        held["bins"],
        held["sort"],
        held["columns"],
        held["play"],
        tuple(complaints),
    )


def _place(text: str) -> Place | None:
    found = _PLACE.fullmatch(text)
    place = Place(*map(float, found.groups())) if found else None
    return place if place and abs(place.latitude) <= 90 and abs(place.longitude) <= 180 else None


def read() -> View:
    """Return what the address bar says."""
    with by_own():  # what a widget calls runs before its page, and asks here
        return view_of(st.query_params.to_dict())


def show(wanted: Filter) -> None:
    """Show what this filter lets pass; all else stays as it is."""
    others = {name: value for name, value in st.query_params.to_dict().items() if name not in _FILTERS}
    if wanted.bbox is None:
        others.pop("view", None)  # there is no box left to follow the map
    st.query_params.from_dict(wanted.to_params() | others)


def put(**values: str | None) -> None:
    """Set parameters beside the filter's; one that is None or empty is taken away.

    Half of a UTF-16 pair, which only a browser can tell us of, becomes a question mark: no address holds it.
    """
    held = st.query_params.to_dict() | values
    st.query_params.from_dict({name: value.encode(errors="replace").decode() for name, value in held.items() if value})


def open_view(params: Mapping[str, str]) -> None:
    """Show what a saved view says; what is no parameter of ours is left out, for Streamlit refuses some by their name."""
    ours = {*_FILTERS, *_SETTINGS, KEY, "view"}
    st.query_params.from_dict({name: value for name, value in params.items() if name in ours})


def choose(incident: str | None) -> None:
    """Choose an incident by its key, or none."""
    put(**{KEY: incident})


def leave() -> None:
    """Note that a page is open which has an address of its own."""
    st.session_state["page"] = ""


def come_back(page: str) -> None:
    """Show on the page of that name what was shown before another was opened, unless the address bar says otherwise."""
    state = st.session_state
    if state.get("page", page) != page and not st.query_params:
        st.query_params.from_dict(state.get("address", {}))
    state["page"], state["address"] = page, st.query_params.to_dict()
