"""`borrow`: takes an object, with all that it includes, from another repository."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import is_normalized

import click

from syngraph.cli.manners import addresses, landing, options, output

MAX_NAME = 2_000

if TYPE_CHECKING:
    from syngraph.engine.text.store.lent import Lender
    from syngraph.engine.text.vendoring import Borrowed, Placed


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of one copy: `done` is new, same, replaced or joined; `content` what its file is to hold."""

    path: str
    whole: str
    done: str
    content: bytes
    before: bytes | None


@click.command("borrow", context_settings=options.CONTEXT)
@click.argument("source", metavar="REPO@COMMIT:PATH")
@click.argument("path", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option("--into", default="forms", show_default=True, metavar="FOLDER", help="The folder of the agreement to copy into.")
@click.option("--as", "name", metavar="NAME", default="", help="What the copy is called (default: as at the source).")
@click.option("--update", is_flag=True, help="Bring copies up to this commit, and keep what was changed here.")
@click.option("--dry-run", is_flag=True, help="Say what would be written and write nothing.")
@options.as_json
def command(source: str, path: Path, into: str, name: str, update: bool, dry_run: bool, as_json: bool) -> None:
    """Copy an object from another repository, with where it is from.

    \b
    Examples:
      syngraph borrow ../forms@v2:forms/late-payment.md bylaws/
      syngraph borrow ../forms@HEAD:forms/sale.md --into clauses --as purchase
      syngraph borrow file:///srv/git/forms.git@main:forms/sale.md --dry-run
      syngraph borrow ../forms@v3:forms/late-payment.md bylaws/ --update

    REPO is a repository on this machine, with or without a work tree; nothing is fetched. COMMIT is any name of a commit that
    git knows. PATH counts from REPO. What the object includes comes along. Either all files are written or none, and no file is
    replaced without --update.
    """
    from syngraph.engine.text.store.lent import lender
    from syngraph.engine.text.vendoring import borrowed, placed

    given = addresses.address(source)
    folder = landing.folder(into)
    called = _called(name)
    tree = landing.agreement(path)
    lent = lender(given.folder, given.commit)
    shared = _shared(lent, given.name, path)
    copies = borrowed(lent, given.path, shared, folder, called)
    found = placed([(copy.path, copy.content) for copy in copies], tree)
    steps = [_step(copy, one, lent, shared, path, update) for copy, one in zip(copies, found, strict=True)]
    writes = [(step.path, step.content, step.before) for step in steps if step.done != "same"]
    if writes and not dry_run:
        landing.write(path, writes)
    if as_json:
        _put_json(steps, shared, lent.commit, path, dry_run)
    else:
        _tell(steps, path, dry_run)


def _called(name: str) -> str:
    found = name.removesuffix(".md")
    if name and (not found or "/" in found or "\\" in found or found.startswith(".") or found.endswith((".", " "))):
        raise click.UsageError(f"--as: found {name!r}, expected the name of a file, such as late-payment")
    return found


def _shared(lent: "Lender", name: str, path: Path) -> str:
    """What the repository is called in the copies: by the URL that others can reach, else as it was given.

    One that the agreement itself is in is `.`; any other that was given as `.` or `..` is the name of its folder.
    """
    from syngraph.engine.text.store import StoreError
    from syngraph.engine.text.store.lent import lender

    if lent.url:
        return lent.url
    try:
        if lender(path).common == lent.common:
            return "."
    except StoreError:
        pass
    told = lent.path.resolve().name if set(Path(name).parts) <= {".."} else name
    if not told.isprintable() or not is_normalized("NFC", told) or len(told) > MAX_NAME:
        raise click.UsageError(
            f"found {told[:80]!a}, expected a repository whose name can stand in a text; rename the folder, or set origin"
        )
    return told


def _step(copy: "Borrowed", found: "Placed", lent: "Lender", shared: str, path: Path, update: bool) -> Step:
    from syngraph.engine.text.vendoring import Standing

    where = path / found.path
    match found.standing:
        case Standing.NEW:
            return Step(found.path, copy.whole, "new", copy.content, None)
        case Standing.SAME:
            return Step(found.path, copy.whole, "same", copy.content, found.before)
        case Standing.OTHER:
            raise click.UsageError(
                f"{where} is there already and differs; nothing was written (choose another folder with --into, or --as NAME)"
            )
        case Standing.OLDER if update:
            return Step(found.path, copy.whole, "replaced", copy.content, found.before)
        case Standing.CHANGED if update:
            return Step(found.path, copy.whole, "joined", _joined(found, lent, shared, where), found.before)
        case Standing.OLDER:
            raise click.UsageError(f"{where} is an unchanged copy of another commit; --update replaces it; nothing was written")
        case Standing.CHANGED:
            raise click.UsageError(
                f"{where} was changed here; --update joins it with the source, clause by clause; nothing was written"
            )


def _joined(found: "Placed", lent: "Lender", shared: str, where: Path) -> bytes:
    """A copy that was changed here with what has changed at its source since. Raises: click.UsageError."""
    from syngraph.engine.governance.merging import Conflicts, merge
    from syngraph.engine.text.store import tree_of
    from syngraph.engine.text.vendoring import Version, lent_source, vendored

    assert found.before is not None
    mine = vendored(found.before, found.path)
    version = lent_source(lent, shared, shared == ".")(mine, {}) if mine is not None else None
    if mine is None or not isinstance(version, Version) or version.base is None or not mine.made_of(version.base):
        note = version if isinstance(version, str) else version.note if version is not None else ""
        said = f" ({note})" if note else ""
        raise click.UsageError(
            f"{where} was changed here, and what it was copied from cannot be had again{said}; nothing was written"
        )
    base, ours, theirs = (tree_of({found.path: each}) for each in (version.base, found.before, found.content))
    outcome = merge(base, ours, theirs)
    if isinstance(outcome, Conflicts):
        told = "; ".join(conflict.what for conflict in outcome.conflicts[:5])
        raise click.UsageError(f"{where}: {told}; nothing was written (`syngraph library diff --source` shows both)")
    content = outcome.files.get(found.path, found.before)
    assert content is not None
    return content


# -- telling -----------------------------------------------------------------------------------------------------------

_DONE = {"new": "wrote", "replaced": "replaced", "joined": "joined"}


def _tell(steps: Sequence[Step], path: Path, dry_run: bool) -> None:
    for step in steps:
        where = path / step.path
        if step.done == "same":
            output.talk(f"{where} is there already, the same")
        elif dry_run:
            output.talk(f"would write {where} ({step.done}):")
            output.put_document(step.content.decode())
        else:
            output.talk(f"{_DONE[step.done]} {where}")
    if not dry_run:
        output.talk(f"help: include it with `- {steps[-1].path}` under `include:` in the front matter of the text")


def _put_json(steps: Sequence[Step], shared: str, commit: str, path: Path, dry_run: bool) -> None:
    from syngraph.engine.text.vendoring import digest

    output.put_json(
        {
            "schema": output.SCHEMA,
            "source": shared,
            "commit": commit,
            "dry_run": dry_run,
            "written": [] if dry_run else [str(path / step.path) for step in steps if step.done != "same"],
            "files": [
                {
                    "path": str(path / step.path),
                    "source_path": step.whole,
                    "done": step.done,
                    "digest": digest(step.content),
                }
                for step in steps
            ],
        }
    )
