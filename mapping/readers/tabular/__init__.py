"""Tables: CSV and its kin, XLSX, XLS. Text in, text out: nothing becomes a number or a missing value here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from mapping.errors import UnreadableFile
from mapping.files import decode, read_bytes
from mapping.files.decoding import replaced
from mapping.readers.base import Loaded
from mapping.readers.opening import TEXT, WHAT_IS_READ
from mapping.readers.tabular.delimited import Shape, read_cells, read_records
from mapping.readers.tabular.records import SEPARATORS, Cells
from mapping.readers.tabular.table import Layout, as_table, totals_row, under_titles
from mapping.readers.tabular.workbook import read_sheet
from mapping.validate import PROBLEMS, as_problems, finding

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["Table", "load", "load_part", "separator_notes", "totals_row"]

_WIDE = 6
"""Columns from which on a line of text with as many separators is a row rather than a sentence."""


def load(path: Path, kind: str) -> Loaded:
    """Read a table as text.

    Parameters
    ----------
    path
        The file.
    kind
        As `mapping.readers.opening.kind_of` gives it.

    Raises
    ------
    UnreadableFile
        It is damaged, no table, or has no rows.

    Examples
    --------
    >>> from mapping.datasets import shipped
    >>> load(shipped("incidents/incidents.csv"), TEXT).raw.shape
    (250, 25)
    """
    data = read_bytes(path)
    if kind != TEXT:
        cells, note = read_sheet(data, name=path.name)
        return as_table(cells, pl.DataFrame(schema=PROBLEMS), name=path.name, notes=(note,) if note else ())
    decoded = decode(data, name=path.name, instead=WHAT_IS_READ)
    del data  # twice the file is enough
    if not decoded.data[:4096].strip() and not decoded.data.strip():
        raise UnreadableFile(f"{path.name} is empty: it holds nothing but blanks.")
    table, separator = read_cells(decoded.data, name=path.name)
    problems = _problems(table, separator, name=path.name, width=table.cells.width, damaged=decoded.damaged)
    notes = (decoded.note, *separator_notes(separator)) if decoded.note else separator_notes(separator)
    return as_table(table.cells, problems, name=path.name, notes=notes)


@dataclass(frozen=True)
class Table:
    """What the parts of a table must know of all of it.

    Attributes
    ----------
    shape
        How its records are written.
    layout
        What they mean.
    widest
        Fields of the record that has most.
    damaged
        Some of its bytes are no UTF-8.
    """

    shape: Shape
    layout: Layout
    widest: int
    damaged: bool


def load_part(
    data: bytes, table: Table, *, first: int, name: str, only: Collection[str] | None = None
) -> Loaded | None:
    """Read a part of a table as text; None where a quotation mark may be open in it.

    Parameters
    ----------
    data
        Whole records of the file.
    table
        What is known of all of it.
    first
        Position of the first record in the file.
    name
        The file's.
    only
        Titles of the columns wanted; all when not given.

    Examples
    --------
    >>> table = Table(Shape(",", 0, 0, 2), Layout(0, -1, {"0": "date", "1": "place"}, (), ()), 2, False)
    >>> load_part(b"2024-07-16,Hit\\n", table, first=1, name="a.csv").raw.rows()
    [('2024-07-16', 'Hit', 2)]
    """
    wanted = None if only is None else [place for place, title in table.layout.titles.items() if title in only]
    text = replaced(data) if table.damaged else data
    found = read_records(text, table.shape, name=name, first=first, only=wanted)
    if found is None:
        return None
    problems = _problems(
        found, table.shape.separator, name=name, width=table.widest, damaged=table.damaged, first=first
    )
    return Loaded(under_titles(found.cells, table.layout, first=first, with_blank=only is not None), problems)


def _problems(
    table: Cells, separator: str | None, *, name: str, width: int, damaged: bool, first: int = 0
) -> pl.DataFrame:
    """Return what is wrong with records, the first of which stands at `first` in a file that is `width` cells wide."""
    findings = [_ragged(table.cells, table.ragged), *_swallowing(table.cells, separator, width)]
    if damaged:
        findings.append(_damaged(table.cells))
    found = as_problems(findings, file=name, headings={})
    return found.with_columns(pl.col("row") + first)


def separator_notes(separator: str | None) -> tuple[str, ...]:
    """Say how cells are parted, where that is not by commas.

    Examples
    --------
    >>> separator_notes(";"), separator_notes(",")
    (('Cells are parted by semicolons.',), ())
    """
    if separator == ",":
        return ()
    return (
        (f"Cells are parted by {SEPARATORS.get(separator, separator)}.",)
        if separator
        else ("The table has one column.",)
    )


def _rows(cells: pl.DataFrame) -> pl.DataFrame:
    """Return each row as one text, to be quoted."""
    return cells.select(
        (pl.int_range(1, pl.len() + 1, dtype=pl.Int64)).alias("source_row"),
        pl.concat_str(pl.all(), separator=" ¦ ", ignore_nulls=True).alias("row"),
    )


def _ragged(cells: pl.DataFrame, ragged: pl.DataFrame) -> pl.DataFrame:
    rows = _rows(cells[ragged["record"]]).with_columns(ragged["record"].alias("source_row") + 1, ragged["message"])
    return finding(rows, pl.lit(True), "row", pl.col("message"))


def _damaged(cells: pl.DataFrame) -> pl.DataFrame:
    message = "This row holds bytes that are no letters in UTF-8, shown as \ufffd. Write them anew and save the file as UTF-8."
    broken = pl.col("row").str.contains("\ufffd", literal=True)
    return finding(_rows(cells), broken, "row", pl.lit(message))


def _swallowing(cells: pl.DataFrame, separator: str | None, width: int) -> list[pl.DataFrame]:
    """Remark on a cell that may hold other rows: between two quotation marks that were meant for two cells."""
    if separator is None or width < _WIDE:
        return []
    part = re.escape(separator)
    row = rf"\n(?:[^{part}\n]*{part}){{{width - 1}}}"
    # So many separators take as many bytes: few columns have a cell that is worth to be looked into.
    longest = cells.select(pl.all().str.len_bytes().max()).row(0)
    lines = cells.select(name for name, most in zip(cells.columns, longest, strict=True) if (most or 0) >= width)
    numbered = lines.with_row_index("source_row", offset=1).with_columns(pl.col("source_row").cast(pl.Int64))
    message = pl.lit(
        "This cell holds a line break, and then as many separators as a whole row. If rows after it are missing, close "
        "its quotation mark."
    )
    return [finding(numbered, pl.col(name).str.contains(row), name, message, rejected=False) for name in lines.columns]
