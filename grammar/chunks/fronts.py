"""What stands before the subject of a clause: conditions, times and settings, up to the comma that ends them."""

import re
from collections.abc import Callable

from syngraph.grammar.chunks.modals import MODAL, SAID_MODAL
from syngraph.grammar.chunks.scanner import DoubtError, MisfitError, Scanner, made
from syngraph.grammar.guards.loose import whole
from syngraph.grammar.phrases.levels import measured
from syngraph.grammar.phrases.nouns import DETERMINER, has_verb
from syngraph.grammar.rules import Condition, Link, Unknown

_BARE_NOUN = re.compile(rf"(?:and\s|or\s)?(?:(?i:{DETERMINER})\s)[\w’'-]+(?:\s[A-Z][\w’'-]*)*$")
_MAIN_WORD = re.compile(
    rf"(?<![\w’'-])(?:{MODAL}|(?:is|are|do|does|takes?|ends?|passes|survives?|ceases?|binds?|becomes?|lapses?|needs|has|have|prevails?|applies|apply|requires?|passes|carries|fails|constitutes?|forms?|fail|lapse|pass|carry|prevail|casts?|decides?|elects?|makes?|appoints?|acts?|falls?|occurs?|remains?|transfers?|counts?|no\slonger)(?!\w))"
)


_PLAIN_WORD = rf"(?!(?:{DETERMINER}|they|it|he|she|is|are|was|were|has|have|had|to|who|which|that|then)\b)[\w’'-]+"
_UNMARKED = re.compile(
    rf",?\s(?:then\s(?P<then>[^,;]{{1,80}}?)|(?P<who>(?:the|any|each|every|an?|all|no|they|it|he|she|that|those|such)(?:\s{_PLAIN_WORD}){{0,5}}))"
    r"\s(?:shall|must|may|will|can)(?!\w)"
)
"""The subject of a main clause that no comma stands before, and its modal."""
_WITHIN = re.compile(
    r"(?:^|\s)(?:and|or|nor|of|to|by|with|for|in|on|from|than|if|whether|that|which|who|when|where|as|at|unless|upon|but|not|after|before|until|about|under)\s$"
)


_COMMA = re.compile(r",(?=\s)")


def front_end(scan: Scanner, start: int, begun: int, opens: Callable[[str], bool]) -> int:
    """Where a condition ends that stands before the main clause: the comma before the subject.

    `start` is where it begins and `begun` where its opening ends; `opens` tells whether words open another one.

    Raises: DoubtError where a list of nouns could belong to it or to the subject; MisfitError when no comma ends it.
    """
    text, end = scan.text, scan.end
    commas: list[int] = []
    found = (match.start() for match in _COMMA.finditer(text, begun + 1, end))
    ahead = next(found, None)
    while (comma := ahead) is not None:
        commas.append(comma)
        index, ahead = len(commas) - 1, next(found, None)
        after = end if ahead is None else ahead
        subject = text[comma + 1 : after].strip()
        if opens(subject):
            return comma
        word = _MAIN_WORD.search(subject)
        if word is None and ahead is not None:
            continue
        if word is None:
            break
        if word.start() == 0:
            continue
        first = index
        if re.search(r"(?:^|\s)(?:and|or)\s", subject[: word.start()]):
            while first > 0 and _BARE_NOUN.match(text[commas[first - 1] + 1 : commas[first]].strip()):
                first -= 1
        if first != index:
            opening = text[start : commas[first]].strip()
            listed = text[commas[first] + 1 : end].strip()
            short, longer = text[start:comma].strip(), text[comma + 1 : end].strip()
            if longer.startswith(("and ", "or ")):
                return commas[first]
            raise DoubtError(commas[first], comma, (f"{opening}: {listed}.", f"{short}: {longer}."))
        return comma
    unmarked = next((m for m in _UNMARKED.finditer(text, begun, end) if not _WITHIN.search(text, begun, m.start() + 1)), None)
    if unmarked is not None and has_verb(text[begun : unmarked.start()]):
        return unmarked.start()
    raise MisfitError(end, "", ("a comma, and who shall or may do what",))


SETTING = re.compile(
    r"(?:In|At|For|From|To|With|Without|As|Except|Subject\sto|On|Under|Towards|Given|Because\sof|Due\sto|Regardless\sof|Pursuant\sto|Regarding|Concerning|Based\son|While|"
    r"If|When|Where|Unless|So\slong\sas|Insofar\sas|Pending|Between|Among|Within|Notwithstanding|Despite|Depending\son|Otherwise|(?:After|Before)(?=[^,]*\sand\s(?:before|after|until)\s))(?=[\s,])"
)


ASIDE = re.compile(
    r"(?:(?:so|as)\slong\sas|to\sthe\sextent(?!\sof\b)|insofar\sas|pending(?=\s(?:the|an?|its|their|any|such|further|final)\s)|without\sfirst(?=\s\w+ing\s)|"
    rf"while(?=\s(?:{DETERMINER}|he|she|it|they|in|on|under|serving|acting|holding|being)\s)|(?<=,\s)subject\sto|subject\sto(?=\sthe\s(?:availability|terms|provisions|limits|conditions|"
    r"limitations|requirements|rules)\s))(?=\s)"
)


def aside(scan: Scanner, match: re.Match[str], end: int) -> bool:
    """A circumstance at the end of a clause that the language does not take apart (`so long as ...`, `pending ...`), up to `end`.

    Raises: MisfitError where another clause begins within it.
    """
    if not scan.main or not any(chunk.type in ("MODAL", "PASSIVE", "BE", "AND_MODAL", "AND_PASSIVE") for chunk in scan.chunks):
        return False
    said = re.sub(r"\s+", " ", scan.text[match.start() : end].rstrip(" ,"))
    if second := SAID_MODAL.search(said):
        raise MisfitError(match.start() + second.start(), second[0], ("a condition without `shall`, `must` or `may`",))
    scan.flush(match.start())
    scan.chunks.append(made("COND", said, match.start(), Condition(Link.SETTING, Unknown(said))))
    scan.taken = end
    return True


_MAIN_MODAL = re.compile(r"\s(?!who\b|which\b|that\b)[\w’'-]+\s(?P<modal>shall|must)\s")
"""What binds within a phrase before the subject, other than in a relative clause: another clause."""


def setting(scan: Scanner, match: re.Match[str], opens: Callable[[str], bool]) -> bool:
    """A phrase before the subject that the language does not take apart (`In this case`, `For the purposes of section 4`).

    Whether it held is for the record to say. `opens` tells whether words open another front.
    """
    if scan.main or scan.waiting != -1 or any(chunk.type not in ("TIME", "COND", "PRIORITY", "COMMA") for chunk in scan.chunks):
        return False
    if "," not in scan.text[match.end() : scan.end]:
        return False
    end = front_end(scan, match.start(), match.end() - 1, opens)
    whole(scan.text, match.start(), end)
    scan.flush(match.start())
    said = re.sub(r"\s+", " ", scan.text[match.start() : end].rstrip(" ,"))
    if second := _MAIN_MODAL.search(said):
        raise MisfitError(match.start() + second.start("modal"), second["modal"], ("a comma before who shall or may do what",))
    low = said[0].lower() + said[1:]
    scan.chunks.append(made("COND", said, match.start(), Condition(Link.SETTING, measured(low) or Unknown(low))))
    scan.taken = end
    return True
