"""How many people an Arabic text speaks of: a number, a dual, one, or many without a number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapping.coding.arabic.letters import pattern
from mapping.coding.arabic.numbers import NUMBER, number
from mapping.coding.arabic.persons import ONE, TWO

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

__all__ = ["Quantity", "find_quantities"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of people, as offsets into folded letters.

    Attributes
    ----------
    low, best, high
        As `mapping.coding.mentions.Harm` has them.
    counted
        The noun, folded; empty where there is none.
    noun
        Where it stands.
    """

    start: int
    end: int
    low: int | None
    best: int | None
    high: int | None
    counted: str
    noun: tuple[int, int] | None


_TWO = "|".join(sorted(TWO, key=len, reverse=True))
_ONE = "|".join(sorted(ONE, key=len, reverse=True))
_THINGS = (
    r"(?:يوم|يوما|أيام|ساعة|ساعات|دقيقة|دقائق|سنة|سنوات|عام|أعوام|عاما|شهر|أشهر|شهرا|أسبوع|أسابيع|كيلومتر|كيلومترا|كيلومترات|كلم|كم"
    r"|متر|مترا|أمتار|في المئة|في المائة|دولار|دينار|غارة|غارات|هجوم|هجمات|هجوما|صاروخ|صواريخ|صاروخا|قذيفة|قذائف|طائرة|طائرات|مسيرة"
    r"|مسيرات|سيارة|سيارات|منزل|منازل|منزلا|مبنى|مبان|عبوة|عبوات|طلقة|طلقات|رصاصة|رصاصات|قرية|قرى|محافظة|محافظات|مدينة|مدن|آلية"
    r"|آليات|عجلة|عجلات|دبابة|دبابات|مركبة|مركبات|موقع|مواقع|هدف|أهداف|هدفا|سفينة|سفن|لغم|ألغام|مرة|مرات|مناطق|مراكز|قواعد"
    r"|عملية|عمليات|انفجار|انفجارات|تفجير|تفجيرات|(?:من )?(?:كانون|نيسان|آذار|تموز|آب|أيار|أيلول|شباط|حزيران|تشرين|يناير|فبراير"
    r"|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر))(?!\w)|[%/]"
)
_NO_NOUN = (
    r"(?:في|على|من|إلى|عن|بين|بينهم|بينها|منهم|آخر|آخرون|آخرين|أخرى|وأصيب|وجرح|وإصابة|وأصيبت|بجروح|بجراح|أثناء|خلال|جراء|إثر|قرب|عندما"
    r"|قتلوا|استشهدوا|أصيبوا|جرحوا|لقوا|قضوا|على الأقل|يوم|مساء|فجر|صباح|أمس|اليوم|حتى|بعد|قبل|لدى|كما|فيما|بينما|وفق|بحسب|و\w+)(?!\w)"
)
_NUMBER_OF_PEOPLE = (
    r"(?:(?P<least>(?:ما )?لا يقل عن|أكثر من|ما يزيد (?:على|عن)|ما يربو على|فاق|تجاوز) |(?P<about>نحو|حوالي|قرابة|زهاء"
    r"|ما يقارب|ما يقرب من) |(?P<most>ما يصل إلى|أقل من) )?(?P<between>(?:ما )?بين )?"
    rf"(?P<first>{NUMBER})(?: (?:أو|إلى|-|و(?=\d))\s*(?P<second>{NUMBER}))?(?!\s*{_THINGS})"
)
_MANY = r"(?P<many>عشرات|مئات|عدد(?: من)?|العديد من|عددا من|عدة)(?!\w)"
_QUANTITY = pattern(
    rf"(?<!\w)[وف]?[بل]?(?:ال)?(?:(?P<two>{_TWO})(?!\w)(?: اثنان| اثنين| اثنتان| اثنتين)?"
    rf"|(?:{_NUMBER_OF_PEOPLE}|{_MANY})(?:(?: من)? (?!{_NO_NOUN})(?P<noun>\w{{2,20}}))?(?P<floor>(?: \w+)? على الأقل)?"
    rf"|(?P<one>{_ONE})(?!\w)(?: واحد(?:ة)?(?!\w))?|(?P<another>(?:ثالث|رابع|خامس|سادس|آخر)(?!\w))"
    r"|(?P<fallen>(?:قتيل|جريح|شهيد|مصاب)ا?(?!\w)(?: واحد)?))"
)


def find_quantities(text: str, start: int, end: int) -> Iterator[Quantity]:
    """Yield the numbers of people in a stretch of folded letters; what is counted in other things is passed over.

    Examples
    --------
    >>> from mapping.coding.arabic.letters import folded
    >>> text = folded("ثلاثة جنود وطفلان قبل 3 أيام")
    >>> [(found.best, found.counted) for found in find_quantities(text, 0, len(text))]
    [(3, 'جنود'), (2, 'طفلان')]
    """
    for found in _QUANTITY.finditer(text, start, end):
        low, best, high = _numbers(found)
        name = next(name for name in ("two", "one", "fallen", "noun") if found[name] or name == "noun")
        yield Quantity(*_trimmed(found), low, best, high, found[name] or "", found.span(name) if found[name] else None)


def _trimmed(found: re.Match[str]) -> tuple[int, int]:
    """Leave out what is written together with the first word."""
    groups = ("two", "least", "about", "most", "between", "first", "many", "one", "another", "fallen")
    return min(found.start(name) for name in groups if found[name]), found.end()


def _numbers(found: re.Match[str]) -> tuple[int | None, int | None, int | None]:
    if found["many"]:
        return None, None, None
    if found["two"]:
        return 2, 2, 2
    if not found["first"]:
        return 1, 1, 1
    best = number(found["first"])
    if found["second"]:
        return best, None, number(found["second"])
    if found["least"] or found["floor"]:
        return best, best, None
    if found["about"]:
        return None, best, None
    return (None, None, best) if found["most"] else (best, best, best)
