"""The panel: who sits on it, by whose appointment, and what is missing, paper by paper as they enter the chain."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from syngraph.engine.disputes import defaults
from syngraph.engine.disputes.clause import Clause, Colleagues, Jointly, Office, Side
from syngraph.engine.disputes.dispute import Dispute, Entry
from syngraph.engine.disputes.grounds import Ground, Reason
from syngraph.engine.governance.signatures import parse_public
from syngraph.engine.governance.statements import Acceptance, Appointment, Challenge, Retraction
from syngraph.engine.norms.days.calendar import within
from syngraph.engine.norms.words.wording import plain
from syngraph.grammar.amounts import Duration, Event, Unit

_CLAIM = frozenset({"claim", "notice of arbitration", "request for arbitration", "entry of claim", "filing of claim"})
_ANSWER = frozenset({"answer", "defence", "response"})
_APPOINTED = ("appointment", "acceptance", "constitution", "formation", "composition")


@dataclass(frozen=True, slots=True)
class Arbitrator:
    """Who sits on a seat: since which day, and by the names of which keys the acceptance counts (none: not accepted yet).

    `interest` is why they are not independent, None if nothing shows it.
    """

    id: str
    since: date
    keys: frozenset[str]
    interest: Reason | None


@dataclass(frozen=True, slots=True)
class Panel:
    """The seats of a panel in their order, each with who sits there (None: nobody), and of empty ones what is missing."""

    seats: tuple[Arbitrator | None, ...]
    missing: tuple[Reason, ...]
    notes: tuple[Reason, ...]

    @property
    def arbitrators(self) -> tuple[Arbitrator, ...]:
        """Those who sit."""
        return tuple(each for each in self.seats if each is not None)

    def signing(self, seals: tuple[str, ...]) -> tuple[Arbitrator, ...]:
        """Those of them whose keys are among `seals`."""
        return tuple(each for each in self.arbitrators if not each.keys.isdisjoint(seals))


@dataclass(slots=True)
class _Held:
    """A seat that somebody was appointed to."""

    id: str
    since: date
    by: frozenset[str]
    named: frozenset[str]


@dataclass(slots=True)
class Sitting:
    """The panel of a dispute as it comes about: `take` a paper after the other, and look at the `panel` in between.

    `movers` are those who moved each motion, by its digest: who moved what a dispute is about has an interest in it.
    """

    clause: Clause
    dispute: Dispute
    movers: Mapping[str, tuple[str, ...]]
    held: list[_Held | None] = field(default_factory=list)
    vacant: list[date] = field(default_factory=list)
    consents: dict[str, tuple[frozenset[str], frozenset[str]]] = field(default_factory=dict)
    accepted: dict[str, dict[str, tuple[str, frozenset[str], date]]] = field(default_factory=dict)
    challenges: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    notes: list[Reason] = field(default_factory=list)
    answered: date | None = None

    def __post_init__(self) -> None:
        self.held = [None] * len(self.clause.seats)
        self.vacant = [self.dispute.opened] * len(self.clause.seats)

    def take(self, entry: Entry) -> None:
        """Goes on by one paper."""
        match entry.statement.details:
            case Appointment() as appointment:
                self._appoint(entry, appointment)
            case Acceptance(key=line):
                key = parse_public(line).name
                who = entry.statement.principals[0]
                vouching = frozenset(entry.signed)
                self.accepted.setdefault(who, {})[entry.statement.digest] = (key, vouching, entry.entered)
            case Challenge(arbitrator=who):
                against = self.challenges.setdefault(who, {})
                against[entry.statement.digest] = entry.statement.principals
                if {each for some in against.values() for each in some} >= {*self.dispute.parties}:
                    self._vacate(
                        who, entry.entered, Reason(f"all parties agree to the challenge of {who}", defaults.challenge())
                    )
            case Retraction(of=digest):
                self._withdraw(entry, digest)
                for against in self.challenges.values():
                    against.pop(digest, None)
            case _:
                pass

    def panel(self) -> Panel:
        """The panel as it is now."""
        seats = tuple(None if each is None else self._arbitrator(each) for each in self.held)
        missing = []
        for number, (seat, provided) in enumerate(zip(seats, self.clause.seats, strict=True), 1):
            if seat is None:
                missing.append(Reason(f"nobody is appointed as arbitrator {number} of {len(seats)}", provided.ground))
            elif not seat.keys:
                missing.append(Reason(f"{seat.id} has not accepted with a key that somebody vouches for", provided.ground))
        return Panel(seats, tuple(missing), tuple(self.notes))

    def day_of(self, event: Event) -> date | None:
        """The day of an event from which a time runs; None where it is not known, or has not happened."""
        words = plain(event.text)
        if words in _CLAIM:
            return self.dispute.opened
        if words.startswith(_APPOINTED):
            panel = self.panel()
            if None in panel.seats:
                return None
            days = [each.since for each in panel.arbitrators]
            if not words.startswith("appointment"):
                days += [
                    entered
                    for each in panel.arbitrators
                    for key, _, entered in self.accepted.get(each.id, {}).values()
                    if key in each.keys
                ]
            return max(days, default=None)
        return self.answered if words in _ANSWER else None

    def after(self, duration: Duration, event: Event) -> date | None:
        """The last day of a time that runs from an event, None where that is not known."""
        since = self.day_of(event)
        if since is None:
            return None
        days = Duration(-(-duration.count // 24), Unit.DAY) if duration.unit is Unit.HOUR else duration
        return within(since, days, self.clause.calendar)

    def _withdraw(self, entry: Entry, acceptance: str) -> None:
        """Takes back an acceptance; whoever sits by it leaves, and somebody else of the same name does not drive them out."""
        for who, acceptances in self.accepted.items():
            taken = acceptances.get(acceptance)
            if taken is not None:
                sits = any(each.id == who and taken[0] in each.keys for each in self.panel().arbitrators)
                del acceptances[acceptance]
                if sits:
                    self._vacate(who, entry.entered, Reason(f"{who} has withdrawn", defaults.replacement()))

    # -- appointing ----------------------------------------------------------------------------------------------------

    def _appoint(self, entry: Entry, appointment: Appointment) -> None:
        who = appointment.arbitrator
        by = frozenset(entry.signed) | self._sealing(entry)
        named = frozenset({parse_public(appointment.key).name} if appointment.key is not None else ())
        open_ = [number for number, each in enumerate(self.held) if each is None]
        if appointment.replaces is not None:
            self._replace(entry, appointment.replaces, by)
            open_ = [number for number, each in enumerate(self.held) if each is None and number not in open_]
        if any(each is not None and each.id == who for each in self.held):
            return
        before, keys = self.consents.get(who, (frozenset[str](), frozenset[str]()))
        self.consents[who] = (before | by, keys | named)
        for number in open_:
            if self._may(number, self.consents[who][0], by, entry):
                self.held[number] = _Held(who, entry.entered, *self.consents.pop(who))
                return
        why = "who may not appoint now, or not alone"
        self.notes.append(Reason(f"{who} is not appointed by {', '.join(sorted(by))}, {why}", self._next()))

    def _next(self) -> Ground:
        """What says who appoints to the first empty seat, or to any."""
        empty = [seat for seat, each in zip(self.clause.seats, self.held, strict=True) if each is None]
        return (empty or list(self.clause.seats))[0].ground

    def _replace(self, entry: Entry, replaced: str, by: frozenset[str]) -> None:
        """An arbitrator goes whom all parties replace, or on a party's challenge whoever appoints in default."""
        upheld = bool(self.challenges.get(replaced)) and self._is_authority(by, entry)
        if by >= {*self.dispute.parties} or upheld:
            self._vacate(replaced, entry.entered, Reason(f"{replaced} is replaced", defaults.replacement()))
        else:
            says = f"{replaced} is not replaced by {', '.join(sorted(by))}: not all parties agree, and no challenge is upheld"
            self.notes.append(Reason(says, defaults.challenge()))

    def _vacate(self, who: str, day: date, why: Reason) -> None:
        for number, each in enumerate(self.held):
            if each is not None and each.id == who:
                self.held[number] = None
                self.vacant[number] = day
                self.notes.append(why)
        self.consents.pop(who, None)

    def _may(self, number: int, consenting: frozenset[str], by: frozenset[str], entry: Entry) -> bool:
        """Whether those may fill a seat: all parties together always, its own appointer, and after the time whoever appoints in
        default. Until that has been done the appointer still may.
        """
        if consenting >= {*self.dispute.parties}:
            return True
        match self.clause.seats[number].value:
            case Side.CLAIMANTS:
                own = consenting >= {*self.dispute.claimants}
            case Side.RESPONDENTS:
                own = consenting >= {*self.dispute.respondents}
            case Colleagues():
                others = {each.id for at, each in enumerate(self.held) if each is not None and at != number}
                own = len(others) == len(self.held) - 1 and by >= others
            case Office(phrase):
                own = self._is(phrase, by, entry)
            case Jointly():
                own = False
        return own or (self._is_authority(by, entry) and self._in_default(number, entry.entered))

    def _in_default(self, number: int, day: date) -> bool:
        duration, event = self.clause.authority_after.value
        if self.vacant[number] > self.dispute.opened:
            last: date | None = within(self.vacant[number], duration, self.clause.calendar)
        else:
            last = self.after(duration, event)
        return last is not None and day > last

    def _is_authority(self, by: frozenset[str], entry: Entry) -> bool:
        return self.clause.authority is not None and self._is(self.clause.authority.value.phrase, by, entry)

    def _is(self, phrase: str, by: frozenset[str], entry: Entry) -> bool:
        """Whether those who sign are whom a phrase means; who states something in an office was found to hold it."""
        office = entry.statement.capacity
        meant = self.clause.meant(phrase, entry.entered)
        return bool(by & meant) or (office is not None and plain(office) == plain(phrase) and bool(entry.signed))

    # -- who sits ------------------------------------------------------------------------------------------------------

    def _arbitrator(self, held: _Held) -> Arbitrator:
        keys = frozenset(
            key
            for key, vouching, _ in self.accepted.get(held.id, {}).values()
            if (key in held.named if held.named else held.id in vouching or vouching & held.by)
        )
        return Arbitrator(held.id, held.since, keys if len(held.named) < 2 else frozenset(), self._interest(held))

    def _sealing(self, entry: Entry) -> frozenset[str]:
        return frozenset(each.id for each in self.panel().signing(entry.seals)) if entry.seals else frozenset()

    def _interest(self, held: _Held) -> Reason | None:
        """Why somebody is not independent: a party never is; who stands near one, only where all parties appoint knowing it."""
        who, parties = held.id, self.dispute.parties
        if who in parties:
            return Reason(f"{who} is a party", defaults.independence())
        if held.by >= {*parties}:
            return None
        register = self.clause.governing.register
        for each in parties:
            party, other = register.principal(each), register.principal(who)
            if (party is not None and who in party.signatories) or (other is not None and each in other.signatories):
                return Reason(f"{who} and {each}, a party, sign for one another", defaults.independence())
        moved = next((each for each in self.dispute.claim.about or () if who in self.movers.get(each, ())), None)
        if moved is not None:
            return Reason(f"{who} moved what the dispute is about", defaults.independence())
        return None
