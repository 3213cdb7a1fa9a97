"""What stands above and below a picture of the map: what is filtered for, how many that is, whose data they are."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import polars as pl

from mapping.placement import at_site_or_town, has_mark, in_province_only
from mapping.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["caption", "summary", "title"]

_LONGEST_TITLE = 90


def title(words: Sequence[str]) -> str:
    """Name incidents by what they are filtered for, where that is short enough.

    Examples
    --------
    >>> title(["Iraq", "raid"]), title([]), title(["a" * 91])
    ('Incidents: Iraq, raid', 'Incidents', 'Incidents')
    """
    said = ", ".join(words)
    return f"Incidents: {said}" if 0 < len(said) <= _LONGEST_TITLE else "Incidents"


def _data(frame: pl.DataFrame) -> str:
    """Name the datasets, each with the licences of its rows: a picture goes where the rows do."""
    held = frame.group_by("dataset").agg(pl.col("licence").unique()).cast({"dataset": pl.String})
    told = (
        (name, sorted(filter(None, licences)))
        for name, licences in held.drop_nulls("dataset").sort("dataset").iter_rows()
    )
    return "; ".join(f"{name} ({', '.join(licences)})" if licences else name for name, licences in told)


def summary(frame: pl.DataFrame) -> tuple[str, str]:
    """Say how many incidents there are and how far they are placed, and whose data they are.

    Parameters
    ----------
    frame
        Incidents, as the map draws them: dataset, licence, latitude, longitude, geo_precision, adm1_code.

    Examples
    --------
    >>> from mapping.schema import conform
    >>> rows = conform(pl.DataFrame({"dataset": "mine", "adm1_code": ["IQ-AN", None], "geo_precision": "province"}))
    >>> summary(rows)
    ('2 incidents: 1 in a province only, 1 not on the map.', 'Data: mine.')
    """
    fine, placed, vague = frame.select(
        fine=at_site_or_town().sum(), placed=has_mark().sum(), vague=in_province_only().sum()
    ).row(0)
    parts = {
        "at a site or town": fine,
        "near one, or in an area": placed - fine,
        "in a province only": vague,
        "not on the map": frame.height - placed - vague,
    }
    said = ", ".join(f"{number:,} {where}" for where, number in parts.items() if number)
    number = f"{frame.height:,} incident{'' if frame.height == 1 else 's'}"
    return f"{number}: {said}." if said else f"{number}.", f"Data: {data}." if (data := _data(frame)) else ""


def caption(told: tuple[str, str], words: Sequence[str]) -> dict[str, Any]:
    """Return the title and the lines that static/picture.js sets.

    Parameters
    ----------
    told
        What `summary` says of the incidents.
    words
        What they are filtered by, a piece for each thing.

    Examples
    --------
    >>> caption(("2 incidents.", ""), ["Iraq"])["lines"][0]
    '2 incidents.'
    """
    lines = [
        " · ".join(words) if title(words) == title([]) else "",
        *told,
        f"Map made {datetime.now(UTC):%Y-%m-%d} with Incident Atlas {VERSION}.",
    ]
    return {"title": title(words), "lines": [line for line in lines if line]}
