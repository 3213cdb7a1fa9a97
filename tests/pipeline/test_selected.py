"""What is read from the store for a filter is what passes it of all incidents."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from mapping import pipeline
from mapping.errors import StoreError
from mapping.geocoder.corrections import province_only
from mapping.query import Circle, Filter
from mapping.schema import conform
from mapping.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PLACES = ("Hit", "Haditha", "Mosul", "Homs", "Nowhere")
COUNTRIES = ("IQ", "IQ", "IQ", "SY", None)
PROVINCES = ("IQ-AN", "IQ-AN", "IQ-NI", "SY-HI", None)
METHODS = ("gazetteer", "source", "province", None, "gazetteer")
ROWS = 120_000  # more than a piece takes
FILTERS = [
    Filter(),
    Filter(provinces=("IQ-NI",), date_from=date(2017, 3, 1), date_to=date(2017, 3, 31)),
    Filter(provinces=("IQ-AN", "SY-HI"), date_from=date(2023, 1, 1)),
    Filter(countries=("SY",), date_to=date(2015, 12, 31), types=("raid",)),
    Filter(datasets=("many",), actors=("group 1",), date_to=date(2014, 6, 1)),
    Filter(datasets=(pipeline.STARTER,), precision_at_least="town"),
    Filter(within=Circle(42.83, 33.64, 50), text="place:hit", date_from=date(2024, 1, 1)),
    Filter(rows=("many/7", "few/1", "few/11"), bbox=(40, 30, 45, 37)),
]


def made(rows: int) -> pl.DataFrame:
    at = pl.int_range(rows, eager=True)

    def turn(values: tuple[str | None, ...]) -> pl.Series:
        return pl.Series(values)[at % len(values)]

    day = pl.date(2012, 1, 1) + pl.duration(days=at * 7 % 4500)
    frame = pl.select(
        incident_id=at.cast(pl.String), source_row=at + 2, date_start=pl.when(at % 11 > 0).then(day),
        date_end=pl.when(at % 13 > 0).then(day + pl.duration(days=at % 3)), place=turn(PLACES),
        country_iso2=turn(COUNTRIES), adm1_code=turn(PROVINCES), geo_method=turn(METHODS),
        latitude=pl.when(at % 5 < 2).then(pl.lit(33.64)), longitude=pl.when(at % 5 < 2).then(pl.lit(42.83)),
        geo_precision=turn(("town", "site", "province", "province", "none")), event_type=turn(("raid", "IED", None)),
        actor1=turn(("Group 1", None, "Group 2")),
    )  # fmt: skip
    return conform(frame)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("selected")) as opened:
        for name, rows in (("many", made(ROWS)), ("few", made(40))):
            opened.add(name, rows, raw=rows.select("source_row", "place"), licence="CC0-1.0")
        yield opened


@pytest.fixture
def corrected(store: Store) -> Iterator[Store]:
    moved = {"place": "HADITHA", "country_iso2": "IQ"}, province_only("IQ-NI")
    gone = {"place": "Hit", "country_iso2": "IQ"}, province_only("SY-HI")
    decided = [store.corrections.add(asked | choice._asdict()) for asked, choice in (moved, gone)]
    yield store
    for number in decided:
        store.corrections.undo(number)


@pytest.mark.parametrize("wanted", FILTERS, ids=lambda wanted: str(wanted.to_params()))
def test_gives_what_passes_of_all(store: Store, wanted: Filter) -> None:
    found = pipeline.selected(store, wanted)
    assert found.height > 0
    assert_frame_equal(found, wanted.apply(pipeline.atlas(store)))


@pytest.mark.parametrize("wanted", FILTERS, ids=lambda wanted: str(wanted.to_params()))
def test_rows_that_a_correction_moves_are_found_where_they_are_now(corrected: Store, wanted: Filter) -> None:
    assert_frame_equal(pipeline.selected(corrected, wanted), wanted.apply(pipeline.atlas(corrected)))


def test_a_correction_takes_rows_into_another_province(corrected: Store) -> None:
    wanted = Filter(provinces=("SY-HI",), countries=("IQ",))
    assert set(pipeline.selected(corrected, wanted)["place"]) == {"Hit"}


def test_own_names_place_rows_anew(tmp_path: Path) -> None:
    with Store(tmp_path / "home") as store:
        rows = made(40)
        store.add("few", rows, raw=rows.select("source_row"), licence="CC0-1.0")
        names = tmp_path / "names.csv"
        names.write_text("name,latitude,longitude,country,kind\nNowhere,34.73,36.71,SY,town\n", encoding="utf-8")
        pipeline.add_gazetteer(store, names, name="Mine")
        for wanted in (*FILTERS, Filter(provinces=("SY-HI",), datasets=("few",))):
            assert_frame_equal(pipeline.selected(store, wanted), wanted.apply(pipeline.atlas(store)))


def test_pieces_that_can_hold_none_are_not_opened(store: Store, tmp_path: Path) -> None:
    with Store(tmp_path / "home") as other:
        rows = made(ROWS)
        other.add("many", rows, raw=rows.select("source_row"), licence="CC0-1.0")
        files = sorted(tmp_path.glob("home/versions/*.parquet"))
        for file in files:
            if "incident_id" in pl.read_parquet_schema(file) and "SY" not in pl.read_parquet(file)["country_iso2"]:
                file.write_bytes(b"damaged")
        wanted = Filter(countries=("SY",), datasets=("many",))
        assert pipeline.selected(other, wanted).equals(pipeline.selected(store, wanted))
        with pytest.raises(StoreError, match="damaged"):
            pipeline.selected(other, Filter())
