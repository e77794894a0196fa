"""A tree with some of its files changed, without copying the others."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from syngraph.engine.text.errors import StoreError
from syngraph.engine.text.store.tree import MAX_FILE_BYTES, Tree, checked, digest_of, missing, too_large


@dataclass(frozen=True, slots=True)
class Overlay:
    """The tree `below` with `files` instead of what it has under their paths; None for a file that is gone."""

    below: Tree
    files: Mapping[str, bytes | None]
    _paths: list[tuple[str, ...]] = field(default_factory=list, compare=False)

    @property
    def name(self) -> str:
        """What the tree is called in messages: as the one below."""
        return self.below.name

    @property
    def entry(self) -> str | None:
        """The object that was asked for in the tree below."""
        return self.below.entry

    @property
    def digest(self) -> str:
        """A key that is equal only for equal content."""
        return digest_of(self, self.paths())

    def read(self, path: str) -> bytes:
        """The content of a file. Raises: StoreError."""
        if checked(path) not in self.files:
            return self.below.read(path)
        content = self.files[path]
        if content is None:
            raise missing(path, self)
        if len(content) > MAX_FILE_BYTES:
            raise too_large(path, len(content))
        return content

    def paths(self) -> tuple[str, ...]:
        """The paths of all plain files, sorted."""
        if not self._paths:
            kept = {path for path in self.below.paths() if path not in self.files}
            self._paths.append(tuple(sorted(kept | {path for path, content in self.files.items() if content is not None})))
        return self._paths[0]


def overlay(tree: Tree, files: Mapping[str, bytes | None]) -> Tree:
    """The tree with those files changed, added or (None) taken away.

    Raises: StoreError for a path that no tree may have, or that is a file and a folder at once.
    """
    changed = {checked(path): content for path, content in files.items()}
    made = Overlay(tree, changed)
    paths = made.paths()
    added = [path for path, content in changed.items() if content is not None]
    held = frozenset(paths)
    folders = {folder for path in paths for folder in _folders(path)} if added else set()
    for path in added:
        twin = path if path in folders else next((folder for folder in _folders(path) if folder in held), None)
        if twin is not None:
            raise StoreError(f"{twin} as a file and as a folder", "one of the two", "give one of them another name", twin)
    return made


def _folders(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]
