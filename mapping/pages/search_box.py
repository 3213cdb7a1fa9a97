"""The search box: what is written there filters, or says beside it why it cannot be read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from mapping.errors import InvalidValue
from mapping.pages import address
from mapping.pages.style import escape, prose, show

if TYPE_CHECKING:
    from mapping.query import Filter

__all__ = ["search_box"]

_KEY = "filter-text"
_WRONG = "search-wrong"
_HELP = """\
`drone base` both words · `"air base"` a phrase · `drone OR rocket` · `drone NOT base` or `drone -base` · \
`(drone OR rocket) base`

`place:hit`, `actor:"islamic state"`, `killed:>5`, `killed:unknown`: in one column
"""


def search_box(wanted: Filter) -> None:
    """Draw the box. What cannot be read stays in it, to be mended, and the search before stands meanwhile."""
    state = st.session_state
    typed, sentence, standing = state.get(_WRONG, ("", "", None))
    is_wrong = standing == wanted.text
    written = typed if is_wrong else wanted.text or st.query_params.get("text", "")  # of which the page complains
    if state.get(_KEY) != written:
        state[_KEY] = written
    st.text_input("Search", key=_KEY, on_change=_changed, placeholder="drone AND base, الأنبار", help=_HELP)
    if is_wrong:
        stands = f" Shown is what “{escape(standing)}” finds." if standing else ""
        show(f"<p>{prose(sentence)}{stands}</p>", kind="notice")


def _changed() -> None:
    state = st.session_state
    state.pop(_WRONG, None)
    wanted = address.read().filter
    try:
        address.show(replace(wanted, text=state[_KEY].strip()))
    except InvalidValue as error:
        state[_WRONG] = (state[_KEY], str(error), wanted.text)
