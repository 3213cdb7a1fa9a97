"""Incidents in the smallest types, and the columns by which they are filtered, counted and drawn.

A page goes over all its incidents at every touch: over these few columns a million take a tenth of a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from mapping.schema import DATE_PRECISIONS, EVENT_TYPES, GEO_PRECISIONS, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["COMPACT", "ROW", "narrow", "narrowed"]

ROW = "row"
"""Where a narrow row stands in the frame that it was made from."""

_VOCABULARIES = {"date_precision": DATE_PRECISIONS, "event_type": EVENT_TYPES, "geo_precision": GEO_PRECISIONS}
_REPEATED = (
    "dataset", "weapon", "actor1", "actor2", "country_iso2", "adm1_claimed", "adm1_code", "adm1_name", "adm2_code",
    "adm2_name", "licence",
)  # fmt: skip
_AS_THEY_ARE = (
    "date_start", "date_end", "fatalities_low", "fatalities_best", "fatalities_high", "injured", "place", "latitude",
    "longitude", "radius_km", "place_id", "matched_name", "geo_reason", "adm1_agrees",
)  # fmt: skip
_NARROW = (*_VOCABULARIES, *_REPEATED, *_AS_THEY_ARE)
_REPEATED_BESIDE = (
    "dataset_version", "event_type_source", "attribution", "adm2_claimed", "site_type", "geo_precision_source", "geo_method",
    "source_name", "confidence", "citation",
)  # fmt: skip

COMPACT: dict[str, pl.DataType] = (
    SCHEMA
    | {name: pl.Enum(words) for name, words in _VOCABULARIES.items()}
    | dict.fromkeys((*_REPEATED, *_REPEATED_BESIDE), pl.Categorical())
)
"""The type of each of the incident's columns that takes the least room."""


def narrow(incidents: pl.DataFrame, *, keep: Sequence[str] = ()) -> pl.DataFrame:
    """Return the same rows in few columns: vocabularies as Enum, names that come often as Categorical.

    Parameters
    ----------
    keep
        Columns to keep beside those of the incident.

    Returns
    -------
    polars.DataFrame
        `ROW` (UInt32), the columns kept, and of the incident's columns those that are filtered by, counted and drawn.

    Examples
    --------
    >>> from mapping.schema import conform
    >>> rows = narrow(conform(pl.DataFrame({"event_type": ["raid", "IED"], "country_iso2": ["IQ", "IQ"]})))
    >>> rows.select("row", "event_type").rows(), str(rows.schema["country_iso2"])
    ([(0, 'raid'), (1, 'IED')], 'Categorical')
    """
    return incidents.select(
        pl.int_range(pl.len(), dtype=pl.UInt32).alias(ROW),
        *keep,
        *(pl.col(name).cast(COMPACT[name]) for name in _NARROW),
    )


def narrowed(compact: pl.DataFrame, *, keep: Sequence[str] = ()) -> pl.DataFrame:
    """Return what `narrow` does of rows that have the types of `COMPACT`, and `ROW`, already: no value is touched."""
    return compact.select(ROW, *keep, *_NARROW)
