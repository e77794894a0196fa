"""What a clause with a modal means: who shall, may or shall not do what, and what is decided by vote."""

import re
from dataclasses import replace
from fractions import Fraction

from syngraph.grammar import lexicon
from syngraph.grammar.amounts import (
    Accrual,
    Ahead,
    AtAllTimes,
    Before,
    By,
    Capped,
    Each,
    Event,
    Named,
    On,
    Part,
    Rate,
    Soon,
    Time,
    Within,
)
from syngraph.grammar.building.denying import no_duty, untouchable
from syngraph.grammar.building.often import without_often
from syngraph.grammar.building.panels import default_appointment, of_panel
from syngraph.grammar.building.parts import DONE_WITH, Built, Parts, apart, in_order, joined, sort, span_of, with_fronts
from syngraph.grammar.building.several import acts
from syngraph.grammar.building.stating import SO, about_text, stated
from syngraph.grammar.building.voting import (
    INITIATIVES,
    VOTING,
    WHERE,
    asked,
    matter,
    matter_of,
    outcome,
    own_votes,
    says_vote,
    votes_at_meeting,
    votes_of_agent,
)
from syngraph.grammar.chunks.modals import Modal, participle
from syngraph.grammar.chunks.scanner import Chunk, MisfitError, made
from syngraph.grammar.chunks.triggers import RESIDUE
from syngraph.grammar.faults.mistakes import verb_like
from syngraph.grammar.guards.refusing import refuse, refuse_means
from syngraph.grammar.phrases.actors import actor
from syngraph.grammar.phrases.nouns import act, event
from syngraph.grammar.phrases.persons import somebody
from syngraph.grammar.rules import (
    Act,
    Actor,
    Base,
    Decision,
    Declaration,
    Exclusion,
    ForkRight,
    Initiative,
    Mode,
    Obligation,
    Permission,
    Power,
    PowerKind,
    Prohibition,
    Quantifier,
    Rule,
    Signing,
    Threshold,
)
from syngraph.grammar.saying.phrasing import lowered
from syngraph.grammar.sentence import Mistake
from syngraph.grammar.span import Span

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
_LIFTING = {"end", "lift", "terminate", "cancel", "revoke", "withdraw", "discontinue"}
_SUSPENSION = re.compile(r"(?:the|that|this|such|any|its|their)\s(?:[a-z]+\s)?suspension(?![\w’'-])")
"""What lets go on what was suspended when it ends."""
_KEPT_UP = {"be", "keep", "maintain", "remain", "preserve", "comply", "hold"}
_LATE_PASSIVE = re.compile(r"(?:\w+ly\s|also\s|then\s|only\s)?be\s(?:\w+ly\s)?(?P<part>[a-z]+)(?!\w)")
_LATE_AGENT = re.compile(r"(?:^|\s)by\s(?P<who>(?:(?:the|an?|each|any|every|all)\s|[A-Z]).+)$")


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
        bound = parts.cap
        if isinstance(bound, Part) and bound.of == Named(""):
            if not isinstance(sum_of, Rate | Part):
                raise MisfitError(at.start_pos or 0, str(at).partition(" ")[0], ("a bound that says of what it is a share",))
            bound = Part(bound.share, sum_of.of)
        sum_of = Capped(sum_of, bound)
    return done if sum_of is done.amount else replace(done, amount=sum_of)


def norms(subject: Chunk, said: list[tuple[Chunk, list[Chunk]]], fronts: list[Chunk]) -> Built:
    """The rules of a clause: one for each modal in it.

    Raises: MisfitError, DoubtError
    """
    rules: list[Rule] = []
    mistakes: list[Mistake] = []
    for modal, items in said:
        for each in acts(subject, modal, items):
            built = _norm(subject, modal, each, fronts)
            rules += built.rules
            mistakes += built.mistakes
    return Built(tuple(rules), tuple(dict.fromkeys(mistakes)))


_NO_MORE = re.compile(r"No\s(?:more|fewer|less)\sthan\s|(?:The|An?|Any|Each|Every|No)$")
_AND_PUT = re.compile(r"and\s(?P<part>[a-z]+)\s(?P<where>(?:to|into)\s(?:[\w’'-]+\s?){1,5})$")
"""What is done besides by the same vote, and whither (`removed by a majority of them and moved to emeritus status`)."""
_LATE_BE = re.compile(r"(?:\w+ly|also|then)\sbe\s")
_UNFINISHED = re.compile(
    r"\b(?:and|or|but)(?:\s(?:it|they))?$|\b(?:for|of|in|to|under|at|by|from|on|with)\s(?:which|whom)\s(?:[\w’'-]+\s?){1,4}$|"
    r"\b(?:as|than|until|while|because|since|whether)\s(?:the|an?|it|they|he|she|we)(?:\s[\w’'-]+){0,4}$"
)
_FINITE = re.compile(
    r"(?:(?!\b(?:who|whom|whose|which|that|as|where|when|if|what|whoever)\b)[\w’'™!&./()-]+,?\s)*?(?:is|are|was|were|has|have|does|do|means|requires|implies|provides|states)\s"
)
"""Another verb before the modal: what stands before it is no subject, but a clause of its own."""


def _norm(subject: Chunk, modal_chunk: Chunk, items: list[Chunk], fronts: list[Chunk]) -> Built:
    modal: Modal = modal_chunk.meaning
    text, said = str(subject), str(modal_chunk)
    if residue := RESIDUE.search(text):
        raise MisfitError((subject.start_pos or 0) + residue.start(), residue[0], ("who shall or may do what",))
    if _NO_MORE.match(text) or _UNFINISHED.search(text) or _FINITE.match(text):
        raise nobody(subject)
    before = sort(fronts, text, said)
    often = ""
    if modal.may and not modal.negated and not modal.participle:
        often, items = without_often(items)
    parts = sort(items, text, said)
    parts.times = apart(before.times + parts.times)
    parts.conditions = before.conditions + parts.conditions
    parts.priority = before.priority + parts.priority
    if modal.participle and no_duty(text, said, modal, parts):
        return Built(
            (Declaration("no duty", with_fronts(fronts, f"{text} {said} {_all(items)}".strip())),), tuple(parts.mistakes)
        )
    if modal.participle:
        return _passive(subject, modal_chunk, modal, parts, items, fronts)
    if not parts.words and not modal.verb:
        raise MisfitError((modal_chunk.start_pos or 0) + len(modal_chunk), "", ("what is to be done",))
    parts.words = in_order(parts.words)
    phrase = f"{modal.verb} {joined(parts.words)}".strip()
    first = parts.words[0] if parts.words else modal_chunk
    loose = next((word for word in parts.words if str(word).startswith("of ")), None) if parts.votes else None
    if loose is not None:
        raise MisfitError(loose.start_pos or 0, "of", ("whose vote it is",))
    if unclear := _CONSENSUS.search(phrase):
        raise MisfitError((first.start_pos or 0) + phrase.find(unclear[0]), unclear[0], ("consensus of whom",))
    if phrase.endswith(" only") and parts.conditions:
        if not modal.may:
            raise MisfitError(
                (first.start_pos or 0) + len(phrase) - 4, "only", ("`shall` and a condition, or `may` and `only if`",)
            )
        phrase = phrase.removesuffix(" only")
    if (late := _LATE_PASSIVE.match(phrase)) and participle(late["part"]):
        rest = phrase[late.end() :].strip()
        if agent := _LATE_AGENT.search(rest):
            parts.agent = made("AGENT", agent[0].strip(), first.start_pos or 0, agent["who"])
            rest = rest[: agent.start()].strip()
        parts.words = [made("TEXT", rest, (first.start_pos or 0) + late.end(), None)] if rest else []
        return _passive(subject, modal_chunk, replace(modal, participle=late["part"]), parts, items, fronts)
    if " be " in phrase and _LATE_BE.match(phrase):
        status = Declaration("status", with_fronts(fronts, f"{text} {said} {_all(items)}"))
        if actor(text) is None and not about_text(text):
            raise nobody(subject)
        return Built((status,), tuple(parts.mistakes))
    done = act(phrase)
    refuse(done, phrase, first, counted=parts.per is not None)
    done = replace(done, manner=f"{often} {done.manner}".strip()) if often else done
    who = actor(text)
    negated = modal.negated or text.startswith(("No ", "no ", "Neither ", "neither "))
    if no_duty(text, said, modal, parts):
        return Built((Declaration("no duty", with_fronts(fronts, f"{text} {said} {_all(items)}")),), tuple(parts.mistakes))
    if said.endswith(" to not"):
        raise MisfitError((modal_chunk.start_pos or 0) + len(said) - 3, "not", ("`shall not`, or `is not required to`",))
    if modal.only and modal.may and not negated and not parts.conditions and not parts.votes:
        done = replace(done, manner=f"only {done.manner}".strip())
    if done.object.startswith("no "):
        if done.verb == "have":
            return Built((Declaration("status", with_fronts(fronts, f"{text} {said} {_all(items)}")),), tuple(parts.mistakes))
        at = (first.start_pos or 0) + phrase.find(done.object)
        raise MisfitError(at, "no", ("`shall not`, and what is not to be done",))
    if stated(text, who, done, modal):
        status = Declaration("status", with_fronts(fronts, f"{text} {said} {_all(items)}"))
        return Built((status,), tuple(parts.mistakes))
    if who is None:
        raise nobody(subject)
    if done.verb not in lexicon.current().verbs and (known := verb_like(done.verb)):
        where = Span(first.start_pos or 0, (first.start_pos or 0) + len(done.verb))
        parts.mistakes.append(Mistake("SG205", f"unknown verb `{done.verb}`", where, f"Did you mean `{known}`?"))
    done = _amount(done, parts, first)
    parts.times = [_resolved(time, done) for time in parts.times]
    only = text.startswith(("Only ", "only "))
    if modal.verb and modal.present and not parts.votes and not says_vote(done):
        raise nobody(subject)
    rule = _active(who, done, modal, parts, negated=negated, only=only)
    if isinstance(rule, Decision) and not rule.matter.subject:
        raise MisfitError(first.start_pos or 0, str(first).partition(" ")[0], ("what is decided",))
    return Built((rule,), tuple(parts.mistakes))


def nobody(subject: Chunk) -> MisfitError:
    """The subject of a clause is nobody who can act: where, and what would be somebody."""
    text = str(subject)
    _, comma, after = text.rpartition(", ")
    at = len(text) - len(after) if comma and actor(after) is not None else 0
    word = text[:at].strip() if at else text.partition(" ")[0]
    expected = "a time or condition that is understood" if at else "who shall or may do it (`The Tenant`, `Each Member`)"
    return MisfitError(subject.start_pos or 0, word.partition(" ")[0], (expected,))


def _all(items: list[Chunk]) -> str:
    return " ".join(str(c) for c in items).replace(" ,", ",")


_IT = Event("it")
_OF_WHAT = re.compile(r"\bof\s((?:an?|the|each|every|any)\s[\w’'-]+(?:\smeeting)?)")


def _resolved(time: Time, done: Act) -> Time:
    """`at least ten days before it`, where the act is to give notice of a meeting, means before the meeting."""
    if isinstance(time, Ahead) and time.before == _IT and (what := _OF_WHAT.search(done.object)):
        return replace(time, before=event(what[1]))
    return time


def _active(who: Actor, done: Act, modal: Modal, parts: Parts, *, negated: bool, only: bool) -> Rule:
    times, conditions, priority = tuple(parts.times), tuple(parts.conditions), tuple(parts.priority)
    votes = tuple(tuple(group) for group in parts.votes)
    if special := of_panel(who, done, times, negated=negated):
        return special
    if negated:
        return Prohibition(who, _noticed(done, parts), times, conditions, priority)
    if not modal.may and done.verb == "have" and _RIGHTS.match(done.object):
        return Permission(who, _noticed(done, parts), times, conditions, priority, only)
    if not modal.may:
        default = default_appointment(who, done, conditions)
        if default is not None:
            return default
        if votes:
            return Decision(matter_of(done), own_votes(who, votes, of_own=parts.of_own), conditions, priority, times)
        lasting = any(isinstance(t, AtAllTimes) for t in times) or (
            done.verb in _KEPT_UP and not any(isinstance(t, (Within, By, Before, On, Each, Soon)) for t in times)
        )
        mode = Mode.MAINTAIN if lasting else Mode.ACHIEVE
        return Obligation(who, _noticed(done, parts), times, conditions, priority, mode)
    if done.verb == "fork":
        return ForkRight(who, done.object, conditions, times)
    if who.quantifier is Quantifier.COUNT and done.verb in INITIATIVES:
        from syngraph.grammar.rules import Comparison

        return Initiative(Threshold(Comparison.AT_LEAST, Fraction(0), Base.ALL, who.roles[0], heads=who.count), done)
    kind = PowerKind.RESUME if done.verb in _LIFTING and _SUSPENSION.match(done.object) else POWERS.get(done.verb)
    if kind is PowerKind.AMEND and not about_text(f"{done.object[:1].upper()}{done.object[1:]}"):
        # To change a lock changes no norm.
        kind = None
    if kind is not None:
        notice, to = parts.notice or (None, "")
        by = own_votes(who, votes, of_own=True)[0] if votes and parts.of_own else votes[0] if votes else ()
        noticed = done if notice is not None or to or not parts.noticed else _noticed(done, parts)
        return Power(kind, who, noticed, times, conditions, priority, only, notice, to, by)
    if votes:
        return Decision(matter_of(done), own_votes(who, votes, of_own=parts.of_own), conditions, priority, times)
    return Permission(who, _noticed(done, parts), times, conditions, priority, only)


_RIGHTS = re.compile(r"(?:(?:the|an?)\s)?(?:[a-z-]+\s){0,2}(?:rights?|access)\s(?:of|to)\s")


def _noticed(done: Act, parts: Parts) -> Act:
    return replace(done, rest=f"{done.rest} {parts.noticed}".strip()) if parts.noticed else done


_NAMED_SO = re.compile(r"(?:an?\s|the\s|[“\"])")
"""What somebody or something is called, after the participle: a definition turned round."""


def _given_to(done: Act) -> bool:
    """Whether the counterparty of an act is said beside a noun that has one (`notice to the Secretary`)."""
    noun = done.object.rpartition(" ")[2].lower()
    return (noun == "notice" or noun in lexicon.current().nouns) and somebody(done.to)


_ALLOWED = {"permit", "allow", "prohibit", "forbid", "ban", "bar"}
_TAKEN_SO = {"consider", "deem", "treat", "regard"}
_RECURS = {"hold", "repeat", "conduct", "publish", "announce", "post", "send", "review"}
"""What is done again and again: said in the present with its time, it is to be done."""
_MEANS = re.compile(r"\bby\s[^,]+,\s(?:or\s)?by\s")
_LOOSE_AGENT = re.compile(r"^by\s(?P<who>(?:the|an?|each|any|every|all)\s[^,]+?)(?:\sor)?(?:,|$)")
_OUTCOME = re.compile(
    r"(?:as\s|to\sbe\s|as\sbeing\s)?(?:adopted|approved|passed|carried|rejected|ratified|elected|consensus|a\s\w*\s?majority|unanimous)\b"
)
_SOME_OF = re.compile(r"(?:^|\s)(by)\s(?:(?:any|at\sleast)\s)?(?:one|two|three|four|five|\d+)\sof\s(?:the|its|their|our)\s")
"""Some of several who do it: how many are enough, and of whom, is nothing to keep as words."""
_SETTLING = {"decide", "determine", "resolve", "settle"}
_LEFT_TO = re.compile(r"\b(?:at|in)\sthe\s(?:\w+\s)?discretion\sof\s(?P<who>[^,;]+)")
"""Whose discretion decides: who does it, and said as a manner."""
_CONSENSUS = re.compile(r"\b(?:by|through|with|via|upon)\s(?:\w+\s){0,2}consensus\b")


def _passive(subject: Chunk, said: Chunk, modal: Modal, parts: Parts, items: list[Chunk], fronts: list[Chunk]) -> Built:
    base = lexicon.base_of_participle(modal.participle)
    text = str(subject)
    bare = re.sub(r"^(?:[Nn]o|[Nn]either)\s", "", text)
    negated = modal.negated or bare != text
    votes = tuple(tuple(group) for group in parts.votes)
    conditions, priority, times = tuple(parts.conditions), tuple(parts.priority), tuple(parts.times)
    mistakes = tuple(parts.mistakes)
    if consensus := _CONSENSUS.search(" ".join(str(chunk) for chunk in items if chunk.type in ("TEXT", "AGENT"))):
        raise MisfitError(
            (said.start_pos or 0) + len(said), consensus[0], ("a share: what consensus is, each reads otherwise",)
        )
    if votes:
        bases = [base]
        moved: list[tuple[str, str]] = []
        first = min(chunk.start_pos or 0 for chunk in items if chunk.type == "VOTE")
        detail: list[Chunk] = []
        for word in parts.words:
            if (word.start_pos or 0) > first and (put := _AND_PUT.match(str(word))) and participle(put["part"]):
                moved.append((lexicon.base_of_participle(put["part"]), put["where"]))
                continue
            if (word.start_pos or 0) > first and (not WHERE.match(str(word)) or VOTING.search(str(word))):
                raise MisfitError(word.start_pos or 0, str(word).partition(" ")[0], ("another vote, a time or the end",))
            extra = DONE_WITH.match(str(word))
            done_with = re.split(r"\W+(?:(?:or|and)\s)?", extra["part"]) if extra else []
            if done_with and all(participle(part) for part in done_with):
                bases += [lexicon.base_of_participle(part) for part in done_with]
            else:
                detail.append(word)
        loose = next((word for word in parts.words if str(word) in ("or", "and")), None)
        parts.words = [word for word in parts.words if word is not loose]
        special = asked(base, text, votes, modal, parts) if loose is None or str(loose) == "or" else None
        if loose is not None and special is None:
            raise MisfitError(loose.start_pos or 0, str(loose), ("one body that decides",))
        detail = [word for word in detail if word is not loose]
        special = special or asked(base, text, votes, modal, parts)
        if special:
            who = actor(str(parts.agent.meaning)) if parts.agent is not None else None
            alone = (_active(who, special.act, modal, replace(parts, votes=[]), negated=False, only=False),) if who else ()
            return Built((*alone, special), mistakes)
        if parts.agent is not None:
            votes, by = votes_of_agent(votes, parts.agent)
            detail += by
        votes = votes_at_meeting(votes, joined(detail))
        about = [replace(matter(b, text), detail=joined(detail)) for b in bases]
        about += [replace(matter(b, text), detail=where) for b, where in moved]
        return Built(tuple(Decision(one, votes, conditions, priority, times) for one in about), mistakes)
    lasting = modal.may or (about_text(text) and not modal.present)
    if lasting and negated and not times and not conditions and (entrenched := untouchable(base, text, parts)):
        return Built(entrenched, mistakes)
    if modal.present and base == "sign" and parts.agent is not None and (signer := actor(str(parts.agent.meaning))):
        return Built((Signing(text, signer),), mistakes)
    if modal.present and modal.negated and base == "count" and (left_out := actor(text)):
        return Built((Exclusion(left_out),), mistakes)
    if (told := outcome(base, text, modal, parts)) is not None:
        return Built((told,), mistakes)
    if modal.present and base in _ALLOWED and parts.agent is None:
        return Built((Declaration("status", with_fronts(fronts, f"{text} {said} {_all(items)}".strip())),), mistakes)
    if modal.present and parts.agent is None and base in _TAKEN_SO and not _OUTCOME.match(joined(parts.words)) and actor(text):
        return Built((Declaration("status", with_fronts(fronts, f"{text} {said} {_all(items)}".strip())),), mistakes)
    if modal.present and parts.agent is None and not (base in _RECURS and (times or conditions) and not negated):
        raise MisfitError((said.start_pos or 0) + len(said), "", ("by whom, or by what majority",))
    if modal.may and parts.agent is None and (means := _MEANS.search(joined(parts.words))):
        word = parts.words[0]
        raise MisfitError(word.start_pos or 0, means[0].partition(" ")[0], ("one who does it, or one vote",))
    if (other := _LOOSE_AGENT.search(joined(parts.words))) and somebody(other["who"]):
        word = parts.words[0]
        raise MisfitError(word.start_pos or 0, str(word).partition(" ")[0], ("who does it",))
    if parts.agent is None:
        refuse_means(joined(parts.words), said, may=modal.may)
    patient = f"any {bare}" if bare != text else lowered(text)
    after = act(f"{base} it {joined(parts.words)}".strip())
    done = act(f"{base} {patient}")
    if done.to and (after.to or done.rest or not _given_to(done)):
        # `Changes to the agenda` are a thing, and nothing that is done to the agenda.
        done = Act(base, patient, amount=done.amount)
    rest = " ".join(part for part in (done.rest, after.object.removeprefix("it").strip(), after.rest) if part)
    if modal.only and modal.may and not negated and parts.agent is None and rest and not conditions:
        rest = f"only {rest}"
    done = _amount(replace(done, to=after.to or done.to, rest=rest), parts, subject)
    who = actor(str(parts.agent.meaning)) if parts.agent is not None else None
    if who is not None and parts.words and act(done.text) != replace(done, amount=act(done.text).amount):
        # Said with its agent first, the words after the participle follow the patient.
        done = _amount(act(f"{base} {patient} {joined(parts.words)}"), parts, subject)
    if parts.agent is not None and who is None:
        raise MisfitError((parts.agent.start_pos or 0) + 3, str(parts.agent.meaning), ("who does it",))
    if who is None and base in SO and _OUTCOME.match(joined(parts.words)):
        raise MisfitError(
            (said.start_pos or 0) + len(said), joined(parts.words).partition(" ")[0], ("by which vote (`is adopted if ...`)",)
        )
    if base in _SETTLING and parts.agent is None and (left := _LEFT_TO.search(joined(parts.words))):
        at = (parts.words[0].start_pos or 0) + left.start()
        raise MisfitError(at, left[0].partition(" ")[0], (f"who decides (`{left['who']} may ...`)",))
    if parts.agent is None and (some := _SOME_OF.search(joined(parts.words))):
        raise MisfitError((parts.words[0].start_pos or 0) + some.start(1), "by", ("who does it (`by two Directors`)",))
    if base == "call" and _NAMED_SO.match(joined(parts.words)):
        raise MisfitError((said.start_pos or 0) + len(said), joined(parts.words).partition(" ")[0], ("`means`, and the term",))
    if who is None and base in SO and not modal.may:
        status = Declaration("status", with_fronts(fronts, f"{text} {said} {_all(items)}".strip()))
        return Built((status,), mistakes)
    if who is None and not negated and done.rest == "in writing":
        return Built((Declaration("form", f"{text} {said} in writing"),), mistakes)
    if who is None and not negated:
        mistakes = (
            *mistakes,
            Mistake(
                "SG204",
                "who? The sentence does not say who does it",
                span_of(said),
                "Write `by the Secretary` or whoever it is.",
            ),
        )
    if who is not None:
        return Built((_active(who, done, modal, parts, negated=negated, only=modal.only),), mistakes)
    if negated:
        return Built((Prohibition(None, done, times, conditions, priority),), mistakes)
    if modal.may:
        return Built((Permission(None, done, times, conditions, priority),), mistakes)
    return Built((Obligation(None, done, times, conditions, priority),), mistakes)
