"""The table of incidents: the full alternative to the map, and the lists of what the map cannot show."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl
import streamlit as st

from mapping.pages import address
from mapping.palette import EVENT_GROUPS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["FULL", "HERE", "PROVINCE_ONLY", "UNPLACED", "Column", "Order", "incident_table", "order", "ordered"]

_FOLDER = Path(__file__).parent
_PAGE = 100
_COLOURS = {kind: group.colour for group in EVENT_GROUPS for kind in group.event_types}

_component = st.components.v2.component(
    "incident_table",
    html="<div class='frame'><div class='scroller'><table><thead><tr></tr></thead><tbody></tbody></table></div><nav></nav></div>",
    css=(_FOLDER / "incident_table.css").read_text(encoding="utf-8"),
    js=(_FOLDER / "incident_table.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True)
class Column:
    """One column of the table.

    Attributes
    ----------
    name
        Of the incident frame.
    label
        For people.
    kind
        How it is drawn: text, quiet, date, number, type or precision.
    wide
        Left out where there is little room.
    """

    name: str
    label: str
    kind: str = "text"
    wide: bool = False


class Order(NamedTuple):
    """By which column the rows stand."""

    column: str
    descending: bool


FULL = (
    Column("date_start", "Date", "date"),
    Column("event_type", "Type", "type"),
    Column("place", "Place as reported"),
    Column("adm1_name", "Province by geometry", wide=True),
    Column("geo_precision", "Precision", "precision"),
    Column("actor1", "Attacker", wide=True),
    Column("fatalities_best", "Killed", "number", wide=True),
    Column("injured", "Injured", "number", wide=True),
    Column("source_name", "Source", "quiet", wide=True),
)
HERE = (
    Column("date_start", "Date", "date"),
    Column("event_type", "Type", "type"),
    Column("actor1", "Attacker"),
)
PROVINCE_ONLY = (
    Column("date_start", "Date", "date"),
    Column("event_type", "Type", "type"),
    Column("place", "Place as reported"),
    Column("adm1_name", "Province"),
)
UNPLACED = (
    Column("date_start", "Date", "date"),
    Column("event_type", "Type", "type"),
    Column("place", "Place as reported"),
    Column("geo_reason", "Why", "quiet"),
)


def order() -> Order:
    """Return the order that the reader has chosen; newest first to begin with."""
    return st.session_state.get("order", Order("date_start", True))


def ordered(incidents: pl.DataFrame, by: Order) -> pl.DataFrame:
    """Return the rows in an order; what is unknown comes last.

    Examples
    --------
    >>> ordered(pl.DataFrame({"injured": [1, None, 3]}), Order("injured", True))["injured"].to_list()
    [3, 1, None]
    """
    return incidents.sort(by.column, descending=by.descending, nulls_last=True, maintain_order=True)


def incident_table(
    incidents: pl.DataFrame,
    *,
    key: str,
    label: str,
    columns: Sequence[Column] = FULL,
    chosen: str | None = None,
    sortable: bool = False,
    on_choose: Callable[[str], None] | None = address.choose,
    height: str = "420px",
) -> None:
    """Draw incidents, a page at a time; a click on a row chooses it.

    Parameters
    ----------
    incidents
        In order, with the column that `mapping.pages.address.incident_key` makes.
    key
        Of this table among all of the page.
    label
        What the table holds, for those who cannot see it.
    chosen
        Key of the chosen incident: its row is tinted, and the table turned to it when it is new.
    sortable
        Do the headings sort? The order is the one that `order` returns.
    on_choose
        Takes the key of a row that is clicked; None when rows are not to be clicked.
    """
    first = _first_row(incidents, key, chosen)
    rows = incidents.slice(first, _PAGE).select(
        address.KEY, *(pl.col(column.name).cast(pl.String) for column in columns)
    )
    by = order()
    data: dict[str, Any] = {
        "label": label,
        "columns": [{"name": c.name, "label": c.label, "kind": c.kind, "wide": c.wide} for c in columns],
        "rows": rows.rows(),
        "colours": _COLOURS,
        "chosen": chosen,
        "choosable": on_choose is not None,
        "sort": {"column": by.column, "descending": by.descending} if sortable else None,
        "first": first,
        "size": _PAGE,
        "total": incidents.height,
        "height": height,
    }

    def choose() -> None:
        if on_choose:
            on_choose(str(st.session_state[key].chosen))

    def sort() -> None:
        _sort_by(st.session_state[key].sort, columns)

    def turn() -> None:
        st.session_state[f"{key}-first"] = st.session_state[key].first

    _component(key=key, data=data, on_chosen_change=choose, on_sort_change=sort, on_first_change=turn)


def _first_row(incidents: pl.DataFrame, key: str, chosen: str | None) -> int:
    """Return the row with which the table begins: as turned to, but at the chosen one when that is new."""
    state = st.session_state
    first = state.get(f"{key}-first", 0)
    if chosen != state.get(f"{key}-chosen"):
        state[f"{key}-chosen"] = chosen
        found = incidents[address.KEY].index_of(chosen) if chosen else None
        first = first if found is None else found // _PAGE * _PAGE
    in_range = isinstance(first, int) and 0 <= first < incidents.height
    state[f"{key}-first"] = first if in_range else 0
    return state[f"{key}-first"]


def _sort_by(column: object, columns: Sequence[Column]) -> None:
    if column in {known.name for known in columns}:
        before = order()
        st.session_state["order"] = Order(str(column), not before.descending if column == before.column else True)
        st.session_state["table-first"] = 0
