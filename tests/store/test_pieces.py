"""A version of many rows lies in pieces by country and year, and reads as it was written."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.errors import StoreError
from mapping.schema import conform
from mapping.store import Store, pieces, stage
from mapping.store.pieces import Piece, batches, describe

if TYPE_CHECKING:
    from pathlib import Path

COUNTRIES = ("IQ", "SY", None)


def rows(count: int, *, start: int = 0) -> pl.DataFrame:
    """Return incidents of two countries and of none, of five years and of no date."""
    numbers = range(start, start + count)
    return conform(
        pl.DataFrame(
            {
                "incident_id": [f"e{number}" for number in numbers],
                "source_row": [number + 2 for number in numbers],
                "country_iso2": [COUNTRIES[number % 3] for number in numbers],
                "adm1_code": [
                    f"{COUNTRIES[number % 3]}-{number % 7}" if number % 3 < 2 else None for number in numbers
                ],
                "date_start": [
                    None if number % 11 == 0 else date(2013, 1, 1) + timedelta(days=37 * number % 1800)
                    for number in numbers
                ],
            }
        )
    )


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "PIECE", 50)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def keep(store: Store, frame: pl.DataFrame, *, part: int, order: int = 1) -> pl.DataFrame:
    cuts = [(number, frame[at : at + part]) for number, at in enumerate(range(0, frame.height, part))]
    with store.begin("mine") as version:
        for number, cut in cuts[::order]:
            raw = cut.select("incident_id", "source_row")
            version.add(number, cut, raw=raw, rejects=raw.head(1))
    return store.read("mine").drop("dataset", "dataset_version")


@pytest.mark.usefixtures("small_pieces")
def test_it_reads_in_the_order_of_the_file_in_whatever_order_it_came(store: Store) -> None:
    frame = rows(433)
    wanted = frame.drop("dataset", "dataset_version").rows()
    assert keep(store, frame, part=100).rows() == wanted
    assert keep(store, frame, part=100, order=-1).rows() == wanted
    assert [version.version for version in store.versions("mine")] == ["1"]  # the second was a repetition
    assert store.rejects("mine").height == 5
    assert store.raw_row("mine", "1", 250) == {"incident_id": "e248"}


@pytest.mark.usefixtures("small_pieces")
def test_a_query_opens_what_may_hold_its_rows_and_loses_none(store: Store, tmp_path: Path) -> None:
    frame = rows(433)
    keep(store, frame, part=100)
    first, last = date(2014, 2, 1), date(2014, 8, 1)
    wanted = (pl.col("country_iso2") == "SY") & pl.col("date_start").is_between(first, last)
    query = store.scan("mine", countries=["SY"], first=first, last=last)
    found = store.collect(query.filter(wanted).sort("source_row"))
    assert found["incident_id"].to_list() == frame.filter(wanted)["incident_id"].to_list()
    assert store.collect(query).height < store.collect(store.scan("mine")).height == frame.height
    by_province = store.scan(provinces=["IQ-0"]).filter(pl.col("adm1_code") == "IQ-0")
    assert store.collect(by_province).height == frame.filter(pl.col("adm1_code") == "IQ-0").height
    for file in (tmp_path / "versions").glob("*.parquet"):
        file.write_bytes(b"rubbish")
    with pytest.raises(StoreError, match="missing or damaged"):
        store.collect(store.scan("mine"))


def test_few_rows_lie_in_one_file_in_the_order_they_came(store: Store, tmp_path: Path) -> None:
    frame = rows(40).sample(fraction=1, shuffle=True, seed=1)
    assert keep(store, frame, part=15).rows() == frame.drop("dataset", "dataset_version").rows()
    assert not list((tmp_path / "versions").glob("*.json")) or store.versions("mine")[0].rows == 40


def test_nothing_is_left_of_what_was_not_finished(store: Store, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), store.begin("mine") as version:
        version.add(0, rows(3), raw=rows(3))
        raise KeyboardInterrupt
    assert store.datasets() == []
    assert list((tmp_path / "versions").iterdir()) == []


def test_a_part_that_is_there_stays(store: Store) -> None:
    with store.begin("mine") as version:
        stage(version.folder, 0, rows(3), raw=rows(3))
        stage(version.folder, 0, rows(3), raw=rows(3))
    assert version.entered.rows == 3


KEYS = [(country, year) for country in ("IQ", "SY", None) for year in (2013, 2014, None)]
"""In the order in which a staged part has them."""


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(KEYS), st.integers(1, 250_000))))
def test_every_row_goes_into_one_piece(counts: list[dict[tuple[str | None, int | None], int]]) -> None:
    partitions = [[(*key, of_part[key]) for key in KEYS if key in of_part] for of_part in counts]
    made = batches(partitions)
    for part, of_part in enumerate(partitions):
        stretches = sorted((one.start, one.start + one.rows) for batch in made for one in batch if one.part == part)
        assert sum(end - start for start, end in stretches) == sum(count for *_, count in of_part)
        assert all(end == start for (_, end), (start, _) in pairwise(stretches))
    assert all(0 < sum(one.rows for one in batch) <= pieces.PIECE for batch in made)


DAYS = st.none() | st.dates(date(2015, 1, 1), date(2016, 12, 31))
PLACES = [("IQ", "IQ-NI"), ("IQ", "SY-HA"), ("SY", "SY-HA"), ("SY", None), (None, "IQ-NI"), (None, None)]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(PLACES), DAYS, DAYS), min_size=1, max_size=5),
    st.sampled_from([(), ("IQ",), ("SY",)]), st.sampled_from([(), ("IQ-NI",), ("SY-HA",)]), DAYS, DAYS,
)  # fmt: skip
def test_a_piece_that_holds_such_a_row_is_never_left_out(
    held: list[tuple[tuple[str | None, str | None], date | None, date | None]],
    countries: tuple[str, ...],
    provinces: tuple[str, ...],
    first: date | None,
    last: date | None,
) -> None:
    told = describe(
        pl.DataFrame(
            [(*place, *sorted((start or end, end or start), key=str), 2) for place, start, end in held],
            {"country_iso2": pl.String, "adm1_code": pl.String, "date_start": pl.Date, "date_end": pl.Date,
             "source_row": pl.Int64},
            orient="row",
        )
    )  # fmt: skip
    found = any(
        (not countries or country in countries)
        and (not provinces or province in provinces)
        and (first is None or any(day is not None and day >= first for day in (start, end)))
        and (last is None or any(day is not None and day <= last for day in (start, end)))
        for (country, province), start, end in held
    )
    piece = Piece("a.parquet", len(held), **told)
    assert piece.may_hold(countries=countries, provinces=provinces, first=first, last=last) or not found
