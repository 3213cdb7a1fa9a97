"""The fields of a draft: how each is called, to which group it belongs, and what a selection in the text may be used for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mapping.schema import ATTRIBUTIONS, CONFIDENCES, DATE_PRECISIONS, EVENT_TYPES

__all__ = ["COLUMNS", "FIELDS", "GROUPS", "USES", "Field", "Group", "mark_label", "place_in_form"]

Group = Literal["when", "where", "what", "who", "harm"]

GROUPS: dict[Group, str] = {
    "when": "When",
    "where": "Where",
    "what": "What",
    "who": "Who",
    "harm": "Harm",
}
"""Headings of the form; style and colour of each stand in report_text.css."""


@dataclass(frozen=True)
class Field:
    """One field of the form.

    Attributes
    ----------
    column
        Of the incident.
    label
        For people.
    width
        Of twelve, on a line of the form.
    allowed
        Vocabulary, where there is one.
    hint
        What may be written, shown while the field is empty.
    """

    column: str
    label: str
    group: Group | None
    width: int = 6
    allowed: tuple[str, ...] = ()
    hint: str = "not known"


FIELDS = (
    Field("date_start", "First day", "when", 4, hint="yyyy-mm-dd"),
    Field("date_end", "Last day", "when", 4, hint="yyyy-mm-dd"),
    Field("date_precision", "How exact", "when", 4, DATE_PRECISIONS),
    Field("place", "Place", "where", 7),
    Field("site_type", "Kind of place", "where", 5),
    Field("adm2_claimed", "District", "where", 4),
    Field("adm1_claimed", "Province", "where", 5),
    Field("country_iso2", "Country", "where", 3, hint="IQ, or its name"),
    Field("event_type", "Event type", "what", 5, EVENT_TYPES),
    Field("event_type_source", "In the report's words", "what", 7),
    Field("weapon", "Weapon", "what", 8),
    Field("weapon_count", "How many", "what", 4),
    Field("target", "Target", "what", 12),
    Field("outcome", "Outcome", "what", 12),
    Field("summary", "Summary", "what", 12),
    Field("actor1", "Attacker", "who", 7),
    Field("attribution", "Named by", "who", 5, ATTRIBUTIONS),
    Field("actor2", "Other side", "who", 12),
    Field("fatalities_low", "Killed, at least", "harm", 3),
    Field("fatalities_best", "Killed", "harm", 3),
    Field("fatalities_high", "At most", "harm", 3),
    Field("injured", "Injured", "harm", 3),
    Field("confidence", "Your confidence", None, 12, CONFIDENCES),
)
"""In the order of the form."""

_OF = {field.column: field for field in FIELDS}

COLUMNS = frozenset(_OF)
"""Those of the fields."""

_ORDER = list(_OF)

USES = {
    "date_start": "Date",
    "place": "Place",
    "adm2_claimed": "District",
    "adm1_claimed": "Province",
    "country_iso2": "Country",
    "event_type": "Event type",
    "weapon": "Weapon",
    "weapon_count": "How many",
    "target": "Target",
    "outcome": "Outcome",
    "summary": "Summary",
    "actor1": "Attacker",
    "actor2": "Other side",
    "fatalities_best": "Killed",
    "injured": "Injured",
}
"""What a selection in the text may be used for, by the column that it is told under."""


def mark_label(column: str) -> tuple[str, Group]:
    """Return what a mark of a column says, and its group: the two days of a date are one mark, as are the counts of the killed.

    Examples
    --------
    >>> mark_label("date_end"), mark_label("fatalities_low"), mark_label("adm1_claimed")
    (('Date', 'when'), ('Killed', 'harm'), ('Province', 'where'))
    """
    if column.startswith("date_"):
        return "Date", "when"
    if column.startswith("fatalities_"):
        return "Killed", "harm"
    if column.startswith("event_type"):
        return "Event type", "what"
    field = _OF.get(column)
    return (field.label, field.group or "what") if field else (column, "what")


def place_in_form(column: str) -> int:
    """Return where a column stands in the form; what is in no form comes last.

    Examples
    --------
    >>> place_in_form("date_start"), place_in_form("source_date") > place_in_form("injured")
    (0, True)
    """
    return _ORDER.index(column) if column in _OF else len(_ORDER)
