"""Incidents to files and bytes, in every format there is."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from mapping import exports
from mapping.errors import UnwritableFile
from mapping.exports.tables import write_csv
from mapping.files import written_whole
from mapping.licences import forbids
from mapping.pipeline.boundaries import boundaries_named
from mapping.pipeline.names import names_used
from mapping.schema import SCHEMA
from mapping.store import Store, is_there

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    import polars as pl

    from mapping.layers.page import PageView
    from mapping.query import Filter

__all__ = ["FORMATS", "export", "export_bytes", "export_csv", "export_table", "snapshot"]

_TITLE = "Incident Atlas export"


def _write_page(rows: exports.Rows, path: Path, metadata: dict[str, Any], view: PageView | None = None) -> None:
    from mapping.layers.page import render_page  # folium takes a second to load, and only this needs it

    path.write_text(render_page(rows.whole(), metadata=metadata, view=view), encoding="utf-8")


_MOST_ON_A_PAGE = 200_000  # with more a browser has no room for it, or takes too long to open it
FORMATS = {**exports.FORMATS, "html": exports.Format("Web page", "text/html", _write_page, _MOST_ON_A_PAGE)}
"""Every format of an export, by the ending of its file."""


def export(
    incidents: pl.DataFrame | Iterable[pl.DataFrame],
    path: Path,
    *,
    filter: Filter | None = None,
    rejected: int | Callable[[], int] = 0,
    for_publication: bool = False,
) -> dict[str, Any]:
    """Write incidents to `path` in the format of its ending: geojson, csv, xlsx, gpkg, parquet or html.

    Parameters
    ----------
    incidents
        What to write; already filtered. Frames one after another may be more than memory holds.
    filter
        What it was filtered by; named in the file.
    rejected
        Rows of the source file that are not here, for they were refused; or what tells, when all frames have come.
    for_publication
        Leave out what may not be passed on, see `mapping.exports.publishable`; the file says how much and why.

    Returns
    -------
    dict
        What the file says of itself.

    Raises
    ------
    InvalidValue
        The ending is none of those.
    UnwritableFile
        The file cannot be written; an earlier one of its name is left as it was.
    """
    exports.check_ending(path, FORMATS)
    with exports.rows_of(incidents, beside=path) as held:
        rows, metadata = _described(
            held, filter, rejected=rejected() if callable(rejected) else rejected, for_publication=for_publication
        )
        about = exports.write(rows, path, metadata=metadata, formats=FORMATS)
    if path.suffix.lower() == ".csv":
        beside = path.with_name(_beside(path.name))
        try:
            with written_whole(beside) as temporary:
                temporary.write_text(_as_text(path.name, about), encoding="utf-8")
        except OSError as error:
            raise UnwritableFile(f"{beside} cannot be written: {error.strerror}.") from error
    return about


def export_bytes(
    incidents: pl.DataFrame, kind: str, *, filter: Filter | None = None, for_publication: bool = False
) -> bytes:
    """Return what `export` writes to a file of the ending `kind`; of a CSV without the metadata beside it."""
    with exports.rows_of(incidents) as held:
        rows, metadata = _described(held, filter, for_publication=for_publication)
        return exports.to_bytes(rows, kind, metadata=metadata, formats=FORMATS)[0]


def export_csv(incidents: pl.DataFrame, *, filter: Filter | None = None, for_publication: bool = False) -> bytes:
    """Return a zip of incidents.csv and of what a CSV cannot hold, as `export` writes both."""
    with exports.rows_of(incidents) as held:
        rows, metadata = _described(held, filter, for_publication=for_publication)
        return _zipped("incidents.csv", *exports.to_bytes(rows, "csv", metadata=metadata))


def export_table(
    table: pl.DataFrame, incidents: pl.DataFrame, *, name: str, title: str, filter: Filter | None = None
) -> bytes:
    """Return a zip of a table that was made of incidents, as CSV, and of what says which incidents and on which terms.

    Examples
    --------
    >>> import polars as pl
    >>> zipped = export_table(pl.DataFrame({"weapon": ["drone"]}), pl.DataFrame(), name="weapons", title="By weapon")
    >>> zipfile.ZipFile(io.BytesIO(zipped)).namelist()
    ['weapons.csv', 'weapons.csv-metadata.json']
    """
    written = io.BytesIO()
    write_csv(table, written)
    with exports.rows_of(incidents) as held:
        rows, metadata = _described(held, filter, title=title)
        about = metadata.describe_counts(rows.counts, exports.sha256(rows.frames()))
    if "notice" in about:
        about["notice"] = about["notice"].replace(exports.notice(rows.counts), exports.results_notice(rows.counts))
    return _zipped(f"{name}.csv", written.getvalue(), about, table.schema)


def _zipped(name: str, table: bytes, about: dict[str, Any], schema: Mapping[str, pl.DataType] = SCHEMA) -> bytes:
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, table)
        archive.writestr(_beside(name), _as_text(name, about, schema))
    return zipped.getvalue()


def snapshot(
    incidents: pl.DataFrame,
    *,
    view: PageView,
    filter: Filter | None = None,
    title: str = _TITLE,
    for_publication: bool = False,
) -> bytes:
    """Return the exported page opened at a view: the map's place and style, the chosen incident, the timeline's bins."""
    page = replace(FORMATS["html"], write=partial(_write_page, view=view))
    with exports.rows_of(incidents) as held:
        rows, metadata = _described(held, filter, title=title, for_publication=for_publication)
        return exports.to_bytes(rows, "html", metadata=metadata, formats={"html": page})[0]


def _beside(name: str) -> str:
    """Name the file beside a CSV, as CSV on the Web has it (W3C, Metadata Vocabulary)."""
    return f"{name}-metadata.json"


def _as_text(name: str, about: dict[str, Any], schema: Mapping[str, pl.DataType] = SCHEMA) -> str:
    return json.dumps(exports.beside_csv(name, about, schema), ensure_ascii=False, indent=2, default=str)


def _described(
    rows: exports.Rows,
    filter: Filter | None,
    *,
    title: str = _TITLE,
    rejected: int = 0,
    for_publication: bool = False,
) -> tuple[exports.Rows, exports.Metadata]:
    """Return the rows that go out, and what is known of them."""
    left_out = None
    if for_publication:
        kept_back = [each["name"] for each in _names_used(rows) if forbids(each["licence"])]
        rows, left_out = rows.publishable(lists=kept_back)
    boundary_source, boundary_version = boundaries_named()
    return rows, exports.Metadata(
        title=title,
        filter=filter.to_params() if filter else {},
        filter_in_words=[chip.label for chip in filter.describe()] if filter else [],
        rejected=rejected,
        left_out=left_out,
        boundary_source=boundary_source,
        boundary_version=boundary_version,
        place_names=_names_used(rows),
    )


def _names_used(rows: exports.Rows) -> list[dict[str, Any]]:
    if not is_there():
        return []
    with Store() as store:
        return names_used(rows.counts, store)
