"""The way in: a report is pasted, handed in as a file or, where that is turned on, fetched from the web."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from mapping.documents import ENDINGS, MOST_BYTES, Document, fetch, is_offered, read_document
from mapping.errors import MappingError
from mapping.pages import report_desk
from mapping.pages.style import prose, show
from mapping.pages.upload import base_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.runtime.uploaded_file_manager import UploadedFile

__all__ = ["EARLIEST", "EXAMPLE", "way_in"]

EXAMPLE = """Wednesday 17 July 2024

Two armed drones attacked the Ain al-Asad air base in Anbar province on Tuesday night, officers of the provincial police said. One of them was shot down by air defences outside the base, and the other exploded inside it. The attack caused no casualties and no damage, and nobody has claimed it.

The base houses soldiers of the international coalition. Armed factions in Iraq have threatened more attacks on it if the war in Gaza goes on, and last year rockets were fired at the same base more than once. Some 2,500 American soldiers are stationed in the country.
"""
"""Of our own writing, after a row of the shipped incidents: one incident, and what is none."""

EARLIEST = date(1900, 1, 1)
"""First day that a report may be of."""


def way_in() -> None:
    """Draw the way in; what is handed in is drafted and laid on the desk."""
    show(
        "<h1>From a report</h1><p>Paste a news report, or hand it in as a file: the incidents that it tells of are drafted, each "
        "field marked in the text. Nothing is kept, not the text either, until you accept an incident.</p>",
        kind="intro",
    )
    with st.container(key="way-in"):
        left, right = st.columns([5, 3], gap="medium")
        with left:
            st.text_area("Text of the report, in English or Arabic", key="report-pasted", height=340,
                         placeholder="Paste the text here")  # fmt: skip
        with right:
            handed = st.file_uploader(
                "Or a file: text, web page, Word, PDF with text", type=list(ENDINGS), key="report-file",
                max_upload_size=MOST_BYTES // 1_000_000,
            )  # fmt: skip
            written = st.date_input(
                "Day of the report", None, min_value=EARLIEST, format="YYYY-MM-DD", key="report-written",
                help="“Tuesday night” is a day only beside the day on which it was written. Left empty, it is read from the "
                "text, where it stands there.",
            )  # fmt: skip
            st.text_input("Source", key="report-source", placeholder="Who reported it", max_chars=200)
            st.text_input("Its address", key="report-link", placeholder="https://", max_chars=2_000)
            if is_offered():
                st.toggle(
                    "Fetch the text from there",
                    key="report-fetch",
                    help="Off, nothing leaves this machine. On, the server at that address is asked for the page when you draft.",
                )
    with st.container(horizontal=True, gap="small", key="way-in-actions"):
        if st.button("Draft incidents", type="primary", key="draft-incidents"):
            _draft(_document(handed), written)
        if st.button("Try it with an example", key="try-report"):
            _draft(lambda: Document(EXAMPLE, "text"), None)


def _document(handed: UploadedFile | None) -> Callable[[], Document]:
    """Return what opens the report: the address if that was turned on, else the file, else what was pasted."""
    state = st.session_state
    pasted, address = state["report-pasted"], state["report-link"].strip()
    if state.get("report-fetch") and is_offered():
        return lambda: fetch(address)
    if handed is not None:
        return lambda: read_document(handed.getvalue(), name=base_name(handed.name))
    return lambda: read_document(pasted.encode(errors="replace"), name="The text")


def _draft(open_document: Callable[[], Document], written: date | None) -> None:
    state = st.session_state
    try:
        report_desk.lay_out(
            open_document(), written=written, source_name=state["report-source"], source_url=state["report-link"]
        )
    except MappingError as error:
        show(f"<p>{prose(error)}</p>", kind="notice")
    else:
        st.rerun()
