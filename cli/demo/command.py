"""`demo`: plays the examples on fresh repositories, each step a real command shown before what it prints."""

import contextlib
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from syngraph.cli.demo.playing import play
from syngraph.cli.demo.stories import FOUNDED, LEASE, LIBRARY
from syngraph.cli.manners import options, output


@click.command("demo", context_settings=options.CONTEXT)
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@click.option("--yes", is_flag=True, help="Do not wait between the parts.")
@options.as_json
def command(folder: Path | None, yes: bool, as_json: bool) -> None:
    """Play the examples on fresh repositories, every step a real command.

    \b
    Examples:
      syngraph demo
      syngraph demo play --yes

    The repositories are made in FOLDER, which must not hold anything (default: a new temporary folder), and are left there.
    """
    if folder is not None and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise click.UsageError(f"{folder} is there already and is not empty; name a folder that is new")
    place = folder or Path(tempfile.mkdtemp(prefix="syngraph-demo-"))
    place.mkdir(parents=True, exist_ok=True)
    told: list[dict[str, Any]] = []
    with contextlib.chdir(place):
        for part in (LIBRARY, FOUNDED, LEASE):
            for step in part:
                told.append(play(step, as_json))
            if part is not LEASE and not yes and not as_json and sys.stdin.isatty():
                click.pause("\npress a key for what comes next ...", err=True)
    if as_json:
        output.put_json({"schema": output.SCHEMA, "folder": str(place), "steps": told})
    else:
        output.put(f"\nThe repositories are in {place}; try `syngraph check {place / 'lease'} --at 2026-10-31`.")
