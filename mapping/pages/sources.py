"""Sources: every dataset, list of names and boundary in the app, on which terms it is here, and how to cite it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from mapping import datasets
from mapping.pages import address, boundary_files, name_lists
from mapping.pages.atlas import store
from mapping.pages.style import escape, link, plainly, show

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from mapping.datasets import Source
    from mapping.store import Version

__all__ = ["page"]

_PRIVACY = (
    "Nothing is sent anywhere. The app runs on this machine, reads the files below and what you import, and asks no "
    "other host for anything. What you import is kept in {home} and nowhere else."
)


@plainly
def page() -> None:
    """Draw the page."""
    address.leave()
    show("<h1>Sources</h1><p>What the atlas is made of, on which terms, and how to cite it.</p>", kind="intro")
    show(f"<p>{_PRIVACY.format(home=escape(store().home))}</p>", kind="privacy")
    own = store().datasets()
    st.html('<h2 class="section">Your datasets</h2>')
    for number, version in enumerate(own):
        _own(version, key=f"own-{number}")
    if not own:
        show("<p>None yet: Import takes your files in.</p>", kind="muted")
    _names()
    _boundaries()
    st.html('<h2 class="section">Shipped with the project</h2>')
    for number, entry in enumerate(datasets.sources()):
        _shipped(entry, key=f"shipped-{number}")


def _names() -> None:
    st.html('<h2 class="section">Your place names</h2>')
    held = st.container()
    name_lists.add_form()  # first, so that what it adds is in the list
    with held:
        own = store().names.all()
        for number, kept in enumerate(own):
            key = f"names-{number}"
            with _entry(kept.name, "", name_lists.facts(kept), kept.citation, key=key):
                name_lists.actions(kept, key=key)
        if not own:
            show("<p>None: places are found by the shipped gazetteer alone.</p>", kind="muted")


def _boundaries() -> None:
    st.html('<h2 class="section">Your boundaries</h2>')
    held = st.container()
    boundary_files.add_form()  # first, so that what it adds is in the list
    with held:
        own = store().boundaries.all()
        for number, file in enumerate(own):
            key = f"boundaries-{number}"
            with _entry(file.name, " ".join(file.notes), boundary_files.facts(file), file.citation, key=key):
                boundary_files.remove_button(file, key=key)
        if not own:
            show("<p>None: the shipped provinces are in use, and no districts.</p>", kind="muted")


def _shipped(entry: Source, *, key: str) -> None:
    facts = {
        "Licence": escape(entry.licence),
        "Attribution": escape(entry.attribution),
        "Version": escape(entry.version),
        "Retrieved": escape(entry.retrieved),
        "Rows": f"{entry.rows:,}",
        "From": link(entry.url, entry.url),
    }
    _entry(entry.title, entry.description, facts, entry.citation, key=key)


def _own(version: Version, *, key: str) -> None:
    facts = {
        "Licence": escape(version.licence or "not stated"),
        "Version": escape(version.version),
        "Imported": escape(f"{version.imported_at:%Y-%m-%d}"),
        "Rows": f"{version.rows:,}" + (f" ({version.rejected:,} rejected)" if version.rejected else ""),
        "File": escape(version.source_file),
    }
    _entry(version.dataset, " ".join(version.notes), facts, version.citation, key=key)


def _entry(title: str, description: str, facts: dict[str, str], citation: str, *, key: str) -> DeltaGenerator:
    entry = st.container(border=True, key=f"source-{key}")
    with entry:
        lines = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts.items())
        said = f"<p>{escape(description)}</p>" if description else ""
        show(f'<h3>{escape(title)}</h3>{said}<dl class="facts">{lines}</dl>', kind="source")
        if citation:
            st.html('<p class="label">Citation</p>')
            st.code(citation, language=None, wrap_lines=True)
    return entry
