"""Picks the format by the file's ending and writes the file whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow as pa
import pyogrio
import xlsxwriter

from mapping.errors import InvalidValue, UnwritableFile
from mapping.exports.geofiles import write_geopackage, write_geoparquet
from mapping.exports.geojson import UNKNOWN_HASH, write_geojson
from mapping.exports.rows import Rows, rows_of
from mapping.exports.tables import MOST_ROWS, sha256, write_csv, write_xlsx
from mapping.files import written_whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapping.exports.metadata import Metadata

__all__ = ["FORMATS", "Format", "check_ending", "to_bytes", "write"]


@dataclass(frozen=True)
class Format:
    """One kind of export.

    Attributes
    ----------
    name, media_type
        For people, and for machines.
    write
        Writes rows to a path, with what the file says of itself.
    most
        How many rows it holds at most.
    hashes
        Its writer finds the hash of the rows on the way, and puts it in.
    """

    name: str
    media_type: str
    write: Callable[[Rows, Path, dict[str, Any]], None]
    most: int | None = None
    hashes: bool = False

    def holds(self, rows: int) -> bool:
        """Test whether so many rows fit."""
        return self.most is None or rows <= self.most


FORMATS = {
    "geojson": Format(
        "GeoJSON", "application/geo+json", lambda rows, *to: write_geojson(rows.frames(), *to), hashes=True
    ),
    "csv": Format("CSV", "text/csv", lambda rows, path, _: write_csv(rows.frames(), path)),
    "xlsx": Format(
        "Excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda rows, *to: write_xlsx(rows.whole(), *to),
        MOST_ROWS,
    ),
    "gpkg": Format(
        "GeoPackage", "application/geopackage+sqlite3", lambda rows, *to: write_geopackage(rows.frames(), *to)
    ),
    "parquet": Format(
        "GeoParquet", "application/vnd.apache.parquet", lambda rows, *to: write_geoparquet(rows.frames(), *to)
    ),
}
"""By the ending of the file."""

_FAILURES = (
    OSError, pa.ArrowException, pl.exceptions.PolarsError, pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError, pyogrio.errors.FeatureError, xlsxwriter.exceptions.XlsxWriterException,
)  # fmt: skip


def check_ending(path: Path, formats: Mapping[str, Format] = FORMATS) -> Format:
    """Return the format of a file's ending, of those there are.

    Raises
    ------
    InvalidValue
        There is none of that ending.

    Examples
    --------
    >>> check_ending(Path("a.txt"))
    Traceback (most recent call last):
    mapping.errors.InvalidValue: a.txt: no export ends in ".txt". Allowed: .geojson, .csv, .xlsx, .gpkg, .parquet.
    """
    kind = path.suffix.lower().removeprefix(".")
    if kind not in formats:
        allowed = ", ".join(f".{ending}" for ending in formats)
        raise InvalidValue(f'{path}: no export ends in "{path.suffix}". Allowed: {allowed}.')
    return formats[kind]


def write(
    rows: Rows | pl.DataFrame, path: Path, *, metadata: Metadata, formats: Mapping[str, Format] = FORMATS
) -> dict[str, Any]:
    """Write incidents to `path`, in the format of its ending; return what the file says of itself.

    Parameters
    ----------
    rows
        One frame; or frames one after another, as `rows_of` holds them. The columns are the incident's, in their order.

    Raises
    ------
    InvalidValue
        The ending is none of `formats`, or the format cannot hold the rows, or so many.
    UnwritableFile
        The file cannot be written; an earlier one of its name is left as it was.

    Examples
    --------
    >>> from mapping.exports import Metadata
    >>> with TemporaryDirectory() as folder:
    ...     target = Path(folder, "a.csv")
    ...     about = write(pl.DataFrame({"place": ["Hit"]}), target, metadata=Metadata(title="One"))
    ...     len(target.read_text().splitlines())
    2
    """
    chosen = check_ending(path, formats)
    if isinstance(rows, pl.DataFrame):
        with rows_of(rows) as held:
            return write(held, path, metadata=metadata, formats=formats)
    if not chosen.holds(rows.number):
        raise InvalidValue(
            f"{rows.number:,} rows are too many for the format {chosen.name} (at most {chosen.most:,}). "
            "Filter for fewer, or export CSV or GeoParquet."
        )
    about = metadata.describe_counts(rows.counts, UNKNOWN_HASH if chosen.hashes else sha256(rows.frames()))
    try:
        with written_whole(path) as temporary:
            chosen.write(rows, temporary, about)
    except _FAILURES as error:
        reason = getattr(error, "strerror", None) or error
        raise UnwritableFile(f"{path} cannot be written: {reason}. A file of that name is left as it was.") from error
    return about


def to_bytes(
    rows: Rows | pl.DataFrame, kind: str, *, metadata: Metadata, formats: Mapping[str, Format] = FORMATS
) -> tuple[bytes, dict[str, Any]]:
    """Return what `write` writes to a file of the ending `kind`, and what it returns.

    Examples
    --------
    >>> from mapping.exports import Metadata
    >>> to_bytes(pl.DataFrame({"place": ["Hit"]}), "csv", metadata=Metadata(title="One"))[0][:14].decode("utf-8-sig")
    'incident_id'
    """
    with TemporaryDirectory(prefix="incident-atlas-") as folder:
        path = Path(folder, f"incidents.{kind}")
        about = write(rows, path, metadata=metadata, formats=formats)
        return path.read_bytes(), about
