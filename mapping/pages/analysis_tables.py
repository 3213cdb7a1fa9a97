"""The figures of the Analysis page as tables: what the plots say, for eyes and for screen readers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mapping.pages.style import escape
from mapping.pages.words import count, period

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    import polars as pl

    from mapping.aggregate import Grid

__all__ = ["DEATH_HEADS", "Head", "bar", "change_table", "deaths", "grid_table", "label", "number", "signed", "table"]

_NO_BREAK = "\u00a0"
_SHOWN = ("fatalities_best", "fatalities_low", "fatalities_high")


class Head(NamedTuple):
    """A heading of a column.

    Attributes
    ----------
    label
        For people; markup of ours, empty over what says nothing of its own.
    kind
        Class of its cells: "n" for numbers, "wide" where it is left out when there is little room.
    """

    label: str
    kind: str = ""


DEATH_HEADS = (
    Head("Killed", "n"), Head("unknown for", "n quiet"), Head("At least", "n wide"), Head("unknown for", "n quiet wide"),
    Head("At most", "n wide"), Head("unknown for", "n quiet wide"),
)  # fmt: skip
"""Headings of what `deaths` returns."""


def table(caption: str, heads: Sequence[Head], body: Iterable[Sequence[str]], *, foot: Sequence[str] = ()) -> str:
    """Return a table as markup: the first cell of each row names it.

    Parameters
    ----------
    caption
        What it holds, for those who cannot see it.
    body, foot
        Cells in the order of the headings, each gone through `escape` or made by the functions here.

    Examples
    --------
    >>> table("By type", [Head("Type"), Head("Incidents", "n")], [["raid", "2"]])[-76:]
    '<tr><th scope="row">raid</th><td class="n">2</td></tr></tbody></table></div>'
    """
    kinds = [head.kind for head in heads]

    def row(cells: Sequence[str]) -> str:
        name, *rest = cells
        told = "".join(f'<td class="{kind}">{cell}</td>' for kind, cell in zip(kinds[1:], rest, strict=True))
        return f'<tr><th scope="row">{name}</th>{told}</tr>'

    headings = "".join(
        f'<th scope="col" class="{head.kind}">{head.label}</th>' if head.label else f'<td class="{head.kind}"></td>'
        for head in heads
    )
    below = f"<tfoot>{row(foot)}</tfoot>" if foot else ""
    body = "".join(map(row, body))
    return _scroller(caption, f"<thead><tr>{headings}</tr></thead><tbody>{body}</tbody>{below}")


def _scroller(caption: str, parts: str, kind: str = "figures") -> str:
    # It may be wider than the screen: then it is turned by the keyboard, too.
    return (
        f'<div class="scroller" tabindex="0" role="region" aria-label="{caption}"><table class="{kind}">'
        f"<caption>{caption}</caption>{parts}</table></div>"
    )


def label(name: str | None, others: int | None, beyond: str, unknown: str) -> str:
    """Name a row of what `mapping.aggregate.ranked` returns; the last two are in our words.

    Examples
    --------
    >>> label("PKK", 0, "other actors", "no side named"), label(None, 1200, "other actors", "no side named")
    ('PKK', '1,200 other actors')
    """
    if others is None:
        return unknown
    return f"{others:,} {beyond}" if others else name or ""


def number(value: int | None) -> str:
    """Return a number as a cell; unknown is a word, and none is quiet.

    Examples
    --------
    >>> number(1200), number(0), number(None)
    ('1,200', '<span class="quiet">0</span>', '<span class="quiet">unknown</span>')
    """
    return count(value) if value else f'<span class="quiet">{count(value)}</span>'


def bar(value: int, most: int, colour: str) -> str:
    """Return a bar as long as its share of the longest; it says nothing that the number beside it does not.

    Examples
    --------
    >>> bar(1, 4, "#4f9392")
    '<i aria-hidden="true" style="width:25.0%;background:#4f9392"></i>'
    """
    return f'<i aria-hidden="true" style="width:{100 * value / max(most, 1):.1f}%;background:{colour}"></i>'


def deaths(tally: Mapping[str, Any]) -> list[str]:
    """Return the cells of a tally's dead: the best counts, the lowest, the highest, and after each for how many it is unknown.

    Examples
    --------
    >>> tally = {"incidents": 9, "fatalities_low": 1, "fatalities_low_known": 4, "fatalities_best": 2,
    ...          "fatalities_best_known": 9, "fatalities_high": None, "fatalities_high_known": 0}
    >>> [cell.removeprefix('<span class="quiet">').removesuffix("</span>") for cell in deaths(tally)]
    ['2', '0', '1', '5', 'unknown', '9']
    """
    pairs = ((tally[name], tally["incidents"] - tally[f"{name}_known"]) for name in _SHOWN)
    return [number(value) for pair in pairs for value in pair]


def signed(value: float | None, unit: str = "") -> str:
    """Return a change with its sign; one that is not made is a dash.

    Examples
    --------
    >>> signed(3), signed(-12.4, " %"), signed(0), signed(None)
    ('+3', '−12 %', '0', '–')
    """
    if value is None:
        return "–"
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{abs(value):,.0f}{unit}"


def grid_table(
    caption: str, grid: Grid, names: Sequence[str], columns: Sequence[date], *, unit: str, starts: Sequence[int]
) -> str:
    """Return provinces by periods, each cell shaded by its class, with the sums of lines and columns.

    Parameters
    ----------
    names
        Of the lines.
    columns
        First days of the periods, in order of time; the last column is for rows known to none of them.
    unit
        Of `mapping.aggregate.UNITS`.
    starts
        From which count each class of shading begins.

    Examples
    --------
    >>> import polars as pl
    >>> from datetime import date
    >>> from mapping.aggregate import Grid
    >>> grid = Grid(pl.DataFrame({"incidents": [3]}), {(0, date(2024, 1, 1)): 3})
    >>> grid_table("Table", grid, ["Anbar"], [date(2024, 1, 1)], unit="year", starts=[3]).count("<td")
    6
    """
    places: list[date | None] = [*columns, None]
    sums = {column: sum(grid.incidents.get((line, column), 0) for line in range(len(names))) for column in places}

    def cell(value: int) -> str:
        shade = sum(value >= start for start in starts) if value else 0
        return f'<td class="c{shade}">{value:,}</td>'

    lines = "".join(
        f'<tr><th scope="row">{escape(name)}</th>'
        + "".join(cell(grid.incidents.get((line, column), 0)) for column in places)
        + f'<td class="sum">{total:,}</td></tr>'
        for line, (name, total) in enumerate(zip(names, grid.provinces["incidents"], strict=True))
    )
    total = "".join(f"<td>{sums[column]:,}</td>" for column in places)
    foot = f'<tfoot><tr><th scope="row">All</th>{total}<td class="sum">{sum(sums.values()):,}</td></tr></tfoot>'
    return _scroller(caption, f"{_grid_head(columns, unit)}<tbody>{lines}</tbody>{foot}", "heat")


def _grid_head(columns: Sequence[date], unit: str) -> str:
    """Return the heading of the periods: their years above, where they are parts of years."""
    is_part = unit in ("month", "quarter")
    deep = f'rowspan="{2 if is_part else 1}"'
    first_head = f'<th scope="col" {deep}>Province</th>'
    ends = f'<th scope="col" {deep} class="apart">{unit} unknown</th><th scope="col" {deep} class="sum">All</th>'
    if not is_part:
        whole = "".join(f'<th scope="col">{period(first, unit)}</th>' for first in columns)
        return f"<thead><tr>{first_head}{whole}{ends}</tr></thead>"
    years = [first.year for first in columns]
    above = "".join(
        f'<th scope="colgroup" colspan="{years.count(year)}" class="year">{year}</th>' for year in dict.fromkeys(years)
    )
    parts = "".join(
        f'<th scope="col"><span aria-hidden="true">{period(first, unit).split()[0]}</span>'
        f'<span class="unseen">{period(first, unit)}</span></th>'
        for first in columns
    )
    return f"<thead><tr>{first_head}{above}{ends}</tr><tr>{parts}</tr></thead>"


def change_table(caption: str, rows: pl.DataFrame, names: Sequence[str], before: str, now: str) -> str:
    """Return the incidents of two periods by province, the last row being all of them.

    Examples
    --------
    >>> import polars as pl
    >>> rows = pl.DataFrame({"before": [9], "now": [3], "difference": [-6], "per_cent": [-66.7]})
    >>> change_table("Change", rows, ["Anbar"], "2022", "2023").count("−67")
    1
    """
    most = rows["difference"].head(-1).abs().max()
    told = rows.select("before", "now", "difference", "per_cent").iter_rows()
    cells = [
        [
            name,
            number(was),
            number(is_now),
            _to_side(difference, most),
            signed(difference),
            signed(per_cent, f"{_NO_BREAK}%"),
        ]
        for name, (was, is_now, difference, per_cent) in zip(map(escape, names), told, strict=True)
    ]
    heads = [
        Head("Province"),
        Head(before, "n"),
        Head(now, "n"),
        Head("", "sides wide"),
        Head("Change", "n"),
        Head("Per cent", "n"),
    ]
    cells[-1][3] = ""
    return table(caption, heads, cells[:-1], foot=cells[-1])


def _to_side(value: int, most: Any) -> str:
    """Return a bar to the left of the middle for fewer, to the right for more."""
    half = 50 * abs(value) / max(most or 1, 1)
    return f'<i aria-hidden="true" style="width:{half:.1f}%;margin-inline-start:{50 - half * (value < 0):.1f}%"></i>'
