"""Which column of a file is which of the incident: shown, changed, saved and taken up again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import streamlit as st

from mapping.errors import InvalidValue
from mapping.pages.atlas import store
from mapping.pages.style import escape, inert_label, show
from mapping.schema import COLUMNS
from mapping.values import COORDINATES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["column_table", "fitting", "meanings", "table_of"]

_COLUMNS = {
    "heading": st.column_config.TextColumn("Column of the file", disabled=True),
    "example": st.column_config.TextColumn("Its first value", disabled=True),
    "means": st.column_config.SelectboxColumn(
        "Means", options=[*(column.name for column in COLUMNS if column.name != "source_row"), COORDINATES]
    ),
}


def column_table(
    raw: pl.DataFrame, headings: Mapping[str, str], *, on_change: Callable[[dict[str, str | None]], None]
) -> None:
    """Draw the table, and what it takes to save it and to take up a saved one.

    Parameters
    ----------
    raw
        The file's own columns.
    headings
        The file's own heading of each incident column, as recognised.
    on_change
        Takes the reader's own table: the meaning of every heading, None where it has none.
    """
    st.html('<p class="muted">What each column means; empty where it means nothing here. Change it and read again.</p>')
    edited = st.data_editor(table_of(raw, headings), column_config=_COLUMNS, hide_index=True, key="column-table")
    wanted = meanings(edited)
    if twice := sorted({means for means in wanted.values() if list(wanted.values()).count(means) > 1 and means}):
        show(f"<p>{escape(', '.join(twice))}: given by two columns. Leave it to one of them.</p>", kind="notice")
    with st.container(horizontal=True, vertical_alignment="bottom", key="column-actions"):
        st.button("Read again", key="read-again", on_click=on_change, args=(wanted,), disabled=bool(twice))
        _saved(raw.columns, on_change)
        _saving(wanted)


def table_of(raw: pl.DataFrame, headings: Mapping[str, str]) -> pl.DataFrame:
    """Return a line for each column of the file.

    Examples
    --------
    >>> table_of(pl.DataFrame({"Datum": [None, "2024-07-16"], "source_row": [2, 3]}), {"date_start": "Datum"}).rows()
    [('Datum', '2024-07-16', 'date_start')]
    """
    own = [name for name in raw.columns if name != "source_row"]
    means = {theirs: ours for ours, theirs in headings.items()}
    return pl.DataFrame(
        {
            "heading": own,
            "example": [raw[name].drop_nulls().first() for name in own],
            "means": [means.get(name) for name in own],
        },
        schema=dict.fromkeys(_COLUMNS, pl.String),
    )


def meanings(table: pl.DataFrame) -> dict[str, str | None]:
    """Return what the reader's table says, as `mapping.readers.read` takes it.

    Examples
    --------
    >>> meanings(pl.DataFrame({"heading": ["Datum", "Wetter"], "means": ["date_start", None]}))
    {'Datum': 'date_start', 'Wetter': None}
    """
    return dict(table.select("heading", "means").iter_rows())


def fitting(saved: Mapping[str, str], own: list[str]) -> dict[str, str | None]:
    """Return of a saved table what fits a file with these columns.

    Examples
    --------
    >>> fitting({"Datum": "date_start", "Ort": "place"}, ["Datum", "Wetter"])
    {'Datum': 'date_start'}
    """
    return {theirs: ours for theirs, ours in saved.items() if theirs in own}


def _saved(own: list[str], on_change: Callable[[dict[str, str | None]], None]) -> None:
    known = store().mappings()
    if known:
        st.selectbox(
            "Saved tables",
            sorted(known),
            index=None,
            placeholder="Take one up",
            key="saved-table",
            on_change=lambda: on_change(fitting(known.get(st.session_state["saved-table"], {}), own)),
        )


def _saving(wanted: dict[str, str | None]) -> None:
    name = st.text_input("Save this table as", key="table-name", max_chars=200)

    def save() -> None:
        try:
            store().save_mapping(name, {theirs: ours for theirs, ours in wanted.items() if ours})
            st.toast("Saved. It is offered with every file from now on.")
        except InvalidValue as error:
            st.toast(inert_label(str(error)))

    st.button("Save table", key="save-table", disabled=not name.strip(), on_click=save)
