"""Who holds which role on which day, and whom a name in a text or a fact means."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from syngraph.engine.norms.words.wording import plain
from syngraph.grammar.lexicon import singular

_BETWEEN = re.compile(r",\s*and\s|,|\sand\s")
EVERYBODY = frozenset({"party", "person", "anyone", "principal", "signatory"})
"""Roles that everybody in the register has, where the register does not give them to anybody."""


@dataclass(frozen=True, slots=True)
class Holding:
    """That a principal has a role from `since` (None: from the beginning) until `until` (None: still), both days included."""

    principal: str
    name: str
    role: str
    since: date | None = None
    until: date | None = None

    def on(self, day: date) -> bool:
        """Whether the role is held that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Roles:
    """The holdings of a register, found by role, by principal and by name.

    `roles` has holdings by role in lower case, `names` the ids that a name, a part of a name or an id in lower case means,
    `principals` the name of each id. `changes` are the days on which somebody comes into a role or is out of one, in order;
    `memory` keeps what `holders` has answered, and `meanings` what `meant` has.
    """

    roles: Mapping[str, tuple[Holding, ...]]
    names: Mapping[str, frozenset[str]]
    principals: Mapping[str, str]
    changes: tuple[date, ...] = ()
    memory: dict[tuple[str, int], tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)
    meanings: dict[tuple[str, int], frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    def key(self, role: str) -> str:
        """The role of the register that a noun in singular or plural (or `other` ones) means, "" for none."""
        name = plain(role).removeprefix("other ")
        if name in self.roles:
            return name
        one = singular(name)
        return one if one in self.roles or one in EVERYBODY else ""

    def of(self, role: str) -> tuple[Holding, ...]:
        """Every holding of a role, at any time, in the order of the register."""
        key = self.key(role)
        if key in self.roles:
            return self.roles[key]
        return tuple(Holding(id_, name, role) for id_, name in self.principals.items()) if key else ()

    def era(self, day: date) -> int:
        """A number that is the same for two days as long as no role has changed hands between them."""
        return bisect_right(self.changes, day)

    def holders(self, role: str, day: date) -> tuple[str, ...]:
        """The ids of those who hold a role on a day, each once."""
        place = (role, self.era(day))
        known = self.memory.get(place)
        if known is None:
            known = tuple(dict.fromkeys(holding.principal for holding in self.of(role) if holding.on(day)))
            self.memory[place] = known
        return known

    def holds(self, principal: str, role: str, day: date) -> bool:
        """Whether somebody holds a role on a day."""
        return principal in self.holders(role, day)

    def everybody(self, day: date) -> frozenset[str]:
        """The ids of those who hold any role on a day."""
        return frozenset(held.principal for holdings in self.roles.values() for held in holdings if held.on(day))

    def meant(self, phrase: str, day: date) -> frozenset[str]:
        """The ids that `Bora`, `Bora Lindqvist`, `the Tenant`, `each Member`, an id, or several of these joined by `and` mean
        on a day; empty for a stranger, also for one among several.
        """
        place = (phrase, self.era(day))
        known = self.meanings.get(place)
        if known is None:
            known = self._meaning(phrase, day)
            self.meanings[place] = known
        return known

    def _meaning(self, phrase: str, day: date) -> frozenset[str]:
        name = plain(phrase)
        found = self.names.get(name)
        if found is not None and len(found) == 1:
            return found
        if self.key(name):
            return frozenset(self.holders(name, day))
        each = [self.meant(part, day) for part in parts(phrase)]
        return frozenset(one for part in each for one in part) if all(each) else frozenset()

    def known(self, phrase: str) -> bool:
        """Whether a name or a role, or each of several joined by `and`, is in the register at any time."""
        name = plain(phrase)
        if name in self.names or self.key(name):
            return True
        named = parts(phrase)
        return bool(named) and all(self.known(part) for part in named)

    def name(self, principal: str) -> str:
        """The full name of an id; a stranger's is the id itself."""
        return self.principals.get(principal, principal)


def parts(phrase: str) -> tuple[str, ...]:
    """The names in a list of several (`Bora, Ivo and Carla`), empty where there is but one."""
    found = tuple(part.strip() for part in _BETWEEN.split(phrase))
    return found if len(found) > 1 and all(found) else ()


def roles(holdings: Iterable[Holding]) -> Roles:
    """The holdings, indexed. A first name or surname means somebody as long as only one person has it."""
    by_role: dict[str, list[Holding]] = {}
    changes: set[date] = set()
    names: dict[str, set[str]] = {}
    principals: dict[str, str] = {}
    for holding in holdings:
        by_role.setdefault(plain(holding.role), []).append(holding)
        principals.setdefault(holding.principal, holding.name)
        if holding.since is not None:
            changes.add(holding.since)
        if holding.until is not None:
            changes.add(holding.until + timedelta(days=1))
    for principal, name in principals.items():
        for part in (principal, name, *name.split()):
            names.setdefault(plain(part), set()).add(principal)
    # A whole name or an id is somebody's own, even where it is also part of another's name.
    for principal, name in principals.items():
        names[plain(name)] = {principal}
        names[plain(principal)] = {principal}
    # The dot of an abbreviation at the end of a name is also that of the sentence.
    for principal, name in principals.items():
        names.setdefault(plain(name).rstrip("."), {principal})
    return Roles(
        {role: tuple(held) for role, held in by_role.items()},
        {name: frozenset(ids) for name, ids in names.items() if name},
        principals,
        tuple(sorted(changes)),
    )
