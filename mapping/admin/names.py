"""Reads what people write for a province: "Anbar province", "محافظة الأنبار", "Muhafazat al Anbar"."""

from __future__ import annotations

from mapping.toponym import fold

__all__ = ["bare_name", "one_direction"]

_KINDS = frozenset(
    fold(word)
    for word in (
        "governorate", "governorates", "governate", "province", "provinces", "district", "region", "state", "emirate",
        "county", "department", "prefecture", "municipality", "canton", "oblast", "krai", "kray", "okrug", "oblysy",
        "division", "republic", "respublika", "область", "обл", "provincia", "departamento", "estado", "sheng", "novads", "županija", "maakond", "län",
        "muhafazah", "muhafazat", "muhafaza", "muhafadhat", "muhafadha", "mohafazat", "mohafazah", "mohafaza",
        "mintaqat", "mintaqah", "wilayat", "wilaya", "shabiyat", "sha'biyat", "ostan", "ostan-e", "vilayet", "il", "ili",
        "parêzgeha", "parezga", "qadha", "qada", "qaza", "kaza", "ilçe", "ilçesi", "قضاء", "محافظة", "محافظه", "ولاية", "منطقة", "لواء", "شعبية", "إمارة", "استان", "پارێزگای",
    )
)  # fmt: skip

_DIRECTIONS = {
    said: direction
    for direction, others in {
        "north": "northern nord", "south": "southern sud", "east": "eastern est", "west": "western ouest",
        "central": "centre center", "north east": "northeast northeastern", "north west": "northwest northwestern",
        "south east": "southeast southeastern", "south west": "southwest southwestern",
    }.items()
    for said in others.split()
}  # fmt: skip
"""What English and French call a direction, as names are folded: "Nord-Kivu" is folded to "nord kivu"."""
_ONE_WORD = frozenset(("north", "south", "east", "west", "central"))

_LONGEST = 200


def bare_name(text: str) -> str:
    """Fold a province's name and drop the words that say what kind of unit it is.

    Examples
    --------
    >>> bare_name("Al Anbār province"), bare_name("محافظة الأنبار"), bare_name("Province")
    ('anbar', 'انبار', 'province')
    """
    words = fold(text[:_LONGEST]).split()
    while len(words) > 1 and words[-1] in _KINDS:
        words.pop()
    while len(words) > 1 and words[0] in _KINDS:
        words.pop(0)
    return " ".join(words)


def one_direction(bare: str) -> str:
    """Say the directions of a bare name one way, and first: only where the name itself is unknown is it safe.

    Examples
    --------
    >>> one_direction("nord kivu"), one_direction("kivu north"), one_direction("northwestern")
    ('north kivu', 'north kivu', 'north west')
    """
    words = " ".join(_DIRECTIONS.get(word, word) for word in bare.split()).split()
    return " ".join(sorted(words, key=lambda word: word not in _ONE_WORD))
