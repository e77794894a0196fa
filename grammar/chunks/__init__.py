"""A clause cut into chunks: the phrases that decide who, when, on what condition and by which vote, and the words between.

A chunk is one token of the grammar in clause.lark. Boundary phrases are recognised whole, with what must follow them, so
that the grammar over chunks is small and has one reading. What is recognised is looked up by its first word, so a clause
costs about as much as it has words.
"""

import re

from syngraph.grammar.chunks.ballots import adopted, quorum, share_start
from syngraph.grammar.chunks.delays import EACH_PERIOD, counted, per_late
from syngraph.grammar.chunks.forms import FORMS
from syngraph.grammar.chunks.life import life
from syngraph.grammar.chunks.modals import SAID_MODAL, Modal
from syngraph.grammar.chunks.scanner import Chunk, Scanner, made
from syngraph.grammar.chunks.triggers import TRIGGERS
from syngraph.grammar.chunks.votes import VOTED
from syngraph.grammar.patterns import late
from syngraph.grammar.phrases.thresholds import threshold

_FRONTS = ("TIME", "COND", "PRIORITY", "COMMA")
_VOTES = re.compile(r"quorum|majority|votes?\b|third|quarter|half|percent|%|\d/\d")


def chunks(clause: str) -> list[Chunk]:
    """The chunks of a clause, in order.

    Raises: DoubtError where a phrase could belong to two parts; MisfitError where one is begun and not ended.
    """
    for form in FORMS:
        if (found := form(clause)) is not None:
            return found
    if (found := life(clause)) is not None:
        return found
    if (found := _shared(clause) or _charged(clause) or _put_in(clause) or _each_late(clause)) is not None:
        return found
    scan = Scanner(clause, len(clause))
    scan.stated = SAID_MODAL.search(clause) is not None
    found = scan.scan(0, TRIGGERS)
    return _fronted(clause, found) if found and found[0].type in _FRONTS and _VOTES.search(clause) else found


def _shared(clause: str) -> list[Chunk] | None:
    """The chunks of a clause that begins with a share (`Five percent of the Members may call a vote`)."""
    started = share_start(clause)
    if started is None:
        return None
    scan = Scanner(clause, len(clause))
    scan.stated = SAID_MODAL.search(clause) is not None
    scan.chunks, at = started
    return scan.scan(at, TRIGGERS) if at < len(clause) else scan.chunks


_PUT_IN = late(
    r"\s*(?P<who>(?:The|Each|Any|An?|Every)\s[^,;]{1,80}?),\s(?P<vote>(?:by|with|upon)\s[^,;]{3,160}),\s(?=(?:shall|must|may|will)\s)"
)


def _put_in(clause: str) -> list[Chunk] | None:
    """The chunks of a clause with a vote between subject and modal (`The Board, by a majority vote, may ...`), the vote after the modal."""
    match = _PUT_IN.match(clause) if _VOTES.search(clause) else None
    voted = VOTED.fullmatch(match["vote"]) if match else None
    if match is None or voted is None:
        return None
    scan = Scanner(clause, len(clause))
    scan.stated = True
    scan.chunks = [made("TEXT", match["who"], match.start("who"), None)]
    found = scan.scan(match.end(), TRIGGERS)
    if any(chunk.type in ("VOTE", "AND_MODAL", "AND_PASSIVE") for chunk in found):
        return None
    at = next((index for index, chunk in enumerate(found) if chunk.type == "MODAL"), None)
    if at is None:
        return None
    return [*found[: at + 1], made("VOTE", match["vote"], match.start("vote"), threshold(voted["vote"])), *found[at + 1 :]]


def _each_late(clause: str) -> list[Chunk] | None:
    """The chunks of a clause that begins with the delay that is counted (`For each day that delivery is late, ...`)."""
    match = EACH_PERIOD.match(f"f{clause[1:]}") if clause.startswith("For ") else None
    if match is None or not (match["late"] or "delay" in match[0]) or not clause.startswith(", ", match.end()):
        return None
    scan = Scanner(clause, len(clause))
    scan.stated = True
    if match["late"]:
        if not per_late(scan, match):
            return None
        scan.comma(match.end())
    return [*scan.scan(match.end() + 1, TRIGGERS), made("PER", match[0], match.start(), counted(match))]


_CHARGED = re.compile(
    r"It\s(?P<said>(?:is|shall\sbe|will\sbe)\sthe\s(?:sole\s|joint\s|primary\s)?(?:duty|responsibility|obligation)\sof\s)"
    r"(?P<who>(?:the|each|every|any|all|an?)\s[^,;]{1,80}?)\s(?P<to>to)\s"
)


def _charged(clause: str) -> list[Chunk] | None:
    """The chunks of a clause that says first that it is a duty (`It is the duty of the Secretary to keep the minutes`)."""
    match = _CHARGED.match(clause)
    if match is None:
        return None
    scan = Scanner(clause, len(clause))
    scan.main = True
    scan.chunks = [
        made("TEXT", match["who"], match.start("who"), None),
        made("MODAL", match["to"], match.start("to"), Modal(False, False, False)),
    ]
    return scan.scan(match.end(), TRIGGERS)


def _fronted(clause: str, found: list[Chunk]) -> list[Chunk]:
    """The chunks of a clause with something before it: what follows may have a form of its own, about votes."""
    first = next((index for index, chunk in enumerate(found) if chunk.type not in _FRONTS), 0)
    if not first or found[first - 1].type != "COMMA" or found[first].type != "TEXT":
        return found
    at = found[first].start_pos or 0
    rest = clause[at].upper() + clause[at + 1 :]
    formed = quorum(rest) or adopted(rest) or _shared(rest) or _put_in(rest)
    if formed is None:
        living = life(rest)
        formed = living if living is not None and living[1].type == "NEEDS" else None
    if formed is None:
        return found
    return [*found[:first], *(made(chunk.type, str(chunk), (chunk.start_pos or 0) + at, chunk.meaning) for chunk in formed)]
