"""The benchmark of the map's cells compares the cells, and stops where they differ."""

from __future__ import annotations

import pytest

from benchmarks import cells
from mapping.layers.marks import spots
from mapping.layers.pyramid import pyramid


def test_both_ways_count_the_same_cells() -> None:
    mine, both, _ = cells.measure(spots(cells.placed(500)), runs=1)
    assert len(mine) == len(cells.views()) and set(both) == {"Incident Atlas", "pandas"}


def test_other_cells_stop_the_run() -> None:
    spotted = spots(cells.placed(500))
    with pytest.raises(SystemExit, match="Not the same cells"):
        cells.check(pyramid(spotted[:100]), spotted.to_pandas(), *cells.views()[0])
