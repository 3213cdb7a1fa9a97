"""What the player needs to show the map at one time after another, without asking the server again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from mapping.layers.areas import is_counted, is_in_district
from mapping.layers.colours import BY_TYPE, Colouring
from mapping.layers.marks import with_mark
from mapping.placement import in_province_only

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["MOST_LINES", "Play", "frames"]

_EVERY = {"day": "1d", "week": "1w", "month": "1mo", "year": "1y"}
_DAYS = {"day": 1, "week": 7, "month": 28, "year": 365}
_WINDOWS = ("1", "3", "6", "12", "all")  # of static/player.js

MOST_LINES = 50_000
"""So many are sent, each some fifteen bytes; more are added up in coarser steps of time."""

_MOST_FRAMES = 20_000  # by day more than fifty years; an address may ask for ten thousand


@dataclass(frozen=True)
class Play:
    """How the player is opened.

    Attributes
    ----------
    first, last
        Days between which it runs; None: as far as there are incidents.
    channel
        Name of the BroadcastChannel on which it tells which days it shows.
    at
        Step, window (of so many steps, or "all" so far) and day at which it opens; None: at the beginning.
    """

    first: date | None = None
    last: date | None = None
    channel: str = ""
    at: tuple[str, str, date] | None = None

    @classmethod
    def from_text(cls, text: str, first: date | None, last: date | None, channel: str) -> Play | None:
        """Return how the `play` parameter opens the player: None when it is empty; never raises.

        Examples
        --------
        >>> Play.from_text("week,3,2024-07-01", None, None, "").at
        ('week', '3', datetime.date(2024, 7, 1))
        >>> Play.from_text("on", None, None, "").at is None, Play.from_text("", None, None, "")
        (True, None)
        """
        if not text:
            return None
        try:
            step, window, day = text.split(",")
            at = (step, window, date.fromisoformat(day))
        except ValueError:
            return cls(first, last, channel)
        return cls(first, last, channel, at if step in _EVERY and window in _WINDOWS else None)


def frames(
    frame: pl.DataFrame,
    play: Play,
    *,
    marked: pl.DataFrame | None,
    provinces: Sequence[str],
    districts: pl.DataFrame,
    colouring: Colouring = BY_TYPE,
) -> dict[str, Any]:
    """Return the incidents by time and place, as columns of whole numbers for static/player.js.

    Rows that are alike in all of these share a line. What would take too many lines is cut into coarser
    steps of time, then added up by province, of which the player says so.

    Parameters
    ----------
    frame
        Incidents, as the map draws them.
    marked
        Their marks, as `mapping.layers.marks.marks` returns them; None when not all of them are drawn.
    provinces
        The codes of the provinces, in the order of the map's data.
    districts
        As `mapping.layers.areas.district_counts` returns them.
    colouring
        What the colours say.


    Returns
    -------
    dict
        step (the finest that can be played); columns with a line for rows that are alike: first (days since
        1970, of each line the days since the line before), length (how many days more), n, province and
        district (where it stands in the map's data, -1 for none; no district when none is drawn), only (those of n of which no more than
        the province is known), and where they are needed mark, group, dead (the best numbers), known (of
        how many); span (first and last day), within (those of the filter), has_marks, the channel, and at.

    Examples
    --------
    >>> from datetime import date
    >>> from mapping.layers.areas import district_counts
    >>> from mapping.schema import conform
    >>> rows = conform(pl.DataFrame({"date_start": [date(1970, 1, 3), None], "geo_precision": "country"}))
    >>> sent = frames(rows, Play(), marked=None, provinces=[], districts=district_counts(rows))
    >>> sent["step"], sent["first"], sent["n"], sent["has_marks"]
    ('day', [2], [1], False)
    """
    rows = frame if marked is None else with_mark(frame, marked)
    dated = _dated(rows, provinces, districts, colouring if marked is not None else None)
    span = _numbers(play.first or dated["first"].min(), play.last or dated["last"].max())
    step, lines = _lines(dated, (span[1] or 0) - (span[0] or 0))
    return {
        "step": step,
        "length": (lines["last"] - lines["first"]).dt.total_days().to_list(),
        "first": np.diff(lines["first"].to_physical().to_numpy(), prepend=0).tolist(),
        **{name: lines[name].to_list() for name in lines.columns if name not in ("first", "last")},
        "span": span,
        "within": _numbers(play.first, play.last),
        "channel": play.channel,
        "at": [*play.at[:2], *_numbers(play.at[2])] if play.at else None,
        "has_marks": "mark" in lines.columns,
    }


def _numbers(*days: Any) -> list[int | None]:
    return pl.Series(days, dtype=pl.Date).to_physical().to_list()


def _dated(
    rows: pl.DataFrame, provinces: Sequence[str], districts: pl.DataFrame, colouring: Colouring | None
) -> pl.DataFrame:
    """Return of each row with a date when it was, and where it stands in the map's data."""
    place_of = {code: place for place, code in enumerate(provinces)}
    columns = [
        pl.coalesce("date_start", "date_end").alias("first"),
        pl.coalesce("date_end", "date_start").alias("last"),
        pl.when(is_counted()).then(_standing(pl.col("adm1_code"), place_of)).otherwise(-1).alias("province"),
        in_province_only().alias("only"),
        pl.col("fatalities_best").alias("dead"),
    ]
    if colouring:
        columns += [pl.col("mark"), colouring.code().alias("group")]
    if not districts.is_empty():
        pairs = districts.select(pl.col("adm2_code", "adm1_code").cast(pl.String)).iter_rows()
        pair = pl.concat_str(pl.col("adm2_code", "adm1_code").cast(pl.String), separator="/")
        district = _standing(pair, {"/".join(codes): place for place, codes in enumerate(pairs)})
        columns.append(pl.when(is_in_district()).then(district).otherwise(-1).alias("district"))
    return rows.select(columns).drop_nulls("first")


def _standing(codes: pl.Expr, place_of: dict[str, int]) -> pl.Expr:
    return codes.replace_strict(place_of, default=-1, return_dtype=pl.Int32)


def _lines(dated: pl.DataFrame, days: int) -> tuple[str, pl.DataFrame]:
    """Add up what is alike, in the finest steps that leave few enough lines: by mark if there is a way, else by province.

    days
        Between which it is played: so many that a browser would not come to an end need coarser steps.
    """
    without_marks = dated.drop("mark", "group", strict=False)
    ways = [(dated, step) for step in ("day", "week", "month") if "mark" in dated.columns]
    for rows, step in [*ways, *((without_marks, step) for step in _EVERY)]:
        if days / _DAYS[step] > _MOST_FRAMES:
            continue
        lines = _added_up(rows, step)
        if lines.height <= MOST_LINES:
            break
    return step, lines.sort("first", "last")


def _added_up(dated: pl.DataFrame, step: str) -> pl.DataFrame:
    days = [_beginning(pl.col(name), step).alias(name) for name in ("first", "last")]
    return dated.group_by(*days, pl.exclude("first", "last", "only", "dead")).agg(
        pl.len().alias("n"), pl.col("only", "dead").sum(), pl.col("dead").count().alias("known")
    )


def _beginning(day: pl.Expr, step: str) -> pl.Expr:
    """Return the first day of the step in which a day lies; a week is cut where a month begins, for it is played by month, too."""
    if step == "day":
        return day
    begins = day.dt.truncate(_EVERY[step])
    return pl.max_horizontal(begins, day.dt.truncate(_EVERY["month"])) if step == "week" else begins
