"""The index: what it finds is what a filter finds that looks at every row."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from mapping import pipeline
from mapping.query import Filter, Index, narrow
from mapping.schema import conform

PROVINCES = ("IQ-AN", "IQ-NI", "SY-HI", "SY-HA")
DAYS = st.none() | st.integers(0, 40).map(lambda day: date(2024, 7, 1) + timedelta(day))
ROWS = st.lists(st.tuples(st.sampled_from((None, *PROVINCES)), DAYS, DAYS), max_size=30)
SCHEMA = {"adm1_code": pl.String(), "date_start": pl.Date(), "date_end": pl.Date()}


@st.composite
def filters(draw: st.DrawFn) -> Filter:
    first, last = draw(DAYS), draw(DAYS)
    if first and last and first > last:
        first, last = last, first
    return Filter(provinces=tuple(draw(st.sets(st.sampled_from(PROVINCES)))), date_from=first, date_to=last)


@given(ROWS, filters())
def test_finds_what_a_look_at_every_row_finds(rows: list[tuple[object, ...]], wanted: Filter) -> None:
    frame = narrow(conform(pl.DataFrame(rows, schema=SCHEMA, orient="row")))
    index = Index(frame)
    near = index.rows(wanted.provinces, first=wanted.date_from, last=wanted.date_to, share=1)
    assert near is not None
    assert near.is_sorted()
    assert frame[near].equals(wanted.apply(frame))
    assert wanted.apply(frame, index=index).equals(wanted.apply(frame))


def test_other_tests_run_on_what_it_leaves() -> None:
    frame = narrow(pipeline.shipped_incidents())
    wanted = Filter(provinces=("IQ-NI",), date_from=date(2016, 1, 1), types=("IED", "raid"), countries=("IQ",))
    found = wanted.apply(frame, index=Index(frame))
    assert found.height > 0
    assert found.equals(wanted.apply(frame))


def test_many_rows_are_looked_at_in_turn() -> None:
    index = Index(pipeline.shipped_incidents())
    assert index.rows() is None
    assert index.rows(["IQ-AN"], share=1) is not None


def test_an_unknown_province_has_no_rows() -> None:
    assert Index(pipeline.shipped_incidents()).rows(["XX-YY"]).is_empty()


def test_rows_that_last_long_do_not_hide_later_ones() -> None:
    days = [(date(2020, 1, 1), date(2024, 12, 31)), (date(2021, 5, 1), date(2021, 5, 1)), (None, None)]
    frame = pl.DataFrame([("IQ-AN", *each) for each in days], schema=SCHEMA, orient="row")
    assert Index(frame).rows(first=date(2024, 1, 1), last=date(2024, 2, 1), share=1).to_list() == [0]
    assert Index(frame).rows(last=date(2020, 6, 1), share=1).to_list() == [0]


def test_kept_as_arrays_and_mapped(tmp_path: Path) -> None:
    frame = narrow(pipeline.shipped_incidents())
    for name, array in Index(frame).parts().items():
        np.save(tmp_path / name, array)
    mapped = Index.of({file.stem: np.load(file, mmap_mode="r") for file in tmp_path.iterdir()})
    wanted = Filter(provinces=("IQ-NI", "SY-HI"), date_to=date(2015, 12, 31))
    assert wanted.apply(frame, index=mapped).equals(wanted.apply(frame))
