"""The user's store, opened once for everybody who has the app open."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import streamlit as st

from mapping import pipeline
from mapping.errors import UnknownDataset
from mapping.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

__all__ = ["by_own", "store", "take_away"]


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """Return the user's store."""
    return Store()


def by_own() -> AbstractContextManager[None]:
    """Go by the boundaries and names in the user's store meanwhile: a run of a page has its own thread, and so has each download."""
    return pipeline.using_own(store())


def take_away(remove: Callable[[str], None], name: str) -> None:
    """Take away what the store has of a name; where another window was quicker, it is gone as was asked."""
    with suppress(UnknownDataset):
        remove(name)
