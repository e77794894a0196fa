"""What a clause means that says what becomes of something by itself."""

import re
from dataclasses import replace

from syngraph.grammar import lexicon
from syngraph.grammar.amounts import After, Amount, Duration, Event, Named, On, Part, Time, Unit, Until, Within
from syngraph.grammar.building.parts import Built, Parts, apart, joined, sort
from syngraph.grammar.chunks.effects import THAT, Said
from syngraph.grammar.chunks.scanner import Chunk, MisfitError
from syngraph.grammar.phrases.nouns import act
from syngraph.grammar.phrases.nouns import event as event_of
from syngraph.grammar.phrases.numbers import ORDINALS, PERCENT, fraction
from syngraph.grammar.phrases.sums import amount
from syngraph.grammar.rules import Change, Effect, Fails, Happens
from syngraph.grammar.saying.phrasing import lowered, say_many

_NTH_DAY = re.compile(rf"on\sthe\s(?:(?P<nth>{'|'.join(ORDINALS)})\s)?(?P<unit>Business\sDay|day)$")
_OWNED = re.compile(r"^(?:Title|Ownership|Property|Risk|Possession)(?!\w)|^Sections?(?!\w)|^Notices?(?!\w)")
_WANTS = {
    Effect.DEEMED: "a condition, or a time such as `on the second Business Day after posting`",
    Effect.DUE: "a condition",
    Effect.REDUCED: "a condition, or a day",
    Effect.INCREASED: "a condition, or a day",
    Effect.PASSES: "when that is (`upon payment of the Price`)",
    Effect.REMAINS: "until when",
    Effect.OCCURS: "when that is (`if the Buyer fails to pay the Price when due`)",
    Effect.DISAPPLIED: "a condition, or a time",
}


def change(subject: Chunk, words: Chunk, items: list[Chunk], fronts: list[Chunk]) -> Built:
    """The change of a clause.

    Raises: MisfitError where something is said that it has no place for, or where nothing tells when; DoubtError.
    """
    said: Said = words.meaning
    parts = _sorted([*fronts, *items], str(subject), str(words))
    _refused(parts, words)
    about = _OWNED.sub(lambda owned: owned[0].lower(), lowered(str(subject)))
    done = joined(parts.words)
    if said.about:
        about = _spoken_of(said.about, parts, words)
    elif said.effect is Effect.REMAINS and said.done:
        about, said = said.what, replace(said, what=about)
    if done and not (said.effect is Effect.DEEMED and said.done):
        at = parts.words[0]
        raise MisfitError(at.start_pos or 0, str(at).partition(" ")[0], ("a time, a condition or the end of the sentence",))
    times, conditions = tuple(apart(parts.times)), tuple(parts.conditions)
    if not times and not conditions:
        raise MisfitError((words.start_pos or 0) + len(words), "", (_WANTS[said.effect],))
    # A condition and an event that sets the time would be two occasions.
    if (odd := next((one for one in times if not _dates(one, said.effect) or (conditions and _waits(one))), None)) is not None:
        at = next(chunk for chunk in [*items, *fronts] if chunk.meaning == odd)
        raise MisfitError(at.start_pos or 0, str(at).partition(" ")[0], (_WANTS[said.effect],))
    rest = replace(Change(said.effect, about), times=times, conditions=conditions, priority=tuple(parts.priority))
    match said.effect:
        case Effect.DEEMED:
            return Built((_deemed(rest, said, done, words),), tuple(parts.mistakes))
        case Effect.REDUCED | Effect.INCREASED:
            return Built((replace(rest, by=_by(said.what, about)),), tuple(parts.mistakes))
        case Effect.PASSES:
            passed = event_of(f"{about} passes to {said.what}")
            return Built((replace(rest, said=said.what, event=passed),), tuple(parts.mistakes))
        case Effect.REMAINS:
            return Built((replace(rest, said=said.what),), tuple(parts.mistakes))
        case Effect.OCCURS:
            return Built((replace(rest, event=Event(about)),), tuple(parts.mistakes))
        case Effect.DUE | Effect.DISAPPLIED:
            return Built((rest,), tuple(parts.mistakes))


def _deemed(rest: Change, said: Said, done: str, words: Chunk) -> Change:
    if said.done:
        if not done:
            raise MisfitError((words.start_pos or 0) + len(words), "", ("what counts as done",))
        whole = act(f"{said.verb} {done}")
        event = Event(
            f"{rest.subject} {lexicon.inflected(said.verb).third} {done}", said.verb, rest.subject, whole.object, whole.to
        )
        return replace(rest, said=f"to have {said.what} {done}", event=event)
    return replace(
        rest, said=said.what, event=event_of(f"{rest.subject} {'are' if say_many(rest.subject) else 'is'} {said.what}")
    )


def _by(said: str, about: str) -> Amount | None:
    share = re.match(PERCENT, said)
    if share is None:
        return amount(said)
    of = said[share.end() :].removeprefix(" of ").strip() or about
    return Part(fraction(share[0]), Named(re.sub(r"^(?i:the|its|their|any|all|each|every)\s", "", of)))


def _waits(time: Time) -> bool:
    there = getattr(time, "after", None) or getattr(time, "moment", None)
    return isinstance(there, Event) and not isinstance(time, Until)


def _spoken_of(about: str, parts: Parts, words: Chunk) -> str:
    """What counts as done to: as it says, else what the condition speaks of."""
    if about != THAT:
        return about
    things = {each.test.event.object for each in parts.conditions if isinstance(each.test, Fails | Happens)} - {""}
    if len(things) != 1:
        raise MisfitError(words.start_pos or 0, str(words), ("of what it is one (`counts as acceptance of the Goods`)",))
    return things.pop()


def _dates(time: Time, effect: Effect) -> bool:
    """Whether a time can be that of a change."""
    match time:
        case On(there):
            # `The day on which it is sent` is no event of its own.
            return not isinstance(there, Event) or " which " not in there.text
        case After():
            return True
        case Within():
            return effect is Effect.DUE
        case Until():
            return effect is Effect.REMAINS
        case _:
            return False


def _sorted(items: list[Chunk], subject: str, said: str) -> Parts:
    """What stands beside the words, with `on the second Business Day after posting` as one time."""
    parts = sort(items, subject, said)
    last = parts.words[-1] if parts.words else None
    nth = _NTH_DAY.match(str(last)) if last is not None else None
    if nth is None or last is None:
        return parts
    following = next((chunk for chunk in items if (chunk.start_pos or 0) > (last.start_pos or 0)), None)
    if following is None or not isinstance(following.meaning, After) or following.meaning.duration is not None:
        return parts
    unit = Unit.BUSINESS_DAY if nth["unit"] == "Business Day" else Unit.DAY
    length = Duration(ORDINALS[nth["nth"]] if nth["nth"] else 1, unit)
    parts.words.remove(last)
    parts.times[parts.times.index(following.meaning)] = replace(following.meaning, duration=length)
    return parts


def _refused(parts: Parts, words: Chunk) -> None:
    """Refuses what no change has: a vote, a notice, somebody who does it, and a rate."""
    if parts.votes or parts.notice is not None or parts.agent is not None or parts.per is not None or parts.cap is not None:
        raise MisfitError(words.start_pos or 0, str(words).partition(" ")[0], ("times and conditions, and nothing else",))
