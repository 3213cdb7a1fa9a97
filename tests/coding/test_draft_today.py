"""Reports as they are written today, in words of our own: how many incidents each tells, and their main facts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mapping.coding import Drafts, draft_report, read

Case = tuple[str, str, str | None, list[dict[str, Any]]]

REPORTS: list[Case] = [
    (
        "a car bomb in a market",
        "A car bomb exploded in a crowded market in Mosul on Monday, killing at least nine people and wounding 21 others, "
        "police said.\n\nNo group claimed responsibility for the attack. The blast damaged several shops.\n\n"
        "Bombings have become rare in the city since Islamic State was driven out in 2017.",
        "2023-05-16",
        [{"event_type": "IED", "date_start": "2023-05-15", "place": "Mosul", "fatalities_best": 9, "injured": 21}],
    ),
    (
        "two attacks apart",
        "Gunmen opened fire on a police checkpoint near Baqubah on Sunday night, killing two policemen.\n\n"
        "In a separate attack, a roadside bomb hit an army patrol in Kirkuk on Monday morning. Three soldiers were "
        "wounded, a security official said.",
        "2021-03-15",
        [
            {"event_type": "armed assault", "date_start": "2021-03-14", "place": "Baqubah", "fatalities_best": 2},
            {"event_type": "IED", "date_start": "2021-03-15", "place": "Kirkuk", "injured": 3},
        ],
    ),
    (
        "no incident: talks and history",
        "The foreign minister of Iraq met his Turkish counterpart in Ankara on Tuesday to discuss water and trade.\n\n"
        "The two countries signed an agreement last year. Thousands of people were killed in attacks during the war "
        "against Islamic State between 2014 and 2017.",
        "2024-02-07",
        [],
    ),
    (
        "no incident: a threat",
        "An armed group in Iraq threatened on Friday to attack American bases if foreign troops do not leave the country "
        "by the end of the year, saying that it would fire rockets at them.",
        "2024-02-10",
        [],
    ),
    (
        "rockets without harm",
        "Five rockets were fired at the Balad air base north of Baghdad early on Thursday, the army said in a statement. "
        "There were no casualties.\n\nThe army found the launcher in an orchard. Nobody has claimed the attack.",
        "2020-06-11",
        [
            {
                "event_type": "rocket attack",
                "date_start": "2020-06-11",
                "weapon_count": 5,
                "fatalities_best": 0,
                "injured": 0,
            }
        ],
    ),
    (
        "a toll that rose",
        "An air strike on a school in Idlib killed 15 people, rescue workers said on Wednesday.\n\n"
        "Warplanes struck the school on Tuesday. On the day of the strike rescuers had spoken of 11 dead.",
        "2020-02-26",
        [
            {
                "event_type": "air strike",
                "date_start": "2020-02-25",
                "place": "Idlib",
                "fatalities_high": 15,
            }
        ],
    ),
    (
        "kidnapped and freed",
        "Unidentified gunmen kidnapped two engineers near Sebha in southern Libya on Saturday, the mayor said. They were "
        "freed unharmed on Monday after tribal elders stepped in.",
        "2019-07-09",
        [{"event_type": "kidnapping", "date_start": "2019-07-06", "place": "Sebha", "country_iso2": "LY"}],
    ),
    (
        "a list of strikes",
        "Aircraft of the alliance carried out nine strikes against militants in Syria on Jan. 4.\n\n"
        "Near Palmyra, three strikes destroyed two vehicles.\n\nNear Deir ez-Zor, four strikes hit a headquarters.\n\n"
        "Near Raqqa, two strikes damaged a bridge.",
        "2017-01-05",
        [
            {"event_type": "air strike", "date_start": "2017-01-04", "place": "Palmyra", "weapon_count": 3},
            {"event_type": "air strike", "date_start": "2017-01-04", "place": "Deir ez-Zor", "weapon_count": 4},
            {"event_type": "air strike", "date_start": "2017-01-04", "place": "Raqqa", "weapon_count": 2},
        ],
    ),
    (
        "an anniversary",
        "Families gathered in Beirut on Sunday to mark the third anniversary of the explosion that killed more than 200 "
        "people at the port. They lit candles and called for justice.",
        "2023-08-06",
        [],
    ),
    (
        "a suicide bomber, claimed",
        "A suicide bomber blew himself up at a mosque in Peshawar on Monday, killing 59 people, officials said. The "
        "Pakistani Taliban claimed responsibility for the attack.",
        "2023-01-31",
        [
            {
                "event_type": "suicide bombing",
                "date_start": "2023-01-30",
                "place": "Peshawar",
                "fatalities_best": 59,
                "attribution": "claimed",
            }
        ],
    ),
    (
        "a denial",
        'The army denied on Thursday that it had shelled the village of Kfar Nabl. "Our forces carried out no attack in '
        'that area," a spokesman said.',
        "2019-11-22",
        [],
    ),
    (
        "clashes",
        "Clashes broke out between two armed factions in Tripoli on Friday evening, leaving four people dead and 12 "
        "wounded, the ambulance service said.",
        "2022-08-27",
        [
            {
                "event_type": "armed clash",
                "date_start": "2022-08-26",
                "place": "Tripoli",
                "fatalities_best": 4,
                "injured": 12,
            }
        ],
    ),
]


def drafts_of(text: str, written: str | None) -> Drafts:
    return draft_report(read(text, written=date.fromisoformat(written) if written else None))


@pytest.mark.parametrize(
    ("text", "written", "expected"), [case[1:] for case in REPORTS], ids=[case[0] for case in REPORTS]
)
def test_reports_of_today(text: str, written: str | None, expected: list[dict[str, Any]]) -> None:
    incidents = [draft.to_json() for draft in drafts_of(text, written).incidents]
    found = [
        {name: incident.get(name) for name in wanted} for incident, wanted in zip(incidents, expected, strict=False)
    ]
    assert (len(incidents), found) == (len(expected), expected)
