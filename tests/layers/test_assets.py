"""The folder that Streamlit serves is filled whole or not at all."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from mapping import admin
from mapping.layers import assets, ground

if TYPE_CHECKING:
    from pathlib import Path

    from mapping.admin.sets import Sets


def test_it_holds_what_the_browser_asks_for(tmp_path: Path) -> None:
    assets.install(tmp_path)
    (folder,) = tmp_path.iterdir()
    names = {path.name for path in folder.iterdir()}
    assert {"leaflet.js", "atlas.js", "source-sans.woff2", "world.js", "IQ.js", "SY.js"} <= names
    assert assets.address("leaflet.js") == f"../../app/static/{folder.name}/leaflet.js"
    script = (folder / "atlas.js").read_text(encoding="utf-8")
    assert all(assets.own(name) in script for name in assets.OWN_SCRIPTS)
    assert "incidentAtlas.styles" in script


def test_a_second_time_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assets.install(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    monkeypatch.setattr(ground, "world_script", lambda: pytest.fail("built again"))
    assets.install(tmp_path)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_a_folder_of_days_ago_goes_and_one_that_may_be_served_stays(tmp_path: Path) -> None:
    """A server of another version may run in the same folder: without its files its map would never be drawn."""
    for name, days in (("atlas-000000000000", 2), ("atlas-111111111111", 0)):
        (tmp_path / name).mkdir()
        made = time.time() - days * 24 * 60 * 60
        os.utime(tmp_path / name, (made, made))
    (tmp_path / "logo.png").write_bytes(b"theirs")
    assets.install(tmp_path)
    here = assets.address("").strip("/").rpartition("/")[2]
    assert {path.name for path in tmp_path.iterdir()} == {"atlas-111111111111", here, "logo.png"}


def test_a_failure_on_the_way_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> str:
        raise OSError("disk full")

    monkeypatch.setattr(ground, "world_script", fail)
    with pytest.raises(OSError, match="disk full"):
        assets.install(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_another_process_that_was_quicker_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = ground.world_script

    def other_first() -> str:
        monkeypatch.setattr(ground, "world_script", world)
        assets.install(tmp_path)
        return world()

    monkeypatch.setattr(ground, "world_script", other_first)
    assets.install(tmp_path)
    assert len(list(tmp_path.iterdir())) == 1


def test_the_users_boundaries_are_served_beside_the_shipped_ones(own: Sets, tmp_path: Path) -> None:
    with admin.using(own):
        assets.install(tmp_path)
        assets.install_boundaries(tmp_path)
        folder = tmp_path / assets.boundaries_address().rstrip("/").rpartition("/")[2]
    assert sorted(file.name for file in folder.iterdir()) == ["IQ-adm2.js", "IQ.js"]
    assert f'addCountry("IQ{own.token}"' in (folder / "IQ.js").read_text(encoding="utf-8")
    (shipped,) = tmp_path.glob("atlas-*")
    assert "Halabja" not in (shipped / "IQ.js").read_text(encoding="utf-8")
