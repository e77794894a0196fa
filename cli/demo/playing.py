"""Playing a step: it is shown as a command, really done, and shown with what it printed."""

import contextlib
import io
import shlex
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from syngraph.cli.demo.steps import Change, Clone, Commit, Each, Step, Syngraph, Told
from syngraph.cli.manners import output


def play(step: Step, quiet: bool) -> dict[str, Any]:
    """Shows a step, does it, and shows what it printed. Raises: click.ClickException when it ends otherwise than it should."""
    shown = _shown(step)
    if not quiet:
        output.put(f"\n{shown}" if isinstance(step, Told) else f"\n$ {shown}")
    code, printed = _done(step)
    if not quiet and printed:
        output.put(printed.rstrip("\n"))
    expected = step.code if isinstance(step, Syngraph) else 0
    if code != expected:
        raise click.ClickException(f"the demo did not go as it should: `{shown}` ended with {code}, not {expected}")
    if isinstance(step, Told):
        return {"told": step.text}
    return {"command": shown, "output": printed, "code": code}


def _shown(step: Step) -> str:
    match step:
        case Told(text):
            return text
        case Syngraph(line):
            return f"syngraph {line}"
        case Each(people, line):
            return f"for who in {people}; do syngraph {line}; done"
        case Clone(source, folder):
            return f"git clone -q {source} {folder}"
        case Change(file, old, new):
            return f"sed -i 's/{old}/{new}/' {file}"
        case Commit(folder, day, message):
            start = "" if Path(folder, ".git").exists() else "git init -b main && "
            return f'cd {folder} && {start}git add . && GIT_COMMITTER_DATE="{day} 09:00" git commit -m "{message}" && cd ..'


def _done(step: Step) -> tuple[int, str]:
    match step:
        case Told():
            return 0, ""
        case Syngraph(line):
            return _run(line)
        case Each(people, line):
            printed = []
            for who in people.split():
                code, said = _run(line.replace("$who", who))
                printed.append(said)
                if code:
                    return code, said
            return 0, printed[0] + ("...\n" if printed[1:] else "")
        case Clone(source, folder):
            import pygit2

            pygit2.clone_repository(source, folder)
            return 0, ""
        case Change(file, old, new):
            path = Path(file)
            text = path.read_text(encoding="utf-8")
            if text.count(old) < 1:
                raise click.ClickException(f"the demo did not go as it should: {file} does not say {old!r}")
            path.write_text(text.replace(old, new), encoding="utf-8")
            return 0, ""
        case Commit(folder, day, message):
            return 0, "\n".join(_committed(Path(folder), datetime.fromisoformat(f"{day}T09:00:00+00:00"), message))


def _run(line: str) -> tuple[int, str]:
    from syngraph.cli.main import run

    # One stream for both, so that what is said beside an answer stands where it was said.
    with io.StringIO() as said, contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        return run(shlex.split(line)), said.getvalue()


def _committed(folder: Path, moment: datetime, message: str) -> Iterator[str]:
    """Commits everything in the folder, as if at that moment, whatever the git configuration of the user."""
    import pygit2

    if (folder / ".git").exists():
        repository = pygit2.Repository(str(folder))
    else:
        repository = pygit2.init_repository(str(folder), initial_head="main")
    repository.index.add_all()
    repository.index.write()
    tree = repository.index.write_tree()
    who = pygit2.Signature("The demo", "demo@example.org", int(moment.timestamp()), 0)
    parents = [] if repository.head_is_unborn else [repository.head.target]
    oid = repository.create_commit("HEAD", who, who, message, tree, parents)
    yield f"[main {str(oid)[:7]}] {message}"
