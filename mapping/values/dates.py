"""Dates as people type them: to the day, the month or the year, in one order for the whole column."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Literal, NamedTuple, get_args

import polars as pl

from mapping.errors import InvalidValue
from mapping.values.cells import Cell, is_unknown, read_cells, tidy
from mapping.values.months import OTHER_CALENDARS, WEEKDAY, number_months, without_accents

__all__ = ["READ_TWO_WAYS", "DateOrder", "DatesTold", "check_date_order", "dates_told", "parse_dates"]

READ_TWO_WAYS = "may be read two ways, like every date in this column. Say which with --date-order dmy or mdy, or on the Import page"

DateOrder = Literal["dmy", "mdy", "ymd"]

_SPAN = pl.Struct({"start": pl.Date(), "end": pl.Date(), "precision": pl.String()})

_BETWEEN = r"[ .,/-]{0,3}"
_DAY, _MONTH, _YEAR = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?", r"@(?P<m>\d+)@", r"(?P<y>\d{4})"
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<y>\d{4}) ?[-/. ] ?(?P<m>\d{1,2}) ?[-/. ] ?(?P<d>\d{1,2})",
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
        rf"{_DAY}{_BETWEEN}(?:of )?{_MONTH}{_BETWEEN}{_YEAR}",
        rf"{_MONTH}{_BETWEEN}{_DAY}{_BETWEEN}{_YEAR}",
        rf"{_YEAR}{_BETWEEN}{_MONTH}{_BETWEEN}{_DAY}",
        r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})",
        r"(?P<m>\d{1,2})[-/.](?P<y>\d{4})",
        rf"{_MONTH}{_BETWEEN}{_YEAR}",
        rf"{_YEAR}{_BETWEEN}{_MONTH}",
        _YEAR,
    )
)
_EITHER_WAY = re.compile(r"(\d{1,2}) ?[-/. ] ?(\d{1,2}) ?[-/. ] ?(\d{4})")
_SHORT_YEAR = re.compile(rf"\d{{1,2}}(?:[-/. ]\d{{1,2}}[-/. ]|{_BETWEEN}@\d+@{_BETWEEN})'?\d{{2}}")
_SERIAL = re.compile(r"[1-9]\d{4}")
# Excel counts days from here: it takes 1900 for a leap year, so that 1 is 1 January 1900 only before that March.
_SERIAL_0 = date(1899, 12, 30)

_NO_DATE = (
    "is not a date. Write it as 2024-07-16 (2024-07 or 2024 where no more is known; first and last day in two columns)"
)
_OTHER_CALENDAR = "is a date of the Islamic or the Persian calendar. Write the Gregorian date, as 2024-07-16"
_SHORT = "has a year of two digits. Write all four, as 2024-07-16"


def check_date_order(order: str | None) -> None:
    """Make sure that `order` is None, ``dmy``, ``mdy`` or ``ymd``.

    Raises
    ------
    InvalidValue
        It is none of them.

    Examples
    --------
    >>> check_date_order("dym")
    Traceback (most recent call last):
    mapping.errors.InvalidValue: date_order is "dym". Allowed: dmy, mdy, ymd.
    """
    if order is not None and order not in get_args(DateOrder):
        raise InvalidValue(f'date_order is "{order}". Allowed: {", ".join(get_args(DateOrder))}.')


class DatesTold(NamedTuple):
    """What the dates of a column tell of each other; of two pieces of one column, what either tells.

    Attributes
    ----------
    day_first, month_first
        One can be read with the day, with the month first only.
    either_way
        One has the year last, after two numbers.
    serial, other
        One is a number of five digits, one is something else.
    """

    day_first: bool = False
    month_first: bool = False
    either_way: bool = False
    serial: bool = False
    other: bool = False

    def and_of(self, piece: DatesTold) -> DatesTold:
        """Return what both pieces of the column tell together.

        Examples
        --------
        >>> DatesTold(day_first=True).and_of(DatesTold(month_first=True)).order
        'mixed'
        """
        return DatesTold(*(mine or theirs for mine, theirs in zip(self, piece, strict=True)))

    @property
    def order(self) -> str:
        """``dmy`` or ``mdy``; ``mixed`` or ``either`` where the dates do not tell."""
        if self.day_first and self.month_first:
            return "mixed"
        return "dmy" if self.day_first else "mdy" if self.month_first else "either"


def dates_told(texts: pl.Series) -> DatesTold:
    """Return what the dates of a column, or of a piece of it, tell of each other.

    Examples
    --------
    >>> dates_told(pl.Series(["16/05/2025", "03/04/2025"])).order
    'dmy'
    """
    days = _iso_days(texts)
    has_iso = days.null_count() < days.len()
    known = [plain for plain in _distinct(texts.filter(days.is_null())) if not is_unknown(plain)]
    pairs = [(int(found[1]), int(found[2])) for text in known if (found := _EITHER_WAY.fullmatch(text))]
    serials = sum(1 for text in known if _SERIAL.fullmatch(_whole_part(text)))
    return DatesTold(
        day_first=any(first > 12 >= second for first, second in pairs),
        month_first=any(second > 12 >= first for first, second in pairs),
        either_way=bool(pairs),
        serial=serials > 0,
        other=has_iso or serials < len(known),
    )


def parse_dates(texts: pl.Series, *, order: str | None = None, told: DatesTold | None = None) -> pl.DataFrame:
    """Read a column of dates.

    Whether 03/04/2024 is in March or in April is decided for the whole column, by the dates in it that
    can be read one way only, and never guessed. Five-digit numbers are Excel's day numbers where the
    whole column is such.

    Parameters
    ----------
    texts
        What the cells hold. A time of day is passed over.
    order
        ``dmy``, ``mdy`` or ``ymd`` where the user says it.
    told
        What the whole column tells, where `texts` is a piece of it.

    Returns
    -------
    polars.DataFrame
        ``start`` and ``end`` (Date, first and last day of what is said), ``precision`` (day, month or
        year), ``problem``, ``note``.

    Examples
    --------
    >>> found = parse_dates(pl.Series(["16/05/2025", "03/04/2025", "2017-06", "16 أيار 2025"]))
    >>> found["start"].dt.to_string().to_list(), found["precision"].to_list()
    (['2025-05-16', '2025-04-03', '2017-06-01', '2025-05-16'], ['day', 'day', 'month', 'day'])
    """
    check_date_order(order)
    days = _iso_days(texts).alias("day")
    others = texts.set(days.is_not_null(), None) if days.null_count() < days.len() else texts
    told = told or dates_told(texts)
    column_order, serials = order or told.order, told.serial and not told.other
    read = read_cells(_without_time(others), lambda text: _date(_plain(text), column_order, serials), _SPAN)
    return (
        read.unnest("value")
        .with_columns(days)
        .select(
            pl.coalesce("start", "day").alias("start"),
            pl.coalesce("end", "day").alias("end"),
            pl.coalesce("precision", pl.when(pl.col("day").is_not_null()).then(pl.lit("day"))).alias("precision"),
            "problem",
            "note",
        )
    )


def _iso_days(texts: pl.Series) -> pl.Series:
    """Return the days of the texts that are written as 2024-07-16, as nearly all of a large file are; else null."""
    iso = pl.col("text").str.contains(r"^(?:1[5-9]|20)[0-9]{2}-[0-9]{2}-[0-9]{2}$")
    days = pl.when(iso).then("text").str.to_date("%Y-%m-%d", strict=False)
    return pl.DataFrame({"text": texts}, schema={"text": pl.String()}).select(days).to_series()


def _without_time(texts: pl.Series) -> pl.Series:
    return texts.str.replace(r"[T\s]+[0-9]{1,2}:[0-9]{2}.*$", "")


def _distinct(texts: pl.Series) -> list[str]:
    return [_plain(text) for text in _without_time(texts).drop_nulls().unique()]


def _plain(text: str) -> str:
    """Return the text with months as numbers, without weekday and without the Arabic sign of our era."""
    return WEEKDAY.sub("", number_months(without_accents(re.sub(r" ?م\.?$", "", tidy(text)))), count=1).strip(" .,")


def _whole_part(text: str) -> str:
    return re.sub(r"\.\d+$", "", text)


def _date(plain: str, order: str, serials: bool) -> Cell:
    if is_unknown(plain):
        return Cell(note="was taken as unknown")
    if serials:
        return _span(_SERIAL_0 + timedelta(int(_whole_part(plain))))
    if OTHER_CALENDARS.search(plain):
        return Cell(problem=_OTHER_CALENDAR)
    if found := _EITHER_WAY.fullmatch(plain):
        return _either_way(int(found[1]), int(found[2]), int(found[3]), order)
    for form in _FORMS:
        if found := form.fullmatch(plain):
            return _calendar(**{part: int(number) for part, number in found.groupdict().items()})
    if _SERIAL.fullmatch(_whole_part(plain)):
        return Cell(problem="may be a day number of Excel, but the rest of the column is none. Write it as 2024-07-16")
    return Cell(problem=_SHORT if _SHORT_YEAR.fullmatch(plain) else _NO_DATE)


def _either_way(first: int, second: int, year: int, order: str) -> Cell:
    if order == "ymd":
        return Cell(
            problem="does not begin with the year, as date_order=ymd says. Write it as 2024-07-16, or say another order"
        )
    if order in ("dmy", "mdy"):
        day, month = (first, second) if order == "dmy" else (second, first)
        if month > 12 >= day:
            return Cell(
                problem=f"has no month in the order {order} of this column. Write it as 2024-07-16, or say another order"
            )
        return _calendar(y=year, m=month, d=day)
    if first == second or max(first, second) > 12:
        return _calendar(y=year, m=min(first, second), d=max(first, second))
    if order == "mixed":
        return Cell(problem="may be read two ways, and this column has both. Write all of its dates as 2024-07-16")
    return Cell(problem=READ_TWO_WAYS)


def _calendar(y: int, m: int | None = None, d: int | None = None) -> Cell:
    if 1300 <= y < 1500:
        return Cell(problem=_OTHER_CALENDAR)
    if not 1500 <= y <= 2100:
        return Cell(problem=f"is in the year {y}. Check it, and write the date as 2024-07-16")
    if m is None:
        return _span(date(y, 1, 1), date(y, 12, 31), "year")
    if not 1 <= m <= 12 or (d is not None and not 1 <= d <= monthrange(y, m)[1]):
        return Cell(problem="is no day of the calendar. Check day and month, and write it as 2024-07-16")
    return _span(date(y, m, d)) if d else _span(date(y, m, 1), date(y, m, monthrange(y, m)[1]), "month")


def _span(start: date, end: date | None = None, precision: str = "day") -> Cell:
    return Cell({"start": start, "end": end or start, "precision": precision})
