"""Where the map stands: it writes that into the address without asking the server, so the browser has to be asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from mapping.pages import address

if TYPE_CHECKING:
    from mapping.layers.map import View

__all__ = ["move_to", "moves", "see", "seen", "standing"]

_MOVES, _SEEN = "moves of the map", "seen on the map"

_where = st.components.v2.component(
    "where the map stands", js=Path(__file__).with_name("position.js").read_text(encoding="utf-8")
)


def standing(key: str) -> str:
    """Return where the map stands, as the address writes it; empty where it was never moved.

    Draw it in what the reader opens: the browser tells when it is drawn, and the page runs once more.

    Parameters
    ----------
    key
        Of the one who asks, among all of the page.
    """
    told = st.session_state.get(key) or {}
    at = str(told.get("at") or "")
    _where(key=key, data={"at": told.get("at")}, on_at_change=lambda: None)
    return at if address.view_of({"at": at}).at else ""


def move_to(params: dict[str, str]) -> None:
    """Show what another address says, the map where it says."""
    state = st.session_state
    address.open_view(params)
    state[_MOVES] = moves() + 1
    state.pop(_SEEN, None)  # of what was seen before


def moves() -> int:
    """Return how often the map was told to move to a place of the address."""
    return int(st.session_state.get(_MOVES, 0))


def see(view: View) -> None:
    """Note what the reader sees, as the map has told."""
    st.session_state[_SEEN] = view


def seen() -> View | None:
    """Return what the reader sees, so far as the map has told."""
    held: View | None = st.session_state.get(_SEEN)
    return held
