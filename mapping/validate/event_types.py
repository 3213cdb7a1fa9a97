"""Event types: our vocabulary, and the words that people use for it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

from mapping.schema import EVENT_TYPES
from mapping.toponym import fold
from mapping.validate.problems import Checked, cell_findings
from mapping.values import Cell, is_unknown, read_cells, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["check_event_type"]

# Only what can mean nothing else: "attack", "bombardment" or "rocket or missile" are no type of ours, and stay "other".
_SYNONYMS = {
    "air strike": "airstrike; air raid; air attack; aerial attack; airstrikes; air strikes; aerial bombing; "
    "warplane attack; غارة جوية; غارات جوية; قصف جوي; hava saldırısı; حمله هوایی",
    "drone attack": "drone; drones; drone strike; drone strikes; drone attacks; UAV; UAV attack; UAV strike; uav-attack; "
    "suicide drone; one-way attack drone; kamikaze drone; loitering munition; unmanned aerial vehicle attack; "
    "طائرة مسيرة; هجوم بطائرة مسيرة; هجوم بطائرات مسيرة; طائرات مسيرة; قصف بطائرة مسيرة; İHA saldırısı; "
    "SİHA saldırısı; drone saldırısı; حمله پهپادی",
    "missile strike": "missile; missiles; missile attack; missile attacks; missile strikes; ballistic missile; "
    "ballistic missile attack; cruise missile; cruise missile attack; füze saldırısı; حمله موشکی",
    "rocket attack": "rocket; rockets; rocket fire; rocket strike; rocket strikes; rocket attacks; rocket launch; Katyusha; "
    "roket saldırısı",
    "shelling": "artillery; artillery fire; artillery shelling; artillery attack; mortar; mortars; mortar fire; mortar attack; "
    "mortar shelling; tank fire; قصف مدفعي; قذائف هاون; هاون; قذيفة هاون; topçu ateşi; havan saldırısı",
    "IED": "IEDs; IED attack; IED explosion; IED blast; improvised explosive device; roadside bomb; roadside bombing; "
    "VBIED; car bomb; car bombing; bomb attack (IED); magnetic bomb; sticky bomb; RCIED; عبوة ناسفة; عبوة لاصقة; "
    "سيارة مفخخة; EYP; el yapımı patlayıcı",
    "suicide bombing": "suicide attack; suicide bomb; suicide bomber; suicide bombings; SVBIED; PBIED; SVEST; "
    "تفجير انتحاري; هجوم انتحاري; intihar saldırısı; canlı bomba; حمله انتحاری",
    "explosion": "explosions; blast; bombing; bomb; bomb attack; bomb explosion; detonation; grenade; grenade attack; "
    "hand grenade; انفجار; تفجير; bombalı saldırı; patlama",
    "armed assault": "armed attack; shooting; gun attack; gunfire; small arms fire; small-arms fire; SAF; drive-by shooting; "
    "stabbing; هجوم مسلح; إطلاق نار; silahlı saldırı; حمله مسلحانه",
    "armed clash": "armed clashes; clash; clashes; battle; battles; firefight; gunfight; gun battle; fighting; skirmish; "
    "skirmishes; exchange of fire; اشتباك; اشتباكات; اشتباك مسلح; اشتباكات مسلحة; çatışma; çatışmalar; درگیری",
    "ambush": "ambushes; كمين; pusu; کمین",
    "raid": "raids; night raid; security raid; raid operation; مداهمة; baskın",
    "assassination": "assassinations; assassination attempt; attempted assassination; targeted killing; اغتيال; "
    "محاولة اغتيال; suikast; ترور",
    "kidnapping": "kidnap; kidnappings; kidnapped; abduction; abductions; abducted; hostage taking; hostage-taking; "
    "اختطاف; خطف; adam kaçırma; آدم‌ربایی",
    "arson": "arson attack; arsons; حرق; kundaklama",
    "robbery": "robberies; armed robbery; looting; سرقة; سطو; سطو مسلح; soygun",
    "hijacking": "hijack; hijackings; carjacking; اختطاف طائرة",
    "unrest": "protest; protests; demonstration; demonstrations; riot; riots; civil unrest; rioting; mob violence; "
    "احتجاج; احتجاجات; تظاهرة; تظاهرات; مظاهرة; شغب; أعمال شغب; protesto; gösteri; اعتراضات",
    "other": "others; أخرى; diğer",
}


@lru_cache(maxsize=1)
def _types() -> dict[str, str]:
    synonyms = {fold(word): name for name, words in _SYNONYMS.items() for word in words.split(";")}
    return synonyms | {fold(name): name for name in EVENT_TYPES}


def _event_type(text: str) -> Cell:
    if found := _types().get(fold(text)):
        return Cell(found)
    if is_unknown(tidy(text)):
        return Cell(note="was taken as unknown")
    return Cell("other", note='is no event type of ours, so it became "other"; its words stand in event_type_source')


def check_event_type(text: pl.DataFrame, *, allowed: Iterable[str] = EVENT_TYPES) -> Checked:
    """Turn event_type into our vocabulary; the source's words, where they are others, go into event_type_source.

    Parameters
    ----------
    text
        Text under incident names, with ``source_row``.
    allowed
        What the remarks name: the words or codes of the source's codebook, where it has one.

    Examples
    --------
    >>> text = pl.DataFrame({"source_row": [2, 3], "event_type": ["Roadside bomb", "Sabotage"]})
    >>> check_event_type(text).columns.rows()
    [('IED', 'Roadside bomb'), ('other', 'Sabotage')]
    """
    if "event_type" not in text.columns:
        return Checked(pl.DataFrame(), [])
    cells = read_cells(text["event_type"], _event_type, pl.String())
    words = pl.when(pl.col("event_type") != cells["value"]).then("event_type")
    given = pl.col("event_type_source") if "event_type_source" in text.columns else pl.lit(None, pl.String)
    columns = text.select(cells["value"].alias("event_type"), pl.coalesce(given, words).alias("event_type_source"))
    return Checked(columns, cell_findings(text, "event_type", cells, allowed=", ".join(allowed)))
