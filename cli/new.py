"""`new`: starts an agreement from one of the examples, with its clauses and without its record."""

import re
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from syngraph.cli.manners import options, output, writing

NAME = "Riverside Tool Library"
"""What the example is called in its own text."""
FORMS = {"riverside": "bylaws of a society with members, dues, officers and votes", "lease": "a lease between two parties"}


@click.command("new", context_settings=options.CONTEXT)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--from", "form", default="riverside", show_default=True, metavar="FORM", help="riverside or lease.")
@click.option("--title", metavar="TITLE", help="What the agreement is called.")
@click.option("--with-record", is_flag=True, help="Also the record of the example, to play with.")
@click.option("--dry-run", is_flag=True, help="Say what would be written and write nothing.")
@options.as_json
def command(folder: Path, form: str, title: str | None, with_record: bool, dry_run: bool, as_json: bool) -> None:
    """Start an agreement in a new folder.

    \b
    Examples:
      syngraph new our-garden --title "Bylaws of the Hill Street Garden"
      syngraph new flat --from lease --dry-run

    The text, its clauses, the manifest and the register are those of an example, ready to be changed; the record is empty.
    """
    if form not in FORMS:
        raise click.UsageError(
            f"--from: there is no form {form!r}{output.did_you_mean(form, FORMS)}; there are {', '.join(FORMS)}"
        )
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise click.UsageError(f"{folder} is there already and is not empty; nothing was written")
    wanted = (each for each in shipped(form, title) if with_record or not each[0].startswith("record/"))
    planned = {folder / path: content for path, content in wanted}
    if not dry_run:
        for target, content in planned.items():
            writing.create(target, content)
    if as_json:
        answer = {"schema": output.SCHEMA, "folder": str(folder), "files": [str(path) for path in planned], "dry_run": dry_run}
        output.put_json(answer)
        return
    facts = [target for target in planned if "record" in target.relative_to(folder).parts]
    for target in planned:
        if target not in facts:
            output.put(f"{'would write' if dry_run else 'wrote'} {target}")
    if facts:
        output.put(f"{'would write' if dry_run else 'wrote'} {len(facts)} statements in {facts[0].parent}")
    if not dry_run:
        output.talk(f"help: put your names into {folder / 'register.yaml'}, change the fields on top of the text,")
        output.talk(f"      then `syngraph read {folder}` and `syngraph lint {folder}`")


def shipped(name: str, title: str | None = None) -> Iterator[tuple[str, bytes]]:
    """The files of an example, by their path in it, under another title if one is given."""
    for path, entry in _files(files("syngraph").joinpath("examples", name), ""):
        content = entry.read_bytes()
        if title is not None and path.endswith((".yaml", ".md")) and "/" not in path:
            content = _titled(content, title)
        if path != "README.md":
            yield path, content


def _titled(content: bytes, title: str) -> bytes:
    quoted = '"' + title.replace("\\", "\\\\").replace('"', '\\"') + '"'
    called = re.sub(r"^(?:(?:Bylaws|Articles|Statutes) of )?(?:the |The )?", "", title)
    head = re.sub(rb"(?m)^title: .*$", lambda _: b"title: " + quoted.encode(), content, count=1)
    return head.replace(NAME.encode(), called.encode()) if called else head


def _files(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _files(entry, f"{prefix}{entry.name}/")
        elif not entry.name.startswith("."):
            yield prefix + entry.name, entry
