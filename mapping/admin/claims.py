"""From what a source calls a province to our code, and whether a point's province bears it out."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

import polars as pl

from mapping.admin.names import bare_name, one_direction
from mapping.admin.sets import REMEMBERED, Sets, in_use, using
from mapping.admin.units import shipped_units, units
from mapping.datasets import shipped

__all__ = ["agrees", "claimed_codes", "province_named", "resolve_province"]

_ALIASES = "admin/adm1_aliases.csv"

_NO_PROVINCE_ALONE = frozenset(
    (
        "area", "areas", "bay", "beach", "border", "camp", "capital", "center", "central", "centre", "city", "coast",
        "country", "delta", "desert", "east", "eastern", "federal", "forest", "gulf", "highland", "highlands", "hill",
        "hills", "home", "island", "islands", "lake", "lakes", "land", "mountain", "mountains", "north", "northern",
        "plain", "plains", "plateau", "port", "region", "river", "rivers", "sea", "south", "southern", "the", "town",
        "tribal", "valley", "village", "west", "western",
        "charlotte", "cuenca", "guadalajara", "kochi", "merida", "portland", "queens", "rabat", "surrey", "valencia",
    )
)  # fmt: skip
"""Words that name a province only to those who say its country: common ones, and towns of half a million elsewhere."""


def resolve_province(adm1_claimed: pl.Series, country_iso2: pl.Series) -> pl.Series:
    """Return the code of the province that each name means; null where it is unknown or ambiguous.

    Names are folded, words such as "governorate" dropped; North Kivu is Nord-Kivu where no province has that very
    name. Where the country is null the name must be the only one of its kind in the world, and neither common
    words ("the city") nor a country's. A number is no name. A region above provinces (the Kurdistan Region) is
    no province.

    Examples
    --------
    >>> claimed = pl.Series(["Anbar province", "نينوى", "Kurdistan Region", "Jawf"])
    >>> resolve_province(claimed, pl.Series(["IQ", None, "IQ", None])).to_list()
    ['IQ-AN', 'IQ-NI', None, None]
    """
    codes = claimed_codes(adm1_claimed, country_iso2)
    return codes.set(~codes.is_in(units()["adm1_code"].implode()), None)


def province_named(name: str, country_iso2: str | None = None) -> str | None:
    """Return what `resolve_province` returns, for one name.

    Examples
    --------
    >>> province_named("Anbar province", "IQ"), province_named("Kurdistan Region", "IQ")
    ('IQ-AN', None)
    """
    code = _meaning(name, country_iso2)
    return code if code in _unit_codes(in_use()) else None


@lru_cache(maxsize=REMEMBERED)
def _unit_codes(sets: Sets) -> frozenset[str]:
    with using(sets):
        return frozenset(units()["adm1_code"])


def claimed_codes(adm1_claimed: pl.Series, country_iso2: pl.Series) -> pl.Series:
    """Return the code of the province, or of the region above provinces, that each name means.

    Examples
    --------
    >>> claimed_codes(pl.Series(["Iraqi Kurdistan"]), pl.Series(["IQ"])).to_list()
    ['IQ-KR']
    """
    claims = pl.DataFrame({"country": country_iso2.cast(pl.String), "name": adm1_claimed.cast(pl.String)})
    distinct = claims.unique().drop_nulls("name")
    found = [_meaning(name, country) for country, name in distinct.iter_rows()]
    distinct = distinct.with_columns(adm1_code=pl.Series(found, dtype=pl.String))
    return claims.join(distinct, on=["country", "name"], how="left", nulls_equal=True, maintain_order="left")[
        "adm1_code"
    ]


def _meaning(name: str, country: str | None) -> str | None:
    known, bare = _codes(in_use()), bare_name(name)
    return known.get((country, bare)) or known.get((country, one_direction(bare)))


def agrees(adm1_code: pl.Expr, claimed_code: pl.Expr) -> pl.Expr:
    """Tell whether a province is the one claimed, or lies in the region claimed; null where either is null.

    Examples
    --------
    >>> pairs = pl.DataFrame({"code": ["IQ-AR", "IQ-AN", "IQ-AN"], "claimed": ["IQ-KR", "IQ-KR", None]})
    >>> pairs.select(agrees(pl.col("code"), pl.col("claimed")))["code"].to_list()
    [True, False, None]
    """
    regions = dict(units().drop_nulls("region_code").select("adm1_code", "region_code").iter_rows())
    above = adm1_code.replace_strict(regions, default=None, return_dtype=pl.String)
    return (adm1_code == claimed_code) | (above == claimed_code).fill_null(False)


@lru_cache(maxsize=REMEMBERED)
def _codes(sets: Sets) -> dict[tuple[str | None, str], str]:
    """Return the code of each bare name in each country, and under None of each that is the only one in the world.

    In a country main names come first: another province's old or foreign name does not make them ambiguous. The
    names of the user's provinces stand before our own: Halabja is no name of Sulaymaniyah where it is a province.
    Last come names as `one_direction` says them, where nothing else is called so.
    """
    directed: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    meanings: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    mains: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    theirs, countries = _names_in(sets), _countries()
    for country, code, name, is_main in _every_name(sets).iter_rows():
        bare = bare_name(name)
        if bare.replace(" ", "").isdecimal() or code not in theirs.get((country, bare), {code}):
            continue
        if bare not in countries and not _NO_PROVINCE_ALONE.issuperset(bare.split()):
            meanings[None, bare].add(code)
        meanings[country, bare].add(code)
        directed[country, one_direction(bare)].add(code)
        if is_main:
            mains[country, bare].add(code)
    unheard = {key: codes for key, codes in directed.items() if key not in meanings}
    return _unambiguous(unheard) | _unambiguous(meanings) | _unambiguous(mains)


def _countries() -> frozenset[str]:
    """Return the bare names of the countries: a province called Niger or Georgia needs its country."""
    return frozenset(bare_name(name) for name in shipped_units()["country_name"].drop_nulls().unique())


def _names_in(sets: Sets) -> dict[tuple[str, str], set[str]]:
    """Return the codes of each bare name of the user's provinces, by country."""
    held: dict[tuple[str, str], set[str]] = defaultdict(set)
    for each in sets.at("adm1"):
        for code, name in each.units.select("adm1_code", "names").explode("names").drop_nulls().iter_rows():
            held[each.country_iso2, bare_name(name)].add(code)
    return held


def _unambiguous(meanings: dict[tuple[str | None, str], set[str]]) -> dict[tuple[str | None, str], str]:
    return {key: next(iter(codes)) for key, codes in meanings.items() if len(codes) == 1}


def _every_name(sets: Sets) -> pl.DataFrame:
    """Return country, code, name and whether it is the main one: of the units and of the regions above them.

    The alias table adds names of regions, and the provinces that sources count to another country.
    """
    table = pl.read_csv(shipped(_ALIASES), infer_schema=False)
    listed = pl.concat_list("name_en", "name_local", pl.col("aliases").str.split("|"))
    with using(sets):
        known = units()
    return pl.concat(
        [
            _spelt(known, "adm1_code", pl.concat_list("adm1_code", "adm1_name"), main=True),
            _spelt(known, "adm1_code", pl.col("names")),
            _spelt(known.unique("region_code"), "region_code", pl.concat_list("region_code", "region_name")),
            _spelt(table, "adm1_code", listed),
        ]
    )


def _spelt(frame: pl.DataFrame, code: str, names: pl.Expr, *, main: bool = False) -> pl.DataFrame:
    rows = frame.select("country_iso2", code=code, name=names, main=main).explode("name")
    return rows.drop_nulls(["country_iso2", "code", "name"])
