"""One question of Review: what was reported, what it may be, and the ways to answer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from mapping import pipeline
from mapping.errors import MappingError
from mapping.geocoder.corrections import LEFT_UNKNOWN, choose, province_only
from mapping.pages import address, words
from mapping.pages.atlas import store
from mapping.pages.decisions import said
from mapping.pages.drawing import begin, drawing_panel, spot
from mapping.pages.review_map import review_map
from mapping.pages.style import escape, show

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from mapping.geocoder import Candidate
    from mapping.geocoder.corrections import Choice

__all__ = ["candidate_line", "candidates_of", "question_panel", "reported"]

_MOST = 5
_ROWS_TOLD = 3


def question_panel(
    question: dict[str, Any], rows: pl.DataFrame, *, see: Callable[[str, str], None], go_on: Callable[[], None]
) -> None:
    """Draw a question.

    Parameters
    ----------
    question
        A row of `mapping.pipeline.queue`.
    rows
        The incidents that ask it.
    see
        Shows the rows of a place in Explore, the one of that key chosen.
    go_on
        Turns to the next question.
    """
    answer = partial(_answer, question, rows[address.KEY][0], go_on)
    reported(question, rows, see=see)
    show(f"<p>{escape('So far: ' + (question['geo_reason'] or 'no reason recorded'))}.</p>", kind="why")
    other = st.session_state.get(_name_key(question), "").strip()
    found = candidates_of(question, other or question["place"])
    review_map(question, found, drawn=spot(question), on_point=partial(begin, question))
    drawing_panel(question, answer)
    for number, candidate in enumerate(found, start=1):
        candidate_line(number, candidate, question, answer)
    _words(question, found)
    _other_answers(question, answer, go_on)


def reported(question: dict[str, Any], rows: pl.DataFrame, *, see: Callable[[str, str], None]) -> None:
    """Draw what was reported: the place, where it is said to lie, when, and the first of its rows."""
    country = words.country(question["country_iso2"]) if question["country_iso2"] else None
    where = (question["adm2_claimed"], question["adm1_name"] or question["adm1_claimed"], country)
    facts = (
        ", ".join(filter(None, where)) or "no province or country stated",
        question["site_type"],
        words.rows(rows.height),
        words.days(question["first"], question["last"]),
    )
    lines = "".join(
        f"<li><b>{escape(day)}</b> {escape(next(filter(None, told), 'nothing more is told of it'))}</li>"
        for day, *told in rows.select("date_start", "summary", "event_type", "actor1", "target")
        .head(_ROWS_TOLD)
        .iter_rows()
    )
    show(
        f"<h2>{escape(question['place'])}</h2><p class='muted'>{' · '.join(escape(fact) for fact in facts if fact)}</p>"
        f"<ul>{lines}</ul>",
        kind="question",
    )
    label = "See it in Explore" if rows.height == 1 else f"See the {rows.height:,} rows in Explore"
    if st.button(label, key="see-rows", type="tertiary"):
        see(question["place"], rows[address.KEY][0])


def candidates_of(question: dict[str, Any], place: str) -> list[Candidate]:
    """Return what a place may be; the stated province has a button of its own, and a country is no answer."""
    found = pipeline.candidates_for(question | {"place": place}, limit=_MOST + 1)
    stated = (None, question["adm1_code"])
    return [one for one in found if one.latitude is not None or one.adm1_code not in stated][:_MOST]


def candidate_line(
    number: int,
    candidate: Candidate,
    question: dict[str, Any],
    answer: Callable[[Choice], None],
    *,
    shortcuts: bool = True,
) -> None:
    """Draw a candidate with the button that chooses it; `shortcuts`: its number is the key for it."""
    where = ", ".join(filter(None, (candidate.adm1_name, words.country(candidate.country_iso2 or ""))))
    away = ""
    if candidate.latitude is not None and candidate.longitude is not None:
        middle_of = question["adm1_code"] or candidate.adm1_code
        away = pipeline.beside(candidate.latitude, candidate.longitude, middle_of)
    facts = (candidate.kind, where, away, f"within {candidate.radius_km:,.3g} km", f"score {candidate.score:.2f}")
    with st.container(key=f"candidate-{number}", horizontal=True, vertical_alignment="center", gap="small"):
        show(
            f"<i>{number}</i><div><b>{escape(candidate.name)}</b> <small>{' · '.join(escape(fact) for fact in facts if fact)}"
            f"</small><small>{escape('Found: ' + candidate.reason)}</small></div>",
            kind="candidate",
        )
        st.button(
            f"Choose {number}",
            key=f"choose-{number}",
            shortcut=str(number) if shortcuts else None,
            on_click=answer,
            args=(choose(candidate),),
        )


def _words(question: dict[str, Any], found: list[Candidate]) -> None:
    """Take another name to look up, and a note to keep with the answer."""
    if not found:
        show("<p>No list has a place of that name. Look it up under another, click the map where it is, or say what is "
             "known.</p>", kind="hint")  # fmt: skip
    with st.container(horizontal=True, gap="small", key="question-words"):
        st.text_input("Look it up under another name", key=_name_key(question), max_chars=200)
        st.text_input("A note to keep with the answer", key=_note_key(question), max_chars=500)


def _other_answers(question: dict[str, Any], answer: Callable[[Choice], None], go_on: Callable[[], None]) -> None:
    stated = question["adm1_code"]
    with st.container(key="other-answers", horizontal=True, gap="small"):
        st.button("Draw a point", key="draw", shortcut="D", on_click=begin, args=(question,))
        st.button(
            "Province only",
            key="province-only",
            shortcut="P",
            disabled=stated is None,
            help="The report is right about the province, and no more is known."
            if stated
            else "No province is stated.",
            on_click=answer,
            args=(province_only(stated or ""),),
        )
        st.button(
            "Leave it unknown",
            key="leave-unknown",
            shortcut="U",
            help="Nobody can tell where it is: it is listed beside the map.",
            on_click=answer,
            args=(LEFT_UNKNOWN,),
        )
        st.button("Skip", key="skip", type="tertiary", shortcut="S", on_click=go_on)


def _answer(question: dict[str, Any], incident: str, go_on: Callable[[], None], choice: Choice) -> None:
    note = st.session_state.get(_note_key(question), "").strip()
    try:
        number = pipeline.decide(store(), question, choice._replace(note=note or None))
    except MappingError as error:
        st.session_state["refused"] = str(error)
        return
    st.session_state["answered"] = {
        "id": number,
        "question": question,
        "incident": incident,
        "said": said(choice._asdict()),
    }
    go_on()


def _name_key(question: dict[str, Any]) -> str:
    return f"other-name {question['question']}"


def _note_key(question: dict[str, Any]) -> str:
    return f"note {question['question']}"
