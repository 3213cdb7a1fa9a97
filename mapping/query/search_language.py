"""What a search asks: words, numbers, what is unknown, and how they are joined; and the same in writing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

__all__ = ["AllOf", "AnyOf", "Not", "Number", "Query", "Unknown", "Words", "all_of", "any_of", "write_query"]


@dataclass(frozen=True)
class Words:
    """Folded words that stand one after the other, in a column of the field; of no field, in any that is searched."""

    words: str
    field: str | None = None


@dataclass(frozen=True)
class Number:
    """A comparison that the number in a field must pass; one that is unknown passes none."""

    field: str
    sign: str
    value: float


@dataclass(frozen=True)
class Unknown:
    """Nothing is known in a field, or its text says just that: "unknown"."""

    field: str


@dataclass(frozen=True)
class Not:
    """What does not pass."""

    part: Query


@dataclass(frozen=True)
class AllOf:
    """What passes every part; `all_of` makes one."""

    parts: tuple[Query, ...]


@dataclass(frozen=True)
class AnyOf:
    """What passes any part; `any_of` makes one."""

    parts: tuple[Query, ...]


Query: TypeAlias = Words | Number | Unknown | Not | AllOf | AnyOf


def all_of(*parts: Query) -> Query:
    """Return what passes every part, one within another made one.

    Examples
    --------
    >>> all_of(Words("hit")), len(all_of(Words("a"), all_of(Words("b"), Words("c"))).parts)
    (Words(words='hit', field=None), 3)
    """
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, AllOf) else (part,)))
    return flat[0] if len(flat) == 1 else AllOf(flat)


def any_of(*parts: Query) -> Query:
    """Return what passes any part, one within another made one.

    Examples
    --------
    >>> any_of(Words("hit"))
    Words(words='hit', field=None)
    """
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, AnyOf) else (part,)))
    return flat[0] if len(flat) == 1 else AnyOf(flat)


def write_query(query: Query) -> str:
    """Write a query so that `mapping.query.parse_query` reads the same.

    Examples
    --------
    >>> write_query(all_of(any_of(Words("drone"), Words("air strike")), Not(Number("killed", ">", 5.0))))
    '(drone OR "air strike") AND NOT killed:>5'
    """
    match query:
        case Words(words, field):
            is_plain = " " not in words and not (field and words == "unknown")
            return (f"{field}:" if field else "") + (words if is_plain else f'"{words}"')
        case Number(field, sign, value):
            number = f"{value:.9f}".rstrip("0").rstrip(".")
            return f"{field}:{'' if sign == '=' else sign}{number}"
        case Unknown(field):
            return f"{field}:unknown"
        case Not(part):
            return f"NOT {_bracketed(part, AllOf, AnyOf)}"
        case AllOf(parts):
            return " AND ".join(_bracketed(part, AnyOf) for part in parts)
        case AnyOf(parts):
            return " OR ".join(write_query(part) for part in parts)


def _bracketed(part: Query, *looser: type[Query]) -> str:
    return f"({write_query(part)})" if isinstance(part, looser) else write_query(part)
