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
from mapping.pages.table_order import positions, ranks
from mapping.query import ROW, Filter, Texts, narrow

if TYPE_CHECKING:
    from mapping.pages.table_order import Order

__all__ = ["Atlas", "asked", "atlas", "store"]


@dataclass(frozen=True, eq=False)
class Atlas:
    """All incidents, the newest first.

    Attributes
    ----------
    held
        What the store held when they were read: as long as that is the same, so are they.
    incidents
        Every column, and the key.
    narrow
        The same rows as `mapping.query.narrow` makes them, with the key.
    texts
        Their words, to be searched.
    offered
        What there is to choose from.
    """

    held: tuple[Any, ...]
    incidents: pl.DataFrame
    narrow: pl.DataFrame
    texts: Texts
    offered: Choices

    def shown(self, wanted: Filter, **instead: Any) -> pl.DataFrame:
        """Return the narrow rows that a filter lets pass, with some of its fields as given `instead`."""
        asked = replace(wanted, **instead) if instead else wanted
        found = _searched if asked.text else _shown
        return found(self.held, tuple(asked.to_params().items()), self, asked)

    def standing(self, wanted: Filter, by: Order) -> pl.Series | None:
        """Return where the rows that `shown` returns stand in an order, one after the other; None: as they come."""
        return _standing(self.held, tuple(wanted.to_params().items()), by, self, wanted)

    def one(self, key: str | None) -> pl.DataFrame:
        """Return every column of the incident of that key; no row when there is none."""
        at = self.narrow[KEY].index_of(key) if key else None
        return self.incidents.clear() if at is None else self.incidents.slice(at, 1)

    def whole(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Return every column of narrow rows, in their order."""
        return self.incidents[rows[ROW]]


def atlas() -> Atlas:
    """Return all incidents; read anew when the store changed."""
    corrections = store().corrections.all()
    return _atlas(_held(), tuple(corrections["id"]), corrections)


def asked() -> pl.DataFrame:
    """Return the rows whose place is for us to find, as `mapping.pipeline.asked` does, each with its key."""
    return _asked(_held())


def _held() -> tuple[tuple[str, str], ...]:
    versions = ((version.dataset, version.version) for version in store().datasets())
    names = ((kept.name, kept.version) for kept in store().names.all())
    return (*versions, ("boundaries", store().boundaries.in_use().token), *names)


_FIRST_DAY = pl.coalesce("date_start", "date_end")
"""What a date stands by in an order: that of an incident which happened by some day is that day."""

# What the caches go by is what the store held; a name with a line before it is not looked at.


@st.cache_resource(show_spinner="Opening the atlas", max_entries=1)
def _stored(held: tuple[tuple[str, str], ...]) -> pl.DataFrame:
    del held
    return pipeline.stored(store()).with_columns(incident_key())


@st.cache_resource(show_spinner="Opening the atlas", max_entries=2)
def _atlas(held: tuple[tuple[str, str], ...], decided: tuple[int, ...], _corrections: pl.DataFrame) -> Atlas:
    corrected = pipeline.corrected(_stored(held), _corrections)
    incidents = corrected.sort(_FIRST_DAY, descending=True, nulls_last=True, maintain_order=True)
    return Atlas((held, decided), incidents, narrow(incidents, keep=(KEY,)), Texts(incidents), choices(incidents))


@st.cache_resource(show_spinner=False, max_entries=8)
def _shown(held: tuple[Any, ...], params: tuple[tuple[str, str], ...], _atlas: Atlas, _wanted: Filter) -> pl.DataFrame:
    del held, params
    return _wanted.apply(_atlas.narrow, texts=_atlas.texts)


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
    return ranks(_atlas.incidents.select(_FIRST_DAY if column == "date_start" else column).to_series())


@st.cache_resource(show_spinner="Asking which places are not known", max_entries=1)
def _asked(held: tuple[tuple[str, str], ...]) -> pl.DataFrame:
    return pipeline.asked(_stored(held))
