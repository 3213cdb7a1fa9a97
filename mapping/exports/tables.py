"""CSV and XLSX: tables that a spreadsheet opens without running anything in them."""

from __future__ import annotations

import hashlib
import io
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import xlsxwriter

from mapping.exports.lines import columns, in_slices, text_of
from mapping.formulas import guard_formulas, starts_formula
from mapping.schema import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from mapping.exports.lines import Column

__all__ = ["MOST_ROWS", "csv_heading", "csv_lines", "sha256", "write_csv", "write_xlsx"]

_MOST_CHARACTERS = 32_767
_KEPT_CHARACTERS = 16_000  # they fit even if each counts twice
_CUT = " … [cut: too long for a cell of Excel]"
MOST_ROWS = 1_048_575
"""Of a sheet of Excel, without the heading."""

_FIRST_EXCEL_DATE = date(1900, 3, 1)
"""Excel takes 1900 for a leap year: what it makes of earlier days differs by a day or fails."""


def write_csv(frames: pl.DataFrame | Iterable[pl.DataFrame], path: Path | io.IOBase) -> None:
    """Write incidents as CSV: UTF-8, commas, dates as 2024-07-16, unknown as nothing.

    A byte order mark comes first, without which Excel shows Arabic as gibberish; text that a
    spreadsheet would run has an apostrophe before it (see `mapping.formulas`). Numbers have no
    exponent. No line of comment says on which terms, for readers would take it for data: the
    licence column does.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_csv(pl.DataFrame({"place": ["=1+1"], "latitude": [-33.5]}), Path(folder, "a.csv"))
    ...     print(Path(folder, "a.csv").read_text(encoding="utf-8-sig"))
    place,latitude
    '=1+1,-33.5
    """
    with path.open("wb") if isinstance(path, Path) else nullcontext(path) as stream:
        for piece in _csv(frames):
            stream.write(piece)


def _csv(frames: pl.DataFrame | Iterable[pl.DataFrame]) -> Iterator[bytes | memoryview]:
    if isinstance(frames, pl.DataFrame):
        yield csv_heading(frames.schema)
    else:
        yield csv_heading(SCHEMA)
    yield from in_slices(frames, lambda rows: csv_lines(columns(rows), rows.height))


def csv_heading(names: Iterable[str]) -> bytes:
    """Return the first line of a CSV with those columns, byte order mark and all.

    Examples
    --------
    >>> csv_heading(["place", "=1"]).decode("utf-8-sig")
    'place,=1\\n'
    """
    heading = io.BytesIO()
    pl.DataFrame(schema=list(names)).write_csv(heading, include_bom=True)
    return heading.getvalue()


def csv_lines(held: Sequence[Column], rows: int) -> memoryview:
    """Return the rows of columns as `write_csv` writes them.

    Examples
    --------
    >>> bytes(csv_lines(columns(pl.DataFrame({"place": ["=1", None], "rows": [1, 2]})), 2))
    b"'=1,1\\n,2\\n"
    """
    pieces: list[str | pl.Series] = []
    for column in held:
        pieces += [column.written(_cell, unknown=""), ","]
    return text_of([*pieces[:-1], "\n"], rows)


def _cell(values: pl.Series) -> pl.Series:
    """Write values as they stand in a CSV: quoted where a comma, a quote or a line break is in them, and if empty."""
    if values.dtype.is_float():
        return _decimals(values)
    texts = values.cast(pl.String)
    if values.dtype == pl.String:
        texts = _only_where(starts_formula, guard_formulas, texts)
        texts = _only_where(_needs_quotes, _quoted, texts)
    return texts.fill_null("")


def _only_where(
    test: Callable[[pl.Expr], pl.Expr], change: Callable[[pl.Expr], pl.Expr], texts: pl.Series
) -> pl.Series:
    """Change the texts that need it, mostly none: a test costs far less than a change."""
    found = texts.to_frame("text").select(test(pl.col("text")).fill_null(False)).to_series()
    if not found.any():
        return texts
    changed = texts.filter(found).to_frame("text").select(change(pl.col("text"))).to_series()
    return texts.scatter(found.arg_true(), changed)


def _needs_quotes(text: pl.Expr) -> pl.Expr:
    return pl.any_horizontal(text == "", *(text.str.contains(sign, literal=True) for sign in ',"\n\r'))


def _quoted(text: pl.Expr) -> pl.Expr:
    return pl.concat_str(pl.lit('"'), text.str.replace_all('"', '""', literal=True), pl.lit('"'))


def _decimals(values: pl.Series) -> pl.Series:
    """Write numbers without an exponent, and whole ones without a point."""
    texts = values.cast(pl.String)
    has_exponent = texts.str.contains("e", literal=True).fill_null(False)
    if has_exponent.any():
        few = io.BytesIO()
        values.filter(has_exponent).to_frame().write_csv(few, include_header=False, float_scientific=False)
        texts = texts.scatter(has_exponent.arg_true(), few.getvalue().decode().split())
    return texts.str.strip_suffix(".0").fill_null("")


def sha256(frame: pl.DataFrame | Iterable[pl.DataFrame]) -> str:
    """Return the SHA-256 of incidents: of the file that `write_csv` makes of them, in hexadecimal.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> rows = pl.DataFrame({"place": ["Hit"], "latitude": [33.5]})
    >>> with TemporaryDirectory() as folder:
    ...     write_csv(rows, Path(folder, "a.csv"))
    ...     hashlib.sha256(Path(folder, "a.csv").read_bytes()).hexdigest() == sha256(rows)
    True
    """
    digest = hashlib.sha256()
    for piece in _csv(frame):
        digest.update(piece)
    return digest.hexdigest()


def write_xlsx(frame: pl.DataFrame, path: Path, about: dict[str, Any]) -> None:
    """Write incidents as a workbook: a sheet of them, and a sheet About.

    Every cell has the type of its column, so text is never a formula, a number or a link, and
    needs no apostrophe. Days before March 1900, which Excel cannot hold, are text.

    A text longer than a cell holds is cut and says so, as does the sheet "About".

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_xlsx(pl.DataFrame({"place": ["=1+1"]}), Path(folder, "a.xlsx"), {"title": "One"})
    """
    frame = frame.with_columns(_early_days_as_text(frame))
    frame, number = _cut(frame)
    if number:
        about = about | {"cut": f"{number:,} texts are too long for a cell of Excel and are cut; CSV has them whole."}
    with xlsxwriter.Workbook(path, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("Incidents")
        sheet.freeze_panes(1, 0)
        _write_row(sheet, 0, frame.columns, book.add_format({"bold": True}))
        _write_cells(sheet, frame)
        _write_about(book.add_worksheet("About"), about)


def _early_days_as_text(frame: pl.DataFrame) -> list[pl.Expr]:
    days = frame.select(pl.col(pl.Date).min())
    return [pl.col(day.name).dt.to_string() for day in days if day[0] is not None and day[0] < _FIRST_EXCEL_DATE]


def _cut(frame: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """Cut the texts that are longer than a cell holds, each saying so at its end, and return how many these are."""
    # Excel counts UTF-16 units: two for each character beyond the first 65,536.
    text = pl.col(pl.String)
    is_long = text.str.len_chars() + text.str.count_matches("[\U00010000-\U0010ffff]") > _MOST_CHARACTERS
    number = sum(frame.select(is_long.sum()).row(0)) if frame.height else 0
    if not number:
        return frame, 0
    return frame.with_columns(pl.when(is_long).then(text.str.slice(0, _KEPT_CHARACTERS) + _CUT).otherwise(text)), number


def _write_cells(sheet: Worksheet, frame: pl.DataFrame) -> None:
    by_type: dict[Any, Callable[[int, int, Any], int]] = {
        pl.String: sheet.write_string, pl.Date: sheet.write_datetime, pl.Boolean: sheet.write_boolean,
    }  # fmt: skip
    writers = [by_type.get(dtype, sheet.write_number) for dtype in frame.dtypes]
    for number, row in enumerate(frame.iter_rows(), 1):
        for column, value in enumerate(row):
            if value is not None:
                writers[column](number, column, value)


def _write_row(sheet: Worksheet, number: int, texts: Iterable[object], style: Format | None = None) -> None:
    for column, text in enumerate(texts):
        sheet.write_string(number, column, str(text), style)


def _write_about(sheet: Worksheet, about: dict[str, Any]) -> None:
    lines: list[Iterable[object]] = [(key, _in_words(value)) for key, value in about.items() if key != "datasets"]
    datasets = about.get("datasets", [])
    lines += [(), *(dataset.keys() for dataset in datasets[:1])]
    lines += [map(_in_words, dataset.values()) for dataset in datasets]
    for number, line in enumerate(lines):
        _write_row(sheet, number, line)


def _in_words(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {held}" for key, held in value.items())
    return "" if value is None else str(value)
