"""Places that a report points at: "this city" is its dateline's, "the Iraqi capital" is Baghdad."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from mapping.coding.mentions import Span
from mapping.coding.places.lexicon import capitals, demonyms, lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapping.coding.text import Report

__all__ = ["Pointed", "dateline_city", "pointed_at"]

_NO_CITY = re.compile(r"clandestine|no city|\(|\d", re.I)
_CITY_FIRST = re.compile(r"[^\W\d_][^,(\[/:;–—]*?(?=\s*(?:,|\(|\[|/|–|—|--| - |$))")


class Pointed(NamedTuple):
    """Words that point at a city: its name, its country where the words say so, and what the city is to the report."""

    start: int
    end: int
    name: str
    country_iso2: str | None
    role: Literal["where", "origin", "mention"]


def dateline_city(report: Report) -> tuple[Span, str] | None:
    """Return the city that a report was sent from, with its letters; None where no dateline says it.

    Examples
    --------
    >>> from mapping.coding.reading import read
    >>> dateline_city(read("BAGHDAD, July 17 (Agency) - Two drones hit a base."))[1]
    'Baghdad'
    """
    if report.dateline is None:
        return None
    start, end = report.dateline
    found = _CITY_FIRST.match(report.text, start, end)
    if not found or _NO_CITY.match(found.group()) or len(found.group()) > 40:
        return None
    written = " ".join(found.group().split())
    return Span(found.start(), found.end()), written.title() if written.isupper() else written


def pointed_at(report: Report, home: str | None) -> Iterator[Pointed]:
    """Yield every place that is pointed at, in order.

    Parameters
    ----------
    home
        The country that the report speaks of, whose capital "the capital" is.
    """
    city = dateline_city(report)
    countries = demonyms("en")
    for found in _pointers().finditer(report.plain):
        people, capital = found["people"], found["capital"]
        if people and capital:
            country: str | None = countries[people]
            name = capitals().get(country or "")
        elif capital and not found["this"]:
            country, name = home, capitals().get(home or "")
        else:
            country, name = None, city[1] if city else None
        if name:
            yield Pointed(*found.span("words" if found["words"] else "here"), name, country, _role(report, found))


def _role(report: Report, found: re.Match[str]) -> Literal["where", "origin", "mention"]:
    if not (found["in"] or found["here"]):
        return "mention"
    before = report.plain[max(0, found.start() - 20) : found.start()].split()
    return "origin" if before and before[-1] in lexicon("en").uses["said"] else "where"


@lru_cache(maxsize=1)
def _pointers() -> re.Pattern[str]:
    peoples = "|".join(map(re.escape, sorted(demonyms("en"), key=len, reverse=True)))
    return re.compile(
        rf"""\b(?P<in>(?:in|at|inside|near|throughout|around|across|into|on|of)\s+(?:(?:the\s+)?(?:northern|southern|eastern
        |western|central|downtown|outskirts\s+of|center\s+of|streets\s+of)\s+)*)?
        (?P<words>(?:(?P<this>this)|the|our|its)\s+(?:country['’]s\s+|nation['’]s\s+)?(?:(?P<people>{peoples})\s+)?
        (?:(?P<capital>capital(?:\s+city)?)|(?<=this\s)(?:port\s+)?(?:city|town|port)))\b(?!\s+(?:of|goods|punishment|market))
        |(?P<here>\bhere)(?=\s+(?:today|yesterday|tonight|this|last|on|early|late)\b)""",
        re.VERBOSE,
    )
