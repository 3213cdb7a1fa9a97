"""The user's boundaries on the Sources page: which there are, and the form that takes another in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from mapping import pipeline
from mapping.admin.boundary_file import ENDINGS
from mapping.errors import MappingError
from mapping.pages.home import store, take_away
from mapping.pages.style import escape, show
from mapping.pages.upload import under_its_name

if TYPE_CHECKING:
    from mapping.store.boundaries import BoundaryFile

__all__ = ["add_form", "facts", "remove_button"]

_LEVELS = {"adm2": "Districts (adm2)", "adm1": "Provinces (adm1)"}
_TYPES = [ending.lstrip(".") for ending in ENDINGS if ending != ".shp"]  # a Shapefile is several files: it comes zipped
_INVITATION = "Districts, or provinces newer than the shipped ones, from OCHA, geoBoundaries or GADM."


def facts(file: BoundaryFile) -> dict[str, str]:
    """Return what the page says of a boundary file, as HTML."""
    return {
        "Licence": escape(file.licence),
        "Version": escape(file.version),
        "Level": escape(f"{_LEVELS[file.level]} of {file.country_iso2}"),
        "Added": escape(f"{file.added_at:%Y-%m-%d}"),
        "Units": f"{file.features:,}" + ("" if file.in_use else " (replaced by a later file)"),
        "File": escape(file.source_file),
    }


def remove_button(file: BoundaryFile, *, key: str) -> None:
    """Draw the button that takes boundaries away."""
    st.button(
        "Remove", key=f"remove-{key}", type="tertiary", on_click=take_away, args=(store().boundaries.remove, file.name)
    )


def add_form() -> None:
    """Draw the form, and take in what was handed in with it."""
    with st.expander("Add a boundary file"), st.form("add-boundaries", clear_on_submit=False, border=False):
        show(f"<p>{_INVITATION}</p>", kind="muted")
        handed_in = st.file_uploader("File", type=_TYPES, key="boundary-file")
        columns = st.columns(2)
        with columns[0]:
            level = st.selectbox("Level", list(_LEVELS), format_func=_LEVELS.__getitem__, key="boundary-level")
            licence = st.text_input("Licence", key="boundary-licence", placeholder="CC BY-IGO")
        with columns[1]:
            country = st.text_input("Country", key="boundary-country", placeholder="Iraq, or IQ")
            citation = st.text_input("Citation", key="boundary-citation")
        if not st.form_submit_button("Add the boundaries", type="primary"):
            return
        if handed_in is None:
            show("<p>Choose a file first.</p>", kind="notice")
            return
        _take(handed_in, level=level, country=country, licence=licence, citation=citation)


def _take(handed_in: Any, **options: str) -> None:
    with under_its_name(handed_in) as path:
        try:
            added = pipeline.add_boundaries(store(), path, **options)
        except MappingError as error:
            show(f"<p>{escape(str(error).replace(str(path), path.name))}</p>", kind="notice")
            return
    notes = "".join(f"<p>{escape(note)}</p>" for note in added.notes)
    show(
        f"<p>Added {added.features:,} units, version {escape(added.version)}: in use from now on.</p>{notes}",
        kind="muted",
    )
