"""Sources: every file that ships, on which terms, and that nothing is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mapping import datasets
from tests.browser.waiting import visit

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_every_source_with_its_terms(app: str, page: Page) -> None:
    visit(page, f"{app}/sources")
    page.locator('[data-testid="stCode"] code').nth(len(datasets.sources()) - 1).wait_for()
    said = page.locator('[data-testid="stMain"]').inner_text()
    assert "Nothing is sent anywhere" in said
    for entry in datasets.sources():
        for words in (entry.title, entry.licence, entry.attribution, entry.version, f"{entry.rows:,}", entry.citation):
            assert " ".join(words.split()) in " ".join(said.split())
    assert page.seen.hosts_beside(app) == []
