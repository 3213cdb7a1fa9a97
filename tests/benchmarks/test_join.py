"""The join's benchmark compares answers, and finds one that is wrong."""

from __future__ import annotations

import pytest

from benchmarks import join


def test_all_ways_agree() -> None:
    x, y = join.drawn(join.BOXES["Iraq and Syria"], 2_000)
    found = join.ways(x, y)
    assert [*found][:3] == [join.OURS, join.DEFAULT, join.BEST]
    join.check(x, y, found)
    with pytest.raises(SystemExit, match="answers differ"):
        join.check(x, y, found | {join.SEDONA: lambda: (join.np.arange(2_000), join.np.zeros(2_000, dtype=int))})
