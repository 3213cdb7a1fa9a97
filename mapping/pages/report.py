"""From a report: the text with its marks, the form of each draft beside it, and nothing kept before a person says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from mapping import pipeline
from mapping.coding.mentions import Span
from mapping.pages import address, report_desk
from mapping.pages.atlas import store
from mapping.pages.report_fields import GROUPS
from mapping.pages.report_form import group_form
from mapping.pages.report_input import EARLIEST, way_in
from mapping.pages.report_keep import decided_panel, keep_panel
from mapping.pages.report_marks import Sentence, marks_of
from mapping.pages.report_place import place_panel
from mapping.pages.report_read import read_again
from mapping.pages.report_text import report_text
from mapping.pages.style import escape, plainly, show

if TYPE_CHECKING:
    from datetime import date

    from mapping.pages.report_desk import Desk, Entry

__all__ = ["page"]

_STATES = {"open": "", "kept": " · kept", "rejected": " · not an incident"}


@plainly
def page() -> None:
    """Draw the page."""
    address.leave()
    if sha256 := st.query_params.get("report"):
        read_again(sha256, st.query_params.get(address.KEY))
    elif (desk := report_desk.desk()) is None:
        way_in()
    else:
        _draw(desk)


def _draw(desk: Desk) -> None:
    _head(desk)
    with st.container(key="desk"):
        left, right = st.columns([6, 5], gap="medium")
        with left, st.container(key="desk-text"):
            _text(desk)
        with right:
            _drafts(desk)
            _passed_over(desk)


def _head(desk: Desk) -> None:
    with st.container(key="desk-head", horizontal=True, vertical_alignment="bottom", gap="small"):
        show(f"<h1>{escape(desk.drafted.document.title or 'From a report')}</h1>", kind="intro")
        st.button("Another report", key="another-report", on_click=report_desk.clear)
    with st.container(key="desk-source"):
        _source(desk)
    if desk.drafted.report.written is None and any(
        "date_end" in draft.spans and "date_end" not in draft.fields for draft in desk.drafted.drafts.incidents
    ):
        show(
            "<p>No day of the report is known, neither from you nor from its text: days such as “Tuesday night” cannot be told. "
            "Give it above, and the drafts are made anew.</p>",
            kind="notice",
        )
    if desk.drafted.document.note:
        show(f"<p>{escape(desk.drafted.document.note)}</p>", kind="muted")


def _source(desk: Desk) -> None:
    """Let the reader say whose report it is, and when it was written."""
    state = st.session_state
    state["desk-written"] = desk.drafted.report.written
    state["desk-source-name"], state["desk-source-url"] = desk.source_name, desk.source_url

    def rename() -> None:
        desk.source_name, desk.source_url = state["desk-source-name"], state["desk-source-url"]

    def anew() -> None:
        written: date | None = state["desk-written"]
        if written is not None:
            report_desk.lay_out(
                desk.drafted.document, written=written, source_name=desk.source_name, source_url=desk.source_url
            )

    day, name, link = st.columns([2, 4, 5], gap="small")
    day.date_input("Day of the report", min_value=EARLIEST, format="YYYY-MM-DD", key="desk-written", on_change=anew,
                   help="Another day makes the drafts anew.")  # fmt: skip
    name.text_input("Source", key="desk-source-name", placeholder="Who reported it", max_chars=200, on_change=rename)
    link.text_input("Its address", key="desk-source-url", placeholder="https://", max_chars=2_000, on_change=rename)


def _text(desk: Desk) -> None:
    entry = desk.entry
    told = [Sentence(*entry.evidence, number, entry.title) for number, entry in enumerate(desk.entries)]
    passed = [Sentence(*item.span, None, item.reason) for item in desk.passed]

    def assign(column: str, start: int, end: int) -> None:
        if entry is not None and entry.state == "open":
            desk.use(entry, column, Span(start, end))

    report_text(
        desk.text,
        marks_of(entry.spans, len(desk.text)) if entry else [],
        sentences=[*told, *passed],
        chosen=desk.at,
        on_choose=desk.choose,
        on_assign=assign if entry is not None and entry.state == "open" else None,
    )


def _drafts(desk: Desk) -> None:
    entry = desk.entry
    if entry is None:
        show(
            "<h2>No incident found</h2><p>The rules found none in this text. What speaks of violence and was passed over stands "
            "below, if there is any; a draft is made of it with one click.</p>",
            kind="card hint",
        )
        return
    _pager(desk, entry)
    if entry.state != "open":
        decided_panel(desk, entry)
        return
    checked = pipeline.check_draft(desk.row_values(entry), choice=entry.choice)
    with st.container(key="draft-form"):
        for group in GROUPS:
            with st.container(key=f"group-{group}"):
                group_form(group, entry, desk.text, checked.problems)
                if group == "where":
                    row = (
                        pipeline.corrected(checked.row, store().corrections.all())
                        if entry.choice is None
                        else checked.row
                    )
                    place_panel(entry, row)
    keep_panel(desk, entry, checked)


def _pager(desk: Desk, entry: Entry) -> None:
    """Name the draft; where there are several, let the reader step through them or choose one."""
    if len(desk.entries) > 1:
        with st.container(key="draft-header", horizontal=True, vertical_alignment="center", gap="xsmall"):
            _step("Previous draft", "left", desk, desk.at - 1)
            _chooser(desk)
            _step("Next draft", "right", desk, desk.at + 1)
    show(f"<h2>{escape(entry.title)}</h2>", kind="draft-title")


def _chooser(desk: Desk) -> None:
    state = st.session_state
    state["draft-chosen"] = desk.at
    count = len(desk.entries)
    st.selectbox(
        f"One of {count} drafts",
        range(count),
        key="draft-chosen",
        label_visibility="collapsed",
        format_func=lambda number: (
            f"{number + 1} of {count}: {desk.entries[number].title}{_STATES[desk.entries[number].state]}"
        ),
        on_change=lambda: desk.choose(state["draft-chosen"]),
    )


def _step(label: str, side: str, desk: Desk, number: int) -> None:
    st.button(
        label,  # for those who hear the page; style.css shows the arrow alone
        key=f"step-{side}",
        icon=f":material/chevron_{side}:",
        type="tertiary",
        disabled=not 0 <= number < len(desk.entries),
        on_click=desk.choose,
        args=(number,),
    )


def _passed_over(desk: Desk) -> None:
    """List what speaks of violence and was not taken for an incident of this report, with the reason."""
    if not desk.passed:
        return
    with st.expander(f"Passed over: {len(desk.passed):,}", expanded=desk.entry is None, key="passed-over"):
        for number, item in enumerate(desk.passed):
            with st.container(key=f"passed-{number}", horizontal=True, vertical_alignment="center", gap="small"):
                show(f"<p><i>{escape(item.reason)}</i> {escape(item.text)}</p>", kind="passed")
                st.button("Make a draft of it", key=f"take-up-{number}", on_click=desk.take_up, args=(item,))
