"""The texts that governed one after another, each taken apart into what judging needs of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from syngraph.engine.norms.said.allocating import Order, allocation, is_allocation
from syngraph.engine.norms.said.balances import balanced
from syngraph.engine.norms.said.becoming import declared, failure_of, naming, norm_of
from syngraph.engine.norms.said.capping import Cap, capped, caps
from syngraph.engine.norms.said.circumstance import tellable
from syngraph.engine.norms.said.dating import dated, events_of
from syngraph.engine.norms.said.exchanging import Exchange, exchanges
from syngraph.engine.norms.said.levels import levelled
from syngraph.engine.norms.said.pronouns import with_antecedents
from syngraph.engine.norms.said.releasing import Release, releases
from syngraph.engine.norms.words.questions import questions
from syngraph.engine.norms.words.wording import noun, plain
from syngraph.engine.text.clauses import Clause, PlacedRule
from syngraph.engine.text.provenance import Place
from syngraph.grammar.amounts import Amount, Day, Moment, Soon
from syngraph.grammar.rules import (
    Act,
    Change,
    Commencement,
    Condition,
    Decision,
    Definition,
    Effect,
    Norm,
    Obligation,
    Permission,
    Power,
    Prohibition,
    Renewal,
    Survival,
    Term,
)

CHANGE = "!="
"""Ends the id of what becomes of something by itself; nobody bears it."""


@dataclass(frozen=True, slots=True)
class GoverningText:
    """A text and the day it began to govern (None: from the beginning).

    `unread` are the sentences that bind somebody and gave no rule; `version` names the text (a commit, a digest).
    """

    since: date | None
    rules: tuple[PlacedRule, ...]
    unread: tuple[Clause, ...] = ()
    version: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A norm in one text. `id` stays the same in later texts that say the same thing otherwise (another amount, another day).

    `change` is what becomes of something by itself where the norm only stands for its conditions and times.
    `index` is the number of the text in its row. `questions` are the conditions that nobody has read, that on its bearer
    among them; `haste` is the word that stands for its deadline where that has no number (`promptly`). `place` is where the
    sentence stands, and `cited` the sentence with its section, as it is told to people. `timed` says that it names a time of
    day.
    """

    id: str
    index: int
    placed: PlacedRule
    norm: Norm
    questions: tuple[Condition, ...] = ()
    haste: str = ""
    change: Change | None = None
    place: Place | None = field(init=False, compare=False, repr=False)
    cited: str = field(init=False, compare=False, repr=False)
    timed: bool = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        where = f"section {self.number}" if self.number else f"section {self.section}" if self.section else "the text"
        object.__setattr__(self, "place", place_of(self.placed.clause))
        object.__setattr__(self, "cited", f"{where}: {self.sentence}")
        object.__setattr__(self, "timed", any(getattr(time, "clock", "") for time in self.norm.times))

    @property
    def section(self) -> str:
        """The id of the section."""
        return self.placed.clause.section

    @property
    def number(self) -> str:
        """The number of the section."""
        return self.placed.clause.number

    @property
    def item(self) -> str:
        """The mark of the item of a list that asks for it (`(a)`), "" where it is none."""
        return self.placed.item

    def is_in(self, reference: str) -> bool:
        """Whether a reference (`#dues`, `4.2`, `4(a)`) means where the norm stands; what is no item may be any of them."""
        found = refers(reference, self.section, self.number, self.item)
        return found or (not self.item and refers(without_item(reference), self.section, self.number))

    @property
    def sentence(self) -> str:
        """The sentence as written."""
        return self.placed.clause.sentence.text.strip()

    @property
    def act(self) -> Act:
        """What the norm is about."""
        return self.norm.act


@dataclass(frozen=True, slots=True)
class Provisions:
    """One text taken apart: its norms, what its terms stand for, and how it begins and ends.

    `amounts`, `moments` and `bodies` are by term in lower case, as are `definitions`, the sentences that give the amounts.
    `changes` are what becomes of things by themselves, and `caps` bound what a norm, by its id, asks
    for together with others. `releases` may take a duty away, or put it off, and `exchanges` say what may be paid in another
    currency. `allocation` is the order in which payments count.
    """

    text: GoverningText
    slots: tuple[Slot, ...]
    amounts: Mapping[str, Amount]
    moments: Mapping[str, Moment]
    bodies: Mapping[str, str]
    commencement: tuple[Commencement, PlacedRule] | None
    term: tuple[Term, PlacedRule] | None
    renewal: tuple[Renewal, PlacedRule] | None
    survivals: tuple[Survival, ...]
    decisions: tuple[Decision, ...]
    definitions: Mapping[str, PlacedRule]
    changes: tuple[Slot, ...] = ()
    caps: Mapping[str, tuple[Cap, ...]] = field(default_factory=dict)
    releases: tuple[Release, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    allocation: Order = ()


def provisions(texts: tuple[GoverningText, ...]) -> tuple[Provisions, ...]:
    """The texts in their order, the norms of each tied to those of the one before that they succeed."""
    row: list[Provisions] = []
    for index, text in enumerate(texts):
        row.append(_provisions(text, index, row[-1].slots if row else ()))
    return tuple(row)


def days_named(texts: tuple[GoverningText, ...]) -> list[date]:
    """The days of the calendar that the times of rules name."""
    times = (time for text in texts for placed in text.rules for time in getattr(placed.rule, "times", ()))
    moments = (getattr(time, "moment", None) for time in times)
    return [moment.date for moment in moments if isinstance(moment, Day)]


def place_of(clause: Clause) -> Place | None:
    """Where a sentence stands, None for one that was made and not written."""
    return clause.place if clause.text.runs else None


def refers(reference: str, section: str, number: str, item: str = "") -> bool:
    """Whether `#dues`, `4.2` or `4` (which holds 4.2) means a section, or `4(b)` an item of a list in it."""
    name = named(reference)
    if item and name == f"{number}{item}":
        return True
    if name.startswith("#"):
        return name[1:] == section
    return bool(name) and (name in (number, section) or number.startswith(name + "."))


def named(reference: str) -> str:
    """A reference without the word for what it refers to (`section 4.2`)."""
    return reference.removeprefix("section ").strip()


def without_item(reference: str) -> str:
    """A reference without the item of a list: `4` for `4(a)`."""
    return reference.partition("(")[0] if reference.endswith(")") and reference[:1].isdigit() else reference


def references(section: str, number: str, item: str = "") -> frozenset[str]:
    """Everything by which a section, or an item in it, can be meant: its id, its number, and the numbers of those that hold it.

    >>> sorted(references("dues", "4.2.1"))
    ['#dues', '4', '4.2', '4.2.1', 'dues']
    """
    parts = number.split(".")
    numbers = (".".join(parts[:length]) for length in range(1, len(parts) + 1))
    own = () if section.startswith("#") else (section,)
    items = (f"{number}{item}",) if number and item else ()
    return frozenset(name for name in (f"#{section}", *own, *numbers, *items) if name)


def survives(slot: Slot, given: Provisions) -> Survival | None:
    """What makes a norm outlive the end of the agreement, None when nothing does."""
    for survival in given.survivals:
        if any(refers(section, slot.section, slot.number) for section in survival.sections):
            return survival
    return None


# -- one text ----------------------------------------------------------------------------------------------------------


def _provisions(text: GoverningText, index: int, before: tuple[Slot, ...]) -> Provisions:
    rules = [(placed.rule, placed) for placed in text.rules]
    definitions = [rule for rule, _ in rules if isinstance(rule, Definition)]
    changes = _changes(text.rules, index)
    names = frozenset(plain(one.change.subject) for one in changes if one.change and one.change.effect is Effect.OCCURS)
    slots = _succession(text.rules, index, before, names)
    return Provisions(
        text,
        slots,
        {plain(each.term): each.amount for each in definitions if each.amount is not None},
        {plain(each.term): each.moment for each in definitions if each.moment is not None},
        {plain(each.term): each.body for each in definitions},
        next(((rule, placed) for rule, placed in rules if isinstance(rule, Commencement)), None),
        next(((rule, placed) for rule, placed in rules if isinstance(rule, Term)), None),
        next(((rule, placed) for rule, placed in rules if isinstance(rule, Renewal)), None),
        tuple(rule for rule, _ in rules if isinstance(rule, Survival)),
        tuple(rule for rule, _ in rules if isinstance(rule, Decision)),
        {plain(rule.term): placed for rule, placed in rules if isinstance(rule, Definition) and rule.amount is not None},
        changes,
        caps(text.rules, [(slot.id, slot.placed, slot.norm) for slot in slots]),
        releases(text.rules),
        exchanges(slot.norm for slot in slots),
        allocation(rule for rule, _ in rules),
    )


def _changes(rules: tuple[PlacedRule, ...], index: int) -> tuple[Slot, ...]:
    """What becomes of things by themselves, each with a norm that stands for its conditions and times."""
    found: list[tuple[PlacedRule, Change]] = []
    for placed in rules:
        if isinstance(placed.rule, Change):
            found.append((placed, placed.rule))
        elif isinstance(placed.rule, Definition) and (failure := failure_of(placed.rule)) is not None:
            found.append((placed, failure))
        elif isinstance(placed.rule, Permission | Power) and (due := declared(placed.rule)) is not None:
            found.append((placed, due))
    names = frozenset(plain(change.subject) for _, change in found if change.effect is Effect.OCCURS)
    slots: list[Slot] = []
    events = events_of(rules)
    for placed, change in found:
        norm = naming(with_antecedents(levelled(tellable(dated(norm_of(change), events)))), names)
        slots.append(Slot(f"{placed.id}{CHANGE}", index, placed, norm, questions(norm), change=change))
    return tuple(slots)


def _succession(rules: tuple[PlacedRule, ...], index: int, before: tuple[Slot, ...], names: frozenset[str]) -> tuple[Slot, ...]:
    """Each norm with the id of the one it succeeds: the same rule; else the nearest in its section of the same shape."""
    norms = _norms(rules, names)
    free = list(before)
    found: dict[int, str] = {}
    for alike in (_same_rule, _same_shape, _same_verb):
        for position, (placed, norm) in enumerate(norms):
            if position not in found:
                old = next((slot for slot in free if alike(slot, placed, norm)), None)
                if old is not None:
                    found[position] = old.id
                    free.remove(old)
    slots: list[Slot] = []
    taken = set(found.values())
    for position, (placed, norm) in enumerate(norms):
        id_ = found.get(position, placed.id)
        twin = 1
        while position not in found and id_ in taken:
            twin += 1
            id_ = f"{placed.id}~{twin}"
        taken.add(id_)
        haste = next((time.word for time in norm.times if isinstance(time, Soon)), "")
        slots.append(Slot(id_, index, placed, norm, questions(norm), haste))
    return tuple(slots)


def _norms(rules: tuple[PlacedRule, ...], names: frozenset[str]) -> list[tuple[PlacedRule, Norm]]:
    """The norms as facts can meet them, each pronoun replaced by what it stands for. `names` are those of events."""
    found: list[tuple[PlacedRule, Norm]] = []
    events = events_of(rules)
    is_ordered = bool(allocation(placed.rule for placed in rules))
    for placed in rules:
        if isinstance(placed.rule, Obligation | Prohibition | Permission | Power):
            if is_ordered and is_allocation(placed.rule):
                continue
            before = found[-1] if found and found[-1][0].clause.section == placed.clause.section else None
            told = naming(levelled(tellable(dated(placed.rule, events))), names)
            found.append((placed, with_antecedents(told, before[1] if before is not None else None)))
    amounts = {
        plain(each.rule.term): each.rule.amount
        for each in rules
        if isinstance(each.rule, Definition) and each.rule.amount is not None
    }
    return balanced(capped(found), amounts)


def _same_rule(old: Slot, placed: PlacedRule, norm: Norm) -> bool:
    return old.placed.id == placed.id and old.norm == norm


def _same_shape(old: Slot, placed: PlacedRule, norm: Norm) -> bool:
    return _same_verb(old, placed, norm) and noun(old.act.object).head == noun(norm.act.object).head


def _same_verb(old: Slot, placed: PlacedRule, norm: Norm) -> bool:
    return old.section == placed.clause.section and type(old.norm) is type(norm) and old.act.verb == norm.act.verb
