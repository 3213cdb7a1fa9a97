"""Which rows may be passed on, by what their licence says."""

from __future__ import annotations

import polars as pl

__all__ = ["NO_REDISTRIBUTION", "forbids", "is_restricted"]

NO_REDISTRIBUTION = "no redistribution"
"""Words that stand in the licence of every row that its terms keep from being passed on (ACLED, GTD)."""


def is_restricted(licence: pl.Expr) -> pl.Expr:
    """Test whether a licence keeps its row from being passed on; an unknown licence does not.

    Examples
    --------
    >>> frame = pl.DataFrame({"licence": ["CC BY 4.0", "ACLED terms of use: no redistribution", None]})
    >>> frame.select(is_restricted(pl.col("licence")))["licence"].to_list()
    [False, True, False]
    """
    return licence.str.to_lowercase().str.contains(NO_REDISTRIBUTION, literal=True).fill_null(False)


def forbids(licence: str | None) -> bool:
    """Test one licence the way `is_restricted` tests a column.

    Examples
    --------
    >>> forbids("GADM: No redistribution"), forbids("CC0"), forbids(None)
    (True, False, False)
    """
    return NO_REDISTRIBUTION in (licence or "").lower()
