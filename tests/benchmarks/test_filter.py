"""The filter's benchmark compares the rows found, and stops where they differ."""

from __future__ import annotations

import pytest

from benchmarks import filter as benchmark


def test_both_ways_find_the_same_rows() -> None:
    results = benchmark.main([20_000])
    assert {figure.way for figure in results.figures} == {benchmark.OURS, benchmark.PANDAS, benchmark.FROM_DISK}
    assert len(results.figures) == 8


def test_rows_that_differ_stop_the_run() -> None:
    with pytest.raises(SystemExit, match="differ"):
        benchmark.check("loaded", [1, 2], [1, 3])
