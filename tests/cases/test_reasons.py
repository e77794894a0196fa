"""Every verdict has reasons, and every sentence and fact among them stands where it is said to stand, word for word."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from syngraph.engine.agreement import Agreement
from syngraph.engine.cache import Remembering
from syngraph.engine.norms.judged.counting import CLEAR, REGULATION
from syngraph.engine.norms.judged.verdict import Reason, Verdict
from syngraph.engine.norms.life.instances import Status

ROOT = Path(__file__).parents[2]
WORKED = sorted((Path(__file__).parent / "worked").glob("*.yaml"))
EXAMPLES = ("riverside", "lease")

QUIET = frozenset({Status.PENDING, Status.UNDETERMINED})
"""What may hang on nothing that stands anywhere."""
ABOUT = re.compile(r"section \S+ comes before section|By the text, ")
QUOTED = re.compile(r"(?:section [\w.]+|the text)(?:, by the text in force on \d+ \w+ \d+)?: |On \d")
"""How what is quoted begins; where nothing can be told yet, other words are about the sentence or the fact at their place."""
HEAD = re.compile(r"(?:section [\w.]+|the text)(?:, by the text in force on \d+ \w+ \d+)?: ")
LINES = 12
"""Over so many lines a sentence may run."""
COUNTED = re.compile(r"that day not counted|neither day is counted|from hour to hour")


def opened(folder: Path, case: dict[str, Any], history: dict[str, Any]) -> Agreement:
    """A worked agreement as files, what happened in its record."""
    register = "principals:\n" + "".join(
        f"  - id: {principal}\n    name: {name}\n    kind: person\n    roles:\n"
        + "".join(f"      - {{role: {role}, since: {case['since']}}}\n" for role in roles)
        for principal, (name, *roles) in case["register"].items()
    )
    zone, holidays = case["calendar"]["zone"], case["calendar"]["holidays"]
    manifest = (
        f"syngraph: 1\ntitle: {case['agreement']}\nbranch: main\nroot: agreement.md\nregister: register.yaml\n"
        f"calendar: {{zone: {zone}, holidays: {holidays}}}\n"
    )
    files = {"syngraph.yaml": manifest, "register.yaml": register, "agreement.md": case["text"]}
    files |= {"record/fact/told.md": history["facts"]} if history.get("facts") else {}
    files |= {"record/fact/told.csv": history["csv"]} if "csv" in history else {}
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return Agreement.open(folder, cache=CACHE)


CACHE = Remembering()


def faults(made: Agreement, day: date) -> list[str]:
    """What is wrong with the reasons of the verdicts on a day."""
    report = made.check((), datetime.combine(day, time.max, ZoneInfo(made.calendar.zone)))
    known = {clause.place for clause in made.clauses} | {fact.place for fact in made.record.facts}
    found: list[str] = []
    for verdict in report.verdicts:
        found += [f"{verdict.section} {verdict.act} {verdict.status}: {fault}" for fault in _faults(made, verdict, known)]
    return found


def _faults(made: Agreement, verdict: Verdict, known: set[Any]) -> Iterator[str]:
    if not verdict.reasons:
        yield "no reason"
    if verdict.status not in QUIET and not any(reason.place for reason in verdict.reasons):
        yield "no reason that stands anywhere"
    for reason in verdict.reasons:
        if reason.place is None:
            if COUNTED.search(reason.text) and not reason.text.endswith((f"({REGULATION})", f"({CLEAR})")):
                yield f"a way of counting without its source: {reason.text}"
        elif reason.place not in known:
            yield f"no sentence stands at {reason.place}"
        elif not _is_about(verdict, reason) and not _stands(made, reason):
            yield f"{reason.place} does not hold: {reason.text}"


def _is_about(verdict: Verdict, reason: Reason) -> bool:
    return bool(ABOUT.match(reason.text)) or (verdict.status in QUIET and not QUOTED.match(reason.text))


def _stands(made: Agreement, reason: Reason) -> bool:
    """Whether the words of a reason stand in the file at its place; a field or a link there stands for anything."""
    place = reason.place
    assert place is not None
    lines = made.tree.read(place.path).decode().split("\n")
    said = _words(HEAD.sub("", reason.text, count=1))
    if place.path.endswith(".csv"):
        return said == _words(lines[place.line - 1])
    there = "\n".join((lines[place.line - 1][place.column - 1 :], *lines[place.line : place.line + LINES]))
    tokens = re.findall(r"\[\]\(#[^)]*\)|\{[^}]*\}|[\w]+|[.!?](?=\s|$)", there)
    pattern: list[str] = []
    for token in tokens:
        if token in (".", "!", "?"):
            if re.fullmatch("".join(pattern), " ".join([*said, ""])):
                return True
        else:
            pattern.append(r"(?:\S+ )+?" if token[0] in "[{" else f"{re.escape(token.casefold())} ")
    return False


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def cases() -> list[Any]:
    found = []
    for path in WORKED:
        case = YAML(typ="safe").load(path)
        for history in case["histories"]:
            found.append(pytest.param(case, history, id=f"{path.stem}-{history['name']}".replace(" ", "-")))
    return found


@pytest.mark.parametrize(("case", "history"), cases())
def test_worked_agreements(tmp_path: Path, case: dict[str, Any], history: dict[str, Any]) -> None:
    made = opened(tmp_path, case, history)
    assert [fault for check in history["checks"] for fault in faults(made, check["at"])] == []


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("day", [date(2026, 2, 10), date(2026, 8, 31), date(2027, 3, 31)])
def test_examples(name: str, day: date) -> None:
    assert faults(Agreement.open(ROOT / "examples" / name, cache=CACHE), day) == []


# -- agreements that nobody wrote --------------------------------------------------------------------------------------

SENTENCES = (
    '"Price" means EUR 900.',
    "The Seller shall deliver the Goods to the Buyer by 31 March 2027.",
    "The Buyer shall pay the Price to the Seller within 14 days after delivery of the Goods.",
    "The Buyer shall pay EUR 40 to the Seller on the first Business Day of each month.",
    "If the Buyer fails to pay the Price when due, the Buyer shall pay a late fee of 2% of the overdue amount to the Seller.",
    "The Seller shall give notice to the Buyer within 5 Business Days after the Buyer inspects the Goods.",
    "The Buyer may inspect the Goods.",
    "The Seller shall not assign this Agreement.",
    "If the Seller assigns this Agreement, the Buyer may terminate this Agreement.",
    "The Seller shall call the Buyer at least 7 days before delivery of the Goods.",
    "If the weather is fine, the Seller shall paint the Fence.",
    "This Agreement ends on 31 December 2027.",
)
TOLD = (
    "{day}, Ana Prata delivered the Goods to Ben Cole.",
    "{day}, Ben Cole paid EUR 900 to Ana Prata.",
    "{day}, Ben Cole paid EUR 40 to Ana Prata.",
    "{day}, Ben Cole paid EUR 300 to Ana Prata.",
    "{day}, Ben Cole inspected the Goods.",
    "{day}, Ana Prata gave notice to Ben Cole.",
    "{day}, Ana Prata assigned this Agreement.",
    "{day}, Ben Cole terminated this Agreement.",
    "{day}, Ana Prata did not deliver the Goods to Ben Cole.",
)
DAYS = st.integers(0, 400).map(lambda days: date(2027, 1, 1) + timedelta(days=days))


@settings(max_examples=40, deadline=None)
@given(
    text=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6, unique=True),
    told=st.lists(st.tuples(DAYS, st.sampled_from(TOLD)), max_size=5),
    at=DAYS,
)
def test_agreements_that_nobody_wrote(text: list[str], told: list[tuple[date, str]], at: date) -> None:
    case = {
        "agreement": "A sale",
        "calendar": {"zone": "Europe/Lisbon", "holidays": "PT"},
        "since": "2027-01-01",
        "register": {"ana": ["Ana Prata", "Seller"], "ben": ["Ben Cole", "Buyer"]},
        "text": "---\ntitle: A sale\n---\n"
        + "".join(f"\n# Part {number} {{#part-{number}}}\n\n{sentence}\n" for number, sentence in enumerate(text, 1)),
    }
    facts = " ".join(sentence.format(day=f"On {day.day} {day:%B} {day.year}") for day, sentence in told)
    with TemporaryDirectory() as folder:
        assert faults(opened(Path(folder), case, {"facts": facts}), at) == []
