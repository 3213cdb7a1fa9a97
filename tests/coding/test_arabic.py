"""The rooms of Arabic one by one, on sentences of our own."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.coding import arabic, read
from mapping.coding.arabic.letters import folded, letters_of
from mapping.coding.arabic.numbers import number
from mapping.coding.places.arabic import find_in_arabic
from mapping.coding.places.arabic_words import peoples_in_arabic
from mapping.coding.tables import tables

WEDNESDAY = date(2024, 7, 17)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("ثلاثة", 3), ("ثماني", 8), ("أحد عشر", 11), ("اثنتي عشرة", 12), ("خمسة عشر", 15), ("عشرين", 20),
        ("واحد وعشرين", 21), ("تسعة وتسعون", 99), ("مئة", 100), ("مائة وخمسين", 150), ("مئتين", 200),
        ("ثلاثمئة", 300), ("خمسة آلاف", 5000), ("39 ألفا", 39000), ("ألفين", 2000), ("٢٫٥٠٠".replace("٫", "٬"), 2500),
    ],
)  # fmt: skip
def test_numbers(words: str, value: int) -> None:
    assert number(folded(words)) == value


@pytest.mark.parametrize(
    ("words", "first", "last", "precision"),
    [
        ("في 16 تموز 2024", "2024-07-16", "2024-07-16", "day"),
        ("في ١٦ تموز/يوليو ٢٠٢٤", "2024-07-16", "2024-07-16", "day"),
        ("يوم 3 جويلية", "2024-07-03", "2024-07-03", "day"),
        ("في الثالث من تموز", "2024-07-03", "2024-07-03", "day"),
        ("في 30 كانون الأول", "2023-12-30", "2023-12-30", "day"),
        ("في 15 من الشهر الجاري", "2024-07-15", "2024-07-15", "day"),
        ("بتاريخ 16/7/2024", "2024-07-16", "2024-07-16", "day"),
        ("مساء الثلاثاء", "2024-07-16", "2024-07-16", "day"),
        ("يوم الأربعاء الماضي", "2024-07-10", "2024-07-10", "day"),
        ("فجر اليوم الأربعاء", "2024-07-17", "2024-07-17", "day"),
        ("أمس", "2024-07-16", "2024-07-16", "day"),
        ("أول من أمس", "2024-07-15", "2024-07-15", "day"),
        ("الليلة الماضية", "2024-07-16", "2024-07-16", "day"),
        ("ليل الإثنين الثلاثاء", "2024-07-15", "2024-07-16", "range"),
        ("قبل يومين", "2024-07-15", "2024-07-15", "day"),
        ("قبل خمسة أيام", "2024-07-12", "2024-07-12", "day"),
        ("الأسبوع الماضي", "2024-07-08", "2024-07-14", "week"),
        ("الشهر الماضي", "2024-06-01", "2024-06-30", "month"),
        ("مطلع أيار 2024", "2024-05-01", "2024-05-31", "month"),
    ],
)
def test_dates(words: str, first: str, last: str, precision: str) -> None:
    report = read(f"انفجرت عبوة ناسفة {words} قرب السوق.", written=WEDNESDAY, language="ar")
    [when] = arabic.find_dates(report)
    assert (str(when.first), str(when.last), when.precision) == (first, last, precision)


def test_a_date_of_the_hijri_calendar_is_named_and_not_resolved() -> None:
    [when] = arabic.find_dates(read("وقع الهجوم في العاشر من محرم.", written=WEDNESDAY, language="ar"))
    assert (when.first, when.last, when.precision) == (None, None, "unknown")


def test_without_the_day_of_the_report_words_are_kept_and_no_day_is_guessed() -> None:
    report = read("وقع الهجوم مساء الثلاثاء.", language="ar")
    [when] = arabic.find_dates(report)
    assert (when.first, report.text[slice(*when.span)]) == (None, "مساء الثلاثاء")


@pytest.mark.parametrize(
    ("text", "governs"),
    [
        ("أعلنت الوزارة، الثلاثاء، أن القصف مستمر.", "report"),
        ("قال متحدث يوم الثلاثاء إن القصف مستمر.", "report"),
        ("أعلنت الوزارة مقتل جنديين يوم الثلاثاء.", "event"),
        ("تشكل التحالف عام 2014.", "background"),
        ("تنشط الجماعة هناك منذ 2014.", "background"),
    ],
)
def test_what_a_date_belongs_to(text: str, governs: str) -> None:
    assert [when.governs for when in arabic.find_dates(read(text, written=WEDNESDAY, language="ar"))] == [governs]


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("قتل جنديان وأصيب ثالث في الهجوم.", [(2, 2, 2)], [(1, 1, 1)]),
        ("سقوط قتيلين وثلاثة جرحى.", [(2, 2, 2)], [(3, 3, 3)]),
        ("لقي خمسة أشخاص حتفهم.", [(5, 5, 5)], []),
        ("استشهد ما لا يقل عن ١٢ مدنيا.", [(12, 12, None)], []),
        ("قتل نحو خمسين مسلحا.", [(None, 50, None)], []),
        ("مقتل ما بين 6 و8 عناصر.", [(6, None, 8)], []),
        ("مقتل العشرات وإصابة مئات.", [(None, None, None)], [(None, None, None)]),
        ("قتل أحد عشر شخصا بينهم ثلاثة أطفال.", [(11, 11, 11)], []),
        ("لم تقع إصابات.", [(0, 0, 0)], [(0, 0, 0)]),
        ("من دون تسجيل خسائر بشرية.", [(0, 0, 0)], [(0, 0, 0)]),
        ("أدى إلى مقتله على الفور.", [(1, 1, 1)], []),
        ("قُتِلَ ثَلاثَةُ جُنـــودٍ.", [(3, 3, 3)], []),
        ("نجا النائب من محاولة اغتيال.", [], []),
        ("أصيبت سفينة قبل 3 أيام.", [], []),
        ("قتلت امرأة وطفلان.", [(3, 3, 3)], []),
    ],
)
def test_harm(text: str, killed: list[object], injured: list[object]) -> None:
    found = arabic.find_harm(read(text, language="ar"))
    by_kind = {kind: [(h.low, h.best, h.high) for h in found if h.kind == kind] for kind in ("killed", "injured")}
    assert by_kind == {"killed": killed, "injured": injured}


@pytest.mark.parametrize(
    ("text", "event_type", "weapon", "count"),
    [
        ("هجوم بطائرتين مسيرتين على القاعدة.", "drone attack", "طائرتين مسيرتين", 2),
        ("سقطت أربعة صواريخ كاتيوشا قرب المطار.", "rocket attack", "صواريخ كاتيوشا", 4),
        ("قصف بصاروخ باليستي على الميناء.", "missile strike", "صاروخ باليستي", None),
        ("انفجار سيارة مفخخة قرب السوق.", "IED", "سيارة مفخخة", None),
        ("فجر انتحاري نفسه وسط المصلين.", "suicide bombing", "انتحاري", None),
        ("غارة جوية استهدفت منزلا.", "air strike", None, None),
        ("اندلعت اشتباكات بين الطرفين.", "armed clash", None, None),
        ("اختطف مجهولون طبيبا.", "kidnapping", None, None),
        ("أضرم محتجون النار في المقر.", "arson", None, None),
        ("سطا مسلحون على مصرف.", "robbery", None, None),
    ],
)
def test_events(text: str, event_type: str, weapon: str | None, count: int | None) -> None:
    event = next(e for e in arabic.find_events(read(text, language="ar"), tables()) if e.event_type != "other")
    assert (event.event_type, event.weapon, event.weapon_count, event.passed_over) == (event_type, weapon, count, None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("نفى المتحدث وقوع هجوم على المطار.", "denied"),
        ("هددت الفصائل باستهداف القواعد العسكرية.", "threat"),
        ("إذا وقع هجوم على القاعدة فسنرد.", "hypothetical"),
        ("توقع محللون هجمات على المدينة.", "forecast"),
        ("أحيت المدينة ذكرى القصف على السوق.", "anniversary"),
        ("نفذ الجيش مناورات شملت قصف أهداف.", "exercise"),
        ("انخفض عدد الهجمات على القوافل بنسبة عشرين في المئة.", "statistics"),
        ("تشهد المنطقة هجمات متكررة على الدوريات.", "background"),
        ("قتل الآلاف في قصف على المدينة عام 2016.", "background"),
    ],
)
def test_why_words_of_violence_are_passed_over(text: str, reason: str) -> None:
    events = arabic.find_events(read(text, written=WEDNESDAY, language="ar"), tables())
    assert events
    assert {event.passed_over for event in events} == {reason}


@pytest.mark.parametrize(
    "text",
    ["توصل الطرفان إلى وقف لإطلاق النار.", "لقي سائق مصرعه في حادث سير.", "انطلقت مسيرة سلمية وسط العاصمة."],
)
def test_words_that_speak_of_no_violence(text: str) -> None:
    assert arabic.find_events(read(text, language="ar"), tables()) == []


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("تبنى تنظيم داعش التفجير.", [("تنظيم داعش", "by", "claimed")]),
        ("اتهم شهود قوات الدعم السريع بقصف السوق.", [("قوات الدعم السريع", "by", "attributed")]),
        ("يشتبه في أن عناصر داعش نفذوا الكمين.", [("عناصر داعش", "by", "suspected")]),
        ("اغتال مسلحون مجهولون قاضيا.", [("مسلحون مجهولون", "by", "unknown")]),
        ("نفى الجيش التركي علاقته بالقصف.", [("الجيش التركي", "other", None)]),
        (
            "اندلعت اشتباكات بين الجيش السوداني وقوات الدعم السريع.",
            [("الجيش السوداني", "by", "attributed"), ("قوات الدعم السريع", "against", None)],
        ),
    ],
)
def test_actors(text: str, actors: list[tuple[str, str, str | None]]) -> None:
    found = arabic.find_actors(read(text, language="ar"), tables())
    assert [(actor.name, actor.role, actor.attribution) for actor in found] == actors


def test_targets_and_outcomes() -> None:
    text = "استهدفت طائرة مسيرة محطة كهرباء في المدينة، وألحقت أضرارا بالمبنى."
    found = arabic.find_targets(read(text, language="ar"), tables())
    assert [(target.words, target.kind) for target in found][-1] == ("وألحقت أضرارا بالمبنى", "outcome")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("انفجرت عبوة بالموصل وبغداد.", ["الموصل", "بغداد"]),
        ("قصف على قرية سجو قرب مدينة اعزاز.", ["سجو", "اعزاز"]),
        ("هجوم على قاعدة عين الأسد الجوية في محافظة الأنبار.", ["قاعدة عين الأسد الجوية", "الأنبار"]),
        ("كان ذلك في هجوم بمدينة ساحلية.", []),
        ("غارات في صنعاء والحديدة وصعدة.", ["صنعاء", "الحديدة", "صعدة"]),
    ],
)
def test_places(text: str, names: list[str]) -> None:
    report = read(text, language="ar")
    assert [report.text[found.start : found.end] for found in find_in_arabic(report) if found.role] == names


@pytest.mark.parametrize(
    ("text", "dateline", "first"),
    [
        ("بغداد – وكالات\n\nأفاد مصدر بهجوم على القاعدة.", "بغداد – وكالات", "أفاد مصدر بهجوم على القاعدة."),
        ("عدن (أ ف ب) – نجا المحافظ.", "عدن (أ ف ب) –", "نجا المحافظ."),
        ("مقتل جنديين – وإصابة ثالث.", None, "مقتل جنديين – وإصابة ثالث."),
    ],
)
def test_datelines(text: str, dateline: str | None, first: str) -> None:
    report = read(text, language="ar")
    assert (text[slice(*report.dateline)] if report.dateline else None) == dateline
    assert text[slice(*report.sentences[0].span)] == first


def test_the_dateline_dates_the_report() -> None:
    assert read("الخرطوم 8 يونيو 2023 – قتل سبعة أشخاص.", language="ar").written == date(2023, 6, 8)


PIECES = (
    "قتل", "قُتِلَ", "ثلاثة", "جنود", "وأصيب", "خمسة", "١٢", "مدنيا", "و", "في", "بالموصل", "مساء", "الثلاثاء", "أمس", "قبل",
    "يومين", "عام", "2014", "هجوم", "بطائرتين", "مسيرتين", "صواريخ", "على", "قاعدة", "محافظة", "تبنى", "داعش", "لم", "إصابات",
    "دون", "ـــ", "ً", "\u200f", "،", ".", "\n", "؟", "(", "–", "مقتله", "قطاع", "غزة", "the", "123",
)  # fmt: skip


@cache
def _tables() -> object:
    return tables()


@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)))
def test_every_span_lies_in_the_text_and_no_text_breaks_a_rule(text: str) -> None:
    report = read(text, written=WEDNESDAY, language="ar")
    rooms = (arabic.find_events, arabic.find_actors, arabic.find_targets)
    for find in (arabic.find_dates, arabic.find_harm):
        spans = [mention.span for mention in find(report)]
        assert spans == sorted(spans)
        assert all(0 <= start < end <= len(text) for start, end in spans)
    for find in rooms:
        spans = [mention.span for mention in find(report, _tables())]
        assert spans == sorted(spans)
        assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(
        0 <= found.left <= found.start < found.end <= found.right <= len(text) for found in find_in_arabic(report)
    )
    assert all(at < len(text) for at, _ in peoples_in_arabic(report))


@given(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join))
def test_folded_letters_go_back_to_the_text(text: str) -> None:
    letters = letters_of(text)
    assert letters.text == folded(text)
    assert folded(text[slice(*letters.span(0, len(letters.text)))]) == letters.text
