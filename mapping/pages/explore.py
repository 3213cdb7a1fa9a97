"""Explore: what is filtered for, how many that is, the map with its card, the months, the table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl
import streamlit as st

from mapping.layers.map import Extent, extent
from mapping.layers.marks import at_same_place
from mapping.pages import address
from mapping.pages.atlas import atlas
from mapping.pages.card import card, no_card
from mapping.pages.export import export
from mapping.pages.filters import sidebar
from mapping.pages.headline import chips, nothing_shown, numbers
from mapping.pages.incident_map import HEIGHT, by_key, incident_map
from mapping.pages.incident_table import incident_table, order, ordered
from mapping.pages.style import escape, plainly, show
from mapping.pages.timeline import timeline

if TYPE_CHECKING:
    from mapping.layers.map import Click
    from mapping.query import Filter

__all__ = ["page"]


@plainly
def page() -> None:
    """Draw the page."""
    address.come_back()
    incidents, offered = atlas()
    view = address.read()
    wanted = view.filter
    shown = ordered(wanted.apply(incidents), order())
    sidebar(wanted, offered, incidents)
    chips(wanted)
    for complaint in view.complaints:
        show(f"<p>{escape(complaint)}</p>", kind="notice")
    with st.container(key="headline", horizontal=True, vertical_alignment="bottom"):
        numbers(shown, incidents.height)
        export(shown, wanted)
    if shown.is_empty():
        nothing_shown(wanted, incidents)
    chosen = incidents.filter(pl.col(address.KEY) == (view.incident or ""))
    with st.container(key="map-and-card"):
        left, right = st.columns([2, 1], gap="small")
        with left:
            incident_map(
                shown,
                key="map",
                countries=wanted.countries,
                selected=view.incident,
                fit=_fit(incidents, wanted),
                on_click=_take,
            )
        with right, st.container(height=HEIGHT, border=True, key="card"):
            _card(chosen, shown)
    dateless = replace(wanted, date_from=None, date_to=None).apply(incidents)
    timeline(wanted, dateless, first=offered.first, last=offered.last)
    _table(shown, view.incident)


def _take(click: Click) -> None:
    """Choose the incident that was clicked on the map, or filter for the province."""
    if click.incident_id:
        address.choose(click.incident_id)
    elif click.adm1_code:
        address.show(replace(address.read().filter, provinces=(click.adm1_code,)))


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


def _card(chosen: pl.DataFrame, shown: pl.DataFrame) -> None:
    if chosen.is_empty():
        latest = shown.drop_nulls("date_start").sort("date_start").tail(1)
        no_card(latest.row(0, named=True) if latest.height else None)
        return
    incident = chosen.row(0, named=True)
    here = at_same_place(by_key(shown), incident[address.KEY])
    card(incident, shown[address.KEY], here=here, show_on_map=lambda: _show_on_map(chosen))


def _table(shown: pl.DataFrame, chosen: str | None) -> None:
    st.html('<div class="heading"><h2>Incidents</h2><span>click a row to read it, a heading to sort</span></div>')
    incident_table(shown, key="table", label="Incidents", chosen=chosen, sortable=True)
