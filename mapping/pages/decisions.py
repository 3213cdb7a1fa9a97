"""What was decided of places: the last answer with its undo, and the list of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from mapping import pipeline
from mapping.errors import MappingError
from mapping.pages import words
from mapping.pages.atlas import store
from mapping.pages.style import escape, prose, show

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

__all__ = ["answered", "decided_panel", "decisions", "said", "undo"]

_PAGE = 20


def answered(*, see: Callable[[str, str], None], on_undo: Callable[[str], None]) -> None:
    """Say what the last answer did, or why it could not be kept.

    Parameters
    ----------
    see
        Shows the rows of a place in Explore, the one of that key chosen.
    on_undo
        Takes the question that is open again.
    """
    state = st.session_state
    if refused := state.pop("refused", None):
        show(f"<p>{prose(refused)}</p>", kind="notice")
    if not (last := state.get("answered")):
        return
    question = last["question"]
    with st.container(key="answered", horizontal=True, vertical_alignment="center", gap="small"):
        show(
            f"<p>{escape(question['place'])}: {escape(last['said'])}. Applied to {words.rows(question['rows'])}.</p>",
            kind="done",
        )
        st.button("Undo", key="undo-last", on_click=_taken_back, args=(last["id"], question["question"], on_undo))
        if st.button("See in Explore", key="see-answered", type="tertiary"):
            see(question["place"], last["incident"])


def _taken_back(number: int, question: str, on_undo: Callable[[str], None]) -> None:
    undo(number)
    on_undo(question)


def undo(number: int) -> None:
    """Take a decision back."""
    state = st.session_state
    if state.get("answered", {}).get("id") == number:
        state.pop("answered")
    try:
        store().corrections.undo(number)
    except MappingError as error:
        state["refused"] = str(error)


def said(made: dict[str, Any]) -> str:
    """Say what was decided.

    Examples
    --------
    >>> said({"geo_precision": "none"})
    'left unknown'
    """
    precision = made["geo_precision"]
    if precision == "none":
        return "left unknown"
    if precision == "province":
        return "province only"
    name = made["matched_name"] or f"a point drawn at {made['latitude']:.4f}, {made['longitude']:.4f}"
    return f"{name}, {words.PRECISION[precision]}" + (
        f", within {made['radius_km']:,.3g} km" if made["radius_km"] else ""
    )


def decided_panel(made: dict[str, Any], *, on_undo: Callable[[str], None]) -> None:
    """Draw a decision that stands; a line of `mapping.pipeline.decided`."""
    note = f" “{escape(made['note'])}”" if made["note"] else ""
    show(f"<p>Decided on {escape(made['decided_at'][:10])}: {escape(said(made))}.{note}</p>", kind="done")
    st.button("Undo", key="undo-this", on_click=_taken_back, args=(made["id"], made["question"], on_undo))


def decisions(done: pl.DataFrame, *, on_open: Callable[[str], None]) -> None:
    """List the decisions that stand, the newest first, each with its undo."""
    if done.is_empty():
        return
    st.html(f'<div class="heading"><h2>Decided</h2><span>{done.height:,} in all, the newest first</span></div>')
    st.download_button(
        f"Download {done.height:,} as CSV",
        data=lambda: pipeline.corrections_file(store()),
        file_name="corrections.csv",
        mime="text/csv",
        key="download-corrections",
        on_click="ignore",
    )
    shown = st.session_state.get("decisions-shown", _PAGE)
    for made in done.head(shown).iter_rows(named=True):
        with st.container(key=f"decision-{made['id']}", horizontal=True, vertical_alignment="center", gap="small"):
            where = ", ".join(filter(None, (made["adm2_claimed"], made["adm1_claimed"], made["country_iso2"])))
            show(
                f"<b>{escape(made['place'])}</b> <small>{escape(where)} · {escape(made['decided_at'][:10])} · "
                f"{words.rows(made['rows'])}</small><p>{escape(said(made))}</p>",
                kind="decision",
            )
            st.button(
                "Undo", key=f"undo-{made['id']}", on_click=_taken_back, args=(made["id"], made["question"], on_open)
            )
    if done.height > shown:
        more = min(_PAGE, done.height - shown)
        st.button(f"Show {more} more", on_click=lambda: st.session_state.update({"decisions-shown": shown + more}))
