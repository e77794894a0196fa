"""The options that verbs of governance share, gathered into one value."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from syngraph.cli.manners import options, output

Verb = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class How:
    """Where and how something is done: what the shared options of one command line say.

    `path` is in the agreement. `keys` name those who sign, `by` the principals in whose name; `at` is the day, `out` the
    folder that files are written to instead of being entered, `message` that of the commit.
    """

    path: Path = Path()
    keys: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    at: str | None = None
    out: Path | None = None
    message: str | None = None
    dry_run: bool = False
    as_json: bool = False


_NAMES = ("path", "keys", "by", "at", "out", "message", "dry_run", "as_json")


def path(command: Verb) -> Verb:
    """`PATH`: where the agreement is."""
    return click.argument("path", type=click.Path(path_type=Path), default=Path())(command)


def inside(command: Verb) -> Verb:
    """`--in PATH`: where the agreement is, for verbs that are about something else in it."""
    return click.option(
        "--in", "path", type=click.Path(path_type=Path), default=Path(), metavar="PATH", help="The agreement (default: here)."
    )(command)


def signed(command: Verb) -> Verb:
    """Who signs, in whose name, and whether the statement is entered or written to a folder."""
    for decorate in (
        click.option(
            "-o",
            "out",
            type=click.Path(path_type=Path, file_okay=False),
            metavar="DIR",
            help="Write the statement and its signatures to DIR and enter nothing; without a key, unsigned.",
        ),
        click.option(
            "--by", "by", multiple=True, metavar="ID", help="In whose name: an id of the register. May be given often."
        ),
        click.option(
            "--key",
            "keys",
            multiple=True,
            metavar="KEY",
            help="Who signs: a key file, or a fingerprint in the SSH agent. May be given often. (Default: $SYNGRAPH_KEY, the"
            " SSH key that git signs with, or yours that the register has.)",
        ),
    ):
        command = decorate(command)
    return command


def entered(command: Verb) -> Verb:
    """When, with which message, or only on trial; and an answer for programs."""
    for decorate in (
        options.as_json,
        click.option("--dry-run", is_flag=True, help="Judge it, say what would come of it, and write nothing."),
        click.option("--message", metavar="TEXT", help="The message of the commit."),
        click.option("--at", metavar="DATE", help="The day, for the statement and its commit (default: now)."),
    ):
        command = decorate(command)
    return command


@contextmanager
def lawfully() -> Iterator[None]:
    """Tells what the text does not allow, and leaves with exit code 1. Raises: click.exceptions.Exit"""
    from syngraph.engine.governance.chain.transitions import Unlawful

    try:
        yield
    except Unlawful as refused:
        from syngraph.cli.manners import faults

        output.talk(faults.told(refused))
        raise click.exceptions.Exit(1) from None


def gathered(command: Verb) -> Verb:
    """Hands the shared options on as one `How`, and tells what the text does not allow with exit code 1."""

    @wraps(command)
    def inner(**given: Any) -> Any:
        how = How(**{name: given.pop(name) for name in _NAMES if name in given})
        with lawfully():
            return command(how, **given)

    return inner
