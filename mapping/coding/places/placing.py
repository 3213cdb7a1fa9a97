"""Places of a report: every name with its level, its role and, where the text tells, what contains it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapping.coding.mentions import Place, Span
from mapping.coding.places.finding import Found, find

if TYPE_CHECKING:
    from mapping.coding.text import Report

__all__ = ["find_places"]


def find_places(report: Report) -> list[Place]:
    """Find the places that a report names, in order.

    Examples
    --------
    >>> from mapping.coding.reading import read
    >>> report = read("A bomb exploded in Hit, Anbar province, police said.")
    >>> [(place.name, place.level, place.role) for place in find_places(report)]
    [('Hit', 'town', 'where'), ('Anbar', 'province', 'where')]
    """
    return [_place(report, found) for found in find(report)]


def _place(report: Report, found: Found) -> Place:
    written = " ".join(report.text[found.start : found.end].split())
    what = found.known
    level = found.level or (
        "country" if what.country else "town" if what.places else "province" if what.provinces else "unknown"
    )
    role = "origin" if found.role == "origin" else "where" if found.role else "mention"
    return Place(
        Span(found.start, found.end),
        written.title() if report.in_capitals else written,
        level,
        near=found.role == "near",
        role="mention" if found.people and found.role is None else role,  # type: ignore[arg-type]
        country_iso2=what.country.country_iso2 if what.country else None,
    )
