"""What a report in English mentions."""

from __future__ import annotations

from mapping.coding.english.actors import find_actors
from mapping.coding.english.dates import find_dates
from mapping.coding.english.events import find_events
from mapping.coding.english.harm import find_harm
from mapping.coding.english.targets import find_targets

__all__ = ["find_actors", "find_dates", "find_events", "find_harm", "find_targets"]
