"""Rows as lines: the very bytes that polars' own writers make of them, however many rows are the same."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.exports.geojson import write_geojson
from mapping.exports.tables import write_csv
from mapping.formulas import guard_formulas

if TYPE_CHECKING:
    from pathlib import Path

_TEXT = st.text(alphabet=st.sampled_from("aé\"\\,\n\r\t\0\x1f\u2028=+'{}<😀 ")) | st.sampled_from(
    ["", "null", "Hit", "NA"]
)
_NUMBER = st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from([0.0, -0.0, 1e-7, 1e16, 5.0, -180.0])
_COLUMNS = {
    "incident_id": (pl.String, _TEXT),
    "summary": (pl.String, _TEXT),
    "date_start": (pl.Date, st.dates(min_value=date(1000, 1, 1))),
    "source_row": (pl.Int64, st.integers(-(2**63), 2**63 - 1)),
    "adm1_agrees": (pl.Boolean, st.booleans()),
    "latitude": (pl.Float64, _NUMBER),
    "longitude": (pl.Float64, _NUMBER),
}


@st.composite
def _frames(draw: st.DrawFn) -> pl.DataFrame:
    """Frames whose columns hold few values or many, with unknown ones or without, and some but one."""
    rows = draw(st.integers(1, 30))
    held = {}
    for name, (kind, values) in _COLUMNS.items():
        some = draw(st.lists(st.none() | values, min_size=1, max_size=draw(st.sampled_from([1, 3, 30]))))
        held[name] = pl.Series((some * rows)[:rows], dtype=kind)
    return pl.DataFrame(held)


@settings(max_examples=60, deadline=None)
@given(frame=_frames())
def test_a_csv_is_what_polars_writes(frame: pl.DataFrame) -> None:
    ours, theirs = io.BytesIO(), io.BytesIO()
    write_csv(frame, ours)
    frame.with_columns(guard_formulas(pl.col(pl.String))).write_csv(theirs, include_bom=True, float_scientific=False)
    assert ours.getvalue() == theirs.getvalue()


@settings(max_examples=60, deadline=None)
@given(frame=_frames())
def test_properties_are_what_polars_encodes(tmp_path_factory: pytest.TempPathFactory, frame: pl.DataFrame) -> None:
    file: Path = tmp_path_factory.getbasetemp() / "a.geojson"
    write_geojson(frame, file, {})
    lines = file.read_text(encoding="utf-8").split("\n")[1:-2]
    encoded = frame.select(pl.struct(pl.all()).struct.json_encode()).to_series().to_list()
    for line, properties, row in zip(lines, encoded, frame.iter_rows(named=True), strict=True):
        assert line.removesuffix(",").endswith(f',"properties":{properties}}}')
        feature = json.loads(line.removesuffix(","))
        assert feature.get("id") == row["incident_id"]
        point = [row["longitude"], row["latitude"]]
        assert feature["geometry"] == (None if None in point else {"type": "Point", "coordinates": point})
