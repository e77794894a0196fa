"""What becomes of something by itself: no one acts, a circumstance is enough."""

from dataclasses import dataclass
from enum import StrEnum

from syngraph.grammar.amounts import Amount, Event, Time
from syngraph.grammar.rules.circumstances import Condition, Priority


class Effect(StrEnum):
    """What becomes of a thing."""

    DEEMED = "is deemed"
    """An act counts as done (`the Goods are deemed accepted`)."""
    DUE = "becomes due"
    """What was to be paid later is to be paid (`the balance becomes due`)."""
    REDUCED = "is reduced"
    """A sum is less than the text says elsewhere (`the Price is reduced by 20%`)."""
    INCREASED = "is increased"
    """A sum is more than the text says elsewhere."""
    PASSES = "passes"
    """It is somebody else's from then on (`title to the Goods passes to the Buyer`)."""
    REMAINS = "remains"
    """It is somebody's until then (`the Goods remain the property of the Seller until ...`)."""
    OCCURS = "occurs"
    """An event that the text names has happened (`an Event of Default occurs`)."""
    DISAPPLIED = "does not apply"
    """A section asks and allows nothing from then on (`section 3 does not apply if ...`)."""


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of something when a condition holds, or at a time; without both, from the beginning.

    `subject` is what it becomes of, as written (`the Goods`); of `DISAPPLIED` the sections. `said` is what it becomes where the
    effect alone does not tell: `accepted`, `to have accepted the Goods`, whose it is. `event` is what a fact would have to tell
    for the same to follow, of an act that counts as done, of what passes and of what occurs. `by` is by how much a sum
    changes; of a share of itself a `Part` of the subject. A time that counts from an event (`two Business Days after posting`)
    is the last day of that time, and not the first after it.
    """

    effect: Effect
    subject: str
    said: str = ""
    event: Event | None = None
    by: Amount | None = None
    times: tuple[Time, ...] = ()
    conditions: tuple[Condition, ...] = ()
    priority: tuple[Priority, ...] = ()
