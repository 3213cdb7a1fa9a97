"""Countries: names in several languages and codes of ISO 3166-1, to the code of two letters."""

from __future__ import annotations

import gettext
from functools import lru_cache

import polars as pl
import pycountry

from mapping.errors import InvalidValue
from mapping.toponym import fold
from mapping.validate.problems import Checked, cell_findings
from mapping.values import Cell, is_unknown, read_cells, shown, tidy

__all__ = ["check_country", "country_code", "country_codes"]

_LANGUAGES = ("ar", "fa", "ckb", "tr", "he", "fr", "es", "de", "ru")

# What ISO 3166-1 does not say as people do, and former countries that lie within one of today, as UCDP GED and the GTD
# write them. Not here: Yugoslavia and the Soviet Union, which became several. XK is the user-assigned code of Kosovo that the EU and the IMF use.
_ALIASES = {
    "AE": "UAE; Emirates; الامارات",
    "BA": "Bosnia; Bosnia-Herzegovina; Bosnia & Herzegovina",
    "BN": "Brunei",
    "BY": "Belarus (Byelorussia); Byelorussia",
    "CD": "Congo-Kinshasa; DR Congo; DR Congo (Zaire); DRC; D.R. Congo; Democratic Republic of Congo; Democratic Republic of the Congo; "
    "Congo (Kinshasa); Zaire",
    "CG": "Republic of Congo; Congo-Brazzaville; Congo (Brazzaville); People's Republic of the Congo",
    "CI": "Ivory Coast; Cote d'Ivoire",
    "CV": "Cape Verde",
    "CZ": "Czech Republic",
    "DE": "East Germany; West Germany; East Germany (GDR); West Germany (FRG)",
    "FK": "Falkland Islands",
    "FM": "Micronesia",
    "GB": "UK; U.K.; Britain; Great Britain; England; Scotland; Wales; Northern Ireland",
    "IQ": "Iraqi Kurdistan; Kurdistan Region of Iraq; Kurdistan Region; KRI",
    "IR": "Iran; Islamic Republic of Iran",
    "KH": "Cambodia (Kampuchea); Kampuchea",
    "KN": "St. Kitts and Nevis",
    "KP": "North Korea; DPRK",
    "KR": "South Korea; Republic of Korea",
    "LA": "Laos",
    "LK": "Sri Lanka (Ceylon); Ceylon",
    "LY": "Libya; Libyan Arab Jamahiriya",
    "MD": "Moldova",
    "MG": "Madagascar (Malagasy)",
    "MK": "Macedonia; FYROM; Macedonia, FYR; Republic of Macedonia",
    "MM": "Burma; Myanmar (Burma)",
    "MO": "Macau",
    "PS": "Palestine; State of Palestine; Palestinian Territory; Palestinian Territories; Occupied Palestinian Territory; "
    "Occupied Palestinian Territories; oPt; Gaza; Gaza Strip; West Bank; West Bank and Gaza; West Bank and Gaza Strip; "
    "Gaza and West Bank; فلسطين; غزة; قطاع غزة; الضفة الغربية; الأراضي الفلسطينية المحتلة; Filistin",
    "RU": "Russia",
    "SA": "KSA; Saudi; السعودية; المملكة العربية السعودية",
    "SD": "The Sudan",
    "SY": "Syria; Syrian Arab Republic; سوريا; سورية; الجمهورية العربية السورية; Suriye",
    "SZ": "Swaziland; Kingdom of eSwatini (Swaziland)",
    "TL": "East Timor",
    "TR": "Turkey; Türkiye; Turkiye; Turkey (Ottoman Empire)",
    "US": "USA; U.S.A.; U.S.; United States of America; America",
    "VA": "Vatican; Vatican City",
    "VN": "Vietnam (North Vietnam); North Vietnam; South Vietnam",
    "VU": "New Hebrides",
    "XK": "XK; XKX; Kosovo; كوسوفو; Kosova",
    "YE": "Yemen (North Yemen); North Yemen; South Yemen",
    "ZW": "Zimbabwe (Rhodesia); Rhodesia",
}
# ISO 3166-1 has no code for the Golan Heights: by Security Council resolution 497 they are Syrian territory.
_OCCUPIED = {
    "SY": "Golan Heights (Israeli-occupied); Golan Heights; Israeli-occupied Golan Heights; Israeli-occupied Golan; "
    "Occupied Golan; Occupied Syrian Golan; Syrian Golan; Golan; الجولان; هضبة الجولان; الجولان المحتل",
}
_OCCUPIED_NOTE = "was taken as SY: ISO 3166-1 has no code of its own for it"


@lru_cache(maxsize=1)
def _codes() -> dict[str, Cell]:
    """Return what every folded name or code means; of two countries of one name, the first in this order."""
    names: list[tuple[str, Cell]] = []
    for code, aliases in _OCCUPIED.items():
        names += [(name, Cell(code, note=_OCCUPIED_NOTE)) for name in aliases.split(";")]
    for code, aliases in _ALIASES.items():
        names += [(name, Cell(code)) for name in aliases.split(";")]
    english = [(name, country.alpha_2) for country in pycountry.countries for name in _english(country)]
    names += [(name, Cell(code)) for name, code in english]
    for language in _LANGUAGES:
        translated = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language]).gettext
        names += [(translated(name), Cell(code)) for name, code in english]
    # The other way round, so that the first of a name is what stays.
    return {fold(name): cell for name, cell in reversed(names)}


def _english(country: object) -> list[str]:
    fields = ("name", "common_name", "official_name", "alpha_2", "alpha_3", "numeric")
    return [found for field in fields if (found := getattr(country, field, None))]


def _country(text: str) -> Cell:
    if found := _codes().get(fold(text)):
        return found
    plain = tidy(text)
    if is_unknown(plain):
        return Cell(note="was taken as unknown")
    if plain.isdecimal() and (found := _codes().get(plain.zfill(3))):
        return found
    return Cell(
        note="is no country of ISO 3166-1 that we know, so the row goes on without one. Write its name or its code, as IQ"
    )


def check_country(text: pl.DataFrame) -> Checked:
    """Turn country_iso2, a name or a code, into the code of two letters; an unknown one becomes null, and is noted.

    Examples
    --------
    >>> text = pl.DataFrame({"source_row": [2, 3], "country_iso2": ["العراق", "Atlantis"]})
    >>> check_country(text).columns["country_iso2"].to_list()
    ['IQ', None]
    """
    if "country_iso2" not in text.columns:
        return Checked(pl.DataFrame(), [])
    cells = read_cells(text["country_iso2"], _country, pl.String())
    codes = cells.select(pl.col("value").alias("country_iso2"))
    return Checked(codes, cell_findings(text, "country_iso2", cells, allowed="a country's name or ISO 3166-1 code"))


def country_codes(names: pl.Expr) -> pl.Expr:
    """Turn names or codes of countries into codes of two letters; null where it is no country we know.

    Examples
    --------
    >>> pl.DataFrame({"country": ["Türkiye", "syr", "Gaza"]}).select(country_codes(pl.col("country")))["country"].to_list()
    ['TR', 'SY', 'PS']
    """
    return names.map_batches(lambda texts: read_cells(texts, _country, pl.String())["value"], return_dtype=pl.String)


def country_code(name: str) -> str:
    """Return the code of two letters of the country that somebody asks for, by its name or a code.

    Raises
    ------
    InvalidValue
        It is no country that we know.

    Examples
    --------
    >>> country_code("Syria")
    'SY'
    """
    code = _country(name).value
    if code is None:
        raise InvalidValue(f"{shown(name)} is no country. Give its name or its ISO 3166-1 code, such as IQ.")
    return str(code)
