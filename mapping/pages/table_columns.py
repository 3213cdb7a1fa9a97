"""The columns that tables of incidents show, and how the address names those that the reader chose."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapping.schema import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ALL", "FULL", "HERE", "PROVINCE_ONLY", "UNPLACED", "Column", "read_columns", "write_columns"]

_ALL = "all"
_ROOM_FOR = 4


@dataclass(frozen=True)
class Column:
    """One column of the table.

    Attributes
    ----------
    name
        Of the incident frame.
    label
        For people.
    kind
        How it is drawn: text, quiet, date, number, type or precision.
    wide
        Left out where there is little room.
    """

    name: str
    label: str
    kind: str = "text"
    wide: bool = False


FULL = (
    Column("date_start", "Date", "date"),
    Column("event_type", "Type", "type"),
    Column("place", "Place as reported"),
    Column("adm1_name", "Province by geometry", wide=True),
    Column("geo_precision", "Precision", "precision"),
    Column("actor1", "Attacker", wide=True),
    Column("fatalities_best", "Killed", "number", wide=True),
    Column("injured", "Injured", "number", wide=True),
    Column("source_name", "Source", "quiet", wide=True),
)
HERE = (
    Column("date_start", "Date", "date"),
    Column("event_type", "Type", "type"),
    Column("actor1", "Attacker"),
)
PROVINCE_ONLY = (
    Column("date_start", "Date", "date"),
    Column("event_type", "Type", "type"),
    Column("place", "Place as reported"),
    Column("adm1_name", "Province"),
)
UNPLACED = (
    Column("date_start", "Date", "date"),
    Column("event_type", "Type", "type"),
    Column("place", "Place as reported"),
    Column("geo_reason", "Why", "quiet"),
)

_LABELS = {
    "date_end": "Last day", "event_type_source": "Type, source's words", "actor2": "Other side", "country_iso2": "Country",
    "adm1_claimed": "Province as reported", "adm2_claimed": "District as reported", "adm1_code": "Province code",
    "adm2_code": "District code", "adm2_name": "District by geometry", "adm1_agrees": "Province agrees",
    "geo_precision_source": "Precision, source's code", "geo_method": "Placed by", "geo_reason": "Why this place",
    "fatalities_low": "Killed, low", "fatalities_high": "Killed, high", "radius_km": "Radius, km",
}  # fmt: skip
_KNOWN = {column.name: column for column in FULL}
ALL = FULL + tuple(
    Column(
        column.name,
        _LABELS.get(column.name, column.name.replace("_", " ").capitalize()),
        "number" if column.dtype.is_numeric() else "date" if column.dtype.is_temporal() else "text",
        wide=True,
    )
    for column in COLUMNS
    if column.name not in _KNOWN
)
"""Every column of an incident, those that are shown when nothing else is asked for first."""


def read_columns(text: str) -> tuple[tuple[Column, ...], list[str]]:
    """Return the columns that an address names, in the order of `ALL`, and a sentence for what is no column.

    Nothing is `FULL`, "all" is `ALL`. Where there is little room, the first four are shown.

    Examples
    --------
    >>> [column.label for column in read_columns("summary,date_start")[0]]
    ['Date', 'Summary']
    >>> read_columns("weather")[1]
    ['columns: "weather" is no column. Allowed: all, or names as in an export, such as date_start,summary.']
    """
    wanted = set(filter(None, text.split(",")))
    if text == _ALL or not wanted:
        return ALL if wanted else FULL, []
    named = [column for column in ALL if column.name in wanted]
    unknown = wanted - {column.name for column in named}
    complaints = [
        f'columns: "{name[:40]}" is no column. Allowed: all, or names as in an export, such as date_start,summary.'
        for name in sorted(unknown)[:1]
    ]
    return tuple(replace(column, wide=at >= _ROOM_FOR) for at, column in enumerate(named)) or FULL, complaints


def write_columns(names: Iterable[object]) -> str:
    """Return how the address names columns; those that are none are left out.

    Examples
    --------
    >>> write_columns(["summary", "date_start", 7]), write_columns(column.name for column in FULL)
    ('date_start,summary', '')
    """
    wanted = set(names)
    named = [column.name for column in ALL if column.name in wanted]
    if named == [column.name for column in FULL]:
        return ""
    return _ALL if len(named) == len(ALL) else ",".join(named)
