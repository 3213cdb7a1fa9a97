"""Scores drafts: `python -m benchmarks.reports [dev|tst1|tst2|centcom …] [--errors [SLOT]] [--ceiling] [--limit N] [-o FILE]`.

Run from the project's folder. Without a set it scores all of them. `--errors` prints every text in which something is amiss,
or something in that slot (missed, invented, type, date, place, deaths, injuries); `--ceiling` how many of the key's dates,
places and numbers are offered anywhere in the text, whatever becomes of them; `-o` keeps the figures as JSON.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from benchmarks.reports import centcom
from benchmarks.reports.ceiling import Offer, offered, recalls
from benchmarks.reports.errors import described
from benchmarks.reports.keys import FOLDER, TEXTS, Template, read_keys, read_texts
from benchmarks.reports.score import MEASURES, Answer, Tally, answers_to, score

Figures = dict[str, dict[str, float]]
Result = TypeVar("Result")


def over(texts: Sequence[str], work: Callable[[str], Result]) -> list[Result]:
    """Do the same with every text, in two processes."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        return list(pool.map(work, texts, chunksize=25))


def figures(tally: Tally) -> Figures:
    """Return precision, recall and F of every measure, and how much the key has and the drafts gave."""
    names = ("precision", "recall", "F")
    return {
        measure: dict(zip(names, (round(figure, 1) for figure in tally.figures(measure)), strict=True))
        | {"in_key": tally.possible[measure], "answered": tally.answered[measure]}
        for measure in MEASURES
    }


def shown(title: str, found: Figures) -> None:
    """Print one table."""
    print(f"\n{title}\n{'':10}{'P':>7}{'R':>7}{'F':>7}{'in key':>8}{'answered':>10}")
    for measure, row in found.items():
        print(f"{measure:10}" + "".join(f"{row[name]:7.1f}" for name in ("precision", "recall", "F")), end="")
        print(f"{row['in_key']:8.0f}{row['answered']:10.0f}")


def muc(name: str, options: argparse.Namespace) -> Figures:
    """Score one set of MUC, and print what was asked for."""
    texts, keys = read_texts(name), read_keys(name)
    names = list(texts)[: options.limit]
    if options.ceiling:
        offers: list[Offer] = over([texts[one] for one in names], offered)
        print(f"\n{name}: offered anywhere in the text, of what the key has")
        for slot, (hit, of) in recalls([keys[one] for one in names], offers).items():
            print(f"  {slot:10}{100 * hit / max(of, 1):6.1f} % of {of}")
        return {}
    started = time.perf_counter()
    answers = over([texts[one] for one in names], answers_to)
    spent = time.perf_counter() - started
    pairs: list[tuple[list[Template], list[Answer]]] = [
        (keys[one], given) for one, given in zip(names, answers, strict=True)
    ]
    if options.errors:
        for one, (templates, given) in zip(names, pairs, strict=True):
            print(described(one, texts[one], templates, given, options.errors), end="")
    found = figures(score(pairs))
    shown(f"{name}: {len(names)} texts, {len(names) / spent:.0f} a second", found)
    apart = figures(score((templates, [one for one in given if not one.clash]) for templates, given in pairs))
    print("F without drafts of clashes: ", *(f"{measure} {row['F']:.1f}" for measure, row in apart.items()))
    return found


def main() -> None:
    """Print a table for each set."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reports", description=__doc__)
    parser.add_argument(
        "sets", nargs="*", metavar="SET", choices=[[], *TEXTS, "centcom"], help="all when none is named"
    )
    parser.add_argument("--errors", nargs="?", const="any", metavar="SLOT", help="the texts that went wrong, in SLOT")
    parser.add_argument("--ceiling", action="store_true", help="what could be found at all")
    parser.add_argument("--limit", type=int, metavar="N", help="the first N texts of each set")
    parser.add_argument("-o", dest="out", type=Path, metavar="FILE", help="write the figures as JSON")
    options = parser.parse_args()
    if missing := [place for place in (FOLDER, centcom.RELEASES) if not place.exists()]:
        print(
            f"{missing[0]} is not there: lay the texts there, as benchmarks/reports/README.md says. Nothing was scored."
        )
        return
    print(f"{platform.machine()}, Python {platform.python_version()}")
    results: dict[str, object] = {}
    for name in options.sets or (*TEXTS, "centcom"):
        results[name] = centcom.measure(errors=bool(options.errors)) if name == "centcom" else muc(name, options)
    if options.out:
        options.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
