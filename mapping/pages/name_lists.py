"""The user's own names of places on the Sources page: what was learned or added, and the form that takes a gazetteer in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from mapping import pipeline
from mapping.errors import MappingError
from mapping.pages.home import store, take_away
from mapping.pages.style import escape, show
from mapping.pages.upload import under_its_name

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from mapping.store import NameList

__all__ = ["actions", "add_form", "facts"]

_TYPES = ("txt", "zip", "csv", "tsv", "xlsx", "xls", "parquet")
_ORIGINS = {"learned": "Learned from incidents", "added": "A gazetteer"}
_INVITATION = (
    "A country dump of GeoNames (download.geonames.org, as .txt or .zip), or any table with a name, a latitude and a longitude. "
    "Names are learned on the Import page."
)


def facts(kept: NameList) -> dict[str, str]:
    """Return what the page says of a list of names, as HTML."""
    return {
        "Licence": escape(kept.licence or "not stated"),
        "Version": escape(kept.version),
        "Kind": escape(_ORIGINS[kept.origin]),
        "Added": escape(f"{kept.added_at:%Y-%m-%d}"),
        "Places": f"{kept.places:,}",
        "File": escape(kept.source_file),
    }


def actions(kept: NameList, *, key: str) -> None:
    """Draw the buttons that take a list away and that give it out."""
    with st.container(horizontal=True):
        st.download_button(
            "Download as CSV",
            data=lambda: pipeline.names_file(store(), kept.name),
            file_name="names.csv",
            mime="text/csv",
            key=f"download-{key}",
            type="tertiary",
            on_click="ignore",
        )
        st.button(
            "Forget", key=f"forget-{key}", type="tertiary", on_click=take_away, args=(store().names.remove, kept.name)
        )


def add_form() -> None:
    """Draw the form, and take in what was handed in with it."""
    with st.expander("Add a gazetteer"), st.form("add-names", clear_on_submit=False, border=False):
        show(f"<p>{_INVITATION}</p>", kind="muted")
        handed_in = st.file_uploader("File", type=list(_TYPES), key="names-file")
        columns = st.columns(2)
        with columns[0]:
            country = st.text_input(
                "Country, for rows that state none", key="names-country", placeholder="Syria, or SY"
            )
        with columns[1]:
            licence = st.text_input("Licence", key="names-licence", placeholder="CC BY 4.0")
        citation = st.text_input("Citation", key="names-citation")
        if not st.form_submit_button("Add the gazetteer", type="primary"):
            return
        if handed_in is None:
            show("<p>Choose a file first.</p>", kind="notice")
            return
        _take(handed_in, country=country.strip() or None, licence=licence.strip(), citation=citation.strip())


def _take(handed_in: UploadedFile, *, country: str | None, licence: str, citation: str) -> None:
    with under_its_name(handed_in) as path, st.spinner("Reading the names"):
        try:
            kept, problems = pipeline.add_gazetteer(store(), path, country=country, licence=licence, citation=citation)
        except MappingError as error:
            show(f"<p>{escape(str(error).replace(str(path), path.name))}</p>", kind="notice")
            return
    lost = problems["rejected"].sum()
    left_out = f" {lost:,} rows were left out: they have no name, no point or no country." if lost else ""
    show(f"<p>Added {kept.places:,} places: in use from now on.{left_out}</p>", kind="muted")
