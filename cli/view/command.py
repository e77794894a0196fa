"""`view`: shows a document from five sides."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click

from syngraph.cli.manners import findings, options, output, stores

F = TypeVar("F", bound=Callable[..., Any])


def _viewed(command: F) -> F:
    """What a view is of."""
    command = stores.options(options.as_json(command))
    command = click.option("--rev", metavar="REV", help="The text of this git revision.")(command)
    return click.argument("path", default=".", metavar="[PATH]")(command)


def _key(help: str) -> Callable[[F], F]:
    return click.option("--key", metavar="KEY", default="", help=help)


@click.group("view", context_settings=options.CONTEXT)
def command() -> None:
    """Show a document from five sides: as written, what is missing, where everything came from.

    \b
    Examples:
      syngraph view source bylaws/           an object as it was written
      syngraph view missing bylaws/          the keys that nobody has filled in yet
      syngraph view trace bylaws/ --key Dues which object says so, and which it overrides
      syngraph view xray bylaws/             the text, each piece with where it was written
      syngraph view map bylaws/              which object includes which
      syngraph view trace --store Doc G/lease.md

    PATH is an agreement's folder, an object in it, or a repository; with --store, an object of a CommonAccord store.
    """


@command.command("source", context_settings=options.CONTEXT)
@_viewed
@_key("Only the lines of this field or section.")
def source(path: str, rev: str | None, notation: str, store: Path | None, key: str, as_json: bool) -> int:
    """Show an object as it was written: its lines, what they bind, and where its inclusions lead.

    \b
    Examples:
      syngraph view source bylaws/
      syngraph view source bylaws/forms/amendment.md --rev HEAD~1
    """
    from syngraph.cli.view import fields, printed
    from syngraph.cli.view.opened import opened

    viewed = opened(path, rev, notation, store)
    shown = viewed.source()
    if key and all(entry.key != key for entry in shown.entries):
        raise click.UsageError(_unknown(key, [entry.key for entry in shown.entries]))
    if as_json:
        output.put_json(fields.source(shown, viewed.form))
    else:
        printed.source(shown, key)
    return 0


@command.command("missing", context_settings=options.CONTEXT)
@_viewed
@_key("Only this key.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "keys", "fields", "json"]),
    default="text",
    show_default=True,
    help="How: for people, as lines `Key=`, or as an object to fill in.",
)
def missing(path: str, rev: str | None, notation: str, store: Path | None, key: str, form: str, as_json: bool) -> int:
    """List the keys that are not filled in, each with every place that asks for it.

    \b
    Examples:
      syngraph view missing bylaws/
      syngraph view missing bylaws/ --format fields > answers.md     fill it in, and include it
      syngraph view missing bylaws/ --format keys

    Besides those that nothing binds: those bound to nothing, and those on which a section hangs that is left out. Exit code 1
    when nothing binds some key.
    """
    from syngraph.cli.view import fields, printed
    from syngraph.cli.view.opened import opened
    from syngraph.engine.text.views.shown import State

    viewed = opened(path, rev, notation, store)
    shown = viewed.missing(key)
    match "json" if as_json else form:
        case "json":
            output.put_json(fields.missing(shown, viewed.form))
        case "keys":
            _lines(printed.keys(shown))
        case "fields":
            _lines(printed.fields(shown) if viewed.form == stores.NOTATIONS[0] else printed.keys(shown))
        case _:
            printed.missing(shown)
            if not shown.keys:
                said = (
                    "no key is missing in what is there, but the text is not whole" if viewed.findings else "nothing is missing"
                )
                output.talk(said)
    holes = findings.warn(viewed.findings)
    return 1 if holes or any(each.state is State.OPEN for each in shown.keys) else 0


@command.command("trace", context_settings=options.CONTEXT)
@_viewed
@_key("Only this key, with everything that it overrides.")
def trace(path: str, rev: str | None, notation: str, store: Path | None, key: str, as_json: bool) -> int:
    """Tell which object gave each key, and through which inclusions.

    \b
    Examples:
      syngraph view trace bylaws/
      syngraph view trace bylaws/ --key Dues
      syngraph view trace bylaws/ --key Chair.Name --json
    """
    from syngraph.cli.view import fields, printed
    from syngraph.cli.view.opened import opened

    viewed = opened(path, rev, notation, store)
    shown = viewed.trace(key)
    if key and not shown.keys and not shown.open:
        everything = viewed.trace("")
        raise click.UsageError(
            _unknown(key, [*(each.key for each in everything.keys), *(each.key for each in everything.open)])
        )
    if as_json:
        output.put_json(fields.trace(shown, viewed.form))
    else:
        printed.trace(shown, key)
    return findings.warn(viewed.findings)


@command.command("xray", context_settings=options.CONTEXT)
@_viewed
@_key("Only this field or section.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "html", "json"]),
    default="text",
    show_default=True,
    help="How: a piece to a line, a page that tells the origin of what one points at, or data.",
)
def xray(path: str, rev: str | None, notation: str, store: Path | None, key: str, form: str, as_json: bool) -> int:
    """Show the text with where each piece of it was written.

    \b
    Examples:
      syngraph view xray bylaws/
      syngraph view xray bylaws/ --key dues
      syngraph view xray bylaws/ --format html > bylaws.html
    """
    from syngraph.cli.view import fields, page, printed
    from syngraph.cli.view.opened import opened

    viewed = opened(path, rev, notation, store)
    shown = viewed.xray(key)
    if shown is None:
        raise click.UsageError(_unknown(key, [each.key for each in viewed.trace("").keys]))
    match "json" if as_json else form:
        case "json":
            output.put_json(fields.xray(shown, viewed.form))
        case "html":
            output.put_document("".join(page.page(shown)))
        case _:
            printed.xray(shown)
    return findings.warn(viewed.findings)


@command.command("map", context_settings=options.CONTEXT)
@_viewed
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "dot", "json"]),
    default="text",
    show_default=True,
    help="How: a tree, a graph for Graphviz, or data.",
)
def inclusions(path: str, rev: str | None, notation: str, store: Path | None, form: str, as_json: bool) -> int:
    """Show which object includes which.

    \b
    Examples:
      syngraph view map bylaws/
      syngraph view map bylaws/ --format dot | dot -Tsvg > bylaws.svg

    Exit code 1 when something that is included is not there, leads back to itself, or is too deep
    to be read.
    """
    from syngraph.cli.view import drawing, fields
    from syngraph.cli.view.opened import opened
    from syngraph.engine.text.views.shown import Target

    viewed = opened(path, rev, notation, store)
    shown = viewed.map()
    match "json" if as_json else form:
        case "json":
            output.put_json(fields.mapped(shown, viewed.form))
        case "dot":
            _lines(drawing.dot(shown))
        case _:
            _lines(drawing.tree(shown))
    return 1 if any(edge.link.target is not Target.THERE or edge.link.said for edge in shown.edges) else 0


def _lines(lines: Iterable[str]) -> None:
    """One line after the other; they were made safe when they were made."""
    if text := "\n".join(lines):
        output.put(text)


def _unknown(key: str, known: list[str]) -> str:
    return f"--key: nothing is called {key!r}{output.did_you_mean(key, known)}"
