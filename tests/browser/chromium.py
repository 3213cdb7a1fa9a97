"""Finds a Chromium for the browser tests, and installs one when there is none.

`python -m tests.browser.chromium` is what `make test` calls first. It never fails by itself: the
tests say loudly that they were skipped, or fail when CI=true.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

SYSTEM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def playwrights_own() -> str | None:
    """Return the path of the Chromium that playwright installed, if it is there."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def find() -> str | None:
    """Return the path of a Chromium: playwright's own first, then the system's."""
    return playwrights_own() or next(filter(None, map(shutil.which, SYSTEM_NAMES)), None)


def install() -> None:
    """Try playwright's own download, then the system's package; say what is done."""
    attempts = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get") and os.geteuid() == 0:
        attempts += [["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]]
    for command in attempts:
        print("No Chromium yet. Trying:", " ".join(command), flush=True)
        try:
            subprocess.run(command, check=False, timeout=600, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        except (OSError, subprocess.TimeoutExpired) as error:
            print(f"  did not work: {error}", flush=True)
        if find():
            return


if __name__ == "__main__":
    if not find():
        install()
    found = find()
    print(
        f"Browser tests use {found}"
        if found
        else "NO CHROMIUM FOUND: THE BROWSER TESTS CANNOT RUN. Install one: playwright install chromium, or your system's package."
    )
