"""What is looked for in a clause, by first word, and what each phrase found there means."""

import re

from syngraph.grammar.amounts import By, Within
from syngraph.grammar.chunks.consents import CONSENT, OWN_CONSENT, consent, own_consent
from syngraph.grammar.chunks.delays import EACH_PERIOD, per
from syngraph.grammar.chunks.effects import EFFECT_WORDS, EFFECTS, PAYABLE, PAYABLE_WORDS, effect, payable
from syngraph.grammar.chunks.fronts import ASIDE, SETTING, aside, front_end, setting
from syngraph.grammar.chunks.modals import MODAL, MODAL_PHRASE, PRESENT, SAID_MODAL, STANDING, Modal, modal, participle
from syngraph.grammar.chunks.offices import MEMBER_ACTS, MEMBER_WORDS, OFFICE_ACTS, OFFICE_WORDS, member_acts, office_acts
from syngraph.grammar.chunks.scanner import DoubtError, Handler, MisfitError, Scanner, made
from syngraph.grammar.chunks.steps import EACH_STEP, per_step
from syngraph.grammar.chunks.stretches import STRETCH, stretch
from syngraph.grammar.chunks.votes import (
    AGREED,
    ALSO,
    DECIDES,
    OR_BODY,
    UNSAID,
    VOTED,
    agreed,
    also,
    decides,
    or_body,
    unsaid,
    vote,
)
from syngraph.grammar.guards.loose import whole
from syngraph.grammar.lexicon import base_of_third, inflected
from syngraph.grammar.patterns import late
from syngraph.grammar.phrases.lateness import circumstance
from syngraph.grammar.phrases.levels import measured
from syngraph.grammar.phrases.nouns import DETERMINER, PERSON, has_verb
from syngraph.grammar.phrases.numbers import (
    CALENDAR_DAY,
    CLOCK,
    DURATION,
    MONEY,
    NUMBER,
    PERCENT,
    NoSuchDayError,
    duration,
)
from syngraph.grammar.phrases.persons import somebody
from syngraph.grammar.phrases.sums import cap
from syngraph.grammar.phrases.times import OPENINGS, Opening
from syngraph.grammar.references import SECTIONS, sections
from syngraph.grammar.rules import Condition, Fails, Happens, Link, Priority, Rank, Unknown
from syngraph.grammar.rules import Test as Circumstance

# -- patterns ----------------------------------------------------------------------------------------------------------

_NOTICE = late(
    rf"(?:only\s)?(?:by|on|upon|with)\s(?:giving\s)?(?:(?P<whom>{PERSON})\s)?(?:(?:at\sleast|not\sless\sthan|no\sless\sthan)\s)?"
    rf"(?:(?P<time>{DURATION})[’']?s?[’']?\s)?(?:(?:prior|written|advance|a|an)\s)*notice(?!\w)(?:\s(?:in\swriting\s)?to\s(?P<to>{PERSON}))?"
    rf"(?:\sof\s(?:at\sleast\s)?(?P<of>{DURATION}))?"
)
_CAP = late(
    r"(?:(?:but\s)?(?:up\sto|not\s(?:exceeding|to\sexceed)|(?:not|no)\smore\sthan|(?:(?:subject\s)?to|with)\s(?=an?\s\w+\sof\s)|at\smost|limited\sto|capped\sat)\s?)"
    r"(?:an?\s(?:(?:overall|aggregate|total)\s)?(?:total|maximum|cap|limit|ceiling)\sof\s)?"
    rf"(?P<cap>{MONEY}|(?:\d|[a-z]+[-\s]?)[\w.]*\s?(?:%|percent|per\scent)?\s?of\s(?:the\s)?[A-Za-z][\w’'-]*(?:\s[A-Za-z][\w’'-]*)*|the\s[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*|{PERCENT}(?!\sof\b))"
    r"(?:\s(?:in\s(?:total|all|the\saggregate)|altogether|overall))?(?!\w)"
)
_RANK = late(
    rf"(?P<rank>(?i:subject\sto|notwithstanding|despite|except\sas\s(?:otherwise\s)?provided\s(?:in|by|for\sin)|unless\sotherwise\sprovided\s(?:in|by)))\s"
    rf"(?P<what>{SECTIONS}|(?:any|all)\sother\sprovisions?(?:\sof\s(?:this|these)\s[A-Z]\w+)?)"
)
_RANKS = {"subject": Rank.SUBJECT_TO, "notwithstanding": Rank.NOTWITHSTANDING, "despite": Rank.NOTWITHSTANDING}

LINKS = {
    "if": Link.IF,
    "should": Link.IF,
    "in the event that": Link.IF,
    "in case": Link.IF,
    "in case of": Link.UPON,
    "once": Link.WHEN,
    "when": Link.WHEN,
    "whenever": Link.WHEN,
    "as soon as": Link.WHEN,
    "where": Link.WHERE,
    "upon": Link.UPON,
    "in the event of": Link.UPON,
    "unless": Link.UNLESS,
    "until": Link.UNLESS,
    "provided": Link.PROVIDED,
    "provided that": Link.PROVIDED,
    "provided, however, that": Link.PROVIDED,
    "except that": Link.EXCEPT,
    "except when": Link.UNLESS,
    "except if": Link.UNLESS,
    "except where": Link.UNLESS,
}
_LINK = r"(?P<link>Should|(?i:in\sthe\sevent\s(?:that|of)|in\scase\sof|in\scase|if|whenever|when|where|upon|unless|provided(?:,\showever,)?(?:\sthat|(?=\s(?:it|they|he|she|the|an?|there|such|each|no|all|any|one)\s))|except\s(?:that|when|if|where)|once|as\ssoon\sas))"
_CONDITION = late(
    _LINK
    + r"\s(?!due\b|(?:any|so|not|needed|required|appropriate)(?=[,.)]|$)|(?:reasonably\s)?(?:possible|practicable|necessary)\b|otherwise\b(?!\s(?:\w+ed|set|given)\b)|is\s(?:reasonably\s)?(?:possible|practicable)\b|applicable\b)"
)
_NEXT_CONDITION = late(
    r"(?:,\s|\s)(?:and\s|or\s|but\s)?(?:only\s)?(?=(?:if|when|unless|provided\sthat|except\s(?:that|when|if|where))\s)(?!when\sdue)"
)
RESIDUE = late(
    rf"\b(?:within(?:$|\s(?:{NUMBER}|(?:[\w’'-]+\s){{0,4}}?(?:periods?|months?|years?|time|days?|weeks?|hours?|terms?|deadlines?|limits?)\b))|until|unless|no\slater|not\slater|provided\sthat|except|(?<!%\s)(?<!percent\s)(?<!year\sof\s)(?<!years\sof\s)(?<!months\sof\s){DURATION}(?![’'\w])(?!\sof\s|\sterms?\b|\sgrace\b)|"
    rf"{CALENDAR_DAY}|(?:by|before|on|until)\s\d{{1,2}}\s[A-Z]\w+|(?:(?:by|before|on|until|in)\s(?:\w+\s){{1,3}})?of\s(?:each|every)\s(?:day|week|month|quarter|year)|at\sany\s\w+\stime|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}|(?:by|before|on|until)\s\d{{1,2}}\s[a-z]\w+\s\d{{4}}|every\s(?:second|third|other)|bi-?weekly|{CLOCK}|(?:on|by|before|after|until|or|and)\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|in\s(?:January|February|March|April|May|June|July|August|September|October|November|December)|such\s(?:later|earlier)|the\snext\s\d|in\s(?:[\w()-]+\s){{0,4}}instal?lments?|whichever|the\s(?:later|earlier|latest|earliest)\sof|twice|\w+\stimes|majority|(?<!\bpay\s)two-thirds|quorum\sof|and\s(?:is|are)\s(?:not\s)?\w+ed|every\s(?:day|week|month|year))\b"
)


# -- handlers --------------------------------------------------------------------------------------------------------


def _time(opening: Opening) -> Handler:
    def handle(scan: Scanner, match: re.Match[str]) -> bool:
        before = scan.text[: match.start()].split()[-1:]
        if before and (before[0] in opening.declines or before[0][-1] in opening.declines):
            return False
        try:
            meaning = opening.whole(match)
        except NoSuchDayError as fault:
            at = match[0].find(str(fault))
            raise MisfitError(match.start() + max(at, 0), str(fault), ("a day that the calendar has",)) from None
        if meaning is not None:
            return scan.add("TIME", match, meaning)
        scan.flush(match.start())
        scan.open = (opening, match)
        return True

    return handle


_RELATIVE = late(r"(?<!\w)(?:who|which|that)\s$")


def _modal(scan: Scanner, match: re.Match[str]) -> bool:
    if scan.main:
        return False
    if match["modal"] == "will" and re.search(r"(?i)\b(?:the|a|his|her|last)\s$", scan.text[: match.start()]):
        return False
    if _RELATIVE.search(scan.text, max(0, match.start() - 7), match.start()):
        # Who may vote, or what shall be done, is not yet who is spoken of.
        return False
    meaning = modal(match)
    scan.main = True
    scan.flush(match.start())
    if [chunk.type for chunk in scan.chunks[-2:]] == ["TEXT", "COMMA"]:
        # What is put in after the subject (`The Chair, or their delegate, shall`) ends with a comma.
        scan.chunks.pop()
    if match["be"] and participle(match["part"]):
        return scan.add("PASSIVE", match, Modal(meaning.may, meaning.negated, meaning.only, match["part"]))
    if match["be"]:
        scan.flush(match.start())
        stop = match.start("part") if match["part"] else match.end()
        scan.chunks.append(made("BE", scan.text[match.start() : stop].rstrip(), match.start(), meaning))
        scan.taken = stop
        return True
    return scan.add("MODAL", match, meaning)


_AND_MODAL = late(rf"(?:and|but)\s(?=(?:{MODAL})|(?:is|are)\snot\scounted)")


def _and_modal(scan: Scanner, match: re.Match[str]) -> bool:
    if not scan.main:
        return False
    follow = MODAL_PHRASE.match(scan.text, match.end(), scan.end)
    present = PRESENT.match(scan.text, match.end(), scan.end) if follow is None else None
    scan.flush(match.start())
    if present is not None:
        whole = scan.text[match.start() : present.end()]
        scan.chunks.append(made("AND_PASSIVE", whole, match.start(), Modal(False, True, False, present["part"], present=True)))
        scan.taken = present.end()
        return True
    if follow is None:
        return False
    if scan.chunks[-1].type == "COMMA":
        scan.chunks.pop()
    meaning = modal(follow)
    kind = "AND_MODAL"
    if follow["be"] and participle(follow["part"]):
        kind, meaning = "AND_PASSIVE", Modal(meaning.may, meaning.negated, meaning.only, follow["part"])
    scan.chunks.append(made(kind, scan.text[match.start() : follow.end()], match.start(), meaning))
    scan.taken = follow.end()
    return True


def _present(scan: Scanner, match: re.Match[str]) -> bool:
    if scan.main or not participle(match["part"]) or (scan.stated and scan.binds_later()):
        return False
    scan.main = True
    return scan.add("PASSIVE", match, Modal(False, bool(match["not"]), bool(match["only"]), match["part"], present=True))


_CHARGED = late(
    rf"(?:is|are)(?P<not>\snot)?(?=\s(?:(?:(?:solely|jointly|ultimately|primarily|also)\s)?responsible\s(?:for|to)\s|(?:free|welcome)\sto\s|{STANDING}))"
)


def _charged(scan: Scanner, match: re.Match[str]) -> bool:
    if scan.main:
        return False
    scan.main = True
    return scan.add("BE", match, Modal(False, bool(match["not"]), False, present=True))


_PASSES = late(
    r"(?P<verb>passes|carries|fails|lapses|prevails|fail|lapse|pass|carry|prevail)(?=$|\s(?:by|with|only|if|when|unless|upon|at|within|after|before|on|no)\s|,)"
)


_VOTED_ON = late(
    r"\b(?:[Mm]otions?|[Pp]roposals?|[Aa]mendments?|[Rr]esolutions?|[Vv]otes?|[Mm]easures?|[Bb]ills?|[Bb]allots?|[Qq]uestions?|[Dd]ecisions?|[Pp]olls?|[Rr]eferendums?|[Ii]t|[Rr]equests?|[Ii]tems?|"
    r"[Aa]pplications?|[Cc]hanges?|[Ee]lections?|[Rr]ecalls?|[Nn]ominations?|[Pp]olic(?:y|ies)|[Pp]lans?|[Pp]roposed|RFCs?|PRs?|[Cc]andidates?|[Rr]emovals?|[Mm]atters?|[Ii]ssues?)\b"
)
"""What passes or is carried by a vote; title, risk and time pass by themselves."""


def _passes(scan: Scanner, match: re.Match[str]) -> bool:
    if scan.main or (scan.stated and scan.binds_later()):
        return False
    if not any(chunk.type == "COND" for chunk in scan.chunks) and match["verb"] not in ("passes", "carries"):
        return False
    if match["verb"] in ("passes", "pass", "carries", "carry") and not _VOTED_ON.search(
        scan.text, max(scan.waiting, 0), match.start()
    ):
        return False
    scan.main = True
    base = base_of_third(match["verb"]) or match["verb"]
    return scan.add("PASSIVE", match, Modal(False, False, False, inflected(base).participle, present=True))


def _agent(scan: Scanner, match: re.Match[str]) -> bool:
    chunk = next((c for c in reversed(scan.chunks) if c.type in ("PASSIVE", "AND_PASSIVE", "MODAL", "BE")), None)
    if chunk is None or "PASSIVE" not in chunk.type or not somebody(match["who"]):
        return False
    return scan.add("AGENT", match, match["who"])


def _notice(scan: Scanner, match: re.Match[str]) -> bool:
    if not scan.main:
        return False
    time = match["time"] or match["of"]
    return scan.add("NOTICE", match, (duration(time) if time else None, match["whom"] or match["to"] or ""))


def _cap(scan: Scanner, match: re.Match[str]) -> bool:
    bound = cap(match["cap"])
    return bound is not None and scan.main and scan.add("CAP", match, bound)


def _rank(scan: Scanner, match: re.Match[str]) -> bool:
    rank = _RANKS.get(match["rank"].split()[0].lower(), Rank.EXCEPT_AS_PROVIDED)
    named = () if "other provision" in match["what"] else sections(match["what"])
    return scan.add("PRIORITY", match, Priority(rank, named))


_JOINT = late(r",?\sthen\s|(?!,)\s?(?=\S)")
_PARTICLE = late(
    r"(?:agreed|called|voted|acted|relied|based|decided|depend\w*|conferred|imposed|incumbent|call|act|rely|vote|decide|agree)\s$"
)


_ONE_TIME = late(r"\s(?:by|with|on|upon|for|in|at|within|during|before|after|per|only|a|each|every)\s")
"""What follows a `once` that says how often."""


def _condition(scan: Scanner, match: re.Match[str]) -> bool:
    if match["link"].lower() == "once" and _ONE_TIME.match(scan.text, match.end("link")):
        return False
    link = LINKS[re.sub(r"\s+", " ", match["link"].lower())]
    scan.flush(match.start())
    fronted = not scan.main
    kinds = [chunk.type for chunk in scan.chunks[-2:]]
    between = not fronted and scan.waiting == -1 and kinds == ["MODAL", "COMMA"] and "," in scan.text[match.end() :]
    if fronted and link is Link.UPON and not match["link"][0].isupper():
        return False
    if link is Link.UPON and _PARTICLE.search(scan.text, max(0, match.start() - 12), match.start()):
        return False
    if scan.text.endswith("even ", 0, match.start()):
        # `Even if` makes nothing hang on it.
        return False
    if match["link"] == "Should" and (scan.main or scan.waiting != -1):
        return False
    if match["link"] == "once" and kinds[-1:] == ["MODAL"] and scan.waiting == -1:
        return False  # `may once extend`
    end = front_end(scan, match.start(), match.end(), _another_front) if fronted else _tail_end(scan, match)
    if between:
        end = scan.text.index(",", match.end())
    body = scan.text[match.end() : end]
    whole(scan.text, match.end(), end)
    if ("(" in body or ")" in body) and body.count("(") != body.count(")"):
        raise MisfitError(match.start("link"), match["link"], ("a condition outside brackets",))
    test, doubt = _circumstance(scan, match.end(), end, link, fronted=fronted)
    becomes = any(chunk.type == "EFFECT" for chunk in scan.chunks) and isinstance(test, Happens)
    if (
        doubt is not None
        and not (fronted or between or becomes)
        and not any(c.type in ("TIME", "RENEWED") for c in scan.chunks)
    ):
        subject = scan.text[scan.chunks[0].start_pos if scan.chunks else 0 : match.start()].strip(" ,")
        head = (
            subject[0].lower() + subject[1:]
            if re.match(r"(?:The|A|An|Each|Every|Any|Either|No|All|This|These)\b", subject)
            else subject
        )
        time, plain = body[doubt:].strip(), body[:doubt].strip()
        raise DoubtError(
            match.end() + doubt,
            end,
            (f"{match['link'].capitalize()} {plain}, {head} {time}.", f"{match['link'].capitalize()} {body.strip()}, {head}."),
        )
    scan.chunks.append(made("COND", scan.text[match.start() : end].rstrip(" ,"), match.start(), Condition(link, test)))
    scan.taken = end
    if fronted and (joint := _JOINT.match(scan.text, end)):
        # The comma may be left out, and `then` adds nothing to it.
        scan.comma(end)
        scan.taken = joint.end()
    return True


def _harmless(said: str, *, fronted: bool) -> bool:
    """Whether a modal within a condition begins no second clause: before the subject none does, after it only `can` is sure."""
    return fronted or said in ("can", "cannot")


def _another_front(said: str) -> bool:
    return bool(_CONDITION.match(said) or _RANK.match(said))


def _front(said: str) -> bool:
    """Whether words open a front of any kind: a setting, a condition, a rank or a time."""
    if SETTING.match(said) or _another_front(said):
        return True
    first = re.match(r"[\w’'-]+", said)
    return first is not None and any(pattern.match(said) for pattern, _ in TIMES.get(first[0].lower(), ()))


def _circumstance(scan: Scanner, start: int, end: int, link: Link, *, fronted: bool) -> tuple[Circumstance, int | None]:
    inner = Scanner(scan.text, end).scan(start, TIMES)
    plain = [chunk for chunk in inner if chunk.type != "COMMA"]
    written = scan.text[start:end].strip(" ,")
    level = measured(written) if link is not Link.UPON else None
    if level is not None and not SAID_MODAL.search(written) and (fronted or not (level.aside or level.before)):
        return level, None
    if not plain or plain[0].type != "TEXT":
        raise MisfitError(start, written.partition(" ")[0], ("what must be the case",))
    times = tuple(chunk.meaning for chunk in plain[1:] if chunk.type == "TIME")
    if len(times) != len(plain) - 1:
        if (said := SAID_MODAL.search(written)) and not _harmless(said[0], fronted=fronted):
            raise MisfitError(
                start + scan.text[start:end].find(said[0]), said[0], ("a condition without `shall`, `must` or `may`",)
            )
        return circumstance(written, (), written), None
    if (said := SAID_MODAL.search(str(plain[0]))) and _harmless(said[0], fronted=fronted):
        return Unknown(written), None
    if said:
        raise MisfitError((plain[0].start_pos or 0) + said.start(), said[0], ("a condition without `shall`, `must` or `may`",))
    test = circumstance(str(plain[0]), times, written)
    if link is Link.UNLESS and isinstance(test, Unknown) and times and all(isinstance(time, Within | By) for time in times):
        done = circumstance(str(plain[0]), (), written)
        if isinstance(done, Happens) and done.event.actor:
            test = Happens(done.event, times)
    if (
        link is not Link.UPON
        and isinstance(test, Unknown)
        and not has_verb(str(plain[0]))
        and not any(ch.type == "COND" for ch in scan.chunks)
    ):
        raise MisfitError(start, written.partition(" ")[0], ("what must be the case",))
    doubt = plain[1].start_pos - start if times and not isinstance(test, Fails) and plain[1].start_pos is not None else None
    return test, doubt


def _tail_end(scan: Scanner, match: re.Match[str]) -> int:
    following = _NEXT_CONDITION.search(scan.text, match.end(), scan.end)
    return following.start() if following else scan.end


# -- what is looked for, by first word ---------------------------------------------------------------------------------


def _table(entries: tuple[tuple[str, re.Pattern[str], Handler], ...]) -> dict[str, tuple[tuple[re.Pattern[str], Handler], ...]]:
    table: dict[str, list[tuple[re.Pattern[str], Handler]]] = {}
    for words, pattern, handler in entries:
        for word in words.split():
            table.setdefault(word, []).append((pattern, handler))
    return {word: tuple(handlers) for word, handlers in table.items()}


_CONDITION_ENTRY = ("if should in once when whenever as where upon unless provided except", _CONDITION, _condition)
_TIME_ENTRIES = tuple((opening.words, opening.pattern, _time(opening)) for opening in OPENINGS)
SETTINGS = (
    "if when where unless so insofar pending in at for from to with without as except subject on under towards given because due regardless pursuant based while between among within "
    "notwithstanding despite depending otherwise after before regarding concerning"
)
TIMES = _table(_TIME_ENTRIES)
TAILS = _table((*_TIME_ENTRIES, _CONDITION_ENTRY))
TRIGGERS = _table(
    (
        ("from between", STRETCH, stretch),
        ("for", EACH_STEP, per_step),
        ("for", EACH_PERIOD, per),
        ("and or", ALSO, also),
        ("or", OR_BODY, or_body),
        ("subject notwithstanding despite except unless", _RANK, _rank),
        ("with without except subject upon", CONSENT, consent),
        ("with without subject", OWN_CONSENT, own_consent),
        ("by on upon with only", _NOTICE, _notice),
        ("but up not no to at limited capped subject with", _CAP, _cap),
        *_TIME_ENTRIES,
        ("by with through upon on subject only", VOTED, vote),
        ("by with through via upon on subject only", AGREED, agreed),
        ("by through upon subject", UNSAID, unsaid),
        (
            "by",
            late(
                rf"by(?:,?\sor\s(?:at|under)\sthe\sdirection\sof,?)?\s(?:(?:action|order|direction)\sof\s)?(?P<who>(?:(?:{DETERMINER})\s|[A-Z])[^,;]*?(?:(?:,\s(?:(?:{DETERMINER})\s)?[\w’'-]+(?:\s[\w’'-]+){{0,3}}){{1,5}},?\s(?:and|or)\s[^,;]*?)?)(?=$|,|\s(?:within|no\slater|from\stime\sto|with\sor\swithout|from\samong|by|on|at|in|if|when|unless|to|for|before|after|until|upon|and\s(?:shall|may|must)|or\sby|and\sby)\s|\s(?:at\sleast\s)?(?:(?:once\s)?(?:in\s)?(?:each|every)\s(?:(?:calendar|other)\s)?(?:day|week|month|quarter|year)|once\san?\s|daily|weekly|monthly|quarterly|yearly|annually)(?![\w’'-]))"
            ),
            _agent,
        ),
        _CONDITION_ENTRY,
        (SETTINGS, SETTING, lambda scan, match: setting(scan, match, _front)),
        (
            "so as to insofar pending without while subject",
            ASIDE,
            lambda scan, match: aside(scan, match, _tail_end(scan, match)),
        ),
        (EFFECT_WORDS, EFFECTS, effect),
        (PAYABLE_WORDS, PAYABLE, payable),
        ("and but", _AND_MODAL, _and_modal),
        (
            "shall must will is are agrees agree undertakes undertake has have do does needs need may can cannot retains retain reserves reserve",
            MODAL_PHRASE,
            _modal,
        ),
        ("is are", _CHARGED, _charged),
        ("is are", PRESENT, _present),
        (OFFICE_WORDS, OFFICE_ACTS, office_acts),
        (MEMBER_WORDS, MEMBER_ACTS, member_acts),
        ("passes carries fails lapses prevails fail lapse pass carry prevail", _PASSES, _passes),
        (
            "decides decide elects elect appoints appoint chooses choose selects select adopts adopt approves approve ratifies "
            "ratify amends amend removes remove admits admit makes make takes take acts act operates operate votes vote resolves resolve "
            "reaches reach has have casts cast",
            DECIDES,
            decides,
        ),
    )
)
