"""Opens a file by what it holds, never by its name; what cannot be read is said in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapping.errors import UnreadableFile
from mapping.files import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["GEOPACKAGE", "JSON", "OLE", "PARQUET", "TEXT", "WHAT_IS_READ", "ZIP", "kind_of"]

TEXT, JSON, ZIP, OLE, GEOPACKAGE = "text", "JSON", "a zip archive", "an old Office file", "a GeoPackage"
PARQUET = "a Parquet file"

# OGC GeoPackage 1.4, requirement 2: the application_id of the SQLite header, at byte 68.
_GEOPACKAGE_IDS = (b"GPKG", b"GP10", b"GP11")

_SIGNATURES = {
    b"PK\x03\x04": ZIP, b"PK\x05\x06": ZIP, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": OLE,
    b"SQLite format 3\0": "an SQLite database, but no GeoPackage", b"PAR1": PARQUET, b"ARROW1": "an Arrow file",
    b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture", b"II*\0": "a picture", b"MM\0*": "a picture",
    b"%PDF": "a PDF", b"{\\rtf": "a text document", b"\x1f\x8b": "a compressed file", b"BZh": "a compressed file",
    b"\xfd7zXZ": "a compressed file", b"7z\xbc\xaf": "a compressed file", b"Rar!": "a compressed file",
    b"(\xb5/\xfd": "a compressed file", b"\x7fELF": "a program", b"\0\0'\n": "a shapefile",
    b"<": "a web page or an XML file",
}  # fmt: skip
WHAT_IS_READ = "Give a table (CSV, TSV, XLSX, XLS, Parquet), a GeoJSON, a GeoPackage or a GeoParquet."


def kind_of(path: Path) -> str:
    """Return what a file is by its first bytes: ``TEXT``, ``JSON``, ``ZIP``, ``OLE``, ``GEOPACKAGE`` or ``PARQUET``.

    Raises
    ------
    UnreadableFile
        There is no such file, it cannot be opened, it is empty, or it is of a kind that we do not read.

    Examples
    --------
    >>> from pathlib import Path
    >>> kind_of(Path("no-such.csv"))
    Traceback (most recent call last):
    mapping.errors.UnreadableFile: no-such.csv: there is no such file. Check the name and the folder.
    """
    head = read_bytes(path, most=4096)
    if not head:
        raise UnreadableFile(f"{path.name} is empty. {WHAT_IS_READ}")
    if head[68:72] in _GEOPACKAGE_IDS and head.startswith(b"SQLite format 3\0"):
        return GEOPACKAGE
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for signature, kind in _SIGNATURES.items():
        if head.startswith(signature) or start.startswith(signature):
            if kind in (ZIP, OLE, PARQUET):
                return kind
            raise UnreadableFile(f"{path.name} is {kind}, which is not read here. {WHAT_IS_READ}")
    return JSON if start.startswith((b"{", b"[")) else TEXT
