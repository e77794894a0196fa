"""Days and instants as a person types them, and the clock: `--at` is read here, and only here is it now."""

import re
from datetime import UTC, date, datetime, time, tzinfo

import click

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
EXPECTED = "a day such as 2027-03-31 or '31 March 2027', or an instant such as 2027-03-31T12:00 or 2027-03-31T12:00+01:00"
_IN_WORDS = re.compile(r"(\d{1,2})\s+([A-Za-z]+)\s+(\d{4})")


def now(zone: tzinfo) -> datetime:
    """This instant."""
    return datetime.now(UTC).astimezone(zone)


def read(text: str, zone: tzinfo) -> datetime:
    """The instant that the text names, in `zone` where it names none; a day means its last instant.

    What happens on a day has happened when one asks how things stood that day.

    Raises: click.UsageError, with what was found and what was expected.
    """
    from syngraph.engine.norms.days.calendar import YEARS

    words = text.strip()
    try:
        day = _day(words)
        instant = datetime.combine(day, time.max, zone) if day is not None else datetime.fromisoformat(words)
    except ValueError as error:
        why = f" ({error})" if "out of range" in str(error) or "must be in" in str(error) else ""
        raise click.UsageError(f"found {text!r}{why}, expected {EXPECTED}") from None
    if instant.year not in YEARS:
        raise click.UsageError(f"found {text!r}, expected a day of the years {YEARS[0]} to {YEARS[-1]}")
    return instant.astimezone(zone) if instant.tzinfo else instant.replace(tzinfo=zone)


def _day(words: str) -> date | None:
    """The day that the words name, None where they are of another form. Raises: ValueError for a day there is not."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", words):
        return date.fromisoformat(words)
    named = _IN_WORDS.fullmatch(words)
    if named and named[2].lower() in MONTHS:
        return date(int(named[3]), MONTHS.index(named[2].lower()) + 1, int(named[1]))
    return None


def day(text: str) -> date:
    """A day that the text names. Raises: click.UsageError."""
    try:
        found = _day(text.strip())
    except ValueError as error:
        raise click.UsageError(f"found {text!r} ({error}), expected a day such as 2027-03-31") from None
    if found is None:
        raise click.UsageError(f"found {text!r}, expected a day such as 2027-03-31 or '31 March 2027'")
    return found


def written(value: date) -> str:
    """A day as clauses write it.

    >>> written(date(2027, 3, 1))
    '1 March 2027'
    """
    return f"{value.day} {MONTHS[value.month - 1].capitalize()} {value.year}"


def zone(name: str) -> tzinfo:
    """The time zone of that IANA name. Raises: click.UsageError when this machine does not know it."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise click.UsageError(
            f"this machine knows no time zone {name!r}; `python -m pip install tzdata` brings them"
        ) from None
