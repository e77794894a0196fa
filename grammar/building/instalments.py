"""A sum that is paid in parts, each with its own time: `pay the Price as follows: EUR 60 by 1 May 2027 and the balance by 1 June 2027`.

Each part is a clause of its own, with who pays, to whom and on which condition taken from what is said before the parts.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from syngraph.grammar.amounts import Amount, Less, Money, Named, Part
from syngraph.grammar.building.parts import Built
from syngraph.grammar.chunks.scanner import DoubtError, MisfitError
from syngraph.grammar.patterns import late
from syngraph.grammar.phrases.nouns import PERSON, act
from syngraph.grammar.phrases.numbers import FRACTION, MONEY, NUMBER, ORDINAL, ORDINALS, fraction, money, number
from syngraph.grammar.rules import Act, Link, Obligation, Rule
from syngraph.grammar.saying.phrasing import say_amount
from syngraph.grammar.sentence import Mistake
from syngraph.grammar.sentences import listed
from syngraph.grammar.span import Span

_MANY = 60
"""Parts in which one sum may be paid."""
_PARTS = r"(?P<part>instal?lment|payment|part|portion|tranche|stage)s"
_LEAD = late(
    rf"(?:(?:,\s(?:payable|to\sbe\spaid))?,?\s(?:in|by)\s(?:the\sfollowing\s)?(?:(?P<count>{NUMBER})\s)?(?:separate\s|successive\s)?{_PARTS}"
    r"(?:,?\sas\sfollows|\sof(?=\s))?|(?:,\s(?:payable|to\sbe\spaid))?,?\sas\sfollows)(?P<ends>\s?[:,—–-])?(?=\s|$)"
)
"""What says that parts follow."""
_DUTY = re.compile(
    r"(?:shall|must|will|agrees\sto|undertakes\sto|agree\sto|undertake\sto)\s(?P<verb>pay|repay|refund|reimburse)\s"
)
_PASSIVE = re.compile(
    r"(?P<what>The\s[\w’' ]{1,80}?)\s(?:(?:shall|must|will)\sbe\s(?:paid|payable|due)|(?:is|are)\s(?:to\sbe\spaid|payable|due))(?=\s|,|$)"
)
_DENIED = re.compile(r"(?i)\b(?:not|no|never|nor|neither|nobody|none|only|may)\b")
_LEFT = r"(?P<left>the\s(?:(?P<last>remaining)\s(?:balance|amount|part|sum)|balance|remainder|rest|remaining))"
_TERM = r"the\s[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,3}"
_OWN = r"(?P<own>(?:an?|the)\s(?:[a-z]+\s){0,2}?(?:instal?lment|payment|deposit|part|tranche|sum)\sof\s)"
_PLACE = rf"the\s(?P<place>{ORDINAL}|final)\s(?:of|being)\s"
_WHEN = r"(?:on\sor\sbefore|(?:no|not)\slater\sthan|on|by|within|upon|before|after|at|when|once|immediately|promptly|until|each|every)"
_PIECE = late(
    rf"(?:(?:{_OWN}|{_PLACE})?(?P<value>{MONEY}|{FRACTION}|{_TERM})|{_LEFT}(?:\s(?P<rest>{MONEY}|{FRACTION}))?)"
    rf"(?:\s\((?:{MONEY}|{FRACTION})\))?(?:\sof\s(?P<of>{_TERM}|the\s[a-z]+\s[a-z]+))?(?P<to>\sto\s{PERSON})?,?\s(?P<when>{_WHEN}\s.+)"
)
_NEXT = late(
    rf"(?:;\s(?:and\s)?|,\s(?:and\s)?|\sand\s)(?=(?:(?:{_OWN}|{_PLACE})?(?:{MONEY}|{FRACTION}|{_TERM})|{_LEFT}).{{0,80}}?\s{_WHEN}\s)"
)
_SEMICOLON = re.compile(r";\s(?:and\s)?")
_OR = re.compile(r"[;,]\s*(?P<or>or)\s+\((?:[a-z]{1,4}|\d{1,2})\)\s")
_TAIL = re.compile(r"\s(?P<to>to\s(?:the\s)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,3})$")
_BLANK = re.compile(r"\s")
_TURNED = late(
    rf"(?P<when>{_WHEN}\s[^:;]{{2,120}}?)(?:,|:|\s[–—-])\s(?P<what>(?:{_OWN}?(?:{MONEY}|{FRACTION})|{_LEFT}).{{0,80}})"
)
_NTH = {place: word for word, place in ORDINALS.items() if word != "last"}


@dataclass(frozen=True, slots=True)
class Share:
    """One part: the clause that asks for it, where the part stands in the sentence, and the amount that it must come to."""

    clause: str
    span: Span
    amount: Amount


@dataclass(frozen=True, slots=True)
class _Head:
    """What is said before the parts: `before` the sum, the `whole` of it, the word for a part of it, and to whom it is paid."""

    before: str
    after: str
    done: Act
    part: str


def instalments(sentence: str) -> tuple[Share, ...]:
    """The parts in which a sentence asks for a sum, none where it does not say so in this form.

    Raises: MisfitError at a part that does not go with the others, and where the parts are not as many, or as much, as is said.
    """
    body = _BLANK.sub(" ", sentence).rstrip(" .")
    if "pa" not in body or (found := _cut(body)) is None:
        return ()
    stem, count, spans, head = found
    pieces = [_piece(body[span.start : span.end]) for span in spans]
    if len(spans) < 2 or len(spans) > _MANY or not all(pieces):
        return ()
    read = [piece for piece in pieces if piece is not None]
    if alternative := _OR.search(body, stem):
        raise MisfitError(alternative.start("or"), "or", ("`and` before the last part: alternatives are not read",))
    if denied := _DENIED.search(body, 0, stem):
        raise MisfitError(denied.start(), denied[0], ("a duty to pay, and its parts",))
    if count and count != len(read):
        raise MisfitError(spans[-1].start, "", (f"{count} parts, as the sentence says",))
    wrong = next((at for at, piece in enumerate(read) if not _in_place(piece["place"], at, len(read), head)), None)
    if wrong is not None:
        raise MisfitError(spans[wrong].start, "", ("the parts in their order",))
    to = "" if head.done.to else _shared(read)
    amounts = tuple(_amounts(head, read, spans))
    _agrees(head.done.amount, amounts, spans[-1])
    return tuple(
        Share(_clause(head, piece, place, sum_of, to), span, sum_of)
        for place, (piece, sum_of, span) in enumerate(zip(read, amounts, spans, strict=True), 1)
    )


def _piece(said: str) -> re.Match[str] | None:
    """One part as written, its sum before its time, None where it is none."""
    if turned := _TURNED.fullmatch(said):
        said = f"{turned['what']} {turned['when']}"
    return _PIECE.fullmatch(said)


def in_parts(shares: tuple[Share, ...], read: Callable[[str, Span], Built]) -> Built:
    """The duties of a sum that is paid in parts, each clause of which `read` reads.

    Raises: MisfitError at a part that is not read as one.
    """
    rules: list[Rule] = []
    mistakes: list[Mistake] = []
    for share in shares:
        try:
            built = read(share.clause, Span(0, len(share.clause)))
        except (MisfitError, DoubtError):
            built = Built(())
        if not _is_part(built.rules, share, tuple(rules)):
            raise MisfitError(share.span.start, "", ("a sum and its day, such as `EUR 1,200 by 31 March 2027`",))
        rules += built.rules
        mistakes += [replace(mistake, span=share.span) for mistake in built.mistakes]
    return Built(tuple(rules), tuple(dict.fromkeys(mistakes)))


def _is_part(rules: tuple[Rule, ...], share: Share, others: tuple[Rule, ...]) -> bool:
    """Whether what was read of a part is one duty of its amount, with its time, and with no condition that another lacks."""
    if len(rules) != 1 or not isinstance(rule := rules[0], Obligation) or rule.act.amount != share.amount:
        return False
    conditions = [one for one in rule.conditions if one.link is not Link.UPON]
    same = all(
        isinstance(other, Obligation) and [one for one in other.conditions if one.link is not Link.UPON] == conditions
        for other in others
    )
    return bool(rule.times or rule.conditions) and (same or not rule.times)


# -- where the parts are -----------------------------------------------------------------------------------------------


def _cut(body: str) -> tuple[int, int, tuple[Span, ...], _Head] | None:
    """Where what is said before the parts ends, how many there are to be (0: not said), where each is, and what is said before."""
    if items := listed(body):
        stem, spans = items
        lead = _LEAD.search(body[: stem.end])
        if lead is None or body[lead.end() : stem.end].strip(" :—–-"):
            return None
        head = _head(body[: lead.start()], lead["part"] or "")
        return None if head is None else (lead.start(), _count(lead), spans, head)
    lead = _LEAD.search(body)
    if lead is not None:
        start = lead.end() + len(body[lead.end() :]) - len(body[lead.end() :].lstrip())
        head = _head(body[: lead.start()], lead["part"] or "")
        return None if head is None else (lead.start(), _count(lead), _spans(body, start), head)
    duty = _DUTY.search(body)
    if duty is None:
        return None
    direct = re.compile(rf"(?:{PERSON}\s)?(?=(?:{MONEY}|{FRACTION})\s)").match(body, duty.end())
    if direct is None:
        return None
    to = direct[0].strip()
    head = _Head(body[: duty.end()], "", Act(duty["verb"], to=to), "")
    return duty.start(), 0, _spans(body, direct.end()), head


def _count(lead: re.Match[str]) -> int:
    return number(lead["count"]) if lead["count"] else 0


def _spans(body: str, start: int) -> tuple[Span, ...]:
    cuts = list((_SEMICOLON if ";" in body[start:] else _NEXT).finditer(body, start))
    begins, ends = [start, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), len(body)]
    return tuple(Span(begin, end) for begin, end in zip(begins, ends, strict=True))


def _head(said: str, part: str) -> _Head | None:
    duty = _DUTY.search(said)
    if duty is not None:
        done = act(f"{duty['verb']} {said[duty.end() :]}")
        return _Head(said[: duty.end()], done.rest, done, part) if done.object else None
    if passive := _PASSIVE.search(said):
        done = act(f"pay {passive['what'][0].lower()}{passive['what'][1:]}")
        after = f"shall be paid{said[passive.end() :]}"
        return _Head(said[: passive.start()], after, Act("", done.object, amount=done.amount), part)
    return None


# -- what each comes to ------------------------------------------------------------------------------------------------


def _amounts(head: _Head, pieces: list[re.Match[str]], spans: tuple[Span, ...]) -> Iterator[Amount]:
    whole = head.done.amount
    before: list[Amount] = []
    for piece, span in zip(pieces, spans, strict=True):
        said = piece["value"] or piece["rest"] or ""
        of = Named(piece["of"].removeprefix("the ")) if piece["of"] else whole
        if not said:
            if piece is not pieces[-1] or of is None:
                raise MisfitError(span.start, piece["left"].split()[0], ("a sum such as EUR 1,200",))
            yield _left(of, tuple(before))
            return
        found = money(said) if re.fullmatch(MONEY, said) else _share(said, of)
        if found is None:
            raise MisfitError(span.start, said.split()[0], ("a sum such as EUR 1,200",))
        before.append(found)
        yield found


def _share(said: str, of: Amount | None) -> Amount | None:
    if said.startswith("the "):
        return Named(said[4:])
    return None if of is None else Part(fraction(said), of)


def _left(of: Amount, taken: tuple[Amount, ...]) -> Amount:
    """What is left of the whole: money where that can be said, a share of it where all others are shares."""
    if isinstance(of, Money) and all(isinstance(one, Money) and one.currency == of.currency for one in taken):
        return Money(of.amount - sum((one.amount for one in taken if isinstance(one, Money)), Decimal(0)), of.currency)
    if all(isinstance(one, Part) and one.of == of for one in taken):
        return Part(1 - sum((one.share for one in taken if isinstance(one, Part)), Fraction(0)), of)
    return Less(of, taken)


def _agrees(whole: Amount | None, amounts: tuple[Amount, ...], at: Span) -> None:
    """Refuses parts that are more or less than the whole, where that can be told."""
    last = at.start
    for one in amounts:
        if (isinstance(one, Money) and one.amount <= 0) or (isinstance(one, Part) and one.share <= 0):
            raise MisfitError(last, "", ("parts that are no more than the whole",))
    if all(isinstance(one, Part) and one.of == whole for one in amounts):
        if sum((one.share for one in amounts if isinstance(one, Part)), Fraction(0)) != 1:
            raise MisfitError(last, "", ("parts that are together the whole",))
    elif isinstance(whole, Money) and all(isinstance(one, Money) for one in amounts):
        there = [one for one in amounts if isinstance(one, Money)]
        if {one.currency for one in there} != {whole.currency} or sum(one.amount for one in there) != whole.amount:
            raise MisfitError(last, "", (f"parts that add up to {say_amount(whole)}",))


def _in_place(said: str | None, at: int, count: int, head: _Head) -> bool:
    """Whether the part that a text calls the first or the last is that one."""
    if not said:
        return True
    return bool(head.part) and (at + 1 == count if said in ("last", "final") else ORDINALS.get(said) == at + 1)


# -- the clause of each ------------------------------------------------------------------------------------------------


def _shared(pieces: list[re.Match[str]]) -> str:
    """To whom all parts are paid, where it is said after the last of them."""
    if any(piece["to"] for piece in pieces) or any(_TAIL.search(piece["when"]) for piece in pieces[:-1]):
        return ""
    found = _TAIL.search(pieces[-1]["when"])
    return found["to"] if found else ""


def _clause(head: _Head, piece: re.Match[str], place: int, sum_of: Amount, to: str) -> str:
    what = _thing(head, piece, place, sum_of)
    when = piece["when"].removesuffix(f" {to}").rstrip(", ") if to else piece["when"]
    if not head.done.verb:
        begins = what if head.before else f"{what[0].upper()}{what[1:]}"
        return f"{head.before}{begins} {head.after} {when}"
    paid = to or (f"to {head.done.to}" if head.done.to else (piece["to"] or "").strip())
    return " ".join(part for part in (head.before.rstrip(), what, paid, head.after, when) if part)


def _thing(head: _Head, piece: re.Match[str], place: int, sum_of: Amount) -> str:
    """What is paid, with the name that the text has for it."""
    said = say_amount(sum_of)
    if piece["left"]:
        return f"the {piece['left'].split()[-1].replace('remaining', 'balance')} of {said}"
    whole = head.done.object
    if isinstance(sum_of, Part | Named) or not whole or isinstance(head.done.amount, Money):
        part = said
    elif whole.startswith(("the ", "its ", "their ")):
        part = f"{said} of {whole}"
    else:
        return f"{whole} of {said}"
    if piece["own"]:
        return f"{piece['own']}{part}"
    return f"the {_NTH.get(place, f'{place}th')} {head.part} of {part}" if head.part else part
