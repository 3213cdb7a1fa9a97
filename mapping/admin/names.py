"""Reads what people write for a province: "Anbar province", "محافظة الأنبار", "Muhafazat al Anbar"."""

from __future__ import annotations

from mapping.toponym import fold

__all__ = ["bare_name"]

_KINDS = frozenset(
    fold(word)
    for word in (
        "governorate", "governorates", "governate", "province", "provinces", "district", "region", "state", "emirate",
        "county", "department", "prefecture", "municipality", "canton", "oblast", "krai", "kray", "okrug", "oblysy",
        "republic", "respublika", "provincia", "departamento", "estado", "sheng", "novads", "županija", "maakond", "län",
        "muhafazah", "muhafazat", "muhafaza", "muhafadhat", "muhafadha", "mohafazat", "mohafazah", "mohafaza",
        "mintaqat", "mintaqah", "wilayat", "wilaya", "shabiyat", "sha'biyat", "ostan", "ostan-e", "vilayet", "il", "ili",
        "parêzgeha", "parezga", "qadha", "qada", "qaza", "kaza", "ilçe", "ilçesi", "قضاء", "محافظة", "محافظه", "ولاية", "منطقة", "لواء", "شعبية", "إمارة", "استان", "پارێزگای",
    )
)  # fmt: skip


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
