"""The incidents as one HTML file: map, table, filters, licences; it needs no network and no other file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

__all__ = ["render_page"]


def render_page(frame: pl.DataFrame, *, metadata: Mapping[str, Any]) -> str:
    """Return the page as a string of HTML.

    Parameters
    ----------
    frame
        Incidents, every column of the schema.
    metadata
        As `mapping.exports.metadata.Metadata.describe` gives it.
    """
    raise NotImplementedError
