"""The tables of words: what ships, and what a reader adds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.coding.tables import EventWords, Phrases, tables
from mapping.coding.tables.phrases import is_phrase
from mapping.errors import InvalidValue, MappingError, UnreadableFile

if TYPE_CHECKING:
    from pathlib import Path

EVENTS = "language,words,event_type,use\n"


def found_in(plain: str, *words: str) -> list[str]:
    phrases = Phrases(EventWords("en", one, "other", "event") for one in words)
    return [plain[start:end] for (start, end), _ in phrases.find(plain)]


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        (["attack*"], "they attacked, attacks go on", ["attacked", "attacks"]),
        (["attack"], "the attackers", []),
        (["car bomb|bomb"], "a car bomb, a bomb", ["car bomb", "bomb"]),
        (["air strike*"], "an air-strike and air\nstrikes", ["air-strike", "air\nstrikes"]),
        (["set ... on fire"], "they set two old city buses on fire", ["set two old city buses on fire"]),
        (["set ... on fire"], "they set out from the town that was then all on fire", []),
        (["opened fire"], "the door opened. fire broke out", []),
        (["heart attack", "attack"], "a heart attack and an attack", ["heart attack", "attack"]),
        (["da'esh"], "da'esh fighters", ["da'esh"]),
    ],
)
def test_a_phrase_is_found_where_its_words_stand(words: list[str], text: str, found: list[str]) -> None:
    assert found_in(text, *words) == found


@given(st.text(max_size=300))
def test_phrases_are_whole_in_order_and_apart(text: str) -> None:
    spans = [span for span, _ in tables().of("en").events.find(text.lower())]
    assert all(span.start < span.end <= len(text.lower()) for span in spans)
    assert spans == sorted(spans)


@pytest.mark.parametrize(
    "words", ["", " ", "*", "ab*", "|", "a||b", "...", "... fire", "set ...", "two  spaces", "a.b"]
)
def test_what_cannot_be_looked_for_is_no_phrase(words: str) -> None:
    assert not is_phrase(words)


def test_what_ships_holds_words_for_both_languages() -> None:
    shipped = tables()
    assert {row.language for row in shipped.events} == {"en", "ar"}
    for rows in (shipped.events, shipped.weapons, shipped.actors):
        phrases = [(row.language, phrase) for row in rows for phrase in row.words.split("|")]
        assert len(set(phrases)) == len(phrases)


def test_a_reader_adds_words_and_overrides_ours(tmp_path: Path) -> None:
    (tmp_path / "events.csv").write_text(EVENTS + "en,gas attack,other,event\nen,attacked,raid,event\n", "utf-8-sig")
    words = tables(tmp_path).of("en").events
    assert [row.event_type for _, row in words.find("a gas attack: they attacked, kidnapped")] == [
        "other",
        "raid",
        "kidnapping",
    ]
    assert tables(tmp_path) is tables(tmp_path)


def test_what_a_reader_changes_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(EVENTS + "en,zapped,arson,event\n")
    assert tables(tmp_path).of("en").events.find("zapped")
    path.write_text(EVENTS + "en,zopped the house,arson,event\n")
    assert not tables(tmp_path).of("en").events.find("zapped")


def test_a_folder_without_tables_adds_nothing(tmp_path: Path) -> None:
    assert tables(tmp_path).events == tables().events


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("events.csv", EVENTS + "en,attack,battle,event\n", "events.csv, row 2: event_type 'battle' is not allowed"),
        ("events.csv", EVENTS + "en,a*,raid,event\n", "events.csv, row 2: words 'a*' cannot be looked for"),
        ("events.csv", EVENTS + "en,attack,raid\n", "use '' is not allowed. Allowed: event, weak, never"),
        ("weapons.csv", "words,event_type\n", "the first line must be language,words,event_type"),
        ("weapons.csv", "", "the first line must be"),
        ("actors.csv", "language,words,kind,country_iso2\nen,army,friend,\n", "Allowed: state, rebel, unknown"),
        ("actors.csv", "language,words,kind,country_iso2\nen,army,state,Iraq\n", "country_iso2 'Iraq' is not allowed"),
        ("actors.csv", "language,words,kind,country_iso2\nEnglish,army,state,\n", "language 'English' is not allowed"),
    ],
)
def test_a_wrong_row_is_named_with_what_is_allowed(tmp_path: Path, name: str, text: str, says: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(InvalidValue) as raised:
        tables(tmp_path)
    assert says in str(raised.value)


def test_bytes_that_are_no_text_are_an_error_of_ours(tmp_path: Path) -> None:
    (tmp_path / "events.csv").write_bytes(b"\xff\xfe\x00language")
    with pytest.raises(UnreadableFile):
        tables(tmp_path)


@given(st.binary(max_size=60))
def test_no_table_ends_in_a_traceback(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("own")
    (folder / "events.csv").write_bytes(data)
    with pytest.raises(MappingError):
        tables(folder)
