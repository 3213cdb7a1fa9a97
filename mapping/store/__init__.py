"""What the user keeps: datasets in versions, boundaries, names of places, decisions, and column mappings by name."""

from __future__ import annotations

from mapping.store.names import NameList
from mapping.store.store import Store, default_home, is_there
from mapping.store.version import Version

__all__ = ["NameList", "Store", "Version", "default_home", "is_there"]
