"""How far the spellings of one name meet, and what it costs: the other names that GeoNames gives its towns.

Run from the project's folder: ``python -m benchmarks.romanisation``. A pair is two names of one town, as they
are written; every town counts alike, however many names it has. Many pairs are two names, no two spellings
("Halab", "Aleppo"), which nothing should make meet. "found" asks more plainly: of the names that fold keeps
apart from all the town's others in Latin letters, how many meet one of them. The cost is the share of the towns
that share a key with another town of their province, the wrong one for a name that is not listed.
"""

from __future__ import annotations

import unicodedata
from itertools import combinations, product
from typing import NamedTuple

import polars as pl

from data.build.gazetteer import towns, with_provinces
from mapping.toponym import fold, skeleton, spelling

COUNTRIES = ("IQ", "SY", "LB", "JO", "TR", "IR", "YE", "IL", "PS", "EG", "LY", "SD")
LEVELS = ("fold", "spelling", "skeleton")
SCRIPTS = ("LATIN", "ARABIC", "HEBREW")


class Town(NamedTuple):
    """A town's province, and by script the keys of each of its names, one a level."""

    province: str | None
    names: dict[str, list[tuple[str, ...]]]


def towns_of(country: str, listed: pl.DataFrame) -> list[Town]:
    """Read the towns of a country with the keys of their names."""
    rows = listed.filter(pl.col("country_iso2") == country).select("adm1_code", "names")
    return [Town(province, _by_script(names)) for province, names in rows.iter_rows()]


def _by_script(names: list[str]) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {script: [] for script in SCRIPTS}
    for name in sorted(set(names)):
        script = next((unicodedata.name(letter, "").split()[0] for letter in name if letter.isalpha()), "")
        if script in found:
            folded = fold(name)
            found[script].append((folded, spelling(folded), skeleton(folded)))
    return found


def pairs_that_meet(known: list[Town], script: str) -> tuple[int, list[float]]:
    """Count the pairs of a Latin name and one in `script`, and the share that meets on each level, town by town."""
    shares, count = [], 0
    for town in known:
        latin, other = town.names["LATIN"], town.names[script]
        pairs = list(combinations(latin, 2) if script == "LATIN" else product(latin, other))
        count += len(pairs)
        if pairs:
            shares.append([sum(bool(a[at]) and a[at] == b[at] for a, b in pairs) / len(pairs) for at in range(3)])
    return count, [sum(column) / len(shares) for column in zip(*shares, strict=True)]


def names_found(known: list[Town], script: str) -> tuple[int, list[float]]:
    """Count the names in `script` that fold sets apart from the town's Latin ones, and the share that finds one of those."""
    found = []
    for town in known:
        for name in set(town.names[script]):
            others = [other for other in town.names["LATIN"] if other[0] != name[0]]
            if others:
                found.append([any(name[at] and name[at] == other[at] for other in others) for at in range(3)])
    return len(found), [sum(column) / len(found) for column in zip(*found, strict=True)]


def towns_that_collide(known: list[Town]) -> list[float]:
    """Measure the share of towns that share a key with another of their province, on each level."""
    shares = []
    for at in range(3):
        owners: dict[tuple[str | None, str], set[int]] = {}
        for row, town in enumerate(known):
            for name in [name for names in town.names.values() for name in names if name[at]]:
                owners.setdefault((town.province, name[at]), set()).add(row)
        shares.append(len(set().union(*(rows for rows in owners.values() if len(rows) > 1))) / len(known))
    return shares


def main() -> None:
    """Print the table."""
    listed = with_provinces(towns())
    print("             " + "".join(f"{'  '.join(LEVELS):>30}" for _ in range(2)))
    for country in COUNTRIES:
        known = towns_of(country, listed)
        for script in SCRIPTS:
            if any(town.names[script] for town in known):
                pairs, met = pairs_that_meet(known, script)
                names, found = names_found(known, script)
                line = f"{country} {script.lower():7} {pairs:6} pairs {_row(met)}   {names:6} names found {_row(found)}"
                print(line)
        print(
            f"{country} {len(known)} towns, of one key with another of the province {_row(towns_that_collide(known))}"
        )


def _row(shares: list[float]) -> str:
    return "".join(f"{share:7.1%}" for share in shares)


if __name__ == "__main__":
    main()
