"""What stands beside the modal of a clause, sorted by kind."""

import re
from dataclasses import dataclass, field

from syngraph.grammar.amounts import (
    After,
    Amount,
    Before,
    Duration,
    For,
    From,
    Time,
    Within,
)
from syngraph.grammar.chunks.modals import participle
from syngraph.grammar.chunks.scanner import Chunk, DoubtError, MisfitError, made
from syngraph.grammar.chunks.triggers import RESIDUE
from syngraph.grammar.faults.mistakes import MISSPELT, misspelt
from syngraph.grammar.phrases.measures import level
from syngraph.grammar.rules import (
    Ballot,
    Base,
    Condition,
    Priority,
    Rule,
    Threshold,
    Unmeasured,
)
from syngraph.grammar.saying.phrasing import lowered
from syngraph.grammar.sentence import Mistake
from syngraph.grammar.span import Span

_RELATIVE = re.compile(r"\s(who|which|that|whose)\s.*$")
_POINTING = re.compile(
    r"^(?:(?!ensure|guarantee|procure|warrant|see|show|prove|state|confirm|agree|declare|find|decide)[a-z]+)$|\s(?:of|in|on|to|for|by|from|with|under|within|after|before|at)$"
)
_CLAUSE = re.compile(r"\s(?:the|an?|it|they|he|she|we|all|any|each|every|no|its|their|this|these|there)\s")
_SEEING_TO = re.compile(r"(?:ensure|guarantee|procure|warrant|see\sto\sit)\sthat\s(?P<what>.+)$")
_DONE_TO = re.compile(
    r"(?!(?:keep|have|get|leave|hold|make|maintain|remain|be|see|find|duly|act|as)\s)\w+\s.*\w\s"
    r"(?P<done>[a-z]+(?:ed|en|ld|nt|de)|made|held|sent)$"
)
"""An act that ends with a thing and what was done to it (`publish the minutes of meetings held`): a time may date either."""
_ANOTHERS = re.compile(
    r"^(?:require|allow|permit|ask|direct|instruct|order|request|oblige|enable|invite|authori[sz]e|demand)\s(?:the|an?|any|each|every|all|its|their|another|[A-Z])[^,]*?(?P<to>\sto\s(?!be\b)[a-z]+(?:\s.*)?)$|"
    r"\s(?:whether|if|how)\s(?:\S+\s)+?(?:may|shall|must|will|can|is|are|should)\s.*$|\sfound\s(?:defective|faulty|lacking|wanting|damaged)$"
)
"""What another than the subject is to do, or may do: a time after it may be when."""
_HELD = re.compile(
    r"^(?:before|after|until)\s.*\s(?:is|are|has|have|was|were)\s\w+|^(?:before|after|until)\s(?:it|they|he|she)\s\w+"
)
"""A time with a clause of its own."""
_DONE_BY = re.compile(
    r"\w\s(?!need|proceed|exceed|indeed)(?:\w+ed|made|taken|given|held|chosen|written|drawn)\sby\s(?:(?:the|an?|any|all)\s)?(?:[\w’'-]+\s?){1,3}$"
)
"""A thing and who made it, before a vote that may be how they did."""
_THING = re.compile(r"(?:the|an?|its|their|his|her|each|any|such|this)\s")
_WITH_OBJECT = re.compile(
    r"[a-z]+\s(?:the|an?|its|their|his|her|each|any|all|such|this|EUR|USD|GBP|CHF)\s(?!.*\s(?:to|of|for|with|by|and|or)$)(?!.*\bto\s)"
)
_LAST_WORD = re.compile(r"\s\w+$")
_TURNED = re.compile(r"(?:^|\s)((?:but\s)?not|(?:no|not)?\s?(?:more|less|later|earlier|longer)\sthan|at\s(?:least|most))$")
_AND_MORE = re.compile(r"(or$|(?:or|and)(?=\s(?:(?:an?|the|\d+)\s|[A-Z][\w’'-]*s\s|\w+\s(?:it|them)$)))")
"""What has a time of its own, after the time of another thing."""
_OR_ELSE = re.compile(r"\s(or)\s(?:no|not)\s(?:more|less|later|earlier|longer)\sthan$")
_NARROWED = re.compile(r"(?:(?:during|in|for|of|after|on|before|at|within)\s)?(?:which|whose|when)(?!\w)")
_JOINED = re.compile(
    r",\s(?:and|but|so)\s(?:(?!who\b|which\b|that\b)[\w’'-]+\s){1,6}(?P<modal>shall|must|will)\s|,\swho\s(?P<who>shall|must|will)\s"
)
"""A second clause among the words of the first."""
_NESTED = re.compile(r"\b(?:who|which|that|whether|as\s(?:may|is|are|shall))\b|\b(?!need|proceed|exceed)\w+ed$|\bto\sbe\s\w+$")
_OWN = re.compile(r"\bof\sits\s(?:members|number|membership)\b")
_OF_A_QUORUM = re.compile(r"\bof\s(?:the|a)\squorum\b")
DONE_WITH = re.compile(r"^(?:,?\s?(?:or|and|,)\s)?(?P<part>[a-z]+(?:(?:,|,?\s(?:or|and))\s[a-z]+)*)$")
_OF_ANOTHER = re.compile(
    r"\w\s(?:as\s)?(?!need|proceed|exceed|indeed)(?:\w+ed|made|given|held|set|taken|chosen|kept|written|known|borne|drawn|(?:set|put)\s(?:forth|out|down)|laid\s(?:down|out)|drawn\sup)$"
)


@dataclass(frozen=True, slots=True)
class Built:
    """The rules of a clause and the mistakes of its wording."""

    rules: tuple[Rule, ...]
    mistakes: tuple[Mistake, ...] = ()


@dataclass(slots=True)
class Parts:
    """What stands beside the modal of a clause, sorted by kind."""

    words: list[Chunk] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)
    priority: list[Priority] = field(default_factory=list)
    votes: list[list[Ballot]] = field(default_factory=list)
    notice: tuple[Duration | None, str] | None = None
    noticed: str = ""
    of_own: bool = False
    """Whether a vote is one of `its members`: of whoever decides."""
    per: tuple[Duration, bool] | None = None
    cap: Amount | None = None
    agent: Chunk | None = None
    mistakes: list[Mistake] = field(default_factory=list)


def span_of(chunk: Chunk) -> Span:
    """Where a chunk stands in its clause."""
    start = chunk.start_pos or 0
    return Span(start, start + len(chunk))


def sort(items: list[Chunk], subject: str, said: str) -> Parts:
    """What stands beside a modal, sorted by kind.

    Raises: MisfitError at words that look like a time or a boundary that was not recognised; DoubtError where a time could
    belong to a relative clause.
    """
    parts = Parts()
    last: Chunk | None = None
    for chunk in items:
        meaning = chunk.meaning
        match chunk.type:
            case "TEXT":
                if residue := RESIDUE.search(chunk):
                    raise MisfitError(
                        (chunk.start_pos or 0) + residue.start(),
                        residue[0].split()[0],
                        ("a time such as `within 30 days after ...`",),
                    )
                if missed := misspelt(chunk):
                    right = MISSPELT[missed[0].lower()]
                    raise MisfitError((chunk.start_pos or 0) + missed.start(), missed[0], (f"`{right}`",), right)
                if "," in chunk and (clause := _JOINED.search(chunk)):
                    at = clause.start("modal") if clause["modal"] else clause.start("who")
                    raise MisfitError((chunk.start_pos or 0) + at, clause["modal"] or clause["who"], ("a sentence of its own",))
                if last is not None and last.type == "TIME" and (narrowed := _NARROWED.match(chunk)):
                    raise MisfitError(chunk.start_pos or 0, narrowed[0].split()[0], ("a time that is said without `which`",))
                if last is not None and last.type == "TIME" and _THING.match(chunk) and _WITH_OBJECT.match(joined(parts.words)):
                    raise MisfitError(
                        chunk.start_pos or 0, str(chunk).partition(" ")[0], ("from when the time runs (`after ...`)",)
                    )
                parts.words.append(chunk)
            case "TIME":
                if last is not None and last.type == "TEXT" and (turned := _TURNED.search(chunk_text(last))):
                    at = (last.start_pos or 0) + turned.start(1)
                    raise MisfitError(at, turned[1].split()[0], ("a time that nothing turns round",))
                kept = last is not None and last.type == "TEXT" and _sees_to_level(chunk_text(last))
                if last is not None and last.type == "TEXT" and not kept and (relative := _relative(chunk_text(last))):
                    raise _doubt(last, chunk, relative, subject, said)
                if last is not None and last.type == "TEXT" and (done := _done_to(chunk_text(last))):
                    raise _doubt(last, chunk, done, subject, said)
                if last is not None and last.type == "TEXT" and (other := _ANOTHERS.search(chunk_text(last))):
                    raise _doubt(last, chunk, other, subject, said)
                if last is not None and last.type == "TIME" and _HELD.search(chunk_text(last)):
                    raise _doubt_of_times(parts.words, last, chunk, subject, said)
                if last is not None and last.type == "TEXT" and len(parts.times) and (more := _AND_MORE.match(last)):
                    raise MisfitError(last.start_pos or 0, more[1], ("a sentence of its own for each time",))
                if others := _OR_ELSE.search(chunk):
                    raise MisfitError((chunk.start_pos or 0) + others.start(1), "or", ("one time",))
                parts.times.append(meaning)
            case "COND":
                parts.conditions.append(meaning)
            case "PRIORITY":
                parts.priority.append(meaning)
            case "VOTE" | "OR_VOTE":
                if last is not None and last.type == "TEXT" and _DONE_BY.search(chunk_text(last)):
                    raise MisfitError(chunk.start_pos or 0, str(chunk).partition(" ")[0], ("one vote, said where it decides",))
                if (
                    last is not None
                    and last.type in ("TEXT", "AGENT")
                    and _NESTED.search(str(last))
                    and not DONE_WITH.match(str(last))
                ):
                    raise MisfitError(
                        chunk.start_pos or 0, str(chunk).partition(" ")[0], ("a vote that decides the sentence itself",)
                    )
                parts.votes.append([_ballot(chunk, parts)])
                parts.of_own = parts.of_own or _OWN.search(chunk) is not None
            case "ALSO":
                if isinstance(meaning[0], Threshold) and meaning[0].base is Base.UNSAID and not meaning[0].body:
                    raise MisfitError(chunk.start_pos or 0, str(chunk).partition(" ")[0], ("a share of somebody",))
                if parts.votes:
                    parts.votes[-1].append(_ballot(chunk, parts))
            case "NOTICE":
                parts.notice, parts.noticed = meaning, str(chunk)
            case "PER":
                parts.per = meaning
            case "CAP":
                parts.cap = meaning
            case "AGENT":
                if missed := misspelt(chunk):
                    right = MISSPELT[missed[0].lower()]
                    raise MisfitError((chunk.start_pos or 0) + missed.start(), missed[0], (f"`{right}`",), right)
                if last is not None and last.type == "TEXT" and _nested(chunk_text(last)):
                    # Who did what another participle tells (`the hours worked by the Member`).
                    parts.words.append(chunk)
                elif last is not None and last.type == "TIME" and _OF_ANOTHER.search(chunk_text(last)):
                    raise MisfitError(chunk.start_pos or 0, "by", ("a time that is told without who sets it",))
                elif parts.agent is not None:
                    raise MisfitError(chunk.start_pos or 0, "by", ("one who does it",))
                else:
                    parts.agent = chunk
        last = chunk
    return parts


def _relative(text: str) -> re.Match[str] | None:
    """The relative clause at the end of an act: a `that` after a verb or a preposition points at the noun after it."""
    found = _RELATIVE.search(text)
    while (
        found is not None
        and found[1] == "that"
        and _POINTING.search(text, 0, found.start())
        and not _CLAUSE.match(text, found.end(1))
    ):
        found = _RELATIVE.search(text, found.end(1))
    return found


def _sees_to_level(text: str) -> bool:
    """Whether an act is to see to it that a level is kept: a time after it is that of both."""
    found = _SEEING_TO.match(text)
    kept = level(found["what"]) if found else None
    return kept is not None and not kept[1].strip(" ,")


def _nested(before: str) -> bool:
    """Whether the agent that follows these words is that of another participle, or one of several means."""
    return before.endswith((" or", " and")) or (_OF_ANOTHER.search(before) is not None and not DONE_WITH.match(before))


def chunk_text(chunk: Chunk) -> str:
    """The words of a chunk as a plain string."""
    return str(chunk)


def _doubt(words: Chunk, time: Chunk, relative: re.Match[str], subject: str, said: str) -> DoubtError:
    text = chunk_text(words)
    start_of = relative.start("to") if relative.re is _ANOTHERS and relative["to"] else relative.start()
    main, that = text[:start_of], text[start_of:].strip()
    who, _, does = that.partition(" ")
    when = chunk_text(time)
    start = time.start_pos or 0
    fronted = f"{when[0].upper()}{when[1:]}, {lowered(subject)} {said} {text}."
    if who not in ("who", "which", "that"):
        return DoubtError(start, start + len(when), (fronted, f"{subject} {said} {main} ({that} {when})."))
    return DoubtError(start, start + len(when), (fronted, f"{subject} {said} {main} {who}, {when}, {does}."))


def _doubt_of_times(words: list[Chunk], first: Chunk, second: Chunk, subject: str, said: str) -> DoubtError:
    """Whether the second of two times dates the act, or what the first one tells."""
    when, then = chunk_text(first), chunk_text(second)
    start = second.start_pos or 0
    whole = f"{then[0].upper()}{then[1:]}, {lowered(subject)} {said} {joined(words)} {when}."
    return DoubtError(start, start + len(then), (whole, f"{subject} {said} {joined(words)} ({when} {then})."))


def _done_to(text: str) -> re.Match[str] | None:
    """The participle at the end of an act that may be what the time after it belongs to, as a relative clause of one word."""
    found = _DONE_TO.match(text)
    if (
        found is None
        or not participle(found["done"])
        or re.search(r"\s(?:be|been|being|as|and|or|not|duly)$", text[: found.start("done") - 1])
    ):
        return None
    return _LAST_WORD.search(text)


def _ballot(chunk: Chunk, parts: Parts) -> Threshold | Unmeasured:
    meaning: Threshold | Unmeasured
    meaning, doubt = chunk.meaning
    if doubt:
        parts.mistakes.append(Mistake("SG305", f"{doubt}", span_of(chunk), "Write the share once, or correct one of the two."))
    if isinstance(meaning, Threshold) and meaning.base is Base.UNSAID:
        whom = "of the votes cast or of those present?" if _OF_A_QUORUM.search(chunk) else "a share of whom?"
        parts.mistakes.append(
            Mistake(
                "SG203",
                f"{whom} Counted as of all who are entitled to vote, the strictest reading",
                span_of(chunk),
                "Write `of all Members`, `of the votes cast`, `of the Members present` or whatever is meant.",
            )
        )
    return meaning


def joined(words: list[Chunk]) -> str:
    """The words of chunks, one after the other."""
    return " ".join(str(chunk) for chunk in words)


_PUT_IN = re.compile(
    r"(?P<how>(?:in|at|on|of)\s(?:its|their|his|her|his\sor\sher)\s(?:sole\s|own\s|absolute\s|reasonable\s)*"
    r"(?:discretion|initiative|expense|option|judge?ment|motion|accord)),\s(?=[a-z])"
)


def in_order(words: list[Chunk]) -> list[Chunk]:
    """The words of an act, with what is put in before them (`in its discretion, suspend a Member`) after them."""
    put_in = _PUT_IN.match(str(words[0])) if words else None
    if put_in is None:
        return words
    first = words[0]
    start = first.start_pos or 0
    main = made("TEXT", first[put_in.end() :], start + put_in.end(), None)
    return [main, *words[1:], made("TEXT", put_in["how"], start, None)]


def apart(times: list[Time]) -> list[Time]:
    """The times in an order in which each can be said: `within two days` right before `after 3 May` would be one time."""
    open_ended = [time for time in times if isinstance(time, Within | For) and time.after is None]
    if not open_ended or not any(isinstance(time, After | From | Before) for time in times):
        return times
    return [*(time for time in times if time not in open_ended), *open_ended]


def with_fronts(fronts: list[Chunk], text: str) -> str:
    """A clause with what stands before it."""
    return f"{', '.join(str(c) for c in fronts)}, {lowered(text)}" if fronts else text
