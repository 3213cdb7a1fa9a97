"""Finds the parties to violence in English, and on what ground the text names them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from mapping.coding.english.states import find_states, with_people
from mapping.coding.english.wording import by_sentence, wording_of
from mapping.coding.mentions import Actor

if TYPE_CHECKING:
    from mapping.coding.tables import Tables
    from mapping.coding.text import Report

__all__ = ["find_actors"]

Role = Literal["by", "against", "other"]

_ACT = (
    r"(?:attack\w*|clash\w*|fought|assault\w*|kidnap\w+|abduct\w*|kill\w*|murder\w*|assassinat\w+|ambush\w*|bomb\w*|blew|blown|dynamit\w+"
    r"|raid\w*|storm\w*|fired|shot(?! down)|shooting|launch\w*|struck|strikes?|airstrikes?|target\w*|plant\w*|placed|threw|thrown|hurl\w*"
    r"|burn\w*|torch\w*|robb\w+|stole\w*|hijack\w*|stabb\w*|shell\w*|execut\w+|massacr\w+|detonat\w+|explo\w+|perpetrat\w+"
    r"|stag\w+|committed|conducted|carried out|carries out|destroy\w*|damag\w+|sabotag\w+|beaten|tortur\w+|wound\w*|injur\w*|deaths?"
    r"|crimes?|offensive|opened fire|set fire|set off|set ablaze|machinegunn\w+|gunned down|taken hostage|held hostage|took hostage|hit)"
)
_BY = re.compile(
    rf"\b{_ACT}\b[^.;]{{0,60}}\bby(?: [\w'’-]+){{0,5}} $|\b(?:blamed on|attributed to|work of|responsibility of)(?: [\w'’-]+){{0,4}} $"
)
_HELD_BY = re.compile(
    r"\b(?:manned|guarded|run|held|controlled|operated|owned|led|backed|supported|protected|escorted|staffed|used|followed|seen"
    r"|occupied|overseen|organi[sz]ed) by(?: [\w'’-]+){0,3} $"
)
"""Whose the thing is that was hit: "a checkpoint manned by police"."""
_ACCUSED = re.compile(r"\b(?:accus\w+|blam\w+|suspect(?:s|ed)? that)(?: [\w'’-]+){0,4} $")
_CHARGED = re.compile(
    r"^[^.;,]{0,30}\b(?:responsible for|accused of|charged with|blamed for|suspected of|implicated in|behind the)"
)
_AGAINST = re.compile(
    rf"\b{_ACT} (?:on|against|at|with)(?: [\w'’-]+){{0,4}} $"
    rf"|\b(?:against|{_ACT})(?: (?!(?:by|while|when|after|and|as|that|said|from|in)\b)[\w'’-]+){{0,3}} $"
)
_FIGHT = r"\b(?:clash\w*|fighting|battles?|exchange\w*|combat|skirmish\w*|shootouts?|gunfights?|confrontations?)\b[^.;]{0,60}"
_ONE_SIDE = re.compile(rf"{_FIGHT}\bbetween(?: (?!and\b)[\w'’-]+){{0,3}} $")
_OTHER_SIDE = re.compile(rf"{_FIGHT}\bbetween [^.;]{{1,60}}\band(?: [\w'’-]+){{0,3}} $")
_SUFFERED = re.compile(
    rf"^(?: (?!sa(?:id|ys?)\b)[\w'’-]+){{0,3}} (?:was|were|been|being|is|are)(?: \w+ly)? (?:also )?{_ACT}\b|^(?: [\w'’-]+){{0,3}} died\b"
)
_CLAIMED = re.compile(
    r"^[^.;]{0,60}\b(?:(?:claim|took|assum|accept|admit)\w*(?: \w+){0,2} (?:responsibility|credit|attack|bombing|killing|strike)"
    rf"|(?:said|says)(?: (?:on|late|early|\w+day))* (?:that )?(?:it|they|its (?:\w+ )?(?:fighters|forces|men|drones|missiles|units))"
    rf" (?:had |have )?{_ACT}"
    r"|claimed it|claimed that it|(?:said|says) (?:it|they) (?:was|were|had been) (?:behind|responsible))"
)
_CLAIMED_BY = re.compile(r"\b(?:claimed by|responsibility[^.;]{0,40}by)(?: [\w'’-]+){0,4} $")
_DENIED = re.compile(r"^[^.;]{0,60}\bden(?:y|ied|ies)\b")
_HEDGE = re.compile(
    r"\b(?:suspect\w*|presum\w+|alleged\w*|believed|apparent\w*|possibl\w+|probabl\w+|reportedly|likely|thought)\b[^.;,]{0,40}$"
)
_BLAME = re.compile(r"\b(?:accus\w+|blam\w+|attribut\w+|held responsible|charged)\b")
_NOT_DOING = (
    r"(?!(?:by|was|were|been|being|is|are|be|to|not|when|where|while|after|before|as|sa(?:id|ys?)|adopted|could|would|might|may|will"
    r"|can|(?:foil|thwart|prevent|repel|defus|deactivat|investigat|condemn|report|confirm|warn|announc|believ|deny|deni|fear"
    r"|reject|arriv|respond|fac|suffer)\w*)\b)"
)
_DOES = re.compile(rf"^(?:[\]),]*,? {_NOT_DOING}[\w'’\[\]()-]+){{0,5}}?[\]),]*,? {_ACT}\b")
_TIED = re.compile(r"^-(?:linked|affiliated|allied|aligned|backed|run|controlled|held|inspired|led|ruled|era|style)\b")
"""After a name that only says what somebody else is like: "an al Qaeda-linked group"."""
_THING = re.compile(
    r"^ (?:commander|chief|source|spokes|station|post|precinct|headquarters|base|barracks|checkpoint|convoy|patrol car|vehicle"
    r"|helicopter|plane|airplane|aircraft|aid|academy|school|officials?|operation|victory|build|hospital|court|plan|leader)\w*"
)


def find_actors(report: Report, tables: Tables) -> list[Actor]:
    """Return the parties that a report names, by start.

    Examples
    --------
    >>> from mapping.coding.reading import read
    >>> from mapping.coding.tables import tables
    >>> text = "Suspected guerrillas attacked a bridge. The army denied that."
    >>> [(actor.name, actor.role, actor.attribution) for actor in find_actors(read(text), tables())]
    [('guerrillas', 'by', 'suspected'), ('The army', 'other', None)]
    """
    named = list(by_sentence(report, tables.of("en").actors.find(report.plain)))
    starts = {found.span.start for _, found in named}
    actors = []
    for number, found in named:
        wording = wording_of(report, found.span, report.sentences[number].span)
        described = found.span.end + 1 in starts and wording.words == "paramilitary"
        if described or _TIED.search(wording.after):
            continue
        role = _role(wording.before, wording.after)
        attribution = _attribution(wording.before, wording.after, found.row.kind) if role == "by" else None
        span = with_people(report.plain, found.span) if found.row.kind == "state" else found.span
        actors.append(Actor(span, report.text[span.start : span.end], role, attribution))
    taken = [actor.span for actor in actors]
    actors += [
        one for one in find_states(report) if not any(s.start < one.span.end and one.span.start < s.end for s in taken)
    ]
    return sorted(actors, key=lambda actor: actor.span)


def _role(before: str, after: str) -> Role:
    if _ACCUSED.search(before):
        return "by"
    if _DENIED.search(after):
        return "other"
    if _CLAIMED.search(after) or _CHARGED.search(after):
        return "by"
    if _HELD_BY.search(before):
        return "other"
    if _THING.search(after):
        return "against" if _AGAINST.search(before) else "other"
    if _BY.search(before) or _ONE_SIDE.search(before):
        return "by"
    if _OTHER_SIDE.search(before):
        return "against"
    if _AGAINST.search(before) or _SUFFERED.search(after):
        return "against"
    return "by" if _DOES.search(after) else "other"


def _attribution(before: str, after: str, kind: str) -> str:
    """Return on what ground the actor is named: by itself, by the text, by suspicion, or not at all."""
    if _CLAIMED.search(after) or _CLAIMED_BY.search(before):
        return "claimed"
    if kind == "unknown":
        return "unknown"
    if _DENIED.search(after) or "suspected of" in after[:40]:
        return "suspected"
    return "suspected" if _HEDGE.search(before) and not _BLAME.search(before) else "attributed"
