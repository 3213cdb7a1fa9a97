"""Which language a report is in."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from mapping.coding.language import language_of
from mapping.errors import InvalidValue

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Two drones attacked the base on Tuesday night, police said.", "en"),
        ("GUNMEN KILL MAYOR IN TIKRIT", "en"),
        ("Hit, Anbar", "en"),
        ("BOGOTA, 3 JAN 90 (AFP) -- [TEXT] SEVEN SOLDIERS DIED.", "en"),
        ("هاجمت طائرتان مسيرتان القاعدة مساء الثلاثاء دون إصابات", "ar"),
        ("مقتل جندي", "ar"),
        ("The army said that قاعدة عين الأسد was attacked by two drones on Tuesday.", "en"),
        ("قالت وكالة الأنباء إن الجيش قصف المدينة بصواريخ من طراز Grad و Fajr", "ar"),
    ],
)
def test_what_is_read_goes_on(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tres soldados murieron en un ataque en la noche del martes, informó la policía.", "Spanish"),
        ("Trois soldats ont été tués dans la nuit de mardi près de Gao.", "French"),
        ("Drei Soldaten wurden in der Nacht auf Mittwoch bei einem Angriff getötet.", "German"),
        ("Üç asker salı gecesi düzenlenen saldırıda öldürüldü.", "Turkish"),
        ("سه سرباز در حمله پهپادی به پایگاه کشته شدند", "Persian"),
        ("ڈرون حملے میں تین فوجی ہلاک ہو گئے", "Urdu"),
        ("سێ سەرباز لە هێرشێکی درۆنی بۆ سەر بنکەکە کوژران", "Kurdish"),
        ("Sê leşker di êrîşekê de hatin kuştin", "Kurdish"),
        ("В ночь на среду беспилотники атаковали авиабазу, погибли трое военных.", "Russian"),
        ("Троє військових загинули внаслідок атаки безпілотників уночі.", "Ukrainian"),
        ("שלושה חיילים נהרגו בהתקפת כטב״מים", "Hebrew"),
        ("三名士兵在無人機襲擊中喪生", "Chinese"),
    ],
)
def test_any_other_language_is_named_and_refused(text: str, name: str) -> None:
    with pytest.raises(InvalidValue, match=f"^This report is in {name}; reports in English and Arabic are read"):
        language_of(text)


@pytest.mark.parametrize("text", ["", " \n", "2024-07-16", "...?!", "\u202e\u0000"])
def test_what_holds_no_words_is_said_so(text: str) -> None:
    with pytest.raises(InvalidValue, match="holds no words"):
        language_of(text)


def test_real_reports_are_in_english(shared_data: Path) -> None:
    lines = (shared_data / "reports" / "centcom_documents.jsonl").read_text(encoding="utf-8").splitlines()
    texts = (shared_data / "muc34" / "dev" / "dev-muc3-0001-0100").read_text(encoding="utf-8")
    for text in [json.loads(line)["text"] for line in lines] + re.split(r"(?m)^(?=DEV-MUC3-\d+)", texts)[1:]:
        assert language_of(text) == "en"
