"""The incident: its columns, their types, the vocabularies and the precision scale.

The column names are the public contract: GeoJSON properties, CSV columns and the Python
frame all use them. Everything else in the project asks this module.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "ATTRIBUTIONS",
    "COARSE",
    "COLUMNS",
    "CONFIDENCES",
    "DATE_PRECISIONS",
    "EVENT_TYPES",
    "GEO_METHODS",
    "GEO_PRECISIONS",
    "NO_ACTOR",
    "PLACED_AS_POINT",
    "SCHEMA",
    "Column",
    "conform",
    "empty_frame",
    "incident_key",
    "precision_rank",
]

_Rows = TypeVar("_Rows", pl.DataFrame, pl.LazyFrame)

EVENT_TYPES = (
    "air strike", "drone attack", "missile strike", "rocket attack", "shelling", "IED",
    "suicide bombing", "explosion", "armed assault", "armed clash", "ambush", "raid",
    "assassination", "kidnapping", "arson", "robbery", "hijacking", "unrest", "other",
)  # fmt: skip

DATE_PRECISIONS = ("day", "week", "month", "year", "range", "unknown")
ATTRIBUTIONS = ("claimed", "attributed", "suspected", "unknown")
CONFIDENCES = ("high", "medium", "low")
GEO_METHODS = ("source", "site", "gazetteer", "learned", "province", "manual")

NO_ACTOR = ("unknown", "unknown actor", "not known", "unidentified", "unattributed", "n/a", "-", "–", "?", "")
"""What sources write, in small letters, where they know no actor."""

GEO_PRECISIONS = ("site", "town", "near", "district", "province", "area", "offshore", "country", "none")
"""Finest first: what "at least this precise" compares."""

COARSE = ("province", "country", "none")
"""Precisions of a row that no list places any nearer; a district is known where its boundaries or its middle are."""

PLACED_AS_POINT = ("site", "town", "near", "area", "offshore")
"""Precisions that are drawn at their coordinates; the others never become a dot."""


@dataclass(frozen=True)
class Column:
    """One column of the incident frame.

    Attributes
    ----------
    name
        The public name.
    dtype
        Polars type in every frame after validation.
    meaning
        One line for people; docs/columns.md shows it.
    group
        Heading under which docs and the card show it.
    allowed
        Vocabulary, or empty when any value of the type may stand.
    minimum, maximum
        Bounds of a number, both included.
    """

    name: str
    dtype: pl.DataType
    meaning: str
    group: str
    allowed: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None


_TEXT, _COUNT, _DEGREE, _DATE = pl.String(), pl.Int64(), pl.Float64(), pl.Date()

COLUMNS: tuple[Column, ...] = (
    Column("incident_id", _TEXT, "stable within its dataset", "identity"),
    Column("dataset", _TEXT, "the dataset that the row belongs to", "identity"),
    Column("dataset_version", _TEXT, "the version of that dataset", "identity"),
    Column("source_row", _COUNT, "row in the source file, the heading being row 1", "identity", minimum=1),
    Column("date_start", _DATE, "first day on which it may have happened", "when"),
    Column("date_end", _DATE, "last day on which it may have happened", "when"),
    Column("date_precision", _TEXT, "how exact the date is", "when", DATE_PRECISIONS),
    Column("event_type", _TEXT, "what happened, in our vocabulary", "what", EVENT_TYPES),
    Column("event_type_source", _TEXT, "what happened, in the source's own words", "what"),
    Column("weapon", _TEXT, "weapon as reported", "what"),
    Column("weapon_count", _COUNT, "how many weapons, as reported", "what", minimum=0),
    Column("target", _TEXT, "target as reported", "what"),
    Column("outcome", _TEXT, "outcome as reported", "what"),
    Column("summary", _TEXT, "the incident in a sentence or two", "what"),
    Column("actor1", _TEXT, "who did it, as reported", "who"),
    Column("actor2", _TEXT, "the other side, as reported", "who"),
    Column("attribution", _TEXT, "on what ground actor1 is named", "who", ATTRIBUTIONS),
    Column("fatalities_low", _COUNT, "lowest number of deaths reported; null is unknown, 0 is none", "harm", minimum=0),
    Column("fatalities_best", _COUNT, "best number of deaths; null is unknown, 0 is none", "harm", minimum=0),
    Column("fatalities_high", _COUNT, "highest number of deaths; null is unknown, 0 is none", "harm", minimum=0),
    Column("injured", _COUNT, "people injured; null is unknown, 0 is none", "harm", minimum=0),
    Column("country_iso2", _TEXT, "country, ISO 3166-1 alpha-2", "where, as reported"),
    Column("adm1_claimed", _TEXT, "province as reported", "where, as reported"),
    Column("adm2_claimed", _TEXT, "district as reported", "where, as reported"),
    Column("place", _TEXT, "place as reported", "where, as reported"),
    Column("site_type", _TEXT, "kind of place as reported", "where, as reported"),
    Column("latitude", _DEGREE, "degrees north, WGS 84; null when there is no point", "where", minimum=-90, maximum=90),
    Column("longitude", _DEGREE, "degrees east, WGS 84; null when there is no point", "where", minimum=-180, maximum=180),
    Column("geo_precision", _TEXT, "how exact the place is, on our scale", "where", GEO_PRECISIONS),
    Column("geo_precision_source", _TEXT, "the source's own code for it", "where"),
    Column("radius_km", _DEGREE, "how far off the point may be, in kilometres", "where", minimum=0),
    Column("geo_method", _TEXT, "where the place came from", "where", GEO_METHODS),
    Column("place_id", _TEXT, "identifier of what matched", "where"),
    Column("matched_name", _TEXT, "name that matched", "where"),
    Column("geo_reason", _TEXT, "why this place, or why none", "where"),
    Column("adm1_code", _TEXT, "province by geometry: ISO 3166-2 where there is one, else HASC", "where"),
    Column("adm1_name", _TEXT, "name of that province", "where"),
    Column("adm2_code", _TEXT, "district by geometry, where district boundaries are present", "where"),
    Column("adm2_name", _TEXT, "name of that district", "where"),
    Column("adm1_agrees", pl.Boolean(), "does the geometry agree with adm1_claimed", "where"),
    Column("source_name", _TEXT, "who reported it", "evidence"),
    Column("source_url", _TEXT, "where the report stands", "evidence"),
    Column("source_date", _DATE, "when it was reported", "evidence"),
    Column("source_count", _COUNT, "number of sources", "evidence", minimum=0),
    Column("confidence", _TEXT, "the coder's confidence", "evidence", CONFIDENCES),
    Column("licence", _TEXT, "licence of the row", "evidence"),
    Column("citation", _TEXT, "how to cite the row", "evidence"),
)  # fmt: skip

SCHEMA: dict[str, pl.DataType] = {column.name: column.dtype for column in COLUMNS}


def precision_rank(precision: pl.Expr) -> pl.Expr:
    """Rank a geo_precision column, 0 for the finest; null becomes the rank of "none".

    Examples
    --------
    >>> frame = pl.DataFrame({"geo_precision": ["site", None, "province"]})
    >>> frame.select(precision_rank(pl.col("geo_precision")))["geo_precision"].to_list()
    [0, 8, 4]
    """
    ranks = {name: rank for rank, name in enumerate(GEO_PRECISIONS)}
    return precision.fill_null("none").replace_strict(ranks, return_dtype=pl.Int8)


def incident_key() -> pl.Expr:
    """Return what names a row among all datasets, "dataset/incident_id": an incident_id is unique in its own only.

    Examples
    --------
    >>> pl.DataFrame({"dataset": ["Mine"], "incident_id": ["7"]}).select(incident_key()).item()
    'Mine/7'
    """
    return pl.concat_str("dataset", "incident_id", separator="/", ignore_nulls=True)


def empty_frame() -> pl.DataFrame:
    """Return a frame with every incident column and no rows.

    Examples
    --------
    >>> empty_frame().height
    0
    """
    return pl.DataFrame(schema=SCHEMA)


def conform(frame: _Rows, *, keep: Sequence[str] = ()) -> _Rows:
    """Return `frame`, or the query, with exactly the incident columns, in order and of their types.

    Columns that are missing become null; others are dropped unless named in `keep`.

    Examples
    --------
    >>> conform(pl.DataFrame({"place": ["Hit"], "x": [1]})).columns[:2]
    ['incident_id', 'dataset']
    """
    given = frame.collect_schema().names()
    columns = [
        pl.col(name).cast(dtype) if name in given else pl.lit(None, dtype).alias(name) for name, dtype in SCHEMA.items()
    ]
    return frame.select(*columns, *keep)
