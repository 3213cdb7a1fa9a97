"""The benchmark of GeoJSON parses back what each way wrote, and stops where it differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks import geojson as benchmark
from benchmarks import made

if TYPE_CHECKING:
    from pathlib import Path


def test_all_ways_write_the_same() -> None:
    results = benchmark.main([300])
    assert {figure.way for figure in results.figures} >= {benchmark.OURS, benchmark.TO_JSON, benchmark.TO_FILE}


def test_rows_that_differ_stop_the_run(tmp_path: Path) -> None:
    frame, file = made.incidents(50), tmp_path / "a.geojson"
    benchmark.export(frame, file)
    with pytest.raises(SystemExit, match="differs from the row"):
        benchmark.check(file, frame.with_columns(place=None))
    with pytest.raises(SystemExit, match="more rows"):
        benchmark.check(
            file,
            frame.head(40).with_columns(
                latitude=frame["latitude"].head(40).round(7), longitude=frame["longitude"].head(40).round(7)
            ),
        )
