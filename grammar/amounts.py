"""Money, fractions, durations, days and the times that a rule names."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction


class Unit(StrEnum):
    """A unit of time. A quarter is three calendar months beginning in January, April, July or October."""

    HOUR = "hour"
    DAY = "day"
    BUSINESS_DAY = "Business Day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in whole `unit`s, at least one (`three months`)."""

    count: int
    unit: Unit


# -- amounts ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount of one currency, named by its ISO 4217 code (`EUR 1,200`)."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Named:
    """The amount that a defined term or a noun phrase stands for (`the Rent`, `the overdue amount`).

    `name` is without its article: `Rent`, `overdue amount`.
    """

    name: str


@dataclass(frozen=True, slots=True)
class Part:
    """A fraction of another amount (`5% of the overdue amount`)."""

    share: Fraction
    of: "Amount"


@dataclass(frozen=True, slots=True)
class Sum:
    """Several amounts added up (`the sum of the Fee and the Deposit`)."""

    terms: tuple["Amount", ...]


@dataclass(frozen=True, slots=True)
class Less:
    """What is left of an amount when others are taken from it (`the Price less EUR 300 and the Deposit`)."""

    of: "Amount"
    less: tuple["Amount", ...]


@dataclass(frozen=True, slots=True)
class Rate:
    """An amount that grows with time: `share` of `of` for each `per` (a bound is a `Capped` around it).

    `interest at 1% per month on the overdue amount` is simple interest: the part of a period that has run counts in
    proportion. `for each day of delay, 0.5% of the Price` counts periods of delay as `style` says. `basis` is the day count
    of a rate of interest where the text names one.
    """

    of: "Amount"
    share: Fraction
    per: Duration
    style: "Accrual"
    basis: "DayCount | None" = None


class DayCount(StrEnum):
    """How days become a part of a year: actual days over 365 or 360, or months of 30 days in a year of 360."""

    ACTUAL_365 = "ACT/365"
    ACTUAL_360 = "ACT/360"
    THIRTY_360 = "30/360"


class Accrual(StrEnum):
    """How a `Rate` counts time: as interest (in proportion to days) or as a penalty for each full or begun period."""

    INTEREST = "interest"
    FULL_PERIODS = "each full period"
    BEGUN_PERIODS = "each period or part of it"


@dataclass(frozen=True, slots=True)
class Capped:
    """An amount that is never more than another (`..., up to EUR 100`)."""

    amount: "Amount"
    cap: "Amount"


Amount = Money | Named | Part | Sum | Less | Rate | Capped


# -- events and moments ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Event:
    """Something that may happen, as the text names it.

    An event of the lexicon has a `verb` (its base form), whatever form it was written in: `delivery of the Goods`,
    `the Seller delivers the Goods` and `the Goods are delivered` all have verb `deliver` and object `the Goods`.
    `actor`, `object` and `to` are noun phrases as written, with their article, or "" when not named. `text` is the phrase
    as written; where `verb` is "", it is all that is known (`the Effective Date`, `each meeting`).
    """

    text: str
    verb: str = ""
    actor: str = ""
    object: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar (`31 March 2027`)."""

    date: date


@dataclass(frozen=True, slots=True)
class DayOfYear:
    """The same day every year (`31 January of each year`); 29 February means the last day of that month."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class NthDay:
    """The nth day of a kind in each period (`the first Business Day of each month`, `the third Thursday of March`).

    `nth` counts from 1, or is -1 for the last. `kind` is `day`, `Business Day` or a weekday in lower case. `period` is a
    day, week, month, quarter or year: the first Monday of each week is `each Monday`, the first Business Day of each day
    `each Business Day`. `month` (1-12) narrows a yearly period to one month, 0 means none is named.
    """

    nth: int
    kind: str
    period: Unit
    month: int = 0


@dataclass(frozen=True, slots=True)
class Later:
    """The last of several days and events (`the later of delivery of the Goods and receipt of the invoice`)."""

    of: tuple[Day | Event, ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """The first of several days and events."""

    of: tuple[Day | Event, ...]


Moment = Day | DayOfYear | NthDay | Event | Later | Earlier


# -- times: when an act is to be done, or a rule applies ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Within:
    """Not later than `duration` after `after` (inclusive of the last day). `after` None: from when the duty arises."""

    duration: Duration
    after: Moment | None


@dataclass(frozen=True, slots=True)
class After:
    """Not before `duration` after `after` (`after 30 days from notice`), or simply after it (`duration` None)."""

    duration: Duration | None
    after: Moment
    clock: str = ""


@dataclass(frozen=True, slots=True)
class By:
    """Until the end of that day or the instant of that event, inclusive (`by`, `no later than`, `on or before`).

    `clock` is the time of day where the text names one, `HH:MM` or `HH:MM:SS`, else ""; so in other times.
    """

    moment: Moment
    clock: str = ""


@dataclass(frozen=True, slots=True)
class Before:
    """Strictly before the moment."""

    moment: Moment
    clock: str = ""


@dataclass(frozen=True, slots=True)
class On:
    """On that day, or at that event; with a `clock`, within the minute that it names."""

    moment: Moment
    clock: str = ""


@dataclass(frozen=True, slots=True)
class Ahead:
    """At least `least`, and where named at most `most`, before a moment (`at least ten days before a meeting`)."""

    least: Duration
    most: Duration | None
    before: Moment


@dataclass(frozen=True, slots=True)
class Each:
    """Once in every period (`each year`, `every two weeks`, `monthly`, `at least once in each quarter`)."""

    period: Duration


@dataclass(frozen=True, slots=True)
class During:
    """While a named period runs (`during the Term`, `during the voting period`)."""

    period: str


@dataclass(frozen=True, slots=True)
class Until:
    """Up to a moment, inclusive of that day."""

    moment: Moment
    clock: str = ""


@dataclass(frozen=True, slots=True)
class From:
    """From a moment on, inclusive of that day."""

    moment: Moment
    clock: str = ""


@dataclass(frozen=True, slots=True)
class For:
    """For a length of time (`for two years`, `for up to 90 days`); `after` names its start where the text does."""

    duration: Duration
    limit: "Limit"
    after: Moment | None = None


class Limit(StrEnum):
    """Whether a number is exact or a bound."""

    EXACTLY = "exactly"
    AT_MOST = "at most"
    AT_LEAST = "at least"


@dataclass(frozen=True, slots=True)
class Instalments:
    """So many payments, one in each `every` (a week, month, quarter or year): `each` the same sum, or where that is None equal
    parts of what is to be paid, of which the last takes what rounding leaves.

    They fall due on the days of `on`, from the day `first` where there is one; where `on` is None, the first on `first` and the
    others on the same day of each period after it, or the last day of a month that lacks it.
    """

    count: int
    every: Unit
    each: Money | None
    first: date | None
    on: DayOfYear | NthDay | None = None


@dataclass(frozen=True, slots=True)
class AtAllTimes:
    """Throughout: the act is a state to be kept up (`at all times`)."""


@dataclass(frozen=True, slots=True)
class AtAnyTime:
    """Whenever the actor chooses (`at any time`)."""


@dataclass(frozen=True, slots=True)
class Soon:
    """A deadline with no number (`promptly`, `without delay`, `within a reasonable time`): people decide when it was late."""

    word: str


Time = (
    Within | After | By | Before | On | Ahead | Each | During | Until | From | For | Instalments | AtAllTimes | AtAnyTime | Soon
)
