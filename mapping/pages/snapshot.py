"""The Snapshot button: the present view as one page that opens without network, made only when asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from mapping import admin, pipeline
from mapping.layers.caption import title as title_of
from mapping.pages import address
from mapping.pages.export import may_go_out, say_terms
from mapping.pages.position import standing
from mapping.pages.style import show
from mapping.pages.words import incidents

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from mapping.admin.sets import Sets
    from mapping.layers.page import PageView
    from mapping.query import Filter

__all__ = ["snapshot"]

_LONGEST_TITLE = 120


def snapshot(shown: Callable[[], pl.DataFrame], narrow: pl.DataFrame, wanted: Filter, view: PageView) -> None:
    """Draw the button and what is to be said before a snapshot is made.

    Parameters
    ----------
    shown, narrow, wanted
        As `mapping.pages.export.export` takes them.
    view
        What the page is to show; where the map stands is asked of the browser.
    """
    named = title_of([chip.label for chip in wanted.describe()])
    number = may_go_out(narrow, key="snapshot-published")
    with st.popover("Snapshot", disabled=narrow.is_empty(), key="snapshot"):
        at = address.view_of({"at": standing("snapshot-where")}).at
        show(
            f"<p>One page with the {incidents(number)} shown: the map as it stands, the timeline, the table, "
            "sources and licences. It opens without network and asks nobody.</p>"
        )
        title = st.text_input("Title", placeholder=named, max_chars=_LONGEST_TITLE, key="snapshot-title")
        published = say_terms(narrow, key="snapshot-published")
        page = pipeline.FORMATS["html"]
        if not page.holds(number):
            show(f"<p>A page holds at most {page.most:,} rows: filter for fewer, or export CSV or GeoParquet.</p>")
        st.download_button(
            f"Save snapshot of {number:,}",
            data=partial(
                _made, admin.in_use(), shown, wanted, replace(view, at=at or view.at), title.strip() or named, published
            ),
            file_name=f"incident-atlas-{datetime.now(UTC):%Y-%m-%d}.html",
            mime="text/html",
            key="snapshot-save",
            disabled=number == 0 or not page.holds(number),
            on_click="ignore",
            width="stretch",
        )


def _made(
    boundaries: Sets, shown: Callable[[], pl.DataFrame], wanted: Filter, view: PageView, title: str, published: bool
) -> bytes:
    """Make it by the boundaries that the rows were joined to: a download runs in a thread of its own."""
    with admin.using(boundaries):
        return pipeline.snapshot(shown(), view=view, filter=wanted, title=title, for_publication=published)
