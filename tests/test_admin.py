from __future__ import annotations

import csv
import json
import threading
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import polars as pl
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping import admin
from mapping.admin.cache import cached_grid
from mapping.admin.grid import build_grid
from mapping.admin.locating import REACH, Boundaries
from mapping.admin.names import bare_name
from mapping.datasets import shipped
from mapping.readers import read
from mapping.validate import validate

if TYPE_CHECKING:
    from pathlib import Path

IRAQ = {
    "IQ-AN": "Anbar", "IQ-AR": "Erbil", "IQ-BA": "Basra", "IQ-BB": "Babil", "IQ-BG": "Baghdad", "IQ-DA": "Duhok",
    "IQ-DI": "Diyala", "IQ-DQ": "Dhi Qar", "IQ-KA": "Karbala", "IQ-KI": "Kirkuk", "IQ-MA": "Maysan",
    "IQ-MU": "Muthanna", "IQ-NA": "Najaf", "IQ-NI": "Nineveh", "IQ-QA": "Qadisiyah", "IQ-SD": "Salah al-Din",
    "IQ-SU": "Sulaymaniyah", "IQ-WA": "Wasit",
}  # fmt: skip
SYRIA = {
    "SY-DI": "Damascus", "SY-DR": "Daraa", "SY-DY": "Deir ez-Zor", "SY-HA": "Hasakah", "SY-HI": "Homs",
    "SY-HL": "Aleppo", "SY-HM": "Hama", "SY-ID": "Idlib", "SY-LA": "Latakia", "SY-QU": "Quneitra", "SY-RA": "Raqqa",
    "SY-RD": "Rif Dimashq", "SY-SU": "Suwayda", "SY-TA": "Tartus",
}  # fmt: skip
PLACES = [
    ("Ain al-Asad", 42.4412, 33.7856, "IQ-AN"), ("Ramadi", 43.31, 33.43, "IQ-AN"), ("Mosul", 43.13, 36.34, "IQ-NI"),
    ("Kirkuk", 44.39, 35.47, "IQ-KI"), ("Tikrit", 43.68, 34.61, "IQ-SD"), ("Baqubah", 44.64, 33.75, "IQ-DI"),
    ("Erbil", 44.01, 36.19, "IQ-AR"), ("Sulaymaniyah", 45.44, 35.56, "IQ-SU"), ("Halabja", 45.99, 35.18, "IQ-SU"),
    ("Duhok", 42.99, 36.87, "IQ-DA"), ("Baghdad", 44.39, 33.34, "IQ-BG"), ("Hillah", 44.42, 32.48, "IQ-BB"),
    ("Karbala", 44.02, 32.61, "IQ-KA"), ("Najaf", 44.34, 32.0, "IQ-NA"), ("Diwaniyah", 44.92, 31.99, "IQ-QA"),
    ("Samawah", 45.28, 31.33, "IQ-MU"), ("Nasiriyah", 46.26, 31.05, "IQ-DQ"), ("Kut", 45.82, 32.51, "IQ-WA"),
    ("Amarah", 47.15, 31.84, "IQ-MA"), ("Basra", 47.81, 30.51, "IQ-BA"), ("Aleppo", 37.16, 36.2, "SY-HL"),
    ("Damascus", 36.29, 33.51, "SY-DI"), ("Duma", 36.40, 33.57, "SY-RD"), ("Palmyra", 38.27, 34.56, "SY-HI"),
    ("Raqqa", 39.01, 35.95, "SY-RA"), ("Deir ez-Zor", 40.14, 35.34, "SY-DY"), ("Qamishli", 41.23, 37.05, "SY-HA"),
    ("Gaza", 34.45, 31.50, "PS.GZ"), ("Nablus", 35.26, 32.22, "PS.WE"), ("Majdal Shams", 35.77, 33.27, "IL-Z"),
    ("Sanaa", 44.2, 15.35, "YE-SA"), ("Marib", 45.33, 15.46, "YE-MA"), ("Derna", 22.64, 32.76, "LY-DR"),
    ("Tripoli", 13.19, 32.88, "LY-TB"), ("Isfahan", 51.67, 32.65, "IR-10"), ("Diyarbakir", 40.23, 37.91, "TR-21"),
    ("Cairo", 31.25, 30.05, "EG-C"), ("Zarqa", 36.09, 32.07, "JO-AZ"), ("Kabul", 69.17, 34.53, "AF-KAB"),
    ("Austin", -97.74, 30.27, "US-TX"),
]  # fmt: skip
CLAIMS = [
    ("Anbar province", "IQ", "IQ-AN"), ("Al Anbār province", "IQ", "IQ-AN"), ("محافظة الأنبار", "IQ", "IQ-AN"),
    ("الانبار", "IQ", "IQ-AN"), ("IQG01", "IQ", "IQ-AN"), ("IQ-AN", "IQ", "IQ-AN"), ("anbar", None, "IQ-AN"),
    ("At-Ta'mim", "IQ", "IQ-KI"), ("Saladin governorate", "IQ", "IQ-SD"), ("Salahudin", "IQ", "IQ-SD"),
    ("Şalāḩ ad Dīn province", "IQ", "IQ-SD"), ("Nīnawá province", "IQ", "IQ-NI"), ("Ninewa", "IQ", "IQ-NI"),
    ("Hewlêr", "IQ", "IQ-AR"), ("هەولێر", "IQ", "IQ-AR"), ("Slemani", "IQ", "IQ-SU"), ("Halabja", "IQ", "IQ-SU"),
    ("Sulaimaniya Province", "IQ", "IQ-SU"), ("Babylon", "IQ", "IQ-BB"), ("Thi Qar", "IQ", "IQ-DQ"),
    ("Al-Qadisiyyah Governorate", "IQ", "IQ-QA"), ("Dohuk", "IQ", "IQ-DA"),
    ("Iraqi Kurdistan", "IQ", None), ("Kurdistan region", "IQ", None), ("Kurdistan", "IR", "IR-12"),
    ("Kurdistan", None, None), ("Ramadi", "IQ", None), ("Mosul", "IQ", None), ("Nasiriyah", "IQ", None),
    ("Damascus Governorate", "SY", "SY-DI"), ("Rural Damascus", "SY", "SY-RD"), ("ريف دمشق", "SY", "SY-RD"),
    ("Deir Ezzor", "SY", "SY-DY"), ("Deir el-Zour province", "SY", "SY-DY"), ("دير الزور", "SY", "SY-DY"),
    ("Hamah governorate", "SY", "SY-HM"), ("Hassakeh", "SY", "SY-HA"), ("Sweida", "SY", "SY-SU"),
    ("Raqa province", "SY", "SY-RA"), ("Dar’a", "SY", "SY-DR"), ("UNDOF", "SY", "SYR-5261"),
    ("Akkar", "LB", "LB-AS"), ("Baalbek-Hermel", "LB", "LB-BI"), ("Gaza Strip", "IL", "PS.GZ"),
    ("Ramallah", "PS", "PS.WE"), ("Şan‘ā’ governorate", "YE", "YE-SN"), ("Sana'a City", "YE", "YE-SA"),
    ("Socotra", "YE", "YE-HD"), ("Jawf", "YE", "YE-JA"), ("Jawf", "SA", "SA-12"), ("Jawf", None, None),
    ("Şırnak province", "TR", "TR-73"), ("Urfa", "TR", "TR-63"), ("Mourzouq district", "LY", "LY-MQ"),
    ("Anbar", "SY", None), ("nowhere", "IQ", None), ("", "IQ", None), ("Province", "IQ", None), (None, "IQ", None),
]  # fmt: skip

WIDER_CLAIMS = [
    ("Uruzgan province", "AF", "AF-URU"), ("Parwan", "AF", "AF-PAR"), ("Panjsher province", "AF", "AF-PAN"),
    ("Daykundi", "AF", "AF-DAY"), ("Maidan Wardak", "AF", "AF-WAR"), ("Paktia", "AF", "AF-PIA"), ("Sar-e-Pul", "AF", "AF-SAR"),
    ("South Darfur state", "SD", "SD-DS"), ("غرب دارفور", "SD", "SD-DW"), ("Central Darfur", "SD", "SD-DC"),
    ("West Kordofan", "SD", None), ("Western Bahr-al-Ghazal state", "SD", "SS-BW"), ("Upper Nile", "SS", "SS-NU"),
    ("North Kivu", "CD", "CD-NK"), ("Kivu Sud", "CD", "CD-SK"), ("Ituri province", "CD", None), ("Tanganyika", "CD", None),
    ("Lower Shabelle region", "SO", "SO-SH"), ("Hiran", "SO", "SO-HI"), ("Sool", "SO", None), ("Oromia", "ET", "ET-OR"),
    ("SNNP", "ET", "ET-SN"), ("Sidama", "ET", None), ("KPK", "PK", "PK-KP"), ("Azad Jammu & Kashmir", "PK", "PK-JK"),
    ("Gilgit-Baltistan", "PK", "PK-GB"), ("Odisha state", "IN", "IN-OD"), ("Telangana", "IN", None), ("Sahel region", "BF", None),
    ("Zaporizhzhia", "UA", "UA-23"), ("Донецька область", "UA", "UA-14"), ("Харьковская обл.", "UA", "UA-63"),
    ("Kyiv oblast", "UA", "UA-32"), ("Kyiv City", "UA", "UA-30"), ("Shan-North", "MM", "MM-17"), ("Ménaka", "ML", None),
    ("FCT", "NG", "NG-FC"), ("DC", "US", "US-DC"), ("Far North", "CM", "CM-EN"), ("Northwest", "CM", "CM-NW"),
    ("Ciudad de Mexico", "MX", "MX-CMX"), ("Cidade De Maputo", "MZ", "MZ-MPM"), ("Maputo", "MZ", "MZ-L"),
    ("Cebu", "PH", "PH-CEB"), ("Cebu City", "PH", "PHL-5522"), ("Puno", "PE", "PE-PUN"), ("Lima", "PE", None),
    ("Kosovo province", "RS", None), ("Durrës", "AL", "AL-02"), ("Tirana", "AL", "AL-11"), ("Cork", "IE", "IE-CO"),
]  # fmt: skip
NOT_ALONE = ["12", "007", "the city", "City", "Gulf", "Island", "Mountain", "Portland", "Niger", "Georgia"]


def codes(longitude: float, latitude: float) -> str | None:
    unit = int(admin.locate(np.array([longitude]), np.array([latitude]))[0])
    return None if unit < 0 else admin.units()["adm1_code"][unit]


def boundaries_of(*shapes: shapely.Geometry) -> Boundaries:
    array = np.array(shapes)
    return Boundaries(array, build_grid(array))


def placed(boundaries: Boundaries, *points: tuple[float, float]) -> tuple[list[int], list[bool]]:
    answer = boundaries.place(*np.array(points, dtype=float).T)
    return answer.unit.tolist(), answer.by_nearest.tolist()


@pytest.mark.parametrize(("country", "expected"), [("IQ", IRAQ), ("SY", SYRIA | {"SYR-5261": "UNDOF zone"})])
def test_the_governorates_of_iraq_and_syria_have_their_codes(country: str, expected: dict[str, str]) -> None:
    found = admin.units().filter(pl.col("country_iso2") == country)
    assert dict(found.select("adm1_code", "adm1_name").iter_rows()) == expected


def test_every_unit_has_a_code_of_its_own_and_a_name() -> None:
    units = admin.units()
    assert units.height == 4646
    assert units["adm1_code"].is_unique().all()
    assert units["adm1_code"].is_sorted()
    assert units.select("adm1_code", "adm1_name", "country_name").null_count().sum_horizontal().item() == 0
    assert units["adm1_code"].str.contains(r"^[A-Za-z.0-9-]+$").all(), "codes stand in addresses"


def test_every_unit_lies_where_it_says_and_no_farther_than_its_radius() -> None:
    units, shapes = admin.units(), admin.geometries()
    assert shapes["adm1_code"].tolist() == units["adm1_code"].to_list()
    longitude, latitude = units["longitude"].to_numpy(), units["latitude"].to_numpy()
    assert admin.locate(longitude, latitude).tolist() == list(range(units.height))
    anbar = units.row(by_predicate=pl.col("adm1_code") == "IQ-AN", named=True)
    corners = shapely.get_coordinates(shapes.geometry[shapes["adm1_code"] == "IQ-AN"].array)
    north_south = np.abs(corners[:, 1] - anbar["latitude"]).max() * 111.195
    assert north_south <= anbar["radius_km"] < 400


@pytest.mark.parametrize(("place", "longitude", "latitude", "code"), PLACES)
def test_places_lie_in_their_provinces(place: str, longitude: float, latitude: float, code: str) -> None:
    assert codes(longitude, latitude) == code, place


@pytest.mark.parametrize(("claimed", "country", "code"), CLAIMS + WIDER_CLAIMS)
def test_what_people_call_a_province(claimed: str | None, country: str | None, code: str | None) -> None:
    given_names, given_countries = pl.Series([claimed], dtype=pl.String), pl.Series([country], dtype=pl.String)
    assert admin.resolve_province(given_names, given_countries).to_list() == [code]


@pytest.mark.parametrize("name", NOT_ALONE)
def test_what_names_no_province_without_its_country(name: str) -> None:
    assert admin.province_named(name) is None


def test_a_number_names_no_province_of_any_country() -> None:
    countries = admin.units()["country_iso2"].drop_nulls().unique().sort()
    for number in ("1", "12", "99"):
        assert admin.resolve_province(pl.Series([number] * len(countries)), countries).null_count() == len(countries)


@pytest.mark.parametrize(
    ("town", "longitude", "latitude", "code"),
    [
        ("Bazarak", 69.515, 35.313, "AF-PAN"), ("Charikar", 69.171, 35.013, "AF-PAR"), ("Nili", 66.130, 33.722, "AF-DAY"),
        ("Tarinkot", 65.873, 32.627, "AF-URU"), ("Zalingei", 23.483, 12.909, "SD-DC"), ("Geneina", 22.447, 13.452, "SD-DW"),
        ("Nyala", 24.883, 12.050, "SD-DS"), ("Ed Daein", 26.126, 11.462, "SD-DE"), ("Kyiv", 30.524, 50.450, "UA-30"),
        ("Bila Tserkva", 30.113, 49.796, "UA-32"), ("Juliaca", -70.133, -15.500, "PE-PUN"), ("Tirana", 19.819, 41.328, "AL-11"),
    ],
)  # fmt: skip
def test_mended_codes_are_those_of_what_lies_there(town: str, longitude: float, latitude: float, code: str) -> None:
    assert codes(longitude, latitude) == code, town


def test_nearly_every_province_is_known_by_its_own_name() -> None:
    named = admin.units().drop_nulls("country_iso2").filter(~pl.col("adm1_name").str.ends_with("(no province given)"))
    known = admin.resolve_province(named["adm1_name"], named["country_iso2"])
    strangers = named.filter((known != named["adm1_code"]).fill_null(True))
    assert not set(strangers["country_iso2"]) & {"AF", "IQ", "PH", "SD", "SO", "SS", "SY", "UA", "YE"}
    assert strangers.height < 25


def test_names_are_resolved_row_by_row_in_order() -> None:
    claimed = pl.Series(["Anbar", None, "Homs", "Anbar", "Anbar"])
    countries = pl.Series(["IQ", "IQ", "SY", "SY", None])
    assert admin.resolve_province(claimed, countries).to_list() == ["IQ-AN", None, "SY-HI", None, "IQ-AN"]
    assert admin.resolve_province(claimed.clear(), countries.clear()).to_list() == []


def test_the_alias_table_has_one_meaning_for_each_name() -> None:
    known = set(admin.units()["adm1_code"])
    meanings: dict[tuple[str, str], set[str]] = {}
    with shipped("admin/adm1_aliases.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            assert row["adm1_code"] in known | {"IQ-KR"}
            for name in filter(None, [row["name_en"], row["name_local"], *row["aliases"].split("|")]):
                meanings.setdefault((row["country_iso2"], bare_name(name)), set()).add(row["adm1_code"])
    assert {key: found for key, found in meanings.items() if len(found) > 1} == {}


def test_every_province_of_the_starter_data_is_known(shared_data: Path) -> None:
    reading = pl.read_csv(shared_data / "starter" / "incidents.csv", infer_schema=False)
    countries = {"Iraq": "IQ", "Syria": "SY", "Lebanon": "LB", "Turkey": "TR", "Iran": "IR"}
    rows = reading.drop_nulls("adm1").select(
        "adm1", country=pl.col("country").replace_strict(countries, default=None, return_dtype=pl.String)
    )
    unknown = rows.filter(admin.resolve_province(rows["adm1"], rows["country"]).is_null())["adm1"].unique().sort()
    above_or_below = ["Iraqi Kurdistan", "Kurdistan Region of Iraq", "Kurdistan region", "Marjeyoun district"]
    assert unknown.to_list() == above_or_below


def test_names_and_p_codes_of_the_humanitarian_boundaries_of_iraq(shared_data: Path) -> None:
    text = (shared_data / "boundaries" / "irq_admbnda_adm1_cso_20190603.geojson").read_text(encoding="utf-8")
    found = {}
    for feature in json.loads(text)["features"]:
        names = [feature["properties"][key] for key in ("ADM1_EN", "ADM1_AR", "ADM1_PCODE")]
        resolved = {admin.province_named(name, "IQ") for name in names}
        assert len(resolved) == 1, names
        found |= dict.fromkeys(resolved)
    assert set(found) == set(IRAQ)


@pytest.mark.parametrize(
    ("points", "units", "near"),
    [
        ([(0.5, 0.5), (1.5, 0.5)], [0, 1], [False, False]),
        ([(1.0, 0.5)], [0], [False]),  # on the border: the lower
        ([(0.0, 0.0), (2.0, 1.0)], [0, 1], [False, False]),  # on a corner
        ([(-REACH / 2, 0.5), (2 + REACH / 2, 0.5), (0.5, 1 + 0.99 * REACH)], [0, 1, 0], [True, True, True]),
        ([(-REACH * 1.01, 0.5), (5.0, 5.0)], [-1, -1], [False, False]),
        ([(1.0, -REACH / 2), (1.001, -REACH / 2)], [0, 1], [True, True]),  # as near: the lower; else the nearer
    ],
)
def test_borders_and_coasts(points: list[tuple[float, float]], units: list[int], near: list[bool]) -> None:
    squares = boundaries_of(shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1))
    assert placed(squares, *points) == (units, near)


def test_holes_islands_and_overlaps() -> None:
    ring = shapely.box(0, 0, 3, 3).difference(shapely.box(1, 1, 2, 2))
    shapes = boundaries_of(ring, shapely.box(1.2, 1.2, 1.4, 1.4), shapely.box(2.5, 0, 4, 4))
    points = [(0.5, 0.5), (1.5, 1.5), (1.3, 1.3), (2.7, 2.7), (3.5, 3.5), (1.005, 1.5)]
    assert placed(shapes, *points) == ([0, -1, 1, 0, 2, 0], [False] * 5 + [True])


def test_the_ends_of_the_world() -> None:
    fiji = shapely.union_all([shapely.box(179, -18, 180, -17), shapely.box(-180, -18, -179, -17)])
    shapes = boundaries_of(fiji, shapely.box(-180, -90, 180, -60), shapely.box(178, 10, 180, 11))
    points = [(180, -17.5), (-180, -17.5), (180, 10.5), (-180, 10.5), (0, -90), (180, -90), (0, 90), (180, 90)]
    assert placed(shapes, *points)[0] == [0, 0, 2, 2, 1, 1, -1, -1]


def test_what_is_no_point_is_in_no_province() -> None:
    nothing = [(np.nan, 33.0), (44.0, np.nan), (np.inf, 33.0), (181.0, -80.0), (44.0, -90.1), (404.4, 33.3)]
    longitude, latitude = np.array([*nothing, (44.4, 33.3)]).T
    answer = admin.place(longitude, latitude)
    assert (answer.unit >= 0).tolist() == [False] * 6 + [True]
    assert answer.counts() == {"located": 1, "by_nearest": 0, "not_located": 6}
    assert admin.place(np.array([]), np.array([])).counts() == {"located": 0, "by_nearest": 0, "not_located": 0}


def test_the_answers_are_those_of_sjoin() -> None:
    random = np.random.default_rng(7)
    shapes = admin.geometries()
    corners = shapely.get_coordinates(shapes.geometry.array)
    corners = corners[random.choice(len(corners), 12_000, replace=False)]
    beside = corners[:6_000] + random.normal(scale=0.005, size=(6_000, 2))
    anywhere = np.column_stack([random.uniform(-180, 180, 8_000), random.uniform(-90, 90, 8_000)])
    longitude, latitude = np.vstack([anywhere, beside, corners[6_000:]]).clip((-179.99, -89.99), (179.99, 90)).T
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(longitude, latitude, crs=shapes.crs))
    pairs = gpd.sjoin(points, shapes[["geometry"]], predicate="intersects")
    expected = pairs["index_right"].groupby(level=0).min().reindex(points.index, fill_value=-1).to_numpy()

    answer = admin.place(longitude, latitude)

    assert np.where(answer.by_nearest, -1, answer.unit).tolist() == expected.tolist()
    outside = np.flatnonzero(expected < 0)
    reached, _ = shapes.sindex.query(points.geometry.array[outside], predicate="dwithin", distance=REACH)
    assert np.flatnonzero(answer.by_nearest).tolist() == outside[np.unique(reached)].tolist()


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32), st.floats(0.002, 3))
def test_any_polygons_give_the_answers_of_shapely(seed: int, size: float) -> None:
    random = np.random.default_rng(seed)
    middles = np.array([44.0, 33.0]) + random.uniform(-size, size, (6, 2))
    shapes = np.array([shapely.Point(middle).buffer(random.uniform(0.1, 1) * size, quad_segs=3) for middle in middles])
    points = np.array([44.0, 33.0]) + random.uniform(-2 * size - REACH, 2 * size + REACH, (300, 2))
    points[:20] = shapely.get_coordinates(shapes)[:20]
    answer = boundaries_of(*shapes).place(*points.T)
    for point, unit, near in zip(shapely.points(points), answer.unit, answer.by_nearest, strict=True):
        touching = np.flatnonzero(shapely.intersects(shapes, point))
        distances = shapely.distance(shapes, point)
        if touching.size:
            assert (unit, near) == (touching[0], False)
        elif distances.min() <= REACH:
            assert (unit, near) == (distances.argmin(), True)
        else:
            assert (unit, near) == (-1, False)


def test_many_threads_get_the_same_answers() -> None:
    shapes = admin.geometries()
    iraq = shapely.to_wkb(np.asarray(shapes.geometry[shapes["country_iso2"] == "IQ"]))
    grid = build_grid(shapely.from_wkb(iraq))
    random = np.random.default_rng(3)
    longitude, latitude = random.uniform(38, 48, 20_000), random.uniform(30, 37, 20_000)
    expected = Boundaries(shapely.from_wkb(iraq), grid).place(longitude, latitude).unit
    fresh = Boundaries(shapely.from_wkb(iraq), grid)  # prepared, but never asked: the first question builds its index
    same: list[bool] = []

    def ask() -> None:
        same.append(np.array_equal(fresh.place(longitude, latitude).unit, expected))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert same == [True] * 6


@pytest.fixture()
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which grids are kept: one for this test alone."""
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda name: str(tmp_path / name))
    return tmp_path / "incident-atlas"


def test_a_grid_is_kept_and_read_back(cache: Path) -> None:
    square = np.array([shapely.box(0, 0, 1, 1)])
    built = cached_grid(square, key="a" * 64)
    assert len(list(cache.iterdir())) == 1
    elsewhere = np.array([shapely.box(5, 5, 6, 6)])
    kept = cached_grid(elsewhere, key="a" * 64)  # so it was read, not built
    assert all(np.array_equal(one, other) for one, other in zip(built, kept, strict=True))
    assert (
        Boundaries(elsewhere, cached_grid(elsewhere, key="b" * 64)).place(np.array([5.5]), np.array([5.5])).unit[0] == 0
    )


@pytest.mark.parametrize("damage", [b"", b"no zip", b"PK\x03\x04 cut", None])
def test_a_damaged_grid_is_built_anew(cache: Path, damage: bytes | None) -> None:
    square = np.array([shapely.box(0, 0, 1, 1)])
    built = cached_grid(square, key="a" * 64)
    (file,) = cache.iterdir()
    whole = file.read_bytes()
    middle = len(whole) // 2
    file.write_bytes(whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :] if damage is None else damage)
    again = cached_grid(square, key="a" * 64)
    assert all(np.array_equal(one, other) for one, other in zip(built, again, strict=True))
    assert file.stat().st_size == len(whole), "and kept again"


def test_a_cache_that_cannot_be_written_does_no_harm(cache: Path) -> None:
    cache.write_text("a file where the folder should be")
    grid = cached_grid(np.array([shapely.box(0, 0, 1, 1)]), key="a" * 64)
    assert grid.blocks.max() == 0
    assert cache.read_text() == "a file where the folder should be"


def test_the_join_keeps_what_it_is_given_and_says_whether_claims_agree() -> None:
    columns = ["incident_id", "longitude", "latitude", "country_iso2", "adm1_claimed", "adm1_code", "agrees", "code"]
    rows = [
        ("agrees", 42.44, 33.79, "IQ", "Anbar province", None, True, "IQ-AN"),
        ("disagrees", 42.44, 33.79, "IQ", "Nineveh", None, False, "IQ-AN"),
        ("geometry before the rest", 42.44, 33.79, "IQ", "Anbar", "IQ-NI", True, "IQ-AN"),
        ("over the border", 36.75, 37.1, "SY", "Aleppo", None, False, "TR-27"),
        ("in the region", 44.01, 36.19, "IQ", "Kurdistan Region of Iraq", None, True, "IQ-AR"),
        ("outside the region", 42.44, 33.79, "IQ", "Iraqi Kurdistan", None, False, "IQ-AN"),
        ("part of the governorate", 35.82, 33.125, "SY", "Quneitra", None, True, "SYR-5261"),
        ("nothing claimed", 42.44, 33.79, "IQ", None, None, None, "IQ-AN"),
        ("unknown claim", 42.44, 33.79, "IQ", "Upper Euphrates", None, None, "IQ-AN"),
        ("no point", None, None, "IQ", "Anbar", None, None, None),
        ("placed in a province only", None, None, "IQ", "Anbar", "IQ-AN", None, "IQ-AN"),
        ("at sea", 0.0, 0.0, "IQ", "Anbar", "IQ-AN", False, None),
    ]
    frame = pl.DataFrame(rows, schema=columns, orient="row")
    joined = admin.join_boundaries(frame)
    for row in joined.iter_rows(named=True):
        assert (row["adm1_agrees"], row["adm1_code"]) == (row["agrees"], row["code"]), row["incident_id"]
    assert joined["adm1_name"].to_list()[:4] == ["Anbar", "Anbar", "Anbar", "Gaziantep"]
    unchanged = ["incident_id", "longitude", "latitude", "country_iso2", "adm1_claimed"]
    assert joined.select(unchanged).equals(frame.select(unchanged))


@pytest.mark.parametrize(
    ("longitude", "latitude", "country", "code"),
    [
        (38.3541, 36.8908, "SY", "SY-HL"),  # Kobane, which the drawing puts in Turkey
        (38.3541, 36.8908, "TR", "TR-63"),
        (38.3541, 36.8908, None, "TR-63"),
        (38.79, 37.16, "SY", "TR-63"),  # Şanlıurfa: too far to be the drawing's error
        (38.3541, 36.8908, "IQ", "TR-63"),
    ],
)
def test_just_across_a_border_the_country_stated_counts(
    longitude: float, latitude: float, country: str | None, code: str
) -> None:
    row = {"longitude": [longitude], "latitude": [latitude], "country_iso2": [country], "adm1_claimed": [None]}
    schema = {"country_iso2": pl.String, "adm1_claimed": pl.String}
    assert admin.join_boundaries(pl.DataFrame(row, schema_overrides=schema))["adm1_code"].to_list() == [code]


def test_the_join_of_no_rows_has_its_columns() -> None:
    schema = {"longitude": pl.Float64, "latitude": pl.Float64, "adm1_claimed": pl.String, "country_iso2": pl.String}
    joined = admin.join_boundaries(pl.DataFrame(schema=schema))
    added = {"adm1_code": pl.String, "adm1_agrees": pl.Boolean, "adm1_name": pl.String}
    added |= {"adm2_code": pl.String, "adm2_name": pl.String}
    assert dict(joined.schema) == schema | added


@pytest.mark.parametrize(("file", "share"), [("ged_syria_2016_2017.csv", 0.975), ("ged_v23_1_sample.csv", 0.97)])
def test_geometry_agrees_with_the_governorates_of_ucdp(shared_data: Path, file: str, share: float) -> None:
    reading = read(shared_data / "ucdp" / file)
    joined = admin.join_boundaries(validate(reading.incidents, file=file).accepted)
    precise = joined.filter(pl.col("geo_precision_source").is_in(["1", "2", "3"]))
    assert precise["adm1_code"].null_count() == 0
    assert precise["adm1_agrees"].mean() >= share
