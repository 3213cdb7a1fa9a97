"""Incidents become marks: one for each place and precision, with the number of incidents there."""

from __future__ import annotations

import polars as pl

from mapping.layers.colours import BY_TYPE, Colouring
from mapping.placement import has_mark

__all__ = [
    "PER_DEGREE",
    "PRECISIONS",
    "at_same_place",
    "columns",
    "marks",
    "marks_of",
    "place_key",
    "positions",
    "row_of",
    "spots",
    "with_mark",
]

PRECISIONS = ("area", "near", "offshore", "town", "site")
"""In the order of painting: the fine lie on the coarse, or clicks would land on the big circles."""

PER_DEGREE = 100_000
"""Positions are whole numbers, about a metre: what lies closer is one place."""

_PLACE = ("_latitude", "_longitude", "geo_precision")
_RANK = {name: i for i, name in enumerate(PRECISIONS)}
_ROWS = 2**32
_HALF, _KINDS, _GROUPS = 2**25, 8, 16  # a position, a precision and a colour fit into one whole number
_EARLIEST = 4_000_000  # days before 1970 that a date may lie, and more than the calendar has


def positions() -> list[pl.Expr]:
    """Return latitude and longitude in hundred-thousandths of a degree.

    Examples
    --------
    >>> pl.DataFrame({"latitude": [33.8], "longitude": [42.4]}).select(positions()).row(0)
    (3380000, 4240000)
    """
    axes = ("latitude", "longitude")
    return [(pl.col(name) * PER_DEGREE).round().cast(pl.Int32, strict=False).alias(name) for name in axes]


def spots(frame: pl.DataFrame, colouring: Colouring = BY_TYPE) -> pl.DataFrame:
    """Return where the incidents lie that have a place to point at, in whole numbers only.

    Parameters
    ----------
    frame
        Incidents: latitude, longitude, geo_precision, and the column of the colouring.
    colouring
        What the colours say.

    Returns
    -------
    polars.DataFrame
        row (of `frame`), latitude and longitude (hundred-thousandths of a degree), precision (place in
        `PRECISIONS`), group (place in the colouring's).

    Examples
    --------
    >>> from mapping.schema import conform
    >>> rows = conform(pl.DataFrame({"latitude": [None, 33.8], "longitude": [None, 42.4], "geo_precision": "site"}))
    >>> spots(rows).rows()
    [(1, 3380000, 4240000, 4, 6)]
    """
    return (
        frame.select("latitude", "longitude", "geo_precision", colouring.column)
        .with_row_index("row")
        .filter(has_mark())
        .select(
            "row",
            *positions(),
            pl.col("geo_precision").replace_strict(_RANK, return_dtype=pl.Int8).alias("precision"),
            colouring.code().alias("group"),
        )
    )


def place_key() -> pl.Expr:
    """Return one number for each place and precision of `spots`.

    Examples
    --------
    >>> spotted = pl.DataFrame({"latitude": [1, 1], "longitude": [2, 2], "precision": [3, 4]})
    >>> spotted.select(key=place_key())["key"].n_unique()
    2
    """
    latitude, longitude = pl.col("latitude").cast(pl.Int64) + _HALF, pl.col("longitude").cast(pl.Int64) + _HALF
    return (latitude * 2 * _HALF + longitude) * _KINDS + pl.col("precision")


def _unpacked() -> list[pl.Expr]:
    """Return what `place_key` was made of."""
    place = pl.col("key") // _KINDS
    axes = [place // (2 * _HALF) - _HALF, place % (2 * _HALF) - _HALF]
    return [axes[0].alias("latitude"), axes[1].alias("longitude"), (pl.col("key") % _KINDS).alias("precision")]


def marks(frame: pl.DataFrame, colouring: Colouring = BY_TYPE) -> pl.DataFrame:
    """Gather the incidents that have a place to point at, by place and precision: `marks_of` all `spots`.

    Examples
    --------
    >>> from mapping.schema import conform
    >>> at_base = {"latitude": 33.8, "longitude": 42.4, "geo_precision": "site", "matched_name": "Ain al-Asad Airbase"}
    >>> rows = conform(pl.DataFrame([at_base | {"event_type": "drone attack"}, at_base | {"event_type": "rocket attack"}]))
    >>> marks(rows).select("n", "place", "numbers").rows()
    [(2, 'Ain al-Asad Airbase', [1, 1, 0, 0, 0, 0, 0])]
    """
    return marks_of(frame, spots(frame, colouring), colouring)


def marks_of(frame: pl.DataFrame, spotted: pl.DataFrame, colouring: Colouring = BY_TYPE) -> pl.DataFrame:
    """Gather spots of `frame` by place and precision.

    Returns
    -------
    polars.DataFrame
        One row a mark, in the order of painting: latitude and longitude (hundred-thousandths of a
        degree), geo_precision, radius_km, n, incident_id (the newest, the first of the frame among
        them), place (the newest name), first and last (dates), numbers (how many of each group of
        the colouring).

    Examples
    --------
    >>> from mapping.schema import empty_frame
    >>> marks_of(empty_frame(), spots(empty_frame())).height
    0
    """
    gathered = _gathered(_with_known(frame, spotted), len(colouring.groups))
    newest, named = (_ROWS - 1 - gathered[name] % _ROWS for name in ("newest", "named"))
    texts = frame.select(
        pl.col("incident_id").gather(newest),
        pl.coalesce(pl.col("matched_name").gather(named), pl.col("place").gather(named)).alias("place"),
    )
    precision = pl.col("precision").replace_strict(dict(enumerate(PRECISIONS)), return_dtype=pl.String)
    return pl.concat([gathered, texts], how="horizontal").select(
        "latitude", "longitude", precision.alias("geo_precision"), "radius_km", "n", "incident_id", "place", "first", "last", "numbers"
    )  # fmt: skip


def _with_known(frame: pl.DataFrame, spotted: pl.DataFrame) -> pl.DataFrame:
    """Add to spots what their marks tell; `newest` is a number that says both day and row, `named` the same of a row with a name."""
    day = pl.col("date_start").to_physical().cast(pl.Int64).fill_null(-_EARLIEST) + _EARLIEST
    known = frame.select(
        day=day * _ROWS,
        first=pl.coalesce("date_start", "date_end"),
        last=pl.coalesce("date_end", "date_start"),
        radius_km="radius_km",
        has_name=pl.col("matched_name").is_not_null() | pl.col("place").is_not_null(),
    )[spotted["row"]]
    together = pl.concat([spotted, known], how="horizontal")
    together = together.with_columns(newest=pl.col("day") + (_ROWS - 1 - pl.col("row").cast(pl.Int64)))
    return together.with_columns(named=pl.when("has_name").then("newest"))


def _gathered(spotted: pl.DataFrame, groups: int) -> pl.DataFrame:
    """Gather spots by place and precision: first by group, too, in one number, which is quick, then the few that are left."""
    merged = (pl.col("first").min(), pl.col("last", "radius_km", "newest", "named").max())
    by_group = (
        spotted.with_columns(key=place_key() * _GROUPS + pl.col("group"))
        .group_by("key")
        .agg(pl.len().alias("n"), *merged)
        .with_columns(key=pl.col("key") // _GROUPS, group=pl.col("key") % _GROUPS)
    )
    names = [f"group {i}" for i in range(groups)]
    return (
        by_group.with_columns(pl.when(group=i).then("n").otherwise(0).alias(name) for i, name in enumerate(names))
        .group_by("key")
        .agg(pl.col("n", *names).sum(), *merged)
        .select(*_unpacked(), pl.exclude("key", *names), numbers=pl.concat_list(names))
        .sort("precision", "n", "newest", "latitude", descending=[False, True, True, True])
    )


def row_of(frame: pl.DataFrame, incident_id: str) -> pl.DataFrame:
    """Return the row of that id, the first of several; none when it is not in the frame.

    Examples
    --------
    >>> row_of(pl.DataFrame({"incident_id": ["a", "b"], "n": [1, 2]}), "b").rows()
    [('b', 2)]
    """
    at = frame["incident_id"].index_of(incident_id)  # a filter would go over every column
    return frame.clear() if at is None else frame[at : at + 1]


def at_same_place(frame: pl.DataFrame, incident_id: str) -> pl.DataFrame:
    """Return the incidents that share a mark with the one of that id, the newest first, as `marks` has them.

    Just that one when it has no mark; none when it is not in the frame.

    Examples
    --------
    >>> from mapping.schema import conform
    >>> place = {"latitude": 33.8, "longitude": 42.4, "geo_precision": "site"}
    >>> rows = conform(pl.DataFrame([place | {"incident_id": "a"}, place | {"incident_id": "b"}, {"incident_id": "c"}]))
    >>> at_same_place(rows, "b")["incident_id"].to_list()
    ['a', 'b']
    """
    one = row_of(frame, incident_id)
    if one.filter(has_mark()).is_empty():
        return one
    latitude, longitude = one.select(positions()).row(0)
    here = [expr == value for expr, value in zip(positions(), (latitude, longitude), strict=True)]
    together = frame.filter(has_mark(), *here, pl.col("geo_precision") == one["geo_precision"].item())
    return together.sort("date_start", descending=True, nulls_last=True, maintain_order=True)


def with_mark(frame: pl.DataFrame, marked: pl.DataFrame) -> pl.DataFrame:
    """Add to each incident the row of `marked` (see `marks`) that holds it, -1 for none; the newest first.

    Returns
    -------
    polars.DataFrame
        With one column more, mark.

    Examples
    --------
    >>> from mapping.schema import conform
    >>> rows = conform(pl.DataFrame({"latitude": [33.8, None], "longitude": [42.4, None], "geo_precision": "site"}))
    >>> with_mark(rows, marks(rows))["mark"].to_list()
    [0, -1]
    """
    places = marked.select(
        pl.col("latitude").alias("_latitude"), pl.col("longitude").alias("_longitude"), "geo_precision"
    ).with_row_index("mark")
    return (
        frame.with_columns(axis.name.prefix("_") for axis in positions())
        .with_columns(pl.col("geo_precision").cast(pl.String))
        .join(places, on=_PLACE, how="left", maintain_order="left")
        .sort("date_start", descending=True, nulls_last=True, maintain_order=True)
        .select(*frame.columns, pl.col("mark").cast(pl.Int32).fill_null(-1))
    )


def columns(marked: pl.DataFrame) -> dict[str, object]:
    """Write marks as columns of numbers and strings, the way static/marks.js reads them.

    Examples
    --------
    >>> from mapping.schema import empty_frame
    >>> columns(marks(empty_frame()))["n"]
    []
    """
    names = marked["place"].drop_nulls().unique(maintain_order=True)
    index = {name: i for i, name in enumerate(names)}
    is_mixed = marked["numbers"].list.max() < marked["n"]
    at = is_mixed.arg_true().to_list()
    return {
        "precisions": list(PRECISIONS),
        "names": names.to_list(),
        "latitude": marked["latitude"].to_list(),
        "longitude": marked["longitude"].to_list(),
        "precision": marked["geo_precision"].replace_strict(_RANK, return_dtype=pl.Int8).to_list(),
        "radius": (marked["radius_km"] * 10).round().cast(pl.Int32, strict=False).fill_null(0).to_list(),
        "n": marked["n"].to_list(),
        "group": marked["numbers"].list.arg_max().to_list(),
        "mixed": dict(zip(map(str, at), marked["numbers"].filter(is_mixed).to_list(), strict=True)),
        "place": marked["place"].replace_strict(index, default=-1, return_dtype=pl.Int32).to_list(),
        "first": marked["first"].to_physical().to_list(),
        "last": marked["last"].to_physical().to_list(),
        "id": marked["incident_id"].to_list(),
    }
