"""In which language a report is written: what is read here goes on, any other is named and refused."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from mapping.errors import InvalidValue

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

__all__ = ["language_of"]

_WORD = re.compile(r"[^\W\d_]+")
_WORDS_LOOKED_AT = 2_000
_LONGEST = 40
"""Letters of a word that are looked at: no language needs more, and a line of a million letters is one word."""

_ARABIC_LETTER = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_ENGLISH = frozenset([
    "the", "of", "and", "to", "that", "were", "for", "with", "by", "from", "had", "have", "said", "this", "who",
    "after", "which", "they", "their", "there", "near", "been",
])  # fmt: skip
_ARABIC = frozenset([
    "في", "من", "على", "إلى", "الى", "أن", "ان", "عن", "مع", "بعد", "قبل", "كما", "قال", "التي", "الذي", "هذا",
    "هذه", "خلال", "بين", "ما", "لم", "كان", "كانت", "وقال",
])  # fmt: skip
_ARABIC_ARTICLE = ("ال", "وال", "بال", "لل", "كال", "فال")
_ENOUGH = 0.07
"""Share of function words from which on a text is in the language: news in English has 0.09 and more, in others 0.03."""
_OF_THE_NEWS = [
    "af", "am", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr",
    "ha", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kk", "ko", "ku", "ky", "lt", "lv", "mk", "mn",
    "ms", "my", "ne", "nl", "no", "pa", "pl", "ps", "pt", "ro", "ru", "rw", "sdh", "sk", "sl", "so", "sq", "sr", "sv",
    "sw", "ta", "tg", "th", "tr", "uk", "ur", "uz", "vi", "zh",
]  # fmt: skip
"""Languages that a report may be in: among all that are known, Latin and Pidgin win too many headlines in English."""
_USUAL_NAMES = {"ps": "Pashto", "sdh": "Kurdish", "el": "Greek"}
"""What ISO 639 calls otherwise; the texts in Kurdish that are told apart are few, and of one kind for all of it."""
_SURE = 0.75
"""How sure, of 1, the telling must be: of a few words, names perhaps, it is less."""


def language_of(text: str) -> str:
    """Return the language of a report, "en" or "ar".

    The words that hold sentences together tell it, so that capitals, names and loan words count for nothing; only
    a text with too few of them is asked about among the languages of the world. Of a text in two languages, the one
    with more words counts.

    Raises
    ------
    InvalidValue
        It holds no words, or is in a language that is not read here: the message names it.

    Examples
    --------
    >>> language_of("TWO DRONES ATTACKED THE BASE"), language_of("هاجمت طائرتان مسيرتان القاعدة")
    ('en', 'ar')
    >>> language_of("Deux drones ont attaqué la base dans la nuit de mardi à mercredi.")
    Traceback (most recent call last):
    mapping.errors.InvalidValue: This report is in French; reports in English and Arabic are read here. ...
    """
    words = [found[0][:_LONGEST].lower() for found in islice(_WORD.finditer(text), _WORDS_LOOKED_AT)]
    if not words:
        raise InvalidValue("This report holds no words. Give a text in English or Arabic.")
    arabic = [word for word in words if _ARABIC_LETTER.match(word)]
    if len(arabic) * 2 > len(words):
        return _told(arabic, _share_of_arabic(arabic), "ar")
    others = [word for word in words if not _ARABIC_LETTER.match(word)]
    return _told(others, sum(word in _ENGLISH for word in others) / len(others), "en")


def _told(words: list[str], share: float, language: str) -> str:
    """Return the language that the share of its function words speaks for, or else whatever it is, where that is read here."""
    if share >= _ENOUGH:
        return language
    found, sure = _identifier().classify(" ".join(words))
    if found == language or (sure < _SURE and _is_written_alike(words, language)):
        return language
    raise InvalidValue(
        f"This report is in {_name_of(found)}; reports in English and Arabic are read here. Give a translation."
    )


@cache
def _identifier() -> LanguageIdentifier:
    """Return what tells languages apart; half a second to load, and for most reports never needed."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(_OF_THE_NEWS)
    return identifier


def _share_of_arabic(words: list[str]) -> float:
    return sum(word in _ARABIC or word.startswith(_ARABIC_ARTICLE) for word in words) / len(words)


def _is_written_alike(words: list[str], language: str) -> bool:
    """Tell whether words have no letters but those of a language."""
    letters = "".join(words)
    return letters.isascii() if language == "en" else not re.search(r"[\u0671-\u06d3]", letters)


def _name_of(code: str) -> str:
    """Return a language's name in English, without the "(macrolanguage)" of ISO 639."""
    import pycountry

    if code in _USUAL_NAMES:
        return _USUAL_NAMES[code]
    found = pycountry.languages.get(alpha_2=code) or pycountry.languages.get(alpha_3=code)
    return re.sub(r"\s*[(].*", "", found.name) if found else f'a language that is none of them ("{code}")'
