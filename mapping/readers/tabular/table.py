"""From cells to a table: which row is the heading, which is HXL, which say nothing."""

from __future__ import annotations

import re

import polars as pl

from mapping.errors import UnreadableFile
from mapping.readers.base import SOURCE_ROW, Loaded, untaken
from mapping.readers.tabular.records import check_width, heading_of
from mapping.values import tidy

__all__ = ["as_table", "totals_row"]

_LOOKED_AT = 50
# https://hxlstandard.org/standard/1-1final/tagging/
_TAG = re.compile(r"\s*#\s*[a-z][a-z0-9_]*(?:\s*[+-]\s*[a-z][a-z0-9_]*)*\s*", re.IGNORECASE)
_HXL_BELOW = 3
_TOTAL = {
    "total", "totals", "grand total", "sum", "overall", "overall total", "sum total", "المجموع", "مجموع", "الاجمالي", "الإجمالي",
    "المجموع الكلي", "toplam", "genel toplam", "جمع", "جمع کل", "مجموع کل",
}  # fmt: skip


def as_table(cells: pl.DataFrame, problems: pl.DataFrame, *, name: str, notes: tuple[str, ...] = ()) -> Loaded:
    """Put cells under their heading.

    Parameters
    ----------
    cells
        Text, a row for each row of the file from its first.
    problems
        Rows that are malformed, columns as `mapping.validate.PROBLEMS`.

    Raises
    ------
    UnreadableFile
        There is no row under the heading, or the columns are too many for a table of incidents.

    Examples
    --------
    >>> from mapping.validate import PROBLEMS
    >>> cells = pl.DataFrame({"0": ["date", "2024-07-16"], "1": ["place", "Hit"]})
    >>> as_table(cells, pl.DataFrame(schema=PROBLEMS), name="a.csv").raw.rows()
    [('2024-07-16', 'Hit', 2)]
    """
    check_width(cells.width, name=name)
    top = [list(row) for row in cells.head(_LOOKED_AT).rows()]
    heading = heading_of(top)
    tags, tags_row = _tags(top, heading)
    titles = _titles(top[heading], cells.slice(heading + 1))
    numbered = cells.with_row_index("source_row", offset=1).slice(heading + 1)
    rows = numbered.filter(
        pl.any_horizontal(pl.exclude("source_row").is_not_null()), pl.col("source_row") != tags_row + 1
    )
    if rows.is_empty():
        raise UnreadableFile(f"{name} has a heading and no rows under it.")
    raw = rows.select(
        *(pl.col(column).alias(title) for column, title in titles.items()), pl.col("source_row").cast(pl.Int64)
    )
    return Loaded(
        raw=raw,
        malformed=problems,
        notes=notes + _notes(heading, tags_row, top[heading], raw),
        tags=tuple(tags[int(column)] for column in titles) if tags else (),
    )


def _titles(heading: list[str | None], below: pl.DataFrame) -> dict[str, str]:
    """Name every column that has a heading or a cell; a second of one name gets a number."""
    titles: dict[str, str] = {}
    taken = {SOURCE_ROW}
    for position, column in enumerate(below.columns):
        title = " ".join((heading[position] or "").split())
        if title or below[column].null_count() < below.height:
            titles[column] = untaken(title or f"column {position + 1}", taken)
            taken.add(titles[column])
    return titles


def _tags(top: list[list[str | None]], heading: int) -> tuple[list[str], int]:
    """Return the HXL tags and their row; nothing and -1 where there are none."""
    for number, row in enumerate(top[heading : heading + 1 + _HXL_BELOW], heading):
        filled = [cell for cell in row if cell]
        if filled and all(_TAG.fullmatch(cell) for cell in filled):
            return [re.sub(r"\s", "", cell or "").casefold() for cell in row], number
    return [], -1


def _notes(heading: int, tags_row: int, titles: list[str | None], raw: pl.DataFrame) -> tuple[str, ...]:
    renamed = sorted(
        column for column in raw.columns if column not in {*titles, "source_row"} and re.search(r" \(\d+\)$", column)
    )
    found = {
        f"Row {heading + 1} was taken as the heading; what stands above it was passed over.": heading > 0,
        f"Row {tags_row + 1} holds HXL tags: they were used to tell the columns.": tags_row > heading,
        f"Several columns have one name; the later ones became: {', '.join(renamed)}.": bool(renamed),
    }
    return tuple(sentence for sentence, said in found.items() if said)


def totals_row(raw: pl.DataFrame) -> int | None:
    """Return the row number of a last line that only sums up; None when there is none.

    It says "Total", in one of several languages, in a cell, and leaves half of the others empty.

    Examples
    --------
    >>> totals_row(pl.DataFrame({"date": ["2024-07-16", "Total"], "place": ["Hit", None], "source_row": [2, 3]}))
    3
    """
    last = raw.tail(1)
    cells = [cell for cell in last.drop("source_row").row(0) if cell]
    says_so = any(tidy(cell).rstrip(" :") in _TOTAL for cell in cells)
    return int(last["source_row"].item()) if says_so and len(cells) * 2 <= last.width else None
