"""Hooks of git: where they are, whose they are, and the script that calls us."""

import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from syngraph.cli.acting import author
from syngraph.cli.manners import writing

MARK = "# Installed by `syngraph hook install`."


@dataclass(frozen=True, slots=True)
class Installed:
    """A hook that was, or would be, written; `kept` is where another one that stood there went, "" for none."""

    kind: str
    path: Path
    script: str
    kept: str


def installed(path: Path, kind: str | None, force: bool, dry_run: bool) -> Installed:
    """Writes a hook that calls this installation.

    Raises: click.UsageError where another hook stands there, or where git looks for hooks outside the repository, unless
    `force`; StoreError
    """
    from syngraph.engine.text.store import open_repository

    repo, _ = open_repository(path)
    bare = repo.workdir is None
    chosen = kind or ("pre-receive" if bare else "pre-commit")
    if bare and chosen == "pre-commit":
        raise click.UsageError("--kind pre-commit: nobody commits in a bare repository; there it is pre-receive")
    folder = repo.common / "hooks"
    configured = author.configured(repo.path, "core.hooksPath")
    if configured:
        folder = (repo.workdir or repo.path) / Path(configured).expanduser()
        if not folder.resolve().is_relative_to((repo.workdir or repo.path).resolve()) and not force:
            raise click.UsageError(
                f"git looks for hooks in {folder} (core.hooksPath), which other repositories may share;"
                " --force writes there, or unset core.hooksPath for this repository"
            )
    file = folder / chosen
    content = _script(chosen)
    foreign = (file.exists() or file.is_symlink()) and MARK not in _text(file)
    if foreign and not force:
        raise click.UsageError(
            f"{file} is there already and is not ours; call `{_call(chosen)}` from it, or let --force replace it"
        )
    kept = file.with_name(f"{chosen}.before-syngraph") if foreign else None
    if not dry_run:
        folder.mkdir(parents=True, exist_ok=True)
        if kept is not None:
            if kept.exists():
                raise click.UsageError(f"{kept} is there already; move it elsewhere first")
            file.rename(kept)
        writing.write(file, content.encode("utf-8", "surrogateescape"))
        file.chmod(0o755)
    return Installed(chosen, file, content, str(kept) if kept is not None else "")


def _script(kind: str) -> str:
    return f'#!/bin/sh\n{MARK}\nexec {_call(kind)} "$@"\n'


def _call(kind: str) -> str:
    """The command line that runs this installation, whatever folder and environment it is called in."""
    python = sys.executable or "python3"
    return f"{shlex.quote(python)} {_isolated(python)} -m syngraph.cli hook run {kind}"


def _isolated(python: str) -> str:
    """`-I`, which shuts out everything in the environment and in the folder; where syngraph is installed for one user only,
    what comes nearest to it."""
    try:
        done = subprocess.run([python, "-I", "-c", "import syngraph.cli"], capture_output=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return "-I"
    return "-E -P" if done.returncode else "-I"


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8", "replace")
    except OSError:
        return ""
