"""From cells to a table: which row is the heading, which is HXL, which say nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from mapping.errors import UnreadableFile
from mapping.readers.base import SOURCE_ROW, Loaded, untaken
from mapping.readers.tabular.records import check_width, heading_of
from mapping.values import tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Layout", "as_table", "filled_columns", "heading_row", "layout_of", "sums_up", "totals_row", "under_titles"]

_LOOKED_AT = 50
# https://hxlstandard.org/standard/1-1final/tagging/
_TAG = re.compile(r"\s*#\s*[a-z][a-z0-9_]*(?:\s*[+-]\s*[a-z][a-z0-9_]*)*\s*", re.IGNORECASE)
_HXL_BELOW = 3
_TOTAL = {
    "total", "totals", "grand total", "sum", "overall", "overall total", "sum total", "المجموع", "مجموع", "الاجمالي", "الإجمالي",
    "المجموع الكلي", "toplam", "genel toplam", "جمع", "جمع کل", "مجموع کل",
}  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """What the rows of a table mean, as its top and the file as a whole tell.

    Attributes
    ----------
    heading, tags_row
        Position of the heading and of the HXL tags among the records; -1 where there are no tags.
    titles
        Name of each column, by its position.
    tags
        HXL tag of each of these columns, where there are any.
    notes
        What was recognised or assumed.
    """

    heading: int
    tags_row: int
    titles: dict[str, str]
    tags: tuple[str, ...]
    notes: tuple[str, ...]


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
    layout = layout_of(cells, filled_columns(cells, heading_row(cells)))
    raw = under_titles(cells, layout)
    if raw.is_empty():
        raise UnreadableFile(f"{name} has a heading and no rows under it.")
    return Loaded(raw=raw, malformed=problems, notes=notes + layout.notes, tags=layout.tags)


def heading_row(cells: pl.DataFrame) -> int:
    """Return the position of the heading among the records of a table.

    Examples
    --------
    >>> heading_row(pl.DataFrame({"0": ["Incidents", "date", "2024-07-16"], "1": [None, "place", "Hit"]}))
    1
    """
    return heading_of(cells.head(_LOOKED_AT).rows())


def filled_columns(cells: pl.DataFrame, heading: int, *, width: int = 0) -> list[bool]:
    """Return of each column whether a cell below the heading holds something; of `width` columns at least.

    Examples
    --------
    >>> filled_columns(pl.DataFrame({"0": ["date", "2024"], "1": ["place", None]}), 0)
    [True, False]
    """
    below = cells.slice(heading + 1)
    filled = [column.null_count() < below.height for column in below]
    return filled + [False] * (width - len(filled))


def layout_of(top: pl.DataFrame, filled: Sequence[bool]) -> Layout:
    """Return what the rows of a table mean.

    Parameters
    ----------
    top
        The first records, as text; the fifty first are looked at.
    filled
        Of every column of the file, whether a cell below the heading holds something.

    Examples
    --------
    >>> layout_of(pl.DataFrame({"0": ["date", "2024-07-16"]}), [True, True]).titles
    {'0': 'date', '1': 'column 2'}
    """
    rows = [list(row) for row in top.head(_LOOKED_AT).rows()]
    heading = heading_of(rows)
    tags, tags_row = _tags(rows, heading)
    headings = rows[heading] + [None] * (len(filled) - top.width)
    titles = _titles(headings, filled)
    return Layout(
        heading=heading,
        tags_row=tags_row,
        titles=titles,
        tags=tuple(tags[int(column)] if int(column) < len(tags) else "" for column in titles) if tags else (),
        notes=_notes(heading, tags_row, headings, list(titles.values())),
    )


def under_titles(cells: pl.DataFrame, layout: Layout, *, first: int = 0, with_blank: bool = False) -> pl.DataFrame:
    """Return the rows of incidents under their titles, with ``source_row``; blank ones are left out.

    Parameters
    ----------
    cells
        Text, a row for each record.
    layout
        Of the file.
    first
        Position in the file of the first record.
    with_blank
        Every row stays: where only some columns were read, which ones are blank is not known.

    Examples
    --------
    >>> layout = layout_of(pl.DataFrame({"0": ["date", "2024-07-16"]}), [True])
    >>> under_titles(pl.DataFrame({"0": ["2024-07-17", None]}), layout, first=2).rows()
    [('2024-07-17', 3)]
    """
    numbers = pl.int_range(first + 1, first + 1 + pl.len(), dtype=pl.Int64)
    named = cells.select(
        *(
            (pl.col(column) if column in cells.columns else pl.lit(None, pl.String)).alias(title)
            for column, title in layout.titles.items()
        ),
        numbers.alias(SOURCE_ROW),
    )
    rows = named.slice(max(layout.heading + 1 - first, 0))
    if first <= layout.tags_row:
        rows = rows.filter(pl.col(SOURCE_ROW) != layout.tags_row + 1)
    return rows if with_blank else rows.filter(pl.any_horizontal(pl.exclude(SOURCE_ROW).is_not_null()))


def _titles(heading: Sequence[str | None], filled: Sequence[bool]) -> dict[str, str]:
    """Name every column that has a heading or a cell; a second of one name gets a number."""
    titles: dict[str, str] = {}
    taken = {SOURCE_ROW}
    for position, is_filled in enumerate(filled):
        title = " ".join((heading[position] or "").split())
        if title or is_filled:
            titles[str(position)] = untaken(title or f"column {position + 1}", taken)
            taken.add(titles[str(position)])
    return titles


def _tags(top: list[list[str | None]], heading: int) -> tuple[list[str], int]:
    """Return the HXL tags and their row; nothing and -1 where there are none."""
    for number, row in enumerate(top[heading : heading + 1 + _HXL_BELOW], heading):
        filled = [cell for cell in row if cell]
        if filled and all(_TAG.fullmatch(cell) for cell in filled):
            return [re.sub(r"\s", "", cell or "").casefold() for cell in row], number
    return [], -1


def _notes(heading: int, tags_row: int, headings: list[str | None], titles: list[str]) -> tuple[str, ...]:
    renamed = sorted(title for title in titles if title not in headings and re.search(r" \(\d+\)$", title))
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
    return int(last["source_row"].item()) if sums_up(last.drop("source_row").row(0)) else None


def sums_up(row: Sequence[str | None]) -> bool:
    """Tell whether a row only sums up those above it; see `totals_row`.

    Examples
    --------
    >>> sums_up(["Total", None, "7"]), sums_up(["2024-07-16", "Hit", "7"])
    (True, False)
    """
    cells = [cell for cell in row if cell]
    return any(tidy(cell).rstrip(" :") in _TOTAL for cell in cells) and len(cells) * 2 <= len(row) + 1
