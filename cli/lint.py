"""`lint`: finds the faults of a text."""

import re
from pathlib import Path

import click

from syngraph.cli.manners import opening, options, output

FORMATS = ("full", "concise", "json", "sarif", "github", "junit")


@click.command("lint", context_settings=options.CONTEXT)
@options.agreement
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="full", show_default=True, help="How findings are printed."
)
@click.option("--select", metavar="CODES", help="Only these codes, or those that begin so: SG3,SG201.")
@options.as_json
def command(path: Path, rev: str | None, form: str, select: str | None, as_json: bool) -> None:
    """Find the faults of a text and of its record.

    \b
    Examples:
      syngraph lint bylaws/
      syngraph lint bylaws/ --format concise
      syngraph lint bylaws/ --select SG3 --json
      syngraph explain SG301

    PATH is an agreement's folder, an object in it, or a repository. Exit code 1 when there are findings.
    """
    from syngraph.cli.manners import findings

    agreement = opening.agreement(path, rev)
    chosen = tuple(code.strip().upper() for code in select.split(",")) if select is not None else ("",)
    for code in chosen if select is not None else ():
        if not re.fullmatch(r"SG[1-4]?\d{0,2}", code):
            raise click.UsageError(f"--select: found {code!r}, expected codes or their beginnings, such as SG3 or SG201")
    found = [finding for finding in agreement.findings if finding.code.startswith(chosen)]
    findings.tell(found, "json" if as_json else form)
    if form == "full" and not as_json:
        output.talk(_summary(len(found), agreement.manifest.title or str(path)))
    if found:
        raise click.exceptions.Exit(1)


def _summary(count: int, name: str) -> str:
    if count == 0:
        return f"{name}: no findings"
    return f"{name}: {count} finding{'s' if count > 1 else ''}; `syngraph explain CODE` says more of each"
