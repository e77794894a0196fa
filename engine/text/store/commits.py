"""What a commit says of itself, read from its bytes and not through what git's settings make of it."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import lru_cache

from syngraph.engine.text.errors import StoreError

MAX_COMMIT_BYTES = 1024 * 1024
_HEAD = re.compile(
    rb"tree ([0-9a-f]{40})\n((?:parent [0-9a-f]{40}\n)*)author [^\n\0]*\n"
    rb"committer [^<>\n\0]*<[^<>\n\0]*> ([0-9]{1,12}) ([+-])([0-9]{2})([0-5][0-9])\n"
)
_MORE = re.compile(rb"(?:(?!(?:tree|parent|author|committer) )[^ \n\0]+ [^\n\0]*\n(?: [^\n\0]*\n)*)*")
_LAST_SECOND = 253_402_214_400  # one day before the year 10000, so that every zone can still say it


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit: `parents` in order, `committed` when its committer says it was made, `subject` its first line."""

    oid: str
    tree: str
    parents: tuple[str, ...]
    committed: datetime
    subject: str


def commit_from(content: bytes, oid: str) -> Commit:
    """The commit that these bytes are. Raises: StoreError when they are not laid out as git lays out a commit."""
    head = _HEAD.match(content)
    if head is None:
        raise _malformed(oid, "its first lines are not tree, parents, author, committer")
    tree, parents, seconds, sign, hours, minutes = head.groups()
    end = head.end()
    if not content.startswith(b"\n", end):
        more = _MORE.match(content, end)
        end = more.end() if more else end
        if not content.startswith(b"\n", end):
            raise _malformed(oid, "what stands after its committer is no header")
    if int(seconds) >= _LAST_SECOND or int(hours) > 23:
        raise _malformed(oid, "its time is none")
    offset = (int(hours) * 60 + int(minutes)) * (-1 if sign == b"-" else 1)
    return Commit(
        oid,
        tree.decode(),
        tuple(parents[at + 7 : at + 47].decode() for at in range(0, len(parents), 48)),
        datetime.fromtimestamp(int(seconds), _zone(offset)),
        _subject(content[end + 1 :]),
    )


@lru_cache(maxsize=256)
def _zone(minutes: int) -> timezone:
    return timezone(timedelta(minutes=minutes))


def _subject(message: bytes) -> str:
    return message.lstrip(b"\n").partition(b"\n")[0].decode("utf-8", "replace").strip()


def _malformed(oid: str, why: str) -> StoreError:
    return StoreError(
        f"the commit {oid[:10]}, which is malformed: {why}", "a commit as git writes it", "git fsck tells more", path=oid
    )
