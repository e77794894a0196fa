"""`minutes`: a meeting's vote on a motion."""

from typing import TYPE_CHECKING

import click

from syngraph.cli.acting import author, choosing, options, stating
from syngraph.cli.acting.options import How
from syngraph.cli.manners import options as common

if TYPE_CHECKING:
    from syngraph.engine.enacting import Draft
    from syngraph.engine.verify import Verification

COUNT = click.IntRange(0, 1_000_000_000)


@click.command("minutes", context_settings=common.CONTEXT)
@click.argument("motion")
@options.inside
@click.option("--held", required=True, metavar="DATE", help="The day of the meeting.")
@click.option("--notice", metavar="DATE", help="The day on which it was called.")
@click.option("--present", required=True, metavar="N|IDS", help="How many were there, or who: 12, or ada,bora,carla.")
@click.option("--for", "in_favour", type=COUNT, required=True, metavar="N", help="Votes for the motion.")
@click.option("--against", type=COUNT, default=0, show_default=True, metavar="N", help="Votes against it.")
@click.option("--abstain", type=COUNT, default=0, show_default=True, metavar="N", help="Abstentions.")
@click.option("--text", "reasons", metavar="TEXT", help="What else the minutes say; - reads it from stdin.")
@options.signed
@options.entered
@options.gathered
def command(
    how: How,
    motion: str,
    held: str,
    notice: str | None,
    present: str,
    in_favour: int,
    against: int,
    abstain: int,
    reasons: str | None,
) -> None:
    """Enter the minutes of a meeting that voted on a motion, signed by those whom the text asks for.

    \b
    Examples:
      syngraph minutes 1 --held 2026-10-01 --present 5 --for 4 --against 1 --key ~/.ssh/ada --key ~/.ssh/edda
      syngraph minutes 1 --held 2026-10-01 --present ada,bora,carla --for 3 --key ~/.ssh/ada -o to-sign/

    The outcome then rests on the minutes instead of ballots, and says so: attested, not counted. `syngraph close` closes the
    vote. With -o the others sign what was written with `syngraph sign`, and somebody enters it with `syngraph file`.
    """
    people = tuple(each.strip() for each in present.split(",") if each.strip())
    if not people:
        raise click.UsageError("--present: found nothing, expected how many were there (12) or who (ada,bora)")
    if len(people) == 1 and people[0].isdigit() and len(people[0]) > _DIGITS:
        raise click.UsageError(f"--present: found {people[0]!r}, expected a number of people")
    there = int(people[0]) if len(people) == 1 and people[0].isdigit() else people
    days = (author.day("--held", held), author.day("--notice", notice) if notice else None)
    said = stating.reasons(reasons)

    def drafted(verification: "Verification", draft: "Draft") -> stating.Paper:
        from syngraph.engine.enacting import stated
        from syngraph.engine.governance.statements import Kind, Minutes

        filed = choosing.motion(verification, motion)
        details = Minutes(filed.digest, *days, there, in_favour, against, abstain)
        content = stated(verification, Kind.MINUTES, details, draft, f"{said}\n" if said else "")
        return stating.Paper(content, f"Minutes of {held}: {filed.title}")

    done = stating.state(how, drafted)
    filed = choosing.motion(done.before, motion)
    figures = f"{in_favour} for, {against} against, {abstain} abstentions"
    stating.tell(how, done, f"minutes of {held} on {stating.titled(filed.title)}: {figures}", motion=filed.digest)


_DIGITS = 9
