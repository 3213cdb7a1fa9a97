"""Views of the atlas that people have saved: a name and what the address said, one line each, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import Column, Integer, Row, String, Table, insert, select, update

from mapping.errors import InvalidValue
from mapping.store.index import TABLES, now, writing
from mapping.store.trouble import plainly
from mapping.store.version import clean_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import ColumnElement, Connection, Engine, Update

__all__ = ["SavedView", "Views"]

_LINES = Table(
    "views",
    TABLES,
    Column("id", Integer, primary_key=True),
    *(Column(name, String, nullable=False) for name in ("name", "params", "note", "made_at")),
    Column("removed_at", String),
)

_LONGEST_NOTE = 500


@dataclass(frozen=True)
class SavedView:
    """A view as it was saved.

    Attributes
    ----------
    params
        Of the address: the filter, and how map, timeline and table are set.
    made_at
        When it was saved under a name first; a new name changes nothing about that.
    """

    id: int
    name: str
    params: dict[str, str]
    note: str
    made_at: datetime


class Views:
    """The saved views in the index of a store; threads and processes may share it.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from mapping.store import Store
    >>> with TemporaryDirectory() as folder, Store(Path(folder)) as store:
    ...     kept = store.views.save("Anbar in July", {"province": "IQ-AN", "from": "2024-07-01"})
    ...     store.views.remove(kept.id)
    ...     store.views.bring_back(kept.id)
    ...     [(view.name, view.params["province"]) for view in store.views.all()]
    [('Anbar in July', 'IQ-AN')]
    """

    def __init__(self, index: Engine) -> None:
        self._index = index
        self._home = Path(index.url.database or "").parent

    def save(self, name: str, params: Mapping[str, str], *, note: str = "") -> SavedView:
        """Keep a view under a name; the one that had the name goes, and can be brought back.

        Raises
        ------
        InvalidValue
            The name is empty, too long or holds control characters, or the note is too long.
        """
        name, note = clean_name(name), note.strip().encode(errors="replace").decode()
        if len(note) > _LONGEST_NOTE:
            raise InvalidValue(f"A note of {len(note):,} characters is too long; at most {_LONGEST_NOTE}.")
        line = {"name": name, "params": urlencode(params, errors="replace"), "note": note, "made_at": now()}
        with plainly(self._home), writing(self._index) as connection:
            connection.execute(_removing(_LINES.c.name == name))
            return _view(connection.execute(insert(_LINES).values(line).returning(_LINES)).one())

    def all(self) -> list[SavedView]:
        """Return the views that stand, by name."""
        standing = select(_LINES).where(_LINES.c.removed_at.is_(None))
        with plainly(self._home), self._index.connect() as connection:
            return sorted(map(_view, connection.execute(standing)), key=lambda view: view.name.casefold())

    def rename(self, number: int, name: str) -> SavedView:
        """Give a view another name.

        Raises
        ------
        InvalidValue
            It is no name, or another view has it; or there is no such view.
        """
        name = clean_name(name)
        with plainly(self._home), writing(self._index) as connection:
            line = _standing(connection, number)
            _refuse_taken(connection, name, number)
            connection.execute(_removing(_LINES.c.id == number))
            values = {"name": name, "params": line.params, "note": line.note, "made_at": line.made_at}
            return _view(connection.execute(insert(_LINES).values(values).returning(_LINES)).one())

    def remove(self, number: int) -> None:
        """Take a view away; `bring_back` undoes it, and one that is gone already stays gone."""
        with plainly(self._home), writing(self._index) as connection:
            connection.execute(_removing(_LINES.c.id == number))

    def bring_back(self, number: int) -> None:
        """Let a view that was taken away stand again.

        Raises
        ------
        InvalidValue
            Another view has its name meanwhile; or there is no such view.
        """
        with plainly(self._home), writing(self._index) as connection:
            line = connection.execute(select(_LINES).where(_LINES.c.id == number)).first()
            if line is None:
                raise InvalidValue(f"There never was a view {number}.")
            _refuse_taken(connection, line.name, number)
            connection.execute(update(_LINES).where(_LINES.c.id == number).values(removed_at=None))


def _removing(which: ColumnElement[bool]) -> Update:
    return update(_LINES).where(which, _LINES.c.removed_at.is_(None)).values(removed_at=now())


def _standing(connection: Connection, number: int) -> Row:
    line = connection.execute(select(_LINES).where(_LINES.c.id == number, _LINES.c.removed_at.is_(None))).first()
    if line is None:
        raise InvalidValue("This view was taken away in another window.")
    return line


def _refuse_taken(connection: Connection, name: str, number: int) -> None:
    others = select(_LINES.c.id).where(_LINES.c.name == name, _LINES.c.id != number, _LINES.c.removed_at.is_(None))
    if connection.execute(others).first():
        raise InvalidValue(f'There is a view "{name}" already. Give another name, or take that one away first.')


def _view(line: Row) -> SavedView:
    params = dict(parse_qsl(line.params, keep_blank_values=True))
    return SavedView(line.id, line.name, params, line.note, datetime.fromisoformat(line.made_at))
