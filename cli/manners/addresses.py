"""Addresses of objects in other repositories, as people write them: `REPO@COMMIT:PATH`, on this machine only."""

import re
from dataclasses import dataclass
from pathlib import Path

import click

from syngraph.cli.manners import output

_ADDRESS = re.compile(r"(?s)(?P<repository>.+)@(?P<commit>[^@:{][^@:]*(?:@\{[^{}:]*\})?):(?P<path>.*)")
_URL = re.compile(r"(?s)(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<rest>.*)")
_SHELL = re.compile(r"(?s)(?:[\w.-]+@)?[\w.-]+:.*")
_SECRET = re.compile(r"(?<=//)[^/@]*@")


@dataclass(frozen=True, slots=True)
class Address:
    """An object in a repository: `name` is the repository as it was given, `folder` where it is on this machine."""

    name: str
    folder: Path
    commit: str
    path: str


def address(written: str) -> Address:
    """What an address means. Raises: click.UsageError."""
    found = _ADDRESS.fullmatch(written)
    if found is None:
        _refuse_remote(written)
        raise click.UsageError(f"found {_shown(written)!r}, expected REPO@COMMIT:PATH, such as ../forms@HEAD:forms/sale.md")
    if not found["path"]:
        raise click.UsageError(f"{_shown(written)} has no path after the colon; expected REPO@COMMIT:PATH")
    name = found["repository"]
    return Address(name, repository(name), found["commit"], found["path"])


def repository(name: str) -> Path:
    """The folder of a repository that is named by a path or a file URL. Raises: click.UsageError."""
    url = _URL.fullmatch(name)
    if url is not None and url["scheme"].casefold() == "file":
        return _of_file_url(name, url["rest"])
    _refuse_remote(name)
    if "\0" in name:
        raise click.UsageError("the name of the repository holds a zero byte")
    return Path(name).expanduser()


def _of_file_url(name: str, rest: str) -> Path:
    from urllib.parse import unquote

    host, slash, path = rest.partition("/")
    if host.casefold() not in ("", "localhost") or not slash:
        raise click.UsageError(f"{_shown(name)} is on another machine; a file URL of this one begins with file:///")
    decoded = unquote(path)
    if "\0" in decoded:
        raise click.UsageError("the name of the repository holds a zero byte")
    return Path("/" + decoded)


def _refuse_remote(name: str) -> None:
    """Refuse what only a network has: nothing is fetched here."""
    url = _URL.fullmatch(name)
    if url is None and (not _SHELL.fullmatch(name) or Path(name).exists() or "/" in name.split(":")[0]):
        return
    clean = _shown(name)
    short = re.sub(r"\.git$", "", re.split(r"[/:]", clean.split("@HEAD:")[0].rstrip("/"))[-1]) or "forms"
    raise click.UsageError(
        f"{clean} is not on this machine, and syngraph uses no network; clone it first (git clone URL {short}), "
        f"then name the clone: {short}@HEAD:PATH"
    )


def _shown(name: str) -> str:
    """The name without credentials."""
    return output.plain(_SECRET.sub("", name))[:300]
