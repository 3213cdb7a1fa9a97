"""What words that a person selects in a report say of a field, by the rules that the drafts are made by."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from mapping.coding.draft.context import Mention
from mapping.errors import InvalidValue
from mapping.pipeline.reports import check_draft
from mapping.validate import country_code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapping.coding.draft.context import BySentence, Context
    from mapping.coding.mentions import Span

__all__ = ["values_of"]


M = TypeVar("M", bound=Mention)

_DATE = ("date_start", "date_end", "date_precision")
_KILLED = ("fatalities_low", "fatalities_best", "fatalities_high")


def values_of(context: Context, column: str, span: Span) -> dict[str, str]:
    """Return what selected words say, as text by column; where no rule reads them, they are the value as they stand.

    Parameters
    ----------
    column
        What the words are to be used for. A date fills first day, last day and precision, the killed all three of their
        numbers; what the words leave open is empty.

    Examples
    --------
    >>> from datetime import date
    >>> from mapping.coding.draft import gather
    >>> from mapping.coding.mentions import Span
    >>> from mapping.coding.reading import read
    >>> context = gather(read("Gunmen shot at a patrol near Hit on Tuesday night.", written=date(2024, 7, 17)))
    >>> values_of(context, "date_start", Span(36, 49))
    {'date_start': '2024-07-16', 'date_end': '2024-07-16', 'date_precision': 'day'}
    >>> values_of(context, "target", Span(15, 23))
    {'target': 'a patrol'}
    """
    words = " ".join(context.report.text[span.start : span.end].split())
    read = {"date_start": _date, "fatalities_best": _killed, "injured": _injured, "weapon_count": _count,
            "event_type": _event_type}.get(column)  # fmt: skip
    if read is not None:
        return read(context, span, words)
    if column == "country_iso2":
        return {column: _country(words)}
    return {column: words}


def _met(mentions: Iterable[M], span: Span) -> M | None:
    """Return the mention that shares most letters with a selection; None when none shares any."""

    def shared(mention: M) -> int:
        return min(mention.span.end, span.end) - max(mention.span.start, span.start)

    best = max(mentions, key=shared, default=None)
    return best if best is not None and shared(best) > 0 else None


def _all(mentions: BySentence[M]) -> Iterable[M]:
    return chain.from_iterable(mentions.values())


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _date(context: Context, span: Span, words: str) -> dict[str, str]:
    when = _met(_all(context.whens), span)
    if when is None or when.last is None:
        return dict.fromkeys(_DATE, "") | {"date_start": words}
    return dict(zip(_DATE, (_text(when.first), _text(when.last), when.precision), strict=True))


def _killed(context: Context, span: Span, words: str) -> dict[str, str]:
    harm = _met((harm for harm in _all(context.harms) if harm.kind == "killed"), span)
    if harm is None:
        return dict.fromkeys(_KILLED, "") | {"fatalities_best": words}
    return dict(zip(_KILLED, (_text(harm.low), _text(harm.best), _text(harm.high)), strict=True))


def _injured(context: Context, span: Span, words: str) -> dict[str, str]:
    harm = _met((harm for harm in _all(context.harms) if harm.kind == "injured"), span)
    known = words if harm is None else next((n for n in (harm.best, harm.low, harm.high) if n is not None), None)
    return {"injured": _text(known)}


def _count(context: Context, span: Span, words: str) -> dict[str, str]:
    for event in context.events:
        at = event.count_span
        if at is not None and at.start < span.end and span.start < at.end:
            return {"weapon_count": _text(event.weapon_count)}
    return {"weapon_count": words}


def _event_type(context: Context, span: Span, words: str) -> dict[str, str]:
    """Return the type that the words mean in the report, or else in a table; the words stand beside it."""
    event = _met(context.events, span)
    if event is not None:
        return {"event_type": event.event_type, "event_type_source": words}
    return {"event_type": _text(check_draft({"event_type": words}).row["event_type"][0]), "event_type_source": words}


def _country(words: str) -> str:
    try:
        return country_code(words)
    except InvalidValue:
        return words
