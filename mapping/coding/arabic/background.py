"""Why words of violence in Arabic tell of no incident of this report: history, denial, forecast, threat and the like."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from mapping.coding.arabic.letters import pattern
from mapping.coding.text import is_history

if TYPE_CHECKING:
    import re
    from datetime import date

    from mapping.coding.mentions import Reason

__all__ = ["why_passed_over"]

_REACH = 160
"""Letters before the mention in which a word of denial or threat is looked for."""

_BEFORE: tuple[tuple[Reason, re.Pattern[str]], ...] = (
    (
        "denied",
        pattern(
            r"(?<!\w)[وف]?(?:نف(?:ى|ت|وا|يا)|[تي]نفي|نفي)(?!\w)(?!.{0,80}(?:مسؤولي|ضلوع|علاق|تورط|صلت)).{0,120}$"
            r"|(?<!\w)[وف]?(?:لم|لا|ليس) (?:\w+ ){0,2}?(?:أي(?:ة)? )?(?:\w+ )?$|لم (?:ي|ت)تعرض.{0,40}$"
        ),
    ),
    (
        "threat",
        pattern(
            r"(?<!\w)[وف]?(?:هدد(?:ت|وا)?|[تي]هدد|توعد(?:ت|وا)?|[تي]توعد|بتهديد|تهديد|تهديدات|إنذار)(?!\w).{0,100}$"
        ),
    ),
    (
        "hypothetical",
        pattern(r"(?<!\w)[وف]?(?:إذا|لو|في حال|حال|ما لم|سواء)(?!\w).{0,60}$|(?:محتمل|محتملة) $"),
    ),
    (
        "forecast",
        pattern(
            r"(?<!\w)[وفل]?(?:توقع(?:ت|وا)?|[تي]توقع(?:ون)?|توقعات|سوف|[تي]عتزم|[تي]ستعد|[تي]خطط(?:ون)?|مخاوف|خشية|احتمال|احتمالات|خطر|مخطط"
            r"|حذر(?:ت|وا)?|تحذير|تحذيرات|[تي]حذر|قد (?:ي|ت)\w+|دعا|دعت|بهدف)(?!\w)[^،]{0,50}$"
            r"|(?<!\w)[وفلب]?(?:منع|تفادي|تجنب|مواجهة|صد|مكافحة|محاربة|وقف|إنهاء) (?:\w+ )?$"
        ),
    ),
)
_ANNIVERSARY = pattern(r"(?<!\w)[وفبل]?(?:ال)?ذكرى(?!\w)|ذكراه|إحياء ل?ذكرى|تخليدا")
_EXERCISE = pattern(r"(?<!\w)[وفبل]?(?:ال)?(?:مناورات|مناورة|تمرين|تمارين|تدريب اعتيادي|محاكاة)(?!\w)")
_OTHER_WAR = pattern(r"الحرب (?:العالمية|الباردة)|حرب (?:الخليج|فيتنام|أكتوبر|تشرين|حزيران)")
_STATISTICS = pattern(
    r"منذ (?:بداية|بدء|مطلع|اندلاع|انطلاق) |خلال (?:ال)?(?:عام|سنة|سنوات|أعوام|أشهر|شهر|أسابيع|أسبوع)(?!\w)|خلال الأسبوع"
    r"|خلال (?:آخر|الـ?)?\s*\d+ (?:يوما|ساعة|شهرا|أسبوعا)|عدد (?:ال)?(?:هجمات|غارات|عمليات|حوادث)|(?:عدد|حصيلة) ضحايا (?!ال?(?:هجوم|تفجير|انفجار|قصف|غارة|اعتداء|حادث))|حصيلة (?:ال)?(?:ضحايا|حرب)"
    r"|بنسبة |في المئة|في المائة|بالمئة|إحصائي|سنويا|يوميا|شهريا|معدل|تقريرها السنوي|التقرير السنوي|(?:العام|السنة) (?:الماضي|السابق)"
)
_PAST = pattern(
    r"سبق (?:أن|و)|في السابق|سابقا|قبل سنوات|(?:قبل|منذ) (?:\w+ )?(?:سنوات|أعوام|عقود|عقد|عقدين|عامين|سنتين|أشهر|شهور)(?!\w)"
    r"|في السنوات (?:الأخيرة|الماضية)|السنوات الماضية|في الآونة الأخيرة|(?:هجمات|غارات|اشتباكات|تفجيرات|عمليات|أعمال) (?:\w+ )?(?:متكررة|متفرقة بين|مستمرة"
    r"|شبه يومية|متواصلة)|بين (?:ال)?حين وال?آخر|من حين (?:لآخر|إلى آخر)|بشكل (?:متكرر|مستمر|شبه يومي)|عادة ما|تاريخ|كان(?:ت)? قد"
    r"|(?:الشهر|العام|الأشهر|الأسابيع) (?:الماضي|الماضية|المنصرم|الأخيرة)"
)
_UNTRUE = pattern(r"عار عن الصحة|عارية عن الصحة|لا صحة ل|لا أساس ل")
_ANYWHERE: tuple[tuple[Reason, re.Pattern[str]], ...] = (
    ("anniversary", _ANNIVERSARY),
    ("exercise", _EXERCISE),
    ("another war", _OTHER_WAR),
    ("statistics", _STATISTICS),
    ("background", _PAST),
    ("denied", _UNTRUE),
)
_YEAR = pattern(r"(?<![\d/.-])(19\d\d|20\d\d)(?!\d|[/.-]\d)")


def why_passed_over(before: str, sentence: str, written: date | None) -> Reason | None:
    """Return why a mention of violence is no incident of the report; None where nothing says so.

    Parameters
    ----------
    before, sentence
        The sentence up to the mention, and the whole of it, in folded letters.
    written
        Day of the report: what happened in a year before it is history.

    Examples
    --------
    >>> from mapping.coding.arabic.letters import folded
    >>> before = folded("هددت فصائل مسلحة ")
    >>> why_passed_over(before, before + folded("باستهداف القواعد"), None)
    'threat'
    """
    near = before[-_REACH:]
    return next((reason for reason, words in _BEFORE if words.search(near)), None) or _of_sentence(sentence, written)


@lru_cache(maxsize=16)
def _of_sentence(sentence: str, written: date | None) -> Reason | None:
    """Return why nothing in a sentence is an incident of the report."""
    told = next((reason for reason, words in _ANYWHERE if words.search(sentence)), None)
    return told or ("background" if _is_history(sentence, written) else None)


def _is_history(sentence: str, written: date | None) -> bool:
    return is_history((int(year[1]) for year in _YEAR.finditer(sentence)), written)
