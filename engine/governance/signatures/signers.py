"""The list of keys that stock `ssh-keygen -Y verify` reads: made from the register, never read as authority."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from syngraph.engine.governance.signatures.keys import parse_public
from syngraph.engine.governance.signatures.refused import KeyRefused
from syngraph.engine.governance.signatures.sshsig import NAMESPACE

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


@dataclass(frozen=True, slots=True)
class Row:
    """A principal's id, the line of its key, and the days on which the key is in force, both included; None where open."""

    principal: str
    key: str
    since: date | None = None
    until: date | None = None


def allowed_signers(rows: Iterable[Row]) -> str:
    """The content of an `allowed_signers` file, in the order given.

    OpenSSH takes days in the zone of whoever runs it. Raises: KeyRefused
    """
    return "".join(f"{_line(row)}\n" for row in rows)


def _line(row: Row) -> str:
    options = [f'namespaces="{NAMESPACE}"']
    if row.since is not None:
        options.append(f'valid-after="{row.since:%Y%m%d}"')
    if row.until is not None and row.until < date.max:
        options.append(f'valid-before="{row.until + timedelta(days=1):%Y%m%d}"')
    if not _ID.fullmatch(row.principal):
        raise KeyRefused(
            f"a key of “{row.principal[:40]}”", "the id of a principal", "write the id as it stands in the register"
        )
    key = parse_public(row.key)
    return f"{row.principal} {','.join(options)} {key.type} {key.line().split(' ')[1]}"
