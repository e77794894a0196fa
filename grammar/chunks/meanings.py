"""Definitions without quotation marks: `Good standing means ...`, `A guest is someone who ...`."""

import re

from syngraph.grammar.chunks.scanner import Chunk, made

_NAME = r"(?P<term>(?!(?:[Tt]his|[Tt]hat|[Ii]t|[Tt]hese|[Tt]here|[Ww]hat|[Ww]hich|[Bb]y|[Aa]ll|[Nn]o|[Ii]f|[Ww]hen)\b)[\w’'-]+(?:\s[\w’'-]+){0,5}?)"
_MEANS = re.compile(
    rf"(?:(?:An?|The|Each|Any)\s|(?=[A-Z])){_NAME}\s(?<!\bby\s)(?<!\bof\s)(?<!\ball\s)(?<!\bany\s)(?<!\bother\s)(?<!\bsame\s)(?<!\bno\s)(?<!\bthe\s)(?<!\bwhich\s)(?<!\bthat\s)"
    r"(?P<verb>means(?:\sthat)?|(?:shall|will)\smean|(?:is|are|shall\sbe)\sdefined\s(?:as|to\sbe))\s(?!(?:of|to|for|by|are|is|shall|must|may|will|in|and|or|which)\s)"
)
_SOMEONE = re.compile(
    r"An?\s(?P<term>(?!(?:person|member\swho)\b)[\w’'-]+(?:\s(?!(?:is|are|who|that|which|may|shall|must|will)\s)[\w’'-]+){0,3})\s(?P<verb>is)\s"
    r"(?=(?:someone|somebody|anyone|(?:a|any)\sperson|an?y?\sindividual|one)\s(?:who|whose|that)\s)"
)
_BINDS = re.compile(r"(?<![\w’'-])(?:shall|must)(?![\w’'-])")


_THEY_ARE = re.compile(
    r"(?P<term>[A-Z][a-z]+s|[A-Z][\w’'-]*\s[A-Za-z][a-z]+s)\s(?P<verb>are)\s(?=(?:(?:people|persons|individuals|members|contributors|developers|users|residents|volunteers|those)\s(?:who|with|whose)\s))"
)
_KNOWN = re.compile(
    r"(?P<what>(?:The|An?|This|These)\s[^,;“”\"]{1,80}?)\s(?P<verb>(?:is|are)\s(?:also\s)?(?:known\sas|called|referred\sto\sas))\s(?:the\s|an?\s)?[“\"](?P<term>[^“”\"]{1,60})[”\"]$"
)


def plain_definition(clause: str) -> list[Chunk] | None:
    """What a term without quotation marks means; None for any other clause."""
    if clause.endswith(("”", '"')) and (known := _KNOWN.match(clause)) and not _BINDS.search(clause):
        what = known["what"]
        return [
            made("TERM", known["term"], 0, known["term"]),
            made("MEANS", known["verb"], known.start("verb"), None),
            made("BODY", what[0].lower() + what[1:], 0, None),
        ]
    if " mean" in clause or " defined " in clause:
        match = _MEANS.match(clause)
    elif " is " in clause:
        match = _SOMEONE.match(clause)
    elif " are " in clause:
        match = _THEY_ARE.match(clause)
    else:
        return None
    if match is None or _BINDS.search(clause, match.end()):
        return None
    return [
        made("TERM", match["term"], match.start("term"), match["term"]),
        made("MEANS", match["verb"], match.start("verb"), None),
        made("BODY", clause[match.end() :].strip(), match.end(), None),
    ]
