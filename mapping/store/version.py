"""One version of a dataset, and the names that datasets may have."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from mapping.errors import InvalidValue
from mapping.store.index import VERSIONS, now

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection, Row, Select

__all__ = ["Version", "clean_name", "enter_version", "live", "version_of"]

_LONGEST_NAME = 200


@dataclass(frozen=True)
class Version:
    """One version of a dataset.

    Attributes
    ----------
    version
        "1", "2", …: never given twice within a dataset.
    score_at_least
        How sure a place had to be for its rows to be placed there, from 0 to 1; None where nobody said.
    rows, rejected
        Incidents kept, and rows of the file that were refused.
    reader, source_file, notes
        What read the file, its name, and what was recognised or assumed.
    repeated
        Was it in the store before, so that `Store.add` had nothing to add?
    """

    dataset: str
    version: str
    imported_at: datetime
    rows: int
    rejected: int
    reader: str
    source_file: str
    licence: str
    citation: str
    notes: tuple[str, ...]
    score_at_least: float | None = None
    repeated: bool = False


def version_of(row: Row, *, repeated: bool = False) -> Version:
    """Turn a line of the index into a version."""
    return Version(
        dataset=row.dataset,
        version=str(row.number),
        imported_at=datetime.fromisoformat(row.imported_at),
        rows=row.rows,
        rejected=row.rejected,
        reader=row.reader,
        source_file=row.source_file,
        licence=row.licence,
        citation=row.citation,
        notes=tuple(row.notes),
        score_at_least=row.score_at_least,
        repeated=repeated,
    )


def clean_name(name: str) -> str:
    """Return a name in its one form; it is never a path, for files are named by their content.

    Raises
    ------
    InvalidValue
        It is empty, too long or holds control characters.

    Examples
    --------
    >>> clean_name(" ../../my incidents ")
    '../../my incidents'
    """
    cleaned = unicodedata.normalize("NFC", name).strip()
    if not cleaned:
        raise InvalidValue("A name is needed: write one.")
    if len(cleaned) > _LONGEST_NAME or any(unicodedata.category(sign) in ("Cc", "Cs") for sign in cleaned):
        raise InvalidValue(
            f"{name[:60]!a} is no name: it needs 1 to {_LONGEST_NAME} characters, none of them a control character."
        )
    return cleaned


def live(name: str | None = None) -> Select[Any]:
    """Return the query of the versions that were not removed: of one dataset, or of all."""
    living = select(VERSIONS).where(VERSIONS.c.removed_at.is_(None))
    return living if name is None else living.where(VERSIONS.c.dataset == clean_name(name))


def enter_version(connection: Connection, name: str, content: Mapping[str, Any], facts: Mapping[str, Any]) -> Version:
    """Enter a version as the next of a dataset, within a transaction that alone may write.

    When the newest has the same content, that one is returned, marked `repeated`, and nothing is entered.

    Parameters
    ----------
    content, facts
        Columns of `mapping.store.index.VERSIONS`: what makes a version, and what is told of it.
    """
    newest = connection.execute(live(name).order_by(VERSIONS.c.number.desc())).first()
    if newest is not None and all(newest._mapping[key] == value for key, value in content.items()):
        return version_of(newest, repeated=True)
    last = connection.scalar(select(func.max(VERSIONS.c.number)).where(VERSIONS.c.dataset == name))
    line = {"dataset": name, "number": (last or 0) + 1, "imported_at": now(), **content, **facts}
    return version_of(connection.execute(insert(VERSIONS).values(line).returning(VERSIONS)).one())
