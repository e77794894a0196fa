"""The award: whether it is one, by its panel, its signatures, its time and its form, and which of its orders stand."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from syngraph.engine.disputes import bounds, defaults
from syngraph.engine.disputes.bodies import Reader
from syngraph.engine.disputes.bounds import Asked
from syngraph.engine.disputes.clause import Clause
from syngraph.engine.disputes.dispute import Dispute, Entry
from syngraph.engine.disputes.grounds import Provided, Reason
from syngraph.engine.disputes.orders import Body, Discharge, Duty, Membership, Naming, Order, body
from syngraph.engine.disputes.outcomes import Binding, Outcome, Partly, Pending, Void
from syngraph.engine.disputes.panel import Arbitrator, Panel
from syngraph.engine.governance.statements import Award, Form, Statement

MOST_CORRECTIONS = 20
"""So many corrections of an award count, and so many changes in each."""

_WHY = re.compile(
    r"\b(?:because|since|as|owing|due|reasons?|refus\w+|declin\w+|died|ill|illness|dissent\w*|unable|unreachable|withdr\w+)\b",
    re.IGNORECASE,
)
_SIGNING = re.compile(r"\bsign(?:s|ed|ing|atures?)?\b", re.IGNORECASE)
_CORRECTED = re.compile(
    r"“(?P<old>[^“”\n]{1,200})”\s(?:is\s(?:corrected\sto|replaced\sby)|(?:should\s)?reads?)\s“(?P<new>[^“”\n]{1,200})”"
)


@dataclass(frozen=True, slots=True)
class Made:
    """An award with everything that it is judged by, as it stood when it entered.

    `asked` is what was asked until then, `earlier` the orders that stand by awards before it. `against` are the reasons for
    which no award could be made any more (None for none), `last` is the last day of its time, None where it has none, and
    `untimed` why that cannot be told. `absent` are arbitrators who have explained themselves in a dissent.
    """

    entry: Entry
    panel: Panel
    asked: Asked
    earlier: tuple[Order, ...]
    against: tuple[Reason, ...]
    last: Provided[date] | None
    untimed: Reason | None
    trace: tuple[Reason, ...]
    corrections: tuple[Statement, ...] = ()
    absent: frozenset[str] = frozenset()

    @property
    def award(self) -> Award:
        """What it says of itself."""
        details = self.entry.statement.details
        assert isinstance(details, Award)
        return details

    @property
    def signing(self) -> tuple[Arbitrator, ...]:
        """The arbitrators who have signed it."""
        return self.panel.signing(self.entry.seals)


def judge(made: Made, clause: Clause, dispute: Dispute, reader: Reader, naming: Naming) -> Outcome:
    """What an award comes to."""
    signing = made.signing
    reasons = [*made.against, *_void(made, clause, dispute)]
    trace = made.trace
    unsigned = [each.id for each in made.panel.arbitrators if each not in signing]
    trace += tuple(Reason(f"{each} has not signed", defaults.signature()) for each in unsigned)
    if reasons:
        return Void(tuple(reasons), trace)
    said = body(made.entry.statement, reader, naming)
    missing = [Reason(f"“{each.text.string.strip()}” is not read, and may bear on this", each) for each in clause.doubts]
    missing += _missing(made, said)
    corrected, notes = _corrected(made, said, reader, naming)
    trace += notes
    if missing:
        return Pending(tuple(missing), trace)
    if not corrected.orders:
        return Pending((Reason("it orders nothing that was read", defaults.interpretation()),), trace)
    parties = frozenset(dispute.parties)
    sorted_ = bounds.sort(corrected.orders, made.asked, clause, parties, made.earlier)
    trace += (Reason("what stands is final and binds the parties", clause.final),)
    if any(bounds.of_costs(order) for order in sorted_.stand):
        trace += (Reason("costs are fixed, whoever has asked for it", defaults.costs()),)
    if not sorted_.stand:
        opened = tuple(each.reason for each in sorted_.open)
        return Pending(opened, trace) if opened else Void(tuple(each.reason for each in sorted_.fall), trace)
    if sorted_.fall or sorted_.open:
        return Partly(sorted_.stand, sorted_.fall, sorted_.open, corrected.findings, trace)
    return Binding(sorted_.stand, corrected.findings, trace)


def decides(made: Made, outcome: Outcome) -> bool:
    """Whether an award with this outcome is the last word on its claim."""
    return made.award.form is not Form.PARTIAL and isinstance(outcome, Binding | Partly)


def _void(made: Made, clause: Clause, dispute: Dispute) -> Iterable[Reason]:
    """Why an award is none, whatever it orders."""
    first, own = dispute.entries[0].statement, made.entry.statement
    if (own.lineage, own.fork) != (first.lineage, first.fork):
        yield Reason("it was made for another lineage or fork than the claim", defaults.agreement())
    yield from made.panel.missing
    yield from (each.interest for each in made.panel.arbitrators if each.interest is not None)
    signing, seats = made.signing, len(made.panel.seats)
    names = ", ".join(each.id for each in signing) or "no arbitrator"
    presiding = made.panel.seats[-1]
    alone = clause.presiding is not None and presiding is not None and presiding in signing
    if clause.needed.value is not None and len(signing) < clause.needed.value and not alone:
        says = f"signed by {names}: {len(signing)} of {seats}, where {clause.needed.value} are needed"
        yield Reason(says, clause.needed.ground)
    if made.last is not None and made.entry.entered > made.last.value:
        yield Reason(f"it entered on {made.entry.entered}, after its time had ended on {made.last.value}", made.last.ground)


def _missing(made: Made, said: Body) -> Iterable[Reason]:
    """What an award lacks."""
    if made.untimed is not None:
        yield made.untimed
    unsigned = [each for each in made.panel.arbitrators if each not in made.signing and each.id not in made.absent]
    for each in unsigned:
        told = re.compile(rf"\b{re.escape(each.id)}\b", re.IGNORECASE)
        if not any(told.search(text) and _SIGNING.search(text) and _WHY.search(text) for text in said.prose):
            yield Reason(f"the reason why {each.id} has not signed", defaults.signature())
    if made.award.form is not Form.CONSENT and not said.prose and not said.findings:
        yield Reason("the reasons upon which it is based", defaults.reasons())


def _corrected(made: Made, said: Body, reader: Reader, naming: Naming) -> tuple[Body, tuple[Reason, ...]]:
    """An award as it was corrected; a correction that would make it another one changes nothing."""
    notes: list[Reason] = []
    ground = defaults.correction().ground
    statement, now = made.entry.statement, said
    for correction in made.corrections:
        text = statement.body
        found = islice(_CORRECTED.finditer(correction.body), MOST_CORRECTIONS)
        changes = [(each["old"], each["new"]) for each in found]
        clear = bool(changes)
        for old, new in changes:
            clear = clear and text.count(old) == 1
            text = text.replace(old, new, 1) if clear else text
        if not clear:
            notes.append(Reason(f"the correction of {correction.date} does not say what takes whose place", ground))
            continue
        after = body(replace(statement, body=text), reader, naming)
        if [_kept(each) for each in after.orders] != [_kept(each) for each in now.orders]:
            notes.append(Reason(f"the correction of {correction.date} makes other orders, which is no correction", ground))
            continue
        notes.append(Reason(f"corrected on {correction.date}", ground))
        statement, now = replace(statement, body=text), after
    return now, tuple(notes)


def _kept(order: Order) -> object:
    """What no correction changes in an order: its kind, and whom it binds."""
    match order:
        case Duty(bearers=who) | Discharge(who=who) | Membership(who=who):
            return type(order), who
        case _:
            return type(order)
