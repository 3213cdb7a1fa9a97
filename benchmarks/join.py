"""How fast points find their province, against geopandas, on the same points in one run.

Run from the project's folder: ``python -m benchmarks.join [POINTS]`` (default 1,000,000). Points are drawn evenly
over the globe and over Iraq and Syria. Every figure is the median of five runs on points that are already made;
the answers are compared one by one with those of `geopandas.sjoin`, and the run fails if one differs.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from mapping import admin
from mapping.admin.cache import cached_grid
from mapping.admin.locating import Boundaries

if TYPE_CHECKING:
    from mapping.admin.grid import Grid

RUNS = 5
OURS = "mapping.admin.place, which also finds what lies within 0.01° of a province"
BOXES = {"the globe": (-180, -90, 180, 90), "Iraq and Syria": (35, 29, 49, 38)}


def seconds(ways: dict[str, Callable[[], object]], *, runs: int = RUNS) -> dict[str, float]:
    """Return the median time of each way; they take turns, so that a busy moment hits all."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(runs):
        for name, work in ways.items():
            start = time.perf_counter()
            work()
            taken[name].append(time.perf_counter() - start)
    return {name: statistics.median(times) for name, times in taken.items()}


def lowest(point: np.ndarray, unit: np.ndarray, count: int) -> np.ndarray:
    """Return the lowest unit of each point out of pairs, -1 for a point in none."""
    answer = np.full(count, -1)
    order = np.argsort(-unit, kind="stable")
    answer[point[order]] = unit[order]
    return answer


def rivals(points: gpd.GeoDataFrame, provinces: gpd.GeoDataFrame) -> dict[str, Callable[[], object]]:
    """Return every way of geopandas and shapely that we know to join points to polygons."""
    point, polygon = np.asarray(points.geometry), np.asarray(provinces.geometry)
    shapely.prepare(polygon)

    def pairs_by_box() -> object:
        found, unit = shapely.STRtree(polygon).query(point)
        return shapely.intersects_xy(polygon[unit], points["x"].to_numpy()[found], points["y"].to_numpy()[found])

    return {
        "sjoin(points, provinces): the default": lambda: gpd.sjoin(points, provinces),
        "sjoin(..., predicate='within')": lambda: gpd.sjoin(points, provinces, predicate="within"),
        "sjoin(provinces, points)": lambda: gpd.sjoin(provinces, points),
        "STRtree(points).query(provinces, 'intersects')": lambda: shapely.STRtree(point).query(polygon, "intersects"),
        "STRtree(provinces).query(points) + intersects_xy": pairs_by_box,
    }


def compare(name: str, box: tuple[float, float, float, float], count: int, provinces: gpd.GeoDataFrame) -> None:
    """Time all on points in `box`, check the answers, print a line for each."""
    west, south, east, north = box
    random = np.random.default_rng(20240716)
    x, y = random.uniform(west, east, count), random.uniform(south, north, count)
    points = gpd.GeoDataFrame({"x": x, "y": y}, geometry=gpd.points_from_xy(x, y, crs=provinces.crs))

    joined = gpd.sjoin(points, provinces)
    expected = lowest(joined.index.to_numpy(), joined["index_right"].to_numpy(), count)
    placed = admin.place(x, y)
    if not np.array_equal(np.where(placed.by_nearest, -1, placed.unit), expected):
        raise SystemExit(f"{name}: the answers differ from those of sjoin")

    times = seconds({OURS: lambda: admin.place(x, y)} | rivals(points, provinces))
    print(f"\n{count:,} points over {name}: every answer as sjoin's; {placed.counts()}")
    for way, taken in times.items():
        print(f"  {taken:8.3f} s  {way}")
    ours = times.pop(OURS)
    default, *_ = times.values()
    sjoin = min(taken for way, taken in times.items() if way.startswith("sjoin"))
    print(f"  {default / ours:.0f} times as fast as the default, {sjoin / ours:.0f} times as the best sjoin,", end=" ")
    print(f"{min(times.values()) / ours:.0f} times as the best of all")


def cold(provinces: gpd.GeoDataFrame) -> None:
    """Time the first use: building the index, reading it back, the first answer."""
    shapes = np.asarray(provinces.geometry)

    def index() -> Grid:
        return cached_grid(shapes, key="benchmark")

    with TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        built = seconds({"built": index}, runs=1)["built"]
        read = seconds({"read": index})["read"]
        size = sum(file.stat().st_size for file in Path(folder).rglob("*.npz"))
        boundaries = Boundaries(shapes, index())
    ask = lambda: boundaries.place(np.array([42.44]), np.array([33.79]))  # noqa: E731
    first = seconds({"first": ask}, runs=1)["first"]
    print(f"\nindex: built and kept in {built:.2f} s, read back in {read:.3f} s ({size / 1e6:.0f} MB on disk)")
    print(f"first point ever asked: {first * 1000:.1f} ms")


def main() -> None:
    """Print the machine, the cold start and both comparisons."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {platform.platform()}")
    print(f"Python {platform.python_version()}, geopandas {gpd.__version__}, shapely {shapely.__version__}", end=", ")
    print(f"GEOS {shapely.geos_version_string}, numpy {np.__version__}; median of {RUNS} runs")
    provinces = admin.geometries()[["adm1_code", "geometry"]]
    cold(provinces)
    for name, box in BOXES.items():
        compare(name, box, count, provinces)


if __name__ == "__main__":
    main()
