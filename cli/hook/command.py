"""`hook`: git asks before it takes a commit, and syngraph answers."""

import sys
from pathlib import Path

import click

from syngraph.cli.hook import installing
from syngraph.cli.manners import options as common
from syngraph.cli.manners import output

KINDS = ("pre-receive", "pre-commit", "pre-push")


@click.group("hook", context_settings=common.CONTEXT)
def command() -> None:
    """Let git ask syngraph before it takes a commit or a push.

    \b
    Examples:
      syngraph hook install library.git
      syngraph hook install --kind pre-push

    On a server, pre-receive refuses a push that would break the chain of a founded agreement. In a working copy, pre-commit
    and pre-push tell of it earlier. The verdict is always that of `syngraph verify`, from any clone.
    """


@command.command("install", context_settings=common.CONTEXT)
@click.argument("path", type=click.Path(path_type=Path), default=Path())
@click.option(
    "--kind", type=click.Choice(KINDS), help="Which hook (default: pre-receive in a bare repository, else pre-commit)."
)
@click.option("--force", is_flag=True, help="Replace a hook that is not ours; it is kept beside it.")
@click.option("--dry-run", is_flag=True, help="Say what would be written and write nothing.")
@common.as_json
def install(path: Path, kind: str | None, force: bool, dry_run: bool, as_json: bool) -> None:
    """Install a hook in a repository. A hook of somebody else is never overwritten without --force.

    \b
    Examples:
      syngraph hook install /srv/git/library.git
      syngraph hook install . --kind pre-commit
      syngraph hook install . --kind pre-push --dry-run

    The hook runs this very installation of syngraph; install it again after moving or replacing that.
    """
    made = installing.installed(path, kind, force, dry_run)
    if as_json:
        answer = {"schema": output.SCHEMA, "dry_run": dry_run, "kind": made.kind, "path": str(made.path), "kept": made.kept}
        output.put_json(answer)
    elif dry_run:
        output.talk(f"would write {made.path}:")
        output.put_document(made.script)
    else:
        output.put(f"installed {made.path}")
        if made.kept:
            output.talk(f"the hook that was there is now {made.kept}")


@command.command("run", context_settings=common.CONTEXT)
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("arguments", nargs=-1)
@common.as_json
def run(kind: str, arguments: tuple[str, ...], as_json: bool) -> None:
    """What an installed hook calls; git gives it what it needs on stdin and in the environment.

    \b
    Examples:
      syngraph hook run pre-commit
      echo "$OLD $NEW refs/heads/main" | syngraph hook run pre-receive

    Exit code 1 refuses.
    """
    del arguments
    match kind:
        case "pre-receive":
            from syngraph.cli.hook import pushes

            refused = pushes.received(sys.stdin.read())
        case "pre-push":
            from syngraph.cli.hook import pushes

            refused = pushes.pushed(sys.stdin.read())
        case _:
            from syngraph.cli.hook import commits

            refused = commits.refused(Path())
    if as_json:
        output.put_json({"schema": output.SCHEMA, "kind": kind, "refused": refused})
    else:
        for line in refused:
            output.talk(line)
    if refused:
        raise click.exceptions.Exit(1)
