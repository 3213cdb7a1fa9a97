"""What was hit, and what came of it, in Arabic reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from mapping.coding.arabic.letters import letters_of, pattern
from mapping.coding.mentions import Target

if TYPE_CHECKING:
    from mapping.coding.tables import Tables
    from mapping.coding.text import Report

__all__ = ["find_targets"]

_STOP = (
    r"(?:في|بال\w+|ب(?:محافظة|مدينة|قضاء|ناحية|ريف|منطقة|حي|جنوب|شمال|صاروخ|صواريخ|صاروخين|طائر\w+|عبو\w+|قذائف|أسلحة|سيارة|مسير\w+|قصف)|على|إلى|من|عن|مساء|فجر|صباح|ليل|ليلة|يوم|أمس|اليوم|ظهر|عصر|قرب|شمال\w*|جنوب\w*|غرب\w*|شرق\w*|وسط|دون|ما|مما|أسفر\w*|وأسفر\w*"
    r"|ال(?:إثنين|اثنين|ثلاثاء|أربعاء|خميس|جمعة|سبت|أحد)|وفق|بحسب|حسب|أثناء|خلال|بعد|قبل|لدى|كان\w*|أدى|أدت|وأدى|وأدت|وقتل\w*|وأصاب\w*|وأصيب\w*|أثر|إثر"
    r"|قتل\w*|أصاب\w*|و\w+)(?!\w)"
)
_OBJECT = rf"(\w{{2,25}}(?: (?!{_STOP})\w{{1,25}}){{0,4}})"
_TARGET = pattern(
    rf"(?<!\w)[وف]?[تي]?(?:(?:استهدف|هاجم|اقتحم|داهم)(?:ت|وا|ا|تا)?|قصف(?:ت|وا)) (?!{_STOP}){_OBJECT}"
    rf"|(?<!\w)[وفب]?(?:ال)?(?:هجوم|هجوما|هجمات|غارة|غارات|قصف|قصفا)(?: (?!على|استهدف|في)\w{{2,20}}){{0,3}} على (?!يد |أيدي ){_OBJECT}"
    rf"|(?<!\w)[وفبل]?(?:استهداف|مهاجمة|اقتحام|مداهمة) (?!{_STOP}){_OBJECT}"
)
_OUTCOME = pattern(
    r"(?<!\w)[وف]?(?:(?:من )?دون|بدون|بلا) (?:\w+ ){0,4}?(?:أضرار|خسائر)(?: (?:مادية|بشرية|تذكر))?(?: (?:أو|ولا) (?:أضرار|خسائر)(?: (?:مادية|بشرية))?)?"
    r"|(?<!\w)[وف]?(?:ألحق|ألحقت|خلف|خلفت|تسبب|تسببت|أوقع|أوقعت)(?: \w+){0,3}? ب?(?:أضرارا|أضرار|دمارا|خسائر)(?!\w)(?: (?!و)\w+){0,6}"
    r"|(?<!\w)[وف]?(?:أسقط|أسقطت|تم إسقاط|اعترض|اعترضت|أحبط|أحبطت|أفشل|أفشلت|تصدت)(?: (?!فيما|بينما|قبل|دون|عندما|و)\w+){1,6}"
    r"|(?<!\w)[وف]?(?:اندلع|اندلعت|نشب|نشوب|اندلاع) (?:حريق|حرائق|النيران|النار)(?: \w+){0,3}"
    r"|(?<!\w)[وف]?(?:لاذ|لاذوا|فر|فروا)(?: \w+)? (?:بالفرار|هاربين|هاربا)"
    r"|(?<!\w)[وف]?(?:أفرج عن|الإفراج عن|أطلق سراح)(?: \w+){1,4}"
)


def find_targets(report: Report, tables: Tables) -> list[Target]:  # noqa: ARG001 - one call for every language
    """Return what a report in Arabic says was hit, and what came of it, by start.

    Examples
    --------
    >>> from mapping.coding.reading import read
    >>> from mapping.coding.tables import tables
    >>> report = read("هجوم بصواريخ على قاعدة جوية دون أضرار.", language="ar")
    >>> [(target.words, target.kind) for target in find_targets(report, tables())]
    [('قاعدة جوية', 'target'), ('دون أضرار', 'outcome')]
    """
    letters = letters_of(report.text)
    found: list[Target] = []
    kinds: tuple[Literal["target", "outcome"], ...] = ("target", "outcome")
    for start, end in letters.sentences(report):
        for kind, words in zip(kinds, (_TARGET, _OUTCOME), strict=True):
            for match in words.finditer(letters.text, start, end):
                at = match.span(match.lastindex or 0)
                span = letters.span(*at)
                found.append(Target(span, report.text[slice(*span)], kind))
    return sorted(found, key=lambda target: target.span)
