"""The columns by which incidents are filtered, counted and drawn, in their smallest types.

A page goes over all its incidents at every touch: over these few columns a million take a tenth of a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from mapping.schema import DATE_PRECISIONS, EVENT_TYPES, GEO_PRECISIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ROW", "narrow"]

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
        *(pl.col(name).cast(pl.Enum(words)) for name, words in _VOCABULARIES.items()),
        *(pl.col(name).cast(pl.Categorical) for name in _REPEATED),
        *_AS_THEY_ARE,
    )
