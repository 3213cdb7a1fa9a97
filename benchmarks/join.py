"""How fast points find their province, against geopandas and SedonaDB, on the same points in one run.

Run from the project's folder: ``python -m benchmarks.join [POINTS …]`` (100,000, 1,000,000 and 10,000,000 when none is
given). Points are drawn evenly over the globe and over Iraq and Syria. Figures are medians of five turns on points that
are already made; what takes minutes (the default form above a hundred thousand points) has one turn. Up to a million
points the answers are compared one by one with those of `geopandas.sjoin`, and the run fails if one differs. "cold" and
memory are those of a process that does one way and nothing else, with an empty cache. SedonaDB takes part where it is
installed (requirements-benchmarks.txt).
"""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from benchmarks.measuring import Results, seconds, spent

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd

OURS, DEFAULT, BEST, TREE, SEDONA = (
    "mapping.admin.place", "sjoin(points, provinces), the default", "sjoin(…, predicate='within')",
    "STRtree(points).query(provinces)", "SedonaDB, ST_Intersects",
)  # fmt: skip
BOXES = {"the globe": (-180, -90, 180, 90), "Iraq and Syria": (35, 29, 49, 38)}
SIZES = (100_000, 1_000_000, 10_000_000)
PATIENT = 100_000  # points above which the default form has one turn
LARGE = 1_000_000  # points above which it, and whatever makes an object of each point, takes no part


def drawn(box: tuple[float, float, float, float], count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return so many points, evenly over a box."""
    west, south, east, north = box
    random = np.random.default_rng(20240716)
    return random.uniform(west, east, count), random.uniform(south, north, count)


def provinces() -> gpd.GeoDataFrame:
    """Return the provinces that all ways join to."""
    from mapping import admin

    return admin.geometries()[["adm1_code", "geometry"]]


def geoframe(x: np.ndarray, y: np.ndarray, units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the points as geopandas takes them."""
    import geopandas as gpd

    return gpd.GeoDataFrame({"x": x, "y": y}, geometry=gpd.points_from_xy(x, y, crs=units.crs))


def lowest(point: np.ndarray, unit: np.ndarray, count: int) -> np.ndarray:
    """Return the lowest unit of each point out of pairs, -1 for a point in none."""
    answer = np.full(count, -1)
    order = np.argsort(-unit, kind="stable")
    answer[point[order]] = unit[order]
    return answer


def sedona(x: np.ndarray, y: np.ndarray, units: gpd.GeoDataFrame) -> Callable[[], tuple[np.ndarray, np.ndarray]]:
    """Return SedonaDB's way: points are made of the two columns in the query, as ours are not made at all."""
    import pandas as pd
    import sedonadb

    database = sedonadb.connect()
    numbered = units.assign(unit=np.arange(len(units)))[["unit", "geometry"]]
    database.create_data_frame(numbered).to_memtable().to_view("units")
    database.create_data_frame(pd.DataFrame({"point": np.arange(len(x)), "x": x, "y": y})).to_memtable().to_view(
        "points"
    )
    query = (
        "SELECT p.point, u.unit FROM (SELECT point, ST_SetSRID(ST_Point(x, y), 4326) AS geometry FROM points) p "
        "JOIN units u ON ST_Intersects(u.geometry, p.geometry)"
    )

    def join() -> tuple[np.ndarray, np.ndarray]:
        pairs = pl.DataFrame(database.sql(query))
        return pairs["point"].to_numpy(), pairs["unit"].to_numpy()

    return join


def prepared(way: str, x: np.ndarray, y: np.ndarray) -> Callable[[], object]:
    """Return a way, ready to run: what it needs of these points is made."""
    if way == OURS:
        from mapping import admin

        return lambda: admin.place(x, y)
    units = provinces()
    if way == SEDONA:
        return sedona(x, y, units)
    import geopandas as gpd
    import shapely

    points, polygons = geoframe(x, y, units), np.asarray(units.geometry)
    if way == TREE:
        return lambda: shapely.STRtree(np.asarray(points.geometry)).query(polygons, "intersects")
    predicate = "within" if way == BEST else "intersects"
    return lambda: gpd.sjoin(points, units, predicate=predicate)


def ways(x: np.ndarray, y: np.ndarray) -> dict[str, Callable[[], object]]:
    """Return every way that takes part at this size, ready to run."""
    large = len(x) > LARGE
    names = [OURS, *(() if large else (DEFAULT, BEST, TREE)), *((SEDONA,) if find_spec("sedonadb") else ())]
    return {name: prepared(name, x, y) for name in names}


def check(x: np.ndarray, y: np.ndarray, found: dict[str, Callable[[], object]]) -> None:
    """Compare the answers, one by one.

    Raises
    ------
    SystemExit
        One differs.
    """
    import geopandas as gpd

    from mapping import admin

    placed = admin.place(x, y)
    ours = np.where(placed.by_nearest, -1, placed.unit)
    joined = gpd.sjoin(geoframe(x, y, provinces()), provinces(), predicate="intersects")
    theirs = {"sjoin": lowest(joined.index.to_numpy(), joined["index_right"].to_numpy(), len(x))}
    if SEDONA in found:
        theirs[SEDONA] = lowest(*found[SEDONA](), len(x))
    for name, answer in theirs.items():
        if not np.array_equal(ours, answer):
            raise SystemExit(f"{np.count_nonzero(ours != answer)} of {len(x)} answers differ from those of {name}")


def one(way: str, count: int) -> None:
    """Do one way on points over the globe and nothing else: what a process of its own is measured by."""
    prepared(way, *drawn(BOXES["the globe"], count))()


def cold(results: Results, count: int) -> None:
    """Measure the first use of all, in processes of their own, the start of Python and the making of points included."""
    took = {}
    with TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        for way in (OURS, BEST, *((SEDONA,) if find_spec("sedonadb") else ())):
            for file in Path(folder).rglob("grid-*"):
                file.unlink()
            took[way] = spent([sys.executable, "-m", "benchmarks.join", "--one", way, str(count)], folder=Path(folder))
    where = f"{count:,} points over the globe"
    results.compare(f"{where}, cold", {way: each.seconds for way, each in took.items()}, at_least={BEST: 1})
    results.compare(f"{where}, memory at most", {way: each.peak_mb for way, each in took.items()}, "MB")


def warm(results: Results, name: str, count: int) -> float:
    """Time all ways on points over a box and return ours."""
    x, y = drawn(BOXES[name], count)
    found = ways(x, y)
    if count <= LARGE:
        check(x, y, found)
    slow = {DEFAULT: found.pop(DEFAULT)} if count > PATIENT and DEFAULT in found else {}
    times = seconds(found) | seconds(slow, runs=1)
    ordered = {way: times[way] for way in (OURS, DEFAULT, BEST, TREE, SEDONA) if way in times}
    results.compare(f"{count:,} points over {name}", ordered, at_least={DEFAULT: 200, BEST: 15})
    return ordered[OURS]


def main(sizes: tuple[int, ...] = SIZES) -> None:
    """Measure, compare and write it down."""
    results = Results("join", "Points to provinces")
    for count in sizes:
        if count <= LARGE:
            cold(results, count)
    for name in BOXES:
        taken = [warm(results, name, count) for count in sizes]
        if len(sizes) > 2:
            results.grow(f"{OURS}, {name}", sizes, taken)
    results.write()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], int(sys.argv[3]))
    else:
        main(tuple(map(int, sys.argv[1:])) or SIZES)
