"""Sums of money that a phrase names: amounts, parts, interest and its day count, what bounds another sum."""

import re

from syngraph.grammar.amounts import Accrual, Amount, DayCount, Duration, Less, Named, Part, Rate, Sum, Unit
from syngraph.grammar.phrases.numbers import (
    FRACTION,
    MONEY,
    PERCENT,
    RATE_ADVERBS,
    UNIT,
    fraction,
    money,
    unit,
)

_BASE = r"(?:the\s|its\s|their\s|that\s)?(?P<of>[\w’'-]+(?:\s(?!(?:for|from|until|by|to|per|within|on|at|and|or|in|up|if)\b)[\w’'-]+)*)"
_BASIS = r"(?i:(?:act(?:ual)?)/36[05]|30/360)"
_BASED = rf"(?:,?\s(?:on\s(?:an?|the)\s(?:basis\sof\s)?|\()?{_BASIS}(?:\s(?:basis|day\scount))?\)?)?"
_AT_RATE = rf"(?:\s(?:of|at))?(?:\s(?:the|a)\s(?:simple\s)?rate\sof)?\s(?P<share>{FRACTION})\s(?:simple\s)?(?:(?:an?|per|each|every)\s(?P<unit>{UNIT}|annum)|(?P<yearly>p\.\s?a\.?)|(?P<often>{'|'.join(RATE_ADVERBS)}))(?:\ssimple)?"
_ON_BASE = rf"\s(?:on|of)\s(?:(?P<sum>{MONEY})|{_BASE})"
_INTEREST = re.compile(rf"interest{_AT_RATE}{_BASED}(?:{_ON_BASE})?")
_INTEREST_ON = re.compile(rf"interest{_ON_BASE}{_AT_RATE}")
_LATER_BASE = re.compile(rf"(?!\s\w+\s(?:an?\s|the\s)?(?i:30/|act|basis|36[05]|year)){_ON_BASE}")
_YEAR_OF = r"\b(?:365|360)-day\syear|\byears?\sof\s(?:365|360|three\shundred\s(?:and\s)?sixty(?:-five)?)\sdays"
_MONTHS_OF = r"\bmonths?\sof\s(?:30|thirty)\sdays|\b30[\s-]day\smonths"
_COUNTS = re.compile(rf"(?<![\w/])(?P<named>{_BASIS})(?![\w/])|(?P<months>{_MONTHS_OF})|(?P<year>{_YEAR_OF})")
DAY_COUNT = rf"{_BASIS}|{_MONTHS_OF}|{_YEAR_OF}"
"""How a text names the days of a year of interest."""
_PART_OF = re.compile(rf"(?P<share>{FRACTION})\sof\s(?:(?P<sum>{MONEY})|{_BASE})")
_ENDLESS = re.compile(r"\d{40}")
"""A figure that is no amount, and takes long to be looked through."""
_SUM = re.compile(r"(?:the\s)?sum\sof\s(?P<terms>.+\sand\s.+)$")
_MONEY = re.compile(MONEY)
_TAKEN = rf"(?:{MONEY}|{FRACTION}\sof\s(?:{MONEY}|the\s[\w’'-]+(?:\s[A-Z][\w’'-]*)*)|(?:the|its|any|an?)\s[\w’'-]+(?:\s(?!less\b|minus\b|and\b)[\w’'-]+){{0,5}})"
_LESS = re.compile(
    rf"(?:^|,\s(?:being\s|namely\s)?|\b(?:balance|remainder|rest)\sof\s)(?P<of>{MONEY}|the\s[\w’'-]+(?:\s[A-Z][\w’'-]*){{0,4}}),?\s(?:less|minus)\s"
    rf"(?P<less>{_TAKEN}(?:,\s{_TAKEN}){{0,11}}(?:,?\sand\s{_TAKEN})?),?$"
)
_BETWEEN = re.compile(r",?\sand\s|,\s")
_ARTICLE = re.compile(r"^(?:the|its|any|an?)\s")


def amount(text: str) -> Amount | None:
    """The sum of money that a phrase names, None if it names none.

    >>> amount("a late fee of 5% of the overdue amount")
    Part(share=Fraction(1, 20), of=Named(name='overdue amount'))
    """
    lessened = " less " in text or " minus " in text
    if not (
        lessened or any(character.isdigit() or character == "%" for character in text) or " of " in text or "interest" in text
    ):
        return None
    if _ENDLESS.search(text):
        return None
    if lessened and (left := _LESS.search(text)):
        of = money(left["of"]) if _MONEY.match(left["of"]) else Named(_ARTICLE.sub("", left["of"]))
        return Less(of, tuple(amount(part) or Named(_ARTICLE.sub("", part)) for part in _BETWEEN.split(left["less"])))
    if (terms := _SUM.match(text)) and not _MONEY.match(terms["terms"]):
        parts = re.split(r",\s(?:and\s)?|\sand\s", terms["terms"])
        return Sum(tuple(amount(part) or Named(re.sub(r"^(?:the|an?)\s", "", part)) for part in parts))
    if "interest" in text and (match := _INTEREST_ON.search(text) or _INTEREST.search(text)):
        said: dict[str, str] = match.groupdict()
        if not said["sum"] and not said["of"] and (base := _LATER_BASE.search(text, match.end())):
            said.update(base.groupdict())  # the day count stands between the rate and what it is of
        of = money(said["sum"]) if said["sum"] else Named(said["of"] or "overdue amount")
        return Rate(of, fraction(said["share"]), Duration(1, _rated(said)), Accrual.INTEREST, day_count(text))
    if " of " in text and (match := _PART_OF.search(text)):
        return Part(fraction(match["share"]), money(match["sum"]) if match["sum"] else Named(match["of"]))
    if match := _MONEY.search(text):
        return money(match[0])
    return None


def _rated(said: dict[str, str]) -> Unit:
    """The unit for which a rate of interest is said."""
    if said["often"]:
        return RATE_ADVERBS[said["often"]]
    return Unit.YEAR if said["unit"] in (None, "annum") else unit(said["unit"])


def day_count(text: str) -> DayCount | None:
    """The day count that a phrase about interest names, wherever it does.

    >>> day_count("interest at 6% per year on the overdue amount, counted 30/360").value
    '30/360'
    >>> day_count("interest at 6% per annum on the basis of a year of 360 days").value
    'ACT/360'
    """
    found = {kind: match[0] for match in _COUNTS.finditer(text) if (kind := match.lastgroup)}
    if "named" in found:
        return DayCount(found["named"].lower().replace("actual", "act").upper())
    if "months" in found:
        return DayCount.THIRTY_360
    year = found.get("year", "")
    if not year:
        return None
    return DayCount.ACTUAL_365 if "365" in year or "five" in year else DayCount.ACTUAL_360


def cap(text: str) -> Amount | None:
    """The amount that bounds another: a sum, a part of one, or a defined term; a bare percentage is one of `Named("")`."""
    if re.fullmatch(PERCENT, text.strip()):
        return Part(fraction(text), Named(""))
    named = re.match(r"(?:the\s)([A-Z][\w’' -]*)$", text.strip())
    return amount(text) or (Named(named[1]) if named else None)
