"""Writes incidents to files that others read: GeoJSON, CSV, XLSX, GeoPackage, GeoParquet."""

from __future__ import annotations

from mapping.exports.metadata import Metadata, beside_csv, notice, results_notice, terms
from mapping.exports.publication import left_out_notice, publishable
from mapping.exports.rows import Rows, rows_of
from mapping.exports.tables import sha256
from mapping.exports.writing import FORMATS, Format, check_ending, to_bytes, write

__all__ = [
    "FORMATS", "Format", "Metadata", "Rows", "beside_csv", "check_ending", "left_out_notice", "notice", "publishable", "results_notice", "rows_of", "sha256",
    "terms", "to_bytes", "write",
]  # fmt: skip
