"""Verb phrases taken apart: does what, to whom, for how much, and which event a phrase names."""

import re
from dataclasses import replace

from syngraph.grammar import lexicon
from syngraph.grammar.amounts import Event, Named, Time
from syngraph.grammar.phrases.numbers import (
    DURATION,
    MONEY,
    NUMBER,
    PERCENT,
    duration,
)
from syngraph.grammar.phrases.sums import amount
from syngraph.grammar.rules import Act, Fails, Happens, Late, Test, Unknown

DETERMINER = r"(?:the|a|an|each|every|any|all|another|either|neither|no|both|its|their|his|her|this|that|these|those|such|one)"
_CAPITALS = r"[A-Z][\w’'-]*(?:\s(?:of\s(?:the\s)?)?[A-Z][\w’'-]*)*"
_KIND = (
    r"(?:[a-z]{3,20}(?:al|ive|ory|ous|ary|ed)\s(?!(?:and|as|at|by|during|for|from|if|in|no|not|of|on|or|that|to|under|unless|until|upon"
    r"|when|where|which|who|with|within|without|after|before|agree|immediately|promptly)\b)(?=[a-z]))?"
)
"""An adjective before the noun that names a counterparty (`its professional advisers`)."""
PERSON = rf"(?:(?i:{DETERMINER})\s(?:other\s|third\s)?{_KIND}(?:[a-z][\w’'-]*\s(?=[A-Z]))?(?:{_CAPITALS}|[\w’'-]+)|{_CAPITALS}|it|them|him|her)"
"""A noun phrase that can name a counterparty."""

_LEADING = re.compile(
    r"((?:(?!tally|rally|ally\b|fly\b|bully|supply|apply|comply|reply|rely|imply|multiply|reapply)\w+ly(?:\s(?:and|or|but)\s\w+ly)?|also|instead|then|either|jointly|each|only)\s)+(?=\w)"
)
_GIVE = ("give", "pay", "send", "offer", "owe", "lend", "hand", "show", "grant", "award", "deliver", "refund")
_SECOND_OBJECT = (
    r"(?=(?:the|an?|its|their|any|all|no|at\sleast|up\sto|written|prior|reasonable|due|access|copies|notice|interest|compensation|"
    rf"details|information|reasons|{NUMBER}|{MONEY}|{PERCENT})(?:\W|$))"
)
_PROVIDE = ("provide", "supply", "furnish", "issue")
_WITH = re.compile(
    r"(?P<to>(?:(?:the|each|every|any|either)\s(?:other\s)?)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*|the\sother\s\w+)\swith\s(?P<what>(?!.*\sto\s).+)$"
)
_TO_FIRST = re.compile(
    r"((?:(?:the|each|every|any|another|all|either)\s(?:other\s)?[A-Z][a-z][\w’'-]*(?:\s[A-Z][a-z][\w’'-]*)*|the\sother\s\w+|[A-Z][a-z][\w’'-]*))\s"
    rf"{_SECOND_OBJECT}(.+)$"
)
_TO = re.compile(
    rf"(?<!according)(?<!pursuant)(?<!prior)(?<!subject)(?<!due)(?<!relating)(?<!respect)\sto\s({PERSON})(?<!['’]s)(?<!s['’])(?=$|[\s,;.])"
)
_PAY = ("pay", "repay", "refund", "reimburse", "owe", "return", "deposit", "transfer", "credit", "advance", "contribute")


_BLANKS = re.compile(r"\s+")


def act(text: str) -> Act:
    """What a verb phrase says is done.

    >>> act("pay the Rent to the Landlord by bank transfer")
    Act(verb='pay', object='the Rent', to='the Landlord', rest='by bank transfer', amount=Named(name='Rent'), manner='')
    >>> act("give each Member notice of the meeting").to
    'each Member'
    """
    text = _BLANKS.sub(" ", text).strip(" ,")
    manner = ""
    if adverbs := _LEADING.match(text):
        manner, text = adverbs[0].strip(), text[adverbs.end() :]
    verb, _, tail = text.partition(" ")
    if verb.endswith(","):
        verb, tail = verb[:-1], ", " + tail
    verb = verb.lower() if verb.lower() in lexicon.current().verbs else verb
    if verb == "be":
        return Act(verb, tail, manner=manner)
    obj, to, rest = tail, "", ""
    if verb in _PROVIDE and (provided := _WITH.match(tail)):
        # Whoever provides the Seller with plans provides plans to the Seller.
        to, obj = provided["to"], provided["what"]
    elif verb in _GIVE and (double := _TO_FIRST.match(tail)):
        to, obj = double[1], double[2]
    elif single := _TO.search(" " + tail):
        to = single[1]
        obj, rest = (" " + tail)[: single.start()].strip(), (" " + tail)[single.end() :].strip()
        if rest.startswith(",") and not re.search(r"\s(?:and|or)\s", rest):
            rest = rest[1:].strip()
        if not obj:
            obj, rest = rest, ""
    sum_of = amount(obj)
    if sum_of is None and verb in _PAY and not rest and (how := _MANNER_OF_PAYMENT.search(obj)):
        obj, rest = obj[: how.start()], obj[how.start() :].strip()
    if (
        sum_of is None
        and verb in _PAY
        and (named := re.fullmatch(r"(?:the|its|their|any|all)\s([\w’' -]+)|([A-Z][\w’' -]*)", obj))
    ):
        sum_of = Named(named[1] or named[2])
    return Act(verb, obj, to, rest, sum_of, manner)


_MANNER_OF_PAYMENT = re.compile(r"\s(?:by|in|with|via|through|without|at|into|from)\s(?!the\samount).+$")


_AUXILIARY = {"has", "have", "had", "is", "are", "was", "were"}
_NOT_SUBJECT_END = {
    "the",
    "a",
    "an",
    "each",
    "every",
    "any",
    "all",
    "of",
    "to",
    "and",
    "or",
    "in",
    "on",
    "by",
    "for",
    "no",
    "such",
    "this",
    "these",
    "those",
    "its",
    "their",
}
_SUBJECT = re.compile(rf"(?:(?i:{DETERMINER})\s|[A-Z]|it\b|they\b)")
_NOUN_EVENT = re.compile(
    r"(?:(?i:the|a|an|any|each|such|full|written|its|their|due|timely)\s)*(?P<noun>[a-z]+)"
    r"(?:\sof\s(?P<of>.+?))?(?:\sby\s(?P<by>.+?))?(?:\sto\s(?P<to>.+?))?(?:\sfrom\s(?P<from>.+?))?$"
)
_OWN_ACT = re.compile(
    r"(?P<who>(?i:the|an?|any|each|either)\s[A-Z][\w-]*(?:\s[A-Z][\w-]*){0,3})(?:[’']s|(?<=s)[’'])\s(?:(?:written|prior|express|first|timely|full)\s)*"
    r"(?P<noun>[a-z]+)(?:\s(?:of|for)\s(?P<of>.+?))?(?:\sto\s(?P<to>.+?))?$"
)
"""What somebody does, as a thing of theirs (`the Buyer's acceptance of the Goods`)."""
_SAME = {word: word for word in ("demand", "request", "claim", "order", "offer", "release", "visit")}
"""Acts whose noun is their verb, which only somebody's own are for sure."""
_MEETING = re.compile(r"(?:(?i:the|a|an|any|each|every|such)\s)(?:\w+\s){0,2}meeting(?:\sof\s.+)?$")
_DATE_OF = re.compile(
    r"(?:the\s)?(?:(?:date|day|time|moment)\s(?:of|on\swhich|when)\s(?!(?:date|day|time)\s)(?P<of>(?:the|an?|its|their|this|such|each|any)?\b.+)"
    r"|(?P<noun>delivery|dispatch|shipment|receipt|acceptance|signature|installation|completion|termination|closing)\s(?:date|day))$"
)
"""The day of an event stands for the event."""
_NOTICE = re.compile(
    r"(?:(?i:the|a|an|any|each|such)\s)?(?:written\s)?notice(?:\sof\s(?P<of>.+?))?(?:\s(?:by|from)\s(?P<by>.+?))?(?:\sto\s(?P<to>.+?))?$"
)


_PASSES = re.compile(
    r"(?P<what>(?i:the\s)?(?i:title|ownership|property|risk|possession)(?:\s(?:in|to|of)\s(?:the\s|all\s)?[\w’' -]{1,60}?)?)\s"
    r"(?:passes|pass|has\spassed|passed)(?:\sto\s(?P<to>.+))?$"
)
"""Whose a thing becomes, said of title or risk."""


def event(text: str) -> Event:
    """The event that a phrase names, by the verb of the lexicon when it has one.

    >>> event("delivery of the Goods").verb, event("the Seller delivers the Goods").verb, event("the Goods are delivered").verb
    ('deliver', 'deliver', 'deliver')
    >>> event("the Effective Date")
    Event(text='the Effective Date', verb='', actor='', object='', to='')
    """
    text = _BLANKS.sub(" ", text).strip(" ,;")
    if (dated := _DATE_OF.match(text)) and (there := event(dated["of"] or dated["noun"])).verb:
        return replace(there, text=text)
    if notice := _NOTICE.match(text):
        what = "notice" + (f" of {notice['of']}" if notice["of"] else "")
        return Event(text, "give", notice["by"] or "", what, notice["to"] or "")
    if _MEETING.match(text):
        return Event(text, "hold", "", text)
    if passing := _PASSES.match(text):
        return Event(text, "pass", "", passing["what"], passing["to"] or "")
    if (own := _OWN_ACT.match(text)) and (base := lexicon.current().nouns.get(own["noun"], _SAME.get(own["noun"]))):
        return Event(text, base, own["who"], own["of"] or "", own["to"] or "")
    if _SUBJECT.match(text) and (clause := _clause(text)):
        return clause
    if noun := _NOUN_EVENT.match(text):
        base = lexicon.current().nouns.get(noun["noun"]) or gerund(noun["noun"])
        if base == "receive":
            sender = f" from {noun['from']}" if noun["from"] else ""
            return Event(text, base, noun["by"] or "", f"{noun['of'] or ''}{sender}", "")
        if base:
            return Event(text, base, noun["by"] or noun["from"] or "", noun["of"] or "", noun["to"] or "")
    word, _, tail = text.partition(" ")
    if base := gerund(word):
        done = act(f"{base} {tail}")
        return Event(text, base, "", done.object, done.to)
    return Event(text)


_BESIDE = re.compile(r"so|also|then|first|[a-z]\w*ly")
"""A word between a subject and its verb that is part of neither."""


def _clause(text: str) -> Event | None:
    words = text.split(" ")
    known = lexicon.current()
    for index in range(1, len(words)):
        word, before, last = words[index], words[index - 1], index + 1 == len(words)
        base = known.thirds.get(word) or (word if before.endswith("s") and word in known.verbs else None)
        if base is None and (last or word not in _AUXILIARY):
            continue
        if before.lower() in _NOT_SUBJECT_END or (not last and words[index + 1] == "of" and word not in _AUXILIARY):
            continue
        rest, ends = words[index + 1 :], index
        while ends > 1 and _BESIDE.fullmatch(words[ends - 1]):
            ends -= 1
        subject = " ".join(words[:ends])
        if word in _AUXILIARY and rest:
            skip = 1 if rest[0] in ("been", "duly", "fully", "also", "already") and len(rest) > 1 else 0
            participle = rest[skip]
            base = known.participles.get(participle)
            if base is None:
                return None
            tail = " ".join(rest[skip + 1 :])
            if word in ("has", "have", "had") and rest[0] != "been":
                done = act(f"{base} {tail}")
                return Event(text, base, subject, _whole(done), done.to)
            agent = re.search(r"(?:^|\s)by\s(.+)$", tail)
            to = re.search(r"(?:^|\s)to\s(.+?)(?:\sby\s|$)", tail)
            return Event(text, base, agent[1] if agent else "", subject, to[1] if to else "")
        if base:
            done = act(" ".join([base, *rest]))
            return Event(text, base, subject, _whole(done), done.to)
    return None


def _whole(done: Act) -> str:
    return f"{done.object} {done.rest}".strip() if done.rest else done.object


def gerund(word: str) -> str:
    """The base form of a verb in `-ing`, "" for any other word."""
    if not word.endswith("ing"):
        return ""
    verbs = lexicon.current().verbs
    stem = word[:-3]
    doubled = stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else ""
    return next((form for form in (stem, stem + "e", doubled) if form in verbs), "")


_FAILS = re.compile(
    r"(?P<who>.+?)\s(?P<how>fails?\sto|does\snot|do\snot|did\snot|has\snot|have\snot|has\sfailed\sto)\s(?P<what>.+?)"
    r"(?:,?\s(?:when\s(?:it\sis\s|they\sare\s)?due|on\stime|in\stime))?$"
)
_LATE = re.compile(
    rf"(?P<what>.+?)\s(?:exceeds|lasts\s(?:for\s)?(?:more|longer)\sthan|(?:is|are|remains?)\s(?:more\sthan|over))\s(?P<time>{DURATION})"
    r"(?:\s(?:late|overdue|in\sarrears))?$"
)
_TARDY = re.compile(r"(.+?)\s(?:too\s)?late$")
_BOTH = re.compile(r"\s(?:and|or)\s(?:.*\s)?(?:has|have|is|are|was|does|fails|gives|pays|shall|may|not)\b")


def has_verb(text: str) -> bool:
    """Whether some word of a phrase can be its verb: a list of nouns has none."""
    known = lexicon.current()
    words = re.findall(r"[a-z][\w’'-]*", text)
    return any(
        word in _VERBAL
        or word in known.thirds
        or word in known.pasts
        or word in known.participles
        or word in known.verbs
        or word.endswith(("s", "ed", "en"))
        for word in words
    )


_VERBAL = _AUXILIARY | {
    "do",
    "does",
    "did",
    "can",
    "could",
    "be",
    "been",
    "becomes",
    "become",
    "goes",
    "go",
    "so",
    "cannot",
    "met",
}


_AND_VERB = re.compile(r"\s(?:and|or)\s(?:(?:then|also|[a-z]+ly)\s)?(?P<verb>[a-z]+)(?=\s|$)")
_AND_THIRD = re.compile(r"\s(?:and|or)\s[a-z]+[^s\s]s\s(?:the|an?|its|his|her|their|any|another|it|them|him)(?!\w)")
_AND_SUBJECT = re.compile(
    r"\s(?:and|or)\s(?:the|an?|any|each|no|its|their|this|such|it|they|he|she|[A-Z][\w’'-]*)\s(?:[\w’'-]+\s){0,3}?(?P<verb>[a-z]+)(?=\s|$)"
)


def _second_verb(text: str) -> bool:
    """Whether what must be the case is told by two verbs: one event would have the second as its object."""
    if " and " not in text and " or " not in text:
        return False
    known = lexicon.current()
    return _AND_THIRD.search(text) is not None or any(
        found["verb"] in known.thirds
        or found["verb"] in known.pasts
        or found["verb"] in ("is", "are", "was", "were", "has", "does")
        for pattern in (_AND_VERB, _AND_SUBJECT)
        for found in pattern.finditer(text)
    )


_NEITHER = re.compile(r"(?P<who>.+?)\s(?:has\s|have\s)?neither\s(?P<one>[a-z]+)\snor\s(?P<other>[a-z]+)(?:\s(?P<what>.+))?$")
_GIVES_NO = re.compile(
    r"(?P<who>.+?)\s(?P<verb>gives?|sends?|makes?|raises?|delivers?|files?|pays?|serves?)\sno\s(?P<what>(?!more\b|less\b|later\b|longer\b).+)$"
)


def _undone(text: str, times: tuple[Time, ...]) -> Fails | None:
    """What somebody did not do, said without `not`: `neither accepts nor rejects the Goods`, `gives no notice`."""
    known = lexicon.current()
    if match := _NEITHER.match(text):
        one, other = (known.thirds.get(match[name]) or known.participles.get(match[name]) or "" for name in ("one", "other"))
        if not one or not other or not match["what"] or _second_verb(match["what"]):
            return None
        done = act(f"{one} {match['what']}")
        return Fails(Event(done.text, one, match["who"], _whole(done), done.to), times, other)
    if (match := _GIVES_NO.match(text)) and times and not _second_verb(match["what"]):
        base = known.thirds.get(match["verb"]) or match["verb"]
        done = act(f"{base} {match['what']}")
        return Fails(Event(done.text, base, match["who"], _whole(done), done.to), times)
    return None


def circumstance(text: str, times: tuple[Time, ...], written: str) -> Test:
    """What a condition asks, from its words without times, its times, and all of it as written."""
    text = _BLANKS.sub(" ", text).strip(" ,;")
    if (left := _undone(text, times)) is not None:
        return left
    if match := _FAILS.match(text):
        if not _BOTH.search(match["what"]) and not _second_verb(match["what"]):
            what = match["what"]
            if match["how"] in ("has not", "have not"):
                head, _, tail = what.partition(" ")
                if head == "been":
                    return Unknown(written)
                what = f"{lexicon.base_of_participle(head)} {tail}".strip()
            if what.partition(" ")[0] in ("be", "been", "have"):
                return Unknown(written)
            done = act(what)
            return Fails(Event(what, done.verb, match["who"], _whole(done), done.to), times)
        return Unknown(written)
    if (tardy := _TARDY.match(text)) and not times and (due := event(tardy[1])).verb not in ("", "be") and due.actor:
        undone = act(f"{due.verb} {due.object}" + (f" to {due.to}" if due.to else ""))
        return Fails(Event(undone.text, due.verb, due.actor, due.object, due.to))
    if (match := _LATE.match(text)) and not times:
        return Late(duration(match["time"]), match["what"])
    if times or _BOTH.search(text) or _second_verb(text):
        return Unknown(written)
    happened = event(text)
    return Happens(happened) if happened.verb and happened.verb != "be" else Unknown(written)
