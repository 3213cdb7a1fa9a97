"""Tables: CSV and its kin, XLSX, XLS. Text in, text out: nothing becomes a number or a missing value here."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl

from mapping.errors import UnreadableFile
from mapping.files import decode, read_bytes
from mapping.readers.base import Loaded
from mapping.readers.opening import TEXT, WHAT_IS_READ
from mapping.readers.tabular.delimited import read_cells
from mapping.readers.tabular.records import SEPARATORS
from mapping.readers.tabular.table import as_table, totals_row
from mapping.readers.tabular.workbook import read_sheet
from mapping.validate import PROBLEMS, as_problems, finding

__all__ = ["load", "totals_row"]

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
    notes = tuple(note for note in (decoded.note, _separator_note(separator)) if note)
    findings = [_ragged(table.cells, table.ragged), *_swallowing(table.cells, separator)]
    if decoded.damaged:
        findings.append(_damaged(table.cells))
    return as_table(table.cells, as_problems(findings, file=path.name, headings={}), name=path.name, notes=notes)


def _separator_note(separator: str | None) -> str:
    if separator == ",":
        return ""
    return f"Cells are parted by {SEPARATORS.get(separator, separator)}." if separator else "The table has one column."


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


def _swallowing(cells: pl.DataFrame, separator: str | None) -> list[pl.DataFrame]:
    """Remark on a cell that may hold other rows: between two quotation marks that were meant for two cells."""
    if separator is None or cells.width < _WIDE:
        return []
    part = re.escape(separator)
    row = rf"\n(?:[^{part}\n]*{part}){{{cells.width - 1}}}"
    lines = cells.select(column for column in cells if column.str.contains("\n", literal=True).any())
    numbered = lines.with_row_index("source_row", offset=1).with_columns(pl.col("source_row").cast(pl.Int64))
    message = pl.lit(
        "This cell holds a line break, and then as many separators as a whole row. If rows after it are missing, close "
        "its quotation mark."
    )
    return [finding(numbered, pl.col(name).str.contains(row), name, message, rejected=False) for name in lines.columns]
