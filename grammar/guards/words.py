"""No word of weight is lost between a clause and its rules: each is found again in what the rules say."""

import re

from syngraph.grammar.amounts import Capped
from syngraph.grammar.chunks.scanner import MisfitError
from syngraph.grammar.lexicon import current
from syngraph.grammar.phrases.numbers import CALENDAR_DAY, CARDINALS, ORDINALS
from syngraph.grammar.rules import Decision, Initiative, Obligation, Permission, Power, Prohibition, Quorum, Rule

_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]{2,}")
_OF_A_BOUND = frozenset(["maximum", "cap", "limit", "ceiling", "aggregate", "overall", "altogether", "all", "subject"])
"""Words that say of an amount that it is bounded, or that it is so altogether."""
_FROM = re.compile(rf"\s(?:on\s)?{CALENDAR_DAY}")
_STEM = 4
"""Letters of a word by which it is known again in another form (`deliver`, `delivery`)."""
_SPELT = """
the and but for nor not with from any are was were been being has have had does did shall must may will can cannot should would each
every all both either neither this that these those such its their his her hers they them she him who which whom whose there
where when upon unless except save provided after before within during until till under over than then thus hence also only least more
less most fewer into onto out off per via one ones don’t don't doesn’t doesn't isn’t aren’t mustn’t shan’t can’t won’t without never nobody none nothing nowhere
expected required requires require entitled right rights power powers authority option duty duties responsibility responsibilities
permitted allowed agrees agree undertakes undertake obliged assumed retain retains reserve reserves free able able supposed bound
half third thirds fourth fourths fifth fifths sixth tenth quarter quarters percent per-cent cent ths time times period periods term later earlier prior
due end clear calendar once twice thrice daily weekly monthly quarterly yearly annually noon midnight day days week weeks
month months year years hour hours last lasts begin begins phase limited exceed exceeding exceeds open total number
majority majorities simple vote votes voting cast affirmative quorum constitute constitutes consist consists form forms needed
necessary favour favor yes transact transaction business office late force enters event case giving give gives make makes made making
take takes taken sole working section sections article articles clause clauses paragraph paragraphs
rather furthermore moreover however likewise similarly alternatively additionally addition therefore otherwise accordingly
consequently further finally first second automatically always
payable expire expires distribute win wins entire whole attendance presence currently
"""
_LIGHT = frozenset(_SPELT.split())
"""Words that may be missing from what is said back: of grammar, of binding and allowing, of times and counts, and those that only lead on."""


_OF_INSTALMENTS = frozenset(
    [
        "equal",
        "consecutive",
        "successive",
        "payable",
        "falling",
        "instalment",
        "installment",
        "beginning",
        "starting",
        "commencing",
    ]
)
"""Words that say of instalments what they are."""
_LATENESS = re.compile(
    r"(?:overdue|delayed|arrears|outstanding|unpaid|past)(?!\w)(?=\s(?:by|for)\s|\sdue|,|$)|(?:(?<=by\sits\sdue\s)|(?<=by\sthe\sdue\s)|(?<=on\sits\sdue\s)"
    r"|(?<=on\sthe\sdue\s)|(?<=by\stheir\sdue\s)|(?<=on\stheir\sdue\s))dates?(?!\w)|punctually(?=,|$)"
)


_STRETCH = re.compile(r"\sfrom\s.+\suntil\s")
_OF_DELAY = re.compile(r"\s(?:day|week|month|year)s?\sof\s(?:the\s)?(?:\w+\s)?delay(?!\w)")
_OF_SEVERAL = frozenset(["whichever", "latest", "earliest", "occurs", "happens", "comes", "later", "earlier"])
"""Words that say which of several moments is meant."""


def worded(clause: str, rules: tuple[Rule, ...], said: tuple[str, ...]) -> None:
    """Refuses a clause with a word of weight that none of its rules says, said back as `said`.

    Raises: MisfitError at the word.
    """
    if not all(
        isinstance(rule, Obligation | Prohibition | Permission | Power | Decision | Initiative | Quorum) for rule in rules
    ):
        # Rules of other kinds are of a fixed wording, or keep the whole of theirs.
        return
    stems = {word[:_STEM] for one in said for word in _WORD.findall(one.lower())}
    for word in _WORD.finditer(clause):
        lower = word[0].lower()
        if lower in _LIGHT or lower[:_STEM] in stems or _counts(lower) or _inflected(lower, stems):
            continue
        if (lower, clause[word.end() : word.end() + 7].lower()) == ("written", " notice"):
            # A notice is judged by its time and not by its form.
            continue
        if lower in _OF_SEVERAL and "whichever" in clause and any("er of " in one for one in said):
            continue
        if lower in _OF_INSTALMENTS and "instal" in clause:
            # So many of so much are equal, and come one after the other.
            continue
        if lower == "between" and any(_STRETCH.search(one) for one in said):
            # Between two moments is from the one until the other.
            continue
        if lower == "payment" and clause.startswith(" of ", word.end()) and not stems.isdisjoint({"pay", "paid"}):
            # Payment of the Price is made when the Price is paid.
            continue
        if lower in ("full", "whole") and _OF_DELAY.match(clause, word.end()):
            # Of a delay full periods count where the text does not say otherwise.
            continue
        if _LATENESS.match(clause, word.start()):
            # That something is late is said as that it is overdue, or that it was not done.
            continue
        if lower in _OF_A_BOUND and any(_is_bounded(rule) for rule in rules):
            continue
        if lower in ("beginning", "starting", "commencing") and _FROM.match(clause, word.end()):
            continue
        if lower == "present" and clause[: word.start()].lower().endswith("quorum "):
            continue
        raise MisfitError(
            word.start(), word[0], (f"words whose rule keeps `{word[0]}`: the rule that would be read does not say it",)
        )


def _is_bounded(rule: Rule) -> bool:
    return isinstance(rule, Obligation | Prohibition | Permission | Power) and isinstance(rule.act.amount, Capped)


def _inflected(word: str, stems: set[str]) -> bool:
    """Whether a word is a form of a verb that is said with other letters (`paid`, `moving`)."""
    lexicon = current()
    base = lexicon.participles.get(word) or lexicon.pasts.get(word)
    if base is None and word.endswith("ing"):
        return any(one.startswith(word[:-3][:_STEM]) for one in stems)
    return base is not None and base[:_STEM] in stems


def _counts(word: str) -> bool:
    """Whether a word is a number."""
    return all(
        part in CARDINALS or part in ORDINALS or part in ("half", "hundred", "thousand", "million") for part in word.split("-")
    )
