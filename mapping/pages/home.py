"""The user's store, opened once for everybody who has the app open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from mapping import pipeline
from mapping.store import Store

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

__all__ = ["by_own", "store"]


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """Return the user's store."""
    return Store()


def by_own() -> AbstractContextManager[None]:
    """Go by the boundaries and names in the user's store meanwhile: a run of a page has its own thread, and so has each download."""
    return pipeline.using_own(store())
