"""`render`: prints the document."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from syngraph.cli.manners import findings, instants, opening, options, output, stores, writing

if TYPE_CHECKING:
    from syngraph.engine.agreement import Agreement

SUFFIXES = {".md": "md", ".html": "html", ".htm": "html", ".txt": "txt", ".json": "json"}
LATER = {".docx": "docx", ".pdf": "pdf", ".akn": "akn"}
"""What documents will be printed as, and are not yet."""


def _form(wish: str | None, target: Path | None) -> str:
    """The format: as wished, or by the name of the file. Raises: click.UsageError"""
    form = wish or ({**SUFFIXES, **LATER}.get(target.suffix.casefold(), "md") if target else "md")
    known = sorted(set(SUFFIXES.values()))
    if form in LATER.values():
        raise click.UsageError(f"--format: {form} is not printed yet; there are {', '.join(known)}")
    if form not in known:
        raise click.UsageError(
            f"--format: found {form!r}, expected one of {', '.join(known)}{output.did_you_mean(form, known)}"
        )
    return form


@click.command("render", context_settings=options.CONTEXT)
@options.agreement
@click.option("--format", "form", metavar="FORMAT", help="md, html, txt or json (default: by the name of the file, else md).")
@click.option(
    "--key", metavar="KEY", help="Only this field, or this section by its id (commonaccord: this key, r00t by default)."
)
@stores.options
@click.option("--as-reference", is_flag=True, help="Print the very bytes that CommonAccord's own renderer prints.")
@click.option(
    "--batch",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="LIST",
    help="Render each `path TAB key` of a list, in one process.",
)
@click.option("--digests", is_flag=True, help="With --batch: print path, key, bytes and SHA-256 of each.")
@click.option("--template", type=click.Path(path_type=Path, dir_okay=False), help="A jinja2 template of your own.")
@click.option("--date", "day", metavar="DATE", help="A day to print in the footer.")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="Write to this file (--batch: this folder).")
@click.option("--dry-run", is_flag=True, help="Say what would be written and write nothing.")
@options.as_json
def command(
    path: Path,
    rev: str | None,
    form: str | None,
    key: str | None,
    notation: str,
    store: Path | None,
    as_reference: bool,
    batch: Path | None,
    digests: bool,
    template: Path | None,
    day: str | None,
    target: Path | None,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Print the document: numbered, with its references resolved.

    \b
    Examples:
      syngraph render bylaws/ > bylaws.md
      syngraph render bylaws/ -o bylaws.html
      syngraph render bylaws/ --rev HEAD~1 --format txt
      syngraph render bylaws/ --key dues
      syngraph render bylaws/ --format json
      syngraph render bylaws/ --template letterhead.html.j2 --format html
      syngraph render --store Doc G/lease.md --key r00t
      syngraph render --store Doc G/lease.md --format html -o lease.html
      syngraph render --store Doc --as-reference --batch LIST.tsv --digests

    PATH is an agreement's folder, an object in it, or a repository. A template sees the document and nothing else.
    """
    foreign = notation != stores.NOTATIONS[0]
    if not foreign and (as_reference or batch is not None or digests):
        raise click.UsageError("--as-reference, --batch and --digests are for stores: name one with --store FOLDER")
    if foreign and form is None:
        if template is not None or day is not None:
            raise click.UsageError(
                "--template and --date need a --format; without one, commonaccord prints the bytes of the key"
            )
        return _bytes(
            path, rev, key, store, batch, target, strict=as_reference, digests=digests, dry_run=dry_run, as_json=as_json
        )
    if as_reference or batch is not None or digests:
        raise click.UsageError("--format prints a document of our model; leave out --as-reference, --batch and --digests")
    chosen = _form(form, target)
    if foreign:
        agreement, key = opening.foreign(path, rev, store, key), ""
    else:
        agreement = opening.agreement(path, rev)
    if target is not None and str(target) == "-":
        target = None
    if target is not None and target.is_dir():
        raise click.UsageError(f"-o: {target} is a folder; name a file")
    if target is not None and foreign:
        from syngraph.cli.render.stores import refuse

        refuse(target, stores.located(str(path), store, rev))
    elif target is not None:
        _refuse_source(agreement, target)
    stamp: date | None = instants.day(day) if day is not None else None
    content = _printed(agreement, chosen, stamp, template, key or "")
    encoded = content.encode("utf-8", "surrogateescape")
    if target is not None and not dry_run:
        writing.write(target, encoded)
    if as_json:
        written = str(target) if target is not None and not dry_run else None
        answer = {"schema": output.SCHEMA, "format": chosen, "written": written, "bytes": len(encoded), "dry_run": dry_run}
        output.put_json(answer if target is not None else {**answer, "content": content})
    elif target is not None:
        output.talk(f"{'would write' if dry_run else 'wrote'} {target}")
    else:
        output.put_document(content)
    return findings.warn(agreement.holes)


def _bytes(
    path: Path,
    rev: str | None,
    key: str | None,
    store: Path | None,
    batch: Path | None,
    target: Path | None,
    *,
    strict: bool,
    digests: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Prints what keys of a CommonAccord store say, as they say it."""
    from syngraph.cli.render.stores import many, one
    from syngraph.engine.text.notations.commonaccord import ROOT

    target = None if target is not None and str(target) == "-" else target
    if batch is None:
        if target is not None and target.is_dir():
            raise click.UsageError(f"-o: {target} is a folder; name a file")
        if digests:
            raise click.UsageError("--digests needs --batch LIST")
        located = stores.located(str(path), store, rev, beside=strict)
        named = key if key is not None else ROOT
        return one(located, named, target, strict=strict, dry_run=dry_run, as_json=as_json)
    if as_json or key is not None or str(path) != ".":
        raise click.UsageError("--batch takes its objects and keys from the list; leave out PATH, --key and --json")
    if store is None:
        raise click.UsageError("--batch needs --store FOLDER")
    located = stores.located("", store, rev, beside=strict)
    return many(located, batch, target, strict=strict, digests=digests, dry_run=dry_run)


def _printed(agreement: "Agreement", form: str, day: date | None, template: Path | None, key: str) -> str:
    from syngraph.engine.documents import KeyNotFoundError

    try:
        return agreement.render(form, day=day, template=template.read_bytes() if template else None, key=key)
    except KeyNotFoundError as error:
        near = output.did_you_mean(key, error.known) or f"; there are {', '.join(error.known)}"
        raise click.UsageError(f"--key: {error}{near}") from None


def _refuse_source(agreement: "Agreement", target: Path) -> None:
    """Refuses to print a document over the text that it is made from.

    Raises: click.UsageError.
    """
    folder = agreement.path if agreement.path.is_dir() else agreement.path.parent
    try:
        inside = target.resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:
        return
    if inside in agreement.tree.paths():
        raise click.UsageError(f"-o: {target} is a part of the agreement; choose another name")
