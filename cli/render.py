"""`render`: prints the document."""

from datetime import date
from pathlib import Path

import click

from syngraph.cli.manners import findings, instants, opening, options, output, writing

SUFFIXES = {".md": "md", ".html": "html", ".htm": "html", ".txt": "txt"}


@click.command("render", context_settings=options.CONTEXT)
@options.agreement
@click.option("--format", "form", metavar="FORMAT", help="md, html or txt (default: by the name of the file, else md).")
@click.option("--template", type=click.Path(path_type=Path, dir_okay=False), help="A jinja2 template of your own.")
@click.option("--date", "day", metavar="DATE", help="A day to print in the footer.")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
@click.option("--dry-run", is_flag=True, help="Say what would be written and write nothing.")
@options.as_json
def command(
    path: Path,
    rev: str | None,
    form: str | None,
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
      syngraph render bylaws/ --template letterhead.html.j2 --format html

    PATH is an agreement's folder, an object in it, or a repository. A template sees the document and nothing else.
    """
    agreement = opening.agreement(path, rev)
    chosen = form or (SUFFIXES.get(target.suffix.casefold(), "md") if target else "md")
    known = sorted(set(SUFFIXES.values()))
    if chosen not in known:
        raise click.UsageError(
            f"--format: found {chosen!r}, expected one of {', '.join(known)}{output.did_you_mean(chosen, known)}"
        )
    stamp: date | None = instants.day(day) if day else None
    content = agreement.render(chosen, day=stamp, template=template.read_bytes() if template else None)
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
