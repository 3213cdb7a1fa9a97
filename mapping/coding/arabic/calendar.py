"""Days, months and parts of the day by their Arabic names."""

from __future__ import annotations

from mapping.coding.arabic.letters import folded
from mapping.coding.arabic.numbers import ORDINALS

__all__ = ["DAYS_BY_WORD", "HIJRI_MONTH", "MONTH", "MONTHS", "PART", "WEEKDAY", "WEEKDAYS"]

_MONTH_NAMES = {
    1: "كانون الثاني|يناير|جانفي|ينائر",
    2: "شباط|فبراير|فيفري",
    3: "آذار|مارس",
    4: "نيسان|أبريل|إبريل|أفريل",
    5: "أيار|مايو|ماي",
    6: "حزيران|يونيو|يونيه|جوان",
    7: "تموز|يوليو|يوليه|جويلية|يوليوز",
    8: "آب|أغسطس|أوت|غشت",
    9: "أيلول|سبتمبر|شتنبر",
    10: "تشرين الأول|أكتوبر|تشرين أول",
    11: "تشرين الثاني|نوفمبر|نونبر|تشرين ثاني",
    12: "كانون الأول|ديسمبر|دجنبر|كانون أول",
}
"""Months as the Levant and Iraq, Egypt and the Gulf, and the Maghreb call them."""

MONTHS = {folded(name): number for number, names in _MONTH_NAMES.items() for name in names.split("|")}
"""Number of a month by its folded name."""

WEEKDAYS = {
    folded(name): number
    for number, name in enumerate(("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"))
}
"""Number of a weekday, Monday 0, by its folded name."""

DAYS_BY_WORD = {folded(name): number for name, number in ORDINALS.items()}
"""Day of the month by its ordinal."""


def _one_of(names: list[str]) -> str:
    return "(?:" + "|".join(sorted(names, key=len, reverse=True)) + ")"


MONTH = _one_of([name for names in _MONTH_NAMES.values() for name in names.split("|")])
WEEKDAY = r"ال(?:إثنين|اثنين|ثلاثاء|أربعاء|خميس|جمعة|سبت|أحد)(?!\w)"
HIJRI_MONTH = _one_of([
    "محرم", "صفر", "ربيع الأول", "ربيع الثاني", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة", "جمادى الثانية", "رجب",
    "شعبان", "رمضان", "شوال", "ذو القعدة", "ذي القعدة", "ذو الحجة", "ذي الحجة",
])  # fmt: skip
PART = r"(?:فجر|صباح|ظهر|عصر|مساء|مغرب|عشية|ليلة|ليل|غروب|ضحى|صبيحة|منتصف ليل|منتصف ليلة)"
"""Part of a day, as it stands before the day's name."""
