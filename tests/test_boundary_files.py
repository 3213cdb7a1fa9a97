"""Boundary files of the user's: every layout in which they come, and everything that may be wrong with one."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import polars as pl
import pytest
import shapely

from mapping.admin.layouts import layout_of
from mapping.admin.own_units import OwnUnits, read_boundaries
from mapping.errors import InvalidValue, UnknownFormat, UnreadableFile

if TYPE_CHECKING:
    from pathlib import Path

WEST, EAST = shapely.box(42, 33, 43, 34), shapely.box(43, 33, 44, 34)  # in Anbar, and across into Salah al-Din
COD = {"ADM2_EN": ["Heet", "Ana"], "ADM2_AR": ["هيت", "عنه"], "ADM2_PCODE": ["IQ1", "IQ2"], "ADM1_EN": ["Al-Anbar"] * 2}
LAYOUTS = {
    "COD-AB": COD | {"validOn": ["2019-06-03"] * 2},
    "HDX": {"admin2Name_en": ["Heet", "Ana"], "admin2Pcode": ["IQ1", "IQ2"], "admin1Name_en": ["Anbar"] * 2},
    "HDX, newer": {"adm2_name": ["Heet", "Ana"], "adm2_pcode": ["IQ1", "IQ2"], "adm1_name": ["Anbar"] * 2},
    "geoBoundaries": {
        "shapeName": ["Heet", "Ana"],
        "shapeID": ["IQ1", "IQ2"],
        "shapeGroup": "IRQ",
        "shapeType": "ADM2",
    },
    "GADM": {"GID_2": ["IQ1", "IQ2"], "NAME_2": ["Heet", "Ana"], "NAME_1": "Al-Anbar", "VARNAME_2": ["Hit|Hīt", "NA"]},
    "by hand": {"name": ["Heet", "Ana"], "code": ["IQ1", "IQ2"]},
}


def written(path: Path, columns: dict[str, Any], shapes: Any = (WEST, EAST), *, crs: Any = "EPSG:4326") -> Path:
    frame = gpd.GeoDataFrame(columns, geometry=np.array(shapes, dtype=object), crs=crs)
    frame.to_parquet(path) if path.suffix == ".parquet" else frame.to_file(path)
    return path


def without_reference_system(path: Path) -> Path:
    path.with_suffix(".prj").unlink()
    return path


def read(path: Path, level: str = "adm2", country: str = "IQ") -> OwnUnits:
    return read_boundaries(path, level=level, country_iso2=country)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_names_and_codes(layout: str, tmp_path: Path) -> None:
    found = read(written(tmp_path / "districts.geojson", LAYOUTS[layout]))
    assert found.units.select("adm2_code", "adm2_name").rows() == [("IQ1", "Heet"), ("IQ2", "Ana")]
    assert found.version == ("2019-06-03" if "validOn" in LAYOUTS[layout] else None)


@pytest.mark.parametrize("ending", [".geojson", ".gpkg", ".shp", ".parquet"])
def test_every_format_is_read(ending: str, tmp_path: Path) -> None:
    found = read(written(tmp_path / f"districts{ending}", COD))
    assert found.units["adm2_name_local"].to_list() == ["هيت", "عنه"]
    assert found.notes == ()


def test_a_zip_of_shapefiles_gives_the_layer_of_its_level(tmp_path: Path) -> None:
    for name, columns in {"adm1": {"ADM1_EN": ["Al-Anbar", "B"]}, "adm2": COD}.items():
        written(tmp_path / f"irq_{name}.shp", columns)
    with zipfile.ZipFile(tmp_path / "irq.zip", "w") as archive:
        for file in tmp_path.glob("irq_*"):
            archive.write(file, f"shapes/{file.name}")
    found = read(tmp_path / "irq.zip")
    assert found.units["adm2_name"].to_list() == ["Heet", "Ana"]
    assert found.notes == ('Layer "irq_adm2" was read.',)


def test_a_geopackage_of_all_levels_gives_the_layer_of_its_level(tmp_path: Path) -> None:
    for layer, columns in {"ADM_1": {"NAME_1": ["Al-Anbar", "B"]}, "ADM_2": LAYOUTS["GADM"]}.items():
        frame = gpd.GeoDataFrame(columns, geometry=[WEST, EAST], crs="EPSG:4326")
        frame.to_file(tmp_path / "gadm.gpkg", layer=layer)
    assert read(tmp_path / "gadm.gpkg").units["names"].to_list() == [["Heet", "Hit", "Hīt", "IQ1"], ["Ana", "IQ2"]]


def test_other_coordinates_are_brought_to_degrees(tmp_path: Path) -> None:
    metres = gpd.GeoSeries([WEST, EAST], crs="EPSG:4326").to_crs("EPSG:32638").to_list()
    found = read(written(tmp_path / "utm.gpkg", COD, metres, crs="EPSG:32638"))
    assert found.units["longitude"].to_list() == pytest.approx([42.5, 43.5], abs=0.01)
    assert found.notes == ("Brought from WGS 84 / UTM zone 38N to EPSG:4326.",)


def test_metres_without_a_reference_system_are_refused(tmp_path: Path) -> None:
    metres = gpd.GeoSeries([WEST, EAST], crs="EPSG:4326").to_crs("EPSG:32638").to_list()
    with pytest.raises(
        InvalidValue, match=r"does not say its coordinate reference system, and its numbers are no degrees"
    ):
        read(without_reference_system(written(tmp_path / "utm.shp", COD, metres, crs="EPSG:32638")))


def test_degrees_without_a_reference_system_are_taken_and_said(tmp_path: Path) -> None:
    assert "WGS 84 were assumed" in read(without_reference_system(written(tmp_path / "plain.shp", COD))).notes[0]


def test_odd_features_are_mended_or_left_out_and_named(tmp_path: Path) -> None:
    bow_tie = shapely.Polygon([(42, 33), (43, 34), (43, 33), (42, 34)])
    columns = {"ADM2_EN": ["A", "B", "C", "D", None], "ADM2_PCODE": ["1", "2", "3", "4", None]}
    found = read(
        written(tmp_path / "odd.geojson", columns, [bow_tie, None, shapely.Point(43, 33), shapely.Polygon(), EAST])
    )
    assert found.units["adm2_name"].to_list() == ["A"]
    assert shapely.from_wkb(found.units["geometry"][0]).is_valid
    assert found.notes == (
        "feature 1: an invalid shape, which was made valid.",
        "feature 2, feature 4: no geometry: left out.",
        "feature 3: a point or a line, no area: left out.",
        "feature 5: no name: left out.",
    )


def test_a_list_is_several_names(tmp_path: Path) -> None:
    file = tmp_path / "districts.geojson"
    written(file, {"ADM2_EN": ["LIST", "Ana"]}).write_text(file.read_text().replace('"LIST"', '["Heet", "Hit"]'))
    found = read(file)
    assert found.units["adm2_name"].to_list() == ["Heet", "Ana"]
    assert "Hit" in found.units["names"][0]


def test_points_alone_are_no_boundaries(tmp_path: Path) -> None:
    with pytest.raises(
        InvalidValue, match=r"has no districts that can be used\. feature 1, feature 2: a point or a line"
    ):
        read(written(tmp_path / "points.geojson", COD, [shapely.Point(42, 33), shapely.Point(43, 33)]))


def test_parts_of_one_unit_become_one_and_a_code_of_two_units_is_nobodys(tmp_path: Path) -> None:
    columns = {"ADM2_EN": ["Heet", "Heet", "Ana", "Rawa"], "ADM2_PCODE": ["1", "1", "2", "2"]}
    shapes = [WEST, EAST, shapely.box(41, 33, 42, 34), shapely.box(40, 33, 41, 34)]
    found = read(written(tmp_path / "twice.geojson", columns, shapes))
    assert found.units.select("adm2_code", "adm2_name").rows() == [
        ("1", "Heet"),
        ("IQ-ANA", "Ana"),
        ("IQ-RAWA", "Rawa"),
    ]
    assert found.notes == (
        "Heet (2 features): the same name and code: made one.",
        "2: the code of several units of different names, so that none has it.",
    )


def test_a_file_of_the_world_gives_the_country_asked_for(tmp_path: Path) -> None:
    world = {
        "name": ["Al Anbar", "Homs", "Nowhere"],
        "iso_a2": ["IQ", "SY", None],
        "iso_3166_2": ["IQ-AN", "SY-HI", "-"],
    }
    shapes = [WEST, shapely.box(38, 34, 39, 35), EAST]
    found = read(written(tmp_path / "world.gpkg", world | {"adm1_code": ["1", "2", "3"]}, shapes), "adm1")
    assert found.units.select("adm1_code", "adm1_name").rows() == [("IQ-AN", "Al Anbar"), ("3", "Nowhere")]
    assert found.notes == ("1 features of other countries, by the column iso_a2, were left out.",)


def test_the_code_of_the_country_is_no_code_of_a_district(tmp_path: Path) -> None:
    columns = {"shapeName": ["Heet", "Ana"], "shapeISO": ["IRQ", "IRQ"], "shapeID": ["7B1", "7B2"], "shapeType": "ADM2"}
    assert read(written(tmp_path / "gb.geojson", columns)).units["adm2_code"].to_list() == ["7B1", "7B2"]


def test_two_districts_of_one_name_are_noted(tmp_path: Path) -> None:
    columns = {"ADM2_EN": ["Markaz", "Al-Markaz"], "ADM2_PCODE": ["1", "2"]}
    notes = read(written(tmp_path / "same.geojson", columns)).notes
    assert notes == ("Al-Markaz, Markaz: the name of several units, so that it is clear only with their province.",)


def test_units_outside_the_country_are_questioned_and_a_file_of_them_refused(tmp_path: Path) -> None:
    far = shapely.box(10, 50, 11, 51)
    assert "Ana: outside Iraq as we know it" in read(written(tmp_path / "a.geojson", COD, [WEST, far])).notes[0]
    with pytest.raises(InvalidValue, match=r"lies mostly outside Syria: its edges are 42\.0, 33\.0"):
        read(written(tmp_path / "b.geojson", COD), country="SY")


@pytest.mark.parametrize(
    ("columns", "level", "told"),
    [
        (
            {"fid_name": ["a", "b"]},
            "adm2",
            "has no column that we know for the name of the districts: ADM2_EN, admin2Name_en",
        ),
        ({"ADM1_EN": ["a", "b"]}, "adm2", "Its columns: ADM1_EN"),
        (COD, "adm1", "holds units of adm2, not of adm1: give --level adm2"),
        (COD | {"ADM3_EN": "x"}, "adm2", "holds units of adm3, not of adm2: give the file of adm2"),
        (LAYOUTS["geoBoundaries"], "adm1", "says of its units that they are adm2, not adm1"),
    ],
)
def test_a_file_of_another_level_is_refused_with_its_columns(
    columns: dict[str, Any], level: str, told: str, tmp_path: Path
) -> None:
    with pytest.raises(UnknownFormat, match=told):
        read(written(tmp_path / "other.geojson", columns), level)


@pytest.mark.parametrize("name", ["a.geojson", "a.gpkg", "a.shp", "a.zip", "a.parquet", "a.csv"])
@pytest.mark.parametrize(
    "held", [b"", b"<OGRVRTDataSource/>", b'{"type": "FeatureCollection", "features": [{"geometry"']
)
def test_what_is_no_boundary_file_is_refused_in_a_sentence(name: str, held: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(held)
    with pytest.raises(UnreadableFile, match=rf"^{name}"):
        read(tmp_path / name)


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="is not there"):
        read(tmp_path / "none.geojson")


def test_plain_names_are_no_districts_where_the_file_names_provinces() -> None:
    natural_earth = ["name", "name_en", "iso_3166_2", "adm1_code", "name_alt", "gn_name"]
    layout = layout_of(natural_earth, "adm1")
    assert layout is not None
    assert layout.names == ("name_en", "name", "name_alt", "gn_name")
    assert layout.codes == ("iso_3166_2", "adm1_code")


def test_the_governorates_of_iraq_get_their_codes(shared_data: Path) -> None:
    found = read(shared_data / "boundaries" / "irq_admbnda_adm1_cso_20190603.geojson", "adm1")
    assert found.units.height == 18
    assert found.units["adm1_code"].str.contains("^IQ-..$").all()
    assert (found.version, found.notes) == ("2019-06-03", ())
    kurdistan = found.units.filter(pl.col("region_code") == "IQ-KR")["adm1_code"]
    assert set(kurdistan) == {"IQ-AR", "IQ-DA", "IQ-SU"}


def test_the_districts_of_iraq_are_read(shared_data: Path) -> None:
    found = read(shared_data / "boundaries" / "irq_admbnda_adm2_cso_20190603.geojson")
    assert found.units.height == found.units["adm2_code"].n_unique() == 101
    assert (found.version, found.notes) == ("2019-06-03", ())
