"""The benchmarks' ruler: it measures processes, writes what it found, and the tables say what was written."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from benchmarks.measuring import Results, exponent, seconds, spent
from benchmarks.performance import DOCUMENTS, filled, tables

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_the_document_says_what_was_measured(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert filled(text) == text


def test_a_process_is_measured_and_a_failed_one_told(tmp_path: Path) -> None:
    took = spent([sys.executable, "-c", "held = bytearray(60_000_000)"], folder=tmp_path)
    assert 60 < took.peak_mb < 400
    assert 0 < took.processor < 10
    with pytest.raises(SystemExit, match="ended with 3"):
        spent([sys.executable, "-c", "raise SystemExit(3)"], folder=tmp_path)


def test_results_become_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results = Results("try", "A try")
    results.compare("rows", {"ours": 0.5, "plain": 20.0, "other": 5.0}, at_least={"plain": 30, "other": 15})
    results.add("memory", 700, "MB", at_most=600)
    results.grow("time", [10, 100, 1000], [1, 10, 100])
    results.grow("pairs", [10, 100, 1000], [1, 100, 10_000])
    results.write(tmp_path)
    found = json.loads((tmp_path / "try.json").read_text(encoding="utf-8"))
    assert [figure["reached"] for figure in found["figures"]] == [None, True, False, False]
    assert "| rows | ours | 0.5 s |  |  |" in tables(found)
    assert "|  | plain | 20 s | 40 × | 30 ×, reached |" in tables(found)
    assert "| time | 10, 100, 1,000 | 1, 10, 100 s | 1.00 |" in tables(found)
    assert "| pairs | 10, 100, 1,000 | 1, 100, 10,000 s | 2.00, **faster than linear** |" in tables(found)
    told = capsys.readouterr().out
    assert "target missed" in told
    assert "power 2.00 of the size (faster than linear)" in told


def test_ways_take_turns() -> None:
    turns: list[str] = []
    medians = seconds({"a": lambda: turns.append("a"), "b": lambda: turns.append("b")}, runs=3)
    assert turns == ["a", "b"] * 3
    assert set(medians) == {"a", "b"}
    assert exponent([1, 2, 4], [3, 12, 48]) == pytest.approx(2)
