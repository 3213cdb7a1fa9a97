"""Of the Analysis page, what is ranked: kinds of event, weapons, actors, places."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import polars as pl

from mapping import aggregate
from mapping.pages import plots
from mapping.pages.analysis_figure import Figure, draw_notes, heading, plain
from mapping.pages.analysis_tables import DEATH_HEADS, Head, bar, deaths, label, number, table
from mapping.pages.style import escape, show
from mapping.pages.words import count, incidents
from mapping.palette import EVENT_GROUPS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mapping.pages.analysis_figure import Origin

__all__ = ["by_actor", "by_type", "by_weapon", "sites"]

_MOST_NAMES = 15
_MOST_SITES = 20
_EVERY = 1_000_000
_COLOURS = {kind: group.colour for group in EVENT_GROUPS for kind in group.event_types}


def by_type(origin: Origin) -> None:
    """Draw the incidents and the dead of each kind of event."""
    rows = aggregate.ranked(aggregate.tally(origin.shown, "event_type"), "event_type", len(_COLOURS))
    _ranking(origin, rows, lambda: rows, beyond="", unknown="type unknown")


def by_weapon(origin: Origin) -> None:
    """Draw the incidents and the dead by weapon, as reported."""
    counts = aggregate.tally(origin.shown, "weapon")
    rows = aggregate.ranked(counts, "weapon", _MOST_NAMES)
    every = partial(aggregate.ranked, counts, "weapon", _EVERY)
    _ranking(origin, rows, every, beyond="other weapons", unknown="weapon not reported")


def by_actor(origin: Origin) -> None:
    """Draw the incidents and the dead by actor, on either side."""
    rows = aggregate.by_actor(origin.shown, _MOST_NAMES)
    every = partial(aggregate.by_actor, origin.shown, _EVERY)
    notes = ["An incident counts under each side that is named, so these add up to more than all incidents."]
    if rows["incidents"].sum() == origin.shown.height:
        notes = []
    _ranking(origin, rows, every, beyond="other actors", unknown="no side named", notes=notes)


def _ranking(
    origin: Origin,
    rows: pl.DataFrame,
    every: Callable[[], pl.DataFrame],
    *,
    beyond: str,
    unknown: str,
    notes: Sequence[str] = (),
) -> None:
    """Draw what `mapping.aggregate.ranked` returned; `every` gives the same with no name left out."""
    kind = rows.columns[0].removeprefix("event_")
    names = [
        label(name, others, beyond, unknown) for name, others in rows.select(rows.columns[0], "others").iter_rows()
    ]
    title = f"Incidents and people killed by {kind}"
    figure = Figure(f"incidents-by-{kind}", title, partial(_plot, rows, names), lambda: every().drop("others"), notes)
    heading(figure, origin)
    colours, most = _colours(rows), max(rows["incidents"])
    heads = [Head(kind.capitalize()), Head("Incidents", "n"), Head("", "bar wide"), *DEATH_HEADS]
    body = [
        [escape(name), number(row["incidents"]), bar(row["incidents"], most, colour), *deaths(row)]
        for name, colour, row in zip(names, colours, rows.iter_rows(named=True), strict=True)
    ]
    (total,) = aggregate.tally(origin.shown).iter_rows(named=True)
    foot = ["All", number(total["incidents"]), "", *deaths(total)]
    show(table(title, heads, body, foot=foot))
    draw_notes(figure)


def _colours(rows: pl.DataFrame) -> list[str]:
    if rows.columns[0] != "event_type":
        return [plots.BAR] * rows.height
    return [_COLOURS.get(kind, EVENT_GROUPS[-1].colour) for kind in rows["event_type"]]


def _plot(rows: pl.DataFrame, names: Sequence[str]) -> Any:
    told = rows.select("incidents", deaths="fatalities_best")
    return plots.ranking(
        told.with_columns(
            label=pl.Series(map(plain, names), dtype=pl.String),
            colour=pl.Series(_colours(rows)),
            incidents_label=pl.Series([f"{count:,}" for count in told["incidents"]]),
            deaths_label=pl.Series(map(_dead, rows.iter_rows(named=True)), dtype=pl.String),
        )
    )


def _dead(tally: dict[str, Any]) -> str:
    """Say how many are known to be dead, and of how many incidents that is not known."""
    unknown = tally["incidents"] - tally["fatalities_best_known"]
    if tally["fatalities_best"] is None:
        return f"unknown in {unknown:,}"
    return f"{tally['fatalities_best']:,} + {unknown:,} unknown" if unknown else f"{tally['fatalities_best']:,}"


def sites(origin: Origin) -> None:
    """Draw the sites and towns struck most."""
    struck = aggregate.struck(origin.shown, _MOST_SITES)
    rest = origin.shown.height - struck.incidents
    notes = [
        f"Only what is known to a site or town: {incidents(struck.incidents)} at {count(struck.places)} of them. "
        f"Known less exactly, and so at none of them: {incidents(rest)}. A province is never a hotspot."
    ]
    title = "Sites and towns struck most"
    rows = struck.most
    names = [name or "place without a name" for name in rows["name"]]
    figure = Figure("sites-struck-most", title, partial(_plot, rows, names), partial(_every_site, origin), notes)
    heading(figure, origin)
    if rows.is_empty():
        show("<p>None of these incidents is known to a site or town.</p>", kind="hint")
        return
    provinces = origin.provinces(rows["adm1_code"].cast(pl.String))
    heads = [Head("Place"), Head("Province", "wide"), Head("Known as", "wide"), Head("Incidents", "n"), Head("", "bar wide"),
             Head("Last", "n"), DEATH_HEADS[0], Head("unknown for", "n quiet wide")]  # fmt: skip
    body = [
        [
            escape(name), escape(provinces.get(row["adm1_code"])), row["geo_precision"], number(row["incidents"]),
            bar(row["incidents"], rows["incidents"][0], plots.BAR), escape(row["last"]), *deaths(row)[:2],
        ]
        for name, row in zip(names, rows.iter_rows(named=True), strict=True)
    ]  # fmt: skip
    show(table(title, heads, body))
    draw_notes(figure)


def _every_site(origin: Origin) -> pl.DataFrame:
    rows = aggregate.struck(origin.shown, _EVERY).most
    return origin.with_names(rows.with_columns(pl.col("geo_precision").cast(pl.String)))
