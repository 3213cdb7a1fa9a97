"""A text cut into pieces at every mark, so that a page can draw marks that overlap."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING, Any

from mapping.pages.report_fields import mark_label, place_in_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = ["Mark", "Sentence", "marks_of", "paragraphs"]

_LINE = re.compile(r"[^\n]*\n?")


@dataclass(frozen=True)
class Mark:
    """Letters that say something of the chosen draft.

    Attributes
    ----------
    start, end
        Offsets into the text.
    label, group
        As `mapping.pages.report_fields.mark_label` says.
    columns
        What rests on these letters.
    """

    start: int
    end: int
    label: str
    group: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Sentence:
    """Letters that tell a draft, or that were passed over.

    Attributes
    ----------
    draft
        Number of the draft from 0; None where this was passed over.
    said
        Title of the draft, or why this was passed over.
    """

    start: int
    end: int
    draft: int | None
    said: str


def marks_of(spans: Mapping[str, Iterable[tuple[int, int]]], length: int) -> list[Mark]:
    """Return the marks of a draft, in the order of the text; spans outside a text of that length are left out.

    The summary is a sentence of the text as a rule, and shown as what tells the draft: a mark would cover all others.

    Examples
    --------
    >>> [(mark.label, mark.columns) for mark in marks_of({"date_start": [(0, 7)], "date_end": [(0, 7)]}, 20)]
    [('Date', ('date_start', 'date_end'))]
    """
    held: dict[tuple[int, int, str, str], list[str]] = {}
    for column, of_it in sorted(spans.items(), key=lambda item: place_in_form(item[0])):
        for start, end in of_it:
            if column != "summary" and 0 <= start < end <= length:
                held.setdefault((start, end, *mark_label(column)), []).append(column)
    return [Mark(*place, tuple(columns)) for place, columns in sorted(held.items(), key=lambda item: item[0][:2])]


def paragraphs(text: str, marks: Sequence[Mark], sentences: Sequence[Sentence] = ()) -> list[list[dict[str, Any]]]:
    """Cut a text at its lines, its marks and its sentences.

    Returns
    -------
    list
        Of each line its pieces: ``text``; ``start``, its offset; ``marks``, numbers of those that cover it, the shortest
        first; ``begins`` and ``ends``, which of them begin and end with it; ``sentences`` and ``opens``, numbers of those that
        cover it and of those that begin with it. All pieces, one after the other, are the text without its line breaks.

    Examples
    --------
    >>> pieces = paragraphs("Two drones", [Mark(0, 10, "Weapon", "what", ("weapon",)), Mark(0, 3, "How many", "what", ())])
    >>> [(piece["text"], piece["marks"], piece["ends"]) for piece in pieces[0]]
    [('Two', [1, 0], [1]), (' drones', [0], [0])]
    """
    edges = [(one.start, one.end) for one in marks] + [(one.start, one.end) for one in sentences]
    cuts = sorted(set(chain.from_iterable(edges)))
    lines = [list(_pieces(*line, cuts)) for line in _lines(text)]
    spans = list(chain.from_iterable(lines))
    covered = zip(spans, _covering(marks, spans), _covering(sentences, spans), strict=True)
    pieces = iter([_piece(text, *one, marks, sentences) for one in covered])
    return [list(islice(pieces, len(line))) for line in lines]


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for found in _LINE.finditer(text):
        if found[0]:
            yield found.start(), found.start() + len(found[0].rstrip("\r\n"))


def _pieces(first: int, last: int, cuts: list[int]) -> Iterator[tuple[int, int]]:
    """Yield where the pieces of a line begin and end; an empty line is an empty piece."""
    return pairwise([first, *cuts[bisect_right(cuts, first) : bisect_left(cuts, last)], last])


def _covering(ones: Sequence[Mark] | Sequence[Sentence], spans: Sequence[tuple[int, int]]) -> Iterator[list[int]]:
    """Yield the numbers of those that cover each piece, the pieces being in the order of the text."""
    waiting = sorted(range(len(ones)), key=lambda number: ones[number].start, reverse=True)
    open_: list[int] = []
    for start, end in spans:
        while waiting and ones[waiting[-1]].start < end:
            open_.append(waiting.pop())
        open_ = [number for number in open_ if start < ones[number].end]
        yield sorted(open_)


def _piece(
    text: str,
    span: tuple[int, int],
    covering: list[int],
    told: list[int],
    marks: Sequence[Mark],
    sentences: Sequence[Sentence],
) -> dict[str, Any]:
    start, end = span
    covering.sort(key=lambda number: marks[number].end - marks[number].start)
    return {
        "text": text[start:end],
        "start": start,
        "marks": covering,
        # A mark that goes on over the end of a line begins and ends with the first and last piece that it has.
        "begins": [number for number in covering if start <= marks[number].start],
        "ends": [number for number in covering if marks[number].end <= end],
        "sentences": told,
        "opens": [number for number in told if start <= sentences[number].start],
    }
