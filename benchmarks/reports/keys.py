"""The texts of MUC-3/4 and the answers that people wrote for them, as template-doc-part1.v7 lays them down.

A slot may hold alternatives ("A / B"), a filler that is as well left out ("? A"), and one line for each target.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from math import inf
from pathlib import Path

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "muc34"
TEXTS = {"dev": "dev/dev-muc3-*", "tst1": "tst1/tst1-muc3", "tst2": "tst2/tst2-muc4"}
KEYS = {"dev": "dev/key-dev-*", "tst1": "tst1/key-tst1.*", "tst2": "tst2/key-tst2.*"}
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")

_TEXT_ID = re.compile(r"^((?:DEV|TST\d)-MUC\d-\d{4}).*$", re.MULTILINE)
_SLOT = re.compile(r"^(\d+)\.\s+[A-Z ]+:\s+[A-Z ]*?[A-Z](?:\s{2,}(.*))?$")
_DAY = re.compile(r"(\d{1,2}) ([A-Z]{3})[A-Z]* (\d\d)\b", re.IGNORECASE)
_REFERENCE = re.compile(r'"((?:[^"\\]|\\.)*)"')
_NUMBER = re.compile(r"^(~ ?)?(-)? ?(\d+) ?(-)? ?(\d+)?$")

DATE, PLACE, TYPE, NAME, NUMBER, EFFECT = 2, 3, 4, 18, 21, 23


@dataclass(frozen=True)
class Count:
    """A number of people; `high` is infinite for "at least", and `plural` says that no number is given at all."""

    low: float
    high: float
    plural: bool = False

    def __add__(self, other: Count) -> Count:
        """Add two groups of people."""
        return Count(self.low + other.low, self.high + other.high, self.plural or other.plural)


@dataclass(frozen=True)
class Counts:
    """What may be answered for one slot of numbers; `required` unless leaving it empty is as right."""

    any_of: frozenset[Count] = frozenset()
    required: bool = False


@dataclass(frozen=True)
class Template:
    """One incident of the key: in each slot, any of the alternatives is right.

    `dates` are first and last day, the first None for "on or before"; `places` go from the country to the most
    specific name, which is a tuple when it lies between two.
    """

    text_id: str
    number: str
    optional: bool = False
    types: frozenset[str] = frozenset()
    dates: frozenset[tuple[date | None, date]] = frozenset()
    places: tuple[tuple[tuple[str, ...], ...], ...] = ()
    deaths: Counts = Counts()
    injuries: Counts = Counts()
    slots: dict[int, list[str]] = field(default_factory=dict, repr=False, compare=False)


def read_texts(name: str, folder: Path = FOLDER) -> dict[str, str]:
    """Read the texts of a set by their names, without the line that holds the name."""
    found: dict[str, str] = {}
    for path in sorted(folder.glob(TEXTS[name])):
        _, *parts = _TEXT_ID.split(path.read_text(encoding="latin-1"))
        found |= {text_id: text.strip("\n") for text_id, text in zip(parts[::2], parts[1::2], strict=True)}
    return found


def read_keys(name: str, folder: Path = FOLDER) -> dict[str, list[Template]]:
    """Read the templates of a set by the names of the texts; a text that tells of no incident has none."""
    found: dict[str, list[Template]] = {}
    for path in sorted(folder.glob(KEYS[name])):
        for text_id, templates in parse_keys(path.read_text(encoding="latin-1")).items():
            found.setdefault(text_id, []).extend(templates)
    return found


def parse_keys(text: str) -> dict[str, list[Template]]:
    """Read the templates in the letters of a key."""
    found: dict[str, list[Template]] = {}
    for block in re.split(r"(?m)^(?=0\.\s)", text)[1:]:
        slots = _slots(block)
        text_id = slots[0][0].split()[0]
        templates = found.setdefault(text_id, [])
        if slots[1][0] != "*":
            templates.append(_template(text_id, slots))
    return found


def _slots(block: str) -> dict[int, list[str]]:
    """Return the lines of each slot: those that begin with white space go on with the slot before."""
    slots: dict[int, list[str]] = {}
    number = 0
    for line in block.splitlines():
        if begun := _SLOT.match(line):
            number = int(begun[1])
            slots[number] = [begun[2].strip()] if begun[2] else []
        elif line[:1].isspace() and line.strip() and not line.lstrip().startswith(";"):
            slots[number].append(line.strip())
    return slots


def _template(text_id: str, slots: dict[int, list[str]]) -> Template:
    return Template(
        text_id=text_id,
        number=slots[1][0].split()[0],
        optional="OPTIONAL" in slots[1][0],
        types=frozenset(one.strip() for one in slots[TYPE][0].split("/")),
        dates=frozenset(read for one in slots[DATE][0].split("/") if (read := read_date(one))),
        places=tuple(place for one in _alternatives(slots[PLACE][0]) for place in [read_place(one)] if place),
        deaths=_counts(slots, "DEATH"),
        injuries=_counts(slots, "INJURY"),
        slots=slots,
    )


def read_date(words: str) -> tuple[date | None, date] | None:
    """Read "08 JAN 90", "- 08 JAN 90" (on or before) or "07 JAN 90 - 08 JAN 90"; None when there is no date.

    A day that its month does not have ("31 NOV") is the month's last.
    """
    days = [_day(*found) for found in _DAY.findall(words)]
    if not days:
        return None
    before = words.strip(" ()?").startswith("-")
    return (None if before else days[0], days[-1])


def _day(day: str, month: str, year: str) -> date:
    y, m = 1900 + int(year), MONTHS.index(month.upper()) + 1
    return date(y, m, min(int(day), monthrange(y, m)[1]))


def read_place(words: str) -> tuple[tuple[str, ...], ...]:
    """Read "PERU: LIMA (CITY): ANCON (TOWN) - CANTA (TOWN)" as PERU, LIMA, ANCON or CANTA."""
    plain = re.sub(r"\([^()]*\)", "", words).strip(" ()?")
    return tuple(tuple(name.strip() for name in part.split(" - ")) for part in plain.split(":") if part.strip(" -"))


def _alternatives(words: str) -> list[str]:
    """Split at strokes, but not within the parentheses of a kind: "LIMA (CITY / MUNICIPALITY)"."""
    return re.sub(r"\(([A-Z ]+(?: / [A-Z ]+)+)\)", "()", words).split("/")


def _counts(slots: dict[int, list[str]], effect: str) -> Counts:
    """Add up the people of whom the key says `effect`: DEATH or INJURY."""
    numbers = {name: _numbers(fill) for fill, names in _referring(slots.get(NUMBER, [])) for name in names}
    people: list[tuple[bool, set[Count]]] = []
    none = sure_none = False
    for fill, names in _referring(slots.get(EFFECT, [])):
        said = [one.strip(" ?()") for one in fill.split("/")]
        if effect in said:
            sure = not fill.startswith("?") and len(said) == 1
            counts = next((numbers[name] for name in names if name in numbers), set())
            people.append((sure, counts or {_unnumbered(slots, names)}))
        elif any(one in (f"NO {effect}", "NO INJURY OR DEATH") for one in said):
            none = True
            sure_none |= not fill.startswith("?") and all(effect in one for one in said)
    if not people:
        return Counts(frozenset({Count(0, 0)}), sure_none) if none else Counts()
    choices = [counts | (set() if sure else {Count(0, 0)}) for sure, counts in people]
    sums = {sum(chosen, Count(0, 0)) for chosen in product(*(sorted(c, key=repr)[:3] for c in choices[:12]))}
    required = any(sure for sure, _ in people) and not any(count.plural for count in sums)
    return Counts(frozenset(sums), required)


def _referring(lines: list[str]) -> list[tuple[str, list[str]]]:
    """Split lines like `6: "PRIESTS" / "JESUITS"` into the fill and the names that it refers to."""
    return [(line.split(":")[0].split('"')[0].strip(), _REFERENCE.findall(line)) for line in lines]


def _unnumbered(slots: dict[int, list[str]], names: list[str]) -> Count:
    """Count a person who is named as one, and anybody else as several."""
    named = {name for line in slots.get(NAME, []) for name in _REFERENCE.findall(line)}
    return Count(1, 1) if named.intersection(names) else Count(1, inf, plural=True)


def _numbers(fill: str) -> set[Count]:
    """Read "6", "6-8", "6-", "-15" (at most), "~100" and PLURAL."""
    counts = set()
    for one in fill.split("/"):
        plain = one.strip(" ?()")
        if plain == "PLURAL":
            counts.add(Count(2, inf, plural=True))
        elif number := _NUMBER.match(plain):
            _, most, low, ranged, high = number.groups()
            counts.add(
                Count(0, int(low)) if most else Count(int(low), int(high) if high else inf if ranged else int(low))
            )
    return counts
