"""From parsed chunks to rules: what each form of clause in clause.lark means."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from syngraph.grammar import lexicon
from syngraph.grammar.amounts import (
    After,
    AtAnyTime,
    Before,
    By,
    Duration,
    Event,
    For,
    Moment,
    On,
    Until,
)
from syngraph.grammar.building.becoming import change
from syngraph.grammar.building.binding import nobody, norms
from syngraph.grammar.building.parts import Built, joined, sort, span_of, with_fronts
from syngraph.grammar.building.stating import about_text
from syngraph.grammar.building.voting import decided_on, matter
from syngraph.grammar.chunks.ballots import QuorumShare
from syngraph.grammar.chunks.modals import STANDING, Modal
from syngraph.grammar.chunks.scanner import Chunk, MisfitError, made
from syngraph.grammar.faults.mistakes import expected
from syngraph.grammar.guards.refusing import CHARGE, money_amiss
from syngraph.grammar.phrases.actors import actor
from syngraph.grammar.phrases.levels import is_level
from syngraph.grammar.phrases.nouns import act
from syngraph.grammar.phrases.nouns import event as event_of
from syngraph.grammar.phrases.numbers import CURRENCIES, MOMENT, moment
from syngraph.grammar.phrases.persons import somebody
from syngraph.grammar.phrases.sums import amount
from syngraph.grammar.references import SECTION, SECTIONS, sections
from syngraph.grammar.rules import (
    Act,
    Arbitration,
    Ballot,
    Cessation,
    Commencement,
    Condition,
    Decision,
    Declaration,
    Definition,
    Fact,
    Fails,
    Happens,
    Initiative,
    Meaning,
    Order,
    Quorum,
    Renewal,
    Survival,
    Term,
    Unknown,
)
from syngraph.grammar.sentence import Mistake

Children = list[Any]
"""What the parser hands to a production: chunks, and what inner productions made of theirs."""
Make = Callable[[list[Chunk]], Built]
"""Makes the rules of a clause, given the chunks that stand before it."""


class Builder:
    """Builds the rules as the parser reduces. Methods are named after the productions of clause.lark."""

    def fronts(self, children: Children) -> list[Chunk]:
        return [child for child in children if child.type != "COMMA"]

    def items(self, children: Children) -> list[Chunk]:
        return children

    def more(self, children: Children) -> Children:
        return children

    def start(self, children: Children) -> Built:
        fronts, make = children
        built: Built = make(fronts)
        return built

    # -- norms ---------------------------------------------------------------------------------------------------------

    def norm(self, children: Children) -> Make:
        subject, modal, items, *more = children
        return lambda fronts: norms(subject, [(modal, items), *(_pair(one) for one in more)], fronts)

    def passive(self, children: Children) -> Make:
        subject, modal = children[0], children[1]
        rest = list(children[2:])
        items = rest.pop(0) if rest and not _is_more(rest[0]) else []
        return lambda fronts: norms(subject, [(modal, items), *(_pair(one) for one in rest)], fronts)

    def status(self, children: Children) -> Make:
        subject, be, items = children
        if actor(str(subject)) is None and not about_text(str(subject)):
            raise nobody(subject)
        modal: Modal = be.meaning
        charge = None if modal.present and re.match(STANDING, str(items[0])) else CHARGE.match(str(items[0]))
        if charge and not modal.negated and somebody(str(subject)):
            said = made("TEXT", f"be {items[0]}", items[0].start_pos or 0, None)
            held = replace(modal, may=charge["right"] is not None, present=False)
            modal_chunk = made("MODAL", str(be), be.start_pos or 0, held)
            return lambda fronts: norms(subject, [(modal_chunk, [said, *items[1:]])], fronts)
        if modal.present and (subject.startswith("No ") or not re.match(STANDING, str(items[0]))):
            raise MisfitError((be.start_pos or 0), str(be), expected(["MODAL"]))
        if subject.startswith("No ") and items[0].startswith("entitled "):
            raise MisfitError(items[0].start_pos or 0, "entitled", ("`entitled to`, and what to do",))
        if vote := next((chunk for chunk in items if chunk.type in ("VOTE", "ALSO", "OR_VOTE")), None):
            raise MisfitError(vote.start_pos or 0, str(vote).partition(" ")[0], ("what is decided by the vote",))
        if shortened := re.match(r"[A-Za-z]+['’]d(?!\w)", items[0]):
            raise MisfitError(items[0].start_pos or 0, shortened[0], ("the participle in full (`copied`)",))
        if not modal.present and not modal.may and is_level(str(subject), str(items[0])):
            kept = made("PASSIVE", str(be), be.start_pos or 0, replace(modal, participle="kept"))
            return lambda fronts: norms(subject, [(kept, items)], fronts)
        text = f"{subject} {be} " + joined([c for c in items if c.type != "COMMA"])
        return lambda fronts: Built((Declaration("status", with_fronts(fronts, text)),))

    def initiative(self, children: Children) -> Make:
        share, modal, items = children

        def make(fronts: list[Chunk]) -> Built:
            parts = sort([*fronts, *items], str(share), str(modal))
            meaning: QuorumShare = share.meaning
            lasting = [time for time in parts.times if not isinstance(time, AtAnyTime)]
            if lasting or parts.conditions or parts.priority:
                raise MisfitError(modal.start_pos or 0, str(modal), ("who may set what going, without a time or condition",))
            done = act(joined(parts.words))
            return Built((Initiative(meaning.threshold, done),), tuple(parts.mistakes))

        return make

    # -- decisions -----------------------------------------------------------------------------------------------------

    def quorum(self, children: Children) -> Make:
        head, share = children[0], children[1]
        meaning: QuorumShare = share.meaning
        at = " ".join(str(c) for c in children[2:])
        if at.startswith("of ") and not meaning.threshold.body:
            raise MisfitError(children[2].start_pos or 0, "of", ("of whom it is a share",))
        of_what = str(head.meaning or "") or re.sub(r"^(?:at|for|of)\s", "", at)
        mistakes = () if not meaning.doubt else (Mistake("SG305", meaning.doubt, span_of(share), "Correct one of the two."),)
        return lambda fronts: Built(
            (Quorum(meaning.threshold, _quorum_of(of_what, fronts), meaning.root, meaning.factor),), mistakes
        )

    def needing(self, children: Children) -> Make:
        subject, _, items = children

        def make(fronts: list[Chunk]) -> Built:
            parts = sort([*fronts, *items], str(subject), "")
            if parts.words:
                word = parts.words[0]
                raise MisfitError(word.start_pos or 0, str(word).partition(" ")[0], ("another vote, a time or the end",))
            done = decided_on(str(subject)) or event_of(_singular(str(subject)))
            if not done.verb and (noun := _DECIDED_ON.match(str(subject))):
                done = replace(
                    done, verb=lexicon.current().nouns.get(lexicon.singular(noun["noun"].lower()), ""), object=noun["what"]
                )
            if not done.verb:
                raise MisfitError(subject.start_pos or 0, str(subject).partition(" ")[0], ("what is decided (`An amendment`)",))
            about = matter(done.verb, _capital(done.object) if done.object else "The text")
            votes = tuple(tuple(group) for group in parts.votes)
            decision = Decision(about, votes, tuple(parts.conditions), tuple(parts.priority), tuple(parts.times))
            return Built((decision,), tuple(parts.mistakes))

        return make

    def required(self, children: Children) -> Make:
        share, _, items = children

        def make(fronts: list[Chunk]) -> Built:
            parts = sort([*fronts, *items], str(share), "")
            to, _, said = joined(parts.words).partition(" ")
            done = act(said) if to == "to" else None
            event = event_of(said) if done is None else None
            verb, what = (done.verb, done.object) if done else (event.verb, event.object) if event else ("", "")
            if not verb or parts.votes or parts.agent is not None or (done is not None and (done.to or done.rest)):
                word = items[0]
                raise MisfitError(word.start_pos or 0, str(word).partition(" ")[0], ("what is decided (`to amend ...`)",))
            meaning: QuorumShare = share.meaning
            about = matter(verb, _capital(what) if what else "The text")
            conditions, priority, times = tuple(parts.conditions), tuple(parts.priority), tuple(parts.times)
            return Built((Decision(about, ((meaning.threshold,),), conditions, priority, times),), tuple(parts.mistakes))

        return make

    def quorum_share(self, children: Children) -> Make:
        meaning: QuorumShare = children[0].meaning
        of_what = re.sub(r"^(?:at|for|of)\s", "", " ".join(str(c) for c in children[2:]))
        return lambda fronts: Built((Quorum(meaning.threshold, _quorum_of(of_what, fronts)),))

    def adopted(self, children: Children) -> Make:
        subject, how = children[0], children[1]
        verb = lexicon.base_of_participle(str(how).rpartition(" ")[2]) if " " in str(how) else "pass"
        about = matter(verb, str(subject))
        if len(children) == 3 and isinstance(children[2], Chunk):
            alternatives: tuple[tuple[Ballot, ...], ...] = ((children[2].meaning,),)
        else:
            alternatives = tuple(tuple(part) for part in children[2:] if isinstance(part, list))
        return lambda fronts: _fronted(Decision(about, alternatives), fronts)

    def tests(self, children: Children) -> list[Ballot]:
        return [chunk.meaning for chunk in children if chunk.type == "BALLOT"]

    # -- life ----------------------------------------------------------------------------------------------------------

    def effect(self, children: Children) -> Make:
        subject, words, *rest = children
        return lambda fronts: change(subject, words, rest[0] if rest else [], fronts)

    def commencement(self, children: Children) -> Make:
        subject, _, when, *rest = children
        begins = (
            Commencement(str(subject), None, str(when.meaning))
            if when.type == "SIGNED"
            else Commencement(str(subject), _moment(when))
        )
        ends = (Term(str(subject), _end(rest[1])),) if rest else ()
        return lambda fronts: Built((begins, *ends))

    def ending(self, children: Children) -> Make:
        subject, _, when = children
        end = _end(when)
        return lambda fronts: Built((Term(str(subject), end),))

    def renewal(self, children: Children) -> Make:
        conditions = tuple(c.meaning for c in children[2:])
        return lambda fronts: Built((Renewal(str(children[0]), children[1].meaning, conditions),))

    def survival(self, children: Children) -> Make:
        subject = str(children[0])
        named = sections(subject) if re.fullmatch(SECTIONS, subject) else ()
        lasting = next((c.meaning.duration for c in children[2:] if isinstance(c.meaning, For)), None)
        return lambda fronts: Built((Survival(named, "" if named else subject, lasting),))

    def cessation(self, children: Children) -> Make:
        subject, what, *rest = children
        times = tuple(c.meaning for c in rest if c.type == "TIME")
        conditions = tuple(c.meaning for c in rest if c.type == "COND")
        return lambda fronts: Built((Cessation(str(subject), str(what.meaning), times, conditions),))

    # -- disputes ------------------------------------------------------------------------------------------------------

    def arbitration(self, children: Children) -> Make:
        subject, settled, *rest = children
        appointed = next((c.meaning for c in rest if c.type == "APPOINTED"), ())
        return lambda fronts: Built((Arbitration(str(subject), settled.meaning, appointed),))

    def voiding(self, children: Children) -> Make:
        subject, voided = children
        text = str(subject)
        mention = re.search(rf"(?:(?i:section|article|clause)s?\s{SECTION}|\[[^\]]*\]\(#[\w.:-]+\))", text)
        named = sections(mention[0]) if mention else ()
        on = re.search(rf"\son\s({MOMENT})", text)
        when = moment(on[1]) if on else None
        order = Order(str(voided.meaning), text, named[0] if named else "", getattr(when, "date", None))
        return lambda fronts: Built((order,))

    def governing(self, children: Children) -> Make:
        subject, _, law = children
        return lambda fronts: Built(
            (
                Declaration(
                    "governing law",
                    f"{subject} is governed by {law}" if str(subject)[:5] != "These" else f"{subject} are governed by {law}",
                ),
            )
        )

    def composition(self, children: Children) -> Make:
        return lambda fronts: Built((Declaration("composition", f"{children[0]} {children[1]}"),))

    def idiom(self, children: Children) -> Make:
        return lambda fronts: Built((children[0].meaning,))

    # -- definitions ---------------------------------------------------------------------------------------------------

    def definition(self, children: Children) -> Make:
        term, _, body = children
        text = str(body)
        if (currency := _CURRENCY.match(text)) and amount(text) is None:
            raise MisfitError(
                (body.start_pos or 0) + currency.end(), text[currency.end() :].split(" ")[0], ("a sum such as EUR 1,200",)
            )
        day = moment(text) if re.fullmatch(MOMENT, text) else None
        return lambda fronts: Built((Definition(str(term.meaning), text, Meaning.MEANS, amount(text), day),))

    def inclusion(self, children: Children) -> Make:
        term, how, body, *out = children
        meaning = Meaning.INCLUDES if how.type == "INCLUDES" else Meaning.EXCLUDES
        excluded = str(out[1]) if out else ""
        return lambda fronts: Built((Definition(str(term.meaning), str(body), meaning, excluded=excluded),))

    # -- facts ---------------------------------------------------------------------------------------------------------

    def fact(self, children: Children) -> Make:
        day, who, did = children[0], children[2], children[3]
        base, happened = did.meaning
        said = " ".join(str(c) for c in children[4:] if c.type == "TEXT")
        done = act(f"{base} {said}".strip())
        if amiss := money_amiss(done) or ("no" if done.verb in ("pay", "repay") and done.object.startswith("no ") else ""):
            at = max(said.find(amiss), 0) + (children[4].start_pos or 0 if len(children) > 4 else 0)
            raise MisfitError(at, amiss, ("one sum of money, such as EUR 1,200",))
        return lambda fronts: Built((_fact(day, done, str(who), children, happened),))

    def passive_fact(self, children: Children) -> Make:
        day, what, was = children[0], children[2], children[3]
        base, happened = was.meaning
        said = " ".join(str(c) for c in children[4:] if c.type == "TEXT")
        agent = next((str(c.meaning) for c in children[4:] if c.type == "AGENT"), "")
        done = act(f"{base} {what} {said}".strip())
        return lambda fronts: Built((_fact(day, done, agent, children, happened),))


_DECIDED_ON = re.compile(
    r"(?:(?:the|an?|any|all|each|every)\s)?(?P<noun>[A-Za-z][a-z]+)\s(?:on|about|concerning|over|to|in)\s(?P<what>.+)$"
)
_MEETINGS = re.compile(r"(?:at|for|in)\s(?:all\s|any\s|each\s|every\s|the\s)?(?P<of>[\w’' -]*?meetings?(?:\sof\s[\w’' -]+)?)$")


def _quorum_of(of_what: str, fronts: list[Chunk]) -> str:
    """What a quorum is for, where it says so before (`At all meetings of the Board, ...`).

    Raises: MisfitError at a time or condition before it, which no quorum has.
    """
    if not fronts:
        return of_what
    meeting = _MEETINGS.match(str(fronts[0])[:1].lower() + str(fronts[0])[1:]) if len(fronts) == 1 and not of_what else None
    if meeting is None:
        raise MisfitError(
            fronts[0].start_pos or 0, str(fronts[0]).partition(" ")[0], ("what the quorum is for (`Quorum for ... is`)",)
        )
    return meeting["of"]


_CURRENCY = re.compile(rf"(?:{'|'.join(CURRENCIES)}|[$€£¥])\s?(?=\S)")


def _singular(subject: str) -> str:
    noun, joint, rest = subject.partition(" of ")
    return lexicon.singular(noun).lower() + joint + rest


def _capital(phrase: str) -> str:
    return phrase[:1].upper() + phrase[1:]


def _is_more(child: object) -> bool:
    return isinstance(child, list) and bool(child) and isinstance(child[0], Chunk) and child[0].type.startswith("AND_")


def _pair(one: Children) -> tuple[Chunk, list[Chunk]]:
    return (one[0], one[1] if len(one) > 1 else [])


def _fact(day: Chunk, done: Act, who: str, children: Children, happened: bool) -> Fact:
    date, time = day.meaning
    under = next((str(c.meaning) for c in children if c.type == "UNDER"), "")
    named = sections(under) or ((under,) if under else ())
    whole = f"{done.object} {done.rest}".strip()
    return Fact(
        date, Event(done.text, done.verb, who, whole, done.to), amount(done.object), named[0] if named else "", happened, time
    )


def _fronted(decision: Decision, fronts: list[Chunk]) -> Built:
    parts = sort(fronts, "", "")
    decision = replace(decision, conditions=tuple(parts.conditions), priority=tuple(parts.priority), times=tuple(parts.times))
    return Built((decision,))


def _moment(chunk: Chunk) -> Moment:
    match chunk.meaning:
        case On(when) | By(when) | Before(when) | Until(when) | After(None, when):
            return when
        case Condition(_, Happens(event) | Fails(event)):
            return event
        case Condition(_, Unknown(text)):
            return Event(text)
        case _:
            return event_of(str(chunk))


def _end(chunk: Chunk) -> Moment | After | Duration:
    match chunk.meaning:
        case Duration() as length:
            return length
        case After(Duration(), _) as time:
            return time
        case _:
            return _moment(chunk)
