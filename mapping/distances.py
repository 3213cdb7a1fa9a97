"""Distances on the globe, WGS 84 degrees in and kilometres out."""

from __future__ import annotations

import math

import numpy as np

__all__ = ["EARTH_KM", "arc_km", "arcs_km"]

EARTH_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""


def arc_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Measure the great-circle distance between two points.

    Examples
    --------
    >>> round(arc_km(33.3406, 44.4009, 36.335, 43.1189))
    353
    """
    north, east = math.radians(other_latitude - latitude), math.radians(other_longitude - longitude)
    cosines = math.cos(math.radians(latitude)) * math.cos(math.radians(other_latitude))
    return 2 * EARTH_KM * math.asin(math.sqrt(math.sin(north / 2) ** 2 + cosines * math.sin(east / 2) ** 2))


def arcs_km(points: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Measure the great-circle distance from each point to its other, or from all to one.

    Parameters
    ----------
    points, others
        Latitude and longitude in two columns.

    Examples
    --------
    >>> arcs_km(np.array([[33.3406, 44.4009], [36.335, 43.1189]]), np.array([36.335, 43.1189])).round().tolist()
    [353.0, 0.0]
    """
    here, there = np.radians(points), np.radians(others)
    half = (there - here) / 2
    cosines = np.cos(here[..., 0]) * np.cos(there[..., 0])
    chord = np.sin(half[..., 0]) ** 2 + cosines * np.sin(half[..., 1]) ** 2
    return 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(chord, 1)))
