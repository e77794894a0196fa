"""A row of a table as a fact: which column is what, and how days, sums and names are written there."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.engine.norms.told.measures import is_measure, measure, month_of
from syngraph.engine.text.provenance import Place
from syngraph.grammar import lexicon
from syngraph.grammar.amounts import Event, Money
from syngraph.grammar.phrases import numbers as phrases
from syngraph.grammar.rules import Fact

T = TypeVar("T")
K = TypeVar("K")

COLUMNS = ("date", "time", "actor", "act", "object", "to", "amount", "currency", "under")
REQUIRED = ("date", "actor", "act")
LONGEST = 1000
"""The longest value of a column, in characters."""


class Days(StrEnum):
    """In which order a day is written as three numbers with strokes or dots."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


class Negative(StrEnum):
    """What a sum below zero means."""

    REFUSE = "refuse"
    """Nothing: the row is refused."""
    SKIP = "skip"
    """Something that is no fact here: the row is passed over."""
    SWAP = "swap"
    """That it went the other way: actor and counterparty change places, as in a bank statement."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is written.

    `names` says for a column of ours what it is called there (`{"date": "Buchungstag"}`), in any case; one that it leaves out
    is called as here. `constants` are values that every row has. With `comma` sums are written `1.200,50`. `days` is the order
    of numbers in `31/03/2027`; `31.03.2027` is day first without being told. `negative` is what a sum below zero means.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    comma: bool = False
    days: Days | None = None
    negative: Negative = Negative.REFUSE

    def called(self, column: str) -> str:
        """What a column of ours is called there."""
        return self.names.get(column, column).strip()


PLAIN = Layout()


class BadRowError(Exception):
    """A row that is no fact: its column ("" for the row as a whole), what was found, and what to do."""

    def __init__(self, column: str, message: str, help: str) -> None:
        super().__init__(column, message, help)
        self.column = column
        self.message = message
        self.help = help


class Rows:
    """Makes facts of the rows of one table. Equal cells are read once."""

    def __init__(self, layout: Layout = PLAIN) -> None:
        self._layout = layout
        self._days: dict[str, tuple[date, str]] = {}
        self._sums: dict[tuple[str, str], tuple[Money, bool]] = {}
        self._verbs: dict[str, str] = {}
        self._events: dict[tuple[str, str, str, str], Event] = {}

    def values(self, row: Mapping[str, str]) -> dict[str, str]:
        """The values of a row by our columns, those included that every row has.

        Raises: BadRowError where a column is missing that every row needs, or a value is too long.
        """
        found = {column: value.strip() for column, value in row.items()}
        found.update(self._layout.constants)
        for column, value in found.items():
            if len(value) > LONGEST:
                raise BadRowError(column, f"found {len(value)} characters, expected at most {LONGEST}", "shorten the value")
        for column in REQUIRED:
            if not found.get(column) and not (column == "actor" and is_measure(found)):
                raise BadRowError(column, "found nothing", f"every row needs {', '.join(REQUIRED)}")
        return found

    def fact(self, path: str, line: int, row: Mapping[str, str], sentence: str) -> RecordedFact | None:
        """The fact that a row tells, None for one that is passed over.

        Raises: BadRowError
        """
        values = self.values(row)
        if is_measure(values):
            return RecordedFact(f"{path}:{line}", self._measure(values), Place(path, line, 1), sentence)
        day, clock = _known(self._days, values["date"], lambda: self._day(values["date"]))
        time = values.get("time", "") or clock
        if values.get("time"):
            time = _read("time", values["time"], "a time of day such as 14:30", _time)
        money, is_below = None, False
        actor, to = values["actor"], values.get("to", "")
        if values.get("amount"):
            place = (values["amount"], values.get("currency", ""))
            money, is_below = _known(self._sums, place, lambda: self._sum(*place))
        if is_below:
            if self._layout.negative is Negative.SKIP:
                return None
            if not to:
                raise BadRowError("to", "found nothing, and the sum went the other way", "say who got it")
            actor, to = to, actor
        act, thing = values["act"], values.get("object", "")
        verb = _known(self._verbs, act, lambda: _verb(act))
        words = (actor, act, thing, to)
        event = _known(self._events, words, lambda: Event(" ".join(filter(None, words[:3])), verb, actor, thing, to))
        under = values.get("under", "").removeprefix("section ").strip()
        fact = Fact(day, event, money, under, time=time)
        return RecordedFact(f"{path}:{line}", fact, Place(path, line, 1), sentence)

    def _measure(self, values: Mapping[str, str]) -> Fact:
        month = month_of(values["date"])
        day, time = ("", "") if month else self._day(values["date"])
        if values.get("time") and not month:
            time = _read("time", values["time"], "a time of day such as 14:30", _time)
        fact = measure(month or day, time, values)
        if fact is None:
            expected = "what was measured, with its unit, such as 9 °C or 99.2%"
            raise BadRowError("amount", f"found {values.get('amount', '')!r}, expected {expected}", "correct the value")
        under = values.get("under", "").removeprefix("section ").strip()
        return replace(fact, under=under)

    def _day(self, text: str) -> tuple[date, str]:
        order = self._layout.days
        like = "31/03/2027" if order is Days.DMY else "03/31/2027" if order is Days.MDY else "2027-03-31"
        return _read("date", text, f"a day such as {like}", lambda one: _day(one, order))

    def _sum(self, text: str, currency: str) -> tuple[Money, bool]:
        expected = "an amount with its currency such as EUR 1,200"
        if self._layout.comma:
            expected = "an amount with its currency such as EUR 1.200,00"
        money, is_below = _read("amount", text, expected, lambda one: _money(one, currency, self._layout.comma))
        if is_below and self._layout.negative is Negative.REFUSE:
            raise BadRowError(
                "amount", f"found {text!r}, a sum below zero", "say what that means: skip such rows, or swap who paid"
            )
        return money, is_below


# -- cells -------------------------------------------------------------------------------------------------------------


_NUMBERS = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})", re.ASCII)
_STAMP = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)", re.ASCII)
_SIGNED = re.compile(r"(?P<sign>[+\u2212-]?)\s?(?P<rest>.*?)(?P<after>-?)")
_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})*(?:\.\d{1,12})?|\d{1,24}(?:\.\d{1,12})?", re.ASCII)
_COMMA_FIGURE = re.compile(r"\d{1,3}(?:[.\s]\d{3})*(?:,\d{1,12})?|\d{1,24}(?:,\d{1,12})?", re.ASCII)


def _known(memory: dict[K, T], key: K, reading: Callable[[], T]) -> T:
    found = memory.get(key)
    if found is None:
        found = memory[key] = reading()
    return found


def _read(column: str, text: str, expected: str, reading: Callable[[str], T]) -> T:
    try:
        return reading(text)
    except (ValueError, ArithmeticError):
        raise BadRowError(column, f"found {text!r}, expected {expected}", "correct the value; nothing was imported") from None


def _day(text: str, order: Days | None) -> tuple[date, str]:
    if stamp := _STAMP.fullmatch(text):
        return date.fromisoformat(stamp[1]), _time(stamp[2])
    if numbers := _NUMBERS.fullmatch(text):
        first, sign, second, third = numbers.groups()
        if len(first) == _YEAR:
            return date(int(first), int(second), int(third)), ""
        by = order if order in (Days.DMY, Days.MDY) else Days.DMY if sign == "." else None
        if by is None or len(third) != _YEAR:
            raise ValueError("no day that can be told")
        day, month = (first, second) if by is Days.DMY else (second, first)
        return date(int(third), int(month), int(day)), ""
    if not re.fullmatch(phrases.CALENDAR_DAY, text) or text.startswith("the"):
        raise ValueError("no day")
    return phrases.day(text), ""


_YEAR = 4


def _time(text: str) -> str:
    if not re.fullmatch(phrases.CLOCK, text):
        raise ValueError("no time")
    return phrases.clock(text)


def _money(text: str, currency: str, comma: bool) -> tuple[Money, bool]:
    """A sum, and whether it is below zero."""
    found = _SIGNED.fullmatch(text)
    rest = found["rest"] if found else text
    is_below = bool(found and (found["sign"] in ("-", "−") or found["after"]))
    code = re.match(r"[A-Z]{3}\s|[$€£¥]\s?", rest) or re.search(r"\s[A-Z]{3}$|\s?[€]$", rest)
    figure = (rest[: code.start()] + rest[code.end() :] if code else rest).strip()
    if figure.startswith("-"):
        figure, is_below = figure[1:], True
    if not (_COMMA_FIGURE if comma else _FIGURE).fullmatch(figure):
        raise ValueError("no sum")
    if comma:
        figure = re.sub(r"[.\s]", "", figure).replace(",", ".")
    unit = code[0].strip() if code else currency.strip()
    if code and currency.strip() and phrases.money(f"{unit} 1").currency != phrases.money(f"{currency.strip()} 1").currency:
        raise ValueError("two currencies")
    money = phrases.money(f"{unit} {figure}")
    if len(money.currency) != 3 or not money.currency.isupper():
        raise ValueError("no currency")
    return money, is_below


def _verb(act: str) -> str:
    """The base form of `paid`, `pays`, `pay` or `payment`."""
    word = act.casefold().split()[0]
    known = lexicon.current()
    if word in known.verbs:
        return word
    return lexicon.base_of_third(word) or known.nouns.get(word, "") or lexicon.base_of_past(word) or word
