"""How fast a file becomes a dataset, against the script that one would write with pandas and geopandas.

Run from the project's folder: ``python -m benchmarks.pipeline [ROWS …]`` (40,000, 400,000 and 4,000,000 when none is given; the
last makes a CSV of 2.4 GB in the folder for temporary files, kept for the next run). Each way is a process of its own, from
its start to the rows on the disk: ours is ``python -m mapping import``, the plain one benchmarks/plain_script.py. The run
fails where a province or a day differs.
"""

from __future__ import annotations

import os
import statistics
import sys
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import TYPE_CHECKING

import polars as pl

from benchmarks.made import ROOT
from benchmarks.measuring import RUNS, Results, Spent, spent
from benchmarks.ucdp_shaped import write
from mapping import admin
from mapping.store import Store

if TYPE_CHECKING:
    from collections.abc import Sequence

OURS, PLAIN = "python -m mapping import", "the plain script"
SIZES = (40_000, 400_000, 4_000_000)
ONCE = 1_000_000  # rows above which each way has one turn
POINT = ("site", "town", "near", "area")
"""Precisions whose point lies where it happened; a province or a district has no point to join."""


def turn(source: Path, boundaries: Path, folder: Path) -> tuple[Spent, Spent]:
    """Run both ways once and compare what they reached."""
    home, plain = folder / "home", folder / "plain"
    plain.mkdir()
    os.environ["INCIDENT_ATLAS_HOME"] = str(home)
    ours = spent(
        [sys.executable, "-m", "mapping", "import", source, "--name", "big", "--licence", "CC BY 4.0"], folder=folder
    )
    theirs = spent([sys.executable, ROOT / "benchmarks" / "plain_script.py", source, plain, boundaries], folder=folder)
    compare(home, plain / "incidents.parquet")
    return ours, theirs


def compare(home: Path, plain: Path) -> None:
    """Compare days and provinces, row by row.

    Provinces where ours and the plain one mean the same: ours also knows those within 0.01° of a point, and puts a point on
    the far side of a border that is drawn coarsely into the country that the source states.

    Raises
    ------
    SystemExit
        They differ.
    """
    columns = ["incident_id", "date_start", "date_end", "adm1_code"]
    theirs = pl.read_parquet(plain, columns=columns)
    theirs = theirs.with_columns(pl.col("incident_id").cast(pl.String), pl.col("date_start", "date_end").cast(pl.Date))
    with Store(home) as store:
        ours = store.collect(store.scan("big").select(*columns, "geo_precision", "country_iso2"))
    both = ours.join(theirs, on="incident_id", suffix="_plain")
    days = (both["date_start"] == both["date_start_plain"]).all() and (both["date_end"] == both["date_end_plain"]).all()
    as_stated = pl.col("adm1_code_plain").str.slice(0, 2) == pl.col("country_iso2")
    point = both.filter(pl.col("geo_precision").is_in(POINT), as_stated)
    differ = point.filter(pl.col("adm1_code").ne_missing(pl.col("adm1_code_plain"))).height
    if both.height != ours.height or ours.height != theirs.height or not days or differ:
        raise SystemExit(
            f"{ours.height} rows and {theirs.height}, {both.height} alike; days {days}; {differ} provinces differ"
        )


def measured(rows: int, results: Results) -> tuple[float, float]:
    """Measure one size and return seconds and MB of ours."""
    source = write(Path(gettempdir(), f"ucdp-shaped-{rows}.csv"), rows)
    turns = []
    for _ in range(1 if rows > ONCE else RUNS):
        with TemporaryDirectory() as folder:
            boundaries = Path(folder, "provinces.parquet")
            admin.geometries().to_parquet(boundaries)
            turns.append(turn(source, boundaries, Path(folder)))
    ours, theirs = (_median([pair[way] for pair in turns]) for way in (0, 1))
    name = f"{rows:,} rows"
    results.compare(name, {OURS: ours.seconds, PLAIN: theirs.seconds}, at_least={PLAIN: 10})
    results.compare(f"{name}, processor", {OURS: ours.processor, PLAIN: theirs.processor})
    results.add(f"{name}, memory at most", ours.peak_mb, "MB", way=OURS, at_most=2000)
    results.add(f"{name}, memory at most", theirs.peak_mb, "MB", way=PLAIN)
    return ours.seconds, ours.peak_mb


def _median(turns: Sequence[Spent]) -> Spent:
    return Spent(*(statistics.median(values) for values in zip(*turns, strict=True)))


def main(sizes: Sequence[int] = SIZES) -> None:
    """Measure, compare and write it down."""
    results = Results("pipeline", "A file into the store")
    found = [measured(rows, results) for rows in sizes]
    if len(sizes) > 2:
        results.grow(f"{OURS}, time", sizes, [took for took, _ in found])
        results.grow(f"{OURS}, memory", sizes, [peak for _, peak in found], "MB")
    results.write()


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
