"""Principals: who they are, which roles they hold with what weight, and which keys sign for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from syngraph.engine.norms.words.roles import Holding
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.provenance import Place

KINDS = ("person", "organisation")


class RegisterError(TextError):
    """A register that says something that cannot be."""


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role and the days on which it is held, both included; None where that end is open.

    `weight` is how many votes or shares go with it, None where the register does not say.
    """

    role: str
    since: date | None
    until: date | None
    place: Place
    weight: int | None = None

    def on(self, day: date) -> bool:
        """Whether the role is held that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class KeyHeld:
    """A public key, as a line of a `.pub` file, and the days on which it signs, both included.

    From `compromised` on it signs nothing that is new; what was decided with it before stays decided.
    """

    line: str
    since: date | None
    until: date | None
    compromised: date | None
    place: Place

    @property
    def blob(self) -> str:
        """The key itself in base64, without its type and comment: what makes two lines the same key."""
        return blob(self.line)

    def on(self, day: date) -> bool:
        """Whether the key signs what is dated that day."""
        begun = self.since is None or self.since <= day
        ended = (self.until is not None and day > self.until) or (self.compromised is not None and day >= self.compromised)
        return begun and not ended


@dataclass(frozen=True, slots=True)
class Principal:
    """A person or an organisation that can be bound.

    For an organisation its `signatories` sign (ids of persons), `jointly` of them together; its own keys, if it has any, sign
    alone.
    """

    id: str
    name: str
    kind: str
    roles: tuple[RoleHeld, ...]
    keys: tuple[KeyHeld, ...]
    place: Place
    signatories: tuple[str, ...] = ()
    jointly: int = 1

    def holds(self, role: str, day: date) -> bool:
        """Whether the principal has the role that day; its name in any case."""
        return any(held.role.casefold() == role.casefold() and held.on(day) for held in self.roles)


@dataclass(frozen=True, slots=True)
class Register:
    """The principals, in the order written."""

    path: str
    principals: tuple[Principal, ...]

    @property
    def roles(self) -> frozenset[str]:
        """Every role that anybody has or had."""
        return frozenset(held.role for principal in self.principals for held in principal.roles)

    def principal(self, id: str) -> Principal | None:
        """The principal with that id."""
        return next((principal for principal in self.principals if principal.id == id), None)

    def holders(self, role: str, day: date) -> tuple[Principal, ...]:
        """Who has the role that day, in the order of the register."""
        return tuple(principal for principal in self.principals if principal.holds(role, day))

    def held(self, role: str, day: date) -> Iterator[tuple[Principal, RoleHeld]]:
        """Who has the role that day, each with that holding of it (the first, where there are several)."""
        for principal in self.principals:
            for held in principal.roles:
                if held.role.casefold() == role.casefold() and held.on(day):
                    yield principal, held
                    break


def holdings(register: Register) -> tuple[Holding, ...]:
    """Who holds which role when, in the order of the register."""
    return tuple(
        Holding(principal.id, principal.name, held.role, held.since, held.until)
        for principal in register.principals
        for held in principal.roles
    )


def same(one: Register, other: Register) -> bool:
    """Whether two registers say the same, wherever they say it."""
    return [_said(each) for each in one.principals] == [_said(each) for each in other.principals]


def _said(principal: Principal) -> object:
    return (
        principal.id,
        principal.name,
        principal.kind,
        [(held.role, held.since, held.until, held.weight) for held in principal.roles],
        [(" ".join(key.line.split()[:2]), key.since, key.until, key.compromised) for key in principal.keys],
        principal.signatories,
        principal.jointly,
    )


def blob(line: str) -> str:
    """The base64 part of a public key line, "" where the line is none."""
    parts = line.split()
    return parts[1] if len(parts) >= 2 else ""
