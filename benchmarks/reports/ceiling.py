"""How much each room offers: of the key's dates, places and numbers, those found anywhere in the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from math import inf

from benchmarks.reports.keys import Count, Template
from benchmarks.reports.score import alike, country_code


@dataclass(frozen=True)
class Offer:
    """All that the rooms find in one text, whether or not it belongs to an incident."""

    dates: set[tuple[date | None, date | None]] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    countries: set[str | None] = field(default_factory=set)
    deaths: set[int | None] = field(default_factory=set)
    injuries: set[int | None] = field(default_factory=set)
    events: int = 0


def offered(text: str) -> Offer:
    """Read one text with every room of the English coding."""
    from mapping.coding import english
    from mapping.coding.places import find_places
    from mapping.coding.reading import read
    from mapping.coding.tables import tables

    report = read(text)
    harm, places = english.find_harm(report), find_places(report)
    events = [one for one in english.find_events(report, tables()) if one.passed_over is None]
    return Offer(
        dates={(one.first, one.last) for one in english.find_dates(report)} | {(None, report.written)},
        names={name for one in places for name in (one.name, one.adm1_name) if name},
        countries={one.country_iso2 for one in places} | {report.dateline_country},
        deaths={number for one in harm if one.kind == "killed" for number in (one.low, one.best, one.high)},
        injuries={number for one in harm if one.kind == "injured" for number in (one.low, one.best, one.high)},
        events=len(events),
    )


def recalls(keys: Sequence[Sequence[Template]], offers: Sequence[Offer]) -> dict[str, tuple[int, int]]:
    """Count, for each slot, what is offered of what the required templates hold."""
    hit, of = Counter[str](), Counter[str]()
    for templates, offer in zip(keys, offers, strict=True):
        for template in templates:
            if not template.optional:
                for slot, found in _offers(template, offer).items():
                    of[slot] += 1
                    hit[slot] += found
    return {slot: (hit[slot], of[slot]) for slot in of}


def _offers(template: Template, offer: Offer) -> dict[str, bool]:
    found = {"event": offer.events > 0}
    if template.dates:
        found["date"] = bool(template.dates & offer.dates)
    if template.places:
        found["place"] = any(_names_it(place, offer) for place in template.places)
    for slot in ("deaths", "injuries"):
        counts = getattr(template, slot)
        if counts.required:
            found[slot] = any(_is(count, number) for count in counts.any_of for number in getattr(offer, slot))
    return found


def _names_it(place: tuple[tuple[str, ...], ...], offer: Offer) -> bool:
    if len(place) == 1:
        return any(country_code(name) in offer.countries for name in place[0])
    return any(alike(name, one) for name in place[-1] for one in offer.names)


def _is(count: Count, number: int | None) -> bool:
    return number is not None and (number == count.low or count.low <= number <= count.high < inf)
