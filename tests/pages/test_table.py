"""The table: its columns and its order, as the address has them, and the order found without moving a row."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import polars as pl
import pytest
import streamlit
from hypothesis import given
from hypothesis import strategies as st

from mapping.pages import address, incident_table
from mapping.pages.table_columns import ALL, FULL, read_columns, write_columns
from mapping.pages.table_order import NEWEST_FIRST, Order, positions, ranks, read_order, write_order
from mapping.query import ROW, narrow
from mapping.schema import COLUMNS, EVENT_TYPES, GEO_PRECISIONS, conform

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.mark.parametrize("text", ["", "all", "date_start,summary", "injured"])
def test_columns_stand_in_the_address(text: str) -> None:
    columns, complaints = read_columns(text)
    assert (write_columns(column.name for column in columns), complaints) == (text, [])


def test_columns_made_by_hand() -> None:
    assert read_columns("<b>,weather")[0] == FULL
    assert len(read_columns("<b>,weather," * 50)[1]) == 1
    assert read_columns("all")[0] == ALL
    assert [column.wide for column in read_columns("all")[0]].count(False) == 4


@pytest.mark.parametrize("by", [NEWEST_FIRST, Order("place", False), Order("injured", True)])
def test_the_order_stands_in_the_address(by: Order) -> None:
    assert read_order(write_order(by)) == (by, [])


def test_an_order_made_by_hand() -> None:
    assert read_order("-<b>")[0] == NEWEST_FIRST
    assert read_order("--place")[1]


def test_every_column_can_be_shown() -> None:
    assert sorted(column.name for column in ALL) == sorted(column.name for column in COLUMNS)
    assert len({column.label for column in ALL}) == len(ALL)


_days = st.integers(0, 9).map(lambda days: date(2024, 1, 1) + timedelta(days))


@given(
    st.lists(st.none() | _days)
    | st.lists(st.none() | st.integers(0, 5))
    | st.lists(st.none() | st.text("abé", max_size=2)),
    st.booleans(),
)
def test_the_order_is_that_of_the_values_and_the_unknown_come_last(values: list[object], descending: bool) -> None:
    at = positions(ranks(pl.Series(values)), descending=descending)
    found = list(range(len(values))) if at is None else at.to_list()
    known = [at for at, value in enumerate(values) if value is not None]
    unknown = [at for at, value in enumerate(values) if value is None]
    in_order = sorted(
        known,
        key=lambda at: str(values[at]).encode() if isinstance(values[at], str) else values[at],
        reverse=descending,
    )
    assert [values[at] for at in found] == [values[at] for at in in_order + unknown]
    pairs = pairwise(found)
    assert all(before < after for before, after in pairs if values[before] == values[after])


def test_precisions_go_by_their_scale_and_types_by_their_letters() -> None:
    precisions = pl.Series("geo_precision", ["none", "province", "site", None, "town"])
    for dtype in (pl.String, pl.Enum(GEO_PRECISIONS)):
        found = precisions[positions(ranks(precisions.cast(dtype)), descending=False)]
        assert found.to_list() == ["site", "town", "province", "none", None]
    types = pl.Series("event_type", ["raid", "IED", "ambush"], pl.Enum(EVENT_TYPES))
    assert types[positions(ranks(types), descending=False)].to_list() == ["ambush", "IED", "raid"]


@pytest.fixture
def bare() -> Iterator[None]:
    """The session and the address that there are without a server, empty again for the next test."""
    yield
    streamlit.session_state.clear()
    streamlit.query_params.clear()


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize(
    "told", [None, 7, float("nan"), 1e300, "\ud800", ["\ud800"], {}, [[]], True, 100.0, -1, "x" * 99]
)
@pytest.mark.parametrize("what", ["chosen", "sort", "first", "size", "columns", "rows"])
def test_what_a_browser_makes_up_changes_nothing_but_the_address(
    monkeypatch: pytest.MonkeyPatch, what: str, told: object
) -> None:
    held: dict[str, Any] = {}
    monkeypatch.setattr(incident_table, "_component", lambda **given: held.update(given))
    rows = conform(pl.DataFrame({"incident_id": ["7"], "dataset": ["Mine"]})).with_columns(address.incident_key())
    narrowed = narrow(rows, keep=(address.KEY,))

    def whole(page: pl.DataFrame) -> pl.DataFrame:
        return rows[page[ROW]]

    def draw() -> None:
        incident_table.incident_table(narrowed, key="table", label="Incidents", whole=whole)

    draw()
    streamlit.session_state["table"] = SimpleNamespace(**{what: told})
    held[f"on_{what}_change"]()
    draw()
    assert held["data"]["rows"] and held["data"]["size"] in (50, 100, 250)
    urlencode(streamlit.query_params.to_dict())  # raises on half a character
