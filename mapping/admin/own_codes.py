"""Codes for the units of a boundary file: ISO 3166-2 for provinces that we know, else the file's own."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import polars as pl
import shapely

from mapping.admin.claims import resolve_province
from mapping.admin.features import note
from mapping.admin.names import bare_name
from mapping.admin.sets import SHIPPED, using
from mapping.admin.units import shipped_shapes, shipped_units

if TYPE_CHECKING:
    from mapping.admin.features import Unit

__all__ = ["give_codes"]


def give_codes(found: list[Unit], home: pl.DataFrame, level: str, notes: list[str]) -> None:
    """Give every unit a code of its own: ISO 3166-2 for a province that we know, else the file's, else its name's.

    Examples
    --------
    >>> from mapping.admin.features import Unit
    >>> anbar = Unit(["Al Anbar"], ["IQG01"], [], shapely.box(41, 32, 43, 34))
    >>> give_codes([anbar], shipped_units().filter(pl.col("country_iso2") == "IQ"), "adm1", [])
    >>> anbar.code
    'IQ-AN'
    """
    country = home["country_iso2"][0]
    if level == "adm1":
        _recognise(found, home)
    known = set(shipped_units()["adm1_code"])
    times = Counter(unit.codes[0].upper() for unit in found if unit.codes)
    taken: set[str] = set()
    repeated = []
    for unit in found:
        own = unit.codes[0].upper() if unit.codes else ""
        if own and times[own] > 1:
            repeated.append(own)
        code = own if own and times[own] == 1 and own not in known else f"{country}-{_slug(unit.names[0])}"
        unit.code = home["adm1_code"][unit.shipped] if unit.shipped is not None else _free(code, taken)
        taken.add(unit.code)
    note(notes, sorted(set(repeated)), "the code of several units of different names, so that none has it")


def _slug(name: str) -> str:
    return bare_name(name).upper().replace(" ", "-")


def _free(code: str, taken: set[str]) -> str:
    return next(one for one in (code, *(f"{code}-{n}" for n in range(2, len(taken) + 3))) if one not in taken)


def _recognise(found: list[Unit], home: pl.DataFrame) -> None:
    """Find the shipped province that each unit is, by any of its names; of several, the one that covers most of it.

    A province that was split keeps its code where most of it is: Sulaymaniyah, of which Halabja was a part. Names of ours
    go with the code, but for those that are now another unit's.
    """
    country = home["country_iso2"][0]
    ours = shipped_shapes()[shipped_units()["country_iso2"].eq_missing(country).to_numpy()]
    rows = {code: row for row, code in enumerate(home["adm1_code"])}
    claimants: dict[int, list[tuple[float, Unit]]] = defaultdict(list)
    for unit in found:
        said = pl.Series([*unit.codes, *unit.names], dtype=pl.String)
        with using(SHIPPED):
            meant = resolve_province(said, pl.Series([country] * len(said))).drop_nulls()
        for row in {rows[code] for code in meant[:1] if code in rows}:
            claimants[row].append((float(shapely.intersection(unit.shape, ours[row]).area), unit))
    for row, claims in claimants.items():
        area, unit = max(claims, key=lambda claim: claim[0])
        unit.shipped = row if area else None
    theirs = {bare_name(name): unit for unit in found for name in unit.names}
    for unit in found:
        held = home["names"][unit.shipped].to_list() if unit.shipped is not None else []
        unit.extra_names = [name for name in held if theirs.get(bare_name(name), unit) is unit]
