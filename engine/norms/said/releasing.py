"""Sentences that let somebody be late with a duty, or take it from them, in a sentence of their own.

`The Buyer need not pay before delivery`, `The Seller is not liable for delay` and `The Buyer may pay late` oblige nobody. What
they leave of a duty that was not done in time, people must say.
"""

import re
from dataclasses import dataclass
from datetime import date

from syngraph.engine.norms.words.wording import noun
from syngraph.engine.text.clauses import PlacedRule
from syngraph.grammar import lexicon
from syngraph.grammar.amounts import After, By, Day, Event, On, Time, Unit, Until, Within
from syngraph.grammar.rules import Actor, Declaration, Definition, Permission

_NEED_NOT = re.compile(
    r"^(?:(?:If|When|Where|Unless|Until|Before|While)\s[^,]{1,300},\s)?(?P<who>[^,]{1,120}?)\s(?:(?:does|do)\snot\s(?:have|need)\sto|needs?\snot|"
    r"(?:is|are|shall|will)\s(?:not\s)?(?:be\s)?(?:required|obliged|expected|bound)\sto)\s(?P<verb>\w+)(?P<what>.{0,300})$",
    re.IGNORECASE,
)
_CIRCUMSTANCE = re.compile(
    r"(?:^|,?\s)(?:before|if|until|unless|when|where|while|after|during|in|on|by|for|within|as\slong\sas|so\slong\sas|earlier|sooner|except|upon)\b.*$"
)
_NOT_LIABLE = re.compile(
    r"^(?P<who>[^,]{1,120}?)\s(?:is|are|shall|will|can|may)\s(?P<no>not\s)?(?:be\s)?(?:held\s)?(?:liable|responsible|answerable|accountable)\s(?:to\s.{1,80}?\s)?for\s"
    r"(?:(?:any|all|the|a|an|its|his|her|their)\s)*(?P<what>.{1,300})$",
    re.IGNORECASE,
)
_NOT_IN_BREACH = re.compile(
    r"^(?P<who>[^,]{1,120}?)\s(?:is|are|shall|will)\s(?P<no>not\s)?(?:be\s)?(?:(?:deemed|considered)\s)?(?:to\sbe\s)?(?:in\s(?:breach|default|delay)|late)\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"^(?:No|Neither|None|Nobody)\b", re.IGNORECASE)
_LATENESS = re.compile(
    r"(?:(?:failures?|defaults?|delays?|non-?performance|breach(?:es)?|lateness|late)\b|(?:performance|performing|fulfilment)\b)",
    re.IGNORECASE,
)
_BEYOND = re.compile(r"\b(?:beyond|outside|force\smajeure|act\sof\sGod)\b", re.IGNORECASE)
_LATER = re.compile(r"(?:^|\s)(?:late|later|(?:on|by)\sthe\s(?:next|following|first))\b")
_UNITS = {f"{unit.value}{end}": unit for unit in Unit for end in ("", "s")}
_AS_USUAL = re.compile(r"(?:an?\s|any\s)?(?:calendar|gregorian)\b", re.IGNORECASE)
_DEFERRING = frozenset({"withhold", "defer", "delay", "postpone"})
_PERFORMANCE = frozenset({"performance", "obligation", "duty"})


@dataclass(frozen=True, slots=True)
class Release:
    """Whose duties a sentence may take away or put off: `who` in its words, `event` the act, None where it means every duty.

    `owed` is the noun of what is not to be answered for, `until` the last day for the act where the sentence names one,
    and `unit` that of periods which it counts in a way of its own.
    """

    placed: PlacedRule
    who: str
    event: Event | None = None
    owed: str = ""
    until: date | None = None
    unit: Unit | None = None


def releases(rules: tuple[PlacedRule, ...]) -> tuple[Release, ...]:
    """The sentences among rules that may take a duty away, or put it off."""
    found = (release for placed in rules if (release := _release(placed)) is not None)
    return tuple(found)


def _release(placed: PlacedRule) -> Release | None:
    match placed.rule:
        case Declaration("no duty", text=text) if said := _NEED_NOT.match(text):
            thing = _CIRCUMSTANCE.sub("", said["what"]).strip()
            if said["verb"].lower() == "be":
                verb = "pay" if thing == "paid" else ""
                return Release(placed, "a Party", Event(text, verb, "", said["who"])) if verb else None
            return Release(placed, said["who"], Event(text, said["verb"].lower(), "", thing))
        case Declaration("status", text=text) if not _BEYOND.search(text):
            return _of_status(placed, text)
        case Definition(term=term, body=body) if (unit := _UNITS.get(term.lower())) and not _AS_USUAL.match(body):
            return Release(placed, "a Party", unit=unit)
        case Permission(bearer=Actor() as who, act=act):
            whose = " or ".join(who.roles)
            if act.verb in _DEFERRING:
                return _deferred(placed, whose, act.object)
            later = _LATER.search(f"{act.object} {act.rest}")
            if later is None and not any(_is_late(time) for time in placed.rule.times):
                return None
            thing = _LATER.split(act.object)[0].strip()
            return Release(placed, whose, Event(act.text, act.verb, "", thing, act.to), until=_last(placed.rule.times))
        case _:
            return None


def _of_status(placed: PlacedRule, text: str) -> Release | None:
    if said := _NOT_IN_BREACH.match(text):
        return Release(placed, said["who"]) if said["no"] or _NOBODY.match(text) else None
    said = _NOT_LIABLE.match(text)
    if said is None or not (said["no"] or _NOBODY.match(text)):
        return None
    if _LATENESS.match(said["what"]):
        return Release(placed, said["who"])
    owed = noun(said["what"].partition(" below ")[0].partition(" above ")[0]).head
    return Release(placed, said["who"], owed=owed) if owed else None


def _deferred(placed: PlacedRule, who: str, thing: str) -> Release:
    head = noun(thing).head
    if head in _PERFORMANCE:
        return Release(placed, who)
    verb = lexicon.current().nouns.get(head)
    if verb is None:
        return Release(placed, who, owed=head)
    of = thing.partition(" of ")[2]
    return Release(placed, who, Event(thing, verb, "", of))


def _is_late(time: Time) -> bool:
    return isinstance(time, By | On | Within | Until | After)


def _last(times: tuple[Time, ...]) -> date | None:
    days = (moment.date for time in times if isinstance(moment := getattr(time, "moment", None), Day))
    return max(days, default=None)
