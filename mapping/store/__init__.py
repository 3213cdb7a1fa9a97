"""What the user keeps: datasets in versions, boundaries, names of places, decisions, saved views, reports, and column mappings by name."""

from __future__ import annotations

from mapping.store.names import NameList
from mapping.store.reports import Evidence, KeptReport, text_key
from mapping.store.staging import Incoming, stage
from mapping.store.store import Store, default_home, is_there
from mapping.store.version import Version
from mapping.store.view_file import read_view_file, view_file
from mapping.store.views import SavedView

__all__ = [
    "Evidence", "Incoming", "KeptReport", "NameList", "SavedView", "Store", "Version", "default_home", "is_there",
    "read_view_file", "stage", "text_key", "view_file",
]  # fmt: skip
