"""What an export must know of its rows before it writes the first: whose they are, on which terms, and how they were placed."""

from __future__ import annotations

import polars as pl

__all__ = ["OF_NAMES", "added", "counts", "number_of", "rows_in"]

OF_NAMES = r"^(?:learned|added):(.*):[^:]*$"
"""How the identifier of a place tells the list of names that it comes from."""


def counts(frame: pl.DataFrame) -> pl.DataFrame:
    """Count incidents by what decides what is said of them.

    Returns
    -------
    polars.DataFrame
        dataset, dataset_version, licence, citation, list (of the user's own names that placed them), by_names (and by nothing
        else), located, rows; in the order in which they come.

    Examples
    --------
    >>> from mapping.schema import conform
    >>> counts(conform(pl.DataFrame({"dataset": ["mine", "mine", "acled"]}))).select("dataset", "rows").rows()
    [('mine', 2), ('acled', 1)]
    """
    is_own = pl.col("place_id").str.starts_with("learned:") | pl.col("place_id").str.starts_with("added:")
    has_own = frame.select(is_own.any()).item()  # to take all identifiers apart would cost more than all else
    own = pl.col("place_id").str.extract(OF_NAMES) if has_own else pl.lit(None, pl.String)
    keys = frame.select(
        "dataset", "dataset_version", "licence", "citation", own.alias("list"),
        pl.col("geo_method").is_in(("learned", "gazetteer")).fill_null(False).alias("by_names"),
        (pl.col("latitude").is_not_null() & pl.col("longitude").is_not_null()).alias("located"),
    )  # fmt: skip
    return keys.group_by(pl.all(), maintain_order=True).agg(pl.len().cast(pl.Int64).alias("rows"))


def added(parts: pl.DataFrame) -> pl.DataFrame:
    """Add up the counts of several frames.

    Examples
    --------
    >>> added(pl.DataFrame({"dataset": ["mine", "mine"], "rows": [2, 3]})).rows()
    [('mine', 5)]
    """
    return parts.group_by(pl.exclude("rows"), maintain_order=True).agg(pl.col("rows").sum())


def rows_in(frame: pl.DataFrame) -> pl.Expr:
    """Count the rows of a group: of incidents or other rows, or of `counts` of incidents, which have a column for it."""
    # Other tables may have a column of that name, such as that of the user's own names.
    is_counted = {"by_names", "located", "rows"} <= set(frame.columns)
    return (pl.col("rows").sum() if is_counted else pl.len().cast(pl.Int64)).alias("rows")


def number_of(frame: pl.DataFrame) -> int:
    """Return how many incidents there are in a frame of them, or of counts of them."""
    return int(frame.select(rows_in(frame)).item())
