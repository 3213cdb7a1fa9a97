"""Opens a boundary file as people get it: GeoJSON, GeoPackage, Shapefile, a zip of these, GeoParquet.

What comes out has WGS 84 degrees and the columns of the file; what they mean is for `mapping.admin.own_units`.
"""

from __future__ import annotations

import warnings
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import shapely

from mapping.admin.layouts import finest, layout_of, looked_for
from mapping.admin.sets import LEVELS
from mapping.errors import InvalidValue, UnknownFormat, UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd

__all__ = ["ENDINGS", "open_boundaries"]

ENDINGS = (".geojson", ".json", ".gpkg", ".shp", ".zip", ".parquet", ".geoparquet")
"""What the name of a boundary file may end in."""

_SHAPEFILE = b"\x00\x00\x27\x0a"
_DEGREES = np.array([-180.001, -90.001, 180.001, 90.001])


class _Layer(NamedTuple):
    """One layer of a file, as pyogrio takes it, with its columns."""

    source: str
    name: str
    columns: tuple[str, ...]


def open_boundaries(path: Path, level: str) -> tuple[gpd.GeoDataFrame, tuple[str, ...]]:
    """Read the layer of a file that holds the units of a level, in WGS 84, and say what was assumed.

    Raises
    ------
    UnreadableFile
        The file is missing, damaged or of another kind.
    UnknownFormat
        None of its columns names units of that level, or its units are finer or coarser ones.
    InvalidValue
        It has no coordinate reference system and its numbers are no degrees, or they lie outside the earth.

    Examples
    --------
    >>> open_boundaries(Path("districts.kml"), "adm2")
    Traceback (most recent call last):
    mapping.errors.UnreadableFile: districts.kml: boundaries are read from .geojson, .json, .gpkg, ...
    """
    if path.suffix.lower() not in ENDINGS:
        raise UnreadableFile(
            f"{path.name}: boundaries are read from {', '.join(ENDINGS)}. Export them as one of these."
        )
    if not path.is_file():
        raise UnreadableFile(f"{path} is not there.")
    notes: tuple[str, ...] = ()
    with _plainly(path):
        if path.suffix.lower().endswith("parquet"):
            import geopandas as gpd

            frame = gpd.read_parquet(path)
            _check_level(path, tuple(frame.columns.drop(frame.geometry.name)), level)
        else:
            frame, notes = _read_layer(path, level)
        return _in_degrees(frame, path, notes)


@contextmanager
def _plainly(path: Path) -> Iterator[None]:
    """Say in a sentence that a file cannot be read; what GDAL only remarks on is mended or reported later."""
    import pyogrio.errors as gdal

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (UnreadableFile, UnknownFormat, InvalidValue):
        raise
    except (
        gdal.DataSourceError,
        gdal.DataLayerError,
        gdal.FieldError,
        gdal.GeometryError,
        gdal.CRSError,
        shapely.errors.ShapelyError,
        zipfile.BadZipFile,
        pa.ArrowException,
        OSError,
        ValueError,
        RuntimeError,
    ) as error:
        raise UnreadableFile(
            f"{path.name} cannot be read as boundaries: it is damaged, or no {path.suffix} file."
        ) from error


def _read_layer(path: Path, level: str) -> tuple[gpd.GeoDataFrame, tuple[str, ...]]:
    """Read the one layer whose finest units are those of the level."""
    import pyogrio

    layers = [layer for source in _sources(path) for layer in _layers(source)]
    fitting = [layer for layer in layers if _misfit(layer.columns, level) is None]
    if not fitting and len(layers) == 1:
        _check_level(path, layers[0].columns, level)
    if not fitting:
        seen = "; ".join(f"{layer.name}: {', '.join(layer.columns)}" for layer in layers) or "no layer of polygons"
        raise UnknownFormat(
            f"{path.name} has no layer of {LEVELS[level]}. Looked for {looked_for(level)}. Found: {seen}."
        )
    taken, *others = fitting
    notes: tuple[str, ...] = (f'Layer "{taken.name}" was read.',) if len(layers) > 1 else ()
    if others:
        notes += (
            f"These layers hold {LEVELS[level]}, too, and were not read: {', '.join(one.name for one in others)}.",
        )
    return pyogrio.read_dataframe(taken.source, layer=taken.name, fid_as_index=False), notes


def _sources(path: Path) -> list[str]:
    """Return what GDAL is to open, by a name that no driver but the wanted one takes for its own."""
    whole = path.absolute()
    match path.suffix.lower():
        case ".gpkg":
            return [f"GPKG:{whole}"]
        case ".shp":
            _check_shapefile(path, whole.read_bytes()[:4])
            return [str(whole)]
        case ".zip":
            return _zipped(path)
        case _:
            return [f"GeoJSON:{whole}"]


def _zipped(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        held = [info.filename for info in archive.infolist() if not Path(info.filename).name.startswith((".", "__"))]
        for name in held:
            if name.lower().endswith(".shp"):
                with archive.open(name) as stream:
                    _check_shapefile(path, stream.read(4))
    drivers = {".shp": "", ".geojson": "GeoJSON:", ".json": "GeoJSON:", ".gpkg": "GPKG:"}
    found = [
        f"{drivers[Path(name).suffix.lower()]}/vsizip/{{{path.absolute()}}}/{name}"
        for name in held
        if Path(name).suffix.lower() in drivers
    ]
    if not found:
        raise UnreadableFile(
            f"{path.name} holds no .shp, .geojson or .gpkg. It holds: {', '.join(held[:10]) or 'nothing'}."
        )
    return found


def _check_shapefile(path: Path, start: bytes) -> None:
    if start != _SHAPEFILE:
        raise UnreadableFile(f"{path.name} is no Shapefile, or damaged. Fetch it again.")


def _layers(source: str) -> Iterator[_Layer]:
    import pyogrio

    held = [(str(name), str(kind)) for name, kind in pyogrio.list_layers(source)]
    # OCHA's packages hold lines and middle points with the columns of the areas.
    areas = [name for name, kind in held if not any(word in kind for word in ("Point", "Line", "None"))]
    for name in areas or [name for name, _ in held]:
        yield _Layer(source, name, tuple(map(str, pyogrio.read_info(source, layer=name)["fields"])))


def _check_level(path: Path, columns: tuple[str, ...], level: str) -> None:
    if reason := _misfit(columns, level):
        raise UnknownFormat(f"{path.name} {reason}")


def _misfit(columns: tuple[str, ...], level: str) -> str | None:
    """Say why columns are not those of a file of this level; None when they are."""
    number, found = int(level.removeprefix("adm")), finest(columns)
    if found > number:
        other = f"give --level adm{found}, or" if f"adm{found}" in LEVELS else "give"
        return f"holds units of adm{found}, not of {level}: {other} the file of {level}. Its columns: {', '.join(columns)}."
    if layout_of(columns, level) is None:
        return f"has no column that we know for {looked_for(level)}. Its columns: {', '.join(columns) or 'none'}."
    return None


def _in_degrees(
    frame: gpd.GeoDataFrame, path: Path, notes: tuple[str, ...]
) -> tuple[gpd.GeoDataFrame, tuple[str, ...]]:
    bounds = frame.total_bounds
    within = bool(np.all(np.isnan(bounds))) or bool(
        (bounds[:2] >= _DEGREES[:2]).all() and (bounds[2:] <= _DEGREES[2:]).all()
    )
    if frame.crs is None:
        if not within:
            raise InvalidValue(
                f"{path.name} does not say its coordinate reference system, and its numbers are no degrees "
                f"({', '.join(f'{edge:g}' for edge in bounds)}). Give the .prj file with it, or export it in EPSG:4326."
            )
        return frame.set_crs("EPSG:4326"), (
            *notes,
            "The file does not say its coordinate reference system; degrees of WGS 84 were assumed.",
        )
    if frame.crs.to_epsg() != 4326:
        notes += (f"Brought from {frame.crs.name} to EPSG:4326.",)
        frame = frame.to_crs("EPSG:4326")
        bounds = frame.total_bounds
        within = bool(
            np.isfinite(bounds).all() and (bounds[:2] >= _DEGREES[:2]).all() and (bounds[2:] <= _DEGREES[2:]).all()
        )
    if not within:
        raise InvalidValue(
            f"{path.name} reaches outside the earth in degrees ({', '.join(f'{edge:g}' for edge in bounds)}): it is in another "
            "coordinate reference system than it says. Export it in EPSG:4326."
        )
    return frame, notes
