"""The incidents as one HTML file: map, table, filters, licences; it needs no network and no other file.

Every word of it that comes from a record stands in one list of data, written by
`mapping.layers.inert`; static/page.js shows it with `textContent`. A content security policy
inside the file forbids whatever is not in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

import polars as pl

from mapping.admin import in_use, using
from mapping.layers import ground, marks
from mapping.layers.areas import district_counts
from mapping.layers.assets import OWN_SCRIPTS, leaflet, own, styles
from mapping.layers.cells import PIXELS, SIZES
from mapping.layers.colours import BY_TYPE, by_actor
from mapping.layers.extents import extent
from mapping.layers.gathered import MOST_MARKS
from mapping.layers.inert import inert
from mapping.layers.mapstyle import MapStyle
from mapping.layers.shading import measures, with_area
from mapping.layers.sight import AROUND
from mapping.layers.sites import known_sites, mismatches
from mapping.placement import PLACED, placed
from mapping.schema import COLUMNS, GEO_PRECISIONS, SCHEMA, conform, incident_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapping.layers.colours import Colouring
    from mapping.layers.extents import Extent
    from mapping.schema import Column

__all__ = ["PageView", "render_page"]

_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

_SCRIPTS = (
    "brush.js",
    "timeline.js",
    "rows.js",
    "gather.js",
    "card.js",
    "table.js",
    "about.js",
    "filters.js",
    "page.js",
)


@dataclass(frozen=True, kw_only=True)
class PageView:
    """At which view the page opens; the defaults show everything.

    Attributes
    ----------
    at
        Latitude and longitude of the map's middle, and its zoom; None shows all incidents.
    countries
        At hand though they may have no incident, ISO 3166-1 alpha-2.
    fit
        What the map shows when `at` is None; None: all incidents.
    selected
        The chosen incident as "dataset/incident_id".
    actors
        Those that have a colour when the style colours by actor; None: the most frequent.
    style
        What the map draws, and how.
    bins
        Of the timeline: day, week, month, year, or "auto".
    """

    at: tuple[float, float, float] | None = None
    countries: tuple[str, ...] = ()
    fit: Extent | None = None
    selected: str | None = None
    actors: tuple[str, ...] | None = None
    style: MapStyle = field(default_factory=MapStyle)
    bins: str = "auto"


def render_page(frame: pl.DataFrame, *, metadata: Mapping[str, Any], view: PageView | None = None) -> str:
    """Return the page as a string of HTML.

    Parameters
    ----------
    frame
        Incidents, every column of the schema.
    metadata
        As `mapping.exports.metadata.Metadata.describe` gives it.
    view
        At which the page opens.

    Examples
    --------
    >>> from mapping.schema import empty_frame
    >>> render_page(empty_frame(), metadata={"title": "Nothing yet"})[:15]
    '<!doctype html>'
    """
    about = dict(metadata)
    if unshared := [each.name for each in in_use().members if each not in in_use().shareable().members]:
        said = f"The terms of {', '.join(unshared)} forbid passing the shapes on: the map has none of them."
        about["notice"] = " ".join(filter(None, (about.get("notice"), said)))
    with using(in_use().shareable()):
        return _page(frame, about, view or PageView())


def _page(frame: pl.DataFrame, about: dict[str, Any], view: PageView) -> str:
    rows = conform(frame)
    colouring = by_actor(rows, view.actors) if view.style.colour == "actor" else BY_TYPE
    marked = marks.marks(rows, colouring)
    at_hand = set(view.countries) | set(rows["country_iso2"].drop_nulls())
    at_hand |= ground.countries_of(rows["adm1_code"].drop_nulls().unique().to_list())
    districts = district_counts(rows)["adm2_code"].unique().sort().to_list()
    data = {
        "about": about,
        **_table(rows),
        "places": _places(rows, marked, colouring),
        "marks": marks.columns(marked),
        "title": colouring.title,
        "groups": [list(group) for group in colouring.groups],
        "dull": list(colouring.tells_little),
        "areas": _areas(rows),
        "districts": districts,
        "sites": known_sites(at_hand) if view.style.sites else None,
        "mismatches": mismatches(rows) if view.style.mismatches else None,
        "limits": {"marks": MOST_MARKS, "around": AROUND, "cellPixels": PIXELS, "cellSizes": list(SIZES)},
        "boundaries": {"folder": "", "mark": "", **ground.own_boundaries()},
        "countryNames": [list(pair) for pair in ground.country_names(at_hand).items()],
        "view": {
            "at": view.at,
            "bins": view.bins,
            "chosen": _chosen(rows, view.selected),
            "extent": view.fit or extent(rows, countries=view.countries),
            "style": view.style.as_data(),
        },
    }
    return _html(str(about.get("title") or "Incidents"), _boundaries(at_hand, districts), data)


def _table(rows: pl.DataFrame) -> dict[str, Any]:
    """Return the rows as they are, and what their columns are called."""
    return {
        "names": list(SCHEMA),
        "columns": [[column.name, column.group] for column in sorted(COLUMNS, key=_is_identity)],
        "precisionScale": list(GEO_PRECISIONS),
        "rows": {name: _packed(rows[name]) for name in SCHEMA if rows[name].null_count() < rows.height},
    }


def _places(rows: pl.DataFrame, marked: pl.DataFrame, colouring: Colouring) -> dict[str, Any]:
    """Return of each row its mark, its colour and how far it can be placed, as numbers."""
    numbered = marks.with_mark(rows.with_row_index("_row"), marked).sort("_row")
    ranks = {name: rank for rank, name in enumerate(PLACED)}
    return {
        "mark": numbered["mark"].to_list(),
        **rows.select(group=colouring.code(), placed=placed().replace_strict(ranks, return_dtype=pl.Int8)).to_dict(
            as_series=False
        ),
    }


def _areas(rows: pl.DataFrame) -> dict[str, float]:
    counted = with_area(measures(rows)).drop_nulls("area")
    return dict(counted.select("adm1_code", "area").iter_rows())


def _chosen(rows: pl.DataFrame, selected: str | None) -> int | None:
    """Return where the chosen incident stands; None when it is not among the rows."""
    found: list[int] = rows.select((incident_key() == pl.lit(selected)).arg_true()).to_series().to_list()
    return found[0] if found else None


def _boundaries(at_hand: set[str], districts: list[str]) -> list[str]:
    wanted = ground.neighbours_of(at_hand)
    countries = ground.country_scripts(wanted, provinces_of=at_hand)
    return [ground.world_script(), *countries.values(), *ground.district_scripts(districts).values()]


def _is_identity(column: Column) -> bool:
    """Sort key: what the card says last."""
    return column.group == "identity"


def _packed(column: pl.Series) -> Any:
    """Write a column small: text as its distinct values and where they stand, -1 for unknown; dates as days since 1970."""
    if column.dtype == pl.String:
        values = column.drop_nulls().unique(maintain_order=True)
        at = column.cast(pl.Enum(values)).to_physical().cast(pl.Int32).fill_null(-1)
        return [values.to_list(), at.to_list()]
    return column.to_physical().to_list()


def _html(title: str, boundaries: list[str], data: dict[str, Any]) -> str:
    scripts = [
        leaflet("leaflet.js").read_text(encoding="utf-8"),
        *map(own, (*OWN_SCRIPTS, *_SCRIPTS)),
        *boundaries,
    ]
    scripts.append(f"incidentAtlas.openPage({inert(data)});")
    # No script of ours or of Leaflet's says "</script", and inert() writes no "<" at all.
    body = "\n".join(f"<script>\n{script}\n</script>" for script in scripts)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="referrer" content="no-referrer">
<title>{escape(title)}</title>
<style>
{styles()}
{own("timeline.css")}
{own("page.css")}
</style>
</head>
<body>
<noscript>This page draws its map and its table with JavaScript, which is switched off. It asks no server for anything.</noscript>
<main id="page"></main>
{body}
</body>
</html>
"""
