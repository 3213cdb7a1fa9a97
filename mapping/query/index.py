"""Where the rows of each province and day stand, so that a filter looks at those alone."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

__all__ = ["Index"]

_FEW = 0.1
"""Share of the rows up to which picking them out one by one is quicker than looking at all in turn."""
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
        reach = last.fill_null(_NO_DAY).to_numpy()[order]
        for start, end in pairwise(starts):
            np.maximum.accumulate(reach[start:end], out=reach[start:end])
        self._parts = {
            "provinces": np.array(provinces.cast(pl.String).to_list(), dtype=np.str_),
            "starts": starts,
            "rows": order.astype(np.uint32),
            "first": first.fill_null(_NO_DAY).to_numpy()[order],
            "reach": reach,
        }

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
        index._parts = dict(parts)
        return index

    def parts(self) -> dict[str, np.ndarray]:
        """Return the arrays that it is, to be kept and mapped.

        Examples
        --------
        >>> rows = pl.DataFrame(schema={"adm1_code": pl.String, "date_start": pl.Date, "date_end": pl.Date})
        >>> list(Index(rows).parts())
        ['provinces', 'starts', 'rows', 'first', 'reach']
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
        """Return where rows stand, ascending, among which are all of some provinces and of a window of days.

        Parameters
        ----------
        provinces
            None for all, and for the rows of no province.
        first, last
            The window, both included; None where it is open.
        share
            Of all rows; where more are left, the answer is None.
        """
        held = self._parts
        known = held["provinces"]
        groups = np.flatnonzero(np.isin(known, list(provinces))) if provinces else np.arange(len(known) + 1)
        spans = [self._span(held["starts"][group], held["starts"][group + 1], first, last) for group in groups]
        if sum(end - start for start, end in spans) > share * len(held["rows"]):
            return None
        return pl.Series(
            np.sort(np.concatenate([held["rows"][:0], *(held["rows"][start:end] for start, end in spans)]))
        )

    def _span(self, start: int, end: int, first: date | None, last: date | None) -> tuple[int, int]:
        """Return between where in a province the rows of a window lie; rows of no day come last, and are in none."""
        days, reach = self._parts["first"][start:end], self._parts["reach"][start:end]
        begin = 0 if first is None else int(np.searchsorted(reach, _day(first)))
        if first is None and last is None:
            return start, end
        until = np.searchsorted(days, _NO_DAY - 1 if last is None else _day(last), side="right")
        return start + begin, start + max(begin, int(until))


def _day(day: date) -> int:
    return int(np.datetime64(day, "D").astype(np.int64))
