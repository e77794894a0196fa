"""Days, interest and penalties from the sentence to the verdict: each line of a table is written as an agreement and judged."""

import warnings
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from syngraph.engine.norms.days.calendar import Calendar
from syngraph.engine.norms.days.dating import day as written_day
from syngraph.engine.norms.judged.verdict import Case, Verdict, judge

OWN = Path(__file__).parents[1] / "cases" / "days.yaml"
SHARED = Path(__file__).resolve().parents[5] / "shared" / "cases" / "days.yaml"
"""A table that others wrote; it is not there everywhere."""


def table(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        warnings.warn(f"{path} is not there: its cases are not tried", stacklevel=2)
        return []
    return list(YAML(typ="safe").load(path))


CASES = [*table(OWN), *table(SHARED)]


@pytest.fixture
def verdicts(write, tell, register):
    """The verdicts on sentences and facts at the end of a day."""

    def judged(row: dict[str, Any], sentences: list[str], facts: str, at: date) -> list[Verdict]:
        code = row.get("calendar") or "none"
        calendar = Calendar("Europe/Lisbon", "" if code == "none" else code)
        text = write({f"{number} s{number}": sentence for number, sentence in enumerate(sentences, 1)})
        assert text.unread == ()
        holdings = register({"sela": ["Sela", "Seller since 2015-01-01"], "bruno": ["Bruno", "Buyer since 2015-01-01"]})
        report = judge(Case((text,), tell(facts) if facts else (), holdings, calendar), calendar.end_of(at))
        return list(report.verdicts)

    return judged


def money(text: str) -> tuple[str, float]:
    currency, figure = text.split()
    return currency, float(figure)


def due(found: list[Verdict], act: str) -> list[date | None]:
    return [one.due for one in found if one.act.startswith(act)]


@pytest.mark.parametrize("row", CASES, ids=str)
def test_a_line_of_the_table(row, verdicts):
    match row:
        case {"suspended": [since, until], "period": period, "from": start, "last": last}:
            sentences = [
                f"The Seller shall deliver the Goods to the Buyer {period} notice by the Buyer.",
                "The Buyer may suspend this Agreement.",
                "The Buyer may resume this Agreement.",
            ]
            facts = (
                f"On {written_day(start)}, Bruno gave notice to Sela. On {written_day(since)}, Bruno suspended this Agreement. "
                f"On {written_day(until)}, Bruno resumed this Agreement."
            )
            assert [last] == due(verdicts(row, sentences, facts, until), "deliver")
        case {"period": period, "from": start, "last": last}:
            sentences = [
                f"The Seller shall deliver the Goods to the Buyer {period} notice by the Buyer.",
                f"The Seller shall send the bill {period} {written_day(start)}.",
            ]
            found = verdicts(row, sentences, f"On {written_day(start)}, Bruno gave notice to Sela.", start)
            assert [last, last] == [one.due for one in found]
        case {"event": event, "period": period, "latest": latest}:
            sentence = f"The Seller shall give the Buyer notice {period} the meeting."
            earliest = row.get("earliest", latest)
            for day, status in [
                (latest, "fulfilled"),
                (latest + timedelta(days=1), "cured"),
                (earliest, "fulfilled"),
                *([(earliest - timedelta(days=1), "violated")] if earliest != latest else []),
            ]:
                facts = f"On {written_day(day)}, Sela gave notice of the meeting to Bruno. "
                facts += f"On {written_day(event)}, Sela held the meeting."
                found = verdicts(row, [sentence], facts, event)
                assert [(status, latest)] == [(one.status.value, one.due) for one in found], day
        case {"deadline": deadline, "act": act, "verdict": verdict}:
            if "T" in deadline:
                day, hour = deadline.split("T")
                deadline = f"no later than {hour} on {written_day(date.fromisoformat(day))}"
            day, hour = act.split("T")
            done = date.fromisoformat(day)
            sentence = f"The Seller shall deliver the Goods to the Buyer {deadline}."
            fact = f"On {written_day(done)} at {hour}, Sela delivered the Goods to Bruno."
            found = verdicts(row, [sentence], fact, done + timedelta(days=3))
            assert [{"late": "cured", "in time": "fulfilled"}[verdict]] == [one.status.value for one in found]
        case {"recurring": recurring, "day": day}:
            start = day.replace(month=1, day=1)
            sentences = [
                f"The Seller shall send a report on {recurring}.",
                f"This Agreement takes effect on {written_day(start)}.",
            ]
            assert day == due(verdicts(row, sentences, "", day), "send")[-1]
        case {"rule": rule, "from": start, "end": end}:
            length = rule.removeprefix("at most ").removeprefix("for ")
            if rule.startswith("at most "):
                # A length of time after a day: that day is not counted.
                sentence = f"The Buyer may use the Goods within {length} after {written_day(start)}."
                assert [end] == due(verdicts(row, [sentence], "", start), "use")
            else:
                sentences = [
                    f"This Agreement takes effect on {written_day(start)}.",
                    f"The term of this Agreement is {length}.",
                ]
                sentences.append("The Seller shall keep the Goods insured at all times.")
                found = verdicts(row, sentences, "", end + timedelta(days=2))
                assert [end] == [one.since for one in found if one.status.value == "terminated"]
        case {"interest": interest, "principal": principal, "from": start, "to": end, "amount": amount}:
            sentences = [
                f"The Buyer shall pay {principal} to the Seller by {written_day(start)}.",
                f"If the Buyer fails to pay a sum when due, the Buyer shall pay interest at {interest} on the overdue amount.",
            ]
            fact = f"On {written_day(end)}, Bruno paid {principal} to Sela under section 1."
            found = verdicts(row, sentences, fact, end + timedelta(days=30))
            owed = [one.amount_due for one in found if one.section == "s2"]
            assert [money(amount)] == [(one.currency, float(one.amount)) for one in owed if one is not None]
        case {"penalty": penalty, "price": price, "delay_days": days, "amount": amount}:
            start = date(2026, 3, 1)
            share, of, rest = penalty.partition(" of the Price ")
            if not of:
                share, of, rest = share.partition(" for ")[0], " of the Price ", "for " + share.partition(" for ")[2]
            sentences = [
                f'"Price" means {price}.',
                f"The Seller shall deliver the Goods to the Buyer by {written_day(start)}.",
                f"If the Seller fails to deliver the Goods when due, the Seller shall pay the Buyer {share}{of}{rest}.",
            ]
            fact = f"On {written_day(start + timedelta(days=days))}, Sela delivered the Goods to Bruno."
            found = verdicts(row, sentences, fact, date(2026, 8, 1))
            owed = [one.amount_due for one in found if one.section == "s3"]
            assert [money(amount)] == [(one.currency, float(one.amount)) for one in owed if one is not None]
        case _:
            pytest.fail(f"no form of case: {row}")
