"""From parsed chunks to rules: what each form of clause in clause.lark means."""

import re
from dataclasses import dataclass, field, replace
from fractions import Fraction

from lark import Transformer

from syngraph.grammar import lexicon
from syngraph.grammar.amounts import (
    Accrual,
    Amount,
    AtAllTimes,
    Before,
    By,
    Capped,
    Duration,
    Each,
    Event,
    For,
    On,
    Part,
    Rate,
    Soon,
    Time,
    Within,
)
from syngraph.grammar.forms import QuorumShare
from syngraph.grammar.mistakes import MISSPELT, misspelt, verb_like
from syngraph.grammar.nouns import act, actor, amount
from syngraph.grammar.phrases import MOMENT, moment
from syngraph.grammar.rules import (
    Act,
    Actor,
    Arbitration,
    AwardLimit,
    AwardTime,
    Ballot,
    Base,
    Cessation,
    Commencement,
    Condition,
    Decision,
    Declaration,
    Deed,
    DefaultAppointment,
    Definition,
    Entrenchment,
    Fact,
    Fails,
    ForkRight,
    Initiative,
    Matter,
    Meaning,
    Mode,
    Obligation,
    Order,
    Permission,
    Power,
    PowerKind,
    Priority,
    Prohibition,
    Quantifier,
    Quorum,
    Renewal,
    Rule,
    Survival,
    Term,
    Threshold,
)
from syngraph.grammar.scanner import Chunk, DoubtError, MisfitError
from syngraph.grammar.sentence import Mistake
from syngraph.grammar.span import Span
from syngraph.grammar.triggers import RESIDUE, SECTIONS, Modal, sections

POWERS = {kind.value: kind for kind in PowerKind} | {
    "cancel": PowerKind.TERMINATE,
    "expel": PowerKind.REMOVE,
    "dismiss": PowerKind.REMOVE,
    "recall": PowerKind.REMOVE,
    "elect": PowerKind.APPOINT,
    "convene": PowerKind.CALL,
    "modify": PowerKind.AMEND,
    "change": PowerKind.AMEND,
    "veto": PowerKind.REJECT,
}
DEEDS = {
    "amend": Deed.AMEND,
    "change": Deed.AMEND,
    "modify": Deed.AMEND,
    "alter": Deed.AMEND,
    "revise": Deed.AMEND,
    "adopt": Deed.ADOPT,
    "pass": Deed.ADOPT,
    "approve": Deed.ADOPT,
    "accept": Deed.ADOPT,
    "ratify": Deed.ADOPT,
    "carry": Deed.ADOPT,
    "remove": Deed.REMOVE,
    "expel": Deed.REMOVE,
    "recall": Deed.REMOVE,
    "dismiss": Deed.REMOVE,
    "admit": Deed.ADMIT,
    "add": Deed.ADMIT,
    "elect": Deed.ELECT,
    "appoint": Deed.APPOINT,
    "dissolve": Deed.DISSOLVE,
}
_KEPT_UP = {"keep", "maintain", "remain", "preserve", "comply", "hold"}
_STATES = {"be", "count", "constitute", "apply", "prevail", "include", "mean", "remain", "have", "form", "become", "consist"}
_INITIATIVES = {"call", "propose", "request", "require", "convene", "initiate", "demand", "requisition"}
_PANEL = {"arbitrator", "Arbitrator", "Arbitral Tribunal", "arbitral tribunal", "tribunal", "Tribunal"}
_RELATIVE = re.compile(r"\s(who|which|that)\s(?!the\b|each\b|any\b|an?\b).*$")
_DONE_WITH = re.compile(r"^(?:,?\s?(?:or|and|,)\s)?(?P<part>[a-z]+)$")


@dataclass(frozen=True, slots=True)
class Built:
    """The rules of a clause and the mistakes of its wording."""

    rules: tuple[Rule, ...]
    mistakes: tuple[Mistake, ...] = ()


@dataclass(slots=True)
class Parts:
    """What stands beside the modal of a clause, sorted by kind."""

    words: list[Chunk] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)
    priority: list[Priority] = field(default_factory=list)
    votes: list[list[Ballot]] = field(default_factory=list)
    notice: tuple[Duration | None, str] | None = None
    noticed: str = ""
    per: tuple[Duration, bool] | None = None
    cap: Amount | None = None
    agent: Chunk | None = None
    mistakes: list[Mistake] = field(default_factory=list)


def _span(chunk: Chunk) -> Span:
    start = chunk.start_pos or 0
    return Span(start, start + len(chunk))


def _sort(items: list[Chunk], subject: str, said: str) -> Parts:
    parts = Parts()
    last: Chunk | None = None
    for chunk in items:
        meaning = chunk.meaning
        match chunk.type:
            case "TEXT":
                if residue := RESIDUE.search(chunk):
                    raise MisfitError(
                        (chunk.start_pos or 0) + residue.start(), residue[0], ("a time such as `within 30 days after ...`",)
                    )
                if missed := misspelt(chunk):
                    right = MISSPELT[missed[0].lower()]
                    raise MisfitError((chunk.start_pos or 0) + missed.start(), missed[0], (f"`{right}`",), right)
                parts.words.append(chunk)
            case "TIME":
                if last is not None and last.type == "TEXT" and (relative := _RELATIVE.search(chunk_text(last))):
                    raise _doubt(last, chunk, relative, subject, said)
                parts.times.append(meaning)  # type: ignore[arg-type]
            case "COND":
                parts.conditions.append(meaning)  # type: ignore[arg-type]
            case "PRIORITY":
                parts.priority.append(meaning)  # type: ignore[arg-type]
            case "VOTE" | "OR_VOTE":
                parts.votes.append([_ballot(chunk, parts)])
            case "ALSO":
                if parts.votes:
                    parts.votes[-1].append(_ballot(chunk, parts))
            case "NOTICE":
                parts.notice, parts.noticed = meaning, str(chunk)  # type: ignore[assignment]
            case "PER":
                parts.per = meaning  # type: ignore[assignment]
            case "CAP":
                parts.cap = meaning  # type: ignore[assignment]
            case "AGENT":
                parts.agent = chunk
        last = chunk
    return parts


def chunk_text(chunk: Chunk) -> str:
    """The words of a chunk as a plain string."""
    return str(chunk)


def _doubt(words: Chunk, time: Chunk, relative: re.Match[str], subject: str, said: str) -> DoubtError:
    text = chunk_text(words)
    main, that = text[: relative.start()], text[relative.start() :].strip()
    who, _, does = that.partition(" ")
    when = chunk_text(time)
    start = time.start_pos or 0
    fronted = f"{when[0].upper()}{when[1:]}, {_lowered(subject)} {said} {text}."
    return DoubtError(start, start + len(when), (fronted, f"{subject} {said} {main} {who}, {when}, {does}."))


def _ballot(chunk: Chunk, parts: Parts) -> Threshold:
    meaning, doubt = chunk.meaning  # type: ignore[misc]
    if doubt:
        parts.mistakes.append(Mistake("SG204", f"{doubt}", _span(chunk), "Write the share once, or correct one of the two."))
    if meaning.base is Base.UNSAID:
        parts.mistakes.append(
            Mistake(
                "SG203",
                "a share of whom? Counted as of all who are entitled to vote, the strictest reading",
                _span(chunk),
                "Write `of all Members`, `of the votes cast`, `of the Members present` or whatever is meant.",
            )
        )
    return meaning


def _lowered(subject: str) -> str:
    head, _, tail = subject.partition(" ")
    return f"{head.lower()} {tail}" if head in _ARTICLES else subject


_ARTICLES = {"The", "A", "An", "Each", "Every", "Any", "All", "This", "These", "Either", "Neither", "No", "Its", "Their", "One"}


def _matter(verb: str, subject: str) -> Matter:
    named = sections(subject) if re.fullmatch(SECTIONS, subject) else ()
    return Matter(DEEDS.get(verb, Deed.DECIDE), verb, subject, named)


def _amount(done: Act, parts: Parts, at: Chunk) -> Act:
    sum_of = done.amount
    if parts.per is not None:
        if sum_of is None:
            raise MisfitError(at.start_pos or 0, str(at).partition(" ")[0], ("a sum of money or a share of one",))
        length, begun = parts.per
        share, of = (sum_of.share, sum_of.of) if isinstance(sum_of, Part) else (Fraction(1), sum_of)
        sum_of = Rate(of, share, length, Accrual.BEGUN_PERIODS if begun else Accrual.FULL_PERIODS)
    if parts.cap is not None:
        if sum_of is None:
            raise MisfitError(at.start_pos or 0, str(at).partition(" ")[0], ("a sum of money that the bound applies to",))
        sum_of = Capped(sum_of, parts.cap)
    return done if sum_of is done.amount else replace(done, amount=sum_of)


class Builder(Transformer[Chunk, Built]):
    """Builds the rules as the parser reduces. Methods are named after the productions of clause.lark."""

    def fronts(self, children: list[Chunk]) -> list[Chunk]:
        return [child for child in children if child.type != "COMMA"]

    def items(self, children: list[Chunk]) -> list[Chunk]:
        return children

    def more(self, children: list[object]) -> list[object]:
        return children

    def start(self, children: list[object]) -> Built:
        fronts, body = children
        make = body if callable(body) else None
        if make is None:
            raise TypeError(body)
        built: Built = make(fronts)
        return built

    # -- norms ---------------------------------------------------------------------------------------------------------

    def norm(self, children: list[object]) -> object:
        subject, modal, items, *more = children
        return lambda fronts: _norms(subject, [(modal, items), *(tuple(one) for one in more)], fronts)  # type: ignore[arg-type, misc, attr-defined]

    def passive(self, children: list[object]) -> object:
        subject, modal = children[0], children[1]
        rest = list(children[2:])
        items = rest.pop(0) if rest and not _is_more(rest[0]) else []
        return lambda fronts: _norms(subject, [(modal, items), *(_pair(one) for one in rest)], fronts)  # type: ignore[arg-type, list-item]

    def status(self, children: list[object]) -> object:
        subject, be, items = children
        text = f"{subject} {be} " + _joined([c for c in items if c.type != "COMMA"])  # type: ignore[attr-defined]
        return lambda fronts: Built((Declaration("status", _with_fronts(fronts, text)),))

    def initiative(self, children: list[object]) -> object:
        share, modal, items = children

        def make(fronts: list[Chunk]) -> Built:
            parts = _sort([*fronts, *items], str(share), str(modal))  # type: ignore[misc]
            meaning: QuorumShare = share.meaning  # type: ignore[attr-defined]
            done = act(_joined(parts.words))
            return Built((Initiative(meaning.threshold, done),), tuple(parts.mistakes))

        return make

    # -- decisions -----------------------------------------------------------------------------------------------------

    def quorum(self, children: list[Chunk]) -> object:
        head, share = children[0], children[1]
        meaning: QuorumShare = share.meaning  # type: ignore[assignment]
        at = " ".join(str(c) for c in children[2:])
        of_what = str(head.meaning or "") or re.sub(r"^(?:at|for|of)\s", "", at)
        mistakes = () if not meaning.doubt else (Mistake("SG204", meaning.doubt, _span(share), "Correct one of the two."),)
        return lambda fronts: Built((Quorum(meaning.threshold, of_what, meaning.root, meaning.times),), mistakes)

    def quorum_share(self, children: list[Chunk]) -> object:
        meaning: QuorumShare = children[0].meaning  # type: ignore[assignment]
        of_what = re.sub(r"^(?:at|for|of)\s", "", " ".join(str(c) for c in children[2:]))
        return lambda fronts: Built((Quorum(meaning.threshold, of_what),))

    def adopted(self, children: list[object]) -> object:
        subject, how = children[0], children[1]
        verb = lexicon.base_of_participle(str(how).rpartition(" ")[2]) if " " in str(how) else "pass"
        matter = _matter(verb, str(subject))
        if len(children) == 3 and isinstance(children[2], Chunk):
            alternatives: tuple[tuple[Ballot, ...], ...] = ((children[2].meaning,),)  # type: ignore[assignment]
        else:
            alternatives = tuple(tuple(part) for part in children[2:] if isinstance(part, list))
        return lambda fronts: _fronted(Decision(matter, alternatives), fronts)

    def tests(self, children: list[Chunk]) -> list[Ballot]:
        return [chunk.meaning for chunk in children if chunk.type == "BALLOT"]  # type: ignore[misc]

    # -- life ----------------------------------------------------------------------------------------------------------

    def commencement(self, children: list[Chunk]) -> object:
        subject, _, when = children

        def make(fronts: list[Chunk]) -> Built:
            if when.type == "SIGNED":
                return Built((Commencement(str(subject), None, str(when.meaning)),))
            return Built((Commencement(str(subject), _moment(when)),))

        return make

    def ending(self, children: list[Chunk]) -> object:
        subject, _, when = children
        end = when.meaning if isinstance(when.meaning, Duration) else _moment(when, ends=True)
        return lambda fronts: Built((Term(str(subject), end),))  # type: ignore[arg-type]

    def renewal(self, children: list[Chunk]) -> object:
        conditions = tuple(c.meaning for c in children[2:])
        return lambda fronts: Built((Renewal(str(children[0]), children[1].meaning, conditions),))  # type: ignore[arg-type]

    def survival(self, children: list[Chunk]) -> object:
        subject = str(children[0])
        named = sections(subject) if re.fullmatch(SECTIONS, subject) else ()
        lasting = next((c.meaning.duration for c in children[2:] if isinstance(c.meaning, For)), None)
        return lambda fronts: Built((Survival(named, "" if named else subject, lasting),))

    def cessation(self, children: list[Chunk]) -> object:
        subject, what, *rest = children
        times = tuple(c.meaning for c in rest if c.type == "TIME")
        conditions = tuple(c.meaning for c in rest if c.type == "COND")
        return lambda fronts: Built((Cessation(str(subject), str(what.meaning), times, conditions),))  # type: ignore[arg-type]

    # -- disputes ------------------------------------------------------------------------------------------------------

    def arbitration(self, children: list[Chunk]) -> object:
        subject, settled, *rest = children
        appointed = next((c.meaning for c in rest if c.type == "APPOINTED"), ())
        return lambda fronts: Built((Arbitration(str(subject), settled.meaning, appointed),))  # type: ignore[arg-type]

    def voiding(self, children: list[Chunk]) -> object:
        subject, voided = children
        text = str(subject)
        named = sections(text)
        on = re.search(rf"\son\s({MOMENT})", text)
        when = moment(on[1]) if on else None
        order = Order(str(voided.meaning), text, named[0] if named else "", getattr(when, "date", None))
        return lambda fronts: Built((order,))

    def governing(self, children: list[Chunk]) -> object:
        subject, _, law = children
        return lambda fronts: Built(
            (
                Declaration(
                    "governing law",
                    f"{subject} is governed by {law}" if str(subject)[:5] != "These" else f"{subject} are governed by {law}",
                ),
            )
        )

    def composition(self, children: list[Chunk]) -> object:
        return lambda fronts: Built((Declaration("composition", f"{children[0]} {children[1]}"),))

    def idiom(self, children: list[Chunk]) -> object:
        return lambda fronts: Built((children[0].meaning,))  # type: ignore[arg-type]

    # -- definitions ---------------------------------------------------------------------------------------------------

    def definition(self, children: list[Chunk]) -> object:
        term, _, body = children
        text = str(body)
        day = moment(text) if re.fullmatch(MOMENT, text) else None
        return lambda fronts: Built((Definition(str(term.meaning), text, Meaning.MEANS, amount(text), day),))

    def inclusion(self, children: list[Chunk]) -> object:
        term, how, body, *out = children
        meaning = Meaning.INCLUDES if how.type == "INCLUDES" else Meaning.EXCLUDES
        excluded = str(out[1]) if out else ""
        return lambda fronts: Built((Definition(str(term.meaning), str(body), meaning, excluded=excluded),))

    # -- facts ---------------------------------------------------------------------------------------------------------

    def fact(self, children: list[Chunk]) -> object:
        day, who, did = children[0], children[2], children[3]
        base, happened = did.meaning  # type: ignore[misc]
        said = " ".join(str(c) for c in children[4:] if c.type == "TEXT")
        done = act(f"{base} {said}".strip())
        return lambda fronts: Built((_fact(day, done, str(who), children, happened),))

    def passive_fact(self, children: list[Chunk]) -> object:
        day, what, was = children[0], children[2], children[3]
        base, happened = was.meaning  # type: ignore[misc]
        said = " ".join(str(c) for c in children[4:] if c.type == "TEXT")
        agent = next((str(c.meaning) for c in children[4:] if c.type == "AGENT"), "")
        done = act(f"{base} {what} {said}".strip())
        return lambda fronts: Built((_fact(day, done, agent, children, happened),))


def _is_more(child: object) -> bool:
    return isinstance(child, list) and bool(child) and isinstance(child[0], Chunk) and child[0].type.startswith("AND_")


def _pair(one: object) -> tuple[object, object]:
    assert isinstance(one, list)
    return (one[0], one[1] if len(one) > 1 else [])


def _fact(day: Chunk, done: Act, who: str, children: list[Chunk], happened: bool) -> Fact:
    date, time = day.meaning  # type: ignore[misc]
    under = next((str(c.meaning) for c in children if c.type == "UNDER"), "")
    named = sections(under) or ((under,) if under else ())
    whole = f"{done.object} {done.rest}".strip()
    return Fact(
        date, Event(done.text, done.verb, who, whole, done.to), amount(done.object), named[0] if named else "", happened, time
    )


def _joined(words: list[Chunk]) -> str:
    return " ".join(str(chunk) for chunk in words)


def _with_fronts(fronts: list[Chunk], text: str) -> str:
    return f"{', '.join(str(c) for c in fronts)}, {_lowered(text)}" if fronts else text


def _fronted(decision: Decision, fronts: list[Chunk]) -> Built:
    parts = _sort(fronts, "", "")
    decision = replace(decision, conditions=tuple(parts.conditions), priority=tuple(parts.priority), times=tuple(parts.times))
    return Built((decision,))


def _moment(chunk: Chunk, *, ends: bool = False) -> object:
    match chunk.meaning:
        case On(when) | By(when) | Before(when):
            return when
        case Condition(_, test):
            return test.event if hasattr(test, "event") else Event(getattr(test, "text", str(chunk)))
        case Time.__args__ as time:  # type: ignore[attr-defined]
            return time
        case _:
            return Event(str(chunk))


def _norms(subject: Chunk, said: list[tuple[Chunk, list[Chunk]]], fronts: list[Chunk]) -> Built:
    rules: list[Rule] = []
    mistakes: list[Mistake] = []
    for modal, items in said:
        built = _norm(subject, modal, items, fronts)
        rules += built.rules
        mistakes += built.mistakes
    return Built(tuple(rules), tuple(mistakes))


def _norm(subject: Chunk, modal_chunk: Chunk, items: list[Chunk], fronts: list[Chunk]) -> Built:
    modal: Modal = modal_chunk.meaning  # type: ignore[assignment]
    text, said = str(subject), str(modal_chunk)
    if residue := RESIDUE.search(text):
        raise MisfitError((subject.start_pos or 0) + residue.start(), residue[0], ("who shall or may do what",))
    before = _sort(fronts, text, said)
    parts = _sort(items, text, said)
    parts.times = before.times + parts.times
    parts.conditions = before.conditions + parts.conditions
    parts.priority = before.priority + parts.priority
    if modal.participle:
        return _passive(subject, modal_chunk, modal, parts)
    if not parts.words:
        raise MisfitError((modal_chunk.start_pos or 0) + len(modal_chunk), "", ("what is to be done",))
    phrase = _joined(parts.words)
    done = act(phrase)
    first = parts.words[0]
    if (base := lexicon.base_of_third(done.verb)) and done.verb not in lexicon.default().verbs:
        raise MisfitError(first.start_pos or 0, done.verb, (f"the base form `{base}`",), base)
    who = actor(text)
    negated = modal.negated or bool(re.match(r"(?i)(?:no|neither)\s", text))
    if who is None or (done.verb in _STATES and not _role_like(who)):
        return (
            Built((Declaration("status", f"{text} {said} {_all(items)}".strip()),), tuple(parts.mistakes))
            if not fronts
            else Built((Declaration("status", _with_fronts(fronts, f"{text} {said} {_all(items)}")),), tuple(parts.mistakes))
        )
    if done.verb not in lexicon.default().verbs and (known := verb_like(done.verb)):
        at = Span(first.start_pos or 0, (first.start_pos or 0) + len(done.verb))
        parts.mistakes.append(Mistake("SG206", f"unknown verb `{done.verb}`", at, f"Did you mean `{known}`?"))
    done = _amount(done, parts, first)
    only = bool(re.match(r"(?i)only\s", text))
    rule = _active(who, done, modal, parts, negated=negated, only=only)
    return Built((rule,), tuple(parts.mistakes))


def _all(items: list[Chunk]) -> str:
    return " ".join(str(c) for c in items).replace(" ,", ",")


def _role_like(who: Actor) -> bool:
    return who.quantifier is not Quantifier.NAMED or who.roles[0][:1].isupper()


def _active(who: Actor, done: Act, modal: Modal, parts: Parts, *, negated: bool, only: bool) -> Rule:
    times, conditions, priority = tuple(parts.times), tuple(parts.conditions), tuple(parts.priority)
    votes = tuple(tuple(group) for group in parts.votes)
    if who.roles[0] in _PANEL and (special := _panel(done, parts, negated=negated)):
        return special
    if negated:
        return Prohibition(who, _noticed(done, parts), times, conditions, priority)
    if not modal.may:
        default = _default_appointment(who, done, conditions)
        if default is not None:
            return default
        if votes:
            return Decision(_matter(done.verb, done.object), votes, conditions, priority, times)
        lasting = any(isinstance(t, AtAllTimes) for t in times) or (
            done.verb in _KEPT_UP and not any(isinstance(t, (Within, By, Before, On, Each, Soon)) for t in times)
        )
        mode = Mode.MAINTAIN if lasting else Mode.ACHIEVE
        return Obligation(who, _noticed(done, parts), times, conditions, priority, mode)
    if done.verb == "fork":
        return ForkRight(who, done.object, conditions, times)
    if who.quantifier is Quantifier.COUNT and done.verb in _INITIATIVES:
        from syngraph.grammar.rules import Comparison

        return Initiative(Threshold(Comparison.AT_LEAST, Fraction(0), Base.ALL, who.roles[0], heads=who.count), done)
    if kind := POWERS.get(done.verb):
        notice, to = parts.notice or (None, "")
        by = votes[0] if votes else ()
        noticed = done if notice is not None or to or not parts.noticed else _noticed(done, parts)
        return Power(kind, who, noticed, times, conditions, priority, only, notice, to, by)
    if votes:
        return Decision(_matter(done.verb, done.object), votes, conditions, priority, times)
    return Permission(who, _noticed(done, parts), times, conditions, priority, only)


def _noticed(done: Act, parts: Parts) -> Act:
    return replace(done, rest=f"{done.rest} {parts.noticed}".strip()) if parts.noticed else done


def _panel(done: Act, parts: Parts, *, negated: bool) -> Rule | None:
    if negated and done.verb in ("award", "amend", "grant", "order"):
        more = re.match(r"more\sthan\s(.+)$", done.object)
        return AwardLimit(done.text, amount(more[1]) if more else None)
    within = next((t for t in parts.times if isinstance(t, Within)), None)
    if (
        done.verb in ("make", "issue", "deliver", "render")
        and "award" in done.object
        and within
        and isinstance(within.after, Event)
    ):
        return AwardTime(within.duration, within.after)
    return None


def _default_appointment(who: Actor, done: Act, conditions: tuple[Condition, ...]) -> Rule | None:
    if done.verb != "appoint" or len(conditions) != 1 or not isinstance(conditions[0].test, Fails):
        return None
    failed = conditions[0].test
    if failed.event.verb != "appoint" or len(failed.times) != 1:
        return None
    within = failed.times[0]
    if not isinstance(within, Within) or not isinstance(within.after, Event):
        return None
    return DefaultAppointment(within.duration, within.after, "the " + who.roles[0])


def _passive(subject: Chunk, said: Chunk, modal: Modal, parts: Parts) -> Built:
    base = lexicon.base_of_participle(modal.participle)
    text = str(subject)
    bare = re.sub(r"^(?:No|Neither)\s", "", text)
    negated = modal.negated or bare != text
    votes = tuple(tuple(group) for group in parts.votes)
    conditions, priority, times = tuple(parts.conditions), tuple(parts.priority), tuple(parts.times)
    mistakes = tuple(parts.mistakes)
    if votes:
        bases = [base]
        for word in parts.words:
            extra = _DONE_WITH.match(str(word))
            if extra is None:
                return Built(
                    tuple(
                        Decision(_matter(b, f"{text} {_joined(parts.words)}"), votes, conditions, priority, times)
                        for b in bases
                    ),
                    mistakes,
                )
            bases.append(lexicon.base_of_participle(extra["part"]))
        return Built(tuple(Decision(_matter(b, text), votes, conditions, priority, times) for b in bases), mistakes)
    if modal.may and negated and base in DEEDS and DEEDS[base] is Deed.AMEND and not times and not conditions:
        return Built((Entrenchment(_matter(base, text)),), mistakes)
    if modal.present and parts.agent is None:
        raise MisfitError((said.start_pos or 0) + len(said), "", ("by whom, or by what majority",))
    patient = f"any {bare}" if bare != text else _lowered(text)
    done = _amount(act(f"{base} {patient} {_joined(parts.words)}".strip()), parts, subject)
    who = actor(str(parts.agent.meaning)) if parts.agent is not None else None
    if parts.agent is not None and who is None:
        raise MisfitError((parts.agent.start_pos or 0) + 3, str(parts.agent.meaning), ("who does it",))
    if who is None:
        mistakes = (
            *mistakes,
            Mistake(
                "SG205", "who? The sentence does not say who does it", _span(said), "Write `by the Secretary` or whoever it is."
            ),
        )
        if not negated and base in _STATES:
            return Built((Declaration("status", f"{text} {said} {_joined(parts.words)}".strip()),), tuple(parts.mistakes))
    if who is not None:
        return Built((_active(who, done, modal, parts, negated=negated, only=modal.only),), mistakes)
    if negated:
        return Built((Prohibition(None, done, times, conditions, priority),), mistakes)
    if modal.may:
        return Built((Permission(None, done, times, conditions, priority),), mistakes)
    return Built((Obligation(None, done, times, conditions, priority),), mistakes)
