"""What people call the columns of an incident, in the languages of the region, and HXL's tags for them."""

from __future__ import annotations

from mapping.values import COORDINATES

__all__ = ["HXL", "SYNONYMS"]

# Spaces, hyphens, underscores, case and accents do not count (see `mapping.toponym.fold`). Of two columns for one
# name the earlier word here wins. Words that could be anything stand nowhere, nor do other words for columns with a
# vocabulary: whose "reliability" is A1 would have every row refused.
SYNONYMS: dict[str, str] = {
    "incident_id": "incident no; incident number; event id; eventid; event id no; id; uid; uuid; ref; reference; record id; "
    "case id; serial; s/n; no; nr; row id; رقم الحادث; معرف; الرقم; رقم; olay no; شماره",
    "dataset": "data set",
    "dataset_version": "data set version",
    "date_start": "start date; event date; incident date; date of incident; date of event; date of attack; date; date from; "
    "from date; datum; when; date occurred; occurred on; التاريخ; تاريخ; تاريخ الحادث; تاريخ الحدث; تاريخ الهجوم; tarih; "
    "olay tarihi; başlangıç tarihi; تاریخ; تاریخ حادثه",
    "date_end": "end date; date to; to date; date until; last day; تاريخ الانتهاء; تاريخ النهاية; bitiş tarihi; تاریخ پایان",
    "event_type": "incident type; type of event; type of incident; attack type; type of attack; event category; incident category; "
    "category; type; event; incident; attack; نوع الحادث; نوع الحدث; نوع الهجوم; النوع; olay türü; olay tipi; saldırı türü; tür; "
    "نوع حادثه; نوع",
    "event_type_source": "original event type; sub event type; event subtype; sub type; subtype",
    "weapon": "weapon type; weapons; type of weapon; weapon used; means; السلاح; نوع السلاح; silah; silah türü; سلاح",
    "weapon_count": "number of weapons; weapons count; number of drones; number of rockets; number of missiles",
    "target": "target type; targets; type of target; الهدف; نوع الهدف; hedef; هدف",
    "outcome": "result; results; النتيجة; sonuç; نتیجه",
    "summary": "description; event description; incident description; notes; note; narrative; details; text; comment; comments; "
    "remarks; headline; الوصف; وصف; وصف الحادث; التفاصيل; ملاحظات; ملخص; açıklama; özet; توضیحات; شرح",
    "actor1": "attacker; attackers; perpetrator; perpetrators; actor; actor a; side a; group; group name; armed group; "
    "perpetrator group; responsible; responsible party; الفاعل; المهاجم; الجاني; الجهة المنفذة; الجهة الفاعلة; saldırgan; مهاجم; عامل",
    "actor2": "actor b; side b; victim group",
    "fatalities_low": "deaths low; killed low; min killed; minimum killed; deaths min; fatalities min; low estimate; minimum deaths; "
    "fatalities minimum",
    "fatalities_best": "fatalities; deaths; killed; dead; number killed; number of deaths; number of fatalities; total killed; total deaths; "
    "total fatalities; people killed; persons killed; death toll; best estimate; kia; nkill; القتلى; عدد القتلى; قتلى; "
    "الوفيات; عدد الوفيات; ölü; ölü sayısı; ölenler; ölen; کشته; کشته شدگان; تعداد کشته ها",
    "fatalities_high": "deaths high; killed high; max killed; maximum killed; deaths max; fatalities max; high estimate; "
    "maximum deaths; fatalities maximum",
    "injured": "wounded; injuries; number injured; number wounded; total injured; total wounded; people injured; persons injured; wia; "
    "nwound; الجرحى; عدد الجرحى; جرحى; المصابين; عدد المصابين; yaralı; yaralı sayısı; زخمی; مجروحان; تعداد زخمی ها",
    "country_iso2": "iso2; iso 2; iso alpha 2; country code; country iso; iso3; country; country name; adm0 en; adm0 name; admin0 name; "
    "admin0; adm0; adm0 pcode; iso; nation; state country; الدولة; البلد; دولة; بلد; ülke; کشور",
    "adm1_claimed": "adm1 en; adm1 name; admin1 name; admin1name; adm1; admin1; admin 1; adm 1; governorate; governorate name; province; "
    "province name; muhafaza; muhafazah; mohafaza; state province; provstate; wilaya; state; adm1 ar; admin1 ar; adm1 tr; "
    "adm1 pcode; admin1 pcode; المحافظة; محافظة; المقاطعة; الولاية; il; vilayet; استان",
    "adm2_claimed": "adm2 en; adm2 name; admin2 name; admin2name; adm2; admin2; admin 2; adm 2; district; district name; county; qadha; "
    "qada; caza; kaza; subdistrict; sub district; nahia; nahiya; adm2 ar; admin2 ar; adm2 pcode; admin2 pcode; القضاء; قضاء; الناحية; "
    "المديرية; المنطقة; ilçe; شهرستان; بخش",
    "place": "place name; location name; location; locality; settlement; city; town; village; city town; town village; site; site name; "
    "where; where coordinates; neighbourhood; neighborhood; المكان; الموقع; موقع; المدينة; مدينة; القرية; البلدة; مكان الحادث; yer; "
    "konum; şehir; köy; محل; شهر; روستا; مکان",
    "site_type": "site kind; location type; place type; type of site; type of location; نوع الموقع; yer türü",
    "latitude": "lat; latitude n; latitude dd; lat dd; lat wgs84; latitude wgs84; y; gps lat; gps latitude; y coord; ycoord; point y; "
    "coord y; northing deg; خط العرض; دائرة العرض; enlem; عرض جغرافیایی",
    "longitude": "long; lon; lng; longitude e; longitude dd; long dd; lon dd; long wgs84; longitude wgs84; x; gps lon; gps long; gps longitude; "
    "x coord; xcoord; point x; coord x; خط الطول; boylam; طول جغرافیایی",
    # Both in one; what a column of this name really holds is looked at, for a grid may bring power.
    COORDINATES: "coords; coordinate; coord; lat long; lat lon; lat lng; latlong; latitude longitude; lon lat; long lat; lng lat; "
    "longitude latitude; lat long coordinates; gps; gps coordinates; gps coordinate; gps coords; gps location; gps point; "
    "geo coordinates; geographic coordinates; geopoint; geo point; location point; location coordinates; geolocation; geocode; "
    "geom; geometry; the geom; wkt; wkt geom; point; position; mgrs; mgrs grid; mgrs coordinates; utm; utm coordinates; "
    "grid; grid reference; grid ref; grid coordinates; plus code; xy; x y; الإحداثيات; احداثيات; إحداثيات الموقع; "
    "koordinat; koordinatlar; koordinatları; مختصات; مختصات جغرافیایی",
    "geo_precision_source": "original geo precision",
    "radius_km": "uncertainty km; accuracy km",
    "source_name": "source; sources; news source; media; outlet; publisher; المصدر; مصدر; المصادر; kaynak; منبع",
    "source_url": "url; link; source link; web link; weblink; hyperlink; source urls; رابط; الرابط; رابط المصدر; bağlantı; لینک; پیوند",
    "source_date": "date of source; date reported; report date; reported on; publication date; date published; "
    "تاريخ المصدر; تاريخ النشر; yayın tarihi; تاریخ انتشار",
    "source_count": "number of sources; sources count",
    "licence": "license",
    "citation": "cite as; cite",
}

# https://hxlstandard.org/standard/1-1final/dictionary/; the more exact before the wider.
HXL: dict[str, str] = {
    "#event+id": "incident_id", "#meta+id": "incident_id",
    "#date+end": "date_end", "#date+reported": "source_date", "#date": "date_start",
    "#event+type": "event_type", "#cause+type": "event_type", "#event+description": "summary", "#description": "summary",
    "#event": "event_type",
    "#affected+killed": "fatalities_best", "#affected+injured": "injured", "#affected+wounded": "injured",
    "#country+code": "country_iso2", "#country": "country_iso2",
    "#adm1+name": "adm1_claimed", "#adm1+code": "adm1_claimed", "#adm1": "adm1_claimed",
    "#adm2+name": "adm2_claimed", "#adm2+code": "adm2_claimed", "#adm2": "adm2_claimed",
    "#geo+lat": "latitude", "#geo+lon": "longitude", "#geo+coord": COORDINATES, "#geo+coords": COORDINATES,
    "#loc+type": "site_type", "#loc+name": "place", "#loc": "place",
    "#group+name": "actor1", "#group": "actor1", "#org+actor": "actor1",
    "#meta+url": "source_url", "#meta+source": "source_name",
}  # fmt: skip
