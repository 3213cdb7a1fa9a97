"""Train the weights of `mapping.coding.draft.keeping` on reports whose incidents people have coded: keep.csv.

Usage: python data/build/coding_model.py    (reads the sets dev and tst1 of MUC-3/4, which are not shipped)

Plain logistic regression over named facts: whoever reads the table sees what counts, and how much. No word of a text is
kept. The key of these texts leaves out war between armed sides, which this atlas wants: what looks like it and has no
template says nothing, and is left out of the training, as are templates that the key calls optional.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.reports.keys import Template, read_keys, read_texts  # noqa: E402
from benchmarks.reports.score import answer_of, pair  # noqa: E402
from mapping.coding.draft import signs  # noqa: E402
from mapping.coding.draft.context import Context, gather  # noqa: E402
from mapping.coding.draft.filling import fill  # noqa: E402
from mapping.coding.draft.grouping import Group, group_events  # noqa: E402
from mapping.coding.reading import read  # noqa: E402

SETS = ("dev", "tst1")
STRENGTH = 0.2
"""Inverse of the penalty on weights; 0.1 to 1 differ by half a point."""

ARMED = ("armed clash", "air strike", "shelling", "ambush", "raid", "rocket attack")


class Told(NamedTuple):
    """A report, the groups of its mentions, and the template that each is paired with, if any."""

    context: Context
    groups: Sequence[Group]
    templates: Sequence[Template | None]


def told() -> Iterator[Told]:
    """Read the sets, and pair what is drafted of each group with the key."""
    for name in SETS:
        keys = read_keys(name)
        for text_id, text in read_texts(name).items():
            context = gather(read(text))
            groups = group_events(context, [event for event in context.events if event.passed_over is None])
            answers = [answer_of(fill(context, groups, number).fields) for number in range(len(groups))]
            paired = {id(answer): template for template, answer, _ in pair(keys.get(text_id, []), answers).pairs}
            yield Told(context, groups, [paired.get(id(answer)) for answer in answers])


def kept(reports: Iterable[Told]) -> Iterator[tuple[set[str], float]]:
    """Yield the facts of each group, and whether it is an incident of the key."""
    for report in reports:
        for number, (group, template) in enumerate(zip(report.groups, report.templates, strict=True)):
            facts = {"bias", *signs.facts_of(report.context, report.groups, number)}
            if template is not None and not template.optional:
                yield facts, 1.0
            elif template is None and not _is_war(report.context, group, facts):
                yield facts, 0.0


def _is_war(context: Context, group: Group, facts: set[str]) -> bool:
    """Whether a group looks like fighting between armed sides, and is told as something that happened."""
    happened = any(fact.startswith(("ago day", "ago week", "killed", "injured")) for fact in facts) or not (
        facts & {"place none", "place country"}
    )
    return happened and (
        any(event.event_type in ARMED for event in group.events)
        or any(
            signs.kinds_of_words("en").get(word) in signs.ARMED_KINDS
            for number in group.sentences
            for word in signs.WORD.findall(context.report.plain[slice(*context.report.sentences[number].span)])
        )
    )


def weights(examples: Sequence[tuple[set[str], float]]) -> dict[str, float]:
    """Return the weight of each fact: logistic regression with a squared penalty, the bias among the facts."""
    names = sorted({fact for facts, _ in examples for fact in facts})
    column = {name: number for number, name in enumerate(names)}
    rows = [row for row, (facts, _) in enumerate(examples) for _ in facts]
    columns = [column[fact] for facts, _ in examples for fact in sorted(facts)]
    x = csr_matrix((np.ones(len(rows)), (rows, columns)))
    sign = np.array([1.0 if right else -1.0 for _, right in examples])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (x @ w)
        slope = -sign / (1 + np.exp(margin))
        return w @ w / 2 + STRENGTH * np.logaddexp(0, -margin).sum(), w + STRENGTH * (x.T @ slope)

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 2000}).x
    return {name: weight for name, one in zip(names, found, strict=True) if (weight := round(float(one), 3))}


def main() -> None:
    """Train on what is drafted of every group, kept or not."""
    rows = weights(list(kept(told()))).items()
    with (ROOT / "mapping" / "coding" / "draft" / "keep.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("fact", "weight"), *rows])


if __name__ == "__main__":
    main()
