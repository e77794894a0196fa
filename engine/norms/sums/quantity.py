"""Counts and measures of things beside money: `200 chairs`, `1,500 kg of rice`, `12.5 hours of support`.

A quantity is an exact number of one unit, and the unit is the noun: nothing is converted, and kilograms are not added to tons.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from syngraph.engine.norms.words.wording import noun, plain
from syngraph.grammar.phrases.numbers import CURRENCIES, HUNDRED, WORD_NUMBER, number

MEASURES = frozenset(
    ["kg", "g", "mg", "t", "km", "m", "cm", "mm", "l", "ml", "kwh", "mwh", "gb", "tb", "ha", "m2", "m3", "m²", "m³", "lb", "oz"]
)
"""Units that have no plural."""
_LONGEST = 200
_COUNTED = re.compile(
    rf"(?:a\stotal\sof\s)?(?:(?P<figure>\d{{1,3}}(?:,\d{{3}}){{1,4}}(?:\.\d{{1,6}})?|\d{{1,12}}(?:\.\d{{1,6}})?)"
    rf"|(?P<words>(?i:{HUNDRED}|{WORD_NUMBER}))(?:\s\(\d[\d,]{{0,12}}\))?)\s(?:of\s(?:the\s|these\s|those\s)?)?(?P<thing>\S.*)"
)


_ONE = re.compile(r"(?!a\stotal\sof\s)(?i:an?|the|another|one\smore)\s(?P<thing>\S.*)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many of a `unit`: the noun in the singular and lower case. `thing` is the phrase without the number."""

    count: Fraction
    unit: str
    thing: str

    def __str__(self) -> str:
        return f"{figure(self.count)} {self.thing}"


@lru_cache(maxsize=8192)
def quantity(phrase: str) -> Quantity | None:
    """How many of what a noun phrase speaks of, None where it begins with no number of things.

    >>> quantity("1,500 kg of rice").count, quantity("two hundred chairs of oak").unit, quantity("120 of the chairs").thing
    (Fraction(1500, 1), 'chair', 'chairs')
    >>> quantity("a chair").count
    Fraction(1, 1)
    >>> quantity("EUR 5"), quantity("2027 budget"), quantity("the chairs")
    (None, None, None)
    """
    if one := _ONE.fullmatch(phrase.strip()[:_LONGEST]):
        return _single(one["thing"])
    found = _COUNTED.fullmatch(phrase.strip()[:_LONGEST])
    if found is None or found["thing"].split()[0] in CURRENCIES:
        return None
    thing = found["thing"]
    count = Fraction(found["figure"].replace(",", "")) if found["figure"] else Fraction(number(found["words"]))
    head = noun(thing).head
    if not head or (_is_singular(thing) and head not in MEASURES and count != 1):
        return None  # `2027 budget` is no number of budgets
    return Quantity(count, head, thing)


def _single(thing: str) -> Quantity | None:
    head = noun(thing).head
    return Quantity(Fraction(1), head, thing) if head and _is_singular(thing) and not thing[0].isdigit() else None


def _is_singular(thing: str) -> bool:
    head = noun(thing).head
    return any(word.strip(",").casefold() == head for word in thing.split())


def asked(thing: str, bodies: Mapping[str, str]) -> Quantity | None:
    """How many things an act asks for, by the words of its object or by the definition of its term; one is not counted."""
    found = quantity(thing)
    if found is None or found.count == 1:
        found = quantity(bodies.get(plain(thing), ""))
    return None if found is None or found.count == 1 else found


def uncounted(phrase: str) -> str:
    """A noun phrase without the number that it begins with."""
    found = quantity(phrase)
    return phrase if found is None else found.thing


def figure(count: Fraction) -> str:
    """A number in figures, as a fraction where no decimal of six places says it.

    >>> figure(Fraction(1500)), figure(Fraction(25, 2)), figure(Fraction(1, 3))
    ('1,500', '12.5', '1/3')
    """
    scaled = count * 10**6
    if scaled.denominator != 1:
        return f"{count}"
    whole, part = divmod(scaled.numerator, 10**6)
    return f"{whole:,}" + (f".{part:06d}".rstrip("0") if part else "")
