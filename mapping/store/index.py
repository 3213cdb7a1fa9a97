"""The store's index: a SQLite file that knows every version and which files hold it."""

from __future__ import annotations

import sqlite3
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    URL,
    Column,
    Connection,
    Engine,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    create_engine,
    event,
)  # fmt: skip

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["MAPPINGS", "TABLES", "VERSIONS", "now", "open_index", "writing"]

_SECONDS_TO_WAIT = 60

TABLES = MetaData()

VERSIONS = Table(
    "versions",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("dataset", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("imported_at", String, nullable=False),
    Column("removed_at", String),
    Column("reader", String, nullable=False),
    Column("source_file", String, nullable=False),
    Column("licence", String, nullable=False),
    Column("citation", String, nullable=False),
    Column("notes", JSON, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    # From 0 to 1: how sure a place had to be; null where nobody said.
    Column("score_at_least", Float),
    # Names of Parquet files: the sha256 of their bytes.
    Column("incidents", String, nullable=False),
    Column("raw", String, nullable=False),
    Column("rejects", String),
    UniqueConstraint("dataset", "number"),
)
"""One line a version. Lines are added and marked removed, never changed or deleted."""

MAPPINGS = Table(
    "mappings",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("saved_at", String, nullable=False),
    Column("columns", JSON, nullable=False),
)
"""One line each time a column mapping is saved; the last of a name counts."""


def open_index(path: Path) -> Engine:
    """Open the index at `path`, made if there is none: write-ahead log, synced at every commit.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     engine = open_index(Path(folder, "index.sqlite"))
    ...     with engine.connect() as connection:
    ...         connection.exec_driver_sql("PRAGMA journal_mode").scalar()
    ...     engine.dispose()
    'wal'
    """
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": _SECONDS_TO_WAIT})
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    with writing(engine) as connection:
        TABLES.create_all(connection)
        _catch_up(connection)
    return engine


def _catch_up(connection: Connection) -> None:
    """Give an index of before the column that it has not."""
    held = {line.name for line in connection.exec_driver_sql("PRAGMA table_info(versions)")}
    if "score_at_least" not in held:
        connection.exec_driver_sql("ALTER TABLE versions ADD COLUMN score_at_least FLOAT")


def writing(engine: Engine) -> Any:
    """Begin a transaction that holds the only right to write from its start to its end.

    Without it, two processes could both read the newest version and then both write the next.

    Examples
    --------
    >>> engine = create_engine("sqlite://")
    >>> with writing(engine) as connection:
    ...     connection.exec_driver_sql("SELECT 1").scalar()
    1
    """
    return engine.execution_options(atlas_begin="IMMEDIATE").begin()


def now() -> str:
    """Return the time as every line has it: ISO 8601 in UTC, to the second, so that its order is that of time.

    Examples
    --------
    >>> now()[-6:]
    '+00:00'
    """
    return datetime.now(UTC).isoformat(timespec="seconds")


def _set_up(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # sqlite3 must not begin transactions of its own; _begin does
    connection.execute("PRAGMA synchronous = FULL")
    _keep_write_ahead_log(connection, until=time.monotonic() + _SECONDS_TO_WAIT)


def _keep_write_ahead_log(connection: Any, *, until: float) -> None:
    # The one statement that SQLite does not wait for a lock with: it matters when several
    # processes open a new store at once.
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)


def _begin(connection: Connection) -> None:
    kind = connection.get_execution_options().get("atlas_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {kind}")
