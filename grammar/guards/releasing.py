"""Words with which a sentence in the present takes from what is owed: it binds, although none of them is `shall` or `may`."""

import re

from syngraph.grammar.phrases.numbers import MONTHS

_OWED = r"(?:obligations?|dut(?:y|ies)|liabilit(?:y|ies)|claims?|debts?)"
_TIMES = r"(?:periods?|time\slimits?|deadlines?|notice\speriods?|limitation\speriods?|time)"
_RELEASED = re.compile(
    r"\b(?:owes?|owed)\s(?:nothing|no(?:body|ne)?)\b|"
    r"\b(?:is|are|constitutes?|amounts?\sto)\s(?:no|not\san?|never\san?|not\sin)\s(?:breach|default|delay|violation|infringement)(?:es|s)?\b|"
    r"\bdo(?:es)?\snot\s(?:constitute|amount\sto)\s(?:an?\s)?(?:breach|default|delay|violation)\b|"
    rf"\b{_OWED}\s(?:[\w’'-]+\s){{0,10}}?(?:ceases?|ends?|lapses?|expires?|falls?\saway|(?:is|are)\s(?:extinguished|barred|time-barred))\b|"
    r"\b(?:is|are)\s(?:hereby\s|then\s|also\s|thereby\s)?(?:released|relieved|discharged|freed|excused|exempt(?:ed)?|free)\s(?:from|of)\s"
    rf"(?:(?:all|any|its|their|his|her|the|every|this|that|such|further)\s)*(?:{_OWED}|payment|paying|charge|rent|interest|performance|performing|delivery|delivering|liability)\b|"
    r"^Nothing\s(?:[\w’'.()#-]+\s){0,12}?(?:obliges|requires|binds|prevents|prohibits|restricts|entitles)\s|"
    rf"^(?:(?:The|All|Any|Such|No|Every|Each)\s)?{_TIMES}\s(?:of\s(?:[\w’'-]+\s){{1,6}}?)?(?:(?:do(?:es)?\snot|never)\s(?:run|begin|start|count|expire)|stops?|stands?\sstill|(?:is|are)\s(?:interrupted|tolled|stayed))\b|"
    rf"\b(?P<uncounted>(?:(?-i:{'|'.join(MONTHS)})|(?:Satur|Sun|Mon|Fri)days?|[Hh]olidays?|[Ww]eekends?|days?|weeks?|months?)\s(?:[^,;.]{{0,60}}\s)?(?:is|are)\snot\scounted)\b|"
    r"\bwaives?\s(?:all|any|every|its|their|his|her|the)\s|"
    r"\bforfeits?\s|"
    r"\brequires?\s(?:[\w’'-]+\s){0,6}?notice\b",
    re.IGNORECASE,
)


def releases(text: str) -> bool:
    """Whether a sentence states in the present that something is not owed, is no breach, or is given up.

    >>> releases("A late payment is no breach."), releases("The Flat is free of mould.")
    (True, False)
    """
    return _RELEASED.search(text) is not None


def barred_or_uncounted(text: str) -> str:
    """The words of a sentence that bar claims, or that leave days out of a period, "" of any other."""
    found = _RELEASED.search(text)
    return found[0] if found and (found["uncounted"] or found[0].endswith("barred")) else ""
