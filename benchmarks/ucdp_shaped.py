"""A CSV of any length in the shape of UCDP GED: rows of the shared files, repeated with ids of their own.

Two of three repetitions lie at places of the gazetteer in other countries, and each in another year. Where the shared files
are not there, the rows that are repeated are made by rule, with texts as long as UCDP's are.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from benchmarks.made import ROOT
from mapping.datasets import shipped

__all__ = ["write"]

SHARED = ROOT.parent / "shared" / "data" / "ucdp"
FILES = ("ged_syria_2016_2017.csv", "ged_v23_1_sample.csv")
COUNTRIES = {
    "AF": "Afghanistan", "BF": "Burkina Faso", "ET": "Ethiopia", "IQ": "Iraq", "ML": "Mali", "MM": "Myanmar (Burma)",
    "NG": "Nigeria", "SD": "Sudan", "UA": "Ukraine", "YE": "Yemen (North Yemen)",
}  # fmt: skip
YEARS = 28
MADE = 12_000


def write(path: Path, rows: int) -> Path:
    """Write so many rows to `path`, unless a file of that name is there; return it."""
    if path.is_file():
        return path
    base, places = _base(), _places()
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as file:
        for number, start in enumerate(range(0, rows, base.height)):
            part = _shifted(base.head(rows - start), start=start, years=number % YEARS)
            part = _moved(part, places, seed=number) if number % 3 else part
            part.write_csv(file, include_header=start == 0)
    return unfinished.replace(path)


def _base() -> pl.DataFrame:
    if (SHARED / FILES[0]).is_file():
        return pl.concat((pl.read_csv(SHARED / name, infer_schema=False) for name in FILES), how="diagonal")
    print(f"{SHARED} is not there: the rows are made by rule")
    places = _places().sample(MADE, with_replacement=True, seed=0)
    number = pl.int_range(MADE)
    day = pl.date(2017, 1, 1) + pl.duration(days=number % 700)
    headline = pl.concat_str(
        pl.lit("Reports of fighting near "), "name", pl.lit(", said residents and a monitor. ")
    ).repeat_by(3)
    texts = {
        "id": number, "year": pl.lit("2017"), "type_of_violence": number % 3 + 1, "side_a": pl.lit("Government of the country"),
        "side_b": pl.concat_str(pl.lit("Group "), number % 40), "number_of_sources": number % 4 + 1,
        "source_office": pl.lit("Agency A"), "source_article": headline.list.join(""),
        "source_date": day, "source_headline": headline.list.join(""), "where_prec": number % 4 + 1,
        "where_coordinates": pl.col("name"), "adm_1": pl.lit(None), "adm_2": pl.lit(None), "latitude": pl.col("latitude").round(6),
        "longitude": pl.col("longitude").round(6), "geom_wkt": pl.lit(None),
        "country": pl.col("country_iso2").replace_strict(COUNTRIES), "event_clarity": pl.lit("1"), "date_prec": pl.lit("1"),
        "date_start": day, "date_end": day, "deaths_a": number % 5, "deaths_b": number % 7, "deaths_civilians": pl.lit("0"),
        "low": number % 5 + number % 7, "best": number % 5 + number % 7, "high": number % 5 + number % 7,
    }  # fmt: skip
    return places.select(value.cast(pl.String).alias(name) for name, value in texts.items())


def _places() -> pl.DataFrame:
    columns = ["name", "latitude", "longitude", "country_iso2"]
    places = pl.read_parquet(shipped("gazetteer/places.parquet"), columns=columns)
    return places.filter(pl.col("country_iso2").is_in(list(COUNTRIES)))


def _shifted(base: pl.DataFrame, *, start: int, years: int) -> pl.DataFrame:
    """Return the rows with ids of their own, so many years earlier; 29 February becomes the 28th."""

    def earlier(column: str) -> pl.Expr:
        year = (pl.col(column).str.slice(0, 4).cast(pl.Int32) - years).cast(pl.String)
        return pl.concat_str(year, pl.col(column).str.slice(4).str.replace("-02-29", "-02-28", literal=True)).alias(
            column
        )

    return base.with_columns((pl.int_range(pl.len()) + start + 1_000_000).cast(pl.String).alias("id")).with_columns(
        earlier(column) for column in ("year", "date_start", "date_end")
    )


def _moved(rows: pl.DataFrame, places: pl.DataFrame, *, seed: int) -> pl.DataFrame:
    place = places.sample(rows.height, with_replacement=True, seed=seed)
    x, y = (place[name].round(6).cast(pl.String) for name in ("longitude", "latitude"))
    nothing = pl.lit(None, pl.String)
    return rows.with_columns(
        place["country_iso2"].replace_strict(COUNTRIES).alias("country"), place["name"].alias("where_coordinates"),
        y.alias("latitude"), x.alias("longitude"), nothing.alias("adm_1"), nothing.alias("adm_2"), nothing.alias("geom_wkt"),
    )  # fmt: skip
