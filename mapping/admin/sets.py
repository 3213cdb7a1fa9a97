"""The boundaries in use: the shipped ones, or those of countries for which the user brought others.

A `Sets` never changes. Which one counts is held for each thread (a context variable), so that two stores in one
process, or a session of the app that runs while another adds a file, never see each other's half way. Everything
worked out from it is kept by the value itself.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

import polars as pl

from mapping.licences import is_restricted

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["LEVELS", "SHIPPED", "BoundarySet", "Sets", "in_use", "using"]

LEVELS = {"adm1": "provinces", "adm2": "districts"}
"""The levels that a set may have, and what its units are called."""

REMEMBERED = 4
"""Boundaries of which what was worked out is kept: the shipped ones, and a few of the user's."""


@dataclass(frozen=True)
class BoundarySet:
    """The provinces or the districts of one country, from one file of the user's.

    Attributes
    ----------
    level
        One of `LEVELS`.
    version
        Day on which the boundaries were valid, or on which they were added.
    key
        sha256 of the rows: two sets of one key have the same units.
    units
        One row a unit, columns as `mapping.admin.own_units.read_boundaries` gives them.
    """

    name: str
    level: str
    country_iso2: str
    version: str
    licence: str
    citation: str
    key: str
    units: pl.DataFrame = field(compare=False, repr=False)

    def described(self) -> str:
        """Say in a line what it is and on which terms.

        Examples
        --------
        >>> BoundarySet("COD-AB", "adm2", "IQ", "2019-06-03", "CC BY-IGO", "", "", pl.DataFrame()).described()
        'COD-AB (districts of IQ, CC BY-IGO)'
        """
        return f"{self.name} ({LEVELS[self.level]} of {self.country_iso2}, {self.licence or 'licence not stated'})"


@dataclass(frozen=True)
class Sets:
    """The sets of the user's that are in use: one for a level and country at most."""

    members: tuple[BoundarySet, ...] = ()

    def at(self, level: str) -> tuple[BoundarySet, ...]:
        """Return the sets of a level."""
        return tuple(each for each in self.members if each.level == level)

    def provinces(self) -> Sets:
        """Return those that change what a province is: what goes by provinces alone is the same for equal ones."""
        return Sets(self.at("adm1"))

    def shareable(self) -> Sets:
        """Return those whose licence lets their shapes be passed on."""
        return Sets(tuple(each for each in self.members if not pl.select(is_restricted(pl.lit(each.licence))).item()))

    @cached_property
    def token(self) -> str:
        """Name of exactly these sets, short; empty for the shipped boundaries alone.

        What is said of a set counts, too: the reasons of rows name it with its version, and the map its licence.
        """
        return sha256(repr(self.members).encode()).hexdigest()[:16] if self.members else ""


SHIPPED = Sets()
"""No set of the user's: the shipped provinces, and no districts."""

_in_use: ContextVar[Sets] = ContextVar("boundaries in use", default=SHIPPED)


def in_use() -> Sets:
    """Return the sets that this thread's work goes by.

    Examples
    --------
    >>> in_use().members
    ()
    """
    return _in_use.get()


@contextmanager
def using(sets: Sets) -> Iterator[None]:
    """Go by these sets for a while.

    Examples
    --------
    >>> with using(SHIPPED):
    ...     in_use() is SHIPPED
    True
    """
    before = _in_use.set(sets)
    try:
        yield
    finally:
        _in_use.reset(before)
