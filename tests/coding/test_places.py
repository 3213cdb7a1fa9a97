"""Places that English texts name: which words are names, what they mean, and what happened there."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.coding.places import contains, find_places, home_country, most_specific, row_place
from mapping.coding.places.tokens import tokens
from mapping.coding.reading import read
from mapping.toponym import fold

if TYPE_CHECKING:
    from pathlib import Path

    from mapping.coding.mentions import Place


def places(text: str) -> list[Place]:
    return find_places(read(text, written=date(2024, 7, 17), language="en"))


def named(text: str) -> dict[str, Place]:
    return {place.name: place for place in places(text)}


def where(text: str) -> list[str]:
    return [place.name for place in places(text) if place.role == "where"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A rocket hit a house in Hit on Monday.", ["Hit"]),
        ("Of the three wounded, one drove a Mobile clinic. Reading was hard in March.", []),
        ("Clashes broke out near Ar Raqqah and in Deir ez-Zor.", ["Ar Raqqah", "Deir ez-Zor"]),
        ("Gunmen raided the village of Qurayshat, north of Mosul.", ["Qurayshat", "Mosul"]),
        ("A bomb exploded at Zarkani farm.", ["Zarkani"]),
        ("Shells fell on the outskirts of Aleppo.", ["Aleppo"]),
        ("Missiles struck Kharkiv overnight.", ["Kharkiv"]),
        ("The attack on Ramadi lasted an hour.", ["Ramadi"]),
        ("Troops burned houses in Kin Ma village, Kachin State.", ["Kin Ma", "Kachin"]),
        ("A Defense Department official in Operation Orchard spoke.", []),
        ("A blast on the road to Mosul hurt two.", ["Mosul"]),
        ("Three died in Baghdad, Basra and Samarra.", ["Baghdad", "Basra", "Samarra"]),
        ("A bomb exploded in Somalia's capital Mogadishu.", ["Somalia", "Mogadishu"]),
        ("Air strikes hit houses in the southern Gaza city of Rafah.", ["Rafah"]),
        ("A drone fell on “Ain Al-Assad” base.", ["Ain Al-Assad"]),
        ("Mortars landed in the eastern neighborhood of Mahatta in Diyala and Anbar provinces.", ["Mahatta", "Diyala", "Anbar"]),
    ],
)  # fmt: skip
def test_what_happened_where_is_found(text: str, expected: list[str]) -> None:
    assert where(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A BOMB EXPLODED IN CALI TODAY.", ["Cali"]),
        ("REBELS HIT A CONVOY NEAR LA PALMERA FARM, SAN ROQUE JURISDICTION, USULUTAN DEPARTMENT.", ["La Palmera", "San Roque", "Usulutan"]),
        ("SHOTS WERE FIRED IN THE EXCLUSIVE ALTO VERDE NEIGHBORHOOD OF BOGOTA.", ["Alto Verde", "Bogota"]),
        ("THE GUARDS OF THE TOWN WERE HIT IN RESPONSE TO THE MARCH.", []),
        ("AN ENGINEER WAS KIDNAPPED IN QUILICHAPA, CAUCA DEPARTMENT.", ["Quilichapa", "Cauca"]),
        ("CLASHES CONTINUE IN USULUTAN AND MORAZAN DEPARTMENTS.", ["Usulutan", "Morazan"]),
        ("IN LA UNION TWO SOLDIERS DIED; THE COUNTERINSURGENCY UNIT LEFT.", ["La Union"]),
        ("TWO PRIESTS DIED AT THE CENTRAL AMERICAN UNIVERSITY.", ["Central American University"]),
        ("A BOMB EXPLODED ON A FARM CALLED EL LIMON; IN CALI, BARCO LOPEZ WAS SHOT.", ["El Limon", "Cali"]),
        ("REBELS ATTACKED THE CITY HALL OF SAN ROQUE AND THE PALMITA CIVIL DEFENSE POST.", ["San Roque", "Palmita"]),
        ("STUDENTS THREW STONES AT THE NATIONAL UNIVERSITY.", ["National University"]),
    ],
)  # fmt: skip
def test_capitals_say_nothing_and_words_beside_a_name_do(text: str, expected: list[str]) -> None:
    assert where(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Medellin cartel denied it.",
        "Tension rose with the war in Gaza.",
        "General Ramadi spoke for the Lima Group.",
        "The Baghdad government sent a note.",
        "Fighters of the Islamic State of Iraq and the Levant fled.",
        "A source from the Anbar police confirmed it.",
        "The minister told Reuters in Baghdad that he would resign.",
        "Col. David C. Dayton said so. Dayton smiled.",
        "THE MEDELLIN CARTEL AND THE LIMA POLICE DENIED IT.",
    ],
)
def test_what_is_named_after_a_place_or_comes_from_it_is_not_there(text: str) -> None:
    assert where(text) == []


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("He flew from Tikrit.", "Tikrit", "origin"),
        ("Police in Anbar province said so.", "Anbar", "where"),
        ("The road to Mosul is closed.", "Mosul", "where"),
        ("Europe and Iraq signed.", "Iraq", "mention"),
    ],
)
def test_roles(text: str, name: str, role: str) -> None:
    assert named(text)[name].role == role


def test_a_list_of_places_ends_where_a_verb_follows() -> None:
    found = named("Rockets were fired from Lebanon, and Israel shelled the outskirts of Naqoura.")
    assert (found["Lebanon"].role, found["Israel"].role, found["Naqoura"].near) == ("origin", "mention", True)


def test_near_is_said() -> None:
    found = named("A mine exploded near Sinjar; shots were heard in Mosul.")
    assert (found["Sinjar"].near, found["Mosul"].near) == (True, False)


@pytest.mark.parametrize(
    ("text", "name", "level", "country", "adm1_code"),
    [
        ("Two drones hit a base in Anbar province.", "Anbar", "province", "IQ", "IQ-AN"),
        ("A car bomb went off in San Miguel, El Salvador.", "San Miguel", "town", "SV", "SV-SM"),
        ("Peruvian troops entered San Miguel.", "San Miguel", "town", "PE", "PE-PUN"),
        ("A blast shook Tripoli, Lebanon.", "Tripoli", "town", "LB", "LB-AS"),
        ("Fighting in Gaza went on.", "Gaza", "town", "PS", "PS.GZ"),
        ("Missiles hit the Kherson region of Ukraine.", "Kherson", "province", "UA", "UA-65"),
        ("Ukrainian police said a shell hit Bilozerka village.", "Bilozerka", "town", "UA", "UA-65"),
        ("Houthi fighters left the port of Hodeida.", "Hodeida", "town", "YE", "YE-HU"),
        ("Militants stormed the town of Zankura in Anbar province.", "Zankura", "town", "IQ", "IQ-AN"),
    ],
)
def test_which_one_is_meant(text: str, name: str, level: str, country: str, adm1_code: str) -> None:
    place = named(text)[name]
    assert (place.level, place.country_iso2, place.adm1_code) == (level, country, adm1_code)


def test_a_heading_says_the_country_of_what_is_listed_below() -> None:
    found = places(
        "Strikes of the day\n\nSyria\n\n. Near Al Bab, one strike hit a unit.\n\nIraq\n\n. Near Rawah, two strikes hit a boat.\n"
    )
    assert [(each.name, each.country_iso2) for each in found if each.level != "country"] == [
        ("Al Bab", "SY"),
        ("Rawah", "IQ"),
    ]


def test_one_of_several_is_not_chosen_where_nothing_tells() -> None:
    san_ramon = named("Gunmen fired at a bus in San Ramon.")["San Ramon"]
    assert san_ramon.place_id is None


def test_the_dateline_is_no_place_of_the_incident_unless_the_text_points_at_it() -> None:
    dateline = "BOGOTA, 3 JAN 90 (EFE) -- [TEXT] "
    assert where(dateline + "A BOMB EXPLODED AT A BANK.") == []
    assert where(dateline + "A BOMB EXPLODED IN THIS CAPITAL.") == ["Bogota"]
    assert where("A blast was heard in the Iraqi capital.") == ["Baghdad"]


def test_home_is_the_country_that_the_report_speaks_of() -> None:
    assert (
        home_country(read("MADRID, 3 JAN 90 (EFE) -- [TEXT] THE FMLN DENIED IT. FMLN UNITS LEFT SAN SALVADOR.")) == "SV"
    )
    assert home_country(read("Nobody knows.")) is None


@given(st.text(max_size=300))
@settings(max_examples=100)
def test_any_text_is_borne_and_spans_are_true(text: str) -> None:
    report = read(text, language="en")
    for place in find_places(report):
        written = report.text[place.span.start : place.span.end]
        assert written.strip()


@given(st.lists(st.sampled_from(["In", "Hit", "al-", "Ain", "IN", "SAN", "SALVADOR", "DEPARTMENT", "of", "the", ",", ".", "“", "”", "'s", "Deir ez-Zor", "\n", "\n\n", "farm", "near", "Iraq", "(", ")", "Gen."]), max_size=30))  # fmt: skip
@settings(max_examples=150)
def test_words_of_place_in_any_order(words: list[str]) -> None:
    report = read(" ".join(words), language="en")
    found = find_places(report)
    assert found == sorted(found, key=lambda place: place.span)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    "name",
    ["Ain al-Asad", "Deir ez-Zor", "Ar-Raqqah", "AlQaim", "Ma'arat an-Nu'man", "Şanlıurfa", "San Luis de la Reina"],
)
def test_keys_are_what_folding_makes(name: str) -> None:
    held = tokens(read(name, language="en"))
    assert held.key(0, len(held.words) - 1) == fold(name)


def test_a_row_is_filled_from_the_places_and_located_by_the_geocoder() -> None:
    found = places("A bomb exploded in the Karrada neighborhood of Baghdad, Iraq.")
    row = row_place(found)
    assert {column: value for column, (value, _) in row.items() if column in ("place", "adm2_claimed", "country_iso2")} == {
        "place": "Karrada", "adm2_claimed": "Baghdad", "country_iso2": "IQ",
    }  # fmt: skip
    assert row["geo_reason"][0]
    assert row_place([], country_iso2="IQ") == {"country_iso2": ("IQ", ())}


def test_a_hill_is_not_located_as_a_town_of_its_name() -> None:
    row = row_place(places("Gunmen raided the Soyapango hill in El Salvador."))
    assert (row["place"][0], row["site_type"][0], row["geo_precision"][0]) == ("Soyapango", "hill", "country")


def test_the_country_of_a_row_is_the_report_s_where_several_are_named() -> None:
    found = places("Rebels from Mexico raided the village of Chuatuj in Guatemala.")
    assert row_place(found, country_iso2="GT")["country_iso2"][0] == "GT"


def test_a_place_near_another_is_not_located_as_that_one() -> None:
    assert row_place(places("A mine exploded near Sinjar, Iraq."))["geo_precision"][0] == "near"


def test_containment() -> None:
    hit, anbar, iraq = (
        named("A bomb exploded in Hit, Anbar province, Iraq.")[name] for name in ("Hit", "Anbar", "Iraq")
    )
    assert contains(anbar, hit) and contains(iraq, hit) and not contains(hit, anbar)
    assert most_specific([iraq, anbar, hit]) == hit
    assert most_specific([]) is None


def test_the_first_report_names_its_base_and_its_province(shared_data: Path) -> None:
    report = read((shared_data / "seed" / "report.txt").read_text(encoding="utf-8"), written=date(2024, 7, 17))
    base = next(place for place in find_places(report) if place.place_id)
    assert (base.place_id, base.adm1_code, base.country_iso2) == ("site:ain-al-asad", "IQ-AN", "IQ")
    assert home_country(report) == "IQ"


def test_signs_that_nobody_sees_part_no_name() -> None:
    report = read("Gunmen killed three policemen in Ba\u200bquba on Tuesday.")
    [place] = find_places(report)
    assert (place.name, place.country_iso2, report.text[slice(*place.span)]) == ("Baquba", "IQ", "Ba\u200bquba")
