"""However a file is cut, its rows and problems are those of the whole."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from mapping.pipeline import plan, process, process_part

if TYPE_CHECKING:
    from pathlib import Path

HEADING = "id,date,published,governorate,place,killed,latitude,longitude,notes"
# Enough rows that the first part, which is at least sixty records, is not all.
ABOVE = "".join(f"a{number},2024-07-{number % 28 + 1:02},,Anbar,Hit,{number},33.64,42.83,\n" for number in range(70))


def same(path: Path, *, least: int = 2, size: int = 500, **options: Any) -> pl.DataFrame:
    """Process a file whole and in parts, and return its problems, which are the same."""
    whole = process(path, **options)
    planned = pickle.loads(pickle.dumps(plan(path, size=size, **options)))
    assert len(planned.parts) >= least
    pieces = [process_part(planned, part.number) for part in planned.parts]
    for name in ("incidents", "problems", "rejects"):
        assert_frame_equal(pl.concat([getattr(piece, name) for piece in pieces]), getattr(whole, name))
    assert_frame_equal(pl.concat([piece.reading.raw for piece in pieces]), whole.reading.raw)
    assert {piece.reading.notes for piece in pieces} == {whole.reading.notes}
    assert pieces[0].reading.headings == whole.reading.headings
    return whole.problems


CELL = {
    "id": st.sampled_from(["", "a1", "b", "c "]),
    "date": st.sampled_from(["2024-07-16", "03/04/2024", "16/04/2024", "04/16/2024", "45000", "soon", "", "May 2024"]),
    "published": st.sampled_from(["", "45123", "2024-07-17", "1.2.2024"]),
    "governorate": st.sampled_from(["Anbar", "Nineveh", "", "?"]),
    "place": st.sampled_from(["Hit", '"Hit, near"', '"Hit\nand\r\nRutba"', '"""x"" y"', "", "Total", "'=1+1"]),
    "killed": st.sampled_from(["1", "-1", "x", ""]),
    "latitude": st.sampled_from(["33.6", "", "95"]),
    "longitude": st.sampled_from(["42.8", "", "x"]),
    "notes": st.sampled_from(["", "n", "\ufffd", "n,extra", '"q",extra', "n,,"]),
}
ROW = st.one_of(st.tuples(*CELL.values()).map(",".join), st.sampled_from(["", ",,,,,,,,", "short", "Total,,,,,7,,,"]))


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(ROW, max_size=25),
    size=st.integers(100, 900),
    ending=st.sampled_from(["\n", "\r\n"]),
    names=st.sampled_from([HEADING, HEADING.replace("id,", "number,"), HEADING.replace(",notes", ",")]),
)
def test_however_it_is_cut(tmp_path: Path, rows: list[str], size: int, ending: str, names: str) -> None:
    path = tmp_path / "mine.csv"
    text = names + "\n" + ABOVE + "\n".join(rows) + "\n" * (size % 3)
    path.write_bytes(text.replace("\n", ending).encode())
    same(path, least=1, size=size)


def test_dates_and_identifiers_hang_on_other_parts(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    rows = "a1,03/04/2024,,Anbar,Hit,1,,,\n" + ABOVE.replace("a", "b") + "c,16/04/2024,,Anbar,Hit,1,,,\n"
    path.write_text(f"{HEADING}\n{ABOVE}{rows}Total,,,,,9,,,\n")
    problems = same(path)
    assert problems["message"].str.contains("Row 3 has the incident_id").sum() == 1
    assert not problems["message"].str.contains("two ways").any()


def test_rubbish_in_the_middle_is_reported_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    rubbish = b"b,2024-07-16,,\xff\xfe\x00\x01,Hit,1,,,\nshort\nx,2024-07-16,,Anbar,Hit,1,,,,more\n"
    above = ABOVE.replace("Hit", "هيت")
    path.write_bytes(f"{HEADING}\n{above}".encode() + rubbish + above.replace("a", "b").encode())
    assert same(path).filter("rejected").height >= 3


def test_an_open_quotation_mark_makes_it_one_part(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(f'{HEADING}\n{ABOVE}b,2024-07-16,,Anbar,"Hit,1,,,\n{ABOVE.replace("a", "c")}')
    assert len(plan(path, size=500).parts) == 1
    same(path, least=1)


def test_a_format_is_read_in_parts(tmp_path: Path) -> None:
    ucdp, acled, gtd = (tmp_path / f"{name}.csv" for name in ("ucdp", "acled", "gtd"))
    ucdp.write_text(
        "id,type_of_violence,where_prec,date_prec,date_start,date_end,country,latitude,longitude,best,adm_1\n"
        + "".join(f"{n % 90},1,1,1,2016-01-{n % 31 + 1},2016-01-31,Syria,34.8,36.7,{n},Homs\n" for n in range(120))
    )
    acled.write_text(
        "event_id_cnty,event_date,time_precision,country,latitude,longitude,geo_precision,fatalities,timestamp\n"
        + "".join(f"IRQ{n % 80},16 May 2025,{n % 3 + 1},Iraq,33.6,42.8,1,{n % 2},{n % 7}\n" for n in range(120))
    )
    gtd.write_text(
        "eventid,iyear,imonth,iday,attacktype1_txt,country_txt,nkill\n"
        + "".join(f"{n},2016,{n % 13},{n % 32},Assassination,Iraq,{n / 2}\n" for n in range(120))
    )
    for path in (ucdp, acled, gtd):
        same(path)
