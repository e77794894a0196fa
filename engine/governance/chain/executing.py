"""Executing: the text or the register changes, and the chain has a cause that says exactly so."""

from collections.abc import Mapping

from syngraph.engine.governance.chain import motions
from syngraph.engine.governance.chain.ledger import Entered, Ledger, MotionOnFile
from syngraph.engine.governance.chain.site import Site
from syngraph.engine.governance.chain.transitions import Kind, Transition, Unlawful, not_nested
from syngraph.engine.governance.changes import ChangesRefused, Stale
from syngraph.engine.governance.offices import causes
from syngraph.engine.governance.register import Register, same
from syngraph.engine.governance.signatures import parse_public
from syngraph.engine.governance.standing import Standing
from syngraph.engine.governance.statements import FOLDER, Outcome, Resignation, Rotation
from syngraph.engine.text.errors import TextError

Files = Mapping[str, bytes | None]
"""The files that a commit changes, as it leaves them; None for one that is gone."""


def execute(ledger: Ledger, site: Site, after: Standing, changed: Files) -> Transition:
    """Judges a change of governed files: it must be just what an adopted motion says, or a statement with the power to it.

    Raises: Unlawful
    """
    for path in changed:
        not_nested(path)
        if path.startswith(f"{FOLDER}/") or site.standing.is_free(path):
            raise Unlawful(
                f"{path}, which is not governed, in one commit with a change of the text",
                "governed files and statements only",
                "commit it by itself",
                path=path,
            )
    motion, why = _motion(ledger, site, changed)
    if motion is not None:
        moved = site.moved(motion)
        if site.standing.governing is moved.before:
            after.reads(moved.after)
        return _done(ledger, site, after, changed, motion.digest, motion.title)
    register = site.standing.manifest.register
    for entered in tuple(ledger.pending.values()):
        if _carries(ledger, site, after, changed, entered, register):
            del ledger.pending[entered.digest]
            return _done(
                ledger, site, after, changed, entered.digest, f"{entered.kind.value} of {', '.join(entered.principals)}"
            )
    for ordered in site.ruling.ordered(ledger, site) if ledger.disputes else ():
        obeyed = f"{ordered.award}#{ordered.number}"
        if obeyed not in ledger.obeyed and effective(site.standing, ordered.files) == changed:
            ledger.obeyed.add(obeyed)
            return _done(ledger, site, after, changed, ordered.award, ordered.words, Kind.AWARD)
    paths = ", ".join(sorted(changed))
    raise Unlawful(
        f"a change of {paths} that {why or 'nothing in the record asks for'}",
        "just what an adopted motion says, or a statement with the power to it",
        "move it with `syngraph propose`, let it be voted on, and carry it out with `syngraph adopt`",
        path=min(changed),
    )


def _motion(ledger: Ledger, site: Site, changed: Files) -> tuple[MotionOnFile | None, str]:
    """The adopted motion that a change carries out, or why one that comes near does not carry it."""
    why = ""
    outdated: Unlawful | None = None
    for motion in ledger.motions.values():
        if motion.outcome is not Outcome.ADOPTED or motion.executed:
            continue
        moved = site.moved(motion)
        try:
            files = effective(site.standing, motions.made(moved, site.standing))
        except (ChangesRefused, Stale):
            files = {}
        if files != changed:
            if set(files) & set(changed) or not files:
                why = why or f"is not the one adopted as “{motion.title}”"
            continue
        stale = motion.stale or motions.stale(moved, site.standing)
        if stale:
            outdated = Unlawful(
                f"a stale motion carried out: “{motion.title}”; {stale}",
                "the text as the motion was voted on, wherever the motion touches it",
                "move it again on the text as it is now",
                path=min(changed),
            )
            continue
        if ledger.disputes and motion.digest in site.ruling.set_aside(ledger, site):
            outdated = Unlawful(
                f"a motion carried out whose adoption was set aside: “{motion.title}”",
                "a motion whose adoption stands",
                "move it again, if it may be",
                path=min(changed),
            )
            continue
        motion.executed = site.commit
        return motion, ""
    if outdated is not None:
        raise outdated
    return None, why


def _carries(ledger: Ledger, site: Site, after: Standing, changed: Files, entered: Entered, register: str) -> bool:
    statement = site.statement(entered)
    if statement.expires is not None and site.day > statement.expires:
        return False
    match statement.details:
        case Rotation() as rotation:
            old = site.standing.keys.get(rotation.old)
            if set(changed) != {register} or old is None or rotation.old in ledger.retired:
                return False
            wanted = causes.rotated(site.standing.register, statement, rotation, old.key.line)
            if wanted is None or not same(wanted, after.register):
                return False
            ledger.heirs[rotation.old] = parse_public(rotation.new).name
            return True
        case Resignation() as resignation:
            if set(changed) != {register}:
                return False
            resigned = causes.resigned(site.standing.register, statement, resignation)
            return isinstance(resigned, Register) and same(resigned, after.register)
        case _:
            try:
                as_said = effective(site.standing, causes.acted(statement, site.standing)) == changed
            except TextError:
                return False
            return as_said and not causes.powerless(statement, site.standing, site.day, entered.day)


def effective(standing: Standing, files: Files) -> dict[str, bytes | None]:
    """Of files that are written, those that become something else."""
    there = frozenset(standing.tree.paths())
    return {
        path: content for path, content in files.items() if content != (standing.tree.read(path) if path in there else None)
    }


def _done(
    ledger: Ledger, site: Site, after: Standing, changed: Files, cause: str, word: str, kind: Kind | None = None
) -> Transition:
    """Enters the transition. A key that it has ended signs nothing any more, however it is dated."""
    register = site.standing.manifest.register
    kind = kind or (Kind.REGISTER if set(changed) == {register} else Kind.ADOPT)
    if register in changed:
        _end_keys(ledger, site, after)
    for motion in ledger.motions.values():
        # What has become stale stays so, also when the text goes back to what it was.
        if not motion.executed and not motion.stale and motion.outcome in (None, Outcome.ADOPTED):
            motion.stale = motions.stale(site.moved(motion), after)
    return ledger.add(kind, site.commit, after.digest, cause, "", (word,))


def _end_keys(ledger: Ledger, site: Site, after: Standing) -> None:
    """Takes note of the keys that end. What was stated with one that was taken away, and not yet done, is not done any more."""
    taken = {owner.principal.id for name, owner in site.standing.keys.items() if name not in after.keys}
    for name, owner in after.keys.items():
        before = site.standing.keys.get(name)
        until = owner.key.until
        if until is not None and until <= site.day and (before is None or before.key.until != until):
            ledger.retired.add(name)
            if name not in ledger.heirs:
                taken.add(owner.principal.id)
    for digest, entered in tuple(ledger.pending.items()):
        if taken & set(entered.principals):
            del ledger.pending[digest]
