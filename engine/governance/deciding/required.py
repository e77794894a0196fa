"""Which rules decide on a change: for each part of the text the most specific ones."""

import re
from dataclasses import dataclass

from syngraph.engine.governance.deciding.doubts import uncertain
from syngraph.engine.governance.deciding.moving import closers, movers
from syngraph.engine.governance.deciding.protecting import changed_protections
from syngraph.engine.governance.deciding.provisions import (
    Provision,
    Scope,
    franchise,
    provisions,
    silences,
    standing_in,
    unseen,
)
from syngraph.engine.governance.deciding.reach import reached
from syngraph.engine.governance.deciding.requirement import CONSENT, Deciding, Doubt, Forum, Requirement, body_of
from syngraph.engine.governance.deciding.roster import ANYBODY, RegisterAct, Shift, is_role
from syngraph.engine.governance.governing import Governing
from syngraph.engine.norms.words.wording import noun, plain
from syngraph.engine.text.clauses import PlacedRule
from syngraph.grammar.lexicon import singular
from syngraph.grammar.rules import (
    Abstention,
    Base,
    Cessation,
    Decision,
    Deed,
    Entrenchment,
    Exclusion,
    Moratorium,
    Power,
    PowerKind,
    Priority,
    Procedure,
    Quorum,
    Rank,
    Threshold,
    Unmeasured,
    Vote,
)

UNANIMITY = (
    "the text does not say how this is decided: it takes the consent of every party, as for any contract; where the text is"
    " that of an association, the law of associations may say otherwise"
)


def required(before: Governing, after: Governing, forum: Forum = Forum.BALLOT) -> Requirement:
    """What a change of one text into another needs by the rules of the one before; twice the same text for a resolution."""
    return _Asking(before, after, forum).requirement()


@dataclass(frozen=True, slots=True)
class _Matter:
    """One thing for which a rule is asked: a section (by its `paths`), an act of the register, or the text as a whole."""

    name: str
    why: tuple[str, ...]
    paths: tuple[tuple[str, ...], ...] = ()
    act: RegisterAct | None = None

    @property
    def words(self) -> str:
        return f"{self.name}: {', '.join(self.why)}" if self.why else self.name

    @property
    def removal(self) -> RegisterAct | None:
        """The removal that it is, which is decided by itself."""
        return self.act if self.act is not None and self.act.shift is Shift.LOSES else None


class _Asking:
    def __init__(self, before: Governing, after: Governing, forum: Forum) -> None:
        self.before, self.after, self.forum = before, after, forum
        self.reach = reached(before, after)
        self.book = provisions(before)
        self.naming: dict[str, list[Provision]] = {}
        for provision in self.book:
            for section in dict.fromkeys(provision.sections) if provision.scope is Scope.SECTIONS else ():
                self.naming.setdefault(section, []).append(provision)
        self.doubts: dict[Doubt, None] = {}
        self.notes: dict[str, None] = {}
        self.roles = before.roles
        self.voting = franchise(before, self.book, self.roles)

    def requirement(self) -> Requirement:
        matters = self.matters()
        asked: dict[tuple[int, RegisterAct | None], tuple[Provision, list[str]]] = {}
        unanimous: dict[RegisterAct | None, list[str]] = {}
        for matter in matters:
            chosen = self.chosen(matter)
            for provision in chosen:
                asked.setdefault((id(provision.placed), matter.removal), (provision, []))[1].append(matter.words)
            if not chosen:
                unanimous.setdefault(matter.removal, []).append(matter.words)
        found = _once([provision for provision, _ in asked.values()])
        for provision in found:
            self.judge(provision)
        deciding = [
            Deciding(provision.placed, provision.alternatives, tuple(covers), removal)
            for (_, removal), (provision, covers) in asked.items()
            if not provision.bars
        ]
        if unanimous:
            self.notes[UNANIMITY] = None
            deciding += [Deciding(None, ((CONSENT,),), tuple(covers), removal) for removal, covers in unanimous.items()]
        self.uncertain(matters)
        self.cessations()
        quorums = tuple(placed for placed in self.of(Quorum) if self.quorum(placed, matters, found))
        return Requirement(
            self.reach,
            self.forum,
            tuple(deciding),
            tuple(provision.placed for provision in found if provision.bars and not provision.conditional),
            tuple(self.doubts),
            quorums,
            self.of(Abstention),
            self.of(Vote),
            self.exclusions(),
            self.of(Procedure),
            self.of(Moratorium),
            self.vetoes(),
            closers(self.before),
            movers(self.before),
            tuple(self.notes),
        )

    # -- what is asked for ---------------------------------------------------------------------------------------------

    def matters(self) -> list[_Matter]:
        if self.reach.nothing:
            return [_Matter("a resolution that changes no text", ())]
        found = {
            each.section: _Matter(
                f"#{each.section}" if each.section else "the text before the first heading", each.why, each.paths
            )
            for each in self.reach.touched
        }
        wide = [_Matter(name, ()) for name in self.reach.general]
        for sections, why in changed_protections(self.before, self.after, self.book):
            if sections is None:
                wide.append(_Matter(why, ()))
            for section in sections or ():
                known = self.before.meanings.sections.get(section)
                if known is not None and section not in found:
                    found[section] = _Matter(f"#{section}", (why,), (known.path,))
        acts = [_Matter(_said(act), (), act=act) for act in self.reach.acts]
        return [*found.values(), *acts, *{matter.name: matter for matter in wide}.values()]

    def chosen(self, matter: _Matter) -> list[Provision]:
        """The rules that decide on one thing: the most specific ones, as far as nothing stands above them."""
        if matter.act is not None:
            applicable = [each for each in self.book if each.scope is Scope.ROLE and self.on_role(each, matter.act)]
            return self.ranked(applicable or self.whole(), applicable + self.whole())
        applicable, found = [], []
        for path in matter.paths:
            here = [self.naming[section] for section in path if section in self.naming]
            applicable += [each for rules in here for each in rules]
            found += here[-1] if here else self.whole()
        if self.reach.nothing:
            found = self.motions()
        elif not matter.paths:
            found = self.whole()
        return self.ranked(_once(found), _once([*applicable, *self.whole()]))

    def whole(self) -> list[Provision]:
        """The rules for the text as a whole, or where there are none those for any motion."""
        return [each for each in self.book if each.scope is Scope.TEXT] or self.motions()

    def motions(self) -> list[Provision]:
        found = [each for each in self.book if each.scope is Scope.MOTION]
        if self.forum is Forum.BALLOT:
            return [each for each in found if not each.meeting]
        return [each for each in found if each.meeting] or found

    def ranked(self, chosen: list[Provision], applicable: list[Provision]) -> list[Provision]:
        """The chosen rules as their own order has it (`notwithstanding`, `subject to`)."""
        for each in applicable:
            for priority in each.priority:
                if priority.rank is not Rank.NOTWITHSTANDING:
                    continue
                beaten = [other for other in chosen if other is not each and self.named(other, priority)]
                if any(other.bars for other in beaten):
                    self.doubt("a rule that stands above a sentence which bars the change", each)
                chosen = [other for other in chosen if other not in beaten]
                if beaten and each not in chosen:
                    chosen.append(each)
        yielding = [
            each
            for each in chosen
            for priority in each.priority
            if priority.rank is not Rank.NOTWITHSTANDING
            and any(other is not each and self.named(other, priority) for other in chosen)
        ]
        return [each for each in chosen if each not in yielding] or chosen

    def named(self, provision: Provision, priority: Priority) -> bool:
        """Whether a rule stands in one of the sections that an order names; one without sections names all."""
        ids = [self.before.meanings.section(each) for each in priority.sections]
        return not ids or any(standing_in(provision, each, self.before) for each in ids)

    def on_role(self, provision: Provision, act: RegisterAct) -> bool:
        """Whether a rule decides on somebody's coming into a role, or going out of it."""
        match act.shift, provision.deed:
            case (Shift.GAINS, Deed.ADMIT | Deed.ELECT | Deed.APPOINT) | (Shift.LOSES, Deed.REMOVE):
                anybody = provision.deed is Deed.ADMIT and noun(provision.role).head in ANYBODY
                return is_role(provision.role, act.role, self.roles, self.voting) or anybody
            case _:
                return False

    # -- what cannot be told -------------------------------------------------------------------------------------------

    def doubt(self, why: str, provision: Provision) -> None:
        self.doubts[Doubt(why, provision.placed.clause)] = None

    def judge(self, provision: Provision) -> None:
        """What of a rule that decides cannot be told from votes."""
        if provision.conditional:
            self.doubt("a rule that hangs on what the votes do not show", provision)
        if provision.qualified:
            self.doubt("a rule for some holders of a role only", provision)
        if provision.meeting and self.forum is Forum.BALLOT:
            self.doubt("a rule for a meeting, which minutes have to attest", provision)
        if any(isinstance(ballot, Unmeasured) for group in provision.alternatives for ballot in group):
            self.doubt("a rule that asks for an agreement which no count of votes shows", provision)
        typed = isinstance(provision.placed.rule, Decision | Entrenchment) and any(
            not named.startswith("#") for named in provision.placed.rule.matter.sections
        )
        if typed:
            self.notes[
                f"{provision.placed.clause.place} names a section by its number: link to it, so that it stays the same"
            ] = None
        if any(isinstance(b, Threshold) and b.base is Base.UNSAID for group in provision.alternatives for b in group):
            self.notes[f"{provision.placed.clause.place} does not say of whom: counted of all who have a vote"] = None

    def uncertain(self, matters: list[_Matter]) -> None:
        """The sentences that are not understood and could bear on what is asked."""
        if any(matter.act is None for matter in matters) and not self.reach.nothing:
            for provision in self.book:
                if provision.scope is Scope.UNCLEAR:
                    self.doubt("a rule of which it cannot be told what it is about", provision)
        acts = any(matter.act is not None for matter in matters)
        texts = any(matter.act is None for matter in matters)
        touched = {section for matter in matters for path in matter.paths for section in path}
        for each in uncertain(self.before):
            bears = texts if each.sections is None else not touched.isdisjoint(each.sections)
            if bears or (acts and each.register):
                self.doubts[Doubt(each.why, each.clause)] = None

    def cessations(self) -> None:
        """Notes for roles that end by themselves, under a condition of which the register knows nothing."""
        for placed in self.of(Cessation):
            if unseen(placed):
                self.notes[
                    f"{placed.clause.place} ends a role by itself: “{placed.clause.sentence.text}” Who votes is what the"
                    " register says, until it is brought up to date"
                ] = None

    # -- what else the text says ---------------------------------------------------------------------------------------

    def of(self, kind: type) -> tuple[PlacedRule, ...]:
        return tuple(placed for placed in self.before.rules if isinstance(placed.rule, kind))

    def quorum(self, placed: PlacedRule, matters: list[_Matter], chosen: list[Provision]) -> bool:
        """Whether a quorum is one for this."""
        rule = placed.rule
        assert isinstance(rule, Quorum)
        words = {*re.findall(r"[a-z]+", rule.of_what.casefold())} - {
            "a",
            "an",
            "the",
            "any",
            "each",
            "every",
            "all",
            "of",
            "for",
        }
        words = {singular(word) for word in words}
        if not words or words & {"vote", "voting", "ballot", "proposal", "motion", "decision", "resolution"}:
            return True
        if words & {"meeting", "assembly"}:
            return self.forum is Forum.MEETING
        changes = any(matter.act is None for matter in matters) and not self.reach.nothing
        shifts = {act.shift for act in self.reach.acts}
        if words & {"amendment", "change", "amending", "bylaw", "agreement"}:
            return changes
        if words & {"removal", "expulsion", "removing", "dismissal"}:
            return Shift.LOSES in shifts
        if words & {"election", "appointment", "admission", "electing"}:
            return Shift.GAINS in shifts
        bodies = {
            plain(body) for each in chosen for group in each.alternatives for ballot in group if (body := body_of(ballot))
        }
        if words & {"board", "committee", "council"} or self.roles.key(rule.of_what):
            return bool(bodies & {plain(self.roles.key(rule.of_what)), plain(rule.threshold.body)} - {""})
        self.doubts[Doubt("a quorum of which it cannot be told what it is for", placed.clause)] = None
        return False

    def exclusions(self) -> tuple[PlacedRule, ...]:
        """The sentences that leave somebody out of the count, or keep those from voting whom the change is about."""
        return tuple(placed for placed in self.before.rules if isinstance(placed.rule, Exclusion) or silences(placed.rule))

    def vetoes(self) -> tuple[PlacedRule, ...]:
        return tuple(
            placed for placed in self.before.rules if isinstance(placed.rule, Power) and placed.rule.kind is PowerKind.REJECT
        )


def _once(found: list[Provision]) -> list[Provision]:
    return list({id(each.placed): each for each in found}.values())


def _said(act: RegisterAct) -> str:
    match act.shift:
        case Shift.GAINS:
            return f"{act.principal} becomes {act.role}"
        case Shift.LOSES:
            return f"{act.principal} is {act.role} no longer"
        case Shift.ALTERS:
            return f"the {act.what} of {act.principal}" + (f" as {act.role}" if act.role else "")
