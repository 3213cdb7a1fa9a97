"""Columns that hold a point: both coordinates in one, or easting, northing and zone of UTM in three."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from mapping.toponym import fold
from mapping.values import is_unknown, read_point, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Utm", "first_cells", "point_shares", "share_of_points", "utm_columns"]

LOOKED_AT = 200
"""Distinct cells of a column by which it is told whether it holds points."""

_UTM = {
    "easting": "easting; utm easting; easting m; utm e; utm x; x utm; easting utm",
    "northing": "northing; utm northing; northing m; utm n; utm y; y utm; northing utm",
    "zone": "zone; utm zone; grid zone; zone utm; utm grid zone",
}


class Utm(NamedTuple):
    """The file's own headings of easting, northing and zone."""

    easting: str
    northing: str
    zone: str

    def text(self) -> pl.Expr:
        """Return the three as one text that `mapping.values.read_point` reads; null where there is no number.

        Examples
        --------
        >>> frame = pl.DataFrame({"E": ["254000", None], "N": ["3741000", None], "Z": ["38N", "38N"]})
        >>> frame.select(Utm("E", "N", "Z").text())["Z"].to_list()
        ['38N 254000 3741000', None]
        """
        parts = [pl.col(heading).str.strip_chars() for heading in (self.zone, self.easting, self.northing)]
        is_given = pl.any_horizontal(part.is_not_null() for part in parts[1:])
        return pl.when(is_given).then(pl.concat_str(parts, separator=" ", ignore_nulls=True))


def utm_columns(headings: Iterable[str]) -> Utm | None:
    """Return the columns of a UTM grid, where the table has all three.

    Examples
    --------
    >>> utm_columns(["Date", "Easting", "Northing", "UTM Zone"])
    Utm(easting='Easting', northing='Northing', zone='UTM Zone')
    """
    own = {fold(heading): heading for heading in headings}
    found = {part: next((own[word] for word in words.split("; ") if word in own), None) for part, words in _UTM.items()}
    return Utm(**{part: heading for part, heading in found.items() if heading}) if all(found.values()) else None


def point_shares(raw: pl.DataFrame) -> dict[str, float]:
    """Return for each column how many of its first filled cells are coordinates, from 0 to 1.

    Examples
    --------
    >>> point_shares(pl.DataFrame({"where": ["33.79N 42.44E", None, "Hit"], "what": ["raid", "raid", "raid"]}))
    {'where': 0.5, 'what': 0.0}
    """
    return {column.name: share_of_points(first_cells(column)) for column in raw if column.dtype == pl.String}


def first_cells(column: pl.Series) -> list[str]:
    """Return the first distinct cells of a column or of a piece of it: as many as are looked at.

    Examples
    --------
    >>> first_cells(pl.Series(["Hit", None, "Hit", "Rutba"]))
    ['Hit', 'Rutba']
    """
    for cells in (column.drop_nulls().head(10 * LOOKED_AT), column.drop_nulls()):
        first = cells.unique(maintain_order=True).head(LOOKED_AT)
        if first.len() == LOOKED_AT:
            break
    return first.to_list()


def share_of_points(cells: Iterable[str]) -> float:
    """Return how many of the first distinct cells of a column are coordinates, from 0 to 1.

    Examples
    --------
    >>> share_of_points(["33.79N 42.44E", "Hit", "Hit", "unknown"])
    0.5
    """
    first = [text for text in islice(dict.fromkeys(cells), LOOKED_AT) if not is_unknown(tidy(text))]
    points = sum(read_point(text) is not None for text in first)
    return points / len(first) if first else 0.0
