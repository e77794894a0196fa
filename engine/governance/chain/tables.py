"""Tables of facts in the record: each in the one form there is, and by nobody's word twice."""

from collections.abc import Iterable
from hashlib import sha256

from syngraph.engine.governance.chain.ledger import Entered, Ledger
from syngraph.engine.governance.chain.signing import Signed
from syngraph.engine.governance.chain.transitions import Unlawful
from syngraph.engine.governance.statements import Import, Statement
from syngraph.engine.norms.told import canonical


def enter(ledger: Ledger, statement: Statement, details: Import, by: Signed) -> None:
    """Puts a table on file by what it was made from and by its rows.

    Raises: Unlawful for one that is not in its form, and for one that somebody who signs it has signed before.
    """
    try:
        canonical.checked(statement.body, statement.path, statement.body_line)
    except canonical.TableError as error:
        refused = Unlawful(error.found, error.expected, error.help, path=statement.path, place=error.place)
        refused.source = error.source
        raise refused from None
    digests = dict.fromkeys((details.source, sha256(statement.body.encode()).hexdigest()))
    _once(ledger, digests, by, statement.digest, statement.path)
    for digest in digests:
        ledger.tables.setdefault(digest, []).append(statement.digest)


def cosigned(ledger: Ledger, known: Entered, by: Signed) -> None:
    """That nobody signs a table who has signed the same in another statement. Raises: Unlawful"""
    digests = [digest for digest, imports in ledger.tables.items() if known.digest in imports]
    _once(ledger, digests, by, known.digest, known.path)


def _once(ledger: Ledger, digests: Iterable[str], by: Signed, this: str, path: str) -> None:
    for other in dict.fromkeys(other for digest in digests for other in ledger.tables.get(digest, ())):
        known = ledger.statements[other]
        twice = sorted({*known.signed} & {*by.principals})
        if twice and other != this and other not in ledger.retracted:
            raise Unlawful(
                f"a table that {', '.join(twice)} imported on {known.day}",
                "each table by somebody's word once: what one person states twice happened twice",
                f"it is {known.path}; to import it otherwise, take that back first",
                path=path,
            )
