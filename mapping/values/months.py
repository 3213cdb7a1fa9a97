"""Names of months and weekdays in the languages of the region, and of the calendars that are not ours."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["OTHER_CALENDARS", "WEEKDAY", "number_months", "without_accents"]

_MONTHS = (
    "january jan janvier janv ocak oca يناير جانفي ژانویه كانون_الثاني",
    "february feb fevrier fevr subat şubat فبراير فيفري فوریه شباط",
    "march mar mars mart مارس مارس آذار",
    "april apr avril avr nisan ابريل افريل آوریل نيسان",
    "may mai mayis مايو ماي مه ايار",
    "june jun juin haziran يونيو جوان ژوئن حزيران",
    "july jul juillet juil temmuz يوليو جويلية ژوئیه تموز",
    "august aug aout agustos اغسطس اوت آب",
    "september sep sept septembre eylul سبتمبر سپتامبر ايلول",
    "october oct octobre ekim اكتوبر اکتبر تشرين_الاول",
    "november nov novembre kasim نوفمبر نوامبر تشرين_الثاني",
    "december dec decembre aralik ديسمبر دسامبر كانون_الاول",
)
_OTHERS = (
    "muharram safar rabi jumada rajab shaban shaaban ramadan shawwal dhu zul zilhijja محرم صفر ربيع جمادى رجب شعبان رمضان "
    "شوال ذو ذي فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند هـ ah hijri"
)
_WEEKDAYS = (
    "monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat sunday sun "
    "الاثنين الثلاثاء الاربعاء الخميس الجمعة السبت الاحد lundi mardi mercredi jeudi vendredi samedi dimanche"
)


def without_accents(text: str) -> str:
    """Return a text without accents and vowel signs: "août" as "aout", "أيار" as "ايار", "آب" as "اب".

    Examples
    --------
    >>> without_accents("février")
    'fevrier'
    """
    letters = unicodedata.normalize("NFD", text.replace("ı", "i"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _any_of(words: str) -> str:
    names = sorted(without_accents(words).split(), key=len, reverse=True)
    return rf"(?<![^\W\d_])(?:{'|'.join(name.replace('_', ' ') for name in names)})(?![^\W\d_])"


_NUMBERS = {name.replace("_", " "): n for n, names in enumerate(_MONTHS, 1) for name in without_accents(names).split()}
_MONTH = re.compile(_any_of(" ".join(_MONTHS)) + r"\.?")
_TWICE = re.compile(r"(@\d+@)(?: ?[/(\-] ?\1\)?)")

OTHER_CALENDARS = re.compile(_any_of(_OTHERS))
"""A month, or a sign, of the Islamic or the Persian calendar."""

WEEKDAY = re.compile(_any_of(_WEEKDAYS) + r"[.,]? ?")


def number_months(text: str) -> str:
    """Return a text, tidied and without accents, with ``@7@`` for each name of July.

    United Nations Arabic writes both names, كانون الثاني/يناير: they become one.

    Examples
    --------
    >>> number_months("16 july 2024"), number_months("3 كانون الثاني/يناير 2024")
    ('16 @7@ 2024', '3 @1@ 2024')
    """
    return _TWICE.sub(r"\1", _MONTH.sub(lambda found: f"@{_NUMBERS[found[0].rstrip('.')]}@", text))
