"""When something is done, and who git says did it."""

import os
from datetime import date, datetime, time, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

import click

from syngraph.cli.manners import instants

if TYPE_CHECKING:
    from syngraph.engine.text.store.writing import Author


def moment(at: str | None, zone: tzinfo) -> datetime:
    """The instant of an act: now, or the one that `at` names; a day means its noon.

    Raises: click.UsageError
    """
    if at is None:
        return instants.now(zone).replace(microsecond=0)
    try:
        found = instants.read(at, zone)
    except click.UsageError as error:
        raise click.UsageError(f"--at: {error.message}") from None
    if found.timetz() == time.max.replace(tzinfo=zone):
        return datetime.combine(found.date(), time(12), zone)
    return found.replace(microsecond=0)


def day(option: str, text: str) -> date:
    """The day that an option names. Raises: click.UsageError, with the option's name"""
    try:
        return instants.day(text)
    except click.UsageError as error:
        raise click.UsageError(f"{option}: {error.message}") from None


def author(path: Path, otherwise: str, id: str) -> "Author":
    """Who git says the user is, from the environment and its configuration; where it does not know, a principal.

    The commit's author decides nothing: what counts is who signs the statements in it.
    """
    from syngraph.engine.text.store.writing import Author

    name = os.environ.get("GIT_AUTHOR_NAME") or configured(path, "user.name") or otherwise
    email = os.environ.get("GIT_AUTHOR_EMAIL") or configured(path, "user.email") or f"{id}@localhost"
    return Author(name.strip(), email.strip())


def configured(path: Path, name: str) -> str:
    """What git's configuration says for the repository that `path` is in, or for the user; "" for nothing."""
    import pygit2

    try:
        start = next((folder for folder in (path.absolute(), *path.absolute().parents) if folder.is_dir()), path)
        found = pygit2.discover_repository(str(start))
        config = pygit2.Repository(found).config if found else pygit2.Config.get_global_config()
        return str(config[name]) if name in config else ""
    except (KeyError, OSError, ValueError, pygit2.GitError):
        return ""
