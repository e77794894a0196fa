"""Who signs a statement, and in whose name: keys of the user, held against the register."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from syngraph.cli.acting import author
from syngraph.cli.acting.options import How
from syngraph.cli.manners import output
from syngraph.engine.text.errors import TextError

if TYPE_CHECKING:
    from syngraph.engine.governance.register import Register
    from syngraph.engine.governance.signatures import Signer
    from syngraph.engine.governance.standing import Signatory


class WhoError(TextError):
    """Nobody, or nobody of the register, who could sign."""


@dataclass(frozen=True, slots=True)
class Hands:
    """Those who sign, and the principals in whose name they do."""

    principals: tuple[str, ...]
    signers: tuple["Signer", ...]


def chosen(how: How, register: "Register", keys: Mapping[str, "Signatory"], day: date) -> Hands:
    """Who signs and in whose name. `keys` are those of the register, by name.

    With `--by` the statement is made in the name of those, else of the owners of the keys. Without `--key` the keys are
    looked for; where a statement is only to be written (`-o`), none is needed if `--by` is given.

    Raises: WhoError, click.UsageError
    """
    wanted = _principals(how.by, register)
    signers = _named(how)
    if not signers and how.out is not None and wanted:
        return Hands(wanted, ())
    if not signers:
        signers = (_looked_for(wanted, register, keys, day),)
    owners: list[str] = []
    for signer in signers:
        owner = keys.get(signer.public.name)
        if owner is None:
            raise WhoError(
                f"the key {signer.public.fingerprint}, which is nobody's in the register",
                f"a key of {_people(register, keys)}",
                "sign with the key that the register has, or let it be entered there by a motion",
                path=register.path,
            )
        if owner.principal.id not in owners:
            owners.append(owner.principal.id)
    for id in wanted:
        principal = register.principal(id)
        assert principal is not None
        if id not in owners and not set(principal.signatories) & set(owners):
            signatory = f" or of who signs for it ({', '.join(principal.signatories)})" if principal.signatories else ""
            raise WhoError(
                f"--by {id}, signed by {', '.join(owners)}",
                f"a key of {id}{signatory}",
                f"name the key with --key, or leave --by {id} out",
            )
    return Hands(wanted or tuple(owners), signers)


def unlisted(how: How) -> tuple["Signer", ...]:
    """Those who sign, whatever register there is: as `--key` and the settings of the user say. Raises: click.UsageError"""
    signers = _named(how)
    if not signers:
        raise click.UsageError("name the key that signs with --key: a key file, or a fingerprint in the SSH agent")
    return signers


def people_with_keys(keys: Mapping[str, "Signatory"], day: date) -> tuple[str, ...]:
    """The principals that have a key in force that day, each once."""
    return tuple(dict.fromkeys(owner.principal.id for owner in keys.values() if owner.key.on(day)))


def _named(how: How) -> tuple["Signer", ...]:
    """The keys that the command line names, or else the settings of the user; none where neither does."""
    from syngraph.cli.manners import signing

    specs: Sequence[str] = how.keys
    if not specs and how.out is None:
        setting = os.environ.get("SYNGRAPH_KEY") or _of_git(how.path)
        specs = (setting,) if setting else ()
    signers: dict[str, Signer] = {}
    for spec in specs:
        signer = signing.signer(spec)
        signers.setdefault(signer.public.name, signer)
    return tuple(signers.values())


def _of_git(path: Path) -> str:
    """The key that git signs commits with, where that is an SSH key in a file."""
    if author.configured(path, "gpg.format") != "ssh":
        return ""
    key = author.configured(path, "user.signingkey")
    return "" if not key or key.startswith(("key::", "ssh-", "ecdsa-", "sk-")) else key


def _looked_for(wanted: Sequence[str], register: "Register", keys: Mapping[str, "Signatory"], day: date) -> "Signer":
    """The one key of this user that the register has, of one of those wanted where any are named."""
    from syngraph.cli.manners import signing

    able = set(wanted) | {each for id in wanted if (one := register.principal(id)) is not None for each in one.signatories}
    there = {
        name: owner.principal.id
        for name, owner in keys.items()
        if owner.key.on(day) and (not wanted or owner.principal.id in able)
    }
    mine = {there[found.key.name]: found.key.name for found in signing.yours() if found.key and found.key.name in there}
    if not mine:
        raise WhoError(
            "no key of yours that the register has",
            f"a key of {_people(register, keys, wanted)}",
            "name its file with --key, or add it to your agent with ssh-add",
            path=register.path,
        )
    if len(mine) > 1:
        raise click.UsageError(f"you have keys of {' and of '.join(sorted(mine))}; say with --by in whose name you act")
    return signing.signer_among(tuple(mine.values()))


def _principals(ids: Sequence[str], register: "Register") -> tuple[str, ...]:
    known = [principal.id for principal in register.principals]
    for id in ids:
        if id not in known:
            near = output.did_you_mean(id, known) or (f"; it has {', '.join(known[:12])}" if known else "")
            raise click.UsageError(f"--by: the register has no {id!r}{near}")
    return tuple(dict.fromkeys(ids))


def _people(register: "Register", keys: Mapping[str, "Signatory"], wanted: Sequence[str] = ()) -> str:
    people = list(wanted) or list(dict.fromkeys(owner.principal.id for owner in keys.values()))
    if not people:
        return f"somebody, but no principal in {register.path or 'the register'} has a key"
    return ", ".join(people[:8]) + (", …" if len(people) > 8 else "")
