"""Gazetteers that users bring: a country dump of GeoNames, or any table with a name, a latitude and a longitude.

A dump has 19 columns, separated by tabs, without headings (https://download.geonames.org/export/dump/readme.txt):
geonameid, name, asciiname, alternatenames, latitude, longitude, feature class, feature code, country code, cc2,
admin1 code, admin2 code, admin3 code, admin4 code, population, elevation, dem, timezone, modification date.
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from mapping.errors import UnknownFormat, UnreadableFile
from mapping.files import read_bytes
from mapping.formulas import unguard_formulas
from mapping.gazetteer.kinds import kind_of as kind_said
from mapping.gazetteer.places import DISTRICT
from mapping.readers import read_table
from mapping.readers.opening import TEXT, ZIP, kind_of
from mapping.schema import GEO_PRECISIONS
from mapping.toponym import fold
from mapping.validate import as_problems, country_codes, finding
from mapping.validate.problems import quoted
from mapping.values import parse_degrees

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["PLACES", "GazetteerFile", "read_gazetteer"]

PLACES: dict[str, pl.DataType] = {
    "source_row": pl.Int64(), "place_id": pl.String(), "name": pl.String(), "names": pl.List(pl.String()), "kind": pl.String(),
    "country_iso2": pl.String(), "adm1": pl.String(), "district": pl.String(), "latitude": pl.Float64(),
    "longitude": pl.Float64(), "population": pl.Int64(), "precision": pl.String(), "radius_km": pl.Float64(),
    "licence": pl.String(),
}  # fmt: skip
"""Columns of what was read; adm1 and district as the file has them: names, or codes of its own;
precision, radius_km and licence where the table is one that `gazetteer export` wrote."""

_DUMP_COLUMNS = 19
_MOST_UNPACKED = 2 << 30
"""About 2 GB; allCountries.txt, which no laptop searches, has 1.6, the largest country 0.3."""

_ID, _NAME, _ALTERNATE, _LATITUDE, _LONGITUDE, _CLASS, _CODE, _COUNTRY, _ADM1, _PEOPLE = 0, 1, 3, 4, 5, 6, 7, 8, 10, 14

_FEATURES = {
    "AIRB": "airbase", "AIRF": "airport", "AIRP": "airport", "AIRH": "airport", "AIRQ": "airport", "MILB": "base", "INSM": "base",
    "CMP": "camp", "CMPRF": "idp camp", "CMPO": "oil field", "OILF": "oil field", "OILW": "oil field", "GASF": "oil field", "OILR": "refinery",
    "PS": "power plant", "PSH": "power plant", "PSN": "power plant", "DAM": "dam", "PRN": "prison", "SHRN": "shrine",
    "PRT": "port", "NVB": "port", "CSTM": "crossing", "PSTB": "crossing", "MT": "mountain", "MTS": "mountain", "HLL": "mountain",
    "HLLS": "mountain", "PK": "mountain", "RDGE": "mountain", "STM": "river", "STMI": "river", "CNL": "river", "LK": "lake",
    "LKI": "lake", "RSV": "lake", "RSVI": "lake", "MRSH": "lake", "DSRT": "desert", "WAD": "desert", "VAL": "desert", "PLN": "desert",
    "RGN": "region", "AREA": "region",
}  # fmt: skip
"""GeoNames' feature codes (https://www.geonames.org/export/codes.html) and our kinds; the other spots are "other"."""

_LEFT_OUT = ("A", "R", "V", "U")
"""Feature classes that name no place of ours: administrative units, roads, woods, the sea floor."""

_HEADINGS = {
    "name": ("name", "place", "place name", "toponym", "village", "town", "city", "settlement", "featurename", "name en", "asciiname"),
    "latitude": ("latitude", "lat", "y", "latitude dd", "point y"),
    "longitude": ("longitude", "lon", "long", "lng", "x", "longitude dd", "point x"),
    "names": ("names", "alternatenames", "alternate names", "alternative names", "alt names", "other names", "aliases", "name ar", "arabic name"),
    "kind": ("kind", "type", "place type", "feature", "featuretype", "class", "fclass"),
    "country_iso2": ("country iso2", "country", "country code", "iso2", "adm0 name", "adm0 en"),
    "adm1": ("adm1", "adm1 code", "admin1", "province", "governorate", "adm1 name", "adm1 en", "admin1name en", "state", "region"),
    "district": ("adm2", "admin2", "district", "adm2 name", "adm2 en", "admin2name en"),
    "population": ("population", "pop", "people"),
    "precision": ("precision",),
    "radius_km": ("radius km",),
    "licence": ("licence", "license"),
    "place_id": ("place id", "id", "geonameid", "pcode", "p code", "osm id", "code"),
}  # fmt: skip
_NEEDED = ("name", "latitude", "longitude")
_SEVERAL = r"\s*[|;,،]\s*"


@dataclass(frozen=True)
class GazetteerFile:
    """A gazetteer, read.

    Attributes
    ----------
    places
        Columns of `PLACES`.
    problems
        Rows that name no place of ours or lie nowhere, as `mapping.validate.PROBLEMS`.
    layout
        "a dump of GeoNames" or "a table".
    """

    places: pl.DataFrame
    problems: pl.DataFrame
    layout: str


def read_gazetteer(path: Path) -> GazetteerFile:
    """Read a gazetteer.

    Parameters
    ----------
    path
        A country dump of GeoNames (its .txt, or the .zip that holds it), or a table.

    Raises
    ------
    UnreadableFile
        The file cannot be read.
    UnknownFormat
        It has no column for the name, the latitude or the longitude.

    Examples
    --------
    >>> from mapping.datasets import shipped
    >>> read = read_gazetteer(shipped("incidents/sites.csv"))
    >>> read.layout, read.problems.height, read.places.select("name", "kind").row(0)
    ('a table', 0, ('Ain al-Asad Airbase', 'airbase'))
    """
    if (lines := _dump(path)) is not None:
        return _from_dump(path, lines)
    return _from_table(path, read_table(path))


def _dump(path: Path) -> pl.DataFrame | None:
    """Return the lines of a dump of GeoNames, split; None when the file is none."""
    kind = kind_of(path)
    if kind == ZIP:
        data = _zipped(path)
    else:
        data = (
            read_bytes(path)
            if kind == TEXT and read_bytes(path, most=65_536).count(b"\t") >= _DUMP_COLUMNS - 1
            else None
        )
    first = data.lstrip().partition(b"\n")[0].split(b"\t") if data else []
    if data is None or len(first) != _DUMP_COLUMNS or not first[_ID].decode("utf-8-sig", "replace").isdigit():
        return None
    # Names may hold other signs that end a line, such as U+2028: str.splitlines would break them.
    lines = pl.Series("line", data.decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n"))
    return lines.to_frame().with_row_index("source_row", offset=1).with_columns(fields=pl.col("line").str.split("\t"))


def _is_noise(name: pl.Expr) -> pl.Expr:
    """Tell transliterations letter by letter ("almwsl") and codes of airports, which no report uses, from names."""
    return (name.str.contains(r"\p{Latin}") & (name == name.str.to_lowercase())) | name.str.contains(r"^[A-Z]{2,5}$")


def _zipped(path: Path) -> bytes | None:
    """Return the dump in an archive of GeoNames, None when it holds none."""
    try:
        with zipfile.ZipFile(path) as archive:
            inside = [name for name in archive.namelist() if name.endswith(".txt") and "readme" not in name.lower()]
            if len(inside) != 1:
                return None
            if (unpacked := archive.getinfo(inside[0]).file_size) > _MOST_UNPACKED:
                raise UnreadableFile(
                    f"{path.name} unpacks to {unpacked / 2**30:.1f} GB, too much for a list of places. Cut it to the countries "
                    "that are needed."
                )
            return archive.read(inside[0])
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        if isinstance(error, UnreadableFile):
            raise
        raise UnreadableFile(
            f"{path.name} is a damaged or locked archive ({error}). Unpack it and give the file in it."
        ) from error


def _from_dump(path: Path, lines: pl.DataFrame) -> GazetteerFile:
    lines = lines.filter(pl.col("line").str.strip_chars() != "").with_columns(pl.col("source_row").cast(pl.Int64))
    ragged = finding(
        lines.select("source_row", "line"),
        pl.lit(lines["fields"].list.len() != _DUMP_COLUMNS),
        "line",
        pl.lit(f"The line has not the {_DUMP_COLUMNS} columns of a dump of GeoNames, separated by tabs."),
    )
    whole = lines.filter(pl.col("fields").list.len() == _DUMP_COLUMNS)

    def field(at: int) -> pl.Expr:
        text = pl.col("fields").list.get(at).str.strip_chars()
        return pl.when(text != "").then(text)

    raw = whole.select(
        "source_row",
        pl.format("geonames:{}", field(_ID)).alias("place_id"),
        field(_NAME).alias("name"),
        field(_ALTERNATE).str.split(",").list.eval(pl.element().filter(~_is_noise(pl.element()))).alias("names"),
        pl.when(field(_CLASS) == "P").then(pl.lit("town"))
        .otherwise(field(_CODE).replace_strict(_FEATURES, default="other")).alias("kind"),
        field(_COUNTRY).alias("country_iso2"),
        pl.format("{}.{}", field(_COUNTRY), field(_ADM1)).alias("adm1"),
        pl.lit(None, pl.String).alias("district"),
        field(_LATITUDE).alias("latitude"),
        field(_LONGITUDE).alias("longitude"),
        field(_PEOPLE).alias("population"),
        field(_CLASS).is_in(_LEFT_OUT).fill_null(False).alias("left_out"),
    )  # fmt: skip
    return _checked(path, raw.filter(~pl.col("left_out")), [ragged], layout="a dump of GeoNames")


def _from_table(path: Path, table: pl.DataFrame) -> GazetteerFile:
    folded = {fold(column.replace("_", " ")): column for column in reversed(table.columns)}
    found = {
        ours: next((folded[fold(word)] for word in words if fold(word) in folded), None)
        for ours, words in _HEADINGS.items()
    }
    if missing := [ours for ours in _NEEDED if found[ours] is None]:
        columns = ", ".join(table.columns[:20])
        raise UnknownFormat(
            f"{path.name} has no column for the {', the '.join(missing)}. Its columns: {columns}. "
            "A gazetteer has a name, a latitude and a longitude, or is a country dump of GeoNames."
        )
    texts = [(pl.col(theirs) if theirs else pl.lit(None, pl.String)).alias(ours) for ours, theirs in found.items()]
    rows = table.select(texts).with_row_index("source_row", offset=2).with_columns(pl.col("source_row").cast(pl.Int64))
    kinds = {words: kind_said(words) for words in rows["kind"].drop_nulls().unique()}
    towns = pl.col("kind").replace_strict(kinds, default=None, return_dtype=pl.String).fill_null("settlement")
    raw = rows.with_columns(
        pl.format(
            "added:{}:{}", pl.lit(path.stem), pl.coalesce("place_id", pl.col("source_row").cast(pl.String))
        ).alias("place_id"),
        unguard_formulas(pl.col("name").str.strip_chars()),
        pl.col("names").str.replace_all(_SEVERAL, "|").str.split("|"),
        pl.when(pl.col("kind") == DISTRICT).then("kind").otherwise(towns.replace("settlement", "town")).alias("kind"),
        country_codes(pl.col("country_iso2")),
    )
    is_unknown = (pl.col("country_iso2").fill_null("") != "") & country_codes(pl.col("country_iso2")).is_null()
    message = pl.format("{} is no country. The one in which the point lies was taken.", quoted("country_iso2"))
    strange = finding(rows, is_unknown, "country_iso2", message, allowed="an ISO 3166-1 code or a name", rejected=False)
    return _checked(path, raw, [strange], layout="a table")


def _checked(path: Path, raw: pl.DataFrame, problems: list[pl.DataFrame], *, layout: str) -> GazetteerFile:
    """Keep the rows that name a place on the earth; say of the others why not."""
    degrees = [
        parse_degrees(raw["latitude"], "latitude")["value"],
        parse_degrees(raw["longitude"], "longitude")["value"],
    ]
    on_earth = degrees[0].is_between(-90, 90) & degrees[1].is_between(-180, 180)
    nowhere = pl.lit(~on_earth.fill_null(False))
    message = pl.format(
        "Latitude {} and longitude {} are no point on the earth. Give degrees of WGS 84, -90 to 90 and -180 to 180.",
        quoted("latitude"),
        quoted("longitude"),
    )
    problems += [
        finding(raw, nowhere, "latitude", message, allowed="-90 to 90, -180 to 180"),
        finding(raw, pl.col("name").fill_null("") == "", "name", pl.lit("The row has no name. Give one.")),
    ]
    good = raw.with_columns(degrees[0].alias("latitude"), degrees[1].alias("longitude")).filter(
        ~nowhere & (pl.col("name").fill_null("") != "")
    )
    names = pl.concat_list(pl.concat_list("name"), pl.col("names").fill_null([])).list.eval(
        pl.element().str.strip_chars().filter(pl.element().str.strip_chars() != "")
    )
    people = pl.col("population").str.replace_all(r"[ ,]", "").cast(pl.Int64, strict=False).fill_null(0)
    absent = [
        pl.lit(None, pl.String).alias(name)
        for name in ("precision", "radius_km", "licence")
        if name not in good.columns
    ]
    radius_km = pl.col("radius_km").cast(pl.Float64, strict=False)
    places = good.with_columns(absent).with_columns(
        names.list.unique(maintain_order=True).alias("names"),
        people.alias("population"),
        pl.when(pl.col("precision").is_in(GEO_PRECISIONS)).then("precision"),
        pl.when(radius_km > 0).then(radius_km).alias("radius_km"),
    )
    return GazetteerFile(
        places.select(pl.col(name).cast(dtype) for name, dtype in PLACES.items()),
        as_problems(problems, file=path.name, headings={}),
        layout,
    )
