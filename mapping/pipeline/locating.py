"""Places by name, one or a table of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from mapping import readers
from mapping.admin import join_boundaries, place_in_districts
from mapping.errors import InvalidValue
from mapping.geocoder import candidates, geocode
from mapping.geocoder.corrections import correct
from mapping.pipeline.correcting import by_hand
from mapping.pipeline.processing import silent
from mapping.query import Filter
from mapping.schema import conform
from mapping.validate import country_codes

if TYPE_CHECKING:
    from pathlib import Path

    from mapping.geocoder import Candidate
    from mapping.pipeline.processing import Progress

__all__ = ["LOCATED", "locate_table", "locate_text"]

LOCATED = (
    "latitude", "longitude", "geo_precision", "radius_km", "matched_name", "place_id", "geo_method", "adm1_code",
    "geo_reason",
)  # fmt: skip
"""Columns that `locate_table` adds."""


def locate_table(
    path: Path,
    *,
    place: str,
    district: str | None = None,
    province: str | None = None,
    country: str | None = None,
    corrections: pl.DataFrame | None = None,
    score_at_least: float | None = None,
    progress: Progress = silent,
) -> pl.DataFrame:
    """Locate the places of a table: its own columns in order, and what was found beside them.

    Parameters
    ----------
    path
        A table.
    place, district, province, country
        Its columns that hold them.
    corrections
        What people have decided of places, which outranks all; see `mapping.pipeline.own_corrections`.
    score_at_least
        As for `mapping.pipeline.process`.

    Returns
    -------
    polars.DataFrame
        One row out for each row in, with latitude, longitude, geo_precision, radius_km,
        matched_name, place_id, geo_method, adm1_code and geo_reason added; empty where it abstains.
        A column of the table that has one of these names comes out as ``input_`` and its name.

    Raises
    ------
    InvalidValue
        The table has no column of that name.
    """
    progress("Reading", 0.0)
    table = readers.read_table(path)
    named = {"place": place, "adm2_claimed": district, "adm1_claimed": province, "country_iso2": country}
    for column in filter(None, named.values()):
        if column not in table.columns:
            raise InvalidValue(f'{path.name} has no column "{column}". Its columns: {", ".join(table.columns)}.')
    texts = [(pl.col(column) if column else pl.lit(None, pl.String)).alias(name) for name, column in named.items()]
    progress("Placing", 0.2)
    frame = conform(table.select(texts)).with_columns(country_codes(pl.col("country_iso2")))
    placed = place_in_districts(geocode(frame, at_least=score_at_least))
    placed = placed if corrections is None else correct(placed, corrections)
    found = join_boundaries(placed).select(LOCATED)
    progress("Done", 1.0)
    own = {column: f"input_{column}" for column in table.columns if column in LOCATED}
    return table.rename(own).hstack(found)


def locate_text(
    text: str,
    *,
    country: str | None = None,
    province: str | None = None,
    limit: int = 5,
    corrections: pl.DataFrame | None = None,
) -> list[Candidate]:
    """Return candidates for one place, best first; `country` and `province` as a filter takes them.

    What people have decided of it, in `corrections`, comes before all.

    Raises
    ------
    InvalidValue
        The country or the province is not known.
    """
    params = {"country": country, "province": province}
    chosen, complaints = Filter.from_params({name: value for name, value in params.items() if value})
    if complaints:
        raise InvalidValue(" ".join(complaints))
    country_iso2, adm1_code = next(iter(chosen.countries), None), next(iter(chosen.provinces), None)
    first = [] if corrections is None else by_hand(text, corrections, country_iso2=country_iso2, adm1_code=adm1_code)
    known = {one.place_id for one in first}
    found = candidates(text, country_iso2=country_iso2, adm1_code=adm1_code, limit=limit)
    return [*first, *(one for one in found if one.place_id not in known)][:limit]
