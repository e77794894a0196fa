"""Changes of a text by clause: what a motion says, how two texts differ, and a text with the changes made."""

from syngraph.engine.governance.changes.applying import Stale, apply
from syngraph.engine.governance.changes.change import (
    AddFile,
    Change,
    Changes,
    ChangesRefused,
    Delete,
    DeleteFile,
    Insert,
    Move,
    Replace,
    ReplaceFile,
    digest,
)
from syngraph.engine.governance.changes.difference import difference
from syngraph.engine.governance.changes.wording import body, read, wording

__all__ = [
    "AddFile",
    "Change",
    "Changes",
    "ChangesRefused",
    "Delete",
    "DeleteFile",
    "Insert",
    "Move",
    "Replace",
    "ReplaceFile",
    "Stale",
    "apply",
    "body",
    "difference",
    "digest",
    "read",
    "wording",
]
