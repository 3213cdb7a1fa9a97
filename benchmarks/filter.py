"""How fast province and dates pick incidents out, in memory and from the store, against pandas.

Run from the project's folder: ``python -m benchmarks.filter [ROWS ...]`` (default 100,000, 1,000,000 and 10,000,000; the
largest takes some 6 GB of disk and 8 GB of memory, and several minutes to make). Incidents are made by rule. Once loaded,
both hold the same columns and rows; from disk, ours reads what the store keeps, and pandas one Parquet file that it wrote
itself of the same rows. The run stops if the rows found differ.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.made import NAME, incidents
from benchmarks.measuring import Results, seconds
from mapping import pipeline
from mapping.query import ROW, Filter, Index, narrow
from mapping.schema import SCHEMA
from mapping.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Ways = dict[str, Callable[[], object]]
SIZES = (100_000, 1_000_000, 10_000_000)
SLICE = 500_000
OURS, PANDAS = "Incident Atlas", "pandas: masks on its columns"
FROM_DISK = "pandas: read_parquet, then masks"
NARROW = "one province, one month"
BROAD = "half of the rows"
LOADED, STORED = "once loaded", "from disk"


def slices(rows: int) -> Iterator[pl.DataFrame]:
    """Return so many incidents, some at a time, no two with one incident_id or source_row."""
    for number, start in enumerate(range(0, rows, SLICE)):
        part = incidents(min(SLICE, rows - start), seed=number)
        yield part.with_columns(
            incident_id=pl.format("{}-{}", pl.lit(number), "incident_id"), source_row=pl.col("source_row") + start,
            dataset=pl.lit(NAME),
        )  # fmt: skip


def filters(codes: pl.Series) -> dict[str, Filter]:
    """Return what is asked: of one of the largest provinces, and of as many as have half of the rows."""
    ranked = codes.drop_nulls().cast(pl.String).value_counts(sort=True)["adm1_code"].to_list()
    march = {"date_from": date(2020, 3, 1), "date_to": date(2020, 3, 31)}
    ever = {"date_from": date(2012, 1, 1), "date_to": date(2023, 12, 31)}
    return {
        NARROW: Filter(provinces=(ranked[3],), **march),
        BROAD: Filter(provinces=tuple(ranked[::2]), **ever),
    }


def masked(table: pd.DataFrame, wanted: Filter) -> pd.DataFrame:
    """Return the rows that pass, as a pandas user writes it."""
    is_there = table["adm1_code"].isin(wanted.provinces)
    is_late = table["date_end"].fillna(table["date_start"]) >= pd.Timestamp(wanted.date_from)
    is_early = table["date_start"].fillna(table["date_end"]) <= pd.Timestamp(wanted.date_to)
    return table[is_there & is_late & is_early]


def as_pandas(frame: pl.DataFrame) -> pd.DataFrame:
    """Return the same columns in the types that pandas is quickest on: categories, and dates that are no objects."""
    dates = [name for name, dtype in frame.schema.items() if dtype == pl.Date]
    return frame.with_columns(pl.col(dates).cast(pl.Datetime("ms"))).to_pandas()


def check(what: str, ours: Sequence[object], theirs: Sequence[object]) -> None:
    """Stop the run when rows found differ."""
    if not ours or list(ours) != list(theirs):
        raise SystemExit(f"{what}: {len(ours):,} rows found differ from the {len(theirs):,} of pandas")


def loaded(frame: pl.DataFrame) -> dict[str, Ways]:
    """Return the two ways for each filter on a narrow frame, once their answers are found equal."""
    index, table = Index(frame), as_pandas(frame)
    ways: dict[str, Ways] = {}
    for what, wanted in filters(frame["adm1_code"]).items():
        check(what, wanted.apply(frame, index=index)["row"].to_list(), masked(table, wanted)["row"].tolist())
        ways[what] = {
            OURS: lambda wanted=wanted: wanted.apply(frame, index=index),
            PANDAS: lambda wanted=wanted: masked(table, wanted),
        }
    return ways


def fill(home: Path, file: Path, rows: int) -> None:
    """Keep incidents in the store at `home`, and all of them in one Parquet file as pandas writes one."""
    with Store(home) as store, store.begin(NAME, licence="CC0-1.0") as version:
        for number, part in enumerate(slices(rows)):
            version.add(number, part, raw=part.select("source_row", "place"))
    with pq.ParquetWriter(file, pa.Schema.from_pandas(as_written(next(slices(1))), preserve_index=False)) as writer:
        for part in slices(rows):
            table = pa.Table.from_pandas(as_written(part), schema=writer.schema, preserve_index=False)
            writer.write_table(table, row_group_size=1_048_576)


def as_written(part: pl.DataFrame) -> pd.DataFrame:
    """Return every column as pandas holds it."""
    days = [name for name, dtype in SCHEMA.items() if dtype == pl.Date]
    return part.with_columns(pl.col(days).cast(pl.Datetime("ms"))).to_pandas(use_pyarrow_extension_array=False)


def from_disk(folder: Path, rows: int) -> dict[str, Ways]:
    """Return the two ways for each filter on what lies in `folder`, once their answers are found equal."""
    file, store = folder / "all.parquet", Store(folder / "home")
    fill(folder / "home", file, rows)
    codes = store.collect(store.scan(NAME).select("adm1_code")).to_series()
    ways: dict[str, Ways] = {}
    for what, wanted in filters(codes).items():
        ours = pipeline.selected(store, wanted).filter(pl.col("dataset") == NAME)
        theirs = masked(pd.read_parquet(file), wanted)
        check(what, ours["incident_id"].to_list(), theirs["incident_id"].tolist())
        ways[what] = {
            OURS: lambda wanted=wanted: pipeline.selected(store, wanted),
            FROM_DISK: lambda wanted=wanted: masked(pd.read_parquet(file), wanted),
        }
    return ways


def in_memory(rows: int) -> pl.DataFrame:
    """Return so many incidents in the columns that a page holds of them."""
    parts = pl.concat([narrow(part) for part in slices(rows)], rechunk=True)
    return parts.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).alias(ROW))


def timed(results: Results, where: str, ways: dict[str, Ways], least: dict[str, int]) -> dict[str, float]:
    """Time both ways for each filter, and return what ours took."""
    ours = {}
    for what, pair in ways.items():
        took = seconds(pair)
        results.compare(f"{where}, {what}", took, at_least={way: least[what] for way in took if way != OURS})
        ours[what] = took[OURS]
    return ours


def main(sizes: Sequence[int] = SIZES) -> Results:
    """Measure and compare at each size; return what was found."""
    results = Results("filter", "Province and dates")
    taken: dict[str, list[float]] = {}
    for rows in sizes:
        found = {LOADED: timed(results, f"{rows:,} rows {LOADED}", loaded(in_memory(rows)), {NARROW: 200, BROAD: 5})}
        with TemporaryDirectory() as folder:
            read = from_disk(Path(folder), rows)
            found[STORED] = timed(results, f"{rows:,} rows {STORED}", read, {NARROW: 20, BROAD: 20})
        for where, ours in found.items():
            for what, value in ours.items():
                taken.setdefault(f"{where}, {what}", []).append(value)
    if len(sizes) > 2:
        for what, values in taken.items():
            results.grow(what, sizes, values)
    return results


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES).write()
