"""Making a statement: signed, judged on the chain as it stands, and entered; or written to a folder to go another way."""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from syngraph.cli.acting import author, chain, plan, signatories
from syngraph.cli.acting.options import How
from syngraph.cli.manners import instants, memory, output, writing

if TYPE_CHECKING:
    from syngraph.engine.enacting import Draft, Enacted, Enactment
    from syngraph.engine.governance.chain.transitions import Unlawful
    from syngraph.engine.governance.signatures import Signer
    from syngraph.engine.verify import Verification


@dataclass(frozen=True, slots=True)
class Paper:
    """A statement that is ready to be signed, what it changes by itself, and the commit's message."""

    content: bytes
    message: str
    text: Mapping[str, bytes | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Done:
    """What came of an act: the chain as it was and how it was entered; None for what was only written to a folder."""

    before: "Verification"
    enacted: "Enacted | None"
    digest: str
    when: datetime
    principals: tuple[str, ...]


def state(
    how: How,
    drafted: "Callable[[Verification, Draft], Paper]",
    *,
    capacity: str | None = None,
    expires: str | None = None,
    further: "tuple[Signer, ...]" = (),
) -> Done:
    """Makes a statement of whoever the options name and enters it, or does with it what else the options ask for.

    `drafted` words it, on a chain and for those in whose name it is; it may be asked again when somebody else was faster.
    `further` sign too, without its being made in their name.

    Raises: TextError, click.UsageError
    """
    from syngraph.engine.enacting import Draft, Enactment, sealed

    before = chain.opened(how.path)
    standing = before.standing
    assert standing is not None
    when = author.moment(how.at, instants.zone(standing.manifest.zone))
    hands = signatories.chosen(how, standing.register, standing.keys, when.date())
    draft = Draft(hands.principals, when.date(), capacity, author.day("--expires", expires) if expires else None)

    def build(verification: "Verification") -> "Enactment":
        paper = drafted(verification, draft)
        return Enactment(sealed(paper.content, (*hands.signers, *further)), paper.text, how.message or paper.message)

    if how.out is not None:
        enactment = build(before)
        digest = written(how, enactment.record)
        return Done(before, None, digest, when, hands.principals)
    enacted = enter(how, build, when, hands.principals[0], before)
    return Done(before, enacted, statement_of(enacted.enactment.record), when, hands.principals)


def enter(
    how: How,
    build: "Callable[[Verification], Enactment]",
    when: datetime,
    id: str,
    first: "Verification | None" = None,
    files: "Mapping[str, Path] | None" = None,
) -> "Enacted":
    """Does what `build` works out on the chain; again while others are faster. `id` stands in where git knows no author.

    `files` are those that statements came in, by the path under which they would be filed, for messages.

    Raises: Unlawful, EnactingError, StoreError
    """
    from syngraph.engine.enacting import enact
    from syngraph.engine.governance.chain.transitions import Unlawful

    cache = memory.cache()
    waiting = [first] if first is not None else []

    def opened() -> "Verification":
        return waiting.pop() if waiting else chain.opened(how.path, cache)

    if not how.dry_run:
        chain.not_ahead(when)
    name = _name(first, id)
    who = author.author(how.path, name, id)
    try:
        enacted = enact(opened, build, who, when, dry_run=how.dry_run, pause=_pause, left=_left)
    except Unlawful as refused:
        raise named(refused, files or {}) from None
    if enacted.commit:
        chain.remember(chain.opened(how.path, cache))
    return enacted


def _left(path: str) -> None:
    """Says that a file in the folder goes on as its user has edited it, without the change that was just made."""
    output.talk(f"warning: {path} in your folder has edits of yours and was left as it is; it lacks what was just decided")
    output.talk(f"help: `git diff {path}` shows both; keep your edits elsewhere, then `git checkout {path}`")


def statement_of(files: Mapping[str, bytes]) -> str:
    """The digest of the statement among files of the record; "" where there is none."""
    from syngraph.engine.governance.statements import parse_name

    return next((parse_name(path).digest for path in files if path.endswith(".md")), "")


def written(how: How, files: Mapping[str, bytes]) -> str:
    """Writes a statement and its signatures to the folder that was asked for; gives the digest of the statement."""
    assert how.out is not None
    paths = {how.out / path.rsplit("/", 1)[-1]: content for path, content in files.items()}
    for path, content in paths.items():
        if not how.dry_run:
            writing.create(path, content)
    names = [str(path) for path in paths]
    statement = next(name for name in names if name.endswith(".md"))
    if how.as_json:
        output.put_json({"schema": output.SCHEMA, "dry_run": how.dry_run, "written": names, "statement": statement})
    else:
        for name in names:
            output.put(f"{'would write' if how.dry_run else 'wrote'} {name}")
        output.talk(f"next: `syngraph sign {statement} --key KEY` adds a signature, `syngraph file {statement}` enters it")
    return statement_of(files)


def tell(how: How, done: Done, headline: str, **more: Any) -> None:
    """Tells what came of an act: in a line, or on trial as a plan; for programs with further fields."""
    if done.enacted is None:
        return
    extra = {"statement": done.digest, "by": list(done.principals), **more}
    plan.tell(how, done.before, done.enacted, headline, extra)


def named(refused: "Unlawful", files: Mapping[str, Path]) -> "Unlawful":
    """A refusal that names no file of the record that was never written, but the one that the statement came in, if any."""
    from syngraph.engine.governance.chain.transitions import Unlawful
    from syngraph.engine.governance.statements import StatementRefused, parse_name

    try:
        parse_name(refused.path)
    except StatementRefused:
        return refused
    file = files.get(refused.path)
    help = refused.help.replace(refused.path, str(file)) if file else refused.help
    if refused.path in help:
        help = "give a --key for everybody who has to sign, or write it with -o and let the others use `syngraph sign`"
    return Unlawful(refused.found, refused.expected, help, path=str(file or ""))


def _name(verification: "Verification | None", id: str) -> str:
    standing = verification.standing if verification is not None else None
    principal = standing.register.principal(id) if standing is not None else None
    return principal.name if principal is not None else id


def _pause(tries: int) -> None:
    time.sleep(random.uniform(0, min(1.0, 0.01 * 2 ** min(tries, 6))))


def titled(title: str) -> str:
    """A motion's title in quotation marks."""
    return f"“{title}”"


def reasons(said: str | None) -> str:
    """The reasons given with an option; `-` reads them from stdin."""
    import sys

    text = sys.stdin.read() if said == "-" else said or ""
    lines = [line.rstrip() for line in text.strip().split("\n")]
    return "\n".join(lines)


def readable(path: Path) -> bytes:
    """A file that the user names, of at most as many bytes as a statement has. Raises: OSError, StatementRefused"""
    from syngraph.engine.governance.statements import MAX_BYTES, StatementRefused

    with path.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise StatementRefused(
            f"a file of more than {MAX_BYTES:,} bytes", "a statement or a signature", "name another file", path=str(path)
        )
    return content
