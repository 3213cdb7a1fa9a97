"""What the user keeps: datasets in versions, and column mappings by name."""

from __future__ import annotations

from mapping.store.names import NameList
from mapping.store.store import Store, default_home
from mapping.store.version import Version

__all__ = ["NameList", "Store", "Version", "default_home"]
