"""Files: their bytes, the letters in them, writing that is whole or not at all, and tables that are mapped."""

from __future__ import annotations

from mapping.files.columns import ColumnWriter, open_columns
from mapping.files.decoding import Decoded, decode
from mapping.files.opening import read_bytes
from mapping.files.writing import UNFINISHED, sweep, sync, unfinished, written_whole

__all__ = [
    "UNFINISHED", "ColumnWriter", "Decoded", "decode", "open_columns", "read_bytes", "sweep", "sync", "unfinished", "written_whole",
]  # fmt: skip
