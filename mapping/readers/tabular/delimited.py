"""CSV and its kin: which separator, and every row, the ragged ones too."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice
from statistics import median_high
from typing import TYPE_CHECKING, NamedTuple

import polars as pl
import pyarrow as pa
import pyarrow.csv

from mapping.errors import UnreadableFile
from mapping.formulas import unguard_formulas

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["SEPARATORS", "Cells", "check_width", "heading_of", "read_cells", "separator_of"]

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}

_TOLD = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_RECORDS_LOOKED_AT = 50
_MOST_COLUMNS = 2_000
_HEAD = 262_144
_BLOCK = 16 << 20
# The csv module refuses longer fields, and keeps the limit for the whole process.
csv.field_size_limit(2**31 - 1)


class Cells(NamedTuple):
    """Every record of a file.

    Attributes
    ----------
    cells
        Text, null where nothing stands; one row for each record, the first and the blank ones too;
        columns by their position.
    ragged
        ``record`` (its position) and ``message`` for each record that has not as many fields as the heading.
    """

    cells: pl.DataFrame
    ragged: pl.DataFrame


def separator_of(head: str) -> str | None:
    """Return the separator of a table by its first records; None when it has one column.

    It is the one under which a heading of two or more cells comes first, and then the most records have
    as many. Excel's line ``sep=;`` says it at once.

    Examples
    --------
    >>> separator_of("date;place;deaths\\n16,5;Hit, Anbar;3\\n")
    ';'
    """
    if told := _TOLD.match(head):
        return told[1]
    fits = {separator: _fit(head, separator) for separator in SEPARATORS}
    best = max(fits, key=lambda separator: fits[separator])
    return best if fits[best].width > 1 else None


class _Fit(NamedTuple):
    is_usual: bool
    is_several: bool
    earliness: int
    share: float
    width: int


def _fit(head: str, separator: str) -> _Fit:
    records = list(islice(csv.reader(io.StringIO(head, newline=""), delimiter=separator), _RECORDS_LOOKED_AT))
    heading = heading_of(records)
    widths = Counter(len(record) for record in records[heading:] if any(record))
    width = len(records[heading]) if records else 0
    share = widths[width] / max(widths.total(), 1)
    return _Fit(width > 1 and share >= 0.5, width > 1, -heading, share, width)


def heading_of(records: Sequence[Sequence[str | None]]) -> int:
    """Return which record is the heading: the first with more than half as many filled cells as most have.

    Titles and notes above a table fill fewer.

    Examples
    --------
    >>> heading_of([["Incidents of 2024", ""], [], ["date", "place"], ["2024-07-16", "Hit"]])
    2
    """
    filled = [sum(1 for cell in record if cell and cell.strip()) for record in records]
    usual = median_high(count for count in filled if count) if any(filled) else 0
    return next((number for number, count in enumerate(filled) if count > usual / 2), 0)


def check_width(columns: int, *, name: str) -> None:
    """Make sure that a table has not more columns than can be worked with.

    Raises
    ------
    UnreadableFile
        It has.

    Examples
    --------
    >>> check_width(9_999, name="a.csv")
    Traceback (most recent call last):
    mapping.errors.UnreadableFile: a.csv has 9,999 columns. A table of incidents has at most 2,000.
    """
    if columns > _MOST_COLUMNS:
        raise UnreadableFile(f"{name} has {columns:,} columns. A table of incidents has at most {_MOST_COLUMNS:,}.")


def read_cells(data: bytes, *, name: str) -> tuple[Cells, str | None]:
    """Read the records of a table in UTF-8, and its separator.

    A clean file is read at once. One in which a record has other fields than the heading is read
    record by record; see `_records`.

    Raises
    ------
    UnreadableFile
        A record has more fields than can be worked with.

    Examples
    --------
    >>> table, separator = read_cells(b"date,place\\n2024-07-16,\\n2024-07-17,Hit,Anbar\\n", name="a.csv")
    >>> table.cells.rows()
    [('date', 'place', None), ('2024-07-16', None, None), ('2024-07-17', 'Hit', 'Anbar')]
    >>> table.ragged["record"].to_list()
    [2]
    """
    head = _head(data)
    separator = separator_of(head)
    if told := _TOLD.match(head):
        data = data[len(told[0].encode()) :]
        head = head[len(told[0]) :]
    first = next(csv.reader(io.StringIO(head, newline=""), delimiter=separator or ","), [])
    check_width(len(first), name=name)
    table = _read_at_once(data, separator or ",", len(first))
    if table is None:
        table = _read_by_record(data.decode(), separator, name)
    return Cells(_unguarded(table.cells), table.ragged), separator


def _unguarded(cells: pl.DataFrame) -> pl.DataFrame:
    guarded = [column.name for column in cells if column.str.starts_with("'").any()]
    return cells.with_columns(unguard_formulas(pl.col(guarded)))


def _head(data: bytes) -> str:
    """Return the first lines, none of them cut."""
    head = data[:_HEAD]
    if len(data) > _HEAD:
        head = head[: max(head.rfind(b"\n"), head.rfind(b"\r")) + 1] or head
    return head.decode(errors="replace")


def _read_at_once(data: bytes, separator: str, width: int) -> Cells | None:
    """Read a clean file; None when a record is ragged or blank, or a quotation mark stays open."""
    if data.count(b'"') % 2 or not width:
        return None
    names = [str(position) for position in range(width)]
    try:
        table = pa.csv.read_csv(
            pa.py_buffer(data.rstrip(b"\r\n")),
            read_options=pa.csv.ReadOptions(column_names=names, block_size=_BLOCK),
            parse_options=pa.csv.ParseOptions(delimiter=separator, newlines_in_values=True, ignore_empty_lines=False),
            convert_options=pa.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.large_string()), null_values=[""], strings_can_be_null=True
            ),
        )
    except pa.ArrowInvalid:
        return None
    cells = pl.from_arrow(table)
    assert isinstance(cells, pl.DataFrame)
    return Cells(cells, _ragged([]))


def _ragged(found: list[tuple[int, str]]) -> pl.DataFrame:
    return pl.DataFrame(found, schema={"record": pl.Int64, "message": pl.String}, orient="row")


def _read_by_record(text: str, separator: str | None, name: str) -> Cells:
    records = list(_records(text, separator or ","))
    fields = [record.fields for record in records]
    heading = heading_of(fields[:_RECORDS_LOOKED_AT])
    width = len(fields[heading]) if fields else 0
    ragged = []
    for number, record in enumerate(records):
        while len(record.fields) > width and not record.fields[-1]:
            record.fields.pop()  # separators after the last field, as Excel leaves them
        if record.is_open:
            ragged.append((number, "A quotation mark is opened in this row and not closed. Close it, or take it out."))
        elif number > heading and any(record.fields) and len(record.fields) != width:
            ragged.append((number, _raggedness(len(record.fields), width, separator)))
    widest = max(map(len, fields), default=0)
    check_width(widest, name=name)
    columns = zip(*(record + [""] * (widest - len(record)) for record in fields), strict=True)
    cells = pl.DataFrame({str(position): column for position, column in enumerate(columns)}, schema_overrides=None)
    return Cells(cells.select(pl.when(pl.all() != "").then(pl.all())), _ragged(ragged))


def _raggedness(fields: int, width: int, separator: str | None) -> str:
    counted = f"This row has {fields:,} {'field' if fields == 1 else 'fields'}, the heading has {width:,}."
    if fields < width:
        return f"{counted} Add what is missing, empty fields too."
    return f"{counted} Put a text that holds {SEPARATORS.get(separator or '', 'the separator')} in quotation marks."


class _Record(NamedTuple):
    fields: list[str]
    is_open: bool


class _Lines:
    """The lines of a text, which can be gone back to."""

    def __init__(self, text: str) -> None:
        self.lines = list(io.StringIO(text, newline=""))
        self.at = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.at == len(self.lines):
            raise StopIteration
        self.at += 1
        return self.lines[self.at - 1]


def _records(text: str, separator: str) -> Iterator[_Record]:
    """Yield the records of a text.

    A quotation mark that is never closed takes the rest of the file into its field, and one closed in a
    later row takes the rows between. So where a record of many lines has not as many fields as the first,
    and its second line alone has, or it ends with the file still open, it is only its first line, and the
    reading goes on with its second.
    """
    lines, width = _Lines(text), 0
    start = 0
    for fields in csv.reader(lines, delimiter=separator):
        width = width or (len(fields) if len(fields) > 1 else 0)
        span = lines.lines[start : lines.at]
        ends_open = lines.at == len(lines.lines) and "".join(span).count('"') % 2 == 1
        is_open = len(span) > 1 and (ends_open or (len(fields) != width and len(_fields(span[1], separator)) == width))
        if is_open:
            lines.at = start + 1
        start = lines.at
        yield _Record(_fields(span[0], separator) if is_open else fields, is_open)


def _fields(line: str, separator: str) -> list[str]:
    return next(csv.reader([line.rstrip("\r\n")], delimiter=separator), [])
