"""A clause cut into chunks: the phrases that decide who, when, on what condition and by which vote, and the words between.

A chunk is one token of the grammar in clause.lark. Boundary phrases are recognised whole, with what must follow them, so
that the grammar over chunks is small and has one reading. What is recognised is looked up by its first word, so a clause
costs about as much as it has words.
"""

from syngraph.grammar.chunks.forms import FORMS, share_start
from syngraph.grammar.chunks.life import life
from syngraph.grammar.chunks.modals import SAID_MODAL
from syngraph.grammar.chunks.scanner import Chunk, Scanner
from syngraph.grammar.chunks.triggers import TRIGGERS


def chunks(clause: str) -> list[Chunk]:
    """The chunks of a clause, in order.

    Raises: DoubtError where a phrase could belong to two parts; MisfitError where one is begun and not ended.
    """
    for form in FORMS:
        if (found := form(clause)) is not None:
            return found
    if (found := life(clause)) is not None:
        return found
    scan = Scanner(clause, len(clause))
    scan.stated = SAID_MODAL.search(clause) is not None
    if started := share_start(clause):
        scan.chunks, at = started
        return scan.scan(at, TRIGGERS) if at < len(clause) else scan.chunks
    return scan.scan(0, TRIGGERS)
