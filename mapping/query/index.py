"""Where the rows of each province and day stand, so that a filter looks at those alone."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = ["Index"]

_FEW = 0.1
"""Share of the rows up to which picking them out one by one is quicker than looking at all in turn."""
_EPOCH = date(1970, 1, 1).toordinal()
_NO_DAY = np.iinfo(np.int32).max


class Index:
    """The rows of a frame by province, and in each by their first day; twelve bytes a row, never changed.

    Parameters
    ----------
    frame
        With adm1_code, as text or Categorical, date_start and date_end.

    Examples
    --------
    >>> from datetime import date
    >>> days = [date(2024, 7, day) for day in (3, 1, 2)]
    >>> index = Index(pl.DataFrame({"adm1_code": ["IQ-NI", "IQ-AN", "IQ-NI"], "date_start": days, "date_end": days}))
    >>> index.rows(["IQ-NI"], share=1).to_list(), index.rows(first=date(2024, 7, 3), share=1).to_list()
    ([0, 2], [0])
    """

    def __init__(self, frame: pl.DataFrame) -> None:
        provinces = frame["adm1_code"].drop_nulls().unique().sort()
        first, last = (
            frame.select(pl.coalesce(days).to_physical()).to_series()
            for days in (("date_start", "date_end"), ("date_end", "date_start"))
        )
        place = frame["adm1_code"].replace_strict(
            provinces, pl.Series(range(len(provinces)), dtype=pl.Int64), default=len(provinces), return_dtype=pl.Int64
        )
        order = (place * 2**32 + first.fill_null(_NO_DAY)).arg_sort().to_numpy()
        starts = np.concatenate(([0], np.cumsum(np.bincount(place, minlength=len(provinces) + 1))))
        first, last = (days.fill_null(_NO_DAY).to_numpy()[order] for days in (first, last))
        lasts = last.astype(np.int64) - first
        self._hold(
            {
                "provinces": np.array(provinces.cast(pl.String).to_list(), dtype=np.str_),
                "starts": starts,
                "rows": order.astype(np.uint32),
                "first": first,
                "last": last,
                "longest": np.array([lasts[start:end].max(initial=0) for start, end in pairwise(starts)]),
            }
        )

    @classmethod
    def of(cls, parts: Mapping[str, np.ndarray]) -> Index:
        """Return the index whose `parts` these are.

        Examples
        --------
        >>> rows = pl.DataFrame({"adm1_code": ["IQ-NI", "IQ-AN"]}).with_columns(date_start=None, date_end=None)
        >>> index = Index(rows.cast({"date_start": pl.Date, "date_end": pl.Date}))
        >>> Index.of(index.parts()).rows(["IQ-AN"], share=1).to_list()
        [1]
        """
        index = cls.__new__(cls)
        index._hold(dict(parts))
        return index

    def _hold(self, parts: dict[str, np.ndarray]) -> None:
        self._parts = parts
        self._groups = {code: group for group, code in enumerate(parts["provinces"].tolist())}

    def parts(self) -> dict[str, np.ndarray]:
        """Return the arrays that it is, to be kept and mapped.

        Examples
        --------
        >>> rows = pl.DataFrame(schema={"adm1_code": pl.String, "date_start": pl.Date, "date_end": pl.Date})
        >>> list(Index(rows).parts())
        ['provinces', 'starts', 'rows', 'first', 'last', 'longest']
        """
        return dict(self._parts)

    def rows(
        self,
        provinces: Collection[str] = (),
        *,
        first: date | None = None,
        last: date | None = None,
        share: float = _FEW,
    ) -> pl.Series | None:
        """Return where the rows of some provinces and of a window of days stand, ascending.

        Parameters
        ----------
        provinces
            None for all, and for the rows of no province.
        first, last
            The window, both included; None where it is open.
        share
            Of all rows; where more must be looked at, the answer is None.
        """
        rows = self._parts["rows"]
        known = self._groups
        groups = [known[code] for code in provinces if code in known] if provinces else range(len(known) + 1)
        spans = [self._span(group, first, last) for group in groups]
        if sum(end - start for start, end in spans) > share * len(rows):
            return None
        found = [rows[:0], *(self._within(start, end, first) for start, end in spans)]
        return pl.Series(np.sort(np.concatenate(found)))

    def _span(self, group: int, first: date | None, last: date | None) -> tuple[int, int]:
        """Return between where the rows of a province may lie in a window; rows of no day come last, and are in none."""
        start, end = int(self._parts["starts"][group]), int(self._parts["starts"][group + 1])
        if first is None and last is None:
            return start, end
        days = self._parts["first"][start:end]
        until = int(np.searchsorted(days, np.int32(_NO_DAY - 1 if last is None else _day(last)), side="right"))
        if first is None:
            return start, start + until
        earliest = max(_day(first) - int(self._parts["longest"][group]), np.iinfo(np.int32).min)
        return start + min(until, int(np.searchsorted(days, np.int32(earliest)))), start + until

    def _within(self, start: int, end: int, first: date | None) -> np.ndarray:
        rows = self._parts["rows"][start:end]
        return rows if first is None else rows[self._parts["last"][start:end] >= _day(first)]


def _day(day: date) -> int:
    return day.toordinal() - _EPOCH
