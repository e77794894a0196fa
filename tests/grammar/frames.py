"""How much of real bylaws is read, how much of that rightly, and what is not read, the most frequent shape first.

`python tests/grammar/frames.py [FILE]`, FILE in the form of bylaws-frames.jsonl: one object a line with `sentence`, `kind`
(`prose` where it binds nobody), `bearer`, `negated`, `threshold` and `quorum` as a reader would label them, null for none.
"""

import json
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from syngraph.cli.manners.frames import frame
from syngraph.grammar.lexicon import singular
from syngraph.grammar.parse import read

FRAMES = Path(__file__).parents[3] / "shared" / "cases" / "bylaws-frames.jsonl"
SILENT = {"prose", "unread", "ambiguous"}
FIELDS = ("kind", "bearer", "both", "negated", "threshold", "quorum")
"""What is compared; `both` is kind and bearer together."""


@dataclass(slots=True)
class Tally:
    """The sentences of one kind: all, those read, and of those how many are right of how many labelled, by field."""

    sentences: int = 0
    read: int = 0
    right: Counter[str] = field(default_factory=Counter)
    labelled: Counter[str] = field(default_factory=Counter)

    def add(self, verdicts: dict[str, bool] | None) -> None:
        """Count a sentence; None for one that was not read."""
        self.sentences += 1
        if verdicts is None:
            return
        self.read += 1
        self.right.update(name for name, right in verdicts.items() if right)
        self.labelled.update(verdicts.keys())

    def share(self, name: str) -> float:
        """The share that is right of what is labelled and read, 1 where nothing is."""
        return self.right[name] / self.labelled[name] if self.labelled[name] else 1.0


@dataclass(slots=True)
class Report:
    """The tallies by kind, all together, and the sentences that were read wrongly or not at all."""

    kinds: dict[str, Tally]
    whole: Tally
    wrong: list[tuple[str, list[str]]]
    unread: dict[str, list[str]]
    bound: list[str]
    """Sentences labelled as prose that were read as rules."""


def rows(path: Path) -> list[dict[str, Any]]:
    """The labelled sentences of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def report(labelled: list[dict[str, Any]]) -> Report:
    """How the sentences are read, beside their labels."""
    made = Report({}, Tally(), [], {}, [])
    for row in labelled:
        text = row["sentence"]
        got = frame(text, read(text))
        if row["kind"] == "prose":
            made.bound += [text] if got["kind"] not in SILENT else []
            continue
        verdicts = None if got["kind"] in SILENT else judged(row, got)
        for tally in (made.kinds.setdefault(row["kind"], Tally()), made.whole):
            tally.add(verdicts)
        if verdicts is None:
            made.unread.setdefault(shape(text), []).append(text)
        elif amiss := [
            f"{name}: {got[name]} for {row[name]}" for name in FIELDS if name in got and not verdicts.get(name, True)
        ]:
            made.wrong.append((text, amiss))
    return made


def judged(row: dict[str, Any], got: dict[str, Any]) -> dict[str, bool]:
    """For each field that is labelled, whether it was read as labelled."""
    verdicts = {
        "kind": row["kind"] == got["kind"],
        "bearer": same_bearer(row.get("bearer"), got["bearer"]),
        "negated": bool(row.get("negated")) == got["negated"],
    }
    verdicts["both"] = verdicts["kind"] and verdicts["bearer"]
    return verdicts | {name: same_share(row[name], got[name]) for name in ("threshold", "quorum") if row.get(name)}


_BEFORE = {
    "the",
    "a",
    "an",
    "each",
    "every",
    "any",
    "all",
    "both",
    "either",
    "neither",
    "no",
    "this",
    "that",
    "such",
    "these",
    "of",
}
_BESIDE = {"and", "or", "nor"}
_QUALIFIES = (
    r"\s(?:who|whom|whose|that|which|then|of|in|at|on|for|with|without|other|except|present|entitled|eligible|currently|brought|under|as|not|"
    r"from|within|having|by|to|\w+ed|calling|seeking|wishing|using|serving|chosen|held)\b.*$"
)


def _words(phrase: str) -> list[str]:
    found = re.findall(r"[\w’'&-]+", phrase)
    return [_one(word) for word in found if word.lower() not in _BEFORE | _BESIDE]


def _one(word: str) -> str:
    # `TUs` is a plural, `tus` looks like none.
    return word[:-1].lower() if word[:-1].isupper() and word.endswith("s") else singular(word.lower())


def same_bearer(labelled: str | None, got: str | None) -> bool:
    """Whether two phrases name the same bearer: the same words but for number, articles and what qualifies the noun."""
    if not labelled or not got:
        return not labelled and not got
    if _words(labelled) == _words(got):
        return True
    heads = [_words(re.sub(_QUALIFIES, "", _undetermined(one))) for one in (labelled, got)]
    return [] not in heads and (heads[0] in (heads[1], _words(got)) or heads[1] == _words(labelled))


def _undetermined(phrase: str) -> str:
    words = phrase.split()
    while words and words[0].lower() in _BEFORE:
        words.pop(0)
    return " ".join(words)


_SHARE = re.compile(r"(?P<sign>>=|<=|>|<)(?P<share>all(?:-\d+)?|\d+(?:/\d+|\.\d+|%)?)(?:\sof\s(?P<of>.+))?")


_NAMED = re.compile(r"(?:lazy |rough |full )?(?P<name>consensus|supermajority)(?:\sof\s(?P<of>.+))?")


def same_share(labelled: str, got: str | None) -> bool:
    """Whether two shares are equal, and where both say of whom, of the same.

    What is named and not counted (`consensus of the Board`) is the same where name and body are.
    """
    named, said = _NAMED.fullmatch(labelled), _NAMED.fullmatch(got or "")
    if named:
        return said is not None and named["name"] == said["name"] and same_bearer(named["of"], said["of"])
    told, found = _SHARE.match(labelled), _SHARE.match(got or "")
    if not told or not found or told["sign"] != found["sign"] or _exact(told["share"]) != _exact(found["share"]):
        return False
    of, whom = _words(told["of"] or ""), _words(found["of"] or "")
    # `Two-thirds of its members` is a share of whoever decides.
    return not of or not whom or of == ["member"] or bool(set(of) & set(whom))


def _exact(share: str) -> object:
    from fractions import Fraction

    if share.startswith("all"):
        return share
    return Fraction(share[:-1]) / 100 if share.endswith("%") else Fraction(share)


_MODAL = (
    r"\b(?:(?:shall|must|will|may|can|cannot)(?:\s(?:not|NOT|only|also|always))*|(?:is|are)\s(?:expected|required|entitled)\sto|requires?|means)\b"
    r"(?:\s(?P<be>be)\b(?:\s\w+ly)?(?:\s(?P<after>\w+))?)?"
)


def shape(text: str) -> str:
    """What kind of wording a sentence has: how it opens, its modal, and whether a passive, an agent or a vote follows."""
    opens = re.match(
        r"(?i)(if|when|where|unless|upon|in|for|at|during|following|after|before|prior|should|subject|there|it|to)\b", text
    )
    modal = re.search(_MODAL, text)
    parts = [f"{opens[1].capitalize()} …" if opens else "…"]
    if modal:
        said = re.sub(r"\sbe\b.*", "", modal[0])
        passive = modal["after"] and re.search(r"(?:ed|en|de|ld|nt|ht|id|ut)$", modal["after"])
        parts.append(said + (" be done" if passive else " be …" if modal["be"] else " do"))
        if passive and " by " in text[modal.end() :]:
            parts.append("by …")
    else:
        parts.append("(no modal)")
    if re.search(r"majority|vote[sd]?\b|quorum|consensus|\d/\d|%", text):
        parts.append("vote")
    return " ".join(parts)


def printed(made: Report) -> str:
    """The report as text."""
    lines = [f"{'kind':<12} {'all':>4} {'read':>9}" + "".join(f"{name:>13}" for name in FIELDS)]
    for kind, tally in [*sorted(made.kinds.items(), key=lambda entry: -entry[1].sentences), ("all", made.whole)]:
        cells = [f"{tally.right[name]}/{tally.labelled[name]}" if tally.labelled[name] else "-" for name in FIELDS]
        read_share = f"{tally.read} {100 * tally.read / tally.sentences:3.0f}%"
        lines.append(f"{kind:<12} {tally.sentences:>4} {read_share:>9}" + "".join(f"{cell:>13}" for cell in cells))
    lines.append(" " * 27 + "".join(f"{100 * made.whole.share(name):>12.0f}%" for name in FIELDS))
    if made.wrong:
        lines += ["", "Read otherwise than labelled:"]
        lines += [f"  {text}\n      {'; '.join(amiss)}" for text, amiss in made.wrong]
    if made.bound:
        lines += ["", "Read as rules, labelled as prose:", *(f"  {text}" for text in made.bound)]
    if made.unread:
        lines += ["", "Not read, the most frequent shape first:"]
        for name, texts in sorted(made.unread.items(), key=lambda entry: (-len(entry[1]), entry[0])):
            lines += [f"  {len(texts)} × {name}", *(f"      {text}" for text in texts)]
    return "\n".join(lines)


def main() -> None:
    """Print the report on the file named, by default the labelled sentences beside the checkout."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1] else FRAMES
    if not path.is_file():
        print(f"{path}: the labelled sentences are not here; name another file of their form: make conformance FRAMES=path")
        return
    print(printed(report(rows(path))))


if __name__ == "__main__":
    main()
