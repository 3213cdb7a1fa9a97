"""Words for people, of whom reports say that they were killed or hurt: one, two or many."""

from __future__ import annotations

from mapping.coding.arabic.letters import folded

__all__ = ["ONE", "TWO"]

_BROKEN_PLURAL = (
    "شخص رجل امرأة سيدة طفل طفلة شاب شابة فتاة فتى رضيع رضيعة مواطن مواطنة جندي ضابط شرطي عنصر قيادي قائد زعيم عميد عقيد مقدم"
    " رائد نقيب ملازم لواء فريق حارس سائق راع راعي طالب طالبة عامل مزارع صحفي صحافي صحفية صحافية مصور طبيب طبيبة ممرض"
    " ناشط ناشطة قاض قاضي محام محامي نائب وزير مسؤول موظف موظفة مهندس صياد تاجر شيخ إمام مختار إرهابي انتحاري مستوطن"
    " مسعف ابن ابنة شقيق شقيقة زوج زوجة زوجته والد والدة أم أب معتقل سجين بحار رهينة"
)
"""People whose dual in -ين is no plural: "جنديين" are two soldiers."""

_SOUND_PLURAL = (
    "مدني مسلح مقاتل متظاهر محتج فلسطيني عراقي سوري لبناني يمني ليبي سوداني إسرائيلي أمريكي أميركي إيراني تركي مهاجر نازح لاجئ"
    " متطوع مجند عسكري مشتبه مهاجم متمرد مقاوم منتسب"
)
"""People whose plural is written like the dual in -ين: "مدنيين" may be two civilians or any number of them."""


def _dual(word: str, ending: str) -> str:
    stem = word[:-1] + "ت" if word.endswith("ة") else word
    return folded(stem + ending)


_FALLEN = "قتيل جريح شهيد مصاب"

ONE = {folded(word) for word in f"{_BROKEN_PLURAL} {_SOUND_PLURAL}".split()}
"""One person."""

ONE |= {word + "ا" for word in ONE if not word.endswith(("ه", "ا"))}

TWO = {_dual(word, ending) for word in f"{_BROKEN_PLURAL} {_FALLEN}".split() for ending in ("ان", "ين")}
"""Two people, whatever the case."""

TWO |= {_dual(word, "ان") for word in _SOUND_PLURAL.split()} | {
    folded(word) for word in ("امرأتان", "امرأتين", "طفلاه", "طفلاها", "طفليه", "طفليها", "ولداه", "ولداها", "ولديه")
}
