"""What waits for a person: places that the geocoder did not know or found several of, and what was decided of them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from mapping.admin import locate, resolve_province, units
from mapping.distances import arc_km
from mapping.gazetteer import in_use
from mapping.geocoder import candidates, provinces, questions
from mapping.geocoder.corrections import ASKED, GIVEN, question_keys
from mapping.pipeline.opened import stored_parts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapping.geocoder import Candidate
    from mapping.geocoder.corrections import Choice
    from mapping.store import Store

__all__ = [
    "asked", "asked_in", "beside", "candidates_for", "correction_of", "decide", "decided", "lies_in", "open_questions", "question_id", "queue", "undecided",
]  # fmt: skip

_GROUPS = (*ASKED, "site_type")


def asked(incidents: pl.DataFrame) -> pl.DataFrame:
    """Return the rows whose place is for us to find, with what each asks and whether that waits for a person.

    Parameters
    ----------
    incidents
        As the geocoder placed them, no correction laid over them.

    Returns
    -------
    polars.DataFrame
        With question (the same for rows that ask the same) and is_open (the geocoder did not know the place, or
        found several) added.

    Examples
    --------
    >>> from mapping.pipeline import shipped_incidents
    >>> rows = asked(shipped_incidents().filter(pl.col("place").is_in(["Ain al-Assad base", "Haftaghar"])))
    >>> rows.select("place", "is_open").unique().sort("place").rows()
    [('Ain al-Assad base', False), ('Haftaghar', True)]
    """
    ours = _ours(incidents)
    named = ours.with_columns(_identifiers(question_keys(ours)).alias("question")).drop_nulls("question")
    unknown = questions(named).select(*_GROUPS, is_open=True)
    joined = named.join(unknown, on=_GROUPS, how="left", nulls_equal=True, maintain_order="left")
    return joined.with_columns(pl.col("is_open").fill_null(False))


def _ours(incidents: pl.DataFrame) -> pl.DataFrame:
    return incidents.filter(~pl.col("geo_method").is_in(GIVEN).fill_null(False) & pl.col("place").is_not_null())


def asked_in(store: Store, dataset: str | None = None) -> pl.DataFrame:
    """Return what `asked` does of all of the atlas or of one dataset: no more is held at once than the rows that ask.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from mapping.store import Store
    >>> with TemporaryDirectory() as folder, Store(Path(folder)) as store:
    ...     asked_in(store)["dataset"].unique().to_list()
    ['Starter incidents']
    """
    ours = map(_ours, stored_parts(store))
    return asked(pl.concat(rows if dataset is None else rows.filter(pl.col("dataset") == dataset) for rows in ours))


def _identifiers(keys: pl.Series) -> pl.Series:
    distinct = keys.drop_nulls().unique()
    short = pl.Series([hashlib.sha256(key.encode()).hexdigest()[:12] for key in distinct], dtype=pl.String)
    return keys.replace_strict(distinct, short, default=None, return_dtype=pl.String)


def question_id(incident: Mapping[str, Any]) -> str | None:
    """Return what `asked` calls the question of one incident, decided or not; None when it names no place.

    Examples
    --------
    >>> asks = {"place": "Hit", "country_iso2": "IQ", "adm1_claimed": "Anbar", "adm2_claimed": None}
    >>> question_id(asks) == question_id(asks | {"adm1_claimed": "al-Anbar"})
    True
    """
    return _identifiers(question_keys(_asked(incident)))[0]


def _asked(incident: Mapping[str, Any]) -> pl.DataFrame:
    return pl.DataFrame([{name: incident[name] for name in ASKED}], schema=dict.fromkeys(ASKED, pl.String()))


def queue(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the questions that rows of `asked` ask, those of most rows first.

    Returns
    -------
    polars.DataFrame
        question, the columns of `ASKED`, site_type, adm1_code (of the province claimed, null where it is none that
        we know), adm1_name, geo_reason, why (the same in three words), rows, first and last (dates).

    Examples
    --------
    >>> from mapping.schema import conform
    >>> rows = conform(pl.DataFrame({"place": ["X", "x"]})).with_columns(question=pl.lit("a"))
    >>> queue(rows).select("question", "place", "rows").row(0)
    ('a', 'X', 2)
    """
    told = (pl.col(name).first() for name in (*ASKED, "site_type", "geo_reason"))
    asked = rows.group_by("question", maintain_order=True).agg(
        *told,
        pl.len().alias("rows"),
        pl.coalesce("date_start", "date_end").min().alias("first"),
        pl.coalesce("date_end", "date_start").max().alias("last"),
        pl.when(pl.col("geo_reason").first().str.contains("places are named"))
        .then(pl.lit("several"))
        .otherwise(pl.lit("unknown"))
        .alias("why"),
    )
    code = resolve_province(asked["adm1_claimed"], asked["country_iso2"]).alias("adm1_code")
    names = units().select("adm1_code", "adm1_name")
    named = asked.with_columns(code).join(names, on="adm1_code", how="left", maintain_order="left")
    return named.sort("rows", descending=True, maintain_order=True)


def open_questions(store: Store, dataset: str | None = None) -> pl.DataFrame:
    """Return what waits for a person in all of the atlas or in one dataset; columns as `queue`.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from mapping.store import Store
    >>> with TemporaryDirectory() as folder, Store(Path(folder)) as store:
    ...     open_questions(store, "none of that name").height
    0
    """
    return queue(undecided(asked_in(store, dataset), store.corrections.all()))


def undecided(rows: pl.DataFrame, corrections: pl.DataFrame) -> pl.DataFrame:
    """Keep of the rows of `asked` those that wait for a person still."""
    answered = _identifiers(question_keys(corrections)).drop_nulls()
    return rows.filter(pl.col("is_open") & ~pl.col("question").is_in(answered.implode()))


def decided(rows: pl.DataFrame, corrections: pl.DataFrame) -> pl.DataFrame:
    """Return the decisions that stand, the newest first, with question, and rows: how many each answers.

    Of several on one question only the newest is there.

    Parameters
    ----------
    rows
        As `asked` returns them.
    corrections
        Columns of `mapping.geocoder.corrections.CORRECTIONS`, and id.
    """
    named = corrections.with_columns(_identifiers(question_keys(corrections)).alias("question"))
    newest = named.drop_nulls("question").unique("question", keep="last", maintain_order=True).reverse()
    counts = rows["question"].value_counts(name="rows")
    counted = newest.join(counts, on="question", how="left", maintain_order="left")
    return counted.with_columns(pl.col("rows").fill_null(0))


def decide(store: Store, question: Mapping[str, Any], choice: Choice) -> int:
    """Keep what a person says of a place, for all rows that ask the same, now and later; return its id for `undo`.

    Parameters
    ----------
    question
        A row of `queue`, or an incident: the columns of `mapping.geocoder.corrections.ASKED` count.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from mapping.geocoder.corrections import draw
    >>> from mapping.store import Store
    >>> asked = {"place": "Hit", "country_iso2": "IQ", "adm1_claimed": "Anbar", "adm2_claimed": None}
    >>> with TemporaryDirectory() as folder, Store(Path(folder)) as store:
    ...     decide(store, asked, draw(33.64, 42.83, "town", radius_km=5))
    1
    """
    return store.corrections.add({name: question[name] for name in ASKED} | choice._asdict())


def correction_of(store: Store, incident: Mapping[str, Any]) -> int | None:
    """Return the id of the decision that answers an incident, None when none does.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from mapping.geocoder.corrections import LEFT_UNKNOWN
    >>> from mapping.store import Store
    >>> asked = {"place": "Hit", "country_iso2": "IQ", "adm1_claimed": "Anbar", "adm2_claimed": None}
    >>> with TemporaryDirectory() as folder, Store(Path(folder)) as store:
    ...     made = decide(store, asked, LEFT_UNKNOWN)
    ...     correction_of(store, asked | {"place": "HIT"}), correction_of(store, asked | {"adm1_claimed": None})
    (1, None)
    """
    standing = store.corrections.all()
    answers = standing.filter(question_keys(standing).eq_missing(question_keys(_asked(incident))[0]))
    return answers["id"][-1] if answers.height else None


def candidates_for(question: Mapping[str, Any], *, limit: int = 5) -> list[Candidate]:
    """Return what the place of a question may be, best first; `question` is a row of `queue`.

    Examples
    --------
    >>> asks = {"place": "Balad", "country_iso2": "IQ", "adm1_code": "IQ-SD"}
    >>> candidates_for(asks, limit=1)[0].adm1_name
    'Salah al-Din'
    """
    return candidates(
        question["place"],
        country_iso2=question["country_iso2"],
        adm1_code=question["adm1_code"],
        district=question.get("adm2_claimed"),
        site_type=question.get("site_type"),
        limit=limit,
    )


def beside(latitude: float, longitude: float, adm1_code: str | None) -> str:
    """Say how far a point lies from the middle of the province stated, or from the nearest town that we know.

    Examples
    --------
    >>> beside(36.34, 43.13, "IQ-NI"), beside(36.8, 42.1, None)
    ('80 km from the middle of Nineveh', '4 km from Al Ya‘rubīyah')
    """
    if adm1_code:
        unit = provinces.unit(adm1_code)
        return (
            f"{arc_km(latitude, longitude, unit.latitude, unit.longitude):,.0f} km from the middle of {unit.adm1_name}"
        )
    town, away_km = in_use().nearest_town(latitude, longitude)
    return f"{away_km:,.0f} km from {town.name}"


def lies_in(latitude: float, longitude: float) -> str | None:
    """Return the name of the province in which a point lies.

    Examples
    --------
    >>> lies_in(36.34, 43.13)
    'Nineveh'
    """
    row = int(locate(np.array([longitude]), np.array([latitude]))[0])
    return units()["adm1_name"][row] if row >= 0 else None
