"""The codes of findings about objects, sentences, terms, numbers and drafting: what each is called and says."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding. Its page is docs/checks/<code>.md. A `stopping` one means that a part of the text is missing."""

    code: str
    name: str
    summary: str
    stopping: bool = False


CODES: tuple[Code, ...] = (
    Code("SG100", "unreadable-object", "An object, or its front matter, cannot be read.", stopping=True),
    Code("SG101", "undefined-key", "Nothing defines the field that a text names in braces."),
    Code("SG102", "unused-field", "Nothing uses a field of the agreement."),
    Code("SG103", "missing-object", "An included object is not there.", stopping=True),
    Code("SG104", "inclusion-cycle", "An object includes itself, directly or through others.", stopping=True),
    Code("SG105", "section-id-twice", "Two sections of an object have the same id."),
    Code("SG106", "no-such-section", "after, before or omit names a section that is not there."),
    Code("SG107", "broken-reference", "A link leads to a section that is not there."),
    Code("SG108", "wrong-section-number", "A section number typed in the text is that of no section."),
    Code("SG109", "inclusion-outside", "An inclusion leads out of the agreement.", stopping=True),
    Code("SG110", "stray-brace", "A brace belongs to no field name."),
    Code("SG111", "hidden-section", "Two included objects have the same section, so that one of them is not read."),
    Code("SG112", "each-of-no-role", "A section is to be repeated for a role that the register does not have."),
    Code("SG113", "too-deep", "Inclusions, fields or sections go deeper or grow larger than is read.", stopping=True),
    Code("SG114", "unknown-word", "The front matter or a heading has a word in it that nobody reads."),
    Code("SG115", "field-cycle", "The value of a field leads back to itself."),
    Code("SG116", "number-that-decides", "A rule of decision names a section by a typed number."),
    Code("SG201", "unread-sentence", "A sentence that binds somebody was not read."),
    Code("SG202", "two-readings", "A sentence could mean two things."),
    Code("SG203", "share-of-whom", "A majority or share does not say of whom it is counted."),
    Code("SG204", "nobody-named", "A duty or permission does not say whose it is."),
    Code("SG205", "unknown-verb", "A verb is probably a misspelling of another."),
    Code("SG301", "undefined-term", "A term is used that nothing defines."),
    Code("SG302", "unused-term", "A term is defined that nothing uses."),
    Code("SG303", "term-defined-twice", "A term is defined in two places."),
    Code("SG304", "term-before-definition", "A term defined in brackets is used before the place that defines it."),
    Code("SG305", "words-and-figures", "A number in words and the same number in figures disagree."),
    Code("SG306", "ill-typed-field", "The value of a field does not fit the clause that uses it."),
    Code("SG307", "and-or", "A clause says and/or."),
    Code("SG308", "midnight", "A clause says midnight without saying which."),
    Code("SG309", "loose-days", "A clause counts working days that nothing defines."),
    Code("SG310", "unknown-actor", "Somebody is bound or entitled who is no role of the register and no defined term."),
    Code("SG311", "may-not", "A clause forbids something by “may not”."),
    Code("SG312", "and-with-or", "A clause joins three things by “and” and “or” without saying which belong together."),
    Code("SG313", "deadline-without-start", "A deadline does not say from when it runs."),
)
"""Every code of this room, in order."""

STOPPING: frozenset[str] = frozenset(code.code for code in CODES if code.stopping)
"""The codes that mean that the document is not whole."""
