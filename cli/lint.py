"""`lint`: finds the faults of a text, and mends those by which nothing changes that it says."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from syngraph.cli.manners import changes, opening, options, output, stores

if TYPE_CHECKING:
    from syngraph.engine.agreement import Agreement
    from syngraph.engine.text.editing.mending import Mended
    from syngraph.engine.text.findings import Finding

FORMATS = ("full", "concise", "json", "sarif", "github", "junit")


@click.command("lint", context_settings=options.CONTEXT)
@options.agreement
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="full", show_default=True, help="How findings are printed."
)
@click.option("--select", metavar="CODES", help="Only these codes, or those that begin so: SG3,SG201.")
@click.option("--fix", is_flag=True, help="Mend what changes nothing that the text says; tell what remains.")
@click.option("--diff", "as_diff", is_flag=True, help="Print what --fix would change; write nothing.")
@click.option("--dry-run", is_flag=True, help="With --fix: say what would be mended and write nothing.")
@stores.options
@options.as_json
def command(
    path: Path,
    rev: str | None,
    notation: str,
    store: Path | None,
    form: str,
    select: str | None,
    fix: bool,
    as_diff: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Find the faults of a text and of its record.

    \b
    Examples:
      syngraph lint bylaws/
      syngraph lint bylaws/ --format concise
      syngraph lint bylaws/ --select SG3 --json
      syngraph lint bylaws/ --diff
      syngraph lint bylaws/ --fix
      syngraph lint --store Doc G/lease.md
      syngraph explain SG301

    PATH is an agreement's folder, an object in it, or a repository. Exit code 1 when there are findings (with --fix: when some
    remain). Mended are links in other capitals or signs than the id, stray braces and typed numbers that decide: what changes
    neither what the text says nor who is bound. Misspelt names are for you to mend; a copy from elsewhere is left alone.
    """
    from syngraph.cli.manners import findings
    from syngraph.engine.text.editing.edits import as_written

    if dry_run and not fix:
        raise click.UsageError("--dry-run: found without --fix; lint writes nothing by itself")
    if notation != stores.NOTATIONS[0] and (fix or as_diff):
        raise click.UsageError("--fix and --diff mend objects in markdown; `syngraph import` makes them of others")
    if rev is not None and (fix or as_diff):
        raise click.UsageError("--rev: found with --fix or --diff; what was committed stays as it was")
    agreement = opening.agreement(path, rev, notation, store)
    chosen = tuple(code.strip().upper() for code in select.split(",")) if select is not None else ("",)
    for code in chosen if select is not None else ():
        if not re.fullmatch(r"SG[1-5]?\d{0,2}", code):
            raise click.UsageError(f"--select: found {code!r}, expected codes or their beginnings, such as SG3 or SG201")
    found = [finding for finding in agreement.findings if finding.code.startswith(chosen)]
    summary = _summary(len(found), agreement.manifest.title or str(path), sum(1 for finding in found if finding.fix))
    if fix or as_diff:
        mended = _mended(agreement, chosen)
        folder = _folder(agreement)
        if as_diff:
            for name, text in mended.texts.items():
                old = agreement.tree.read(name)
                output.put("\n".join(changes.difference(str(folder / name), old, as_written(text, old))))
            output.talk(f"{len(mended.gone)} would be mended")
            raise click.exceptions.Exit(1 if found else 0)
        if not dry_run:
            _write(agreement, folder, mended.texts)
        gone = len(mended.gone)
        told = f"{gone} {'would be ' if dry_run else ''}mended in {', '.join(mended.texts)}" if gone else "nothing mended"
        left = [finding for finding in mended.left if finding.code.startswith(chosen)]
        found = left + [finding for finding in found if finding not in agreement.faults]
        summary = f"{told}, {len(found)} {'remains' if len(found) == 1 else 'remain'}"
    findings.tell(found, "json" if as_json else form, _base(agreement))
    if (form == "full" and not as_json) or fix:
        output.talk(summary)
    if found:
        raise click.exceptions.Exit(1)


def _summary(count: int, name: str, fixable: int) -> str:
    if count == 0:
        return f"{name}: no findings"
    said = f"{name}: {count} finding{'s' if count > 1 else ''}; `syngraph explain CODE` says more of each"
    return said + (f"; `--fix` would mend {fixable}" if fixable else "")


def _mended(agreement: "Agreement", chosen: tuple[str, ...]) -> "Mended":
    """The text with those faults mended by which nothing changes."""
    from syngraph.engine.text.editing.mending import Seen, mend
    from syngraph.engine.text.editing.saying import said
    from syngraph.engine.text.store import text_of

    def wanted(faults: Sequence["Finding"]) -> list["Finding"]:
        return [each if each.code.startswith(chosen) else replace(each, fix=()) for each in faults]

    def seen(held: "Agreement") -> Seen:
        return Seen(wanted(held.faults), said(held.document, held.clauses))

    first = seen(agreement)
    paths = {each.place.path for finding in first.findings for each in finding.fix}
    texts = {path: text_of(agreement.tree, path) for path in sorted(paths)}
    return mend(first, texts, lambda later: seen(agreement.changed(later)))


def _folder(agreement: "Agreement") -> Path:
    """The folder of the agreement on disk. Raises: click.UsageError where it is in a repository only."""
    path, entry = agreement.path, agreement.tree.entry
    if path.is_dir():
        if not (path / agreement.root).is_file():
            raise click.UsageError(f"{path}: found a repository without files; expected a work tree, where they can be mended")
        return path
    return path.absolute().parents[len((entry or "").split("/")) - 1]


def _base(agreement: "Agreement") -> str:
    """The way from the current folder to that of the agreement, "" where it is not below."""
    path = agreement.path
    folder = path if path.is_dir() else path.absolute().parents[len((agreement.tree.entry or "").split("/")) - 1]
    try:
        way = folder.resolve().relative_to(Path.cwd().resolve()).as_posix()
    except ValueError:
        return ""
    return "" if way == "." or not (folder / agreement.root).is_file() else f"{way}/"


def _write(agreement: "Agreement", folder: Path, texts: Mapping[str, str]) -> None:
    """Writes the files that change, all or none, when none of them has changed meanwhile.

    Raises: click.UsageError, OSError
    """
    from syngraph.cli.manners.rewriting import rewrite
    from syngraph.cli.manners.together import Write
    from syngraph.engine.text.editing.edits import as_written

    olds = {name: agreement.tree.read(name) for name in texts}
    rewrite([Write(folder / name, as_written(text, olds[name]), olds[name]) for name, text in texts.items()])
