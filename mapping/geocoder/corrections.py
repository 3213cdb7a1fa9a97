"""What a person has decided of a place outranks every list of names, on all rows that ask the same.

Two rows ask the same when place and district fold to the same, and country and province are the same. A
correction keeps the words of the question, not their folded form, so that it holds when the folding or the
boundaries change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from mapping.admin import resolve_province
from mapping.errors import InvalidValue
from mapping.schema import SCHEMA
from mapping.toponym import fold_series

if TYPE_CHECKING:
    from mapping.geocoder.candidates import Candidate

__all__ = [
    "ASKED", "CORRECTIONS", "DRAWN_KM", "GIVEN", "LEFT_UNKNOWN", "Choice", "choose", "correct", "draw", "province_only", "question_keys",
]  # fmt: skip

ASKED = ("place", "country_iso2", "adm1_claimed", "adm2_claimed")
"""Columns that make the question."""


class Choice(NamedTuple):
    """What a person says of a place, as columns of the incident; a province has no point, nor has what is unknown."""

    latitude: float | None
    longitude: float | None
    geo_precision: str
    radius_km: float | None = None
    place_id: str | None = None
    matched_name: str | None = None
    note: str | None = None


CORRECTIONS: dict[str, pl.DataType] = {
    **{name: SCHEMA[name] for name in ASKED},
    **{name: SCHEMA[name] for name in Choice._fields if name != "note"},
    "note": pl.String(),
    "decided_at": pl.String(),
}
"""The frame of corrections, in the order of their making: a later one of the same question outranks an earlier."""

LEFT_UNKNOWN = Choice(None, None, "none")
"""Nobody can say where it is: no point and no province."""

GIVEN = ("source", "manual")
"""Methods of rows whose place is not for the geocoder to find."""

DRAWN_KM = {"site": 1.0, "town": 5.0, "near": 25.0}
"""Precisions that a point drawn by hand may have, and how far off it then may be when nobody says."""

_ALL_THE_WORLD_KM = 500.0
_SET = (
    "latitude",
    "longitude",
    "geo_precision",
    "radius_km",
    "place_id",
    "matched_name",
    "geo_method",
    "geo_reason",
    "adm1_code",
)


def choose(candidate: Candidate, *, note: str | None = None) -> Choice:
    """Choose one of the candidates.

    Examples
    --------
    >>> from mapping.geocoder import candidates
    >>> choose(candidates("Balad air base", country_iso2="IQ", limit=1)[0]).matched_name
    'Balad Air Base'
    """
    return Choice(
        candidate.latitude,
        candidate.longitude,
        candidate.geo_precision,
        candidate.radius_km,
        candidate.place_id,
        candidate.name,
        note,
    )


def draw(latitude: float, longitude: float, precision: str, *, radius_km: float, note: str | None = None) -> Choice:
    """Say where it is by a point on the map.

    Raises
    ------
    InvalidValue
        That is no point on Earth, no precision of `DRAWN_KM`, or no radius.

    Examples
    --------
    >>> draw(36.3209, 41.8767, "town", radius_km=5).geo_precision
    'town'
    """
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise InvalidValue(
            f"{latitude}, {longitude} is no point: latitude goes from -90 to 90, longitude from -180 to 180."
        )
    if precision not in DRAWN_KM:
        raise InvalidValue(f'A point drawn by hand is as precise as one of {", ".join(DRAWN_KM)}, not "{precision}".')
    if not 0 < radius_km <= _ALL_THE_WORLD_KM:
        raise InvalidValue(f"{radius_km} km is no radius: it goes up to {_ALL_THE_WORLD_KM:g} km and is not 0.")
    return Choice(round(latitude, 5), round(longitude, 5), precision, radius_km, note=note)


def province_only(adm1_code: str, *, note: str | None = None) -> Choice:
    """Say that no more than the province is known.

    Examples
    --------
    >>> province_only("IQ-NI").geo_precision
    'province'
    """
    return Choice(None, None, "province", place_id=adm1_code, note=note)


def question_keys(frame: pl.DataFrame) -> pl.Series:
    """Return of each row what it asks, the same for all that ask the same; null where no place is named.

    Examples
    --------
    >>> rows = pl.DataFrame({"place": ["Al-Hol", "al hol", None], "country_iso2": "SY",
    ...                      "adm1_claimed": ["Hasakah", "Al-Hasakah Governorate", None], "adm2_claimed": None})
    >>> question_keys(rows).to_list()
    ['hol|SY|SY-HA|', 'hol|SY|SY-HA|', None]
    """
    asked = frame.select(pl.col(ASKED).cast(pl.String))
    distinct = asked.unique()
    folded = {name: fold_series(distinct[name]) for name in ("place", "adm1_claimed", "adm2_claimed")}
    code = resolve_province(distinct["adm1_claimed"], distinct["country_iso2"])
    parts = pl.DataFrame(
        {
            "place": folded["place"],
            "country": distinct["country_iso2"],
            "province": code.zip_with(code.is_not_null(), folded["adm1_claimed"]),
            "district": folded["adm2_claimed"],
        }
    )
    # Nothing folds to a text with the sign between them.
    key = pl.concat_str(pl.all().fill_null(""), separator="|")
    keys = parts.select(pl.when(pl.col("place") != "").then(key).alias("key"))
    return asked.join(distinct.hstack(keys), on=ASKED, how="left", nulls_equal=True, maintain_order="left")["key"]


def correct(frame: pl.DataFrame, corrections: pl.DataFrame) -> pl.DataFrame:
    """Lay the corrections over what the geocoder found.

    Coordinates that the source gives stand, and so does what a person said of one row alone ("manual").

    Parameters
    ----------
    frame
        Incidents after `geocode`.
    corrections
        Columns of `CORRECTIONS`; of several that answer one question the last counts.

    Returns
    -------
    polars.DataFrame
        The frame, in its order, with latitude, longitude, geo_precision, radius_km, geo_method ("manual"),
        place_id, matched_name, geo_reason and adm1_code set where a correction answers the row. adm1_code
        is set for a province, and otherwise left for `mapping.admin.join_boundaries`.

    Examples
    --------
    >>> from mapping.geocoder import geocode
    >>> rows = geocode(pl.DataFrame({"place": ["Nowhere", "Hit"], "country_iso2": "IQ", "adm1_claimed": "Anbar"}))
    >>> asked = {"place": "nowhere", "country_iso2": "IQ", "adm1_claimed": "al-Anbar", "decided_at": "2026-11-24"}
    >>> decided = pl.DataFrame([asked | draw(33.5, 42.1, "near", radius_km=10)._asdict()], schema=CORRECTIONS)
    >>> correct(rows, decided).select("geo_method", "radius_km", "geo_reason").rows()[0]
    ('manual', 10.0, "a person drew this point on 2026-11-24 for 'nowhere'")
    """
    if corrections.is_empty():
        return frame
    rows = frame.with_row_index("_row").filter(
        ~pl.col("geo_method").is_in(GIVEN).fill_null(False) & pl.col("place").is_not_null()
    )
    asked = rows.select("_row", question_keys(rows).alias("key"))
    answers = _answers(corrections)
    found = asked.join(answers, on="key").drop("key")
    joined = frame.with_row_index("_row").join(found, on="_row", how="left", maintain_order="left", suffix=" chosen")
    # What a person chose has a method, and so a null beside it is a choice, too.
    is_chosen = pl.col("geo_method chosen").is_not_null()
    columns = [pl.when(is_chosen).then(f"{name} chosen").otherwise(name).alias(name) for name in _SET]
    return joined.with_columns(columns).select(frame.columns)


def _answers(corrections: pl.DataFrame) -> pl.DataFrame:
    """Return one answer a question, with the columns that it sets."""
    said, on = pl.format("'{}'", "place"), pl.col("decided_at").str.head(10)
    told = {
        "none": pl.format("a person said on {} that nobody can tell where {} is", on, said),
        "province": pl.format("a person said on {} that of {} no more than the province is known", on, said),
    }
    chosen = pl.format("a person chose {} on {} for {}", pl.col("matched_name"), on, said)
    drawn = pl.format("a person drew this point on {} for {}", on, said)
    reason = pl.coalesce(
        *(pl.when(pl.col("geo_precision") == name).then(words) for name, words in told.items()), chosen, drawn
    )
    keyed = corrections.with_columns(key=question_keys(corrections)).drop_nulls("key").unique("key", keep="last")
    return keyed.with_columns(
        geo_method=pl.lit("manual"),
        geo_reason=pl.concat_str(reason, "note", separator="; ", ignore_nulls=True),
        adm1_code=pl.when(pl.col("geo_precision") == "province").then("place_id"),
    ).select("key", *_SET)
