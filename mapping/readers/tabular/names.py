"""Whose column is it: headings, HXL tags and the user's own table, to the incident's names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapping.errors import InvalidValue
from mapping.files import read_bytes
from mapping.readers.tabular.synonyms import HXL, SYNONYMS
from mapping.schema import SCHEMA
from mapping.toponym import fold
from mapping.values import COORDINATES, check_date_order

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

__all__ = ["Names", "name_columns", "own_names"]

_TARGETS = (*(name for name in SCHEMA if name != "source_row"), COORDINATES)
_ARE_POINTS = 0.9
"""Share of cells that are coordinates from which on a column holds them, whatever its heading."""


@dataclass(frozen=True)
class Names:
    """The user's own table of columns.

    Attributes
    ----------
    columns
        The file's heading to the incident's name; to None where the column is to be passed over.
    date_order
        ``dmy``, ``mdy``, ``ymd`` or None.
    """

    columns: Mapping[str, str | None]
    date_order: str | None = None


def own_names(columns: Mapping[str, Any] | Path | str | None) -> Names:
    """Read the user's own table: a dict, or the path of a JSON file.

    Both may be ``{"columns": {"their name": "our name"}, "date_order": "dmy"}``; a dict may also be
    the columns alone. A name of theirs given null is passed over.

    Raises
    ------
    UnreadableFile
        There is no such file.
    InvalidValue
        It is no such table, or names a column that incidents do not have.

    Examples
    --------
    >>> own_names({"Datum": "date_start"}).columns
    {'Datum': 'date_start'}
    """
    if columns is None:
        return Names({})
    told = _parsed(Path(columns)) if isinstance(columns, str | Path) else columns
    table = told.get("columns", {} if "date_order" in told else told)
    if not isinstance(table, Mapping) or not all(isinstance(name, str | None) for name in table.values()):
        raise InvalidValue(
            f'The table of columns is not {{"columns": {{"their name": "our name"}}}} but {table!r:.200}.'
        )
    for theirs, ours in table.items():
        if ours is not None and ours not in _TARGETS:
            raise InvalidValue(
                f'The table of columns has "{theirs}" for "{ours}". Allowed: {", ".join(_TARGETS)}, or null.'
            )
    check_date_order(told.get("date_order"))
    return Names(dict(table), told.get("date_order"))


def _parsed(path: Path) -> Mapping[str, Any]:
    try:
        told = json.loads(read_bytes(path))
    except (ValueError, RecursionError) as error:
        raise InvalidValue(f"{path.name} is no JSON: {error}.") from error
    if not isinstance(told, dict):
        raise InvalidValue(
            f'{path.name} is no table of columns. It must be {{"columns": {{"their name": "our name"}}}}.'
        )
    return told


def name_columns(
    headings: Iterable[str],
    tags: Iterable[str],
    names: Names,
    *,
    file: str,
    point_shares: Mapping[str, float] | None = None,
    spoken_for: Collection[str] = (),
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Choose the column for each incident name.

    The user's own table goes first, then a heading that is the name itself, then HXL tags, then
    synonyms, the more exact before the wider ones. A column whose cells are nearly all coordinates holds
    coordinates; one of which none is does not, whatever its heading says.

    Parameters
    ----------
    headings, tags
        Of the file's columns, in order; `tags` may be empty.
    names
        The user's own table.
    file
        Name for the error.
    point_shares
        As `mapping.readers.tabular.points.point_shares`; not given, the headings alone tell.
    spoken_for
        Headings that are not left over, though no column is taken from them alone.

    Returns
    -------
    columns
        Incident name to heading.
    notes
        What was taken for what, and what was left over.

    Raises
    ------
    InvalidValue
        The user's table names a column that the file does not have.

    Examples
    --------
    >>> name_columns(["Date", "Governorate", "Weather"], [], Names({}), file="a.csv")[0]
    {'date_start': 'Date', 'adm1_claimed': 'Governorate'}
    """
    headings = list(headings)
    own = {_own_heading(theirs, headings, file): ours for theirs, ours in names.columns.items()}
    claims = [(0, position, heading, own[heading]) for position, heading in enumerate(headings) if heading in own]
    tagged = [*tags] or [""] * len(headings)
    for position, (heading, tag) in enumerate(zip(headings, tagged, strict=True)):
        if heading not in own:
            meanings = _by_content(_meanings(heading, tag), point_shares.get(heading, 0.0) if point_shares else None)
            claims += [(rank, position, heading, name) for rank, name in meanings]
    columns: dict[str, str] = {}
    for _, _, heading, name in sorted(claims, key=lambda claim: claim[:2]):
        if name is not None and name not in columns and heading not in columns.values():
            columns[name] = heading
    ordered = {name: columns[name] for name in _TARGETS if name in columns}
    return ordered, _notes([heading for heading in headings if heading not in spoken_for], columns, claims)


def _own_heading(theirs: str, headings: list[str], file: str) -> str:
    if theirs in headings:
        return theirs
    for heading in headings:
        if _key(heading) == _key(theirs):
            return heading
    raise InvalidValue(
        f'The table of columns names "{theirs}", which {file} does not have. Its columns: {", ".join(headings)}.'
    )


def _key(heading: str) -> str:
    return fold(heading).replace(" ", "")


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, list[tuple[int, str]]]:
    """Return the names that each folded heading may stand for, with the rank of each: the lower the better."""
    found: dict[str, list[tuple[int, str]]] = {}
    for name in _TARGETS:
        words = [name, *filter(None, SYNONYMS.get(name, "").split(";"))]
        for rank, key in enumerate(dict.fromkeys(map(_key, words))):
            found.setdefault(key, []).append((1 if rank == 0 else rank + 2, name))
    return found


def _meanings(heading: str, tag: str) -> list[tuple[int, str]]:
    by_tag = [(2, name) for pattern, name in HXL.items() if tag and _tag_fits(tag, pattern)][:1]
    return by_tag + _synonyms().get(_key(heading), [])


def _by_content(meanings: list[tuple[int, str]], share: float | None) -> list[tuple[int, str]]:
    if share is None:
        return meanings
    if share >= _ARE_POINTS:
        return [(min((rank for rank, name in meanings if name == COORDINATES), default=2), COORDINATES)]
    return [(rank, name) for rank, name in meanings if share or name != COORDINATES]


def _tag_fits(tag: str, pattern: str) -> bool:
    """Tell whether a tag has the pattern's hashtag and at least its attributes, in whatever order."""
    own, wanted = tag.split("+"), pattern.split("+")
    return own[0] == wanted[0] and set(wanted[1:]) <= set(own[1:])


def _notes(headings: list[str], columns: dict[str, str], claims: list[tuple[int, int, str, Any]]) -> tuple[str, ...]:
    renamed = [f'"{columns[name]}" as {name}' for name in _TARGETS if name in columns and columns[name] != name]
    taken = set(columns.values())
    beaten = {heading: name for _, _, heading, name in claims if heading not in taken and columns.get(name)}
    left = [heading for heading in headings if heading not in taken]
    sentences = [f"Columns taken: {', '.join(renamed)}."] if renamed else []
    sentences += [
        f'"{heading}" could be {name} as well; "{columns[name]}" was taken.' for heading, name in beaten.items()
    ]
    if left:
        sentences.append(f"Columns left as they are: {', '.join(left)}.")
    return tuple(sentences)
