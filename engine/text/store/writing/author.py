"""Who a commit says made it."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from syngraph.engine.text.errors import StoreError

_ODD = re.compile(r"[<>\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Author:
    """A person as git names one."""

    name: str
    email: str

    def at(self, when: datetime) -> bytes:
        """The author and an instant as a commit has them. Raises: StoreError."""
        for what, said in (("name", self.name), ("address", self.email)):
            if not said.strip() or said != said.strip() or _ODD.search(said):
                raise StoreError(
                    f"the {what} {said!r} for a commit",
                    f"a {what} without < > and control characters",
                    "git config --global user.name and user.email set them",
                )
        offset = when.utcoffset()
        if offset is None or when < datetime(1970, 1, 1, tzinfo=UTC):
            raise StoreError(f"the time {when} for a commit", "an instant in a time zone, from 1970 on")
        minutes = int(offset.total_seconds()) // 60
        sign, minutes = ("-", -minutes) if minutes < 0 else ("+", minutes)
        seconds = int(when.timestamp())
        return f"{self.name} <{self.email}> {seconds} {sign}{minutes // 60:02}{minutes % 60:02}".encode()
