"""The register: who the principals of an agreement are, and which roles they have had since when."""

import re
from dataclasses import dataclass
from datetime import date

from syngraph.engine.norms.roles import Holding
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.notations import yaml
from syngraph.engine.text.provenance import Place
from syngraph.engine.text.store import decoded

KINDS = ("person", "organisation")
_KEYS = ("principals",)
_PRINCIPAL_KEYS = ("id", "name", "kind", "roles", "keys")
_ROLE_KEYS = ("role", "since", "until")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class RegisterError(TextError):
    """A register that says something that cannot be."""


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role and the days on which it is held, both included; None where that end is open."""

    role: str
    since: date | None
    until: date | None
    place: Place


@dataclass(frozen=True, slots=True)
class Principal:
    """A person or an organisation that can be bound. `keys` are the public keys it signs with, as written."""

    id: str
    name: str
    kind: str
    roles: tuple[RoleHeld, ...]
    keys: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Register:
    """The principals, in the order written."""

    path: str
    principals: tuple[Principal, ...]

    @property
    def roles(self) -> frozenset[str]:
        """Every role that anybody has or had."""
        return frozenset(held.role for principal in self.principals for held in principal.roles)


def load(source: bytes, path: str) -> Register:
    """The register in a file's content.

    Raises: RegisterError, StoreError, YamlError
    """
    mapping = yaml.read(decoded(source, path), path)
    yaml.known(mapping, _KEYS)
    listed = mapping.get("principals")
    if listed is None:
        raise RegisterError(
            "no principals",
            "a list of them",
            "write principals: and below it - {id: ada, name: Ada Quill}",
            place=mapping.place,
        )
    principals: list[Principal] = []
    seen: dict[str, Place] = {}
    for node in yaml.items(listed, "principals"):
        principal = _principal(node)
        if principal.id in seen:
            raise RegisterError(
                f"the id {principal.id} a second time",
                f"an id of its own for each principal (first at {seen[principal.id]})",
                "give one of them another id",
                place=principal.place,
            )
        seen[principal.id] = principal.place
        principals.append(principal)
    return Register(path, tuple(principals))


def holdings(register: Register) -> tuple[Holding, ...]:
    """Who holds which role when, in the order of the register."""
    return tuple(
        Holding(principal.id, principal.name, held.role, held.since, held.until)
        for principal in register.principals
        for held in principal.roles
    )


def written(register: Register) -> str:
    """The register as text that `load` reads back."""
    lines = ["principals:" if register.principals else "principals: []"]
    for principal in register.principals:
        lines += [
            f"  - id: {yaml.quoted(principal.id)}",
            f"    name: {yaml.quoted(principal.name)}",
            f"    kind: {principal.kind}",
        ]
        if principal.roles:
            lines.append("    roles:")
        for held in principal.roles:
            days = "".join(f", {key}: {day}" for key, day in (("since", held.since), ("until", held.until)) if day)
            lines.append(f"      - {{role: {yaml.quoted(held.role)}{days}}}")
        if principal.keys:
            lines.append(f"    keys: [{', '.join(map(yaml.quoted, principal.keys))}]")
    return "\n".join(lines) + "\n"


def _principal(node: yaml.Node) -> Principal:
    if not isinstance(node, yaml.Mapping):
        raise RegisterError(
            "a principal without keys and values",
            "id, name, kind and roles",
            "write {id: ada, name: Ada Quill}",
            place=node.place,
        )
    yaml.known(node, _PRINCIPAL_KEYS)
    id_ = _string(node, "id")
    if id_ is None or not _ID.fullmatch(id_):
        raise RegisterError(
            f"the id “{id_}”" if id_ is not None else "a principal without an id",
            "an id of letters, digits, - and .",
            "write id: ada",
            place=_where(node, "id"),
        )
    name = _string(node, "name")
    if not name:
        raise RegisterError(
            f"no name for {id_}", "the name as it stands in the text", "write name: Ada Quill", place=_where(node, "name")
        )
    kind = _string(node, "kind") or KINDS[0]
    if kind not in KINDS:
        raise RegisterError(f"the kind {kind}", " or ".join(KINDS), yaml.suggestion(kind, KINDS), place=_where(node, "kind"))
    roles, keys = node.get("roles"), node.get("keys")
    return Principal(
        id_,
        name,
        kind,
        tuple(_role(item) for item in yaml.items(roles, "roles")) if roles else (),
        tuple(yaml.text(item, "a key").string for item in yaml.items(keys, "keys")) if keys else (),
        _where(node, "id"),
    )


def _role(node: yaml.Node) -> RoleHeld:
    if isinstance(node, yaml.Scalar) and node.text:
        return RoleHeld(node.text.string, None, None, node.place)
    if not isinstance(node, yaml.Mapping):
        raise RegisterError("a role without a name", "a role", "write {role: Member, since: 2026-01-01}", place=node.place)
    yaml.known(node, _ROLE_KEYS)
    role = _string(node, "role")
    if not role:
        raise RegisterError(
            "a role without a name", "a role", "write {role: Member, since: 2026-01-01}", place=_where(node, "role")
        )
    since, until = _day(node, "since"), _day(node, "until")
    if since and until and until < since:
        raise RegisterError(
            f"the role {role} until {until}",
            f"a day not before {since}, when it begins",
            "mend one of the two",
            place=_where(node, "until"),
        )
    return RoleHeld(role, since, until, node.place)


def _day(node: yaml.Mapping, key: str) -> date | None:
    said = _string(node, key)
    if not said:
        return None
    place = _where(node, key)
    if not _DAY.fullmatch(said):
        raise RegisterError(f"the day “{said}”", "a day as 2026-01-31", "write year, month and day in figures", place=place)
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        raise RegisterError(
            f"the day {said} ({error})", "a day of the calendar", "check the month and the day", place=place
        ) from None


def _string(node: yaml.Mapping, key: str) -> str | None:
    value = node.get(key)
    return None if value is None else yaml.text(value, key).string


def _where(node: yaml.Mapping, key: str) -> Place:
    value = node.get(key)
    return value.place if value is not None else node.place
