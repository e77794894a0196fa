"""What belongs to one of several or to all: the stem of a list, and what stands at the end of a list or of two clauses."""

import re
from collections.abc import Sequence

from syngraph.grammar.chunks.scanner import DoubtError, MisfitError
from syngraph.grammar.rules import Obligation, Permission, Power, Prohibition, Rule
from syngraph.grammar.saying.phrasing import lowered
from syngraph.grammar.span import Span

_MODAL = re.compile(r"\b(?:shall|must|may|will|can|cannot)\b")
_TAIL = re.compile(
    r"(?:,\s)?(?P<word>within|unless|provided|if|no\slater|not\slater|by\s\d|on\s(?:the|\d)|until|before|after|during|at\sleast\s\d|subject\sto)\s.*$"
)


def shared_tail(body: str, parts: tuple[Span, ...], rules: Sequence[Rule], last: tuple[Rule, ...]) -> None:
    """Two clauses joined by `and`, of which only the last has a time or condition, at its end: it may be that of both.

    Raises: DoubtError
    """
    before, part = parts[-2], parts[-1]
    if ";" in body[before.end : part.start] or not last:
        return

    def hangs(rule: Rule) -> bool:
        return bool(getattr(rule, "times", ()) or getattr(rule, "conditions", ()))

    if any(hangs(rule) for rule in rules) or not all(hangs(rule) for rule in last):
        return
    modal = _MODAL.search(body, part.start, part.end)
    tail = _TAIL.search(body, modal.end(), part.end) if modal else None
    if tail is None or not all(isinstance(rule, Obligation | Permission | Prohibition | Power) for rule in (*rules, *last)):
        return
    when = tail[0].lstrip(", ")
    whole = f"{when[0].upper()}{when[1:]}: {lowered(body[: tail.start()].rstrip(' ,'))}."
    start = tail.start("word")
    raise DoubtError(start, part.end, (whole, f"{body[: before.end].rstrip(' ,')}; {body[part.start : part.end]}."))


_NEUTRAL = re.compile(
    r"(?:(?:[Ii]t\sis\s|[Tt]he\s[Pp]arties\s|[Tt]he\sMembers\s|[Ww]e\s)(?:(?:hereby|therefore|have)\s)?agreed?(?:\sas\sfollows|\sthat|\sthe\sfollowing)?|"
    r"(?:[Tt]he\s)?(?:following\s)?(?:rules|provisions|terms|conditions|duties)\s(?:of\sthis\s\w+\s)?(?:shall\s)?appl(?:y|ies)|"
    r"(?:[Ii]n|[Ff]or\sthe\spurposes?\sof)\s(?:this|these)\s[\w’'-]+(?:,?\s(?:the\sfollowing\s(?:terms|words|expressions|definitions)|"
    r"(?:words|terms|expressions))\s(?:(?:shall\s)?(?:have\s(?:the\sfollowing|these)\smeanings?|apply|mean)))?,?)\s*$"
)
_TELLING = re.compile(
    r"(?i)(?<![\w’'-])(?:if|unless|when|where|while|until|before|after|upon|provided|except|subject|in|not|no|none|nobody|never|neither|is|are|was|were|be|has|have|had|"
    r"does|do|did|claims?|says?|said|denies|deny|repeals?|repealed|deletes?|deleted|replaces?|replaced|ceases?|which|who|what|false|untrue|wrong)(?![\w’'-])"
)
"""Words of a stem that are no name of a list: what they say of its items would be lost."""
_WHOSE_ITEMS = re.compile(
    r"^(?:Only\s)?[Tt]he\sfollowing\b|\b(?:one|any|either|some|none|two|all\sor\sany)(?:\sor\smore)?\sof\sthe\s(?:following|\w+\sbelow)\s*$"
)
_BY_EACH = re.compile(
    r"\b(?:amended|adopted|approved|removed|dissolved|changed|elected|admitted|decided|passed|made|taken)\sby\s*$"
)
_TRAILING = re.compile(r",\s(?P<word>unless|if|provided|except|when|where|within|no\slater|until|by\s\d|subject\sto)\b")


_PUT_IN = re.compile(
    r"\s(?:shall|must|may|will)\s[^,]*,\s(?:within|(?:no|not)\slater\sthan|by|on|before|after|upon|until|at|in|during|for)\s[^,]*$"
)


def stem_of(head: str) -> str:
    """The stem of a list as it stands before each item: what is put in between commas at its end has both of them."""
    return f"{head}," if _PUT_IN.search(head) else head


def stemmed(head: str, sentence: str, items: tuple[Span, ...], *, bound: bool) -> None:
    """Refuses a list whose stem says of its items what none of them says alone.

    Raises: MisfitError at the word of the stem; DoubtError where what ends the list may belong to the last item or to all.
    """
    if not bound:
        if not _NEUTRAL.match(head) and (telling := _TELLING.search(head)):
            raise MisfitError(telling.start(), telling[0], ("each item as a sentence of its own",))
        return
    if (whose := _WHOSE_ITEMS.search(head)) is not None:
        raise MisfitError(whose.start(), whose[0].partition(" ")[0], ("a sentence for each of them",))
    if (by := _BY_EACH.search(head)) is not None:
        raise MisfitError(
            by.start(), by[0].partition(" ")[0], ("a sentence for each vote, or `by ... and ...` without a list",)
        )
    last = sentence[items[-1].start : items[-1].end]
    tail = _TRAILING.search(last)
    if tail is None or any(_TRAILING.search(sentence, item.start, item.end) for item in items[:-1]):
        return
    when = last[tail.start() + 2 :].strip(" .;")
    marked = sentence[: items[-1].start + tail.start()]
    whole = f"{when[0].upper()}{when[1:]}, {lowered(marked)}."
    apart = f"{marked} {when}."
    start = items[-1].start + tail.start("word")
    raise DoubtError(start, items[-1].end, (whole, apart))
