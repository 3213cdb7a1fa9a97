"""The join of incidents to provinces and districts."""

from __future__ import annotations

import numpy as np
import polars as pl

from mapping.admin.borders import in_stated_country
from mapping.admin.claims import agrees, claimed_codes
from mapping.admin.districts import districts
from mapping.admin.locating import districts_at, place
from mapping.admin.units import units

__all__ = ["join_boundaries"]

_WIDER_THAN_DISTRICT = ("province", "area", "country", "none")


def join_boundaries(frame: pl.DataFrame) -> pl.DataFrame:
    """Add the province and the district in which each point lies, and whether the province is what the source claimed.

    Reads longitude and latitude (WGS 84, null where there is no point), adm1_claimed and country_iso2; adds
    or replaces adm1_code, adm1_name and adm1_agrees. A row without a point keeps the adm1_code that it has,
    from the geocoder, if there is such a province. A row known to the country at most has no province: its coordinates, where the source
    gives some, are the country's middle. A point just across a border from the country stated counts as in it (see
    `mapping.admin.borders`). adm1_agrees is false where the point lies in no province; it is null where there is no
    point, or one over water or of the country only, and where nothing was claimed, or no province that we know.
    adm2_code and adm2_name are null unless districts are in use (see `mapping.admin.districts`), and where the point
    stands for more than a district; a row without a point keeps the district that it was placed in.

    Examples
    --------
    >>> rows = pl.DataFrame({"longitude": [42.44, None], "latitude": [33.79, None], "country_iso2": ["IQ", "IQ"],
    ...                      "adm1_claimed": ["Anbar province", "Anbar"], "adm1_code": [None, "IQ-AN"]})
    >>> join_boundaries(rows).select("adm1_code", "adm1_name", "adm1_agrees").rows()
    [('IQ-AN', 'Anbar', True), ('IQ-AN', 'Anbar', None)]
    """
    longitude, latitude = (frame[axis].cast(pl.Float64).fill_null(float("nan")) for axis in ("longitude", "latitude"))
    x, y = longitude.to_numpy(), latitude.to_numpy()
    unit = pl.Series(in_stated_country(place(x, y).unit, x, y, frame["country_iso2"]))
    found = units()["adm1_code"].gather(unit.set(unit < 0, None))
    by_geometry = frame.select(pl.when(~_is_as_vague_as(frame, "country", "none")).then(pl.lit(found))).to_series()
    without_point = pl.col("longitude").is_null() | pl.col("latitude").is_null()
    held = pl.col("adm1_code") if "adm1_code" in frame.columns else pl.lit(None, pl.String)
    known = pl.when(held.is_in(units()["adm1_code"].implode())).then(held)
    claimed = claimed_codes(frame["adm1_claimed"], frame["country_iso2"])
    return frame.with_columns(
        adm1_code=pl.when(without_point).then(known).otherwise(by_geometry),
        adm1_agrees=pl.when(
            ~without_point & pl.lit(claimed).is_not_null() & ~_is_as_vague_as(frame, "country", "none", "offshore")
        ).then(agrees(pl.lit(by_geometry), pl.lit(claimed)).fill_null(False)),
        adm2_code=_district_code(frame, x, y),
    ).with_columns(adm1_name=_name("adm1", units()), adm2_name=_name("adm2", districts()))


def _district_code(frame: pl.DataFrame, x: np.ndarray, y: np.ndarray) -> pl.Expr:
    known = districts()["adm2_code"]
    unit = pl.Series(districts_at(x, y).unit)
    has_point = pl.Series(np.isfinite(x + y))
    kept = pl.col("adm2_code") if "adm2_code" in frame.columns else pl.lit(None, pl.String)
    return (
        pl.when(~has_point)
        .then(pl.when(kept.is_in(known.implode())).then(kept))
        .when(~_is_as_vague_as(frame, *_WIDER_THAN_DISTRICT))
        .then(pl.lit(known.gather(unit.set(unit < 0, None))))
    )


def _name(level: str, held: pl.DataFrame) -> pl.Expr:
    code, name = f"{level}_code", f"{level}_name"
    return pl.col(code).replace_strict(held[code], held[name], default=None, return_dtype=pl.String)


def _is_as_vague_as(frame: pl.DataFrame, *precisions: str) -> pl.Expr:
    if "geo_precision" not in frame.columns:
        return pl.repeat(False, pl.len())
    return pl.col("geo_precision").is_in(precisions).fill_null(False)
