"""The page of the grammar is what clause.lark has, with examples from the cases (`--rewrite` writes it)."""

import re
from collections import defaultdict
from importlib.resources import files
from pathlib import Path

from lark import Lark, Token, Tree
from lark.exceptions import LarkError
from lark.lexer import Lexer

from syngraph.grammar.chunks import chunks
from syngraph.grammar.chunks.scanner import Chunk, DoubtError, MisfitError
from syngraph.grammar.phrases.numbers import NoSuchDayError

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "grammar.md"
CASES = ROOT / "tests" / "cases" / "frames"
SOURCE = files("syngraph.grammar").joinpath("clause.lark").read_text(encoding="utf-8")
SHORT, FEW = 60, 3
"""Characters of the longest example of a chunk, and how many of them are shown."""


_READ = re.compile(r"^\[(?!unread|ambiguous|prose)[a-z]+\] (.+)\.$", re.MULTILINE)


class _Ready(Lexer):
    def __init__(self, conf: object) -> None:
        pass

    def lex(self, state: object, parser_state: object = None) -> object:  # type: ignore[override]
        return (Token(chunk.type, str(chunk)) for chunk in state)  # type: ignore[attr-defined]


def productions() -> dict[str, str]:
    """Every production with its alternatives, by name."""
    found: dict[str, str] = {}
    for block in re.split(r"\n(?=\??[a-z_]+:)", SOURCE):
        if match := re.match(r"\??(?P<name>[a-z_]+):(?P<body>.*?)(?=\n\s*\n|\n//|\n%|\Z)", block, re.DOTALL):
            found[match["name"]] = " ".join(match["body"].split())
    return found


def meanings() -> dict[str, str]:
    """What each chunk stands for, as the grammar says it."""
    return dict(re.findall(r"^// ([A-Z_]+): (.+)$", SOURCE, re.MULTILINE))


def declared() -> set[str]:
    return {name for line in re.findall(r"^%declare (.+)$", SOURCE, re.MULTILINE) for name in line.split()}


def clauses() -> list[tuple[str, list[Chunk]]]:
    """Every case of one clause that is read, with its chunks."""
    found = []
    for path in sorted(CASES.glob("*.txt")):
        for text in re.findall(
            r"^\[(?!unread|ambiguous|prose)[a-z]+\] (.+)\.$", path.read_text(encoding="utf-8"), re.MULTILINE
        ):
            try:
                found.append((text, chunks(text)))
            except (DoubtError, MisfitError, NoSuchDayError):
                continue
    return found


def examples() -> tuple[dict[str, str], dict[str, list[str]]]:
    """The shortest sentence of each production, and a few texts of each chunk."""
    parser = Lark(SOURCE, parser="lalr", lexer=_Ready, strict=True)
    sentences: dict[str, str] = {}
    texts: dict[str, list[str]] = defaultdict(list)
    for text, cut in sorted(clauses(), key=lambda case: (len(case[0]), case[0])):
        try:
            tree: Tree[Chunk] = parser.parse(cut)  # type: ignore[arg-type]
        except LarkError:
            continue
        for part in tree.iter_subtrees():
            sentences.setdefault(str(part.data), text)
        for chunk in cut:
            said = texts[chunk.type]
            if len(said) < FEW and len(chunk) <= SHORT and str(chunk) not in said:
                said.append(str(chunk))
    return sentences, texts


def page() -> str:
    sentences, texts = examples()
    forms = [
        f"| `{name}` | `{body.replace('|', chr(92) + '|')}` | {sentences.get(name, '') and f'*{_plain(sentences[name])}.*'} |"
        for name, body in productions().items()
    ]
    said = meanings()
    words = [f"| `{name}` | {said[name]} | {', '.join(f'*{_plain(text)}*' for text in texts[name])} |" for name in said]
    return (
        "\n\n".join(
            [
                "# The grammar",
                "A clause is cut into chunks first: whole phrases that say who, when, on which condition or by which "
                "vote, and the words between them. What may follow what is then a small LALR(1) grammar, built in "
                "strict mode: it has no conflict, so a row of chunks has one reading. In a form, a name in capitals "
                "is a chunk and another name a form; `?` is once or not at all, `*` any number of times, `+` at least "
                "once, `|` divides alternatives. `make docs` writes this page from `grammar/clause.lark`. The "
                "sentences of each construct are in [drafting](drafting/README.md).",
                "## Forms",
                "| form | what it is made of | the shortest case |\n| --- | --- | --- |\n" + "\n".join(forms),
                "## Chunks",
                "| chunk | what it stands for | for example |\n| --- | --- | --- |\n" + "\n".join(words),
            ]
        )
        + "\n"
    )


def _plain(text: str) -> str:
    return re.sub(r"\[\]\((#[\w.:-]+)\)", r"`\1`", text).replace("|", "\\|")


def test_the_grammar_says_of_every_chunk_what_it_stands_for() -> None:
    assert set(meanings()) == declared()


def test_every_form_and_every_chunk_has_a_case() -> None:
    sentences, texts = examples()
    inlined = {name for name in productions() if re.search(rf"^\?{name}:", SOURCE, re.MULTILINE)}
    assert set(productions()) - set(sentences) - inlined == set()
    assert declared() - set(texts) == set()


def test_the_page_is_what_the_grammar_has(rewrite: bool) -> None:
    wanted = page()
    if rewrite:
        PAGE.write_text(wanted, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == wanted
