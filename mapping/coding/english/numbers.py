"""Numbers in words and figures, and how sure a text is of them: "at least three", "two or three", "dozens"."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["AMOUNT", "NUMBER", "Amount", "amount_of", "number_of"]

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_VALUES = {word: value for value, word in enumerate(_UNITS.split())} | {
    word: 10 * value for value, word in enumerate(_TENS.split(), 2)
}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000}

_WORD = rf"(?:{'|'.join(sorted([*_VALUES, *_SCALES], key=len, reverse=True))})\b"
_WORDS = rf"{_WORD}(?:[\s-]+{_WORD}|(?:(?<=hundred)|(?<=thousand))\s+and\s+{_WORD}){{0,8}}"
NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,9}}(?:\.\d+)?)(?:\s+(?:hundred|thousand|million)\b)?(?![\w,.]?\d)|{_WORDS}"
"""One number, in words or figures, in small letters."""

_LEAST = r"at\ least|no\ fewer\ than|(?:no|not)\ less\ than|a\ minimum\ of|more\ than|over|upwards?\ of|in\ excess\ of"
_MOST = r"up\ to|at\ most|no\ more\ than|fewer\ than|less\ than|a\ maximum\ of|as\ many\ as"
_ABOUT = r"about|around|some|approximately|roughly|nearly|almost|close\ to|an?\ estimated|just\ over"

AMOUNT = re.compile(
    rf"""(?<!no\s)(?<![-.\w])(?:
    (?:(?P<least>{_LEAST})|(?P<most>{_MOST})|(?P<about>{_ABOUT}))\s+)?(?:
      between\s+(?P<from_b>{NUMBER})\s+and\s+(?P<to_b>{NUMBER})
    |(?P<half>half\s+a\s+dozen\b)
    |an?\s+(?P<scale>dozen|hundred|thousand|million)\b
    |(?P<couple>a\s+couple(?:\s+of)?\b)
    |(?P<first>{NUMBER})(?:\s*(?:-|–|to|or)\s*(?P<second>{NUMBER}))?(?P<more>\s+or\s+more\b)?
    |(?P<many>(?:several|many|numerous|various|dozens|scores|hundreds|thousands|tens|countless|a\s+(?:few|number|handful))(?:\s+of)?\b)
    )(?!\s*-\s*year|\s*year-old|['’]s|st\b|nd\b|rd\b|th\b|:\d)""".replace(r"\ ", r"\s+"),
    re.VERBOSE,
)
"""An amount of people or things in small letters: a number with what limits it, or words for many."""


class Amount(NamedTuple):
    """Lowest, best and highest value of an amount; None where the words do not say."""

    low: int | None
    best: int | None
    high: int | None


def number_of(words: str) -> int:
    """Return the number that words or figures in small letters mean.

    Examples
    --------
    >>> number_of("3,000"), number_of("two hundred and thirty-one"), number_of("1.5 million"), number_of("forty thousand")
    (3000, 231, 1500000, 40000)
    """
    whole, part = 0, 0.0
    for word in re.split(r"[\s-]+", words):
        if word in _SCALES:
            part = (part or 1) * _SCALES[word]
            if _SCALES[word] >= 1_000:
                whole, part = whole + round(part), 0.0
        elif word != "and":
            part += _VALUES[word] if word in _VALUES else float(word.replace(",", ""))
    return whole + round(part)


def amount_of(found: re.Match[str]) -> Amount:
    """Return what a match of `AMOUNT` says.

    Examples
    --------
    >>> [tuple(amount_of(AMOUNT.match(words))) for words in ("at least three", "about 50", "two or three", "dozens")]
    [(3, 3, None), (None, 50, None), (2, None, 3), (None, None, None)]
    """
    group = found.groupdict()
    if group["from_b"]:
        return Amount(number_of(group["from_b"]), None, number_of(group["to_b"]))
    if group["second"]:
        low, high = number_of(group["first"]), number_of(group["second"])
        return Amount(low, None, high) if low < high else Amount(None, None, None)
    if group["many"]:
        return Amount(None, None, None)
    if group["scale"] or group["half"] or group["couple"]:
        value = 6 if group["half"] else 2 if group["couple"] else _SCALES[group["scale"]]
        exact = bool(group["couple"])
    else:
        value, exact = number_of(group["first"]), not group["first"].endswith(("dozen", "hundred", "thousand"))
    if group["least"] or group["more"]:
        return Amount(value, value, None)
    if group["most"]:
        return Amount(None, None, value)
    return Amount(value, value, value) if exact and not group["about"] else Amount(None, value, None)
