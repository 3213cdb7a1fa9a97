"""The table of incidents: the full alternative to the map, and the lists of what the map cannot show."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import streamlit as st

from mapping.errors import InvalidValue
from mapping.pages import address
from mapping.pages.table_columns import ALL, FULL, HERE, PROVINCE_ONLY, UNPLACED, Column, read_columns, write_columns
from mapping.pages.table_order import Order, read_order, write_order
from mapping.palette import EVENT_GROUPS
from mapping.schema import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mapping.query import Filter

__all__ = ["FULL", "HERE", "PROVINCE_ONLY", "UNPLACED", "Column", "Order", "incident_table", "order"]

_FOLDER = Path(__file__).parent
_SIZES = (100, 50, 250)
_MOST_CHOSEN = 200
_COLOURS = {kind: group.colour for group in EVENT_GROUPS for kind in group.event_types}
_MEANINGS = {column.name: column.meaning for column in COLUMNS}

_component = st.components.v2.component(
    "incident_table",
    html="""<div class='frame'><div class='bar'></div>
<div class='scroller'><table role='grid'><caption></caption><thead><tr></tr></thead><tbody></tbody></table></div><nav></nav></div>""",
    css=(_FOLDER / "incident_table.css").read_text(encoding="utf-8"),
    js="\n".join((_FOLDER / name).read_text(encoding="utf-8") for name in ("table_parts.js", "incident_table.js")),
)


def order() -> Order:
    """Return the order that the address names; the newest first when it names none."""
    return read_order(address.read().sort)[0]


def incident_table(
    incidents: pl.DataFrame,
    *,
    key: str,
    label: str,
    columns: Sequence[Column] = FULL,
    chosen: str | None = None,
    whole: Callable[[pl.DataFrame], pl.DataFrame] | None = None,
    at: pl.Series | None = None,
    on_choose: Callable[[str], None] | None = address.choose,
    height: str = "420px",
) -> None:
    """Draw incidents, a page at a time; a click on a row chooses it.

    Parameters
    ----------
    incidents
        With the column that `mapping.pages.address.incident_key` makes.
    key
        Of this table among all of the page.
    label
        What the table holds, for those who cannot see it.
    columns
        What is shown of each; of the page's own table the address says it.
    chosen
        Key of the chosen incident: its row is tinted, and the table turned to it when it is new.
    whole
        Gives every column of narrow rows, where `incidents` are such. This is then the page's own table: headings sort,
        columns are chosen, rows are picked out; and the address says how. No more than the page seen is ever gathered.
    at
        In which order the rows stand, as `mapping.pages.atlas.Atlas.standing` finds it; None: as they come.
    on_choose
        Takes the key of a row that is clicked; None when rows are not to be clicked.
    """
    view = address.read() if whole else None
    by = read_order(view.sort)[0] if view else None
    if view:
        columns = read_columns(view.columns)[0]
    size = st.session_state.get(f"{key}-size", _SIZES[0])
    first = _first_row(incidents[address.KEY], at, key, chosen, size)
    page = incidents.slice(first, size) if at is None else incidents[at.slice(first, size)]
    rows = (whole(page) if whole else page).select(address.KEY, *(_cell(column.name) for column in columns))
    data: dict[str, Any] = {
        "label": label,
        "columns": [asdict(column) | {"meaning": _MEANINGS.get(column.name, "")} for column in columns],
        "rows": rows.rows(),
        "colours": _COLOURS,
        "chosen": chosen,
        "choosable": on_choose is not None,
        "sort": by and by._asdict(),
        "first": first,
        "size": size,
        "total": incidents.height,
        "height": height,
    } | (_for_main(incidents, view.filter) if view else {})
    _component(key=key, data=data, **_listeners(key, on_choose))


def _cell(name: str) -> pl.Expr:
    """Return a column as the cells are told it: text, and after a date that is no day how exact it is.

    Of an incident that is known to have happened by some day, that day is told.
    """
    text = pl.col(name).cast(pl.String)
    if name != "date_start":
        return text
    precision = pl.col("date_precision").cast(pl.String)
    is_rough = precision.is_in(("week", "month", "year", "range")).fill_null(False)
    by = pl.format("by\u00a0{}", pl.col("date_end").cast(pl.String))  # no space: what follows one is how exact it is
    return (
        pl.when(text.is_null())
        .then(by)
        .when(is_rough)
        .then(pl.concat_str(text, precision, separator=" "))
        .otherwise(text)
        .alias(name)
    )


def _for_main(incidents: pl.DataFrame, wanted: Filter) -> dict[str, Any]:
    return {
        "sizes": sorted(_SIZES),
        "offered": [[column.name, column.label, column.kind] for column in ALL],
        "usual": [column.name for column in FULL],
        "most": _MOST_CHOSEN,
        # Whatever else is filtered for, what was picked out among other rows is let go.
        "scope": f"{incidents.height} {sorted(wanted.to_params().items())}",
    }


def _first_row(keys: pl.Series, at: pl.Series | None, key: str, chosen: str | None, size: int) -> int:
    """Return the row with which the table begins: as turned to, but at the chosen one when that is new."""
    state = st.session_state
    first = state.get(f"{key}-first", 0)
    if chosen != state.get(f"{key}-chosen"):
        state[f"{key}-chosen"] = chosen
        found = keys.index_of(chosen) if chosen else None
        found = found if found is None or at is None else at.index_of(found)
        first = first if found is None else found
    in_range = isinstance(first, int) and 0 <= first < len(keys)
    state[f"{key}-first"] = first // size * size if in_range else 0
    return state[f"{key}-first"]


def _listeners(key: str, on_choose: Callable[[str], None] | None) -> dict[str, Any]:
    """Return what answers to what the reader does in the table. A browser can send anything."""
    state = st.session_state

    def choose() -> None:
        if on_choose:
            on_choose(str(state[key].chosen))

    def sort() -> None:
        told = state[key].sort
        by, wrong = read_order(told if isinstance(told, str) else "")
        state[f"{key}-first"] = 0
        address.put(sort=None if wrong else write_order(by))

    def turn() -> None:
        state[f"{key}-first"] = state[key].first

    def resize() -> None:
        if state[key].size in _SIZES:
            state[f"{key}-size"] = int(state[key].size)  # 100.0 is among them, too

    def show_columns() -> None:
        address.put(columns=write_columns(_told(state[key].columns)))

    def pick_out() -> None:
        rows = _told(state[key].rows)
        if 0 < len(rows) <= _MOST_CHOSEN:
            with suppress(InvalidValue):
                address.show(replace(address.read().filter, rows=rows))

    return {
        "on_chosen_change": choose,
        "on_sort_change": sort,
        "on_first_change": turn,
        "on_size_change": resize,
        "on_columns_change": show_columns,
        "on_rows_change": pick_out,
    }


def _told(texts: object) -> tuple[str, ...]:
    return tuple(text for text in texts if isinstance(text, str)) if isinstance(texts, list) else ()
