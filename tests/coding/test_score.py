"""The scorer of `benchmarks.reports`: the rules that are laid down for it, and the real keys read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from benchmarks.reports.keys import (
    KEYS,
    TEXTS,
    Count,
    Template,
    parse_keys,
    read_date,
    read_keys,
    read_place,
    read_texts,
)
from benchmarks.reports.score import Answer, answer_of, country_code, pair, score, slot_worth

KEY = """\
;;; a comment
0.  MESSAGE: ID                     TST9-MUC4-0001
1.  MESSAGE: TEMPLATE               1
2.  INCIDENT: DATE                  07 JAN 90 - 08 JAN 90
3.  INCIDENT: LOCATION              PERU: LIMA (CITY): ANCON (TOWN)
4.  INCIDENT: TYPE                  BOMBING
18. HUM TGT: NAME                   "A. B."
19. HUM TGT: DESCRIPTION            "GUARDS" / "SENTRIES"
                                    "PASSERS-BY"
21. HUM TGT: NUMBER                 1: "A. B."
                                    3: "GUARDS" / "SENTRIES"
                                    6-8: "PASSERS-BY"
23. HUM TGT: EFFECT OF INCIDENT     DEATH: "A. B."
                                    DEATH: "SENTRIES"
                                    INJURY: "PASSERS-BY"
24. HUM TGT: TOTAL NUMBER           -

0.  MESSAGE: ID                     TST9-MUC4-0001
1.  MESSAGE: TEMPLATE               2 (OPTIONAL)
2.  INCIDENT: DATE                  - 09 JAN 90 / 09 JAN 90
3.  INCIDENT: LOCATION              PERU
4.  INCIDENT: TYPE                  KIDNAPPING
21. HUM TGT: NUMBER                 PLURAL: "GUARDS"
23. HUM TGT: EFFECT OF INCIDENT     NO INJURY OR DEATH: "GUARDS"

0.  MESSAGE: ID                     TST9-MUC4-0002
1.  MESSAGE: TEMPLATE               *
2.  INCIDENT: DATE                  *
"""
BOMBING, TAKEN = parse_keys(KEY)["TST9-MUC4-0001"]
SAID = Answer("BOMBING", date(1990, 1, 7), date(1990, 1, 8), ("Ancón", "Lima"), "PE", 4, 7)


def test_a_key_is_read() -> None:
    assert parse_keys(KEY)["TST9-MUC4-0002"] == []
    assert (BOMBING.optional, TAKEN.optional) == (False, True)
    assert BOMBING.places == ((("PERU",), ("LIMA",), ("ANCON",)),)
    assert (BOMBING.deaths.any_of, BOMBING.deaths.required) == ({Count(4, 4)}, True)
    assert BOMBING.injuries.any_of == {Count(6, 8)}
    assert TAKEN.dates == {(None, date(1990, 1, 9)), (date(1990, 1, 9), date(1990, 1, 9))}
    assert (TAKEN.deaths.any_of, TAKEN.deaths.required) == ({Count(0, 0)}, True)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("08 JAN 90", (date(1990, 1, 8), date(1990, 1, 8))),
        ("- 08 JAN 90", (None, date(1990, 1, 8))),
        ("(- 08 JAN 90)", (None, date(1990, 1, 8))),
        ("1 FEB 89 - 31 FEB 89", (date(1989, 2, 1), date(1989, 2, 28))),
        ("03 MARCH 90", (date(1990, 3, 3), date(1990, 3, 3))),
        ("11 NOV", None),
        ("-", None),
    ],
)
def test_dates(words: str, days: tuple[date | None, date] | None) -> None:
    assert read_date(words) == days


def test_places_between_two() -> None:
    assert read_place("? PERU: HUARI (TOWN) - CHAVIN (TOWN)") == (("PERU",), ("HUARI", "CHAVIN"))


def test_what_each_slot_is_slot_worth() -> None:
    assert slot_worth(BOMBING, SAID) == dict.fromkeys(("type", "date", "place", "deaths", "injuries"), 1.0)
    poorer = Answer("ATTACK", date(1990, 1, 7), date(1990, 1, 7), ("Lima",), "PE", 5)
    assert slot_worth(BOMBING, poorer) == {"type": 0.5, "date": 0.0, "place": 0.5, "deaths": 0.5, "injuries": 0.0}
    assert slot_worth(BOMBING, Answer("BOMBING", country="PE"))["place"] == 0.5
    assert slot_worth(BOMBING, Answer("BOMBING", country="CO"))["place"] == 0.0
    assert slot_worth(TAKEN, Answer("KIDNAPPING", names=("Lima",), country="PE"))["place"] == 0.5


def test_a_pair_needs_the_type_or_date_and_place() -> None:
    assert not pair([BOMBING], [Answer("KIDNAPPING", deaths=4)]).pairs
    assert pair([BOMBING], [Answer("ATTACK")]).pairs
    assert pair([BOMBING], [Answer("KIDNAPPING", SAID.first, SAID.last, SAID.names)]).pairs


def test_what_is_optional_costs_nothing_when_missed() -> None:
    tally = score([([BOMBING, TAKEN], [SAID])])
    assert {tally.figures(measure) for measure in ("present", "template", "type", "date", "place", "deaths")} == {
        (100.0, 100.0, 100.0)
    }
    with_both = score([([BOMBING, TAKEN], [SAID, Answer("KIDNAPPING")])])
    assert with_both.possible["template"] == 2
    invented = score([([BOMBING], [SAID, Answer("ATTACK", deaths=1)]), ([], [Answer("ATTACK")])])
    assert invented.figures("template") == (pytest.approx(100 / 3), 100.0, 50.0)
    assert invented.figures("present")[0] == 50.0


def test_fields_become_an_answer() -> None:
    fields = {"event_type": "IED", "date_end": "1990-01-08", "place": "Ancon", "fatalities_low": 3, "injured": 0}
    assert answer_of(fields) == Answer("BOMBING", None, date(1990, 1, 8), ("Ancon",), None, 3, 0)


def itself(template: Template) -> Answer:
    """Answer as the key does, with the first of its alternatives."""
    place = template.places[0] if template.places else ()
    first, last = min(template.dates, key=repr) if template.dates else (None, None)
    numbers = [
        int(max(count.low for count in counts.any_of)) if counts.any_of else None
        for counts in (template.deaths, template.injuries)
    ]
    names = [part[0] for part in reversed(place[1:])]
    country = country_code(place[0][0]) if place else None
    return Answer(min(template.types), first, last, tuple(names), country, *numbers)


@pytest.mark.parametrize("name", sorted(KEYS))
def test_the_key_answers_itself(name: str, shared_data: Path) -> None:
    folder = shared_data / "muc34"
    keys, texts = read_keys(name, folder), read_texts(name, folder)
    assert keys.keys() == texts.keys()
    tally = score((templates, [itself(one) for one in templates]) for templates in keys.values())
    for measure in ("present", "template", "type", "date", "deaths", "injuries"):
        assert tally.figures(measure) == (100, 100, 100), measure
    assert tally.figures("place")[2] > 99  # some names are no country's any more


def test_every_set_has_texts_and_keys() -> None:
    assert TEXTS.keys() == KEYS.keys()
