"""GeoJSON (RFC 7946), feature by feature, by Python's own parser.

GDAL would ask every one of its JSON drivers, of which one runs the commands in the file and others
fetch from the network; it also takes three times as long, and turns text that looks like a date into one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

import polars as pl

from mapping.errors import UnknownFormat, UnreadableFile
from mapping.files import decode, read_bytes
from mapping.readers.geofile.positions import Features
from mapping.readers.opening import WHAT_IS_READ

__all__ = ["read_geojson"]

_AT_ONCE = 20_000
_BLANK = re.compile(r"[ \t\r\n]*")
# RFC 7946, section 4: WGS 84 and nothing else. The member "crs" is of the format of 2008, and still met.
_WGS84 = "OGC:CRS84"
_POINT = {"longitude": pl.String(), "latitude": pl.String(), "shape": pl.Boolean()}
# Numbers stay the text that they are in the file.
_value_at = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str).raw_decode


def read_geojson(path: Path) -> Features:
    """Read a FeatureCollection, or a single Feature.

    Raises
    ------
    UnreadableFile
        It is no valid JSON.
    UnknownFormat
        It is JSON, but no GeoJSON.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     _ = Path(folder, "a.geojson").write_text('{"features": [{"type": "Feature", "properties": {"n": "007"}}]}')
    ...     read_geojson(Path(folder, "a.geojson")).properties.rows()
    [('007',)]
    """
    text = decode(read_bytes(path), name=path.name, instead=WHAT_IS_READ).data.decode()
    members: dict[str, Any] = {}
    features = _features(text, members)
    try:
        frames = [_frames(batch) for batch in iter(lambda: list(islice(features, _AT_ONCE)), [])]
    except RecursionError as error:
        raise UnreadableFile(f"{path.name} is no valid GeoJSON: it is nested too deeply. Export it again.") from error
    except ValueError as error:
        raise UnreadableFile(
            f"{path.name} is no valid GeoJSON: {error}. It may be cut short: export it again."
        ) from error
    if members.get("type") == "Feature":
        frames = [_frames([members])]
    elif "features" not in members:
        raise UnknownFormat(
            f"{path.name} is JSON, but no GeoJSON: it has no features. Give a FeatureCollection of points."
        )
    points = pl.concat([pl.DataFrame(schema=_POINT), *(points for _, points in frames)])
    return Features(_together(frames), points.drop("shape"), int(points["shape"].sum()), _crs(members.get("crs")))


def _together(frames: list[tuple[pl.DataFrame, pl.DataFrame]]) -> pl.DataFrame:
    """Return the properties of all frames; one that a frame lacks is null there, even if it has none at all."""
    names = dict.fromkeys(chain.from_iterable(properties.columns for properties, _ in frames))

    def column(name: str) -> pl.Series:
        empty = (pl.repeat(None, points.height, dtype=pl.String, eager=True) for _, points in frames)
        return pl.concat(
            [own[name] if name in own.columns else none for (own, _), none in zip(frames, empty, strict=True)]
        )

    return pl.DataFrame({name: column(name) for name in names})


def _features(text: str, members: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the features one by one, and put every other member of the object into `members`."""
    at = _expect(text, 0, "{")
    while not text.startswith("}", at):
        name, at = _value_at(text, at)
        at = _expect(text, at, ":")
        if name == "features" and text.startswith("[", at):
            members[name] = True
            at = _expect(text, at, "[")
            while not text.startswith("]", at):
                feature, at = _value_at(text, at)
                if not isinstance(feature, dict):
                    raise ValueError("a feature is no object")
                yield feature
                at = _after_value(text, at, "]")
            at += 1
        else:
            members[name], at = _value_at(text, at)
        at = _after_value(text, at, "}")
    if _skip(text, at + 1) != len(text):
        raise json.JSONDecodeError("nothing more was expected", text, at + 1)


def _skip(text: str, at: int) -> int:
    blank = _BLANK.match(text, at)
    return blank.end() if blank else at


def _expect(text: str, at: int, character: str) -> int:
    at = _skip(text, at)
    if not text.startswith(character, at):
        raise json.JSONDecodeError(f"{character} was expected", text, at)
    return _skip(text, at + 1)


def _after_value(text: str, at: int, closing: str) -> int:
    at = _skip(text, at)
    return at if text.startswith(closing, at) else _expect(text, at, ",")


def _frames(features: list[dict[str, Any]]) -> tuple[pl.DataFrame, pl.DataFrame]:
    properties = [_properties(feature) for feature in features]
    layouts = dict.fromkeys(map(tuple, properties))
    names = dict.fromkeys(chain.from_iterable(layouts))
    same = len(layouts) == 1  # as programs write them
    rows = map(dict.values, properties) if same else ([row.get(name) for name in names] for row in properties)
    columns = [_column(name, values) for name, values in zip(names, zip(*rows, strict=True), strict=True)]
    points = [_point(feature.get("geometry")) for feature in features]
    return pl.DataFrame(columns), pl.DataFrame(points, schema=_POINT, orient="row")


def _properties(feature: dict[str, Any]) -> dict[str, Any]:
    properties = feature.get("properties")
    properties = properties if isinstance(properties, dict) else {}
    if "id" in feature and not {"id", "incident_id"} & properties.keys():
        return {"id": feature["id"]} | properties
    return properties


def _column(name: str, values: Sequence[Any]) -> pl.Series:
    try:
        return pl.Series(name, values, dtype=pl.String)
    except (TypeError, UnicodeEncodeError):
        return pl.Series(_whole(name), [_text(value) for value in values], dtype=pl.String)


def _text(value: Any) -> str | None:
    """Return a property as text: true and false, lists and objects as JSON writes them."""
    if value is None:
        return None
    return _whole(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _whole(text: str) -> str:
    r"""Return a text with U+FFFD for each half of a character (\ud800 alone), which JSON lets through."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _point(geometry: Any) -> tuple[str | None, str | None, bool]:
    """Return longitude, latitude, and whether it is a shape that is no point."""
    if not isinstance(geometry, dict):
        return None, None, False
    coordinates = geometry.get("coordinates")
    if geometry.get("type") == "MultiPoint" and isinstance(coordinates, list) and len(coordinates) == 1:
        coordinates = coordinates[0]
    elif geometry.get("type") != "Point":
        return None, None, True
    if (
        isinstance(coordinates, list)
        and len(coordinates) >= 2
        and all(isinstance(axis, str) for axis in coordinates[:2])
    ):
        return coordinates[0], coordinates[1], False
    return None, None, False


def _crs(member: Any) -> Any:
    if not member:
        return _WGS84
    properties = member.get("properties") if isinstance(member, dict) else None
    return properties.get("name") if isinstance(properties, dict) and properties.get("name") else str(member)
