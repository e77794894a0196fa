"""The verbs that come with syngraph: each form is what a dictionary says, and no form belongs to two verbs."""

import re
from collections import Counter
from pathlib import Path

import pytest

import syngraph
from syngraph.grammar.lexicon import (
    base_of_participle,
    base_of_past,
    base_of_third,
    default,
    inflected,
    past_tense,
    plural,
    singular,
    third_person,
)

IRREGULAR = """
arise arose arisen | be was been | bear bore borne | become became become | begin began begun | bind bound bound
break broke broken | bring brought brought | build built built | buy bought bought | cast cast cast
catch caught caught | choose chose chosen | come came come | cost cost cost | cut cut cut | deal dealt dealt
dig dug dug | do did done | draw drew drawn | drive drove driven | eat ate eaten | fall fell fallen | feed fed fed
find found found | forbid forbade forbidden | forego forewent foregone | foresee foresaw foreseen
forget forgot forgotten | forgive forgave forgiven | freeze froze frozen | give gave given | go went gone
grow grew grown | have had had | hear heard heard | hide hid hidden | hit hit hit | hold held held | hurt hurt hurt
keep kept kept | know knew known | lay laid laid | lead led led | leave left left | lend lent lent | let let let
lose lost lost | make made made | meet met met | mislead misled misled | overpay overpaid overpaid
override overrode overridden | overrun overran overrun | oversee oversaw overseen | pay paid paid
prepay prepaid prepaid | put put put | quit quit quit | read read read | rebuild rebuilt rebuilt | repay repaid repaid
resell resold resold | rewrite rewrote rewritten | ride rode ridden | rise rose risen | run ran run | see saw seen
seek sought sought | sell sold sold | send sent sent | set set set | show showed shown | shut shut shut | sit sat sat
sleep slept slept | speak spoke spoken | spend spent spent | spread spread spread | stand stood stood
steal stole stolen | strike struck struck | strive strove striven | sublet sublet sublet | swear swore sworn
take took taken | teach taught taught | tear tore torn | tell told told | throw threw thrown | unbind unbound unbound
undergo underwent undergone | underpay underpaid underpaid | understand understood understood
undertake undertook undertaken | underwrite underwrote underwritten | undo undid undone | uphold upheld upheld
wake woke woken | wear wore worn | win won won | withdraw withdrew withdrawn | withhold withheld withheld
withstand withstood withstood | write wrote written
"""
DOUBLED = (
    "admit allot annul cancel commit concur confer control defer expel fulfil incur occur omit permit plan rebut refer remit"
    " ship submit transfer transmit"
)
"""Verbs whose last letter is doubled, as British English does it."""
THIRDS = {"be": "is", "do": "does", "have": "has", "go": "goes", "veto": "vetoes", "undergo": "undergoes", "forego": "foregoes"}


def test_there_are_more_than_three_hundred() -> None:
    assert len(default().verbs) > 500


def test_irregular_verbs_are_those_of_a_dictionary() -> None:
    written = {tuple(forms.split()) for forms in IRREGULAR.replace("\n", "|").split("|") if forms.strip()}
    held = {(verb.base, verb.past, verb.participle) for verb in default().verbs.values()}
    doubled = {(base, past := f"{base}{base[-1]}ed", past) for base in DOUBLED.split()}
    regular = {(base, past_tense(base), past_tense(base)) for base in default().verbs}
    assert held - regular == (written | doubled | {("veto", "vetoed", "vetoed")}) - regular
    assert written | doubled <= held


def test_no_verb_with_a_stress_on_its_end_was_forgotten() -> None:
    """Long verbs that end in one vowel and one consonant: stressed on the end they double it, so each was looked at."""
    last = [b for b in default().verbs if len(b) > 4 and b[-1] not in "aeiouwxy" and b[-2] in "aeiou" and b[-3] not in "aeiou"]
    plain = {base for base in last if inflected(base).past == base + "ed"}
    assert plain == {
        "abandon",
        "administer",
        "alter",
        "answer",
        "audit",
        "consider",
        "cover",
        "credit",
        "debit",
        "deliver",
        "deposit",
        "develop",
        "discover",
        "encumber",
        "enter",
        "inherit",
        "interpret",
        "limit",
        "lower",
        "monitor",
        "offer",
        "order",
        "prohibit",
        "recover",
        "register",
        "reopen",
        "sever",
        "solicit",
        "summon",
        "surrender",
        "tender",
        "visit",
        "water",
    }


@pytest.mark.parametrize("form", ["third", "past", "participle"])
def test_each_form_leads_back_to_its_verb(form: str) -> None:
    back = {"third": base_of_third, "past": base_of_past, "participle": base_of_participle}[form]
    assert [base for base, verb in default().verbs.items() if back(getattr(verb, form)) != base] == []


def test_third_persons() -> None:
    odd = {base: verb.third for base, verb in default().verbs.items() if verb.third != third_person(base)}
    assert odd == {"be": "is", "have": "has"}
    assert {base: default().verbs[base].third for base in THIRDS} == THIRDS
    assert [default().verbs[base].third for base in ("pay", "carry", "fix", "discuss", "publish")] == [
        "pays",
        "carries",
        "fixes",
        "discusses",
        "publishes",
    ]


def test_no_form_belongs_to_two_verbs() -> None:
    """A past that is another verb's base (`lay`, of `lie`) would make one act of two."""
    held = [(form, verb.base) for verb in default().verbs.values() for form in {*_forms(verb), *verb.nouns}]
    assert [form for form, count in Counter(form for form, _ in held).items() if count > 1] == []


def test_no_noun_is_a_verb() -> None:
    nouns = [noun for verb in default().verbs.values() for noun in verb.nouns]
    assert [noun for noun in nouns if noun in default().verbs] == []


def _forms(verb: object) -> tuple[str, ...]:
    return tuple(getattr(verb, name) for name in ("base", "third", "past", "participle"))


@pytest.mark.parametrize("base", ["bake", "tax", "try", "stay", "plan", "audit", "agree", "moor"])
def test_regular_forms_of_a_verb_that_nobody_listed_lead_back(base: str) -> None:
    assert base_of_participle(past_tense(base)) == base or base in default().verbs


@pytest.mark.parametrize("noun", ["Party", "Member", "Class", "Box", "Branch", "person", "Day"])
def test_plurals_lead_back(noun: str) -> None:
    assert singular(plural(noun)) == noun


def test_whoever_reads_asks_for_the_lexicon_that_is_spoken() -> None:
    """A reader that asked for the shipped one would not know the verbs of the agreement."""
    package = Path(syngraph.__file__).parent
    files = [path for room in ("grammar", "engine") for path in (package / room).resolve().rglob("*.py")]
    asking = {path.name for path in files if re.search(r"\blexicon\.default\(|lexicon import .*\bdefault\b", path.read_text())}
    assert asking == {"verbs.py", "manifest.py"}
