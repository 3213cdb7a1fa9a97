"""Reads the tables that ship, and a reader's own of the same form."""

from __future__ import annotations

import csv
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pycountry

from mapping.coding.tables.phrases import is_phrase
from mapping.coding.tables.rows import ActorWords, EventWords, Tables, WeaponWords
from mapping.errors import InvalidValue, UnreadableFile
from mapping.schema import EVENT_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["shipped_rows", "tables"]

Row = EventWords | WeaponWords | ActorWords

_OURS = Path(__file__).parent


class _Form(NamedTuple):
    """One kind of table: its row, and what each column may hold besides the words; "" where it may be empty."""

    row: type[Row]
    allowed: Mapping[str, Sequence[str]]

    @property
    def columns(self) -> tuple[str, ...]:
        return ("language", "words", *(column for column in self.allowed if column != "language"))


_COUNTRY = "empty, or the code of a country in ISO 3166-1, such as IQ"
_LANGUAGE = {"language": ("en", "ar")}
_FORMS = {
    "events.csv": _Form(EventWords, _LANGUAGE | {"event_type": EVENT_TYPES, "use": ("event", "weak", "never")}),
    "weapons.csv": _Form(WeaponWords, _LANGUAGE | {"event_type": ("", *EVENT_TYPES)}),
    "actors.csv": _Form(
        ActorWords,
        _LANGUAGE
        | {
            "kind": ("state", "rebel", "unknown"),
            "country_iso2": ("", *sorted(country.alpha_2 for country in pycountry.countries)),
        },
    ),
}


@cache
def shipped_rows(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of a table that ships, as they stand in it.

    Examples
    --------
    >>> shipped_rows("people.csv")[0]["kind"]
    'civilian'
    """
    with (_OURS / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def tables(extra: Path | None = None) -> Tables:
    """Return the words of incidents, weapons and actors, with a reader's own before ours.

    Parameters
    ----------
    extra
        A folder that holds events.csv, weapons.csv or actors.csv, any of them, in the form of ours. A file that
        is not there adds nothing.

    Raises
    ------
    UnreadableFile
        A file is no text in UTF-8.
    InvalidValue
        A row holds what is not allowed; the message names file, row, value and what is allowed.

    Examples
    --------
    >>> tables().of("en").events.find("gunmen kidnapped a judge")[0].row.event_type
    'kidnapping'
    """
    own = [extra / name for name in _FORMS] if extra is not None else []
    return _read(tuple((path, path.stat().st_mtime_ns) for path in own if path.is_file()))


@lru_cache(maxsize=8)
def _read(own: tuple[tuple[Path, int], ...]) -> Tables:
    """Read all tables; what the reader changed has another time, so it is read again."""
    paths = [path for path, _ in own] + [_OURS / name for name in _FORMS]
    rows = [row for path in paths for row in _rows_of(path)]
    return Tables(
        tuple(row for row in rows if isinstance(row, EventWords)),
        tuple(row for row in rows if isinstance(row, WeaponWords)),
        tuple(row for row in rows if isinstance(row, ActorWords)),
    )


def _rows_of(path: Path) -> Iterator[Row]:
    form = _FORMS[path.name]
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if tuple(reader.fieldnames or ()) != form.columns:
                raise InvalidValue(
                    f"{path.name}: the first line must be {','.join(form.columns)}, "
                    f"and it is {','.join(reader.fieldnames or ())[:80]!r}."
                )
            for row in reader:
                yield _checked(path.name, reader.line_num, row, form)
    except (UnicodeDecodeError, csv.Error) as error:
        raise UnreadableFile(f"{path.name} is no CSV file in UTF-8 ({error}). Save it again as CSV UTF-8.") from error


def _checked(name: str, line: int, row: dict[str, str | None], form: _Form) -> Row:
    """Make a row of a line, or say what in it is not allowed."""
    values = {column: (row.get(column) or "").strip() for column in form.columns}
    if not is_phrase(values["words"]):
        raise InvalidValue(
            f"{name}, row {line}: words {values['words']!r} cannot be looked for. Allowed: words with spaces between, "
            "* after at least three letters for any ending, ... for room, | between phrases."
        )
    for column, allowed in form.allowed.items():
        if values[column] not in allowed:
            choices = _COUNTRY if column == "country_iso2" else ", ".join(choice or "empty" for choice in allowed)
            raise InvalidValue(f"{name}, row {line}: {column} {values[column]!r} is not allowed. Allowed: {choices}.")
    return form.row(*(values[column] or None for column in form.columns))  # type: ignore[arg-type]
