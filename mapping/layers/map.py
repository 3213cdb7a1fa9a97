"""The map of the app: a ground that never changes, and the incidents drawn over it.

`base_map` goes to `st_folium` as the figure, `incident_layers` as `feature_group_to_add`, and what
comes back goes through `clicked`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import folium
from folium.elements import JSCSSMixin
from folium.template import Template

from mapping.errors import InvalidValue
from mapping.layers.assets import address
from mapping.layers.click import RETURNED, Click, View, clicked
from mapping.layers.extents import Extent, extent
from mapping.layers.inert import Inert, inert
from mapping.layers.mapstyle import MapStyle
from mapping.layers.payload import gather, payload

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from branca.element import Element


__all__ = [
    "RETURNED",
    "Click",
    "Extent",
    "MapStyle",
    "View",
    "base_map",
    "check_local",
    "clicked",
    "extent",
    "gather",
    "incident_layers",
    "payload",
]


class _LocalMap(folium.Map):
    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        # folium's own lists name the hosts of other people, for things that we do not use.
        self.default_js = [("leaflet", address("leaflet.js")), ("atlas", address("atlas.js"))]
        self.default_css = []


class _Opening(folium.MacroElement):
    """Opens our own drawing on the map; what it needs to know goes through `inert`."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "incidentAtlas.openInStreamlit({{ this._parent.get_name() }}, {{ this.options }});"
        "{% endmacro %}"
    )

    def __init__(self, options: dict[str, Any]) -> None:
        super().__init__()
        self._name = "Opening"
        self.options = inert(options)


class _Incidents(folium.MacroElement):
    """Hands the incidents to our own drawing."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "new incidentAtlas.Incidents({{ this.data }}).addTo({{ this._parent.get_name() }});"
        "{% endmacro %}"
    )

    def __init__(self, data: Inert) -> None:
        super().__init__()
        self._name = "Incidents"
        self.data = data

    def render(self, **_kwargs: Any) -> str:
        """Leave the page's figure alone: st_folium takes the script from the template.

        branca would compile the data as a template of its own, a second time: it would find nothing
        in it, and take a twentieth of a second for a megabyte.
        """
        return ""


def base_map(*, label: str | None = None, tools: bool = True) -> folium.Map:
    """Return a fresh map that holds only what never changes: st_folium alters it, so never share it.

    Parameters
    ----------
    label
        What the map shows, for those who cannot see it, when it is not the incidents.
    tools
        Whether the reader may choose layers, draw a shape and filter by what is in view.

    Examples
    --------
    >>> base_map().get_name().startswith("map_")
    True
    """
    made = _LocalMap(location=(33.2, 43.7), zoom_start=5, tiles=None, prefer_canvas=True, font_size="13px")
    # Without tiles nothing else says how far a reader may zoom. Tenths of a level fit a country better.
    made.options |= {"minZoom": 2, "maxZoom": 15, "zoomSnap": 0.1, "wheelPxPerZoomLevel": 90, "worldCopyJump": True}
    _Opening({"folder": address(), "label": label, "tools": tools}).add_to(made)
    check_local(made)
    return made


def _with_links(element: Element) -> Iterator[JSCSSMixin]:
    if isinstance(element, JSCSSMixin):
        yield element
    for child in element._children.values():
        yield from _with_links(child)


def check_local(element: Element) -> None:
    """Check that an element of folium and all in it load nothing but the app's own files.

    Raises
    ------
    InvalidValue
        A plugin names another address.

    Examples
    --------
    >>> import folium
    >>> check_local(folium.Map())
    Traceback (most recent call last):
    mapping.errors.InvalidValue: Map loads https://...: give it a local address...
    """
    for found in _with_links(element):
        for _, link in [*found.default_js, *found.default_css]:
            if not link.startswith(address()):
                raise InvalidValue(
                    f"{found._name} loads {link}: give it a local address, as mapping.layers.assets has them."
                )


def incident_layers(data: Mapping[str, Any] | Inert) -> list[folium.FeatureGroup]:
    """Return what st_folium is to add: provinces by count, province pills, and the marks of the incidents.

    Parameters
    ----------
    data
        As `mapping.layers.payload.payload` makes it, or that as `mapping.layers.inert.inert` wrote it.

    Examples
    --------
    >>> from mapping.schema import empty_frame
    >>> [layer.layer_name for layer in incident_layers(payload(empty_frame(), countries=["IQ"]))]
    ['Incidents']
    """
    layer = folium.FeatureGroup(name="Incidents")
    _Incidents(data if isinstance(data, Inert) else inert(data)).add_to(layer)
    return [layer]
