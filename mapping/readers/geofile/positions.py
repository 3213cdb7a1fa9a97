"""From geometries to latitude and longitude in WGS 84, beside the properties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl
import pyproj

from mapping.errors import UnreadableFile
from mapping.readers.base import SOURCE_ROW, Loaded, untaken
from mapping.validate import PROBLEMS

__all__ = ["Features", "with_positions"]

_AXES = ("latitude", "longitude")
_SAME = 1e-6
"""Degrees, a tenth of a metre: geometry and properties that differ by less are one position."""


@dataclass(frozen=True)
class Features:
    """The features of a file.

    Attributes
    ----------
    properties
        All text, a row for each feature.
    points
        ``longitude`` and ``latitude`` as text, null where the geometry is no single point; in `crs`. None
        where the file is a plain table.
    shapes
        How many have a geometry that is no single point.
    crs
        What the file says of its coordinates, for pyproj; None where it says nothing.
    notes
        What was noticed.
    """

    properties: pl.DataFrame
    points: pl.DataFrame | None
    shapes: int = 0
    crs: Any = None
    notes: tuple[str, ...] = ()


def with_positions(features: Features, *, file: str) -> Loaded:
    """Put the points' latitude and longitude beside the properties.

    Where properties of these names hold something else than the geometry, the geometry is taken and
    they are kept under another name. A line or an area gives no point: none is made up.

    Raises
    ------
    UnreadableFile
        The file's coordinate reference system is none that can be turned into WGS 84.

    Examples
    --------
    >>> properties = pl.DataFrame({"place": ["Hit"]})
    >>> points = pl.DataFrame({"longitude": ["42.83"], "latitude": ["33.64"]})
    >>> with_positions(Features(properties, points), file="a.geojson").raw.rows()
    [('Hit', '33.64', '42.83', 2)]
    """
    properties = features.properties
    properties = properties.rename({SOURCE_ROW: untaken(SOURCE_ROW, {SOURCE_ROW, *properties.columns})}, strict=False)
    if features.points is None:
        return _numbered(properties, features.notes)
    points, notes = _in_wgs84(features.points, features.crs, file)
    if set(_AXES) <= set(properties.columns):
        told = properties.select(_AXES)
        differing = _differing(points, told)
        if differing:
            properties = properties.rename({axis: untaken(f"{axis} (property)", properties.columns) for axis in _AXES})
            notes += (
                f"{differing:,} features have a latitude and longitude among their properties that are not those of their "
                "geometry. The geometry was taken.",
            )
        points = points.with_columns(pl.coalesce(points[axis], told[axis]).alias(axis) for axis in _AXES)
    if features.shapes:
        notes += (f"Lines or areas give no point, and none was made up for them: {features.shapes:,}.",)
    raw = pl.DataFrame([*properties.drop(_AXES, strict=False), *(points[axis] for axis in _AXES)])
    return _numbered(raw, features.notes + notes)


def _numbered(raw: pl.DataFrame, notes: tuple[str, ...]) -> Loaded:
    rows = pl.int_range(2, raw.height + 2, dtype=pl.Int64, eager=True).alias(SOURCE_ROW)
    return Loaded(raw.with_columns(rows), pl.DataFrame(schema=PROBLEMS), notes)


def _differing(points: pl.DataFrame, told: pl.DataFrame) -> int:
    numbers = [frame.select(pl.col(_AXES).cast(pl.Float64, strict=False)) for frame in (points, told)]
    gap = pl.select(
        pl.any_horizontal(
            ((numbers[0][axis] - numbers[1][axis]).abs() > _SAME).fill_null(
                numbers[0][axis].is_not_null() & told[axis].is_not_null()
            )
            for axis in _AXES
        )
    ).to_series()
    return int(gap.sum())


def _in_wgs84(points: pl.DataFrame, said: Any, file: str) -> tuple[pl.DataFrame, tuple[str, ...]]:
    if said is None:
        return points, (f"{file} does not say its coordinate reference system: WGS 84 was taken.",)
    try:
        crs = pyproj.CRS.from_user_input(said)
        turn = pyproj.Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
    except pyproj.exceptions.ProjError as error:
        raise UnreadableFile(
            f"{file} gives its coordinates in a reference system that is not known here ({said!r:.80}). Save it in WGS 84."
        ) from error
    if _is_wgs84(crs):
        return points, ()
    x, y = (points[axis].cast(pl.Float64, strict=False).to_numpy() for axis in ("longitude", "latitude"))
    longitude, latitude = turn.transform(x, y)
    turned = pl.DataFrame({"longitude": longitude, "latitude": latitude}).select(
        pl.when(pl.all().is_finite()).then(pl.all().round(9)).cast(pl.String)
    )
    return turned, (f"Coordinates were turned from {crs.name} into WGS 84.",)


def _is_wgs84(crs: pyproj.CRS) -> bool:
    return crs.to_epsg() == 4326 or crs.to_authority() == ("OGC", "CRS84")
