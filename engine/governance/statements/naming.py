"""Where statements and signatures are filed: names that say what is in the file, and prove it."""

import datetime
import re
from dataclasses import dataclass

from syngraph.engine.governance.statements.kinds import Kind
from syngraph.engine.governance.statements.refused import StatementRefused

FOLDER = "record"
"""The folder of an agreement that holds its statements."""

_NAME = re.compile(
    r"record/([a-z]{1,16})/(?:([0-9]{4}-[0-9]{2})/)?(([0-9]{4}-[0-9]{2})-[0-9]{2})-([0-9a-f]{64})\.(?:md|([0-9a-f]{64})\.sig)"
)
_KINDS = {kind.value: kind for kind in Kind}


@dataclass(frozen=True, slots=True)
class Name:
    """What a path says: the kind, the day and the digest of a statement; for a signature also the name of the key."""

    kind: Kind
    date: datetime.date
    digest: str
    key: str | None = None

    @property
    def path(self) -> str:
        """Where a file of this name is written: in the folder of its month."""
        end = f".{self.key}.sig" if self.key else ".md"
        return f"{FOLDER}/{self.kind.value}/{self.date.isoformat()[:7]}/{self.date.isoformat()}-{self.digest}{end}"


def parse_name(path: str) -> Name:
    """What the path of a statement or of a signature says. The folder of the month may be missing.

    Raises: StatementRefused
    """
    match = _NAME.fullmatch(path)
    if match is None:
        raise _refused(path, "a path that names no statement")
    word, folder, day, month, digest, key = match.groups()
    kind = _KINDS.get(word)
    if kind is None:
        raise _refused(path, f"the folder {word}, which is no kind of statement")
    if folder is not None and folder != month:
        raise _refused(path, f"a file of {day} in the folder {folder}")
    try:
        when = datetime.date.fromisoformat(day)
    except ValueError as error:
        raise _refused(path, f"the day {day} ({error})") from None
    return Name(kind, when, digest, key)


def signature_path(path: str, key: str) -> str:
    """Where the signature with the key of that name stands: beside the statement at `path`.

    >>> signature_path("record/fact/2026-03/2026-03-14-00aa.md", "5e1f")
    'record/fact/2026-03/2026-03-14-00aa.5e1f.sig'
    """
    return f"{path.removesuffix('.md')}.{key}.sig"


def _refused(path: str, found: str) -> StatementRefused:
    return StatementRefused(
        found,
        "record/KIND/YYYY-MM/YYYY-MM-DD-DIGEST.md, or .KEY.sig in place of .md for a signature",
        "let syngraph name the file; a file that is no statement belongs outside record/",
        path=path,
    )
