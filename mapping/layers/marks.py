"""Incidents become marks: one for each place and precision, with the number of incidents there."""

from __future__ import annotations

import polars as pl

from mapping.palette import EVENT_GROUPS, event_group
from mapping.placement import has_mark

__all__ = ["PRECISIONS", "at_same_place", "columns", "marks", "with_mark"]

PRECISIONS = ("area", "near", "offshore", "town", "site")
"""In the order of painting: the fine lie on the coarse, or clicks would land on the big circles."""

_GROUPS = [group.label for group in EVENT_GROUPS]
_PER_DEGREE = 100_000  # about a metre; what lies closer is one place
_PLACE = ("_latitude", "_longitude", "geo_precision")


def _with_place(frame: pl.DataFrame) -> pl.DataFrame:
    """Add what makes one place, and put the newest incident first."""
    return frame.with_columns(
        (pl.col(name) * _PER_DEGREE).round().cast(pl.Int32, strict=False).alias(f"_{name}")
        for name in ("latitude", "longitude")
    ).sort("date_start", "incident_id", descending=[True, False], nulls_last=True)


def marks(frame: pl.DataFrame) -> pl.DataFrame:
    """Gather the incidents that have a place to point at, by place and precision.

    Returns
    -------
    polars.DataFrame
        One row a mark, in the order of painting: latitude and longitude (hundred-thousandths of a
        degree), geo_precision, radius_km, n, incident_id (the newest), place, first and last (dates),
        and one column of counts for each label of `mapping.palette.EVENT_GROUPS`.

    Examples
    --------
    >>> from mapping.schema import conform
    >>> at_base = {"latitude": 33.8, "longitude": 42.4, "geo_precision": "site", "matched_name": "Ain al-Asad Airbase"}
    >>> rows = conform(pl.DataFrame([at_base | {"event_type": "drone attack"}, at_base | {"event_type": "rocket attack"}]))
    >>> marks(rows).select("n", "place", "Drone", "Rocket, missile", "Bomb").rows()
    [(2, 'Ain al-Asad Airbase', 1, 1, 0)]
    """
    group = event_group(pl.col("event_type"))
    order = pl.col("geo_precision").replace_strict({name: i for i, name in enumerate(PRECISIONS)}, return_dtype=pl.Int8)
    return (
        _with_place(frame.filter(has_mark()))
        .with_columns(group.alias("_group"))
        .group_by(_PLACE, maintain_order=True)
        .agg(
            pl.len().alias("n"),
            pl.col("radius_km").max(),
            pl.col("incident_id").first(),
            pl.coalesce("matched_name", "place").drop_nulls().first().alias("place"),
            pl.coalesce("date_start", "date_end").min().alias("first"),
            pl.coalesce("date_end", "date_start").max().alias("last"),
            *((pl.col("_group") == label).sum().alias(label) for label in _GROUPS),
        )
        .rename({"_latitude": "latitude", "_longitude": "longitude"})
        .sort(order, "n", descending=[False, True], maintain_order=True)
    )


def at_same_place(frame: pl.DataFrame, incident_id: str) -> pl.DataFrame:
    """Return the incidents that share a mark with the one of that id, the newest first.

    Just that one when it has no mark; none when it is not in the frame.

    Examples
    --------
    >>> from mapping.schema import conform
    >>> place = {"latitude": 33.8, "longitude": 42.4, "geo_precision": "site"}
    >>> rows = conform(pl.DataFrame([place | {"incident_id": "a"}, place | {"incident_id": "b"}, {"incident_id": "c"}]))
    >>> at_same_place(rows, "b")["incident_id"].to_list()
    ['a', 'b']
    """
    one = frame.filter(pl.col("incident_id") == incident_id).head(1)
    if one.filter(has_mark()).is_empty():
        return one
    together = _with_place(frame.filter(has_mark())).join(_with_place(one).select(_PLACE), on=_PLACE, how="semi")
    return together.select(frame.columns)


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
        _with_place(frame)
        .join(places, on=_PLACE, how="left", maintain_order="left")
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
    counts = marked.select(_GROUPS)
    is_mixed = counts.select(pl.sum_horizontal(pl.all() > 0) > 1).to_series()
    at = is_mixed.arg_true().to_list()
    return {
        "precisions": list(PRECISIONS),
        "names": names.to_list(),
        "latitude": marked["latitude"].to_list(),
        "longitude": marked["longitude"].to_list(),
        "precision": marked["geo_precision"]
        .replace_strict({p: i for i, p in enumerate(PRECISIONS)}, return_dtype=pl.Int8)
        .to_list(),
        "radius": (marked["radius_km"] * 10).round().cast(pl.Int32, strict=False).fill_null(0).to_list(),
        "n": marked["n"].to_list(),
        "group": counts.to_numpy().argmax(axis=1).tolist(),
        "mixed": {str(i): list(row) for i, row in zip(at, counts.filter(is_mixed).iter_rows(), strict=True)},
        "place": marked["place"].replace_strict(index, default=-1, return_dtype=pl.Int32).to_list(),
        "first": marked["first"].to_physical().to_list(),
        "last": marked["last"].to_physical().to_list(),
        "id": marked["incident_id"].to_list(),
    }
