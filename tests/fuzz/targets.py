"""What is fuzzed: each target takes a text from anywhere and fails with `BrokenError` when a promise about it is not kept."""

import time
from collections.abc import Callable
from datetime import date

from syngraph.engine.norms.told import facts as statements
from syngraph.engine.norms.told import table
from syngraph.engine.text import clauses as sentences
from syngraph.engine.text.editing.formatting import formatted
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.lint.checks import lint
from syngraph.engine.text.manifest import parse as parse_manifest
from syngraph.engine.text.manifest import written
from syngraph.engine.text.resolving.resolve import resolve
from syngraph.engine.text.store import tree_of
from syngraph.grammar.kinds import kind_of
from syngraph.grammar.parse import read, read_sentence
from syngraph.grammar.rules import Rule
from syngraph.grammar.sentence import Kind, Sentence
from syngraph.grammar.unparse import unparse

SHORT = 2_000
SLOW = 0.05
"""Seconds of the processor that a sentence of `SHORT` characters may take."""
ENOUGH = 0.25
"""Seconds below which nothing is said of how the time grows."""


class BrokenError(AssertionError):
    """A promise that was not kept."""


def promised(kept: object, what: str) -> None:
    """Fails unless a promise was kept. Raises: BrokenError"""
    if not kept:
        raise BrokenError(what)


def passage(text: str) -> None:
    """Sentences in are sentences out, where they stood, and nothing but white space between them."""
    said = read(text)
    at = 0
    for sentence in said:
        promised(not text[at : sentence.span.start].strip(), f"lost: {text[at : sentence.span.start]!r}")
        promised(sentence.span.end > sentence.span.start >= at, f"out of order: {sentence.span}")
        promised(text[sentence.span.start : sentence.span.end] == sentence.text, f"another text at {sentence.span}")
        at = sentence.span.end
        _whole(sentence)
    promised(not text[at:].strip(), f"lost: {text[at:]!r}")
    if said:
        # A sentence does not hang on its neighbours.
        longest = max(said, key=lambda sentence: len(sentence.text))
        promised(read_sentence(longest.text, longest.span) == longest, f"read otherwise by itself: {longest.text!r}")


def sentence(text: str) -> None:
    """A sentence, however it is broken, has rules or a reason why not; each rule said back is read as itself."""
    for said in read(text)[:3]:
        _whole(read_sentence(said.text))
        for rule in said.rules:
            _round_trip(rule)
    _whole(read_sentence(text))


def timed(text: str) -> None:
    """A sentence is read in no time: where it is not, three times over, it is told."""
    text = text[:SHORT]
    spent = _spent(text)
    if spent > SLOW:
        spent = min(spent, *(_spent(f"{text}{' ' * again}") for again in (1, 2)))
    promised(spent <= SLOW, f"{spent:.3f} seconds for {len(text)} characters")


def doubled(text: str) -> None:
    """Eight times as much takes about eight times as long, and not sixty-four."""
    for joint in (" ", ", ", "; ", " and "):
        few, many = joint.join([text[:500]] * 2), joint.join([text[:500]] * 16)
        first, second = max(_spent(few), 0.002), _spent(many)
        if second > max(24 * first, ENOUGH):
            first, second = max(_spent(few + " "), first), min(_spent(many + " "), second)
            times = second / first
            promised(times <= 24 or second < ENOUGH, f"eight times the text takes {times:.0f} times as long ({joint!r})")


def document(text: str) -> None:
    """An object is read, each sentence from where it stands, laid out without a change of it, and linted."""
    source = {"a.md": text.encode("utf-8", "surrogatepass")}
    try:
        made = resolve(tree_of(source), "a.md")
    except TextError:
        return
    said = sentences.read(made, read)
    for clause in said:
        promised(clause.place.line <= len(text.splitlines()) + 1, f"a line that is not there: {clause.place}")
    sentences.placed(said)
    lint(made, said, frozenset({"Tenant", "Member"}))
    try:
        laid = formatted(text, "a.md")
    except TextError:
        return
    promised(formatted(laid, "a.md") == laid, "laid out twice it looks different")


def facts(text: str) -> None:
    """A statement of facts: what is in the record, or findings."""
    source = text.encode("utf-8", "surrogatepass")
    found = statements.read([("record/fact/a.md", source)], read)
    dated = statements.read([("record/fact/b.md", b"---\ndate: 2027-03-01\n---\n\n" + source)], read)
    rows = table.read("record/fact/c.csv", b"date,actor,act,amount\n" + source)
    for record in (found, dated, rows):
        promised(all(isinstance(each.fact.day, date) for each in record.facts), "a fact without a day")
        promised(all(finding.place.line >= 1 and finding.place.column >= 1 for finding in record.findings), "nowhere")


def manifest(text: str) -> None:
    """A manifest is one that can be written down again, or refused with a place."""
    for source in (text, f"syngraph: 1\nroot: a.md\n{text}"):
        try:
            made = parse_manifest(source)
        except TextError as error:
            promised(error.found and error.expected, "refused without a reason")
            continue
        again = parse_manifest(written(made))
        promised((again.title, again.root, again.free) == (made.title, made.root, made.free), "written down otherwise")


def _whole(said: Sentence) -> None:
    promised(bool(said.rules) == (said.unread is None and said.kind is not Kind.PROSE), f"neither read nor unread: {said}")
    if said.unread is not None:
        where = said.unread.span
        promised(0 <= where.start <= where.end <= len(said.text), f"a place outside: {where}")
        promised(said.unread.expected or said.unread.readings, "not read without a reason")
    for mistake in said.mistakes:
        promised(0 <= mistake.span.start <= mistake.span.end <= len(said.text), f"{mistake.code} outside: {mistake.span}")


def _round_trip(rule: Rule) -> None:
    kind_of(rule)
    back = unparse(rule)
    again = read_sentence(back)
    promised(rule in again.rules, f"said back as {back!r}, which is read as {again.rules or again.unread}")
    promised(all(unparse(each) for each in again.rules), "not said")


def _spent(text: str) -> float:
    begun = time.process_time()
    # Straight to the grammar where there is a cache before it.
    read_sentence(text)
    return time.process_time() - begun


TARGETS: dict[str, Callable[[str], None]] = {
    each.__name__: each for each in (passage, sentence, timed, doubled, document, facts, manifest)
}
