"""Analysis without a browser: what stands in its tables is what the filter lets pass, whatever the data hold."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import polars as pl
import pytest
import streamlit as st
from hypothesis import given
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from mapping import pipeline
from mapping.layers.assets import own
from mapping.pages import plots, printing
from mapping.pages.analysis_change import compared, named
from mapping.pages.analysis_figure import plain
from mapping.query import Filter
from mapping.schema import conform
from mapping.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

STYLE = Path(plots.__file__).with_name("style.css")

HOSTILE = [
    "<img src=x onerror=alert(1)>", "{{ 6*7 }}", "${alert(1)}", "**bold** :red[red] $x^2$", "الحشد الشعبي", "\u202egnp.exe",
    "a" * 4000, "]]></svg><script>alert(1)</script>", "=1+1", 'quote " and \' and &',
]  # fmt: skip


def analysis_page() -> None:
    from mapping.pages import analysis

    analysis.page()


@pytest.fixture
def open_analysis(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Opens the page at the address that the keywords spell, with rows of the test's own in the store."""
    monkeypatch.setenv("INCIDENT_ATLAS_HOME", str(tmp_path / "store"))

    def open_at(rows: pl.DataFrame | None = None, *, licence: str = "CC0", **params: str) -> AppTest:
        st.cache_resource.clear()
        if rows is not None:
            numbered = conform(rows.with_columns(source_row=pl.int_range(2, pl.len() + 2)))
            numbered = numbered.with_columns(incident_id=pl.col("source_row").cast(pl.String))
            with Store(tmp_path / "store") as store:
                store.add("Mine", numbered, raw=numbered.select("source_row", "place"), licence=licence)
        app = AppTest.from_function(analysis_page, default_timeout=60)
        app.query_params.update({name.rstrip("_"): value for name, value in params.items()})
        app.run()
        assert not app.exception, app.exception
        return app

    return open_at


def markup(app: AppTest) -> str:
    return "\n".join(part.proto.body for part in app.get("html") if not part.proto.body.startswith("<style"))


def tables(app: AppTest) -> dict[str, list[list[str]]]:
    """The rows of every table, by its caption; the cells as people read them."""
    found = {}
    for caption, body in re.findall(r"<caption>(.*?)</caption>(.*?)</table>", markup(app), flags=re.DOTALL):
        rows = re.findall(r"<tr>(.*?)</tr>", body.partition("</thead>")[2], flags=re.DOTALL)
        cells = (re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, flags=re.DOTALL) for row in rows)
        found[caption] = [[unescape(re.sub("<[^>]*>", "", cell)) for cell in row] for row in cells]
    return found


def number(cell: str) -> int:
    return int(cell.replace(",", ""))


def shown(app: AppTest) -> int:
    return number(re.search(r'class="number"><b>([\d,]+)</b>', markup(app))[1])


@pytest.mark.parametrize(
    "params",
    [{}, {"country": "IQ"}, {"from_": "2024-01-01", "to": "2024-12-31"}, {"province": "IQ-AN", "type": "drone attack"}],
)
def test_tables_add_up_to_what_the_filter_lets_pass(open_analysis: Callable[..., AppTest], params: dict) -> None:
    app = open_analysis(**params)
    wanted, _ = Filter.from_params({name.rstrip("_"): value for name, value in params.items()})
    rows = wanted.apply(pipeline.shipped_incidents())
    assert shown(app) == rows.height
    held = tables(app)
    for caption, lines in held.items():
        if not caption.startswith(("Change", "Sites", "Incidents by province")) and "actor" not in caption:
            counts = [number(line[1]) for line in lines if line[0] != "All"]
            assert sum(counts) == rows.height, caption
    *provinces, total = next(lines for caption, lines in held.items() if caption.startswith("Incidents by province"))
    assert [number(cell) for cell in total[1:]] == [
        sum(map(number, cells)) for cells in zip(*(p[1:] for p in provinces), strict=True)
    ]
    assert number(total[-1]) == rows.height
    assert all(number(line[-1]) == sum(map(number, line[1:-1])) for line in provinces)
    killed = next(lines for caption, lines in held.items() if caption.endswith("by type"))[-1][2:]
    best = rows["fatalities_best"]
    assert [killed[1], killed[2]] == [f"{best.sum():,}", f"{best.null_count():,}"]


def test_change_says_what_it_compares(open_analysis: Callable[..., AppTest]) -> None:
    app = open_analysis()
    assert "2023 is the last full year of the data, which end on 14 Nov 2024" in markup(app)
    rows = pipeline.shipped_incidents()
    was, now = (
        Filter(date_from=date(year, 1, 1), date_to=date(year, 12, 31)).apply(rows).height for year in (2022, 2023)
    )
    total = tables(app)["Change: 2023 against 2022"][-1]
    assert [number(cell) for cell in total[1:3]] == [was, now]
    app = open_analysis(from_="2024-03-01", to="2024-03-31")
    assert "Change: Mar 2024 against Feb 2024" in tables(app)
    assert "31 days against 29." in markup(app)
    app = open_analysis(from_="2024-09-01", to="2030-01-01")
    assert "they do not cover both periods in full" in markup(app)
    app = open_analysis(pl.DataFrame({"date_start": [date(2024, 1, 1)], "date_end": [date(2024, 12, 31)]}))
    assert "2023 is the last full year of the data, which end on 14 Nov 2024" in markup(app), "2024 is not full by that"


def test_a_period_that_the_filter_leaves_out_is_no_column_of_zeros(open_analysis: Callable[..., AppTest]) -> None:
    year = {"date_start": date(2024, 1, 1), "date_end": date(2024, 12, 31)}
    march = {"date_start": date(2024, 3, 5), "date_end": date(2024, 3, 5)}
    app = open_analysis(pl.DataFrame([year, march]), from_="2024-03-01", to="2024-04-30", dataset="Mine")
    assert tables(app)["Incidents by province and month"][-1] == ["All", "1", "0", "1", "2"]
    by_month = tables(app)["Incidents and people killed by month"]
    assert [line[:2] for line in by_month] == [["Mar 2024", "1"], ["Apr 2024", "0"], ["month unknown", "1"]]


def test_a_row_in_both_periods_is_said(open_analysis: Callable[..., AppTest]) -> None:
    night = pl.DataFrame({"date_start": [date(2024, 7, 31)], "date_end": [date(2024, 8, 1)], "place": ["Hit"]})
    app = open_analysis(night, from_="2024-08-01", to="2024-08-31", dataset="Mine")
    assert "1 incident may have happened in either, and count in both." in markup(app)
    assert "counted under “month unknown”, not split" in markup(app)


def test_unknown_is_not_none(open_analysis: Callable[..., AppTest]) -> None:
    rows = pl.DataFrame({"event_type": ["IED", "raid"], "fatalities_best": [None, 0]})
    by_type = tables(open_analysis(rows, dataset="Mine"))["Incidents and people killed by type"]
    told = {line[0]: line[3:5] for line in by_type}
    assert told == {"All": ["0", "1"], "IED": ["unknown", "1"], "raid": ["0", "0"]}


def test_provinces_are_never_sites(open_analysis: Callable[..., AppTest]) -> None:
    rows = pl.DataFrame({"adm1_code": ["IQ-AN"] * 9, "geo_precision": "province", "latitude": 33.0, "longitude": 42.0})
    app = open_analysis(rows, dataset="Mine")
    assert "Sites and towns struck most" not in tables(app)
    assert "None of these incidents is known to a site or town." in markup(app)


def test_rows_without_dates_places_and_names(open_analysis: Callable[..., AppTest]) -> None:
    app = open_analysis(pl.DataFrame({"place": [None] * 3}, schema={"place": pl.String}), dataset="Mine")
    assert tables(app)["Incidents by province and year"] == [["Province unknown", "3", "3"], ["All", "3", "3"]]
    assert "No date is known of any of these incidents." in markup(app)
    assert "no side named" in markup(app) and "weapon not reported" in markup(app) and "type unknown" in markup(app)


def test_nothing_left_says_what_to_loosen(open_analysis: Callable[..., AppTest]) -> None:
    app = open_analysis(province="IQ-AN", text="zebra")
    assert "No incident passes all of these filters" in markup(app)
    assert any(str(button.key).startswith("offer-") for button in app.button)


def test_a_wrong_address_is_a_sentence(open_analysis: Callable[..., AppTest]) -> None:
    app = open_analysis(from_="2024-09-01", to="2024-01-01", province="Atlantis")
    assert shown(app) == 250
    assert "upside down" in markup(app) and "Atlantis" in markup(app)


def test_rows_not_to_be_passed_on_are_named(open_analysis: Callable[..., AppTest]) -> None:
    app = open_analysis(pl.DataFrame({"place": ["Hit"]}), licence="Terms of use: no redistribution", country="IQ,SY")
    assert "Not for passing on" not in markup(app)
    app = open_analysis(dataset="Mine")
    said = unescape(re.sub("<[^>]*>", "", markup(app)))
    assert "the terms of 1 of these 1 rows (Mine) forbid it. This result may be published" in said
    assert "Source: Mine (1 row, Terms of use: no redistribution)." in said


def test_hostile_names_are_shown_not_obeyed(open_analysis: Callable[..., AppTest]) -> None:
    rows = pl.DataFrame({"actor1": HOSTILE, "weapon": HOSTILE, "place": HOSTILE, "matched_name": HOSTILE})
    rows = rows.with_columns(
        geo_precision=pl.lit("site"),
        latitude=pl.int_range(pl.len()) + 30.0,
        longitude=pl.lit(43.0),
        adm1_code=pl.lit("<b>XX"),
    )
    app = open_analysis(rows, dataset="Mine")
    assert "<img" not in markup(app) and "<script" not in markup(app) and "<b>XX" not in markup(app)
    names = {line[0] for line in tables(app)["Incidents and people killed by actor"]}
    assert set(HOSTILE) <= names
    assert {line[0] for line in tables(app)["Sites and towns struck most"]} == set(HOSTILE)


def test_hostile_names_in_a_plot_are_text() -> None:
    names = [plain(name) for name in (*HOSTILE, "\x00\x0b\x1f\ufffe", "")]
    rows = pl.DataFrame({"label": names}).with_columns(
        colour=pl.lit(plots.BAR), incidents=3, incidents_label=pl.lit("3"), deaths=None, deaths_label=pl.lit("unknown")
    )
    chart = plots.titled(plots.ranking(rows), names[0], names, names)
    drawn = printing.to_svg(chart).decode()
    root = ElementTree.fromstring(drawn)
    assert {tag.tag.rpartition("}")[2] for tag in root.iter()} <= {
        "svg", "style", "rect", "g", "path", "text", "tspan", "defs", "clipPath", "line",
    }  # fmt: skip
    assert not any(name.startswith("on") for tag in root.iter() for name in tag.attrib)
    assert "http" not in re.sub(r'xmlns(:\w+)?="[^"]*"', "", drawn)
    assert "{{ 6*7 }}" in "".join(root.itertext())


def test_a_picture_is_as_wide_as_two_columns_of_a_journal() -> None:
    rows = pl.DataFrame({"label": ["الأنبار"], "before": [4], "now": [9], "change": ["+5"]})
    drawn = printing.to_png(plots.titled(plots.changes(rows, "2022", "2023"), "Change", ["All"], ["Source: mine."]))
    width = int.from_bytes(drawn[16:20])
    assert drawn.startswith(b"\x89PNG")
    assert 170 < width / 300 * 25.4 < 190


@given(some.dates(date(1950, 1, 1)), some.integers(0, 4000), some.sampled_from(["both", "from", "to", "none"]))
def test_the_period_before_ends_where_the_other_begins(last: date, days: int, which: str) -> None:
    first = last - timedelta(days=min(days, 9000))
    wanted = Filter(
        date_from=first if which in ("both", "from") else None, date_to=last if which in ("both", "to") else None
    )
    told = compared(wanted, last)
    assert told is not None
    assert told.before.last + timedelta(days=1) == told.now.first
    assert abs(told.before.days - told.now.days) <= max(6, told.now.days // 10)
    assert bool(told.why) == (which != "both")
    assert named(told.now) != named(told.before)


def test_a_shade_is_the_same_on_the_map_in_the_table_and_in_a_plot() -> None:
    on_the_map = re.search(r"RAMP = \[(.*)\]", own("shading.js"))[1]
    assert re.findall("#[0-9a-f]{6}", on_the_map)[1:] == list(plots.RAMP)
    style = STYLE.read_text(encoding="utf-8")
    assert re.findall(r"\.heat \.c[1-4], .*background: (#[0-9a-f]{6})", style) == list(plots.RAMP)
