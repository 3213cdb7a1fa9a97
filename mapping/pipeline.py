"""The only file that knows the order: read, validate, geocode, join; keep; filter; write.

The pages, the command line and Python call the same functions here.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Protocol

import polars as pl

from mapping import exports, readers
from mapping.admin import join_boundaries, lies_swapped
from mapping.datasets import shipped, source, sources
from mapping.errors import InvalidValue, UnwritableFile
from mapping.files import written_whole
from mapping.formulas import guard_formulas
from mapping.geocoder import candidates, geocode
from mapping.query import Filter
from mapping.readers.base import Reading
from mapping.schema import conform
from mapping.validate import as_problems, country_codes, finding, rejects_frame, validate

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas

    from mapping.geocoder import Candidate
    from mapping.store import Store, Version

__all__ = [
    "EXPORT_ENDINGS", "STARTER", "Processed", "Progress", "atlas", "check", "check_ending", "check_targets", "export", "export_bytes",
    "gather", "geoframe", "keep", "listing", "locate_table", "locate_text", "process", "raw_row",
    "read_incidents", "shipped_incidents", "write_rejects", "write_table",
]  # fmt: skip

STARTER = "Starter incidents"
"""Name of the dataset that ships with the project."""

STARTER_FILE = "incidents/incidents.csv"

EXPORT_ENDINGS = (*exports.FORMATS, "html")
"""What the name of an export may end in."""

LOCATED = (
    "latitude", "longitude", "geo_precision", "radius_km", "matched_name", "place_id", "geo_method", "adm1_code",
    "geo_reason",
)  # fmt: skip
"""Columns that `locate_table` adds."""


class Progress(Protocol):
    """What is told how far the work is: a step's name, and the share done from 0 to 1."""

    def __call__(self, step: str, done: float, /) -> None: ...


def _silent(step: str, done: float, /) -> None:
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
    """

    incidents: pl.DataFrame
    problems: pl.DataFrame
    rejects: pl.DataFrame
    reading: Reading


def check(path: Path, *, columns: Any = None, date_order: str | None = None, progress: Progress = _silent) -> Processed:
    """Read and validate a file; place nothing.

    Raises
    ------
    UnreadableFile, UnknownFormat
        The file as a whole cannot be taken.
    """
    progress("Reading", 0.0)
    reading = readers.read(path, columns=columns, date_order=date_order)
    progress("Checking every row", 0.3)
    validated = validate(
        reading.incidents,
        file=path.name,
        date_order=reading.date_order,
        headings=reading.headings,
        published=reading.published,
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
    progress: Progress = _silent,
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
    progress
        Told of each step.

    Raises
    ------
    UnreadableFile, UnknownFormat
        The file as a whole cannot be taken.
    """
    checked = check(path, columns=columns, date_order=date_order, progress=progress)
    progress("Placing", 0.5)
    placed = geocode(checked.incidents)
    progress("Joining to provinces", 0.9)
    joined = join_boundaries(placed)
    reading = checked.reading
    problems = pl.concat([checked.problems, _swapped(joined, checked.reading)]).sort("row", maintain_order=True)
    named = joined.with_columns(
        _or_else(joined, "dataset", dataset or path.stem),
        _or_else(joined, "licence", reading.licence or licence),
        _or_else(joined, "citation", reading.citation or None),
    )
    progress("Done", 1.0)
    return Processed(conform(named), problems, checked.rejects, reading)


def _swapped(joined: pl.DataFrame, reading: Reading) -> pl.DataFrame:
    """Remark on points that lie outside the country stated, and in it with latitude and longitude exchanged."""
    rows = joined.filter(lies_swapped(joined)).select("source_row", pl.col("latitude").cast(pl.String))
    message = pl.lit(
        "The point lies outside the country stated, but in it with latitude and longitude exchanged. Check them."
    )
    found = finding(rows, pl.lit(True), "latitude", message, rejected=False)
    return as_problems([found], file=reading.path.name, headings=reading.headings)


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
    >>> incidents = read_incidents(shipped("incidents/incidents.csv"))
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


@lru_cache(maxsize=1)
def shipped_incidents() -> pl.DataFrame:
    """Return the incidents that ship with the project, placed and joined; never mutate it.

    Examples
    --------
    >>> shipped_incidents().height
    250
    """
    entry = source(STARTER_FILE)
    placed = process(shipped(STARTER_FILE), dataset=STARTER, licence=entry.licence).incidents
    return placed.with_columns(
        pl.coalesce("citation", pl.lit(entry.citation)).alias("citation"),
        pl.coalesce("dataset_version", pl.lit(entry.version)).alias("dataset_version"),
    )


def atlas(store: Store) -> pl.DataFrame:
    """Return the shipped incidents and the newest version of every dataset in the store."""
    return pl.concat([shipped_incidents(), store.read()])


def raw_row(store: Store, dataset: str, version: str, source_row: int) -> dict[str, Any]:
    """Return an incident's row as it stood in its file: its own columns, every value as text.

    Raises
    ------
    UnknownDataset
        There is no such dataset, version or row.

    Examples
    --------
    >>> from mapping.store import Store
    >>> from tempfile import TemporaryDirectory
    >>> version = shipped_incidents()["dataset_version"][0]
    >>> with TemporaryDirectory() as folder, Store(Path(folder)) as store:
    ...     raw_row(store, STARTER, version, 2)["place"]
    'Samarra'
    """
    if dataset != STARTER:
        return store.raw_row(dataset, version, source_row)
    return _starter_rows().row(by_predicate=pl.col("source_row") == source_row, named=True)


@lru_cache(maxsize=1)
def _starter_rows() -> pl.DataFrame:
    return readers.read(shipped(STARTER_FILE)).raw


def keep(processed: Processed, store: Store, *, name: str, licence: str, citation: str = "") -> Version:
    """Keep a processed file in the store as a new version of the dataset `name`.

    Raises
    ------
    StoreError
        The store cannot be written; nothing of this version is left behind.
    """
    reading = processed.reading
    return store.add(
        name,
        processed.incidents,
        raw=reading.raw,
        rejects=processed.rejects,
        licence=reading.licence or licence,
        citation=reading.citation or citation,
        reader=reading.reader,
        source_file=reading.path.name,
        notes=reading.notes,
    )


def export(incidents: pl.DataFrame, path: Path, *, filter: Filter | None = None, rejected: int = 0) -> None:
    """Write incidents to `path` in the format of its ending: geojson, csv, xlsx, gpkg, parquet or html.

    Parameters
    ----------
    incidents
        What to write; already filtered.
    filter
        What it was filtered by; named in the file.
    rejected
        Rows of the source file that are not here, for they were refused.

    Raises
    ------
    InvalidValue
        The ending is none of those.
    UnwritableFile
        The file cannot be written; an earlier one of its name is left as it was.
    """
    metadata = _metadata(filter, rejected)
    if path.suffix.lower() != ".html":
        exports.write(incidents, path, metadata=metadata)
        return
    from mapping.layers.page import render_page  # folium takes a second to load, and only this needs it

    page = render_page(conform(incidents), metadata=metadata.describe(conform(incidents)))
    try:
        with written_whole(path) as temporary:
            temporary.write_text(page, encoding="utf-8")
    except OSError as error:
        raise UnwritableFile(f"{path} cannot be written: {error.strerror}.") from error


def export_bytes(incidents: pl.DataFrame, kind: str, *, filter: Filter | None = None) -> bytes:
    """Return what `export` writes to a file of the ending `kind`."""
    with TemporaryDirectory(prefix="incident-atlas-") as folder:
        path = Path(folder, f"incidents.{kind}")
        export(incidents, path, filter=filter)
        return path.read_bytes()


def _metadata(filter: Filter | None, rejected: int) -> exports.Metadata:
    boundaries = source("admin/admin1.parquet")
    return exports.Metadata(
        title="Incident Atlas export",
        filter=filter.to_params() if filter else {},
        rejected=rejected,
        boundary_source=f"{boundaries.title}. {boundaries.attribution}",
        boundary_version=boundaries.version,
    )


def locate_table(
    path: Path,
    *,
    place: str,
    district: str | None = None,
    province: str | None = None,
    country: str | None = None,
    progress: Progress = _silent,
) -> pl.DataFrame:
    """Locate the places of a table: its own columns in order, and what was found beside them.

    Parameters
    ----------
    path
        A table.
    place, district, province, country
        Its columns that hold them.

    Returns
    -------
    polars.DataFrame
        One row out for each row in, with latitude, longitude, geo_precision, radius_km,
        matched_name, place_id, geo_method, adm1_code and geo_reason added; empty where it abstains.
        A column of the table that has one of these names comes out as ``input_`` and its name.

    Raises
    ------
    InvalidValue
        The table has no column of that name.
    """
    progress("Reading", 0.0)
    table = readers.read_table(path)
    named = {"place": place, "adm2_claimed": district, "adm1_claimed": province, "country_iso2": country}
    for column in filter(None, named.values()):
        if column not in table.columns:
            raise InvalidValue(f'{path.name} has no column "{column}". Its columns: {", ".join(table.columns)}.')
    texts = [(pl.col(column) if column else pl.lit(None, pl.String)).alias(name) for name, column in named.items()]
    progress("Placing", 0.2)
    frame = conform(table.select(texts)).with_columns(country_codes(pl.col("country_iso2")))
    found = join_boundaries(geocode(frame)).select(LOCATED)
    progress("Done", 1.0)
    own = {column: f"input_{column}" for column in table.columns if column in LOCATED}
    return table.rename(own).hstack(found)


def locate_text(
    text: str, *, country: str | None = None, province: str | None = None, limit: int = 5
) -> list[Candidate]:
    """Return candidates for one place, best first; `country` and `province` as a filter takes them.

    Raises
    ------
    InvalidValue
        The country or the province is not known.
    """
    params = {"country": country, "province": province}
    chosen, complaints = Filter.from_params({name: value for name, value in params.items() if value})
    if complaints:
        raise InvalidValue(" ".join(complaints))
    return candidates(
        text,
        country_iso2=next(iter(chosen.countries), None),
        adm1_code=next(iter(chosen.provinces), None),
        limit=limit,
    )


def gather(processed: list[Processed]) -> pl.DataFrame:
    """Return the incidents of several files as one frame."""
    return pl.concat([one.incidents for one in processed])


def write_rejects(processed: list[Processed], path: Path) -> None:
    """Write the rows that did not go on, each with the reason, to a CSV that can be mended and read in again."""
    write_table(pl.concat([one.rejects for one in processed], how="diagonal"), path)


def write_table(table: pl.DataFrame, path: Path) -> None:
    """Write any table as CSV, whole or not at all, harmless to a spreadsheet.

    Raises
    ------
    UnwritableFile
        The file cannot be written; an earlier one of its name is left as it was.
    """
    try:
        with written_whole(path) as temporary:
            table.with_columns(guard_formulas(pl.col(pl.String))).write_csv(temporary, include_bom=True)
    except OSError as error:
        raise UnwritableFile(f"{path} cannot be written: {error.strerror}.") from error


def check_targets(*targets: Path | None, sources: Sequence[Path] = ()) -> None:
    """Refuse to write two files in one place, or over a file that is read.

    Raises
    ------
    InvalidValue
        A target is a source, or another target.
    """
    taken = {path.resolve() for path in sources}
    for path in filter(None, targets):
        if path.resolve() in taken:
            raise InvalidValue(f"{path} is read or written in the same run. Give the output another name.")
        taken.add(path.resolve())


def check_ending(path: Path) -> None:
    """Refuse the name of an export before any work is done.

    Raises
    ------
    InvalidValue
        Its ending is none of `EXPORT_ENDINGS`.
    """
    if path.suffix.lower().removeprefix(".") not in EXPORT_ENDINGS:
        allowed = ", ".join(f".{ending}" for ending in EXPORT_ENDINGS)
        raise InvalidValue(f'{path}: no export ends in "{path.suffix}". Allowed: {allowed}.')


def listing(store: Store) -> list[dict[str, Any]]:
    """Return every shipped file and every dataset of the user's, with licence and citation."""
    return [asdict(entry) for entry in sources()] + store.listing()
