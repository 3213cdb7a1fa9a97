"""The small map of Review: the candidates by number, and the point that is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st
from streamlit_folium import st_folium

from mapping.layers.choices import CLICKED, Spot, around, choice_layers, choice_map, point_clicked
from mapping.pages.incident_map import install_once

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from mapping.geocoder import Candidate

__all__ = ["review_map"]

_KEY, _HEIGHT = "review-map", 320


def review_map(
    question: Mapping[str, Any],
    candidates: list[Candidate],
    *,
    drawn: Spot | None,
    on_point: Callable[[float, float], None],
) -> None:
    """Draw the map; a click on it tells `on_point` latitude and longitude before the page is drawn again."""
    install_once()
    numbered = {
        number: Spot(found.latitude, found.longitude, found.radius_km)
        for number, found in enumerate(candidates, start=1)
        if found.latitude is not None and found.longitude is not None
    }
    country = question["country_iso2"]
    fit = around(
        list(numbered.values()),
        adm1_code=question["adm1_code"],
        country=country,
        serial=int(question["question"][:8], 16),  # the next question's place comes in sight, though it be the same
    )

    def take() -> None:
        if point := point_clicked(st.session_state[_KEY]):
            on_point(*point)

    st_folium(
        choice_map(),
        feature_group_to_add=choice_layers(numbered, drawn=drawn, countries=(country,) if country else (), fit=fit),
        returned_objects=CLICKED,
        key=_KEY,
        use_container_width=True,
        height=_HEIGHT,
        on_change=take,
    )
