"""A column whose every text is both coordinates."""

from __future__ import annotations

import re
from functools import partial

import polars as pl

from mapping.values.cells import Cell, is_unknown, read_cells, tidy
from mapping.values.points import BOTH_WAYS, read_point

__all__ = ["COORDINATES", "parse_points"]

COORDINATES = "coordinates"
"""Name of such a column beside those of the incident; validation turns it into latitude and longitude."""

_LOOKED_AT = 2_000
_POINT = pl.Struct({"latitude": pl.Float64(), "longitude": pl.Float64(), "radius_km": pl.Float64()})
_NO_POINT = (
    "is no coordinates that are known here. Write latitude and longitude in decimal degrees, as 33.7856, 42.4412, or "
    "leave the cell empty"
)
_LATITUDE, _LONGITUDE = re.compile(r"lat|enlem|عرض|\by"), re.compile(r"lon|lng|boylam|طول|\bx")


def parse_points(texts: pl.Series, *, heading: str = "") -> pl.DataFrame:
    """Read a column of coordinates, each in any notation of `mapping.values.read_point`.

    Which of two bare numbers is the latitude is decided for the whole column: by its heading, else by the
    texts that are on Earth one way only; where neither tells, the latitude comes first, and the first such
    text gets a note. 0, 0 is no point.

    Parameters
    ----------
    heading
        Of the column: "lon, lat" says the order.

    Returns
    -------
    polars.DataFrame
        ``latitude``, ``longitude`` (Float64, degrees), ``radius_km`` (by the digits given), ``problem``, ``note``.

    Examples
    --------
    >>> parse_points(pl.Series(["42.44, 33.79", "142.4, 33.8"])).select("latitude", "longitude").rows()
    [(33.79, 42.44), (33.8, 142.4)]
    """
    distinct = texts.drop_nulls().unique(maintain_order=True)
    order = _order(heading, distinct.head(_LOOKED_AT).to_list())
    read = read_cells(texts, partial(_cell, order=order), _POINT).unnest("value")
    return read if order != "untold" else _noting_once(texts, read)


def _order(heading: str, texts: list[str]) -> str:
    """Return ``latitude`` or ``longitude`` first; ``mixed`` where the texts are of both kinds; else ``untold``."""
    plain = tidy(heading)
    if (latitude := _LATITUDE.search(plain)) and (longitude := _LONGITUDE.search(plain)):
        return "latitude" if latitude.start() < longitude.start() else "longitude"
    ways = [[read_point(text, longitude_first=way, expected=True) for way in (False, True)] for text in texts]
    doubted = {(not one.doubt, not other.doubt) for one, other in ways if one and other and one.doubt != other.doubt}
    if len(doubted) == 2:
        return "mixed"
    return {(True, False): "latitude", (False, True): "longitude"}[doubted.pop()] if doubted else "untold"


def _cell(text: str, *, order: str) -> Cell:
    told = {"latitude": False, "longitude": True}.get(order)
    point = read_point(text, longitude_first=told, expected=True)
    if point is None:
        return Cell(note="was taken as unknown") if is_unknown(tidy(text)) else Cell(problem=_NO_POINT)
    doubt = (point.doubt or "").removesuffix(".")
    if point.latitude is None:
        return Cell(problem=f"gives no point. {doubt}")
    if point.latitude == point.longitude == 0:
        return Cell(note="was taken as no coordinates")
    if order == "mixed" and point.doubt == BOTH_WAYS:
        return Cell(problem="may be read two ways, and this column has both. Write all of it with the latitude first")
    value = {"latitude": point.latitude, "longitude": point.longitude, "radius_km": point.radius_km}
    is_silent = not doubt or point.doubt == BOTH_WAYS
    return Cell(value, note=None if is_silent else f"was read as {point.latitude:g}, {point.longitude:g}. {doubt}")


def _noting_once(texts: pl.Series, read: pl.DataFrame) -> pl.DataFrame:
    """Remark on the first text whose order nothing tells."""
    both = (number for number, text in enumerate(texts) if text and _is_both_ways(text))
    first = next(both, None)
    if first is None:
        return read
    note = "may be read two ways, like others in this column: the latitude was taken to come first. If not, head it lon, lat"
    return read.with_columns(
        pl.when(pl.int_range(pl.len()) == first).then(pl.lit(note)).otherwise("note").alias("note")
    )


def _is_both_ways(text: str) -> bool:
    point = read_point(text, expected=True)
    return point is not None and point.doubt == BOTH_WAYS
