"""What the map draws of a frame of incidents, as plain data: columns of numbers and strings, and no more than it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from mapping.admin import in_use
from mapping.layers import caption as captions
from mapping.layers import marks
from mapping.layers.areas import is_in_district
from mapping.layers.assets import boundaries_address
from mapping.layers.cells import cell_columns, cell_size
from mapping.layers.colours import BY_TYPE, by_actor
from mapping.layers.extents import extent
from mapping.layers.gathered import Gathered
from mapping.layers.ground import countries_of, own_boundaries
from mapping.layers.mapstyle import MapStyle
from mapping.layers.player import frames
from mapping.layers.shading import with_area
from mapping.layers.sight import covered, opening_view
from mapping.layers.sites import known_sites
from mapping.placement import has_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapping.layers.click import View
    from mapping.layers.extents import Extent
    from mapping.layers.player import Play

__all__ = ["gather", "payload"]

_STYLE = MapStyle()


def payload(
    frame: pl.DataFrame | Gathered,
    *,
    countries: Sequence[str] = (),
    selected: str | None = None,
    fit: Extent | None = None,
    style: MapStyle = _STYLE,
    actors: Sequence[str] | None = None,
    view: View | None = None,
    in_view: bool = False,
    at: Sequence[float] | None = None,
    within: str = "",
    play: Play | None = None,
    caption: Sequence[str] | None = None,
) -> dict[str, Any]:
    """Return what static/atlas.js draws: provinces by count, province pills, marks or cells, and what lies over them.

    Parameters
    ----------
    frame
        Incidents, as the filters leave them: incident_id, date_start, date_end, event_type or actor1, fatalities_best,
        country_iso2, latitude, longitude, geo_precision, radius_km, place, matched_name, adm1_code, adm2_code; and
        for the mismatches adm1_agrees and adm1_claimed. Vocabularies may be text, Enum or Categorical.
    countries
        ISO 3166-1 alpha-2 of the countries at hand, drawn with their provinces also where they
        have no incident; those of the frame when empty.
    selected
        incident_id of the chosen one: its mark, or its province's pill, has a ring.
    fit
        Where to move the map; None leaves it where it is, on opening it shows all incidents.
    style
        What is drawn, and how.
    actors
        The actors that are to have a colour, the most frequent first, so that a filter does not change
        them; None: those of the frame.
    view
        What the reader sees, as the browser last told; cells and density are counted for it.
    in_view
        Whether "only what is in view" is on: the browser then tells of every move.
    at
        Latitude, longitude and zoom at which the map opens, whatever `fit` says; it moves there again when a
        fourth number is higher than before.
    within
        The shape that is filtered for, in the grammar of the filter's `within`, to be drawn.
    play
        How the player is opened; None: it is closed.
    caption
        What the incidents are filtered by, for the caption of a picture; None: no picture is offered.

    Examples
    --------
    >>> from mapping.schema import empty_frame
    >>> payload(empty_frame())["counts"]
    {'rows': 0, 'placed': 0, 'vague': 0}
    """
    gathered = frame if isinstance(frame, Gathered) else gather(frame, style, actors)
    frame, colouring = gathered.frame, gathered.colouring
    start = fit or (extent(frame, countries=countries) if countries else gathered.extent)
    drawn = _drawn(gathered, view or opening_view(start, at), density=style.density)
    provinces = with_area(gathered.provinces) if style.shade == "per_area" else gathered.provinces
    # A boundary may say another country than the report.
    at_hand = set(countries or gathered.countries) | countries_of(provinces["adm1_code"].to_list())
    marked = drawn.pop("marked")
    chosen = _chosen(frame, marked, selected)
    if play:
        drawn |= {"cells": None, "density": None, "seen": None}  # no frame shows them
    return {
        **drawn,
        "title": colouring.title,
        "groups": [list(group) for group in colouring.groups],
        "dull": list(colouring.tells_little),
        "provinces": provinces.rename({"adm1_code": "code"}).to_dict(as_series=False),
        "districts": gathered.districts.to_dict(as_series=False),
        "sites": known_sites(at_hand) if style.sites else None,
        "mismatches": gathered.mismatches if style.mismatches else None,
        "boundaries": _own_boundaries(),
        "countries": sorted(at_hand),
        **chosen,
        "fit": list(fit) if fit else None,
        "start": list(start) if start else None,
        "at": list(at) if at else None,
        "style": style.as_data(),
        "in_view": in_view,
        "within": within,
        "caption": captions.caption(gathered.summary, caption) if caption is not None else None,
        "play": _played(gathered, play, marked) if play else None,
    }


def gather(frame: pl.DataFrame, style: MapStyle = _STYLE, actors: Sequence[str] | None = None) -> Gathered:
    """Return what `payload` takes instead of a frame that is drawn again and again, with the same colours.

    Examples
    --------
    >>> from mapping.schema import empty_frame
    >>> payload(gather(empty_frame())) == payload(empty_frame())
    True
    """
    return Gathered(frame, by_actor(frame, actors) if style.colour == "actor" else BY_TYPE)


def _played(gathered: Gathered, play: Play, marked: pl.DataFrame) -> dict[str, Any]:
    """Return what the player needs; by mark only when every incident that has a place is drawn by one."""
    has_all = marked["n"].sum() == gathered.counts["placed"]
    return frames(
        gathered.frame,
        play,
        marked=marked if has_all else None,
        provinces=gathered.provinces["adm1_code"].to_list(),
        districts=gathered.districts,
        colouring=gathered.colouring,
    )


def _drawn(gathered: Gathered, view: View, *, density: bool) -> dict[str, Any]:
    """Return the marks, or else the cells, and how many incidents they leave out.

    Above `MOST_MARKS` places only those about the view are drawn one by one; where these are still too many,
    cells. `seen` is what they were made for: the browser asks for others once the reader has left it.
    """
    box, size = covered(view), cell_size(view.zoom)
    told: dict[str, Any] = {"cells": None, "density": None, "seen": None}
    marked = gathered.marked
    if marked is None:
        told["seen"] = {"box": box, "zoom": None}
        marked = gathered.marked_in(box)
    if marked is None:
        groups = len(gathered.colouring.groups)
        told["cells"] = cell_columns(gathered.pyramid.cells(box, size, groups=groups), size)
        marked = marks.marks(gathered.frame.clear(), gathered.colouring)
    if density:
        told["density"] = cell_columns(gathered.exact.cells(box, size, groups=1), size)
    if told["cells"] or density:
        told["seen"] = {"box": box, "zoom": view.zoom}
    return told | {"marked": marked, "marks": marks.columns(marked), "counts": gathered.counts, "whole": gathered.whole}


def _own_boundaries() -> dict[str, Any] | None:
    """Return where the browser finds the user's boundaries in use, None when there are none."""
    sets = in_use()
    return {"folder": boundaries_address(), "mark": sets.token, **own_boundaries()} if sets.token else None


def _chosen(frame: pl.DataFrame, marked: pl.DataFrame, selected: str | None) -> dict[str, Any]:
    """Return what has the ring: a mark (-1 for none), else a position, else a district or province."""
    told: dict[str, Any] = {"mark": -1, "position": None, "province": None}
    if selected is None:
        return told
    one = marks.row_of(frame, selected)
    if one.is_empty():
        return told
    told["mark"] = marks.with_mark(one, marked)["mark"].item()
    if told["mark"] < 0 and one.select(has_mark()).item():
        told["position"] = list(one.select("longitude", "latitude").row(0))
    elif told["mark"] < 0:
        areas = pl.when(is_in_district()).then(pl.col("adm2_code").cast(pl.String))
        told["province"] = one.select(areas.otherwise(pl.col("adm1_code").cast(pl.String))).item()
    return told
