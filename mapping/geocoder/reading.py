"""Reads a place text for what it names: a place, its kind, how far off it lies, and what it lies in."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mapping.gazetteer import country_named
from mapping.gazetteer.kinds import split_kind
from mapping.toponym import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["LONGEST", "Mention", "Phrase", "mention", "read"]

LONGEST = 200
"""Characters; a longer text is a report, not the name of a place."""

_SAYS_NOTHING = frozenset(fold(words) for words in (
    "", "the", "unknown", "unknown location", "location unknown", "not known", "unspecified", "not specified", "undisclosed",
    "undisclosed location", "unnamed", "unidentified", "various", "various locations", "several", "several locations",
    "multiple", "multiple locations", "none", "null", "nil", "nan", "n/a", "na", "not available", "tbd", "tba", "other",
    "غير معروف", "مجهول", "غير محدد", "نامعلوم", "bilinmiyor", "לא ידוע",
))  # fmt: skip
_SHORTEST = 2
_TOO_FAR = re.compile(
    r"\b\d{4,}(?:[.,]\d+)?[ -]?(?:km|kilomet|mi\b|mile)", re.I
)  # no place is named by such a distance
_NESTED, _DEEPEST = 3, 6  # "near the outskirts of northern Mosul"; quarter, town, district, province, country
_MARKUP = re.compile(r"[<>{}\\]|://|\$\(|^\s*[=@+]")

_SIDE = r"(?:(?:north|south)[- ]?(?:east|west)?|east|west|شمال|جنوب|شرق|غرب)(?:ern|ي)?(?: (?:شرقي?|غربي?))?"
_ARABIC_SIDE = r"(?: ال(?:شمالي|جنوبي|شرقي|غربي)){0,2}"  # stands behind: the northern countryside of Hama
_DISTANCE = r"(?P<km>\d+(?:[.,]\d+)?)[ -]?(?P<unit>km|kms|kilomet(?:er|re)s?|mi|miles?|كم|كيلومترا?)\b"
_ROUGHLY = r"(?:about |some |around |roughly |approximately |~ ?|على بعد |حوالي )?"
_TO = r"(?:just |immediately |far )?(?:to the |on the |in the )?"

_RELATIONS = {
    "offset": re.compile(
        rf"{_ROUGHLY}{_DISTANCE}(?:,? (?:to the )?(?P<side>{_SIDE}|[ns](?:[ns]?[ew])?|[ew](?:[ns][ew])?))?(?: away)? (?:of |from |outside |من |عن )?(?P<name>.+)", re.I
    ),
    "around": re.compile(rf"{_TO}(?:{_SIDE} )?(?:countryside of|rural areas? of|rural|ريف) (?P<name>.+?){_ARABIC_SIDE}", re.I),
    "near": re.compile(
        rf"{_TO}(?:{_SIDE} (?:of|from)|(?:{_SIDE} )?(?:outskirts|suburbs|surroundings|vicinity|environs|edges?|area|farmlands?) of"
        rf"|near|nearby|close to|off(?: the coast of)?|outside|around|opposite|road to|towards?|قرب|بالقرب من|محيط|أطراف|ضواحي|مشارف|شمال|جنوب|شرق|غرب)"
        rf" (?P<name>.+)", re.I
    ),
    "part": re.compile(
        rf"(?:{_SIDE}|central|downtown|inner|greater|cent(?:er|re) of|heart of|parts of)(?: (?:part|parts|side|half))?(?: of)? (?P<name>.+)", re.I
    ),
}  # fmt: skip
_SAYS_RELATION = re.compile(
    r"\d|[\u0600-\u06ff]|\b(?:of|from|near|nearby|close|off|outside|around|opposite|towards?|to|rural|central|downtown|inner|greater"
    r"|(?:north|south|east|west)\w*)\b", re.I
)  # fmt: skip
"""What every relation has one of: most names have none, and are read at once."""
_END = r"\w(?:[^-–,]|(?<=\b[aeAE]\w)-|(?<=\b[aeAE]\w\w)-)+?"  # the hyphen of an article parts no names
_LINE = r"(?:road|highway|motorway|route|railway|border)"
_BETWEEN = tuple(re.compile(pattern, re.I) for pattern in (
    rf".*?\b(?:between|from) (?P<one>[^,]+?) (?:and|to) (?P<other>[^,]+?)(?: {_LINE})?(?:,(?P<rest>.+))?",
    r".*?بين (?P<one>[^،,]+?) و ?(?P<other>[^،,]+?)(?:[،,](?P<rest>.+))?",
    rf"(?P<one>{_END}) ?[-–] ?(?P<other>{_END}) {_LINE}(?! (?:crossing|gate|post|point))(?:\W.*)?",
))  # fmt: skip
_SAYS_ENDS = re.compile(rf"\b(?:between|from) |بين |[-–].*{_LINE}", re.I)
_INSIDE = re.compile(r"(?P<head>.+?) (?:in|inside|within) (?P<tail>.+)", re.I)
_BESIDE = re.compile(
    rf"(?P<head>.+?) (?P<tail>(?:near|outside|{_ROUGHLY}{_DISTANCE}|(?:to the )?{_SIDE} of|(?:outskirts|countryside|suburbs) of) .+)",
    re.I,
)

_OTHER_NAME = re.compile(r"/| or | aka ")
_SEPARATORS = re.compile(r"[,،;؛|:\n]|\s[-–—]\s")

_WINDS = ("n", "nne", "ne", "ene", "e", "ese", "se", "sse", "s", "ssw", "sw", "wsw", "w", "wnw", "nw", "nnw")
_BEARINGS = {side: 22.5 * point for point, side in enumerate(_WINDS)}
_LETTERS = {"north": "n", "south": "s", "east": "e", "west": "w", "شمال": "n", "جنوب": "s", "شرق": "e", "غرب": "w"}
_KM_PER_MILE = 1.609344


class Mention(NamedTuple):
    """One name in a text.

    Attributes
    ----------
    said, name
        The name without the words that tell the relation, as written and folded.
    whole
        Folded, with those words: some are part of a name ("North Sinai").
    core, kind
        Folded, without its words of kind ("base"), and that kind; null for a bare name.
    relation
        "at", "near" (outskirts of, north of), "around" (countryside of), "part" (eastern),
        "offset" (10 km south of) or "between" (a road, a border: no place of its own).
    distance_km, bearing
        Of an offset; the bearing in degrees from north, null where only the distance is said.
    """

    said: str
    name: str
    whole: str
    core: str
    kind: str | None
    relation: str = "at"
    distance_km: float | None = None
    bearing: float | None = None

    def without_kind(self) -> Mention:
        """Return the bare name: of "Sinjar District", "Sinjar"."""
        return self if self.kind is None else self._replace(name=self.core, whole=self.core, kind=None)


class Phrase(NamedTuple):
    """A place text, read.

    Attributes
    ----------
    heads
        The place itself, under each of the names given ("Tadmur/Palmyra town"), after `whole`.
    whole
        All of a text of several parts, which may be one name ("Rabia – Yarubiyah border crossing").
    asides
        What stands in brackets: another name, or what the place lies in.
    within
        What it lies in or near, the nearest first.
    ends
        The two places between which it lies, or that a road or a border joins.
    """

    heads: tuple[Mention, ...]
    whole: Mention | None = None
    asides: tuple[Mention, ...] = ()
    within: tuple[Mention, ...] = ()
    ends: tuple[Mention, ...] = ()


@lru_cache(maxsize=50_000)
def read(text: str) -> Phrase | None:
    """Read a place text; null when it names nothing.

    Examples
    --------
    >>> phrase = read("Al-Shafaa neighbourhood, Mosul")
    >>> phrase.heads[-1].core, phrase.heads[-1].kind, phrase.within[0].said
    ('shafaa', 'quarter', 'Mosul')
    >>> read("10 km south of Mosul").heads[0].distance_km
    10.0
    >>> read("?"), read("unknown"), read("{{ 6*7 }}")
    (None, None, None)
    """
    if len(text) > LONGEST or _MARKUP.search(text) or (folded := fold(text)) in _SAYS_NOTHING:
        return None
    if len(folded) < _SHORTEST or _TOO_FAR.search(text):
        return None
    if ends := _ends(text):
        line = _name(text)._replace(relation="between")
        rest = ends.groupdict().get("rest") or ""
        return Phrase((line,), within=_mentions([rest]), ends=_mentions(ends.group("one", "other")))
    text = re.sub(r"\b(oil|gas) ?/ ?(?:oil|gas)\b", r"\1", text, flags=re.I)  # one field, not two names
    asides = re.findall(r"[(\[]([^()\[\]]*)", text)
    outside = re.sub(r"[(\[][^()\[\]]*[)\]]?", " ", text)
    parts = [" ".join(part.split()) for part in _SEPARATORS.split(outside) if fold(part) not in _SAYS_NOTHING]
    if len(parts) == 1 and any(map(_is_wide, split := [part.strip() for part in outside.split("/") if fold(part)])):
        parts = split  # "Iraq / Nineveh / Sinjar", not "Tadmur/Palmyra"
    if len(parts) > 1 and _is_wide(parts[0]):
        parts.reverse()  # "Iraq, Anbar province, Hit"
    if not (parts or asides):
        return None
    head, *within = parts or [asides.pop(0)]
    for pattern in (_INSIDE, _BESIDE):
        if (inner := pattern.fullmatch(head)) and (pattern is _INSIDE or mention(head).relation == "at"):
            head, within = inner["head"], [inner["tail"], *within]
    heads = _mentions(_OTHER_NAME.split(head))
    if [each.whole for each in heads] == [folded]:
        return Phrase(heads)
    # "Sayqal/Sein Military Airbase": the kind is said once for both.
    heads = tuple(each if each.kind else each._replace(kind=heads[-1].kind) for each in heads)
    whole = _name(text)
    return Phrase((whole, *heads), whole, _mentions(asides), _mentions(_OTHER_NAME.split("/".join(within[:_DEEPEST]))))


def _ends(text: str) -> re.Match[str] | None:
    if not _SAYS_ENDS.search(text):
        return None
    plain = " ".join(text.split())
    return next(filter(None, (pattern.fullmatch(plain) for pattern in _BETWEEN)), None)


def _is_wide(said: str) -> bool:
    folded = fold(said)
    return country_named(folded) is not None or split_kind(folded)[1] == "province"


def _mentions(names: Iterable[str]) -> tuple[Mention, ...]:
    return tuple(mention(name) for name in names if fold(name))


@lru_cache(maxsize=50_000)
def mention(said: str, *, nested: int = 0) -> Mention:
    """Read one name with the words around it.

    Examples
    --------
    >>> found = mention("outskirts of Khanaqin")
    >>> found.said, found.relation
    ('Khanaqin', 'near')
    """
    said = re.sub(r"^(?:the|in|inside|within|at) ", "", " ".join(said.split()), flags=re.I)
    for relation, pattern in _RELATIONS.items() if nested < _NESTED and _SAYS_RELATION.search(said) else ():
        if (found := pattern.fullmatch(said)) and fold(found["name"]):
            inner = mention(found["name"], nested=nested + 1)._replace(whole=fold(said), relation=relation)
            return _offset(inner, found) if relation == "offset" else inner
    name = _name(said)
    around = name.kind == "countryside"  # "Homs countryside"
    return name.without_kind()._replace(whole=name.whole, relation="around") if around else name


def _name(said: str) -> Mention:
    folded = fold(said)
    return Mention(said, folded, folded, *split_kind(folded))


def _offset(mention: Mention, found: re.Match[str]) -> Mention:
    km = float(found["km"].replace(",", ".")) * (_KM_PER_MILE if found["unit"].lower().startswith("mi") else 1)
    side = (found["side"] or "").lower()
    letters = "".join(_LETTERS[word] for word in re.findall("|".join(_LETTERS), side)) or side
    return mention._replace(distance_km=km, bearing=_BEARINGS.get(letters))
