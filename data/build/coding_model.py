"""Trains the small model of mapping.coding.draft on the development texts of MUC-3/4 (dev and tst1, never tst2).

    python data/build/coding_model.py

Writes mapping/coding/draft/choose.csv (which date and number belongs to an incident) and keep.npz (whether a group of
mentions is an incident). Each is a logistic regression over named facts; keep.npz also weighs hashed words. No words and no
sentences are kept. The same texts and rules give the same files. Needs scikit-learn, which mapclassify brings along.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.reports.keys import Template, read_keys, read_texts  # noqa: E402
from benchmarks.reports.score import answer_of, pair  # noqa: E402
from mapping.coding.draft import choosing, signs  # noqa: E402
from mapping.coding.draft.context import Context, gather  # noqa: E402
from mapping.coding.draft.filling import fill  # noqa: E402
from mapping.coding.draft.grouping import Group, group_events  # noqa: E402
from mapping.coding.reading import read  # noqa: E402

FOLDER = ROOT / "mapping" / "coding" / "draft"
SETS = ("dev", "tst1")
WORDS = 10.0
"""How much all words of a group weigh against one fact: their vector has this length."""

OPTIONAL = 0.2
"""Weight of a group that the coders were in doubt about."""


class Text(NamedTuple):
    """A text with its groups and, for each group, the template that it was aligned with."""

    context: Context
    groups: list[Group]
    templates: list[Template | None]


def texts(contexts: dict[str, Context], keys: dict[str, list[Template]]) -> Iterator[Text]:
    """Draft every group and align the drafts with the key."""
    for name, context in contexts.items():
        groups = group_events(context, [event for event in context.events if event.passed_over is None])
        answers = [answer_of(fill(context, groups, number).fields) for number in range(len(groups))]
        paired = {id(answer): template for template, answer, _ in pair(keys.get(name, []), answers).pairs}
        yield Text(context, groups, [paired.get(id(answer)) for answer in answers])


def is_right(slot: choosing.Slot, template: Template, one: choosing.Candidate) -> bool:
    """Say whether a candidate is what the key has."""
    if slot == "when":
        return (one.first, one.last) in template.dates
    counts, number = template.deaths if slot == "killed" else template.injuries, choosing.number_of(one)
    return number is not None and any(count.low <= number <= count.high for count in counts.any_of)


def choose(found: list[Text], slot: choosing.Slot) -> Iterator[tuple[str, str, float]]:
    """Learn the weights of one slot."""
    facts, right = [], []
    for context, groups, templates in found:
        for number, template in enumerate(templates):
            those = choosing.candidates(context, groups[number], slot) if template else []
            for at, one in enumerate(those):
                facts.append({"bias", *choosing.facts_of_candidate(context, groups, number, those, at)})
                right.append(is_right(slot, template, one))
    names = sorted(set().union(*facts))
    place = {name: at for at, name in enumerate(names)}
    rows = np.repeat(np.arange(len(facts)), [len(each) for each in facts])
    columns = [place[name] for each in facts for name in sorted(each)]
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)))
    model = LogisticRegression(C=0.3, fit_intercept=False, solver="liblinear", max_iter=500).fit(matrix, right)
    yield from ((slot, name, round(float(weight), 2)) for name, weight in zip(names, model.coef_[0], strict=True))


def keep(found: list[Text]) -> dict[str, np.ndarray]:
    """Learn what makes a group an incident."""
    entries: list[tuple[int, int, float]] = []
    names: dict[str, int] = {}
    labels, trust = [], []
    for context, groups, templates in found:
        of_report = signs.words_of_report(context) if groups else set()
        for number, template in enumerate(templates):
            row, around = len(labels), signs.words_around(context, groups[number])
            entries += [(row, word, WORDS / len(around) ** 0.5) for word in sorted(around)]
            entries += [(row, signs.BUCKETS + word, WORDS / len(of_report) ** 0.5) for word in sorted(of_report)]
            for fact in sorted(set(signs.facts_of(context, groups, number))):
                entries.append((row, 2 * signs.BUCKETS + names.setdefault(fact, len(names)), 1.0))
            labels.append(template is not None and not template.optional)
            trust.append(OPTIONAL if template is not None and template.optional else 1.0)
    rows, columns, values = zip(*entries, strict=True)
    matrix = csr_matrix((values, (rows, columns)), shape=(len(labels), 2 * signs.BUCKETS + len(names)))
    model = LogisticRegression(C=0.2, solver="liblinear", max_iter=500).fit(matrix, labels, sample_weight=trust)
    words, report, facts = np.split(model.coef_[0], [signs.BUCKETS, 2 * signs.BUCKETS])
    return {
        "names": np.array(sorted(names, key=names.__getitem__)),
        "facts": facts.astype(np.float32),
        "words": (words * WORDS).astype(np.float16),
        "report": (report * WORDS).astype(np.float16),
        "bias": model.intercept_.astype(np.float32),
    }


def main() -> None:
    """Learn the slots first: which group is aligned with which template hangs on them."""
    contexts = {name: gather(read(text)) for one in SETS for name, text in read_texts(one).items()}
    keys = {name: templates for one in SETS for name, templates in read_keys(one).items()}
    found = list(texts(contexts, keys))
    with (FOLDER / "choose.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("slot", "fact", "weight"))
        for slot in choosing.SLOTS:
            table.writerows(choose(found, slot))
    choosing._weights.cache_clear()
    np.savez_compressed(FOLDER / "keep.npz", **keep(list(texts(contexts, keys))))


if __name__ == "__main__":
    main()
