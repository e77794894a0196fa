"""`library`: the clauses and templates that come with syngraph, and copies of them in an agreement."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import click

from syngraph.cli.manners import options, output, writing


@click.group("library", context_settings=options.CONTEXT)
def command() -> None:
    """The clauses and templates that come with syngraph.

    \b
    Examples:
      syngraph library list
      syngraph library show arbitration
      syngraph library add arbitration bylaws/
      syngraph library diff bylaws/

    An agreement includes a copy of a clause, so that everything that is signed is in its folder.
    """


@command.command("list", context_settings=options.CONTEXT)
@options.as_json
def listed(as_json: bool) -> None:
    """List what there is.

    \b
    Examples:
      syngraph library list
      syngraph library list --json
    """
    from syngraph import library

    entries = [_described(name, library.load(name)) for name in library.names()]
    if as_json:
        output.put_json({"schema": output.SCHEMA, "objects": entries})
        return
    width = max(len(entry["name"]) for entry in entries)
    for entry in entries:
        output.put(f"{entry['name']:<{width}}  {entry['summary'] or entry['title']}".rstrip())


@command.command("show", context_settings=options.CONTEXT)
@click.argument("name")
@options.as_json
def show(name: str, as_json: bool) -> None:
    """Print a clause or a template as it is.

    \b
    Examples:
      syngraph library show arbitration
      syngraph library show templates/page.html.j2
    """
    content = _load(name)
    if as_json:
        output.put_json({"schema": output.SCHEMA, **_described(name, content), "text": content.decode()})
    else:
        output.put_document(content.decode())


@command.command("add", context_settings=options.CONTEXT)
@click.argument("name")
@click.argument("path", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option("--into", default="forms", show_default=True, metavar="FOLDER", help="The folder of the agreement to copy into.")
@click.option("--dry-run", is_flag=True, help="Say what would be written and write nothing.")
@options.as_json
def add(name: str, path: Path, into: str, dry_run: bool, as_json: bool) -> None:
    """Copy a clause into an agreement, with its name, version and digest.

    \b
    Examples:
      syngraph library add arbitration
      syngraph library add late-payment lease/ --into forms --dry-run
    """
    if name.startswith("templates/"):
        raise click.UsageError(f"{name} is a template, not a clause; `syngraph library show {name}` prints it")
    if Path(into).is_absolute() or ".." in Path(into).parts:
        raise click.UsageError(f"--into: found {into!r}, expected a folder inside the agreement, such as forms")
    if not (path / "syngraph.yaml").is_file():
        raise click.UsageError(f"{path} has no syngraph.yaml, so it is no agreement; `syngraph new {path}` starts one")
    content = copied(_load(name))
    target = path / into / f"{name}.md"
    new = target if dry_run else (target if writing.create(target, content) else None)
    if as_json:
        written = str(target) if new and not dry_run else None
        output.put_json({"schema": output.SCHEMA, "path": str(target), "written": written, "dry_run": dry_run})
    elif dry_run:
        output.talk(f"would write {target}:")
        output.put_document(content.decode())
    else:
        output.talk(f"wrote {target}" if new else f"{target} is there already, the same")
        output.talk(f"help: include it with `- {into}/{name}.md` under `include:` in the front matter of the text")


@command.command("diff", context_settings=options.CONTEXT)
@click.argument("path", type=click.Path(path_type=Path, file_okay=False), default=Path())
@options.as_json
def diff(path: Path, as_json: bool) -> None:
    """Show how the copies in an agreement differ from the library's clauses.

    \b
    Examples:
      syngraph library diff bylaws/

    Exit code 1 when a copy differs.
    """
    from difflib import unified_diff

    from syngraph import library

    known = set(library.names())
    drifted = []
    for copy in sorted(path.rglob("*.md")):
        if copy.stem in known and copy.is_file() and not copy.is_symlink():
            text = copy.read_bytes()
            source = copied(library.load(copy.stem))
            if b"\ndigest: sha256:" in text and text != source:
                drifted.append((copy, text.decode("utf-8", "replace"), source.decode()))
    if as_json:
        output.put_json({"schema": output.SCHEMA, "differ": [str(copy) for copy, _, _ in drifted]})
    else:
        for copy, mine, theirs in drifted:
            for line in unified_diff(theirs.splitlines(), mine.splitlines(), f"library/{copy.name}", str(copy), lineterm=""):
                output.put(line)
    if drifted:
        raise click.exceptions.Exit(1)


def copied(content: bytes) -> bytes:
    """A clause as it is copied: its front matter also has the digest of what it was copied from."""
    digest = f"digest: sha256:{sha256(content).hexdigest()}"
    lines = content.decode().splitlines(keepends=True)
    for number, line in enumerate(lines):
        if line.startswith("version:"):
            return "".join([*lines[: number + 1], digest + "\n", *lines[number + 1 :]]).encode()
    return ("---\n" + digest + "\n" + "".join(lines[1:])).encode()


def _load(name: str) -> bytes:
    from syngraph import library

    try:
        return library.load(name)
    except library.LibraryError as error:
        near = output.did_you_mean(name, error.known)
        raise click.UsageError(f"the library has no {name!r}{near or '; `syngraph library list` shows what it has'}") from None


def _described(name: str, content: bytes) -> dict[str, Any]:
    """The name, title, version and summary in the front matter of a clause of the library."""
    known = {"title": "", "version": "", "summary": ""}
    if not name.startswith("templates/"):
        for line in content.decode().split("\n---\n")[0].splitlines():
            field, _, value = line.partition(": ")
            if field in known:
                known[field] = value.strip('"')
    return {"name": name, **known}
