"""Analysis: what the incidents shown on Explore come to, in tables and plots to be taken into a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from mapping import aggregate, exports
from mapping.pages import address
from mapping.pages.analysis_change import against_before
from mapping.pages.analysis_figure import Origin
from mapping.pages.analysis_ranks import by_actor, by_type, by_weapon, sites
from mapping.pages.analysis_time import by_province, cells, over_time
from mapping.pages.atlas import atlas
from mapping.pages.filters import sidebar
from mapping.pages.headline import chips, complaints, nothing_shown
from mapping.pages.style import escape, plainly, show
from mapping.pages.words import count

if TYPE_CHECKING:
    import polars as pl

__all__ = ["page"]


@plainly
def page() -> None:
    """Draw the page."""
    address.come_back("analysis")
    everything = atlas()
    view = address.read()
    wanted = view.filter
    shown = everything.shown(wanted)
    sidebar(wanted, everything.offered, everything.shown(wanted, types=()))
    chips(wanted, everything, is_in_view=view.is_in_view)
    complaints(view.complaints)
    if shown.is_empty():
        nothing_shown(wanted, everything)
        return
    _numbers(shown, everything.narrow.height)
    origin = Origin(wanted, shown, everything)
    if said := exports.results_notice(shown):
        show(f"<p>{escape(said)}</p>", kind="notice")
    held = cells(origin)
    by_province(origin, held)
    over_time(origin, held)
    for draw in (against_before, by_type, by_weapon, by_actor, sites):
        draw(origin)
    show(f"<p>{escape(origin.source())}</p>", kind="muted")


def _numbers(shown: pl.DataFrame, total: int) -> None:
    """Draw how many incidents there are, and how many people were killed in those where that is known."""
    (told,) = aggregate.tally(shown).iter_rows(named=True)
    known, low, high = (told[f"fatalities_{name}_known"] for name in ("best", "low", "high"))
    numbers = {
        f"incident{'' if shown.height == 1 else 's'} of {total:,}": count(shown.height),
        f"killed, known for {known:,}": count(told["fatalities_best"]),
        f"killed at least, known for {low:,}": count(told["fatalities_low"]),
        f"killed at most, known for {high:,}": count(told["fatalities_high"]),
    }
    with st.container(key="sums", horizontal=True, vertical_alignment="bottom"):
        for words, number in numbers.items():
            st.html(f'<div class="number"><b>{number}</b><span>{words}</span></div>', width="content")
