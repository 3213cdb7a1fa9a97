"""Incidents that a filter lets pass, read from the store's files: those that can hold none are not opened."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from mapping.geocoder.corrections import GIVEN
from mapping.pipeline.anew import placed_anew
from mapping.pipeline.atlas import STARTER, shipped_incidents
from mapping.pipeline.correcting import corrected
from mapping.pipeline.own import using_own
from mapping.schema import SCHEMA
from mapping.toponym import fold_series

if TYPE_CHECKING:
    from collections.abc import Collection

    from mapping.query import Filter
    from mapping.store import Store

__all__ = ["selected"]


def selected(store: Store, wanted: Filter) -> pl.DataFrame:
    """Return of what `mapping.pipeline.atlas` returns the rows that a filter lets pass, in their order.

    Raises
    ------
    StoreError
        The store cannot be read, or a file of it is missing or damaged.

    Examples
    --------
    >>> from datetime import date
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from mapping.query import Filter
    >>> from mapping.store import Store
    >>> with TemporaryDirectory() as folder, Store(Path(folder)) as store:
    ...     selected(store, Filter(provinces=("SY-HI",), date_from=date(2024, 1, 1)))["adm1_name"].unique().to_list()
    ['Homs']
    """
    asked = [each.dataset for each in store.datasets() if not wanted.datasets or each.dataset in wanted.datasets]
    with using_own(store):
        found = [_of_dataset(store, name, wanted) for name in asked]
        if not wanted.datasets or STARTER in wanted.datasets:
            starters = placed_anew(shipped_incidents(), store)
            found.insert(0, wanted.apply(corrected(starters, store.corrections.all())))
    return pl.concat([pl.DataFrame(schema=SCHEMA), *found])


def _of_dataset(store: Store, name: str, wanted: Filter) -> pl.DataFrame:
    # A place may be another by now than the one that is stored; dates, kinds, names and the country as reported stay.
    as_reported = replace(wanted, provinces=(), precision_at_least=None, bbox=None, within=None, text="")
    if store.names.ever() or store.boundaries.ever():
        rows = placed_anew(_read(store, name, as_reported), store)
        return wanted.apply(corrected(rows, store.corrections.all()))
    corrections = store.corrections.all()
    if corrections.is_empty():
        return _read(store, name, wanted)
    may_be_another = _may_answer(corrections)
    moved = _read(store, name, as_reported, may_be_another, countries=_countries(corrections, wanted))
    stays = _read(store, name, wanted, ~may_be_another)
    return pl.concat([stays, wanted.apply(corrected(moved, corrections))]).sort("source_row", maintain_order=True)


def _read(store: Store, name: str, wanted: Filter, *tests: pl.Expr, countries: Collection[str] = ()) -> pl.DataFrame:
    """Return the stored rows that pass a filter and other tests, in the order of their source."""
    near = store.scan(
        name, countries=countries or wanted.countries, provinces=wanted.provinces, first=wanted.date_from,
        last=wanted.date_to,
    )  # fmt: skip
    return store.collect(near.filter(wanted.expression(), *tests)).sort("source_row", maintain_order=True)


def _may_answer(corrections: pl.DataFrame) -> pl.Expr:
    """Test whether a row names a place that was corrected, and is one that a correction may answer."""
    decided = fold_series(corrections["place"]).unique()

    def test(places: pl.Series) -> pl.Series:
        spelled = places.drop_nulls().unique()
        return places.is_in(spelled.filter(fold_series(spelled).is_in(decided.implode()))).fill_null(False)

    return ~pl.col("geo_method").is_in(GIVEN).fill_null(False) & pl.col("place").map_batches(
        test, return_dtype=pl.Boolean
    )


def _countries(corrections: pl.DataFrame, wanted: Filter) -> Collection[str]:
    """Return the countries of which rows may be corrected; none where they may be of any."""
    decided = corrections["country_iso2"].unique()
    return wanted.countries if decided.has_nulls() else decided.to_list()
