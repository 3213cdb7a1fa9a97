"""GeoJSON (RFC 7946), one feature a line."""

from __future__ import annotations

import io
import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["write_geojson"]

_ROWS_AT_ONCE = 5_000
_SEPARATOR = b",\n"


def write_geojson(frame: pl.DataFrame, path: Path, about: dict[str, Any]) -> None:
    """Write incidents as a FeatureCollection with a top-level ``metadata`` member.

    The properties are the frame's columns in their order; null stays null. A row without both
    coordinates has a null geometry. Memory does not grow with the rows.

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
    slices, workers = list(frame.iter_slices(_ROWS_AT_ONCE)), pl.thread_pool_size()
    with path.open("wb") as stream, ThreadPoolExecutor(workers) as pool:
        stream.write(b'{"type":"FeatureCollection","metadata":' + metadata + b',"features":[\n')
        for start in range(0, len(slices), workers):
            # Encoding leaves Python's lock alone, so the slices share the processors.
            for number, lines in enumerate(pool.map(_features, slices[start : start + workers]), start):
                stream.write(_SEPARATOR * (number > 0))
                stream.write(lines)
        stream.write(b"\n]}\n")


def _features(rows: pl.DataFrame) -> memoryview:
    encoded = rows.select(_FEATURE)
    # What is encoded has no line breaks and needs no quotes: the CSV writer puts it out as it is.
    buffer = io.BytesIO()
    encoded.write_csv(buffer, include_header=False, quote_style="never", line_terminator=_SEPARATOR.decode())
    return buffer.getbuffer()[: -len(_SEPARATOR)]


def _feature() -> pl.Expr:
    axes = ("longitude", "latitude")
    point = pl.struct(pl.lit("Point").alias("type"), pl.concat_list(axes).alias("coordinates"))
    located = pl.all_horizontal(pl.col(axis).is_not_null() for axis in axes)
    feature = pl.struct(
        pl.lit("Feature").alias("type"),
        pl.col("incident_id").alias("id"),
        pl.when(located).then(point).alias("geometry"),
        pl.struct(pl.all()).alias("properties"),
    ).struct.json_encode()
    # RFC 7946 has a feature without an identifier leave the member out.
    return (
        pl.when(pl.col("incident_id").is_null())
        .then(feature.str.replace('"id":null,', "", literal=True))
        .otherwise(feature)
    )


_FEATURE = _feature()
