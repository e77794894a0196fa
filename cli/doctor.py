"""`doctor`: looks at this installation and says what would stop work."""

import os
import platform
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NamedTuple

import click

from syngraph import LANGUAGE_VERSION, __version__
from syngraph.cli.manners import memory, options, output

NEEDED = (
    *("bcrypt", "click", "cryptography", "holidays", "interegular", "jinja2", "lark", "markdown-it-py", "platformdirs"),
    *("pygit2", "python-dateutil", "rich", "ruamel.yaml"),
)


class Check(NamedTuple):
    """One thing looked at: `status` is `well`, `note` (works, but) or `fault` (does not work)."""

    name: str
    status: str
    found: str
    help: str = ""


@click.command("doctor", context_settings=options.CONTEXT)
@options.as_json
def command(as_json: bool) -> None:
    """Look at this installation: Python, libraries, git identity, cache.

    \b
    Examples:
      syngraph doctor
      syngraph doctor --json

    Exit code 1 when something does not work.
    """
    checks = tuple(examine())
    if as_json:
        output.put_json({"schema": output.SCHEMA, "version": __version__, "checks": [check._asdict() for check in checks]})
    else:
        width = max(len(check.name) for check in checks)
        colours: dict[str, dict[str, Any]] = {"well": {"fg": "green"}, "note": {"fg": "yellow"}, "fault": {"fg": "red"}}
        for check in checks:
            status = output.styled(f"{check.status:<5}", **colours[check.status])
            output.put_styled(f"{status}  {check.name:<{width}}  {output.plain(check.found)}")
            if check.help:
                output.put(f"       {'':<{width}}  help: {check.help}")
    if any(check.status == "fault" for check in checks):
        raise click.exceptions.Exit(1)


def examine() -> Iterator[Check]:
    """Every check, in the order in which they matter."""
    yield Check("syngraph", "well", f"{__version__}, clause language {LANGUAGE_VERSION}")
    yield Check("python", "well", f"{platform.python_version()} ({sys.executable})")
    yield from (_library(name) for name in NEEDED)
    yield _encoding()
    yield _shipped()
    yield from _git()
    yield _cache()


def _library(name: str) -> Check:
    try:
        return Check(name, "well", version(name))
    except PackageNotFoundError:
        return Check(name, "fault", "not installed", f"python -m pip install {name}")


def _encoding() -> Check:
    encoding = (sys.stdout.encoding or "unknown").lower()
    if encoding.replace("-", "") == "utf8":
        return Check("output", "well", "UTF-8")
    return Check("output", "note", f"{encoding}: signs it lacks are printed as escapes", "set LC_ALL=C.UTF-8 or PYTHONUTF8=1")


def _shipped() -> Check:
    from syngraph import library

    try:
        names = library.names()
    except OSError as error:
        return Check("library", "fault", str(error), "install syngraph again")
    return (
        Check("library", "well", f"{len(names)} objects")
        if names
        else Check("library", "fault", "empty", "install syngraph again")
    )


def _git() -> Iterator[Check]:
    try:
        import pygit2
    except ImportError as error:
        yield Check("git", "fault", str(error), "python -m pip install --force-reinstall pygit2")
        return
    yield Check("git", "well", f"libgit2 {pygit2.LIBGIT2_VERSION}")
    try:
        config = pygit2.Config.get_global_config()
        found = {name: config[name] for name in ("user.name", "user.email") if name in config}
    except (OSError, pygit2.GitError):
        found = {}
    missing = [name for name in ("user.name", "user.email") if name not in found]
    if missing:
        yield Check(
            "identity", "note", f"git does not know your {' and '.join(missing)}", f"git config --global {missing[0]} ..."
        )
    else:
        yield Check("identity", "well", f"{found['user.name']} <{found['user.email']}>")


def _cache() -> Check:
    place = memory.place()
    if place is None:
        return Check("cache", "note", "off (SYNGRAPH_CACHE)", "unset SYNGRAPH_CACHE to have unchanged texts read faster")
    store = memory.Disk(place)
    store.put({"doctor": b"well"})
    works = store.get(("doctor",)) == {"doctor": b"well"}
    store.close()
    if not works:
        return Check("cache", "note", f"{place} cannot be used", "delete the file, or name another folder in SYNGRAPH_CACHE")
    size = place.stat().st_size / 1024 if os.path.exists(place) else 0  # noqa: PTH110
    return Check("cache", "well", f"{place} ({size:,.0f} KiB)")
