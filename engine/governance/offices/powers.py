"""Powers: what the text lets an officer do without a vote. What is not understood in every word gives no power."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from syngraph.engine.governance.governing import Governing
from syngraph.engine.text.clauses import Clause, PlacedRule
from syngraph.grammar.amounts import AtAnyTime
from syngraph.grammar.lexicon import singular
from syngraph.grammar.rules import Act, Actor, Obligation, Permission, Power, Prohibition, Quantifier
from syngraph.grammar.sentence import Kind

MAX_OBJECT = 200
"""The longest object of an act that is looked at, in characters."""


class Matter(StrEnum):
    """What an officer may be let do."""

    GAINS = "gains"
    """Let somebody into a role."""
    LOSES = "loses"
    """Put somebody out of a role."""
    KEY = "key"
    """Give somebody another key."""
    NAME = "name"
    """Mend a name in the register."""
    TEXT = "text"
    """Mend the writing of the text, where rules and printed words stay what they are."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A deed for which a power is needed: whom it concerns, which role they gain or lose.

    `has` are the roles that they hold before; `kind` says whether they are a person or an organisation. `sole` says whether
    nobody else holds the role: only then it can be called *the* Treasurer.
    """

    matter: Matter
    who: str = ""
    role: str = ""
    kind: str = "person"
    has: frozenset[str] = frozenset()
    sole: bool = False

    @property
    def words(self) -> str:
        """The deed in words, beginning with its verb."""
        match self.matter:
            case Matter.GAINS:
                return f"admit {self.who} as {self.role}"
            case Matter.LOSES:
                return f"remove {self.who} as {self.role}"
            case Matter.KEY:
                return f"replace the key of {self.who}"
            case Matter.NAME:
                return f"correct the name of {self.who}"
            case Matter.TEXT:
                return "correct it"


_VERBS = {
    Matter.GAINS: frozenset({"admit", "appoint"}),
    Matter.LOSES: frozenset({"remove", "expel", "dismiss"}),
    Matter.KEY: frozenset({"replace"}),
    Matter.NAME: frozenset({"correct"}),
    Matter.TEXT: frozenset({"correct"}),
}
_STEMS = {
    Matter.GAINS: re.compile(r"\b(?:admi[st]|appoint)", re.IGNORECASE),
    Matter.LOSES: re.compile(r"\b(?:remov|expel|expul|dismiss)", re.IGNORECASE),
    Matter.KEY: re.compile(r"\bkeys?\b", re.IGNORECASE),
    Matter.NAME: re.compile(r"\bcorrect", re.IGNORECASE),
    Matter.TEXT: re.compile(r"\bcorrect", re.IGNORECASE),
}
_REFUSING = frozenset({"refuse", "refrain", "abstain", "decline", "cease", "stop", "reject"})
_ARTICLES = frozenset({"a", "an", "any"})
_KINDS = {
    **dict.fromkeys(("person", "persons", "people"), "person"),
    **dict.fromkeys(("organisation", "organisations", "organization", "organizations"), "organisation"),
}
_PEOPLE = "person persons people anyone anybody someone somebody one individual individuals them him her office register"
_SOMEBODY = frozenset(_PEOPLE.split())
_SPELT = r"(?:clerical|typographical|spelling|grammatical|punctuation|numbering|formatting)"
_OF = r"(?:spelling|grammar|punctuation|numbering|formatting|writing)"
_TEXT = (
    r"(?:(?:these|our) (?:by-?laws|terms|rules|articles|statutes)"
    r"|(?:this|our) (?:agreement|charter|constitution|contract|lease|policy))"
)
_SLIPS = re.compile(
    rf"(?P<slips>(?:any |all )?(?:{_SPELT} (?:(?:and|or) {_SPELT} )?)?(?:errors|mistakes)"
    rf"(?: of {_OF}(?:, {_OF})*(?:,? (?:and|or) {_OF})?)? in )?(?P<where>.+)"
)
_WHERE = re.compile(rf"(?P<text>{_TEXT})|(?P<register>the register)")


def refusal(text: Governing, office: str, roles: frozenset[str], asked: Asked) -> str:
    """Why the text does not let an office do something, "" where it does. `roles` are all those of who acts for it.

    A power counts where it has no strings, and no sentence says otherwise or may do so.
    """
    given, near = False, ""
    for placed in text.rules:
        why = _grant(placed, office, asked)
        given = given or why == ""
        near = near or why or ""
    if not given:
        return f"the text does not let the {office} {asked.words}" + (f": {near}" if near else "")
    return next(_against(text, office, roles, asked), "")


# -- what gives a power ------------------------------------------------------------------------------------------------


def _grant(placed: PlacedRule, office: str, asked: Asked) -> str | None:
    """Why a rule does not give the power, "" where it does; None where it speaks of something else."""
    rule = placed.rule
    if not isinstance(rule, Permission | Power | Obligation) or rule.bearer is None:
        return None
    if rule.act.verb not in _VERBS[asked.matter] or not _named(office, rule.bearer):
        return None
    strings = _strings(rule, rule.bearer)
    if not strings and not _means(_object(rule.act), asked):
        strings = f"speaks of “{_object(rule.act)}”, which is not understood as just that"
    return f"{_quoted(placed.clause)} {strings}" if strings else ""


def _strings(rule: Permission | Power | Obligation, bearer: Actor) -> str:
    """What keeps a rule from being a power of one officer alone at any time, "" for nothing."""
    joint = len(bearer.roles) > 1 and bearer.joint != "or"
    if rule.conditions:
        return "hangs on a condition, which nobody can judge from the record"
    if any(not isinstance(time, AtAnyTime) for time in rule.times):
        return "holds for a time only"
    if rule.priority:
        return "is ranked against other sections"
    if not isinstance(rule, Obligation) and rule.only:
        return "says who alone may do it, not that one may without more"
    if joint or bearer.count or bearer.quantifier in (Quantifier.ALL, Quantifier.COUNT):
        return "speaks of several together"
    if bearer.qualifier:
        return f"speaks of one “{bearer.qualifier}”"
    if isinstance(rule, Power) and (rule.notice is not None or rule.notice_to):
        return "asks for notice"
    if isinstance(rule, Power) and rule.by:
        return "asks for a vote"
    if rule.act.manner:
        return f"speaks of doing it “{rule.act.manner}”"
    return ""


def _means(said: str, asked: Asked) -> bool:
    """Whether the object of an act is what is asked for, every word of it understood."""
    if len(said) > MAX_OBJECT:
        return False
    words = tuple(said.casefold().split())
    match asked.matter:
        case Matter.GAINS:
            return _gains(words, asked)
        case Matter.LOSES:
            return _role(words, asked.role, sole=asked.sole)
        case Matter.KEY:
            singly, all_of = ("the", "key", "of"), ("the", "keys", "of")
            return any(
                (words[:3] == singly and words[3:4] and words[3] in _ARTICLES and _role(words[3:], role))
                or (words[:3] == all_of and words[3:] != tuple(role.casefold().split()) and _role(words[3:], role))
                for role in asked.has
            )
        case Matter.NAME:
            return "register" in _corrected(said)
        case Matter.TEXT:
            return "text" in _corrected(said)


def _gains(words: tuple[str, ...], asked: Asked) -> bool:
    """`a Member`, `new Members`, `a person as a Member`, `a Member as Treasurer`."""
    if "as" not in words:
        return asked.kind == "person" and _role(_not_new(words), asked.role, sole=asked.sole)
    cut = words.index("as")
    who, what = words[:cut], words[cut + 1 :]
    if not _role(_not_new(what), asked.role, sole=asked.sole, bare=True):
        return False
    kinds = _kinds(who)
    return asked.kind in kinds or (asked.kind == "person" and any(_role(who, role) for role in asked.has))


def _role(words: tuple[str, ...], role: str, *, sole: bool = False, bare: bool = False) -> bool:
    """Whether words are a role with its article (without one for `bare`), or its plural with none or `any`.

    `the` is one that nobody else holds.
    """
    wanted = tuple(role.casefold().split())
    article, noun = (words[0], words[1:]) if words and words[0] in {*_ARTICLES, "the"} else ("", words)
    if noun == wanted:
        return article in _ARTICLES or (article == "the" and sole) or (article == "" and bare)
    if not noun or noun[-1] == singular(noun[-1]):
        return False
    return (*noun[:-1], singular(noun[-1])) == wanted and article in ("", "any")


def _not_new(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words without `new`, at the beginning or after an article."""
    place = 1 if words and words[0] in _ARTICLES else 0
    return (*words[:place], *words[place + 1 :]) if words[place : place + 1] == ("new",) else words


def _kinds(words: tuple[str, ...]) -> frozenset[str]:
    """Of which kinds `a person or an organisation` may be; none where a word is not understood."""
    found: set[str] = set()
    named = False
    for word in words:
        if word in _KINDS and not named:
            found.add(_KINDS[word])
            named = True
        elif word in ("or", "and") and named:
            named = False
        elif word not in _ARTICLES or named:
            return frozenset()
    return frozenset(found) if named else frozenset()


def _corrected(said: str) -> frozenset[str]:
    """What an act of correcting mends: the text (its slips only), the register (its slips, or itself)."""
    match = _SLIPS.fullmatch(" ".join(said.casefold().split()))
    if match is None:
        return frozenset()
    named: set[str] = set()
    for part in re.split(r" (?:and|or) ", match["where"]):
        where = _WHERE.fullmatch(part)
        if where is None:
            return frozenset()
        named.add(where.lastgroup or "")
    return frozenset(named if match["slips"] or named == {"register"} else ())


# -- what takes it away ------------------------------------------------------------------------------------------------


def _against(text: Governing, office: str, roles: frozenset[str], asked: Asked) -> Iterator[str]:
    """The sentences that keep the office from using a power, or may do so."""
    known = {role.casefold() for role in text.register.roles}
    held = {role.casefold() for role in roles}
    for placed in text.rules:
        rule = placed.rule
        if not isinstance(rule, Prohibition | Permission | Power | Obligation):
            continue
        concerned = rule.bearer is None or any(
            role.casefold() in held or role.casefold() not in known for role in rule.bearer.roles
        )
        if isinstance(rule, Obligation) and rule.act.verb in _REFUSING:
            if concerned and _STEMS[asked.matter].search(rule.act.text):
                yield f"{_quoted(placed.clause)} forbids it, or may do so"
            continue
        if rule.act.verb not in _VERBS[asked.matter]:
            continue
        words = _object(rule.act).split()
        alone = "only" in words if isinstance(rule, Prohibition | Obligation) else rule.only or "only" in words
        if isinstance(rule, Prohibition):
            against = concerned
        else:
            against = alone and rule.bearer is not None and not _named(office, rule.bearer)
        if against and _may_mean(" ".join(word for word in words if word != "only"), asked, text.register.roles):
            yield f"{_quoted(placed.clause)} forbids it, or may do so"
    for clause in text.clauses:
        sentence = clause.sentence
        if clause.prose or sentence.rules or not (sentence.binding or sentence.kind in (Kind.UNREAD, Kind.AMBIGUOUS)):
            continue
        if _STEMS[asked.matter].search(sentence.text):
            yield f"{_quoted(clause)} is not understood, and may say otherwise"


def _may_mean(said: str, asked: Asked, roles: frozenset[str]) -> bool:
    """Whether an object may be about what is asked for: unless it is understood to be about something else."""
    if len(said) > MAX_OBJECT or not said or _means(said, asked):
        return True
    words = tuple(said.casefold().split())
    match asked.matter:
        case Matter.GAINS | Matter.LOSES:
            others = (
                replace(asked, role=role, kind=kind, sole=True)
                for role in sorted({*roles, asked.role})
                for kind in ("person", "organisation")
                if (role.casefold(), kind) != (asked.role.casefold(), asked.kind)
                and (asked.matter is Matter.GAINS or role.casefold() != asked.role.casefold())
            )
            if any(_means(said, other) for other in others):
                return False
            stems = tuple(asked.role.casefold().split()[-1:])
            things = "from" in words and not any(word in _SOMEBODY or word.startswith(stems) for word in words)
            return asked.matter is Matter.GAINS or not things
        case Matter.KEY:
            return "key" in words or "keys" in words
        case Matter.NAME:
            return _corrected(said) != {"text"}
        case Matter.TEXT:
            return _corrected(said) != {"register"}


def _object(act: Act) -> str:
    """Everything that an act says after its verb."""
    return " ".join(part for part in (act.object, f"to {act.to}" if act.to else "", act.rest) if part)


def _named(office: str, bearer: Actor) -> bool:
    return office.casefold() in (role.casefold() for role in bearer.roles)


def _quoted(clause: Clause) -> str:
    words = clause.sentence.text
    return f"“{words if len(words) <= MAX_OBJECT else words[:MAX_OBJECT] + '…'}” ({clause.place})"
