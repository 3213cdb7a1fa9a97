"""People killed and injured, as English counts them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.coding.english.harm import find_harm
from mapping.coding.mentions import Harm
from mapping.coding.reading import read

KILLED, INJURED = "killed", "injured"


def harms(text: str) -> list[Harm]:
    return find_harm(read(text, language="en"))


def counts(text: str) -> list[tuple[str, int | None, int | None, int | None]]:
    return [(harm.kind, harm.low, harm.best, harm.high) for harm in harms(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three people were killed and seven others wounded.", [(KILLED, 3, 3, 3), (INJURED, 7, 7, 7)]),
        ("A bomb killed at least three people, including a child.", [(KILLED, 3, 3, None)]),
        ("About 50 peasants have been murdered.", [(KILLED, None, 50, None)]),
        ("Two or three men died.", [(KILLED, 2, None, 3)]),
        ("Up to 20 soldiers were wounded.", [(INJURED, None, None, 20)]),
        ("Between 6 and 8 people were hurt, two of them seriously.", [(INJURED, 6, None, 8)]),
        ("Dozens of civilians were killed.", [(KILLED, None, None, None)]),
        ("The blast left 3,000 dead and 15 injured.", [(KILLED, 3000, 3000, 3000), (INJURED, 15, 15, 15)]),
        ("It exploded, killing three and wounding five.", [(KILLED, 3, 3, 3), (INJURED, 5, 5, 5)]),
        ("The attack claimed the lives of ten soldiers.", [(KILLED, 10, 10, 10)]),
        ("The death toll rose to 45.", [(KILLED, 45, 45, 45)]),
        ("The death toll from Friday's attack has risen to 17.", [(KILLED, 17, 17, 17)]),
        ("It blew up, wounding 10, police and medics said.", [(INJURED, 10, 10, 10)]),
        ("Four civilians were martyred.", [(KILLED, 4, 4, 4)]),
        ("SIX PRIESTS, FIVE OF THEM FROM THE NORTH, WERE KILLED.", [(KILLED, 6, 6, 6)]),
        ("More than 200 soldiers and guerrillas have been killed.", [(KILLED, 200, 200, None)]),
        ("They regret the murder of the six priests, their cook and her daughter.", [(KILLED, 8, 8, 8)]),
        ("The bodies of two women were found.", [(KILLED, 2, 2, 2)]),
        ("They condemned the murder on 16 November of six priests.", [(KILLED, 6, 6, 6)]),
        ("Police reported the deaths on Tuesday night of two men.", [(KILLED, 2, 2, 2)]),
        ("200 people were killed or wounded.", [(INJURED, None, None, 200), (KILLED, None, None, 200)]),
        ("A 29-year-old woman was killed.", [(KILLED, 1, 1, 1)]),
    ],
)
def test_who_is_counted(text: str, expected: list[tuple[str, int | None, int | None, int | None]]) -> None:
    assert counts(text) == expected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Attorney General Omar Said was killed.", 1),
        ("Omar Said, 65, a teacher of the town, was killed.", 1),
        ("Omar Said and Ali Hasan were killed.", 2),
        ("OMAR SAID, MAYOR OF THE TOWN, AND HIS WIFE WERE SHOT TO DEATH.", 2),
        ("They killed two reporters, Omar Said and Ali Hasan, in the town.", 2),
        ("They mourn the death of Omar Said, a teacher, and Ali Hasan in the town.", 2),
        ("Omar Said was killed along with two of his guards.", 3),
        ("The judge's murder was condemned.", 1),
    ],
)
def test_named_people_count_one_each(text: str, number: int) -> None:
    assert counts(text) == [(KILLED, number, number, number)]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("There was no damage or casualties.", [KILLED, INJURED]),
        ("It exploded without causing any injuries or damage.", [INJURED]),
        ("Nobody was hurt.", [KILLED, INJURED]),
        ("No one was killed or injured.", [KILLED, INJURED]),
        ("There were neither dead nor wounded.", [KILLED, INJURED]),
        ("There were no deaths.", [KILLED]),
    ],
)
def test_nobody_is_none(text: str, kinds: list[str]) -> None:
    assert [(harm.kind, harm.low, harm.best, harm.high) for harm in harms(text)] == [(kind, 0, 0, 0) for kind in kinds]


@pytest.mark.parametrize(
    "text",
    [
        "They tried to kill the judge and threatened to kill two men.",
        "He could have been killed.",
        "There were no immediate reports of casualties.",
        "The murdered senator was a friend.",
        "They burned two houses and three cars.",
    ],
)
def test_what_is_no_harm(text: str) -> None:
    assert harms(text) == []


def test_what_people_are_called_and_totals_are_kept() -> None:
    soldiers, gunmen = harms("Two soldiers were wounded and a total of three gunmen were killed.")
    assert (soldiers.who, soldiers.attackers, soldiers.total) == ("soldiers", False, False)
    assert (gunmen.who, gunmen.attackers, gunmen.total) == ("gunmen", True, True)


WORDS = [
    "two",
    "men",
    "and",
    "Omar Said",
    ",",
    "were",
    "was",
    "killed",
    "wounded",
    "no",
    "casualties",
    "murder of",
    "(",
    ")",
    ". ",
    "who",
    "died",
]


@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_nothing_raises_and_spans_are_inside(words: list[str]) -> None:
    text = " ".join(words)
    for harm in harms(text):
        assert 0 <= harm.span.start < harm.span.end <= len(text)
        assert harm.low is None or harm.high is None or harm.low <= harm.high
