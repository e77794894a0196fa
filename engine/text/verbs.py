"""The verbs that an agreement adds to those that come with syngraph: `verbs` of its manifest.

verbs:
  moor: {noun: mooring}
  shew: {past: shewed, participle: shewn}
  deliver: {noun: handover}
"""

import re
from collections.abc import Iterator

from syngraph.engine.text.manifest import ManifestError
from syngraph.engine.text.notations import yaml
from syngraph.engine.text.provenance import Place
from syngraph.grammar import lexicon
from syngraph.grammar.lexicon import Verb

MOST = 300
"""Verbs of one agreement."""
MOST_NOUNS = 5
"""Nouns of one verb."""
LONGEST = 30
"""Letters of one form."""

FORMS = ("past", "participle", "noun")
_WORD = re.compile(r"[a-z]{2,}(?:-[a-z]{2,})*")
_DECIDING = """
a about above according after again against all also although always among an and annual another any anybody anyone
april are as at august be because been before begin being below best between both but by calendar can cannot case
condition contrary could date day days december did do does done due during each earlier eight eighth eighty either
eleven else end ends enough every everybody everyone exceed except fails february fewer fifteen fifth fifty first five
following for forty four fourth friday from greater had half has have he her him his holiday hour hours how however
hundred if in including into is it its january july june last later least less majority march may mean means meeting
member midnight million minus minute minutes monday month months more most must neither never next nine ninth no nobody
none noon nor not nothing notice notwithstanding november number october of off on once one only or other otherwise out
over party per percent period person prior provided public quarter quarters quorum rate saturday second section
september seven seventh shall she should since six sixth so some somebody subject such sum sunday ten tenth than that
the their them then there these they third thirty this those three thursday times to tuesday twelve twenty twice two
unanimous under unless until upon votes was wednesday week weeks were what when where whether which while who whom whose
will with within without would year years yes you
"""
FUNCTION_WORDS = frozenset(_DECIDING.split())
"""Words that decide who, when, how much and whether: no verb of an agreement can be spelt like one."""


def said(node: yaml.Node) -> tuple[Verb, ...]:
    """The verbs that the manifest names, in its order.

    Raises: ManifestError for what is no verb, or would change what another word means; YamlError
    """
    entries = yaml.entries(node, "verbs")
    if len(entries) > MOST:
        place = entries[MOST][0].place
        raise ManifestError(f"{len(entries):,} verbs", f"at most {MOST}", "name those that the text uses", place=place)
    taken = _taken()
    found: list[Verb] = []
    for name, forms in entries:
        verb, places = _verb(name, forms)
        known = verb.base in lexicon.default().verbs
        # Of a verb that is known only nouns are new.
        new = verb.nouns if known else dict.fromkeys((verb.base, verb.third, verb.past, verb.participle, *verb.nouns))
        for form in new:
            place = places.get(form, name.place)
            if form in taken and taken[form] != verb.base:
                raise ManifestError(
                    f"{form}, a form of {verb.base}", "a word of its own", f"{form} is of {taken[form]}", place=place
                )
            taken[form] = verb.base
        found.append(verb)
    return tuple(found)


def _taken() -> dict[str, str]:
    """Each form of the verbs that come with syngraph, with its verb."""
    held = lexicon.default()
    return {**held.nouns, **held.participles, **held.pasts, **held.thirds, **{base: base for base in held.verbs}}


def _verb(name: yaml.Scalar, node: yaml.Node) -> tuple[Verb, dict[str, Place]]:
    base = _word(name, "the base form of a verb, such as moor")
    forms = yaml.Mapping(yaml.entries(node, base), name.place)
    yaml.known(forms, FORMS)
    known = lexicon.default().verbs.get(base)
    for key, value in forms.entries:
        if known and str(key) != "noun":
            raise ManifestError(
                f"{key} of {base}", "nouns only of a verb that is known already", "leave it out", place=value.place
            )
    words = {str(key): [_word(word, f"one word for {key}") for word in _words(value, str(key))] for key, value in forms.entries}
    places = {str(word): word.place for _, value in forms.entries for word in _words(value, "")}
    past = words["past"][0] if "past" in words else lexicon.past_tense(base)
    participle = words["participle"][0] if "participle" in words else past
    return Verb(base, lexicon.third_person(base), past, participle, tuple(words.get("noun", ()))), places


def _words(node: yaml.Node, key: str) -> Iterator[yaml.Scalar]:
    nodes = yaml.items(node, "noun") if isinstance(node, yaml.Sequence) else (node,)
    if len(nodes) > (MOST_NOUNS if key in ("noun", "") else 1) or not nodes:
        most = f"one to {MOST_NOUNS} nouns" if key == "noun" else "one word"
        raise ManifestError(f"{len(nodes)} words for {key}", most, place=node.place)
    for each in nodes:
        yaml.text(each, key)
        if isinstance(each, yaml.Scalar):
            yield each


def _word(node: yaml.Scalar, expected: str) -> str:
    word = str(node)
    if len(word) > LONGEST or not _WORD.fullmatch(word):
        raise ManifestError(
            f"{word[:LONGEST]!r} among the verbs", expected, "small letters from a to z, and hyphens within", place=node.place
        )
    if word in FUNCTION_WORDS:
        raise ManifestError(
            f"the word {word} among the verbs",
            expected,
            f"{word} decides how a sentence is read; choose another",
            place=node.place,
        )
    return word
