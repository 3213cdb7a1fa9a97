"""What a date in a sentence belongs to: the incident, the saying of it, or the past that is looked back on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from mapping.coding.mentions import Span

__all__ = ["governed_by"]

_SAYING = (
    r"(?:said|says|say|saying|reported|reports|report|announced|announce|announces|announcing|told|tells|stated|states"
    r"|confirmed|confirms|added|adds|declared|declares|informed|informs|noted|disclosed|revealed|acknowledged|admitted"
    r"|denied|denies|claimed|claims|warned|condemned|condemns|demanded|demands|accused|accuses|urged|asked|called|charged"
    r"|affirmed|asserted|emphasized|indicated|explained|pointed\s+out|described|quoted|learned|released|issued|published"
    r"|broadcast|distributed|quoted|repeated|expressed|rejected|blamed|commented|mentioned|spoke|met|identified"
    r"|arrested|captured|buried|attended|arrived|offered|ordered|signed|visited|interviewed|recalled|observed"
    r"|statement|communique|communiqu[eé]|press\s+release|press\s+conference|news\s+conference|interview|report|dispatch"
    r"|broadcast|briefing|message|telephone\s+call|releases?)"
)
_SAID_BEFORE = re.compile(
    rf"\b{_SAYING}\s+(?:(?:here|to|in|on|by|at|of|the|a|an|this|reporters|reuters|efe|afp|acan-efe|journalists|press|agency"
    r"|late|early|dated|also|statement|communique|newspapers?|newsmen|it|us|and|city|capital)\s+){0,5}\Z"
)
_SAID_AFTER = re.compile(
    rf"\s*,?\s*(?:(?:also|again|here|has|have|had|officially|publicly|was|were)\s+){{0,2}}{_SAYING}\b"
)
_SINCE = re.compile(r"\b(?:since|as\s+of|beginning|until|till)\s+(?:the\s+)?\Z")


def governed_by(plain: str, span: Span, start: int, end: int) -> Literal["event", "report", "background"]:
    """Return what the date at `span` belongs to, from the words beside it in its sentence, in small letters.

    Examples
    --------
    >>> from mapping.coding.mentions import Span
    >>> words = "police said on tuesday that a bomb exploded"
    >>> governed_by(words, Span(15, 22), 0, len(words))
    'report'
    """
    before = max(start, span.start - 80)
    if _SINCE.search(plain, before, span.start):
        return "background"
    if _SAID_BEFORE.search(plain, before, span.start) or _SAID_AFTER.match(plain, span.end, min(end, span.end + 60)):
        return "report"
    return "event"
