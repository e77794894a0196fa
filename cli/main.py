"""The command `syngraph`: its verbs, and the one place where whatever goes wrong becomes a message and an exit code.

Exit codes: 0 clean, 1 findings or violations, 2 usage or cannot answer; 130 after Ctrl-C and 141 when the reader of the
output went away, as shells have it.
"""

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

import click

from syngraph import __version__
from syngraph.cli.manners import output

# The verbs by what a person does: name, module, what it does. A module is imported only when its verb is used.
GROUPS: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "Start",
        (
            ("demo", "demo.command", "play the examples on fresh repositories"),
            ("new", "new", "start an agreement"),
            ("library", "library", "the clauses and templates that come with syngraph"),
            ("borrow", "borrow", "take a clause from another repository, with where it is from"),
            ("import", "bringing", "bring a text of another kind into our notation"),
        ),
    ),
    (
        "Write and print",
        (
            ("read", "read", "show how the text is understood, with coverage"),
            ("lint", "lint", "find faults of the text"),
            ("fmt", "fmt", "lay the text out, saying what it said"),
            ("render", "render.command", "print the document"),
            ("view", "view.command", "show what is written, what is missing, and where everything came from"),
            ("merge", "merge", "join two drafts, clause by clause"),
        ),
    ),
    (
        "Comply",
        (
            ("check", "check", "judge the rules against the facts"),
            ("explain", "explain", "say why a verdict is as it is, or what a finding means"),
            ("next", "next", "list what falls due, soonest first"),
            ("why-not", "why_not", "say what would have to happen, and which facts came near"),
            ("what-if", "what_if", "judge with extra facts or at a later day, writing nothing"),
            ("timeline", "timeline", "draw when things were to be done, and how they came out"),
            ("simulate", "simulate", "say what follows if nobody does anything, or everybody on the last day"),
            ("record", "record", "write down what happened"),
        ),
    ),
    (
        "Govern",
        (
            ("found", "chain.found", "begin: from here on the text changes only as it says itself"),
            ("propose", "voting.propose", "move a change of the text"),
            ("vote", "voting.vote", "cast a ballot"),
            ("motions", "voting.motions", "list the motions and how they stand"),
            ("tally", "voting.tally", "count the votes on a motion"),
            ("close", "voting.close", "end a vote"),
            ("adopt", "voting.adopt", "carry out a motion that was adopted"),
            ("minutes", "voting.minutes", "enter what a meeting decided"),
            ("act", "chain.act", "do what the text lets an officer do"),
            ("dispute", "dispute.command", "bring a dispute before arbitrators, and see what came of it"),
            ("resign", "chain.resign", "give up a role"),
            ("rotate", "chain.rotate", "replace your key"),
            ("sign", "chain.sign", "sign a statement in a file"),
            ("file", "chain.file", "enter statements that were made elsewhere"),
            ("verify", "verify.command", "judge every change from the founding on"),
            ("hook", "hook.command", "let git ask before it takes a push"),
        ),
    ),
    (
        "Look after",
        (
            ("key", "key", "make, show and list the keys that people sign with"),
            ("doctor", "doctor", "check this installation"),
        ),
    ),
)
VERBS = {name: (module, summary) for _, verbs in GROUPS for name, module, summary in verbs}


class Verbs(click.Group):
    """The verbs, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every verb, in the order of the groups."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb of that name."""
        if cmd_name not in VERBS:
            return None
        command = import_module(f"syngraph.cli.{VERBS[cmd_name][0]}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb that the arguments begin with; of another word, the nearest verb is told."""
        word = args[0] if args else ""
        if word and not word.startswith("-") and word not in VERBS:
            raise click.UsageError(f"there is no command {word!r}{output.did_you_mean(word, VERBS)}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The verbs in their groups, without importing them."""
        for title, verbs in GROUPS:
            with formatter.section(title):
                formatter.write_dl([(name, summary) for name, _, summary in verbs], col_max=12)


@click.command(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True)
@click.version_option(__version__, prog_name="syngraph", message="%(prog)s %(version)s")
def syngraph() -> None:
    """Contracts and bylaws as prose in git, read as rules.

    \b
    Examples:
      syngraph demo                          see all of it on two small agreements
      syngraph read bylaws/                  how is this text understood?
      syngraph check bylaws/ --at 2027-03-31 who has done what they had to, that day?
      syngraph explain dues                  why, sentence by sentence and fact by fact
      syngraph verify bylaws/                has every change of it been lawful?
    """


def main() -> NoReturn:
    """Runs the command line of this process and leaves with its exit code."""
    # A command lives for a moment: looking for garbage would take longer than there is any.
    gc.disable()
    for number, name in ((0, "stdin"), (1, "stdout"), (2, "stderr")):
        if getattr(sys, name) is None:
            # Closed by whoever called: what is written there is lost, and nothing else goes wrong.
            setattr(sys, name, open(os.devnull, "w" if number else "r", encoding="utf-8"))  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    if "_SYNGRAPH_COMPLETE" in os.environ:
        syngraph.main(prog_name="syngraph")
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        code = code or 141
    except OSError:
        code = 2
    if code == 141:
        # Python flushes once more at exit and would complain: nobody is listening any more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Runs one command line in this process: its exit code, with every fault told on stderr."""
    try:
        with syngraph.make_context("syngraph", list(arguments)) as context:
            outcome = syngraph.invoke(context)
        return outcome if isinstance(outcome, int) else 0
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except (KeyboardInterrupt, EOFError, click.Abort):
        output.talk("")
        return 130
    except BrokenPipeError:
        return 141
    except click.UsageError as error:
        _tell_usage(error)
        return 2
    except click.ClickException as error:
        output.talk(f"syngraph: {error.format_message()}")
        return 2
    except Exception as error:
        if "SYNGRAPH_DEBUG" in os.environ:
            raise
        from syngraph.cli.manners import faults

        output.talk(faults.told(error))
        return 2


def _tell_usage(error: click.UsageError) -> None:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        output.talk(error.ctx.get_help() if error.ctx else error.format_message())
        return
    path = error.ctx.command_path if error.ctx else "syngraph"
    output.talk(f"{path}: {error.format_message()}")
    output.talk(f"help: `{path} --help` shows examples and options")


if __name__ == "__main__":
    main()
