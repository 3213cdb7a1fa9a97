"""What is left of incidents when whatever may not be passed on is taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from mapping.exports.counts import OF_NAMES, added, counts, number_of
from mapping.exports.metadata import terms
from mapping.licences import is_restricted

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["left_in", "left_out", "left_out_notice", "pass_on", "publishable"]

_FROM_NAMES = ("latitude", "longitude", "radius_km", "place_id", "matched_name", "adm2_code", "adm2_name")
_REASON = "Placed by {}, whose terms forbid passing its places on: for publication only the {} is given."


def left_out_notice(frame: pl.DataFrame) -> str:
    """Say how many rows a publication of `frame` leaves out, and why; empty when it leaves none out.

    Parameters
    ----------
    frame
        Incidents with dataset and licence, as text or as categories; or their counts (`mapping.exports.counts`).

    Examples
    --------
    >>> rows = pl.DataFrame({"dataset": ["mine", "acled"], "licence": ["CC0", "ACLED terms: no redistribution"]})
    >>> left_out_notice(rows)
    'For publication, 1 of 2 rows is left out: the terms of its dataset (acled: 1) forbid passing it on.'
    """
    counts = _restricted(frame)
    if not (number := sum(counts.values())):
        return ""
    names = ", ".join(f"{name}: {rows:,}" for name, rows in counts.items())
    verb, its, them = ("is", "its dataset", "it") if number == 1 else ("are", "their datasets", "them")
    return (
        f"For publication, {number:,} of {number_of(frame):,} rows {verb} left out: "
        f"the terms of {its} ({names}) forbid passing {them} on."
    )


def _restricted(frame: pl.DataFrame) -> dict[str, int]:
    restricted = terms(frame).filter("restricted").with_columns(pl.col("dataset").fill_null("no dataset named"))
    return dict(restricted.group_by("dataset", maintain_order=True).agg(pl.col("rows").sum()).iter_rows())


def publishable(frame: pl.DataFrame, *, lists: Sequence[str] = ()) -> tuple[pl.DataFrame, dict[str, Any]]:
    """Return the rows that may be passed on, and what was left out.

    A row whose own terms allow it, but which was placed by names that may not be passed on, stays
    without what those names gave: it is known to its province, or its country, and no nearer.

    Parameters
    ----------
    frame
        Incidents, every column of the schema.
    lists
        The user's own lists of names whose terms forbid it.

    Returns
    -------
    tuple of polars.DataFrame and dict
        The dict is for `Metadata.left_out`: rows, datasets (rows of each), places (rows that lost theirs), lists, notice.

    Examples
    --------
    >>> from mapping.schema import conform
    >>> rows = conform(pl.DataFrame({"dataset": ["mine", "acled"], "licence": ["CC0", "no redistribution"]}))
    >>> kept, left_out = publishable(rows)
    >>> kept["dataset"].to_list(), left_out["datasets"]
    (['mine'], {'acled': 1})
    """
    return pass_on(frame, lists=lists), left_out(counts(frame), lists=lists)


def pass_on(frame: pl.DataFrame, *, lists: Sequence[str] = ()) -> pl.DataFrame:
    """Return the first of what `publishable` returns, of one frame of several."""
    kept = frame.filter(~is_restricted(pl.col("licence")))
    name = pl.col("place_id").str.extract(OF_NAMES)
    return _without_places(kept, name.is_in(list(lists)).fill_null(False), name) if lists else kept


def left_out(counted: pl.DataFrame, *, lists: Sequence[str] = ()) -> dict[str, Any]:
    """Return the second of what `publishable` returns, by the counts of all frames."""
    is_kept = ~is_restricted(pl.col("licence"))
    places = number_of(counted.filter(is_kept & _is_withheld(lists)))
    said = left_out_notice(counted)
    if places:
        verb = "row is" if places == 1 else "rows are"
        said = f"{said} For publication, {places:,} {verb} placed in a province or country only: the names that placed " \
            f"{'it' if places == 1 else 'them'} ({', '.join(lists)}) may not be passed on.".strip()  # fmt: skip
    return {
        "rows": number_of(counted.filter(~is_kept)),
        "datasets": _restricted(counted),
        "places": places,
        "lists": list(lists),
        "notice": said.strip(),
    }


def left_in(counted: pl.DataFrame, *, lists: Sequence[str] = ()) -> pl.DataFrame:
    """Return the counts of what `pass_on` returns, of all frames."""
    kept, is_withheld = counted.filter(~is_restricted(pl.col("licence"))), _is_withheld(lists)
    return added(
        kept.with_columns(pl.when(~is_withheld).then("list").alias("list"), located=pl.col("located") & ~is_withheld)
    )


def _is_withheld(lists: Sequence[str]) -> pl.Expr:
    return pl.col("list").is_in(list(lists)).fill_null(False)


def _without_places(frame: pl.DataFrame, is_withheld: pl.Expr, name: pl.Expr) -> pl.DataFrame:
    """Lower the precision of rows whose place is withheld to what is known without it, and say why."""
    in_province, in_country = pl.col("adm1_code").is_not_null(), pl.col("country_iso2").is_not_null()

    def level(province: str, country: str, none: str) -> pl.Expr:
        return (
            pl.when(in_province).then(pl.lit(province)).when(in_country).then(pl.lit(country)).otherwise(pl.lit(none))
        )

    reason = pl.format(_REASON, name, level("province", "country", "place as reported"))
    return frame.with_columns(
        pl.when(~is_withheld).then(pl.col(*_FROM_NAMES)),
        geo_precision=pl.when(is_withheld).then(level("province", "country", "none")).otherwise("geo_precision"),
        geo_reason=pl.when(is_withheld).then(reason).otherwise("geo_reason"),
    )
