"""How well places are found by name: real names of UCDP GED, against two plain ways of doing it.

Run from the project's folder: ``python -m benchmarks.geocoding [FOLDER]``, where FOLDER holds UCDP's files
(``../shared/data/ucdp``). A name's truth is the median of its coordinates in its governorate; rows with
where_prec 1 and 2 of Iraq and Syria count. "exact" takes the one name of the gazetteer that equals the
text; "WRatio" the best of rapidfuzz at 85 and more; both are given the text without its last word of kind
("town") and the main names of the country, or of the province where it is stated.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
from rapidfuzz import fuzz, process

from mapping.admin import resolve_province
from mapping.datasets import shipped
from mapping.gazetteer import load
from mapping.gazetteer.kinds import split_kind
from mapping.geocoder import geocode
from mapping.geocoder.answers import arc_km
from mapping.toponym import fold

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "ucdp"
FILES = ("ged_syria_2016_2017.csv", "ged_v23_1_sample.csv")
COUNTRIES = {"Iraq": "IQ", "Syria": "SY"}
Choice = Callable[[str, list[str]], "int | None"]
ANSWER = {"latitude": pl.Float64, "longitude": pl.Float64, "geo_precision": pl.String}
TOWN_OR_BETTER = ("site", "town")
COARSE = ("province", "country", "none")
CLOSE_KM = (10, 25, 50)


def names_of(folder: Path) -> pl.DataFrame:
    """Read each distinct name of each governorate, where it is and how many rows have it."""
    columns = ["where_coordinates", "adm_1", "country", "latitude", "longitude", "where_prec"]
    rows = pl.concat([pl.read_csv(folder / file, infer_schema=False).select(columns) for file in FILES])
    return (
        rows.filter(pl.col("where_prec").is_in(("1", "2")) & pl.col("country").is_in(tuple(COUNTRIES)))
        .with_columns(pl.col("country").replace_strict(COUNTRIES).alias("country_iso2"))
        .group_by("where_coordinates", "adm_1", "country_iso2")
        .agg(pl.len().alias("rows"), pl.col("latitude", "longitude").cast(pl.Float64).median())
        .sort("where_coordinates", "adm_1")
    )


def ours(names: pl.DataFrame, *, with_province: bool) -> pl.DataFrame:
    """Place every name by the project's geocoder."""
    claimed = pl.col("adm_1") if with_province else pl.lit(None, pl.String)
    asked = names.select(pl.col("where_coordinates").alias("place"), claimed.alias("adm1_claimed"), "country_iso2")
    return geocode(asked).select(*ANSWER)


def plain(names: pl.DataFrame, choose: Choice, *, with_province: bool) -> pl.DataFrame:
    """Place every name by a plain comparison with the gazetteer's own names; `choose` picks one of a list."""
    places = pl.read_parquet(shipped("gazetteer/places.parquet"))
    codes = resolve_province(names["adm_1"], names["country_iso2"])
    asked = names.select("country_iso2", "where_coordinates", codes.alias("adm1_code"))
    pools: dict[tuple[str, str | None], pl.DataFrame] = {}
    answers: list[tuple[float | None, float | None, str]] = []
    for country, text, code in asked.iter_rows():
        key = (country, code if with_province else None)
        if key not in pools:
            here = (pl.col("country_iso2") == country) & (pl.col("adm1_code") == code if key[1] else True)
            pools[key] = places.filter(here)
        found = choose(without_kind(text), pools[key]["name"].to_list())
        row = None if found is None else pools[key].row(found, named=True)
        answers.append((row["latitude"], row["longitude"], "town") if row else (None, None, "none"))
    return pl.DataFrame(answers, schema=ANSWER, orient="row")


def without_kind(text: str) -> str:
    """Drop the last word when it says a kind, as UCDP's "Duma town" does."""
    *name, last = text.split()
    return " ".join(name) if name and split_kind(fold(f"x {last}"))[1] else text


def exact(text: str, names: list[str]) -> int | None:
    """Choose the only name that equals the text but for capitals."""
    same = [row for row, name in enumerate(names) if name.casefold() == text.casefold()]
    return same[0] if len(same) == 1 else None


def alike(text: str, names: list[str]) -> int | None:
    """Choose the name that rapidfuzz's WRatio finds most alike, from 85 on."""
    best = process.extractOne(text, names, scorer=fuzz.WRatio, score_cutoff=85)
    return best[2] if best else None


def measured(names: pl.DataFrame, answers: pl.DataFrame, *, by: str) -> dict[str, float]:
    """Measure shares, of names (``by="names"``) or of rows: of all, and of the answers at town or better."""
    weight = np.ones(names.height) if by == "names" else names["rows"].to_numpy().astype(float)
    precision = answers["geo_precision"].to_numpy()
    off_km = np.array([
        np.inf if latitude is None else arc_km(latitude, longitude, *truth)
        for latitude, longitude, truth in zip(
            answers["latitude"], answers["longitude"], names.select("latitude", "longitude").iter_rows(), strict=True
        )
    ])  # fmt: skip
    fine, coarse = np.isin(precision, TOWN_OR_BETTER), np.isin(precision, COARSE)
    share = {"answered": weight @ ~coarse, **{f"<{km} km": weight @ ((off_km <= km) & ~coarse) for km in CLOSE_KM}}
    shares = {name: value / weight.sum() for name, value in share.items()}
    shares["coarse"] = weight @ coarse / weight.sum()
    shares["wrong"] = weight @ (fine & (off_km > 25)) / max(weight @ fine, 1)
    return shares


def main() -> None:
    """Print the table, and how fast it went."""
    started = time.process_time()
    load()
    geocode(pl.DataFrame({"place": ["Mosul"], "adm1_claimed": "Nineveh", "country_iso2": "IQ"}))
    loaded = time.process_time() - started
    names = names_of(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
    print(f"{names.height} names in {names['rows'].sum()} rows. coarse: province, country or none.")
    print("wrong: of the answers at town precision or better, more than 25 km off.\n")
    for with_province in (True, False):
        started = time.process_time()
        found = {"ours": ours(names, with_province=with_province)}
        spent = time.process_time() - started
        found |= {
            name: plain(names, choice, with_province=with_province)
            for name, choice in (("exact", exact), ("WRatio", alike))
        }
        for by in ("names", "rows"):
            print(f"{'with' if with_province else 'without'} the province, by {by}")
            for name, answers in found.items():
                shares = measured(names, answers, by=by)
                print(f"  {name:7}" + "".join(f"  {measure} {share:6.1%}" for measure, share in shares.items()))
        print(f"  ours: {names.height / spent:,.0f} places a second of one core\n")
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"Gazetteer and provinces load in {loaded:.2f} s of one core; the process took {peak_mb:.0f} MB at most.")


if __name__ == "__main__":
    main()
