"""What becomes of something by itself: the words that say so, between the subject and its times and conditions."""

import re
from dataclasses import dataclass

from syngraph.grammar import lexicon
from syngraph.grammar.chunks.modals import Modal
from syngraph.grammar.chunks.scanner import Scanner, made
from syngraph.grammar.patterns import late
from syngraph.grammar.phrases.nouns import PERSON
from syngraph.grammar.phrases.numbers import MONEY, PERCENT
from syngraph.grammar.references import SECTIONS
from syngraph.grammar.rules import Effect


@dataclass(frozen=True, slots=True)
class Said:
    """What is said to become of a subject: `what` is what the effect alone does not tell."""

    effect: Effect
    what: str = ""
    verb: str = ""
    """The base form of the act that counts as done."""
    done: bool = False
    """Whether the subject is who counts as having done it, or whose it is."""
    about: str = ""
    """What it becomes of, where that is not the subject: `THAT` for what the condition speaks of."""


THAT = "this"
"""Stands for what the condition speaks of (`this counts as acceptance`)."""


_BE = r"(?:is|are|(?:shall|will|must)\sbe)\s(?:then\s|thereby\s|thereupon\s|automatically\s)?"
_DOES = r"(?:(?:shall|will)\s)?"
_AS_DEEMED = r"(?:deemed|considered|regarded|treated|presumed|taken)"
_THEN = r"(?:\s(?:at|upon|on|from|with)\s(?:the\s)?(?:end|expiry|expiration)\sof\s(?:that|this|the|such)\s(?:period|time))?"
_AT_ONCE = r"(?:immediately|forthwith|at\sonce|automatically)"
_OWNED = r"(?:title|ownership|property|risk|possession)"

EFFECTS = late(
    rf"{_BE}{_AS_DEEMED}\s(?:(?:to\shave\s|having\s)(?!been\b)(?P<act>[a-z]+)(?=\s)|"
    rf"(?:to\s(?:be|have\sbeen)\s|as\s(?:having\sbeen\s)?|having\sbeen\s)?(?:duly\s|validly\s)?(?P<part>[a-z]+)(?!\w|\s(?:by|to|as|a|an|the)\s){_THEN})|"
    rf"{_DOES}(?:becomes?|falls?)\s(?:{_AT_ONCE}\s)?(?P<due>due)(?:\sand\spayable)?(?:\s(?:in\sfull|{_AT_ONCE}))*|"
    rf"{_BE}(?P<how>reduced|lowered|increased|raised)\sby\s(?P<by>{MONEY}|{PERCENT})(?:\sof\s(?P<of>(?:the\s|its\s)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*))?(?!\w|\sof\s)|"
    rf"{_DOES}(?:passes|pass|transfers|transfer)\sto\s(?P<to>{PERSON})(?!\w)|"
    rf"{_DOES}(?:remains?|stays?)\sthe\s(?:sole\s|exclusive\s)?property\sof\s(?P<of_whom>{PERSON})(?!\w)|"
    rf"{_DOES}(?:retains?|keeps?)\s(?:{_OWNED})\s(?:to|of|in)\s(?P<kept>(?:the|all|its)\s[\w’'-]+(?:\s[A-Z][\w’'-]*)*)(?!\w)|"
    rf"{_DOES}counts?\sas\s(?:an?\s|the\s|its\s|their\s)?(?P<counts>[a-z]+)(?:\sof\s(?P<counted>(?:the|an?|its|all)\s[\w’'-]+(?:\s[A-Z][\w’'-]*)*))?(?!\w|\sof\s)|"
    rf"{_DOES}(?P<occurs>occurs?|arises?)(?=\s(?:if|when|where|upon|as\ssoon\sas|once)\s|$)|"
    r"(?:(?:does|do|shall|will)\snot\s(?P<applies>apply)|ceases?\sto\s(?P<ceases>apply)|no\slonger\s(?P<longer>applies|apply))"
    r"(?=\s(?:if|when|where|unless|upon|once|as\ssoon\sas|after|before|until|from|on|during|within|while)\s|$)"
)
PAYABLE = late(
    r"(?:is|are|becomes?|falls?|shall\s(?:be|become|fall))\s(?:due\sand\spayable|payable|due)(?=$|\s(?:within|by|on|no\slater|not\slater|at\sthe\send|in\sadvance|each|every|to|before|monthly|annually|quarterly)(?!\w))|"
    r"(?:is|are)\s(?P<not>not\s)?to\sbe\s(?P<part>paid|repaid|delivered|returned|refunded|made|reimbursed)(?!\w)"
)
PAYABLE_WORDS = "is are becomes become falls fall shall"
_PAYMENT_OF = late(r"(?:The\s)?[Pp]ayment\sof\s(?P<what>(?:the|any|all|each|every|its|their)\s.+)$")
EFFECT_WORDS = (
    "is are shall will must becomes become falls fall passes pass transfers transfer remains remain stays stay occurs occur arises arise "
    "does do ceases cease no retains retain keeps keep counts count"
)
_DEEMED = frozenset(
    [
        "accept",
        "reject",
        "refuse",
        "receive",
        "give",
        "deliver",
        "serve",
        "send",
        "pay",
        "repay",
        "complete",
        "confirm",
        "acknowledge",
        "perform",
        "approve",
        "make",
        "inspect",
        "take",
        "release",
        "return",
        "cure",
        "remedy",
        "notify",
        "abandon",
        "exercise",
        "order",
        "know",
        "hand",
        "discharge",
        "satisfy",
        "consent",
        "agree",
    ]
)
"""What can count as done between parties; what a body decides has words of its own."""
_VOTED_ON = late(
    r"\b(?:[Mm]otions?|[Pp]roposals?|[Aa]mendments?|[Rr]esolutions?|[Vv]otes?|[Mm]inutes|[Bb]allots?|[Pp]rocess|[Cc]onsensus|[Dd]ecisions?|[Nn]ominations?|"
    r"[Ii]ssues?|[Pp]ull\s[Rr]equests?|PRs?|RFCs?|[Mm]embers?|[Cc]andidates?|[Pp]olic(?:y|ies)|[Cc]hanges?)\b"
)
_OWNS = late(rf"(?i:the\s)?(?i:{_OWNED})(?!\w)")
_NAMED_EVENT = late(r"(?i:an?|any|the)\s[A-Z][\w’'-]*(?:\s(?:of\s)?[A-Z][\w’'-]*)*$")
_SECTIONS = late(rf"(?:(?i:{SECTIONS})|[Tt]his\ssection|[Tt]he\sprovisions\sof\s(?i:{SECTIONS}))$")
_THIS = late(r"(?i:this|that|it|silence|(?:the|such|its|their|his|her)\s(?:silence|failure))$")
_SUM = late(r"(?i:the|any|all|each|every|its|their)\s[\w’' -]+$")
_RELATIVE = late(r"(?<!\w)(?:who|which|that)\s$")


def payable(scan: Scanner, match: re.Match[str]) -> bool:
    """A duty to pay or to hand over said of the thing (`The Price is payable within ...`): as if it were `shall be paid`.

    What becomes due under a condition is a change, and no duty of its own.
    """
    subject = scan.text[scan.waiting : match.start()].strip(" ,") if scan.waiting >= 0 else ""
    becomes = not match["part"] and not match[0].startswith(("is", "are", "shall be"))
    if scan.main or not (_SUM.match(subject) or _PAYMENT_OF.match(subject)) or (becomes and _is_conditional(scan, match.end())):
        return False
    if scan.stated and scan.binds_later() and not match[0].startswith("shall"):
        return False
    part = match["part"] or "paid"
    of = _PAYMENT_OF.match(subject)
    if of is None and part == "made":
        return False
    scan.main = True
    scan.flush(match.start())
    if of is not None and part in ("paid", "made"):
        start = (scan.chunks[-1].start_pos or 0) + of.start("what")
        scan.chunks[-1] = made("TEXT", of["what"][0].upper() + of["what"][1:], start, None)
        part = "paid"
    return scan.add("PASSIVE", match, Modal(False, bool(match["not"]), False, part))


_CONDITIONED = late(r"\s(?:if|when|where|upon|once|unless|as\ssoon\sas)\s")


def _is_conditional(scan: Scanner, after: int) -> bool:
    return any(chunk.type == "COND" for chunk in scan.chunks) or _CONDITIONED.search(scan.text, after) is not None


def effect(scan: Scanner, match: re.Match[str]) -> bool:
    """Adds what becomes of the words before it, where they can be what that becomes of."""
    subject = scan.text[scan.waiting : match.start()].strip(" ,") if scan.waiting >= 0 else ""
    if scan.main or not subject or _RELATIVE.search(scan.text, max(0, match.start() - 7), match.start()):
        return False
    binds = scan.text.startswith(("shall", "will", "must"), match.start())
    if not binds and scan.stated and scan.binds_later():
        return False
    said = _said(subject, match)
    if said is None or (said.effect is Effect.DUE and not _is_conditional(scan, match.end())):
        return False
    scan.main = True
    return scan.add("EFFECT", match, said)


def _said(subject: str, match: re.Match[str]) -> Said | None:
    if match["act"] or match["part"]:
        known = lexicon.current().participles.get(match["act"] or match["part"], "")
        if known not in _DEEMED or _VOTED_ON.search(subject):
            return None
        return Said(Effect.DEEMED, match["act"] or match["part"], known, bool(match["act"]))
    if match["due"]:
        return Said(Effect.DUE) if _SUM.match(subject) else None
    if match["how"]:
        if not _SUM.match(subject):
            return None
        kind = Effect.REDUCED if match["how"] in ("reduced", "lowered") else Effect.INCREASED
        whole = match["of"] or ""
        return Said(kind, match["by"] + (f" of {whole}" if whole else ""))
    if match["to"]:
        return Said(Effect.PASSES, match["to"]) if _OWNS.match(subject) else None
    if match["of_whom"]:
        return Said(Effect.REMAINS, match["of_whom"])
    if match["kept"]:
        return Said(Effect.REMAINS, match["kept"], done=True) if re.match(r"(?i:the|an?|each|every)\s", subject) else None
    if match["counts"]:
        base = lexicon.current().nouns.get(match["counts"], "")
        if base not in _DEEMED or not _THIS.match(subject):
            return None
        return Said(Effect.DEEMED, lexicon.inflected(base).participle, base, about=match["counted"] or THAT)
    if match["occurs"]:
        return Said(Effect.OCCURS) if _NAMED_EVENT.match(subject) else None
    return Said(Effect.DISAPPLIED) if _SECTIONS.match(subject) else None
