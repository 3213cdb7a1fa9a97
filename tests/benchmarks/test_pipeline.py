"""The pipeline's benchmark runs both ways on a file of its own making, and finds an answer that is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from benchmarks import pipeline, ucdp_shaped
from mapping import admin

if TYPE_CHECKING:
    from pathlib import Path


def test_both_ways_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ucdp_shaped, "SHARED", tmp_path)  # made by rule, as where the shared files are not there
    monkeypatch.setenv("INCIDENT_ATLAS_HOME", str(tmp_path))  # `turn` sets it: put back at the end
    source = ucdp_shaped.write(tmp_path / "rows.csv", 300)
    admin.geometries().to_parquet(tmp_path / "provinces.parquet")
    ours, theirs = pipeline.turn(source, tmp_path / "provinces.parquet", tmp_path)
    assert ours.peak_mb > 0 < theirs.peak_mb
    reached = tmp_path / "plain" / "incidents.parquet"
    pl.read_parquet(reached).with_columns(adm1_code=pl.col("adm1_code").str.slice(0, 3) + "none").write_parquet(reached)
    with pytest.raises(SystemExit, match="provinces differ"):
        pipeline.compare(tmp_path / "home", reached)
