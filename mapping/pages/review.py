"""Review: the places that wait for a person, one after the other, and what was decided of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl
import streamlit as st

from mapping import pipeline
from mapping.pages import address, explore
from mapping.pages.atlas import asked, store
from mapping.pages.decisions import answered, decided_panel, decisions
from mapping.pages.incident_table import Column, incident_table
from mapping.pages.question import question_panel, reported
from mapping.pages.style import plainly, show
from mapping.query import Filter

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["go_to", "page"]

_QUEUE = (
    Column("place", "Place as reported"),
    Column("adm1_name", "Province"),
    Column("why", "Why", "quiet"),
    Column("rows", "Rows", "number"),
)
_PARAMETERS = ("dataset", "province", "question")


class _View(NamedTuple):
    """What the address bar says; null where it says nothing."""

    dataset: str | None = None
    province: str | None = None
    question: str | None = None


def go_to(**params: str) -> None:
    """Open the page at a dataset or at a question."""
    st.switch_page(st.Page(page, title="Review", url_path="review"), query_params=params)


def _read() -> _View:
    return _View(*(st.query_params.get(name) or None for name in _PARAMETERS))


def _show(view: _View) -> None:
    st.query_params.from_dict({name: value for name, value in view._asdict().items() if value})


def _choose(question: str | None) -> None:
    _show(_read()._replace(question=question))


@plainly
def page() -> None:
    """Draw the page."""
    address.leave()
    show(
        "<h1>Review</h1><p>Places that are in no list, or borne by several. What you say of one holds for every row that "
        "asks the same, now and later, and can be taken back.</p>",
        kind="intro",
    )
    view, corrections = _read(), store().corrections.all()
    everywhere = asked()
    rows = everywhere if view.dataset is None else everywhere.filter(pl.col("dataset") == view.dataset)
    unanswered = pipeline.queue(pipeline.undecided(rows, corrections))
    waits = unanswered if view.province is None else unanswered.filter(pl.col("adm1_code") == view.province)
    done = pipeline.decided(rows, corrections)
    question = view.question or (waits["question"][0] if waits.height else None)
    _filters(view, everywhere, unanswered)
    with st.container(key="review"):
        left, right = st.columns([5, 7], gap="medium")
        with left:
            _queue(waits, question, done)
        with right:
            answered(see=_see, on_undo=_choose)
            _question(question, everywhere, waits, done)
    decisions(done, on_open=_choose)


def _filters(view: _View, rows: pl.DataFrame, unanswered: pl.DataFrame) -> None:
    names = rows["dataset"].drop_nulls().unique().sort().to_list()
    provinces = dict(unanswered.select("adm1_code", "adm1_name").drop_nulls().unique().sort("adm1_name").iter_rows())
    with st.container(key="review-filters", horizontal=True, gap="small"):
        _one_of("Dataset", "dataset", view, {name: name for name in names}, all_of_them="All datasets")
        _one_of("Province", "province", view, provinces, all_of_them="All provinces")


def _one_of(label: str, field: str, view: _View, offered: dict[str, str], *, all_of_them: str) -> None:
    value, key = getattr(view, field), f"review-{field}"
    offered = offered | ({value: value} if value and value not in offered else {})
    st.session_state[key] = value  # the address bar rules

    def changed() -> None:
        _show(_read()._replace(**{field: st.session_state[key]}, question=None))

    st.selectbox(
        label,
        list(offered),
        index=None,
        format_func=offered.__getitem__,
        placeholder=all_of_them,
        key=key,
        on_change=changed,
    )


def _queue(waits: pl.DataFrame, question: str | None, done: pl.DataFrame) -> None:
    counted = done.filter(pl.col("rows") > 0).height
    total = counted + waits.height
    if not total:
        return
    st.progress(counted / total, text=f"{counted:,} of {total:,} decided")
    if waits.height:
        incident_table(
            waits.rename({"question": address.KEY}),
            key="queue",
            label="Questions, those of most rows first",
            columns=_QUEUE,
            chosen=question,
            on_choose=_choose,
            height="440px",
        )


def _question(question: str | None, rows: pl.DataFrame, waits: pl.DataFrame, done: pl.DataFrame) -> None:
    """Draw the question at hand: one that waits, one that was decided, or one that a person wants to ask."""
    of_it = rows.filter(pl.col("question") == (question or ""))
    made = done.filter(pl.col("question") == (question or ""))
    told = pipeline.queue(of_it).row(0, named=True) if of_it.height else None
    if told and made.height:
        reported(told, of_it, see=_see)
        decided_panel(made.row(0, named=True), on_undo=_choose)
    elif told:
        question_panel(told, of_it, see=_see, go_on=_following(waits, question))
    else:
        _nothing(waits)


def _following(waits: pl.DataFrame, question: str | None) -> Callable[[], None]:
    """Return what turns to the question after this one; from the last to the first."""
    order = waits["question"].to_list()
    at = order.index(question) + 1 if question in order else 0
    rest = [each for each in order[at:] + order[:at] if each != question]
    return lambda: _choose(rest[0] if rest else None)


def _nothing(waits: pl.DataFrame) -> None:
    with st.container(key="empty"):
        if waits.height:
            st.html("<h2>No such question</h2><p>No incident asks it: its dataset may have been taken away.</p>")
            st.button("Show the first that waits", key="first-question", on_click=_choose, args=(None,))
            return
        st.html(
            "<h2>Nothing waits for you</h2><p>Every place here is known or decided. Import takes in more; what you decided "
            "stays below, and can be taken back.</p>"
        )
        if any(_read()):
            st.button("Show all datasets and provinces", key="show-all", on_click=_show, args=(_View(),))


def _see(place: str, incident: str) -> None:
    """Show the rows of a question in Explore, the first of them chosen."""
    there = st.Page(explore.page, title="Explore", default=True)
    st.switch_page(there, query_params=Filter.from_params({"text": place})[0].to_params() | {address.KEY: incident})
