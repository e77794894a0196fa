"""Reading `register.yaml`."""

import re
from datetime import date
from functools import lru_cache

from syngraph.engine.governance.register.principals import (
    KINDS,
    KeyHeld,
    Principal,
    Register,
    RegisterError,
    RoleHeld,
    blob,
)
from syngraph.engine.text.notations import yaml
from syngraph.engine.text.provenance import Place
from syngraph.engine.text.store import decoded

MAX_WEIGHT = 10**15
"""The most votes or shares that one holding may have."""

_KEYS = ("principals",)
_PRINCIPAL_KEYS = ("id", "name", "kind", "roles", "keys", "signatories", "jointly")
_ROLE_KEYS = ("role", "since", "until", "weight", "shares")
_KEY_KEYS = ("key", "since", "until", "compromised")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"[1-9]\d{0,15}")


@lru_cache(maxsize=32)
def load(source: bytes, path: str) -> Register:
    """The register in a file's content; the latest ones are kept, since a chain is judged against the same one many times.

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
    _keys_apart(principals)
    _signatories_known(principals)
    return Register(path, tuple(principals))


def _keys_apart(principals: list[Principal]) -> None:
    """No key belongs to two principals, or twice to one."""
    owners: dict[str, tuple[str, Place]] = {}
    for principal in principals:
        for key in principal.keys:
            if key.blob in owners:
                owner, where = owners[key.blob]
                raise RegisterError(
                    f"the key of {owner} (at {where}) a second time, under {principal.id}",
                    "a key of its own for each principal",
                    "give one of them another key, or take this one out",
                    place=key.place,
                )
            owners[key.blob] = (principal.id, key.place)


def _signatories_known(principals: list[Principal]) -> None:
    persons = {principal.id for principal in principals if principal.kind == "person"}
    for principal in principals:
        for signatory in principal.signatories:
            if signatory not in persons:
                raise RegisterError(
                    f"the signatory {signatory} of {principal.id}",
                    "the id of a person in the register",
                    yaml.suggestion(signatory, tuple(sorted(persons))),
                    place=principal.place,
                )
        if principal.jointly > max(1, len(principal.signatories)):
            raise RegisterError(
                f"{principal.jointly} signatories of {principal.id} who sign jointly, of {len(principal.signatories)}",
                "no more than there are",
                "name more signatories, or let fewer sign",
                place=principal.place,
            )


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
    roles, keys, signatories = node.get("roles"), node.get("keys"), node.get("signatories")
    if signatories and kind == "person":
        raise RegisterError(
            f"signatories of {id_}, who is a person",
            "signatories of an organisation only",
            "write kind: organisation, or take them out",
            place=_where(node, "signatories"),
        )
    return Principal(
        id_,
        name,
        kind,
        tuple(_role(item) for item in yaml.items(roles, "roles")) if roles else (),
        tuple(_key(item) for item in yaml.items(keys, "keys")) if keys else (),
        _where(node, "id"),
        tuple(yaml.text(item, "a signatory").string for item in yaml.items(signatories, "signatories")) if signatories else (),
        _number(node, "jointly") or 1,
    )


def _key(node: yaml.Node) -> KeyHeld:
    if isinstance(node, yaml.Scalar):
        line, since, until, compromised = yaml.text(node, "a key").string, None, None, None
    elif isinstance(node, yaml.Mapping):
        yaml.known(node, _KEY_KEYS)
        line = _string(node, "key") or ""
        since, until, compromised = _day(node, "since"), _day(node, "until"), _day(node, "compromised")
    else:
        line, since, until, compromised = "", None, None, None
    if not blob(line):
        raise RegisterError(
            f"the key “{line[:40]}”" if line else "a key without a value",
            "a public key as its .pub file has it",
            "write - ssh-ed25519 AAAA..., or {key: ssh-ed25519 AAAA..., since: 2026-01-01}",
            place=node.place,
        )
    return KeyHeld(line, since, until, compromised, node.place)


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
    weight, shares = _number(node, "weight"), _number(node, "shares")
    if weight is not None and shares is not None:
        raise RegisterError(
            "both a weight and shares", "one of the two", "keep the one that the text speaks of", place=_where(node, "shares")
        )
    return RoleHeld(role, since, until, node.place, weight if shares is None else shares)


def _number(node: yaml.Mapping, key: str) -> int | None:
    said = _string(node, key)
    if said is None:
        return None
    if not _NUMBER.fullmatch(said) or int(said) > MAX_WEIGHT:
        raise RegisterError(
            f"{key}: {said}", f"a whole number from 1 to {MAX_WEIGHT:,}, in figures", "write it as 300", place=_where(node, key)
        )
    return int(said)


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
