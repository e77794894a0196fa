"""Who has how many votes: the bodies that a text names, with those who make them up on a day."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from syngraph.engine.governance.deciding.provisions import franchise, provisions
from syngraph.engine.governance.deciding.requirement import EVERY_PARTY, Requirement, body_of
from syngraph.engine.governance.deciding.roster import (
    ANYBODY,
    RegisterAct,
    Shift,
    described,
    is_proposed,
    is_role,
    proposed_role,
)
from syngraph.engine.governance.governing import Governing
from syngraph.engine.governance.meanings import term_of
from syngraph.engine.governance.register import Principal
from syngraph.engine.norms.words.wording import noun, plain
from syngraph.grammar.lexicon import plural, singular
from syngraph.grammar.rules import (
    Actor,
    Ballot,
    Declaration,
    Definition,
    Exclusion,
    Objections,
    Prohibition,
    Quorum,
    Threshold,
    Vote,
)


@dataclass(frozen=True)
class Electorate:
    """Who has a vote on a day, by body as the rules name it; "" is whoever votes at all.

    Each body has its members by id with the number of their votes. `by_votes` are the bodies that are no persons (`Share`):
    all of them is all votes. `excluded` have no vote at all. `apart` are those who are not counted where one removal is
    decided, `silent` those who have no vote on it and are counted all the same; `left_out` those whom one threshold leaves
    out, by its own words for them and the removal that it decides. `doubts` are reasons why the bodies cannot be told.
    """

    day: date
    bodies: Mapping[str, Mapping[str, int]]
    by_votes: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    left_out: Mapping[tuple[str, RegisterAct | None], frozenset[str]] = field(default_factory=dict)
    apart: Mapping[RegisterAct, frozenset[str]] = field(default_factory=dict)
    silent: Mapping[RegisterAct, frozenset[str]] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()

    def members(self, body: str, excluding: str = "", removal: RegisterAct | None = None) -> Mapping[str, int]:
        """The members of a body with their votes, without those whom a threshold leaves out, and those who are not counted
        where a removal is decided."""
        gone = self.excluded | self.left_out.get((excluding, removal), frozenset())
        if removal is not None:
            gone |= self.apart.get(removal, frozenset())
        known = self.bodies.get(body, {})
        return {id_: votes for id_, votes in known.items() if id_ not in gone} if gone else known

    @cached_property
    def everybody(self) -> frozenset[str]:
        """Everybody who has a vote in any of the bodies."""
        return frozenset(id_ for body in self.bodies.values() for id_ in body) - self.excluded

    def __contains__(self, principal: object) -> bool:
        return principal in self.everybody

    def __len__(self) -> int:
        return len(self.everybody)


def electorate(before: Governing, requirement: Requirement, day: date) -> Electorate:
    """Who votes on what a requirement is for, by the register of the text before and on a day."""
    return _Calling(before, requirement, day).electorate()


class _Calling:
    def __init__(self, before: Governing, requirement: Requirement, day: date) -> None:
        self.before, self.requirement, self.day = before, requirement, day
        self.roles = before.roles
        self.doubts: dict[str, None] = {}
        self.votes = [placed.rule for placed in requirement.votes if isinstance(placed.rule, Vote)]
        self.by_votes: set[str] = set()

    def electorate(self) -> Electorate:
        needs = self.requirement
        ballots = [ballot for each in needs.deciding for group in each.alternatives for ballot in group]
        thresholds = [ballot for ballot in ballots if isinstance(ballot, Threshold)]
        thresholds += [placed.rule.threshold for placed in needs.quorums if isinstance(placed.rule, Quorum)]
        thresholds += [mover.threshold for mover in needs.movers if mover.threshold is not None]
        named = [body_of(ballot) for ballot in ballots]
        named += [threshold.body for threshold in thresholds]
        named += [mover.role for mover in needs.movers if mover.role]
        bodies = {body: self.body(body) for body in dict.fromkeys((*named, "")) if body}
        bodies[""] = self.voters(ballots)
        removals = dict.fromkeys((None, *(each.removal for each in needs.deciding)))
        left_out = {
            (words, removal): self.left_out(words, removal)
            for words in dict.fromkeys(each.excluding for each in thresholds if each.excluding)
            for removal in removals
        }
        counted = [placed.rule.who for placed in needs.exclusions if isinstance(placed.rule, Exclusion)]
        voting = [rule.bearer for placed in needs.exclusions if isinstance(rule := placed.rule, Prohibition) and rule.bearer]
        apart = {removal: self.proposed(counted, removal) for removal in removals if removal is not None}
        silent = {removal: self.proposed(voting, removal) for removal in removals if removal is not None}
        excluded = frozenset(id_ for who in counted for id_ in self.excluded(who))
        if needs.deciding and None not in {each.removal for each in needs.deciding}:
            excluded |= frozenset.intersection(*apart.values())
        return Electorate(self.day, bodies, frozenset(self.by_votes), excluded, left_out, apart, silent, tuple(self.doubts))

    # -- bodies --------------------------------------------------------------------------------------------------------

    def body(self, body: str) -> dict[str, int]:
        """The members of a body with their votes."""
        if body == EVERY_PARTY:
            return self.parties()
        if (rule := self.unit(body)) is not None:
            self.by_votes.add(body)
            return self.holding(rule.holder)
        return self.holding(body)

    def unit(self, body: str) -> Vote | None:
        """The rule that gives a vote for each of what a body is called (`Share`)."""
        return next((rule for rule in self.votes if rule.unit and plain(singular(rule.unit)) == plain(singular(body))), None)

    def holding(self, body: str) -> dict[str, int]:
        role = self.role(body)
        if role is None:
            self.doubts[f"it cannot be told who the {body} are: no role of the register is called so"] = None
            return {}
        found: dict[str, int] = {}
        for principal, weight in self.holders(role):
            votes = self.votes_of(principal, role, weight)
            if votes:
                found[principal.id] = votes
        return found

    def role(self, body: str) -> str | None:
        """The role that a body is made of, "" for everybody; None where it cannot be told."""
        key = self.roles.key(body)
        if key:
            return key if key in self.roles.roles else ""
        for said in self.made_of(body):
            words = f" {' '.join(term_of(said).split())} "
            found = [role for role in self.roles.roles if f" {term_of(role)} " in words]
            if found:
                return min(found, key=lambda role: (words.index(f" {term_of(role)} "), -len(role)))
        return None

    def made_of(self, body: str) -> Iterator[str]:
        """What the text says a body is made of."""
        wanted = term_of(plain(body))
        for placed in self.before.rules:
            match placed.rule:
                case Definition(term, meaning) if term_of(term) == wanted:
                    yield meaning
                case Declaration("composition", text):
                    composed = re.match(r"(?:The|A|An)\s(.+?)\s(?:has|have|consists?|comprises?|is\scomposed)\s(.+)$", text)
                    if composed and term_of(composed[1]) == wanted:
                        yield composed[2]
                case _:
                    continue

    def holders(self, role: str) -> Iterator[tuple[Principal, int | None]]:
        """Who has a role on the day, each with the weight of it; several holdings of one role add up. "" is everybody."""
        for principal in self.before.register.principals:
            held = [each for each in principal.roles if plain(each.role) == role and each.on(self.day)]
            if not role or held:
                weights = [each.weight for each in held if each.weight is not None]
                yield principal, sum(weights) if weights else None

    def votes_of(self, principal: Principal, role: str, weight: int | None) -> int:
        rules = [rule for rule in self.votes if role and self.role(rule.holder) == role]
        rules = rules or [rule for rule in self.votes if self.role(rule.holder) == ""]
        if not rules:
            return 1
        if len({(rule.votes, rule.unit, rule.period, rule.among) for rule in rules}) > 1:
            self.doubts[f"the text gives each {rules[0].holder} different numbers of votes"] = None
        rule = rules[0]
        if rule.period is not None or rule.among:
            self.doubts[f"each {rule.holder} has votes to allot, and a ballot does not say how many are given to a matter"] = (
                None
            )
        if not rule.unit:
            return rule.votes
        if weight is None:
            self.doubts[f"the register does not say how many {plural(rule.unit)} {principal.name} has"] = None
            return 0
        return rule.votes * weight

    def voters(self, ballots: list[Ballot]) -> dict[str, int]:
        """Whoever votes: those to whom the text gives votes, else the bodies that its rules name, else every party."""
        if self.votes:
            bodies = [rule.holder for rule in self.votes]
        else:
            bodies = [body for ballot in ballots if (body := body_of(ballot)) and body != EVERY_PARTY]
            bodies = bodies or [
                body
                for provision in provisions(self.before)
                for group in provision.alternatives
                for ballot in group
                if isinstance(ballot, Threshold | Objections) and (body := body_of(ballot))
            ]
        found: dict[str, int] = {}
        for body in dict.fromkeys(bodies):
            for id_, votes in self.body(body).items():
                if found.setdefault(id_, votes) != votes:
                    self.doubts[f"the text gives {self.roles.name(id_)} different numbers of votes"] = None
        return found if bodies else self.parties()

    def parties(self) -> dict[str, int]:
        """Everybody who holds a role, or where nobody does everybody."""
        found = {each.id: 1 for each in self.before.register.principals if any(held.on(self.day) for held in each.roles)}
        return found or {each.id: 1 for each in self.before.register.principals}

    # -- who is left out -----------------------------------------------------------------------------------------------

    def left_out(self, words: str, removal: RegisterAct | None) -> frozenset[str]:
        """Those whom a threshold leaves out (`the Member proposed for removal`, `the Chair`)."""
        if is_proposed(words):
            role = proposed_role(words)
            if role is None:
                self.unknown(words)
            return self.removed((role,), removal) if role is not None else frozenset()
        known = self.roles.key(words)
        if known not in self.roles.roles:
            self.doubts[f"it cannot be told who is left out as “{words}”"] = None
            return frozenset()
        return frozenset(principal.id for principal, _ in self.holders(known))

    def proposed(self, sentences: list[Actor], removal: RegisterAct) -> frozenset[str]:
        """Those whom sentences leave out where one removal is decided: it has to be one from the role that they speak of."""
        found: frozenset[str] = frozenset()
        for who in sentences:
            said = [proposed_role(words) for words in described(who)]
            found |= self.removed([role for role in said if role is not None], removal)
        return found

    def removed(self, said: Sequence[str], removal: RegisterAct | None) -> frozenset[str]:
        """Whoever loses one of the roles that are said."""
        if removal is None:
            return frozenset()
        meant = (noun(role).head in ANYBODY or is_role(role, removal.role, self.roles, self.voting) for role in said)
        return frozenset({removal.principal}) if any(meant) else frozenset()

    def excluded(self, who: Actor) -> frozenset[str]:
        """Those whom a sentence of its own leaves out of every count."""
        found: set[str] = set()
        for words in described(who):
            if is_proposed(words):
                if proposed_role(words) is None:
                    self.unknown(words)
            elif (known := self.roles.key(words)) in self.roles.roles:
                found |= {principal.id for principal, _ in self.holders(known)}
            else:
                self.doubts[f"it cannot be told who is left out: {words}"] = None
        return frozenset(found)

    def unknown(self, words: str) -> None:
        """Somebody proposed for an office is left out, and it cannot be told whether one of those who come into one is."""
        if any(act.shift is Shift.GAINS for act in self.requirement.reach.acts):
            self.doubts[f"it cannot be told who is left out as “{words}”"] = None

    @cached_property
    def voting(self) -> frozenset[str]:
        return franchise(self.before, provisions(self.before), self.roles)
