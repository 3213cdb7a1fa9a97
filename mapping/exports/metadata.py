"""What an export says of itself: what it holds, where that came from, and on which terms."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import polars as pl

from mapping.exports.counts import counts, number_of, rows_in
from mapping.exports.tables import sha256
from mapping.licences import forbids, is_restricted
from mapping.schema import COLUMNS, SCHEMA
from mapping.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Metadata", "beside_csv", "notice", "results_notice", "terms"]

_HOW = "SHA-256 of the same rows as CSV, byte for byte as this app exports them: `sha256sum incidents.csv`"


_MEANINGS = {each.name: each.meaning for each in COLUMNS}


def beside_csv(name: str, about: Mapping[str, Any], schema: Mapping[str, pl.DataType] = SCHEMA) -> dict[str, Any]:
    """Return what lies beside a CSV of that name: what its columns are (W3C, CSV on the Web), and its metadata.

    Parameters
    ----------
    schema
        The columns of the CSV, where it does not hold incidents.

    Examples
    --------
    >>> beside_csv("incidents.csv", {"title": "Mine"})["tableSchema"]["columns"][0]["name"]
    'incident_id'
    >>> beside_csv("weapons.csv", {}, {"incidents": pl.Int64()})["tableSchema"]["columns"]
    [{'name': 'incidents', 'titles': 'incidents', 'datatype': 'integer'}]
    """
    columns = [{"name": each, "titles": each, "datatype": _datatype(kind)} for each, kind in schema.items()]
    for column in columns:
        if said := _MEANINGS.get(column["name"]):
            column["dc:description"] = said
    return {"@context": "http://www.w3.org/ns/csvw", "url": name, "tableSchema": {"columns": columns}, **about}


def _datatype(kind: pl.DataType) -> str:
    """Name a type as CSV on the Web does."""
    if kind.is_numeric():
        return "integer" if kind.is_integer() else "number"
    return {pl.Date: "date", pl.Boolean: "boolean"}.get(type(kind), "string")


def terms(frame: pl.DataFrame) -> pl.DataFrame:
    """Count the rows of each dataset and licence, and say which may not be passed on.

    Parameters
    ----------
    frame
        Incidents with dataset and licence, as text or as categories; or their counts (`mapping.exports.counts`).

    Returns
    -------
    polars.DataFrame
        dataset, licence, rows, restricted.

    Examples
    --------
    >>> terms(pl.DataFrame({"dataset": ["mine", "acled"], "licence": ["CC0", "no redistribution"]}))["restricted"].to_list()
    [False, True]
    """
    counts = frame.group_by("dataset", "licence", maintain_order=True).agg(rows_in(frame))
    # Text only now: a million categories would take a tenth of a second.
    return counts.with_columns(pl.col("dataset", "licence").cast(pl.String)).with_columns(
        is_restricted(pl.col("licence")).alias("restricted")
    )


def notice(frame: pl.DataFrame) -> str:
    """Return the sentence that must go with rows not to be passed on; empty when there are none.

    Examples
    --------
    >>> rows = pl.DataFrame({"dataset": ["mine", "acled"], "licence": ["CC0", "ACLED terms: no redistribution"]})
    >>> notice(rows)
    'Not for passing on: the terms of 1 of these 2 rows (acled) forbid it. Keep this file to yourself; ...'
    """
    said = _forbidden(frame)
    return (
        said and f"{said} Keep this file to yourself; results drawn from it may be published with the citation given."
    )


def results_notice(frame: pl.DataFrame) -> str:
    """Return the sentence that must go with results drawn from rows not to be passed on; empty when there are none.

    Examples
    --------
    >>> rows = pl.DataFrame({"dataset": ["mine", "acled"], "licence": ["CC0", "ACLED terms: no redistribution"]})
    >>> results_notice(rows)
    'Not for passing on: the terms of 1 of these 2 rows (acled) forbid it. This result may be published with the citation given.'
    """
    said = _forbidden(frame)
    return said and f"{said} This result may be published with the citation given."


def _forbidden(frame: pl.DataFrame) -> str:
    restricted = terms(frame).filter("restricted")
    if restricted.is_empty():
        return ""
    names = ", ".join(restricted["dataset"].fill_null("no dataset").unique(maintain_order=True))
    return f"Not for passing on: the terms of {restricted['rows'].sum():,} of these {number_of(frame):,} rows ({names}) forbid it."


@dataclass(frozen=True, kw_only=True)
class Metadata:
    """What the caller knows of an export and the rows do not tell.

    Attributes
    ----------
    title
        Of the export.
    filter
        As `mapping.query.Filter.to_params` gives it.
    filter_in_words
        The same for people, one piece for each thing that is filtered for.
    rejected
        Rows of the source file that are not here, for they were refused.
    left_out
        As `mapping.exports.publication.publishable` gives it; None when the export is not for publication.
    boundary_source, boundary_version
        Of the provinces that the rows were joined to.
    place_names
        The user's own lists of names by which rows were placed: name, version, licence, citation and rows of each.
    made_with
        Which version of the app.
    generated
        When, with its time zone.
    """

    title: str
    filter: Mapping[str, str] = field(default_factory=dict)
    filter_in_words: Sequence[str] = ()
    rejected: int = 0
    left_out: Mapping[str, Any] | None = None
    boundary_source: str = ""
    boundary_version: str = ""
    place_names: Sequence[Mapping[str, Any]] = ()
    made_with: str = f"Incident Atlas {VERSION}"
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
        return self.describe_counts(counts(frame), sha256(frame))

    def describe_counts(self, counted: pl.DataFrame, sha256: str) -> dict[str, Any]:
        """Return the metadata of an export whose rows are known by their counts and the hash of all.

        Examples
        --------
        >>> from mapping.schema import empty_frame
        >>> Metadata(title="Mine").describe_counts(counts(empty_frame()), "…")["counts"]
        {'shown': 0, 'unlocated': 0, 'rejected': 0}
        """
        shown = number_of(counted)
        datasets = counted.group_by("dataset", "dataset_version", "licence", "citation", maintain_order=True).agg(
            pl.col("rows").sum(), (~is_restricted(pl.col("licence").first())).alias("may_be_passed_on")
        )
        about = {
            "title": self.title,
            "generated": self.generated.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            "made_with": self.made_with,
            "filter": dict(self.filter),
            "filter_in_words": list(self.filter_in_words),
            "counts": {
                "shown": shown,
                "unlocated": number_of(counted.filter(~pl.col("located"))),
                "rejected": self.rejected,
            },
            "datasets": datasets.rename({"dataset_version": "version"}).to_dicts(),
            "boundaries": {"source": self.boundary_source, "version": self.boundary_version},
            "rows_sha256": {"value": sha256, "of": _HOW},
        }
        names = [dict(each) for each in self.place_names]
        left_out = dict(self.left_out or {})
        said = " ".join(filter(None, (left_out.get("notice"), notice(counted), _names_notice(names))))
        optional = {"place_names": names, "left_out": left_out, "notice": said}
        return about | {name: value for name, value in optional.items() if value}


def _names_notice(names: Sequence[Mapping[str, Any]]) -> str:
    """Return the sentence that goes with places that came from names not to be passed on; empty when there are none."""
    restricted = [each for each in names if forbids(each["licence"])]
    rows, lists = sum(each["rows"] for each in restricted), ", ".join(each["name"] for each in restricted)
    return f"The places of {rows:,} rows come from names that may not be passed on ({lists})." if restricted else ""
