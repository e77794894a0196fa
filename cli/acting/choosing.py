"""Which motion is meant: by its number in the list, by its title, or by the beginning of its digest."""

from typing import TYPE_CHECKING

import click

from syngraph.cli.acting import chain
from syngraph.cli.manners import output

if TYPE_CHECKING:
    from syngraph.engine.governance.chain.ledger import MotionOnFile
    from syngraph.engine.verify import Verification

LEAST = 4
"""How many digits of a digest name a motion at least."""


def motion(verification: "Verification", word: str) -> "MotionOnFile":
    """The motion that a word means.

    Raises: click.UsageError where it means none, or several
    """
    motions = list(verification.ledger.motions.values())
    wanted = word.strip()
    if not motions:
        raise click.UsageError(f"there is no motion {word!r}: nothing has been moved yet; `syngraph propose` moves something")
    if wanted.isdigit() and 0 < int(wanted[:9]) <= len(motions) and len(wanted) < 9:
        return motions[int(wanted) - 1]
    found = [each for each in motions if each.title.casefold() == wanted.casefold()]
    if not found and len(wanted) >= LEAST and chain.is_hex(wanted.lower()):
        found = [each for each in motions if each.digest.startswith(wanted.lower())]
    if not found and len(wanted) >= LEAST:
        found = [each for each in motions if wanted.casefold() in each.title.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        several = "; ".join(f"{motions.index(each) + 1} ({each.digest[:10]}, {each.title})" for each in found[:6])
        raise click.UsageError(f"{word!r} means {len(found)} motions: {several}; name one by its number")
    near = output.did_you_mean(wanted, [each.title.casefold() for each in motions])
    raise click.UsageError(f"there is no motion {word!r}{near}; `syngraph motions` lists them")


def number(verification: "Verification", filed: "MotionOnFile") -> int:
    """The number of a motion in the list, from 1."""
    return list(verification.ledger.motions).index(filed.digest) + 1
