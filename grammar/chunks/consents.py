"""Consent of somebody, said beside an act: a condition."""

import re

from syngraph.grammar.amounts import Event
from syngraph.grammar.chunks.scanner import Scanner
from syngraph.grammar.lexicon import singular
from syngraph.grammar.phrases.lateness import circumstance
from syngraph.grammar.phrases.nouns import PERSON
from syngraph.grammar.rules import Condition, Happens, Link

_GOES_ON = "to|for|in|if|when|within|before|after|at|by|on|unless|until|no|not|under|and\\s(?:shall|may|must|is|are)"
CONSENT = re.compile(
    rf"(?:except\swith|with|without|subject\sto|upon)\s(?:the\s)?(?:prior\s)?(?P<what>(?:written\s|express\s)*(?:consent|approval|permission|agreement))"
    rf"\s(?:of|from|by)\s(?:(?P<who>{PERSON})(?=$|[,.;)]|\s(?:{_GOES_ON})\s)|(?P<whose>[^\s,;()][^,;()]{{0,200}}?)(?=$|[,.;)]|\s(?:{_GOES_ON})\s))"
)


_EVERYBODY = re.compile(r"(?:all|every|each)\s")
_AMENDED = re.compile(r"\bbe\s(?:only\s)?(?:amended|changed|modified|varied|dissolved)$")


def consent(scan: Scanner, match: re.Match[str]) -> bool:
    """`With the consent of the Board`, and its like."""
    if not scan.main:
        return False
    who, what = match["who"] or match["whose"], match["what"]
    if _EVERYBODY.match(who) and scan.chunks and _AMENDED.search(scan.chunks[-1]):
        # The consent of everybody is how the text is amended.
        return False
    head = who.split()[-1] if " of " not in who else who.partition(" of ")[0].split()[-1]
    gives = "give" if singular(head) != head else "gives"
    given = Event(f"{who} {gives} {what}", "give", who, what)
    link = Link.UNLESS if match[0].startswith(("without", "except")) else Link.PROVIDED
    if match["whose"]:
        said = f"{who} {gives} {what}"
        return scan.add("COND", match, Condition(link, circumstance(said, (), said)))
    return scan.add("COND", match, Condition(link, Happens(given)))


OWN_CONSENT = re.compile(
    rf"(?:with|without|subject\sto)\s(?P<who>{PERSON})[’']s?\s(?:prior\s)?(?P<what>(?:written\s|express\s)*(?:consent|approval|permission|agreement))(?!\w)"
)


def own_consent(scan: Scanner, match: re.Match[str]) -> bool:
    """`With the Board’s consent`."""
    if not scan.main:
        return False
    said = f"{match['who']} gives {match['what']}"
    link = Link.UNLESS if match[0].startswith("without") else Link.PROVIDED
    return scan.add("COND", match, Condition(link, circumstance(said, (), said)))
