"""How the last day of a period came about: by which rule it was counted, and where that rule is from."""

from datetime import date

from syngraph.engine.norms.days import calendar as days
from syngraph.engine.norms.days.calendar import Calendar
from syngraph.engine.norms.days.dating import day
from syngraph.engine.norms.life.instances import Instance
from syngraph.grammar.amounts import Ahead, Duration, Unit, Within
from syngraph.grammar.saying.phrasing import say_duration

REGULATION = "Regulation (EEC, Euratom) 1182/71, article 3"
CLEAR = "the rule of clear days"


def counted(instance: Instance, calendar: Calendar) -> str:
    """In a line, how the last day in time was counted; "" where the text names the day, or something has moved it.

    A period is counted again, and told only where it comes to that day.
    """
    if instance.due is None or instance.pauses:
        return ""
    last = calendar.day(instance.due)
    for time in instance.slot.norm.times:
        match time:
            case Within(duration) if duration.unit is Unit.HOUR:
                if days.deadline(instance.arisen, duration, calendar) == instance.due:
                    return f"{say_duration(duration)} from hour to hour ({REGULATION})"
            case Within(duration):
                start = calendar.day(instance.arisen)
                if days.within(start, duration, calendar) == last:
                    return _after(start, last, duration, calendar.holidays)
            case Ahead(least, None):
                return f"at least {say_duration(least)} before: neither day is counted ({CLEAR})"
            case _:
                pass
    return ""


def _after(start: date, last: date, duration: Duration, holidays: str) -> str:
    by = f" by the public holidays of {holidays}" if duration.unit is Unit.BUSINESS_DAY and holidays else ""
    return f"{say_duration(duration)} after {day(start)}, that day not counted{by}, end on {day(last)} ({REGULATION})"
