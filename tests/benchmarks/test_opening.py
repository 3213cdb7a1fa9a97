"""The benchmark of opening runs, and what it opens is what was stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.opening import check, cold, fill_in_parts

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_opened_is_what_was_stored(tmp_path: Path) -> None:
    fill_in_parts(tmp_path / "store", 300)
    check(tmp_path / "store", 300)
    opening = cold(tmp_path)
    assert 0 < opening.mapped <= opening.whole
    assert 0 < opening.own_memory < opening.memory
