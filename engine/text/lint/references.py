"""Sections that a text refers to: by a link, or by a number that somebody typed."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from syngraph.engine.text.document import Block, ItemList, Section
from syngraph.engine.text.findings import Finding, found
from syngraph.engine.text.lint.context import Context
from syngraph.engine.text.provenance import Text
from syngraph.engine.text.resolving.lookup import MAX_SUGGESTIONS, texts_of
from syngraph.grammar.rules import Decision, Entrenchment, Rule

_LINK = re.compile(r"\]\(#([^()\s]*)\)")
_NUMBER = r"\d{1,3}(?:\.\d{1,3})*(?!\d)"
_TYPED = re.compile(
    rf"\b(?:sections?|clauses?|articles?)\s+(?P<numbers>{_NUMBER}(?:(?:\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|to)\s+){_NUMBER}\b(?!\s*(?:%|percent\b|days?\b|months?\b|years?\b)))*)"
    r"(?P<rest>\S*(?:\s+of\s+(?:the\s+|that\s+|an?\s+)?\S+)?)",
    re.IGNORECASE,
)
_OURS = re.compile(r"\s+of\s+(?:this|these|the\s+(?:agreement|bylaws|lease|contract)\b)", re.IGNORECASE)


def broken_links(context: Context) -> Iterator[Finding]:
    """SG107: a link to a section that is not there."""
    ids = {section.id for section in context.document.walk()}
    options = sorted(ids)
    suggested = 0
    for section in context.document.walk():
        for text in _texts(section):
            for match in _LINK.finditer(text.string):
                if match[1] not in ids:
                    near = get_close_matches(match[1], options, 1, 0.6) if suggested < MAX_SUGGESTIONS else []
                    suggested += 1
                    help = f"did you mean [](#{near[0]})?" if near else "give the section meant that id, or take the link out"
                    where = text[match.start(1) - 1 : match.end(1)]
                    yield found("SG107", f"no section has the id {match[1]}", where, help)


def wrong_numbers(context: Context) -> Iterator[Finding]:
    """SG108: a section number that was typed, and is that of no section. Numbers in other texts are left alone."""
    numbers = {section.number for section in context.document.walk() if section.number}
    if not numbers:
        return
    numbers |= {number for section in context.document.walk() for number in _items(section.blocks, section.number)}
    typed = {match[0] for section in context.document.walk() if (match := re.match(_NUMBER, section.heading.string))}
    for clause in context.clauses:
        for match in _TYPED.finditer(clause.text.string):
            rest = match["rest"]
            if "(" in rest or (re.search(r"\sof\s", rest) and not _OURS.search(rest)):
                continue
            for number in re.finditer(_NUMBER, match["numbers"]):
                if number[0] in numbers or number[0] in typed:
                    continue
                start = match.start("numbers") + number.start()
                where = clause.text[start : start + len(number[0])]
                yield found(
                    "SG108",
                    f"there is no section {number[0]}",
                    where,
                    "link the section meant, as in [](#id), so that its number is always right",
                )


def numbers_that_decide(context: Context) -> Iterator[Finding]:
    """SG116: a rule of decision that names by a typed number what it decides on, or what it stands above."""
    for clause in context.clauses:
        if clause.prose or not any(_by_number(rule) for rule in clause.sentence.rules):
            continue
        for match in _TYPED.finditer(clause.text.string):
            yield found(
                "SG116",
                "a rule of decision names a section by a typed number",
                clause.text[match.start("numbers") : match.end("numbers")],
                "link the section meant, as in [](#id), so that the rule goes on protecting it",
            )


def _items(blocks: Iterable[Block], number: str) -> Iterator[str]:
    """The numbers by which the items of ordered lists go: the third item of section 4.2 is 4.2.3 to its readers."""
    for block in blocks if number else ():
        if isinstance(block, ItemList) and block.ordered:
            for count, item in enumerate(block.items, 1):
                yield f"{number}.{count}"
                yield from _items(item.blocks, f"{number}.{count}")


def _by_number(rule: Rule) -> bool:
    match rule:
        case Decision(matter=matter, priority=priority):
            named = (*matter.sections, *(section for each in priority for section in each.sections))
        case Entrenchment(matter=matter):
            named = matter.sections
        case _:
            return False
    return any(not section.startswith("#") for section in named)


def _texts(section: Section) -> Iterable[Text]:
    yield section.heading
    yield from texts_of(section.blocks)
