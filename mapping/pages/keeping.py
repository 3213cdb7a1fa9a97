"""Keeping what Import has worked through: under a name and a licence, taught from if wanted, and what waits for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import streamlit as st

from mapping import pipeline
from mapping.errors import MappingError
from mapping.pages import explore, review, words
from mapping.pages.atlas import store
from mapping.pages.style import escape, prose, show
from mapping.query import Filter

if TYPE_CHECKING:
    from mapping.pages.upload import Upload
    from mapping.pipeline import Processed
    from mapping.store import Version

__all__ = ["LICENCES", "keep_panel"]

LICENCES = (
    "CC BY 4.0", "CC BY-SA 4.0", "CC BY-NC 4.0", "CC0 1.0", "ODbL 1.0", "Mine alone: no redistribution",
)  # fmt: skip
"""Proposed for rows of the user's own."""


def keep_panel(done: Processed, upload: Upload) -> None:
    """Offer to keep the rows as a dataset."""
    if kept := st.session_state.get("kept"):
        _kept(kept, waits=_waiting(done)[0] > 0)
        return
    reading = done.reading
    with st.container(border=True, key="keep"):
        st.html("<h2>Keep it</h2>")
        name = st.text_input("Name of the dataset", value=reading.path.stem, key=f"name {upload.token}", max_chars=200)
        licence = reading.licence
        if licence:
            show(f"<p>{escape(licence)}</p><p>{escape(reading.citation)}</p>", kind="muted")
        else:
            licence = _licence()
        citation = reading.citation or st.text_input("How to cite it (may stay empty)", key="citation")
        ready = bool(name.strip() and licence and done.incidents.height)
        terms = {"name": name, "licence": licence, "citation": citation}
        if _can_teach(done):
            st.toggle(
                "Learn its place names",
                key="learn",
                help="Where its rows lie will then be known of these names in every other file. The Sources page lists what "
                "was learned, and forgets it.",
            )
        if st.button(f"Keep {words.rows(done.incidents.height)}", type="primary", disabled=not ready, key="keep-rows"):
            _enter(done, **terms)
        if not ready:
            lack = "A name and a licence first." if done.incidents.height else "No row can be kept: see “Rows to mend”."
            show(f"<p>{lack}</p>", kind="muted")
        _offer_review(done, terms, ready=ready)


def _can_teach(done: Processed) -> bool:
    """Tell whether the source of any row says where its place is."""
    given = pl.col("geo_method").eq_missing("source") & pl.col("place").is_not_null()
    return not done.incidents.filter(given).is_empty()


def _offer_review(done: Processed, terms: dict[str, str], *, ready: bool) -> None:
    """Say how many places wait for a person, and offer to keep the rows and decide them."""
    places, rows = _waiting(done)
    if not places:
        return
    names = "1 place name needs" if places == 1 else f"{places:,} place names need"
    show(f"<p>{names} you ({words.rows(rows)}). They can wait: Review keeps the list.</p>", kind="needs-you")
    if st.button("Keep the rows and decide", disabled=not ready, key="keep-and-review"):
        st.session_state["decide"] = True
        _enter(done, **terms)  # runs the page anew, unless the rows could not be kept
        st.session_state.pop("decide")


def _waiting(done: Processed) -> tuple[int, int]:
    """Return how many places wait for a person, and in how many rows; worked out once for a file and what is decided."""
    corrections = store().corrections.all()
    decided = corrections["id"].to_list()
    told = st.session_state.get("waiting")
    if told is None or told[0] is not done or told[1] != decided:
        rows = pipeline.undecided(pipeline.asked(done.incidents), corrections)
        told = st.session_state["waiting"] = (done, decided, rows["question"].n_unique(), rows.height)
    return told[2:]


def _licence() -> str:
    hint = "Choose one, or write it"
    return st.selectbox("Licence", LICENCES, None, placeholder=hint, accept_new_options=True, key="licence") or ""


def _enter(done: Processed, **terms: str) -> None:
    try:
        st.session_state["kept"] = pipeline.keep(done, store(), **terms)
        if st.session_state.get("learn"):
            st.session_state["learned"] = pipeline.learn_names(done, store(), **terms)
    except MappingError as error:
        show(f"<p>{prose(error)}</p>", kind="notice")
    else:
        st.rerun()


def _taught() -> str:
    """Say how many place names were learned with the rows that were kept, if any."""
    learned = st.session_state.get("learned")
    if learned is None:
        return ""
    names = "1 place name was" if learned.names == 1 else f"{learned.names:,} place names were"
    return f" {names} learned; the Sources page lists them."


def _kept(version: Version, *, waits: bool) -> None:
    if st.session_state.pop("decide", False):
        review.go_to(dataset=version.dataset)
    again = " It was there already, so nothing was added." if version.repeated else ""
    show(
        f"<p>Kept as {escape(version.dataset)}, version {escape(version.version)}: "
        f"{words.incidents(version.rows)}.{again}{_taught()}</p>",
        kind="done",
    )
    if st.button("Show it in Explore", type="primary", key="to-explore"):
        there = st.Page(explore.page, title="Explore", default=True)
        st.switch_page(there, query_params=Filter(datasets=(version.dataset,)).to_params())
    if waits and st.button("Decide its places", key="to-review"):
        review.go_to(dataset=version.dataset)
