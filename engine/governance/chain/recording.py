"""Recording: statements and signatures enter the record, each judged by who signed it, when, and what it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from syngraph.engine.governance.chain import tables
from syngraph.engine.governance.chain.effects import effect
from syngraph.engine.governance.chain.ledger import Entered, Ledger
from syngraph.engine.governance.chain.signing import COSIGNED, Signed, dated, signed
from syngraph.engine.governance.chain.site import Site
from syngraph.engine.governance.chain.transitions import Kind, Transition, Unlawful, cause_of
from syngraph.engine.governance.statements import Founding, Name, Statement, StatementRefused, filed, parse_name
from syngraph.engine.governance.statements import Kind as Said

_ORDER = (
    *(Said.FOUNDING, Said.ROTATION, Said.RESIGNATION, Said.ACT, Said.MOTION, Said.DELEGATION, Said.BALLOT, Said.VETO),
    *(Said.FACT, Said.IMPORT, Said.CLAIM, Said.ANSWER, Said.APPOINTMENT, Said.ACCEPTANCE, Said.CHALLENGE, Said.EXTENSION),
    *(Said.STAY, Said.SETTLEMENT, Said.AWARD, Said.DISSENT, Said.CORRECTION),
    *(Said.RETRACTION, Said.MINUTES, Said.CLOSE, Said.TOMBSTONE),
)
_RANK = {kind: rank for rank, kind in enumerate(_ORDER)}
"""In which order the statements of one commit enter: a motion before its ballots, the close after them, a claim before
what is said in its dispute."""

_WITH_POWER = (Said.ROTATION, Said.RESIGNATION, Said.ACT)


@dataclass(slots=True)
class _Paper:
    """A statement with the signatures that come with it."""

    statement: Statement
    content: bytes
    signatures: dict[str, bytes]
    new: bool


def record(ledger: Ledger, site: Site, added: Mapping[str, bytes]) -> Transition:
    """Enters files that a commit adds to the record, given by their path in the agreement.

    Raises: Unlawful, and the ledger is then no longer good for anything but reading.
    """
    outcomes: list[str] = []
    reasons: list[str] = []
    papers = _papers(ledger, site, added)
    site.brought.update(added)
    for paper in papers:
        statement = paper.statement
        if statement.kind is Said.FOUNDING and paper.new:
            raise Unlawful(
                "a second founding",
                "one, at the beginning",
                "found another agreement in a folder of its own",
                path=statement.path,
            )
        if paper.new:
            _of_this_chain(statement, ledger)
            dated(statement, ledger, site.day)
        by = signed(statement, paper.content, paper.signatures, site.standing, ledger)
        known = ledger.statements.get(statement.digest)
        if known is not None:
            _cosigned(ledger, known, by)
            continue
        _enter(ledger, site, statement, by)
        outcome, reason = effect(ledger, site, statement, by)
        outcomes += [outcome] if outcome else []
        reasons += [reason] if reason else []
    cause = cause_of([(path.rsplit("/", 1)[-1], sha256(content).hexdigest()) for path, content in added.items()])
    return ledger.add(Kind.RECORD, site.commit, site.standing.digest, cause, ", ".join(outcomes), tuple(reasons))


def earlier(files: Mapping[str, str]) -> str | None:
    """The digest of what a record holds before the founding, given by path with the SHA-256 of each; None for nothing."""
    return cause_of(list(files.items())) if files else None


def found(ledger: Ledger, site: Site, added: Mapping[str, bytes], before: Mapping[str, str]) -> Transition:
    """Founds the agreement: the only statement is the founding, and it names the text as it stands with the commit.

    `before` is what the record held already, by path with the SHA-256 of each file: the founding covers it.

    Raises: Unlawful
    """
    papers = _papers(ledger, site, added)
    if [paper.statement.kind for paper in papers] != [Said.FOUNDING]:
        raise Unlawful(
            f"{len(papers)} statements in the commit that founds the agreement",
            "the founding and nothing else",
            "bring the others in a later commit",
            path=papers[0].statement.path if papers else "record/",
        )
    paper = papers[0]
    statement = paper.statement
    dated(statement, ledger, site.day)
    details = statement.details
    if isinstance(details, Founding) and details.digest != site.standing.digest:
        raise Unlawful(
            f"a founding of the text {details.digest[:16]}…",
            f"the text that stands with it, {site.standing.digest[:16]}…",
            "found the text that you have: `syngraph found` writes its digest",
            path=statement.path,
        )
    if isinstance(details, Founding):
        _covered(statement, details, before)
    by = signed(statement, paper.content, paper.signatures, site.standing, ledger)
    ledger.lineage = statement.digest
    adopted = isinstance(details, Founding) and details.minutes is not None
    ledger.bound = [each.id for each in site.standing.register.principals] if adopted else list(by.principals)
    _enter(ledger, site, statement, by)
    return ledger.add(Kind.FOUND, site.commit, site.standing.digest, statement.digest)


def _covered(statement: Statement, details: Founding, before: Mapping[str, str]) -> None:
    """That a founding covers what the record held before, and that the minutes it rests on are there."""
    if details.record != earlier(before):
        raise Unlawful(
            "a founding of another record" if before else "a founding of a record that is not there",
            f"one that covers the {len(before)} files in record/" if before else "one of an empty record",
            "found the agreement as it stands: `syngraph found` writes the digest",
            path=statement.path,
        )
    if details.minutes is not None and details.minutes not in before.values():
        raise Unlawful(
            f"a founding that rests on minutes that are not there ({details.minutes[:16]}…)",
            "the SHA-256 of a file in record/",
            "put the minutes there before the founding",
            path=statement.path,
        )


# -- what comes in -----------------------------------------------------------------------------------------------------


def _papers(ledger: Ledger, site: Site, added: Mapping[str, bytes]) -> list[_Paper]:
    """The statements that files add or sign, in the order in which they enter."""
    papers: dict[str, _Paper] = {}
    loose: list[tuple[Name, str, bytes]] = []
    try:
        for path, content in sorted(added.items()):
            name = parse_name(path)
            if name.key is not None:
                loose.append((name, path, content))
                continue
            if name.digest in papers or name.digest in ledger.statements:
                raise Unlawful("a statement that is in the record already", "each once", "leave the copy out", path=path)
            papers[name.digest] = _Paper(filed(content, path), content, {}, True)
        for name, path, content in loose:
            assert name.key is not None
            if name.digest not in papers:
                papers[name.digest] = _known(ledger, site, name.digest, path)
            paper = papers[name.digest]
            if path.rsplit("/", 1)[0] != paper.statement.path.rsplit("/", 1)[0]:
                raise Unlawful("a signature in another folder", "one beside its statement", "move it there", path=path)
            if name.key in paper.signatures:
                raise Unlawful("a second signature of one key", "one of each key", "leave one out", path=path)
            paper.signatures[name.key] = content
    except StatementRefused as refused:
        raise Unlawful(refused.found, refused.expected, refused.help, path=refused.path, place=refused.place) from None
    return sorted(
        papers.values(), key=lambda paper: (_RANK[paper.statement.kind], paper.statement.date, paper.statement.digest)
    )


def _known(ledger: Ledger, site: Site, digest: str, path: str) -> _Paper:
    known = ledger.statements.get(digest)
    if known is None:
        raise Unlawful("a signature of a statement that is not there", "the statement beside it", "bring both", path=path)
    content = site.tree().read(known.path)
    return _Paper(filed(content, known.path), content, {}, False)


def _of_this_chain(statement: Statement, ledger: Ledger) -> None:
    if statement.lineage != ledger.lineage or statement.fork is not None:
        raise Unlawful(
            f"a statement made for the lineage {(statement.lineage or '')[:16]}…"
            + (f", fork {statement.fork[:16]}…" if statement.fork else ""),
            f"one made for this lineage, {ledger.lineage[:16]}…",
            "what is signed for one lineage or fork counts in no other: state it here and sign it",
            path=statement.path,
        )
    if statement.base not in ledger.days:
        raise Unlawful(
            f"a statement that rests on the transition {(statement.base or '')[:16]}…, which this chain does not have",
            "the id of a transition of this chain",
            "state it anew on the chain as it is now",
            path=statement.path,
        )


def _cosigned(ledger: Ledger, known: Entered, by: Signed) -> None:
    if known.kind not in COSIGNED:
        raise Unlawful(
            f"a further signature of a {known.kind.value} that has entered",
            f"signatures beforehand; only {', '.join(kind.value for kind in COSIGNED)} may be signed later",
            "leave it out",
            path=known.path,
        )
    if known.kind is Said.IMPORT:
        tables.cosigned(ledger, known, by)
    everybody = tuple(sorted({*known.signed, *by.principals}))
    ledger.statements[known.digest] = Entered(
        known.digest, known.kind, known.path, known.position, known.principals, everybody, known.day
    )
    if known.kind is Said.FOUNDING:
        ledger.bound = list(everybody)


def _enter(ledger: Ledger, site: Site, statement: Statement, by: Signed) -> None:
    entered = Entered(
        statement.digest, statement.kind, statement.path, ledger.position, statement.principals, by.principals, site.day
    )
    ledger.statements[statement.digest] = entered
    if statement.kind in _WITH_POWER:
        ledger.pending[statement.digest] = entered
