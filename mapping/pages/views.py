"""The Views button: the present view kept under a name, found again, and passed on as a link or a file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from mapping.errors import InvalidValue, MappingError
from mapping.pages import address
from mapping.pages.home import store
from mapping.pages.position import move_to, standing
from mapping.pages.style import escape, inert_label, show
from mapping.query import Filter
from mapping.store import read_view_file, view_file
from mapping.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mapping.store import SavedView

__all__ = ["described", "found", "menu"]

_SHOWN = 8


def menu(params: Mapping[str, str]) -> None:
    """Draw the button and what it opens.

    Parameters
    ----------
    params
        Of the address, as it stands.
    """
    with st.popover("Views", key="views", on_change="rerun") as opened:
        if not opened.open:  # nobody sees it, so that nobody need wait for it
            return
        views = store().views.all()
        params = dict(params) | ({"at": at} if (at := standing("views-where")) else {})
        _said()
        _saving(params, views)
        _list(views)
        _passing_on(params)
        _taking_in()


def _said() -> None:
    state = st.session_state
    if refused := state.pop("views-refused", None):
        show(f"<p>{escape(refused)}</p>", kind="notice")
    if done := state.get("views-done"):
        words, back = done
        with st.container(key="views-done-line", horizontal=True, vertical_alignment="center", gap="small"):
            show(f"<p>{words}</p>", kind="done")
            if back is not None:
                st.button("Undo", key="views-undo", on_click=_try, args=(lambda: _bring_back(back),))


def _try(act: Callable[[], None]) -> None:
    """Do what was asked; what cannot be done becomes its sentence."""
    st.session_state.pop("views-done", None)
    try:
        act()
    except MappingError as error:
        st.session_state["views-refused"] = str(error)


def _done(words: str, *, back: int | None = None) -> None:
    st.session_state["views-done"] = (words, back)


def _bring_back(number: int) -> None:
    store().views.bring_back(number)
    _done("It is back.")


def _saving(params: Mapping[str, str], views: Sequence[SavedView]) -> None:
    state = st.session_state
    name = st.text_input("Name", key="view-name", max_chars=200, placeholder="Anbar, summer 2024").strip()
    st.text_input("Note", key="view-note", max_chars=500, placeholder="optional")
    earlier = next((view for view in views if view.name == name), None)
    if earlier:
        show(f"<p>“{escape(name)}” of {earlier.made_at:%Y-%m-%d} will be replaced.</p>", kind="muted")

    def save() -> None:
        name = state["view-name"].strip()
        is_taken = any(view.name == name for view in store().views.all())
        if (
            is_taken and state.get("views-asked") != name
        ):  # the click that left the name cannot have seen what stands there
            state["views-asked"] = name
            raise InvalidValue(f"There is a view “{name}” already. Save again to replace it, or give another name.")
        kept = store().views.save(name, params, note=state["view-note"])
        _done(f"“{escape(kept.name)}” is kept.")
        state["view-name"] = state["view-note"] = state["views-asked"] = ""
        state["view-called"] = kept.name

    label = "Replace this view" if earlier else "Save this view"
    st.button(label, key="save-view", on_click=_try, args=(save,), width="stretch")


def _passing_on(params: Mapping[str, str]) -> None:
    state = st.session_state
    name = state.get("view-name", "").strip() or state.get("view-called", "view")
    st.html('<p class="label">The link to what you see now</p>')
    st.code(f"{st.context.url or ''}?{urlencode(params)}", language=None, wrap_lines=True)
    st.download_button(
        "Save as a file",
        data=view_file(name, params, note=state.get("view-note", ""), app_version=VERSION),
        file_name="incidents.view.json",
        mime="application/json",
        key="view-file",
        on_click="ignore",
        width="stretch",
    )


def found(views: Sequence[SavedView], words: str) -> list[SavedView]:
    """Return the views of whose name, note or filters all these words are a part.

    Examples
    --------
    >>> found([], "anbar")
    []
    """
    wanted = words.casefold().split()
    told = {view.id: f"{view.name} {view.note} {described(view.params)}".casefold() for view in views}
    return [view for view in views if all(word in told[view.id] for word in wanted)]


def described(params: Mapping[str, str]) -> str:
    """Say what a view is filtered for.

    Examples
    --------
    >>> described({"province": "IQ-AN", "type": "raid"}), described({})
    ('Anbar, raid', 'all incidents')
    """
    return ", ".join(chip.label for chip in Filter.from_params(params)[0].describe()) or "all incidents"


def _list(views: Sequence[SavedView]) -> None:
    st.html(f'<div class="heading"><h2>Saved views</h2><span>{len(views) or "none yet"}</span></div>')
    words = st.text_input("Find a view", key="find-view") if len(views) > _SHOWN else ""
    matching = found(views, words)
    for view in matching[:_SHOWN]:
        _line(view)
    if len(matching) > _SHOWN:
        show(f"<p>{len(matching) - _SHOWN:,} more. Write a part of the name above.</p>", kind="muted")
    elif views and not matching:
        show("<p>No view is called so, nor filtered so.</p>", kind="muted")


def _line(view: SavedView) -> None:
    state = st.session_state

    def open_it() -> None:
        move_to(dict(view.params))
        state["view-called"] = view.name
        _done(f"“{escape(view.name)}” is open.")

    def remove() -> None:
        store().views.remove(view.id)
        _done(f"“{escape(view.name)}” is taken away.", back=view.id)

    def rename() -> None:
        state["view-renamed"] = None if state.get("view-renamed") == view.id else view.id

    with st.container(key=f"view-line-{view.id}", gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            button = partial(st.button, type="tertiary", on_click=_try)
            button(inert_label(view.name), key=f"open-view-{view.id}", args=(open_it,))
            button("Rename", key=f"rename-view-{view.id}", args=(rename,))
            button("Remove", key=f"remove-view-{view.id}", args=(remove,))
        note = f"{escape(view.note)} · " if view.note else ""
        show(f"{note}{escape(described(view.params))} · {view.made_at:%Y-%m-%d}", kind="muted")
        if state.get("view-renamed") == view.id:
            _renaming(view)


def _renaming(view: SavedView) -> None:
    key = f"new-name-{view.id}"
    st.session_state.setdefault(key, view.name)

    def rename() -> None:
        kept = store().views.rename(view.id, st.session_state[key])
        st.session_state["view-renamed"] = None
        _done(f"“{escape(view.name)}” is called “{escape(kept.name)}” now.")

    st.text_input("New name", key=key, max_chars=200, on_change=_try, args=(rename,))


def _taking_in() -> None:
    state = st.session_state
    serial = state.setdefault("views-serial", 0)  # a new one empties the uploader

    def take() -> None:
        given = state[f"view-given-{serial}"]
        if given is None:
            return
        state["views-serial"] = serial + 1
        name, params, note = read_view_file(given.getvalue())
        kept = store().views.save(_free(name, store().views.all()), params, note=note)
        complaints = "".join(f" {escape(one)}" for one in address.view_of(kept.params).complaints)
        _done(f"“{escape(kept.name)}” is taken in.{complaints}")

    st.file_uploader(
        "Take in a view from a file",
        type=["json"],
        max_upload_size=1,
        key=f"view-given-{serial}",
        on_change=_try,
        args=(take,),
    )


def _free(name: str, views: Sequence[SavedView]) -> str:
    """Return the name, or one made from it that no view has: what came from elsewhere replaces nothing."""
    taken = {view.name for view in views}
    numbered = (f"{name} ({number})" for number in range(2, len(taken) + 3))
    return name if name not in taken else next(one for one in numbered if one not in taken)
