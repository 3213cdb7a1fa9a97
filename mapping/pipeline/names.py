"""The user's own names of places: learned from placed incidents, added from gazetteers, and put to use."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from mapping import admin
from mapping.errors import InvalidValue
from mapping.gazetteer import Gazetteer, folded_names, learn, load
from mapping.gazetteer.places import shipped_tables
from mapping.pipeline.tables import table_file
from mapping.readers.gazetteer import read_gazetteer
from mapping.validate import as_problems, country_code, finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapping.admin.sets import Sets
    from mapping.pipeline.processing import Processed
    from mapping.readers.gazetteer import GazetteerFile
    from mapping.store import NameList, Store
    from mapping.store.names import NameLists

__all__ = ["add_gazetteer", "gazetteer", "layered", "learn_names", "names_file", "names_table", "names_used"]

_RADIUS_KM = {"town": 5.0, "airport": 4.0}
_OTHER_RADIUS_KM = 2.0

_TABLE: dict[str, pl.DataType] = {
    "list": pl.String(), "version": pl.String(), "origin": pl.String(), "name": pl.String(), "names": pl.String(),
    "kind": pl.String(), "country_iso2": pl.String(), "adm1_code": pl.String(), "district": pl.String(),
    "latitude": pl.Float64(), "longitude": pl.Float64(), "precision": pl.String(), "radius_km": pl.Float64(),
    "spread_km": pl.Float64(), "rows": pl.Int64(), "licence": pl.String(),
}  # fmt: skip


def learn_names(processed: Processed, store: Store, *, name: str, licence: str = "", citation: str = "") -> NameList:
    """Keep what the rows of a file teach of names and districts; from now on it is in use.

    Parameters
    ----------
    processed
        The file, all the way through; only rows whose source gives the coordinates teach, and none whose point lies far
        outside the country that it states.
    name
        Under which it can be listed, exported and forgotten; what was learned under it before is replaced.
    licence
        Of the rows; what the format fixes (UCDP, ACLED, GTD) stands.

    Raises
    ------
    InvalidValue
        No row teaches, or the name is no name.
    StoreError
        The store cannot be written.
    """
    incidents, reading = processed.incidents, processed.reading
    incidents = incidents.filter(~admin.lies_abroad(incidents))
    said = admin.resolve_province(incidents["adm1_claimed"], incidents["country_iso2"])
    licence = reading.licence or licence
    lesson = learn(incidents.with_columns(said.alias("adm1_resolved")), origin=name, licence=licence)
    if lesson.places.is_empty():
        raise InvalidValue(
            f"{reading.path.name} teaches no name: only rows with a place, a country and coordinates that their source gives, "
            "near a place or better, can. See that these columns were recognised: `check` tells."
        )
    return store.names.add(
        name,
        lesson.places,
        lesson.names,
        origin="learned",
        licence=licence,
        citation=reading.citation or citation,
        source_file=reading.path.name,
    )


def add_gazetteer(
    store: Store,
    path: Path,
    *,
    name: str | None = None,
    licence: str = "",
    citation: str = "",
    country: str | None = None,
) -> tuple[NameList, pl.DataFrame]:
    """Keep a gazetteer; from now on it is in use. Return what was kept, and the rows that could not be.

    Parameters
    ----------
    path
        A country dump of GeoNames, or a table with a name, a latitude and a longitude.
    name
        The file's name without its ending when not given.
    country
        Name or ISO 3166-1 code, for rows that state none; where neither does, the country in whose province a place lies.

    Raises
    ------
    UnreadableFile, UnknownFormat
        The file cannot be taken.
    InvalidValue
        It holds no place, the country is none, or the name is no name.
    StoreError
        The store cannot be written.
    """
    code = country_code(country) if country else None
    read = read_gazetteer(path)
    name = name or path.stem
    licence = licence or "; ".join(read.places["licence"].drop_nulls().unique().sort())
    places, problems = _in_countries(read, path, code)
    is_geonames = pl.col("place_id").str.starts_with("geonames:")
    radius_km = pl.col("kind").replace_strict(_RADIUS_KM, default=_OTHER_RADIUS_KM, return_dtype=pl.Float64)
    own = pl.col("place_id").str.extract(r"([^:]*)$")
    kept = places.with_columns(
        place_id=pl.when(is_geonames).then("place_id").otherwise(pl.format("added:{}:{}", pl.lit(name), own)),
        radius_km=pl.coalesce("radius_km", radius_km),
        precision=pl.col("precision").fill_null(""),
        note=pl.lit(""),
        origin=pl.when(is_geonames).then(pl.lit("")).otherwise(pl.lit(name)),
        licence=pl.lit(licence),
    )
    listed = store.names.add(
        name,
        kept.drop("names", "source_row"),
        folded_names(kept["names"]),
        origin="added",
        licence=licence,
        citation=citation,
        source_file=path.name,
    )
    return listed, problems


def _in_countries(read: GazetteerFile, path: Path, code: str | None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the places that lie in a country, with their provinces, and what is wrong with the other rows."""
    stated = read.places.with_columns(pl.col("country_iso2").fill_null(pl.lit(code, pl.String)))
    places = _with_provinces(stated)
    message = pl.lit("The row states no country, and its point lies in none. Name the country of such rows.")
    lost = finding(places, pl.col("country_iso2").is_null(), "country_iso2", message)
    abroad = finding(
        places,
        pl.lit(admin.lies_abroad(places)),
        "country_iso2",
        pl.lit(
            "The point lies outside the country stated. Check both, and whether latitude and longitude are swapped."
        ),
        rejected=False,
    )
    found = as_problems([lost, abroad], file=path.name, headings={})
    problems = pl.concat([read.problems, found]).sort("row", maintain_order=True)
    if lost.height == places.height:
        said = [f" Row {row}: {message}" for row, message in problems.select("row", "message").head(3).iter_rows()]
        raise InvalidValue(f"{path.name} holds no place with a name, a point and a country.{''.join(said)}")
    return places.drop_nulls("country_iso2"), problems


def _with_provinces(places: pl.DataFrame) -> pl.DataFrame:
    """Add the province by geometry, and the one that the source lists where it is another."""
    units = admin.units().with_row_index("unit").select(
        pl.col("unit").cast(pl.Int32), "adm1_code", pl.col("country_iso2").alias("unit_country")
    )  # fmt: skip
    found = admin.locate(places["longitude"].to_numpy(), places["latitude"].to_numpy())
    placed = places.with_columns(pl.Series("unit", np.asarray(found), pl.Int32)).join(
        units, "unit", how="left", maintain_order="left"
    )
    placed = placed.with_columns(pl.coalesce("country_iso2", "unit_country").alias("country_iso2"))
    # A code of the source's own becomes ours by the province in which most of its places lie.
    meaning = (
        placed.drop_nulls(["adm1", "adm1_code"])
        .group_by("adm1")
        .agg(pl.col("adm1_code").mode().sort().first().alias("most"))
    )
    named = pl.Series("named", admin.resolve_province(placed["adm1"], placed["country_iso2"]))
    listed = placed.with_columns(named).join(meaning, "adm1", how="left", maintain_order="left")
    listed = listed.with_columns(pl.coalesce("named", "most").alias("adm1_listed"))
    same_country = pl.col("unit_country") == pl.col("country_iso2")
    return listed.with_columns(
        pl.when(same_country).then("adm1_code").alias("adm1_code"),
        pl.when(pl.col("adm1_listed").ne_missing(pl.col("adm1_code"))).then("adm1_listed").alias("adm1_listed"),
        pl.col("district").fill_null(""),
    ).drop("unit", "unit_country", "named", "most", "adm1")


def gazetteer(store: Store) -> Gazetteer:
    """Return the shipped names with the user's own laid over them; shared, so never change it.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from mapping.store import Store
    >>> with TemporaryDirectory() as folder, Store(Path(folder)) as store:
    ...     gazetteer(store) is load()
    True
    """
    return _layered(store.names, tuple(kept.files for kept in store.names.all()), admin.in_use().provinces())


@lru_cache(maxsize=4)
def _layered(lists: NameLists, files: tuple[tuple[str, str], ...], provinces: Sets) -> Gazetteer:
    return layered([lists.read(each) for each in files], provinces)


def layered(lists: Sequence[tuple[pl.DataFrame, pl.DataFrame]], provinces: Sets) -> Gazetteer:
    """Return the shipped names with lists of the user's own laid over them, in these provinces.

    Parameters
    ----------
    lists
        Places and names of each, as `mapping.store.names.NameLists.read` gives them.

    Examples
    --------
    >>> layered([], admin.in_use().provinces()) is load()
    True
    """
    with admin.using(provinces):  # which may be others than those that a list was learned by
        found = Gazetteer(*_in_provinces(shipped_tables())) if provinces.members else load()
        for each in lists:
            found = Gazetteer(*_in_provinces(each), below=found)
    return found


def _in_provinces(tables: tuple[pl.DataFrame, pl.DataFrame]) -> tuple[pl.DataFrame, pl.DataFrame]:
    places, names = tables
    return places.with_columns(adm1_code=admin.provinces_now(places)), names


def names_used(counted: pl.DataFrame, store: Store) -> list[dict[str, Any]]:
    """List the user's own names by which rows were placed: name, version, licence, citation and rows of each list.

    `counted` are the rows' counts, as `mapping.exports.Rows` has them.

    A dump of GeoNames is not among them: its places have the identifiers of the shipped ones, and its terms are the same.
    """
    counts = counted.filter("by_names").drop_nulls("list").group_by("list").agg(pl.col("rows").sum())
    rows = dict(counts.iter_rows())
    terms = ("name", "version", "licence", "citation")
    return [
        {term: getattr(kept, term) for term in terms} | {"rows": rows[kept.name]}
        for kept in store.names.all()
        if kept.name in rows
    ]


def names_table(store: Store, name: str | None = None) -> pl.DataFrame:
    """Return every name of the user's own, or those of one list, as a table to look at and to share.

    Returns
    -------
    polars.DataFrame
        One row a place: list, version, origin, name, names (all of them, folded, separated by "|"), kind, country_iso2,
        adm1_code, district, latitude, longitude, precision, radius_km, spread_km, rows (that taught it), licence.

    Raises
    ------
    UnknownDataset
        There is no list of that name.
    """
    lists = [store.names.named(name)] if name else store.names.all()
    empty = pl.DataFrame(schema=_TABLE)
    return pl.concat([empty, *(_listed(store, kept) for kept in lists)])


def names_file(store: Store, name: str) -> bytes:
    """Return what `names_table` gives as a CSV."""
    return table_file(names_table(store, name))


def _listed(store: Store, kept: NameList) -> pl.DataFrame:
    places, names = store.names.read(kept.files)
    said = names.group_by("place").agg(pl.col("folded").sort().str.join("|").alias("names"))
    facts = {"list": kept.name, "version": kept.version, "origin": kept.origin, "licence": kept.licence}
    table = (
        places.with_row_index("place")
        .join(said, "place", how="left", maintain_order="left")
        .with_columns(**{column: pl.lit(value) for column, value in facts.items()})
    )
    return table.select(
        (pl.col(column) if column in table.columns else pl.lit(None)).cast(dtype).alias(column)
        for column, dtype in _TABLE.items()
    )
