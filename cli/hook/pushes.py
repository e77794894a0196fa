"""Pushes: what comes for a governed branch is judged before the branch moves.

What is judged by is what the receiver has: the rules of the text before the push, and the engine installed here. Objects of a
push that is not accepted yet lie in a quarantine that git names in the environment; they are read, and nothing is written.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from syngraph.cli.acting import chain
from syngraph.cli.manners import memory
from syngraph.cli.verify import violations
from syngraph.engine.text.errors import TextError

if TYPE_CHECKING:
    from syngraph.engine.text.store import Repository

NOTHING = "0" * 40
_HEADS = "refs/heads/"
_REPLACED = "refs/replace/"


@dataclass(frozen=True, slots=True)
class Update:
    """A branch that is to move from one commit to another; None where it is not there, before or afterwards."""

    branch: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a push arrives: the repository, its folder, and the folders with objects that are not accepted yet."""

    repo: "Repository"
    folder: Path
    alternates: tuple[Path, ...]


def received(said: str) -> list[str]:
    """Why a push is refused, line by line; none where it is not. `said` is what git gives a pre-receive hook.

    Raises: click.UsageError for anything else
    """
    place = _receiving()
    refused: list[str] = []
    for line in said.splitlines():
        parts = line.split(" ", 2)
        if len(parts) != 3 or not all(len(oid) == len(NOTHING) and chain.is_hex(oid) for oid in parts[:2]):
            raise click.UsageError(f"stdin: found {line!r}, expected lines of git: OLD NEW REF")
        old, new, ref = parts
        if ref.startswith(_HEADS):
            refused += judged(place, Update(ref.removeprefix(_HEADS), _oid(old), _oid(new)))
        elif ref.startswith(_REPLACED) and _oid(new) is not None:
            refused.append(f"syngraph: refused: {ref}: it would make git show something else than what is there")
    return refused


def pushed(said: str) -> list[str]:
    """The same for what git gives a pre-push hook: what is about to be sent elsewhere. Raises: click.UsageError"""
    # git runs this hook at the top of the work tree.
    place = _place(Path(), ())
    refused: list[str] = []
    for line in said.splitlines():
        parts = line.split(" ")
        if len(parts) != 4:
            raise click.UsageError(f"stdin: found {line!r}, expected lines of git: LOCAL OID REMOTE OID")
        _, new, ref, old = parts
        if ref.startswith(_HEADS):
            # What the other side has is not always here: then only what is sent can be judged.
            known = _oid(old) if _oid(old) is not None and place.repo.handle.get(old) is not None else None
            refused += judged(place, Update(ref.removeprefix(_HEADS), known, _oid(new)))
    return refused


def judged(place: Place, update: Update) -> list[str]:
    """Why a branch may not move so, in lines for whoever pushes; none where it may.

    Only branches that govern a founded agreement are judged: by the manifest before the move, or where the branch or the
    agreement is new by its own.
    """
    try:
        before = _governed(place, update.branch, update.old)
        after = _governed(place, update.branch, update.new)
    except TextError as error:
        return _refused(update, "", str(error), error.help)
    founded = [below for below, is_founded in before.items() if is_founded]
    if update.new is None:
        return _refused(update, founded[0], "the governed branch deleted", "it cannot be deleted by a push") if founded else []
    refused: list[str] = []
    for below in dict.fromkeys((*founded, *(below for below, is_founded in after.items() if is_founded))):
        if below in founded and update.old is not None:
            why = _line_broken(place, update)
            if why:
                refused += why
                continue
        refused += _walked(place, update, below)
    return refused


def _walked(place: Place, update: Update, below: str) -> list[str]:
    from syngraph.engine.verify import verify

    assert update.new is not None
    try:
        verification = verify(
            place.folder / below,
            branch=update.branch,
            head=update.new,
            cache=memory.cache(),
            alternates=place.alternates,
            today=datetime.now(UTC).date(),
        )
    except TextError as error:
        return _refused(update, below, str(error), error.help)
    if not verification.violations:
        return []
    first = violations.fault(verification.violations[0])
    return [
        *_refused(update, below, f"commit {first.commit[:10]} ({first.subject}): {first.found}", ""),
        f"  expected {first.expected}",
        *([f"  where    {first.where}"] if first.where else []),
        *([f"  help: {first.help}"] if first.help else []),
    ]


def _line_broken(place: Place, update: Update) -> list[str]:
    """Why the new head does not go on from the old one, first parent by first parent; none where it does."""
    assert update.old is not None and update.new is not None
    repo = place.repo
    if update.new == update.old:
        return []
    try:
        line = repo.first_parents(update.new, (update.old,))
    except TextError as error:
        return _refused(update, "", str(error), error.help)
    if line[-1].parents[:1] == (update.old,):
        return []
    if repo.handle.descendant_of(update.new, update.old):
        return _refused(
            update,
            "",
            f"a merge that puts another line before what {update.branch} has",
            f"the first parent has to be {update.old[:10]}: git switch --detach {update.old[:10]} && git merge yours, or make"
            " your statements again on top of it",
        )
    return _refused(
        update,
        "",
        f"{update.branch} rewritten: {update.old[:10]} is not among what comes before {update.new[:10]}",
        "fetch, and bring your statements on top of what is there (`syngraph file`)",
    )


def _governed(place: Place, branch: str, commit: str | None) -> dict[str, bool]:
    """The agreements in a commit that name the branch as governed, by their folder, and whether each is founded."""
    from syngraph.engine.text.manifest import parse
    from syngraph.engine.text.store import MANIFEST, decoded

    if commit is None:
        return {}
    repo = place.repo
    top = repo.commit(commit).tree
    found: dict[str, bool] = {}
    for below in chain.agreements(repo, top):
        at = repo.folder(top, below)
        assert at is not None
        entry = next(entry for entry in repo.entries(at) if entry.name == MANIFEST.encode())
        is_founded = repo.folder(at, chain.FOUNDING) is not None
        try:
            governs = parse(decoded(repo.blob(entry.oid), MANIFEST)).branch
        except TextError:
            # A manifest that nobody can read governs whatever it stood for: a founded one is judged, and refused, below.
            governs = branch if is_founded else ""
        if governs == branch:
            found[below] = is_founded
    return found


def _refused(update: Update, below: str, found: str, help: str) -> list[str]:
    what = f"{update.branch} ({below})" if below else update.branch
    return [f"syngraph: refused: {what}: {found}", *([f"  help: {help}"] if help else [])]


def _receiving() -> Place:
    """The repository that a push arrives at, with the objects that git has in quarantine. Raises: StoreError"""
    git = Path(os.environ.get("GIT_DIR") or ".").absolute()
    folders = [os.environ.get("GIT_OBJECT_DIRECTORY", "")]
    folders += os.environ.get("GIT_ALTERNATE_OBJECT_DIRECTORIES", "").split(os.pathsep)
    alternates = tuple(dict.fromkeys(Path(folder).absolute() for folder in folders if folder and Path(folder).is_dir()))
    return _place(git.parent if git.name == ".git" and git.is_dir() else git, alternates)


def _place(start: Path, alternates: tuple[Path, ...]) -> Place:
    from syngraph.engine.text.store import open_repository

    repo, _ = open_repository(start, alternates)
    return Place(repo, repo.workdir or repo.path, alternates)


def _oid(text: str) -> str | None:
    return None if set(text) == {"0"} else text
