"""Coordinates in text: every notation comes back, published positions are met, and what is none is none."""

from __future__ import annotations

import math
from functools import lru_cache

import polars as pl
import pyproj
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from mapping.values import PointRead, find_point, parse_points, read_point

HERE = (33.79, 42.44)


def apart_km(point: PointRead, latitude: float, longitude: float) -> float:
    assert point.latitude is not None
    assert point.longitude is not None
    _, _, metres = pyproj.Geod(ellps="WGS84").inv(point.longitude, point.latitude, longitude, latitude)
    return float(metres) / 1000


def read(text: str) -> PointRead:
    point = read_point(text)
    assert point is not None, text
    return point


@pytest.mark.parametrize(
    "text",
    [
        "33.79, 42.44", "33.79,42.44", "(33.79, 42.44)", "33.79; 42.44", "33.79 42.44", "33.79/42.44", "33,79; 42,44",
        "33,79 42,44", "33.79N 42.44E", "33.79°N, 42.44°E", "33.79N42.44E", "N33.79 E42.44", "N 33.79, E 42.44",
        "42.44E 33.79N", "33.79 north, 42.44 east", "lat 33.79 lon 42.44", "Latitude: 33.79, Longitude: 42.44",
        "lon=42.44, lat=33.79", "x: 42.44 y: 33.79", "POINT (42.44 33.79)", "SRID=4326;POINT(42.44 33.79)",
        "POINT Z (42.44 33.79 12)", "geo:33.79,42.44", "geo:33.79,42.44,12;crs=wgs84", "33.7900 42.4400 230.0 4.5",
        "٣٣٫٧٩ ٤٢٫٤٤", "٣٣٫٧٩ش ٤٢٫٤٤ق", "٣٣٫٧٩ شمالا، ٤٢٫٤٤ شرقا", "خط العرض ٣٣٫٧٩ خط الطول ٤٢٫٤٤",
    ],
)  # fmt: skip
def test_decimal_degrees_in_many_ways(text: str) -> None:
    assert read(text)[:2] == HERE


@pytest.mark.parametrize(
    "text",
    [
        "33°47'24\"N 42°26'24\"E", "33° 47′ 24″ N, 42° 26′ 24″ E", "33º47’24”N 42º26’24”E", "33 47 24 N, 42 26 24 E",
        "N 33 47 24 E 42 26 24", "33°47'24''N 42°26'24''E", "33:47:24N 42:26:24E", "33d47m24s N 42d26m24s E",
        "33 deg 47 min 24 sec N 42 deg 26 min 24 sec E", "334724N 0422624E", "33°47.4'N, 42°26.4'E",
        "N33 47.4 E42 26.4", "٣٣°٤٧'٢٤\"شمالا ٤٢°٢٦'٢٤\"شرقا", "33°47'24\"K".replace("K", "kuzey") + " 42°26'24\"doğu",
    ],
)  # fmt: skip
def test_minutes_and_seconds_in_many_ways(text: str) -> None:
    assert read(text)[:2] == pytest.approx(HERE, abs=1e-9)


@pytest.mark.parametrize(
    "text",
    [
        "10 km south of Mosul", "Route 47", "Block 35", "Base 17 32", "+964 770 123 4567", "0770 123 4567", "03.04.2024",
        "2024-07-16", "16/7/2024", "15 Jun 2024", "15JUN2024", "16 May 2024", "10:30, 12:45", "10:30:00 12:45:00", "16.07-17.07",
        "33.79", "33.7942.44", "33.79-42.44", "17, 32", "33,79,42,44", "33,79 42.44", "33.79 - 42.44", "E40 N12", "07 70 12 34 56 78", "192.168.1.1", "", "?",
        "H3", "QRXQ+2V", "unknown", "near Hit (33.79, 42.44)", "1" * 10_000, "1 " * 60, "33°" * 40, "😀" * 50, "{{ 7*7 }}",
    ],
)  # fmt: skip
def test_what_is_no_coordinate_is_none(text: str) -> None:
    assert read_point(text) is None


# Where each is published: the Wikipedia articles on the UTM coordinate system (CN Tower) and on MGRS (the airports of
# Atlanta and Honolulu); decoding.csv of github.com/google/open-location-code (the middle of its cells).
@pytest.mark.parametrize(
    ("text", "latitude", "longitude", "within_km"),
    [
        ("17N 630084 4833438", 43 + 38 / 60 + 33.24 / 3600, -(79 + 23 / 60 + 13.7 / 3600), 0.005),
        ("16SGC3855124838", 33.6367, -84.4281, 1.0),
        ("4QFJ12345678", 21.3187, -157.9225, 1.5),
        ("7FG49Q00+", 20.375, 2.775, 0),
        ("7FG49QCJ+2V", 20.3700625, 2.7821875, 0),
        ("7FG49QCJ+2VX", 20.3701125, 2.782234375, 1e-6),
        ("8FVC2222+22", 47.0000625, 8.0000625, 0),
        ("4VCPPQGP+Q9", -41.2730625, 174.7859375, 0),
    ],
)
def test_published_positions_are_met(text: str, latitude: float, longitude: float, within_km: float) -> None:
    assert apart_km(read(text), latitude, longitude) <= within_km + 1e-9


# From the package mgrs 1.6.0, which is GEOTRANS of the National Geospatial-Intelligence Agency: 3,000 random points of
# five precisions were compared so, and none was farther off than its radius.
GEOTRANS = [
    (-26.856193, -125.694297, "10JBR32"),
    (-73.758211, -23.887554, "27CVU01"),
    (-40.479401, 18.377011, "34GBA71"),
    (23.396525, 29.878886, "35QQF99"),
    (15.560675, 147.493463, "55PET5220"),
    (55.538378, -135.431294, "08UMG7254"),
    (14.629463, -37.195029, "24PXB9418"),
    (-29.370677, 113.805489, "49JGH7247"),
    (-68.034936, 12.917522, "33DVE130517"),
    (-72.269757, 129.048645, "52CEE016809"),
    (31.549516, -26.066770, "26RNV885908"),
    (-3.634414, 152.438898, "56MMA376982"),
    (12.543526, 42.843454, "38PKU65678761"),
    (-66.492149, -71.910317, "19DCG70492221"),
    (-24.187957, -53.935780, "22JBU01742183"),
    (-14.724360, 150.053841, "56LJJ82747008"),
    (-11.245025, 14.646919, "33LVH6146056904"),
    (19.847487, -153.647688, "05QMB3218294734"),
    (-69.962348, 72.537128, "43DDC0584136424"),
    (-66.700783, -18.292536, "27DXF1947099381"),
]


@pytest.mark.parametrize(("latitude", "longitude", "text"), GEOTRANS)
def test_mgrs_is_that_of_geotrans(latitude: float, longitude: float, text: str) -> None:
    point = read(text)
    assert point.notation == "MGRS"
    assert point.radius_km is not None
    assert apart_km(point, latitude, longitude) <= point.radius_km * 1.02


LATITUDES, LONGITUDES = st.floats(-90, 90), st.floats(-180, 180)
FORMS = [
    "{lat}, {lon}",
    "{lat} {lon}",
    "{lat};{lon}",
    "lat {lat} lon {lon}",
    "lon: {lon}, lat: {lat}",
    "({lat}, {lon})",
    "[{lat};{lon}]",
]


@given(LATITUDES, LONGITUDES, st.sampled_from(FORMS), st.integers(1, 8))
def test_every_decimal_pair_comes_back(latitude: float, longitude: float, form: str, decimals: int) -> None:
    point = read(form.format(lat=f"{latitude:.{decimals}f}", lon=f"{longitude:.{decimals}f}"))
    assert point[:2] == (round(latitude, decimals), round(longitude, decimals))
    assert point.radius_km is not None
    assert apart_km(point, latitude, longitude) <= point.radius_km * 1.01


def sexagesimal(degrees: float, letters: str, form: str) -> str:
    whole = round(abs(degrees) * 36_000)
    return form.format(d=whole // 36_000, m=whole // 600 % 60, s=whole % 600 / 10, c=letters[degrees < 0])


@given(
    LATITUDES,
    LONGITUDES,
    st.sampled_from(["{d}°{m}'{s}\"{c}", "{c}{d} {m} {s}", "{d}° {m}′ {s}″ {c}", "{d}:{m}:{s} {c}"]),
)
def test_every_tenth_of_a_second_comes_back(latitude: float, longitude: float, form: str) -> None:
    point = read(f"{sexagesimal(latitude, 'NS', form)}, {sexagesimal(longitude, 'EW', form)}")
    assert point.notation == "degrees, minutes, seconds"
    assert apart_km(point, latitude, longitude) <= 0.003


@lru_cache
def zone_of(zone: int, is_south: bool) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs("EPSG:4326", f"EPSG:{(32700 if is_south else 32600) + zone}", always_xy=True)


@given(
    st.floats(-79.9, 83.9),
    LONGITUDES,
    st.sampled_from(["{z}{h} {e:06.0f} {n:07.0f}", "UTM {z} {w} {e:.0f}mE {n:.0f}mN", "{e:.0f}E {n:.0f}N {z}{h}"]),
)
def test_every_metre_of_utm_comes_back(latitude: float, longitude: float, form: str) -> None:
    zone = min(60, int((longitude + 180) // 6) + 1)
    easting, northing = zone_of(zone, latitude < 0).transform(longitude, latitude)
    assume(northing >= 1000 and abs(latitude) > 1e-6)
    band = "CDEFGHJKLMNPQRSTUVWXX"[int((latitude + 80) // 8)]
    word = "south" if latitude < 0 else "north"
    point = read(form.format(z=zone, h=band, w=word, e=easting, n=northing))
    assert point.notation == "UTM"
    assert apart_km(point, latitude, longitude) <= 0.002


def to_mgrs(latitude: float, longitude: float, digits: int) -> str:
    """The letters by the tables of NGA.STND.0037, figures 3-4 to 3-6, written out another way than the reader has them."""
    zone = min(60, int((longitude + 180) // 6) + 1)
    easting, northing = zone_of(zone, latitude < 0).transform(longitude, latitude)
    column = ["ABCDEFGH", "JKLMNPQR", "STUVWXYZ"][(zone - 1) % 3][int(easting // 100_000) - 1]
    row = ["ABCDEFGHJKLMNPQRSTUV", "FGHJKLMNPQRSTUVABCDE"][(zone - 1) % 2][int(northing // 100_000) % 20]
    parts = (f"{int(metres % 100_000):05d}"[:digits] for metres in (easting, northing))
    return f"{zone}{'CDEFGHJKLMNPQRSTUVWXX'[int((latitude + 80) // 8)]}{column}{row}{''.join(parts)}"


@given(st.floats(-79.9, 83.9), LONGITUDES, st.integers(1, 5))
@example(33.79, 42.44, 2)
@example(-0.0001, 0.0, 5)
def test_every_mgrs_square_holds_its_point(latitude: float, longitude: float, digits: int) -> None:
    point = read(f"MGRS {to_mgrs(latitude, longitude, digits)}")
    assert point.radius_km == pytest.approx(math.hypot(5, 5) / 10 ** (digits - 1), abs=0.001)
    assert apart_km(point, latitude, longitude) <= 1.02 * point.radius_km


@given(st.text(max_size=400))
def test_any_text_is_a_point_or_none(text: str) -> None:
    for point in (read_point(text), read_point(text, expected=True), (find_point(text) or [None])[0]):
        assert point is None or (point.latitude is None) == (point.longitude is None)
        assert point is None or point.latitude is not None or point.doubt


@pytest.mark.parametrize(
    ("text", "latitude", "doubt"),
    [
        ("33.79, 42.44", 33.79, "Either number may be the latitude"),
        ("142.44, 33.79", 33.79, "The longitude was taken to stand first"),
        ("POINT (33.79 142.44)", 33.79, "The latitude was taken to stand first"),
        ("0.0, 0.0", 0.0, "Gulf of Guinea"),
        ("95.5, 200.1", None, "Latitude 95.5 is not between"),
        ("33.79N 200E", None, "Longitude 200 is not between"),
        ("133.79N 42.44E", None, "Latitude 133.79"),
        ("33.79N 33.80N", None, "Both are a latitude"),
        ("33°75'N 42°26'E", None, "not below 60"),
        ("-33.79N 42.44E", None, "both a sign and a letter"),
        ("38S 254000 3741000", 33.7805801, "S was taken as the latitude band S"),
        ("zone 38 254000 3741000", 33.7805801, "The hemisphere is not said"),
        ("38R 254000 3741000", 33.7805801, "does not lie in the latitude band R"),
        ("38N 54000 3741000".replace(" 54000", " 954000"), None, "an easting is 100,000 to 900,000"),
        ("MGRS 38S AC 54000 41000", None, "Zone 38 has no squares of the column A"),
        ("MGRS 38R KC 54000 41000", None, "does not lie in the latitude band R"),
        ("MGRS 38S KC 540 4100", None, "not as many digits"),
    ],
)  # fmt: skip
def test_what_is_doubtful_says_why(text: str, latitude: float | None, doubt: str) -> None:
    point = read(text)
    assert point.latitude == latitude
    assert doubt in str(point.doubt)


def test_a_zone_of_the_south_is_not_the_band_s() -> None:
    assert read("zone 38 south 254000 3741000").latitude == pytest.approx(-56.41135, abs=1e-4)
    assert read("38S 254000 6741000").doubt is None


def test_the_radius_is_what_the_digits_say() -> None:
    texts = [
        "33.8, 42.4",
        "33.79, 42.44",
        "33.7856, 42.4412",
        "33°47'N 42°26'E",
        "38SKC54",
        "geo:33.7856,42.4412;u=250",
    ]
    assert [read(text).radius_km for text in texts] == [7.237, 0.724, 0.008, 1.207, 7.072, 0.25]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Ain al-Asad (33.7856, 42.4412)", "Ain al-Asad"),
        ("MGRS 38SKC5400041000 near Hit", "near Hit"),
        ("Hit, grid ref 38S KC 540 410", "Hit"),
        ("UTM 38N 254000 3741000 east of Hit", "east of Hit"),
        ("Block 35, 33.79N 42.44E", "Block 35"),
        ("10 km south of 33.79N 42.44E", "10 km south of"),
        ("Hit, coordinates: 33.785, 42.441", "Hit"),
        ("N 33° 47' 24\" E 42° 26' 24\" Ain al Asad", "Ain al Asad"),
        ("عين الأسد ٣٣٫٧٨٥٦، ٤٢٫٤٤١٢", "عين الأسد"),
        ("İl 33.785, 42.441", "İl"),
        ("33.7856, 42.4412", ""),
    ],
)
def test_a_coordinate_beside_words_is_found_with_the_rest(text: str, rest: str) -> None:
    found = find_point(text)
    assert found is not None
    assert found[0][:2] == pytest.approx(HERE, abs=0.15)
    assert found[1] == rest


@pytest.mark.parametrize(
    "text",
    [
        "10 km south of Mosul", "Balad, 15 Jun 2024 12:30", "Highway 12.5, km 33.2", "33.785, 42.441 and 33.912, 42.511",
        "Block 35, Route 47, House 12", "call +964 770 123 4567", "Hit 33.8, 42.4", "1.1 " * 75, "n1 e1 " * 50, "x" * 10_000 + "33.785, 42.441",
    ],
)  # fmt: skip
def test_what_is_not_certain_is_not_found(text: str) -> None:
    assert find_point(text) is None


# --- a column of them


def points(texts: list[str | None], heading: str = "") -> list[tuple[float | None, float | None]]:
    return parse_points(pl.Series(texts, dtype=pl.String), heading=heading).select("latitude", "longitude").rows()


def test_the_column_tells_which_comes_first() -> None:
    assert points(["42.44, 33.79", "142.4, 33.8"]) == [(33.79, 42.44), (33.8, 142.4)]
    assert points(["33.79, 42.44", "33.8, 142.4"]) == [HERE, (33.8, 142.4)]
    assert points(["42.44, 33.79"], "Lon/Lat") == points(["42.44, 33.79"], "x, y") == [HERE]
    assert points(["42.44, 33.79"], "Lat/Lon") == points(["42.44, 33.79"]) == [(42.44, 33.79)]


def test_a_column_of_both_orders_is_questioned() -> None:
    read = parse_points(pl.Series(["42.44, 33.79", "142.4, 33.8", "33.8, 142.4"]))
    assert "this column has both" in read["problem"][0]
    assert read["latitude"].to_list() == [None, 33.8, 33.8]


def test_an_order_that_nothing_tells_is_noted_once() -> None:
    notes = parse_points(pl.Series(["33.79N 42.44E", "33.79, 42.44", "33.80, 42.44"]))["note"]
    assert notes.is_not_null().to_list() == [False, True, False]


def test_cells_that_are_no_point_say_why() -> None:
    read = parse_points(pl.Series(["0, 0", "n/a", "somewhere", "95.5, 200.1", "33, 42", None]), heading="lat/lon")
    assert read["latitude"].to_list() == [None, None, None, None, 33.0, None]
    assert read["problem"].is_not_null().to_list() == [False, False, True, True, False, False]
    assert read["note"].to_list()[:2] == ["was taken as no coordinates", "was taken as unknown"]


@given(st.lists(st.one_of(st.none(), st.text(max_size=20)), max_size=6), st.text(max_size=12))
def test_any_column_keeps_its_height(texts: list[str | None], heading: str) -> None:
    assert parse_points(pl.Series(texts, dtype=pl.String), heading=heading).height == len(texts)
