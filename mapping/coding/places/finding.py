"""Names of places in an English text: what a list knows, and what the words around it say to be a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapping.coding.places.context import Behind, Lead, behind, lead
from mapping.coding.places.known import Known, known
from mapping.coding.places.lexicon import common_words, demonyms, lexicon
from mapping.coding.places.tokens import Run, runs, tokens

if TYPE_CHECKING:
    from mapping.coding.places.lexicon import Level, Lexicon
    from mapping.coding.places.tokens import Tokens
    from mapping.coding.text import Report

__all__ = ["Found", "find"]

_LARGE_PEOPLE = 300_000


@dataclass(frozen=True, slots=True)
class Found:
    """A name that is held for a place.

    Attributes
    ----------
    start, end
        Offsets of the name.
    left, right
        Offsets of the name with the words that say what it is.
    key
        The name as the gazetteer folds it.
    known
        What the lists know of it.
    level, kind
        What the words say that it is.
    role
        "where", "near", "origin", "struck" or None, as `mapping.coding.places.context.Lead`.
    people
        Something is named after it: "the Medellin cartel".
    """

    start: int
    end: int
    left: int
    right: int
    key: str
    known: Known
    level: Level | None
    kind: str
    role: str | None
    people: bool


class _Text:
    """A report, its words and those of the language, held together while its names are looked for."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.held: Tokens = tokens(report)
        self.words: Lexicon = lexicon("en")
        self.peoples = demonyms("en")[1]

    def find(self) -> list[Found]:
        found: list[Found] = []
        for run in runs(self.held):
            one = self._place(run, found[-1] if found else None)
            if one and not (found and one.start < found[-1].end):
                found.append(one)
        return found

    def _place(self, run: Run, before: Found | None) -> Found | None:
        run = self._without_edges(run)
        if run.last < run.first or self._in_head(run):
            return None
        run, what = self._longest_known(run)
        ahead = lead(self.report.text, self.held, self.words, run.first)
        follows = behind(self.held, self.words, run.last)
        if ahead.role is None:
            ahead = self._coordinated(ahead, run, before)
        if not self._is_place(run, what, ahead, follows):
            return None
        return self._found(run, what, ahead, follows)

    def _without_edges(self, run: Run) -> Run:
        """Take off what begins a sentence, and peoples and kinds at the ends, unless the whole is known."""
        held, words = self.held, self.words
        first, last = run.first, run.last
        while first <= last and (
            held.words[first] in self.peoples
            or any(held.words[first] in words.uses[use] for use in ("never", "where", "near", "origin", "article"))
        ):
            if self._known(Run(first, last)):
                break
            first += 1
        while last > first and not self._known(Run(first, last)) and held.words[last] in words.kinds:
            last -= 1
        return Run(first, last)

    def _in_head(self, run: Run) -> bool:
        head = self.report.dateline
        return head is not None and self.held.starts[run.first] < head.end

    def _known(self, run: Run) -> Known:
        if run.last - run.first > 6:
            return Known(None, (), ())
        text = self.report.text[self.held.starts[run.first] : self.held.ends[run.last]]
        return known(self.held.key(run.first, run.last), is_code=text.isupper() and not self.report.in_capitals)

    def _longest_known(self, run: Run) -> tuple[Run, Known]:
        """Widen a run of capitals by words beside it that belong to a known name: "LA UNION", "NEW YORK"."""
        held = self.held
        if self.report.in_capitals:
            for before, after in ((0, 1), (1, 0), (0, 2)):
                first, last = run.first - before, run.last + after
                if first < 0 or last >= len(held.words) or not all(held.joined[first:last]):
                    continue
                if what := self._known(Run(first, last)):
                    return Run(first, last), what
        return run, self._known(run)

    def _coordinated(self, ahead: Lead, run: Run, before: Found | None) -> Lead:
        """Give a name the role of the one before it, where only a comma or "and" stands between."""
        if before is None or before.role is None:
            return ahead
        gap = self.report.plain[before.right : self.held.starts[ahead.first]]
        return ahead._replace(role=before.role) if gap.strip() in (",", "and", ", and", "or", "&") else ahead  # type: ignore[arg-type]

    def _is_place(self, run: Run, what: Known, ahead: Lead, follows: Behind) -> bool:
        held, words = self.held, self.words
        said = [held.words[at] for at in range(run.first, run.last + 1)]
        if all(word in words.uses["never"] for word in said) or " ".join(said) in words.uses["institution"]:
            return False
        if self._is_person(run, ahead):
            return False
        if follows.level or ahead.level:
            return True
        if what:
            if what.country or ahead.role or follows.people:
                return True
            single = len(said) == 1
            return not (single and self.report.in_capitals) or any(p.population >= _LARGE_PEOPLE for p in what.places)
        return ahead.role in ("where", "near") and not ahead.definite and not follows.people and self._is_name(run)

    def _is_person(self, run: Run, ahead: Lead) -> bool:
        return ahead.word in self.words.uses["title"] and ahead.role is None

    def _is_name(self, run: Run) -> bool:
        """Tell whether an unknown name looks like one: no abbreviation, no people, not only common words."""
        said = self.held.words[run.first : run.last + 1]
        written = self.report.text[self.held.starts[run.first] : self.held.ends[run.last]]
        if len(said) == 1 and not self.report.in_capitals and written.isupper():
            return False
        if any(char.isdigit() for char in written):
            return False
        after = self.report.text[self.held.ends[run.last] : self.held.ends[run.last] + 2]
        if after[:1] in "'’" and after[1:2].lower() == "s":
            return False
        return not all(word in common_words() or word in self.peoples for word in said)

    def _found(self, run: Run, what: Known, ahead: Lead, follows: Behind) -> Found:
        held = self.held
        last = follows.last if follows.in_name else run.last
        return Found(
            start=held.starts[run.first],
            end=held.ends[last],
            left=held.starts[min(ahead.first, run.first)],
            right=held.ends[max(follows.last, last)],
            key=held.key(run.first, last),
            known=what if not follows.in_name else self._known(Run(run.first, last)),
            level=follows.level or ahead.level,
            kind=follows.kind if follows.level else ahead.kind,
            role=ahead.role,
            people=follows.people,
        )


def find(report: Report) -> list[Found]:
    """Find the names of places in an English text, in order."""
    return _Text(report).find()
