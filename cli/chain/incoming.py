"""What was made elsewhere and is to enter: statements with their signatures, and signatures of what is in the record."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from syngraph.cli.acting import stating
from syngraph.cli.chain import papers
from syngraph.cli.chain.papers import PaperError

if TYPE_CHECKING:
    from syngraph.engine.enacting import Enactment
    from syngraph.engine.governance.statements import Statement
    from syngraph.engine.verify import Verification


@dataclass(frozen=True, slots=True)
class Arrived:
    """Files under the paths where they are filed; the statements among them by digest, and what they are in words.

    `sources` are the files in which the statements came, by the path where each is filed.
    """

    files: dict[str, bytes]
    statements: dict[str, "Statement"]
    told: tuple[str, ...]
    first: str
    sources: dict[str, Path]


def gathered(verification: "Verification", files: Sequence[Path]) -> Arrived:
    """What is in the files that the user names, with the signatures beside the statements.

    Raises: PaperError, StatementRefused, OSError
    """
    contents = {file: stating.readable(file) for file in dict.fromkeys(files)}
    there = frozenset(verification.repository.tree(verification.commit, verification.below).paths())
    found: dict[str, bytes] = {}
    statements: dict[str, Statement] = {}
    told: list[str] = []
    taken: set[Path] = set()
    sources: dict[str, Path] = {}
    for file, content in contents.items():
        if papers.is_signature(content):
            continue
        statement, path = _statement(content, file)
        with_it = papers.beside(file)
        taken.update(with_it)
        made = papers.signatures(content, with_it)
        if statement.digest in verification.ledger.statements:
            path = verification.ledger.statements[statement.digest].path
            folder = path.rsplit("/", 1)[0]
            made = {f"{folder}/{name.rsplit('/', 1)[1]}": each for name, each in made.items()}
            made = {name: each for name, each in made.items() if name not in there}
            told += [f"a signature of {_whose(verification, name)} under the {statement.kind.value}" for name in made]
        else:
            found[path] = content
            sources[path] = file
            statements[statement.digest] = statement
            told.append(f"{statement.kind.value} of {', '.join(statement.principals)}, {statement.date}")
        found |= made
    for file, content in contents.items():
        if papers.is_signature(content) and file not in taken:
            path, made_by = _signature(verification, found, content, file)
            found[path] = content
            told.append(f"a signature of {made_by}")
    new = {path: content for path, content in found.items() if path not in there}
    if not new:
        raise PaperError(
            "nothing but what is in the record already", "something new", "it has entered before", path=str(files[0])
        )
    first = next((statement.principals[0] for statement in statements.values()), "syngraph")
    return Arrived(new, statements, tuple(told), first, sources)


def enactment(verification: "Verification", arrived: Arrived, message: str | None) -> "Enactment":
    """The commit that enters them; what has the power to change register or text does so in it, where it is one alone."""
    from syngraph.engine.enacting import Enactment, carried

    powerful = [each for each in arrived.statements.values() if each.kind.value in ("rotation", "resignation", "act")]
    text = carried(verification, powerful[0]) if len(powerful) == 1 else {}
    return Enactment(arrived.files, text, message or f"File: {'; '.join(arrived.told) or 'signatures'}"[:200])


def _statement(content: bytes, file: Path) -> tuple["Statement", str]:
    from syngraph.engine.governance.statements import filed, path_of

    path = path_of(content)
    return filed(content, path), path


def _signature(verification: "Verification", found: dict[str, bytes], content: bytes, file: Path) -> tuple[str, str]:
    """Where a signature without its statement beside it belongs, and whose it is. Raises: PaperError"""
    from syngraph.engine.governance.signatures import SignatureRefused, verify
    from syngraph.engine.governance.statements import signature_path

    tree = verification.repository.tree(verification.commit, verification.below)
    digest = next((part[-64:] for part in file.name.split(".") if len(part) >= _HEX), "")
    known = verification.ledger.statements.get(digest)
    path = (
        known.path
        if known is not None
        else next((each for each in found if digest and digest in each and each.endswith(".md")), "")
    )
    if not path:
        raise PaperError(
            f"a signature of {digest[:16] + '…, which' if digest else 'something that'} the record does not have",
            "a signature beside its statement, or of one in the record",
            "name the statement too, with the signature beside it",
            path=str(file),
        )
    try:
        key = verify(content, found[path] if path in found else tree.read(path))
    except SignatureRefused as refused:
        raise PaperError(
            f"a signature that does not hold: {refused.found}", refused.expected, "let it be signed anew", path=str(file)
        ) from None
    filed = signature_path(path, key.name)
    return filed, _whose(verification, filed)


def _whose(verification: "Verification", path: str) -> str:
    """Whose a signature is, by the key in its name."""
    name = path.split(".")[-2]
    standing = verification.standing
    owner = standing.keys.get(name) if standing is not None else None
    return owner.principal.id if owner is not None else f"the key {name[:16]}…"


_HEX = 64
