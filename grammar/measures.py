"""What is measured: figures with their units, ranges of them, and the levels at which something is to be or was.

All figures are exact and kept in one unit of their dimension, so that 48 °F and 9 °C can be compared.
"""

from dataclasses import dataclass
from fractions import Fraction

from syngraph.grammar.amounts import Duration, Event, Unit


@dataclass(frozen=True, slots=True)
class Range:
    """Figures from `least` to `most` of one dimension (None: without bound), each bound included unless it is `open`.

    `dimension` is `temperature` in degrees Celsius, `share` in hundredths, `time` in seconds, `length` in metres, `mass` in
    grams, `volume` in litres, another unit as written, or "" for bare numbers.
    """

    dimension: str
    least: Fraction | None = None
    most: Fraction | None = None
    open_least: bool = False
    open_most: bool = False

    def holds(self, other: "Range") -> bool | None:
        """Whether all of another range lies within this one; None when only part of it does, or they cannot be compared."""
        if self.dimension != other.dimension:
            return None
        if self._is_above(other) or other._is_above(self):
            return False
        return True if self._reaches_down(other) and self._reaches_up(other) else None

    def within(self, other: "Range") -> "Range | None":
        """The figures that are in both ranges, None where there are none or they cannot be compared.

        >>> Range("share", most=Fraction(99), open_most=True).within(Range("share", Fraction(98))).least
        Fraction(98, 1)
        """
        if self.dimension != other.dimension or self._is_above(other) or other._is_above(self):
            return None
        low = other if self._reaches_down(other) else self
        high = other if self._reaches_up(other) else self
        return Range(self.dimension, low.least, high.most, low.open_least, high.open_most)

    def _is_above(self, other: "Range") -> bool:
        if self.least is None or other.most is None:
            return False
        return self.least > other.most or (self.least == other.most and (self.open_least or other.open_most))

    def _reaches_down(self, other: "Range") -> bool:
        if self.least is None or other.least is None:
            return self.least is None
        return self.least < other.least or (self.least == other.least and (not self.open_least or other.open_least))

    def _reaches_up(self, other: "Range") -> bool:
        if self.most is None or other.most is None:
            return self.most is None
        return self.most > other.most or (self.most == other.most and (not self.open_most or other.open_most))


@dataclass(frozen=True, slots=True)
class Level:
    """That a quantity (a noun phrase as written) is within a range, or with `outside` that it is not."""

    quantity: str
    range: Range
    outside: bool = False

    def holds(self, measured: "Level") -> bool | None:
        """Whether what was measured is so; None when it cannot be told from that.

        >>> dry = Level("the humidity", Range("share", most=Fraction(70)))
        >>> dry.holds(Level("the humidity", Range("share", Fraction(65), Fraction(65))))
        True
        """
        if measured.outside:
            return self.outside if measured.range.holds(self.range) else None
        found = self.range.holds(measured.range)
        return found if found is None or not self.outside else not found


@dataclass(frozen=True, slots=True)
class Measured:
    """A condition on what is measured (`the Availability is below 98% in two successive months`).

    `text` is all of it as written. `per` is the period that a measure must be of, None for any. It must be so `count` times,
    `consecutive` or not, and with `within` in a period of that length. `before` is the event after which it does not matter.
    `aside` is what else the text says of it (`during transport`), which no measure tells. `each` is the step for each of
    which something is counted (`for each full percentage point`), `begun` whether a part of a step counts as a whole.
    """

    text: str
    level: Level
    per: Unit | None = None
    count: int = 1
    consecutive: bool = False
    within: Duration | None = None
    before: Event | None = None
    aside: str = ""
    each: Fraction | None = None
    begun: bool = False

    def steps(self, measured: Range) -> int | None:
        """How many steps a measure lies beyond the bound, None when that cannot be told or nothing is counted in steps.

        >>> short = Level("the Uptime", Range("share", most=Fraction(99), open_most=True))
        >>> Measured("", short, each=Fraction(1)).steps(Range("share", Fraction(96), Fraction(96)))
        3
        """
        asked = self.level.range
        if self.each is None or measured.least is None or measured.least != measured.most or self.level.outside:
            return None
        bound = asked.most if asked.least is None else asked.least
        if asked.dimension != measured.dimension or bound is None or (asked.least is not None and asked.most is not None):
            return None
        beyond = (bound - measured.least if asked.least is None else measured.least - bound) / self.each
        if beyond < 0:
            return 0
        return -(-beyond.numerator // beyond.denominator) if self.begun else beyond.numerator // beyond.denominator
