"""The benchmark of processes that share a file runs, and what they keep is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks import cluster

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_every_way_keeps_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("INCIDENT_ATLAS_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(cluster, "WAYS", {way: cluster.WAYS[way] for way in ("one process", "--workers 1")})
    ways = {figure.way for figure in cluster.main(300, runs=1).figures}
    assert ways == {"one process", "--workers 1"}
