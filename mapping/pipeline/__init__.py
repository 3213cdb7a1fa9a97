"""The only room that knows the order: read, validate, geocode, join; keep; filter; write.

The pages, the command line and Python call the same functions here.
"""

from __future__ import annotations

from mapping.pipeline.atlas import STARTER, atlas, check_name, keep, listing, raw_row, shipped_incidents
from mapping.pipeline.exporting import FORMATS, check_targets, export, export_bytes, write_rejects, write_table
from mapping.pipeline.locating import locate_table, locate_text
from mapping.pipeline.processing import Processed, Progress, check, gather, geoframe, process, read_incidents

__all__ = [
    "FORMATS", "STARTER", "Processed", "Progress", "atlas", "check", "check_name", "check_targets", "export",
    "export_bytes", "gather", "geoframe", "keep", "listing", "locate_table", "locate_text", "process", "raw_row",
    "read_incidents", "shipped_incidents", "write_rejects", "write_table",
]  # fmt: skip
