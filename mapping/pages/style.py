"""What every page shares: its look, and the only ways in which text from a file reaches the screen."""

from __future__ import annotations

import html
import re
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from mapping.errors import MappingError
from mapping.pages.home import by_own
from mapping.pages.keyboard import keyboard

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["escape", "inert_label", "link", "plainly", "prose", "rules", "show"]

_FOLDER = Path(__file__).parent
_WORD_JOINER = "\u2060"


def plainly(page: Callable[[], None]) -> Callable[[], None]:
    """Give a page its look and the keyboard its way, and turn what goes wrong on it into its sentence."""

    @wraps(page)
    def drawn() -> None:
        st.html(_FOLDER / "style.css")
        keyboard()
        try:
            with by_own():
                page()
        except MappingError as error:
            show(f"<p>{prose(error)}</p>", kind="notice")

    return drawn


def escape(value: object) -> str:
    """Return text from a file as HTML that shows it as it is, in its own direction; unknown is "–".

    With `prose` the only way for a value into `show`: markup is shown, not obeyed, and a mark that turns the
    writing around (U+202E) ends with the value.

    Examples
    --------
    >>> escape("<b>عين</b> & {{ 6*7 }}")
    '<bdi>&lt;b&gt;عين&lt;/b&gt; &amp; {{ 6*7 }}</bdi>'
    >>> escape(None)
    '–'
    """
    return "–" if value is None or value == "" else f"<bdi>{html.escape(str(value))}</bdi>"


def prose(sentence: object) -> str:
    """Return a sentence of ours as `escape` does, from left to right though a name that it begins with is Arabic.

    Examples
    --------
    >>> prose("'عين' is in no list of places")
    '<bdi dir="ltr">&#x27;عين&#x27; is in no list of places</bdi>'
    """
    return escape(sentence).replace("<bdi>", '<bdi dir="ltr">', 1)


def inert_label(text: str) -> str:
    r"""Return text from a file as the label of a button, where Streamlit would read it as Markdown.

    A backslash takes the meaning from Markdown; the word joiner, which has no width, keeps apart
    what Streamlit replaces after that (arrows, emoji codes, icons).

    Examples
    --------
    >>> inert_label("a*b").encode("unicode-escape")
    b'a\\\\*\\u2060b'
    """
    return re.sub(r"([!-/:-@\[-`{-~])", rf"\\\1{_WORD_JOINER}", text)


def link(address: str | None, text: str) -> str:
    """Return text from a file as a link, where its address is one that a browser may follow.

    Examples
    --------
    >>> link("javascript:alert(1)", "Here")
    '<bdi>Here</bdi>'
    """
    address = (address or "").strip()
    if not re.match("https?://", address, flags=re.IGNORECASE):
        return escape(text)
    return f'<a href="{html.escape(address)}" target="_blank" rel="noopener noreferrer">{escape(text)}</a>'


def rules(css: str) -> None:
    """Add rules of ours to the page's look."""
    st.html(f"<style>{css}</style>")


def show(markup: str, *, kind: str = "") -> None:
    """Show markup of ours, in which every value went through `escape` or `prose`.

    Parameters
    ----------
    kind
        Class of the element around it, as style.css names it.

    Examples
    --------
    >>> show(f"<p>{escape('Hit')}</p>", kind="note")
    """
    st.html(f'<div class="{kind}">{markup}</div>')
