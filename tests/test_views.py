"""Saved views: kept, found again, renamed, taken away and back; and the file in which they travel."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.errors import InvalidValue, UnreadableFile
from mapping.store import Store, read_view_file, view_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ANBAR = {"province": "IQ-AN", "text": 'drone AND "air base" قاعدة', "at": "33.2,43.7,6"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path) as opened:
        yield opened


def names(store: Store) -> list[str]:
    return [view.name for view in store.views.all()]


def test_a_view_is_found_again_as_it_was(store: Store, tmp_path: Path) -> None:
    kept = store.views.save("Anbar, الأنبار", ANBAR, note="for the paper")
    with Store(tmp_path) as again:
        assert again.views.all() == [kept]
    assert (kept.params, kept.note) == (ANBAR, "for the paper")


def test_a_name_stands_once_and_the_earlier_can_come_back(store: Store) -> None:
    first = store.views.save("Anbar", ANBAR)
    second = store.views.save("Anbar", {"type": "raid"})
    assert store.views.all() == [second]
    with pytest.raises(InvalidValue, match='There is a view "Anbar" already'):
        store.views.bring_back(first.id)
    store.views.remove(second.id)
    store.views.bring_back(first.id)
    assert store.views.all() == [first]


def test_views_stand_by_name_and_are_renamed(store: Store) -> None:
    kept = [store.views.save(name, {}) for name in ("beta", "Alpha", "gamma")]
    assert names(store) == ["Alpha", "beta", "gamma"]
    renamed = store.views.rename(kept[0].id, "delta")
    assert (names(store), renamed.made_at) == (["Alpha", "delta", "gamma"], kept[0].made_at)
    with pytest.raises(InvalidValue, match="already"):
        store.views.rename(renamed.id, "gamma")
    assert store.views.rename(renamed.id, "delta").name == "delta"
    with pytest.raises(InvalidValue, match="another window"):
        store.views.rename(kept[0].id, "epsilon")


def test_what_is_gone_stays_gone(store: Store) -> None:
    kept = store.views.save("Anbar", ANBAR)
    store.views.remove(kept.id)
    store.views.remove(kept.id)
    assert store.views.all() == []
    with pytest.raises(InvalidValue, match="never was"):
        store.views.bring_back(99)


@pytest.mark.parametrize("name", ["", "   ", "a\nb", "x" * 201, "half \ud83d", "nul\0"])
def test_what_is_no_name_is_refused(store: Store, name: str) -> None:
    with pytest.raises(InvalidValue, match=r"is no name|A name is needed"):
        store.views.save(name, ANBAR)


def test_a_note_has_room_but_no_end(store: Store) -> None:
    with pytest.raises(InvalidValue, match="at most 500"):
        store.views.save("Anbar", ANBAR, note="x" * 501)


def test_many_save_at_once_and_one_name_stands(store: Store) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: store.views.save("shared", {"n": str(n)}), range(40)))
    assert names(store) == ["shared"]


_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(_texts, st.dictionaries(_texts, _texts), _texts)
def test_a_file_brings_back_the_view(name: str, params: dict[str, str], note: str) -> None:
    assert read_view_file(view_file(name, params, note=note)) == (name, params, note)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no saved view"),
        (b"\xff\xfe", "no saved view"),
        (b"null", "no saved view"),
        (b'{"type": "FeatureCollection", "features": []}', "no saved view"),
        (b"[" * 100_000, "no saved view"),
        (b'{"format": "incident-atlas-view", "version": 2}', 'version "2", and this program reads 1'),
        (b'{"format": "incident-atlas-view", "version": 1}', "damaged"),
        (b'{"format": "incident-atlas-view", "version": 1, "name": "a", "params": {"from": 2024}}', "damaged"),
        (b'{"format": "incident-atlas-view", "version": 1, "name": "a", "params": {}, "note": null}', "damaged"),
        (b" " * 200_001, "too large"),
    ],
)
def test_a_wrong_file_is_refused_in_a_sentence(content: bytes, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says):
        read_view_file(content)


def test_half_characters_do_no_harm(store: Store) -> None:
    kept = store.views.save("half", {"text": "\ud83d"}, note="\ud83d")
    assert kept.params == {"text": "?"}
    assert json.loads(view_file("half", {"text": "\ud83d"}))["params"] == {"text": "?"}
