"""Proceedings: a dispute from its claim to its outcome, paper by paper in the order in which they entered the chain.

Everything is worked out from the papers, the text in force when the claim entered and the motions that the chain has. No clock
is read: whether an award is late shows when it enters.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from syngraph.engine.disputes import bounds, defaults
from syngraph.engine.disputes.award import MOST_CORRECTIONS, Made, decides, judge
from syngraph.engine.disputes.bodies import Reader
from syngraph.engine.disputes.clause import Clause, Colleagues, Extending, Jointly, Office, Side
from syngraph.engine.disputes.dispute import Dispute, Entry
from syngraph.engine.disputes.grounds import Provided, Reason
from syngraph.engine.disputes.orders import Body, Discharge, Dismissal, Duty, Excuse, Naming, NotRead, Order, body
from syngraph.engine.disputes.outcomes import Binding, Outcome, Partly, Pending, Void, found, standing
from syngraph.engine.disputes.panel import Sitting
from syngraph.engine.governance.chain.ledger import MotionOnFile
from syngraph.engine.governance.statements import (
    Answer,
    Award,
    Correction,
    Dissent,
    Extension,
    Form,
    Jurisdiction,
    Retraction,
    Settlement,
    Stay,
)
from syngraph.engine.norms.days.calendar import within
from syngraph.engine.norms.words.wording import plain
from syngraph.grammar.lexicon import singular
from syngraph.grammar.rules import Arbitration


@dataclass(frozen=True, slots=True)
class Judged:
    """An award or a settlement, and what it comes to."""

    entry: Entry
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Course:
    """What has come of a dispute so far: each award and settlement in its order, the motions that are stayed (by digest), and
    what the panel lacks, with what else was noted.
    """

    judged: tuple[Judged, ...]
    stayed: frozenset[str]
    missing: tuple[Reason, ...]
    notes: tuple[Reason, ...]


def outcome(dispute: Dispute, clause: Clause | None, motions: Mapping[str, MotionOnFile], reader: Reader) -> Outcome:
    """What a dispute has come to, by all its awards together: an order stands once the award that makes it binds.

    `clause` is what the text in force when the claim entered says (`clause.clause`), `motions` those of the chain, `reader`
    reads a passage in the language of that text.
    """
    return overall(course(dispute, clause, motions, reader))


def overall(course: Course) -> Outcome:
    """The outcome of the awards and settlements together. A settlement takes the place of what the parties owed before it."""
    effective = [each for each in course.judged if isinstance(each.outcome, Binding | Partly)]
    if not effective:
        last = course.judged[-1].outcome if course.judged else None
        return last if last is not None else Pending(course.missing, course.notes)
    settled = max((at for at, each in enumerate(effective) if _by_agreement(each)), default=0)
    orders: list[Order] = []
    fall: list[bounds.Fallen] = []
    opened: list[bounds.Fallen] = []
    for at, each in enumerate(effective):
        orders += [one for one in standing(each.outcome) if at >= settled or not isinstance(one, Duty | Excuse | Discharge)]
        if isinstance(each.outcome, Partly):
            fall += each.outcome.fall
            opened += each.outcome.open
    findings = tuple(one for each in effective for one in found(each.outcome))
    trace = tuple(dict.fromkeys(one for each in effective for one in each.outcome.trace))
    if fall or opened:
        return Partly(tuple(orders), tuple(fall), tuple(opened), findings, trace)
    return Binding(tuple(orders), findings, trace)


def course(dispute: Dispute, clause: Clause | None, motions: Mapping[str, MotionOnFile], reader: Reader) -> Course:
    """Everything that has come of a dispute so far, award by award."""
    if clause is None:
        none = Reason("the text sends no such dispute to arbitration", defaults.agreement())
        awards = [each for each in dispute.entries if isinstance(each.statement.details, Award)]
        return Course(tuple(Judged(each, Void((none,), ())) for each in awards), frozenset(), (none,), ())
    going = _Going(dispute, clause, motions, reader)
    for entry in dispute.entries[1:]:
        going.take(entry)
    return going.course()


def _by_agreement(judged: Judged) -> bool:
    """Whether the parties have agreed on it: then it is all that they owe one another."""
    match judged.entry.statement.details:
        case Settlement() | Award(form=Form.CONSENT):
            return True
        case _:
            return False


@dataclass(slots=True)
class _Going:
    dispute: Dispute
    clause: Clause
    motions: Mapping[str, MotionOnFile]
    reader: Reader
    sitting: Sitting = field(init=False)
    bodies: list[Body] = field(init=False)
    awards: list[tuple[Made | Entry, Outcome | None]] = field(default_factory=list)
    until: date | None = None
    extended: Reason | None = None
    objected: bool = False
    withdrawn: Reason | None = None
    settlement: Body | None = None
    wanted: bounds.Asked | None = None
    looked: int = 0
    decider: Reason | None = None
    standing: list[Order] = field(default_factory=list)
    stays: list[str] = field(default_factory=list)
    notes: list[Reason] = field(default_factory=list)

    def __post_init__(self) -> None:
        movers = {digest: each.movers for digest, each in self.motions.items()}
        self.sitting = Sitting(self.clause, self.dispute, movers)
        self.bodies = [self.read(self.dispute.entries[0])]

    def take(self, entry: Entry) -> None:
        match entry.statement.details:
            case Answer(jurisdiction=jurisdiction):
                self.sitting.answered = self.sitting.answered or entry.entered
                self.objected = self.objected or jurisdiction is Jurisdiction.OBJECTED
                self.bodies.append(self.read(entry))
                self.wanted = None
            case Award():
                self.awards.append((self.made(entry), None))
            case Correction(award=award):
                self.correct(entry, award)
            case Dissent(award=award):
                self.dissent(entry, award)
            case Extension(until=until):
                self.extend(entry, until)
            case Stay(motion=motion):
                self.stay(entry, motion)
            case Settlement():
                self.settlement = self.read(entry)
                self.awards.append((entry, self.settled(self.settlement)))
            case Retraction(of=digest) if digest == self.dispute.entries[0].statement.digest:
                self.withdrawn = Reason(f"the claim was withdrawn on {entry.entered}", defaults.discontinuance())
            case _:
                self.sitting.take(entry)

    def course(self) -> Course:
        judged = [
            Judged(made.entry if isinstance(made, Made) else made, self.outcome(at)) for at, (made, _) in enumerate(self.awards)
        ]
        panel = self.sitting.panel()
        missing = panel.missing or (Reason("no award has been made", self.clause.needed.ground),)
        if self.withdrawn is not None:
            missing = (self.withdrawn,)
        closed = self.withdrawn is not None or self.decided() is not None
        return Course(
            tuple(judged), frozenset() if closed else frozenset(self.stays), missing, (*self.terms(), *panel.notes, *self.notes)
        )

    # -- awards --------------------------------------------------------------------------------------------------------

    def made(self, entry: Entry) -> Made:
        """An award as it stands when it enters."""
        details = entry.statement.details
        assert isinstance(details, Award)
        against = [each for each in (self.decided(), self.withdrawn) if each is not None]
        wanted = self.wanted = self.wanted or bounds.asked(self.bodies)
        if details.form is Form.CONSENT:
            if self.settlement is None:
                against.append(Reason("an award by consent, and no settlement of all parties", defaults.settlement()))
            else:
                wanted = bounds.asked([*self.bodies, self.settlement])
        elif self.settlement is not None:
            against.append(Reason("the parties have settled", defaults.settlement()))
        last, untimed = self.time()
        earlier = tuple(self.standing)
        panel = self.sitting.panel()
        trace = (*self.terms(), *panel.notes, *self.notes)
        return Made(entry, panel, wanted, earlier, tuple(against), last, untimed, trace)

    def outcome(self, at: int) -> Outcome:
        """What an award comes to, worked out once for all that is known of it."""
        made, known = self.awards[at]
        if known is None:
            assert isinstance(made, Made)
            known = judge(made, self.clause, self.dispute, self.reader, self.naming(made.entry.entered))
            self.awards[at] = (made, known)
        return known

    def decided(self) -> Reason | None:
        """That the claim is decided already, if it is. Takes note of what stands by the awards that there are."""
        for at in range(self.looked, len(self.awards)):
            made, _ = self.awards[at]
            outcome = self.outcome(at)
            if isinstance(made, Made):
                self.standing += standing(outcome)
                if self.decider is None and decides(made, outcome):
                    says = f"the claim was decided by award {made.award.number} of {made.entry.entered}"
                    self.decider = Reason(says, self.clause.final)
        self.looked = len(self.awards)
        return self.decider

    def again(self, at: int, made: Made) -> None:
        """Judges an award again, as more is known of it."""
        self.awards[at] = (made, None)
        self.looked, self.decider, self.standing = 0, None, []

    def correct(self, entry: Entry, award: str) -> None:
        ground = defaults.correction()
        for at, (made, _) in enumerate(self.awards):
            if not isinstance(made, Made) or made.entry.statement.digest != award:
                continue
            last = within(made.entry.entered, ground.value, self.clause.calendar)
            if entry.entered > last:
                self.notes.append(Reason(f"a correction of {entry.entered}, after {last}", ground.ground))
            elif len(made.corrections) == MOST_CORRECTIONS:
                self.notes.append(Reason(f"a correction after {MOST_CORRECTIONS} others", ground.ground))
            elif not made.signing or not {*made.signing} <= {*made.panel.signing(entry.seals)}:
                self.notes.append(Reason("a correction that not all who made the award have signed", ground.ground))
            else:
                self.again(at, replace(made, corrections=(*made.corrections, entry.statement)))

    def dissent(self, entry: Entry, award: str) -> None:
        for at, (made, _) in enumerate(self.awards):
            if isinstance(made, Made) and made.entry.statement.digest == award:
                absent = {each.id for each in made.panel.signing(entry.seals)} - made.absent
                if not absent:
                    continue
                self.again(at, replace(made, absent=made.absent | absent))

    def settled(self, said: Body) -> Outcome:
        """What a settlement comes to: the parties dispose of what they owe one another, and of nothing else."""
        ground = defaults.settlement()
        stand: list[Order] = []
        fall: list[bounds.Fallen] = []
        opened: list[bounds.Fallen] = []
        for order in said.orders:
            match order:
                case NotRead(why=why):
                    opened.append(bounds.Fallen(order, Reason(why, defaults.interpretation())))
                case Duty(bearers=who) | Discharge(who=who) if not {*who} <= {*self.dispute.parties}:
                    fall.append(bounds.Fallen(order, Reason("it binds somebody who has not settled", ground)))
                case Duty() | Discharge() | Excuse() | Dismissal():
                    stand.append(order)
                case _:
                    fall.append(
                        bounds.Fallen(order, Reason("the text is not changed by a settlement, but by a motion", ground))
                    )
        trace = (Reason("the parties have settled", ground),)
        if fall or opened:
            return Partly(tuple(stand), tuple(fall), tuple(opened), (), trace)
        return Binding(tuple(stand), (), trace)

    # -- time ----------------------------------------------------------------------------------------------------------

    def time(self) -> tuple[Provided[date] | None, Reason | None]:
        """The last day on which an award may enter, None for no limit; or why that cannot be told."""
        provided = self.clause.time
        if provided is None:
            return None, None
        duration, event = provided.value
        last = self.sitting.after(duration, event)
        if last is None and self.until is None:
            return None, Reason(f"it cannot be told on which day {event.text} was", provided.ground)
        latest = max(each for each in (last, self.until) if each is not None)
        return Provided(latest, provided.ground), None

    def extend(self, entry: Entry, until: date) -> None:
        """More time for the award: by all parties always, else by whom the text lets extend it, while it still runs."""
        last, _ = self.time()
        for provided in self.clause.extending:
            if not self.may_extend(entry, provided.value):
                continue
            by_all = {*entry.signed} >= {*self.dispute.parties}
            if not by_all and (last is None or entry.entered > last.value):
                continue
            most = provided.value.most
            usual = self.clause.time
            first = self.sitting.after(*usual.value) if usual is not None else None
            if most is not None and (first is None or until > within(first, most, self.clause.calendar)):
                continue
            self.until = max(until, self.until or until)
            self.notes.append(Reason(f"the time for the award was extended until {until}", provided.ground))
            return
        self.notes.append(Reason(f"the time for the award is not extended until {until}", defaults.extension()))

    def may_extend(self, entry: Entry, extending: Extending) -> bool:
        match extending.who:
            case Jointly():
                return {*entry.signed} >= {*self.dispute.parties}
            case Colleagues():
                return self.majority(entry)
            case Office(phrase):
                office = entry.statement.capacity
                held = office is not None and plain(office) == plain(phrase)
                return held or bool({*entry.signed} & self.clause.meant(phrase, entry.entered))
            case _:
                return False

    def stay(self, entry: Entry, motion: str) -> None:
        ground = self.clause.stay
        if ground is None:
            self.notes.append(Reason("a stay, which the text does not let the arbitrators order", defaults.agreement()))
        elif motion not in (self.dispute.claim.about or ()):
            self.notes.append(Reason("a stay of a motion that the claim is not about", defaults.scope()))
        elif not self.majority(entry):
            self.notes.append(Reason("a stay that too few arbitrators have signed", self.clause.needed.ground))
        else:
            self.stays.append(motion)
            self.notes.append(Reason(f"the voting is stayed since {entry.entered}", ground))

    def majority(self, entry: Entry) -> bool:
        """Whether as many of a complete and independent panel have signed as make an award."""
        panel, needed = self.sitting.panel(), self.clause.needed.value
        sound = not panel.missing and all(each.interest is None for each in panel.arbitrators)
        return sound and needed is not None and len(panel.signing(entry.seals)) >= needed

    # -- words ---------------------------------------------------------------------------------------------------------

    def terms(self) -> tuple[Reason, ...]:
        """The terms of the arbitration that all of it rests on."""
        clause = self.clause
        many = len(clause.seats)
        told = [Reason(f"{'one arbitrator decides' if many == 1 else f'{many} arbitrators decide'}", clause.sentence)]
        if not isinstance(clause.sentence.rule, Arbitration):
            told.append(Reason(f"{many} arbitrators decide", defaults.number().ground))
        told += [Reason("who appoints", seat.ground) for seat in clause.seats]
        in_default = clause.authority.ground if clause.authority is not None else defaults.authority()
        told.append(Reason("who appoints in default", in_default))
        if len(self.dispute.parties) > 2 and any(isinstance(seat.value, Side) for seat in clause.seats):
            told.append(Reason("how several on one side appoint", defaults.jointly()))
        told.append(Reason(f"{clause.needed.value} of {many} make an award", clause.needed.ground))
        if self.objected:
            told.append(Reason("the arbitrators ruled on the objection by making an award", defaults.jurisdiction()))
        return tuple(dict.fromkeys(told))

    def read(self, entry: Entry) -> Body:
        return body(entry.statement, self.reader, self.naming(entry.entered))

    def naming(self, day: date) -> Naming:
        meanings = self.clause.governing.meanings

        def who(phrase: str) -> tuple[str, ...]:
            side = singular(plain(phrase))
            if side in ("claimant", "respondent", "party"):
                sides = {"claimant": self.dispute.claimants, "respondent": self.dispute.respondents}
                return sides.get(side, self.dispute.parties)
            return tuple(sorted(self.clause.meant(phrase, day)))

        def section(named: str) -> str:
            found = meanings.section(named)
            return found if found in meanings.sections else ""

        titles = {digest: each.title for digest, each in self.motions.items()}
        return Naming(who, section, titles, self.dispute.claim.about or ())
