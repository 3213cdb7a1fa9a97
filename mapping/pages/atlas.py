"""The user's store and all incidents, opened once for everybody who has the app open, and never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from mapping import pipeline
from mapping.pages.address import incident_key
from mapping.store import Store

if TYPE_CHECKING:
    import polars as pl

__all__ = ["atlas", "store"]


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """Return the user's store."""
    return Store()


def atlas() -> pl.DataFrame:
    """Return the shipped incidents and the user's, each with its key; read again when the store has changed."""
    return _atlas(tuple((version.dataset, version.version) for version in store().datasets()))


@st.cache_resource(show_spinner="Opening the atlas", max_entries=2)
def _atlas(held: tuple[tuple[str, str], ...]) -> pl.DataFrame:
    del held  # what the cache goes by
    return pipeline.atlas(store()).with_columns(incident_key())
