"""Which dispute is meant: by its number in the list, by its title, or by the beginning of the digest of its claim."""

from typing import TYPE_CHECKING

import click

from syngraph.cli.acting import chain
from syngraph.cli.acting.choosing import LEAST
from syngraph.cli.manners import output

if TYPE_CHECKING:
    from syngraph.engine.disputes.dispute import Dispute
    from syngraph.engine.governance.docket import DisputeOnFile
    from syngraph.engine.verify import Verification


def read(verification: "Verification", filed: "DisputeOnFile") -> "Dispute":
    """A dispute with all its papers. Raises: StoreError"""
    ledger = verification.ledger
    return verification.walk.rulings.dispute(filed, ledger, verification.site("", ledger.day))


def dispute(verification: "Verification", word: str) -> "DisputeOnFile":
    """The dispute that a word means.

    Raises: click.UsageError where it means none, or several
    """
    filed = list(verification.ledger.disputes.values())
    wanted = word.strip()
    if not filed:
        raise click.UsageError(f"there is no dispute {word!r}: nobody has claimed anything; `syngraph dispute claim` does")
    if len(wanted) < 9 and wanted.isdecimal() and 0 < int(wanted) <= len(filed):
        return filed[int(wanted) - 1]
    titles = {each.claim: read(verification, each).claim.title for each in filed}
    found = [each for each in filed if titles[each.claim].casefold() == wanted.casefold()]
    if not found and len(wanted) >= LEAST and chain.is_hex(wanted.lower()):
        found = [each for each in filed if each.claim.startswith(wanted.lower())]
    if not found and len(wanted) >= LEAST:
        found = [each for each in filed if wanted.casefold() in titles[each.claim].casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        several = "; ".join(f"{filed.index(each) + 1} ({each.claim[:10]}, {titles[each.claim]})" for each in found[:6])
        raise click.UsageError(f"{word!r} means {len(found)} disputes: {several}; name one by its number")
    near = output.did_you_mean(wanted, [title.casefold() for title in titles.values()])
    raise click.UsageError(f"there is no dispute {word!r}{near}; `syngraph dispute list` lists them")


def number(verification: "Verification", filed: "DisputeOnFile") -> int:
    """The number of a dispute in the list, from 1."""
    return list(verification.ledger.disputes).index(filed.claim) + 1


def about(verification: "Verification", word: str) -> str:
    """What a claim is about, as its heading names it: the id of a section, or the digest of a statement.

    Raises: click.UsageError for what is neither
    """
    from syngraph.cli.acting import choosing

    standing = verification.standing
    assert standing is not None
    wanted = word.strip()
    name = wanted.removeprefix("#")
    known = standing.governing.meanings.sections
    if name in known:
        return name
    if wanted.startswith("#"):
        near = output.did_you_mean(name, known) or f"; it has {', '.join(list(known)[:12])}"
        raise click.UsageError(f"--about: the text has no section {wanted!r}{near}")
    if len(wanted) >= LEAST and chain.is_hex(wanted.lower()):
        found = [digest for digest in verification.ledger.statements if digest.startswith(wanted.lower())]
        if len(found) == 1:
            return found[0]
    try:
        return choosing.motion(verification, wanted).digest
    except click.UsageError:
        raise click.UsageError(
            f"--about: found {word!r}, expected a section such as #{next(iter(known), 'dues')}, a motion as `syngraph motions`"
            " lists it, or the digest of a statement"
        ) from None
