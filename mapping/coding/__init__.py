"""From a report to draft incidents: rules that can be read, every field with the letters it came from."""

from __future__ import annotations

from mapping.coding.draft import Draft, Drafts, PassedOver, draft_from, draft_report, gather
from mapping.coding.mentions import Actor, Event, Harm, Place, Span, Target, When
from mapping.coding.reading import read
from mapping.coding.text import Report, Sentence

__all__ = [
    "Actor",
    "Draft",
    "Drafts",
    "Event",
    "Harm",
    "PassedOver",
    "Place",
    "Report",
    "Sentence",
    "Span",
    "Target",
    "When",
    "draft_from",
    "draft_report",
    "gather",
    "read",
]
