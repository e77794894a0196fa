"""Orders: what an award orders, declares and finds, read from its prose by the grammar of the text."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from syngraph.engine.disputes.bodies import Part, Reader, Spoken, spoken
from syngraph.engine.governance.statements import Statement
from syngraph.engine.text.provenance import Place
from syngraph.grammar.references import sections
from syngraph.grammar.rules import Fact, Obligation, Prohibition, Rule
from syngraph.grammar.rules import Order as OrderRule
from syngraph.grammar.sentence import Kind


@dataclass(frozen=True, slots=True)
class Said:
    """The sentence of an order, where it stands, and its number in the body, from 1."""

    text: str
    place: Place
    number: int


@dataclass(frozen=True, slots=True)
class Duty:
    """Somebody shall do something, or shall not: `bearers` are their ids, `to` those to whom it is owed, if any is named."""

    said: Said
    rule: Obligation | Prohibition
    bearers: tuple[str, ...]
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Severance:
    """A section is void from the award on; `section` is its id."""

    said: Said
    section: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """The adoption of a motion is set aside; `motion` is the digest of the motion."""

    said: Said
    motion: str


@dataclass(frozen=True, slots=True)
class Excuse:
    """A breach or a delay is excused, as written; `section` is the id of the section it was of, "" where none is named."""

    said: Said
    subject: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class Discharge:
    """Somebody is discharged from what a section asks of them."""

    said: Said
    who: tuple[str, ...]
    section: str


class Permitted(StrEnum):
    """Whether a fork was one that the text lets people make."""

    YES = "permitted"
    NO = "not permitted"


@dataclass(frozen=True, slots=True)
class ForkDeclared:
    """That a fork was permitted or not; `fork` is its digest, "" where the claim names none."""

    said: Said
    fork: str
    permitted: Permitted


class Held(StrEnum):
    """Whether somebody holds a role."""

    YES = "holds"
    NO = "does not hold"


@dataclass(frozen=True, slots=True)
class Membership:
    """That somebody holds a role, or not."""

    said: Said
    who: tuple[str, ...]
    role: str
    held: Held


@dataclass(frozen=True, slots=True)
class Dismissal:
    """What was claimed is refused, in whole or for the rest."""

    said: Said


@dataclass(frozen=True, slots=True)
class NotRead:
    """A sentence among the orders that is none, as far as it was read: it has no effect. `why` says what was wrong."""

    said: Said
    why: str


Order = Duty | Severance | SetAside | Excuse | Discharge | ForkDeclared | Membership | Dismissal | NotRead


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact that an award finds."""

    said: Said
    fact: Fact


@dataclass(frozen=True, slots=True)
class Body:
    """What a body says: orders and findings in their order, and the other sentences as written (reasons).

    `headed` says whether the orders stand in a part of their own.
    """

    orders: tuple[Order, ...]
    findings: tuple[Finding, ...]
    prose: tuple[str, ...]
    headed: bool = False


@dataclass(frozen=True, slots=True)
class Naming:
    """How the words of a body are understood: whom a name means, which section a reference, which motions there are (title by
    digest), and what the claim is about.
    """

    who: Callable[[str], tuple[str, ...]]
    section: Callable[[str], str]
    motions: Mapping[str, str]
    about: tuple[str, ...]


_NAME = r"[^\W_][\w’'. -]{0,99}?"
_DISMISSED = re.compile(
    r"(?:(?:All|Any|The)\s(?:other\s|further\s)?(?:counter)?claims?(?:\sof\s[\w’' -]+)?|The\srest\sof\sthe\sclaim|"
    r"(?:Otherwise|Apart\sfrom\sthat|For\sthe\srest),?\sthe\s(?:counter)?claim)\s(?:is|are)\s(?:otherwise\s)?(?:dismissed|rejected|refused)\.?$"
)
_FORK = re.compile(r"The\sfork\s(?:[\w’' -]{1,80}\s)?(?:is|was)\s(?P<no>not\s)?permitted\.?$")
_MEMBER = re.compile(
    rf"(?P<who>{_NAME})\s(?:is|remains|has\sremained|was\sand\sremains)\s(?P<no>not\s|no\slonger\s)?(?:an?\s|the\s)?"
    r"(?P<role>[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*)\.?$"
)
_DISCHARGED = re.compile(
    rf"(?P<who>{_NAME})\s(?:is|are)\s(?:discharged|released)\sfrom\s(?:(?:the|any|all|every|each|their|its|his|her)\s)*"
    r"(?:(?:duty|duties|obligations?)\s(?:under|in|of)\s)?(?P<section>(?:[Ss]ections?\s|[Cc]lauses?\s)?(?:\[[^\]]*\]\(#[\w.:-]+\)|\d[\d.]*))\.?$"
)
_TITLE = re.compile(r"[“\"](?P<title>[^“”\"]+)[”\"]")
_DIGEST = re.compile(r"\b[0-9a-f]{8,64}\b")
_THIS = re.compile(r"\b(?:that|this|the)\s(?:motion|proposal|amendment|decision|resolution|change)$", re.IGNORECASE)


def body(statement: Statement, reader: Reader, naming: Naming) -> Body:
    """What a claim, an award or a settlement says.

    Where it has a part headed `Orders` (of a claim: what is asked), only sentences there are orders, and each sentence there is
    one, read or not. Where it has none, those are that the grammar reads as duties or orders.
    """
    sentences = tuple(spoken(statement, reader))
    headed = any(each.part is Part.ORDERS for each in sentences)
    orders: list[Order] = []
    findings: list[Finding] = []
    prose: list[str] = []
    for each in sentences:
        facts = [rule for rule in each.sentence.rules if isinstance(rule, Fact)]
        if facts and len(facts) == len(each.sentence.rules):
            findings += [Finding(_said(each, len(findings) + 1), fact) for fact in facts]
        elif each.part is Part.ORDERS or (not headed and each.part is Part.NONE and _orders(each)):
            orders += _read(each, len(orders) + 1, naming)
        else:
            prose.append(each.text)
    return Body(tuple(orders), tuple(findings), tuple(prose), headed)


def _orders(each: Spoken) -> bool:
    """Whether a sentence orders something, without a heading that says so."""
    if each.sentence.kind in (Kind.UNREAD, Kind.AMBIGUOUS):
        return each.sentence.binding
    return any(isinstance(rule, Obligation | Prohibition | OrderRule) for rule in each.sentence.rules)


def _said(each: Spoken, number: int) -> Said:
    return Said(each.text, each.place, number)


def _read(each: Spoken, number: int, naming: Naming) -> Iterator[Order]:
    said = _said(each, number)
    unread = each.sentence.unread
    if each.sentence.kind in (Kind.UNREAD, Kind.AMBIGUOUS):
        yield NotRead(
            said, f"it is not read, from “{unread.word}” on" if unread is not None and unread.word else "it is not read"
        )
    elif each.sentence.rules:
        for rule in each.sentence.rules:
            yield from _of_rule(said, rule, naming)
            said = Said(said.text, said.place, said.number + 1)
    else:
        yield _declared(said, naming)


def _of_rule(said: Said, rule: Rule, naming: Naming) -> Iterator[Order]:
    match rule:
        case Obligation() | Prohibition():
            yield _duty(said, rule, naming)
        case OrderRule(effect="void", subject=subject):
            named = [naming.section(each) for each in sections(subject)]
            if not named or not all(named):
                yield NotRead(said, f"the text has no section that “{subject}” names")
            for offset, section in enumerate(named if all(named) else ()):
                yield Severance(Said(said.text, said.place, said.number + offset), section)
        case OrderRule(effect="set aside", subject=subject):
            motion = _motion(subject, naming)
            yield SetAside(said, motion) if motion else NotRead(said, f"it cannot be told which motion “{subject}” means")
        case OrderRule(effect="excused", subject=subject, section=section):
            yield Excuse(said, subject, naming.section(section) if section else "")
        case _:
            yield _declared(said, naming)


def _duty(said: Said, rule: Obligation | Prohibition, naming: Naming) -> Order:
    if rule.bearer is None or (rule.bearer.joint == "or" and len(rule.bearer.roles) > 1) or rule.bearer.qualifier:
        return NotRead(said, "it does not say who shall do it, by name")
    bearers = [naming.who(role) for role in rule.bearer.roles]
    if not all(bearers):
        return NotRead(said, f"nobody in the register is called {' or '.join(rule.bearer.roles)}")
    return Duty(said, rule, _each(bearers), naming.who(rule.act.to) if rule.act.to else ())


def _declared(said: Said, naming: Naming) -> Order:
    """What a sentence without a duty declares."""
    words = " ".join(said.text.split())
    if _DISMISSED.match(words):
        return Dismissal(said)
    fork = _FORK.match(words)
    if fork is not None:
        forks = [each for each in naming.about if _DIGEST.fullmatch(each) and each not in naming.motions]
        return ForkDeclared(said, forks[0] if len(forks) == 1 else "", Permitted.NO if fork["no"] else Permitted.YES)
    discharged = _DISCHARGED.match(words)
    if discharged is not None:
        who, named = naming.who(discharged["who"]), sections(discharged["section"])
        section = naming.section(named[0]) if len(named) == 1 else ""
        return (
            Discharge(said, who, section) if who and section else NotRead(said, "it cannot be told who is discharged from what")
        )
    member = _MEMBER.match(words)
    if member is not None:
        who = naming.who(member["who"])
        held = Held.NO if member["no"] else Held.YES
        return Membership(said, who, member["role"], held) if who else NotRead(said, f"nobody is called {member['who']}")
    return NotRead(said, "it is read as no order")


def _motion(subject: str, naming: Naming) -> str:
    """The digest of the motion that a phrase means: by its title or its digest, or as what the claim is about."""
    title, digest = _TITLE.search(subject), _DIGEST.search(subject)
    if title is not None:
        found = [each for each, said in naming.motions.items() if said == title["title"]]
        among = [each for each in found if each in naming.about]
        found = among or found
    elif digest is not None:
        found = [each for each in naming.motions if each.startswith(digest[0])]
    else:
        found = [each for each in naming.about if each in naming.motions] if _THIS.search(subject) else []
    return found[0] if len(found) == 1 else ""


def _each(several: list[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for some in several for one in some))
