"""A passage of legal English read sentence by sentence: what each means, or why it was not read."""

import re
from dataclasses import replace
from functools import lru_cache

from syngraph.grammar.building.instalments import in_parts, instalments
from syngraph.grammar.building.lalr import UnfitError
from syngraph.grammar.building.otherwise import OTHERWISE, condition
from syngraph.grammar.building.parts import Built
from syngraph.grammar.building.tables import automaton
from syngraph.grammar.chunks import chunks
from syngraph.grammar.chunks.forms import NAMED, named
from syngraph.grammar.chunks.scanner import Chunk, DoubtError, MisfitError
from syngraph.grammar.faults.freeing import freed
from syngraph.grammar.faults.limiting import limited
from syngraph.grammar.faults.mending import mended
from syngraph.grammar.faults.mistakes import MISSPELT, all_misspelt, corrections, example_like, expected
from syngraph.grammar.faults.paying import paying
from syngraph.grammar.faults.smoothing import Smooth, smoothed, with_names
from syngraph.grammar.guards.attaching import shared_tail, stem_of, stemmed
from syngraph.grammar.guards.conserving import conserve
from syngraph.grammar.guards.loose import unfinished
from syngraph.grammar.guards.opaque import guard
from syngraph.grammar.guards.operative import stated
from syngraph.grammar.guards.refusing import unheeded
from syngraph.grammar.guards.words import worded
from syngraph.grammar.kinds import kind_of
from syngraph.grammar.lexicon import Lexicon, base_of_third, current, spoken
from syngraph.grammar.phrases.numbers import DURATION, MOMENT, MONEY, NUMBER, NoSuchDayError
from syngraph.grammar.rules import Decision, Definition, Obligation, Permission, Power, Prohibition, Rule
from syngraph.grammar.sentence import Kind, Mistake, Sentence, Unread
from syngraph.grammar.sentences import BESIDES, LEADS, clauses, listed, sentences
from syngraph.grammar.span import Span
from syngraph.grammar.unparse import unparse

LONGEST = 20_000
"""Characters of the longest sentence that is read; a longer one comes back unread."""

_BINDING = re.compile(
    r"(?<![\w’'-])(?:SHALL|MUST|^Shall|^Must|(?:sha|wo|ca|need)n['’]t|mustn['’]t|shall|must|may(?!\s\d)|will(?<!\bthe\swill)|cannot|can|(?:is|are)\s(?:not\s)?(?:entitled|required|obliged|expected|permitted|"
    r"allowed|authori[sz]ed)\sto|agrees?\s(?:not\s)?to|undertakes?\sto|ha(?:s|ve)\sto|(?:does|do)\snot\shave\sto|needs?\snot|ha(?:s|ve)\sthe\s(?:right|power)\sto)(?![\w’'-])"
)
_OPERATIVE = re.compile(
    r"^(?:(?:A\s|The\s)?[Qq]uorum\b|[^()]{0,120}\s\(\w{1,3}\)\s[“\"][^”\"]{1,80}[”\"]\s(?:means|includes)\s|[“\"][^”\"]+[”\"]\s\w+|On\s\d{1,2}\s\w+\s\d{4}(?:,|\sat\s\d)|On\sa\sfork,|"
    r"(?:This|These)\s[\w’' -]{1,80}?\s(?:ends?|expires?|is\sgoverned|(?:is|are)\srenewed)\s)|"
    r"\b(?:is|are)\s(?:adopted|passed|amended|removed|signed)\s(?:by|if|only|with|unless|when)\b|"
    r"^No\s(?:amendment|change|modification|alteration|variation)s?\b|\b(?:takes?\seffect|enters?\sinto\sforce|ceases?\sto\sbe|"
    r"(?:majority|two-thirds|three-quarters|three-fifths|unanimous(?:ly)?)\s(?:of|vote|consent|decision)|"
    r"(?:is|are)\s(?:not\s)?(?:responsible|liable|answerable)\s(?:for|to)|(?:duty|obligation|responsibility)\s(?:of\s.+?\s)?to|needs?\snot|"
    r"(?:is|are)\s(?:payable|due)\s(?:on|by|within|before|no|in|at|each|every|monthly|annually)|(?:is|are)\s(?:prohibited|forbidden|barred)|"
    rf"ha(?:s|ve)\s{NUMBER}\svotes?|(?:is|are)\s\w+(?:ed|en|de|id|ld|nt|pt)\s(?:within|no\slater|at\sleast|before|by\s(?:the\s)?\d)|"
    r"casting\svote|is\sexcused|valid\sonly\sif|remains?\sthe\sproperty\sof|"
    r"survives?\stermination|counts?\stowards|[Mm]otions?\spass(?:es)?\sby|voting\speriod\sis|is\svoid|is\sset\saside|binds\sonly)\b"
)

_HIDDEN = re.compile(
    r"[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|"
    r"[A-Za-z](?=[\u0370-\u058f\u13a0-\u13ff\u1c80-\u1c8f\ua640-\ua69f\uab70-\uabbf])|"
    r"[\u0370-\u058f\u13a0-\u13ff\u1c80-\u1c8f\ua640-\ua69f\uab70-\uabbf](?=[A-Za-z])|"
    r"[\u0250-\u02bb\u02bd-\u02ff\u0335-\u0338\u1d00-\u1dbf\u2071\u207f\u2090-\u209c\u210a-\u2113\u2115\u2119-\u211d\u2124-\u2138\u2145-\u2149"
    r"\u2160-\u2188\u249c-\u24e9\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff\U0001f110-\U0001f189\U000e0000-\U000e007f]"
)
"""Characters that are not seen, or that look like letters of another alphabet: a word with one is not the word it seems."""


_SHOWN = re.compile(
    r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])?|</?(?!https?:|mailto:)[A-Za-z][^<>]{0,200}>|<!--.*?(?:-->|$)", re.DOTALL
)
"""What is shown or hidden among the words of a sentence and is none of them."""


def read(passage: str, lexicon: Lexicon | None = None) -> tuple[Sentence, ...]:
    """Every sentence of a passage, in order, each with its rules or the reason why it has none.

    `lexicon` has the verbs to read with; without one it is the one that is `spoken`.

    >>> [str(s.kind) for s in read("The Tenant shall pay the Rent by 5 May 2027. The flat is sunny.")]
    ['obligation', 'prose']
    """
    if lexicon is not None:
        with spoken(lexicon):
            return read(passage)
    return tuple(read_sentence(passage[span.start : span.end], span) for span in sentences(passage))


def read_sentence(text: str, span: Span | None = None) -> Sentence:
    """One sentence, at `span` of its passage (by default at the beginning)."""
    span = span or Span(0, len(text))
    read_as = _read(text, current())
    return (
        read_as
        if read_as.span == span
        else Sentence(read_as.text, span, read_as.kind, read_as.binding, read_as.rules, read_as.unread, read_as.mistakes)
    )


@lru_cache(maxsize=65536)
def _read(text: str, lexicon: Lexicon) -> Sentence:
    # The lexicon is the one that is spoken; as an argument it keeps what was read with another apart.
    span = Span(0, len(text))
    if smooth := smoothed(text) or with_names(text) or limited(text) or paying(text) or freed(text):
        return _told_of(text, _read(smooth.text, lexicon), smooth)
    binding = bool(_BINDING.search(text)) or bool(_OPERATIVE.search(text))
    if len(text) > LONGEST:
        unread = Unread(Span(0, 0), text[:20], (f"a sentence of at most {LONGEST} characters",))
        return Sentence(text, span, Kind.UNREAD, True, unread=unread)
    if not text.isascii() and (hidden := _HIDDEN.search(text)):
        unread = Unread(
            Span(hidden.start(), hidden.end()), hidden[0], ("letters of one alphabet, and none that cannot be seen",)
        )
        return Sentence(text, span, Kind.UNREAD, True, unread=unread)
    if shown := ("<" in text or "![" in text) and _SHOWN.search(text):
        if not binding and not stated(text):
            return Sentence(text, span, Kind.PROSE, False)
        unread = Unread(Span(shown.start(), shown.end()), shown[0], ("words, and no image or markup among them",))
        return Sentence(text, span, Kind.UNREAD, True, unread=unread)
    try:
        built = interpret(text)
        if text.rstrip(' ”"’)').endswith("?"):
            raise MisfitError(text.rindex("?"), "?", ("a statement: a question settles nothing",))
    except DoubtError as doubt:
        at = Span(doubt.start, doubt.end)
        readings = tuple(_TWO_COMMAS.sub(",", reading) for reading in doubt.readings)
        unread = Unread(at, text[doubt.start : doubt.end].strip(" ,"), (), readings=readings)
        return Sentence(text, span, Kind.AMBIGUOUS, binding or stated(text), unread=unread)
    except MisfitError as fault:
        misfit = fault if binding or stated(text) else _meant_to_bind(text)
        if misfit is None:
            return Sentence(text, span, Kind.PROSE, False)
        missed = all_misspelt(text)
        if missed and misfit.start >= len(text.rstrip(" .!?")):
            right = MISSPELT[missed[0][0].lower()]
            misfit = MisfitError(missed[0].start(), missed[0][0], (f"`{right}`",), right)
        start = min(misfit.start, len(text))
        word = misfit.word or _word_at(text, start)
        unread = Unread(Span(start, min(len(text), start + len(word))), word, misfit.expected, nearest(text, misfit))
        return Sentence(text, span, Kind.UNREAD, True, unread=unread)
    return Sentence(text, span, kind_of(built.rules[0]), binding or _binds(built.rules), built.rules, None, built.mistakes)


_TWO_COMMAS = re.compile(r",(?:\s?,)+")


def _told_of(text: str, read_as: Sentence, smooth: Smooth) -> Sentence:
    """What was read in a smoothed text, told of the text as it was written."""
    unread = read_as.unread and replace(read_as.unread, span=smooth.back(read_as.unread.span))
    mistakes = tuple(replace(each, span=smooth.back(each.span)) for each in read_as.mistakes)
    return replace(read_as, text=text, span=Span(0, len(text)), unread=unread, mistakes=mistakes)


def interpret(text: str) -> Built:
    """The rules of one sentence.

    Raises: DoubtError when it could mean two things; MisfitError at the first word that does not fit.
    """
    body = text.rstrip()
    if shares := instalments(body):
        return in_parts(shares, _clause)
    if items := listed(body):
        return _listed(body, *items)
    rules: list[Rule] = []
    mistakes: list[Mistake] = []
    parts = clauses(body)
    if (second := OTHERWISE.search(body)) is not None:
        return _otherwise(body, second)
    for at, part in enumerate(parts):
        for built in _there(body, part) or (_clause(body, part),):
            if at and at == len(parts) - 1:
                shared_tail(body, parts, rules, built.rules)
            rules += built.rules
            mistakes += built.mistakes
    if not rules:
        raise MisfitError(0, "", ("a sentence",))
    return Built(tuple(rules), tuple(mistakes))


def _otherwise(sentence: str, second: re.Match[str]) -> Built:
    """The rules of two halves, of which the second holds where what the first says is not done.

    Raises: DoubtError, MisfitError.
    """
    first = _clause(sentence, Span(0, second.start()))
    head = condition(first.rules)
    if not head:
        raise MisfitError(second.start(), second[0].strip(" ,;"), ("`. If not,` and a sentence of its own",))
    then = _put_together(head, sentence[second.end() :].rstrip(" .!?"), second.end(), second.start())
    return Built((*first.rules, *then.rules), (*first.mistakes, *then.mistakes))


def _put_together(head: str, tail: str, start: int, least: int) -> Built:
    """The rules of a clause whose end stands at `start` of a sentence, and its head nowhere: told of the sentence, from `least` on.

    Raises: DoubtError, MisfitError.
    """
    said, shift = head + tail, start - len(head)
    try:
        built = _clause(said, Span(0, len(said)))
    except MisfitError as misfit:
        raise MisfitError(max(misfit.start + shift, least), misfit.word, misfit.expected, misfit.instead) from None
    except DoubtError as doubt:
        raise DoubtError(max(doubt.start + shift, least), doubt.end + shift, doubt.readings) from None
    moved = tuple(
        Mistake(m.code, m.message, m.span.shifted(shift), m.help) for m in built.mistakes if m.span.start >= len(head)
    )
    return Built(built.rules, moved)


_THERE = re.compile(
    rf"There\s(?:shall|will|must)\sbe\s(?:an?|{NUMBER}(?:\sor\s{NUMBER})?)\s(?P<who>[\w’'™!&()-]+(?:\s(?:of\s(?:the\s)?)?[\w’'™!&()-]+){{0,5}}?)(?P<relative>,?\s(?:who|which)\s)"
    r"(?=(?:shall|must|will|may)\s)"
)
_MAKES = re.compile(
    r"[^,;]{1,80}?\s(?:shall|must|will|may)\s[a-z]+\san?\s"
    r"(?P<who>(?:(?!of|for|to|in|by|at|on|with|from|as|and|or)[\w’'-]++\s?){1,4}?)(?P<relative>,\swho\s)(?=(?:shall|must|will)\s)"
)


def _there(sentence: str, part: Span) -> tuple[Built, ...]:
    """The rules of `There shall be a Treasurer, who shall keep the accounts`, for what there is and for what it does; else none.

    So too where somebody makes one (`The Board shall appoint a Chair, who shall preside`).

    Raises: DoubtError, MisfitError.
    """
    match = _THERE.match(sentence, part.start, part.end) or _MAKES.match(sentence, part.start, part.end)
    if match is None:
        return ()
    there = _clause(sentence, Span(part.start, match.start("relative")))
    does = _put_together(f"The {match['who']} ", sentence[match.end() : part.end], match.end(), match.start("who"))
    return there, does


_BLANK = re.compile(r"\s")

_LOUD = re.compile(
    r"\b(?:SHALL|MUST|WILL|MAY|CAN|CANNOT)(?:\s(?:NOT|ONLY))?(?=,?\s[a-z])|(?<=[a-z,]\s)(?:UNLESS|IF|WHEN)(?=\s[a-z])"
)
"""Words in capitals for stress, beside words in small letters."""


def _clause(sentence: str, part: Span) -> Built:
    clause = sentence[part.start : part.end]
    if clause[0].islower() and len(clause[0].upper()) == 1:
        clause = clause[0].upper() + clause[1:]
    defined = tuple(Definition(term, body) for term, body in named(clause)) if "(" in clause else ()
    plain = NAMED.sub(lambda match: " " * len(match[0]), clause) if defined else clause
    if _LOUD.search(plain):
        plain = _LOUD.sub(lambda match: match[0].lower(), plain)
    led = BESIDES.match(plain) or LEADS.match(plain)
    if led and 0 < led.end() < len(plain):
        plain = " " * led.end() + plain[led.end()].upper() + plain[led.end() + 1 :]
    plain = BESIDES.sub(lambda match: " " * len(match[0]), plain) if " addition " in plain else plain
    try:
        unfinished(plain)
        built = parse(_BLANK.sub(" ", plain))
        unheeded(plain, built.rules)
        guard(plain, built.rules)
        said = tuple(unparse(rule) for rule in built.rules)
        conserve(plain, built.rules, said)
        if [one.rstrip(".") for one in said] != [plain.rstrip(" .")]:
            worded(plain, built.rules, said)
    except MisfitError as misfit:
        if defined and not _BINDING.search(plain):
            return Built(defined)
        raise MisfitError(misfit.start + part.start, misfit.word, misfit.expected, misfit.instead) from None
    except DoubtError as doubt:
        raise DoubtError(doubt.start + part.start, doubt.end + part.start, doubt.readings) from None
    if not _plain(clause) or _coined(built.rules):
        _said_back(clause, plain.rstrip(" .!?"), built.rules, part.start)
    moved = tuple(Mistake(m.code, m.message, m.span.shifted(part.start), m.help) for m in built.mistakes)
    return Built((*built.rules, *defined), moved)


_PLAIN = 90
"""Characters up to which a clause without a comma is not checked by saying it back."""


_TWISTED = re.compile(
    r"[,(.)]|\s\s|\sonly(?!\w)|\s(?:After|Before|Within|Until|If|Unless|When)(?![\w’'-])|\s(?:to|of|for|with|at|from|by)\s(?:if|unless|when|where|within|after|before|until)\s"
)
"""What a short clause has in it that may be understood in part."""


def _plain(clause: str) -> bool:
    return len(clause) <= _PLAIN and not _TWISTED.search(clause)


def _coined(rules: tuple[Rule, ...]) -> bool:
    """Whether a rule has a verb that no lexicon has: a word that is none may hide what was not understood."""
    verbs = current().verbs
    return any(
        rule.act.verb not in verbs
        if isinstance(rule, Obligation | Prohibition | Permission | Power)
        else isinstance(rule, Decision) and rule.matter.verb not in verbs
        for rule in rules
    )


def _said_back(clause: str, read: str, rules: tuple[Rule, ...], start: int) -> None:
    """A long clause that was understood in part is not understood: its rules, said back, must be read as themselves.

    `read` is the clause as it was read, without its end: a rule that is said with the same words is understood.

    Raises: MisfitError when they are not.
    """
    for rule in rules:
        said = unparse(rule).rstrip(" .!?")
        if said == read and _one_clause(said):
            continue
        try:
            unfinished(said)
            same = _one_clause(said) and rule in parse(said).rules
        except (MisfitError, DoubtError):
            same = False
        if not same:
            raise MisfitError(start, _word_at(clause, 0), ("a shorter sentence: this one would be understood only in part",))


def _one_clause(said: str) -> bool:
    """Whether a sentence is one clause, and no list."""
    return (";" not in said and "(" not in said) or (listed(said) is None and len(clauses(said)) == 1)


_NOT = re.compile(r"\bnot:?\s*$")
"""A stem of which none of the items may be done: `or` before the last then means no other than `and`."""


def _listed(sentence: str, stem: Span, items: tuple[Span, ...]) -> Built:
    head = stem_of(sentence[stem.start : stem.end])
    bound = _BINDING.search(head) is not None
    stemmed(head, sentence, items, bound=bound)
    if not _NOT.search(head) and "or" in re.findall(r"[;,]\s*(or)\s+\((?:[a-z]{1,4}|\d{1,2})\)\s", sentence):
        at = sentence.rfind(" or ", 0, items[-1].start) + 1
        raise MisfitError(max(at, 0), "or", ("`and` before the last item: alternatives are not read",))
    rules: list[Rule] = []
    mistakes: list[Mistake] = []
    for item in items:
        said = sentence[item.start : item.end]
        if not said:
            raise MisfitError(item.start, "", ("the text of the item",))
        whole = f"{head} {said}" if bound else said
        shift = item.start - len(head) - 1 if bound else item.start
        try:
            built = _clause(whole, Span(0, len(whole)))
        except MisfitError as misfit:
            at = misfit.start + shift if misfit.start > len(head) or not bound else misfit.start
            raise MisfitError(at, misfit.word, misfit.expected, misfit.instead) from None
        except DoubtError as doubt:
            raise DoubtError(item.start, item.end, doubt.readings) from None
        rules += built.rules
        mistakes += [
            Mistake(m.code, m.message, m.span.shifted(shift if m.span.start > len(head) or not bound else 0), m.help)
            for m in built.mistakes
        ]
    return Built(tuple(rules), tuple(dict.fromkeys(mistakes)))


def parse(clause: str) -> Built:
    """The rules of one clause.

    Raises: DoubtError, MisfitError.
    """
    try:
        cut = chunks(clause)
        built: Built = automaton().parse(cut)
    except NoSuchDayError as wrong:
        raise MisfitError(max(clause.find(str(wrong)), 0), str(wrong), ("a day that the calendar has",)) from None
    except UnfitError as fault:
        if fault.chunk.type == "$END":
            raise MisfitError(len(clause), "", expected(fault.expected)) from None
        raise _misfit(clause, cut, fault.chunk, fault.expected) from None
    return built


_SUBJECT_END = re.compile(
    r"(?:(?:The|A|An|Each|Every|Any|All|No|Either|Neither|This|These|Its|Only|the|a|an)\s)*(?:[A-Z][\w’'-]*\s?)+|(?:\w+\s){1,2}"
)


def _misfit(clause: str, cut: list[Chunk], unfit: Chunk, wanted: set[str]) -> MisfitError:
    start = unfit.start_pos
    if "MODAL" in wanted and cut and cut[0] is not unfit:
        before = next((chunk for chunk in cut if chunk.type == "TEXT"), cut[0])
        subject = _SUBJECT_END.match(str(before))
        offset = (before.start_pos or 0) + (subject.end() if subject else 0)
        if offset < start and clause[offset:start].strip():
            start = offset + len(clause[offset:start]) - len(clause[offset:start].lstrip())
            return MisfitError(start, _word_at(clause, start), (EXPECTED_MODAL,))
    return MisfitError(start, _word_at(clause, start), expected(wanted))


EXPECTED_MODAL = expected(("MODAL",))[0]


def _word_at(text: str, at: int) -> str:
    word = re.match(r"\s*([\w’'%$€.-]*[\w%]|\S)", text[at:])
    return word[1] if word else ""


_INDICATIVE = re.compile(r"(?:The|Each|Every|A|An|Any|All|Both|No)\s(?:other\s)?(?:[A-Z][\w’'-]*\s){1,4}(?P<verb>[a-z]+)(?!\w)")
_MEASURED = re.compile(rf"{DURATION}|{MOMENT}|{MONEY}|\b(?:each|every)\s(?:day|week|month|quarter|year)\b")


def _meant_to_bind(text: str) -> MisfitError | None:
    """Why a sentence without a word that binds was probably meant to bind, None when it was not.

    A word one letter away from one that binds, or a role and a verb in the present with a day, a period or a sum.
    """
    for word in all_misspelt(text):
        right = MISSPELT[word[0].lower()]
        if right in ("shall", "must", "means", "quorum", "majority"):
            return MisfitError(word.start(), word[0], (f"`{right}`",), right)
    said = _INDICATIVE.match(text)
    if said and _MEASURED.search(text):
        base = base_of_third(said["verb"]) or (said["verb"] if said["verb"] in current().verbs else "")
        if base and base != "be" and base != "have":
            return MisfitError(said.start("verb"), said["verb"], (f"`shall {base}`",), f"shall {base}")
    return None


_DANGLING = re.compile(r",?\s(?:and|or|unless|if|within|until|shall|provided|subject\sto|and\sif|with|by)\s?\.$")
"""A word at the end with which a sentence breaks off, and without which it may be whole."""
_ODD = re.compile(
    r"^(?:Not|Shall|Must|Will|By|Cast|Within)\s|,\s?,|\s[,.;]|\b(\w+)\s\1\b|\b(?:if|unless|when)\s(?:that|there\sis[.,]|there\sare[.,]|and|or)|"
    r"(?<!\d\s)(?:\b(?!a|A|i|I)[A-Za-z]|-)\.$|\b(?:of|to|for|from|at|the|an?|and|or|per|between|with|only)\.$"
)
"""What nobody would write."""


def nearest(text: str, misfit: MisfitError) -> str:
    """A sentence like `text` that is read: the word that does not fit replaced, a spelling corrected, or an example."""
    start, end = misfit.start, misfit.start + len(misfit.word)
    instead = misfit.instead.capitalize() if misfit.word[:1].isupper() else misfit.instead
    replaced = (text[:start] + instead + text[end:],) if misfit.instead and text[start:end] == misfit.word else ()
    whole = (_DANGLING.sub(".", text),) if _DANGLING.search(text) else ()
    candidates: tuple[str, ...] = (*replaced, *mended(text), *corrections(text), *whole)
    for candidate in candidates:
        if _ODD.search(candidate):
            continue
        try:
            interpret(candidate)
        except (MisfitError, DoubtError):
            continue
        return candidate
    return example_like(text)


def _binds(rules: tuple[Rule, ...]) -> bool:
    return any(not isinstance(rule, Definition) and kind_of(rule) is not Kind.FACT for rule in rules)
