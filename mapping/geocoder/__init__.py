"""Places by name: every answer with precision, radius, method and reason, every abstention with its reason."""

from __future__ import annotations

from mapping.geocoder.candidates import Candidate, candidates
from mapping.geocoder.frame import geocode, questions
from mapping.geocoder.offline import OfflineGeocoder
from mapping.geocoder.score import THRESHOLD

__all__ = ["THRESHOLD", "Candidate", "OfflineGeocoder", "candidates", "geocode", "questions"]
