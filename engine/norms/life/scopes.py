"""Of what a fact speaks that suspends, extends, waives or hands over: the agreement, a section, somebody's duties, an act."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from syngraph.engine.norms.life.instances import ANYBODY, THE, Instance, Reason
from syngraph.engine.norms.said import matching
from syngraph.engine.norms.said.texts import Slot
from syngraph.engine.norms.sums.money import is_for_delay
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.engine.norms.words.manner import bare
from syngraph.engine.norms.words.roles import Roles
from syngraph.engine.norms.words.wording import DETERMINERS, Noun, noun
from syngraph.grammar import lexicon
from syngraph.grammar.rules import Fails, Happens, Late, Obligation

AGREEMENTS = frozenset({"agreement", "bylaw", "lease", "contract", "charter", "constitution", "term"})
"""Nouns for the whole."""
_DUTIES = frozenset({"obligation", "duty", "performance"})
_SUSPENSION = "suspension"
_OWN = re.compile(r"\b(?:its|their|his|her)(?: own)?\b", re.IGNORECASE)
_OWNER = re.compile(r"([A-Za-z][\w -]{0,60}?)(?:['’]s|s['’]) ")
_PRONOUNS = frozenset({"it", "them", "this", "that"})
_REFERENCE = re.compile(r"(?:\b(?:under|of|in)\s+)?(?:\[[^\]]*\]\(#[^)]+\)|\b[Ss]ections? \d+(?:\.\d+)*)")
_AROUND = frozenset(
    {"breach", "failure", "default", "violation", "date", "time", "deadline", "period", "day", "term", "late", "delay"}
) | (_DUTIES | matching.GENERAL)
"""Words around the name of an act that add nothing to it (`the delivery date`, `the breach of the delivery`)."""
_DUE = frozenset({"due"})
_DAYS = frozenset({"date", "day"})
_PENALTIES = frozenset({"penalty", "damage", "fee", "charge", "interest", "credit"})


@dataclass(frozen=True, slots=True)
class Scope:
    """What is meant: the norms of a `section`, the duties of `parties`, what `thing` names; all of them together, and
    everything where none is given.
    """

    section: str = ""
    parties: frozenset[str] = field(default_factory=frozenset)
    thing: str = ""

    @property
    def is_all(self) -> bool:
        """Whether the whole agreement is meant."""
        return not (self.section or self.parties or self.thing)


@dataclass(frozen=True, slots=True)
class Suspension:
    """Norms on hold since an instant: those in the scope without those that have been resumed since."""

    scope: Scope
    since: datetime
    reason: Reason
    fact: str
    resumed: tuple[Scope, ...] = ()


def is_suspension(phrase: str) -> bool:
    """Whether a phrase names a suspension (`the suspension of the delivery`)."""
    return noun(bare(_REFERENCE.sub(" ", phrase).strip())).head == _SUSPENSION


def section_of(recorded: RecordedFact) -> str:
    """The section that a fact names, as the one it belongs to or in its object; "" for none."""
    return recorded.fact.under or matching.section_in(recorded.fact.event.object)


def scope_of(recorded: RecordedFact, roles: Roles) -> Scope:
    """What the object of a fact means, who acted being `its` owner."""
    fact = recorded.fact
    section = section_of(recorded)
    phrase = bare(_REFERENCE.sub(" ", fact.event.object).strip())
    about = noun(phrase)
    if about.head == _SUSPENSION and fact.event.verb != "suspend":
        # Who ends a suspension speaks of what was suspended.
        _, _, phrase = phrase.partition(" of ")
        about = noun(phrase)
    if about.head in _DUTIES:
        return Scope(section, _owners(phrase, about, recorded, roles), _performed(about, roles, recorded))
    whole = not about.head or about.head in AGREEMENTS or about.head in _PRONOUNS
    return Scope(section, frozenset(), "" if whole else phrase)


def covers(scope: Scope, instance: Instance) -> bool:
    """Whether an instance is meant."""
    slot = instance.slot
    if scope.section and not slot.is_in(scope.section):
        return False
    # What others owe together with them they owe on.
    own = {one for one in instance.bearers if one not in (THE, ANYBODY)}
    if scope.parties and not (isinstance(slot.norm, Obligation) and own and own <= scope.parties):
        return False
    return not scope.thing or mentions(scope.thing, slot)


def holds(suspension: Suspension, instance: Instance) -> bool:
    """Whether a suspension keeps an instance on hold."""
    return covers(suspension.scope, instance) and not any(covers(free, instance) for free in suspension.resumed)


def mentions(phrase: str, slot: Slot) -> bool:
    """Whether a phrase names what a norm is about, by its verb as a noun or by its object (`the delivery date`)."""
    said = _named(phrase)
    act = slot.act
    verb = lexicon.inflected(act.verb)
    ruled = _words(noun(act.object)) | {noun(word).head for word in (*verb.nouns, act.verb)} | {_gerund(act.verb)}
    if act.to:
        ruled |= _words(noun(act.to))
    if said and said <= ruled:
        return True
    return bool(said) and said <= _PENALTIES and act.amount is not None and _is_for_breach(slot)


def is_general(phrase: str) -> bool:
    """Whether a phrase names a section or a breach and nothing that would say which duty."""
    return not _named(phrase)


def _named(phrase: str) -> frozenset[str]:
    """The words of a phrase that can name an act: `due` of a due date is none, the dues of a club are."""
    words = _words(noun(_REFERENCE.sub(" ", phrase)))
    return words - _AROUND - (_DUE if words & _DAYS else frozenset())


def _is_for_breach(slot: Slot) -> bool:
    """Whether a duty to pay comes from a breach: its condition speaks of one, or its amount grows with a delay."""
    if slot.act.amount is not None and is_for_delay(slot.act.amount):
        return True
    found = (condition.test for condition in slot.norm.conditions)
    return any(
        isinstance(test, Fails | Late) or (isinstance(test, Happens) and test.event.verb in ("breach", "violate"))
        for test in found
    )


def _words(phrase: Noun | None) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    while phrase is not None:
        found |= phrase.modifiers | ({phrase.head} if phrase.head else frozenset())
        phrase = phrase.complement
    return found - DETERMINERS


def _gerund(verb: str) -> str:
    return f"{verb.removesuffix('e')}ing"


def _owners(phrase: str, about: Noun, recorded: RecordedFact, roles: Roles) -> frozenset[str]:
    """Whose duties are meant: `its`, `the Seller's`, `of the Seller`; nobody's for those of all."""
    fact = recorded.fact
    if _OWN.search(phrase):
        return matching.actors(fact, roles)
    owner = _OWNER.search(f"{phrase} ")
    if owner is not None:
        return roles.meant(owner[1].split(" of ")[-1], fact.day)
    _, of, name = phrase.rpartition(" of ")
    return roles.meant(name, fact.day) if of and about.complement is not None else frozenset()


def _performed(about: Noun, roles: Roles, recorded: RecordedFact) -> str:
    """What is performed where a thing is named (`the performance of the delivery`), "" for duties, parties and the whole."""
    of = about.complement
    while of is not None and (of.head in _DUTIES or of.head in AGREEMENTS or roles.meant(of.head, recorded.fact.day)):
        of = of.complement
    return "" if of is None or not of.head else " ".join((*sorted(of.modifiers), of.head))
