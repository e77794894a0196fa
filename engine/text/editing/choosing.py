"""Which files of a tree are objects that may be laid out or mended here."""

from syngraph.engine.text.errors import TextError
from syngraph.engine.text.manifest import RECORD, Manifest, covers
from syngraph.engine.text.notations import front, yaml
from syngraph.engine.text.resolving.inclusion import included
from syngraph.engine.text.store import StoreError, Tree, text_of


def objects(tree: Tree, manifest: Manifest | None = None) -> tuple[str, ...]:
    """The paths of the objects of an agreement, or of a folder that is none, sorted.

    An object is what the root is made of, and every other `.md` file whose front matter has words of ours only. The record,
    what is free and copies of objects from elsewhere are left out.
    """
    found = set(_closure(tree, manifest.root)) if manifest else set()
    found |= {path for path in tree.paths() if path.endswith(".md") and path not in found and _headed(tree, path)}
    return tuple(sorted(path for path in found if not excepted(path, manifest) and not _copied(tree, path)))


def excepted(path: str, manifest: Manifest | None) -> bool:
    """Whether a file of an agreement is in its record, or free, and so none of its objects."""
    return path.startswith(RECORD) or (manifest is not None and covers(manifest.free)(path))


def vendored(text: str, path: str) -> bool:
    """Whether an object is a copy of one from elsewhere: with another letter it would no longer be that one."""
    return any(str(name) == "digest" for name, _ in _head(text, path))


def _closure(tree: Tree, root: str) -> tuple[str, ...]:
    try:
        return tuple(instance.source.path for instance in included(tree, root)[0])
    except TextError:
        return (root,)


def _copied(tree: Tree, path: str) -> bool:
    try:
        return vendored(text_of(tree, path), path)
    except TextError:
        return False


def _headed(tree: Tree, path: str) -> bool:
    """Whether a file begins with front matter in which every word is one of ours."""
    try:
        entries = _head(text_of(tree, path), path)
    except StoreError:
        return False
    return bool(entries) and all(str(name) in front.KEYS for name, _ in entries)


def _head(text: str, path: str) -> tuple[tuple[yaml.Scalar, yaml.Node], ...]:
    """The entries of the front matter; none where it is not there or cannot be read."""
    lines = text.split("\n")
    end = next((number for number, line in enumerate(lines) if number and line.rstrip() in ("---", "...")), 0)
    if lines[0].rstrip() != "---" or not end:
        return ()
    try:
        return yaml.read("\n".join(lines[1:end]), path, 2).entries
    except TextError:
        return ()
