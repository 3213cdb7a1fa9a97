"""Reads what researchers bring: a format is known by its columns, never by the name of the file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import polars as pl

from mapping.errors import UnknownFormat
from mapping.licences import NO_REDISTRIBUTION
from mapping.readers import acled, geofile, gtd, tabular, ucdp
from mapping.readers.base import SOURCE_ROW, Loaded, Reading
from mapping.readers.opening import kind_of
from mapping.readers.tabular import totals_row
from mapping.readers.tabular.names import Names, name_columns, own_names
from mapping.readers.tabular.points import Utm, point_shares, utm_columns
from mapping.validate import PROBLEMS, as_problems, finding
from mapping.values import COORDINATES, check_date_order

__all__ = ["Reading", "read", "read_table"]

_FORMATS: dict[str, ModuleType] = {"UCDP GED": ucdp, "ACLED": acled, "GTD": gtd}
_ENOUGH = {"date_start", "country_iso2", "adm1_claimed", "adm2_claimed", "place", "latitude", "longitude", COORDINATES}
"""One of these must be known of a table: an incident has a time or a place."""


def read(
    path: Path, *, columns: Mapping[str, Any] | Path | str | None = None, date_order: str | None = None
) -> Reading:
    """Read a file of incidents: the rows as they stand, and the same under incident names, still text.

    Parameters
    ----------
    path
        A table (CSV, TSV, XLSX, XLS, Parquet), a GeoJSON, a GeoPackage or a GeoParquet; UCDP GED, ACLED and GTD are known by their columns.
    columns
        The user's own table of columns, a dict or the path of a JSON file:
        ``{"columns": {"their name": "our name"}, "date_order": "dmy"}``. With it the file is read as a plain
        table, whatever its columns are.
    date_order
        ``dmy``, ``mdy`` or ``ymd``; goes before that of the table.

    Raises
    ------
    UnreadableFile
        The file cannot be opened, is empty, damaged, or of a kind that is not read.
    UnknownFormat
        It opens, but none of its columns says when or where.
    InvalidValue
        `columns` or `date_order` is wrong.

    Examples
    --------
    >>> from mapping.datasets import shipped
    >>> reading = read(shipped("incidents/incidents.csv"))
    >>> reading.reader, reading.incidents["actor1"][0]
    ('table', 'Islamic State')
    """
    check_date_order(date_order)
    names = own_names(columns)
    path = Path(path)
    kind = kind_of(path)
    loaded = _load(path, kind)
    order = date_order or names.date_order
    for title, known in _FORMATS.items():
        if columns is None and known.recognises(loaded.raw.columns):
            return _as_format(path, loaded, known, title, order)
    return _as_table(path, loaded, names, order, reader="geofile" if kind in geofile.KINDS else "table")


def read_table(path: Path) -> pl.DataFrame:
    """Read a file as text under its own headings, for what is no table of incidents.

    Raises
    ------
    UnreadableFile
        As `read`.

    Examples
    --------
    >>> from mapping.datasets import shipped
    >>> read_table(shipped("incidents/sites.csv")).columns[:2]
    ['site_id', 'name']
    """
    raw = _load(path, kind_of(path)).raw.drop(SOURCE_ROW)
    return raw.rename({f"{SOURCE_ROW} (2)": SOURCE_ROW}, strict=False)


def _load(path: Path, kind: str) -> Loaded:
    return geofile.load(path, kind) if kind in geofile.KINDS else tabular.load(path, kind)


def _as_format(path: Path, loaded: Loaded, known: ModuleType, title: str, date_order: str | None) -> Reading:
    malformed = pl.concat([loaded.malformed, _superseded(path, loaded.raw, known)])
    good = _without(loaded.raw, malformed)
    assumed = known.notes(good) if hasattr(known, "notes") else ()
    return Reading(
        path=path,
        reader=known.__name__.rpartition(".")[2],
        raw=loaded.raw,
        incidents=known.incidents(good),
        malformed=malformed,
        licence=known.LICENCE,
        citation=known.CITATION,
        redistributable=NO_REDISTRIBUTION not in known.LICENCE,
        published=True,
        notes=(f"The columns are those of {title}.", *loaded.notes, *assumed),
        date_order=date_order,
        headings=known.headings(loaded.raw.columns),
        codes=known.CODES,
    )


def _superseded(path: Path, raw: pl.DataFrame, known: ModuleType) -> pl.DataFrame:
    """Return the problems of rows that a newer row of the file replaces, where the format tells."""
    if not hasattr(known, "superseded"):
        return pl.DataFrame(schema=PROBLEMS)
    rows = known.superseded(raw).with_columns(pl.lit(None, pl.String).alias("row"))
    message = pl.format("Row {} is a newer version of this incident, and was taken. Take this row out.", "newer_row")
    return as_problems([finding(rows, pl.lit(True), "row", message)], file=path.name, headings={})


def _as_table(path: Path, loaded: Loaded, names: Names, date_order: str | None, *, reader: str) -> Reading:
    good, notes = loaded.raw, loaded.notes
    if total := totals_row(good):
        good = good.filter(pl.col("source_row") != total)
        notes += (f"Row {total} is a line of totals, and was passed over.",)
    headings = good.drop("source_row").columns
    columns, told, grid = _named(good, headings, loaded.tags, names, path.name)
    if not _ENOUGH & set(columns):
        raise UnknownFormat(
            f"{path.name}: no column says when or where something happened. Its columns: {', '.join(headings)[:500]}. "
            'Name them in a table of columns: {"columns": {"their name": "date_start"}}.'
        )
    good = _without(good, loaded.malformed)
    return Reading(
        path=path,
        reader=reader,
        raw=loaded.raw,
        incidents=good.select(
            "source_row",
            *(
                (grid.text() if grid and ours == COORDINATES else pl.col(theirs)).alias(ours)
                for ours, theirs in columns.items()
            ),
        ),
        malformed=loaded.malformed,
        notes=notes + told,
        date_order=date_order,
        headings=columns,
    )


def _named(
    rows: pl.DataFrame, headings: list[str], tags: tuple[str, ...], names: Names, file: str
) -> tuple[dict[str, str], tuple[str, ...], Utm | None]:
    """Return the heading of each incident name, what was taken for what, and the columns that together are the point."""
    shares, grid = point_shares(rows.select(headings)), utm_columns(headings)
    if grid:
        shares[grid.easting] = 1.0
    columns, told = name_columns(
        headings, tags, names, file=file, point_shares=shares, spoken_for=grid[1:] if grid else ()
    )
    return columns, told, grid if grid and columns.get(COORDINATES) == grid.easting else None


def _without(raw: pl.DataFrame, malformed: pl.DataFrame) -> pl.DataFrame:
    return raw.join(
        malformed.filter("rejected"), left_on="source_row", right_on="row", how="anti", maintain_order="left"
    )
