"""Which countries a report speaks of, and in what each name of a place is said to lie."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mapping.coding.places.arabic_words import peoples_in_arabic
from mapping.coding.places.known import Known, known
from mapping.coding.places.lexicon import armed_groups, demonyms
from mapping.coding.places.pointing import dateline_city
from mapping.geocoder import provinces
from mapping.toponym import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapping.coding.places.finding import Found
    from mapping.coding.places.tokens import Tokens
    from mapping.coding.text import Report

__all__ = ["COARSE", "Countries", "containers"]

COARSE = {"site": 0, "unknown": 1, "town": 2, "district": 3, "province": 4, "country": 5}
"""Levels from the finest to the coarsest."""

_WITHIN = re.compile(
    r"\s*(?:,|\(|\[|,? ?in|,? ?of|,? ?on|,? ?within)?(?:\s+the)?\s*"
    r"|\s*[،(]?\s*(?:في|ب|وسط|داخل|ضمن|(?:ب|في )?(?:(?:شمال|جنوب|شرق|غرب)ي? ?){1,2}|التابعة? ل)?\s*",
    re.I,
)
"""What stands between a place and what holds it, in English and in Arabic."""
_CONTAINS = re.compile(r"\s*(?:, where|'s|’s|, in|:)\s*(?:the\s+)?", re.I)
_PEOPLE, _BAND, _WHERE, _NAMED, _PART, _DATELINE, _MOST = 1, 3, 4, 1, 3, 4, 6
"""What a country counts for where its people are named, an armed group of its, the country with "in", without, one of
its provinces or towns, and where the report is from there; each as often as that at most. Found on the MUC texts."""
_JUST_BEFORE = 60
"""Letters between a people and a name that lies in its country: "the Iraqi town of Hit"."""
_MANY_PEOPLE, _MANY_TIMES = 100_000, 10


@dataclass(frozen=True)
class Countries:
    """The countries of a report, by how much it speaks of each.

    Attributes
    ----------
    report, held, found
        The text, its words, and the names in it.
    """

    report: Report
    held: Tokens
    found: tuple[Found, ...]

    @cached_property
    def peoples(self) -> list[tuple[int, str]]:
        """Offset and country of every people that is named."""
        if self.report.language == "ar":
            return peoples_in_arabic(self.report)
        return self._said(demonyms("en"))

    @cached_property
    def bands(self) -> list[tuple[int, str]]:
        """Offset and country of every armed group that is at home in one."""
        return self._said(armed_groups(self.report.language))

    def _said(self, countries: dict[str, str]) -> list[tuple[int, str]]:
        starts, words = self.held.starts, self.held.words
        begin_two = {phrase.partition(" ")[0] for phrase in countries if " " in phrase}
        alone = [(start, countries[word]) for start, word in zip(starts, words, strict=True) if word in countries]
        twos = [
            at for at, word in enumerate(words[:-1]) if word in begin_two and f"{word} {words[at + 1]}" in countries
        ]
        return sorted([*alone, *((starts[at], countries[f"{words[at]} {words[at + 1]}"]) for at in twos)])

    @cached_property
    def dateline(self) -> str | None:
        """Country of the dateline's city."""
        if self.report.dateline is None:
            return None
        for said in re.findall(r"[(,]\s*([^),\d(]{3,40})", self.report.text[slice(*self.report.dateline)]):
            if named := known(fold(said)).country:
                return named.country_iso2
        city = dateline_city(self.report)
        what = known(fold(city[1])) if city else Known(None, (), ())
        if what.country:
            return what.country.country_iso2
        largest = max(what.places, key=lambda each: each.population, default=None)
        return largest.country_iso2 if largest else None

    @cached_property
    def weights(self) -> Counter[str]:
        """How much the report speaks of each country."""
        held: Counter[str] = Counter()
        for weight, named in (
            (_PEOPLE, [country for _, country in self.peoples]),
            (_BAND, [country for _, country in self.bands]),
            (_WHERE, [each.known.country.country_iso2 for each in self.found if each.role and each.known.country]),
            (_NAMED, [each.known.country.country_iso2 for each in self.found if not each.role and each.known.country]),
            (_PART, [country for each in self.found if (country := _country_of_part(each))]),
            (_DATELINE, [self.dateline] if self.dateline else []),
        ):
            for country, times in Counter(named).items():
                held[country] += weight * min(times, _MOST)
        return held

    def in_order(self, found: Found) -> list[str]:
        """List the countries in which a name is looked for: those of its heading and sentence first, then the report's."""
        first = [*self._heading(found), *self._in_sentence(found)]
        rest = [country for country, _ in self.weights.most_common()]
        return list(dict.fromkeys([*first, *rest]))

    def home(self) -> str | None:
        """Return the country that the report speaks of most; None where it names none."""
        return next((country for country, _ in self.weights.most_common(1)), None)

    def _in_sentence(self, found: Found) -> list[str]:
        number = self.report.sentence_at(found.start)
        named = self._named_in.get(number, set()) if number is not None else set()
        peoples = self._peoples_in.get(number, []) if number is not None else []
        named = named | {country for at, country in peoples if 0 < found.start - at < _JUST_BEFORE}
        return list(named) if len(named) == 1 else []

    @cached_property
    def _named_in(self) -> dict[int | None, set[str]]:
        """Countries named in each sentence."""
        held: dict[int | None, set[str]] = defaultdict(set)
        for each in self.found:
            if each.known.country and not each.owned:
                held[self.report.sentence_at(each.start)].add(each.known.country.country_iso2)
        return held

    @cached_property
    def _peoples_in(self) -> dict[int | None, list[tuple[int, str]]]:
        """Offset and country of the peoples named in each sentence."""
        held: dict[int | None, list[tuple[int, str]]] = defaultdict(list)
        for at, country in self.peoples:
            held[self.report.sentence_at(at)].append((at, country))
        return held

    def _heading(self, found: Found) -> list[str]:
        at = bisect_left(self._headings, (found.start, ""))
        return [self._headings[at - 1][1]] if at else []

    @cached_property
    def _headings(self) -> list[tuple[int, str]]:
        """Offset and country of every country that stands alone on its line: what is listed below lies in it."""
        text, held = self.report.text, []
        for each in self.found:
            if each.known.country:
                line = text.rfind("\n", 0, each.start) + 1
                if not text[line : each.start].strip(" \t.*•-") and _ends_line(text, each.end):
                    held.append((each.start, each.known.country.country_iso2))
        return held


def _country_of_part(found: Found) -> str | None:
    """Return the country of a province or town of which there is one in the world, or one that everybody means."""
    what = found.known
    if what.country:
        return None
    if len(what.provinces) == 1 and found.level == "province":
        return provinces.unit(what.provinces[0]).country_iso2
    if not (found.role and what.places):
        return None
    first, *others = sorted(what.places, key=lambda place: -place.population)
    elsewhere = max((each.population for each in others if each.country_iso2 != first.country_iso2), default=0)
    return first.country_iso2 if first.population > max(_MANY_PEOPLE, _MANY_TIMES * elsewhere) else None


def _ends_line(text: str, end: int) -> bool:
    stop = text.find("\n", end)
    return not text[end : stop if stop >= 0 else len(text)].strip(" \t:.")


def containers(report: Report, found: Sequence[Found], levels: Sequence[str]) -> dict[int, int]:
    """Return for each name, by number, the number of the one that it is said to lie in, or beside if no list has it.

    "Santa Elena jurisdiction, Usulutan department"; "Anbar province, where the base is".
    """
    within: dict[int, int] = {}
    for at in range(len(found) - 1):
        one, other = found[at], found[at + 1]
        gap = report.text[one.right : other.left]
        if len(gap) > 12:
            continue
        finer = COARSE[levels[at + 1]] - COARSE[levels[at]]
        if _WITHIN.fullmatch(gap) and (finer > 0 or (finer == 0 and not one.known)):
            within[at] = at + 1
        elif _CONTAINS.fullmatch(gap) and COARSE[levels[at]] > COARSE[levels[at + 1]]:
            within[at + 1] = at
    return within
