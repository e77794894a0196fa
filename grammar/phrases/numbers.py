"""Numbers, money, fractions, durations and days as they are written, and what they stand for."""

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal
from fractions import Fraction

from syngraph.grammar.amounts import Day, DayOfYear, Duration, Moment, Money, NthDay, Unit

ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
CARDINALS = {word: number for number, word in enumerate(ONES)} | {word: 10 * (n + 2) for n, word in enumerate(TENS)}
ORDINALS = {
    word: number
    for number, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ],
        1,
    )
} | {"thirtieth": 30, "last": -1}
MONTHS = {
    name: number
    for number, name in enumerate(
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        1,
    )
}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PARTS = {"half": 2, "halve": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
CURRENCIES = [
    "EUR",
    "USD",
    "GBP",
    "CHF",
    "JPY",
    "CAD",
    "AUD",
    "NZD",
    "SEK",
    "NOK",
    "DKK",
    "PLN",
    "CZK",
    "HUF",
    "RON",
    "BGN",
    "ISK",
    "CNY",
    "INR",
    "BRL",
    "MXN",
    "ZAR",
    "TRY",
    "ILS",
    "SGD",
    "HKD",
    "KRW",
]
SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}

_TENS = "|".join(TENS)
WORD_NUMBER = rf"(?:(?:{_TENS})(?:[- ](?:{'|'.join(ONES[1:10])}))?|{'|'.join(sorted(ONES[1:], key=len, reverse=True))})"
HUNDRED = rf"(?:(?:a|one|{'|'.join(ONES[2:10])}) hundred(?:(?: and)? {WORD_NUMBER})?)"
NUMBER = rf"(?ai:\d[\d,]*|{HUNDRED}|{WORD_NUMBER})(?:\s\(\d[\d,]*\))?"
UNIT = (
    r"(?ai:hours?|Business\sDays?|working\sdays?|(?:calendar\s|clear\s|consecutive\s)?days?|"
    r"(?:calendar\s)?weeks?|(?:calendar\s)?months?|(?:calendar\s)?quarters?|(?:calendar\s)?years?)"
)
DURATION = rf"(?:{NUMBER}(?:\s|-(?!quarters?)){UNIT}|(?ai:an?|one)\s{UNIT})(?!\w)"
_MONTH = "|".join(MONTHS)
ORDINAL = rf"(?ai:\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(sorted(ORDINALS, key=len, reverse=True))})"
CALENDAR_DAY = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?(?:{_MONTH}),?\s\d{{4}}|(?:{_MONTH})\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}"
    rf"|\d{{4}}-\d{{2}}-\d{{2}}|(?ai:the\send\sof)\s(?:(?:{_MONTH})\s)?\d{{4}})(?![\w-])"
)
YEARLY = r"(?:\s?,?\s?(?ai:of\seach|of\severy|in\seach|in\severy|each|every)\s(?:calendar\s)?(?ai:year))"
DAY_OF_YEAR = rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?(?:{_MONTH})|(?:{_MONTH})\s\d{{1,2}}(?:st|nd|rd|th)?){YEARLY})"
BARE_DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s(?:{_MONTH})|(?:{_MONTH})\s\d{{1,2}}(?:st|nd|rd|th)?)(?!\w)"
RATE_ADVERBS = {
    "annually": Unit.YEAR,
    "yearly": Unit.YEAR,
    "quarterly": Unit.QUARTER,
    "monthly": Unit.MONTH,
    "weekly": Unit.WEEK,
    "daily": Unit.DAY,
}
"""For what a rate of interest is said by a word of its own (`6% annually`)."""
_KINDS = {"working day": "Business Day", "business day": "Business Day", "calendar day": "day"}
_KIND = r"(?ai:Business\sDay|working\sday|calendar\sday|day|monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
WEEKLY = r"(?:(?ai:each|every)\s(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days|(?:the\s)?(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\s(?ai:of|in)\s(?ai:each|every|the|a)\s(?ai:week))(?![\w-])"
DAILY = r"(?:(?ai:each|every)\s(?ai:Business\sday|working\sday|calendar\sday|day))(?![\w-])"
CLOCK = (
    r"(?:(?:0?[1-9]|1[0-2])(?:[:.][0-5]\d)?\s?(?ai:[ap]\.\s?m\.?|[ap]m)|(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:\s(?:hours|hrs))?"
    r"|(?ai:(?:12\s)?noon))(?![\w:])"
)
NTH_DAY = (
    rf"(?:(?:the\s)?(?:{ORDINAL}\s{_KIND}|\d{{1,2}}(?:st|nd|rd|th)(?=\s(?:of|in)\s(?:each|every)\s))\s(?ai:of|in)\s(?:(?ai:each|every|the|a)\s(?:calendar\s)?(?ai:week|month|quarter|year)"
    rf"|(?:{_MONTH})(?:{YEARLY})?)|(?ai:the\send\sof\s(?:each|every)\s(?:calendar\s)?(?:week|month|quarter|year)))(?!\w)"
)
MOMENT = rf"(?:{CALENDAR_DAY}|{DAY_OF_YEAR}|{NTH_DAY}|{WEEKLY})"
FIGURE = r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?(?![\d]|[.,]\d)"
MONEY = rf"(?:(?:{'|'.join(CURRENCIES)})\s?{FIGURE}|[$€£¥]\s?{FIGURE}|{FIGURE}\s?(?:{'|'.join(CURRENCIES)}|€))(?!\w|\s(?:hundred|thousand|million|billion)\b)"
PERCENT = r"(?:\d+(?:\.\d+)?\s?(?:%|percent\b|per\scent\b)|(?ai:" + WORD_NUMBER + r")\s(?:percent|per\scent)\b)"
_PART = r"(?:half|halves|thirds?|quarters?|fourths?|fifths?|sixths?|eighths?|tenths?)"
FRACTION = rf"(?:(?<![\d/])\d+\s?/\s?[1-9]\d*(?:(?:st|nd|rd|th)s?)?(?!\s?/)|[½⅓⅔¼¾]|(?ai:one[-\s]half|half|(?:an?|{'|'.join(ONES[1:10])})[-\s]{_PART})|{PERCENT})(?!\w)"

_GLYPHS = {"½": Fraction(1, 2), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}


LONGEST, LONGEST_YEARS = 9999, 500
"""How many of a unit of time are counted at the most, and how many years."""
YEARS = range(1000, 9000)
"""The years whose days are read."""


class NoSuchDayError(ValueError):
    """A day that the calendar does not have (`31 February 2027`), or a time longer than is counted."""


def number(text: str) -> int:
    """The whole number that `text` names, in figures or words; figures in brackets after words are dropped.

    >>> number("thirty (30)"), number("1,200"), number("twenty-one"), number("one hundred and five")
    (30, 1200, 21, 105)
    """
    text = re.sub(r"\s*\(.*", "", text).lower().strip()
    if text[0].isdigit():
        return int(text.replace(",", ""))
    if "hundred" in text:
        head, _, tail = text.partition(" hundred")
        rest = tail.replace(" and ", "").strip()
        return (1 if head in ("a", "one") else CARDINALS[head]) * 100 + (number(rest) if rest else 0)
    return sum(CARDINALS[word] for word in re.split(r"[- ]", text))


def ordinal(text: str) -> int:
    """The place that an ordinal names, -1 for `last`.

    >>> ordinal("third"), ordinal("21st"), ordinal("last")
    (3, 21, -1)
    """
    text = text.lower()
    return int(text[:-2]) if text[0].isdigit() else ORDINALS[text]


def unit(text: str) -> Unit:
    """The unit of time that a noun names, singular or plural.

    >>> unit("Business Days"), unit("calendar months")
    (<Unit.BUSINESS_DAY: 'Business Day'>, <Unit.MONTH: 'month'>)
    """
    text = re.sub(r"\s+", " ", text.lower()).rstrip("s")
    if text in ("business day", "working day"):
        return Unit.BUSINESS_DAY
    return Unit(text.rsplit(" ", 1)[-1])


_DURATION_PARTS = re.compile(rf"(?P<n>{NUMBER}|(?ai:an?))[\s-](?P<unit>{UNIT})")


def duration(text: str) -> Duration:
    """The length of time that `text` names.

    >>> duration("thirty (30) days"), duration("a month")
    (Duration(count=30, unit=<Unit.DAY: 'day'>), Duration(count=1, unit=<Unit.MONTH: 'month'>))
    """
    match = _DURATION_PARTS.match(text)
    if match is None:
        raise ValueError(f"no duration: {text!r}")
    said, counted = match["n"], unit(match["unit"])
    count = 1 if said.lower() in ("a", "an") else number(said)
    if not 1 <= count <= (LONGEST_YEARS if counted is Unit.YEAR else LONGEST):
        raise NoSuchDayError(match[0])
    return Duration(count, counted)


def money(text: str) -> Money:
    """The sum that `text` names; `$` means USD.

    >>> money("EUR 1,200"), money("$5.50")
    (Money(amount=Decimal('1200'), currency='EUR'), Money(amount=Decimal('5.50'), currency='USD'))
    """
    figure = re.search(FIGURE, text)
    if figure is None:
        raise ValueError(f"no sum of money: {text!r}")
    sign = (text[: figure.start()] + text[figure.end() :]).strip()
    return Money(Decimal(figure[0].replace(",", "")), SIGNS.get(sign, sign))


def fraction(text: str) -> Fraction:
    """The exact fraction that `text` names.

    >>> fraction("two-thirds"), fraction("66%"), fraction("3/4"), fraction("half"), fraction("five percent")
    (Fraction(2, 3), Fraction(33, 50), Fraction(3, 4), Fraction(1, 2), Fraction(1, 20))
    """
    text = text.strip().lower()
    if text in _GLYPHS:
        return _GLYPHS[text]
    if percent := re.match(r"(.+?)\s?(?:%|percent|per\scent)$", text):
        figure = percent[1]
        return Fraction(figure if figure[0].isdigit() else number(figure)) / 100
    if match := re.match(r"(\d+)\s?/\s?(\d+)", text):
        return Fraction(int(match[1]), int(match[2]))
    head, _, tail = re.sub(r"[-\s]", " ", text).rpartition(" ")
    part = PARTS[tail if tail in PARTS else tail[:-1]]
    return Fraction(1 if head in ("", "a", "an") else CARDINALS[head], part)


def moment(text: str) -> Moment:
    """The day or recurring day that `text` (which matches `MOMENT`) names.

    Raises: NoSuchDayError for a day that no calendar has.

    >>> moment("31 January of each year")
    DayOfYear(month=1, day=31)
    >>> moment("every Monday")
    NthDay(nth=1, kind='monday', period=<Unit.WEEK: 'week'>, month=0)
    >>> moment("the last Business Day of each quarter")
    NthDay(nth=-1, kind='Business Day', period=<Unit.QUARTER: 'quarter'>, month=0)
    """
    text = re.sub(r"\s+", " ", text)
    if re.fullmatch(CALENDAR_DAY, text):
        return Day(day(text))
    if text.lower().startswith("the end of"):
        return NthDay(-1, "day", unit(text.rsplit(" ", 1)[-1]))
    if again := re.fullmatch(rf"{WEEKLY}|{DAILY}", text):
        said = (
            again[0].lower().removeprefix("the ").partition(" of ")[0].partition(" in ")[0].split(" ", 1)[-1].removesuffix("s")
        )
        said = _KINDS.get(said, said)
        return NthDay(1, said, Unit.WEEK if said in WEEKDAYS else Unit.DAY)
    nth = re.match(rf"(?ai:the )?({ORDINAL})(?: ({_KIND}))? (?ai:of|in) (.*)", text)
    if nth:
        name = (nth[2] or "day").lower()
        month = next((number for label, number in MONTHS.items() if nth[3].startswith(label)), 0)
        period = Unit.YEAR if month else unit(nth[3].rsplit(" ", 1)[-1])
        return NthDay(ordinal(nth[1]), _KINDS.get(name, name), period, month)
    month = next(number for label, number in MONTHS.items() if label in text)
    figure = re.search(r"\d{1,2}", text)
    of_month = int(figure[0]) if figure else 0
    checked(2024, month, of_month, text)
    return DayOfYear(month, of_month)


def clock(text: str) -> str:
    """The time of day that `text` (which matches `CLOCK`) names, as `HH:MM` or `HH:MM:SS`.

    >>> clock("5 p.m."), clock("9.30 am"), clock("17:00:14"), clock("noon"), clock("12:15 a.m.")
    ('17:00', '09:30', '17:00:14', '12:00', '00:15')
    """
    text = text.lower()
    hour, *rest = [int(figure) for figure in re.findall(r"\d+", text)] or [12]
    if half := re.search(r"([ap])\.?\s?m", text):
        hour = hour % 12 + (12 if half[1] == "p" else 0)
    return ":".join(f"{part:02d}" for part in (hour, *(rest or [0])))


def day(text: str) -> date:
    """The calendar day that `text` (which matches `CALENDAR_DAY`) names.

    Raises: NoSuchDayError, ValueError when it names none.

    >>> day("31 March 2027"), day("March 3rd, 2026"), day("2026-01-31")
    (datetime.date(2027, 3, 31), datetime.date(2026, 3, 3), datetime.date(2026, 1, 31))
    """
    if re.match(r"\d{4}-", text):
        year, month, of_month = (int(part) for part in text.split("-"))
        return checked(year, month, of_month, text)
    figures = re.findall(r"\d+", text)
    month = next((number for label, number in MONTHS.items() if label in text), 0)
    if text.lower().startswith("the end of"):
        year = int(figures[0])
        checked(year, 1, 1, text)
        return date(year, month or 12, monthrange(year, month or 12)[1])
    if not month or len(figures) < 2:
        raise ValueError(f"no day: {text!r}")
    return checked(int(figures[1]), month, int(figures[0]), text)


def checked(year: int, month: int, of_month: int, text: str) -> date:
    """The day, if there is one.

    Raises: NoSuchDayError.
    """
    if year not in YEARS:
        raise NoSuchDayError(text)
    try:
        return date(year, month, of_month)
    except ValueError:
        raise NoSuchDayError(text) from None
