"""What a date belongs to: the incident, the report, or the past that the report looks back on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from mapping.coding.arabic.letters import pattern

if TYPE_CHECKING:
    from datetime import date

__all__ = ["governs"]

LONG_AGO_DAYS = 60
"""A report tells of what is new: what lies further back is what it looks back on."""

_REACH = 140
"""Letters between a verb of reporting and its date."""

_REPORTING = pattern(
    r"(?<!\w)[وف]?(?:كما )?(?:(?:ي|ت)?(?:قال|قول|ذكر|علن|فيد|ؤكد|كشف|وضح|ضيف|صرح)(?:ت|وا)?|أعلن(?:ت|وا)?|أفاد(?:ت|وا)?"
    r"|أكد(?:ت|وا)?|أوضح(?:ت|وا)?|أضاف(?:ت|وا)?|أشار(?:ت|وا)?|نقل(?:ت)?|روى|أبلغ(?:ت)?|أورد(?:ت)?|تبن(?:ى|ت)|نف(?:ى|ت)|هدد(?:ت)?"
    r"|توعد(?:ت)?|اتهم(?:ت)?|دعا|دعت|طالب(?:ت)?|أدان(?:ت)?|استنكر(?:ت)?|ندد(?:ت)?|حذر(?:ت)?|نشر(?:ت)?|توقع(?:ت)?|رجح(?:ت)?"
    r"|بحسب|حسب|حسبما|وفق|وفقا|بيان|بيانا|تصريح|تصريحات|تقرير|تقريرها|مؤتمر)(?!\w)"
)
_TELLING = pattern(
    r"(?<!\w)(?:[وفبكل]?[أإ]ن(?:ه|ها|هم|هما|نا|ني)?|عن|الذي|التي|اللذين|الذين|[وفبل]?(?:ال)?(?:مقتل|استشهاد|إصابة|قتل|تفجير"
    r"|تفجيرين|انفجار|هجوم|هجمات|هجوما|قصف|قصفا|غارة|غارات|اغتيال|اختطاف|خطف|تحييد|استهداف|استهدافها|إحباط|إسقاط|وقوع"
    r"|سقوط|تنفيذ|شن|اشتباك|اشتباكات|اعتقال|تعرض|تصفية|تدمير|ضربة|ضربات))(?!\w)"
)
_LOOKING_BACK = pattern(
    r"(?<!\w)[وف]?(?:منذ|ذكرى|الذكرى|ذكراه|عقب سقوط|تشكل|تأسس(?:ت)?)(?!\w)(?: (?!وقوع)\w+){0,6}\s*$"
)


def governs(
    text: str, sentence: int, start: int, last: date | None, written: date | None
) -> Literal["event", "report", "background"]:
    """Say what a date in folded letters belongs to.

    Parameters
    ----------
    text
        Folded letters.
    sentence, start
        Where the sentence begins, and where the date does.
    last
        Last day that the date may be.
    written
        Day of the report.

    Examples
    --------
    >>> from mapping.coding.arabic.letters import folded
    >>> text = folded("أعلنت الوزارة، الخميس، أن سبعة قتلوا أمس")
    >>> governs(text, 0, text.index("الخميس"), None, None), governs(text, 0, text.index("امس"), None, None)
    ('report', 'event')
    """
    before = max(sentence, start - _REACH)
    if _LOOKING_BACK.search(text, before, start):
        return "background"
    if last is not None and written is not None and (written - last).days > LONG_AGO_DAYS:
        return "background"
    verbs = list(_REPORTING.finditer(text, before, start))
    if verbs and not _TELLING.search(text, verbs[-1].end(), start):
        return "report"
    return "event"
