"""The map, as the pages draw it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit_folium import st_folium

from mapping.layers.assets import install, install_boundaries
from mapping.layers.map import RETURNED, base_map, clicked, incident_layers
from mapping.pages import address

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import polars as pl

    from mapping.layers.inert import Inert
    from mapping.layers.map import Click

__all__ = ["HEIGHT", "by_key", "incident_map", "install_once"]

_STATIC = Path(__file__).parents[2] / "static"

HEIGHT = 560
"""Of the map, and of the card beside it, in pixels."""


def incident_map(
    data: Mapping[str, Any] | Inert,
    *,
    key: str,
    on_click: Callable[[Click], None] | None = None,
    height: int = HEIGHT,
) -> None:
    """Draw incidents; the ground stays as it is from run to run, so that the map never blinks.

    Parameters
    ----------
    data
        As `mapping.layers.payload.payload` makes it of rows that went through `by_key`, written by `inert` or not.
    key
        Of this map among all of the app.
    on_click
        Told of what the reader does on the map, before the page is drawn again; the click names
        an incident by its key. Without it the map has no tools: nobody would answer them.
    """
    install_once()
    install_boundaries(_STATIC)

    def take() -> None:
        if click := clicked(st.session_state[key], after=st.session_state.get(f"{key}-click")):
            st.session_state[f"{key}-click"] = click.token
            if on_click:
                on_click(click)

    st_folium(
        base_map(tools=on_click is not None),
        feature_group_to_add=incident_layers(data),
        returned_objects=RETURNED if on_click else (),
        key=key,
        use_container_width=True,
        height=height,
        on_change=take,
    )


def by_key(incidents: pl.DataFrame) -> pl.DataFrame:
    """Return incidents as the layers take them: they know one by its incident_id, which only the key makes unique.

    Examples
    --------
    >>> import polars as pl
    >>> by_key(pl.DataFrame({"incident_id": ["7"], "incident": ["Mine/7"]}))["incident_id"].item()
    'Mine/7'
    """
    return incidents.with_columns(incident_id=address.KEY)


@st.cache_resource(show_spinner=False)
def install_once() -> None:
    """Put what the map needs where Streamlit serves it: the folder static/ beside app.py."""
    install(_STATIC)
