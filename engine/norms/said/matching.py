"""Whether a fact is the act, or the event, that a rule speaks of, and why or why not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from typing import TypeVar

from syngraph.engine.norms.said.addressing import addressee
from syngraph.engine.norms.said.listing import singly
from syngraph.engine.norms.said.pronouns import TELLING
from syngraph.engine.norms.said.telling import is_told_of
from syngraph.engine.norms.said.texts import Slot
from syngraph.engine.norms.sums.money import written
from syngraph.engine.norms.sums.quantity import asked, quantity, uncounted
from syngraph.engine.norms.words.comparing import Likeness, is_kind, is_of_some, is_one_of, likeness
from syngraph.engine.norms.words.manner import bare, timeless
from syngraph.engine.norms.words.periods import without_period
from syngraph.engine.norms.words.roles import Roles
from syngraph.engine.norms.words.wording import LIGHT_VERBS, PREPOSITIONS, Noun, noun, plain, same
from syngraph.grammar import lexicon
from syngraph.grammar.amounts import Amount, DayOfYear, Each, Event, Money, Named, NthDay
from syngraph.grammar.phrases.sums import amount as money
from syngraph.grammar.rules import Act, Fact, Norm, Obligation, Power, PowerKind, Prohibition

GENERAL = frozenset({"obligation", "duty", "provision", "agreement", "bylaw", "breach", "failure", "default"})
"""Nouns that stand for whatever somebody has to do."""

GIVING = ("give", "serve", "send")

_THIRD_PARTY = Noun("party", frozenset({"third"}))
_SECTION = re.compile(r"\[[^\]]*\]\((#[^)]+)\)|\b[Ss]ections? (\d+(?:\.\d+)*(?:\([a-z]\))?)")
_ANYONE = frozenset({"person", "anyone", "anybody", "someone", "somebody"})
_OUTSIDER = re.compile(r"\bwho (?:is|are) (?:not|no) (?:an? )?([A-Za-z]+)$")


_Said = TypeVar("_Said", Act, Event)


class Strength(IntEnum):
    """How surely a fact belongs to a rule."""

    OTHERWISE = 0
    """By a sum of money alone, and by paying where the rule says `repay` or the like: if nothing else fits."""
    AMOUNT = 1
    """By the verb and a sum of money alone."""
    NAMED = 2
    """By the verb and its object."""
    CITED = 3
    """By the section that the fact names."""


@dataclass(frozen=True, slots=True)
class Match:
    """The fact is of the kind that the rule speaks of."""

    strength: Strength
    why: str


@dataclass(frozen=True, slots=True)
class Perhaps:
    """The words do not tell whether the fact is of the kind that the rule speaks of: people must say."""

    why: str


@dataclass(frozen=True, slots=True)
class Mismatch:
    """The fact is of another kind."""

    why: str


def act_of(slot: Slot, fact: Fact, bodies: Mapping[str, str], roles: Roles) -> Match | Perhaps | Mismatch:
    """Whether a fact is the act of a norm, leaving aside who did it. `bodies` are what defined terms stand for.

    A section that the fact names decides which rule is meant; else the objects must be able to mean the same thing, where a
    bare sum of money can be any payment. Another thing is never what was asked for, whatever section the fact names.
    """
    if pairs := singly(slot, fact):
        found = [act_of(one, told, bodies, roles) for one, told in pairs]
        return next((each for each in found if isinstance(each, Match)), _nearest(found))
    if fact.event.verb in TELLING and (directed := _directed(slot, fact, roles)):
        return act_of(*directed, bodies, roles)
    act, event = slot.act, fact.event
    notice = isinstance(slot.norm, Power) and _is_notice_of(event, act)
    if act.verb != event.verb and not notice and not _is_payment_of(slot.norm, fact):
        return Mismatch(f"the fact says {event.verb or event.text!r}, the rule {act.verb!r}")
    if fact.under and not slot.is_in(fact.under):
        return Mismatch(f"the fact speaks of section {fact.under}, the rule stands in section #{slot.section}")
    if notice:
        return Match(Strength.NAMED, f"{event.text} is how to {act.verb}")
    ruled = f"{act.to} {act.rest}" if act.rest.startswith("who ") else addressee(act, roles)
    if not counterparty(event.to, ruled, fact.day, roles):
        return Mismatch(f"the fact went to {event.to}, the rule says {ruled}")
    if short := _within_bound(act, fact.amount):
        return Mismatch(short)
    what = bare(event.object)
    if isinstance(slot.norm, Power) and slot.norm.kind in _FOR_A_TIME:
        what = timeless(what)
    if _comes_again(slot.norm) and without_period(act.object) == act.object:
        what = without_period(what)
    near = _object(what, slot.norm, fact.amount, bodies)
    if isinstance(near, Match) and near.strength is Strength.AMOUNT and act.verb != event.verb:
        near = replace(near, strength=Strength.OTHERWISE)
    if not fact.under or isinstance(near, Perhaps):
        return near
    cited = Match(Strength.CITED, f"the fact names section {slot.number or slot.section}")
    thing = bare(event.object)
    if isinstance(near, Match) or not noun(thing).head or act.amount is not None or fact.amount is not None or not act.object:
        return cited
    if noun(thing).head == noun(act.object).head:
        return near
    return Perhaps(f"the fact names section {slot.number or slot.section} and is about {thing}, the rule about {act.object}")


def _comes_again(norm: Norm) -> bool:
    """Whether a norm asks for something in each of many periods, so that a fact may tell for which it was done."""
    moments = (getattr(time, "moment", None) or getattr(time, "after", None) for time in norm.times)
    return any(isinstance(time, Each) for time in norm.times) or any(isinstance(one, NthDay | DayOfYear) for one in moments)


_FOR_A_TIME = frozenset({PowerKind.SUSPEND, PowerKind.EXTEND, PowerKind.RENEW})
"""What can be done for a time that the fact names."""


def _directed(slot: Slot, fact: Fact, roles: Roles) -> tuple[Slot, Fact] | None:
    """Whom a rule and a fact say is to be told, apart from what (`notify the Seller of any leak`); None where neither says."""
    act, event = _apart(slot.act, roles), _apart(fact.event, roles)
    if act is slot.act and event is fact.event:
        return None
    if isinstance(slot.norm, Obligation) and not act.object and event.object and is_told_of(event.object, slot.norm):
        event = replace(event, object="")
    return replace(slot, norm=replace(slot.norm, act=act)), replace(fact, event=event)


def _apart(one: _Said, roles: Roles) -> _Said:
    whom, of, what = one.object.partition(" of ")
    if one.to or not roles.known(whom):
        return one
    return replace(one, object=what if of else "", to=whom)


def _nearest(found: list[Match | Perhaps | Mismatch]) -> Match | Perhaps | Mismatch:
    """Of what came of several things the one that may be meant, else the first."""
    return next((each for each in found if not isinstance(each, Mismatch)), found[0])


def event_of(event: Event, fact: Fact, roles: Roles) -> Match | Perhaps | Mismatch:
    """Whether a fact is the event that a text names, with its actor."""
    if not event.verb:
        return _happening(event.text, fact)
    if event.verb != fact.event.verb:
        return Mismatch(f"the fact says {fact.event.verb or fact.event.text!r}, the text {event.verb!r}")
    if event.verb in TELLING:
        event, fact = _apart(event, roles), replace(fact, event=_apart(fact.event, roles))
    if event.actor and not acted(event.actor, fact, roles):
        return Mismatch(f"the fact is of {fact.event.actor or 'nobody'}, the text says {event.actor}")
    if not counterparty(fact.event.to, event.to, fact.day, roles):
        return Mismatch(f"the fact went to {fact.event.to}, the text says {event.to}")
    if event.object and fact.event.object and not _is_bare_sum(event, fact) and not _person(event, fact, roles):
        like = likeness(fact.event.object, event.object, event.verb not in _OF_FAULTS)
        if like is Likeness.OTHER:
            return Mismatch(f"the fact is about {fact.event.object}, the text about {event.object}")
        if like in (Likeness.VAGUE, Likeness.LESSER):
            return Perhaps(f"the fact speaks of {fact.event.object}, the text of {event.object}")
    return Match(Strength.NAMED if event.object else Strength.AMOUNT, f"the fact is {event.text or event.verb}")


def may_be(event: Event, fact: Fact, roles: Roles) -> bool:
    """Whether any fact with these words can be that event, on some day and by somebody."""
    if not event.verb:
        return isinstance(_happening(event.text, fact), Match)
    if event.verb != fact.event.verb:
        return False
    if event.verb in TELLING:
        return True
    known = not event.object or not fact.event.object or _is_bare_sum(event, fact)
    known = known or likeness(fact.event.object, event.object) is not Likeness.OTHER
    return known or bool(roles.key(event.object))


def _is_bare_sum(event: Event, fact: Fact) -> bool:
    """Whether a fact tells that a sum was paid, and not for what: whether it is that of the event its amount tells."""
    return event.verb == "pay" and fact.amount is not None and not noun(fact.event.object).head


def acted(phrase: str, fact: Fact, roles: Roles) -> bool:
    """Whether those who acted in a fact are, or are among, those whom a phrase means; a fact without actor says nothing."""
    if not fact.event.actor:
        return True
    if plain(phrase) == plain(fact.event.actor):
        return True
    meant = roles.meant(phrase, fact.day)
    return bool(meant) and bool(meant & roles.meant(fact.event.actor, fact.day))


def actors(fact: Fact, roles: Roles) -> frozenset[str]:
    """The ids of those who acted; the phrase in lower case where the register does not know them; empty for nobody named."""
    if not fact.event.actor:
        return frozenset()
    return roles.meant(fact.event.actor, fact.day) or frozenset({plain(fact.event.actor)})


def event_keys(event: Event) -> tuple[str, ...]:
    """What a fact must offer (`fact_keys`) to be that event: its verb, or the noun that it is called by."""
    return (event.verb,) if event.verb else (f"~{noun(event.text).head}",)


def fact_keys(fact: Fact) -> tuple[str, ...]:
    """The verb of a fact and the nouns under which a text may speak of it."""
    verb = fact.event.verb
    # A verb can be its own noun (`upon dispatch`).
    nouns = (f"~{verb}", *(f"~{noun(word).head}" for word in lexicon.inflected(verb).nouns)) if verb else ()
    thing = (f"~{noun(fact.event.object).head}",) if not verb or verb in LIGHT_VERBS else ()
    return (verb, *nouns, *thing, f"~{noun(fact.event.text).head}") if not verb else (verb, *nouns, *thing)


def section_in(phrase: str) -> str:
    """The section that a phrase names (`the condition of [](#dues)`, `the breach of section 4.2`), "" for none."""
    found = _SECTION.search(phrase)
    return (found[1] or found[2]) if found else ""


def counterparty(said: str, ruled: str, day: date, roles: Roles) -> bool:
    """Whether the one to whom something was done can be the one to whom it was to be; who is not named may be anybody."""
    if not said or not ruled or plain(said) == plain(ruled):
        return True
    named = roles.meant(said, day)
    if noun(ruled) == _THIRD_PARTY:
        return not named
    if outsider := _OUTSIDER.search(ruled):
        return not any(roles.holds(principal, outsider[1], day) for principal in named)
    if noun(ruled).head in _ANYONE:
        return True
    meant = roles.meant(ruled, day)
    # A counterparty whom the register does not know cannot be told from the one named.
    return bool(meant & named) if meant and named else not (meant or named) and same(said, ruled)


# -- parts -------------------------------------------------------------------------------------------------------------


_BOUND = re.compile(r"(?:[\w’'-]+\s){0,4}?(?P<than>more\sthan|over|less\sthan)\s")


def is_bounded(act: Act) -> bool:
    """Whether only some sums of money are what an act speaks of (`spend more than EUR 500`)."""
    return _BOUND.match(act.object) is not None and isinstance(act.amount, Money)


def _within_bound(act: Act, amount: Amount | None) -> str:
    """Why a sum is not one that an act with a bound speaks of (`spend more than EUR 500`), "" when it may be."""
    bound = _BOUND.match(act.object)
    if bound is None or not isinstance(act.amount, Money) or not isinstance(amount, Money):
        return ""
    if act.amount.currency != amount.currency:
        return ""
    less = bound["than"].startswith("less")
    beyond = amount.amount < act.amount.amount if less else amount.amount > act.amount.amount
    return "" if beyond else f"{written(amount)} is not {bound['than']} {written(act.amount)}"


def _object(said: str, norm: Norm, amount: Amount | None, bodies: Mapping[str, str]) -> Match | Perhaps | Mismatch:
    act = norm.act
    if act.amount is not None and bare(act.object) != act.object:
        act = replace(act, object=bare(act.object))
    where = said.partition(" ")[0].casefold() in PREPOSITIONS and not act.object
    if where or not noun(said).head:
        return _unnamed(act, amount)
    like = _likest(said, act, bodies)
    if like is Likeness.SAME and _is_each(norm) and is_one_of(said, act.object):
        like = Likeness.LESSER
    if like is Likeness.OTHER:
        return Mismatch(f"the fact is about {said}, the rule about {act.object or 'nothing'}")
    if like in _DOUBTFUL[type(norm) if isinstance(norm, Prohibition | Obligation | Power) else None]:
        return Perhaps(f"the fact speaks of {said}, the rule of {act.object}")
    by = "" if likeness(said, act.object, False) is not Likeness.OTHER else "by the definitions "
    return Match(Strength.NAMED, f"{by}{said} is {act.object}")


_DOUBTFUL: Mapping[type[object] | None, frozenset[Likeness]] = {
    Obligation: frozenset({Likeness.VAGUE, Likeness.LESSER}),
    Prohibition: frozenset({Likeness.OPEN, Likeness.VAGUE}),
    Power: frozenset({Likeness.LESSER}),
    None: frozenset(),
}
"""What cannot be told by kind of norm: part of what was to be done may not do, and part of what is forbidden is forbidden."""
_OF_FAULTS = frozenset(
    ("repair", "replace", "correct", "remedy", "cure", "fix", "mend", "reject", "refuse", "collect", "remove")
) | frozenset(("dispose", "report", "recall", "inspect", "test"))
"""Acts that are done to a thing because it has a fault."""


def _is_each(norm: Norm) -> bool:
    """Whether a duty is about all there are at once, and not about each as it comes."""
    moments = (getattr(time, "moment", None) or getattr(time, "after", None) for time in norm.times)
    return isinstance(norm, Obligation) and not norm.conditions and not any(isinstance(one, Event) for one in moments)


def _unnamed(act: Act, amount: Amount | None) -> Match | Mismatch:
    """A fact that names no thing, or a bare sum of money."""
    if act.amount is not None and amount is not None:
        return Match(Strength.AMOUNT, f"a sum of money can be {act.object}")
    if act.amount is not None:
        return Mismatch("the fact does not say how much was paid")
    if not noun(act.object).head:
        return Match(Strength.NAMED if not act.object else Strength.AMOUNT, f"the fact says {act.verb} and nothing else")
    return Mismatch(f"the fact does not say what, the rule says {act.object}")


def _likest(said: str, act: Act, bodies: Mapping[str, str]) -> Likeness:
    """How far a fact can be about what an act is about, by the words or by what defined terms stand for."""
    with_faults = act.verb not in _OF_FAULTS
    some = Likeness.SAME
    if (wanted := asked(act.object, bodies)) is not None and is_of_some(said):
        some = Likeness.LESSER
    if quantity(said) is not None and wanted is not None:
        # How many there were is counted, not compared.
        said, act = uncounted(said), replace(act, object=uncounted(act.object))
        bodies = {term: uncounted(bodies[term]) for term in (*_terms(act), plain(said)) if term in bodies}
        if plain(act.object) not in bodies and noun(wanted.thing).modifiers > noun(said).modifiers:
            some = Likeness.VAGUE
    found = [likeness(said, act.object, with_faults)]
    found += [
        likeness(said, bodies[term], with_faults)
        for term in _terms(act)
        if term in bodies and _is_comparable(said, bodies[term])
    ]
    if plain(said) in bodies and _is_comparable(bodies[plain(said)], act.object):
        found.append(likeness(bodies[plain(said)], act.object, with_faults))
    like = min(found)
    if like is not Likeness.OTHER:
        like = max(like, some)
    kind = next((bodies[term] for term in _terms(act) if term in bodies), act.object)
    return Likeness.VAGUE if like is Likeness.OTHER and act.amount is None and is_kind(kind, said) else like


def _is_comparable(said: str, body: str) -> bool:
    return bool(noun(said).head) or money(said) == money(body)


def stands_for(said: str, act: Act, bodies: Mapping[str, str]) -> bool:
    """Whether the definitions make what is said and what an act is about the same thing."""
    return any(term in bodies and _alike(said, bodies[term]) for term in _terms(act)) or (
        plain(said) in bodies and _alike(bodies[plain(said)], act.object)
    )


def _alike(first: str, second: str) -> bool:
    """Whether two phrases can mean the same thing; bare sums of money only if they are the same sum."""
    first, second = uncounted(first), uncounted(second)
    return same(first, second) and (bool(noun(first).head) or money(first) == money(second))


REPAYING = frozenset({"refund", "repay", "reimburse", "contribute", "remit", "deposit", "compensate"})
"""Verbs of what is done by paying, where a payment says that it is for that."""


def _is_payment_of(norm: Norm, fact: Fact) -> bool:
    """Whether somebody paid a sum for what is called otherwise: by its section, or for a duty (`paid EUR 5`, for `refund`)."""
    if norm.act.verb not in REPAYING or fact.event.verb != "pay" or fact.amount is None:
        return False
    return bool(fact.under) or (isinstance(norm, Obligation) and norm.act.amount is not None)


def _is_notice_of(event: Event, act: Act) -> bool:
    """Whether somebody gave notice of an act (`gave Bora 60 days' notice of termination`)."""
    about = noun(event.object)
    if event.verb not in GIVING or about.head != "notice" or about.complement is None:
        return False
    return about.complement.head in (act.verb, *lexicon.inflected(act.verb).nouns)


def _terms(act: Act) -> tuple[str, ...]:
    name = (plain(act.amount.name),) if isinstance(act.amount, Named) else ()
    return (plain(act.object), *name)


def _person(event: Event, fact: Fact, roles: Roles) -> bool:
    """Whether the object of a fact is a holder of the role that the text names as object (`admits a Member`)."""
    return bool(roles.meant(event.object, fact.day) & roles.meant(fact.event.object, fact.day))


def _happening(text: str, fact: Fact) -> Match | Mismatch:
    """A noun (`each meeting`, `the claim`) happened when somebody held, gave, made one, or did the verb that it comes from."""
    ruled, event = noun(text), fact.event
    if not event.verb:
        found = same(event.text, text)
        return Match(Strength.NAMED, f"the fact is {text}") if found else Mismatch(f"the fact is not {text}")
    said = noun(event.object)
    if event.verb in LIGHT_VERBS and _like(said, ruled):
        return Match(Strength.NAMED, f"{event.text} is {text}")
    nouns = (noun(word).head for word in lexicon.inflected(event.verb).nouns)
    if ruled.head in nouns or (event.verb == ruled.head and not ruled.modifiers):
        about = ruled.complement is None or not said.head or said.head == ruled.complement.head
        if about:
            return Match(Strength.NAMED, f"{event.text} is {text}")
    return Mismatch(f"{event.text or event.verb} is not {text}")


_FURTHER = frozenset({"further", "second", "subsequent", "additional", "another"})
"""Words for one more of a kind: the first is not that."""


def _like(said: Noun, ruled: Noun) -> bool:
    if said.head != ruled.head or (ruled.modifiers & _FURTHER) - said.modifiers:
        return False
    return said.complement is None or ruled.complement is None or said.complement.head == ruled.complement.head
