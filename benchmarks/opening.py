"""What opening the app costs by what is stored: python -m benchmarks.opening [rows …].

The store is filled in parts, and what the app maps is made of it, as an import does at its end. Then the server is
started anew, and a session that speaks Streamlit's own protocol asks for Explore: the time from the start of the
server to the map's delivery, and to the whole page. Beside it what the app did before: all rows read whole from the
store, sorted and narrowed in a process of its own. Memory is the server's, and of it what no file backs.
"""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.parse import urlsplit

import polars as pl

from benchmarks.made import NAME, ROOT, incidents
from benchmarks.measuring import Results, spent
from benchmarks.sessions import memory_mb, visit
from mapping import pipeline
from mapping.store import Store
from tests.browser.conftest import serving

__all__ = ["Opening", "check", "cold", "fill_in_parts", "main"]

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
AT_ONCE = 500_000
RUNS = 5
MOST_WHOLE = 1_000_000
"""So many rows are read whole: of more, memory would be short."""

_WHOLE = """
import sys
from pathlib import Path
from mapping import pipeline
from mapping.query import Texts, narrow
from mapping.store import Store
with Store(Path(sys.argv[1])) as store:
    rows = pipeline.atlas(store).sort(pipeline.FIRST_DAY, descending=True, nulls_last=True, maintain_order=True)
narrow(rows)
"""
_MAPPED = """
import sys
from pathlib import Path
from mapping import pipeline
from mapping.store import Store
with Store(Path(sys.argv[1])) as store:
    pipeline.opened(store).index
"""


class Opening(NamedTuple):
    """Seconds from the server's start to the map and to the whole page, and MB of the server: all, and of no file."""

    mapped: float
    whole: float
    memory: float
    own_memory: float


def fill_in_parts(home: Path, rows: int) -> None:
    """Keep so many incidents in the store at `home`; the memory that it takes does not grow with them."""
    made = incidents(min(rows, AT_ONCE))
    with Store(home) as store, store.begin(NAME, licence="CC0-1.0") as version:
        for number, first in enumerate(range(0, rows, AT_ONCE)):
            part = made.head(rows - first).with_columns(
                (pl.col("incident_id").cast(pl.Int64) + first).cast(pl.String), pl.col("source_row") + first
            )
            version.add(number, part, raw=part.select("source_row", "place"))


def cold(home: Path) -> Opening:
    """Start the server on the store in `home`, open Explore once, and stop it."""
    start = time.perf_counter()
    with serving(ROOT / "app.py", home=home) as url:
        healthy = time.perf_counter() - start
        mapped, whole = asyncio.run(visit(url))
        return Opening(healthy + mapped, healthy + whole, *memory_mb(urlsplit(url).port, ("VmRSS", "RssAnon")))


def main(*sizes: int, runs: int = RUNS, folder: Path | None = None) -> Results:
    """Measure and return what was found."""
    results = Results("opening", "Opening the app")
    opened: dict[int, Opening] = {}
    for rows in sizes:
        with TemporaryDirectory(dir=folder) as home:
            opened[rows] = _measure(Path(home), rows, runs, results)
    if len(sizes) > 2:
        results.grow("server's start to first map", sizes, [opened[rows].mapped for rows in sizes])
        results.grow("memory of the server", sizes, [opened[rows].memory for rows in sizes], "MB")
    return results


def _measure(home: Path, rows: int, runs: int, results: Results) -> Opening:
    fill_in_parts(home / "store", rows)
    making = spent([sys.executable, "-c", _MAPPED, home / "store"], folder=home)
    results.add(f"made once, {rows:,} rows", making.seconds, "s")
    results.add(f"made once, {rows:,} rows: memory", making.peak_mb, "MB")
    check(home / "store", rows)
    taken = [cold(home) for _ in range(runs)]
    opening = Opening(*map(median, zip(*taken, strict=True)))
    results.add(f"server's start to first map, {rows:,} rows", opening.mapped, "s")
    results.add(f"server's start to the whole page, {rows:,} rows", opening.whole, "s")
    results.add(f"memory of the server, {rows:,} rows", opening.memory, "MB")
    results.add(f"of it backed by no file, {rows:,} rows", opening.own_memory, "MB")
    ways = {"Incident Atlas": _MAPPED, "all rows read whole": _WHOLE}
    told = {
        way: [spent([sys.executable, "-c", code, home / "store"], folder=home) for _ in range(runs)]
        for way, code in ways.items()
        if code is _MAPPED or rows <= MOST_WHOLE
    }
    times = {way: median(one.seconds for one in each) for way, each in told.items()}
    peaks = {way: median(one.peak_mb for one in each) for way, each in told.items()}
    results.compare(f"rows opened in a process, {rows:,} rows", times)
    results.compare(f"memory of that process, {rows:,} rows", peaks, "MB")
    return opening


def check(home: Path, rows: int) -> None:
    """See that what is mapped is what was stored: all of it, in order, and the newest the same in every column."""
    with Store(home) as store:
        atlas = pipeline.opened(store)
        days = atlas.narrow.select(pipeline.FIRST_DAY.alias("day"))["day"]
        newest = atlas.whole(pl.Series(range(100))).drop(pipeline.KEY)
        found = store.collect(store.scan(NAME).filter(pl.col("incident_id").is_in(newest["incident_id"].implode())))
    assert atlas.rows.height == rows + pipeline.shipped_incidents().height
    assert days.is_sorted(descending=True, nulls_last=True)
    ours = newest.filter(pl.col("dataset") == NAME).sort("source_row")
    assert ours.equals(found.select(ours.columns).sort("source_row"))


if __name__ == "__main__":
    main(*(map(int, sys.argv[1:]) if sys.argv[1:] else SIZES)).write()
