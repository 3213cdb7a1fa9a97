"""Fills Streamlit's static folder: what the browser needs, served by the app itself.

Leaflet comes from the installed package XStatic-Leaflet, the typeface from Streamlit, the
boundaries from data/admin/basemap.parquet; the rest is ours, in static/ beside this file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["install"]


def install(static_folder: Path) -> None:
    """Fill `static_folder`, which Streamlit serves at app/static/, unless it holds the same already.

    Whole or not at all: the files lie in a folder named by their contents, renamed into place.
    """
    raise NotImplementedError
