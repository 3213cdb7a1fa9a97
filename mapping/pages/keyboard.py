"""The way of the keyboard into what a button opens."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

__all__ = ["keyboard"]

_component = st.components.v2.component(
    "keyboard", js=Path(__file__).with_name("keyboard.js").read_text(encoding="utf-8")
)


def keyboard() -> None:
    """Let Tab lead from a button into what it opens and back, and Escape close it: Streamlit draws it at the end of the page."""
    _component(key="keyboard")
