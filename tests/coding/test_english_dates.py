"""Dates in English: written out, and counted from the day of the report."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.coding.english.dates import find_dates
from mapping.coding.mentions import When
from mapping.coding.reading import read

WRITTEN = date(2024, 7, 17)  # a Wednesday


def found(text: str, written: date | None = WRITTEN) -> list[tuple[str, When]]:
    report = read(text, written=written, language="en")
    return [(text[slice(*when.span)], when) for when in find_dates(report)]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("17 July 2024", date(2024, 7, 17)),
        ("July 16", date(2024, 7, 16)),
        ("16/07/2024", date(2024, 7, 16)),
        ("2024-07-16", date(2024, 7, 16)),
        ("Dec. 6th", date(2023, 12, 6)),
        ("30 DECEMBER", date(2023, 12, 30)),
        ("Tuesday night", date(2024, 7, 16)),
        ("Wednesday", date(2024, 7, 17)),
        ("last Wednesday", date(2024, 7, 10)),
        ("yesterday", date(2024, 7, 16)),
        ("early today", date(2024, 7, 17)),
        ("this morning", date(2024, 7, 17)),
        ("last night", date(2024, 7, 16)),
        ("two days ago", date(2024, 7, 15)),
        ("a week ago", date(2024, 7, 10)),
        ("a few minutes ago", date(2024, 7, 17)),
        ("the night of 15 July", date(2024, 7, 15)),
        ("day before yesterday", date(2024, 7, 15)),
        ("at dawn on Sunday", date(2024, 7, 14)),
    ],
)
def test_a_day(words: str, day: date) -> None:
    ((span, when),) = found(f"A bomb exploded {words} in the town.")
    assert (when.first, when.last, when.precision, when.governs) == (day, day, "day", "event")
    assert words.endswith(span)


@pytest.mark.parametrize(
    ("words", "first", "last", "precision"),
    [
        ("between 11-13 July", date(2024, 7, 11), date(2024, 7, 13), "range"),
        ("from 3 to 7 May", date(2024, 5, 3), date(2024, 5, 7), "range"),
        ("from May 3 to June 7", date(2024, 5, 3), date(2024, 6, 7), "range"),
        ("May 15-24", date(2024, 5, 15), date(2024, 5, 24), "range"),
        ("on 30 April and 1 May", date(2024, 4, 30), date(2024, 5, 1), "range"),
        ("last night and early this morning", date(2024, 7, 16), date(2024, 7, 17), "range"),
        ("over the weekend", date(2024, 7, 13), date(2024, 7, 14), "range"),
        ("last week", date(2024, 7, 8), date(2024, 7, 14), "week"),
        ("three weeks ago", date(2024, 6, 23), date(2024, 6, 29), "week"),
        ("last month", date(2024, 6, 1), date(2024, 6, 30), "month"),
        ("within the last month", date(2024, 6, 17), date(2024, 7, 17), "range"),
        ("in the past 24 hours", date(2024, 7, 16), date(2024, 7, 17), "range"),
        ("in May", date(2024, 5, 1), date(2024, 5, 31), "month"),
        ("in late January", date(2024, 1, 21), date(2024, 1, 31), "range"),
        ("in mid-March 2024", date(2024, 3, 11), date(2024, 3, 21), "range"),
        ("in 2024", date(2024, 1, 1), date(2024, 12, 31), "year"),
        ("a few days ago", None, date(2024, 7, 17), "unknown"),
    ],
)
def test_a_stretch_of_days(words: str, first: date | None, last: date, precision: str) -> None:
    ((_, when),) = found(f"A bomb exploded {words} in the town.")
    assert (when.first, when.last, when.precision) == (first, last, precision)


def test_a_day_by_the_one_before() -> None:
    days = [
        when.first for _, when in found("It began on 5 July. The next day a bomb exploded. Two days later it ended.")
    ]
    assert days == [date(2024, 7, 5), date(2024, 7, 6), date(2024, 7, 8)]


@pytest.mark.parametrize(
    "text",
    [
        "A 16-year-old of the 3rd brigade walked 7.5 kilometers at 10:30 under law 18314.",
        "He may march with 3,000 men; Mr. May and March will not.",
        "Two hours later it was over, the same day.",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "governs"),
    [
        ("Police said on Wednesday that a bomb exploded.", "report"),
        ("He told reporters today that it was over.", "report"),
        ("In a statement issued yesterday the group threatened more.", "report"),
        ("The government today condemned the attack.", "report"),
        ("They have fought since 1 July.", "background"),
        ("The group was formed in 2014.", "background"),
        ("They will vote on 20 July.", "background"),
        ("Monday's attack killed two.", "event"),
        ("A bomb exploded on Monday, police said.", "event"),
        ("He was kidnapped on 25 January 2020.", "event"),
    ],
)
def test_what_a_date_governs(text: str, governs: str) -> None:
    ((_, when),) = found(text)
    assert when.governs == governs


def test_without_a_day_of_the_report_the_words_are_kept() -> None:
    assert [(span, when.first, when.last) for span, when in found("On Tuesday, two died.", None)] == [
        ("Tuesday", None, None)
    ]


@given(
    st.lists(
        st.sampled_from(
            ["3", "31", "may", "of", "to", "-", "on the", "3rd", "2024", "february", "ago", "weeks", "last"]
        ),
        max_size=8,
    )
)
def test_nothing_raises_and_spans_are_inside(words: list[str]) -> None:
    text = " ".join(words)
    for span, when in found(text):
        assert span
        assert when.first is None or when.last is None or when.first <= when.last
