"""The first real case: one incident at Ain al-Asad, and none from its background. Its words stay where they are."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from mapping.coding import Draft, Drafts, Report, draft_report, read

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def seed(shared_data: Path) -> Report:
    text = (shared_data / "seed" / "report.txt").read_text(encoding="utf-8")
    return read(text, written=date(2024, 7, 17))


@pytest.fixture(scope="module")
def drafts(seed: Report) -> Drafts:
    return draft_report(seed)


@pytest.fixture(scope="module")
def incident(drafts: Drafts) -> Draft:
    assert len(drafts.incidents) == 1
    return drafts.incidents[0]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("date_start", date(2024, 7, 16)),
        ("date_end", date(2024, 7, 16)),
        ("date_precision", "day"),
        ("event_type", "drone attack"),
        ("weapon_count", 2),
        ("country_iso2", "IQ"),
        ("fatalities_low", 0),
        ("fatalities_best", 0),
        ("fatalities_high", 0),
        ("injured", 0),
        ("source_date", date(2024, 7, 17)),
    ],
)
def test_what_happened(incident: Draft, column: str, value: object) -> None:
    assert incident.fields.get(column) == value


def test_where(incident: Draft) -> None:
    assert str(incident.fields["place"]).casefold().startswith("ain al-as")
    assert str(incident.fields["adm1_claimed"]).startswith("Anbar")


def test_weapon_and_outcome_in_the_words_of_the_text(incident: Draft, seed: Report) -> None:
    assert "drone" in str(incident.fields["weapon"])
    (damage, *_) = incident.spans["outcome"]
    assert "damage" in seed.text[damage.start : damage.end]


def test_nobody_is_named_who_did_it(incident: Draft) -> None:
    assert "actor1" not in incident.fields
    assert incident.fields.get("attribution") in (None, "unknown")


@pytest.mark.parametrize("word", ["Hezbollah", "guerrilla"])
def test_background_is_passed_over_with_a_reason(drafts: Drafts, word: str) -> None:
    items = [item for item in drafts.passed_over if word in item.text]
    assert items
    assert all(item.reason for item in items)


def test_every_span_is_in_the_text(incident: Draft, seed: Report) -> None:
    for spans in incident.spans.values():
        assert all(0 <= span.start < span.end <= len(seed.text) for span in spans)


def test_without_a_day_of_the_report_the_words_are_kept(shared_data: Path) -> None:
    text = (shared_data / "seed" / "report.txt").read_text(encoding="utf-8")
    (incident,) = draft_report(read(text)).incidents
    assert "date_start" not in incident.fields
    words = [text[span.start : span.end] for span in incident.spans["date_start"]]
    assert any("Tuesday" in word for word in words)
