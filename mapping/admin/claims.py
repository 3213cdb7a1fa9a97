"""From what a source calls a province to our code, and whether a point's province bears it out."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

import polars as pl

from mapping.admin.names import bare_name
from mapping.admin.units import units
from mapping.datasets import shipped

__all__ = ["agrees", "claimed_codes", "province_named", "resolve_province"]

_ALIASES = "admin/adm1_aliases.csv"


def resolve_province(adm1_claimed: pl.Series, country_iso2: pl.Series) -> pl.Series:
    """Return the code of the province that each name means; null where it is unknown or ambiguous.

    Names are folded, words such as "governorate" dropped. Where the country is null the name must be the
    only one of its kind in the world. A region above provinces (the Kurdistan Region) is no province.

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
    code = _codes().get((country_iso2, bare_name(name)))
    return code if code in _unit_codes() else None


@lru_cache(maxsize=1)
def _unit_codes() -> frozenset[str]:
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
    known = _codes()
    found = [known.get((country, bare_name(name))) for country, name in distinct.iter_rows()]
    distinct = distinct.with_columns(adm1_code=pl.Series(found, dtype=pl.String))
    return claims.join(distinct, on=["country", "name"], how="left", nulls_equal=True, maintain_order="left")["adm1_code"]


def agrees(adm1_code: pl.Expr, claimed_code: pl.Expr) -> pl.Expr:
    """Tell whether a province is the one claimed, or lies in the region claimed; null where either is null.

    Examples
    --------
    >>> pairs = pl.DataFrame({"code": ["IQ-AR", "IQ-AN", "IQ-AN"], "claimed": ["IQ-KR", "IQ-KR", None]})
    >>> pairs.select(agrees(pl.col("code"), pl.col("claimed")))["code"].to_list()
    [True, False, None]
    """
    above = adm1_code.replace_strict(_above(), default=None, return_dtype=pl.String)
    return (adm1_code == claimed_code) | (above == claimed_code).fill_null(False)


@lru_cache(maxsize=1)
def _aliases() -> pl.DataFrame:
    return pl.read_csv(shipped(_ALIASES), infer_schema=False)


@lru_cache(maxsize=1)
def _above() -> dict[str, str]:
    """Return what lies in what: the governorates of a region, the UN's zone in Quneitra."""
    return dict(_aliases().drop_nulls("part_of").select("adm1_code", "part_of").iter_rows())


@lru_cache(maxsize=1)
def _codes() -> dict[tuple[str | None, str], str]:
    """Return the code of each bare name in each country, and of each name that only one has under None."""
    meanings: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    for country, code, name in _every_name().iter_rows():
        bare = bare_name(name)
        meanings[country, bare].add(code)
        meanings[None, bare].add(code)
    return {key: codes.pop() for key, codes in meanings.items() if len(codes) == 1}


def _every_name() -> pl.DataFrame:
    """Return country, code and name; the alias table adds regions, and provinces that sources put elsewhere."""
    spelt = pl.concat_list("adm1_code", "adm1_name", "names").alias("name")
    ours = units().select("country_iso2", "adm1_code", spelt)
    aliases = pl.concat_list("name_en", "name_local", pl.col("aliases").str.split("|")).alias("name")
    return (
        pl.concat([ours, _aliases().select("country_iso2", "adm1_code", aliases)])
        .explode("name")
        .drop_nulls("name")
    )
