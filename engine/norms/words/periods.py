"""The month, quarter or year for which something is done (`the report for March 2027`)."""

import re
from datetime import date, timedelta

_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_FOR = re.compile(
    r"\s(?:for|of|in|on|about|covering|concerning|regarding)\s(?:the\s)?(?:calendar\s)?(?:"
    rf"(?:month\sof\s)?(?P<month>{'|'.join(name.capitalize() for name in _NAMES)})(?:\s(?P<of>\d{{4}}))?"
    rf"|(?P<nth>{'|'.join(_NTH)})\squarter\s(?:of\s)?(?P<in>\d{{4}})|Q(?P<q>[1-4])\s(?P<at>\d{{4}})|year\s(?P<year>\d{{4}})"
    r")(?=$|[\s,])"
)


def period_of(phrase: str, day: date) -> tuple[date, date] | None:
    """The first and last day of the period that a phrase names, None where it names none. A month without its year is the last
    one that had begun by `day`.

    >>> period_of("the report for March", date(2027, 4, 2))
    (datetime.date(2027, 3, 1), datetime.date(2027, 3, 31))
    """
    found = _FOR.search(phrase)
    if found is None:
        return None
    if found["month"]:
        month = _NAMES.index(found["month"].lower()) + 1
        year = int(found["of"]) if found["of"] else day.year - (month > day.month)
        return _span(year, month, 1)
    if found["year"]:
        return _span(int(found["year"]), 1, 12)
    quarter = _NTH[found["nth"]] if found["nth"] else int(found["q"])
    return _span(int(found["in"] or found["at"]), 3 * quarter - 2, 3)


def without_period(phrase: str) -> str:
    """A phrase without the period that it is for.

    >>> without_period("the report for the first quarter of 2027")
    'the report'
    """
    return " ".join(_FOR.sub(" ", phrase).split())


def _span(year: int, month: int, months: int) -> tuple[date, date] | None:
    if not 1 <= year < 9999:
        return None
    last = year * 12 + month - 1 + months
    return date(year, month, 1), date(last // 12, last % 12 + 1, 1) - timedelta(days=1)
