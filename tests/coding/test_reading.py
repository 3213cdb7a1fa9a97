"""A text read as a report: what its head says, and where its sentences end."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.coding.reading import read


def sentences(text: str) -> list[str]:
    return [text[slice(*sentence.span)] for sentence in read(text, language="en").sentences]


@pytest.mark.parametrize(
    ("head", "written"),
    [
        ("QUITO, 3 JAN 90 (AGENCY) -- [TEXT] ", date(1990, 1, 3)),
        ("QUITO (ECUADOR), 14 NOV 89 -- [REPORT] [TEXT] ", date(1989, 11, 14)),
        ("QUITO, NO DATE -- [SPEECH] [TEXT] ", None),
        ("TIKRIT, Iraq, July 17, 2024 (Agency) - ", date(2024, 7, 17)),
        ("TIKRIT, July 17 (Agency) - ", None),
        ("Tikrit, 17 July 2024: ", date(2024, 7, 17)),
        ("Tikrit – Some News – ", None),
        ("(Agency) - ", None),
        ("17 July 2024\n\n", date(2024, 7, 17)),
        ("Wednesday, July 17, 2024\nBy Some Body\n\n", date(2024, 7, 17)),
        ("DEV-TEXT-0001 (ABC)\n\n   QUITO, 3 JAN 90 -- [TEXT] ", date(1990, 1, 3)),
    ],
)
def test_the_head_is_no_sentence_and_gives_the_day(head: str, written: date | None) -> None:
    text = f"{head}A bomb exploded. Nobody was hurt."
    report = read(text, language="en")
    assert (report.written, sentences(text)) == (written, ["A bomb exploded.", "Nobody was hurt."])
    assert report.dateline is not None
    assert report.dateline.end <= report.sentences[0].span.start


def test_the_day_given_by_the_reader_counts_more() -> None:
    assert read("QUITO, 3 JAN 90 -- A bomb exploded.", written=date(1990, 1, 4)).written == date(1990, 1, 4)


@pytest.mark.parametrize(
    "text",
    [
        "Gen. A. B. Carter of the U.S. Army said 7.5 tons were found near No. 4 Street.",
        "It hit St. Mary's at 3 a.m. on Friday.",
        "MAJ.  PEREZ SPOKE TO THE U.N. OFFICE.",
    ],
)
def test_a_stop_that_ends_no_sentence(text: str) -> None:
    assert sentences(text) == [text]


def test_sentences_end_at_stops_quotes_headings_and_bullets() -> None:
    text = (
        "Two attacks in the north\nHe said: “They came.” They left the U.S. The end.\nIraq\n.  Near Here, one strike.\n"
    )
    assert sentences(text) == [
        "Two attacks in the north",
        "He said: “They came.”",
        "They left the U.S.",
        "The end.",
        "Iraq",
        "Near Here, one strike.",
    ]


def test_wrapped_lines_are_one_paragraph() -> None:
    text = "   THE SOLDIERS WHO CAME FROM THE NORTHERN TOWNS WERE SEEN\nNEAR THE BRIDGE.\n\n   OTHERS WERE NOT."
    assert [sentence.paragraph for sentence in read(text, language="en").sentences] == [0, 1]


def test_a_stretch_without_stops_is_cut() -> None:
    assert max(len(sentence) for sentence in sentences("word " * 2000)) <= 2000


@given(st.text(st.sampled_from('aB.\n \t-([“"”])1,/–'), max_size=80))
def test_spans_are_in_order_and_inside(text: str) -> None:
    report = read(text, language="en")
    ends = [offset for sentence in report.sentences for offset in sentence.span]
    assert ends == sorted(ends)
    assert all(0 <= end <= len(text) for end in ends)


def test_every_dateline_of_the_old_messages_is_read(shared_data: Path) -> None:
    messages = (shared_data / "muc34" / "tst1" / "tst1-muc3").read_text(encoding="latin-1").split("TST1-")[1:]
    reports = [read(f"TST1-{message}", language="en") for message in messages]
    assert all(report.dateline for report in reports)
    assert sum(report.written is None for report in reports) == sum(
        "NO DATE" in one or "25 JAN (NA)" in one for one in messages
    )
