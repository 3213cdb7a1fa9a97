"""Which column of a boundary file is which, in the layouts in which people get them.

OCHA COD-AB (ADM2_EN, ADM2_AR, ADM2_PCODE, ADM2ALT1EN), the variants on HDX (admin2Name_en, adm2_name, adm2_pcode),
geoBoundaries (shapeName, shapeISO, shapeID, shapeType), GADM (NAME_2, NL_NAME_2, VARNAME_2, GID_2, HASC_2) and
Natural Earth (name_en, name_alt, iso_3166_2, adm1_code).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mapping.admin.sets import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Layout", "finest", "layout_of", "looked_for"]

_LANGUAGES = "(?:en|fr|es|pt|ar|ku|ckb|fa|he|tr|ru|uk|so|am|my|ne|ps|ur|id|vi|zh)"
_LEVEL = "adm(?:in)?{n}"
# In the order in which one of them becomes the name that is shown.
_NAMES = (
    rf"{_LEVEL}(?:name)?en", f"{_LEVEL}name", "shapename", "name{n}", f"{_LEVEL}", rf"{_LEVEL}(?:name)?{_LANGUAGES}",
)  # fmt: skip
_OTHER_NAMES = (
    rf"{_LEVEL}name[0-9]", rf"{_LEVEL}alt(?:name)?[0-9]?{_LANGUAGES}?", rf"{_LEVEL}ref(?:name)?", "nlname{n}",
    "varname{n}",
)  # fmt: skip
_CODES = (f"{_LEVEL}pcode?", f"{_LEVEL}code", "shapeiso", "iso{n}", "hasc{n}", "gid{n}", "shapeid")
# Where a file names no level at all: Natural Earth, and whoever made one by hand.
_PLAIN_NAMES = ("nameen", "name")
_PLAIN_OTHERS = ("namealt", "namelocal", "gnname", "woename", f"name{_LANGUAGES}")
_PLAIN_CODES = ("iso31662", "pcode", "code")
_DATES = ("validon", "date")
_COUNTRIES = (
    "shapegroup",
    "gid0",
    "iso3",
    "iso2",
    "isoa2",
    "adm0a3",
    "adm(?:in)?0pcode",
    "adm(?:in)?0(?:name)?(?:en)?",
)
_LOOKED_FOR = "ADM{n}_EN, admin{n}Name_en, adm{n}_name, shapeName, NAME_{n} or name"


class Layout(NamedTuple):
    """Columns of a file, best first.

    Attributes
    ----------
    names, codes
        Of the units themselves; the first name is the one that is shown.
    parents
        Names and codes of the unit above.
    countries
        Code or name of the country.
    dates
        The day from which the boundaries are valid.
    level
        Column that says the level in words ("ADM2"), if there is one.
    """

    names: tuple[str, ...]
    codes: tuple[str, ...]
    parents: tuple[str, ...]
    countries: tuple[str, ...]
    dates: tuple[str, ...]
    level: str | None


def layout_of(columns: Sequence[str], level: str) -> Layout | None:
    """Return which columns are which for the units of a level; None when none of them names such units.

    Examples
    --------
    >>> layout_of(["ADM2_PCODE", "ADM2_AR", "ADM2_EN", "ADM1_EN", "validOn"], "adm2")
    Layout(names=('ADM2_EN', 'ADM2_AR'), codes=('ADM2_PCODE',), parents=('ADM1_EN',), countries=(), dates=('validOn',),
           level=None)
    >>> layout_of(["ADM1_EN"], "adm2")
    """
    number = int(level.removeprefix("adm"))
    names = _named(columns, _NAMES, number)
    codes = _named(columns, _CODES, number)
    if not names and not _named(columns, _NAMES, 1):
        names, codes = _named(columns, _PLAIN_NAMES), (*_named(columns, _PLAIN_CODES), *codes)
    if not names:
        return None
    others = (*_named(columns, _OTHER_NAMES, number), *_named(columns, _PLAIN_OTHERS))
    above = tuple(name for name in _named(columns, _NAMES + _CODES, number - 1) if name not in names + codes)
    kind = next(iter(_named(columns, ("shapetype",))), None)
    countries, dates = _named(columns, _COUNTRIES), _named(columns, _DATES)
    return Layout(tuple(dict.fromkeys(names + others)), codes, above, countries, dates, kind)


def finest(columns: Sequence[str]) -> int:
    """Return the number of the finest level that has a name of its own among the columns, 0 when none says.

    Examples
    --------
    >>> finest(["ADM1_EN", "ADM2_EN", "ADM3_EN"])
    3
    """
    numbered = tuple(pattern for pattern in _NAMES if "{n}" in pattern)
    return max((number for number in range(1, 6) if _named(columns, numbered, number)), default=0)


def looked_for(level: str) -> str:
    """Say which columns `layout_of` looks for.

    Examples
    --------
    >>> looked_for("adm2")
    'the name of the districts: ADM2_EN, admin2Name_en, adm2_name, shapeName, NAME_2 or name'
    """
    return f"the name of the {LEVELS[level]}: {_LOOKED_FOR.format(n=level.removeprefix('adm'))}"


def _named(columns: Iterable[str], patterns: Iterable[str], number: int = 0) -> tuple[str, ...]:
    """Return the columns that a pattern fits, in the order of the patterns."""
    plain = {column: re.sub("[^a-z0-9]", "", column.lower()) for column in columns}
    wanted = [re.compile(pattern.replace("{n}", str(number))) for pattern in patterns]
    found = (column for each in wanted for column, bare in plain.items() if each.fullmatch(bare))
    return tuple(dict.fromkeys(found))
