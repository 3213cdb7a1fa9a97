"""All incidents, opened once for everybody who has the app open, and never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from mapping import pipeline
from mapping.pages.address import incident_key
from mapping.pages.filters import Choices, choices
from mapping.pages.home import store

if TYPE_CHECKING:
    import polars as pl

__all__ = ["asked", "atlas", "store"]


def atlas() -> tuple[pl.DataFrame, Choices]:
    """Return all incidents, each with its key, and what they offer to choose from; read anew when the store changed."""
    corrections = store().corrections.all()
    return _atlas(_held(), tuple(corrections["id"]), corrections)


def asked() -> pl.DataFrame:
    """Return the rows whose place is for us to find, as `mapping.pipeline.asked` does, each with its key."""
    return _asked(_held())


def _held() -> tuple[tuple[str, str], ...]:
    versions = ((version.dataset, version.version) for version in store().datasets())
    names = ((kept.name, kept.version) for kept in store().names.all())
    return (*versions, ("boundaries", store().boundaries.in_use().token), *names)


# What the caches go by is what the store held; a name with a line before it is not looked at.


@st.cache_resource(show_spinner="Opening the atlas", max_entries=1)
def _stored(held: tuple[tuple[str, str], ...]) -> pl.DataFrame:
    del held
    return pipeline.stored(store()).with_columns(incident_key())


@st.cache_resource(show_spinner="Opening the atlas", max_entries=2)
def _atlas(
    held: tuple[tuple[str, str], ...], decided: tuple[int, ...], _corrections: pl.DataFrame
) -> tuple[pl.DataFrame, Choices]:
    del decided
    incidents = pipeline.corrected(_stored(held), _corrections)
    return incidents, choices(incidents)


@st.cache_resource(show_spinner="Asking which places are not known", max_entries=1)
def _asked(held: tuple[tuple[str, str], ...]) -> pl.DataFrame:
    return pipeline.asked(_stored(held))
