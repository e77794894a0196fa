"""A row of a table that tells what a quantity was: `2027-03-10,22:00,,measured,the temperature of the Goods,,9 °C`."""

import re
from collections.abc import Mapping
from datetime import date

from syngraph.grammar.amounts import Unit
from syngraph.grammar.phrases.currencies import exchanged
from syngraph.grammar.phrases.levels import told
from syngraph.grammar.phrases.numbers import MONTHS
from syngraph.grammar.rules import Fact

MEASURING = frozenset({"measured", "measure", "was", "were", "measurement"})
"""What a row says of what was measured, where a fact has its verb."""
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
_NAMED = re.compile(r"(?:the|its|their|our|each|an?)\s", re.IGNORECASE)


def is_measure(values: Mapping[str, str]) -> bool:
    """Whether the values of a row tell what a quantity was: nobody acts in it, and it has a quantity and a figure."""
    return not values.get("actor") and values.get("act", "").casefold() in MEASURING and bool(values.get("object"))


def month_of(text: str) -> str:
    """A month written in numbers (`2027-01`) in words, "" where the text is no month.

    >>> month_of("2027-01"), month_of("2027-01-05")
    ('January 2027', '')
    """
    found = _MONTH.fullmatch(text.strip())
    return f"{tuple(MONTHS)[int(found[2]) - 1]} {found[1]}" if found else ""


def measure(day: date | str, time: str, values: Mapping[str, str]) -> Fact | None:
    """The fact that a row tells of a day, or of a month in words; None where its figure is none."""
    thing = values["object"]
    thing = thing if _NAMED.match(thing) else f"the {thing}"
    at = f" at {time}" if time else ""
    when = f"In {day}" if isinstance(day, str) else f"On {day.isoformat()}{at}"
    said = f"{when}, {thing} was {values.get('amount', '')}"
    return exchanged(said) or told(said)


def cells(fact: Fact) -> tuple[str, str, str] | None:
    """The day or month, the time and the figure of a row that tells a measure, None where no row can tell it."""
    said = fact.event.text.removeprefix(f"{fact.event.object} was ")
    if fact.measured is None or said == fact.event.text or fact.period not in (None, Unit.MONTH):
        return None
    month = fact.period is Unit.MONTH
    return f"{fact.day:%Y-%m}" if month else fact.day.isoformat(), "" if month else fact.time, said
