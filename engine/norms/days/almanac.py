"""Public holidays, and the codes of the places that have them, from the holidays library."""

import re
from datetime import date
from functools import lru_cache
from typing import Protocol


class Almanac(Protocol):
    """Who is asked about public holidays."""

    def days_off(self, code: str, year: int) -> frozenset[date]:
        """The public holidays of a place (`PT`, `US-CA`) in a year.

        Raises: NotImplementedError for a place that nobody knows.
        """
        ...

    def code_of(self, country: str) -> str | None:
        """The code of a country by its English name in lower case; None where nobody knows it."""
        ...


class Library:
    """The holidays library. It is slow to load, so it is loaded when it is first asked."""

    def days_off(self, code: str, year: int) -> frozenset[date]:
        """As the library has them."""
        return _days_off(code, year)

    def code_of(self, country: str) -> str | None:
        """As the library has it."""
        return _names().get(re.sub(r"[^a-z]+", "_", country))


LIBRARY = Library()


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """The code of each country that the library knows, by its English name with `_` for blanks."""
    from holidays.registry import COUNTRIES

    return {name: str(known[1]) for name, known in COUNTRIES.items()}


@lru_cache(maxsize=512)
def _days_off(code: str, year: int) -> frozenset[date]:
    import holidays

    country, _, part = code.partition("-")
    return frozenset(holidays.country_holidays(country, subdiv=part or None, years=year))
