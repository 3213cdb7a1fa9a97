"""Reads what researchers bring: a format is known by its columns, never by the name of the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from mapping.readers import geofile, tabular
from mapping.readers.base import SOURCE_ROW, Loaded, Reading
from mapping.readers.opening import kind_of
from mapping.readers.tabular import totals_row
from mapping.readers.tabular.names import own_names
from mapping.readers.tabular.points import point_shares
from mapping.readers.understanding import (
    format_of,
    reading_of,
    remark_counts,
    superseded_rows,
    understand_format,
    understand_table,
    version_keys,
    with_remarks,
)  # fmt: skip
from mapping.values import check_date_order

__all__ = ["Reading", "read", "read_table"]


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
    headings = loaded.raw.drop(SOURCE_ROW).columns
    known = format_of(headings) if columns is None else None
    if known:
        superseded = superseded_rows(known, version_keys(known, loaded.raw))
        understood = understand_format(known, headings, superseded=superseded, notes=loaded.notes, date_order=order)
        reading = reading_of(path, loaded, understood)
        return replace(reading, notes=with_remarks(understood, remark_counts(reading, understood)).notes)
    totals = totals_row(loaded.raw)
    rows = loaded.raw.filter(pl.col(SOURCE_ROW) != totals) if totals else loaded.raw
    understood = understand_table(
        headings,
        file=path.name,
        names=names,
        point_shares=point_shares(rows.drop(SOURCE_ROW)),
        reader="geofile" if kind in geofile.KINDS else "table",
        tags=loaded.tags,
        totals=totals,
        notes=loaded.notes,
        date_order=order,
    )
    return reading_of(path, loaded, understood)


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
