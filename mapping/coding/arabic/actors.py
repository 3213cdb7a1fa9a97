"""The parties to violence in Arabic reports, and on what ground the text names them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from mapping.coding.arabic.letters import letters_of, pattern
from mapping.coding.arabic.words import find_words
from mapping.coding.mentions import Actor

if TYPE_CHECKING:
    from mapping.coding.tables import Tables
    from mapping.coding.text import Report

__all__ = ["find_actors"]

Role = Literal["by", "against", "other"]

_ATTACK = (
    r"(?:هاجم|استهدف|اغتال|اختطف|خطف|أضرم|أحرق|حرق|سطا|سط|اقتحم|داهم|قصف|أطلق|فتح|فجر|قتل|نفذ|شن|نصب|زرع|أقدم|قام|اقتاد|أغار|سرق|نهب|أعدم|طعن|ذبح|احتجز"
    r"|استولى|استول|ضرب|أسقط|حيد|رمى|ألقى|ألق)(?:ت|وا|ن|ه|ها|ته|تها|تهما|هما|هم|ى)?"
)
_SUBJECT = pattern(
    rf"(?<!\w)[وف]?(?:[تي]?{_ATTACK})(?: (?:عناصر|مقاتلو|مسلحو|أفراد|قوة من|قوات من|طائرات|مدفعية|مقاتلات|أحد عناصر))* $"
)
_BEHIND = pattern(
    r"(?<!\w)[وف]?(?:على يد|على أيدي|من قبل|من جانب|بأيدي|برصاص|بنيران|بقصف|نفذه|نفذها|شنه|شنها|نفذته|شنته|تقف وراءه|يقف خلفه)(?: \w+)?? $"
    r"|(?:هجوم|هجوما|غارة|غارات|قصف|عملية|كمين|ضربة|ضربات) (?:ل|من |نفذه |شنه )$"
)
_ACCUSED = pattern(r"(?<!\w)[وف]?(?:اتهم|اتهمت|اتهموا|اتهام|اتهامات|حمل|حملت|أصابع الاتهام)(?!\w)[^،.]{0,60}$")
_SUSPECTED = pattern(
    r"(?<!\w)[وفي]?(?:يشتبه|اشتباه|يعتقد|يرجح|مشتبه|مفترض|يزعم|ينسب|نسب|نسبت|رجح(?:ت)?)(?!\w)[^.]{0,60}$"
)
_CLAIMING = pattern(r"(?<!\w)[وف]?(?:تبنى|تبنت|أعلن|أعلنت|تبني|إعلان)(?: \w+){0,2} $")
_RESPONSIBLE = pattern(r"^[^.]{0,60}(?:مسؤولي(?:ته|تها|تهم)|تبني(?:ه|ها))")
_ADOPTED = pattern(r"(?<!\w)[وف]?(?:تبنى|تبنت|تبني)(?: \w+){0,2} $|(?:تبنته|تبنتها|تبناه|تبناها)(?: \w+){0,2} $")
_CLAIMED_DEED = pattern(r"(?<!\w)[وف]?(?:أعلن|أعلنت|قال|قالت) $")
_DEED = pattern(
    r"^(?: \w+){0,4},?[^.]{0,20} (?:استهداف|استهدافه|استهدافها|تنفيذ|شن|قصف|إسقاط|إنه نفذ|إنها نفذت|مهاجمة|إطلاق)(?!\w)"
)
_WITHOUT_ARTICLE = pattern(r"(?<!\w)([وف]?[لب]?)(?:ل|ال)$")
_DOES = pattern(
    rf"^(?: (?:يقود|يستقل\w*|يرتدي\w*|كان\w*|تابع\w*|ملثمون|مجهولون)(?: \w+){{0,4}}?)? (?:[تي]?{_ATTACK})(?!\w)"
)
_DENIED = pattern(r"(?<!\w)[وف]?(?:نفى|نفت|ينفي|تنفي)(?: \w+){0,2} $")
_AGAINST = pattern(
    r"(?<!\w)[وف]?(?:ضد|على|استهدف\w*|استهداف|هاجم\w*|لموقع|مقر|مقرات|مواقع|موقع|دورية|نقطة|قاعدة|رتل|مقتل|إصابة|تحييد|قتل|أصيب|عناصر|عنصرا?|عنصرين"
    r"|مقاتلين|بين)(?: (?:من|عناصر|في|ل|قوات|دورية|تجمع|\d+|عدد من|سبعة|قياديا?))*(?: من)? (?:ل)?$"
)
_CLASH_BETWEEN = pattern(r"(?:اشتباك|معارك|مواجهات|قتال)[^.]{0,100} بين(?: \w+){0,3} $")
_CLASH_AND = pattern(r"(?:اشتباك|معارك|مواجهات|قتال)[^.]{0,100} بين .{3,80}و\s?$")


def find_actors(report: Report, tables: Tables) -> list[Actor]:
    """Return the parties that a report in Arabic names, by start.

    Examples
    --------
    >>> from mapping.coding.reading import read
    >>> from mapping.coding.tables import tables
    >>> report = read("تبنى تنظيم داعش الهجوم الذي استهدف دورية للجيش.", language="ar")
    >>> [(actor.name, actor.role, actor.attribution) for actor in find_actors(report, tables())]
    [('تنظيم داعش', 'by', 'claimed'), ('الجيش', 'against', None)]
    """
    letters = letters_of(report.text)
    words = find_words(report.text, tables)
    found: list[Actor] = []
    for start, end in letters.sentences(report):
        for one in words.within(start, end).actors:
            before = _WITHOUT_ARTICLE.sub(r"\1", letters.text[start : one.span.start])
            role, attribution = _part(before, letters.text[one.span.end : end], one.row.kind)
            shortened = "ال" if letters.text.endswith("لل", start, one.span.start) else ""
            article = 2 if letters.text.endswith("ال", start, one.span.start) else 0
            span = letters.span(one.span.start - article, one.span.end)
            found.append(Actor(span, shortened + report.text[slice(*span)], role, attribution))
    return found


def _part(before: str, after: str, kind: str) -> tuple[Role, str | None]:
    """Return what part a party has, and on what ground the text says so."""
    if _DENIED.search(before):
        return "other", None
    if _ADOPTED.search(before) or (_CLAIMING.search(before) and _RESPONSIBLE.search(after)):
        return "by", "claimed"
    if _CLAIMED_DEED.search(before) and _DEED.search(after):
        return "by", "claimed"
    if _SUSPECTED.search(before):
        return "by", "suspected"
    if _ACCUSED.search(before):
        return "by", "attributed"
    if _CLASH_BETWEEN.search(before) or _SUBJECT.search(before) or _BEHIND.search(before) or _DOES.match(after):
        return "by", "unknown" if kind == "unknown" else "attributed"
    if _CLASH_AND.search(before) or _AGAINST.search(before):
        return "against", None
    return "other", None
