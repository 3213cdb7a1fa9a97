"""Explore: what is filtered for, how many that is, the map with its card, the timeline, the table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any

import polars as pl
import streamlit as st

from mapping.layers.colours import BY_TYPE, by_actor, frequent_actors
from mapping.layers.gathered import MOST_MARKS, Gathered
from mapping.layers.inert import inert
from mapping.layers.map import Extent, extent, gather, payload
from mapping.layers.mapstyle import MapStyle
from mapping.layers.marks import at_same_place
from mapping.layers.page import PageView
from mapping.layers.player import Play
from mapping.pages import address
from mapping.pages.acts import take
from mapping.pages.atlas import atlas
from mapping.pages.card import card, no_card
from mapping.pages.export import export
from mapping.pages.filters import first_and_last, sidebar
from mapping.pages.headline import chips, complaints, nothing_shown, numbers
from mapping.pages.hint import hint
from mapping.pages.incident_map import HEIGHT, by_key, incident_map
from mapping.pages.incident_table import incident_table, order
from mapping.pages.once import once
from mapping.pages.position import moves, seen
from mapping.pages.snapshot import snapshot
from mapping.pages.style import plainly
from mapping.pages.table_columns import read_columns
from mapping.pages.table_order import read_order
from mapping.pages.timeline import channel, timeline
from mapping.pages.views import menu
from mapping.query import ROW, Filter

if TYPE_CHECKING:
    from mapping.layers.inert import Inert
    from mapping.pages.address import View
    from mapping.pages.atlas import Atlas

__all__ = ["page"]

_TURNS = BoundedSemaphore(2)
"""So many sessions draw at once, the others wait: fifty that take turns are sooner served than fifty in each other's way."""


@dataclass(frozen=True)
class _Scene:
    """What all faces show.

    Attributes
    ----------
    view
        What the address says.
    everything
        All incidents there are.
    shown
        The narrow rows that pass the filter, the newest first.
    at
        In which order the table shows them; None: as they come.
    style
        How the map is drawn.
    actors
        Those that have a colour of their own; None when colours say the type.
    fit
        Where the map is to be.
    """

    view: View
    everything: Atlas
    shown: pl.DataFrame
    at: pl.Series | None
    style: MapStyle
    actors: tuple[str, ...] | None
    fit: Extent | None

    def in_order(self, *columns: str) -> pl.DataFrame:
        """Return columns of the narrow rows as the table shows them."""
        rows = self.shown.select(columns)
        return rows if self.at is None else rows[self.at]


@plainly
def page() -> None:
    """Draw the page."""
    with _TURNS:
        _draw()


def _draw() -> None:
    address.come_back("explore")
    view, everything = address.read(), atlas()
    wanted = view.filter
    style, unknown = MapStyle.from_text(view.style)
    scene = _Scene(
        view,
        everything,
        everything.shown(wanted),
        everything.standing(wanted, order()),
        style,
        _actors(style, everything, wanted),
        _fit(everything, wanted),
    )
    sidebar(wanted, everything.offered, everything.shown(wanted, types=()))
    hint()
    chips(wanted, everything, is_in_view=view.is_in_view)
    with st.container(key="complaints"):  # there at every run: what comes and goes above it would draw the map anew
        complaints([*view.complaints, *unknown, *read_order(view.sort)[1], *read_columns(view.columns)[1]])
    with st.container(key="headline", horizontal=True, vertical_alignment="bottom"):
        numbers(scene.shown, everything.narrow.height)
        with st.container(key="headline-actions", horizontal=True, gap="small", width="content"):
            _take_away(scene)
    with st.container(key="nothing"):
        if scene.shown.is_empty():
            nothing_shown(wanted, everything)
    with st.container(key="map-and-card"):
        left, right = st.columns([2, 1], gap="small")
        with left:
            _map(scene)
        with right, st.container(height=HEIGHT, border=True, key="card"):
            _card(scene)
    _timeline(scene)
    _table(scene)


def _actors(style: MapStyle, everything: Atlas, wanted: Filter) -> tuple[str, ...] | None:
    """Return the actors that have a colour of their own, when colours say the actor.

    A colour stays with its actor while the dates, the types and the words of the filter change.
    """
    if style.colour == "type":
        return None
    rows = everything.shown(wanted, date_from=None, date_to=None, types=(), text="", bbox=None, within=None, rows=())
    return frequent_actors(rows)


def _fit(everything: Atlas, wanted: Filter) -> Extent | None:
    """Return where the map is to be: it moves on "Show on map", or with countries, provinces and datasets; else it stays."""
    state = st.session_state
    if state.get("scope") != (scope := (wanted.countries, wanted.provinces, wanted.datasets)):
        incidents = everything.shown(Filter(datasets=wanted.datasets))
        around = partial(extent, countries=wanted.countries, provinces=wanted.provinces)
        told = once(("extent", wanted.countries, wanted.provinces), around, incidents)
        state["fit"] = Extent(*told) if told else None
        state["scope"] = scope
    return state["fit"]


def _take_away(scene: _Scene) -> None:
    view = scene.view

    def rows() -> pl.DataFrame:
        return scene.everything.whole(scene.in_order(ROW))

    seen = PageView(
        at=view.at,
        countries=view.filter.countries,
        fit=scene.fit,
        selected=view.incident,
        actors=scene.actors,
        style=scene.style,
        bins=view.bins or "auto",
    )
    menu(st.query_params.to_dict())
    snapshot(rows, scene.shown, view.filter, seen)
    export(rows, scene.shown, view.filter)


def _map(scene: _Scene) -> None:
    view, wanted = scene.view, scene.view.filter
    asked = {
        "countries": wanted.countries,
        "selected": view.incident,
        "fit": scene.fit,
        "style": scene.style,
        "actors": scene.actors,
        "view": seen(),
        "in_view": view.is_in_view,
        "at": (*view.at, moves()) if view.at else None,
        "within": wanted.to_params().get("within", ""),
        "play": Play.from_text(view.play, wanted.date_from, wanted.date_to, channel()),
        "caption": [chip.label for chip in wanted.describe()],
    }
    incident_map(_drawn(scene.everything.held, _params(wanted), repr(asked), asked, scene), key="map", on_click=take)


def _params(wanted: Filter) -> tuple[tuple[str, str], ...]:
    return tuple(wanted.to_params().items())


# What the caches go by is what the store held, and all that is asked; a name with a line before it is not looked at.


@st.cache_resource(show_spinner=False, max_entries=16, ttl="1h")  # a picture's caption tells the day
def _drawn(
    held: tuple[Any, ...], params: tuple[tuple[str, str], ...], told: str, _asked: dict[str, Any], _scene: _Scene
) -> Inert:
    """Return what the map's script is handed, once for all who see the same."""
    del told
    rows = _gathered(held, params, _scene.style.colour, _scene.actors, _scene)
    return inert(payload(rows, **_asked))


@st.cache_resource(show_spinner=False, max_entries=8)
def _gathered(
    held: tuple[Any, ...],
    params: tuple[tuple[str, str], ...],
    colour: str,
    actors: tuple[str, ...] | None,
    _scene: _Scene,
) -> Gathered:
    """Return what is drawn of the rows wherever the map is: it moves more often than the filter changes."""
    del held, colour
    rows = gather(by_key(_scene.shown), _scene.style, actors)
    if params or actors is not None or rows.frame.height <= MOST_MARKS:
        return rows
    return Gathered.of(rows.frame, rows.colouring, _scene.everything.opened.kept("map", rows.arrays))


def _card(scene: _Scene) -> None:
    everything = scene.everything
    chosen = everything.one(scene.view.incident)
    if chosen.is_empty():
        latest = everything.whole(scene.shown.drop_nulls("date_start").head(1))
        no_card(latest.row(0, named=True) if latest.height else None)
        return
    incident = chosen.row(0, named=True)
    here = at_same_place(by_key(scene.shown), incident[address.KEY])
    keys = scene.in_order(address.KEY).to_series()
    card(incident, keys, here=here, show_on_map=lambda: _show_on_map(chosen))


def _show_on_map(chosen: pl.DataFrame) -> None:
    state = st.session_state
    state["serial"] = state.get("serial", 0) + 1
    in_province = chosen.filter(pl.col("latitude").is_null())["adm1_code"].drop_nulls().to_list()
    around = extent(chosen, provinces=in_province)
    if around:
        state["fit"] = around._replace(serial=state["serial"])


def _timeline(scene: _Scene) -> None:
    wanted = scene.view.filter
    first, last = first_and_last(scene.everything.shown(Filter(datasets=wanted.datasets)))
    dateless = scene.everything.shown(wanted, date_from=None, date_to=None)
    colouring = BY_TYPE if scene.actors is None else by_actor(dateless, scene.actors)
    timeline(wanted, dateless, first=first, last=last, bins=scene.view.bins, colouring=colouring)


def _table(scene: _Scene) -> None:
    st.html('<div class="heading"><h2>Incidents</h2></div>')
    incident_table(
        scene.shown,
        key="table",
        label="Incidents",
        chosen=scene.view.incident,
        whole=scene.everything.whole,
        at=scene.at,
    )
