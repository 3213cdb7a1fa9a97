"""The form of a draft: every field may be corrected, and what is wrong is said at the field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from mapping.pages.report_fields import FIELDS, GROUPS
from mapping.pages.style import escape, prose, show

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import polars as pl

    from mapping.coding.mentions import Span
    from mapping.pages.report_desk import Entry
    from mapping.pages.report_fields import Field, Group

__all__ = ["group_form"]

_LINE = 12


def group_form(group: Group | None, entry: Entry, text: str, problems: pl.DataFrame) -> None:
    """Draw the fields of a group.

    Parameters
    ----------
    text
        Of the report.
    problems
        Columns of `mapping.validate.PROBLEMS`.
    """
    if group:
        show(f"<h3>{GROUPS[group]}</h3>", kind=f"group {group}")
    for line in _lines([field for field in FIELDS if field.group == group]):
        columns = st.columns([field.width for field in line], gap="small")
        told: set[tuple[Span, ...]] = set()
        for column, field in zip(columns, line, strict=True):
            with column:
                _input(field, entry)
                _problems(field, problems)
                if (spans := entry.spans.get(field.column, ())) not in told:
                    _quote(field, entry, [text[start:end] for start, end in spans])
                told.add(spans)


def _lines(fields: Sequence[Field]) -> Iterator[list[Field]]:
    """Part fields into lines, none wider than a line is."""
    line: list[Field] = []
    for field in fields:
        if line and sum(each.width for each in line) + field.width > _LINE:
            yield line
            line = []
        line.append(field)
    if line:
        yield line


def _input(field: Field, entry: Entry) -> None:
    key, value = f"field-{field.column}", entry.values.get(field.column)

    def changed() -> None:
        entry.put(field.column, st.session_state[key] or "")

    if field.allowed:
        st.session_state[key] = value if value in field.allowed else None
        st.selectbox(field.label, field.allowed, index=None, placeholder=field.hint, key=key, on_change=changed)
        return
    st.session_state[key] = value or ""
    draw = st.text_area if field.column == "summary" else st.text_input
    draw(field.label, key=key, placeholder=field.hint, on_change=changed)


def _problems(field: Field, problems: pl.DataFrame) -> None:
    """Say what is wrong with a field."""
    found = problems.filter(problems["column"] == field.column)
    for message, is_refused in found.select("message", "rejected").iter_rows():
        show(f"<p>{prose(message)}</p>", kind="problem" if is_refused else "remark")


def _quote(field: Field, entry: Entry, quotes: Sequence[str]) -> None:
    """Quote the words that a field rests on, where they are others than its value."""
    if quotes and list(quotes) != [entry.values.get(field.column)] and not field.allowed:
        show(f"<p>{' … '.join(escape(f'“{quote}”') for quote in quotes)}</p>", kind="quote")
