"""The map counts as the numbers above it do."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import polars as pl

from mapping import admin, aggregate
from mapping.layers.areas import district_counts
from mapping.layers.shading import measures
from mapping.placement import PLACED, placed
from mapping.schema import GEO_PRECISIONS, conform

if TYPE_CHECKING:
    from mapping.admin.sets import Sets


def every_kind() -> pl.DataFrame:
    kinds = itertools.product([*GEO_PRECISIONS, None], [33.0, None], [42.0, None], ["IQ-AN", None])
    columns = ("geo_precision", "latitude", "longitude", "adm1_code")
    return conform(pl.DataFrame([dict(zip(columns, kind, strict=True)) for kind in kinds], infer_schema_length=None))


def province_counts(frame: pl.DataFrame) -> pl.DataFrame:
    return measures(frame).select("adm1_code", "n", "only")


def test_placed_says_what_aggregate_counts() -> None:
    frame = every_kind()
    counts = dict(frame.group_by(placed()).len().iter_rows())
    assert tuple(counts.get(name, 0) for name in PLACED) == aggregate.placement(frame)[1:]


def test_provinces_are_counted_as_aggregate_does() -> None:
    frame = every_kind()
    theirs = aggregate.by_province(frame).filter(pl.col("adm1_code").is_not_null())
    assert province_counts(frame).rows() == theirs.select("adm1_code", "incidents", "province_only").rows()


def test_a_row_known_to_the_country_counts_in_no_province(frame: pl.DataFrame) -> None:
    assert province_counts(frame).rows() == [("IQ-AN", 7, 3)]


def test_what_is_known_to_a_district_in_use_is_counted_there_and_in_its_province(
    own: Sets, vague: pl.DataFrame
) -> None:
    assert district_counts(vague).is_empty()
    with admin.using(own):
        assert district_counts(vague).rows() == [("Q1", "IQ-AN", 2)]
        assert province_counts(vague).rows() == [("IQ-AN", 4, 4)]
