"""How long the cells of a view take out of many incidents: python -m benchmarks.cells [rows ...].

Views of zooms 3 to 14 at four places, one after the other; beside ours, in the same run, pandas that takes
the rows in view and counts them by cell. Both must give the same cells. Of a filter, the first view is timed
too: it gathers the positions that all others are counted from.
"""

from __future__ import annotations

import statistics
import sys
import time
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from benchmarks.made import incidents
from benchmarks.measuring import Results, seconds
from mapping.layers.cells import cell_columns, cell_size
from mapping.layers.colours import BY_TYPE
from mapping.layers.marks import PER_DEGREE, spots
from mapping.layers.pyramid import Pyramid, pyramid
from mapping.layers.sight import covered, opening_view
from mapping.query import narrow
from mapping.schema import EVENT_TYPES

if TYPE_CHECKING:
    import pandas as pd

    from mapping.layers.sight import Box

SIZES = (100_000, 1_000_000, 10_000_000)
PLACES = ((33.3, 44.4), (9.1, 7.5), (-1.3, 29.2), (15.4, 44.2))  # Baghdad, Abuja, Kivu, Sanaa
ZOOMS = range(3, 15)
GROUPS = len(BY_TYPE.groups)
_MADE = 1_000_000
_APART = 0.1  # degrees
TARGET_MS = 5


def placed(rows: int, *, seed: int = 8) -> pl.DataFrame:
    """Return so many incidents; above a million, those of the million again, each about ten kilometres off."""
    made = narrow(incidents(min(rows, _MADE))).select("latitude", "longitude", "geo_precision", "event_type")
    at = np.random.default_rng(seed)
    again = (
        made.with_columns(pl.col("latitude", "longitude") + pl.Series(at.normal(0, _APART, made.height)))
        for _ in range(rows // _MADE - 1)
    )
    return pl.concat([made, *again])


def views() -> list[tuple[Box, float]]:
    """Return for each view the part of the world that is looked at, and the size of its cells in degrees."""
    return [(covered(opening_view(None, (*place, float(zoom)))), cell_size(zoom)) for place in PLACES for zoom in ZOOMS]


def plainly(spotted: pd.DataFrame, box: Box, size: float) -> pd.Series:
    """Count with pandas what lies in the cells that the box touches."""
    step = round(size * PER_DEGREE)
    west, south, east, north = (
        (round(edge * PER_DEGREE) + corner) // step * step - corner
        for edge, corner in zip(box, (180 * PER_DEGREE, 90 * PER_DEGREE) * 2, strict=True)
    )
    seen = spotted[
        spotted["latitude"].between(south, north + step - 1) & spotted["longitude"].between(west, east + step - 1)
    ]
    y, x = (seen["latitude"] + 90 * PER_DEGREE) // step, (seen["longitude"] + 180 * PER_DEGREE) // step
    return seen.groupby([y, x, "group"]).size()


def ours(counted: Pyramid, box: Box, size: float) -> dict[str, object]:
    """Return what the map is sent."""
    return cell_columns(counted.cells(box, size, groups=GROUPS), size)


def check(counted: Pyramid, spotted: pd.DataFrame, box: Box, size: float) -> None:
    """Stop when the two ways do not agree."""
    y, x, numbers = counted.cells(box, size, groups=GROUPS)
    cell, group = np.nonzero(numbers)
    mine = dict(
        zip(zip(y[cell].tolist(), x[cell].tolist(), group.tolist(), strict=True), numbers[cell, group], strict=True)
    )
    if mine != plainly(spotted, box, size).to_dict():
        raise SystemExit(f"Not the same cells of {size} degrees in {box}.")


def measure(spotted: pl.DataFrame, *, runs: int = 5) -> tuple[list[float], dict[str, float], float]:
    """Return the milliseconds of ours for each view, those of both ways for every third, and the seconds to count all once."""
    start = time.perf_counter()
    counted = pyramid(spotted)
    first = time.perf_counter() - start
    plain = spotted.to_pandas()
    mine: list[float] = []
    both: dict[str, list[float]] = {"Incident Atlas": [], "pandas": []}
    for number, (box, size) in enumerate(views()):
        ways = {"Incident Atlas": partial(ours, counted, box, size), "pandas": partial(plainly, plain, box, size)}
        if number % 3:  # pandas takes its time
            ways.pop("pandas")
        else:
            check(counted, plain, box, size)
        taken = {way: each * 1000 for way, each in seconds(ways, runs=runs).items()}
        mine.append(taken["Incident Atlas"])
        for way in taken if len(taken) == len(both) else ():
            both[way].append(taken[way])
    return mine, {way: statistics.median(each) for way, each in both.items()}, first


def main(sizes: tuple[int, ...] = SIZES) -> Results:
    """Measure each size, unfiltered and with a filter that lets about half pass."""
    results = Results("cells", "The map's cells for a view")
    medians: list[float] = []
    firsts: list[float] = []
    for rows in sizes:
        frame = placed(rows)
        half = frame.filter(pl.col("event_type").is_in(EVENT_TYPES[::2]))
        for shown, said in ((half, "a filter that lets half pass"), (frame, "all")):
            what = f"{rows:,} rows, {said}"
            start = time.perf_counter()
            spotted = spots(shown)
            spotting = time.perf_counter() - start
            mine, both, first = measure(spotted)
            results.add(f"{what}: a view, median of {len(mine)}", statistics.median(mine), "ms", at_most=TARGET_MS)
            results.add(f"{what}: a view, the slowest", max(mine), "ms")
            results.compare(f"{what}: every third view", both, "ms")
            results.add(f"{what}: counted once, before the first view", spotting + first, "s")
        medians.append(statistics.median(mine))
        firsts.append(spotting + first)
    if len(sizes) > 1:
        results.grow("the cells of a view", sizes, medians, "ms")
        results.grow("counted once, before the first view", sizes, firsts)
    return results


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or SIZES).write()
