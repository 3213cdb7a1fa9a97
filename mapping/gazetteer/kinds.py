"""The kind of place that a name says: "Balad air base" is no town, "Conoco gas field" is a field.

The kinds of data/incidents/sites.csv keep their names ("airbase", "oil field", "idp camp"); some more are
only ever said in a text ("settlement", "quarter", "street").
"""

from __future__ import annotations

from functools import lru_cache

from mapping.toponym import fold

__all__ = ["INSTALLATIONS", "NATURAL", "are_alike", "is_generic", "kind_of", "split_kind"]

_WORDS = {
    "airbase": "air base|airbase|air force base|airfield|air field|landing zone|heliport|قاعدة جوية|جوية|پایگاه هوایی"
    "|hava üssü|בסיס חיל האוויר"
    "|base aérienne|luftwaffenstützpunkt",
    "airport": "airport|aerodrome|مطار|matar|فرودگاه|فڕۆکەخانەی|فڕۆکەخانەی نێودەوڵەتی|فڕۆکەخانەی نێودەوڵەتیی"
    "|havalimanı|havaalanı|שדה התעופה|נמל התעופה"
    "|aéroport|flughafen|balafirgeha|فرودگاه بین المللی",
    "base": "base|garrison|outpost|barracks|joint base|fob|cob|cop|lsa|raf|academy|mission support site|mss|compound"
    "|headquarters|قاعدة|معسكر|ثكنة|پایگاه|پادگان|üssü|בסיס"
    "|base militaire|militärbasis|camp militaire|garnison|garnizonu|kışlası|baregeha|מחנה צבאי",
    "camp": "camp|مخيم|mukhayyam|کەمپی|kempa|kampı|اردوگاه"
    "|camp de réfugiés|camp de déplacés|flüchtlingslager|מחנה הפליטים|מחנה פליטים",
    "idp camp": "refugee camp|idp camp|displacement camp|displaced persons camp",
    "oil field": "oil field|oilfield|gas field|gasfield|field|gas plant|oil fields|gas fields|oil|gas"
    "|حقل|حقول|حقل نفط|حقل غاز|نفطي|معمل غاز|میدان نفتی",
    "refinery": "refinery|oil refinery|مصفى|مصفاة|پالایشگاه",
    "power plant": "power plant|power station|thermal plant|محطة كهرباء|محطة|نیروگاه",
    "dam": "dam|barrage|سد|سدة|sadd|بەنداوی|bendava|barajı",
    "prison": "prison|jail|central prison|detention centre|detention center|سجن|زندان|cezaevi"
    "|gefängnis|girtîgeha|בית כלא",
    "crossing": "border crossing|crossing|border gate|border post|border point|معبر|منفذ|sınır kapısı|مرز",
    "shrine": "shrine|temple|tomb|مرقد|ضريح|مقام|العتبة",
    "port": "port|naval base|seaport|oil terminal|terminal|ميناء|بندر|limanı",
    "mountain": "mountain|mountains|mount|mt|mountain range|hills|hill|heights|jabal|jebel|djebel|جبل|جبال|چیای|çiyayê"
    "|çiyayên|dağı|کوه"
    "|הר",
    "river": "river|creek|canal|nahr|نهر|رودخانه|nehri|çayı"
    "|fleuve|rivière|rûbarê|ırmağı|נחל",
    "lake": "lake|reservoir|marshes|buhayrat|بحيرة|دریاچه|gölü|hawr|هور",
    "desert": "desert|badia|badiyat|valley|wadi|steppe|صحراء|بادية|وادي",
    "region": "region|إقليم|منطقة",
    "settlement": "town|city|village|hamlet|locality|moshav|kibbutz|city centre|city center|town centre"
    "|town center|قرية|مدينة|بلدة|qaryat|madinat|gundê|bajarê|گوندی|شاری|شهر|روستای|köyü|מושב|קיבוץ"
    "|ville|stadt|dorf|gund|شهرک|עיר|יישוב",
    "quarter": "neighbourhood|neighborhood|quarter|quarters|hay|hayy|mahalla|mahallat|mahalet|حي|محلة|mahallesi|گەڕەکی"
    "|quartier|stadtteil|taxa|محله|گەڕەک|שכונת",
    "district": "district|sub district|subdistrict|qada|qadha|caza|nahiya|nahiyah|nahiyat|county|قضاء|ناحية|ilçesi|شهرستان"
    "|municipality|municipio|territory|territoire|hromada|raion|район|громада|shahrestan|woluswali|ولسوالی|township|rayon|woreda|tehsil|taluk|upazila|lga|local government area|cercle|navçeya|qezaya|nahiyeya|قەزای|ناحیەی|بخش",
    "province": "province|governorate|muhafazat|mohafazat|محافظة|استان|پارێزگای|parêzgeha|ili"
    "|oblast|krai|department|departement|departamento|wilaya|wilayat|ولاية|ولایت|provinz|ilî",
    "street": "street|square|road|main road|highway|avenue|intersection|roundabout|bridge|junction|road junction|motorway"
    "|checkpoint|tunnel|border|شارع|طريق|ساحة|جسر|حاجز|سيطرة"
    "|gate|axis|rue|route|autobahn|caddesi|sokağı|yolu|خیابان|جاده|كورنيش|כביש|רחוב",
    "facility": "hospital|school|market|university|mosque|church|police station|restaurant|hotel|stadium|factory|mall"
    "|office|embassy|consulate|embassy district|cemetery|museum|residence|building|resort|funeral|health facility"
    "|football pitch|bank|مستشفى|مدرسة|سوق|جامعة|جامع|مسجد|كنيسة"
    "|hôpital|école|université|krankenhaus|hastanesi|okulu|camii|بیمارستان|מסגד|בית חולים|בית ספר",
    "countryside": "countryside|rural area|rural|outskirts|environs|suburbs|southern suburbs|area|farm|farms|farmland"
    "|surroundings|vicinity|ريف|محيط|ضواحي|أطراف",
}  # fmt: skip

_KINDS = {fold(words): kind for kind, phrases in _WORDS.items() for words in phrases.split("|")}

_MODIFIERS = frozenset(fold(word) for word in (
    "international", "military", "army", "main", "regional", "civil", "police", "militaire", "askeri",
    "عسكري", "عسكرية", "دولي", "حدودي", "نظامی",
))  # fmt: skip
"""Words that stand beside a word of kind and say nothing of the place: "Kalsu military base"."""

_NAME_NOTHING = (
    "the a an in at le la les un une his her their own home house apartment forest woods sea coast island capital north northern "
    "south southern east eastern west western central downtown inner outer middle block sector lot km no and near unit section "
    "zone front line frontline position positions"
)
_NAMES_TOO = frozenset({"raf", "cob", "cop", "mss", "matar", "ili", "taxa", "hay"})
_GENERIC = (
    frozenset(word for words in _KINDS for word in words.split() if word.isascii()).union(_NAME_NOTHING.split())
    - _NAMES_TOO
)
"""Latin words that name nothing by themselves; those taken out are names as well."""

_OF = frozenset({"of", "de", "du", "d", "von", "e", "ye"})

INSTALLATIONS = frozenset(
    {"airbase", "airport", "base", "camp", "idp camp", "oil field", "refinery", "power plant", "prison", "crossing",
     "shrine", "port", "other"}
)  # fmt: skip
NATURAL = frozenset({"dam", "mountain", "lake", "river", "desert", "region"})

_ALIKE = (
    frozenset({"airbase", "airport", "base"}),
    frozenset({"base", "camp"}),
    frozenset({"idp camp", "camp"}),
    frozenset({"town", "settlement", "quarter", "district"}),
    frozenset({"mountain", "desert", "region"}),
    frozenset({"port", "street", "facility", "other"}),
)


def are_alike(said: str, kind: str) -> bool:
    """Tell whether a text that says one kind may mean a place of the other.

    Examples
    --------
    >>> are_alike("base", "airbase"), are_alike("base", "town")
    (True, False)
    """
    return said == kind or any(said in group and kind in group for group in _ALIKE)


def is_generic(folded: str) -> bool:
    """Tell whether a folded text has only words of kind and the like, and so names no place: "the border area".

    Examples
    --------
    >>> is_generic(fold("the border area")), is_generic(fold("sector 5")), is_generic("green village")
    (True, True, False)
    """
    return all(word in _GENERIC or word.isdecimal() for word in folded.split())


def kind_of(words: str | None) -> str | None:
    """Return the kind that a site_type or another short phrase says, null when it says none.

    Examples
    --------
    >>> kind_of("oil field"), kind_of("police headquarters"), kind_of("river crossing"), kind_of(None)
    ('oil field', 'base', 'crossing', None)
    """
    folded = fold(words or "")
    return _KINDS.get(folded) or split_kind(f"x {folded}")[1]


@lru_cache(maxsize=20_000)
def split_kind(folded: str) -> tuple[str, str | None]:
    """Split a folded name into what is left without its words of kind, and that kind.

    The outermost word decides, the last before the first; something of the name is always left.

    Examples
    --------
    >>> split_kind("kalsu military base"), split_kind("camp taji"), split_kind("desert of anbar")
    (('kalsu', 'base'), ('taji', 'camp'), ('anbar', 'desert'))
    >>> split_kind("samarra"), split_kind("qada")
    (('samarra', None), ('qada', None))
    """
    words, kind = folded.split(), None
    while size := _size_at(words, end=True):
        kind = kind or _kind_in(words[-size:])
        words = words[:-size]
    while size := _size_at(words, end=False):
        kind = kind or _kind_in(words[:size])
        words = words[size + (words[size] in _OF and len(words) > size + 1) :]
    while kind and len(words) > 1 and words[-1] in _MODIFIERS:
        words = words[:-1]
    return " ".join(words), kind


def _size_at(words: list[str], *, end: bool) -> int:
    """Count the words at one end that say a kind, leaving at least one word of name; 0 when none do."""
    for size in range(min(4, len(words) - 1), 0, -1):
        if _kind_in(words[-size:] if end else words[:size]):
            return size
    return 0


def _kind_in(words: list[str]) -> str | None:
    return _KINDS.get(" ".join(word for word in words if word not in _MODIFIERS))
