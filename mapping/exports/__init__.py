"""Writes incidents to files that others read: GeoJSON, CSV, XLSX, GeoPackage, GeoParquet."""

from __future__ import annotations

from mapping.exports.metadata import Metadata, beside_csv, notice, results_notice, terms
from mapping.exports.publication import left_out_notice, publishable
from mapping.exports.tables import sha256
from mapping.exports.writing import FORMATS, Format, check_ending, to_bytes, write

__all__ = [
    "FORMATS", "Format", "Metadata", "beside_csv", "check_ending", "left_out_notice", "notice", "publishable", "results_notice", "sha256",
    "terms", "to_bytes", "write",
]  # fmt: skip
