"""The top of Explore: what is filtered for, and how many incidents that leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import streamlit as st

from mapping import aggregate
from mapping.pages import address
from mapping.pages.incident_table import PROVINCE_ONLY, UNPLACED, incident_table
from mapping.pages.once import once
from mapping.pages.style import inert_label, prose, rules, show
from mapping.palette import EVENT_GROUPS
from mapping.placement import has_mark
from mapping.query import Chip, Filter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mapping.pages.atlas import Atlas

__all__ = ["chips", "complaints", "grouped", "nothing_shown", "numbers"]

_LIST_WIDTH = 620
_CLEARED = "cleared"
_MOST = 5


def grouped(active: Sequence[Chip]) -> list[tuple[str, tuple[Chip, ...]]]:
    """Return a label and its chips for each chip to draw: all types of one colour share one.

    Examples
    --------
    >>> active = Filter(types=("rocket attack", "missile strike", "raid")).describe()
    >>> [label for label, _ in grouped(active)]
    ['Rocket, missile', 'raid']
    """
    types = {chip.value: chip for chip in active if chip.field == "types"}
    whole = (group for group in EVENT_GROUPS if set(group.event_types) <= set(types))
    shared = {
        kind: (group.label, tuple(types[each] for each in group.event_types))
        for group in whole
        for kind in group.event_types
    }
    labelled = ((chip.label, (chip,)) for chip in active)
    drawn = (
        shared.get(chip.value, alone) if chip.field == "types" else alone
        for chip, alone in zip(active, labelled, strict=True)
    )
    return list(dict.fromkeys(drawn))


def chips(wanted: Filter, everything: Atlas, *, is_in_view: bool = False) -> None:
    """Draw a chip for each active filter; a click takes it off, and what "Clear all" took off comes back on "Undo".

    Parameters
    ----------
    is_in_view
        Does the filter's box follow the map? Then the chip says so, not where the box is.
    """
    active = grouped(wanted.describe())
    rules(f":root {{ --filters: 'Filters{f' · {len(active)}' if active else ''}' }}")
    with st.container(key="chips", horizontal=True, gap="xsmall", vertical_alignment="center"):
        for number, (label, members) in enumerate(active):
            said = "Only what is in view" if is_in_view and members[0].field == "bbox" else label
            less = _without(wanted, members)
            st.button(f"{inert_label(said)} ×", key=f"chip-{number}", on_click=address.show, args=(less,))
        if active:
            st.button("Clear all", key="clear-all", type="tertiary", on_click=_clear, args=(wanted,))
            if unknown := _without_mark(wanted, everything):
                st.html(f'<span class="muted">{unknown:,} left out: place unknown</span>')
            st.session_state.pop(_CLEARED, None)
            return
        st.html('<span class="muted">Everything is shown: no filter is set.</span>')
        if cleared := st.session_state.get(_CLEARED):
            st.button("Undo “Clear all”", key="undo-clear", type="tertiary", on_click=address.show, args=(cleared,))


def _without_mark(wanted: Filter, everything: Atlas) -> int:
    """Count what only the area of a filter leaves out, and would wherever it lay: these have no mark on the map."""
    if wanted.bbox is None and wanted.within is None:
        return 0
    return everything.shown(wanted, bbox=None, within=None).filter(~has_mark()).height


def _clear(wanted: Filter) -> None:
    st.session_state[_CLEARED] = wanted
    address.show(Filter())


def _without(wanted: Filter, taken: Sequence[Chip]) -> Filter:
    for chip in taken:
        wanted = wanted.without(chip.field, chip.value)
    return wanted


def complaints(sentences: Sequence[str]) -> None:
    """Say what of the address was passed over; the first few of many."""
    lines = [prose(sentence) for sentence in sentences[:_MOST]]
    if more := len(sentences) - len(lines):
        lines.append(f"… and {more:,} more.")
    if lines:
        show("".join(f"<p>{line}</p>" for line in lines), kind="notice")


def numbers(shown: pl.DataFrame, total: int) -> None:
    """Draw how many are shown, and how far they can be placed; the parts add up to what is shown.

    The last two open the list of the incidents that the map cannot draw as marks.
    """
    counts = aggregate.Placement(*once("placement", aggregate.placement, shown))
    _number(counts.shown, f"incident{'' if counts.shown == 1 else 's'} of {total:,}")
    _number(counts.site_or_town, "at a site or town")
    if counts.roughly:
        _number(counts.roughly, "near one, or in an area")
    _opening(counts.province_only, "in a province only", lambda: _in_provinces(shown))
    _opening(counts.off_map, "not on the map", lambda: _off_map(shown))


def _number(number: int, words: str) -> None:
    st.html(f'<div class="number"><b>{number:,}</b><span>{words}</span></div>', width="content")


def _opening(number: int, words: str, listed: Callable[[], None]) -> None:
    """Draw a number that opens its list, which is made when it is asked for."""
    label, key = f"**{number:,}** {words}", f"number {words}"
    box = st.popover(label, disabled=number == 0, key=key, width="content", wrap=True, on_change="rerun")
    if box.open and number:
        with box, st.container(width=_LIST_WIDTH):
            listed()


def _in_provinces(shown: pl.DataFrame) -> None:
    provinces = aggregate.by_province(shown).filter(pl.col("province_only") > 0)
    counts = provinces.sort("province_only", descending=True).select("adm1_name", "province_only")
    _reasons("The report names no place that could be found, but the province is known.", counts)
    rows = aggregate.province_only(shown)
    incident_table(rows, key="province-list", label="In a province only", columns=PROVINCE_ONLY, height="300px")


def _off_map(shown: pl.DataFrame) -> None:
    reasons = aggregate.unplaced_reasons(shown)
    counts = reasons.group_by("geo_reason", maintain_order=True).agg(pl.col("incidents").sum())
    _reasons("Known to the country at most, so there is nowhere to draw them.", counts)
    rows = aggregate.unplaced(shown)
    incident_table(rows, key="off-map-list", label="Not on the map", columns=UNPLACED, height="300px")


def _reasons(sentence: str, counts: pl.DataFrame) -> None:
    lines = "".join(
        f"<li>{prose(why or 'no reason recorded')} <b>{number:,}</b></li>" for why, number in counts.iter_rows()
    )
    show(f"<p>{sentence}</p><ul>{lines}</ul>", kind="reasons")


def nothing_shown(wanted: Filter, everything: Atlas) -> None:
    """Say which filter to loosen, and offer it."""
    looser = [(label, _without(wanted, members)) for label, members in grouped(wanted.describe())]
    counted = [(everything.shown(less).height, label, less) for label, less in looser]
    offers = sorted((offer for offer in counted if offer[0]), key=lambda offer: -offer[0])
    advice = "Take one of them off." if offers else "No single one is to blame. Begin again with all of them off."
    with st.container(key="empty"):
        st.html(f"<h2>No incident passes all of these filters</h2><p>{advice}</p>")
        with st.container(horizontal=True, gap="small"):
            for number, (count, label, less) in enumerate(offers):
                words = f"Without “{inert_label(label)}”: {count:,}"
                st.button(words, key=f"offer-{number}", on_click=address.show, args=(less,))
            if not offers:
                st.button(
                    f"Show all {everything.narrow.height:,}",
                    key="offer-all",
                    on_click=address.show,
                    args=(Filter(),),
                )
