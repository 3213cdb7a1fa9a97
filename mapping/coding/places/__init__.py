"""Places that a report names, in English and Arabic, and which of several each name means."""

from __future__ import annotations

from mapping.coding.places.placing import find_places

__all__ = ["find_places"]
