"""The text of a report on the page: marked by field, linked with the form beside it, words selected in it put to use."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from mapping.pages.report_fields import USES, mark_label
from mapping.pages.report_marks import paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mapping.pages.report_marks import Mark, Sentence

__all__ = ["report_text"]

_FOLDER = Path(__file__).parent
_MENU = [{"column": column, "label": label, "group": mark_label(column)[1]} for column, label in USES.items()]

_component = st.components.v2.component(
    "report_text",
    html='<div class="report-text"><div class="letters"></div><div class="uses" role="toolbar" hidden></div></div>',
    css=(_FOLDER / "report_text.css").read_text(encoding="utf-8"),
    js=(_FOLDER / "report_text.js").read_text(encoding="utf-8"),
    isolate_styles=False,  # a selection in a shadow tree is not told alike by all browsers, and the form lies outside
)


def report_text(
    text: str,
    marks: Sequence[Mark],
    *,
    sentences: Sequence[Sentence] = (),
    chosen: int = 0,
    on_choose: Callable[[int], None] | None = None,
    on_assign: Callable[[str, int, int], None] | None = None,
) -> None:
    """Draw the text.

    Parameters
    ----------
    marks
        Of the chosen draft: a click on one lights up its field, which is an element of the class ``st-key-field-COLUMN``
        (a widget) or ``field-COLUMN``, and the other way round.
    sentences
        What tells a draft, and what was passed over.
    chosen
        Number of the chosen draft.
    on_choose
        Takes the number of a draft whose sentence was clicked.
    on_assign
        Takes a column of `USES`, start and end of what was selected for it; None when nothing is to be selected.
    """
    state = st.session_state

    def choose() -> None:
        told = state["report-text"].chosen
        if on_choose and isinstance(told, int | float):
            on_choose(int(told))

    def assign() -> None:
        column, start, end = _assigned(state["report-text"].assign)
        if on_assign and column in USES and 0 <= start < end <= len(text):
            on_assign(column, start, end)

    data = {
        "paragraphs": paragraphs(text, marks, sentences),
        "marks": [asdict(mark) | {"said": text[mark.start : mark.end]} for mark in marks],
        "sentences": [asdict(sentence) for sentence in sentences],
        "chosen": chosen,
        "menu": _MENU if on_assign else [],
    }
    _component(key="report-text", data=data, on_chosen_change=choose, on_assign_change=assign)


def _assigned(told: Any) -> tuple[str, int, int]:
    """Return what the page says was selected. A browser can send anything."""
    match told:
        case {"column": str(column), "start": int() | float() as start, "end": int() | float() as end}:
            return column, int(start), int(end)
    return "", 0, 0
