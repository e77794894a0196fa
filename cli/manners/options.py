"""Options that mean the same in every verb."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

LEVELS = ("claimed", "witnessed", "admitted", "agreed", "attested", "found")
"""How well a fact can be supported, the weakest first (`syngraph.engine.norms.told.facts.Evidence`)."""

F = TypeVar("F", bound=Callable[..., Any])

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def agreement(command: F) -> F:
    """The text that a verb is about: `PATH` and `--rev`."""
    command = click.option("--rev", metavar="REV", help="The text of this git revision and the ones before it.")(command)
    return click.argument("path", type=click.Path(path_type=Path), default=Path())(command)


def at(command: F) -> F:
    """The day for which an answer is wanted."""
    return click.option("--at", metavar="DATE", help="A day or an instant, in the agreement's zone (default: now).")(command)


def known_at(command: F) -> F:
    """What was known by a day: `--known-at`."""
    return click.option("--known-at", metavar="DATE", help="Count only what had entered the record by the end of this day.")(
        command
    )


def as_json(command: F) -> F:
    """An answer for programs."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def asked(command: F) -> F:
    """How well a fact must be supported to count: `--evidence`."""
    return click.option(
        "--evidence",
        "asked",
        type=click.Choice(LEVELS, case_sensitive=False),
        default=LEVELS[0],
        metavar="LEVEL",
        help=f"Count only facts of at least this level: {', '.join(LEVELS)}.",
    )(command)


def facts(command: F) -> F:
    """Facts besides those of the record: `--facts`."""
    return click.option(
        "--facts",
        "imports",
        type=click.Path(path_type=Path, dir_okay=False),
        multiple=True,
        metavar="FILE",
        help="More facts: CSV with the columns date, actor, act, object, to, amount, under, or JSON Lines with such names.",
    )(command)


def colour(command: F) -> F:
    """Whether an answer is in colours: `--color`."""

    def asked(context: click.Context, _: click.Parameter, value: str) -> None:
        context.color = {"always": True, "never": False}.get(value)

    return click.option(
        "--color",
        type=click.Choice(("auto", "always", "never")),
        default="auto",
        metavar="WHEN",
        expose_value=False,
        callback=asked,
        help="Colours: auto (on a terminal, unless NO_COLOR is set), always, never.",
    )(command)
