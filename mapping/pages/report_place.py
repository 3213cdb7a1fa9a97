"""Where a draft was: what its place may be, on a small map, and the reader's choice among it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import polars as pl
import streamlit as st

from mapping import pipeline
from mapping.geocoder.corrections import LEFT_UNKNOWN, province_only
from mapping.pages import words
from mapping.pages.drawing import begin, drawing_panel, spot
from mapping.pages.question import candidate_line, candidates_of
from mapping.pages.review_map import review_map
from mapping.pages.style import escape, prose, show

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapping.geocoder.corrections import Choice
    from mapping.pages.report_desk import Entry

__all__ = ["place_panel"]


def place_panel(entry: Entry, row: pl.DataFrame) -> None:
    """Draw where the draft lands, and let the reader choose otherwise: for this incident, and no other."""
    if row.is_empty():
        return
    landed = row.row(0, named=True)
    show(_landing(landed), kind="landing")
    # Asked as if nobody had chosen yet, so that another choice can follow.
    asked = pipeline.queue(pipeline.asked(row.with_columns(geo_method=pl.lit(None, pl.String))))
    if asked.is_empty():  # no place is named
        return
    question = asked.row(0, named=True)
    found = candidates_of(question, question["place"])

    def answer(choice: Choice | None) -> None:
        entry.choice = choice
        st.session_state.pop("drawing", None)

    is_sure = landed["latitude"] is not None and landed["geo_method"] != "manual"
    with st.expander(
        "Other places of that name, or a point of your own", expanded=not is_sure, key=f"places-{is_sure}"
    ):
        review_map(question, found, drawn=spot(question), on_point=partial(begin, question))
        drawing_panel(question, answer)
        for number, candidate in enumerate(found, start=1):
            candidate_line(number, candidate, question, answer, shortcuts=False)
        _others(question, entry, answer)


def _others(question: dict[str, Any], entry: Entry, answer: Callable[[Choice | None], None]) -> None:
    stated = question["adm1_code"]
    with st.container(key="other-places", horizontal=True, gap="small"):
        if stated:
            st.button(
                "None of these: the province only", key="place-province", on_click=answer, args=(province_only(stated),)
            )
        st.button("None of these: not known", key="place-unknown", on_click=answer, args=(LEFT_UNKNOWN,))
        if entry.choice:
            st.button("As the lists have it", key="place-undo", type="tertiary", on_click=answer, args=(None,))


def _landing(landed: dict[str, Any]) -> str:
    """Say where the incident will be, how exactly, and why."""
    radius = landed["radius_km"]
    sure = words.PRECISION[landed["geo_precision"] or "none"] + (f", within {radius:,.3g} km" if radius else "")
    country = words.country(landed["country_iso2"]) if landed["country_iso2"] else None
    matched = landed["matched_name"] if landed["latitude"] is not None else None
    where = ", ".join(dict.fromkeys(filter(None, (matched, landed["adm2_name"], landed["adm1_name"], country))))
    reason = landed["geo_reason"] or "no place is named"
    return f"<p><b>{escape(where or 'On no map')}</b> · {escape(sure)}</p><p class='muted'>{prose(reason[0].upper() + reason[1:])}.</p>"
