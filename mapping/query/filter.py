"""Which incidents to keep."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from mapping.errors import InvalidValue
from mapping.placement import has_mark
from mapping.query.matching import in_box, in_shape, is_actor, is_row
from mapping.query.narrow import ROW
from mapping.query.parameters import PARAMETERS, Parameter, date_label, join_values, split_values
from mapping.query.search import Texts, has_text
from mapping.schema import GEO_PRECISIONS, precision_rank

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from mapping.query.index import Index
    from mapping.query.shapes import Box, Shape

__all__ = ["Chip", "Filter"]


class Chip(NamedTuple):
    """One active filter, for people: `Filter.without` takes its `field` and `value` to take it off."""

    field: str
    value: str
    label: str


@dataclass(frozen=True)
class Filter:
    """Which incidents to keep; a field left at its default keeps all.

    A row passes when every field lets it pass; in a field of many values, any one of them.

    Parameters
    ----------
    countries
        ISO 3166-1 alpha-2 (a name is turned into it), compared with the country as reported.
    provinces
        Codes (a name that only one province has is turned into it), compared with adm1_code: the
        province by geometry, or the one that a row without a point was placed in as a whole.
    date_from, date_to
        Both included; one alone leaves the other side open. A row passes when any day from its
        date_start to its date_end falls in the window; where one of the two is unknown, the other
        stands for both. A row without any date passes only when neither bound is set.
    types
        Of `mapping.schema.EVENT_TYPES`.
    actors
        Either side, as reported, compared after folding.
    precision_at_least
        Of `mapping.schema.GEO_PRECISIONS`: the coarsest to keep.
    bbox
        West, south, east, north in degrees; west greater than east crosses the antimeridian.
        Edges are inside; only rows that are drawn at a point pass (`mapping.placement.has_mark`), for the coordinates
        of one that is known to its province or country only are the middle of that, where nothing happened.
    within
        A polygon or a `mapping.query.Circle` in WGS 84. Its edge is inside; which rows may pass, as for `bbox`.
    text
        Words and "phrases" that must be found, joined by AND, OR, NOT and brackets, each anywhere in `SEARCHED` or in
        the field before its colon; see docs/search.md.
    datasets
        Their names.
    rows
        Single incidents, each as "dataset/incident_id".

    Raises
    ------
    InvalidValue
        A value is not allowed; the message says what is.

    Examples
    --------
    >>> frame = pl.DataFrame({"adm1_code": ["IQ-AN", "IQ-BG"]})
    >>> Filter(provinces=("IQ-AN",)).apply(frame)["adm1_code"].to_list()
    ['IQ-AN']
    """

    countries: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    date_from: date | None = None
    date_to: date | None = None
    types: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    precision_at_least: str | None = None
    bbox: Box | None = None
    within: Shape | None = None
    text: str = ""
    datasets: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Bring every value to its one form, so that equal filters compare equal."""
        for parameter in PARAMETERS:
            value = getattr(self, parameter.field)
            if parameter.many:
                checked: Any = tuple(dict.fromkeys(filter(None, map(parameter.check, value))))
            else:
                checked = value if value is None else parameter.check(value)
            object.__setattr__(self, parameter.field, checked)
        if self.date_from and self.date_to and self.date_from > self.date_to:
            raise InvalidValue(f"The dates are upside down: from {self.date_from} is after to {self.date_to}.")

    def apply(self, frame: pl.DataFrame, *, texts: Texts | None = None, index: Index | None = None) -> pl.DataFrame:
        """Return the rows of `frame` that pass, in their order.

        Parameters
        ----------
        frame
            Incidents, or what `mapping.query.narrow` makes of them.
        texts
            Those of the incidents that a narrow frame was made from: it has not the words that are searched.
        index
            Made of the frame: for a few provinces, or days, no other rows are looked at.

        Examples
        --------
        >>> from datetime import date
        >>> frame = pl.DataFrame({"date_start": [date(2024, 7, 16), None], "date_end": [date(2024, 7, 17), None]})
        >>> Filter(date_from=date(2024, 7, 17)).apply(frame).height
        1
        """
        # The dear tests (folding text, points in polygon) see only what the cheap ones leave.
        near = index.rows(self.provinces, first=self.date_from, last=self.date_to) if index else None
        left = frame.filter(*self._placed_tests(), *self._cheap_tests()) if near is None else self._picked(frame, near)
        if dear := list(self._dear_tests()):
            left = left.filter(dear)
        if self.rows:
            is_one = is_row(self.rows)
            left = left.filter(is_one if texts is None else texts.incidents.select(is_one).to_series()[left[ROW]])
        if self.text:
            left = left.filter((texts or Texts(left)).found(self.text)[left[ROW] if texts else slice(None)])
        return left

    def _picked(self, frame: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
        """Return the given rows that pass the cheap tests; of the others, only the columns that are tested are touched."""
        if tests := list(self._cheap_tests()):
            columns = {name for test in tests for name in test.meta.root_names()}
            rows = rows.filter(frame.select(sorted(columns))[rows].select(pl.all_horizontal(tests)).to_series())
        return frame[rows]

    def expression(self) -> pl.Expr:
        """Return the whole filter as one boolean expression, for a LazyFrame.

        Examples
        --------
        >>> lazy = pl.LazyFrame({"country_iso2": ["IQ", "SY", None]})
        >>> lazy.filter(Filter(countries=("SY",)).expression()).collect().height
        1
        """
        tests = [pl.lit(True), *self._placed_tests(), *self._cheap_tests(), *self._dear_tests()]
        if self.rows:
            tests.append(is_row(self.rows))
        if self.text:
            tests.append(has_text(self.text))
        return pl.all_horizontal(tests)

    def _placed_tests(self) -> Iterator[pl.Expr]:
        """Give the tests that an index answers."""
        if self.provinces:
            yield pl.col("adm1_code").is_in(self.provinces)
        if self.date_from is not None:
            yield pl.coalesce("date_end", "date_start") >= self.date_from
        if self.date_to is not None:
            yield pl.coalesce("date_start", "date_end") <= self.date_to

    def _cheap_tests(self) -> Iterator[pl.Expr]:
        columns = {"countries": "country_iso2", "types": "event_type", "datasets": "dataset"}
        for field, column in columns.items():
            if values := getattr(self, field):
                yield pl.col(column).is_in(values)
        if self.precision_at_least is not None:
            yield precision_rank(pl.col("geo_precision")) <= GEO_PRECISIONS.index(self.precision_at_least)
        if self.bbox is not None:
            yield in_box(self.bbox)
        if self.bbox is not None or self.within is not None:
            yield has_mark()

    def _dear_tests(self) -> Iterator[pl.Expr]:
        if self.actors:
            yield is_actor(self.actors)
        if self.within is not None:
            yield in_shape(self.within)

    def to_params(self) -> dict[str, str]:
        """Return the filter as parameters by name; a field at its default is left out.

        Examples
        --------
        >>> from datetime import date
        >>> Filter(provinces=("IQ-AN", "IQ-NI"), date_from=date(2024, 7, 1)).to_params()
        {'province': 'IQ-AN,IQ-NI', 'from': '2024-07-01'}
        """
        return {
            parameter.name: join_values(value) if parameter.many else parameter.write(value)
            for parameter in PARAMETERS
            if (value := getattr(self, parameter.field))
        }

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> tuple[Filter, list[str]]:
        """Return the filter that `params` spell, and a sentence for each value left out.

        Never raises: what is not allowed is named and left out, the rest applies. A parameter that
        is no filter is passed over, for the address bar holds others too.

        Examples
        --------
        >>> found, complaints = Filter.from_params({"type": "raid,picnic", "from": "2024-07-01"})
        >>> found.to_params(), complaints[0][:38]
        ({'from': '2024-07-01', 'type': 'raid'}, 'type: "picnic" is no event type. Allow')
        """
        given: dict[str, Any] = {}
        complaints: list[str] = []
        for parameter in PARAMETERS:
            values = list(_read(parameter, str(params.get(parameter.name) or "").strip(), complaints))
            if values:
                given[parameter.field] = tuple(values) if parameter.many else values[0]
        try:
            return cls(**given), complaints
        except InvalidValue as error:  # every value is right by itself: only the order of the dates is left
            given["date_from"] = given["date_to"] = None
            return cls(**given), [*complaints, f"{error} Neither applies."]

    def describe(self) -> list[Chip]:
        """Return a chip for each active value, in the order of `PARAMETERS`; the dates share one, and so do the rows.

        Examples
        --------
        >>> from datetime import date
        >>> chips = Filter(date_from=date(2020, 1, 1), date_to=date(2024, 9, 30), types=("raid",)).describe()
        >>> [chip.label for chip in chips]
        ['1 Jan 2020 – 30 Sep 2024', 'raid']
        """
        chips = [
            Chip(parameter.field, parameter.write(value), parameter.label(value))
            for parameter in PARAMETERS
            for value in self._values(parameter)
            if parameter.field not in ("date_from", "date_to", "rows")
        ]
        if label := _dates_label(self.date_from, self.date_to):
            chips.insert(len(self.countries) + len(self.provinces), Chip("dates", label, label))
        if count := len(self.rows):
            chips.append(Chip("rows", "", f"{count:,} chosen row{'' if count == 1 else 's'}"))
        return chips

    def _values(self, parameter: Parameter) -> tuple[Any, ...]:
        held = getattr(self, parameter.field)
        return held if parameter.many else (held,) if held else ()

    def without(self, field: str, value: str) -> Filter:
        """Return this filter less the chip of that `field` and `value`.

        Examples
        --------
        >>> Filter(types=("raid", "IED")).without("types", "raid").types
        ('IED',)
        """
        if field == "dates":
            return replace(self, date_from=None, date_to=None)
        if field == "rows":
            return replace(self, rows=())
        left: Any = Filter.__dataclass_fields__[field].default
        if left == ():
            left = tuple(item for item in getattr(self, field) if item != value)
        return replace(self, **{field: left})


def _read(parameter: Parameter, text: str, complaints: list[str]) -> Iterator[Any]:
    if len(text) > parameter.longest:
        complaints.append(f"{parameter.name}: {len(text):,} characters are too many; at most {parameter.longest:,}.")
        return
    for item in split_values(text) if parameter.many else filter(None, [text]):
        try:
            yield parameter.check(parameter.parse(item.strip()))
        except InvalidValue as error:
            complaints.append(f"{parameter.name}: {error}")


def _dates_label(first: date | None, last: date | None) -> str:
    if first and last:
        return f"{date_label(first)} – {date_label(last)}"
    return f"from {date_label(first)}" if first else f"until {date_label(last)}" if last else ""
