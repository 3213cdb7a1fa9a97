"""The user's store and all incidents, opened once for everybody who has the app open, and never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from mapping import pipeline
from mapping.pages.address import incident_key
from mapping.pages.filters import Choices, choices
from mapping.store import Store

if TYPE_CHECKING:
    import polars as pl

__all__ = ["atlas", "store"]


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """Return the user's store."""
    return Store()


def atlas() -> tuple[pl.DataFrame, Choices]:
    """Return all incidents, each with its key, and what they offer to choose from; read anew when the store changed."""
    return _atlas(tuple((version.dataset, version.version) for version in store().datasets()))


@st.cache_resource(show_spinner="Opening the atlas", max_entries=2)
def _atlas(held: tuple[tuple[str, str], ...]) -> tuple[pl.DataFrame, Choices]:
    del held  # what the cache goes by
    incidents = pipeline.atlas(store()).with_columns(incident_key())
    return incidents, choices(incidents)
