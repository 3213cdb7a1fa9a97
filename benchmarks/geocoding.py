"""How well places are found by name: real names of UCDP GED, against two plain ways of doing it.

Run from the project's folder: ``python -m benchmarks.geocoding [FOLDER]``, where FOLDER holds UCDP's files
(``../shared/data/ucdp``). The tests are split by time: what is learned is learned from 2016, what is asked is
asked of 2017 (Syria, where_prec 1 and 2), and the sample of GED 23.1 (Iraq and Syria) is asked of names that
nobody learned. A name's truth is the median of its coordinates in its governorate.

"exact" takes the one name of the gazetteer that equals the text; "WRatio" the best of rapidfuzz at 85 and
more; both are given the text without its last word of kind ("town") and the main names of the country, or of
the province where it is stated. "oracle" always picks the best of all names shipped and learned, and of the
learned centre of the district where one is stated: more than that the names do not hold.
"""

from __future__ import annotations

import platform
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import polars as pl
from rapidfuzz import fuzz, process

from mapping import pipeline
from mapping.admin import resolve_province
from mapping.datasets import shipped
from mapping.distances import arc_km
from mapping.gazetteer import Gazetteer, Lesson, learn, load
from mapping.gazetteer.kinds import split_kind
from mapping.gazetteer.places import DISTRICT
from mapping.geocoder import geocode
from mapping.geocoder.context import Asked
from mapping.geocoder.decide import decide
from mapping.geocoder.score import THRESHOLD
from mapping.schema import COARSE
from mapping.store import Store
from mapping.toponym import fold
from mapping.validate import country_codes

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "ucdp"
SYRIA, SAMPLE = "ged_syria_2016_2017.csv", "ged_v23_1_sample.csv"
Choice = Callable[[str, list[str]], "int | None"]
ANSWER = {"latitude": pl.Float64, "longitude": pl.Float64, "geo_precision": pl.String, "radius_km": pl.Float64}
TOWN_OR_BETTER = ("site", "town")
CLOSE_KM = (10, 25, 50)
THRESHOLDS = (0.5, 0.7, 0.8, 0.9, 0.95, 0.98)
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)


class Given(NamedTuple):
    """What is told beside the name."""

    province: bool
    district: bool

    def words(self) -> str:
        return {(True, True): "with province and district", (True, False): "with the province alone"}.get(
            self, "with the country alone"
        )


WAYS = (
    Given(province=True, district=False),
    Given(province=True, district=True),
    Given(province=False, district=False),
)


def rows_of(file: Path) -> pl.DataFrame:
    """Read the rows that say where a name is: where_prec 1 and 2."""
    columns = ["year", "where_coordinates", "adm_1", "adm_2", "country", "latitude", "longitude", "where_prec"]
    rows = pl.read_csv(file, infer_schema=False).select(columns)
    return rows.filter(pl.col("where_prec").is_in(("1", "2"))).with_columns(
        country_codes(pl.col("country")).alias("country_iso2"), pl.col("latitude", "longitude").cast(pl.Float64)
    )


def names_of(rows: pl.DataFrame, *, by_district: bool) -> pl.DataFrame:
    """List each distinct name of each governorate, or of each district, where it is and how many rows have it."""
    name = ["where_coordinates", "adm_1", "country_iso2"]
    truth = rows.group_by(name).agg(pl.col("latitude", "longitude").median())
    keys = [*name, "adm_2"] if by_district else name
    counted = rows.group_by(keys).agg(pl.len().alias("rows"))
    return counted.join(truth, on=name, nulls_equal=True).sort(keys)


def lesson_of(file: Path, year: str) -> Lesson:
    """Learn from the rows of one year, taken the whole way as any file is."""
    with TemporaryDirectory() as folder:
        one = Path(folder, "ged.csv")
        pl.read_csv(file, infer_schema=False).filter(pl.col("year") == year).write_csv(one)
        incidents = pipeline.process(one).incidents
    said = resolve_province(incidents["adm1_claimed"], incidents["country_iso2"])
    return learn(
        incidents.with_columns(said.alias("adm1_resolved")), origin=f"UCDP GED Syria {year}", licence="CC BY 4.0"
    )


def asked_of(names: pl.DataFrame, given: Given) -> pl.DataFrame:
    """Make the questions: the name, and beside it what is given."""
    nothing = pl.lit(None, pl.String)
    return names.select(
        pl.col("where_coordinates").alias("place"),
        (pl.col("adm_1") if given.province else nothing).alias("adm1_claimed"),
        (pl.col("adm_2") if given.district else nothing).alias("adm2_claimed"),
        "country_iso2",
    )


def ours(names: pl.DataFrame, given: Given, gazetteer: Gazetteer, *, at_least: float = THRESHOLD) -> pl.DataFrame:
    """Place every name by the project's geocoder."""
    return geocode(asked_of(names, given), gazetteer=gazetteer, at_least=at_least).select(*ANSWER)


def plain(names: pl.DataFrame, choose: Choice, *, with_province: bool) -> pl.DataFrame:
    """Place every name by a plain comparison with the gazetteer's own names; `choose` picks one of a list."""
    places = pl.read_parquet(shipped("gazetteer/places.parquet"))
    codes = resolve_province(names["adm_1"], names["country_iso2"])
    asked = names.select("country_iso2", "where_coordinates", codes.alias("adm1_code"))
    pools: dict[tuple[str, str | None], pl.DataFrame] = {}
    answers: list[tuple[float | None, float | None, str, float | None]] = []
    for country, text, code in asked.iter_rows():
        key = (country, code if with_province else None)
        if key not in pools:
            here = (pl.col("country_iso2") == country) & (pl.col("adm1_code") == code if key[1] else True)
            pools[key] = places.filter(here)
        found = choose(without_kind(text), pools[key]["name"].to_list())
        row = None if found is None else pools[key].row(found, named=True)
        answers.append((row["latitude"], row["longitude"], "town", 5.0) if row else (None, None, "none", None))
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


def oracle(names: pl.DataFrame, lesson: Lesson, given: Given) -> pl.DataFrame:
    """Place every name at the best of the places that have it, or of its district's centre: nobody can do better."""
    base, taught = load(), Gazetteer(*lesson)
    districts = lesson.places.filter(pl.col("kind") == DISTRICT)
    centres = {(row["district"], row["adm1_code"]): row for row in districts.iter_rows(named=True)}
    codes = resolve_province(names["adm_1"], names["country_iso2"])
    answers = []
    for row, code in zip(names.iter_rows(named=True), codes, strict=True):
        folded = fold(row["where_coordinates"])
        words = {folded, split_kind(folded)[0]}
        found = [each.place for word in words for table in (base, taught) for each in table.named(word)]
        points = [(p.latitude, p.longitude) for p in found if p.country_iso2 == row["country_iso2"]]
        if given.district and (centre := centres.get((split_kind(fold(row["adm_2"] or ""))[0], code))):
            points.append((centre["latitude"], centre["longitude"]))
        truth = row["latitude"], row["longitude"]
        best = min(points, key=lambda point, truth=truth: arc_km(*point, *truth), default=(None, None))
        answers.append((*best, "town" if best[0] else "none", 5.0))
    return pl.DataFrame(answers, schema=ANSWER, orient="row")


def with_villages(names: pl.DataFrame) -> Gazetteer:
    """Return the gazetteer after `gazetteer add` of a file in the layout of GeoNames that holds the very names asked for.

    No test of how well names are found, since they are the names: it proves the way by which a user adds a gazetteer of
    villages, and shows what is lost on it.
    """
    rows = [
        [str(number), without_kind(name), without_kind(name), "", str(latitude), str(longitude), "P", "PPL", "SY", "",
         "00", "", "", "", "0", "", "0", "Asia/Damascus", "2020-01-01"]
        for number, (name, latitude, longitude) in enumerate(
            names.select("where_coordinates", "latitude", "longitude").iter_rows(), 1
        )
    ]  # fmt: skip
    with TemporaryDirectory() as folder, Store(Path(folder, "home")) as store:
        dump = Path(folder, "SY.txt")
        dump.write_text("\n".join("\t".join(row) for row in rows), encoding="utf-8")
        pipeline.add_gazetteer(store, dump)
        return pipeline.gazetteer(store)


def off_km(names: pl.DataFrame, answers: pl.DataFrame) -> np.ndarray:
    """Measure how far each answer lies from the truth; infinitely far where it abstains."""
    points = zip(
        answers["latitude"], answers["longitude"], names.select("latitude", "longitude").iter_rows(), strict=True
    )
    return np.array(
        [np.inf if latitude is None else arc_km(latitude, longitude, *truth) for latitude, longitude, truth in points]
    )


def measured(names: pl.DataFrame, answers: pl.DataFrame, *, by: str) -> dict[str, float]:
    """Measure shares, of names (``by="names"``) or of rows.

    "wrong" is of the answers at town precision or better; "coarser" are the answers near a place, in an area or in a
    district, "in it" the share of these whose radius holds the truth.
    """
    weight = np.ones(names.height) if by == "names" else names["rows"].to_numpy().astype(float)
    precision, away = answers["geo_precision"].to_numpy(), off_km(names, answers)
    fine, abstained = np.isin(precision, TOWN_OR_BETTER), np.isin(precision, COARSE)
    coarser = ~fine & ~abstained
    within = away <= np.maximum(answers["radius_km"].fill_null(0).to_numpy(), 25)
    share = {"answered": weight @ ~abstained, **{f"<{km} km": weight @ ((away <= km) & ~abstained) for km in CLOSE_KM}}
    shares = {name: value / weight.sum() for name, value in share.items()}
    shares |= {"abstained": weight @ abstained / weight.sum(), "town": weight @ fine / weight.sum()}
    shares["wrong"] = weight @ (fine & (away > 25)) / max(weight @ fine, 1)
    return shares | {
        "coarser": weight @ coarser / weight.sum(),
        "in it": weight @ (coarser & within) / max(weight @ coarser, 1),
    }


def shown(title: str, names: pl.DataFrame, found: dict[str, pl.DataFrame]) -> None:
    """Print one table: a line for each way of placing, by names and by rows."""
    print(f"\n{title}: {names.height:,} names in {names['rows'].sum():,} rows")
    for by in ("names", "rows"):
        for way, answers in found.items():
            shares = measured(names, answers, by=by)
            print(f"  {by:5} {way:12}" + "".join(f"  {measure} {share:6.1%}" for measure, share in shares.items()))


def scores(names: pl.DataFrame, given: Given, gazetteer: Gazetteer) -> None:
    """Print how often answers of each score were right: within 25 km, or within the radius of a coarser answer."""
    codes = resolve_province(names["adm_1"], names["country_iso2"])
    counts = np.zeros((len(BINS) - 1, 3))
    for row, code in zip(names.iter_rows(named=True), codes, strict=True):
        asked = Asked(
            place=row["where_coordinates"],
            adm1_claimed=row["adm_1"] if given.province else None,
            country_iso2=row["country_iso2"],
            adm1_code=code if given.province else None,
        )
        answer = decide(asked, gazetteer, at_least=0.0)
        if answer.latitude is not None and answer.longitude is not None:
            away = arc_km(answer.latitude, answer.longitude, row["latitude"], row["longitude"])
            right = away <= max(25.0, 0.0 if answer.geo_precision in TOWN_OR_BETTER else answer.radius_km or 0.0)
            counts[np.searchsorted(BINS, answer.score, side="right") - 1] += (1, right, answer.score)
    print(f"\nscores, {given.words()}:  score from – to, mean score, right, answers")
    for low, high, (of, right, total) in zip(BINS[:-1], BINS[1:], counts, strict=True):
        if of:
            print(f"  {low:4.2f} – {min(high, 1):4.2f}  {total / of:6.1%}  {right / of:6.1%}  {of:5.0f}")


def thresholds(names: pl.DataFrame, given: Given, gazetteer: Gazetteer) -> None:
    """Print what the threshold trades: more answers against more wrong ones."""
    print(f"\nthresholds, {given.words()}:  at least, answered, wrong of those at town or better")
    for least in THRESHOLDS:
        shares = measured(names, ours(names, given, gazetteer, at_least=least), by="names")
        print(
            f"  {least:4.2f}{' *' if least == THRESHOLD else '  '}  {shares['answered']:6.1%}  {shares['wrong']:6.1%}"
        )


def main() -> None:
    """Print the tables, and how fast it went."""
    print(f"{platform.machine()}, Python {platform.python_version()}, polars {pl.__version__}")
    started = time.process_time()
    load()
    geocode(pl.DataFrame({"place": ["Mosul"], "adm1_claimed": "Nineveh", "country_iso2": "IQ"}))
    print(f"Gazetteer and provinces load in {time.process_time() - started:.2f} s of one core", end="; ")
    print(f"the process took {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most by then.")
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    if not (folder / SYRIA).is_file():
        sys.exit(f"{folder} does not hold UCDP's files: give the folder that does.")
    syria, sample = rows_of(folder / SYRIA), rows_of(folder / SAMPLE)
    lesson = lesson_of(folder / SYRIA, "2016")
    learned = Gazetteer(*lesson, below=load())
    later = syria.filter(pl.col("year") == "2017")
    for given in WAYS:
        names = names_of(later, by_district=given.district)
        found = {
            "oracle": oracle(names, lesson, given),
            "ours, learned": ours(names, given, learned),
            "ours": ours(names, given, load()),
            "exact": plain(names, exact, with_province=given.province),
            "WRatio": plain(names, alike, with_province=given.province),
        }
        shown(f"Syria 2017, {given.words()}", names, found)
    names = names_of(later, by_district=False)
    villages = with_villages(names)
    for given in (WAYS[0], WAYS[2]):
        found = {"ours": ours(names, given, villages)}
        shown(f"Syria 2017, {given.words()}, all its names added as a GeoNames file", names, found)
    others = names_of(sample.filter(pl.col("country_iso2").is_in(("IQ", "SY"))), by_district=False)
    elsewhere = names_of(sample.filter(~pl.col("country_iso2").is_in(("IQ", "SY"))), by_district=False)
    for title, names in (("GED 23.1 sample, Iraq and Syria", others), ("GED 23.1 sample, other countries", elsewhere)):
        for given in (WAYS[0], WAYS[2]):
            shown(f"{title}, {given.words()}", names, {"ours": ours(names, given, load())})
    names = names_of(later, by_district=False)
    for given in (WAYS[0], WAYS[2]):
        scores(names, given, learned)
        thresholds(names, given, learned)
    speed(names, learned)


def speed(names: pl.DataFrame, gazetteer: Gazetteer) -> None:
    """Print how many names are placed in a second of one core: each once, nothing remembered from before."""
    from mapping.geocoder.reading import read

    for given in (WAYS[0], WAYS[2]):
        spent = []
        for _ in range(5):
            read.cache_clear()
            started = time.process_time()
            ours(names, given, gazetteer)
            spent.append(time.process_time() - started)
        print(f"\n{names.height / sorted(spent)[2]:,.0f} names a second of one core, {given.words()} (median of five)")
    print(f"The process took {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most.")


if __name__ == "__main__":
    main()
