"""Whether words are the name of a place: by what lists know, by the words around them, by how they look."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from mapping.coding.places.known import Known, known
from mapping.coding.places.lexicon import common_words, lexicon
from mapping.coding.places.tokens import Run, runs

if TYPE_CHECKING:
    from mapping.coding.places.context import Ahead, Behind
    from mapping.coding.places.lexicon import Lexicon
    from mapping.coding.places.tokens import Tokens
    from mapping.coding.text import Report

__all__ = ["Judge"]

_LONGEST_NAME = 7
_LARGE_PEOPLE = 300_000
_SHORTEST_PART = 3
_SUFFIX = re.compile(
    r".{2,}(?:ing|ists?|isms?|tions?|ness|ments?|i[sz]ed|i[sz]e|ity|ities|ally|ably|able|ible|less|ful|ship|ers?|ous|ical|ial|ional|style"
    r"|ary|aries|arian)"
)
"""Endings of English words that a list of common words need not have."""
_PREFIX = re.compile(r"(?:anti|counter|para|non|pre|post|mid|sub|super|inter|over|under|pro|ex|re|un|semi|multi)-?")
_ABBREVIATED = re.compile(r"[\[(]\s*([A-Za-z]{2,8})\s*[\])]")


class Judge:
    """Judges the runs of one report; what it must know of the whole text is worked out when first asked for.

    Attributes
    ----------
    runs
        The stretches of words that may be one name.
    """

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

    def known(self, run: Run) -> Known:
        """Return what the lists know of the name that a run is."""
        if run.last - run.first >= _LONGEST_NAME:
            return Known(None, (), ())
        return known(self.held.key(run.first, run.last))

    def is_wide(self, run: Run) -> bool:
        """Tell whether a name is a continent's or the like: a place, but none where something happens."""
        return " ".join(self.held.words[run.first : run.last + 1]) in self.words.uses["wide"]

    def is_place(self, run: Run, what: Known, ahead: Ahead, follows: Behind, *, joined: bool) -> bool:
        """Tell whether a run is a place.

        Parameters
        ----------
        what
            What the lists know of it.
        ahead, follows
            The words around it.
        joined
            Whether it goes on from the place before: "in Basra, Samarra and Hit".
        """
        words = self.words
        said = self.held.words[run.first : run.last + 1]
        if self._is_no_place(run, said, ahead):
            return False
        if self.is_wide(run) and not follows.level:
            return not self._is_institution(ahead)
        if ahead.role is None and (ahead.stop in words.uses["title"] or self._is_institution(ahead)):
            return False
        if level := follows.level or (None if follows.owned else ahead.level):
            is_fine = level in ("site", "town") and not self.report.in_capitals and len(said) > 1
            return follows.in_name or is_fine or self._is_name(run) or bool(what)
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
        if prefix and word[prefix.end() :] in common_words():
            return True
        cuts = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
        return any(word[:cut] in common_words() and word[cut:] in common_words() for cut in cuts)  # "walkway"

    def _is_owner(self, run: Run) -> bool:
        end = self.held.ends[run.last]
        return self.report.plain[end : end + 2] in ("'s", "’s")

    def _is_spoken_of(self, run: Run) -> bool:
        """Tell whether a name is a person's who says something or is something: "in Bogota, Barco said"."""
        after = self.held.words[run.last + 1 : run.last + 3]
        words = self.words
        return bool(after) and (after[0] in words.uses["said"] | words.uses["verb"] or any(map(words.is_person, after)))

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
        what = self.known(following)
        return bool(what.country or what.provinces) and self._is_name(run)

    def _is_institution(self, ahead: Ahead) -> bool:
        """Tell whether the name belongs to one: "the Islamic State of Iraq and the Levant"."""
        start = self.held.starts[ahead.first]
        before = " ".join(self.report.plain[max(0, start - 40) : start].split())
        return any(before.endswith(name) for name in self.words.uses["institution"])

    def _is_unknown(self, run: Run) -> bool:
        return self._is_initialled(run.first) or not (self.known(run) or self.words.is_kind(self.held.words[run.last]))

    def _gap(self, at: int) -> str:
        return self.report.text[self.held.ends[at] : self.held.starts[at + 1]]
