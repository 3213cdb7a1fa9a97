"""A file, all the way: read, validate, geocode, join."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import polars as pl

from mapping import readers
from mapping.admin import join_boundaries, lies_abroad, lies_swapped, place_in_districts
from mapping.geocoder import geocode
from mapping.pipeline.pcodes import pcode_remarks
from mapping.readers.base import Reading
from mapping.schema import conform
from mapping.validate import as_problems, finding, rejects_frame, validate
from mapping.values import COORDINATES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    import geopandas

    from mapping.validate import Whole

__all__ = [
    "Processed", "Progress", "check", "check_reading", "geoframe", "place", "process", "put_together",
    "read_incidents", "silent",
]  # fmt: skip


class Progress(Protocol):
    """What is told how far the work is: a step's name, and the share done from 0 to 1."""

    def __call__(self, step: str, done: float, /) -> None: ...


def silent(step: str, done: float, /) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Processed:
    """A file, all the way through.

    Attributes
    ----------
    incidents
        The rows that went on: every incident column, in order.
    problems
        Every problem, columns as `mapping.validate.PROBLEMS`.
    rejects
        The rows that did not go on, as they stood in the file, with the reason: mend and read again.
    reading
        What was recognised, with the raw values.
    score_at_least
        As `process` was told; None for what the geocoder goes by of itself.
    """

    incidents: pl.DataFrame
    problems: pl.DataFrame
    rejects: pl.DataFrame
    reading: Reading
    score_at_least: float | None = None

    def without_raw(self) -> Processed:
        """Return it without what it was read from, which weighs more than the incidents."""
        read = self.reading
        return replace(self, reading=replace(read, raw=read.raw.clear(), incidents=read.incidents.clear()))

    def without_rows(self) -> Processed:
        """Return what is told of it: the problems, the rejects and the notes."""
        return replace(self.without_raw(), incidents=self.incidents.clear())


def check(path: Path, *, columns: Any = None, date_order: str | None = None, progress: Progress = silent) -> Processed:
    """Read and validate a file; place nothing.

    Raises
    ------
    UnreadableFile, UnknownFormat
        The file as a whole cannot be taken.
    """
    progress("Reading", 0.0)
    reading = readers.read(path, columns=columns, date_order=date_order)
    progress("Checking every row", 0.3)
    return check_reading(reading)


def check_reading(reading: Reading, *, whole: Whole | None = None, today: date | None = None) -> Processed:
    """Validate what was read; place nothing.

    Parameters
    ----------
    reading
        A file, or a part of one.
    whole
        What the file as a whole tells, where it is a part.
    today
        As for `mapping.validate.validate`.

    Examples
    --------
    >>> from mapping.datasets import shipped
    >>> check_reading(readers.read(shipped("incidents/incidents.csv"))).incidents.height
    250
    """
    validated = validate(
        reading.incidents,
        file=reading.path.name,
        date_order=reading.date_order,
        headings=reading.headings,
        codes=reading.codes,
        published=reading.published,
        today=today,
        whole=whole,
    )
    problems = pl.concat([reading.malformed, validated.problems]).sort("row", maintain_order=True)
    return Processed(validated.accepted, problems, rejects_frame(reading.raw, problems), reading)


def process(
    path: Path,
    *,
    columns: Any = None,
    date_order: str | None = None,
    dataset: str | None = None,
    licence: str | None = None,
    score_at_least: float | None = None,
    progress: Progress = silent,
) -> Processed:
    """Take a file the whole way: read, validate, geocode, join.

    Parameters
    ----------
    path
        A table, GeoJSON, GeoPackage, UCDP, ACLED or GTD file.
    columns
        The user's own column names and ours; see `mapping.readers.read`.
    date_order
        ``dmy``, ``mdy`` or ``ymd`` where every date could be read both ways.
    dataset
        Name of the dataset; the file's name without its ending when not given.
    licence
        Of the rows; what the format fixes (UCDP, ACLED, GTD) stands.
    score_at_least
        How often, from 0 to 1, a place found in one way must have been right for its rows to be placed there;
        `mapping.geocoder.THRESHOLD` when None.
    progress
        Told of each step.

    Raises
    ------
    UnreadableFile, UnknownFormat
        The file as a whole cannot be taken.
    """
    checked = check(path, columns=columns, date_order=date_order, progress=progress)
    progress("Placing", 0.5)
    placed = place(checked, dataset=dataset or path.stem, licence=licence, score_at_least=score_at_least)
    progress("Done", 1.0)
    return placed


def place(
    checked: Processed,
    *,
    dataset: str,
    licence: str | None = None,
    score_at_least: float | None = None,
    coded: pl.DataFrame | None = None,
) -> Processed:
    """Geocode what was checked, and join it to the boundaries.

    Parameters
    ----------
    checked
        As `check` and `check_reading` return it.
    dataset, licence, score_at_least
        As for `process`.
    coded
        As for `mapping.pipeline.pcodes.pcode_remarks`, where it is a part of a file.

    Examples
    --------
    >>> from mapping.datasets import shipped
    >>> checked = check(shipped("incidents/incidents.csv"))
    >>> place(checked, dataset="mine").incidents["adm1_code"].null_count()
    11
    """
    joined = join_boundaries(place_in_districts(geocode(checked.incidents, at_least=score_at_least)))
    reading = checked.reading
    remarks = [_outside(joined, reading), pcode_remarks(joined, reading, coded=coded)]
    problems = pl.concat([checked.problems, *remarks]).sort("row", maintain_order=True)
    named = joined.with_columns(
        _or_else(joined, "dataset", dataset),
        _or_else(joined, "licence", reading.licence or licence),
        _or_else(joined, "citation", reading.citation or None),
    )
    return Processed(conform(named), problems, checked.rejects, reading, score_at_least)


def _outside(joined: pl.DataFrame, reading: Reading) -> pl.DataFrame:
    """Remark on points of the source that lie outside the country stated, and on those that would lie in it exchanged.

    A point that stands for a district, a province or a country is the coder's, and may lie anywhere.
    """
    of_source = (joined["geo_method"] == "source").fill_null(False)
    exact = of_source & joined["geo_precision"].is_in(["site", "town", "near", "area"])
    swapped = lies_swapped(joined)
    # The heading of both where one column holds both.
    headings = {"latitude": reading.headings.get(COORDINATES, "latitude"), **reading.headings}
    remarks = {
        "The point lies outside the country stated, but in it with latitude and longitude exchanged. Check them.": swapped,
        "The point lies far outside the country stated. Check the coordinates and the country.": exact
        & lies_abroad(joined)
        & ~swapped,
    }
    told = [
        finding(
            joined.filter(where).select("source_row", pl.col("latitude").cast(pl.String)),
            pl.lit(True), "latitude", pl.lit(message), rejected=False,
        )
        for message, where in remarks.items()
    ]  # fmt: skip
    return as_problems(told, file=reading.path.name, headings=headings)


def _or_else(frame: pl.DataFrame, name: str, value: str | None) -> pl.Expr:
    """Return the column where it has a value, else `value`."""
    given = pl.col(name) if name in frame.columns else pl.lit(None, pl.String)
    return pl.coalesce(given, pl.lit(value, pl.String)).alias(name)


def read_incidents(path: str | Path, **options: Any) -> geopandas.GeoDataFrame:
    """Read a file into a validated, located, joined GeoDataFrame.

    Parameters
    ----------
    path
        As for `process`, which takes the same `options`.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns of `mapping.schema.COLUMNS`, geometry in EPSG:4326 (lon, lat), None where there is no point.

    Examples
    --------
    >>> incidents = read_incidents("data/incidents/incidents.csv")
    >>> len(incidents), incidents.crs.to_epsg()
    (250, 4326)
    """
    return geoframe(process(Path(path), **options).incidents)


def geoframe(incidents: pl.DataFrame) -> geopandas.GeoDataFrame:
    """Return the frame as a GeoDataFrame in EPSG:4326; geometry is None where there is no point.

    Examples
    --------
    >>> geoframe(pl.DataFrame({"longitude": [42.44], "latitude": [33.79]})).geometry[0].x
    42.44
    """
    import geopandas
    import numpy as np
    import shapely

    table = incidents.to_pandas()
    points = np.full(incidents.height, None, dtype=object)
    located = (incidents["longitude"].is_not_null() & incidents["latitude"].is_not_null()).to_numpy()
    points[located] = shapely.points(table["longitude"].to_numpy()[located], table["latitude"].to_numpy()[located])
    return geopandas.GeoDataFrame(table, geometry=points, crs="EPSG:4326")


def put_together(parts: Iterable[Processed]) -> Processed:
    """Return the parts of a file, in their order, as one.

    Examples
    --------
    >>> from mapping.datasets import shipped
    >>> whole = process(shipped("incidents/incidents.csv"))
    >>> put_together([whole, whole.without_rows()]).incidents.height
    250
    """
    all_parts = list(parts)
    tables = {
        name: pl.concat(getattr(part, name) for part in all_parts) for name in ("incidents", "problems", "rejects")
    }
    return replace(all_parts[0], **tables)
