"""Fills Streamlit's static folder: what the browser needs, served by the app itself.

Leaflet comes from the installed package XStatic-Leaflet, the typeface from Streamlit, the
boundaries from data/admin/basemap.parquet; the rest is ours, in static/ beside this file.
"""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import time
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from mapping.admin import in_use, using
from mapping.admin.sets import SHIPPED
from mapping.datasets import source
from mapping.errors import MissingData
from mapping.layers import ground
from mapping.layers.inert import inert

__all__ = [
    "OWN_SCRIPTS",
    "address",
    "boundaries_address",
    "install",
    "install_boundaries",
    "leaflet",
    "own",
    "styles",
    "typeface",
]

OWN_SCRIPTS = (
    "space.js", "canvas.js", "ground.js", "shading.js", "marks.js", "labels.js", "panels.js", "style.js", "cells.js",
    "sites.js", "tools.js", "sight.js", "time.js", "frames.js", "player.js", "svg.js", "sheet.js",
    "picture.js", "province.js", "atlas.js",
)  # fmt: skip
"""In the order in which a browser has to read them."""

_OWN = Path(__file__).with_name("static")
_PREFIX = "atlas-"
_OWN_PREFIX = "own-"
_DAY = 24 * 60 * 60


def own(name: str) -> str:
    """Return the text of one of our own scripts or style sheets.

    Examples
    --------
    >>> "atlas-map" in own("atlas.css")
    True
    """
    return (_OWN / name).read_text(encoding="utf-8")


def styles() -> str:
    """Return the style sheets of Leaflet and of ours.

    Examples
    --------
    >>> ".leaflet-container" in styles() and ".atlas-legend" in styles()
    True
    """
    return (
        leaflet("leaflet.css").read_text(encoding="utf-8") + own("atlas.css") + own("player.css") + own("picture.css")
    )


def _package(name: str) -> Path:
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        raise MissingData(f"The package {name} is not installed: run `pip install -r requirements.txt`.")
    return Path(found.origin).parent


def leaflet(name: str) -> Path:
    """Return the path of a file of Leaflet, from the installed package XStatic-Leaflet.

    Examples
    --------
    >>> leaflet("leaflet.js").exists()
    True
    """
    return _package("xstatic.pkg.leaflet") / "data" / name


def typeface() -> Path | None:
    """Return the path of the typeface that Streamlit comes with; None when it brings another one."""
    return next((_package("streamlit") / "static/static/media").glob("SourceSansVF-Upright*.woff2"), None)


def _files() -> dict[str, bytes]:
    """Return what is served beside the boundaries, by name."""
    scripts = [own(name) for name in (*OWN_SCRIPTS, "streamlit.js")]
    # st_folium does not wait for style sheets, and a map drawn before its styles is drawn wrong: ours come as a script.
    scripts.append(f"incidentAtlas.styles = {inert(styles())};")
    files = {"leaflet.js": leaflet("leaflet.js").read_bytes(), "atlas.js": "\n".join(scripts).encode()}
    if font := typeface():
        files["source-sans.woff2"] = font.read_bytes()
    return files


@lru_cache(maxsize=1)
def _folder() -> str:
    """Return the name of the folder, made from what is in it: no browser takes an old file for a new one."""
    digest = hashlib.sha256(source(ground.BOUNDARIES).sha256.encode() + Path(ground.__file__).read_bytes())
    for name, held in _files().items():
        digest.update(name.encode() + held)
    return _PREFIX + digest.hexdigest()[:12]


def address(name: str = "") -> str:
    """Return where a browser finds a file of ours, seen from the frame that st_folium makes.

    Examples
    --------
    >>> address("leaflet.js").startswith("../../app/static/atlas-")
    True
    """
    return f"../../app/static/{_folder()}/{name}"


def install(static_folder: Path) -> None:
    """Fill `static_folder`, which Streamlit serves at app/static/, unless it holds the same already.

    Whole or not at all: the files lie in a folder named by their contents, renamed into place.
    Others stay for a day: an older version of this app may still run and serve from them.

    Raises
    ------
    MissingData
        A package or the boundaries are missing.

    Examples
    --------
    >>> with TemporaryDirectory() as folder:
    ...     install(Path(folder))
    ...     sorted(path.name for path in Path(folder).glob("atlas-*/*l*.js"))
    ['atlas.js', 'leaflet.js', 'world.js']
    """
    target = static_folder / _folder()
    if target.is_dir():
        return
    static_folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=static_folder, prefix=".atlas-", ignore_cleanup_errors=True) as temporary:
        filled = Path(temporary, "filled")
        filled.mkdir()
        for name, held in _files().items():
            (filled / name).write_bytes(held)
        with using(SHIPPED):
            scripts = {"world": ground.world_script(), **ground.country_scripts()}
        for name, text in scripts.items():
            (filled / f"{name}.js").write_text(text, encoding="utf-8")
        _put(filled, target, _PREFIX)


def boundaries_address() -> str:
    """Return where a browser finds the user's boundaries that are in use; empty when none are.

    Examples
    --------
    >>> boundaries_address()
    ''
    """
    token = in_use().token
    return f"../../app/static/{_OWN_PREFIX}{token}/" if token else ""


def install_boundaries(static_folder: Path) -> None:
    """Put the user's boundaries that are in use where Streamlit serves them, unless they are there.

    Others stay for a day: a map that was drawn before these were added may still ask for them.

    Examples
    --------
    >>> with TemporaryDirectory() as folder:
    ...     install_boundaries(Path(folder))  # none are in use
    ...     list(Path(folder).iterdir())
    []
    """
    sets = in_use()
    target = static_folder / f"{_OWN_PREFIX}{sets.token}"
    if not sets.token or target.is_dir():
        return
    static_folder.mkdir(parents=True, exist_ok=True)
    countries = {each.country_iso2 for each in sets.at("adm1")}
    scripts = ground.country_scripts(countries, mark=sets.token)
    scripts |= {f"{country}-adm2": text for country, text in ground.district_scripts(mark=sets.token).items()}
    with TemporaryDirectory(dir=static_folder, prefix=".own-", ignore_cleanup_errors=True) as temporary:
        filled = Path(temporary, "filled")
        filled.mkdir()
        for name, text in scripts.items():
            (filled / f"{name}.js").write_text(text, encoding="utf-8")
        _put(filled, target, _OWN_PREFIX)


def _put(filled: Path, target: Path, prefix: str) -> None:
    _rename(filled, target)
    for old in target.parent.glob(f"{prefix}*"):
        if old != target and time.time() - old.stat().st_mtime > _DAY:
            shutil.rmtree(old, ignore_errors=True)


def _rename(filled: Path, target: Path) -> None:
    try:
        filled.rename(target)
    except OSError:
        if not target.is_dir():  # else another process was quicker, with the same files
            raise
