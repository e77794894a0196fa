"""Facts and orders: what is said in the record, in the language of the text."""

from dataclasses import dataclass
from datetime import date

from syngraph.grammar.amounts import Amount, Event, Unit
from syngraph.grammar.measures import Level


@dataclass(frozen=True, slots=True)
class Fact:
    """What happened on a day (`On 1 March 2027, Bora paid EUR 1,200 to Carla under section 3.1.`).

    `event` has the verb in its base form; for `the condition of section 4.2 was met` its verb is `meet` and its object the
    condition. `under` names the section (id with `#`, or typed number) that the fact speaks of, "" if none.
    `happened` is False for `did not`.
    """

    day: date
    event: Event
    amount: Amount | None = None
    under: str = ""
    happened: bool = True
    time: str = ""
    """Time of day `HH:MM` or `HH:MM:SS`, "" when the fact names none."""
    measured: Level | None = None
    """The level at which a quantity was (`the Availability was 99.2%`), None for what somebody did."""
    period: Unit | None = None
    """The period of the calendar, ending on `day`, that a measure is of; None where it is of a day or an instant."""


@dataclass(frozen=True, slots=True)
class Order:
    """What an award does to the text or to an earlier event; orders to pay or act are obligations.

    `effect` is `void`, `set aside` or `excused`; `subject` is what it is done to, `section` the section named.
    """

    effect: str
    subject: str
    section: str = ""
    day: date | None = None
