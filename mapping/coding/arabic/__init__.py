"""What a report in Arabic mentions."""

from __future__ import annotations

from mapping.coding.arabic.dates import find_dates

__all__ = ["find_dates"]
