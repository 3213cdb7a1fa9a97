"""Explore: what is filtered for, how many that is, the map with its card, the months, the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import streamlit as st

from mapping.layers.colours import BY_TYPE, by_actor, frequent_actors
from mapping.layers.map import Extent, extent
from mapping.layers.mapstyle import MapStyle
from mapping.layers.marks import at_same_place
from mapping.layers.page import View as PageView
from mapping.layers.player import Play
from mapping.pages import address
from mapping.pages.acts import take
from mapping.pages.atlas import atlas
from mapping.pages.card import card, no_card
from mapping.pages.export import export
from mapping.pages.filters import sidebar
from mapping.pages.headline import chips, complaints, nothing_shown, numbers
from mapping.pages.hint import hint
from mapping.pages.incident_map import HEIGHT, by_key, incident_map
from mapping.pages.incident_table import incident_table, order, ordered
from mapping.pages.snapshot import snapshot
from mapping.pages.style import plainly
from mapping.pages.table_columns import read_columns
from mapping.pages.table_order import read_order
from mapping.pages.timeline import channel, timeline
from mapping.pages.views import menu

if TYPE_CHECKING:
    from mapping.pages.address import View
    from mapping.pages.atlas import Atlas
    from mapping.query import Filter

__all__ = ["page"]


@plainly
def page() -> None:
    """Draw the page."""
    address.come_back("explore")
    everything = atlas()
    view = address.read()
    wanted = view.filter
    shown = everything.shown(wanted)
    style, unknown = MapStyle.from_text(view.style)
    actors = _actors(style, everything, wanted)
    sidebar(wanted, everything.offered, everything.shown(wanted, types=()))
    hint()
    chips(wanted, is_in_view=view.is_in_view)
    complaints([*view.complaints, *unknown, *read_order(view.sort)[1], *read_columns(view.columns)[1]])
    with st.container(key="headline", horizontal=True, vertical_alignment="bottom"):
        numbers(shown, everything.incidents.height)
        with st.container(key="headline-actions", horizontal=True, gap="small", width="content"):
            _take_away(view, style, actors, everything, shown)
    if shown.is_empty():
        nothing_shown(wanted, everything)
    with st.container(key="map-and-card"):
        left, right = st.columns([2, 1], gap="small")
        with left:
            _map(view, style, actors, everything, shown)
        with right, st.container(height=HEIGHT, border=True, key="card"):
            _card(view, everything, shown)
    dateless = everything.shown(wanted, date_from=None, date_to=None)
    timeline(
        wanted,
        dateless,
        first=everything.offered.first,
        last=everything.offered.last,
        bins=view.bins,
        colouring=BY_TYPE if actors is None else by_actor(dateless, actors),
    )
    _table(view, everything, shown)


def _take_away(
    view: View, style: MapStyle, actors: tuple[str, ...] | None, everything: Atlas, shown: pl.DataFrame
) -> None:
    order_now, wanted = order(), view.filter

    def rows() -> pl.DataFrame:
        return ordered(everything.whole(shown), order_now)

    page_view = PageView(
        at=view.at,
        countries=wanted.countries,
        fit=_fit(everything.narrow, wanted),
        selected=view.incident,
        actors=actors,
        style=style,
        bins=view.bins or "auto",
    )
    menu(st.query_params.to_dict())
    snapshot(rows, shown, wanted, page_view)
    export(rows, shown, wanted)


def _map(view: View, style: MapStyle, actors: tuple[str, ...] | None, everything: Atlas, shown: pl.DataFrame) -> None:
    wanted = view.filter
    incident_map(
        shown,
        key="map",
        countries=wanted.countries,
        selected=view.incident,
        fit=_fit(everything.narrow, wanted),
        on_click=take,
        style=style,
        actors=actors,
        view=st.session_state.get("viewport"),
        in_view=view.is_in_view,
        at=view.at,
        within=wanted.to_params().get("within", ""),
        play=Play.from_text(view.play, wanted.date_from, wanted.date_to, channel()),
        caption=[chip.label for chip in wanted.describe()],
    )


def _actors(style: MapStyle, everything: Atlas, wanted: Filter) -> tuple[str, ...] | None:
    """Return the actors that have a colour of their own, when colours say the actor.

    A colour stays with its actor while the dates, the types and the words of the filter change.
    """
    if style.colour == "type":
        return None
    rows = everything.shown(wanted, date_from=None, date_to=None, types=(), text="", bbox=None, within=None, rows=())
    return frequent_actors(rows)


def _fit(incidents: pl.DataFrame, wanted: Filter) -> Extent | None:
    """Return where the map is to be: it moves when countries or provinces change, or on "Show on map"; else it stays."""
    state = st.session_state
    if state.get("scope") != (scope := (wanted.countries, wanted.provinces)):
        state["fit"] = extent(incidents, countries=wanted.countries, provinces=wanted.provinces)
        state["scope"] = scope
    return state["fit"]


def _show_on_map(chosen: pl.DataFrame) -> None:
    state = st.session_state
    state["serial"] = state.get("serial", 0) + 1
    in_province = chosen.filter(pl.col("latitude").is_null())["adm1_code"].drop_nulls().to_list()
    around = extent(chosen, provinces=in_province)
    if around:
        state["fit"] = around._replace(serial=state["serial"])


def _card(view: View, everything: Atlas, shown: pl.DataFrame) -> None:
    chosen = everything.incidents.filter(pl.col(address.KEY) == (view.incident or ""))
    if chosen.is_empty():
        latest = everything.whole(shown.drop_nulls("date_start").head(1))
        no_card(latest.row(0, named=True) if latest.height else None)
        return
    incident = chosen.row(0, named=True)
    here = at_same_place(by_key(shown), incident[address.KEY])
    card(incident, shown[address.KEY], here=here, show_on_map=lambda: _show_on_map(chosen))


def _table(view: View, everything: Atlas, shown: pl.DataFrame) -> None:
    st.html('<div class="heading"><h2>Incidents</h2></div>')
    incident_table(shown, key="table", label="Incidents", chosen=view.incident, everything=everything.incidents)
