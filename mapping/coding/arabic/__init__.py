"""What a report in Arabic mentions."""

from __future__ import annotations

from mapping.coding.arabic.actors import find_actors
from mapping.coding.arabic.dates import find_dates
from mapping.coding.arabic.events import find_events
from mapping.coding.arabic.harm import find_harm
from mapping.coding.arabic.targets import find_targets

__all__ = ["find_actors", "find_dates", "find_events", "find_harm", "find_targets"]
