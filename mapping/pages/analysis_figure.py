"""A figure of the Analysis page: its heading, and what of it can be taken away."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import polars as pl
import streamlit as st

from mapping import admin, exports, pipeline
from mapping.pages import plots, printing
from mapping.pages.headline import grouped
from mapping.pages.style import escape, show
from mapping.pages.words import incidents, rows
from mapping.query.parameters import date_label
from mapping.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from mapping.admin.sets import Sets
    from mapping.pages.atlas import Atlas
    from mapping.query import Filter

__all__ = ["Figure", "Origin", "draw_notes", "heading", "plain"]

_LETTERS = 105
"""What a line of small print holds at the width of a plot."""

_MOST_NAMED = 6

_OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]")


def plain(text: str) -> str:
    r"""Return text from a file for a plot: without what turns the writing around, and what no XML may hold.

    Examples
    --------
    >>> plain("Hit\u202e\x00")
    'Hit  '
    """
    return _OBEYED.sub(" ", text)


def _listed(items: Iterable[str]) -> str:
    """Join the first few of many; the file beside the data names the others."""
    first, others = (every := list(items))[:_MOST_NAMED], len(every) - _MOST_NAMED
    more = [f"and {others:,} more, named in the file beside the data"] if others > 0 else []
    return "; ".join([each.rstrip(".") for each in first] + more) + "."


@dataclass(frozen=True, eq=False)
class Origin:
    """Which incidents the figures are made of.

    Attributes
    ----------
    wanted
        What they were filtered by.
    shown
        Their narrow rows.
    everything
        Where the whole rows are.
    """

    wanted: Filter
    shown: pl.DataFrame
    everything: Atlas

    def span(self, first: date | None, last: date | None) -> tuple[date | None, date | None]:
        """Return the first and last day to draw: what the filter's dates hold of the data's own, else those of the rows shown.

        A row whose range reaches beyond the filter's dates does not widen it: what lies there was left out, and is no 0.
        """
        wanted, offered = self.wanted, self.everything.offered
        begin = wanted.date_from and offered.first and max(wanted.date_from, offered.first)
        end = wanted.date_to and offered.last and min(wanted.date_to, offered.last)
        return begin or first, end or last

    def provinces(self, codes: Iterable[str | None]) -> dict[str, str]:
        """Name provinces by their codes, with their countries where they lie in several."""
        offered = self.everything.offered.provinces
        known = {code: offered.get(code) for code in codes if code}
        is_one = len({told.country for told in known.values() if told}) <= 1
        return {
            code: code if told is None else told.name if is_one else f"{told.name}, {told.country}"
            for code, told in known.items()
        }

    def with_names(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Return rows for a file: beside adm1_code, as text, the name and the country of the province."""
        codes = rows["adm1_code"].cast(pl.String)
        told = [self.everything.offered.provinces.get(code) for code in codes]
        names = pl.Series("adm1_name", [each and each.name for each in told], pl.String)
        countries = pl.Series("country_iso2", [each and each.country_iso2 for each in told], pl.String)
        place = rows.columns.index("adm1_code")
        return rows.with_columns(codes).insert_column(place + 1, names).insert_column(place + 2, countries)

    def words(self) -> str:
        """Say which incidents, and how many."""
        labels = [label for label, _ in grouped(self.wanted.describe())] or ["all incidents of the atlas"]
        return plain(" · ".join((*labels, incidents(self.shown.height))))

    def source(self) -> str:
        """Say from where they are, and on which terms."""
        terms = exports.terms(self.shown).sort("rows", descending=True)
        return "Source: " + _listed(
            f"{dataset or 'no dataset named'} ({rows(count)}, {licence or 'licence unknown'})"
            for dataset, licence, count in terms.select("dataset", "licence", "rows").iter_rows()
        )

    def credit(self) -> list[str]:
        """Say what `source` does, how to cite it, and with what the figure was made."""
        citations = self.everything.citations(self.shown)
        return [
            self.source(),
            f"Cite: {_listed(citations)}" if len(citations) else "",
            exports.results_notice(self.shown),
            f"Made with Incident Atlas {VERSION} on {date_label(datetime.now(UTC).date())}.",
        ]


@dataclass(frozen=True, eq=False)
class Figure:
    """A figure that can be taken away.

    Attributes
    ----------
    name
        Of its files.
    title
        What it shows.
    chart
        Makes its plot, when one is asked for.
    table
        Makes its data.
    notes
        What has to be known to read it right; printed below the plot.
    """

    name: str
    title: str
    chart: Callable[[], Any]
    table: Callable[[], pl.DataFrame]
    notes: Sequence[str] = ()


def heading(figure: Figure, origin: Origin, *, aside: str = "") -> None:
    """Draw the heading of a figure, with the button that takes it away."""
    with st.container(key=f"figure {figure.name}", horizontal=True, vertical_alignment="bottom", wrap=False):
        st.html(f'<div class="heading"><h2>{escape(figure.title)}</h2><span>{aside}</span></div>')
        # Its name is heard whole; those who see stand before the heading.
        with st.popover(f"Take away *{figure.title}*", key=f"take {figure.name}", width="content", type="tertiary"):
            _takes(figure, origin)


def draw_notes(figure: Figure) -> None:
    """Draw what has to be known to read a figure right."""
    if figure.notes:
        show("".join(f"<p>{escape(note)}</p>" for note in figure.notes), kind="muted")


def _takes(figure: Figure, origin: Origin) -> None:
    takes = {
        "png": ("PNG", "180 mm wide, 300 dpi", "image/png", partial(_plotted, printing.to_png)),
        "svg": ("SVG", "to scale and to edit", "image/svg+xml", partial(_plotted, printing.to_svg)),
        "zip": ("CSV", "the data, with filter and sources", "application/zip", partial(_tabled, admin.in_use())),
    }
    for ending, (label, use, mime, made) in takes.items():
        st.download_button(
            f"{label} :gray[{use}]",
            data=partial(made, figure, origin),
            file_name=f"{figure.name}.{ending}",
            mime=mime,
            key=f"export-{figure.name}-{ending}",
            on_click="ignore",
            width="stretch",
        )


def _plotted(written: Callable[[Any], bytes], figure: Figure, origin: Origin) -> bytes:
    small = [line for text in (*figure.notes, *origin.credit()) for line in wrap(plain(text), _LETTERS)]
    return written(plots.titled(figure.chart(), figure.title, wrap(origin.words(), 90), small))


def _tabled(boundaries: Sets, figure: Figure, origin: Origin) -> bytes:
    """Write the data by the boundaries that the rows were joined to: a download runs in a thread of its own."""
    whole = origin.everything.whole(origin.shown)
    with admin.using(boundaries):
        return pipeline.export_table(figure.table(), whole, name=figure.name, title=figure.title, filter=origin.wanted)
