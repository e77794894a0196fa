"""What an office or a body does, said in the present: `The Secretary reports to the Board each month` is its duty."""

import re

from syngraph.grammar.chunks.modals import Modal
from syngraph.grammar.chunks.scanner import Scanner, made
from syngraph.grammar.lexicon import base_of_third
from syngraph.grammar.patterns import late

OFFICE_WORDS = (
    "announces appoints audits calls certifies chairs collects conducts convenes coordinates distributes elects ensures handles keeps maintains manages "
    "nominates notifies organises organizes oversees performs prepares presides publishes records reports reviews sends serves submits supervises"
)
OFFICE_ACTS = late(rf"(?P<verb>{'|'.join(OFFICE_WORDS.split())})(?=\s(?!and\s|or\s))")
_OFFICE = late(
    r"(?:(?:The|Each|Every|An?|Any)\s)?(?:[\w’'-]+\s){0,3}?(?:[Ss]ecretary|[Tt]reasurer|[Cc]hair(?:man|woman|person)?|(?:[Vv]ice[- ])?[Pp]resident|[Oo]fficer|[Bb]oard|"
    r"[Cc]ouncil|[Cc]ommittee|[Dd]irector|[Tt]eam|[Ss]peaker|[Cc]lerk|[Rr]egistrar|[Ee]ditor|[Cc]oordinator|[Ff]acilitator|[Mm]oderator|[Cc]ommission|[Aa]ssembly|"
    r"[Ss]enate|[Pp]arliament|[Cc]aptain|[Ll]eader|[Ll]ibrarian|[Aa]uditor|Core)(?:\sof\s(?:the\s)?(?:[A-Z][\w’'-]*\s?){1,4})?"
)


_BASES = "announce appoint audit certify collect conduct convene coordinate distribute elect handle keep maintain manage merge nominate notify oversee perform prepare preside publish record review submit supervise"
MEMBER_WORDS = _BASES
MEMBER_ACTS = late(
    rf"(?:{'|'.join(_BASES.split())})\s(?:and\s(?:{'|'.join(_BASES.split())})\s)?(?=(?:the|an?|all|any|each|every|its|their|new|(?:[a-z]+\s)?[a-z]+s)(?![\w’'-]))"
)
_MEMBERS = late(
    r"(?:(?:The|All|[A-Z][\w’'-]*|[a-z]+)\s){0,2}?(?:[Cc]ollaborators|[Mm]aintainers|[Oo]fficers|[Dd]irectors|[Cc]ommitters|[Tt]rustees|[Mm]embers|[Oo]rgani[sz]ers)"
)


def member_acts(scan: Scanner, match: re.Match[str]) -> bool:
    """What those who hold an office do, said in the present (`Maintainers review and merge changes`): their duty.

    The verb has the same form as after `shall`, so it stays with the words of the act.
    """
    if scan.main or scan.waiting == -1 or scan.binds_later():
        return False
    if _MEMBERS.fullmatch(scan.text[scan.waiting : match.start()].strip()) is None:
        return False
    scan.main = True
    scan.flush(match.start())
    scan.chunks.append(made("MODAL", "", match.start(), Modal(False, False, False)))
    scan.waiting, scan.taken = match.start(), match.end()
    return True


def office_acts(scan: Scanner, match: re.Match[str]) -> bool:
    """The verb of a clause in the present whose subject is an office or a body of the organisation."""
    if scan.main or scan.waiting == -1 or scan.binds_later():
        return False
    if _OFFICE.fullmatch(scan.text[scan.waiting : match.start()].strip()) is None:
        return False
    scan.main = True
    return scan.add("MODAL", match, Modal(False, False, False, verb=base_of_third(match["verb"])))
