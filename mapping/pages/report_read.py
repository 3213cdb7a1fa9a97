"""A kept report, read again: its text with the marks of the incident that was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from mapping.pages import address, words
from mapping.pages.atlas import atlas, store
from mapping.pages.report_fields import FIELDS, GROUPS
from mapping.pages.report_marks import Sentence, marks_of
from mapping.pages.report_text import report_text
from mapping.pages.style import escape, link, show

if TYPE_CHECKING:
    from mapping.store import Evidence, KeptReport

__all__ = ["read_again"]


def read_again(sha256: str, incident: str | None) -> None:
    """Draw a report of the store.

    Parameters
    ----------
    sha256
        Of its text.
    incident
        Key of one of its incidents; the first when it is none of them.

    Raises
    ------
    UnknownDataset
        The store has no such report.
    """
    report, told = store().reports.read(sha256), store().reports.told_by(sha256)
    keys = [_key(one) for one in told]
    at = keys.index(incident) if incident in keys else 0
    _head(report, keys[at])
    with st.container(key="desk"):
        left, right = st.columns([6, 5], gap="medium")
        with left, st.container(key="desk-text"):
            _text(report, told, at, keys)
        with right:
            _incident(keys[at], told[at], report)
            _take_away(sha256, report)


def _key(one: Evidence) -> str:
    return f"{one.dataset}/{one.incident_id}"


def _head(report: KeptReport, key: str) -> None:
    with st.container(key="desk-head", horizontal=True, vertical_alignment="bottom", gap="small"):
        source = link(report.source_url, report.source_name or report.source_url or "source unknown")
        day = f", {escape(words.days(report.written, report.written))}" if report.written else ""
        show(f"<h1>{escape(report.title or 'Read the report')}</h1><p>{source}{day}</p>", kind="intro")
        if st.button("Back to Explore", key="back-to-explore"):
            from mapping.pages import explore  # which leads here: a circle, were it above

            st.switch_page(st.Page(explore.page, title="Explore", default=True), query_params={address.KEY: key})


def _text(report: KeptReport, told: list[Evidence], at: int, keys: list[str]) -> None:
    if report.text is None:
        show(
            "<p>The text was taken away. The words that each field rests on stay with the row: “As reported” on its card in Explore.</p>",
            kind="notice",
        )
        return
    sentences = [Sentence(*one.sentence, number, _title(keys[number])) for number, one in enumerate(told)]
    report_text(
        report.text,
        marks_of(told[at].spans, len(report.text)),
        sentences=sentences,
        chosen=at,
        on_choose=lambda number: address.choose(keys[number]) if 0 <= number < len(keys) else None,
    )


def _row(key: str) -> dict[str, Any] | None:
    found = atlas().one(key)
    return found.row(0, named=True) if found.height else None


def _title(key: str) -> str:
    row = _row(key)
    return words.title(row["event_type"], row["place"]) if row else key


def _incident(key: str, evidence: Evidence, report: KeptReport) -> None:
    row = _row(key)
    if row is None:
        show(
            f"<h2>{escape(key)}</h2><p>This incident is in no dataset any more: it, or a version without it, was taken away.</p>",
            kind="card",
        )
        return
    lines = "".join(_group(name, heading, row, evidence, report) for name, heading in GROUPS.items())
    show(
        f"<h2>{escape(words.title(row['event_type'], row['place']))}</h2><p class='muted'>{escape(key)} · "
        f"{escape(row['licence'])}</p>{lines}",
        kind="card read",
    )


def _group(group: str, heading: str, row: dict[str, Any], evidence: Evidence, report: KeptReport) -> str:
    lines, told = "", ""
    for field in FIELDS:
        if field.group == group and row[field.column] is not None:
            quote = _quote(field.column, row, evidence, report)
            beside = f" <small>{quote}</small>" if quote != told else ""
            told = quote
            lines += f'<div class="fact field-{field.column}"><dt>{field.label}</dt><dd>{escape(row[field.column])}{beside}</dd></div>'
    return f'<h3 class="group {group}">{heading}</h3><dl class="facts">{lines}</dl>' if lines else ""


def _quote(column: str, row: dict[str, Any], evidence: Evidence, report: KeptReport) -> str:
    """Return the words that a field rests on, where they are others than its value."""
    if report.text is None:
        return ""
    quotes = [report.text[start:end] for start, end in evidence.spans.get(column, ())]
    return f"“{' … '.join(map(escape, quotes))}”" if quotes and quotes != [str(row[column])] else ""


def _take_away(sha256: str, report: KeptReport) -> None:
    """Offer to delete the text, which is somebody else's as a rule."""
    if report.text is None:
        return
    with st.popover("Take the text away", key="text-away"):
        show(
            "<p>The text is deleted from your store. Its incidents stay, with the words that each field rests on. Taking a "
            "dataset away does not delete the text; this does.</p>"
        )
        st.button("Delete the text", key="delete-text", on_click=store().reports.take_text_away, args=(sha256,))
