"""By which vote something is decided, said beside the act."""

import dataclasses
import re
from fractions import Fraction

from syngraph.grammar.chunks.modals import Modal
from syngraph.grammar.chunks.scanner import MisfitError, Scanner, made
from syngraph.grammar.lexicon import base_of_third
from syngraph.grammar.patterns import late
from syngraph.grammar.phrases.actors import actor
from syngraph.grammar.phrases.persons import somebody
from syngraph.grammar.phrases.thresholds import ALL_OF, CONSENSUS, ROLE, THRESHOLD, consensus, role, threshold
from syngraph.grammar.rules import Base, Comparison, Threshold, Unmeasured

VOTED = late(
    rf"(?:(?i:only\s)?(?:by|with|through|upon|on|subject\sto)\s(?:(?:the|a|an)\s)?(?:affirmative\s(?=(?:simple\s)?majority\s))?"
    rf"(?:(?:affirmative\s|written\s|prior\s)*(?:votes?|consent|approval|resolution|decision|agreement|support|petition\ssigned)\s(?:(?:passed|adopted|approved|carried)\s)?(?:of|by)\s)?"
    rf"(?P<vote>{THRESHOLD}))"
)
ALSO = late(rf"(?P<word>and|or)\s(?:by\s|with\s)?(?P<vote>{THRESHOLD})")
_SAYS_VOTE = late(r"majority|votes?\b|consent|approval|agreement|decision|resolution|unanimous", re.IGNORECASE)


_DECIDED = late(r"\b(?:amended|adopted|approved|admitted|dissolved|elected|expelled|removed)$")


def vote(scan: Scanner, match: re.Match[str]) -> bool:
    """`By at least two-thirds of all Members`, and its like."""
    if not scan.main:
        return False
    meaning, doubt = threshold(match["vote"])
    if meaning.share > 1:
        raise MisfitError(match.start("vote"), match["vote"].split()[0], ("a share that is not more than all",))
    if meaning.base is Base.UNSAID and not _SAYS_VOTE.search(match[0]):
        if scan.chunks and _DECIDED.search(scan.chunks[-1]):
            raise MisfitError(match.start("vote"), match["vote"].split()[0], ("a share of somebody (`of all Members`)",))
        return False
    whole = match["vote"].lower().startswith("all ")
    before = match[0][: match.start("vote") - match.start()] if whole else match[0]
    if (meaning.heads or whole) and not match[0].startswith(("by ", "only by ")) and not _SAYS_VOTE.search(before):
        return False
    return scan.add("VOTE", match, (meaning, doubt))


UNSAID = late(
    rf"(?:by|through|upon|subject\sto)\s(?:an?\s|the\s)?(?:affirmative\s|ordinary\s|simple\s)?(?:(?P<whose>[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*)\s)?(?:vote|resolution)"
    rf"(?:\s(?:(?:passed|adopted|approved)\s)?(?:of|by)\s{ALL_OF}?(?P<role>{ROLE}))?(?!\.?[\w’'-])"
)


def unsaid(scan: Scanner, match: re.Match[str]) -> bool:
    """`By a vote of the Council`: how many must agree is not said."""
    if not scan.main:
        return False
    whose = match["role"] or match["whose"]
    body = role(whose) if whose else ""
    return scan.add("VOTE", match, (Threshold(Comparison.MORE_THAN, Fraction(1, 2), Base.UNSAID, body), ""))


def also(scan: Scanner, match: re.Match[str]) -> bool:
    """Another vote beside the one before (`and two-thirds of the Members`)."""
    if not scan.chunks or scan.waiting != -1 or scan.chunks[-1].type not in ("VOTE", "ALSO", "OR_VOTE"):
        return False
    kind = "ALSO" if match["word"] == "and" else "OR_VOTE"
    return scan.add(kind, match, threshold(match["vote"]))


_DECIDING = (
    r"decides?|elects?|appoints?|chooses?|selects?|adopts?|approves?|ratif(?:ies|y)|amends?|removes?|admits?|makes?|takes?|acts?|operates?|votes?|resolves?|"
    r"reach(?:es)?|has|have|casts?"
)
DECIDES = late(rf"(?P<verb>{_DECIDING})(?=\s)")
_BY_VOTE = late(
    r"\s(?:[^,;]{1,80}\s)?(?:by|with|through|via|on|upon|using)\s[^;]{0,60}?(?:majority|consensus|votes?|two-thirds|three-quarters|unanim\w+|percent|%|\d/\d)"
)
_OWN_VOTE = late(r"\s(?:the|an?)\s(?:additional\s|second\s)?(?:casting|deciding|tie-breaking|additional|second)\svote\b")


def decides(scan: Scanner, match: re.Match[str]) -> bool:
    """`The Council decides by a majority`: a verb in the present, with a vote after it, is how something is decided."""
    if scan.main or scan.waiting == -1 or scan.binds_later():
        return False
    special = match["verb"] in ("has", "have", "cast", "casts")
    if (_OWN_VOTE if special else _BY_VOTE).match(scan.text, match.end(), scan.end) is None:
        return False
    subject = scan.text[scan.waiting : match.start()].strip(" ,")
    if actor(subject) is None or not somebody(subject):
        return False
    scan.main = True
    base = base_of_third(match["verb"]) or match["verb"]
    return scan.add("MODAL", match, Modal(False, False, False, present=True, verb=base))


OR_BODY = late(rf"or\s(?:of\s)?(?:the|an?)\s(?P<body>[A-Z]{ROLE}|{ROLE})(?=$|[,.;]|\s(?:if|when|unless|within|provided)\s)")


AGREED = late(
    rf"(?i:only\s)?(?:by|with|through|via|upon|on|subject\sto)\s(?:way\sof\s)?(?:(?:the|an?)\s)?(?:(?:vote|decision|agreement|approval)\s(?:of|by)\s(?:an?\s)?)?(?P<vote>{CONSENSUS})(?!\.?[\w’'-]|\sof\b)"
)


def agreed(scan: Scanner, match: re.Match[str]) -> bool:
    """`By consensus of the Board`, and other agreements that are named and not counted.

    After a vote of somebody (`by a vote of the Members with consensus minus one`) it says how many of them must agree.
    """
    if not scan.main:
        return False
    meaning = consensus(match["vote"])
    last = scan.chunks[-1] if scan.chunks else None
    if scan.waiting == -1 and last is not None and last.type == "VOTE" and isinstance(last.meaning[0], Threshold):
        said: Threshold = last.meaning[0]
        if said.base is not Base.UNSAID or meaning.body or said.share != Fraction(1, 2):
            return False
        scan.chunks.pop()
        begin = last.start_pos or 0
        scan.chunks.append(
            made("VOTE", scan.text[begin : match.end()], begin, (dataclasses.replace(meaning, body=said.body), ""))
        )
        scan.taken = match.end()
        return True
    return scan.add("VOTE", match, (meaning, ""))


def or_body(scan: Scanner, match: re.Match[str]) -> bool:
    """Another body by whose like share it may be decided (`by a majority of the Board or the General Meeting`)."""
    if not scan.chunks or scan.waiting != -1 or scan.chunks[-1].type != "VOTE" or not scan.main:
        return False
    meaning: Threshold | Unmeasured = scan.chunks[-1].meaning[0]
    if (
        not isinstance(meaning, Threshold)
        or meaning.base is not Base.ALL
        or not meaning.share
        or not meaning.body
        or meaning.share == 1
    ):
        return False
    return scan.add("OR_VOTE", match, (dataclasses.replace(meaning, body=role(match["body"])), ""))
