"""From a report to draft incidents: rules that can be read, every field with the letters it came from."""

from __future__ import annotations

from mapping.coding.mentions import Actor, Event, Harm, Place, Span, Target, When
from mapping.coding.text import Report, Sentence

__all__ = ["Actor", "Event", "Harm", "Place", "Report", "Sentence", "Span", "Target", "When"]
