"""The only room that knows the order: read, validate, geocode, join; keep; filter; write.

The pages, the command line and Python call the same functions here.
"""

from __future__ import annotations

from mapping.pipeline.atlas import STARTER, atlas, check_name, keep, listing, raw_row, shipped_incidents, stored
from mapping.pipeline.boundaries import add_boundaries
from mapping.pipeline.cluster import hired
from mapping.pipeline.correcting import corrected, own_corrections
from mapping.pipeline.exporting import FORMATS, export, export_bytes, export_csv, export_table, snapshot
from mapping.pipeline.importing import import_file
from mapping.pipeline.locating import locate_table, locate_text
from mapping.pipeline.names import add_gazetteer, gazetteer, learn_names, names_file, names_table
from mapping.pipeline.opened import FIRST_DAY, KEY, Opened, opened
from mapping.pipeline.own import using_own
from mapping.pipeline.parts import check_in_parts, plan, process_in_parts, process_part
from mapping.pipeline.processing import (
    Processed,
    Progress,
    check,
    geoframe,
    process,
    put_together,
    read_incidents,
)
from mapping.pipeline.reports import DraftChecked, check_draft, duplicates_of, keep_draft
from mapping.pipeline.review import (
    asked,
    asked_in,
    beside,
    candidates_for,
    correction_of,
    decide,
    decided,
    lies_in,
    open_questions,
    question_id,
    queue,
    undecided,
)  # fmt: skip
from mapping.pipeline.selected import selected
from mapping.pipeline.sharing import corrections_file, read_corrections, write_corrections
from mapping.pipeline.tables import check_targets, table_file, write_rejects, write_table

__all__ = [
    "FIRST_DAY",
    "FORMATS",
    "KEY",
    "STARTER",
    "DraftChecked",
    "Opened",
    "Processed",
    "Progress",
    "add_boundaries",
    "add_gazetteer",
    "asked",
    "asked_in",
    "atlas",
    "beside",
    "candidates_for",
    "check",
    "check_draft",
    "check_in_parts",
    "check_name",
    "check_targets",
    "corrected",
    "correction_of",
    "corrections_file",
    "decide",
    "decided",
    "duplicates_of",
    "export",
    "export_bytes",
    "export_csv",
    "export_table",
    "gazetteer",
    "geoframe",
    "hired",
    "import_file",
    "keep",
    "keep_draft",
    "learn_names",
    "lies_in",
    "listing",
    "locate_table",
    "locate_text",
    "names_file", "names_table",
    "open_questions",
    "opened",
    "own_corrections",
    "plan",
    "process",
    "process_in_parts",
    "process_part",
    "put_together",
    "question_id",
    "queue",
    "raw_row",
    "read_corrections",
    "read_incidents",
    "selected",
    "shipped_incidents",
    "snapshot",
    "stored",
    "table_file",
    "undecided",
    "using_own",
    "write_corrections",
    "write_rejects",
    "write_table",
]  # fmt: skip
