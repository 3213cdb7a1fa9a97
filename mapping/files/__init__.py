"""Files whole: their bytes, the letters in them, and writing that is whole or not at all."""

from __future__ import annotations

from mapping.files.decoding import Decoded, decode
from mapping.files.opening import read_bytes
from mapping.files.writing import sync, written_whole

__all__ = ["Decoded", "decode", "read_bytes", "sync", "written_whole"]
