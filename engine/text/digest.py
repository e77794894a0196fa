"""The digest of an agreement's text: what a signature binds.

SHA-256 over `syngraph-tree-v1` and a zero byte, and then for every governed file, in order of the bytes of its path:
`100644`, zero, the length of its content in decimal digits, zero, the SHA-256 of its content in 64 lower-case hexadecimal
digits, zero, its path in UTF-8, zero. All of it is ASCII but the paths. No name can hold a zero byte, so no two sets of files
are written alike. docs/adr/0015-digest-and-tree-hygiene.md says why.
"""

from collections.abc import Callable, Iterable
from hashlib import sha256

from syngraph.engine.text import hygiene
from syngraph.engine.text.errors import StoreError
from syngraph.engine.text.manifest import RECORD, Manifest, covers
from syngraph.engine.text.store import MANIFEST, Repository, Tree, files_below

MAX_REMEMBERED = 100_000
_PREFIX = b"syngraph-tree-v1\0"


class FreeError(StoreError):
    """A manifest that frees what can never be free."""


def digest(files: Iterable[tuple[str, int, bytes]]) -> str:
    """The digest of files, each with its path, its length in bytes and the SHA-256 of its content (32 bytes).

    >>> digest([])
    '4f6950623b4db84b3e835eff1d071be27a8fdc40b7d2d81a7c0a286c0a26e84f'
    """
    total = sha256(_PREFIX)
    for path, length, content in sorted((path.encode(), length, content) for path, length, content in files):
        total.update(b"100644\0%d\0%s\0%s\0" % (length, content.hex().encode(), path))
    return total.hexdigest()


def governed_paths(paths: Iterable[str], manifest: Manifest, closure: Iterable[str] = ()) -> tuple[str, ...]:
    """The paths that are governed, sorted: all but the record and what the manifest frees.

    `closure` are the objects that the root is made of; they, the manifest, the register and the record can never be free.

    Raises: FreeError
    """
    never = {MANIFEST, manifest.root, *closure} | ({manifest.register} if manifest.register else set())
    is_free = frees(manifest)
    for path in sorted(never):
        if is_free(path):
            raise _never(path, manifest)
    if any(hygiene.folded(free + "/").startswith(RECORD) for free in _free(manifest)):
        raise _never(RECORD, manifest)
    return tuple(sorted(path for path in paths if not path.startswith(RECORD) and not is_free(path)))


def tree_digest(tree: Tree, manifest: Manifest, closure: Iterable[str] = ()) -> str:
    """The digest of the governed files of a tree, whose paths and texts have to pass `hygiene`.

    Raises: FreeError, HygieneError, StoreError
    """
    paths = tree.paths()
    hygiene.paths(paths)
    return digest((path, *measured(tree.read(path), path)) for path in governed_paths(paths, manifest, closure))


def measured(content: bytes, path: str) -> tuple[int, bytes]:
    """The length and the SHA-256 of a governed text. Raises: HygieneError."""
    hygiene.governed_text(content, path)
    return len(content), sha256(content).digest()


class Digests:
    """Digests of the folders of one repository; what a file's content comes to is remembered by its id."""

    __slots__ = ("_measured", "_repo")

    def __init__(self, repo: Repository) -> None:
        self._repo = repo
        self._measured: dict[str, tuple[int, bytes]] = {}

    def measured(self, oid: str, path: str) -> tuple[int, bytes]:
        """The length and the SHA-256 of a file's content, which has to pass `hygiene`. Raises: HygieneError, StoreError."""
        known = self._measured.get(oid)
        if known is None:
            if len(self._measured) >= MAX_REMEMBERED:
                self._measured.clear()
            known = self._measured[oid] = measured(self._repo.blob(oid), path)
        return known

    def of(self, folder: str, manifest: Manifest, closure: Iterable[str] = ()) -> str:
        """The digest of the folder of an agreement, by its id; the same as `tree_digest` of its tree.

        Raises: FreeError, HygieneError, StoreError
        """
        files = files_below(self._repo, folder, but=RECORD)
        return digest((path, *self.measured(files[path], path)) for path in governed_paths(files, manifest, closure))


def frees(manifest: Manifest) -> Callable[[str], bool]:
    """Whether a path is free, by a manifest that frees nothing but plain files and folders.

    Raises: FreeError
    """
    return covers(_free(manifest))


def _free(manifest: Manifest) -> list[str]:
    found = [free.removesuffix("/") for free in manifest.free]
    for free in found:
        if any(part in ("", ".", "..") for part in free.split("/")) or any(mark in free for mark in "\\*?:"):
            raise FreeError(
                f"{free!r} among what is free",
                "files and folders of the agreement, such as README.md or .github/",
                "name each of them; there are no patterns",
                place=manifest.place,
            )
    return found


def _never(path: str, manifest: Manifest) -> FreeError:
    return FreeError(
        f"{path} among what is free",
        "what the text is made of, its register and its record to be governed",
        f"take it out of `free` in {MANIFEST}",
        place=manifest.place,
    )
