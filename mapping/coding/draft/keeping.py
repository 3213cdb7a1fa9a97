"""Whether a group of mentions is an incident of the report: a small model weighs what is known of it.

`data/build/coding_model.py` trains it on texts whose incidents people have coded; it holds weights by name of a fact and
by hash of a word, and no words.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from math import exp, sqrt
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mapping.coding.draft.signs import facts_of, words_around, words_of_report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapping.coding.draft.context import Context
    from mapping.coding.draft.grouping import Group

__all__ = ["chances"]


class _Model(NamedTuple):
    facts: dict[str, float]
    words: list[float]
    report: list[float]
    bias: float


@cache
def _model() -> _Model:
    with (files("mapping.coding.draft") / "keep.npz").open("rb") as file, np.load(file) as held:
        facts = dict(zip(held["names"].tolist(), held["facts"].tolist(), strict=True))
        return _Model(facts, held["words"].tolist(), held["report"].tolist(), float(held["bias"][0]))


def chances(context: Context, groups: Sequence[Group]) -> list[float]:
    """Return how likely it is of each group that it is an incident of the report."""
    model = _model()
    of_report = model.bias + _mean(model.report, words_of_report(context) if groups else set())
    return [
        1
        / (
            1
            + exp(
                -of_report
                - _mean(model.words, words_around(context, group))
                - sum(model.facts.get(fact, 0.0) for fact in set(facts_of(context, groups, number)))
            )
        )
        for number, group in enumerate(groups)
    ]


def _mean(weights: list[float], words: set[int]) -> float:
    return sum(weights[word] for word in words) / sqrt(max(len(words), 1))
