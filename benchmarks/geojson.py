"""How fast incidents become GeoJSON, against geopandas: ``to_json``, and ``to_file`` by pyogrio with Arrow.

Run from the project's folder: ``python -m benchmarks.geojson [ROWS …]`` (10,000, 100,000 and 1,000,000 when none is given: half an
hour, and 12 GB of memory for ``to_json``). Ours writes a whole file, waits until the disk has it and finds the hash of the rows;
``to_json`` makes a text in memory; ``to_file`` leaves its file to the system. What geopandas writes from is made beforehand, with
days as text, which it needs. Every file of ours is parsed back, and the run fails where a value differs from the rows; at the
smallest size what geopandas writes is compared too.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow.parquet as pq

from benchmarks import made
from benchmarks.measuring import Results, seconds, spent
from benchmarks.ucdp_shaped import write as write_ucdp
from mapping.exports import Metadata, rows_of, write
from mapping.pipeline import geoframe, process

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import geopandas

SIZES = (10_000, 100_000, 1_000_000)
OURS, TO_JSON, TO_FILE = "Incident Atlas", "GeoDataFrame.to_json", "to_file with Arrow"
AIMS = {TO_JSON: 40.0, TO_FILE: 12.0}
_AT_ONCE = 10_000


def in_ucdps_shape(rows: int, folder: Path) -> pl.DataFrame:
    """Return so many incidents that came from rows of UCDP, repeated with identifiers of their own."""
    one = process(write_ucdp(folder / "ucdp.csv", min(rows, _AT_ONCE))).incidents
    many = pl.concat([one] * (rows // one.height + 1)).head(rows)
    return many.with_columns(incident_id=pl.int_range(pl.len()).cast(pl.String))


def export(frame: pl.DataFrame | Iterator[pl.DataFrame], file: Path) -> None:
    """Write as the command `export` does."""
    with rows_of(frame, beside=file) as rows:
        write(rows, file, metadata=Metadata(title="Benchmark"))


def to_file(frame: geopandas.GeoDataFrame, file: Path) -> None:
    """Write as geopandas does it fastest."""
    file.unlink(missing_ok=True)  # GDAL would read the old one first
    frame.to_file(file, driver="GeoJSON", engine="pyogrio", use_arrow=True)


def check(file: Path, frame: pl.DataFrame) -> None:
    """Parse a file of ours back and compare every value.

    Raises
    ------
    SystemExit
        Something differs.
    """
    with file.open(encoding="utf-8") as lines:
        next(lines)
        for rows in frame.with_columns(pl.col(pl.Date).dt.to_string()).iter_slices(_AT_ONCE):
            for row, line in zip(rows.iter_rows(named=True), lines, strict=False):
                feature = json.loads(line.removesuffix(",\n"))
                if (feature["id"], _point(feature), feature["properties"]) != (row["incident_id"], _of_row(row), row):
                    raise SystemExit(f"{file.name} differs from the row {row['incident_id']}")
        if next(lines) != "]}\n":
            raise SystemExit(f"{file.name} has more rows than {frame.height}")


def check_alike(file: Path, text: str) -> None:
    """Compare a file of ours with what geopandas makes of the same rows.

    Raises
    ------
    SystemExit
        They differ.
    """
    ours = json.loads(file.read_text(encoding="utf-8"))["features"]
    theirs = json.loads(text)["features"]
    if [(_point(each), each["properties"]) for each in ours] != [(_point(each), each["properties"]) for each in theirs]:
        raise SystemExit(f"{file.name} differs from what geopandas writes")


def _point(feature: dict[str, Any]) -> list[float] | None:
    return feature["geometry"] and feature["geometry"]["coordinates"]


def _of_row(row: dict[str, Any]) -> list[float] | None:
    point = [row["longitude"], row["latitude"]]
    return None if None in point else point


def measure(results: Results, what: str, frame: pl.DataFrame, folder: Path) -> float:
    """Measure the three ways on one frame and return the time of ours."""
    frame = frame.with_columns(pl.col("latitude", "longitude").round(7))
    plain = geoframe(frame.with_columns(pl.col(pl.Date).dt.to_string()))
    ours = folder / "ours.geojson"
    took = seconds(
        {
            OURS: lambda: export(frame, ours),
            TO_JSON: plain.to_json,
            TO_FILE: lambda: to_file(plain, folder / "theirs.geojson"),
        }
    )
    check(ours, frame)
    if frame.height <= SIZES[0]:
        check_alike(ours, plain.to_json())
    results.compare(f"{frame.height:,} {what}", took, at_least=AIMS if frame.height == SIZES[-1] else None)
    return took[OURS]


def memory(results: Results, frame: pl.DataFrame, folder: Path) -> float:
    """Measure how much memory a process of its own takes that writes the rows frame after frame."""
    source = folder / "rows.parquet"
    frame.write_parquet(source, row_group_size=_AT_ONCE)
    peak = spent([sys.executable, "-m", __spec__.name, "--stream", source, folder / "streamed.geojson"], folder=folder)
    results.add(f"{frame.height:,} incidents, highest memory", peak.peak_mb, "MB", way="frame after frame")
    return peak.peak_mb


def stream(source: Path, file: Path) -> None:
    """Write what a Parquet file holds, a few rows at a time."""
    with pq.ParquetFile(source) as held:
        export((pl.DataFrame(batch) for batch in held.iter_batches(_AT_ONCE)), file)


def main(sizes: Sequence[int] = SIZES) -> Results:
    """Measure at each size."""
    results = Results("geojson", "GeoJSON")
    with TemporaryDirectory() as name:
        folder = Path(name)
        frames = [made.incidents(rows) for rows in sizes]
        taken = [measure(results, "incidents made by rule", frame, folder) for frame in frames]
        measure(results, "incidents in UCDP's shape", in_ucdps_shape(sizes[-1], folder), folder)
        peaks = [memory(results, frame, folder) for frame in frames]
    if len(sizes) > 1:
        results.grow("writing GeoJSON", sizes, taken)
        results.grow("memory, frame after frame", sizes, peaks, "MB")
    return results


if __name__ == "__main__":
    if sys.argv[1:2] == ["--stream"]:
        stream(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main([int(each) for each in sys.argv[1:]] or SIZES).write()
