"""Saved views on the page: saved, replaced after asking, opened, renamed, taken away and back, passed on, taken in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from mapping.pages.views import found
from mapping.store import Store, view_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.testing.v1 import AppTest

ANBAR = {"province": "IQ-AN", "sort": "-injured"}


@pytest.fixture
def opened(open_app: Callable[..., AppTest]) -> AppTest:
    app = open_app(**ANBAR)
    app.session_state["views"] = True  # the popover, as if it had been clicked
    return app.run()


def save(app: AppTest, name: str) -> AppTest:
    app.text_input(key="view-name").set_value(name).run()
    return app.button(key="save-view").click().run()


def notices(app: AppTest) -> str:
    return " ".join(html.body for html in app.get("html"))


def params(app: AppTest) -> dict[str, str]:
    return {name: said if isinstance(said, str) else said[0] for name, said in app.query_params.items()}


def kept() -> list[tuple[str, dict[str, str]]]:
    with Store() as store:
        return [(view.name, view.params) for view in store.views.all()]


HOSTILE = "{{ 6*7 }} <img src=x onerror=alert(1)> :material/home: [x](y) الأنبار"


def test_a_view_is_saved_and_opened(opened: AppTest) -> None:
    app = save(opened, HOSTILE)
    assert kept() == [(HOSTILE, ANBAR)]
    assert app.text_input(key="view-name").value == ""
    app.query_params.clear()
    app.run()
    app.button(key="open-view-1").click().run()
    assert params(app) == ANBAR
    assert not app.exception


def test_a_name_that_is_taken_is_asked_about_first(opened: AppTest) -> None:
    app = save(opened, "Anbar")
    app.query_params["type"] = "raid"
    app = save(app, "Anbar")
    assert "There is a view “Anbar” already" in notices(app)
    assert kept() == [("Anbar", ANBAR)]
    app.button(key="save-view").click().run()
    assert kept() == [("Anbar", ANBAR | {"type": "raid"})]


def test_a_view_is_renamed_taken_away_and_back(opened: AppTest) -> None:
    app = save(opened, "Anbar")
    app.button(key="rename-view-1").click().run()
    app.text_input(key="new-name-1").set_value("Anbar, summer").run()
    assert [name for name, _ in kept()] == ["Anbar, summer"]
    app.button(key="remove-view-2").click().run()
    assert kept() == []
    app.button(key="views-undo").click().run()
    assert [name for name, _ in kept()] == ["Anbar, summer"]


def test_what_cannot_be_done_is_a_sentence(opened: AppTest) -> None:
    app = save(opened, "   ")
    assert "A name is needed" in notices(app)
    assert not app.exception


def test_a_view_of_another_window_is_seen_and_may_be_gone(opened: AppTest) -> None:
    with Store() as store:
        store.views.save("Elsewhere", {"type": "raid"})
        app = opened.run()
        assert app.button(key="open-view-1").label
        store.views.remove(1)
    app.button(key="remove-view-1").click().run()
    assert not app.exception


def test_a_view_comes_in_from_a_file(opened: AppTest) -> None:
    given = view_file("Anbar", {"province": "IQ-AN,XX-99"}, note="from a friend")
    app = opened.run()
    with Store() as store:
        store.views.save("Anbar", ANBAR)  # in another window, a moment ago
    app.file_uploader[0].upload("a.view.json", given, "application/json").run()
    assert [name for name, _ in kept()] == ["Anbar", "Anbar (2)"]
    assert "XX-99" in notices(app)
    app.file_uploader[0].upload("b.json", b"[]", "application/json").run()
    assert "no saved view" in notices(app)


def test_a_file_made_by_hand_does_no_harm(opened: AppTest) -> None:
    hostile = {"type": "raid", "embed": "true", "embed_options": "x", "at": "\ud800", "": "x", "other": "x"}
    given = json.dumps({"format": "incident-atlas-view", "version": 1, "name": "Mine", "note": "", "params": hostile})
    app = opened.file_uploader[0].upload("a.view.json", given.encode(), "application/json").run()
    assert not app.exception and "is no place of the map" in notices(app)
    app.button(key="open-view-1").click().run()
    assert not app.exception
    assert params(app) == {"type": "raid", "at": "?"}


def test_views_are_found_by_what_they_say(tmp_path: object) -> None:
    with Store(tmp_path) as store:  # type: ignore[arg-type]
        store.views.save("Summer", {"province": "IQ-AN"}, note="for the paper")
        store.views.save("Winter", {"type": "raid"})
        views = store.views.all()
    assert [[view.name for view in found(views, words)] for words in ("", "ANBAR", "paper sum", "raid", "hail")] == [
        ["Summer", "Winter"], ["Summer"], ["Summer"], ["Winter"], [],
    ]  # fmt: skip
