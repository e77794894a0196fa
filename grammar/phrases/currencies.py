"""Currencies by their names, rates of exchange that a record tells, and the words with which a text lets one be paid in another."""

import re
from decimal import Decimal
from fractions import Fraction

from syngraph.grammar.amounts import Event
from syngraph.grammar.measures import Level, Range
from syngraph.grammar.phrases.measures import LONGEST
from syngraph.grammar.phrases.numbers import CALENDAR_DAY, CURRENCIES, SIGNS, day
from syngraph.grammar.rules.record import Fact

RATE = "the exchange rate"
"""How a fact calls a rate of exchange."""
ANY = "*"
"""Stands for whatever currency is paid in."""
_NAMES = {
    r"euros?": "EUR",
    r"(?:US|U\.S\.|American|United\sStates)\sdollars?": "USD",
    r"(?:British\spounds?|pounds?\ssterling|sterling)": "GBP",
    r"Swiss\sfrancs?": "CHF",
    r"(?:Japanese\s)?yen": "JPY",
    r"Canadian\sdollars?": "CAD",
    r"Australian\sdollars?": "AUD",
    r"New\sZealand\sdollars?": "NZD",
    r"Swedish\skron(?:a|or)": "SEK",
    r"Norwegian\skron(?:e|er)": "NOK",
    r"Danish\skron(?:e|er)": "DKK",
    r"(?:Polish\s)?z[lł]oty(?:s|ch)?": "PLN",
}
_OTHER = r"(?:(?:any|another|a\sdifferent|a\sforeign|any\sother|any\sforeign)\scurrency|other\scurrencies|foreign\scurrency)"
_ONE = rf"(?:{'|'.join(CURRENCIES)}|{'|'.join(_NAMES)})"
CURRENCY = rf"(?:{_ONE}(?:,\s{_ONE})*(?:\sor\s{_ONE})?|{_OTHER})(?!\w)"
"""One currency, several, or any other than that of the debt, by code or name."""
_FIGURE = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.\d{1,12})?(?![\d]|[.,]\d)"
_CODE = "|".join(CURRENCIES)
_SIDE = rf"(?:(?:(?:{_CODE})\s?|[$€£¥]\s?){_FIGURE}|{_FIGURE}\s?(?:{_CODE}|€)|(?:one|1)\s(?:{'|'.join(_NAMES)}))(?!\w)"
_BETWEEN = rf"(?:\s(?:between|of|for|from)\s(?:the\s)?{_ONE}\s(?:and|to|into|against)\s(?:the\s)?{_ONE})?"
_TOLD = re.compile(
    rf"(?:[Tt]he\s(?:exchange\srate|rate\sof\sexchange){_BETWEEN}\swas\s(?P<this>{_SIDE})\s(?:for|per|to|=|against)\s(?P<that>{_SIDE})"
    rf"|(?P<one>{_SIDE})\s(?:was|were|equalled|was\sequal\sto|was\sworth|bought|cost|came\sto)\s(?P<other>{_SIDE}))"
)
_WHEN = rf"[Oo]n\s(?P<day>{CALENDAR_DAY})"
_FRONT = re.compile(rf"{_WHEN},\s(?=\S)")
_BACK = re.compile(rf"\s{_WHEN}$")
_DAY_OF_PAYMENT = "at the exchange rate of the day of payment"
_ALLOWED = re.compile(rf"(?:(?P<what>.{{1,80}}?)\s)?in\s(?P<currency>{CURRENCY})\s{_DAY_OF_PAYMENT}")


def exchanged(clause: str) -> Fact | None:
    """The fact that a rate of exchange was so much on a day, None for any other clause.

    Raises: NoSuchDayError

    >>> rate_of(exchanged("On 3 March 2027, the exchange rate was USD 1.08 for EUR 1"))
    ('EUR', 'USD', Fraction(27, 25))
    >>> exchanged("On 3 March 2027, the fee was USD 1") is None
    True
    """
    if len(clause) > LONGEST:
        return None
    on = _FRONT.match(clause) or _BACK.search(clause)
    if on is None:
        return None
    said = _TOLD.fullmatch((clause[: on.start()] + clause[on.end() :]).strip())
    if said is None:
        return None
    here, there = (said["that"], said["this"]) if said["this"] else (said["one"], said["other"])
    (first, one), (second, other) = _side(here), _side(there)
    if first == second or not one or not other:
        return None
    rate = Fraction(other) / Fraction(one)
    what = f"{second} {other:,f} for {first} {one:,f}"
    level = Level(RATE, Range(f"{second} for {first} 1", rate, rate))
    return Fact(day(on["day"]), Event(f"{RATE} was {what}", "be", "", RATE), measured=level)


def rate_of(fact: Fact | None) -> tuple[str, str, Fraction] | None:
    """Two currencies and how much of the second was worth one of the first; None for what tells no rate of exchange."""
    level = fact.measured if fact is not None else None
    if level is None or level.quantity != RATE or level.range.least is None:
        return None
    second, _, first = level.range.dimension.partition(" for ")
    return first.removesuffix(" 1"), second, level.range.least


def payable_in(words: str) -> tuple[str, frozenset[str]] | None:
    """What may be paid, "" where that is not said, and in which currencies (`ANY` for all); None where the words do not let
    anything be paid at the rate of the day of payment.

    >>> payable_in("the Loan in US dollars at the exchange rate of the day of payment")
    ('the Loan', frozenset({'USD'}))
    """
    found = _ALLOWED.fullmatch(words) if len(words) <= LONGEST else None
    if found is None:
        return None
    if re.fullmatch(_OTHER, found["currency"]):
        return found["what"] or "", frozenset({ANY})
    return found["what"] or "", frozenset(_code(one) for one in re.split(r",\s|\sor\s", found["currency"]))


def _side(text: str) -> tuple[str, Decimal]:
    """The currency and the figure of one side of a rate."""
    figure = re.search(_FIGURE, text)
    name = text.removeprefix("one") if figure is None else text[: figure.start()] + text[figure.end() :]
    code = _code(name.strip())
    return SIGNS.get(code, code), Decimal(figure[0].replace(",", "")) if figure is not None else Decimal(1)


def _code(name: str) -> str:
    return next((code for words, code in _NAMES.items() if re.fullmatch(words, name)), name)
