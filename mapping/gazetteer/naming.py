"""Folds the names of places into the table by which they are found."""

from __future__ import annotations

import re

import polars as pl

from mapping.gazetteer.kinds import split_kind
from mapping.toponym import fold_series, skeleton, spelling

__all__ = ["NAMES", "folded_names"]

NAMES = {
    "folded": pl.String(), "place": pl.UInt32(), "is_code": pl.Boolean(), "core": pl.String(), "kind_said": pl.String(),
    "spelling": pl.String(), "skeleton": pl.String(),
}  # fmt: skip
"""Columns of a table of names; see `mapping.gazetteer.Gazetteer`."""

_CODE = re.compile(r"^[A-Z]{2,5}$")
"""IQA, ORAA, AOC: matched only where a text writes them so, since "dam" and "iz" are words too."""


def folded_names(names: pl.Series) -> pl.DataFrame:
    """List every name of every place, folded, once, with what its words of kind leave of it.

    Parameters
    ----------
    names
        One list of names a place.

    Returns
    -------
    polars.DataFrame
        Columns of `NAMES`, sorted by folded name; ``place`` is the row of `names`.

    Examples
    --------
    >>> found = folded_names(pl.Series([["Balad Air Base", "ORBD"], ["Balad", "بلد"]]))
    >>> found.select("folded", "place", "is_code", "core", "kind_said").rows()[1:3]
    [('balad air base', 0, False, 'balad', 'airbase'), ('orbd', 0, True, None, None)]
    """
    listed = pl.DataFrame({"name": names}).with_row_index("place").explode("name").drop_nulls("name")
    folded = (
        listed.with_columns(
            fold_series(listed["name"]).alias("folded"), is_code=pl.col("name").str.contains(_CODE.pattern)
        )
        .filter(pl.col("folded") != "")
        .group_by("folded", "place")
        .agg(pl.col("is_code").all())
        .sort("folded", "place")
    )
    split = pl.DataFrame(
        [split_kind(name) for name in folded["folded"]],
        schema={"core": pl.String, "kind_said": pl.String},
        orient="row",
    )
    says_kind = split["kind_said"].is_not_null()
    spellings = pl.Series("spelling", [spelling(name) for name in folded["folded"]], dtype=pl.String)
    skeletons = pl.Series("skeleton", [skeleton(name) for name in folded["folded"]], dtype=pl.String)
    return folded.hstack([split["core"].set(~says_kind, None), split["kind_said"], spellings, skeletons]).select(
        pl.col(name).cast(dtype) for name, dtype in NAMES.items()
    )
