"""From a text to a report: its paragraphs and sentences, and what its head says of place, agency and day."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from mapping.coding.arabic.reading import after_arabic_dateline, arabic_day, is_arabic_date_line
from mapping.coding.english.days import DAY, WEEKDAY, day_of
from mapping.coding.language import language_of
from mapping.coding.mentions import Span
from mapping.coding.text import Report, Sentence, lowered

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

__all__ = ["read"]

_LINE = re.compile(r"[^\n\r\v\f\u2028\u2029]+|\r\n?|[\n\v\f\u2028\u2029]")
_BULLET = re.compile(r"(?:[.•·▪●*–—-]|\(?\d{1,2}[.)])[ \t]+(?=\S)")
_STOP = re.compile(r"[.!?…؟]+[\"'”’»)\]]*(?=\s|$)")
_SPACE = re.compile(r"\s*")
_NEXT_WORD = re.compile(r"\s*[\"'“‘«(\[]*([^\s,.;:]+)")
_LAST_WORD = re.compile(r"([^\s\"'“‘«(\[–—]+)$")

_LONGEST_WRAPPED_LINE = 120
"""Lines longer than this are paragraphs: nobody wraps by hand so far out."""

_SHORTEST_WRAPPED_LINE = 40
"""Where no line is longer, each stands for itself: a date, a by-line, a heading."""

_LONGEST_SENTENCE = 2000
"""A longer stretch without a stop is cut between two words, so that no rule meets a sentence without end."""

_ABBREVIATION = re.compile(
    r"gen|lt|maj|col|capt|cpt|sgt|spc|cpl|pfc|pvt|adm|brig|cmdr|dr|mrs?|ms|messrs|prof|rev|fr|hon|gov|sen|rep|pres|ste?"
    r"|sto|mt|ft|vs|dept|approx|ave|blvd|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thurs?|thu|fri|sat"
    r"|sun|e\.g|i\.e|ph\.d|msgr|ing|lic|atty|eng|ssgt|tsgt|mgen|bgen"
)
_ABBREVIATION_BEFORE_NUMBER = re.compile(r"nos?|art|pp?|vol|fig|sec")
_ABBREVIATION_THAT_MAY_END = re.compile(r"u\.s(?:\.a)?|u\.k|u\.n|[ap]\.m|etc|inc|corp|ltd|co|[js]r|d\.c")
_OPENER = re.compile(
    r"the|he|she|it|they|we|i|in|on|at|an|this|that|these|those|there|his|her|its|their|our|but|and|as|after|before"
    r"|according|meanwhile|however|when|while|no|one|two|three|for|police",
    re.IGNORECASE,
)

_IDENTIFIER = re.compile(r"(?:[A-Z]+\d*-)+[A-Z0-9-]*\d(?: \([A-Z ]+\))?")
_PAGE = re.compile(r"(?:page|p\.)\s+\d{1,3}(?:\s+of\s+\d{1,3})?|-+\s*\d{1,3}\s*-+|\d{1,3}\s*/\s*\d{1,3}", re.IGNORECASE)
_BY_LINE = re.compile(
    r"(?:by|reporting by|writing by|editing by|from our correspondent)\b[^.!?]{0,80}"
    r"|(?:published|updated|posted|last updated|last modified|issued|date)\b\s*:?.{0,60}\d.{0,30}",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(rf"(?:{WEEKDAY},?\s+)?{DAY.pattern}[\s,|–—-]*(?:\d{{1,2}}:\d\d[^.]{{0,20}})?", re.VERBOSE)
_DATELINE = re.compile(
    r"""(?P<place>[^\W\d_][\w'’.]*(?:(?:,[ ]|[ -])[^\W\d_][\w'’.]*){0,5}?)
    (?P<country>\s*\([^)\n]{2,40}\))?
    (?:,\s*(?P<date>\d{1,2}\s+[A-Za-z]{3,9}\.?(?:,?\s+'?\d{2,4})?|[A-Za-z]{3,9}\.?\s+\d{1,2}(?:,?\s+(?:\d{4}|\d\d))?
        |\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d\d-\d\d|NO\ DATE))?,?
    (?P<agency>\s*[(\[][^)\n]{2,60}[)\]])?
    \s*(?:--+|[–—/]|[ ]-[ ]|-(?=\s)|(?<=\d):(?=\s))\s*""",
    re.VERBOSE,
)
_AGENCY_FIRST = re.compile(r"(?:\([A-Z][\w .-]{1,30}\)|[A-Z][\w.]*(?: [A-Z][\w.]*){0,3}/)\s*(?:--+|[–—/-])?\s*")
_AGENCY_AFTER = re.compile(r"[A-Z][\w.]*(?:[ /][A-Z][\w.]*){0,3}\s*(?:--+|[–—/]| -(?=\s)|$)\s*", re.MULTILINE)
_NOTES = re.compile(r"(?:\[[^\]]{1,300}\]\s*){0,4}?\[(?:TEXT|SUMMARY|EXCERPTS?)\]\s*")
_NOTE = re.compile(
    r"(?:\[(?:interview|news conference|statement|speech|editorial|article|commentary|station commentary|communique"
    r"|report|bulletin|continued)\b[^\]]{0,300}\]\s*)+",
    re.IGNORECASE,
)


def read(text: str, *, written: date | None = None, language: str | None = None) -> Report:
    """Read a text as a report: sentences, dateline, day of the report, language.

    Parameters
    ----------
    text
        As given; every span is an offset into it.
    written
        Day of the report, where the reader knows it; otherwise the dateline, or a line of its own near the top, says.
    language
        ISO 639-1, where the reader knows it; otherwise the text says.

    Examples
    --------
    >>> report = read("BAGHDAD, July 17, 2024 (Agency) - Two drones hit a base. Nobody was hurt.")
    >>> report.written, [report.text[slice(*sentence.span)] for sentence in report.sentences]
    (datetime.date(2024, 7, 17), ['Two drones hit a base.', 'Nobody was hurt.'])
    """
    paragraphs = list(_paragraphs(text))
    dateline, day, paragraphs = _head(text, paragraphs)
    sentences = tuple(
        Sentence(span, number)
        for number, (start, end) in enumerate(paragraphs)
        for span in _sentences(text, start, end)
    )
    return Report(text, written or day, language or language_of(text), sentences, dateline)


def _head(text: str, paragraphs: list[Span]) -> tuple[Span | None, date | None, list[Span]]:
    """Take identifiers, by-lines, date lines and the dateline off the first paragraphs."""
    dateline: Span | None = None
    day: date | None = None
    kept: list[Span] = []
    for number, (start, end) in enumerate(paragraphs):
        words = text[start:end] if end - start < 1000 else text[start : start + 1000]
        if number < 8 and (_IDENTIFIER.fullmatch(words) or _BY_LINE.fullmatch(words)):
            day = day or _day(words)
            continue
        if number < 8 and not dateline and (_DATE_LINE.fullmatch(lowered(words)) or is_arabic_date_line(words)):
            day, dateline = _day(words) or day, Span(start, end)
            continue
        if number < 8 and (after := _after_dateline(words)):
            dateline, day = Span(start, start + len(words[:after].rstrip())), _day(words[:after]) or day
            kept.extend([Span(start + after, end)] if start + after < end else [])
        elif not _PAGE.fullmatch(words):
            kept.append(Span(start, end))
    return dateline, day, kept


def _day(words: str) -> date | None:
    """Return the first day in full that a head gives."""
    found = DAY.search(lowered(words))
    return day_of(found) if found else arabic_day(words)


def _after_dateline(words: str) -> int:
    """Return where the report itself begins after its dateline; 0 where there is no dateline."""
    if end := after_arabic_dateline(words):
        return end
    found = _DATELINE.match(words)
    if found and not (found["date"] or found["agency"] or _is_city_alone(words, found)):
        found = None
    if not found:
        found = _AGENCY_FIRST.match(words)
        return found.end() if found else 0
    end = found.end()
    if not (found["date"] or found["agency"]) and (agency := _AGENCY_AFTER.match(words, end)):
        end = agency.end()
    notes = _NOTES.match(words, end) or _NOTE.match(words, end)
    return notes.end() if notes else end


def _is_city_alone(words: str, found: re.Match[str]) -> bool:
    """Say whether `BAGHDAD -` or `Baghdad – ` opens a report: one to three names before a sentence that ends."""
    names = found["place"].replace(",", " ").split()
    return (
        len(names) <= 3
        and all(name[:1].isupper() for name in names)
        and (found["place"].isupper() != words.isupper() or not words.isupper())
        and words.rstrip()[-1:] in '.!?"”’'
    )


def _paragraphs(text: str) -> Iterator[Span]:
    """Yield paragraphs: parted by empty lines, indented starts, bullets, and by every line that was not wrapped."""
    block: list[tuple[int, int, bool]] = []
    newlines = 0
    for found in _LINE.finditer(text):
        line = found.group()
        if not line.strip():
            newlines += 1 if line[0] in "\n\r\v\f\u2028\u2029" else 0
            continue
        if newlines > 1 and block:
            yield from _unwrapped(text, block)
            block = []
        newlines = 0
        start = found.start() + len(line) - len(line.lstrip())
        indented = line[0] == "\t" or line.startswith("  ")
        block.append((start, found.start() + len(line.rstrip()), indented))
    if block:
        yield from _unwrapped(text, block)


def _unwrapped(text: str, lines: list[tuple[int, int, bool]]) -> Iterator[Span]:
    """Join the lines of a block that were wrapped: a line is, where the next one's first word had no room on it."""
    width = max(end - start for start, end, _ in lines)
    first = lines[0][0]
    for (start, end, indented), (after, after_end, after_indented) in pairwise(lines):
        word = len(text[after : min(after_end, after + 40)].split(None, 1)[0])
        full = end - start + 1 + word > width - 3
        open_end = text[end - 1] not in '.!?:"”])'
        goes_on = open_end and text[after].islower()  # the words of a link, on a line of their own
        by_hand = _SHORTEST_WRAPPED_LINE <= width <= _LONGEST_WRAPPED_LINE
        wrapped = goes_on or (by_hand and (full or (open_end and end - start > width / 2)))
        if not wrapped or (after_indented and not indented) or _BULLET.match(text, after):
            yield Span(first, end)
            first = after
    yield Span(first, lines[-1][1])


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the sentences of a paragraph; a bullet is none of it."""
    bullet = _BULLET.match(text, start, end)
    first = bullet.end() if bullet else start
    for stop in _STOP.finditer(text, first, end):
        if _ends(text, first, stop, end):
            yield from _cut(text, first, stop.end())
            first = _SPACE.match(text, stop.end(), end).end()  # type: ignore[union-attr]
    if first < end:
        yield from _cut(text, first, end)


def _ends(text: str, first: int, stop: re.Match[str], end: int) -> bool:
    """Say whether a stop ends its sentence: not after a title, an initial, nor before small letters."""
    follows = _NEXT_WORD.match(text, stop.end(), min(end, stop.end() + 40))
    if not follows:
        return True
    word = follows[1]
    if word[0].islower() and stop.group()[0] != "…":
        return False
    if stop.group()[0] != ".":
        return True
    before = _LAST_WORD.search(text, max(first, stop.start() - 20), stop.start())
    last = before[1].lower() if before else ""
    if _ABBREVIATION_BEFORE_NUMBER.fullmatch(last):
        return not word[0].isdigit()
    if _ABBREVIATION_THAT_MAY_END.fullmatch(last):
        return _OPENER.fullmatch(word) is not None
    initial = len(last) == 1 and last.isalpha() and stop.start() - 1 > first
    return not initial and not _ABBREVIATION.fullmatch(last)


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield a sentence whole, or cut where it goes on for ever."""
    while end - start > _LONGEST_SENTENCE:
        at = text.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
        at = at if at > start else start + _LONGEST_SENTENCE
        yield Span(start, at)
        start = at
    if start < end:
        yield Span(start, end)
