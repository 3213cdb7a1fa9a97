"""What an export says of itself: what it holds, where that came from, and on which terms."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import polars as pl

from mapping.licences import NO_REDISTRIBUTION, is_restricted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Metadata", "notice"]


def notice(frame: pl.DataFrame) -> str:
    """Return the sentence that must go with rows not to be passed on; empty when there are none.

    Examples
    --------
    >>> rows = pl.DataFrame({"dataset": ["mine", "acled"], "licence": ["CC0", "ACLED terms: no redistribution"]})
    >>> notice(rows)
    'Not for passing on: the terms of 1 of these 2 rows (acled) forbid it. Keep this file to yourself; ...'
    """
    restricted = frame.filter(is_restricted(pl.col("licence")))
    if restricted.is_empty():
        return ""
    names = ", ".join(restricted["dataset"].unique(maintain_order=True).fill_null("no dataset"))
    return (
        f"Not for passing on: the terms of {restricted.height:,} of these {frame.height:,} rows ({names}) forbid it. "
        "Keep this file to yourself; results drawn from it may be published with the citation given."
    )


@dataclass(frozen=True, kw_only=True)
class Metadata:
    """What the caller knows of an export and the rows do not tell.

    Attributes
    ----------
    title
        Of the export.
    filter
        As `mapping.query.Filter.to_params` gives it.
    rejected
        Rows of the source file that are not here, for they were refused.
    boundary_source, boundary_version
        Of the provinces that the rows were joined to.
    place_names
        The user's own lists of names by which rows were placed: name, version, licence, citation and rows of each.
    generated
        When, with its time zone.
    """

    title: str
    filter: Mapping[str, str] = field(default_factory=dict)
    rejected: int = 0
    boundary_source: str = ""
    boundary_version: str = ""
    place_names: Sequence[Mapping[str, Any]] = ()
    generated: datetime = field(default_factory=lambda: datetime.now(UTC))

    def describe(self, frame: pl.DataFrame) -> dict[str, Any]:
        """Return the metadata of an export of `frame`, ready for JSON.

        Examples
        --------
        >>> from mapping.schema import conform
        >>> about = Metadata(title="Mine").describe(conform(pl.DataFrame({"dataset": ["mine"], "licence": ["CC0"]})))
        >>> about["counts"], about["datasets"][0]["licence"]
        ({'shown': 1, 'unlocated': 1, 'rejected': 0}, 'CC0')
        """
        placed = frame.filter(pl.col("latitude").is_not_null() & pl.col("longitude").is_not_null()).height
        datasets = frame.group_by("dataset", "dataset_version", "licence", "citation", maintain_order=True).agg(
            pl.len().alias("rows"), (~is_restricted(pl.col("licence").first())).alias("may_be_passed_on")
        )
        about = {
            "title": self.title,
            "generated": self.generated.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            "filter": dict(self.filter),
            "counts": {"shown": frame.height, "unlocated": frame.height - placed, "rejected": self.rejected},
            "datasets": datasets.rename({"dataset_version": "version"}).to_dicts(),
            "boundaries": {"source": self.boundary_source, "version": self.boundary_version},
        }
        names = [dict(each) for each in self.place_names]
        said = " ".join(filter(None, (notice(frame), _names_notice(names))))
        return about | ({"place_names": names} if names else {}) | ({"notice": said} if said else {})


def _names_notice(names: Sequence[Mapping[str, Any]]) -> str:
    """Return the sentence that goes with places that came from names not to be passed on; empty when there are none."""
    restricted = [each for each in names if NO_REDISTRIBUTION in each["licence"]]
    rows, lists = sum(each["rows"] for each in restricted), ", ".join(each["name"] for each in restricted)
    return f"The places of {rows:,} rows come from names that may not be passed on ({lists})." if restricted else ""
