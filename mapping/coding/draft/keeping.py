"""Whether a group of mentions is an incident of the report: what is known of it, weighed by a table.

The weights in `keep.csv` are learned by `data/build/coding_model.py`; whoever reads them sees what counts, and how much.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from math import exp
from typing import TYPE_CHECKING

from mapping.coding.draft.signs import facts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapping.coding.draft.context import Context
    from mapping.coding.draft.grouping import Group

__all__ = ["chances", "weights"]


@cache
def weights() -> dict[str, float]:
    """Return the weight of each fact."""
    table = (files("mapping.coding.draft") / "keep.csv").read_text(encoding="utf-8")
    return {row["fact"]: float(row["weight"]) for row in csv.DictReader(table.splitlines())}


def chances(context: Context, groups: Sequence[Group]) -> list[float]:
    """Return how likely it is of each group that it is an incident of the report."""
    known = weights()
    sums = [
        sum(known.get(fact, 0.0) for fact in {"bias", *facts_of(context, groups, number)})
        for number in range(len(groups))
    ]
    return [1 / (1 + exp(-one)) for one in sums]
