"""A real Chromium, and the app running on a port of its own, for the tests in this folder.

Without a Chromium the tests are skipped, loudly; with CI=true they fail.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.browser.chromium import find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60


@dataclass
class Seen:
    """What a page asked for and said while it was open: `page.seen`."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def hosts_beside(self, url: str) -> list[str]:
        """Addresses that are not under `url`, nor inside the page itself."""
        own = (url, url.replace("http", "ws", 1), "data:", "blob:", "about:")
        return [request for request in self.requests if not request.startswith(own)]


def _of_a_run_gone_by(said: ConsoleMessage) -> bool:
    """Whether this is Streamlit's probe of a download that a later run has replaced already."""
    return "Download Button source error - 404" in said.text or (
        "404" in said.text and "/media/" in said.location.get("url", "")
    )


def watch(page: Page) -> Seen:
    """Record every request, web socket, error and dialog of a page from now on."""
    seen = Seen()

    def refuse(dialog: Any) -> None:
        seen.dialogs.append(dialog.message)
        dialog.dismiss()

    def note(said: ConsoleMessage) -> None:
        if said.type == "error" and not _of_a_run_gone_by(said):
            seen.errors.append(said.text)

    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("websocket", lambda websocket: seen.requests.append(websocket.url))
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.on("console", note)
    page.on("dialog", refuse)
    return seen


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium, one for all tests of a worker."""
    path = find()
    if path is None:
        words = "NO CHROMIUM FOUND: the browser tests did not run. Try: playwright install chromium"
        pytest.fail(words) if os.environ.get("CI") == "true" else pytest.skip(words)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages that are watched: `page.seen` is their `Seen`. Options as Browser.new_context takes them."""
    contexts = []

    def open_one(**options: Any) -> Page:
        context = browser.new_context(
            **({"viewport": {"width": 1400, "height": 1100}, "accept_downloads": True} | options)
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_S * 1000)
        page.seen = watch(page)
        return page

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """One watched page of 1400 by 1100."""
    return open_page()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _wait_until_healthy(url: str, server: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"streamlit did not start at {url}:\n{log.read_text(encoding='utf-8', errors='replace')}")


@contextmanager
def serving(script: Path, *, home: Path) -> Iterator[str]:
    """Run `streamlit run script` on a free port; give its address, and end it by its own id.

    home
        Where the server keeps the user's store and its log.
    """
    url = f"http://127.0.0.1:{(port := _free_port())}"
    options = {
        "server.port": port, "server.address": "127.0.0.1", "server.headless": "true", "server.fileWatcherType": "none",
        "server.enableStaticServing": "true", "browser.gatherUsageStats": "false",
    }  # fmt: skip
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    command += [f"--{name}={value}" for name, value in options.items()]
    environment = os.environ | {"INCIDENT_ATLAS_HOME": str(home / "store"), "PYTHONPATH": str(ROOT)}
    log = home / "server.log"
    with log.open("wb") as stream:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=stream, stderr=subprocess.STDOUT)
    try:
        _wait_until_healthy(url, server, log)
        yield url
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


@pytest.fixture(scope="session")
def app(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: ARG001
    """Address of the app, run with an empty store; `browser` first, so that nothing starts in vain without one."""
    with serving(ROOT / "app.py", home=tmp_path_factory.mktemp("app")) as url:
        yield url
