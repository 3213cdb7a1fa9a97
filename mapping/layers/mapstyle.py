"""How the map is drawn: what colours say, what the provinces are shaded by, and which layers are on."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from mapping.values import shown

__all__ = ["CHOICES", "SWITCHES", "MapStyle"]

CHOICES = {
    "colour": ("type", "actor"),
    "shade": ("count", "fatalities", "per_area", "none"),
    "classes": ("quantile", "equal"),
}
"""What each choice of the style may be, the first by default; static/style.js holds the same."""

SWITCHES = {"marks": True, "pills": True, "names": True, "density": False, "sites": False, "mismatches": False}
"""The layers that are on or off, and how they begin; static/style.js holds the same."""

_LONGEST = 300


@dataclass(frozen=True)
class MapStyle:
    """How the map is drawn.

    Attributes
    ----------
    colour
        What the colour of a mark says: "type" (of the event) or "actor".
    shade
        What provinces are shaded by: "count" of incidents, "fatalities" (best), incidents "per_area"
        of 1,000 km², or "none".
    classes
        Where one shade ends: "quantile" puts as many provinces into each, "equal" makes equal steps.
    density
        Incidents at a site or town, counted in cells.
    sites
        The known sites and installations of the gazetteer.
    mismatches
        Incidents whose place lies in another province than the one they claim.
    marks, pills, names
        The incidents themselves, the numbers "+4" of those in a province only, the names of places.

    Examples
    --------
    >>> MapStyle(colour="actor", pills=False, sites=True).to_text()
    'colour:actor,hide:pills,show:sites'
    """

    colour: str = "type"
    shade: str = "count"
    classes: str = "quantile"
    density: bool = False
    sites: bool = False
    mismatches: bool = False
    marks: bool = True
    pills: bool = True
    names: bool = True

    def to_text(self) -> str:
        """Return the style as the address bar holds it; what is as by default is left out.

        Examples
        --------
        >>> MapStyle().to_text(), MapStyle(shade="fatalities", classes="equal").to_text()
        ('', 'shade:fatalities,classes:equal')
        """
        held = asdict(self)
        said = [f"{name}:{held[name]}" for name, allowed in CHOICES.items() if held[name] != allowed[0]]
        switched = [name for name, default in SWITCHES.items() if held[name] != default]
        return ",".join([*said, *(f"{'show' if held[name] else 'hide'}:{name}" for name in switched)])

    @classmethod
    def from_text(cls, text: str) -> tuple[MapStyle, list[str]]:
        """Return the style that a text spells, and a sentence for each part of it left out; never raises.

        Examples
        --------
        >>> style, complaints = MapStyle.from_text("colour:actor,shade:mood")
        >>> style.colour, complaints
        ('actor', ['map: "shade:mood" is not known. Allowed: shade:count, shade:fatalities, shade:per_area, shade:none.'])
        """
        if len(text) > _LONGEST:
            return cls(), [f"map: {len(text):,} characters are too many; at most {_LONGEST}."]
        given: dict[str, Any] = {}
        complaints = []
        for part in filter(None, map(str.strip, text.split(","))):
            name, _, value = part.partition(":")
            if value in CHOICES.get(name, ()):
                given[name] = value
            elif name in ("show", "hide") and value in SWITCHES:
                given[value] = name == "show"
            else:
                complaints.append(f"map: {shown(part)} is not known. Allowed: {', '.join(_allowed(name))}.")
        return cls(**given), complaints

    def as_data(self) -> dict[str, str | bool]:
        """Return the style for static/style.js.

        Examples
        --------
        >>> MapStyle().as_data()["shade"]
        'count'
        """
        return {field.name: getattr(self, field.name) for field in fields(self)}


def _allowed(name: str) -> list[str]:
    """Return what may be written for a name; everything when there is no such name."""
    every = {choice: [f"{choice}:{value}" for value in allowed] for choice, allowed in CHOICES.items()}
    every |= {verb: [f"{verb}:{switch}" for switch in SWITCHES] for verb in ("show", "hide")}
    return every.get(name) or [part for parts in every.values() for part in parts]
