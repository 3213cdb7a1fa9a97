"""Learns names of places from incidents whose source gives the coordinates.

What the rows of a dataset call one name in one district becomes one place, at their median; a name whose
rows lie far apart becomes several, and stays ambiguous. Rows that state a district teach where that lies
and how far it reaches.
"""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from mapping.distances import arc_km, arcs_km
from mapping.gazetteer.kinds import split_kind
from mapping.gazetteer.naming import folded_names
from mapping.gazetteer.places import DISTRICT
from mapping.schema import GEO_PRECISIONS, conform, precision_rank
from mapping.toponym import fold_series

__all__ = ["LEARNED", "TEACHING", "Lesson", "learn"]

TEACHING = ("site", "town", "near")
"""Precisions of the rows that teach. Rows near a place carry the place's own point (UCDP GED codebook 23.1,
where_prec 2; ACLED codebook, geo_precision 2), but say so less surely: they teach only a name that no finer row
has, and it answers with "near" for ever."""

LEARNED = {
    "place_id": pl.String(), "name": pl.String(), "kind": pl.String(), "country_iso2": pl.String(),
    "adm1_code": pl.String(), "adm1_listed": pl.String(), "district": pl.String(), "latitude": pl.Float64(),
    "longitude": pl.Float64(), "radius_km": pl.Float64(), "spread_km": pl.Float64(), "precision": pl.String(),
    "population": pl.Int64(), "rows": pl.Int64(), "note": pl.String(), "origin": pl.String(), "licence": pl.String(),
}  # fmt: skip
"""Columns of a table of learned places: those of `mapping.gazetteer.Place`, with spread_km (how far the rows of
the place lie from their median, at most) and the licence of the rows."""

_APART_KM = 10.0
_LEAST_KM = {"site": 0.5, "town": 5.0, "near": 25.0}
_FEW, _FEW_KM, _DISTRICT_KM = 10, 50.0, 25.0
_SETTLEMENTS = ("settlement", "quarter")
_NEAR = GEO_PRECISIONS.index("near")
_PLACE = ("core", "kind", "country_iso2", "adm1_code", "district", "spot")


class Lesson(NamedTuple):
    """What a dataset teaches.

    Attributes
    ----------
    places
        Columns of `LEARNED`; districts have the kind `mapping.gazetteer.places.DISTRICT`.
    names
        Columns of `mapping.gazetteer.naming.NAMES`.
    """

    places: pl.DataFrame
    names: pl.DataFrame


def learn(incidents: pl.DataFrame, *, origin: str, licence: str = "") -> Lesson:
    """Learn places from incidents.

    Parameters
    ----------
    incidents
        Validated and joined: place, adm2_claimed, country_iso2, adm1_code, adm1_resolved (what adm1_claimed
        means, null where that is unknown), latitude, longitude (WGS 84), geo_precision, geo_method. Rows count
        when their source gives the coordinates, at a precision of `TEACHING`.
    origin, licence
        Name of the dataset, and on which terms its rows are held.

    Examples
    --------
    >>> rows = pl.DataFrame({
    ...     "place": ["Tibni town"] * 2, "adm2_claimed": "Deir ez-Zor district", "country_iso2": "SY", "adm1_code": "SY-DY",
    ...     "adm1_resolved": "SY-DY", "latitude": [35.60, 35.61], "longitude": 39.80, "geo_precision": "town",
    ...     "geo_method": "source",
    ... })
    >>> learn(rows, origin="mine").places.select("name", "kind", "rows", "radius_km").rows()
    [('Tibni town', 'town', 2, 5.0), ('Deir ez-Zor district', 'learned district', 2, 50.0)]
    """
    typed = conform(incidents, keep=["adm1_resolved"]).with_columns(pl.col("adm1_resolved").cast(pl.String))
    teaching = typed.filter(
        (pl.col("geo_method") == "source")
        & pl.col("geo_precision").is_in(TEACHING)
        & pl.col("latitude").is_finite()
        & pl.col("longitude").is_finite()
        & pl.col("country_iso2").is_not_null()
    )
    rows = teaching.with_columns(_core(teaching["adm2_claimed"])["core"].alias("district"))
    places = pl.concat([_towns(rows), _districts(rows)])
    numbered = places.with_row_index("number", offset=1).with_columns(
        pl.format("learned:{}:{}", pl.lit(origin), "number").alias("place_id"),
        origin=pl.lit(origin),
        licence=pl.lit(licence),
        population=pl.lit(0),
        note=pl.lit(""),
    )
    names = folded_names(numbered["names"])
    return Lesson(numbered.select(pl.col(name).cast(dtype) for name, dtype in LEARNED.items()), names)


def _core(names: pl.Series) -> pl.DataFrame:
    """Split names into what is left without their words of kind, folded, and that kind."""
    folded = fold_series(names)
    distinct = folded.drop_nulls().unique(maintain_order=True).to_list()
    split = pl.DataFrame(
        [(name, *split_kind(name)) for name in distinct if name],
        schema={"folded": pl.String, "core": pl.String, "kind": pl.String},
        orient="row",
    )
    return pl.DataFrame({"folded": folded}).join(split, "folded", how="left", maintain_order="left")


def _towns(rows: pl.DataFrame) -> pl.DataFrame:
    """Gather the rows of one name in one district into places."""
    split = _core(rows["place"])
    is_settled = pl.col("kind").is_in(_SETTLEMENTS) | pl.col("kind").is_null()
    named = (
        rows.with_columns(split["core"], split["kind"])
        .drop_nulls("core")
        .with_columns(kind=pl.when(is_settled).then(pl.lit("town")).otherwise("kind"))
        .with_columns(rank=precision_rank(pl.col("geo_precision")), group=pl.struct(_PLACE[:-1]).rank("dense"))
    )
    finest = named.filter((pl.col("rank") < _NEAR) | (pl.col("rank").min().over("group") == _NEAR))
    return _gathered(finest.with_columns(_spots(finest)))


def _districts(rows: pl.DataFrame) -> pl.DataFrame:
    """Gather the rows that state a district: its centre is their median, its extent reaches to the farthest."""
    # The province is the one that its rows state: a line drawn at 1:10 million cuts no district in two.
    province = pl.coalesce("adm1_resolved", "adm1_code")
    stated = rows.with_columns(province.alias("adm1_code")).filter(
        pl.col("district").is_not_null() & pl.col("adm1_code").is_not_null()
    )
    district = {"kind": pl.lit(DISTRICT), "core": pl.col("district"), "rank": pl.lit(_NEAR - 1), "spot": pl.lit(0)}
    gathered = _gathered(stated.with_columns(pl.col("adm2_claimed").alias("place"), **district))
    # A few rows do not reach to the borders of a district.
    least_km = pl.when(pl.col("rows") < _FEW).then(_FEW_KM).otherwise(_DISTRICT_KM)
    return gathered.with_columns(
        pl.max_horizontal("radius_km", least_km).alias("radius_km"), precision=pl.lit("district")
    )


def _gathered(rows: pl.DataFrame) -> pl.DataFrame:
    """Make one place of the rows alike in `_PLACE`: at their median, as precise as the coarsest of them."""
    placed = rows.with_columns(pl.col("latitude", "longitude").median().over(_PLACE).name.prefix("mid_"))
    precision = pl.col("rank").max().replace_strict(dict(enumerate(GEO_PRECISIONS)), return_dtype=pl.String)
    gathered = (
        placed.with_columns(_off_km(placed).alias("off_km"))
        .group_by(_PLACE, maintain_order=True)
        .agg(
            pl.col("place").mode().sort().first().alias("name"),
            pl.col("place").unique().sort().alias("names"),
            pl.col("mid_latitude").first().round(5).alias("latitude"),
            pl.col("mid_longitude").first().round(5).alias("longitude"),
            pl.col("off_km").max().round(2).alias("spread_km"),
            precision.alias("precision"),
            pl.col("adm1_resolved").mode().sort().first().alias("adm1_listed"),
            pl.len().cast(pl.Int64).alias("rows"),
        )
    )
    least_km = pl.col("precision").replace_strict(_LEAST_KM, return_dtype=pl.Float64)
    # "Tibni town" is found as any other town is, by its bare name.
    bare = pl.when(pl.col("kind") == "town").then(pl.concat_list("core")).otherwise("names")
    return gathered.with_columns(pl.max_horizontal("spread_km", least_km).alias("radius_km"), bare.alias("names"))


def _off_km(frame: pl.DataFrame) -> pl.Series:
    here, middle = (frame.select(f"{of}latitude", f"{of}longitude").to_numpy() for of in ("", "mid_"))
    return pl.Series(arcs_km(here, middle))


def _spots(rows: pl.DataFrame) -> pl.Series:
    """Number the spots of each group: rows that lie farther apart than a town is wide are several places.

    Of each group the fullest point comes first, the one nearest the middle before others as full, and takes in
    all within 10 km of it; then the next.
    """
    here = ["group", "latitude", "longitude"]
    middle = pl.col("latitude", "longitude").median().over("group").name.prefix("mid_")
    points = rows.group_by(here).len().with_columns(middle)
    points = points.with_columns(_off_km(points).alias("off_km")).sort(
        "group", "len", "off_km", "latitude", "longitude", descending=[False, True, False, False, False]
    )
    spots: list[int] = []
    centres: list[tuple[float, float]] = []
    before = None
    for group, latitude, longitude in points.select(here).iter_rows():
        centres = centres if group == before else []
        before = group
        near = (n for n, centre in enumerate(centres) if arc_km(latitude, longitude, *centre) <= _APART_KM)
        if (spot := next(near, len(centres))) == len(centres):
            centres.append((latitude, longitude))
        spots.append(spot)
    found = points.with_columns(pl.Series("spot", spots, pl.Int32))
    return rows.select(here).join(found, on=here, how="left", maintain_order="left")["spot"]
