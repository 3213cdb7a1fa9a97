"""What a map needs to know of a frame of incidents, whatever part of the world its reader sees."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from mapping.layers import marks
from mapping.layers.areas import district_counts
from mapping.layers.caption import summary
from mapping.layers.colours import BY_TYPE, Colouring
from mapping.layers.extents import Extent, extent
from mapping.layers.pyramid import Pyramid, pyramid
from mapping.layers.shading import measures
from mapping.layers.sight import in_sight
from mapping.layers.sites import mismatches
from mapping.placement import has_mark, in_province_only

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from mapping.layers.sight import Box

__all__ = ["MOST_MARKS", "Gathered"]

MOST_MARKS = 10_000
"""Above so many marks the map draws cells, or only the marks about the view."""

_FINE = [marks.PRECISIONS.index(precision) for precision in ("town", "site")]

_OF_MARKS = (
    "incident_id", "date_start", "date_end", "latitude", "longitude", "geo_precision", "radius_km", "place", "matched_name",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Gathered:
    """What is drawn of incidents wherever the map is, counted when it is first asked for, and then known.

    Attributes
    ----------
    frame
        The incidents, as `mapping.layers.payload.payload` takes them; never changed.
    colouring
        What the colours say.

    Examples
    --------
    >>> from mapping.schema import empty_frame
    >>> Gathered(empty_frame()).counts
    {'rows': 0, 'placed': 0, 'vague': 0}
    """

    frame: pl.DataFrame
    colouring: Colouring = BY_TYPE

    @classmethod
    def of(cls, frame: pl.DataFrame, colouring: Colouring, arrays: Mapping[str, npt.NDArray[Any]]) -> Gathered:
        """Return what is known of a frame by `arrays` that were kept, nothing of it counted anew."""
        made, told = cls(frame, colouring), json.loads(arrays["told"].tobytes())
        vars(made).update(
            counts=told["counts"],
            _places=(Pyramid.of(arrays), told["whole"]),
            provinces=pl.DataFrame(told["provinces"], schema=measures(frame.clear()).schema),
            districts=pl.DataFrame(told["districts"], schema=district_counts(frame.clear()).schema),
            countries=frozenset(told["countries"]),
            extent=told["extent"] and Extent(*told["extent"]),
            summary=tuple(told["summary"]),
        )
        return made

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return what is dear to count of many incidents, to be kept as long as they and the boundaries are the same.

        Examples
        --------
        >>> from mapping.schema import empty_frame
        >>> Gathered.of(empty_frame(), BY_TYPE, Gathered(empty_frame()).arrays()).counts["rows"]
        0
        """
        told = {
            "counts": self.counts,
            "whole": self._places[1],
            "provinces": self.provinces.to_dict(as_series=False),
            "districts": self.districts.to_dict(as_series=False),
            "countries": sorted(self.countries),
            "extent": self.extent,
            "summary": self.summary,
        }
        return {"told": np.frombuffer(json.dumps(told).encode(), np.uint8), **self.pyramid.arrays()}

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many incidents there are, have a place to point at, are known by their province only."""
        placed, vague = self.frame.select(placed=has_mark().sum(), vague=in_province_only().sum()).row(0)
        return {"rows": self.frame.height, "placed": placed, "vague": vague}

    @cached_property
    def _places(self) -> tuple[Pyramid, list[float] | None]:
        spotted = marks.spots(self.frame, self.colouring)
        return pyramid(spotted), _whole(spotted)

    @property
    def pyramid(self) -> Pyramid:
        """All positions, to be counted in cells."""
        return self._places[0]

    @property
    def whole(self) -> list[float] | None:
        """West, south, east and north of all positions, in degrees; None of none."""
        return self._places[1] if self.marked is None else _whole(self.marked)

    @cached_property
    def exact(self) -> Pyramid:
        """The positions of sites and towns, all of one group, for the density."""
        spotted = marks.spots(self.frame, self.colouring).filter(pl.col("precision").is_in(_FINE))
        return pyramid(spotted.with_columns(group=pl.lit(0, pl.Int8)))

    @cached_property
    def marked(self) -> pl.DataFrame | None:
        """All marks, as `mapping.layers.marks.marks` returns them; None where they are more than `MOST_MARKS`."""
        is_few = self.counts["placed"] <= MOST_MARKS or not self.pyramid.has_more_places(MOST_MARKS)
        return marks.marks(self.frame, self.colouring) if is_few else None

    def marked_in(self, box: Box) -> pl.DataFrame | None:
        """Return the marks in a part of the world; None where they are more than `MOST_MARKS`."""
        if self.pyramid.has_more_places(MOST_MARKS, box):
            return None
        south, north = box[1] - 1 / marks.PER_DEGREE, box[3] + 1 / marks.PER_DEGREE
        needed = self.frame.select(*_OF_MARKS, self.colouring.column)
        near = needed.filter(pl.col("latitude").is_between(south, north))  # the rest is looked at for these only
        return marks.marks_of(near, marks.spots(near, self.colouring).filter(in_sight(box)), self.colouring)

    @cached_property
    def provinces(self) -> pl.DataFrame:
        """What `mapping.layers.shading.measures` returns."""
        return measures(self.frame)

    @cached_property
    def districts(self) -> pl.DataFrame:
        """What `mapping.layers.areas.district_counts` returns."""
        return district_counts(self.frame)

    @cached_property
    def countries(self) -> frozenset[str]:
        """Those that the incidents name."""
        told = self.frame["country_iso2"].unique().drop_nulls().cast(pl.String)
        return frozenset(told)

    @cached_property
    def extent(self) -> Extent | None:
        """What shows all incidents."""
        return extent(self.frame)

    @cached_property
    def mismatches(self) -> dict[str, object]:
        """What `mapping.layers.sites.mismatches` returns."""
        return mismatches(self.frame)

    @cached_property
    def summary(self) -> tuple[str, str]:
        """What `mapping.layers.caption.summary` returns."""
        return summary(self.frame)


def _whole(spotted: pl.DataFrame) -> list[float] | None:
    if spotted.is_empty():
        return None
    axes = pl.col("longitude", "latitude") / marks.PER_DEGREE
    west, south, east, north = (*spotted.select(axes.min()).row(0), *spotted.select(axes.max()).row(0))
    return [west, south, east, north]
