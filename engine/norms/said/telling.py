"""Whether what somebody was told of is what a duty to tell them hangs on."""

from syngraph.engine.norms.words.wording import noun, words_of
from syngraph.grammar.lexicon import inflected
from syngraph.grammar.rules import Fails, Happens, Late, Link, Norm, Test, Unknown


def is_told_of(what: str, norm: Norm) -> bool:
    """Whether a condition of a norm speaks of a thing (`if the Buyer finds a defect in the hull`: of the defect)."""
    told = noun(what).head
    return bool(told) and any(told in _nouns_of(each.test) for each in norm.conditions if each.link is not Link.UNLESS)


def _nouns_of(test: Test) -> frozenset[str]:
    """The words by which what a condition speaks of may be called."""
    match test:
        case Happens(event) | Fails(event):
            verb = inflected(event.verb).nouns if event.verb else ()
            return frozenset((*words_of(event.object if event.verb else event.text), *(noun(word).head for word in verb)))
        case Late(_, subject):
            return frozenset((*words_of(subject), "delay"))
        case Unknown(text):
            return frozenset(words_of(text))
        case _:
            return frozenset()
