"""What the reader does on the map becomes what the address bar says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from mapping.errors import InvalidValue
from mapping.pages import address
from mapping.pages.position import see
from mapping.pages.style import inert_label
from mapping.query import Filter

if TYPE_CHECKING:
    from mapping.layers.map import Click

__all__ = ["take"]


def take(click: Click) -> None:
    """Choose the incident that was clicked, or filter by the province, the shape, the view or the dates that were."""
    wanted = address.read().filter
    if click.incident_id is not None:
        address.choose(click.incident_id)
    if click.style is not None:
        address.put(map=click.style)
    if click.play is not None:
        address.put(play="on" if click.play else None)
    try:
        _filter(click, wanted)
    except InvalidValue as error:
        st.toast(inert_label(str(error)))


def _filter(click: Click, wanted: Filter) -> None:
    if click.adm1_code is not None:
        address.show(replace(wanted, provinces=(click.adm1_code,)))
    if click.dates is not None:
        first, last = click.dates
        address.show(replace(wanted, date_from=first, date_to=last))
    if click.drawn is not None:
        _draw(click.drawn, wanted)
    if click.view is not None:
        see(click.view)
    if click.in_view is not None:
        _follow(click, wanted)


def _draw(shape: str, wanted: Filter) -> None:
    found, complaints = Filter.from_params({"within": shape})
    for complaint in complaints:
        st.toast(inert_label(complaint))
    if not complaints:
        address.show(replace(wanted, within=found.within))


def _follow(click: Click, wanted: Filter) -> None:
    """Let the filter's box be what the map shows, or be gone."""
    if click.in_view and click.view is not None:
        address.show(replace(wanted, bbox=click.view.box))
        address.put(view="on")
    elif not click.in_view:
        address.show(replace(wanted, bbox=None))
