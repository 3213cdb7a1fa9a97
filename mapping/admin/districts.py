"""The districts of the sets in use, and the rows of which a district is the best that is known."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from mapping.admin.claims import resolve_province
from mapping.admin.locating import place
from mapping.admin.names import bare_name
from mapping.admin.sets import REMEMBERED, Sets, in_use, using
from mapping.admin.units import units
from mapping.schema import COARSE
from mapping.toponym import skeleton, spelling

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["districts", "place_in_districts"]

_COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    "adm2_code": pl.String, "adm2_name": pl.String, "names": pl.List(pl.String), "adm1_code": pl.String,
    "country_iso2": pl.String, "longitude": pl.Float64, "latitude": pl.Float64, "radius_km": pl.Float64,
    "boundaries": pl.String,
}  # fmt: skip
_SHORTEST_SKELETON = 3
_GUESSED = ("gazetteer", "site")  # a district answered with the town that it has its name from


def districts() -> pl.DataFrame:
    """Return every district of the sets in use; no rows where there are none.

    Columns: adm2_code, adm2_name, names (every spelling, as a list), adm1_code (the province that it lies in, as
    `mapping.admin.units` has it), country_iso2, longitude and latitude of a point inside (WGS 84), radius_km from there
    to the farthest point of the border, boundaries (name and version of the set).

    Examples
    --------
    >>> districts().height
    0
    """
    return _districts(in_use())


@lru_cache(maxsize=REMEMBERED)
def _districts(sets: Sets) -> pl.DataFrame:
    members = sets.at("adm2")
    if not members:
        return pl.DataFrame(schema=_COLUMNS)
    held = pl.concat([each.units.with_columns(boundaries=pl.lit(f"{each.name}, {each.version}")) for each in members])
    with using(sets):
        return held.with_columns(adm1_code=_provinces_of(held, sets)).select(*_COLUMNS)


def _provinces_of(held: pl.DataFrame, sets: Sets) -> pl.Series:
    """Return the province of each district: by geometry, but by name where that is as the shipped shapes, drawn coarsely.

    The names are those of the province in the file of districts, its code among them.
    """
    rows = held.select("country_iso2", "parents").with_row_index("row")
    said = rows.explode("parents").drop_nulls("parents")
    codes = said.select("row", code=resolve_province(said["parents"], said["country_iso2"])).drop_nulls("code")
    named = rows.join(
        codes.unique("row", keep="first", maintain_order=True), on="row", how="left", maintain_order="left"
    )
    unit = pl.Series(place(held["longitude"].to_numpy(), held["latitude"].to_numpy()).unit)
    by_geometry = units()["adm1_code"].gather(unit.set(unit < 0, None))
    is_exact = held["country_iso2"].is_in([each.country_iso2 for each in sets.at("adm1")])
    return pl.select(
        pl.when(is_exact).then(by_geometry).otherwise(pl.coalesce(pl.lit(named["code"]), pl.lit(by_geometry)))
    ).to_series()


class _Names(NamedTuple):
    """Rows of `districts` by bare name within a country or a province, and by what its spellings share within a province."""

    exact: dict[tuple[str, str], set[int]]
    shared: dict[tuple[str, str], set[int]]

    def find(self, claimed: str, *, country: str | None, province: str | None) -> int | None:
        """Return the district that a name means, None where that is none or one of several."""
        bare = bare_name(claimed)
        if province is None:
            return _only(self.exact.get((country or "", bare), ()))
        found = (self.shared.get((province, key), ()) for key in _keys(bare))
        return _only(self.exact.get((province, bare), ()) or next(filter(None, found), ()))


def _keys(bare: str) -> list[str]:
    """Return what the spellings of a name share, the narrower first; a skeleton of two letters is anybody's."""
    consonants = skeleton(bare)
    return [
        f"spelling {spelling(bare)}",
        *([f"skeleton {consonants}"] if len(consonants) >= _SHORTEST_SKELETON else []),
    ]


def _only(rows: Collection[int]) -> int | None:
    return next(iter(rows)) if len(rows) == 1 else None


@lru_cache(maxsize=REMEMBERED)
def _names(sets: Sets) -> _Names:
    names = _Names(defaultdict(set), defaultdict(set))
    listed = _districts(sets).with_row_index("row").explode("names").drop_nulls("names")
    for row, country, province, name in listed.select("row", "country_iso2", "adm1_code", "names").iter_rows():
        bare = bare_name(name)
        for within in filter(None, (country, province)):
            names.exact[within, bare].add(row)
        for key in _keys(bare):
            names.shared[province or "", key].add(row)
    return names


def place_in_districts(frame: pl.DataFrame) -> pl.DataFrame:
    """Answer with the district that a row states, where nothing better is known and its boundaries are in use.

    Only rows are touched that the geocoder left at the province, the country or nothing, or put at the town that a
    district has its name from. They get geo_precision "district", no coordinates, the district's code, name and radius,
    and a reason that names the boundaries. A name counts within the province stated; without one it must be the only
    one of its country.

    Reads adm1_claimed, adm2_claimed, country_iso2 and what `mapping.geocoder.geocode` sets.

    Examples
    --------
    >>> rows = pl.DataFrame({"adm2_claimed": ["Hit"], "geo_precision": ["province"]})
    >>> place_in_districts(rows).equals(rows)  # no districts are in use
    True
    """
    known = districts()
    if known.is_empty():
        return frame
    found = _stated(frame)
    taken = known[["adm2_code", "adm2_name", "adm1_code", "radius_km", "boundaries"]][found].rename(
        lambda name: f"{name} found"
    )
    hit = pl.lit(found.is_not_null())
    reason = pl.format(
        "{}the district {} as stated ({})",
        (pl.col("geo_reason").str.replace("; (province|country) only$", "") + "; ").fill_null(""),
        "adm2_name found",
        "boundaries found",
    )
    answers = {
        "latitude": pl.lit(None, pl.Float64),
        "longitude": pl.lit(None, pl.Float64),
        "geo_precision": pl.lit("district"),
        "radius_km": pl.col("radius_km found"),
        "geo_method": pl.lit("province"),
        "place_id": pl.col("adm2_code found"),
        "matched_name": pl.col("adm2_name found"),
        "geo_reason": reason,
        "adm1_code": pl.col("adm1_code found"),
        "adm2_code": pl.col("adm2_code found"),
        "adm2_name": pl.col("adm2_name found"),
    }
    before = {name: pl.col(name) if name in frame.columns else pl.lit(None, pl.String) for name in answers}
    filled = [pl.when(hit).then(answer).otherwise(before[name]).alias(name) for name, answer in answers.items()]
    return frame.hstack(taken).with_columns(filled).drop(taken.columns)


def _stated(frame: pl.DataFrame) -> pl.Series:
    """Return for each row that may be touched the row of `districts` that it states, null for none."""
    method = pl.col("geo_method").fill_null("")
    is_open = pl.col("geo_precision").is_in(COARSE) & pl.col("latitude").is_null() & (method != "manual")
    is_guess = (pl.col("geo_precision") == "district") & method.is_in(_GUESSED)
    stated = resolve_province(frame["adm1_claimed"], frame["country_iso2"])
    claims = frame.select(
        name=pl.when(is_open | is_guess).then("adm2_claimed"),
        country="country_iso2",
        province=pl.coalesce(pl.lit(stated), "adm1_code"),
    )
    distinct = claims.unique().drop_nulls("name")
    names = _names(in_use())
    rows = [names.find(name, country=country, province=province) for name, country, province in distinct.iter_rows()]
    distinct = distinct.with_columns(row=pl.Series(rows, dtype=pl.UInt32))
    return claims.join(distinct, on=claims.columns, how="left", nulls_equal=True, maintain_order="left")["row"]
