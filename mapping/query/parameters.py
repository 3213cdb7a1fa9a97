"""The filter's parameters: how each is spelled, checked, written and shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import polars as pl
import pycountry

from mapping import admin
from mapping.admin.sets import REMEMBERED, Sets
from mapping.errors import InvalidValue
from mapping.query import shapes
from mapping.query.search_parser import parse_query
from mapping.schema import EVENT_TYPES, GEO_PRECISIONS
from mapping.validate import country_code
from mapping.values import shown

__all__ = ["PARAMETERS", "Parameter", "country_names", "date_label", "join_values", "split_values"]


@dataclass(frozen=True)
class Parameter:
    """One parameter of the filter.

    Attributes
    ----------
    name
        As the command line and the address bar spell it.
    field
        Of `mapping.query.Filter`.
    check
        Bring one value to its one form; raise InvalidValue where it is not allowed.
    parse
        Turn one value's text into what `check` takes.
    write
        Turn one value into text that `parse` reads back.
    label
        Show one value to people.
    many
        Does the field hold many values, joined by commas?
    longest
        Characters of text that are read at most.
    """

    name: str
    field: str
    check: Callable[[Any], Any]
    parse: Callable[[str], Any] = str
    write: Callable[[Any], str] = str
    label: Callable[[Any], str] = str
    many: bool = False
    longest: int = 4_000


def join_values(values: tuple[str, ...]) -> str:
    r"""Join values by commas; a comma or backslash within one is written after a backslash.

    Examples
    --------
    >>> print(join_values(("Islamic State", "Guards, 2nd")))
    Islamic State,Guards\, 2nd
    """
    return ",".join(re.sub(r"([\\,])", r"\\\1", value) for value in values)


def split_values(text: str) -> list[str]:
    r"""Split what `join_values` joined.

    Examples
    --------
    >>> split_values("Islamic State,Guards\\, 2nd")
    ['Islamic State', 'Guards, 2nd']
    """
    items = re.findall(r"(?:\\.|[^,])+", text, flags=re.DOTALL)
    return [re.sub(r"\\(.)", r"\1", item, flags=re.DOTALL) for item in items]


def date_label(day: date) -> str:
    """Show a day to people.

    Examples
    --------
    >>> date_label(date(2024, 7, 6))
    '6 Jul 2024'
    """
    return f"{day.day} {day:%b} {day.year}"


def _parse_date(text: str) -> date:
    try:
        # fromisoformat alone would take 20240716 and 2024-W29-2 as well.
        year, month, day = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text).groups()  # type: ignore[union-attr]
        return date(int(year), int(month), int(day))
    except (AttributeError, ValueError):
        raise InvalidValue(f"{shown(text)} is no date. Write it as 2024-07-16.") from None


def _check_date(day: date) -> date:
    if type(day) is not date:
        raise InvalidValue(f"{day!r} is no datetime.date.")
    return day


def _clean(value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise InvalidValue(f"{value!a} holds half a character.") from None
    return value.strip()


def _check_words(value: str) -> str:
    cleaned = _clean(value)
    if cleaned:
        parse_query(cleaned)
    return cleaned


def _one_of(allowed: tuple[str, ...], kind: str) -> Callable[[str], str]:
    by_folded = {value.casefold(): value for value in allowed}

    def check(value: str) -> str:
        found = by_folded.get(_clean(value).casefold())
        if found is None:
            raise InvalidValue(f"{shown(value)} is no {kind}. Allowed: {', '.join(allowed)}.")
        return found

    return check


@lru_cache(maxsize=1)
def country_names() -> dict[str, str]:
    """Return the short English name of each country by its ISO 3166-1 code; never change it.

    Examples
    --------
    >>> country_names()["IR"]
    'Iran'
    """
    # The boundaries' short names before pycountry's official ones.
    official = {entry.alpha_2: entry.name for entry in pycountry.countries}
    units = admin.units().drop_nulls(["country_iso2", "country_name"])
    return official | dict(units.select("country_iso2", "country_name").iter_rows())


def _check_country(value: str) -> str:
    return country_code(_clean(value))


def _province_names() -> dict[str, str]:
    return _names_of(admin.in_use())


@lru_cache(maxsize=REMEMBERED)
def _names_of(sets: Sets) -> dict[str, str]:
    with admin.using(sets):
        return dict(admin.units().select("adm1_code", "adm1_name").drop_nulls("adm1_code").iter_rows())


# The address is read many times for one page, and a hostile one holds a thousand names.
@lru_cache(maxsize=2048)
def _province_named(name: str, sets: Sets) -> str | None:
    with admin.using(sets):
        return admin.resolve_province(pl.Series([name]), pl.Series([None], dtype=pl.String))[0]


def _check_province(value: str) -> str:
    code = _clean(value).upper()
    if code in _province_names():
        return code
    found = _province_named(_clean(value), admin.in_use())
    if found is None:
        raise InvalidValue(
            f"{shown(value)} is no province, or the name of several. Give its code, such as IQ-AN for Anbar in Iraq."
        )
    return found


PARAMETERS = (
    Parameter("country", "countries", _check_country, label=lambda code: country_names().get(code, code), many=True),
    Parameter(
        "province", "provinces", _check_province, label=lambda code: _province_names().get(code) or code, many=True
    ),
    Parameter("from", "date_from", _check_date, _parse_date, label=date_label),
    Parameter("to", "date_to", _check_date, _parse_date, label=date_label),
    Parameter("type", "types", _one_of(EVENT_TYPES, "event type"), many=True),
    Parameter("actor", "actors", _clean, many=True),
    Parameter(
        "precision-at-least", "precision_at_least", _one_of(GEO_PRECISIONS, "precision"), label="at least {}".format
    ),
    Parameter("bbox", "bbox", shapes.check_box, shapes.parse_box, shapes.write_box, label=shapes.box_label),
    Parameter(
        "within",
        "within",
        shapes.check_shape,
        shapes.parse_shape,
        shapes.write_shape,
        label=shapes.shape_label,
        longest=40_000,
    ),
    Parameter("text", "text", _check_words, label="“{}”".format),
    Parameter("dataset", "datasets", _clean, many=True),
    Parameter("rows", "rows", _clean, many=True, longest=20_000),
)
"""In the order in which chips stand."""
