"""How many reports a second the command line drafts: python -m benchmarks.drafting [REPORTS or FOLDER].

Without a folder, reports are made by rule: some 2,000 letters each, one incident, its background
and some seven mentions of violence, as in real news, and no two alike. The time is
that of the whole process, from the command to the last line of JSON, its start included. Prints one line of JSON.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]

PLACES = (
    "Hit, Anbar",
    "Tikrit, Salah al-Din",
    "Baquba, Diyala",
    "Tal Afar, Nineveh",
    "Hawija, Kirkuk",
    "Abu Kamal, Deir ez-Zor",
)
EVENTS = (
    "a roadside bomb hit a convoy", "gunmen attacked a checkpoint", "two drones struck an air base", "mortar shells fell on a market",
    "a suicide bomber blew himself up at a police station", "an air strike destroyed a warehouse",
)  # fmt: skip
HARM = (
    "killing {0} soldiers and wounding {1}",
    "and {0} people were killed",
    "wounding at least {1} civilians",
    "without casualties",
)
BACKGROUND = (
    "The group was formed in {year} and has carried out dozens of attacks in the province since then.",
    "In {year}, more than {1} people were killed in a similar attack, according to the ministry.",
)
REST = (
    "No group has said that it was behind it, and an inquiry is under way, a spokesman of the ministry added on the phone.",
    "Roads to the town were closed for some hours while the army searched {0} villages nearby and asked people to stay at home.",
    "The governor thanked the {1} doctors and nurses of the hospital, which has been short of medicine and power for a year.",
    "Schools and offices are to open again at the end of the week, the council said after a meeting of {0} of its members.",
    "The town lies on the road to the border, and its market draws traders from all of the province and from abroad.",
    "Parliament is to vote on the budget for {year} next month, and talks about the share of the province go on.",
)


def report(random: Random) -> str:
    """Return a report that no other equals."""
    day = date(2015, 1, 1) + timedelta(random.randrange(3000))
    numbers = (random.randint(1, 40), random.randint(2, 90))
    harm = random.choice(HARM).format(*numbers)
    lead = f"BAGHDAD, {day:%d %B %Y} – In {random.choice(PLACES)}, {random.choice(EVENTS)} on {day - timedelta(1):%A}, {harm}, police said.\n"
    text = [lead]
    while sum(map(len, text)) < 2000:
        kind = BACKGROUND if random.random() < 0.1 else REST
        text.append(random.choice(kind).format(*numbers, year=random.randint(2003, 2014)))
    return "\n".join(text)


def main(asked: str) -> None:
    """Draft a folder, and print how long that took."""
    with TemporaryDirectory() as made:
        folder = Path(made) if asked.isdigit() else Path(asked)
        random = Random(16)
        for number in range(int(asked) if asked.isdigit() else 0):
            (folder / f"{number:05}.txt").write_text(report(random), encoding="utf-8")
        start, before = time.perf_counter(), os.times()
        done = subprocess.run(
            [sys.executable, "-m", "mapping", "draft", str(folder)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=True,
        )
        seconds, after = time.perf_counter() - start, os.times()
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    print(
        json.dumps({
            "reports": len(lines), "incidents": sum(len(line.get("incidents", ())) for line in lines),
            "refused": sum("error" in line for line in lines), "seconds": round(seconds, 1), "per_second": round(len(lines) / seconds),
            "processor_seconds": round(processor, 1), "cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1),
            "machine": platform.machine(), "python": platform.python_version(),
        })
    )  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "1000")
