"""The view in the address bar: the filter and the chosen incident. What it says is what Explore shows."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
import streamlit as st

from mapping.pages.home import by_own
from mapping.query import Filter

__all__ = ["KEY", "View", "choose", "come_back", "incident_key", "leave", "read", "show"]

KEY = "incident"
"""Parameter of the chosen incident, and name of the column that `incident_key` makes."""


@dataclass(frozen=True)
class View:
    """What the address bar says.

    Attributes
    ----------
    filter
        Which incidents are shown.
    incident
        Key of the chosen one, as `incident_key` writes it; it may be none that we know.
    complaints
        A sentence for each value that is not allowed, and so was passed over.
    """

    filter: Filter
    incident: str | None
    complaints: tuple[str, ...]


def incident_key() -> pl.Expr:
    """Return what names a row among all datasets: an incident_id is unique in its own only.

    Examples
    --------
    >>> pl.DataFrame({"dataset": ["Mine"], "incident_id": ["7"]}).select(incident_key()).item()
    'Mine/7'
    """
    return pl.concat_str("dataset", "incident_id", separator="/", ignore_nulls=True).alias(KEY)


def read() -> View:
    """Return what the address bar says; what is not allowed there becomes a complaint."""
    params = st.query_params.to_dict()
    with by_own():  # what a widget calls runs before its page, and asks here
        found, complaints = Filter.from_params(params)
    return View(found, params.get(KEY) or None, tuple(complaints))


def show(wanted: Filter) -> None:
    """Show what this filter lets pass; the chosen incident stays chosen."""
    _write(wanted, read().incident)


def choose(incident: str | None) -> None:
    """Choose an incident by its key, or none."""
    _write(read().filter, incident)


def _write(wanted: Filter, incident: str | None) -> None:
    st.query_params.from_dict(wanted.to_params() | ({KEY: incident} if incident else {}))


def leave() -> None:
    """Note that another page is open, which has an address of its own."""
    st.session_state["away"] = True


def come_back() -> None:
    """Show what was shown before another page was opened, unless the address bar says otherwise."""
    if st.session_state.pop("away", False) and not st.query_params:
        st.query_params.from_dict(st.session_state.get("address", {}))
    st.session_state["address"] = st.query_params.to_dict()
