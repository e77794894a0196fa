"""`library`: the clauses and templates that come with syngraph, and copies of them in an agreement."""

from pathlib import Path
from typing import Any

import click

from syngraph.cli import drift
from syngraph.cli.manners import options, output


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
@click.option("--update", is_flag=True, help="Replace a copy of another version that was not changed here.")
@click.option("--dry-run", is_flag=True, help="Say what would be written and write nothing.")
@options.as_json
def add(name: str, path: Path, into: str, update: bool, dry_run: bool, as_json: bool) -> None:
    """Copy a clause into an agreement, with its name, version and digest.

    \b
    Examples:
      syngraph library add arbitration
      syngraph library add late-payment lease/ --into forms --dry-run
      syngraph library add notices bylaws/ --update
    """
    from syngraph.cli.manners import landing
    from syngraph.engine.text.vendoring import Standing, of_library, placed

    if name.startswith("templates/"):
        raise click.UsageError(f"{name} is a template, not a clause; `syngraph library show {name}` prints it")
    folder = landing.folder(into)
    tree = landing.agreement(path)
    content = of_library(_load(name))
    inside = f"{folder}/{name}.md" if folder else f"{name}.md"
    (copy,) = placed([(inside, content)], tree)
    match copy.standing:
        case Standing.OTHER:
            raise click.UsageError(f"{path / inside} is there already and differs; nothing was written")
        case Standing.CHANGED:
            raise click.UsageError(
                f"{path / inside} was changed here; `syngraph library diff {path}` shows how; nothing was written"
            )
        case Standing.OLDER if not update:
            raise click.UsageError(
                f"{path / inside} is a copy of another version, unchanged; --update replaces it; nothing was written"
            )
        case _:
            pass
    target = path / inside
    new = copy.standing is not Standing.SAME
    if new and not dry_run:
        landing.write(path, [(inside, content, copy.before)])
    if as_json:
        written = str(target) if new and not dry_run else None
        output.put_json(
            {
                "schema": output.SCHEMA,
                "path": str(target),
                "written": written,
                "dry_run": dry_run,
                "standing": copy.standing.value,
            }
        )
    elif dry_run:
        output.talk(f"would write {target}:")
        output.put_document(content.decode())
    elif copy.standing is Standing.OLDER:
        output.talk(f"replaced {target} by the version of the library")
    else:
        output.talk(f"wrote {target}" if new else f"{target} is there already, the same")
        output.talk(f"help: include it with `- {inside}` under `include:` in the front matter of the text")


command.add_command(drift.command)


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
