"""Boxes, polygons and circles of the filter: checked, read and written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
import shapely

from mapping.errors import InvalidValue, UnreadableFile
from mapping.values import shown

__all__ = [
    "Box", "Circle", "Shape", "box_label", "check_box", "check_shape", "parse_box", "parse_shape", "read_polygon",
    "read_shape", "shape_label", "write_box", "write_shape",
]  # fmt: skip


class Circle(NamedTuple):
    """All within so many kilometres of a point, in degrees WGS 84."""

    longitude: float
    latitude: float
    km: float


Box: TypeAlias = tuple[float, float, float, float]
Shape: TypeAlias = shapely.Polygon | shapely.MultiPolygon | Circle

MOST_POINTS = 500
"""Of a shape in a parameter: an address bar takes no more. A file may have any number."""

_SMALLEST_KM, _LARGEST_KM = 0.01, 20_000  # half of the way round the globe

_NUMBER = r"[+-]?\d+(?:\.\d*)?(?:e[+-]?\d+)?"
_CIRCLE = re.compile(
    rf"CIRCLE\s*\(\s*({_NUMBER})\s+({_NUMBER})\s*,\s*({_NUMBER})\s*(?:km)?\s*\)", re.IGNORECASE | re.ASCII
)


def check_box(box: Box) -> Box:
    """Return a box of degrees: west, south, east, north; west above east crosses the antimeridian.

    Raises
    ------
    InvalidValue
        A side is no number of degrees, or south lies above north.

    Examples
    --------
    >>> check_box((170, -20, -170, 20))
    (170.0, -20.0, -170.0, 20.0)
    """
    west, south, east, north = map(float, box)
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise InvalidValue(
            f"{shown(write_box(box))} is no box. Give west,south,east,north in degrees, south below north; "
            "a box over the antimeridian has its west greater than its east."
        )
    return west, south, east, north


def parse_box(text: str) -> Box:
    """Read four numbers joined by commas.

    Raises
    ------
    InvalidValue
        They are not four, or no numbers.

    Examples
    --------
    >>> parse_box("40,30,44.5,35")
    (40.0, 30.0, 44.5, 35.0)
    """
    try:
        west, south, east, north = map(float, text.split(","))
    except ValueError:
        raise InvalidValue(f"{shown(text)} is no box. Give four numbers: west,south,east,north in degrees.") from None
    return west, south, east, north


def write_box(box: Box) -> str:
    """Write a box so that `parse_box` reads the same numbers.

    Examples
    --------
    >>> write_box((40.0, 30.0, 44.5, 35.0))
    '40,30,44.5,35'
    """
    return ",".join(repr(float(side)).removesuffix(".0") for side in box)


def box_label(box: Box) -> str:
    """Show a box to people.

    Examples
    --------
    >>> box_label((40.0, 30.0, 44.5, 35.0))
    'in the box 40, 30, 44.5, 35'
    """
    return f"in the box {write_box(box).replace(',', ', ')}"


def check_shape(shape: shapely.Geometry | Circle) -> Shape:
    """Return a circle, or the area of a geometry: its polygons together, mended where they cross themselves.

    Raises
    ------
    InvalidValue
        There is no area, or the coordinates are no degrees.

    Examples
    --------
    >>> check_shape(shapely.from_wkt("POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))")).area
    2.0
    >>> check_shape(Circle(42, 34, 30))
    Circle(longitude=42.0, latitude=34.0, km=30.0)
    """
    if isinstance(shape, Circle):
        return _check_circle(shape)
    # Before the rest: what reaches to infinity (1e999 is read as that) cannot be mended.
    if not (np.abs(shapely.get_coordinates(shape)) <= (180, 90)).all():
        raise InvalidValue("A shape's coordinates must be degrees: longitude -180 to 180, latitude -90 to 90.")
    if not (isinstance(shape, Shape) and shapely.is_valid(shape) and not shapely.has_z(shape)):
        shape = shapely.union_all(_polygons(shape))
    if not shapely.area(shape):
        raise InvalidValue("A shape must be a polygon, or several, and have an area.")
    return shape


def _check_circle(circle: Circle) -> Circle:
    longitude, latitude, km = map(float, circle)
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90 and _SMALLEST_KM <= km <= _LARGEST_KM):
        raise InvalidValue(
            f"{shown(write_shape(circle))} is no circle. Write CIRCLE (longitude latitude, kilometres): degrees, "
            f"and {_SMALLEST_KM} to {_LARGEST_KM:,} km."
        )
    return Circle(longitude, latitude, km)


def _polygons(geometry: shapely.Geometry) -> list[shapely.Polygon]:
    if isinstance(geometry, shapely.Polygon) and shapely.is_valid(geometry):
        return [shapely.force_2d(geometry)]
    if isinstance(geometry, Shape) and not shapely.is_valid(geometry):
        geometry = shapely.make_valid(geometry)
    return [polygon for part in getattr(geometry, "geoms", ()) for polygon in _polygons(part)]


def parse_shape(text: str) -> shapely.Geometry | Circle:
    """Read a polygon from well-known text, or a circle written in its manner.

    Raises
    ------
    InvalidValue
        It is neither, or has more than 500 points.

    Examples
    --------
    >>> parse_shape("POLYGON ((0 0, 2 0, 2 2, 0 0))").area
    2.0
    >>> parse_shape("CIRCLE (42.44 33.8, 30)").km
    30.0
    """
    if circle := _CIRCLE.fullmatch(text.strip()):
        return Circle(*map(float, circle.groups()))
    # Only what a polygon is written with: neither NaN nor nested collections ever reach the parser.
    known = re.fullmatch(r"\s*(MULTI)?POLYGON\s*[\d\s.,()eE+-]+", text, flags=re.IGNORECASE | re.ASCII)
    with np.errstate(over="ignore"):  # 1e999 is read as infinite, and refused for that by the check
        shape = shapely.from_wkt(text, on_invalid="ignore") if known else None
    if shape is None:
        raise InvalidValue(
            f"{shown(text)} is no shape. Write POLYGON ((longitude latitude, …)), its first point last, "
            "or CIRCLE (longitude latitude, kilometres)."
        )
    if shapely.get_num_coordinates(shape) > MOST_POINTS:
        raise InvalidValue(f"A shape of more than {MOST_POINTS} points must come from a file.")
    return shape


def write_shape(shape: Shape) -> str:
    """Write a shape so that `parse_shape` reads the same coordinates.

    Examples
    --------
    >>> write_shape(shapely.box(0, 0, 2, 2))
    'POLYGON ((2 0, 2 2, 0 2, 0 0, 2 0))'
    >>> write_shape(Circle(42.44, 33.8, 30.0))
    'CIRCLE (42.44 33.8, 30)'
    """
    if isinstance(shape, Circle):
        longitude, latitude, km = (repr(float(number)).removesuffix(".0") for number in shape)
        return f"CIRCLE ({longitude} {latitude}, {km})"
    # GEOS writes the shortest text of a number, unless that has more decimals than this.
    return shapely.to_wkt(shape, rounding_precision=25)


def shape_label(shape: Shape) -> str:
    """Show a shape to people.

    Examples
    --------
    >>> shape_label(shapely.box(0, 0, 2, 2))
    'inside a shape of 4 corners'
    >>> shape_label(Circle(42.44, 33.8, 30.0))
    'within 30 km of 33.80, 42.44'
    """
    if isinstance(shape, Circle):
        km = f"{shape.km:,.2f}".rstrip("0").rstrip(".")
        return f"within {km} km of {shape.latitude:.2f}, {shape.longitude:.2f}"
    rings = shapely.get_rings(shapely.get_parts(shape))
    return f"inside a shape of {shapely.get_num_coordinates(shape) - len(rings):,} corners"


def read_shape(given: str) -> Shape:
    """Read what a person gives for an area: a circle or polygon as text, else the name of a GeoJSON file.

    Raises
    ------
    UnreadableFile
        The file cannot be opened or is no GeoJSON.
    InvalidValue
        There is no area, or its coordinates are no degrees.

    Examples
    --------
    >>> read_shape("circle(42.44 33.8, 30 km)")
    Circle(longitude=42.44, latitude=33.8, km=30.0)
    """
    is_text = re.match(r"\s*(CIRCLE|(MULTI)?POLYGON)\s*\(", given, flags=re.IGNORECASE)
    return check_shape(parse_shape(given)) if is_text else read_polygon(Path(given))


def read_polygon(path: Path) -> Shape:
    """Read the area of a GeoJSON file: all its polygons together, in WGS 84.

    Raises
    ------
    UnreadableFile
        The file cannot be opened or is no GeoJSON.
    InvalidValue
        It holds no polygon, or its coordinates are no degrees.

    Examples
    --------
    >>> from pathlib import Path
    >>> read_polygon(Path("nowhere.geojson"))
    Traceback (most recent call last):
    mapping.errors.UnreadableFile: nowhere.geojson cannot be read: No such file or directory.
    """
    try:
        shape = shapely.from_geojson(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, shapely.errors.GEOSException) as error:
        reason = getattr(error, "strerror", None) or "it is no GeoJSON with a geometry for each feature"
        raise UnreadableFile(f"{path} cannot be read: {reason}.") from error
    try:
        return check_shape(shape)
    except InvalidValue as error:
        raise InvalidValue(f"{path}: {error}") from error
