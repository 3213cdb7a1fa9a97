"""All incidents, opened once for everybody who has the app open, and never changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import polars as pl
import streamlit as st

from mapping import pipeline
from mapping.pages.address import KEY, incident_key
from mapping.pages.filters import Choices, choices
from mapping.pages.home import store
from mapping.pages.once import keep_answers
from mapping.pages.table_order import NEWEST_FIRST, positions, ranks
from mapping.pipeline import FIRST_DAY
from mapping.query import ROW, Filter, Texts

if TYPE_CHECKING:
    from mapping.pages.table_order import Order
    from mapping.pipeline import Opened

__all__ = ["Atlas", "asked", "atlas", "store"]


@dataclass(frozen=True, eq=False)
class Atlas:
    """All incidents, the newest first.

    Attributes
    ----------
    held
        What the store held when they were read: as long as that is the same, so are they.
    opened
        Every column of the incidents, mapped.
    texts
        Their words, to be searched.
    offered
        What there is to choose from.
    """

    held: tuple[Any, ...]
    opened: Opened
    texts: Texts
    offered: Choices

    @property
    def narrow(self) -> pl.DataFrame:
        """All of them, as `mapping.query.narrow` makes them, with the key; never changed."""
        return self.opened.narrow

    def shown(self, wanted: Filter, **instead: Any) -> pl.DataFrame:
        """Return the narrow rows that a filter lets pass, with some of its fields as given `instead`."""
        asked = replace(wanted, **instead) if instead else wanted
        if asked == Filter():
            return self.narrow
        found = _searched if asked.text else _shown
        return found(self.held, tuple(asked.to_params().items()), self, asked)

    def standing(self, wanted: Filter, by: Order) -> pl.Series | None:
        """Return where the rows that `shown` returns stand in an order, one after the other; None: as they come."""
        if by == NEWEST_FIRST:
            return None
        return _standing(self.held, tuple(wanted.to_params().items()), by, self, wanted)

    def one(self, key: str | None) -> pl.DataFrame:
        """Return every column of the incident of that key; no row when there is none."""
        at = self.narrow[KEY].index_of(key) if key else None
        return self.opened.whole(pl.Series([] if at is None else [at], dtype=pl.UInt32))

    def citations(self, rows: pl.DataFrame) -> pl.Series:
        """Return how to cite narrow rows, each way once."""
        return self.opened.rows["citation"][rows[ROW]].drop_nulls().unique(maintain_order=True).cast(pl.String)

    def whole(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Return every column of narrow rows, in their order."""
        return self.opened.whole(rows[ROW])


def atlas() -> Atlas:
    """Return all incidents; read anew when the store changed."""
    return _atlas(_held(), tuple(store().corrections.all()["id"]))


def asked() -> pl.DataFrame:
    """Return the rows whose place is for us to find, as `mapping.pipeline.asked` does, each with its key."""
    return _asked(_held())


def _held() -> tuple[tuple[str, str], ...]:
    versions = ((version.dataset, version.version) for version in store().datasets())
    names = ((kept.name, kept.version) for kept in store().names.all())
    return (*versions, ("boundaries", store().boundaries.in_use().token), *names)


# What the caches go by is what the store held; a name with a line before it is not looked at.


@st.cache_resource(show_spinner="Opening the atlas", max_entries=2)
def _atlas(held: tuple[tuple[str, str], ...], decided: tuple[int, ...]) -> Atlas:
    opened = pipeline.opened(store())
    keep_answers(opened)
    return Atlas((held, decided), opened, Texts(opened.rows, keep=opened.kept), choices(opened.narrow))


@st.cache_resource(show_spinner=False, max_entries=8)
def _shown(held: tuple[Any, ...], params: tuple[tuple[str, str], ...], _atlas: Atlas, _wanted: Filter) -> pl.DataFrame:
    del held, params
    return _wanted.apply(_atlas.narrow, texts=_atlas.texts, index=_atlas.opened.index)


@st.cache_resource(show_spinner="Looking through the words of all incidents", max_entries=8)
def _searched(
    held: tuple[Any, ...], params: tuple[tuple[str, str], ...], _atlas: Atlas, _wanted: Filter
) -> pl.DataFrame:
    # The first search reads every word there is: at a million rows that takes some seconds.
    return _shown(held, params, _atlas, _wanted)


@st.cache_resource(show_spinner=False, max_entries=8)
def _standing(
    held: tuple[Any, ...], params: tuple[tuple[str, str], ...], by: Order, _atlas: Atlas, _wanted: Filter
) -> pl.Series | None:
    del held, params
    ranked = _ranked(_atlas.held, by.column, _atlas)[_atlas.shown(_wanted)[ROW]]
    return positions(ranked, descending=by.descending)


@st.cache_resource(show_spinner=False, max_entries=8)
def _ranked(held: tuple[Any, ...], column: str, _atlas: Atlas) -> pl.Series:
    # Of all incidents, once: to put a million words in order takes a second, and every filter needs it.
    del held
    return ranks(_atlas.opened.rows.select(FIRST_DAY if column == "date_start" else column).to_series())


@st.cache_resource(show_spinner="Asking which places are not known", max_entries=1)
def _asked(held: tuple[tuple[str, str], ...]) -> pl.DataFrame:
    del held
    return pipeline.asked_in(store()).with_columns(incident_key())
