"""What somebody has drafted: the governed text in a folder or at a revision, against the one in force."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from syngraph.cli.acting import chain
from syngraph.engine.text.errors import TextError

if TYPE_CHECKING:
    from syngraph.engine.governance.changes import Changes
    from syngraph.engine.text.store import Tree
    from syngraph.engine.verify import Verification


class DraftError(TextError):
    """A draft that nothing can be moved from."""


def changes(verification: "Verification", path: Path, source: str | None) -> "Changes":
    """What differs between the text in force and the draft in the folder, or at the revision `source`.

    Raises: DraftError where nothing does, or where the draft began from an older text; StoreError
    """
    from syngraph.engine.enacting import proposed

    standing = verification.standing
    assert standing is not None
    tree = draft(verification, path, source)
    paths = governed(verification, {*standing.tree.paths(), *tree.paths()})
    found = proposed(verification, tree, paths)
    if not found:
        raise DraftError(
            f"no difference between {tree.name} and the text in force",
            "a draft that differs from it",
            "edit the text or the register first (`propose --resolution` decides what changes neither)",
        )
    _current(verification, path, source, paths)
    return found


def draft(verification: "Verification", path: Path, source: str | None) -> "Tree":
    """The tree of a draft: the folder without what git ignores, or a revision."""
    from syngraph.engine.text.store import open_tree

    where = chain.folder(path)
    if source is None and verification.repository.workdir is None:
        raise click.UsageError("a bare repository has no folder to draft in; name a branch or a commit with --from")
    tree = open_tree(where, source)
    return tree if source is not None else kept(verification, tree)


def kept(verification: "Verification", tree: "Tree") -> "Tree":
    """The tree of a folder without the files that git ignores and the agreement does not have yet."""
    from syngraph.engine.text.store import overlay

    standing = verification.standing
    there = frozenset(standing.tree.paths()) if standing is not None else frozenset()
    handle = verification.repository.handle
    prefix = f"{verification.below}/" if verification.below else ""
    ignored = [path for path in tree.paths() if path not in there and handle.path_is_ignored(prefix + path)]
    return overlay(tree, dict.fromkeys(ignored)) if ignored else tree


def governed(verification: "Verification", paths: Iterable[str]) -> tuple[str, ...]:
    """Of paths, those that the text in force governs, sorted."""
    standing = verification.standing
    assert standing is not None
    return tuple(sorted(path for path in paths if not path.startswith("record/") and not standing.is_free(path)))


def _current(verification: "Verification", path: Path, source: str | None, paths: tuple[str, ...]) -> None:
    """That the draft began from the text in force: what was adopted since would be taken back by it. Raises: DraftError"""
    from syngraph.engine.text.store import differences

    repository = verification.repository
    start = _revision(verification, source)
    if start is None or start == verification.commit:
        return
    base = repository.handle.merge_base(start, verification.commit)
    if base is None:
        return
    old = repository.folder(repository.commit(str(base)).tree, verification.below)
    new = repository.folder(repository.commit(verification.commit).tree, verification.below)
    assert new is not None
    wanted = frozenset(paths)
    newer = [each.path for each in differences(repository, old, new) if each.path in wanted]
    if newer:
        raise DraftError(
            f"a draft that began from an older text: {', '.join(newer[:4])} changed on {verification.branch} since",
            "a draft of the text in force, so that nothing adopted meanwhile is taken back",
            f"bring it up to date: syngraph merge {verification.branch} (or git merge {verification.branch})",
        )


def _revision(verification: "Verification", source: str | None) -> str | None:
    """The commit that a draft stands on."""
    if source is None:
        return verification.repository.head()
    return verification.repository.resolved(source)
