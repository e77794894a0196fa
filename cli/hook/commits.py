"""Commits before they are made: a courtesy to whoever is about to commit governed text by hand."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from syngraph.cli.acting import chain
from syngraph.cli.manners import findings, opening
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.store import MANIFEST

if TYPE_CHECKING:
    from syngraph.engine.text.store import Repository


def refused(path: Path) -> list[str]:
    """Why what is staged should not be committed, in lines; none where it may be.

    Refused are changes of governed text, and of what stands in the record, straight on the governed branch of a founded
    agreement; and a text with faults.

    Raises: StoreError
    """
    from syngraph.engine.text.store import open_repository

    repo, _ = open_repository(path)
    if repo.workdir is None:
        return []
    lines: list[str] = []
    for below, paths in sorted(_staged(repo).items()):
        folder = repo.workdir / below
        if not (folder / MANIFEST).is_file():
            continue
        lines += _unlawful(repo, below, folder, paths) or _faults(folder)
    return lines


def _staged(repo: "Repository") -> dict[str, dict[str, str]]:
    """What is staged: for each agreement the paths in it, each `A` (added), `M` (changed) or `D` (deleted)."""
    import pygit2

    # `git commit -a` and `git commit FILE` stage in an index of their own, which they name.
    named = os.environ.get("GIT_INDEX_FILE")
    index = pygit2.Index(str(Path(named).absolute())) if named else repo.handle.index
    index.read()
    new = {entry.path: (entry.id, entry.mode) for entry in index}
    old = {}
    if not repo.handle.head_is_unborn:
        committed = pygit2.Index()
        committed.read_tree(repo.handle.head.peel(pygit2.Tree))
        old = {entry.path: (entry.id, entry.mode) for entry in committed}
    assert repo.workdir is not None
    found: dict[str, dict[str, str]] = {}
    for path in sorted(new.keys() | old.keys()):
        if new.get(path) == old.get(path):
            continue
        below = _agreement(repo.workdir, path)
        if below is not None:
            letter = "D" if path not in new else "M" if path in old else "A"
            found.setdefault(below, {})[path[len(below) :].lstrip("/") if below else path] = letter
    return found


def _agreement(top: Path, path: str) -> str | None:
    """The folder of the agreement that a path belongs to, None where it belongs to none."""
    parts = path.split("/")[:-1]
    for count in range(len(parts) + 1):
        below = "/".join(parts[:count])
        if (top / below / MANIFEST).is_file():
            return below
    return None


def _unlawful(repo: "Repository", below: str, folder: Path, paths: dict[str, str]) -> list[str]:
    """Why a commit here would break the chain; none where the branch governs nothing, or the commit is lawful."""
    from syngraph.engine.text.digest import frees
    from syngraph.engine.text.manifest import parse
    from syngraph.engine.text.store import MANIFEST, text_of

    tip = repo.head()
    if tip is None or not chain.founded(folder):
        return []
    manifest = parse(text_of(repo.tree(tip, below), MANIFEST))
    if repo.handle.head_is_detached or repo.handle.head.shorthand != manifest.branch:
        return []
    is_free = frees(manifest)
    name = manifest.title or below or "the agreement"
    governed = [path for path in paths if not path.startswith("record/") and not is_free(path)]
    if governed:
        return [
            f"syngraph: refused: {name}: {', '.join(_some(governed))} may change on {manifest.branch} only as the text allows",
            "  help: `syngraph propose` moves what you have edited; to keep a draft, commit it on a branch:"
            " git switch -c draft",
        ]
    record = [path for path, letter in paths.items() if path.startswith("record/") and letter != "A"]
    if record:
        return [
            f"syngraph: refused: {name}: {', '.join(_some(record))} is in the record, which only grows",
            "  help: take the change back: git restore --staged --worktree PATH; what is wrong is corrected by another"
            " statement",
        ]
    return []


def _faults(folder: Path) -> list[str]:
    try:
        found = opening.agreement(folder, None).findings
    except TextError as error:
        return [f"syngraph: refused: {error}", *([f"  help: {error.help}"] if error.help else [])]
    if not found:
        return []
    return [
        *(findings.headline(finding) for finding in found[:_SHOWN]),
        f"syngraph: refused: {len(found)} finding{'s' if len(found) > 1 else ''} in {folder.name}",
        "  help: `syngraph lint` shows them with what to do; git commit --no-verify commits all the same",
    ]


_SHOWN = 10


def _some(paths: Iterable[str]) -> list[str]:
    listed = list(paths)
    return [*listed[:3], f"{len(listed) - 3} more"] if len(listed) > 3 else listed
