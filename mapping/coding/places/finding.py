"""Names of places in an English text: what a list knows, and what the words around it say to be a place."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from mapping.coding.places.context import Ahead, Behind, ahead_of, behind
from mapping.coding.places.known import Known, known
from mapping.coding.places.lexicon import common_words, lexicon
from mapping.coding.places.tokens import Run, runs

if TYPE_CHECKING:
    from mapping.coding.places.context import Role
    from mapping.coding.places.lexicon import Level, Lexicon
    from mapping.coding.places.tokens import Tokens
    from mapping.coding.text import Report

__all__ = ["Found", "find"]

_LONGEST_NAME = 7
_LARGE_PEOPLE = 300_000
_GOES_ON = re.compile(
    r"\s*,?\s*(?:(?:and|or|&|as well as|such as|among them|including|like|namely|to|['’]s)(?:\s+(?:the|also|both|in))?)?\s*"
)
"""What joins a name to the one before it: both are where that one is."""
_SUFFIX = re.compile(
    r".{2,}(?:ing|ists?|isms?|tions?|ness|ments?|i[sz]ed|i[sz]e|ity|ities|ally|ably|able|ible|less|ful|ship|ers?|ous|ical|ial|ional|style"
    r"|ary|aries|arian)"
)
"""Endings of English words that a list of common words need not have."""
_PREFIX = re.compile(r"(?:anti|counter|para|non|pre|post|mid|sub|super|inter|over|under|pro|ex|re|un|semi|multi)-?")
_ABBREVIATED = re.compile(r"[\[(]\s*([A-Za-z]{2,8})\s*[\])]")


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
    return _Text(report, held).find()


class _Text:
    """A report with its words and those of the language, held together while names are looked for."""

    def __init__(self, report: Report, held: Tokens) -> None:
        self.report = report
        self.held = held
        self.words: Lexicon = lexicon("en")
        self.runs = runs(held)
        self.peoples = self.words.peoples

    @cached_property
    def following(self) -> dict[int, Run]:
        """The runs by their first word."""
        return {run.first: run for run in self.runs}

    @cached_property
    def surnames(self) -> frozenset[str]:
        """Words that end a longer name that is no place, or follow an initial: a person's, who is named again."""
        longer = (run for run in self.runs if run.last > run.first or self._is_initialled(run.first))
        return frozenset(self.held.words[run.last] for run in longer if self._is_unknown(run))

    @cached_property
    def abbreviations(self) -> frozenset[str]:
        """Words in brackets: the text itself says that they stand for something."""
        return frozenset(found[1].lower() for found in _ABBREVIATED.finditer(self.report.text))

    def find(self) -> list[Found]:
        found: list[Found] = []
        for run in self.runs:
            before = found[-1] if found else None
            one = self._place(run, before)
            if one and not (before and one.start < before.end):
                if before and not before.level and self._goes_on(before, one.left):
                    found[-1] = self._shared(before, one)
                found.append(one)
        return found

    def _place(self, run: Run, before: Found | None) -> Found | None:
        run = self._without_edges(run)
        if run.last < run.first or self._in_head(run):
            return None
        run, what = self._widened(run)
        follows = behind(self.report.text, self.held, self.words, run.last)
        ahead = ahead_of(self.report.text, self.held, self.words, run.first, said=follows.level is not None)
        joined = before is not None and self._goes_on(before, self.held.starts[ahead.first])
        if before and joined and ahead.role is None:
            ahead = replace(ahead, role=before.role)
        if not self._is_place(run, what, ahead, follows, joined=joined):
            return None
        return self._found(run, what, ahead, follows)

    def _shared(self, before: Found, one: Found) -> Found:
        """Give a name what is said behind the next one for both: "Diyala and Anbar provinces", "Cali drug cartels"."""
        if one.kind.endswith("s"):
            return replace(before, level=one.level)
        return replace(before, owned=True) if one.owned and not before.known.country else before

    def _goes_on(self, before: Found, left: int) -> bool:
        gap = self.report.plain[before.right : left] if left - before.right < 25 else "-"
        return (before.level is not None and gap == " of ") or _GOES_ON.fullmatch(gap) is not None

    def _without_edges(self, run: Run) -> Run:
        """Take off prepositions, peoples and kinds at the ends of a run, unless the whole is known."""
        held, words, first, last = self.held, self.words, run.first, run.last
        while first <= last and self._is_edge(held.words[first]) and not self._known(Run(first, last)):
            first += 1
        while last > first and words.is_kind(held.words[last]) and not self._known(Run(first, last)):
            if held.words[last - 1] in words.uses["small"]:
                break  # "La Finca" hill
            last -= 1
        return Run(first, last)

    def _is_edge(self, word: str) -> bool:
        uses = self.words.uses
        return word in self.peoples or any(word in uses[use] for use in ("never", "where", "near", "origin", "article"))

    def _in_head(self, run: Run) -> bool:
        head = self.report.dateline
        return head is not None and self.held.starts[run.first] < head.end

    def _known(self, run: Run) -> Known:
        if run.last - run.first >= _LONGEST_NAME:
            return Known(None, (), ())
        return known(self.held.key(run.first, run.last))

    def _is_unknown(self, run: Run) -> bool:
        return self._is_initialled(run.first) or not (self._known(run) or self.words.is_kind(self.held.words[run.last]))

    def _widened(self, run: Run) -> tuple[Run, Known]:
        """Widen a run of capitals by words beside it that belong to a known name: "LA UNION", "NEW YORK"."""
        for before, after in ((0, 1), (1, 0), (0, 2)) if self.report.in_capitals else ():
            wide = Run(run.first - before, run.last + after)
            inside = wide.first >= 0 and wide.last < len(self.held.words)
            if not inside or not all(self.held.joined[wide.first : wide.last]):
                continue
            edges = (self.held.words[wide.first], self.held.words[wide.last])
            if (what := self._known(wide)) and not any(map(self._is_edge, edges)):
                return wide, what
        return run, self._known(run)

    def _is_place(self, run: Run, what: Known, ahead: Ahead, follows: Behind, *, joined: bool) -> bool:
        words = self.words
        said = self.held.words[run.first : run.last + 1]
        if self._is_no_place(run, said, ahead):
            return False
        if self._is_wide(run) and not follows.level:
            return not self._is_institution(ahead)
        if ahead.role is None and (ahead.stop in words.uses["title"] or self._is_institution(ahead)):
            return False
        if follows.level or (ahead.level and not follows.owned):
            return follows.in_name or self._is_name(run) or bool(what)
        if what.country or (what and (ahead.role or joined)) or self._is_chained(run):
            return True
        if what:
            return self._is_known_alone(run, what, follows)
        if follows.owned or ahead.definite or ahead.role not in ("where", "near"):
            return False
        return self._is_name(run) and not (joined and self._is_spoken_of(run))

    def _is_no_place(self, run: Run, said: list[str], ahead: Ahead) -> bool:
        """Tell whether a name is a month, a person or a letter, whatever stands around it."""
        uses = self.words.uses
        if all(word in uses["never"] for word in said) or said[0] in uses["title"] or self._is_initialled(run.first):
            return True
        if " ".join(said) in self.peoples or (len(said) == 1 and len(said[0]) < 3 and self.report.in_capitals):
            return True
        return ahead.stop == "at" and self._is_owner(run) and not ahead.level  # "fired at Pineda's car"

    def _is_wide(self, run: Run) -> bool:
        """Tell whether a name is a continent's or the like: a place, but none where something happens."""
        return " ".join(self.held.words[run.first : run.last + 1]) in self.words.uses["wide"]

    def _is_owner(self, run: Run) -> bool:
        end = self.held.ends[run.last]
        return self.report.plain[end : end + 2] in ("'s", "’s")

    def _is_spoken_of(self, run: Run) -> bool:
        """Tell whether a name is a person's who says something or is something: "in Bogota, Barco said"."""
        after = self.held.words[run.last + 1 : run.last + 3]
        words = self.words
        return bool(after) and (after[0] in words.uses["said"] or any(map(words.is_person, after)))

    def _is_initialled(self, first: int) -> bool:
        """Tell whether an initial stands before a name: "David C. Lyons"."""
        return (
            first > 0 and self.held.ends[first - 1] - self.held.starts[first - 1] == 1 and self._gap(first - 1) == ". "
        )

    def _is_chained(self, run: Run) -> bool:
        """Tell whether a country or province follows after a comma: "Vermillion, South Dakota"."""
        following = self.following.get(run.last + 1)
        if following is None or self._gap(run.last).strip() != ",":
            return False
        what = self._known(following)
        return bool(what.country or what.provinces) and self._is_name(run)

    def _gap(self, at: int) -> str:
        return self.report.text[self.held.ends[at] : self.held.starts[at + 1]]

    def _is_known_alone(self, run: Run, what: Known, follows: Behind) -> bool:
        """Tell whether a known name means the place where no word says so: not a person's, no abbreviation, no word."""
        first, last = run.first, run.last
        if first == last and self.held.words[first] in self.surnames:
            return False
        after = self.held.words[last + 1] if last + 1 < len(self.held.words) and self.held.joined[last] else ""
        if after in self.words.uses["said"]:
            return False
        if first < last or follows.owned:
            return True
        if self.report.in_capitals:
            return any(place.population >= _LARGE_PEOPLE for place in what.places)
        written = self.report.text[self.held.starts[first] : self.held.ends[last]]
        return not written.isupper() and self.held.words[first] not in common_words()

    def _is_institution(self, ahead: Ahead) -> bool:
        """Tell whether the name belongs to one: "the Islamic State of Iraq and the Levant"."""
        start = self.held.starts[ahead.first]
        before = " ".join(self.report.plain[max(0, start - 40) : start].split())
        return any(before.endswith(name) for name in self.words.uses["institution"])

    def _is_name(self, run: Run) -> bool:
        """Tell whether an unknown name looks like one: no abbreviation, no people, not only common words."""
        said = self.held.words[run.first : run.last + 1]
        end = self.held.ends[run.last]
        written = self.report.text[self.held.starts[run.first] : end]
        if any(letter.isdigit() for letter in written) or self._is_owner(run):
            return False
        if len(said) == 1:
            if said[0] in self.abbreviations or _SUFFIX.fullmatch(said[0]):
                return False
            if written.isupper() and not self.report.in_capitals:
                return False
        return not all(self._is_word(word) for word in said)

    def _is_word(self, word: str) -> bool:
        """Tell whether a word is common, also with "anti" before it, or names a people."""
        if word in common_words() or word in self.peoples or word in self.words.uses["never"]:
            return True
        prefix = _PREFIX.match(word)
        return prefix is not None and word[prefix.end() :] in common_words()

    def _found(self, run: Run, what: Known, ahead: Ahead, follows: Behind) -> Found:
        held = self.held
        last = follows.last if follows.in_name and held.joined[run.last] else run.last
        return Found(
            start=held.starts[run.first],
            end=held.ends[last],
            left=held.starts[ahead.first],
            right=held.ends[max(follows.last, last)],
            key=held.key(run.first, last),
            known=(self._known(Run(run.first, last)) or what) if follows.in_name else what,
            level=follows.level or ahead.level,
            kind=follows.kind if follows.level else ahead.kind,
            role=self._role(ahead, follows),
            owned=(follows.owned and not ahead.definite) or (self._is_wide(run) and not follows.level),
        )

    def _role(self, ahead: Ahead, follows: Behind) -> Role | None:
        """Return what the words before a name say, and "where" for a kind of place that begins a clause or a list."""
        level = follows.level or ahead.level
        if ahead.role is None and level and ahead.stop in ("", ",") and not follows.owned:
            return "where"
        return ahead.role
