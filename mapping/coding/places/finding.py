"""Names of places in an English text: what a list knows, and what the words around it say to be a place."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapping.coding.places.context import Ahead, Behind, ahead_of, behind
from mapping.coding.places.judging import Judge
from mapping.coding.places.tokens import NAMED_HEADS, Run

if TYPE_CHECKING:
    from mapping.coding.places.context import Role
    from mapping.coding.places.known import Known
    from mapping.coding.places.lexicon import Level
    from mapping.coding.places.tokens import Tokens
    from mapping.coding.text import Report

__all__ = ["Found", "find"]

_GOES_ON = re.compile(
    r"\s*,?\s*(?:(?:and|or|&|as well as|such as|among them|including|like|namely|to|['’]s)(?:\s+(?:the|also|both|in))?)?\s*"
)
"""What joins a name to the one before it: both are where that one is."""

_LONGEST_GAP = 50
_HAS = re.compile(
    r"['’]s\s+(?:(?:\w+ly|\w+ern|[\w-]*largest|main|(?:port|commercial|regional)?\s?capital|city|town|port|village|border|coastal|central"
    r"|fortified|historic|strategic|holy|old|restive|volatile)\s+)*"
)
"""Between a place and one in it: "in Somalia's capital Mogadishu"."""
_TOWN_OF = re.compile(r"\s+(?:(?:border|port|coastal)\s+)?(?:city|town|village|suburb)\s+of\s+")
"""Between a place and a town in it: "in the southern Gaza city of Rafah"."""


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
        As `mapping.coding.places.context.Ahead` has it.
    owned
        Something is named after it, or only a thing in it is meant: "the Medellin cartel".
    """

    start: int
    end: int
    left: int
    right: int
    key: str
    known: Known
    level: Level | None
    kind: str
    role: Role | None
    owned: bool


def find(report: Report, held: Tokens) -> list[Found]:
    """Find the names of places in an English text, in order.

    Examples
    --------
    >>> from mapping.coding.places.tokens import tokens
    >>> from mapping.coding.reading import read
    >>> report = read("Gunmen hit a checkpoint near Hit, police from the village of Zankura said.")
    >>> [(each.key, each.level, each.role) for each in find(report, tokens(report))]
    [('hit', None, 'near'), ('zankura', 'town', 'origin')]
    """
    return _Finder(report, held).find()


class _Finder:
    """Takes the runs of a report one by one, each in the light of the one before."""

    def __init__(self, report: Report, held: Tokens) -> None:
        self.report = report
        self.held = held
        self.judge = Judge(report, held)
        self.words = self.judge.words

    def find(self) -> list[Found]:
        found: list[Found] = []
        for run in self.judge.runs:
            before = found[-1] if found else None
            one = self._place(run, before)
            if one and not (before and one.start < before.end):
                if before and not before.level and self._goes_on(before, one.left):
                    found[-1] = self._shared(before, one)
                if before:
                    found[-1], one = self._nested(found[-1], one)
                found.append(one)
        return found

    def _place(self, run: Run, before: Found | None) -> Found | None:
        run = self._without_edges(run)
        if run.last < run.first or self._in_head(run):
            return None
        run, what = self._widened(run)
        follows = behind(self.report.text, self.held, self.words, run.last)
        ahead = ahead_of(self.report.text, self.held, self.words, run.first, said=follows.level is not None)
        joined = before is not None and self._goes_on(before, self.held.starts[ahead.first]) and not self._acts(run)
        if before and joined and ahead.role is None:
            ahead = replace(ahead, role=before.role)
        if not self.judge.is_place(run, what, ahead, follows, joined=joined):
            return None
        return self._found(run, what, ahead, follows)

    def _shared(self, before: Found, one: Found) -> Found:
        """Give a name what is said behind the next one for both: "Diyala and Anbar provinces", "Cali drug cartels"."""
        if one.kind.endswith("s"):
            return replace(before, level=one.level)
        return replace(before, owned=True) if one.owned and not before.known.country else before

    def _nested(self, outer: Found, inner: Found) -> tuple[Found, Found]:
        """Tell a place from one in it, which is where it happened: "Somalia's capital Mogadishu"."""
        gap = self.report.plain[outer.end : inner.start] if inner.start - outer.end < _LONGEST_GAP else "-"
        if _TOWN_OF.fullmatch(gap) and not inner.known.country:
            return replace(outer, level=None, kind="", owned=True), inner
        if inner.role is None and outer.role in ("where", "near") and _HAS.fullmatch(gap):
            return outer, replace(inner, role=outer.role)
        return outer, inner

    def _acts(self, run: Run) -> bool:
        """Tell whether a verb of violence or of saying follows, as after a subject: ", and Israel shelled"."""
        after = self.held.words[run.last + 1] if self.held.joined[run.last] else ""
        return after in self.words.uses["said"] or after in self.words.uses["struck"]

    def _goes_on(self, before: Found, left: int) -> bool:
        gap = self.report.plain[before.right : left] if left - before.right < 25 else "-"
        return (before.level is not None and gap == " of ") or _GOES_ON.fullmatch(gap) is not None

    def _without_edges(self, run: Run) -> Run:
        """Take off prepositions, peoples and kinds at the ends of a run, unless the whole is known."""
        held, words, first, last = self.held, self.words, run.first, run.last
        if first < last and held.joined[last] and held.words[last + 1] in NAMED_HEADS:
            return run  # "Central American" before "University"
        while first <= last and self._is_edge(held.words[first]) and not self.judge.known(Run(first, last)):
            first += 1
        while last > first and words.is_kind(held.words[last]) and not self.judge.known(Run(first, last)):
            if held.words[last - 1] in words.uses["small"]:
                break  # "La Finca" hill
            last -= 1
        return Run(first, last)

    def _is_edge(self, word: str) -> bool:
        uses = self.words.uses
        return word in self.words.peoples or any(
            word in uses[use] for use in ("never", "where", "near", "origin", "article")
        )

    def _in_head(self, run: Run) -> bool:
        head = self.report.dateline
        return head is not None and self.held.starts[run.first] < head.end

    def _widened(self, run: Run) -> tuple[Run, Known]:
        """Widen a run of capitals by words beside it that belong to a known name: "LA UNION", "NEW YORK"."""
        for before, after in ((0, 1), (1, 0), (0, 2)) if self.report.in_capitals else ():
            wide = Run(run.first - before, run.last + after)
            inside = wide.first >= 0 and wide.last < len(self.held.words)
            if not inside or not all(self.held.joined[wide.first : wide.last]):
                continue
            edges = (self.held.words[wide.first], self.held.words[wide.last])
            if (what := self.judge.known(wide)) and not any(map(self._is_edge, edges)):
                return wide, what
        return run, self.judge.known(run)

    def _found(self, run: Run, what: Known, ahead: Ahead, follows: Behind) -> Found:
        held = self.held
        last = follows.last if follows.in_name and held.joined[run.last] else run.last
        return Found(
            start=held.starts[run.first],
            end=held.ends[last],
            left=held.starts[ahead.first],
            right=held.ends[max(follows.last, last)],
            key=held.key(run.first, last),
            known=(self.judge.known(Run(run.first, last)) or what) if follows.in_name else what,
            level=follows.level or ahead.level,
            kind=follows.kind if follows.level else ahead.kind,
            role=self._role(ahead, follows),
            owned=(follows.owned and not ahead.definite) or (self.judge.is_wide(run) and not follows.level),
        )

    def _role(self, ahead: Ahead, follows: Behind) -> Role | None:
        """Return what the words before a name say, and "where" for a kind of place that begins a clause or a list."""
        level = follows.level or ahead.level
        if ahead.role is None and level and ahead.stop in ("", ",") and not follows.owned:
            return "where"
        return ahead.role
