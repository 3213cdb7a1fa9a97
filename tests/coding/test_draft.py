"""Drafts: which mentions are one incident, what fills its fields, what is passed over, and that no text is too strange."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.coding import Drafts, draft_from, draft_report, gather, read
from mapping.schema import SCHEMA

WRITTEN = date(2024, 3, 13)

WORDS = st.sampled_from([
    "\n\n", "Gunmen", "attacked", "the", "police", "station", "in", "Mosul", "on", "Monday", "killing",
    "three", "and", "wounding", "2", "soldiers", ".", "A", "bomb", "exploded", "near", "Hit", "yesterday",
    "!", "No", "group", "claimed", "it", ";", "in", "2014", "ISIS", "had", "threatened", "to", "bomb", "“",
    "Baghdad", "”", "Two", "drones", "struck", ",",
])  # fmt: skip


def drafts_of(text: str) -> Drafts:
    return draft_report(read(text, written=WRITTEN, language="en"))


@given(st.lists(WORDS, max_size=60))
@settings(max_examples=40)
def test_every_span_lies_in_the_text_and_every_field_is_a_column(words: list[str]) -> None:
    text = " ".join(words)
    drafts = drafts_of(text)
    for draft in drafts.incidents:
        assert set(draft.fields) | set(draft.spans) <= set(SCHEMA)
        assert None not in draft.fields.values()
        assert all(0 <= span.start < span.end <= len(text) for spans in draft.spans.values() for span in spans)
    for item in drafts.passed_over:
        assert text[item.span.start : item.span.end] == item.text
        assert item.reason


@given(st.text(max_size=80))
@settings(max_examples=40)
def test_no_text_is_too_strange(text: str) -> None:
    drafts_of(text)


def test_words_as_written_are_the_letters_of_their_span() -> None:
    text = "Gunmen kidnapped a judge in Basra on Monday, police said."
    (draft,) = drafts_of(text).incidents
    for column in ("place", "event_type_source"):
        (span, *_) = draft.spans[column]
        assert text[span.start : span.end] == draft.fields[column]


def test_json_has_iso_dates_and_spans_by_column() -> None:
    (incident,) = drafts_of("A car bomb exploded in Mosul on Monday, killing nine people.").to_json()["incidents"]  # type: ignore[misc]
    assert incident["date_start"] == "2024-03-11"
    assert incident["spans"]["place"] == [[23, 28]]
    assert "injured" not in incident


def test_the_attack_told_again_is_the_same_attack() -> None:
    text = (
        "A bomb exploded outside a bank in Mosul on Monday, killing two people.\n\nThe explosion damaged several shops. "
        "Police said the bomb had been left in a bag."
    )
    assert len(drafts_of(text).incidents) == 1


def test_other_place_and_day_is_another_incident() -> None:
    text = (
        "A bomb exploded outside a bank in Mosul on Monday, killing two people.\n\nOn Tuesday gunmen killed a judge in "
        "Basra. Nobody has claimed the killing."
    )
    places = [draft.fields.get("place") for draft in drafts_of(text).incidents]
    assert places == ["Mosul", "Basra"]


def test_a_date_known_only_as_by_then_has_an_end_and_no_start() -> None:
    (draft,) = drafts_of("Gunmen kidnapped two engineers near Basra, the governor said.").incidents
    assert "date_start" not in draft.fields
    assert draft.fields["date_end"] == WRITTEN


def test_without_a_day_of_the_report_the_words_stay_marked() -> None:
    text = "Two drones attacked an air base near Hit on Tuesday night."
    (draft,) = draft_report(read(text, language="en")).incidents
    assert not {"date_start", "date_end"} & set(draft.fields)
    assert [text[span.start : span.end] for span in draft.spans["date_end"]] == ["Tuesday night"]


def test_two_accounts_of_the_dead_are_both_kept() -> None:
    text = (
        "A car bomb in Mosul on Monday killed 12 people, police said. Hospital staff said that 15 people were killed."
    )
    (draft,) = drafts_of(text).incidents
    assert (draft.fields["fatalities_low"], draft.fields["fatalities_high"]) == (12, 15)
    assert len(draft.spans["fatalities_high"]) == 2


def test_the_sum_of_a_list_is_no_incident() -> None:
    text = (
        "Aircraft carried out five strikes in Syria and Iraq on Monday.\n\nNear Raqqa, three strikes destroyed a vehicle."
        "\n\nNear Mosul, two strikes hit a tunnel."
    )
    drafts = drafts_of(text)
    assert [draft.fields.get("weapon_count") for draft in drafts.incidents] == [3, 2]
    assert {draft.fields.get("date_start") for draft in drafts.incidents} == {date(2024, 3, 11)}


def test_what_was_passed_over_becomes_a_draft_when_a_person_says_so() -> None:
    text = "The minister recalled that gunmen attacked the embassy in Baghdad in 2008."
    context = gather(read(text, written=WRITTEN, language="en"))
    (item,) = draft_report(context.report).passed_over
    draft = draft_from(context, item)
    assert draft.fields["place"] == "Baghdad"
    assert text[item.span.start : item.span.end] == item.text


@pytest.mark.parametrize(
    "text",
    ["Gunmen attacked Hit. " * 3000, "attack " * 20_000, "a" * 300_000],
    ids=["repeated", "one sentence", "one word"],
)
def test_a_long_text_comes_to_an_end(text: str) -> None:
    assert len(drafts_of(text).incidents) < 100


def test_what_became_of_the_drones_is_no_second_attack() -> None:
    text = (
        "Two armed drones attacked the base near Hit on 16 July 2024. One of them was shot down outside the base, and the "
        "other exploded inside it. The attack caused no casualties and no damage."
    )
    [only] = drafts_of(text).incidents
    fields = only.fields
    assert (fields["event_type"], fields["weapon_count"], fields["fatalities_best"]) == ("drone attack", 2, 0)
    assert str(fields["outcome"]).startswith("One of them was shot down")


def test_people_hurt_elsewhere_are_not_of_this_incident() -> None:
    text = (
        "Three soldiers were killed and five wounded when gunmen attacked a checkpoint near Jalawla on 3 March 2024.\n\n"
        "Separately, warplanes bombed positions in the Metina mountains on 4 March 2024, officials said. There was no word "
        "on casualties."
    )
    first, second = drafts_of(text).incidents
    assert (first.fields["fatalities_best"], first.fields["injured"]) == (3, 5)
    assert {"fatalities_best", "injured"}.isdisjoint(second.fields)
