"""Names of places and what bears them: towns, airports and the project's own sites.

The shipped gazetteer is read once and shared; whoever needs more names makes another `Gazetteer`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl
from rapidfuzz import fuzz, process

from mapping.datasets import shipped
from mapping.distances import arcs_km

__all__ = ["DISTRICT", "Gazetteer", "Named", "Place", "load", "shipped_tables"]

DISTRICT = "learned district"
"""Kind of the centres of districts that rows have taught: no towns, and found by `Gazetteer.districts` alone."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the gazetteer, WGS 84.

    Attributes
    ----------
    place_id
        ``geonames:98738``, ``airport:ORBI`` or ``site:ain-al-asad``.
    kind
        "town", or a kind of data/incidents/sites.csv such as "airbase".
    adm1_code, adm1_listed
        Province by geometry, and the one that GeoNames lists where it is another: near a
        border, and where two claim a town, both are heard.
    latitude, longitude, radius_km
        Where, and how far off that may be.
    population
        0 where GeoNames does not know it.
    note
        Of sites.csv; "AMBIGUOUS" and "DOUBTFUL" in it are heeded by the geocoder.
    precision
        Of a learned place: that of the rows that taught it; empty where the kind tells.
    district
        Of a learned place: the district that its rows state, without its word of kind, folded.
    rows
        Of a learned place: how many rows taught it.
    origin
        The dataset or file of the user's that it comes from; empty for what is shipped.
    """

    place_id: str
    name: str
    kind: str
    country_iso2: str
    adm1_code: str | None
    adm1_listed: str | None
    latitude: float
    longitude: float
    radius_km: float
    population: int
    note: str
    precision: str = ""
    district: str = ""
    rows: int = 0
    origin: str = ""

    def lies_in(self, provinces: frozenset[str]) -> bool:
        """Tell whether geometry or GeoNames puts the place into one of `provinces`."""
        return self.adm1_code in provinces or self.adm1_listed in provinces


@dataclass(frozen=True, slots=True)
class Named:
    """A place under one of its names.

    Attributes
    ----------
    kind_said
        The kind that the name itself says ("Balad Air Base"), null for a bare name ("Balad").
    is_code
        The name is an abbreviation, good only where it is written in capitals.
    """

    place: Place
    kind_said: str | None
    is_code: bool

    @property
    def is_bare(self) -> bool:
        """Whether the name is a name alone, neither an abbreviation nor with a word of kind."""
        return not self.kind_said and not self.is_code


class Gazetteer:
    """Finds places by folded name, in one table of them or several laid over each other.

    Parameters
    ----------
    places
        One row a place, with the attributes of `Place`; those with a default may be absent.
    names
        Columns of `mapping.gazetteer.naming.NAMES`: one row a folded name and place, where ``place`` is the row
        of `places`, ``spelling`` and ``skeleton`` what `mapping.toponym` makes of the name, ``core`` and
        ``kind_said`` the name without its words of kind and that kind, where it has one.
    below
        The gazetteer over which these are laid; it stays as it is.

    Attributes
    ----------
    memory
        What the geocoder has worked out by these names, for as long as they are in use.
    """

    def __init__(self, places: pl.DataFrame, names: pl.DataFrame, *, below: Gazetteer | None = None) -> None:
        self.memory: dict[object, Place | None] = {}
        self._tables: tuple[_Table, ...] = (*(below._tables if below else ()), _Table(places, names))

    def named(self, folded: str) -> list[Named]:
        """Return the places of which `folded` is the whole name."""
        return [found for table in self._tables for found in table.named(folded)]

    def with_core(self, core: str) -> list[Named]:
        """Return the places whose name says a kind and otherwise `core`: "balad" finds Balad Air Base."""
        return [found for table in self._tables for found in table.with_core(core)]

    def spelled(self, spelling: str) -> list[Named]:
        """Return the places that have a name of this `mapping.toponym.spelling`."""
        return [found for table in self._tables for found in table.spelled(spelling)]

    def with_skeleton(self, skeleton: str) -> list[Named]:
        """Return the places that have a name of this `mapping.toponym.skeleton`."""
        return [found for table in self._tables for found in table.with_skeleton(skeleton)]

    def alike(self, spelling: str, adm1_code: str, *, least: float, limit: int = 3) -> list[tuple[Place, float]]:
        """Return the places of a province whose spelling is most like `spelling`, with how alike in percent.

        Parameters
        ----------
        adm1_code
            Province by geometry.
        least
            Percent, as rapidfuzz's `fuzz.ratio` measures.
        limit
            How many at most.
        """
        found = [each for table in self._tables for each in table.alike(spelling, adm1_code, least=least, limit=limit)]
        return sorted(found, key=lambda each: (-each[1], each[0].place_id))[:limit]

    def districts(self, core: str) -> list[Place]:
        """Return the districts whose name without its word of kind is `core`; only learned ones are known."""
        return [found for table in self._tables for found in table.districts(core)]

    def is_largest_town(self, place: Place) -> bool:
        """Tell whether no town of its province is known to have more people."""
        most = max((table.most_people.get(place.adm1_code or "", 0) for table in self._tables), default=0)
        return place.population >= most

    def nearest_town(self, latitude: float, longitude: float) -> tuple[Place, float]:
        """Return the town nearest to a point, and how many kilometres away it is."""
        found = [table.nearest_town(latitude, longitude) for table in self._tables if table.has_towns]
        return min(found, key=lambda town: town[1])


class _Table:
    """One table of places and names."""

    def __init__(self, places: pl.DataFrame, names: pl.DataFrame) -> None:
        self._fields = [field for field in Place.__slots__ if field in places.columns]
        self._rows = places.select(self._fields).rows()
        self._places: dict[int, Place] = {}
        is_district = places["kind"].eq(DISTRICT).gather(names["place"])
        self._named = names.select("place", "kind_said", "is_code").rows()
        self._names, self._cores, self._spellings, self._skeletons = (
            _Index(names[key].set(is_district, None)) for key in ("folded", "core", "spelling", "skeleton")
        )
        self._provinces = _Spellings(places, names.filter(~is_district))
        self._districts = _Index(names["core"].set(~is_district, None))
        most = places.drop_nulls("adm1_code").group_by("adm1_code").agg(pl.col("population").max())
        self.most_people: dict[str, int] = dict(most.iter_rows())
        towns = places.with_row_index("row").filter(pl.col("kind") == "town")
        self._town_rows = towns["row"].to_list()
        self._town_points = towns.select("latitude", "longitude").to_numpy()

    def named(self, folded: str) -> list[Named]:
        return [self._at(row) for row in self._names.rows(folded)]

    def with_core(self, core: str) -> list[Named]:
        return [self._at(row) for row in self._cores.rows(core)]

    def spelled(self, spelling: str) -> list[Named]:
        return [self._at(row) for row in self._spellings.rows(spelling)]

    def with_skeleton(self, skeleton: str) -> list[Named]:
        return [self._at(row) for row in self._skeletons.rows(skeleton)]

    def alike(self, spelling: str, adm1_code: str, *, least: float, limit: int) -> list[tuple[Place, float]]:
        spellings, rows = self._provinces.of(adm1_code)
        found = process.extract(spelling, spellings, scorer=fuzz.ratio, score_cutoff=least, limit=limit)
        best: dict[int, float] = {}
        for _, percent, at in found:
            best.setdefault(rows[at], percent)
        return [(self._place(row), percent) for row, percent in best.items()]

    def districts(self, core: str) -> list[Place]:
        return [self._at(row).place for row in self._districts.rows(core)]

    @property
    def has_towns(self) -> bool:
        return bool(self._town_rows)

    def nearest_town(self, latitude: float, longitude: float) -> tuple[Place, float]:
        away_km = arcs_km(self._town_points, np.array([latitude, longitude]))
        nearest = int(np.argmin(away_km))
        return self._place(self._town_rows[nearest]), float(away_km[nearest])

    def _at(self, row: int) -> Named:
        place, kind_said, is_code = self._named[row]
        return Named(self._place(place), kind_said, is_code)

    def _place(self, row: int) -> Place:
        if (place := self._places.get(row)) is None:
            found = Place(**dict(zip(self._fields, self._rows[row], strict=True)))
            place = self._places.setdefault(row, found)
        return place


class _Spellings:
    """The spellings of each province, listed when a province is first asked for."""

    def __init__(self, places: pl.DataFrame, names: pl.DataFrame) -> None:
        codes = places["adm1_code"].gather(names["place"])
        listed = pl.DataFrame({"code": codes, "spelling": names["spelling"], "row": names["place"]}).drop_nulls()
        self._listed = (
            listed.unique().sort("code", "spelling", "row").partition_by("code", as_dict=True, include_key=False)
        )
        self._lists: dict[str, tuple[list[str], list[int]]] = {}

    def of(self, adm1_code: str) -> tuple[list[str], list[int]]:
        """Return the spellings of a province, and the rows of their places."""
        if (lists := self._lists.get(adm1_code)) is None:
            found = self._listed.get((adm1_code,))
            lists = ([], []) if found is None else (found["spelling"].to_list(), found["row"].to_list())
            self._lists[adm1_code] = lists
        return lists


class _Index:
    """Finds the rows of a column by value: sorted once, so that a value is a stretch of rows and no list of its own."""

    def __init__(self, keys: pl.Series) -> None:
        listed = pl.DataFrame({"key": keys}).with_row_index("row").drop_nulls("key").sort("key", "row")
        runs = listed["key"].rle().struct.unnest()
        ends = np.cumsum(runs["len"].to_numpy()).tolist()
        self._rows = listed["row"].to_list()
        self._stretches = dict(zip(runs["value"], zip([0, *ends][:-1], ends, strict=True), strict=True))

    def rows(self, key: str) -> list[int]:
        start, end = self._stretches.get(key, (0, 0))
        return self._rows[start:end]


def shipped_tables() -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the shipped places and their names, as `Gazetteer` takes them.

    Raises
    ------
    mapping.errors.MissingData
        A shipped file is absent or altered.

    Examples
    --------
    >>> places, names = shipped_tables()
    >>> names["place"].max() < places.height
    True
    """
    return pl.read_parquet(shipped("gazetteer/places.parquet")), pl.read_parquet(shipped("gazetteer/names.parquet"))


@lru_cache(maxsize=1)
def load() -> Gazetteer:
    """Return the shipped gazetteer, read on the first call.

    Raises
    ------
    mapping.errors.MissingData
        A shipped file is absent or altered.

    Examples
    --------
    >>> [found.place.place_id for found in load().named("ain asad")]
    ['site:ain-al-asad']
    """
    return Gazetteer(*shipped_tables())
