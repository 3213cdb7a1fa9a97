"""Believes a file or says why not: text in, typed incidents and every problem out."""

from __future__ import annotations

from mapping.validate.countries import country_code, country_codes
from mapping.validate.problems import PROBLEMS, as_problems, finding, rejects_frame
from mapping.validate.rows import Look, Validated, Whole, look_at, validate, whole_of

__all__ = [
    "PROBLEMS",
    "Look",
    "Validated",
    "Whole",
    "as_problems",
    "country_code",
    "country_codes",
    "finding",
    "look_at",
    "rejects_frame",
    "validate",
    "whole_of",
]
