"""Incidents and the dead, counted together, so that what is unknown stays beside what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from mapping.schema import NO_ACTOR
from mapping.toponym import fold_series

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["DEATHS", "add_up", "by_actor", "ranked", "tally"]

DEATHS = ("fatalities_low", "fatalities_best", "fatalities_high")
"""The columns that are summed; each has a `…_known` beside it: of how many rows it is the sum."""


def tally(frame: pl.DataFrame, *by: str | pl.Expr, also: Sequence[pl.Expr] = ()) -> pl.DataFrame:
    """Count rows and sum the dead by columns of the frame, of all rows where there is none.

    Parameters
    ----------
    also
        What else to make of the rows of each.

    Returns
    -------
    polars.DataFrame
        The columns of `by` and `also`, incidents, and for each of `DEATHS` its sum over the rows where it is known (null, not 0,
        where it is known of none) and the number of these rows.

    Examples
    --------
    >>> rows = pl.DataFrame({"event_type": ["raid", "raid", "IED"], "fatalities_low": [1, None, None],
    ...                      "fatalities_best": [2, 0, None], "fatalities_high": [3, None, None]})
    >>> tally(rows, "event_type").sort("incidents").select("incidents", "fatalities_best", "fatalities_best_known").rows()
    [(1, None, 0), (2, 2, 2)]
    """
    known = [pl.col(name).count().cast(pl.Int64).alias(f"{name}_known") for name in DEATHS]
    return _summed(frame, by, [pl.len().cast(pl.Int64).alias("incidents"), pl.col(*DEATHS).sum(), *known, *also])


def add_up(tallies: pl.DataFrame, *by: str | pl.Expr) -> pl.DataFrame:
    """Add up what `tally` returned, by fewer columns, or to one row where there is none.

    Examples
    --------
    >>> rows = pl.DataFrame({"event_type": ["raid", "IED"]}).with_columns(pl.lit(None, pl.Int64).alias(name) for name in DEATHS)
    >>> add_up(tally(rows, "event_type")).select("incidents", "fatalities_best").rows()
    [(2, None)]
    """
    return _summed(tallies, by, [pl.col("incidents", *DEATHS, *(f"{name}_known" for name in DEATHS)).sum()])


def _summed(frame: pl.DataFrame, by: Sequence[str | pl.Expr], sums: list[pl.Expr]) -> pl.DataFrame:
    summed = frame.group_by(*by).agg(sums) if by else frame.select(sums)
    names = [name for name in summed.columns if name != "incidents" and not name.startswith(DEATHS)]
    known = [pl.when(pl.col(f"{name}_known") > 0).then(name) for name in DEATHS]
    return summed.with_columns(known).select(
        *names, "incidents", *(f"{name}{end}" for name in DEATHS for end in ("", "_known"))
    )


def ranked(tallies: pl.DataFrame, name: str, most: int) -> pl.DataFrame:
    """Return the tallies of the `most` frequent names, then one row for all other names, then the one without a name.

    Returns
    -------
    polars.DataFrame
        `name`, null in the last two; others: 0, in the row of the other names how many they are, null in the last; and
        what `tally` gives. It adds up to what came in.

    Examples
    --------
    >>> rows = pl.DataFrame({"weapon": ["drone", None, "rocket", "rocket"]})
    >>> rows = rows.with_columns(pl.lit(None, pl.Int64).alias(name) for name in DEATHS)
    >>> ranked(tally(rows, "weapon"), "weapon", 1).select("weapon", "others", "incidents").rows()
    [('rocket', 0, 2), (None, 1, 1), (None, None, 1)]
    """
    tallies = tallies.with_columns(pl.col(name).cast(pl.String))
    named = tallies.drop_nulls(name).sort("incidents", name, descending=[True, False])
    return _with_others(
        named.head(most), named.slice(most), tallies.filter(pl.col(name).is_null()), named.height - most
    )


def _with_others(first: pl.DataFrame, rest: pl.DataFrame, nameless: pl.DataFrame, others: int) -> pl.DataFrame:
    name, *_ = first.columns
    parts = ((first, 0), (add_up(rest).head(rest.height), others), (add_up(nameless).head(nameless.height), None))
    numbered = [part.with_columns(others=pl.lit(number, pl.Int64)) for part, number in parts]
    return pl.concat(numbered, how="diagonal").select(name, "others", pl.exclude(name, "others"))


def by_actor(frame: pl.DataFrame, most: int) -> pl.DataFrame:
    """Count the incidents of each actor, on whichever side, the most frequent first.

    An incident counts under each of its two sides, once where both are the same; so the rows add up to more than
    there are incidents. Spellings that the filter takes for one (`mapping.toponym.fold_series`) are one, under the
    most frequent of them.

    Returns
    -------
    polars.DataFrame
        actor, others (0; in the row of the other actors: how many they are), and what `tally` gives. The `most` frequent,
        then one row for the incidents of any other actor, then one for those where no side is named; actor is null in
        both, and others null in the last.

    Examples
    --------
    >>> rows = pl.DataFrame({"actor1": ["PKK", "pkk", None, "Unknown"], "actor2": ["army", None, None, None]})
    >>> rows = rows.with_columns(pl.lit(None, pl.Int64).alias(name) for name in DEATHS)
    >>> by_actor(rows, 1).select("actor", "others", "incidents").rows()
    [('PKK', 0, 2), (None, 1, 1), (None, None, 2)]
    """
    # As many rows as there are pairs of sides: what follows is small, however many incidents there are.
    pairs = tally(frame, pl.col("actor1", "actor2")).with_row_index("pair")
    sides = _sides(pairs)
    counts = add_up(sides.unique(["pair", "folded"]), "folded").sort("incidents", "folded", descending=[True, False])
    rest = counts.slice(most)
    named = counts.head(most).join(_spellings(sides), on="folded", maintain_order="left").drop("folded")
    others = pairs.join(sides.join(rest, on="folded", how="semi"), on="pair", how="semi")
    nobody = pairs.join(sides, on="pair", how="anti")
    first = named.select("actor", pl.exclude("actor"))
    return _with_others(first, others, nobody, rest.height)


def _sides(pairs: pl.DataFrame) -> pl.DataFrame:
    """Return a row for each side that is named."""
    sides = pl.concat(
        pairs.rename({side: "actor"}).drop(other) for side, other in (("actor1", "actor2"), ("actor2", "actor1"))
    )
    sides = sides.with_columns(pl.col("actor").cast(pl.String)).drop_nulls("actor")
    names = sides["actor"].unique()
    folded = pl.DataFrame({"actor": names, "folded": fold_series(names)})
    return sides.join(folded, on="actor").filter(~pl.col("folded").is_in(fold_series(pl.Series(NO_ACTOR)).to_list()))


def _spellings(sides: pl.DataFrame) -> pl.DataFrame:
    counted = sides.group_by("folded", "actor").agg(pl.col("incidents").sum())
    return (
        counted.sort("incidents", "actor", descending=[True, False])
        .unique("folded", keep="first", maintain_order=True)
        .drop("incidents")
    )
