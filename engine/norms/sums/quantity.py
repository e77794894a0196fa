"""Counts and measures of things beside money: `200 chairs`, `1,500 kg of rice`, `12.5 hours of support`.

A quantity is an exact number of one unit, and the unit is the noun: nothing is converted, and kilograms are not added to tons.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from syngraph.engine.norms.words.wording import noun, plain
from syngraph.grammar.phrases.numbers import CARDINALS, CURRENCIES, HUNDRED, WORD_NUMBER, number

MEASURES = frozenset(
    ["kg", "g", "mg", "t", "km", "m", "cm", "mm", "l", "ml", "kwh", "mwh", "gb", "tb", "ha", "m2", "m3", "m²", "m³", "lb", "oz"]
)
"""Units that have no plural."""
_LONGEST = 200
_COUNTED = re.compile(
    rf"(?:a\stotal\sof\s)?(?:(?P<figure>\d{{1,3}}(?:,\d{{3}}){{1,4}}(?:\.\d{{1,6}})?|\d{{1,12}}(?:\.\d{{1,6}})?)"
    rf"|(?P<words>(?i:{HUNDRED}|{WORD_NUMBER}))(?:\s\(\d[\d,]{{0,12}}\))?)\s(?:of\s(?:the\s|these\s|those\s)?)?(?P<thing>\S.*)"
)


_DOZEN = re.compile(
    r"(?:(?P<half>half\sa)|(?P<one>an?|one|the)|(?P<n>\w{1,12}))\sdozen\s(?:of\s(?:the\s)?)?(?P<thing>\S.*)", re.IGNORECASE
)
_LEAST = re.compile(r"(?:at\sleast|(?:not|no)\s(?:less|fewer)\sthan|a\sminimum\sof)\s(?=\S)", re.IGNORECASE)
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
    if dozen := _DOZEN.fullmatch(phrase.strip()[:_LONGEST]):
        return _dozens(dozen)
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


def _dozens(found: re.Match[str]) -> Quantity | None:
    said = found["n"]
    if said and not said.isdecimal() and said.casefold() not in CARDINALS:
        return None
    count = Fraction(6) if found["half"] else 12 * Fraction(number(said)) if said else Fraction(12)
    head = noun(found["thing"]).head
    return Quantity(count, head, found["thing"]) if head else None


def _single(thing: str) -> Quantity | None:
    head = noun(thing).head
    return Quantity(Fraction(1), head, thing) if head and _is_singular(thing) and not thing[0].isdigit() else None


def _is_singular(thing: str) -> bool:
    head = noun(thing).head
    return any(word.strip(",").casefold() == head for word in thing.split())


def asked(thing: str, bodies: Mapping[str, str]) -> Quantity | None:
    """How many things an act asks for at the least, by the words of its object or by the definition of its term; one is not
    counted.

    >>> asked("at least three keys", {}).count, asked("a key", {})
    (Fraction(3, 1), None)
    """
    found = quantity(_least(thing))
    if found is None or found.count == 1:
        found = quantity(_least(bodies.get(plain(thing), "")))
    return None if found is None or found.count == 1 else found


def _least(phrase: str) -> str:
    opening = _LEAST.match(phrase)
    return phrase[opening.end() :] if opening else phrase


def uncounted(phrase: str) -> str:
    """A noun phrase without the number that it begins with."""
    found = quantity(_least(phrase))
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
