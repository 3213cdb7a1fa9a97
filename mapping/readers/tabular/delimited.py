"""CSV and its kin: which separator, and every row, the ragged ones too."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl
import pyarrow as pa
import pyarrow.csv

from mapping.formulas import unguard_formulas
from mapping.readers.tabular.records import (
    LOOKED_AT,
    SEPARATORS,
    Cells,
    as_cells,
    check_width,
    cut_and_judged,
    fields_of,
    heading_of,
    ragged_frame,
    read_by_record,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

__all__ = ["Shape", "first_records", "read_cells", "read_records", "separator_of", "shape_of"]

_TOLD = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_HEAD = 262_144
_BLOCK = 16 << 20


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
    records = list(islice(csv.reader(io.StringIO(head, newline=""), delimiter=separator), LOOKED_AT))
    heading = heading_of(records)
    widths = Counter(len(record) for record in records[heading:] if any(record))
    width = len(records[heading]) if records else 0
    share = widths[width] / max(widths.total(), 1)
    return _Fit(width > 1 and share >= 0.5, width > 1, -heading, share, width)


class Shape(NamedTuple):
    """How the records of a text are written.

    Attributes
    ----------
    separator
        Of cells; None where the table has one column.
    start
        Bytes to pass over: Excel's line that says the separator.
    heading
        Position of the heading among the records.
    width
        Its cells.
    """

    separator: str | None
    start: int
    heading: int
    width: int


def shape_of(data: bytes, *, name: str) -> Shape:
    """Return how the records of a table in UTF-8 are written, by its first ones.

    Examples
    --------
    >>> shape_of(b"sep=;\\ndate;place\\n2024-07-16;Hit\\n", name="a.csv")
    Shape(separator=';', start=6, heading=0, width=2)
    """
    head = _head(data)
    separator = separator_of(head)
    told = _TOLD.match(head)
    start = len(told[0]) if told else 0
    top = list(islice(csv.reader(io.StringIO(head[start:], newline=""), delimiter=separator or ","), LOOKED_AT))
    heading = heading_of(top)
    width = len(top[heading]) if top else 0
    check_width(width, name=name)
    return Shape(separator, len(head[:start].encode()), heading, width)


def first_records(text: str, shape: Shape) -> pl.DataFrame:
    """Return the first records of a text, as `read_cells` does.

    Examples
    --------
    >>> first_records("date,place\\n2024-07-16,\\n", Shape(",", 0, 0, 2)).rows()
    [('date', 'place'), ('2024-07-16', None)]
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=shape.separator or ",")
    records = list(islice(reader, LOOKED_AT))
    return _unguarded(as_cells(records, max(map(len, records), default=0)))


def read_cells(data: bytes, *, name: str) -> tuple[Cells, str | None]:
    """Read the records of a table in UTF-8, and its separator.

    A file is read at once, records that have not as many fields as the heading apart. One in which a quotation
    mark may be open is read record by record; see `mapping.readers.tabular.records`.

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
    shape = shape_of(data, name=name)
    data = data[shape.start :]
    table = None if data.count(b'"') % 2 else read_records(data.rstrip(b"\r\n"), shape, name=name)
    if table is None:
        text = read_by_record(data.decode(), shape.separator, name)
        table = Cells(_unguarded(text.cells), text.ragged)
    return table, shape.separator


def read_records(
    data: bytes, shape: Shape, *, name: str, first: int = 0, only: Collection[str] | None = None
) -> Cells | None:
    """Read whole records by Arrow; None where a quotation mark may be open in one.

    Parameters
    ----------
    data
        Records in UTF-8, all quotation marks of which are closed.
    shape
        Of the file.
    first
        Position in the file of the first record.
    only
        Columns wanted, by their position; all when not given.

    Examples
    --------
    >>> shape = Shape(",", 0, 0, 2)
    >>> read_records(b"2024-07-16,Hit\\n", shape, name="a.csv", first=7, only=["1"]).cells.rows()
    [('Hit',)]
    """
    if not shape.width:
        return None
    if not data:
        empty = {str(position): pl.String for position in range(shape.width)}
        return Cells(pl.DataFrame(schema=empty), ragged_frame([]))
    try:
        table = Cells(_arrow_cells(data, shape, only), ragged_frame([]))
    except pa.ArrowInvalid:
        around = _read_around(data, shape, name, first, only)
        if around is None:
            return None
        table = around
    return Cells(_unguarded(table.cells), table.ragged)


def _unguarded(cells: pl.DataFrame) -> pl.DataFrame:
    begins = cells.select(pl.all().str.starts_with("'").any()).row(0) if cells.height else ()
    guarded = [name for name, is_guarded in zip(cells.columns, begins, strict=False) if is_guarded]
    return cells.with_columns(unguard_formulas(pl.col(guarded)))


def _head(data: bytes) -> str:
    """Return the first lines, none of them cut."""
    head = data[:_HEAD]
    if len(data) > _HEAD:
        head = head[: max(head.rfind(b"\n"), head.rfind(b"\r")) + 1] or head
    return head.decode(errors="replace")


def _read_around(data: bytes, shape: Shape, name: str, first: int, only: Collection[str] | None) -> Cells | None:
    """Read records by Arrow but for those of another width, and put those between the others."""
    others: dict[int, list[str]] = {}

    def set_aside(record: Any) -> str:
        if '"' in record.text and re.search(r"[\r\n]", record.text):
            return "error"
        others[record.number - 1] = fields_of(record.text, shape.separator or ",")
        return "skip"

    try:
        cells = _arrow_cells(data, shape, only, set_aside)
    except pa.ArrowInvalid:
        return None
    ragged = []
    for number, fields in others.items():
        if message := cut_and_judged(fields, shape.width, first + number > shape.heading, shape.separator):
            ragged.append((number, message))
    widest = max([shape.width, *map(len, others.values())])
    check_width(widest, name=name)
    apart = as_cells(list(others.values()), widest)
    if only is not None:
        apart = apart.select(only)
    return Cells(_between(cells, apart, list(others)), ragged_frame(ragged))


def _between(cells: pl.DataFrame, apart: pl.DataFrame, positions: list[int]) -> pl.DataFrame:
    """Return the rows of both frames, those of the second at the positions given."""
    missing = [pl.lit(None, pl.String).alias(name) for name in apart.columns[cells.width :]]
    of_others = pl.Series("position", positions, dtype=pl.Int64)
    all_positions = pl.int_range(cells.height + apart.height, dtype=pl.Int64, eager=True).alias("position")
    of_cells = all_positions.filter(~all_positions.is_in(of_others.implode()))
    whole = pl.concat([cells.with_columns(*missing, of_cells), apart.with_columns(of_others)])
    return whole.sort("position").drop("position")


def _arrow_cells(
    data: bytes, shape: Shape, only: Collection[str] | None, set_aside: Callable[[Any], str] | None = None
) -> pl.DataFrame:
    names = [str(position) for position in range(shape.width)]
    table = pa.csv.read_csv(
        pa.py_buffer(data),
        # Arrow counts records only while it reads them in one thread.
        read_options=pa.csv.ReadOptions(column_names=names, block_size=_BLOCK, use_threads=set_aside is None),
        parse_options=pa.csv.ParseOptions(
            delimiter=shape.separator or ",",
            newlines_in_values=True,
            ignore_empty_lines=False,
            invalid_row_handler=set_aside,
        ),
        convert_options=pa.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.large_string()),
            include_columns=list(only or ()),
            null_values=[""],
            strings_can_be_null=True,
        ),
    )
    cells = pl.from_arrow(table)
    assert isinstance(cells, pl.DataFrame)
    return cells
