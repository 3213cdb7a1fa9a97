"""Export and Snapshot without a browser: what the menus say, and what the switch for publication does."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from mapping import pipeline
from mapping.errors import InvalidValue
from mapping.layers.page import PageView
from mapping.query import Filter
from mapping.schema import SCHEMA
from mapping.store import Store
from tests.pages.test_explore import markup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from streamlit.testing.v1 import AppTest


def mine(tmp_path: Path) -> None:
    """Keep two rows in the store, of which one may not be passed on."""
    table = tmp_path / "mine.csv"
    table.write_text("date,place,country,licence\n2024-01-03,Hit,Iraq,No redistribution\n2024-01-04,Hit,Iraq,CC0\n")
    with Store() as store:
        pipeline.keep(pipeline.process(table), store, name="mine", licence="")


def labels(part: Any) -> Iterator[str]:
    """The labels of the menus and of the buttons that save a file."""
    if part.type in ("popover", "download_button"):
        yield (part.proto.popover if part.type == "popover" else part.proto).label
    for child in getattr(part, "children", {}).values():
        yield from labels(child)


def test_the_switch_says_what_it_leaves_out_and_the_button_how_many_go(
    open_app: Callable[..., AppTest], tmp_path: Path
) -> None:
    mine(tmp_path)
    app = open_app(dataset="mine")
    assert "Not for passing on: the terms of 1 of these 2 rows (mine) forbid it." in markup(app)
    assert "Export 2" in set(labels(app.main))
    app.toggle(key="export-published").set_value(True).run()
    assert (
        "For publication, 1 of 2 rows is left out: the terms of its dataset (mine: 1) forbid passing it on."
        in markup(app)
    )
    assert "Export 1" in set(labels(app.main))
    assert not app.toggle(key="snapshot-published").value
    assert "Save snapshot of 2" in set(labels(app.main))


def test_a_csv_comes_with_what_it_is() -> None:
    rows = pipeline.shipped_incidents().head(3)
    archive = zipfile.ZipFile(BytesIO(pipeline.export_csv(rows, filter=Filter(countries=("IQ",)))))
    assert archive.namelist() == ["incidents.csv", "incidents.csv-metadata.json"]
    assert archive.read("incidents.csv") == pipeline.export_bytes(rows, "csv")
    about = json.loads(archive.read("incidents.csv-metadata.json"))
    assert about["url"] == "incidents.csv"
    assert [column["name"] for column in about["tableSchema"]["columns"]] == list(SCHEMA)
    assert "Natural Earth" in about["boundaries"]["source"]
    assert (about["filter"], about["filter_in_words"]) == ({"country": "IQ"}, ["Iraq"])


def test_beside_a_table_of_figures_stand_its_own_columns() -> None:
    table = pl.DataFrame({"adm1_code": ["IQ-AN"], "incidents": [3], "per_cent": [0.5], "last": [date(2024, 7, 16)]})
    archive = zipfile.ZipFile(BytesIO(pipeline.export_table(table, pipeline.shipped_incidents(), name="a", title="A")))
    columns = json.loads(archive.read("a.csv-metadata.json"))["tableSchema"]["columns"]
    kinds = {"adm1_code": "string", "incidents": "integer", "per_cent": "number", "last": "date"}
    assert {column["name"]: column["datatype"] for column in columns} == kinds
    assert [column["name"] for column in columns if "dc:description" in column] == ["adm1_code"]


def test_a_snapshot_for_publication_has_no_row_that_may_not_be_passed_on() -> None:
    rows = pl.concat([pipeline.shipped_incidents().head(2)] * 2).with_columns(
        licence=pl.Series(["CC0", "no redistribution"] * 2), summary=pl.Series(["open", "kept back"] * 2)
    )
    page = pipeline.snapshot(rows, view=PageView(), for_publication=True).decode()
    assert '"open"' in page
    assert "kept back" not in page
    assert "For publication, 2 of 4 rows are left out" in page


def test_more_rows_than_a_page_holds_are_refused_in_a_sentence() -> None:
    rows = pl.DataFrame({"source_row": pl.int_range(1, 200_002, eager=True)})
    with pytest.raises(InvalidValue, match=r"200,001 rows are too many for the format Web page \(at most 200,000\)"):
        pipeline.snapshot(rows, view=PageView())
