"""What a change of the register does: who comes into a role, who goes out of one, and what else is altered."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from syngraph.engine.governance.register import Principal, Register, RoleHeld
from syngraph.engine.norms.words.roles import EVERYBODY, Roles
from syngraph.engine.norms.words.wording import noun, plain
from syngraph.grammar.lexicon import singular
from syngraph.grammar.rules import Actor

ANYBODY = frozenset({"person", "anyone", "applicant", "candidate", "anybody", "principal"})
"""Nouns that mean somebody of whatever role."""

_OFFICE = frozenset({"officer", "officeholder", "official"})
_PROPOSED = re.compile(
    r"(?:^|\s)(?:(?:proposed|nominated|put\sforward)\sfor\s(?P<what>.+)|(?:concerned|in\squestion|affected)$)"
)
_REMOVAL = re.compile(r"\b(?:remov|expul|exclu|dismiss|recall|suspen)")


class Shift(StrEnum):
    """What becomes of an entry of the register."""

    GAINS = "gains"
    """Somebody comes into a role, or holds it for longer."""
    LOSES = "loses"
    """Somebody goes out of a role, or holds it for less long."""
    ALTERS = "alters"
    """Something else about somebody changes: a name, a key, a weight, who signs."""


@dataclass(frozen=True, slots=True)
class RegisterAct:
    """One change of the register. `role` is "" and `what` says what it is (`name`, `keys`, `weight`) for `Shift.ALTERS`.

    A weight that changes has its role.
    """

    shift: Shift
    principal: str
    role: str = ""
    what: str = ""


def acts(before: Register, after: Register) -> tuple[RegisterAct, ...]:
    """The changes from one register to another, in the order of the one before, those who are new at the end."""
    old = {principal.id: principal for principal in before.principals}
    new = {principal.id: principal for principal in after.principals}
    return tuple(act for id_ in {**old, **new} for act in _of_one(id_, old.get(id_), new.get(id_)))


def described(who: Actor) -> tuple[str, ...]:
    """Each role of those whom a sentence means, with what it says of them."""
    return tuple(f"{role} {who.qualifier}".strip() for role in who.roles)


def is_proposed(words: str) -> bool:
    """Whether words mean those whom the very change is about.

    >>> is_proposed("the Member proposed for removal"), is_proposed("the Member who proposed it")
    (True, False)
    """
    return _PROPOSED.search(words) is not None


def proposed_role(words: str) -> str | None:
    """The role, as written, of those whom words mean as proposed for removal; None where they mean somebody else.

    >>> proposed_role("the Member proposed for removal"), proposed_role("the Member nominated for election")
    ('the Member', None)
    """
    found = _PROPOSED.search(words)
    if found is None or (found["what"] and not _REMOVAL.match(found["what"])):
        return None
    return words[: found.start()]


def is_role(phrase: str, role: str, known: Roles, voting: Collection[str]) -> bool:
    """Whether a noun phrase means a role, by its name or as an office; `voting` are the roles that are none."""
    phrase = re.sub(r"\b(?:new|former|other|single|incumbent)\s", "", plain(phrase))
    head = noun(phrase).head
    key = known.key(phrase) or (known.key(head) if head else "")
    if key and plain(key) not in EVERYBODY:
        return plain(key) == plain(role)
    if head in _OFFICE:
        return plain(role) not in voting
    return plain(singular(phrase)) == plain(role)


def _of_one(id_: str, was: Principal | None, now: Principal | None) -> Iterator[RegisterAct]:
    roles = dict.fromkeys(held.role.casefold() for principal in (was, now) if principal for held in principal.roles)
    found: list[RegisterAct] = []
    for role in roles:
        before = [held for held in (was.roles if was else ()) if held.role.casefold() == role]
        after = [held for held in (now.roles if now else ()) if held.role.casefold() == role]
        if _said(before) != _said(after):
            found += _of_role(id_, (before or after)[0].role, before, after)
    yield from found
    if was is None or now is None:
        if not found:
            yield RegisterAct(Shift.ALTERS, id_, what="entry")
        return
    for what, one, other in (
        ("name", was.name, now.name),
        ("kind", was.kind, now.kind),
        ("keys", _keys(was), _keys(now)),
        ("signatories", (was.signatories, was.jointly), (now.signatories, now.jointly)),
    ):
        if one != other:
            yield RegisterAct(Shift.ALTERS, id_, what=what)


def _of_role(id_: str, role: str, before: list[RoleHeld], after: list[RoleHeld]) -> list[RegisterAct]:
    """What becomes of one role of one principal, day by day."""
    days = {date.min}
    for held in (*before, *after):
        days |= {held.since} if held.since else set()
        days |= {held.until + timedelta(days=1)} if held.until and held.until < date.max else set()
    shifts: dict[Shift, None] = {}
    for day in sorted(days):
        was = [held for held in before if held.on(day)]
        now = [held for held in after if held.on(day)]
        if bool(was) != bool(now):
            shifts[Shift.GAINS if now else Shift.LOSES] = None
        elif [held.weight for held in was] != [held.weight for held in now]:
            shifts[Shift.ALTERS] = None
    shifts = shifts or {Shift.ALTERS: None}
    return [RegisterAct(shift, id_, role, "weight" if shift is Shift.ALTERS else "") for shift in shifts]


def _said(roles: list[RoleHeld]) -> list[tuple[object, ...]]:
    return [(held.role, held.since, held.until, held.weight) for held in roles]


def _keys(principal: Principal) -> list[tuple[object, ...]]:
    return [(" ".join(key.line.split()[:2]), key.since, key.until, key.compromised) for key in principal.keys]
