"""Where texts are kept: a folder on disk, a revision in git, or files in memory; nothing else in the engine touches git.

A tree is the content of one agreement. Paths in it are relative, with `/` between their parts, and never lead out of it.
"""

from collections.abc import Mapping
from pathlib import Path

from syngraph.engine.text.errors import DamagedError, StoreError
from syngraph.engine.text.store.commits import Commit
from syngraph.engine.text.store.differences import Difference, differences
from syngraph.engine.text.store.folder import Memory, folder_at
from syngraph.engine.text.store.head import head, is_bare
from syngraph.engine.text.store.listing import FILE, Entry
from syngraph.engine.text.store.listing import FOLDER as TREE
from syngraph.engine.text.store.objects import Repository, open_repository
from syngraph.engine.text.store.overlay import overlay
from syngraph.engine.text.store.revision import at_revision, history
from syngraph.engine.text.store.snapshot import Snapshot, files_below
from syngraph.engine.text.store.tree import (
    MANIFEST,
    MAX_FILE_BYTES,
    MAX_FILES,
    Revision,
    Tree,
    checked,
    decoded,
    digest_of,
    nearest,
    text_of,
)

__all__ = [
    "FILE",
    "MANIFEST",
    "MAX_FILES",
    "MAX_FILE_BYTES",
    "TREE",
    "Commit",
    "DamagedError",
    "Difference",
    "Entry",
    "Repository",
    "Revision",
    "Snapshot",
    "StoreError",
    "Tree",
    "decoded",
    "differences",
    "digest_of",
    "files_below",
    "head",
    "history",
    "nearest",
    "open_repository",
    "open_tree",
    "overlay",
    "text_of",
    "tree_of",
]


def open_tree(path: Path, rev: str | None = None) -> Tree:
    """The tree at `path`: a folder, an object in one, or a repository; on disk, or as it was at `rev`.

    A file opens the folder of the agreement it belongs to (the nearest above it with a manifest, else its own), with the
    file as `entry`. A bare repository is read at its HEAD when no `rev` is given.

    Raises: StoreError
    """
    if rev is None and not is_bare(path):
        return folder_at(path)
    return at_revision(path, rev or "HEAD")


def tree_of(files: Mapping[str, bytes], entry: str | None = None) -> Tree:
    """A tree held in memory."""
    return Memory({checked(path): content for path, content in files.items()}, entry)
