"""What happened, with what weapon, how often, and why it may be no incident."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.coding.english.events import find_events
from mapping.coding.reading import read
from mapping.coding.tables import tables

if TYPE_CHECKING:
    from pathlib import Path

    from mapping.coding.mentions import Event

WRITTEN = date(2024, 7, 17)


def events_of(text: str) -> list[Event]:
    return find_events(read(text, written=WRITTEN, language="en"), tables())


def only(text: str) -> Event:
    (event,) = [event for event in events_of(text) if "weak" not in event.signs]
    return event


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("Two drones attacked the depot.", "drone attack"),
        ("The depot was attacked with mortars.", "shelling"),
        ("The depot was attacked on Monday.", "other"),
        ("A car bomb exploded near the bridge.", "IED"),
        ("A roadside bomb exploded as the convoy passed.", "IED"),
        ("A bomb exploded at the bus stop.", "explosion"),
        ("A suicide attack hit the gate on Monday.", "suicide bombing"),
        ("Gunmen opened fire on the checkpoint.", "armed assault"),
        ("He was gunned down outside his house.", "armed assault"),
        ("The judge was assassinated on Sunday.", "assassination"),
        ("Four engineers were abducted near the wells.", "kidnapping"),
        ("Protesters set two party offices on fire.", "arson"),
        ("The bank was robbed at noon.", "robbery"),
        ("Rebels ambushed a patrol at dawn.", "ambush"),
        ("Clashes broke out on Tuesday between tribesmen and the army.", "armed clash"),
        ("Warplanes bombed the village.", "air strike"),
        ("Three rockets hit the airport on Friday.", "rocket attack"),
        ("The army shelled the town.", "shelling"),
        ("A MISSILE ATTACK ON THE PORT KILLED TWO SAILORS.", "missile strike"),
        ("A truck was hijacked by masked men.", "hijacking"),
        ("Guerrillas dynamited three pylons.", "explosion"),
        ("Fighters fired dozens of rockets at the base.", "rocket attack"),
        ("The army fired several mortar rounds at the base.", "shelling"),
        ("Rebels carried out an attack with explosives on the pipeline on Monday.", "explosion"),
        ("Gunmen on motorcycles killed six farmers on Monday.", "armed assault"),
    ],
)
def test_the_words_and_the_weapon_give_the_type(text: str, event_type: str) -> None:
    event = only(text)
    assert (event.event_type, event.passed_over) == (event_type, None)


@pytest.mark.parametrize(
    ("text", "weapon", "count"),
    [
        ("The base was attacked by two drones on Tuesday night.", "drones", 2),
        ("Militants fired 14 rockets at the airfield.", "rockets", 14),
        ("Russia launched 27 drones at the city overnight.", "drones", 27),
        ("Gunmen attacked the post with machine guns.", "machine guns", None),
        ("Gunmen attacked the post.", None, None),
        ("Troops attacked the camp and seized ten rockets.", None, None),
        ("The airstrike destroyed a car bomb, a mortar and a tunnel.", None, None),
    ],
)
def test_the_weapon_is_the_one_that_was_used(text: str, weapon: str | None, count: int | None) -> None:
    event = only(text)
    assert (event.weapon, event.weapon_count) == (weapon, count)
    assert (event.weapon_span is None) == (weapon is None)
    if event.count_span is not None:
        assert text[slice(*event.count_span)] == str(count) or count == 2


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Near Hit, three strikes destroyed two tunnels.", 3),
        ("Aircraft conducted 15 strikes against the group on Monday.", 15),
        ("One strike destroyed a truck.", 1),
        ("Several attacks were reported on Monday.", None),
        ("The attack killed two.", 1),
        ("Rebels attacked the town.", 1),
        ("The 1989 attacks were reported today.", None),
    ],
)
def test_how_many_the_words_speak_of(text: str, number: int | None) -> None:
    assert next(event for event in events_of(text) if "attack" in text or "strike" in text).number == number


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The group denied that it had attacked the convoy.", "denied"),
        ("No attack took place on Monday.", "denied"),
        ("The gunmen did not attack the school.", "denied"),
        ("The militia threatened to attack the embassy.", "threat"),
        ("Officials warned that militants could attack again.", "threat"),
        ("They would answer if the army attacked the camp.", "hypothetical"),
        ("The army will attack the town.", "forecast"),
        ("Guards were posted to prevent attacks.", "forecast"),
        ("Mourners marked the anniversary of the bombing.", "anniversary"),
        ("Soldiers simulated an attack on a village.", "exercise"),
        ("More than 70 attacks were recorded since November.", "statistics"),
        ("In the last six weeks 85 persons were kidnapped.", "statistics"),
        ("The leader was assassinated in 2016.", "background"),
        ("They were sentenced for a 2014 bombing at a bus station.", "background"),
        ("It fired in response to a strike that hit a camp.", "background"),
        ("The group has turned to ambushes, assassinations and other guerrilla tactics.", "background"),
        ("They spoke of the 2014 massacre, in which gunmen killed hundreds.", "background"),
        ("Ten years ago rebels attacked the same town.", "background"),
        ("The factions have adopted this type of attack.", "background"),
        ("His uncle was kidnapped during the civil war of those days.", "another war"),
    ],
)
def test_what_is_no_incident_has_a_reason(text: str, reason: str) -> None:
    assert {event.passed_over for event in events_of(text)} == {reason}


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen attacked the post on Tuesday, the army denied responsibility for the raid.",
        "Rebels tried to kidnap the mayor on Monday.",
        "Police foiled a suicide attack on a mosque on Friday.",
        "The attack targeted the base amid tensions that have grown in recent months.",
        "The murders of the six priests shocked the city.",
        "Clashes erupted on Sunday in the port.",
        "The militants used drones to attack the refinery.",
    ],
)
def test_an_incident_beside_words_that_pass_over_others(text: str) -> None:
    assert next(event for event in events_of(text) if "weak" not in event.signs).passed_over is None


@pytest.mark.parametrize(
    "text",
    [
        "He had a heart attack.",
        "Workers went on strike over pay.",
        "An attack helicopter landed.",
        "The bomb squad came.",
        "Firefighters put it out.",
        "There was an explosion of joy.",
        "They live near Hit in Anbar.",
        "A ceasefire was signed.",
        "The air defence shot down both drones.",
    ],
)
def test_what_only_looks_like_violence(text: str) -> None:
    assert events_of(text) == []


def test_the_first_case(shared_data: Path) -> None:
    text = (shared_data / "seed" / "report.txt").read_text(encoding="utf-8")
    first, *others = find_events(read(text, written=WRITTEN), tables())
    assert (first.event_type, first.weapon, first.weapon_count) == ("drone attack", "drones", 2)
    words = {text[slice(*event.span)]: event.passed_over for event in others}
    assert words["ambushes"] == words["assassinations"] == words["assaults"] == "background"
    assert words["attacked"] in ("threat", "hypothetical")


@given(
    st.text(max_size=200)
    | st.lists(
        st.sampled_from(["attack", "two", "drones", "no", "will", "the", "strikes", ".", ",", "in", "2016", "“", ""])
    ).map(" ".join)
)
def test_any_text_gives_true_spans(text: str) -> None:
    events = events_of(text)
    assert events == sorted(events, key=lambda event: event.span)
    for event in events:
        assert text[slice(*event.span)]
        if event.weapon_span is not None:
            assert text[slice(*event.weapon_span)] == event.weapon


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Near Hit, five strikes destroyed a tunnel.", "five"),
        ("The blast left at least one dead.", None),
        ("One guard was killed on Monday.", None),
        ("Seven clashes were reported on Monday.", None),
    ],
)
def test_strikes_are_counted_as_weapons_are_and_people_are_not(text: str, counted: str | None) -> None:
    spans = [event.count_span for event in events_of(text) if event.count_span]
    assert [text[slice(*span)] for span in spans] == ([counted] if counted else [])
