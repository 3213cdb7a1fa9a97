"""From a draft to an incident that is kept: checked as a file's row is, placed, held against what is there, kept with its evidence."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

from mapping.admin import join_boundaries, place_in_districts
from mapping.distances import arcs_km
from mapping.geocoder import geocode
from mapping.geocoder.corrections import ASKED, CORRECTIONS
from mapping.palette import event_group
from mapping.pipeline.atlas import check_name
from mapping.pipeline.correcting import corrected
from mapping.placement import has_mark
from mapping.validate import validate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapping.geocoder.corrections import Choice
    from mapping.store import KeptReport, Store, Version

__all__ = ["DraftChecked", "check_draft", "duplicates_of", "keep_draft"]

NEAR_KM, NEAR_DAYS = 50.0, 1

_FILE = "report"


class DraftChecked(NamedTuple):
    """A draft as the row that it would become: no row while a problem stands against it.

    Attributes
    ----------
    row
        Every incident column, placed and joined; one row or none.
    problems
        Columns of `mapping.validate.PROBLEMS`.
    """

    row: pl.DataFrame
    problems: pl.DataFrame


def check_draft(values: Mapping[str, str], *, choice: Choice | None = None) -> DraftChecked:
    """Take a draft the way of a file's row: validate, place, join.

    Parameters
    ----------
    values
        Text by column, as a person may write it; a column that is absent or empty is not known.
    choice
        Where it was, when a person says so: this row is placed there, and no other.

    Examples
    --------
    >>> found = check_draft({"date_start": "16 July 2024", "place": "Ain al-Asad", "country_iso2": "Iraq"})
    >>> found.row.select("date_end", "matched_name", "adm1_name").row(0)
    (datetime.date(2024, 7, 16), 'Ain al-Asad Airbase', 'Anbar')
    >>> check_draft({"injured": "some"}).problems["message"].item()
    '"some" is not a number. Write a whole number in digits, or leave the cell empty if it is not known.'
    """
    text = pl.DataFrame({"source_row": [2]} | {name: [value] for name, value in values.items() if value.strip()})
    validated = validate(text, file=_FILE)
    row = join_boundaries(place_in_districts(geocode(validated.accepted)))
    if choice is not None and row.height:
        row = corrected(row, _as_correction(row, choice))
    return DraftChecked(row, validated.problems)


def _as_correction(row: pl.DataFrame, choice: Choice) -> pl.DataFrame:
    """Return a choice as a correction of one row, though no place is named in it."""
    asks = row.select(ASKED).row(0, named=True)
    return pl.DataFrame(
        [asks | choice._asdict() | {"decided_at": datetime.now(UTC).isoformat(timespec="seconds")}], schema=CORRECTIONS
    )


def duplicates_of(draft: pl.DataFrame, incidents: pl.DataFrame) -> pl.DataFrame:
    """Find incidents that may be the one of a draft: of the same kind, within a day and 50 km.

    The kind is the family of event types that share a colour; "other", or none, may be any. Where the draft or the
    incident has no point, the same province counts, and where that is not known, either, the same country.

    Parameters
    ----------
    draft
        One row, placed and joined.
    incidents
        Placed and joined rows of whatever datasets; not changed.

    Returns
    -------
    polars.DataFrame
        Those rows, with distance_km (null where it cannot be measured), the nearest first.

    Examples
    --------
    >>> from mapping.pipeline import shipped_incidents
    >>> draft = check_draft({"date_start": "2024-07-17", "place": "Al Baghdadi", "adm1_claimed": "Anbar",
    ...                      "country_iso2": "IQ", "event_type": "drone attack"}).row
    >>> duplicates_of(draft, shipped_incidents()).select("place", "date_start").row(0)
    ('Ain al-Assad base', datetime.date(2024, 7, 16))
    """
    told = draft.row(0, named=True)
    first, last = told["date_start"] or told["date_end"], told["date_end"] or told["date_start"]
    if first is None:
        return incidents.clear().with_columns(distance_km=pl.lit(None, pl.Float64))
    near = pl.duration(days=NEAR_DAYS)
    starts, ends = pl.coalesce("date_start", "date_end"), pl.coalesce("date_end", "date_start")
    kind = draft.select(event_group(pl.col("event_type"))).item()
    group = event_group(pl.col("event_type"))
    is_kind = (group == kind) | (pl.col("event_type").fill_null("other") == "other")
    if (told["event_type"] or "other") == "other":
        is_kind = pl.lit(True)
    in_time = incidents.filter(starts <= pl.lit(last) + near, ends >= pl.lit(first) - near, is_kind)
    return _near(in_time, draft)


def _near(incidents: pl.DataFrame, draft: pl.DataFrame) -> pl.DataFrame:
    told = draft.row(0, named=True)
    if draft.select(has_mark()).item():
        here = np.array([told["latitude"], told["longitude"]], dtype=float)
        away = arcs_km(incidents.select("latitude", "longitude").fill_null(np.nan).to_numpy().astype(float), here)
        distance = pl.Series("distance_km", away, pl.Float64).fill_nan(None)
        measured = incidents.with_columns(distance).with_columns(pl.when(has_mark()).then("distance_km"))
    else:
        measured = incidents.with_columns(distance_km=pl.lit(None, pl.Float64))
    unit = "adm1_code" if told["adm1_code"] else "country_iso2"
    around = pl.col("distance_km").is_null() & (pl.col(unit) == pl.lit(told[unit], pl.String)).fill_null(False)
    return measured.filter((pl.col("distance_km") <= NEAR_KM).fill_null(False) | around).sort(
        "distance_km", nulls_last=True, maintain_order=True
    )


def keep_draft(
    store: Store,
    report: KeptReport,
    row: pl.DataFrame,
    *,
    dataset: str,
    spans: Mapping[str, Sequence[tuple[int, int]]],
    sentence: tuple[int, int],
) -> tuple[Version, str]:
    """Keep a draft that a person accepted, its report and the letters that say so; return version and incident_id.

    Parameters
    ----------
    row
        Of `check_draft`, with its licence.
    dataset
        Name of the dataset, which gains a version with this row.

    Raises
    ------
    InvalidValue
        The name is that of the shipped dataset, or no name.
    StoreError
        The store cannot be written; nothing is left behind.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from mapping.store import KeptReport, Store
    >>> row = check_draft({"date_start": "2024-07-16", "place": "Hit", "country_iso2": "IQ", "licence": "CC0"}).row
    >>> with TemporaryDirectory() as folder, Store(Path(folder)) as store:
    ...     version, name = keep_draft(
    ...         store, KeptReport("A raid in Hit."), row, dataset="Mine", spans={"place": [(10, 13)]}, sentence=(0, 14)
    ...     )
    ...     version.rows, name, store.raw_row("Mine", "1", 2)
    (1, '2024-07-16-hit-1', {'place': 'Hit'})
    """
    check_name(dataset)
    return store.reports.keep(report, row, dataset=dataset, spans=spans, sentence=sentence)
