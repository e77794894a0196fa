"""What a denial says that is no prohibition: that somebody has no duty, and that something is not to be changed."""

import re

from syngraph.grammar import lexicon
from syngraph.grammar.building.parts import DONE_WITH, Parts, joined
from syngraph.grammar.building.voting import DEEDS, matter
from syngraph.grammar.chunks.modals import Modal, participle
from syngraph.grammar.chunks.scanner import MisfitError
from syngraph.grammar.phrases.thresholds import UNANIMOUS, threshold
from syngraph.grammar.rules import Decision, Deed, Entrenchment, Rule

_NO_DUTY = re.compile(
    r"\bnot\s(?:be\s)?(?:required|obliged|expected)\sto\b|\bneeds?\snot\b|\b(?:does|do)\snot\s(?:have|need)\sto\b"
)
_DUTY = re.compile(
    r"\b(?:required|obliged|expected)\sto\b|\b(?:has|have|needs?)\sto\b|\b(?:duty|obligation|responsibility)\s(?:to|of)\b"
)
"""A modal that, of no one, says that nobody has the duty, and not that nobody may."""
_BOUND_TO = {"bind", "require", "oblige", "expect"}
_WITHOUT = re.compile(rf"without\s(?P<vote>{UNANIMOUS})")


def no_duty(text: str, said: str, modal: Modal, parts: Parts) -> bool:
    """Whether it is said that there is no duty (`No Member is required to pay`, `shall not be bound to attend`)."""
    first = str(parts.words[0]) if parts.words else ""
    nobody_has = text.startswith(("No ", "no ", "Neither ", "neither ", "Nobody", "nobody"))
    if _NO_DUTY.search(said) or (nobody_has and _DUTY.search(said)):
        return True
    if not (modal.negated or nobody_has):
        return False
    if modal.participle:
        return lexicon.base_of_participle(modal.participle) in _BOUND_TO and first.startswith("to ")
    return first.startswith("have to ")


def untouchable(base: str, text: str, parts: Parts) -> tuple[Rule, ...]:
    """The rules of what may not be amended: not at all, or not without everybody's consent; none where more is said.

    Raises: MisfitError at a second participle that is none.
    """
    if parts.agent is not None or DEEDS.get(base) is not Deed.AMEND:
        return ()
    said = joined(parts.words)
    if not said:
        return (Entrenchment(matter(base, text)),)
    if (consent := _WITHOUT.fullmatch(said)) and parts.votes == []:
        found, _ = threshold(consent["vote"])
        return (Decision(matter(base, text), ((found,),)),)
    if said.startswith(("or ", "and ", "nor ")):
        both = DONE_WITH.match(said)
        others = re.split(r"\W+(?:(?:or|and)\s)?", both["part"]) if both and both.end() == len(said) else []
        if not others or not all(participle(part) for part in others):
            raise MisfitError(parts.words[0].start_pos or 0, said.partition(" ")[0], ("the end of the sentence",))
        return tuple(Entrenchment(matter(one, text)) for one in (base, *map(lexicon.base_of_participle, others)))
    return ()
