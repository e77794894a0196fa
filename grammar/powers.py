"""Which acts are powers: by their verb, and where the verb alone does not tell, by what is done to what.

A power changes rules, offices, membership, the money of the body, the course of a procedure, or what others must do; a
permission leaves all these as they are and concerns the conduct of whoever has it.
"""

import re

from syngraph.grammar.patterns import late
from syngraph.grammar.phrases.nouns import act as act_of
from syngraph.grammar.phrases.persons import somebody
from syngraph.grammar.rules import Act, PowerKind

_CHANGING = """
    abolish abrogate adjourn adopt annul approve authorise authorize ban bar cancel censure choose commute convene
    create declare demote depose designate disallow disband discipline dismiss disqualify dissolve eject elect enact
    establish evict exclude excommunicate excuse exempt expel fine found grant impeach impose interpret invalidate levy
    nullify oust overrule override overturn pardon penalise penalize postpone prescribe prohibit promulgate quash
    ratify reappoint recall reelect reinstate reorganise reorganize repeal reprimand rescind restrict retire reverse
    revoke sanction set sponsor subdelegate summon supersede trigger unseat veto
    """
_ALWAYS = {kind.value for kind in PowerKind} | set(_CHANGING.split())
"""Verbs that change one of these whatever their object is."""
_OF_THINGS = {"amend", "overrule", "override", "overturn", "repeal", "supersede"}
"""What a rule or a decision itself may do to another."""
_STAFFING = {
    "add",
    "change",
    "discharge",
    "employ",
    "engage",
    "hire",
    "name",
    "promote",
    "relieve",
    "replace",
    "retain",
    "select",
}
"""Verbs that fill an office or empty it where their object is somebody."""
_DEMANDING = {"ask", "compel", "demand", "direct", "instruct", "oblige", "order", "request", "require"}
_DEMANDED = late(
    r"\sto\s[a-z]+|\b(?:decisions?|votes?|ballot|meetings?|elections?|referendum|recount|recorded|roll\scall)\b"
    r"|^(?:require|order|direct|demand)\s.*\b(?:reviews?|audit)\b"
)
_AIM = late(r"(?:not\s)?to\s(?P<verb>[a-z]+)\b")
_AIMING = {"choose", "decide", "elect", "move", "resolve", "vote"}

_TEXTS = (
    r"rules?|regulations?|policy|policies|bylaws?|by-laws?|constitution|charter|articles?|sections?|clauses?|agreement|code|standards?|guidelines|"
    r"procedures?|process|provisions?|requirements?|criteria|qualifications|eligibility|orders?|decisions?|resolutions?|amendments?|motions?|appointments?"
)
_MEASURES = (
    r"dates?|times?|place|venue|location|number|size|amounts?|dues|fees?|fines?|penalt(?:y|ies)|charges?|rates?|rent|quorum|terms?|duration|"
    r"budget|compensation|salar(?:y|ies)|remuneration|limits?|deadlines?|schedule|agenda|order\sof\sbusiness|periods?|composition|structure|boundaries"
)
_STANDINGS = (
    r"membership|members?|status|rights?|privileges?|duties|responsibilities|powers?|authority|offices?|positions?|seats?|posts?|roles?|vacanc(?:y|ies)|"
    r"suspension|bans?|access|admission|class(?:es)?|categor(?:y|ies)|designation"
)
_BODIES = (
    r"(?:sub-?)?committees?|boards?|councils?|panels?|teams?|(?:working\s|interest\s)?groups?|task\sforces?|chapters?|branch(?:es)?|divisions?|departments?|"
    r"areas?|offices?|positions?|roles?|commissions?|circles?|officer|officers|assembly"
)
_COURSES = (
    r"votes?|voting|polls?|ballots?|elections?|referend(?:um|a|ums)|proceedings|process|procedures?|recall|removal|dismissal|impeachment|dissolution|hearings?|"
    r"inquir(?:y|ies)|investigations?|amendments?|actions?|arbitration|mediation|reviews?|petitions?"
)
_MONEY = r"funds?|moneys?|monies|sums?|reserves?|assets?|surplus|capital|budget|grants?|profits?|revenues?|dividends?|expenditures?|EUR|USD|\$|€"


def _holds(words: str) -> re.Pattern[str]:
    return late(rf"(?<![\w’'-])(?:{words})(?![\w’'-])", re.IGNORECASE)


def _first(words: str) -> re.Pattern[str]:
    """An object of which one of these is the head: what follows it only says more about it."""
    return late(
        rf"(?:(?!(?:of|to|for|in|on|at|by|with|from|as|that|which|who)\s)[\w’'“”\"()/-]+,?\s){{0,6}}?(?:{words})(?![\w’'-])",
        re.IGNORECASE,
    )


_CHANGED = _first(f"{_TEXTS}|{_MEASURES}|{_STANDINGS}|{_BODIES}")
_BY_OBJECT: tuple[tuple[frozenset[str], re.Pattern[str]], ...] = tuple(
    (frozenset(verbs.split()), pattern)
    for verbs, pattern in (
        ("adjust alter change edit fix limit lower modify raise reduce increase reset restore revise update vary widen narrow", _CHANGED),
        ("decide determine resolve settle", _first(f"{_TEXTS}|{_MEASURES}|{_STANDINGS}|disputes?|appeals?|complaints?|questions?|matters?|ties?|issues?")),
        ("delegate transfer confer vest reassign", _first(rf"(?:decision[-\s]making\s)?authority|powers?|dut(?:y|ies)|responsibilit(?:y|ies)|functions?|{_MONEY}|membership")),
        ("assume relinquish renounce vacate", _first(f"{_STANDINGS}|chair|orders?|decisions?|awards?")),
        ("fill", _first(r"vacanc(?:y|ies)|positions?|seats?|offices?|posts?|roles?|slots?|terms?|places?|openings?")),
        ("form organise organize constitute dismantle combine consolidate merge split divide", _first(_BODIES)),
        ("initiate initialise initialize begin start commence open launch institute instigate", _first(_COURSES)),
        ("close end stop halt conclude reopen shorten lengthen reschedule schedule", _first(rf"{_COURSES}|meetings?|debates?|discussions?|nominations?|sessions?|periods?")),
        ("allocate apportion appropriate borrow disburse expend invest pledge reallocate spend distribute", _first(_MONEY)),
        ("assess charge", _first(r"dues|fees?|fines?|penalt(?:y|ies)|assessments?|surcharges?")),
        ("issue", _first(r"bans?|orders?|sanctions?|directives?|rules?|regulations?|polic(?:y|ies)|fines?|suspensions?|shares?")),
        ("confirm", _first(r"appointments?|elections?|nominees?|nominations?|candidates?")),
        ("accept", _first(r"resignations?|applications?|applicants?|members?|amendments?|motions?|proposals?")),
        ("deny refuse", _first(r"applications?|applicants?|admission|members?|membership|entry|access|requests?|registration|renewal|appeals?")),
        ("lift strip forfeit", _first(f"{_STANDINGS}|sanctions?|restrictions?|fines?|deposits?")),
        ("take bring", late(r"(?:(?:any|such|the|other|further|appropriate|necessary)\s)*(?:disciplinary|corrective|enforcement|emergency)\s(?:actions?|measures?|proceedings?)")),
        ("exercise", _first(r"powers?|authority|veto")),
        ("switch", late(rf"(?:between|to|from)\s(?:[\w’'-]+\s){{0,5}}?(?:{_STANDINGS}|types?)(?![\w’'-])")),
        ("strike", _first(r"names?|members?|records?|provisions?|sections?")),
        ("leave quit", late(r"(?:the|this)\s(?:[A-Z][\w’'-]*$|association|co-?operative|society|organi[sz]ation|club|union|party$)")),
        ("move", late(r"(?:and\s\w+\s)?on\smotions?(?!\w)")),
        ("step", late(r"down\b")),
        ("lay", late(r"down\b")),
        ("draw", late(r"up\b.{0,60}?\b(?:rules?|regulations?|by-?laws|Bye-?Laws|bye-?laws|polic(?:y|ies)|procedures?|codes?)\b")),
        ("make", late(
            r"(?:(?:any|special|other|such)\s)?arrangements\s(?:on|about|for|as\sto)\s(?:[\w’'-]+\s){0,6}?(?:payments?|dues|fees?)(?!\w)|"
            r"(?:(?:an?|any|the|such|all|other|reasonable|further|temporary|interim|additional)\s)*(?:\w+\s)?(?:motions?|rules?|amendments?|appointments?|regulations?|by-?laws|polic(?:y|ies))\b"
            rf"|(?:(?:any|such|the|other|minor)\s)*(?:changes?|additions?|modifications?|revisions?)\s(?:to|in|of)\s(?:the|this|these|its|any)\s(?:[\w’'-]+\s){{0,3}}?(?:{_TEXTS})"
        )),
    )
)  # fmt: skip
_OWN_INTEREST = late(r"(?:an?|any|the|their|its|his|her)\s(?:\w+\s)?(?:interest|conflict)")
_TO_DO = late(r"(?:not\s)?to\s[a-z]+|whether\b|how\b|not\b|when\b")
_AGENDA = late(r"\bagenda\b|\blist\b")
_MADE_SO = late(
    r"(?:(?:an?|the)\s)?(?:(?:\w+\s)?(?:members?|officers?|directors?|maintainers?|committers?)\b|(?:fully\s|legally\s)?(?:valid|void|effective|binding|permanent|mandatory))"
)


def is_power(act: Act, *, who: str | None) -> bool:
    """Whether to do an act is a power. `who` does it, as it is said; None where it is done by nobody named.

    >>> is_power(act_of("close the meeting"), who="The Chair"), is_power(act_of("close the window"), who="The Chair")
    (True, False)
    """
    if who is not None and not somebody(who):
        return act.verb in _OF_THINGS
    verb, what = act.verb, act.object
    if verb in _AIMING and (aim := _AIM.match(what)):
        # What is voted or moved to be done is a power where doing it is; what one chooses to do oneself is one's own affair.
        return verb == "move" or (
            verb in ("vote", "decide", "resolve") and is_power(act_of(what[aim.start("verb") :]), who=who)
        )
    if (verb == "choose" and _TO_DO.match(what)) or (verb == "declare" and _OWN_INTEREST.match(what)):
        return False
    if verb in _ALWAYS:
        return True
    if verb in _STAFFING and (somebody(what) or what.lower() in ("they", "them")) and not _AGENDA.search(act.text):
        return True
    if verb == "add":
        return _CHANGED.match(what) is not None and not _AGENDA.search(act.text)
    if verb in _DEMANDING:
        return who is not None and _DEMANDED.search(act.text) is not None
    if verb == "make" and _MADE_SO.match(act.rest):
        return True
    return any(verb in verbs and pattern.match(what) is not None for verbs, pattern in _BY_OBJECT)
