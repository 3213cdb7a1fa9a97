"""The language of the search: what is read, what is refused and where, and that it finds what a slow look finds."""

from __future__ import annotations

import operator
import re
from pathlib import Path

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mapping import admin, pipeline
from mapping.errors import InvalidValue
from mapping.query import FIELDS, SEARCHED, Filter, Texts, parse_query, write_query
from mapping.query.search_fields import SHORT, is_number
from mapping.query.search_folding import fold_texts, fold_words
from mapping.query.search_language import AllOf, AnyOf, Not, Number, Query, Unknown, Words, all_of, any_of
from mapping.schema import SCHEMA, conform

COMPARED = {"=": operator.eq, ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}
DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "search.md"

ROWS = conform(
    pl.DataFrame(
        [
            {"incident_id": "asad", "dataset": "starter", "event_type": "drone attack", "place": "Ain al-Asad",
             "actor1": None, "actor2": "US forces", "fatalities_best": 0, "injured": None, "country_iso2": "IQ",
             "adm1_name": "Anbar", "adm1_code": "IQ-AN", "summary": "Two drones at the air base", "adm1_agrees": True},
            {"incident_id": "july", "dataset": "mine", "event_type": "raid", "place": "House in the province",
             "actor1": "Islamic State", "fatalities_best": 7, "injured": 0, "country_iso2": "IQ", "adm1_name": "Nineveh",
             "adm1_code": "IQ-NI", "summary": "غارة في الأنبار", "adm1_agrees": False},
            {"incident_id": "homs", "dataset": "mine", "event_type": "IED", "place": "Homs", "actor1": "Unknown gunmen",
             "fatalities_best": None, "injured": 3, "country_iso2": "SY", "outcome": "US soldiers hurt"},
        ]
    )
)  # fmt: skip


def found(text: str) -> list[str]:
    rows = ROWS.filter(Texts(ROWS).found(text))["incident_id"].to_list()
    assert Filter(text=text).apply(ROWS)["incident_id"].to_list() == rows
    assert ROWS.lazy().filter(Filter(text=text).expression()).collect()["incident_id"].to_list() == rows
    return rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("drone base", ["asad"]),
        ("drone AND base", ["asad"]),
        ("drone OR raid", ["asad", "july"]),
        ("us -base", ["homs"]),
        ("us NOT base", ["homs"]),
        ("NOT us", ["july"]),
        ("-us", ["july"]),
        ("raid OR us base", ["asad", "july"]),
        ("(raid OR us) (base OR house)", ["asad", "july"]),
        ("NOT (raid OR us)", []),
        ("NOT NOT raid", ["july"]),
        ('"base air"', []),
        ('"air bas"', ["asad"]),
        ("الانبار", ["asad", "july"]),
        ("الأنبار OR homs", ["asad", "july", "homs"]),
        ("place:us", []),
        ("place:house", ["july"]),
        ("PLACE:HOUSE", ["july"]),
        ('place:"in the province"', ["july"]),
        ("actor:us", ["asad"]),
        ("attacker:us", []),
        ("type:(raid OR ied)", ["july", "homs"]),
        ("type:(raid OR place:homs)", ["july", "homs"]),
        ("country:iraq", ["asad", "july"]),
        ("country:sy", ["homs"]),
        ("province:IQ-AN", ["asad"]),
        ("dataset:mine", ["july", "homs"]),
        ("id:asad", ["asad"]),
        ("killed:>5", ["july"]),
        ("killed:>=0 killed:<7", ["asad"]),
        ("killed:0", ["asad"]),
        ("killed:=7", ["july"]),
        ("fatalities_best:<=7", ["asad", "july"]),
        ("killed:unknown", ["homs"]),
        ("-killed:0", ["july", "homs"]),
        ("injured:unknown", ["asad"]),
        ("attacker:unknown", ["asad", "homs"]),
        ('attacker:"unknown"', ["homs"]),
        ("actor:unknown", ["homs"]),
        ("adm1_agrees:false", ["july"]),
        ("adm1_agrees:unknown", ["homs"]),
        # What was no operator, bracket or field before this language is still none.
        ("drone and base", []),
        ("al-Asad", ["asad"]),
        ("drone - base", ["asad"]),
        ("drone & base !!", ["asad"]),
        ("Note: drone", []),
        ("10:30", []),
        ("https://example.org", []),
        ("\u200fdrone\u200f base", ["asad"]),
        ("\u202bdrone AND\u202c base", ["asad"]),
        ("drone\0base", []),
    ],
)
def test_what_is_found(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("drone AND", "something must follow AND (character 7). Write a word there, or “and” in small letters"),
        ("drone AND OR base", "something must follow AND (character 7)"),
        ("AND drone", "something must stand before AND (character 1)"),
        ("(OR drone)", "something must stand before OR (character 2)"),
        ("drone NOT", "something must follow NOT (character 7)"),
        ("drone OR !!", "something must follow OR (character 7)"),
        ("()", "nothing stands between these brackets (character 1)"),
        ("drone (", "something must follow ( (character 7)"),
        ("(drone", "this bracket is never closed (character 1)"),
        ("drone)", "this bracket was never opened (character 6)"),
        (") drone", "this bracket was never opened (character 1)"),
        ('two "drones', "this quotation mark is never closed (character 5)"),
        ("“two drones", "this quotation mark is never closed (character 1)"),
        ("wether:hot", "there is no field wether (character 1)"),
        ("date_start:2024", "there is no field date_start (character 1)"),
        ("place:", "something must follow place: (character 1). Write place:word"),
        ("killed: -5", "something must follow killed: (character 1). Write killed:5"),
        ("killed:many", '"many" is no number (character 8). Write killed:5, killed:>5'),
        ('killed:>"5"', "is no number (character 8)"),
        ("place:!!", "!! holds no word to look for (character 7)"),
        ("drone " * 101, "has more than 100 words"),
        ("(" * 10_000 + "drone" + ")" * 10_000, "more than 30 brackets or NOTs stand in one another (character 32)"),
        ("NOT " * 5_000 + "drone", "more than 30 brackets"),
        ("-" * 3 + "(" * 40, "more than 30 brackets"),
    ],
)
def test_what_cannot_be_read_says_where(text: str, says: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        parse_query(text)
    assert says in str(refused.value)
    assert len(str(refused.value)) < 500


def test_an_address_with_a_wrong_search_says_so() -> None:
    assert Filter.from_params({"text": "drone AND"})[1][0].startswith('text: "drone AND": something must follow AND')
    assert "character 7" in Filter.from_params({"text": "drone AND"})[1][0]


_scraps = st.sampled_from([*'ab()":->=5 \u200f\ud83d\0', "AND ", "OR ", "NOT ", "place:", "killed:", "غارة "])


@given(st.lists(_scraps, max_size=30).map("".join))
@example('"\ud83d')
def test_whatever_is_written_is_read_or_refused_in_a_sentence(text: str) -> None:
    try:
        query = parse_query(text)
    except InvalidValue as refused:
        assert str(refused).endswith(".")
    else:
        assert parse_query(write_query(query)) == query


_words = st.sampled_from(["drone", "us", "us forces", "unknown", "house in", "غاره", "انبار", "not", "and", "7", "hom"])
_texts = st.sampled_from(sorted(name for name in FIELDS if not is_number(name)))
_numbers = st.sampled_from(["killed", "injured", "weapons", "radius_km"])
_leaves = st.one_of(
    st.builds(Words, _words, st.none() | _texts),
    st.builds(Number, _numbers, st.sampled_from(["=", ">", ">=", "<", "<="]), st.integers(0, 9).map(float)),
    st.builds(Number, _numbers, st.just(">"), st.decimals(0, 10**6, places=9).map(float)),
    st.builds(Unknown, _numbers | _texts),
)
_queries = st.recursive(
    _leaves,
    lambda parts: (
        st.builds(Not, parts)
        | st.lists(parts, min_size=2, max_size=3).map(lambda some: all_of(*some))
        | st.lists(parts, min_size=2, max_size=3).map(lambda some: any_of(*some))
    ),
    max_leaves=8,
)


@given(_queries)
def test_what_is_written_is_read_again(query: Query) -> None:
    assert parse_query(write_query(query)) == query


def slowly(query: Query, row: dict[str, object]) -> bool:
    """Say whether a row passes, one column at a time."""
    match query:
        case Not(part):
            return not slowly(part, row)
        case AllOf(parts):
            return all(slowly(part, row) for part in parts)
        case AnyOf(parts):
            return any(slowly(part, row) for part in parts)
        case Number(field, sign, value):
            has = row[FIELDS[field][0]]
            return has is not None and COMPARED[sign](has, value)
        case Unknown(field):
            said = [row[column] for column in FIELDS[field]]
            return all(one is None for one in said) or (not is_number(field) and slowly(Words("unknown", field), row))
        case Words(words, field):
            texts = [_said(column, row[column]) for column in (FIELDS[field] if field else SEARCHED)]
            return any((f" {words}" if words.isascii() else words) in f" {fold_words(text)}" for text in texts)


def _said(column: str, value: object) -> str:
    names = {"IQ": "IQ Iraq", "SY": "SY Syria"}
    local = dict(admin.units().filter(country_iso2="IQ").select("adm1_name", "adm1_name_local").iter_rows())
    if column == "adm1_name" and value in local:
        return f"{value} {local[str(value)]}".lower()
    return "" if value is None else names.get(str(value), "") if column == "country_iso2" else str(value).lower()


@given(_queries)
def test_a_search_finds_what_a_slow_look_finds(query: Query) -> None:
    whole = Texts(ROWS).found(write_query(query)).to_list()
    assert whole == [slowly(query, row) for row in ROWS.iter_rows(named=True)]


@pytest.mark.parametrize("text", ["anbar", "place:sam", "killed:>5 anbar", "قاعدة", "type:drone -iran"])
def test_real_incidents_are_found_as_by_a_slow_look(text: str) -> None:
    incidents = pipeline.shipped_incidents()
    query = parse_query(text)
    wanted = [slowly(query, row) for row in incidents.iter_rows(named=True)]
    assert Texts(incidents).found(text).to_list() == wanted
    assert any(wanted) == (text != "قاعدة")


def test_other_types_of_column_are_searched_as_well() -> None:
    as_categories = ROWS.with_columns(pl.col("actor1", "country_iso2", "dataset").cast(pl.Categorical))
    for text in ("islamic", "country:iraq", "dataset:mine", "actor:unknown"):
        assert Texts(as_categories).found(text).equals(Texts(ROWS).found(text))


def test_no_rows_are_no_trouble() -> None:
    assert Texts(ROWS.clear()).found("drone OR killed:5 -place:unknown").to_list() == []


@given(st.lists(st.none() | st.text(st.sampled_from("aAlLqQbB ةأ-ئ!\u0301\t\n\u200c1'’")) | st.text(max_size=20)))
def test_texts_are_folded_as_each_of_them_is(texts: list[str | None]) -> None:
    folded = fold_texts(pl.Series(texts, dtype=pl.String)).to_list()
    assert folded == [None if text is None else fold_words(text) for text in texts]


def _table(heading: str) -> list[list[str]]:
    part = DOCUMENT.read_text(encoding="utf-8").split(f"{heading} |")[1].split("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in part.splitlines()[2:]]


def test_every_example_of_the_document_is_read() -> None:
    incidents = pipeline.shipped_incidents()
    for text, _ in _table("| you write | you get the rows in which"):
        Filter(text=text.strip("` ")).apply(incidents)
    for text, says in _table("| you write | it says"):
        with pytest.raises(InvalidValue, match=re.escape(says)):
            parse_query(text.strip("` "))


def test_the_document_has_every_short_field_and_every_column_searched() -> None:
    documented = {name.strip("` "): columns for name, columns in _table("| field | columns")}
    assert set(documented) == set(SHORT)
    for name, columns in SHORT.items():
        assert re.findall(r"\w+", documented[name])[: len(columns)] == list(columns)
    text = " ".join(DOCUMENT.read_text(encoding="utf-8").split())
    assert f"looked for in {', '.join(SEARCHED[:-1])} and {SEARCHED[-1]}." in text


def test_every_column_but_the_dates_is_a_field() -> None:
    assert {name for name, dtype in SCHEMA.items() if dtype.is_temporal()} == set(SCHEMA) - set(FIELDS)


def test_a_province_is_found_by_what_it_is_called_there() -> None:
    incidents = pipeline.shipped_incidents()
    found = Filter(text="الأنبار").apply(incidents)
    assert found.height == (incidents["adm1_name"] == "Anbar").sum() > 0
