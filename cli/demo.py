"""`demo`: plays the examples on fresh repositories, each step a real command shown before what it prints."""

import contextlib
import io
import shlex
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from syngraph.cli.manners import options, output


@dataclass(frozen=True, slots=True)
class Told:
    """A word to the reader between commands."""

    text: str


@dataclass(frozen=True, slots=True)
class Syngraph:
    """A command of ours, and how it should end."""

    line: str
    code: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one line of a file, as `sed` makes it."""

    file: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit of everything in a folder on a day, which begins the repository where there is none."""

    folder: str
    day: str
    message: str


Step = Told | Syngraph | Change | Commit

LIBRARY: tuple[Step, ...] = (
    Told(
        "1. A tool library keeps its bylaws in git. They begin on 1 January 2026; the record of a year comes with the example."
    ),
    Syngraph('new riverside --with-record --title "Bylaws of the Riverside Tool Library"'),
    Commit("riverside", "2026-01-01", "Adopt the bylaws"),
    Told("How are they understood? One section, with what its sentences mean, and the coverage of the whole text:"),
    Syngraph("read riverside --section dues --rules"),
    Told("Are there faults in the text?"),
    Syngraph("lint riverside"),
    Told("Who had to do what, and has? In the middle of February 2026 (exit code 1: something is violated) ..."),
    Syngraph("check riverside --at 2026-02-15", 1),
    Told("... on 1 July 2026 ..."),
    Syngraph("check riverside --at 2026-07-01", 1),
    Told("... and on 10 February 2027."),
    Syngraph("check riverside --at 2027-02-10", 1),
    Told("Why was Dov in breach in February 2026? Every reason has its file and line."),
    Syngraph("explain dues dov --in riverside --at 2026-02-15"),
    Told("In September 2026 the members raise the dues from EUR 60 to EUR 75: one field, one commit."),
    Change("riverside/bylaws.md", "  Dues: EUR 60", "  Dues: EUR 75"),
    Commit("riverside", "2026-09-20", "Raise the dues to EUR 75"),
    Told("The dues of 2026 are judged by the old text, those of 2027 by the new one: 75 - 60 leaves EUR 15 to be paid."),
    Syngraph("explain dues ada --in riverside --at 2027-02-10"),
    Told("What if Ada paid the rest? Nothing is written."),
    Syngraph(
        'what-if riverside --at 2027-02-11 --fact "On 11 February 2027, Ada Quill paid EUR 15 to Carla Mott under section 5."'
    ),
    Told("What comes next for Carla, the treasurer?"),
    Syngraph("next riverside --at 2027-02-10 --bearer carla"),
    Told("She publishes the accounts, and says so. A fact is a sentence in a file that is named by its content."),
    Syngraph('record riverside --by carla --date 2027-03-30 --fact "On 30 March 2027, Carla Mott published the accounts."'),
    Told("The text for the notice board, in one file that prints well:"),
    Syngraph("render riverside -o riverside.html"),
)

LEASE: tuple[Step, ...] = (
    Told("2. A lease between two people, with clauses from the library, and a year of rent, repairs and quarrels."),
    Syngraph('new lease --from lease --with-record --title "Lease of the Flat in Harbour Street"'),
    Commit("lease", "2026-01-01", "Sign the lease"),
    Syngraph("read lease --section late-payment --rules"),
    Syngraph("lint lease"),
    Syngraph("check lease --at 2026-03-20"),
    Syngraph("check lease --at 2026-08-31", 1),
    Syngraph("check lease --at 2027-02-28", 1),
    Told("In August the rent was not paid. What is the interest on it, and how was it counted?"),
    Syngraph("explain interest --in lease --at 2026-08-31"),
    Told("From October the rent is EUR 1,260. September is judged by the old text, October by the new."),
    Change("lease/lease.md", "  Rent: EUR 1,200", "  Rent: EUR 1,260"),
    Commit("lease", "2026-09-20", "Raise the rent to EUR 1,260"),
    Syngraph("explain rent --in lease --at 2026-10-31 --due 2026-09"),
    Syngraph("explain rent --in lease --at 2026-10-31 --due 2026-10"),
    Told("A mistake in a clause is told where it is, and what to do about it:"),
    Change("lease/lease.md", "shall pay the Rent", "shal pay the Rent"),
    Syngraph("lint lease --select SG2", 1),
    Change("lease/lease.md", "shal pay the Rent", "shall pay the Rent"),
    Syngraph("render lease --format txt -o lease.txt"),
    Syngraph("library diff lease"),
)


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
        for part in (LIBRARY, LEASE):
            for step in part:
                told.append(_play(step, as_json))
            if part is not LEASE and not yes and not as_json and sys.stdin.isatty():
                click.pause("\npress a key for the lease ...", err=True)
    if as_json:
        output.put_json({"schema": output.SCHEMA, "folder": str(place), "steps": told})
    else:
        output.put(f"\nThe repositories are in {place}; try `syngraph check {place / 'lease'} --at 2026-10-31`.")


def _play(step: Step, quiet: bool) -> dict[str, Any]:
    """Shows a step, does it, and shows what it printed. Raises: click.ClickException when it ends otherwise than it should."""
    shown = _shown(step)
    if not quiet:
        output.put(f"\n{shown}" if isinstance(step, Told) else f"\n$ {shown}")
    code, printed = _done(step)
    if not quiet and printed:
        output.put(printed.rstrip("\n"))
    if isinstance(step, Syngraph) and code != step.code:
        raise click.ClickException(f"the demo did not go as it should: `{shown}` ended with {code}, not {step.code}")
    if isinstance(step, Told):
        return {"told": step.text}
    return {"command": shown, "output": printed, "code": code}


def _shown(step: Step) -> str:
    match step:
        case Told(text):
            return text
        case Syngraph(line):
            return f"syngraph {line}"
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
            from syngraph.cli.main import run

            # One stream for both, so that what is said beside an answer stands where it was said.
            with io.StringIO() as said, contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
                return run(shlex.split(line)), said.getvalue()
        case Change(file, old, new):
            path = Path(file)
            text = path.read_text(encoding="utf-8")
            if text.count(old) < 1:
                raise click.ClickException(f"the demo did not go as it should: {file} does not say {old!r}")
            path.write_text(text.replace(old, new), encoding="utf-8")
            return 0, ""
        case Commit(folder, day, message):
            return 0, "\n".join(_committed(Path(folder), datetime.fromisoformat(f"{day}T09:00:00+00:00"), message))


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
