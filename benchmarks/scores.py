"""Measures `mapping.geocoder.score.RIGHT` and `TRADE_OFF`, and prints them as they stand in that module.

Run from the project's folder: ``python -m benchmarks.scores [FOLDER]``, where FOLDER holds UCDP's files, after anything that
changes how places are found. `RIGHT` is counted on Syria in 2016, learned from 2017 and not learned, and on the sample of
the world; `TRADE_OFF` on Syria in 2017, learned from 2016, which `benchmarks.geocoding` reports.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import polars as pl

from benchmarks.geocoding import (
    FOLDER,
    SAMPLE,
    SYRIA,
    TOWN_OR_BETTER,
    WAYS,
    Given,
    lesson_of,
    measured,
    names_of,
    ours,
    rows_of,
)
from mapping.admin import resolve_province
from mapping.distances import arc_km
from mapping.gazetteer import Gazetteer, load
from mapping.geocoder.context import Asked
from mapping.geocoder.decide import decide

CHOICES = (0.5, 0.8, 0.97)


def tally(names: pl.DataFrame, given: Given, gazetteer: Gazetteer, right: Counter[str], of: Counter[str]) -> None:
    """Count the answers of each way, and those that are where UCDP says."""
    codes = resolve_province(names["adm_1"], names["country_iso2"])
    for row, code in zip(names.iter_rows(named=True), codes, strict=True):
        asked = Asked(
            place=row["where_coordinates"],
            adm1_claimed=row["adm_1"] if given.province else None,
            adm2_claimed=row["adm_2"] if given.district else None,
            country_iso2=row["country_iso2"],
            adm1_code=code if given.province else None,
        )
        answer = decide(asked, gazetteer, at_least=0.0)
        if answer.evidence and answer.latitude is not None and answer.longitude is not None:
            away = arc_km(answer.latitude, answer.longitude, row["latitude"], row["longitude"])
            reach = 0.0 if answer.geo_precision in TOWN_OR_BETTER else answer.radius_km or 0.0
            right[answer.evidence] += away <= max(25.0, reach)
            of[answer.evidence] += 1


def main() -> None:
    """Print both tables."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    if not (folder / SYRIA).is_file():
        sys.exit(f"{folder} does not hold UCDP's files: give the folder that does.")
    syria, sample = rows_of(folder / SYRIA), rows_of(folder / SAMPLE)
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    taught = Gazetteer(*lesson_of(folder / SYRIA, "2017"), below=load())
    for rows, gazetteers in ((syria.filter(pl.col("year") == "2016"), (taught, load())), (sample, (load(),))):
        for gazetteer in gazetteers:
            for given in WAYS:
                tally(names_of(rows, by_district=given.district), given, gazetteer, right, of)
    print("RIGHT =", {way: (right[way], of[way]) for way in sorted(of)})
    later = names_of(syria.filter(pl.col("year") == "2017"), by_district=False)
    learned = Gazetteer(*lesson_of(folder / SYRIA, "2016"), below=load())
    shares = {least: measured(later, ours(later, WAYS[2], learned, at_least=least), by="names") for least in CHOICES}
    print(
        "TRADE_OFF =",
        {least: (round(float(s["answered"]), 3), round(float(s["wrong"]), 3)) for least, s in shares.items()},
    )


if __name__ == "__main__":
    main()
