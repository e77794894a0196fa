"""`explain`: says what a rule asks, why a verdict is as it is, or what a finding means."""

import re
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from syngraph.cli.manners import judging, memory, options, output, touched, values, verdicts
from syngraph.cli.reading import shown
from syngraph.engine.norms.judged.report import verdict as fields

if TYPE_CHECKING:
    from syngraph.cli.manners.judging import Court
    from syngraph.engine.norms.judged.touching import Account
    from syngraph.engine.norms.judged.verdict import Report, Verdict
    from syngraph.engine.text.clauses import PlacedRule
    from syngraph.grammar.rules import Rule

CODE = re.compile(r"[A-Za-z]{2}\d{3}")
_SENTENCE = re.compile(r"(?!section\s\S+$)\S+\s+\S+\s+\S")
"""A subject of three words or more: no id, number or code has so many."""


@click.command("explain", context_settings=options.CONTEXT)
@click.argument("subject")
@click.argument("bearer", required=False)
@click.option(
    "--in", "path", type=click.Path(path_type=Path), default=Path(), metavar="PATH", help="The agreement (default: here)."
)
@click.option("--rev", metavar="REV", help="The text of this git revision and the ones before it.")
@options.at
@click.option("--due", metavar="DAY", help="Only what was or is due then: a day, a month (2027-03) or a year.")
@options.facts
@options.asked
@options.known_at
@options.colour
@options.as_json
def command(
    subject: str,
    bearer: str | None,
    path: Path,
    rev: str | None,
    at: str | None,
    due: str | None,
    imports: tuple[Path, ...],
    asked: str,
    known_at: str | None,
    as_json: bool,
) -> None:
    """Say what a rule asks, why a verdict is as it is, what a fact did, or what a finding means.

    \b
    Examples:
      syngraph explain SG301
      syngraph explain dues
      syngraph explain 4.2 bora --in bylaws/ --at 2027-03-31
      syngraph explain dues:1a2b3c4d --json
      syngraph explain record/fact/2027-03-01-rent.md:6 --in lease/
      syngraph explain payments.csv:2 --in bylaws/ --facts payments.csv
      syngraph explain "No Member may vote by proxy."

    SUBJECT is the code of a finding, a section (its id or its number), the id of a rule, a fact (its file, with the line or
    without), or a sentence, which is told in plain words without any agreement. BEARER narrows the verdicts to a person. Of a
    fact every rule is told that it comes near, and why it counted there or not.
    """
    if CODE.fullmatch(subject):
        _finding(subject.upper(), as_json)
        return
    if _SENTENCE.match(subject):
        _sentences(subject, as_json)
        return
    court = judging.court(path, rev, at, asked, known_at)
    report = court.report(judging.further(court, imports))
    if accounts := _accounts(report, subject, path):
        _facts(accounts, report, as_json)
        return
    found = _of(verdicts.chosen(report.verdicts, subject), bearer, due)
    rules = _rules(court, subject)
    if not found and (bearer is not None or due is not None or not rules):
        raise click.UsageError(_nothing(subject, bearer, due, report, court))
    found.sort(key=verdicts.urgency)
    if as_json:
        answer = {
            "schema": output.SCHEMA,
            "at": report.at.isoformat(),
            "rules": [{"rule": one.id, "section": one.clause.section, **_plain(one.rule)} for one in rules],
            "verdicts": [fields(one) for one in found],
        }
        output.put_json(answer)
        return
    judging.remarks(court)
    for one in rules:
        output.put_styled(output.styled(one.id, dim=True))
        shown.rules((one.rule,))
        output.put()
    for number, verdict in enumerate(found):
        if number:
            output.put()
        verdicts.told(verdict)


def _accounts(report: "Report", subject: str, path: Path) -> list["Account"]:
    """What became of the facts that a subject names; a name with a dot or a stroke can be that of a file."""
    from syngraph.engine.norms.judged.touching import account, named

    if "/" not in subject and "." not in subject:
        return []
    return [account(report, one) for one in named(report, subject) or named(report, _in_record(subject, path))]


def _in_record(subject: str, path: Path) -> str:
    """A file of the record as the agreement calls it, where it is named as it stands on disk; else as it was named."""
    inside = Path(subject).absolute().as_posix()
    below = f"{path.absolute().as_posix()}/record/"
    return f"record/{inside.removeprefix(below)}" if inside.startswith(below) else subject


def _facts(accounts: list["Account"], report: "Report", as_json: bool) -> None:
    if as_json:
        facts = [touched.plain(one) for one in accounts]
        output.put_json({"schema": output.SCHEMA, "at": report.at.isoformat(), "facts": facts})
        return
    for number, one in enumerate(accounts):
        if number:
            output.put()
        touched.told(one)


def _rules(court: "Court", subject: str) -> list["PlacedRule"]:
    """The rules that a subject names: of a section, or one by its id or the beginning of it."""
    name = subject.removeprefix("section ").removeprefix("#").strip()
    rules = court.agreement.rules
    found = [one for one in rules if name in (one.clause.section, one.clause.number, one.id)]
    return found or [one for one in rules if ":" in name and one.id.startswith(name)]


def _plain(rule: "Rule") -> dict[str, Any]:
    """A rule in plain words, for programs."""
    from syngraph.grammar.plain import explain
    from syngraph.grammar.unparse import unparse

    told = explain(rule)
    points = [{"topic": point.topic.value, "text": point.text} for point in told.points]
    return {"sentence": unparse(rule), "says": told.says, "points": points}


def _sentences(passage: str, as_json: bool) -> None:
    """What sentences from the command line mean, and why one of them is no rule."""
    from syngraph.cli.read import unread
    from syngraph.engine.reading import Reader

    reader = Reader(memory.cache())
    found = reader(passage)
    reader.finish()
    if as_json:
        sentences = [
            {
                "text": one.text,
                "kind": one.kind.value,
                "rules": [values.plain(rule) | _plain(rule) for rule in one.rules],
                "unread": unread(one),
            }
            for one in found
        ]
        output.put_json({"schema": output.SCHEMA, "sentences": sentences})
        return
    for one in found:
        shown.sentence(one, one.kind.value, with_rules=True)
        if one.unread is not None:
            shown.reason(one.unread, f"column {one.span.start + one.unread.span.start + 1}", with_rules=True)


def _of(found: Sequence["Verdict"], bearer: str | None, due: str | None) -> list["Verdict"]:
    """The verdicts of a bearer, named by id, by name or by part of the name, due on a day or in a month or year."""
    if due is not None:
        found = [one for one in found if one.due is not None and one.due.isoformat().startswith(due.strip())]
    if bearer is None:
        return list(found)
    wanted = bearer.casefold()
    return [one for one in found if wanted in one.bearer.casefold().split() or wanted in one.name.casefold()]


def _nothing(subject: str, bearer: str | None, due: str | None, report: "Report", court: "Court") -> str:
    if due is not None and _of(verdicts.chosen(report.verdicts, subject), bearer, None):
        return f"--due: {subject} has no verdict due {due!r}; expected a day such as 2027-03-31, or the beginning of one"
    if bearer is not None and verdicts.chosen(report.verdicts, subject):
        known = {word for one in verdicts.chosen(report.verdicts, subject) for word in (*one.bearer.split(), one.name) if word}
        near = output.did_you_mean(bearer, known)
        return f"{subject} has no verdict about {bearer!r}{near or '; it has some about ' + ', '.join(sorted(known))}"
    headings = court.agreement.headings
    if subject.removeprefix("#") in headings or any(subject == heading.number for heading in headings.values()):
        return f"section {subject!r} has no rule that is judged; `syngraph read` shows how it is understood"
    known = {*headings, *(one.rule for one in report.verdicts)} - {""}
    near = output.did_you_mean(subject, known)
    return f"there is no rule, section or finding {subject!r}{near or '; `syngraph check --all` shows what there is'}"


# -- findings ----------------------------------------------------------------------------------------------------------


def _finding(code: str, as_json: bool) -> None:
    pages = {
        page.name.removesuffix(".md"): page for page in files("syngraph").joinpath("checks").iterdir() if CODE.match(page.name)
    }
    if code not in pages:
        near = output.did_you_mean(code.lower(), (known.lower() for known in pages)).upper()
        nearest = near.replace("; DID YOU MEAN", "; did you mean") if near else f"; there are {', '.join(sorted(pages))}"
        raise click.UsageError(f"there is no finding {code}{nearest}")
    text = pages[code].read_text(encoding="utf-8")
    answer: dict[str, Any] = {"schema": output.SCHEMA, "code": code, "page": text}
    if as_json:
        output.put_json(answer)
    else:
        output.put(text.rstrip("\n"))
