"""Reports that incidents were coded from: each text once, and which letters of it say what of which incident."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
from sqlalchemy import JSON, Column, Integer, String, Table, insert, select, update
from sqlalchemy.dialects import sqlite

from mapping.errors import UnknownDataset
from mapping.schema import conform, empty_frame
from mapping.store.index import TABLES, VERSIONS, now, writing
from mapping.store.pieces import open_pieces
from mapping.store.rows import keep_rows
from mapping.store.trouble import plainly
from mapping.store.version import Version, clean_name, enter_version, live

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection, Engine, Row

__all__ = ["Evidence", "KeptReport", "Reports", "Spans", "text_key"]

Spans = dict[str, tuple[tuple[int, int], ...]]
"""Start and end, as offsets into the text, by column of the incident."""

_REPORTS = Table(
    "reports",
    TABLES,
    Column("sha256", String, primary_key=True),
    Column("text", String),  # null once somebody has taken it away
    *(Column(name, String, nullable=False) for name in ("title", "source_name", "source_url")),
    Column("written", String),
    Column("added_at", String, nullable=False),
)
"""One line a text. Only the text itself may go: it is often somebody else's."""

_EVIDENCE = Table(
    "evidence",
    TABLES,
    Column("id", Integer, primary_key=True),
    *(Column(name, String, nullable=False) for name in ("sha256", "dataset", "incident_id", "added_at")),
    Column("spans", JSON, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)
"""One line an incident that was accepted, never changed."""

_LONGEST_SLUG = 40


@dataclass(frozen=True)
class KeptReport:
    """A report.

    Attributes
    ----------
    text
        As it was handed in; None once it has been taken away.
    title, source_name, source_url
        As the reader gave them, or empty.
    written
        Day of the report.
    """

    text: str | None
    title: str = ""
    source_name: str = ""
    source_url: str = ""
    written: date | None = None


@dataclass(frozen=True)
class Evidence:
    """Which letters of a report say what of one incident.

    Attributes
    ----------
    sha256
        Of the report's text.
    spans
        By column.
    sentence
        What tells the incident.
    """

    sha256: str
    dataset: str
    incident_id: str
    spans: Spans
    sentence: tuple[int, int]


def text_key(text: str) -> str:
    """Return what a text goes by: its sha256.

    Examples
    --------
    >>> text_key("Hit")[:8]
    '8a043f55'
    """
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


class Reports:
    """The reports in a store; threads and processes may share it.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from mapping.store import Store
    >>> row = pl.DataFrame({"date_start": [date(2024, 7, 16)], "place": ["Hit"], "licence": ["CC0"]})
    >>> with TemporaryDirectory() as folder, Store(Path(folder)) as store:
    ...     _, one = store.reports.keep(KeptReport("Near Hit."), row, dataset="Mine", spans={"place": ((5, 8),)}, sentence=(0, 9))
    ...     _, two = store.reports.keep(KeptReport("Near Hit."), row, dataset="Mine", spans={}, sentence=(0, 9))
    ...     one, two, store.reports.evidence("Mine", one).spans, store.read("Mine").height
    ('2024-07-16-hit-1', '2024-07-16-hit-2', {'place': ((5, 8),)}, 2)
    """

    def __init__(self, index: Engine, files: Path) -> None:
        self._index, self._files = index, files
        self._home = Path(index.url.database or "").parent

    def keep(
        self,
        report: KeptReport,
        incident: pl.DataFrame,
        *,
        dataset: str,
        spans: Mapping[str, Sequence[tuple[int, int]]],
        sentence: tuple[int, int],
    ) -> tuple[Version, str]:
        """Keep an incident, the text that tells it and the letters that say so: all of it or nothing.

        The incident becomes one more row in a new version of the dataset, whoever else adds to it meanwhile.

        Parameters
        ----------
        incident
            One row; its identifier is made from date and place, and counted on where that is taken.
        dataset
            Its name; made when there is none.

        Returns
        -------
        version, incident_id

        Raises
        ------
        InvalidValue
            The name is no name.
        StoreError
            The store cannot be written.
        """
        name, text = clean_name(dataset), report.text or ""
        with plainly(self._home), writing(self._index) as connection:
            _enter_report(connection, report)
            version, incident_id = self._append(connection, name, conform(incident), _quotes(text, spans))
            line = {
                "sha256": text_key(text), "dataset": name, "incident_id": incident_id, "added_at": now(),
                "spans": {column: [list(span) for span in of_it] for column, of_it in spans.items()},
                "start": sentence[0], "end": sentence[1],
            }  # fmt: skip
            connection.execute(insert(_EVIDENCE).values(line))
        return version, incident_id

    def _append(
        self, connection: Connection, name: str, incident: pl.DataFrame, raw: dict[str, str]
    ) -> tuple[Version, str]:
        """Enter a version that holds the rows of the newest and one more."""
        newest = connection.execute(live(name).order_by(VERSIONS.c.number.desc())).first()
        rows = conform(open_pieces(self._files, newest.incidents)) if newest else empty_frame()
        as_written = open_pieces(self._files, newest.raw) if newest else pl.DataFrame()
        number = max(rows["source_row"].max() or 1, 1) + 1  # type: ignore[operator]
        incident_id = _free_id(incident.row(0, named=True), set(rows["incident_id"]))
        row = incident.with_columns(incident_id=pl.lit(incident_id), source_row=pl.lit(number, pl.Int64))
        whole = pl.concat([rows, row])
        licences = "; ".join(whole["licence"].drop_nulls().unique().sort())
        content = {
            "incidents": keep_rows(self._files, whole.drop("dataset", "dataset_version")),
            "raw": keep_rows(
                self._files, pl.concat([as_written, pl.DataFrame([raw | {"source_row": number}])], how="diagonal")
            ),
            "rejects": newest.rejects if newest else None,
            "licence": licences,
            "citation": newest.citation if newest else "",
            "score_at_least": newest.score_at_least if newest else None,
        }
        facts = {
            "reader": newest.reader if newest else "report",
            "source_file": newest.source_file if newest else "",
            "notes": newest.notes
            if newest
            else ["Coded from reports on this machine, each incident accepted by a person."],
            "rows": whole.height,
            "rejected": newest.rejected if newest else 0,
        }
        return enter_version(connection, name, content, facts), incident_id

    def read(self, sha256: str) -> KeptReport:
        """Return a report.

        Raises
        ------
        UnknownDataset
            There is none.
        """
        with plainly(self._home), self._index.connect() as connection:
            line = connection.execute(select(_REPORTS).where(_REPORTS.c.sha256 == sha256)).first()
        if line is None:
            raise UnknownDataset("The store has no such report. Open it from the card of its incident in Explore.")
        written = date.fromisoformat(line.written) if line.written else None
        return KeptReport(line.text, line.title, line.source_name, line.source_url, written)

    def evidence(self, dataset: str, incident_id: str) -> Evidence | None:
        """Return what an incident rests on; None when it was not coded from a report."""
        wanted = (_EVIDENCE.c.dataset == dataset) & (_EVIDENCE.c.incident_id == incident_id)
        found = self._evidence(wanted)
        return found[-1] if found else None

    def told_by(self, sha256: str) -> list[Evidence]:
        """Return every incident that was accepted from a report, the first first."""
        return self._evidence(_EVIDENCE.c.sha256 == sha256)

    def _evidence(self, wanted: Any) -> list[Evidence]:
        with plainly(self._home), self._index.connect() as connection:
            lines = connection.execute(select(_EVIDENCE).where(wanted).order_by(_EVIDENCE.c.id))
            return [_evidence(line) for line in lines]

    def take_text_away(self, sha256: str) -> None:
        """Delete the text of a report; its incidents stay, with the words that each field rests on."""
        with plainly(self._home), writing(self._index) as connection:
            connection.execute(update(_REPORTS).where(_REPORTS.c.sha256 == sha256).values(text=None))


def _enter_report(connection: Connection, report: KeptReport) -> None:
    line = {
        "sha256": text_key(report.text or ""), "text": report.text, "title": report.title, "source_name": report.source_name,
        "source_url": report.source_url, "written": report.written and report.written.isoformat(), "added_at": now(),
    }  # fmt: skip
    # A text that was taken away is back when somebody hands it in again.
    again = sqlite.insert(_REPORTS).values(line).on_conflict_do_update(["sha256"], set_={"text": report.text})
    connection.execute(again)


def _quotes(text: str, spans: Mapping[str, Sequence[tuple[int, int]]]) -> dict[str, str]:
    """Return the raw row: the words that each column rests on, which stay whatever becomes of the text."""
    return {column: " … ".join(text[start:end] for start, end in of_it) for column, of_it in spans.items() if of_it}


def _free_id(incident: Mapping[str, Any], taken: set[str]) -> str:
    """Name an incident by its day and place, and by the first number that is free."""
    day = incident["date_start"] or incident["date_end"] or "undated"
    place = next(filter(None, map(incident.get, ("place", "adm1_claimed", "country_iso2"))), "unplaced")
    slug = re.sub(r"[\W_]+", "-", place).strip("-").lower()[:_LONGEST_SLUG]
    return next(name for number in count(1) if (name := f"{day}-{slug}-{number}") not in taken)


def _evidence(line: Row) -> Evidence:
    spans = {column: tuple((start, end) for start, end in of_it) for column, of_it in line.spans.items()}
    return Evidence(line.sha256, line.dataset, line.incident_id, spans, (line.start, line.end))
