"""XLSX and XLS: the first sheet that holds something, as text."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from functools import reduce
from typing import TYPE_CHECKING

import fastexcel
import polars as pl

from mapping.errors import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["read_sheet"]

_MOST_UNPACKED = 4 << 30
_MOST_TIMES = 500
_SMALL = 100 << 20
_MOST_CELLS = 60_000_000
"""About 4 GB; the GTD, 210,000 rows of 135 columns, has half as many."""

_CHUNK = 8 << 20
_LONGEST_REFERENCE = 16
_COLUMN = re.compile(rb"r=[\"']([A-Z]{1,3})[0-9]")
_ROW = re.compile(rb"<row r=[\"']([0-9]{1,7})[\"']")
_SAVE_AS = "Open it in a spreadsheet and save it anew as XLSX or CSV."


def read_sheet(data: bytes, *, name: str) -> tuple[pl.DataFrame, str]:
    """Read the first visible sheet of a workbook that has cells.

    Returns
    -------
    cells
        Text, null where nothing stands, one row for each row of the sheet from its first; columns by
        their position. Dates are ``2024-07-16 00:00:00``, whole numbers have no fraction.
    note
        Which sheet it is, where the workbook has several.

    Raises
    ------
    UnreadableFile
        It is no workbook, damaged, protected by a password, or unpacks to more than a laptop holds.

    Examples
    --------
    >>> read_sheet(b"PK no workbook", name="a.xlsx")
    Traceback (most recent call last):
    mapping.errors.UnreadableFile: a.xlsx is no workbook, or damaged. Open it in a spreadsheet and save it anew ...
    """
    _check(data, name)
    try:
        book = fastexcel.read_excel(data)
        sheets = list(_filled(book))
    except (fastexcel.FastExcelError, ValueError, pl.exceptions.PolarsError) as error:
        raise UnreadableFile(f"{name} is no workbook, or damaged. {_SAVE_AS}") from error
    if not sheets:
        raise UnreadableFile(f"{name} has no sheet with cells in it.")
    title, cells = sheets[0]
    cells = cells.rename({column: str(position) for position, column in enumerate(cells.columns)})
    others = [other for other in book.sheet_names if other != title]
    note = f'Sheet "{title}" was read; not read: {", ".join(others)}.' if others else ""
    return cells.with_columns(pl.when(pl.all() != "").then(pl.all())), note


def _filled(book: fastexcel.ExcelReader) -> Iterator[tuple[str, pl.DataFrame]]:
    for title in book.sheet_names:
        sheet = book.load_sheet(title, header_row=None, skip_rows=0, dtypes="string")
        if sheet.visible == "visible" and sheet.total_height:
            yield title, sheet.to_polars()
            return


def _check(data: bytes, name: str) -> None:
    """Refuse what would exhaust the memory: the library takes it for the whole rectangle that the cells span."""
    if not data.startswith(b"PK"):
        # An XLSX with a password is wrapped in an old Office file that has this stream in its directory.
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableFile(f"{name} is protected by a password. Save it without one.")
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if not any(part.filename == "xl/workbook.xml" for part in parts):
                raise UnreadableFile(f"{name} is a zip archive, but no XLSX. Unpack it, and give the file in it.")
            unpacked = sum(part.file_size for part in parts)
            if unpacked > _MOST_UNPACKED or (unpacked > _SMALL and unpacked > _MOST_TIMES * len(data)):
                raise UnreadableFile(
                    f"{name} unpacks to {unpacked / 2**30:.1f} GB, too much for a table. Save it as CSV."
                )
            spans = [_span(archive, part) for part in parts if part.filename.startswith("xl/worksheets/sheet")]
    except (zipfile.BadZipFile, zlib.error, ValueError, EOFError, NotImplementedError, RuntimeError) as error:
        raise UnreadableFile(f"{name} is no workbook, or damaged. {_SAVE_AS}") from error
    rows, columns = max(spans, key=lambda span: span[0] * span[1], default=(0, 0))
    if rows * columns > _MOST_CELLS:
        raise UnreadableFile(
            f"{name} has a sheet of {rows:,} rows and {columns:,} columns, too much to be read. "
            "Delete the cells far from the table, or save it as CSV."
        )


def _span(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> tuple[int, int]:
    """Return the last row and the last column of a sheet, by the references of its cells."""
    columns: set[bytes] = set()
    rows: set[bytes] = set()
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            columns.update(_COLUMN.findall(rest + chunk))
            rows.update(_ROW.findall(rest + chunk))
            rest = chunk[-_LONGEST_REFERENCE:]
    return max(map(int, rows), default=0), max(map(_column_number, columns), default=0)


def _column_number(letters: bytes) -> int:
    """Return 1 for A, 27 for AA.

    Examples
    --------
    >>> _column_number(b"Z"), _column_number(b"XFD")
    (26, 16384)
    """
    return reduce(lambda number, letter: number * 26 + letter - 64, letters, 0)
