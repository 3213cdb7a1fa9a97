"""Who did it and on what ground, who suffered it, what was hit and what came of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.coding.english.actors import find_actors
from mapping.coding.english.targets import find_targets
from mapping.coding.reading import read
from mapping.coding.tables import tables


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Guerrillas attacked the bridge.", [("Guerrillas", "by", "attributed")]),
        ("THE BRIDGE WAS DYNAMITED BY MEMBERS OF THE FMLN.", [("FMLN", "by", "attributed")]),
        ("The Houthis claimed responsibility for the attack.", [("Houthis", "by", "claimed")]),
        ("Officials blamed ISIS for the bombing.", [("ISIS", "by", "attributed")]),
        ("Officials blamed ISIS, which denied involvement.", [("ISIS", "by", "suspected")]),
        ("Suspected militants raided the village.", [("militants", "by", "suspected")]),
        ("Hezbollah denied responsibility for the rocket attack.", [("Hezbollah", "other", None)]),
        ("Unidentified gunmen shot the mayor.", [("Unidentified gunmen", "by", "unknown")]),
        ("Rebels attacked a police post.", [("Rebels", "by", "attributed"), ("police", "against", None)]),
        ("Four soldiers were killed on Monday.", [("soldiers", "against", None)]),
        ("Police foiled an attack on the mosque.", [("Police", "other", None)]),
        ("Hamas has adopted this type of attack.", [("Hamas", "other", None)]),
        ("Militants could attack again.", [("Militants", "other", None)]),
        ("Israeli air strikes hit two houses.", [("Israeli", "by", "attributed")]),
        ("Syrian government warplanes struck a school.", [("Syrian government", "by", "attributed")]),
        ("Air defences shot down two Russian drones.", []),
        ("A Colombian helicopter crashed near the border.", []),
        ("A house was hit by a Russian missile.", [("Russian", "by", "attributed")]),
        ("Russia launched 14 drones at the city.", [("Russia", "by", "attributed")]),
        ("A bomb in eastern Ukraine killed two. A blast in Kharkiv, Ukraine killed one.", []),
        ("Hezbollah said on Tuesday it had fired rockets at a base.", [("Hezbollah", "by", "claimed")]),
        ("The army said it shot down a drone.", [("The army", "other", None)]),
        ("Gunmen attacked a post manned by federal police.", [("Gunmen", "by", "unknown"), ("federal police", "other", None)]),
        ("The al Qaeda-linked group JNIM claimed responsibility.", [("JNIM", "by", "claimed")]),
        ("The paramilitary Rapid Support Forces shelled a camp.", [("Rapid Support Forces", "by", "attributed")]),
        ("Four Pakistani soldiers were killed.", [("Pakistani soldiers", "against", None)]),
        ("U.S. special forces raided a house.", [("U.S. special forces", "by", "attributed")]),
        ("Clashes broke out between rebels and soldiers.", [("rebels", "by", "attributed"), ("soldiers", "against", None)]),
    ],
)  # fmt: skip
def test_parties_have_a_role_and_a_ground(text: str, parties: list[tuple[str, str, str | None]]) -> None:
    actors = find_actors(read(text, language="en"), tables())
    assert [(actor.name, actor.role, actor.attribution) for actor in actors] == parties


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("There was an attack on the power station in Hit.", ["the power station"]),
        ("The old bridge, built by the British, was bombed on Monday.", ["The old bridge"]),
        ("A bomb exploded in front of the embassy.", ["the embassy"]),
        ("Gunmen attacked a convoy of aid lorries near the border.", ["a convoy of aid lorries"]),
        ("They met in the embassy.", []),
        ("A drone strike on the town of Hit killed a 62-year-old woman.", ["the town of Hit"]),
        ("A bomb went off, killing at least four people.", []),
        ("State television blamed the attack on Islamic State.", []),
        ("Air strikes hit northern and central Mali.", []),
        ("Gunmen attacked a checkpoint manned by police.", ["a checkpoint"]),
        ("A parked car blew up outside a restaurant in the city.", ["a restaurant"]),
        ("A suicide bomber struck inside a mosque.", ["a mosque"]),
        ("A car bomb exploded in the city of Mosul.", []),
        ("Fighters fired dozens of rockets at an army base near Hit.", ["an army base"]),
        ("Rebels carried out an attack with explosives on the oil pipeline.", ["the oil pipeline"]),
        ("A drone dropped explosives on an ambulance, wounding two.", ["an ambulance"]),
    ],
)
def test_targets_are_as_written(text: str, targets: list[str]) -> None:
    found = find_targets(read(text, language="en"), tables())
    assert [target.words for target in found if target.kind == "target"] == targets


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("The blast caused heavy damage.", ["caused heavy damage"]),
        ("There was no damage or injuries.", ["no damage or injuries"]),
        ("The drone was shot down outside the base.", ["The drone was shot down outside the base"]),
        ("The bomb failed to explode.", ["failed to explode"]),
        ("The building was completely destroyed.", ["The building was completely destroyed"]),
        ("Two houses in Hit were destroyed.", ["Two houses in Hit were destroyed"]),
        ("Air defences shot down 12 of them.", ["shot down 12 of them"]),
        ("A car bomb exploded outside a police station.", []),
    ],
)
def test_outcomes_are_as_written(text: str, outcomes: list[str]) -> None:
    found = find_targets(read(text, language="en"), tables())
    assert [target.words for target in found if target.kind == "outcome"] == outcomes


@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from(["attack", "on", "the", "army", "was", "bombed", "by", ",", "."])).map(" ".join)
)
def test_any_text_gives_true_spans(text: str) -> None:
    report = read(text, language="en")
    actors, targets = find_actors(report, tables()), find_targets(report, tables())
    assert [text[slice(*actor.span)] for actor in actors] == [actor.name for actor in actors]
    assert [text[slice(*target.span)] for target in targets] == [target.words for target in targets]
    assert targets == sorted(targets, key=lambda target: target.span)
