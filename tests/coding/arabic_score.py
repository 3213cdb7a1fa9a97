"""Scores drafts of the reports in the JSON files beside this one, slot by slot, aligned for the most right ones."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapping.coding import draft_report, read
from mapping.toponym import fold

if TYPE_CHECKING:
    from mapping.coding import Draft

__all__ = ["SLOTS", "f_score", "reports", "score", "scored"]

SLOTS = ("event_type", "date", "place", "adm1", "country", "killed", "injured", "weapon_count", "actor", "attribution")
_COLUMNS = {"date": "date_start", "adm1": "adm1_claimed", "country": "country_iso2", "actor": "actor1"}


def reports(name: str) -> list[dict[str, Any]]:
    """Return the reports of a file beside this one, each with its text, its day and its incidents."""
    return json.loads(Path(__file__).with_name(f"{name}.json").read_text(encoding="utf-8"))


def _value(draft: Draft, slot: str) -> Any:
    fields = draft.fields
    if slot == "killed":
        return fields.get("fatalities_best", fields.get("fatalities_low"))
    value = fields.get(_COLUMNS.get(slot, slot))
    return value.isoformat() if isinstance(value, date) else value


def _is_right(wanted: Any, given: Any) -> bool:
    if isinstance(wanted, str) and isinstance(given, str):
        one, other = fold(wanted), fold(given)
        return one == other or f" {one} " in f" {other} " or f" {other} " in f" {one} "
    return bool(wanted == given)


def _pair(wanted: dict[str, Any], draft: Draft) -> Counter[str]:
    """Count right, wrong, missed and invented slots of one incident and its draft."""
    counts: Counter[str] = Counter()
    for slot in SLOTS:
        want, given = wanted.get(slot), _value(draft, slot)
        if slot == "attribution" and want is None:
            continue
        if want is None and given is None:
            continue
        kind = "invented" if want is None else "missed" if given is None else "right"
        counts[f"{slot} {'wrong' if kind == 'right' and not _is_right(want, given) else kind}"] += 1
    return counts


def _aligned(wanted: list[dict[str, Any]], drafts: list[Draft]) -> list[tuple[dict[str, Any], Draft]]:
    """Pair incidents and drafts one to one, for the most right slots; a pair needs the type, or date and place."""
    longer = range(len(drafts))
    best: list[tuple[dict[str, Any], Draft]] = []
    most = -1
    for order in permutations(longer, min(len(wanted), len(drafts))) if len(drafts) < 7 else [tuple(longer)]:
        rows = wanted if len(wanted) <= len(drafts) else wanted[: len(drafts)]
        pairs = [(row, drafts[at]) for row, at in zip(rows, order, strict=False) if _may_pair(row, drafts[at])]
        right = sum(n for row, draft in pairs for key, n in _pair(row, draft).items() if key.endswith(" right"))
        if right > most:
            most, best = right, pairs
    return best


def _may_pair(wanted: dict[str, Any], draft: Draft) -> bool:
    return _is_right(wanted.get("event_type"), _value(draft, "event_type")) or (
        _is_right(wanted.get("date"), _value(draft, "date")) and _is_right(wanted.get("place"), _value(draft, "place"))
    )


def score(name: str) -> Counter[str]:
    """Draft every report of a file and count "incident found", "killed wrong" and so on."""
    counts: Counter[str] = Counter()
    for each in reports(name):
        counts += scored(each)
    return counts


def scored(each: dict[str, Any]) -> Counter[str]:
    """Count the slots of one report."""
    counts: Counter[str] = Counter()
    drafts = list(draft_report(read(each["text"], written=date.fromisoformat(each["written"]))).incidents)
    pairs = _aligned(each["incidents"], drafts)
    counts["incident right"] += len(pairs)
    counts["incident missed"] += len(each["incidents"]) - len(pairs)
    counts["incident invented"] += len(drafts) - len(pairs)
    for wanted, draft in pairs:
        counts += _pair(wanted, draft)
    return counts


def f_score(counts: Counter[str], slot: str) -> float:
    """Return F of one slot, in per cent: a wrong value is both missed and invented."""
    right, wrong = counts[f"{slot} right"], counts[f"{slot} wrong"]
    wanted, given = right + wrong + counts[f"{slot} missed"], right + wrong + counts[f"{slot} invented"]
    return 200 * right / (wanted + given) if wanted + given else 100.0
