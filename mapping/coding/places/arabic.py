"""Names of places in Arabic, which has no capitals: what is known and follows a preposition, or what is said to be a place."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from mapping.coding.arabic.letters import letters_of
from mapping.coding.places.arabic_words import Form, forms_of, key_of, kinds, uses
from mapping.coding.places.finding import Found
from mapping.coding.places.known import Known, known

if TYPE_CHECKING:
    from mapping.coding.arabic.letters import Letters
    from mapping.coding.places.context import Role
    from mapping.coding.places.lexicon import Level
    from mapping.coding.text import Report

__all__ = ["find_in_arabic"]

_WORD = re.compile(r"\w+")
_NO_NAME = re.compile(r"(?!ال)\w+(?:يه|ي)|لل\w+|\d+")
"""What follows a kind and is no name: "مدينة ساحلية" is a coastal town, "مخيم للنازحين" a camp for the displaced."""
_LONGEST_NAME = 4
_FARTHEST = 4
_SHORTEST = 3
_FEW_PEOPLE = 2000
_FINE: tuple[Level | None, ...] = ("site", "town", "unknown", None)


class _Word(NamedTuple):
    """A word in folded letters, and whether nothing but a space or a dash stands between it and the one before."""

    start: int
    end: int
    text: str
    follows: bool


class _Kind(NamedTuple):
    """A word that says what the name after it is."""

    form: Form
    level: Level
    in_name: bool


class _Name(NamedTuple):
    """A name: its first and last word, what it begins with, its key, and what the lists know of it."""

    first: int
    last: int
    form: Form
    key: str
    known: Known


def find_in_arabic(report: Report) -> list[Found]:
    """Find the names of places in an Arabic text, in order.

    Examples
    --------
    >>> from mapping.coding.reading import read
    >>> report = read("انفجرت عبوة ناسفة في بلدة سراقب بريف إدلب.", language="ar")
    >>> [(report.text[each.start : each.end], each.role) for each in find_in_arabic(report)]
    [('سراقب', 'where'), ('إدلب', 'where')]
    """
    letters = letters_of(report.text)
    return [found for start, end in letters.sentences(report) for found in _Sentence(letters, start, end).find()]


def _is_common(name: _Name) -> bool:
    """Tell whether a single word is rather a word than the small place that is called so."""
    if name.last > name.first or name.known.country or name.known.provinces:
        return False
    return not any(place.population >= _FEW_PEOPLE or place.kind != "town" for place in name.known.places)


class _Sentence:
    """The words of one sentence, and the names among them."""

    def __init__(self, letters: Letters, start: int, end: int) -> None:
        self.letters = letters
        self.words: list[_Word] = []
        before = start
        for match in _WORD.finditer(letters.text, start, end):
            gap = letters.text[before : match.start()].strip()
            self.words.append(_Word(match.start(), match.end(), match[0], gap in ("", "-")))
            before = match.end()

    def find(self) -> list[Found]:
        found: list[Found] = []
        at, last = 0, -1
        role: Role | None = None
        while at < len(self.words):
            joined = role if at == last + 1 and self.words[at].follows else None
            one = self._named_by_kind(at, joined) or self._known_by_place(at, joined)
            if one is None:
                at += 1
                continue
            name, place = one
            if place.level != "province" and place.known.places and self._only_refers(at, last):
                place = replace(place, role=None)
            found.append(place)
            role, last = place.role, name.last
            at = name.last + 1
        return found

    def _only_refers(self, at: int, last: int) -> bool:
        """Tell whether a name says only where the one before it lies: "ناحية سيدكان شمال شرقي أربيل"."""
        between = self.words[last + 1 : at]
        return last >= 0 and bool(between) and all(word.follows and word.text in uses()["side"] for word in between)

    def _named_by_kind(self, at: int, joined: Role | None) -> tuple[_Name, Found] | None:
        kind = self._kind(at)
        if kind is None:
            return None
        name = self._known_at(at + 1)
        if name is None or (name.last == at + 1 and self.words[at + 1].text in uses()["name begins"]):
            name = self._said_at(at + 1, definite=kind.in_name) or name
        if name is None:
            return None
        role, owned = self._role(at, kind.form, kind.level, joined)
        left = self.words[at].start + kind.form.cut
        if kind.in_name:
            name = self._with_kind(kind, name)
        start = left if kind.in_name else self.words[name.first].start
        return name, self._found(name, start, left, kind.level, kind.form.text, role, owned)

    def _kind(self, at: int) -> _Kind | None:
        plain, named = kinds()
        for form in forms_of(self.words[at].text):
            if form.text in plain:
                return _Kind(form, plain[form.text], in_name=False)
            if form.text in named:
                return _Kind(form, named[form.text], in_name=True)
        return None

    def _with_kind(self, kind: _Kind, name: _Name) -> _Name:
        """Take the kind into the name, and what goes on after it: "مطار بغداد الدولي"."""
        last = name.last
        while last + 1 < len(self.words) and self._goes_on(last + 1):
            last += 1
        key = key_of([kind.form.text, *(word.text for word in self.words[name.first : last + 1])])
        shorter = key_of([kind.form.text, *(word.text for word in self.words[name.first : name.last + 1])])
        return _Name(name.first, last, name.form, key, known(key) or known(shorter))

    def _goes_on(self, at: int) -> bool:
        return self.words[at].follows and self.words[at].text in uses()["name goes on"]

    def _known_by_place(self, at: int, joined: Role | None) -> tuple[_Name, Found] | None:
        for form in forms_of(self.words[at].text):
            role, owned = self._role(at, form, None, joined)
            if not role and not owned and len(form.text) < _SHORTEST:
                continue
            name = self._known_with(at, form)
            if name is None or not (role or owned or name.known.country) or _is_common(name):
                continue
            before = forms_of(self.words[at - 1].text) if at and self.words[at].follows else []
            rural = name.known.provinces and any(each.text in uses()["countryside"] for each in before)
            level: Level | None = "province" if rural else None
            if role == "beside":
                role = "where" if name.known.country or (name.known.provinces and not name.known.places) else "near"
            start = self.words[at].start + form.cut
            return name, self._found(name, start, start, level, "", role, owned)
        return None

    def _known_at(self, at: int) -> _Name | None:
        """Return the longest known name that begins with a word as it stands."""
        if at >= len(self.words) or not self.words[at].follows:
            return None
        return self._known_with(at, Form(0, self.words[at].text))

    def _known_with(self, at: int, form: Form) -> _Name | None:
        said = uses()
        if any(form.text in said[use] for use in ("never", "where", "near")):
            return None
        last = at
        while last + 1 < len(self.words) and last - at < _LONGEST_NAME - 1 and self.words[last + 1].follows:
            last += 1
        for end in range(last, at - 1, -1):
            key = key_of([form.text, *(word.text for word in self.words[at + 1 : end + 1])])
            if end == at and (len(form.text) < _SHORTEST or form.text in said["side"] or form.text in kinds()[0]):
                return None
            if what := known(key):
                return _Name(at, end, form, key, what)
        return None

    def _said_at(self, at: int, *, definite: bool) -> _Name | None:
        """Return the name that no list has, but that follows a kind; "محطة وقود" is no name."""
        if at >= len(self.words) or not self.words[at].follows:
            return None
        text, said = self.words[at].text, uses()
        if definite and not text.startswith("ال") and text not in said["name begins"]:
            return None
        if (
            _NO_NAME.fullmatch(text)
            or self._kind(at)
            or any(text in held for use, held in said.items() if use not in ("name begins", "side"))
        ):
            return None
        last = at
        while (
            self.words[last].text in said["name begins"] | said["side"]
            and last + 1 < len(self.words)
            and self.words[last + 1].follows
        ):
            last += 1
        key = key_of([word.text for word in self.words[at : last + 1]])
        return _Name(at, last, Form(0, text), key, known(key)) if len(text) > 2 else None

    def _role(self, at: int, form: Form, level: Level | None, joined: Role | None) -> tuple[str | None, bool]:
        """Return what a name is to the sentence, by what stands before it, and whether something is named after it."""
        if form.conjunction and joined and not form.preposition:
            return joined, False
        if form.preposition == "ب":
            return "where", False
        said, side = uses(), False
        for before in range(at - 1, max(-1, at - 1 - _FARTHEST), -1):
            if not self.words[before + 1].follows and before + 1 <= at:
                break
            texts = [each.text for each in forms_of(self.words[before].text)]
            if any(text in said["near"] for text in texts):
                return "near", False
            if any(text in said["side"] for text in texts):
                side = True
                continue
            return self._by_word(before, texts, level, side=side)
        return ("beside" if side else None), False

    def _by_word(self, before: int, texts: list[str], level: Level | None, *, side: bool) -> tuple[str | None, bool]:
        said = uses()
        if side:
            return ("near" if level in _FINE and level is not None else "where" if level else "beside"), False
        if any(text in said["where"] for text in texts):
            told = {text for word in self.words[max(0, before - 3) : before] for text in (word.text, word.text[1:])}
            return ("origin" if level != "province" and told & said["said"] else "where"), False
        if any(text in said["origin"] for text in texts):
            beside = before > 0 and any(form.text in said["near"] for form in forms_of(self.words[before - 1].text))
            return ("near" if beside else "origin"), False
        if any(text in said["struck"] for text in texts):
            return "struck", False
        return None, any(text in said["people"] for text in texts)

    def _found(
        self, name: _Name, start: int, left: int, level: Level | None, kind: str, role: str | None, owned: bool
    ) -> Found:
        end = self.words[name.last].end
        span, whole = self.letters.span(start, end), self.letters.span(left, end)
        return Found(
            start=span.start,
            end=span.end,
            left=whole.start,
            right=whole.end,
            key=name.key,
            known=name.known,
            level=level,
            kind=kind,
            role="where" if role == "beside" else role,  # type: ignore[arg-type]
            owned=owned,
        )
