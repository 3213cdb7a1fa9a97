"""A table record by record, by Python's csv module: slow, and able to mend an open quotation mark."""

from __future__ import annotations

import csv
import io
from statistics import median_high
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from mapping.errors import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = [
    "LOOKED_AT", "SEPARATORS", "Cells", "as_cells", "check_width", "cut_and_judged", "fields_of", "heading_of",
    "ragged_frame", "read_by_record",
]  # fmt: skip

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
LOOKED_AT = 50
"""Records by which a heading and a separator are told."""

_MOST_COLUMNS = 2_000
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


def read_by_record(text: str, separator: str | None, name: str) -> Cells:
    """Read every record of a text; see `_records`.

    Raises
    ------
    UnreadableFile
        A record has more fields than can be worked with.

    Examples
    --------
    >>> table = read_by_record("date,place\\n2024-07-17,Hit,Anbar\\n", ",", "a.csv")
    >>> table.cells.rows(), table.ragged["record"].to_list()
    ([('date', 'place', None), ('2024-07-17', 'Hit', 'Anbar')], [1])
    """
    records = list(_records(text, separator or ","))
    fields = [record.fields for record in records]
    heading = heading_of(fields[:LOOKED_AT])
    width = len(fields[heading]) if fields else 0
    ragged = []
    for number, record in enumerate(records):
        message = cut_and_judged(record.fields, width, number > heading, separator)
        if record.is_open:
            message = "A quotation mark is opened in this row and not closed. Close it, or take it out."
        if message:
            ragged.append((number, message))
    widest = max(map(len, fields), default=0)
    check_width(widest, name=name)
    return Cells(as_cells(fields, widest), ragged_frame(ragged))


def as_cells(records: list[list[str]], width: int) -> pl.DataFrame:
    """Return records as a frame of text, columns by their position, null where nothing stands.

    Examples
    --------
    >>> as_cells([["Hit"], ["Rutba", ""]], 2).rows()
    [('Hit', None), ('Rutba', None)]
    """
    columns = zip(*(record + [""] * (width - len(record)) for record in records), strict=True)
    cells = pl.DataFrame({str(position): column for position, column in enumerate(columns)})
    return cells.select(pl.when(pl.all() != "").then(pl.all()))


def cut_and_judged(fields: list[str], width: int, is_below_heading: bool, separator: str | None) -> str | None:
    """Cut what is empty after the last field, as Excel leaves separators there; return what is wrong with the rest.

    Examples
    --------
    >>> cut_and_judged(["Hit", "1", "", ""], 2, True, ",") is None
    True
    """
    while len(fields) > width and not fields[-1]:
        fields.pop()
    is_ragged = is_below_heading and any(fields) and len(fields) != width
    return _raggedness(len(fields), width, separator) if is_ragged else None


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
        is_open = len(span) > 1 and (
            ends_open or (len(fields) != width and len(fields_of(span[1], separator)) == width)
        )
        if is_open:
            lines.at = start + 1
        start = lines.at
        yield _Record(fields_of(span[0], separator) if is_open else fields, is_open)


def fields_of(line: str, separator: str) -> list[str]:
    """Return the fields of one line.

    Examples
    --------
    >>> fields_of('Hit,"a, b"', ",")
    ['Hit', 'a, b']
    """
    return next(csv.reader([line.rstrip("\r\n")], delimiter=separator), [])


def ragged_frame(found: list[tuple[int, str]]) -> pl.DataFrame:
    """Return `Cells.ragged` of positions and messages.

    Examples
    --------
    >>> ragged_frame([(2, "Too short.")]).columns
    ['record', 'message']
    """
    return pl.DataFrame(found, schema={"record": pl.Int64, "message": pl.String}, orient="row")
