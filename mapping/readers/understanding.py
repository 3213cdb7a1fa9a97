"""What a file is taken for, as a whole; by it the rows of the whole or of a part are put under incident names."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import TYPE_CHECKING

import polars as pl

from mapping.errors import UnknownFormat
from mapping.licences import NO_REDISTRIBUTION
from mapping.readers import acled, gtd, ucdp
from mapping.readers.base import SOURCE_ROW, Reading
from mapping.readers.codebook import count_rows, in_sentences, own_headings
from mapping.readers.tabular.names import name_columns
from mapping.readers.tabular.points import Utm, utm_columns
from mapping.validate import as_problems, finding
from mapping.values import COORDINATES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from mapping.readers.base import Loaded
    from mapping.readers.tabular.names import Names

__all__ = [
    "Understanding",
    "format_of",
    "hangs_together",
    "reading_of",
    "remark_counts",
    "superseded_rows",
    "telling_columns",
    "understand_format",
    "understand_table",
    "version_keys",
    "with_remarks",
]  # fmt: skip

_FORMATS: dict[str, ModuleType] = {"UCDP GED": ucdp, "ACLED": acled, "GTD": gtd}
_ENOUGH = {"date_start", "country_iso2", "adm1_claimed", "adm2_claimed", "place", "latitude", "longitude", COORDINATES}
"""One of these must be known of a table: an incident has a time or a place."""

_TELLING = ("incident_id", "date_start", "date_end", "source_date")
_UPLOADED = "timestamp"
"""Of ACLED: tells which of several rows of one event is the newest."""
_NONE_SUPERSEDED = pl.DataFrame(schema={SOURCE_ROW: pl.Int64, "newer_row": pl.Int64})


@dataclass(frozen=True)
class Understanding:
    """What a file is taken for.

    Attributes
    ----------
    reader
        As `mapping.readers.base.Reading.reader`.
    headings
        The file's own heading of each incident column, where one column gives it.
    known
        Title of the format, where its columns are those of one.
    grid
        The columns that together are the point, in a table.
    totals
        Row of a table that only sums up.
    superseded
        ``source_row``, and ``newer_row`` that takes its place.
    notes
        For people.
    date_order
        As `Reading.date_order`.
    """

    reader: str
    headings: Mapping[str, str]
    known: str | None = None
    grid: Utm | None = None
    totals: int | None = None
    superseded: pl.DataFrame = field(default_factory=_NONE_SUPERSEDED.clone)
    notes: tuple[str, ...] = ()
    date_order: str | None = None

    @property
    def format(self) -> ModuleType | None:
        """The module that knows the format."""
        return _FORMATS[self.known] if self.known else None


def format_of(headings: Sequence[str]) -> str | None:
    """Return the title of the format that has these headings.

    Examples
    --------
    >>> format_of(["event_id_cnty", "event_date"]), format_of(["date"])
    ('ACLED', None)
    """
    return next((title for title, known in _FORMATS.items() if known.recognises(headings)), None)


def telling_columns(known: str, headings: Sequence[str]) -> list[str]:
    """Return the columns of a format of which only all rows together tell something: identifiers, dates, remarks.

    Examples
    --------
    >>> telling_columns("UCDP GED", ["id", "date_start", "best"])
    ['id', 'date_start']
    """
    module = _FORMATS[known]
    expressions = [*(module.INCIDENTS[name] for name in _TELLING if name in module.INCIDENTS)]
    expressions += getattr(module, "REMARKS", {}).values()
    names = {name for expression in expressions for name in expression.meta.root_names()} | {_UPLOADED}
    return [heading for name, heading in own_headings(headings).items() if name in names]


def version_keys(known: str, raw: pl.DataFrame) -> pl.DataFrame:
    """Return by what a format tells which of several rows is the newest; see `mapping.readers.acled.version_keys`.

    Examples
    --------
    >>> version_keys("GTD", pl.DataFrame({"source_row": [2]})).height
    0
    """
    module = _FORMATS[known]
    return module.version_keys(raw) if hasattr(module, "version_keys") else raw.select(SOURCE_ROW).clear()


def superseded_rows(known: str, keys: pl.DataFrame) -> pl.DataFrame:
    """Return the rows that a newer row replaces, where the format tells; see `mapping.readers.acled.superseded`.

    Examples
    --------
    >>> superseded_rows("GTD", pl.DataFrame({"source_row": [2]})).height
    0
    """
    module = _FORMATS[known]
    return module.superseded(keys) if hasattr(module, "superseded") else _NONE_SUPERSEDED


def hangs_together(known: str, raw: pl.DataFrame) -> bool:
    """Tell whether a row of a format cannot be read without the others; see `mapping.readers.acled.hangs_together`.

    Examples
    --------
    >>> hangs_together("GTD", pl.DataFrame({"source_row": [2]}))
    False
    """
    module = _FORMATS[known]
    return hasattr(module, "hangs_together") and module.hangs_together(raw)


def understand_format(
    known: str,
    headings: Sequence[str],
    *,
    superseded: pl.DataFrame,
    notes: tuple[str, ...] = (),
    date_order: str | None = None,
) -> Understanding:
    """Return what is known of a file of a format.

    Examples
    --------
    >>> understand_format("GTD", ["NKILL"], superseded=pl.DataFrame()).headings["fatalities_best"]
    'NKILL'
    """
    module = _FORMATS[known]
    return Understanding(
        reader=module.__name__.rpartition(".")[2],
        headings=module.headings(headings),
        known=known,
        superseded=superseded,
        notes=(f"The columns are those of {known}.", *notes),
        date_order=date_order,
    )


def understand_table(
    headings: Sequence[str],
    *,
    file: str,
    names: Names,
    point_shares: Mapping[str, float],
    reader: str = "table",
    tags: tuple[str, ...] = (),
    totals: int | None = None,
    notes: tuple[str, ...] = (),
    date_order: str | None = None,
) -> Understanding:
    """Choose the columns of a plain table.

    Parameters
    ----------
    headings, tags
        Of its columns.
    file
        Name for the error.
    names
        The user's own table of columns.
    point_shares
        As `mapping.readers.tabular.points.point_shares`.
    reader, totals, notes, date_order
        As `Understanding`.

    Raises
    ------
    UnknownFormat
        None of its columns says when or where.

    Examples
    --------
    >>> from mapping.readers.tabular.names import Names
    >>> understand_table(["Datum", "Ort"], file="a.csv", names=Names({"Ort": "place"}), point_shares={}).headings
    {'date_start': 'Datum', 'place': 'Ort'}
    """
    if totals:
        notes += (f"Row {totals} is a line of totals, and was passed over.",)
    shares, grid = dict(point_shares), utm_columns(headings)
    if grid:
        shares[grid.easting] = 1.0
    columns, told = name_columns(
        headings, tags, names, file=file, point_shares=shares, spoken_for=grid[1:] if grid else ()
    )
    if not _ENOUGH & set(columns):
        raise UnknownFormat(
            f"{file}: no column says when or where something happened. Its columns: {', '.join(headings)[:500]}. "
            'Name them in a table of columns: {"columns": {"their name": "date_start"}}.'
        )
    grid = grid if grid and columns.get(COORDINATES) == grid.easting else None
    return Understanding(reader, columns, grid=grid, totals=totals, notes=notes + told, date_order=date_order)


def reading_of(path: Path, loaded: Loaded, understood: Understanding) -> Reading:
    """Put the rows of a file, or of a part of it, under incident names.

    Examples
    --------
    >>> from pathlib import Path
    >>> from mapping.readers.base import Loaded
    >>> from mapping.validate import PROBLEMS
    >>> loaded = Loaded(pl.DataFrame({"Ort": ["Hit"], "source_row": [2]}), pl.DataFrame(schema=PROBLEMS))
    >>> reading_of(Path("a.csv"), loaded, Understanding("table", {"place": "Ort"})).incidents.rows()
    [(2, 'Hit')]
    """
    malformed = pl.concat([loaded.malformed, _superseded(path, loaded.raw, understood.superseded)])
    good = _without(loaded.raw, malformed, understood.totals)
    reading = Reading(
        path=path,
        reader=understood.reader,
        raw=loaded.raw,
        incidents=_under_names(good, understood),
        malformed=malformed,
        notes=understood.notes,
        date_order=understood.date_order,
        headings=understood.headings,
    )
    known = understood.format
    if known is None:
        return reading
    return replace(
        reading,
        licence=known.LICENCE,
        citation=known.CITATION,
        redistributable=NO_REDISTRIBUTION not in known.LICENCE,
        published=True,
        codes=known.CODES,
    )


def _under_names(good: pl.DataFrame, understood: Understanding) -> pl.DataFrame:
    if understood.format is not None:
        return understood.format.incidents(good)
    grid = understood.grid
    return good.select(
        SOURCE_ROW,
        *(
            (grid.text() if grid and ours == COORDINATES else pl.col(theirs)).alias(ours)
            for ours, theirs in understood.headings.items()
        ),
    )


def _superseded(path: Path, raw: pl.DataFrame, superseded: pl.DataFrame) -> pl.DataFrame:
    """Return the problems of rows that a newer row of the file replaces."""
    rows = superseded.filter(pl.col(SOURCE_ROW).is_in(raw[SOURCE_ROW].implode())).with_columns(
        pl.lit(None, pl.String).alias("row")
    )
    message = pl.format("Row {} is a newer version of this incident, and was taken. Take this row out.", "newer_row")
    return as_problems([finding(rows, pl.lit(True), "row", message)], file=path.name, headings={})


def _without(raw: pl.DataFrame, malformed: pl.DataFrame, totals: int | None) -> pl.DataFrame:
    bad = malformed.filter("rejected")["row"]
    if totals is not None:
        bad = bad.append(pl.Series([totals], dtype=pl.Int64))
    return raw.filter(~pl.col(SOURCE_ROW).is_in(bad.implode())) if bad.len() else raw


def remark_counts(reading: Reading, understood: Understanding) -> dict[str, int]:
    """Return of how many of the rows that go on each remark of the format is true.

    Examples
    --------
    >>> from mapping.datasets import shipped
    >>> from mapping.readers import read
    >>> remark_counts(read(shipped("incidents/incidents.csv")), Understanding("table", {}))
    {}
    """
    remarks = getattr(understood.format, "REMARKS", {})
    return count_rows(_without(reading.raw, reading.malformed, None), remarks) if remarks else {}


def with_remarks(understood: Understanding, counts: Mapping[str, int]) -> Understanding:
    """Add to the notes what is assumed of so many rows.

    Examples
    --------
    >>> with_remarks(Understanding("gtd", {}), {"a fraction.": 2}).notes
    ('2 rows: a fraction.',)
    """
    return replace(understood, notes=understood.notes + in_sentences(counts))
