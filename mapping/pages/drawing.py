"""A point set by hand on the map of Review: by a click there, or by its coordinates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from mapping import pipeline
from mapping.geocoder.corrections import DRAWN_KM, draw
from mapping.layers.choices import Spot
from mapping.pages import words
from mapping.pages.style import escape, show

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapping.geocoder.corrections import Choice

__all__ = ["begin", "drawing_panel", "spot"]

_FIRST, _FARTHEST_KM = "town", 500.0


def begin(question: dict[str, Any], latitude: float | None = None, longitude: float | None = None) -> None:
    """Open the panel for a question, at a point if there is one."""
    state = st.session_state
    state["drawing"] = question["question"]
    if latitude is not None and longitude is not None:
        state[_key("latitude", question)], state[_key("longitude", question)] = latitude, longitude


def spot(question: dict[str, Any]) -> Spot | None:
    """Return the point that is set, to be drawn on the map."""
    state = st.session_state
    latitude, longitude = (state.get(_key(axis, question)) for axis in ("latitude", "longitude"))
    if state.get("drawing") != question["question"] or latitude is None or longitude is None:
        return None
    return Spot(latitude, longitude, state.get(_key("radius", question)) or DRAWN_KM[_FIRST])


def drawing_panel(question: dict[str, Any], answer: Callable[[Choice], None]) -> None:
    """Draw the panel, when it is open; `answer` takes the choice."""
    if st.session_state.get("drawing") != question["question"]:
        st.html('<p class="muted">Click the map where it is, or choose below.</p>')
        return
    with st.container(border=True, key="drawing-panel"):
        with st.container(horizontal=True, gap="small"):
            for axis, most in (("latitude", 90.0), ("longitude", 180.0)):
                key = _key(axis, question)
                st.number_input(
                    axis.capitalize(), -most, most, None, format="%.5f", key=key, placeholder="click the map"
                )
            st.session_state.setdefault(_key("radius", question), DRAWN_KM[_FIRST])
            st.number_input("Within (km)", 0.1, _FARTHEST_KM, format="%.1f", key=_key("radius", question))
        _precision(question)
        point = spot(question)
        if point:
            show(f"<p>{_where(point, question)}</p>", kind="muted")
        with st.container(horizontal=True, gap="small"):
            st.button("Use this point", type="primary", key="use-point", disabled=point is None, on_click=_use,
                      args=(question, answer))  # fmt: skip
            st.button("Give it up", type="tertiary", key="give-up", on_click=lambda: st.session_state.pop("drawing"))


def _precision(question: dict[str, Any]) -> None:
    key = _key("precision", question)
    st.session_state.setdefault(key, _FIRST)

    def changed() -> None:
        st.session_state[_key("radius", question)] = DRAWN_KM[st.session_state[key]]

    st.segmented_control(
        "It marks", list(DRAWN_KM), format_func=words.PRECISION.__getitem__, key=key, required=True, on_change=changed
    )


def _where(point: Spot, question: dict[str, Any]) -> str:
    """Say where the point lies, and whether that is the province stated."""
    found = pipeline.lies_in(point.latitude, point.longitude)
    stated = question["adm1_name"]
    lies = f"The point lies in {escape(found)}" if found else "The point lies in no province"
    doubt = f"; the report says {escape(stated)}" if stated and found != stated else ""
    return f"{lies}{doubt}: {escape(pipeline.beside(point.latitude, point.longitude, question['adm1_code']))}."


def _use(question: dict[str, Any], answer: Callable[[Choice], None]) -> None:
    point = spot(question)
    if point:
        precision = st.session_state[_key("precision", question)]
        answer(draw(point.latitude, point.longitude, precision, radius_km=point.radius_km))


def _key(name: str, question: dict[str, Any]) -> str:
    return f"{name} {question['question']}"
