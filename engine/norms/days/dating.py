"""Days as they stand in a text."""

from datetime import date
from functools import lru_cache

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@lru_cache(maxsize=8192)
def day(of: date) -> str:
    """A day as it stands in a text.

    >>> day(date(2027, 3, 31))
    '31 March 2027'
    """
    return f"{of.day} {MONTHS[of.month - 1]} {of.year}"
