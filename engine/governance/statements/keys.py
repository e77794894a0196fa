"""The keys of a statement's front matter: which there are, in which order, and what each may say."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from syngraph.engine.governance.signatures import KeyRefused, parse_public
from syngraph.engine.governance.statements.kinds import (
    Act,
    Ballot,
    Choice,
    Close,
    Delegation,
    Details,
    Fact,
    Founding,
    Import,
    Kind,
    Minutes,
    Motion,
    Outcome,
    Resignation,
    Retraction,
    Rotation,
    Tombstone,
    Veto,
)
from syngraph.engine.governance.statements.papers import (
    Acceptance,
    Answer,
    Appointment,
    Award,
    Challenge,
    Claim,
    Correction,
    Dissent,
    Extension,
    Jurisdiction,
    Settlement,
    Stay,
)
from syngraph.engine.governance.statements.papers import Form as AwardForm

MAX_NUMBER = 1_000_000_000
"""The largest number in a front matter."""

_ID = r"[A-Za-z0-9][A-Za-z0-9_.-]*"
# One line that YAML reads as the same text: begins with no indicator, has no `: ` and no ` #` in it, no blank at either end.
_PLAIN = r"(?!.{501})(?![-?:,\[\]{}#&*!|>'\"%@` ])(?!.*(?:: | #|\t|[: ]\Z)).+"


@dataclass(frozen=True, slots=True)
class Form:
    """What a value looks like: a test of its shape, what is made of it (a ValueError refuses it), and its words."""

    fits: Callable[[str], object]
    value: Callable[[str], Any]
    expected: str
    help: str


def _form(pattern: str, value: Callable[[str], Any], expected: str, help: str) -> Form:
    return Form(re.compile(pattern).fullmatch, value, expected, help)


def _ids(text: str) -> tuple[str, ...]:
    ids = tuple(text.split(", "))
    if len(set(ids)) != len(ids):
        ((twice, _),) = Counter(ids).most_common(1)
        raise ValueError(f"{twice} twice")
    return ids


def _number(text: str) -> int:
    number = int(text)
    if number > MAX_NUMBER:
        raise ValueError(f"more than {MAX_NUMBER}")
    return number


def _present(text: str) -> int | tuple[str, ...]:
    return _number(text) if text.isdigit() else _ids(text)


def _key(text: str) -> str:
    try:
        parse_public(text)
    except KeyRefused as refused:
        raise ValueError(f"{refused.found}; expected {refused.expected}") from None
    return text


def _pairs(text: str) -> str:
    columns = [pair.partition("=")[0] for pair in text.split("; ")]
    if twice := [column for column, count in Counter(columns).items() if count > 1]:
        raise ValueError(f"{twice[0]} twice")
    return text


def _one(text: str) -> tuple[str, ...]:
    return (text,)


def _word(kind: type[Kind] | type[Choice] | type[Outcome] | type[Jurisdiction] | type[AwardForm]) -> Form:
    members = {member.value: member for member in kind}
    words = ", ".join(members)
    return Form(members.__contains__, members.__getitem__, f"one of {words}", "check the spelling; small letters")


_FIGURES = "write year, month and day in figures"
_HASH = _form(r"[0-9a-f]{64}", str, "64 digits 0-9a-f", "copy the whole digest, as syngraph prints it")
_NONCE = _form(r"[0-9a-f]{32}", str, "32 digits 0-9a-f", "leave it to syngraph, which draws a new one for each statement")
_WHO = _form(_ID, _one, "the id of a principal", "write the id as it stands in the register")
_OTHER = _form(_ID, str, "the id of a principal", "write the id as it stands in the register")
_SEVERAL = _form(
    f"{_ID}(?:, {_ID})+", _ids, "two or more ids, each once", "write principals: ada, bora (for one, principal: ada)"
)
_WHOM = _form(
    f"{_ID}(?:, {_ID})*", _ids, "one id or more, each once", "write against: ada, bora, as they stand in the register"
)
_ABOUT = _form(
    r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}(?<!:)(?:, [A-Za-z0-9][A-Za-z0-9_.:-]{0,127}(?<!:))*",
    _ids,
    "ids of sections or digests of statements, each once",
    "write about: dues, hours, without the # of a link",
)
_DAY = _form(r"(?:19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}", date.fromisoformat, "a day from 1900 to 2999, as 2026-01-31", _FIGURES)
_COUNT = _form(
    r"0|[1-9][0-9]{0,9}", _number, f"a whole number up to {MAX_NUMBER}", "write it in figures, without leading zeros"
)
_SEQUENCE = _form(r"[1-9][0-9]{0,9}", _number, f"a whole number from 1 to {MAX_NUMBER}", "write it in figures")
_TEXT = _form(
    _PLAIN,
    str,
    "plain text of one line, at most 500 characters",
    "begin with a letter or a digit, and write no colon or blank at the end, and neither “: ” nor “ #” inside",
)
_PRESENT = _form(
    f"0|[1-9][0-9]{{0,9}}|{_ID}(?:, {_ID})*",
    _present,
    "how many were present, or their ids, each once",
    "write present: 12, or present: ada, bora",
)
_COLUMN = "date|time|actor|act|object|to|amount|currency|under"
_PAIR = rf"(?:{_COLUMN})=[^;\s](?:[^;]*[^;\s])?"
_PAIRS = _form(
    f"(?!.{{501}})(?!.*(?:: | #|\\t|:\\Z)){_PAIR}(?:; {_PAIR})*",
    _pairs,
    f"columns with what they are, each once, at most 500 characters; the columns are {_COLUMN.replace('|', ', ')}",
    "write date=Buchungstag; actor=Name; a name there has neither “;” nor “: ” nor “ #” in it, else rename the column",
)
_COMMA = _form("comma", str, "comma", "leave it out where sums are written 1,200.50")
_DATES = _form("dmy|mdy|ymd", str, "one of dmy, mdy, ymd", "leave it out where days are written 2027-03-31")
_NEGATIVE = _form("skip|swap", str, "one of skip, swap", "leave it out where no sum is below zero")
_KEY = _form(
    r"[a-z0-9@.-]{1,64} [A-Za-z0-9+/]{1,4000}={0,2}",
    _key,
    "a public key: its type and its base64, without a comment",
    "copy the first two words of the .pub file",
)

KIND = _word(Kind)
_COMMON: dict[str, Form] = {
    "kind": KIND,
    "lineage": _HASH,
    "fork": _HASH,
    "base": _HASH,
    "principal": _WHO,
    "principals": _SEVERAL,
    "capacity": _TEXT,
    "date": _DAY,
    "sequence": _SEQUENCE,
    "expires": _DAY,
}
# What each kind says: its class, and its keys in the order of that class's fields. A key that ends with ? may be left out.
_OWN: dict[Kind, tuple[type[Details], dict[str, Form]]] = {
    Kind.FOUNDING: (Founding, {"digest": _HASH, "nonce": _NONCE, "record?": _HASH, "minutes?": _HASH}),
    Kind.MOTION: (Motion, {"nonce": _NONCE, "title": _TEXT, "about?": _TEXT}),
    Kind.BALLOT: (Ballot, {"motion": _HASH, "vote": _word(Choice)}),
    Kind.CLOSE: (Close, {"motion": _HASH, "outcome": _word(Outcome)}),
    Kind.DELEGATION: (Delegation, {"to": _OTHER, "motion?": _HASH}),
    Kind.VETO: (Veto, {"motion": _HASH}),
    Kind.FACT: (Fact, {}),
    Kind.IMPORT: (
        Import,
        {"source": _HASH, "map?": _PAIRS, "set?": _PAIRS, "decimal?": _COMMA, "dates?": _DATES, "negative?": _NEGATIVE},
    ),
    Kind.MINUTES: (
        Minutes,
        {
            "motion": _HASH,
            "held?": _DAY,
            "notice?": _DAY,
            "present": _PRESENT,
            "for": _COUNT,
            "against": _COUNT,
            "abstain": _COUNT,
        },
    ),
    Kind.ROTATION: (Rotation, {"old": _HASH, "new": _KEY}),
    Kind.RESIGNATION: (Resignation, {"role?": _TEXT, "from": _DAY}),
    Kind.ACT: (Act, {}),
    Kind.CLAIM: (Claim, {"nonce": _NONCE, "title": _TEXT, "against": _WHOM, "about?": _ABOUT}),
    Kind.ANSWER: (Answer, {"claim": _HASH, "jurisdiction?": _word(Jurisdiction)}),
    Kind.APPOINTMENT: (Appointment, {"claim": _HASH, "arbitrator": _OTHER, "key?": _KEY, "replaces?": _OTHER}),
    Kind.ACCEPTANCE: (Acceptance, {"claim": _HASH, "key": _KEY}),
    Kind.CHALLENGE: (Challenge, {"claim": _HASH, "arbitrator": _OTHER}),
    Kind.EXTENSION: (Extension, {"claim": _HASH, "until": _DAY}),
    Kind.STAY: (Stay, {"claim": _HASH, "motion": _HASH}),
    Kind.AWARD: (Award, {"claim": _HASH, "number": _SEQUENCE, "form": _word(AwardForm)}),
    Kind.DISSENT: (Dissent, {"claim": _HASH, "award": _HASH}),
    Kind.CORRECTION: (Correction, {"claim": _HASH, "award": _HASH}),
    Kind.SETTLEMENT: (Settlement, {"claim": _HASH}),
    Kind.RETRACTION: (Retraction, {"of": _HASH}),
    Kind.TOMBSTONE: (Tombstone, {"of": _HASH, "reason": _TEXT}),
}
_ALWAYS = ("kind", "lineage", "base", "date")
_FOUNDING = ("kind", "principal", "principals", "capacity", "date", "sequence", "expires")


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one kind: their order and forms, those that must be there, and those that are the kind's own."""

    forms: dict[str, tuple[int, Form]]
    needed: tuple[str, ...]
    own: tuple[str, ...]
    details: Callable[..., Details]


def _keys(kind: Kind) -> Keys:
    details, own = _OWN[kind]
    common = {key: form for key, form in _COMMON.items() if kind is not Kind.FOUNDING or key in _FOUNDING}
    forms = {**common, **{key.rstrip("?"): form for key, form in own.items()}}
    needed = [key for key in _ALWAYS if key in common] + [key for key in own if not key.endswith("?")]
    if kind is Kind.ACT:
        needed.append("capacity")
    ranks = {key: rank for rank, key in enumerate(forms)}
    # They stand in the same line, so that never both are given.
    ranks["principals"] = ranks["principal"]
    return Keys(
        {key: (ranks[key], form) for key, form in forms.items()},
        tuple(needed),
        tuple(key.rstrip("?") for key in own),
        details,
    )


KEYS: dict[str, Keys] = {kind.value: _keys(kind) for kind in _OWN}
"""The keys of each kind that is read, by the word for the kind."""
