"""The documents say what the code does."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import typer.main

from mapping import cli
from mapping.query import PARAMETERS
from mapping.schema import COLUMNS, GEO_PRECISIONS

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = typer.main.get_command(cli.app).commands  # type: ignore[attr-defined]


def rows_of(document: str) -> list[list[str]]:
    """Return the cells of every table row of a document."""
    lines = (ROOT / "docs" / document).read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]


def test_columns_document_has_every_column_with_its_meaning_and_values() -> None:
    documented = {row[0].strip("`"): row for row in rows_of("columns.md")}
    for column in COLUMNS:
        row = documented[column.name]
        assert row[2] == column.meaning
        if column.allowed:
            assert row[3] == ", ".join(column.allowed)


def test_columns_document_has_no_other_column() -> None:
    named = {row[0].strip("`") for row in rows_of("columns.md") if row[0].startswith("`")}
    assert named == {column.name for column in COLUMNS}


def test_precision_document_has_the_scale_in_its_order() -> None:
    first_cells = [row[0] for row in rows_of("precision.md")]
    assert [cell for cell in first_cells if cell in GEO_PRECISIONS] == list(GEO_PRECISIONS)


def test_commands_document_has_every_command_and_no_other() -> None:
    named = {match[1] for row in rows_of("commands.md") if (match := re.match(r"`([a-z]+)[ `]", row[0]))}
    assert named == set(COMMANDS)


def test_commands_document_has_every_filter() -> None:
    named = {row[0].strip("`") for row in rows_of("commands.md")}
    assert {f"--{parameter.name}" for parameter in PARAMETERS} <= named


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_option_has_help(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    for parameter in command.params:
        assert getattr(parameter, "help", None), f"{name} {parameter.name} has no help"


@pytest.mark.parametrize("name", ["convert", "export"])
def test_filters_are_one_set(name: str) -> None:
    options = {option for parameter in COMMANDS[name].params for option in parameter.opts}
    assert {f"--{parameter.name}" for parameter in PARAMETERS} <= options


def test_every_package_folder_is_installed() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    listed = set(settings["tool"]["setuptools"]["packages"])
    found = {".".join(init.parent.relative_to(ROOT).parts) for init in (ROOT / "mapping").rglob("__init__.py")}
    assert listed - {"mapping.data"} == found


def test_every_file_beside_the_code_is_installed() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = settings["tool"]["setuptools"]["package-data"]
    for path in (ROOT / "mapping").rglob("*"):
        inside = path.relative_to(ROOT)
        if path.is_file() and path.suffix not in (".py", ".pyc") and not inside.name.startswith("."):
            assert any(
                inside.match(f"{package.replace('.', '/')}/{pattern}")
                for package, those in patterns.items()
                for pattern in those
            ), inside


def test_readme_links_lead_somewhere() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert target.startswith("https://") or (ROOT / target).exists(), target
