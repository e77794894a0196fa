"""`merge`: joins two drafts of an agreement, clause by clause."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from syngraph.cli.manners import options, output

if TYPE_CHECKING:
    from syngraph.engine.governance.merging import Conflict, Conflicts, Merged, Side
    from syngraph.engine.text.store import Repository
    from syngraph.engine.text.units import Name

_SHOWN = 12
"""How many lines of each side are shown to people; `--json` has them all."""
_FOUNDING = "record/founding"


@click.command("merge", context_settings=options.CONTEXT)
@click.argument("branch")
@click.argument("path", type=click.Path(path_type=Path), default=Path())
@click.option("--dry-run", is_flag=True, help="Say what would come of it and write nothing.")
@options.as_json
def command(branch: str, path: Path, dry_run: bool, as_json: bool) -> None:
    """Merge a branch into the one that is checked out, clause by clause.

    \b
    Examples:
      syngraph merge higher-dues
      syngraph merge higher-dues bylaws/ --dry-run
      syngraph merge origin/higher-dues --json

    PATH is the agreement. What one side changed is taken, wherever its clauses and files have moved; lines that only flow
    otherwise are no change. What both changed otherwise is a conflict, and so are rules that cannot both be obeyed, two
    thresholds for one matter and references that lead nowhere, even where the words merge. The result is one commit with two
    parents. With conflicts nothing is written, and the exit code is 1. The branch that governs a founded agreement is changed
    by decisions only: propose there.
    """
    from syngraph.cli.acting import author, chain
    from syngraph.cli.manners import instants, memory
    from syngraph.engine.governance.merging import Conflicts, UnmergeableError, merge_commits
    from syngraph.engine.reading import Reader
    from syngraph.engine.text import clauses as sentences
    from syngraph.engine.text import manifest as manifests
    from syngraph.engine.text.store import open_repository
    from syngraph.engine.text.store.ancestry import commit_named, current
    from syngraph.engine.text.store.writing import commit_files

    where = chain.folder(path)
    repo, below = open_repository(where)
    into = current(repo)
    ours = repo.branch(into) if into is not None else None
    if into is None or ours is None:
        raise UnmergeableError("no branch that is checked out", "the branch to merge into", "git switch names one", str(path))
    theirs = commit_named(repo, branch)
    manifest = manifests.load(repo.tree(ours, below))
    if into == manifest.branch and _founded(repo, below, ours):
        raise UnmergeableError(
            f"the branch {into}, which governs a founded agreement",
            "a branch for drafting",
            f"move it there: syngraph propose --from {branch}",
            str(path),
        )
    now = instants.now(instants.zone(manifest.zone))
    reader = Reader(memory.cache())
    outcome = merge_commits(repo, below, ours, theirs, lambda document: sentences.read(document, reader), now.date())
    reader.finish()
    if isinstance(outcome, Conflicts):
        _tell_conflicts(outcome, branch, into, as_json)
        raise click.exceptions.Exit(1)
    commit, left = "", list[str]()
    if outcome is not None and not dry_run:
        said = f"Merge {branch} into {into}, clause by clause"
        who = author.author(where, "syngraph", "syngraph")
        commit = commit_files(repo, into, ours, below, outcome.files, said, who, now, [theirs], left=left.append)
    _tell(outcome, branch, into, commit, left, dry_run, as_json)


def _founded(repo: "Repository", below: str, commit: str) -> bool:
    folder = f"{below}/{_FOUNDING}" if below else _FOUNDING
    return repo.folder(repo.commit(commit).tree, folder) is not None


# -- telling -----------------------------------------------------------------------------------------------------------


def _tell(outcome: "Merged | None", branch: str, into: str, commit: str, left: list[str], dry_run: bool, as_json: bool) -> None:
    files = outcome.files if outcome is not None else {}
    if as_json:
        output.put_json(
            {
                "schema": output.SCHEMA,
                "outcome": "merged" if outcome is not None else "nothing",
                "branch": branch,
                "into": into,
                "dry_run": dry_run,
                "commit": commit,
                "files": [{"path": path, "deleted": content is None} for path, content in sorted(files.items())],
                "left": left,
                "unjudged": outcome.unjudged if outcome is not None else "",
                "conflicts": [],
            }
        )
        return
    if outcome is None:
        output.put(f"{into} has all of {branch} already")
        return
    for path, content in sorted(files.items()):
        output.put(f"{'-' if content is None else '~'} {path}")
    if outcome.unjudged:
        output.talk(f"the words merge; what they mean was not compared: {outcome.unjudged}")
    for path in left:
        output.talk(f"{path}: left as you have edited it")
    output.talk(
        f"nothing was written; {branch} merges into {into}" if dry_run else f"merged {branch} into {into}: {commit[:10]}"
    )


def _tell_conflicts(outcome: "Conflicts", branch: str, into: str, as_json: bool) -> None:
    if as_json:
        output.put_json(
            {
                "schema": output.SCHEMA,
                "outcome": "conflicts",
                "branch": branch,
                "into": into,
                "conflicts": [_fields(conflict) for conflict in outcome.conflicts],
            }
        )
        return
    for conflict in outcome.conflicts:
        where = _place(conflict)
        output.put(f"{where}: {conflict.kind.value}: {conflict.what}")
        if conflict.situation:
            output.put(f"  {conflict.situation}")
        for name, side in ((into, conflict.ours), (branch, conflict.theirs)):
            output.put(f"  {name}{f' ({side.place})' if side.place else ''}:")
            for line in _lines(side):
                output.put(f"    {line}".rstrip())
    count = len(outcome.conflicts)
    output.talk(f"{count} conflict{'s' if count > 1 else ''} between {into} and {branch}; nothing was written")


def _lines(side: "Side") -> list[str]:
    if side.text is None:
        return ["(nothing)"]
    lines = side.text.strip("\n").split("\n")
    return lines if len(lines) <= _SHOWN else [*lines[: _SHOWN - 1], f"... and {len(lines) - _SHOWN + 1} lines more"]


def _place(conflict: "Conflict") -> str:
    sides = (conflict.ours, conflict.theirs, conflict.base)
    return next(
        (str(side.place) for side in sides if side.place is not None and side.place.path == conflict.path), conflict.path
    )


def _fields(conflict: "Conflict") -> dict[str, Any]:
    return {
        "kind": conflict.kind.value,
        "path": conflict.path,
        "unit": _unit(conflict.name),
        "what": conflict.what,
        "situation": conflict.situation,
        "ours": _side(conflict.ours),
        "theirs": _side(conflict.theirs),
        "base": _side(conflict.base),
    }


def _unit(name: "Name | None") -> dict[str, str] | None:
    return {"kind": name[0].value, "key": name[1]} if name is not None else None


def _side(side: "Side") -> dict[str, Any] | None:
    if side.text is None and side.place is None:
        return None
    place = side.place
    there = {"path": place.path, "line": place.line, "column": place.column} if place is not None else None
    return {"text": side.text, "place": there}
