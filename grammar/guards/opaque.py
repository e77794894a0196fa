"""What words that are not taken apart may not have in them: whatever decides when, for whom or whether at all.

The words of an act, an event, a person or a matter are kept as written. A condition, a time, a second clause or a denial among
them would decide in silence, so a sentence with one is not read. The table has each such phrase with what would have been read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from syngraph.grammar import lexicon
from syngraph.grammar.amounts import After, Ahead, Before, By, Each, Event, On, Unit, Until, Within
from syngraph.grammar.chunks.scanner import DoubtError, MisfitError
from syngraph.grammar.guards.releasing import barred_or_uncounted
from syngraph.grammar.patterns import late
from syngraph.grammar.rules import (
    Act,
    Actor,
    Commencement,
    Comparison,
    Condition,
    Decision,
    Declaration,
    Exclusion,
    Fact,
    Fails,
    ForkRight,
    Happens,
    Initiative,
    Measured,
    Obligation,
    Permission,
    Power,
    Prohibition,
    Quantifier,
    Rule,
    Threshold,
    Unknown,
)
from syngraph.grammar.saying.phrasing import lowered


class Place(StrEnum):
    """Where words are that are not taken apart."""

    ACT = "act"
    EVENT = "event"
    ACTOR = "actor"
    MATTER = "matter"
    DETAIL = "detail"
    CONDITION = "condition"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Bar:
    """A phrase that words of a place may not have: the small words one of which it has, what would be read, and what in its stead."""

    words: str
    pattern: re.Pattern[str]
    places: frozenset[Place]
    expected: str
    instead: str = ""


def _bar(words: str, pattern: str, places: str, expected: str, instead: str = "") -> Bar:
    return Bar(words, late(pattern), frozenset(Place(place) for place in places.split()), expected, instead)


_RELATIVE = r"(?:who|whom|which|that|whose|as|whether|what|when|where|how|if|than|there|because|since|while|until|why|whatever|whoever|whichever|so)"
_UNIT = r"(?:hour|day|week|month|year|night|morning|evening|afternoon|weekend|spring|summer|autumn|winter|fall)"
_SOON = "a time such as `within 30 days after ...` or `by 31 March 2027`"
_COND = "a condition that opens with `if`, `unless` or `provided that`"
_APART = "a sentence of its own"
_NOT = "`shall not`, or nothing"

BARS = (
    # Conditions.
    _bar("given", r"\bgiven\s(?=that\b|the\s\w+\s(?:is|are|has|have)\b)", "act matter", _COND, "if"),
    _bar("condition conditional", r"\b(?:up)?on\s(?:the\s)?condition\s(?:that|of)\b|\bconditional\s(?:up)?on\b", "act matter", _COND, "provided that"),
    _bar("basis understanding assumption", r"\bon\s(?:the|an)\s(?:basis|understanding|assumption)\sthat\b", "act matter", _COND, "provided that"),
    _bar("assuming supposing", r"\b(?:assuming|supposing)\b(?:\sthat\b)?(?!\s(?:office|control|responsibilit|the\s(?:role|office)))", "act matter", _COND, "if"),
    _bar("failing", r",?\s?\bfailing\s(?:which|that|this|to|an?|any|the|such|[a-z]+$)", "act event matter", "`. If not,` and a sentence of its own"),
    _bar("absent", r"\babsent\s(?:an?|any|the|such|[a-z]+$)", "act matter", _COND, "unless there is"),
    _bar("absence", r"\bin\sthe\sabsence\sof\s(?!the\s(?:[Cc]hair|[Pp]resident|[A-Z]))", "act matter actor", _COND, "unless there is"),
    _bar("absence", r"\bin\s(?:(?:his|her|their|its)|the\s[\w’']+['’]s?)\sabsence\b", "actor", "one bearer (`If the Secretary is absent, the Treasurer shall`)"),
    _bar("depending dependent", r"\b(?:depending|dependent)\s(?:up)?on\b", "act matter", _COND),
    _bar("pending subsequent", r"\b(?:pending|subsequent\sto)\s(?:the\s|any\s|an?\s)?\w+", "act matter", "`until ...` or `after ...`"),
    _bar("following", r"(?<!the\s)(?<!\w\sof\s)\bfollowing\s(?:delivery|receipt|notice|payment|completion|termination|signature|signing|the\s(?:delivery|receipt|notice|payment|completion|end|expiry|termination))\b", "act matter", "`after ...`", "after"),
    _bar("should were had", r"\b(?:should|were|had)\s(?:it|they|he|she|any|the|an?)\s(?:[\w’'-]+\s){0,3}?(?:to\s)?[a-z]+$", "act matter", _COND, "if"),
    _bar("save", r"\bsave\s(?:where|that|if|when|as|in\scase)\b|\bsave$", "act matter", "`except where ...` or `unless ...`"),
    _bar("but not even within than", r"\b(?:but|not|even|but\snot|within\s(?:about|around|roughly)|within|not\s(?:sooner|later|earlier)\sthan|(?:sooner|later|earlier)\sthan)$", "act matter", "words that nothing turns round"),
    _bar("for as", r"\s(?:for|as)$", "act", "what it is for"),
    # Times.
    _bar("next", r"\b(?:the\s)?next\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)?day\b|(?<!of\s)(?<!for\s)\bnext\s(?:week|month|quarter|year|spring|summer|autumn|winter)\b", "act matter", _SOON),
    _bar("tomorrow today tonight yesterday soon someday sometime nightly hourly fortnightly fortnight thereafter semi biannually biennially semiannually triennially", r"\b(?:tomorrow|tonight|yesterday|today|soon|someday|sometime|nightly|hourly|fortnightly|fortnight|thereafter|biannually|biennially|triennially|semi-?(?:annually|monthly|weekly))$|\bwithin\s(?:an?|one|two)\sfortnight|\b(?:tomorrow|tonight|fortnight|thereafter)\b", "act matter", _SOON),
    _bar("this", rf"(?<!of\s)(?<!for\s)(?<!in\s)\bthis\s{_UNIT}$|\bin\sthis\s{_UNIT}$", "act matter", _SOON),
    _bar("in", r"\bin\s(?:the\syear\s)?(?:19|20)\d\d$|\b[Ii]n\sthe\s(?:year\s\d+|spring|summer|autumn|winter|fall|morning|evening|afternoon)\b(?!\sof)", "act matter", _SOON),
    _bar("at", r"\bat\s(?:Easter|Christmas|Whitsun|Michaelmas|New\sYear|midnight|noon|midday|dawn|dusk|sunset|sunrise|the\s(?:latest|earliest|soonest)(?!\s[a-z]))\b", "act matter", _SOON),
    _bar("due", r"\bin\sdue\s(?:course|time)\b", "act matter", _SOON),
    _bar("every each", r"\b(?:every|each)\s(?:other\s|second\s|third\s)?(?:morning|evening|night|afternoon|weekend|spring|summer|autumn|winter|hour|fortnight)$", "act matter", "a time such as `each day` or `each week`"),
    _bar("often", r"\bas\soften\sas\b", "act matter", "a time such as `each day`"),
    _bar("day", r"\bthe\s(?:(?:next|following|same|previous|preceding)\s)?day$|\bthe\s(?:next|following)\sday\b", "act", "`on the day after ...` or `within one day after ...`"),
    _bar("by on", r"\b(?:by|on)\s(?:the\s)?\d{1,2}(?:st|nd|rd|th)?\sof\s|\bon\sthe\s(?:\d+(?:st|nd|rd|th)|\w+(?:teenth|tieth|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth))$", "act matter", _SOON),
    _bar("later never earlier sooner whichever", r"\bor\s(?:later|never|earlier|sooner|thereabouts)\b|\bwhichever\sis\b", "act matter event", "one time"),
    _bar("latest earliest", r"\b(?:latest|earliest)\s\d", "event", "`no later than`, and a day"),
    _bar("notice", r"^(?:at\sleast\s|not\sless\sthan\s)?(?:\d+|[a-z-]+(?:\s\(\d+\))?)\s(?:Business\s)?(?:hour|day|week|month|year)s?['’]?s?\s(?:prior\s|written\s)*notice", "event", "`by giving 14 days’ notice`"),
    # A second clause.
    _bar("may shall must will", rf"^(?:(?!\b{_RELATIVE}\b).)*?\b(?P<said>(?:and|or)\s(?:(?:the|an?|each|any|every|no|its|their|this|such)\s)?(?:(?!{_RELATIVE}\b)[\w’'-]+\s){{0,4}}?(?:may|shall|must|will))(?=\s)", "act event", _APART),
    _bar("is are was were has", r"(?:,\s|\s)(?:and|or)\s(?:(?:it|they|the\s[\w’'-]+)\s)?(?:is|are|was|were|has)\s", "event", _APART),
    _bar("balance rest remainder other", r"\band\s(?:the\s)?(?:balance|rest|remainder|other\s(?:half|third|quarter|part))\b", "act event", _APART),
    _bar("otherwise", r"\band\s(?:by|within|on|no\slater|at)\s.*\botherwise$", "act event matter", _APART),
    _bar("who which", r"\b(?:who|which)\s(?:shall|must|will)\b", "act", _APART),
    _bar("elected appointed chosen nominated selected", r",\s\w+(?:ed|en)$", "act", "one clause"),
    _bar("for to of with from in on", r"^\w+\s(?:for|to|of|with|from|in|on),", "act", "one act, and what is done with"),
    _bar("otherwise", r"\band\s(?:by|within|on|no\slater|at)\s.*\botherwise$", "condition", _APART),
    _bar("is are was were applies apply does do", rf"^(?:(?!\b{_RELATIVE}\b).)*?\s(?<!they\s)(?<!it\s)(?<!he\s)(?P<said>is|are|was|were|does\snot|do\snot|no\slonger\sapplies|(?:no\slonger\s)?applies)(?=\s|$)", "act", _APART),
    # Whose vote it is.
    _bar("good on who whose entitled", r"\bin\sgood\sstanding\b|^(?:on|who|whose|entitled)\s", "detail", "of whom it is a share, or `present and voting`"),
    # Who.
    _bar("that", r"\bthat\s(?:the|an?|each|every|any|all|no|such|this|these|[A-Z][\w’'-]*)(?:\s|$)", "actor", "who shall or may do it, and no statement about it"),
    _bar("or and not", r"^(?:and|or|not)(?:\s|$)|\s(?:and|or)$", "actor", "who shall or may do it"),
    _bar("acting", r"\bacting\s(?:jointly|severally|alone|together|through|by)\b", "actor", "who shall or may do it"),
    _bar("two three four five six", r"^(?:one|two|three|four|five|six|seven)\s[A-Z]|^(?:Two|Three|Four|Five|Six|Any|Some|Most|Each|Both)(?:\sof\b|$)", "actor", "`Any two Directors`, and nobody else"),
    _bar("any", r"^Any\sof\b", "actor", "`Any Member`", "Any"),
    _bar("who what which whom", r"^(?:Who|Whom|What|Which)(?:\s|$)", "actor", "who shall or may do it"),
    # Denials.
    _bar("not", r"\(not\)|(?:^|[,(–—-])\s?not\b(?!\s(?:to|limited|exceeding|less|more|only|including|later|earlier|just|merely)\b)", "act matter", _NOT),
    _bar("n", r"\b[A-Za-z]\s[A-Za-z]\s[A-Za-z]\b|^[a-z]\s[a-z]\s|\bn['’]t\b", "act", "words that are written together"),
    _bar("only", r"^only\s", "act", "`may ... only if ...` or `shall not ... unless ...`"),
)  # fmt: skip

_BY_WORD: dict[str, tuple[Bar, ...]] = {}
for _each in BARS:
    for _word in _each.words.split():
        _BY_WORD[_word] = (*_BY_WORD.get(_word, ()), _each)
_WORD = re.compile(r"[a-z]+")
_LOUD_NOT = re.compile(r"\bNOT\b")
_ODD_SHARE = late(r"^by\s(?:at\sleast\s)?(?:\S*[⁄½⅓⅔¼¾]\S*|\d+/\d+|\d\S*\s?\d*/?\d*\s?(?:%|per\s?cent))")


def guard(clause: str, rules: tuple[Rule, ...]) -> None:
    """Refuses a clause where words that are kept as written have something that decides.

    Raises: MisfitError at those words.
    """
    words = set(_WORD.findall(clause.lower()))
    if barred := [bar for word in words & _BY_WORD.keys() for bar in _BY_WORD[word]]:
        for place, text in _texts(rules):
            for bar in barred:
                if place in bar.places and (found := bar.pattern.search(text)):
                    raise _misfit(clause, text, found, bar)
    for place, text in _texts(rules):
        if place is Place.ACT and (found := _LOUD_NOT.search(text)):
            raise MisfitError(max(clause.find(found[0]), 0), found[0], (_NOT,))
    for rule in rules:
        _amiss(clause, rule)


def _misfit(clause: str, text: str, found: re.Match[str], bar: Bar) -> MisfitError:
    said = (found["said"] if "said" in found.re.groupindex else found[0]).strip(" ,(")
    at = clause.find(text)
    at = clause.find(said, max(at, 0))
    at = at if at >= 0 else clause.lower().find(said.lower())
    if at < 0:
        return MisfitError(0, clause.partition(" ")[0], (bar.expected,))
    word = said if bar.instead else said.partition(" ")[0]
    return MisfitError(at, clause[at : at + len(word)], (bar.expected,), bar.instead)


def _amiss(clause: str, rule: Rule) -> None:
    """Refuses what is amiss in a rule as a whole."""
    match rule:
        case Permission(act=act) | Power(act=act) if act.rest and (odd := _ODD_SHARE.match(act.rest)):
            raise MisfitError(max(clause.find(odd[0]), 0), "by", ("a share such as `two-thirds`, `2/3` or `66%` of somebody",))
        case Obligation(bearer=Actor()) if clause.startswith(("Only ", "only ")):
            raise MisfitError(0, clause[:4], ("`may` after `Only`, or `shall` without it",))
        case Obligation() | Permission() | Prohibition() | Power():
            if rule.bearer is not None and len(rule.bearer.roles) > 1:
                _several(clause, rule.bearer)
            if _HALF_SAID.match(rule.act.to):
                raise MisfitError(max(clause.find(rule.act.to), 0), rule.act.to.partition(" ")[0], ("who it is",))
            if _NOTICE_OF.search(rule.act.object) and any(isinstance(time, Before) for time in rule.times):
                at = clause.find(" before ") + 1
                raise MisfitError(at, "before", ("`at least two months before ...`, without a time of the notice beside it",))
            if second := _second_verb(rule.act.object):
                at = max(clause.find(second[0]), 0)
                raise MisfitError(
                    at + second.start("verb") - second.start(), second["verb"], ("`and`, before the last of several acts",)
                )
            if any(isinstance(time, Each) and time.period.unit is Unit.HOUR for time in rule.times):
                at = max(clause.find("every "), clause.find("each "), 0)
                raise MisfitError(at, clause[at:].partition(" ")[0], ("a period of days, weeks, months or years",))
            if isinstance(rule, Power) and (end := _NOTICE_TO_END.search(clause)):
                raise MisfitError(end.start("word"), end["word"], ("to whom notice is given, and how long it is",))
            if isinstance(rule, Power) and _END_OF.match(rule.notice_to):
                raise MisfitError(max(clause.find(rule.notice_to) - 3, 0), "to", ("to whom notice is given",))
        case Initiative() if not _MAY.search(clause):
            modal = re.search(r"\b(?:shall|must)\b", clause)
            raise MisfitError(
                modal.start() if modal else 0, modal[0] if modal else "", ("`may`, where some of them set it going",)
            )
        case ForkRight() if (how := _FORKED_BY.search(clause)) is not None:
            raise MisfitError(how.start(), how[0].partition(" ")[0], ("who may fork what, and nothing else",))
        case Exclusion() | Declaration("status") if out := barred_or_uncounted(clause):
            at = clause.find(out)
            raise MisfitError(at, out.partition(" ")[0], ("a time or a right with its exception in the same sentence",))
        case Exclusion(who=who) if who.roles[0].lower() == "abstention":
            raise MisfitError(
                0, clause.partition(" ")[0], ("`An abstention does not count towards quorum.` or `... the votes cast.`",)
            )
        case Commencement(signed_by=who) if who and (joined := _SIGNED_AND.search(clause)):
            raise MisfitError(joined.start(1), joined[1], ("the end of the sentence",))
        case Decision(matter=matter, alternatives=alternatives):
            _nothing_decides(clause, alternatives)
            if matter.subject == "The text" and matter.verb in _AGREEING and "text" not in clause:
                raise MisfitError(
                    0, clause.partition(" ")[0], ("what is decided (`An amendment of these Bylaws requires ...`)",)
                )
        case Fact(event=event, happened=True):
            _no_fact(clause, event)
        case _:
            pass


def _nothing_decides(clause: str, alternatives: tuple[tuple[object, ...], ...]) -> None:
    for group in alternatives:
        for one in group:
            if (
                isinstance(one, Threshold)
                and one.comparison is Comparison.AT_LEAST
                and not (one.share or one.heads)
                and not one.minus
            ):
                at = re.search(r"\b0(?:%|/\d)?|\b(?:zero|nought)\b", clause)
                raise MisfitError(at.start() if at else 0, at[0] if at else "", ("a share that somebody must reach",))


_HALF_SAID = late(r"an?\s(?:single|sole|neutral|independent|suitable|qualified)$")
_NOTICE_OF = late(r"\b(?:hours?|days?|weeks?|months?|years?)['’]s?\s(?:\w+\s)?notice\b")
_NOTICE_TO_END = late(
    r"\bnotice\s(?:(?:expiring|ending|effective|taking\seffect)\s)?(?P<word>to|for|at|on|as)\s(?:of\s)?(?:the\s)?(?:end|close|last\sday|first\sday|beginning)\s(?:of|in)\s"
)
_END_OF = late(r"(?:the\s)?(?:end|beginning|start|close)\b")
_MAY = late(r"\b(?:may|can|could|entitled|right|power)\b")
_FORKED_BY = late(
    r"\b(?:by|with)\s(?:giving\s|an?\s|written\s|prior\s|signing\s)*(?:notice|copy|declaration|writing|signing)\b"
)
_SIGNED_AND = late(r"\bsigned\b.*?\s(and|or|if|unless|but)\s")
_AGREEING = frozenset(["approve", "adopt", "accept", "ratify", "pass", "carry"])
_MIXED = late(r"\b(?:and|or)\s(each|every|any|all|no)\s")
_MODALS = late(r"\s(?:shall|must|may|will|is|are|agrees?|undertakes?|has|have)\b")
_VERB = late(r",\s(?P<verb>[a-z]+)\s(?:the|an?|its|his|her|their|all|any|each|every|this|such)\s")


def _second_verb(text: str) -> re.Match[str] | None:
    """A second act after a comma among the words of one, None if there is none."""
    if ", " not in text:
        return None
    verbs = lexicon.current().verbs
    return next((found for found in _VERB.finditer(text) if found["verb"] in verbs), None)


def _several(clause: str, who: Actor) -> None:
    """Refuses bearers of whom it is not sure how they are joined, or whom what narrows them narrows.

    Raises: DoubtError, MisfitError
    """
    modal = _MODALS.search(clause)
    subject = clause[: modal.start()] if modal else ""
    if who.quantifier is Quantifier.THE and (mixed := _MIXED.search(subject)) is not None:
        raise MisfitError(mixed.start(1), mixed[1], ("a sentence for each who bears the duty",))
    at = subject.rfind(f" {who.qualifier}") if who.qualifier and not who.qualifier.startswith("of ") else -1
    joint = f" {who.joint} "
    if at < 0 or joint not in subject[:at]:
        return
    first, last = subject[:at].rsplit(joint, 1)
    narrowed = f"{first} {who.qualifier}{joint}{last} {who.qualifier}{clause[len(subject) :]}."
    other = f"{last[:1].upper()}{last[1:]} {who.qualifier}{joint}{lowered(first)}{clause[len(subject) :]}."
    raise DoubtError(at + 1, len(subject), (narrowed, other))


_NOBODY = late(
    r"\b(?:[Nn]o|not|[Nn]obody|[Nn]one|[Nn]either|nor|never|nothing|almost|nearly|hardly|barely|scarcely|if|unless|whether|when|that|who|which|said|"
    r"says|ha[sd]|have|was|were|would|should|could|may|might|only|reportedly|allegedly|apparently|supposedly|probably|possibly|perhaps)\b|"
    r"\s(?!(?:family|assembly|ally|supply|italy)$)[a-z]+ly$"
)
_OF_THAT = late(r"\bby\s.*\b(?:that|which|who)\s")


def _no_fact(clause: str, event: Event) -> None:
    odd = _NOBODY.search(event.actor)
    if odd is None and (odd := _OF_THAT.search(event.object)) is None:
        return
    word = odd[0].strip().partition(" ")[0]
    raise MisfitError(max(clause.find(word), 0), word, ("what somebody did, or `did not` do",))


def _texts(rules: tuple[Rule, ...]) -> Iterator[tuple[Place, str]]:
    """The words of rules that are not taken apart, each with where they are."""
    for rule in rules:
        match rule:
            case Obligation() | Permission() | Prohibition() | Power():
                yield from _of_act(rule.act)
                if rule.bearer is not None:
                    yield from ((Place.ACTOR, text) for text in (*rule.bearer.roles, rule.bearer.qualifier) if text)
                yield from _of_times(rule.times)
                yield from _of_conditions(rule.conditions)
            case Initiative(act=act):
                yield from _of_act(act)
            case Decision(matter=matter, conditions=conditions, times=times):
                yield from ((Place.MATTER, text) for text in (matter.subject, matter.detail) if text)
                if matter.detail:
                    yield Place.DETAIL, matter.detail
                yield from _of_times(times)
                yield from _of_conditions(conditions)
            case _:
                pass


def _of_act(act: Act) -> Iterator[tuple[Place, str]]:
    yield Place.ACT, act.text.removeprefix(f"{act.manner} ")
    if act.to or act.rest:
        # The object may end with something that another part follows.
        yield Place.ACT, act.object


def _of_times(times: tuple[object, ...]) -> Iterator[tuple[Place, str]]:
    for time in times:
        match time:
            case (On(Event() as event) | By(Event() as event) | Before(Event() as event) | Until(Event() as event)
                  | After(_, Event() as event) | Within(after=Event() as event) | Ahead(before=Event() as event)):  # fmt: skip
                yield Place.EVENT, event.text
            case _:
                pass


def _of_conditions(conditions: tuple[Condition, ...]) -> Iterator[tuple[Place, str]]:
    for condition in conditions:
        match condition.test:
            case Happens(event) | Fails(event):
                yield Place.EVENT, event.text
            case Unknown(text) | Measured(text):
                yield Place.CONDITION, text
            case _:
                pass
