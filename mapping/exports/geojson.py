"""GeoJSON (RFC 7946), one feature a line."""

from __future__ import annotations

import hashlib
import json
from functools import partial
from typing import TYPE_CHECKING, Any

import polars as pl

from mapping.exports.lines import columns, in_slices, text_of
from mapping.exports.tables import csv_heading, csv_lines
from mapping.schema import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from mapping.exports.lines import Column

__all__ = ["UNKNOWN_HASH", "write_geojson"]

UNKNOWN_HASH = "0" * 64
"""Stands where the hash of the rows will stand."""

_SEPARATOR = b",\n"
_HASH = b'"rows_sha256": {"value": "'


def write_geojson(frames: pl.DataFrame | Iterable[pl.DataFrame], path: Path, about: dict[str, Any]) -> None:
    """Write incidents as a FeatureCollection with a top-level ``metadata`` member.

    The properties are the frame's columns in their order; null stays null. A row without both
    coordinates has a null geometry. Memory does not grow with the rows. Where `about` has a place
    for the hash of the rows, it is found on the way and put in, into the file and into `about`.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> row = pl.DataFrame({"incident_id": ["a"], "latitude": [33.7856], "longitude": [42.4412]})
    >>> with TemporaryDirectory() as folder:
    ...     write_geojson(row, Path(folder, "a.geojson"), {"title": "One"})
    ...     print(Path(folder, "a.geojson").read_text(encoding="utf-8"))
    {"type":"FeatureCollection","metadata":{"title": "One"},"features":[
    {"type":"Feature","id":"a","geometry":{"type":"Point","coordinates":[42.4412,33.7856]},"properties":{...}}
    ]}
    """
    # A lone surrogate in the title becomes \udxxx, which is JSON's own way to write it.
    metadata = json.dumps(about, ensure_ascii=False, allow_nan=False).encode(errors="backslashreplace")
    start = b'{"type":"FeatureCollection","metadata":' + metadata + b',"features":[\n'
    is_hashed = _HASH in start
    digest, number = hashlib.sha256(csv_heading(SCHEMA)), -1
    with path.open("wb") as stream:
        stream.write(start)
        for number, (features, table) in enumerate(in_slices(frames, partial(_encoded, with_table=is_hashed))):
            stream.write(_SEPARATOR * (number > 0))
            stream.write(features)
            digest.update(table)
        stream.write(b"\n]}\n")
        if is_hashed:
            about["rows_sha256"]["value"] = digest.hexdigest()
            stream.seek(start.index(_HASH) + len(_HASH))
            stream.write(digest.hexdigest().encode())


def _encoded(rows: pl.DataFrame, *, with_table: bool) -> tuple[memoryview, memoryview | bytes]:
    """Return the rows as features and, for their hash, as CSV: what is the same in many rows is found once for both."""
    held = columns(rows)
    return _features(held, rows.height), csv_lines(held, rows.height) if with_table else b""


def _features(held: list[Column], rows: int) -> memoryview:
    members = {column.name: column.written(_member, unknown=f"{json.dumps(column.name)}:null") for column in held}
    number, longitude, latitude = (_value(members[name], name) for name in ("incident_id", "longitude", "latitude"))
    pieces: list[str | pl.Series] = ['{"type":"Feature"', _identifier(number), ',"geometry":']
    pieces += [_geometry(longitude, latitude), ',"properties":{']
    for at, member in enumerate(members.values()):
        pieces += [",", member] if at else [member]
    return text_of([*pieces, "}}", _SEPARATOR.decode()], rows)[: -len(_SEPARATOR)]


def _member(values: pl.Series) -> pl.Series:
    """Write values with their name, as they stand in an object of JSON."""
    encoded = pl.struct(pl.all()).struct.json_encode().str.strip_prefix("{").str.strip_suffix("}")
    return values.to_frame().select(encoded).to_series()


def _value(member: pl.Series, name: str) -> pl.Series:
    """Return the value of a member, null where it is null."""
    value = member.str.strip_prefix(f"{json.dumps(name)}:")
    return value.to_frame("value").select(pl.when(pl.col("value") != "null").then("value")).to_series()


def _identifier(number: pl.Series) -> pl.Series:
    # RFC 7946 has a feature without an identifier leave the member out.
    return number.to_frame("id").select((pl.lit(',"id":') + pl.col("id")).fill_null("")).to_series()


def _geometry(longitude: pl.Series, latitude: pl.Series) -> pl.Series:
    point = pl.concat_str(pl.lit('{"type":"Point","coordinates":['), "x", pl.lit(","), "y", pl.lit("]}"))
    rows = max(longitude.len(), latitude.len())
    both = pl.DataFrame({"x": _each(longitude, rows), "y": _each(latitude, rows)})
    return both.select(point.fill_null("null")).to_series()


def _each(values: pl.Series, rows: int) -> pl.Series:
    """Repeat what is one for all rows."""
    return values if values.len() == rows else values.new_from_index(0, rows)
