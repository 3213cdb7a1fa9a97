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


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(ROW, max_size=25),
    size=st.integers(1, 900),
    ending=st.sampled_from(["\n", "\r\n"]),
    names=st.sampled_from([HEADING, HEADING.replace("id,", "number,"), HEADING.replace(",notes", ",")]),
)
def test_however_it_is_cut(tmp_path: Path, rows: list[str], size: int, ending: str, names: str) -> None:
    path = tmp_path / "mine.csv"
    text = names + "\n" + ABOVE + "\n".join(rows) + "\n" * (size % 3)
    path.write_bytes(text.replace("\n", ending).encode())
    same(path, least=1, size=size)
