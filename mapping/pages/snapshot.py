"""The Snapshot button: the present view as one page that opens without network, made only when asked for."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from mapping import admin, pipeline
from mapping.layers.caption import title as title_of
from mapping.pages.export import may_go_out, say_terms
from mapping.pages.style import show
from mapping.pages.words import incidents

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from mapping.admin.sets import Sets
    from mapping.layers.page import View
    from mapping.query import Filter

__all__ = ["snapshot"]

_LONGEST_TITLE = 120


def snapshot(shown: Callable[[], pl.DataFrame], narrow: pl.DataFrame, wanted: Filter, view: View) -> None:
    """Draw the button and what is to be said before a snapshot is made; parameters as `mapping.pages.export.export`.

    Opening it runs the page, so that `view` is where the reader has moved the map.
    """
    named = title_of([chip.label for chip in wanted.describe()])
    number = may_go_out(narrow, key="snapshot-published")
    with st.popover("Snapshot", disabled=narrow.is_empty(), key="snapshot", on_change="rerun"):
        show(
            f"<p>One page with the {incidents(number)} shown: the map as it stands, the timeline, the table, "
            "sources and licences. It opens without network and asks nobody.</p>"
        )
        title = st.text_input("Title", placeholder=named, max_chars=_LONGEST_TITLE, key="snapshot-title")
        published = say_terms(narrow, key="snapshot-published")
        st.download_button(
            f"Save snapshot of {number:,}",
            data=partial(_made, admin.in_use(), shown, wanted, view, title.strip() or named, published),
            file_name=f"incident-atlas-{datetime.now(UTC):%Y-%m-%d}.html",
            mime="text/html",
            key="snapshot-save",
            type="primary",
            disabled=number == 0,
            on_click="ignore",
            width="stretch",
        )


def _made(
    boundaries: Sets, shown: Callable[[], pl.DataFrame], wanted: Filter, view: View, title: str, published: bool
) -> bytes:
    """Make it by the boundaries that the rows were joined to: a download runs in a thread of its own."""
    with admin.using(boundaries):
        return pipeline.snapshot(shown(), view=view, filter=wanted, title=title, for_publication=published)
