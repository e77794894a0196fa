"""Statements: one form, read exactly, written back byte for byte."""

from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syngraph.engine.governance.statements import (
    MAX_BYTES,
    Acceptance,
    Act,
    Answer,
    Appointment,
    Award,
    Ballot,
    Challenge,
    Choice,
    Claim,
    Close,
    Correction,
    Delegation,
    Details,
    Dissent,
    Extension,
    Fact,
    Form,
    Founding,
    Import,
    Jurisdiction,
    Kind,
    Minutes,
    Motion,
    Name,
    Outcome,
    Resignation,
    Retraction,
    Rotation,
    Settlement,
    Statement,
    StatementRefused,
    Stay,
    Tombstone,
    Veto,
    filed,
    parse,
    parse_name,
    path_of,
    signature_path,
    write,
)
from syngraph.engine.text.notations import yaml

A, B, C = "a" * 64, "b" * 64, "c" * 64
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea"
NONCE = "0123456789abcdef" * 2
BALLOT = f"""---
kind: ballot
lineage: {A}
base: {B}
principal: ada
date: 2026-03-14
motion: {C}
vote: yes
---
I am for it.
"""
HEADS: dict[Kind, tuple[str, Details]] = {
    Kind.FOUNDING: (f"digest: {A}\nnonce: {NONCE}\nrecord: {B}\nminutes: {A}\n", Founding(A, NONCE, B, A)),
    Kind.MOTION: (
        f"nonce: {NONCE}\ntitle: Raise the dues\nabout: remove farid\n",
        Motion(NONCE, "Raise the dues", "remove farid"),
    ),
    Kind.BALLOT: (f"motion: {C}\nvote: abstain\n", Ballot(C, Choice.ABSTAIN)),
    Kind.CLOSE: (f"motion: {C}\noutcome: no-quorum\n", Close(C, Outcome.NO_QUORUM)),
    Kind.DELEGATION: (f"to: bora\nmotion: {C}\n", Delegation("bora", C)),
    Kind.VETO: (f"motion: {C}\n", Veto(C)),
    Kind.FACT: ("", Fact()),
    Kind.IMPORT: (
        f"source: {A}\nmap: date=Buchungstag; actor=Name\nset: act=paid\ndecimal: comma\ndates: dmy\nnegative: skip\n",
        Import(A, "date=Buchungstag; actor=Name", "act=paid", "comma", "dmy", "skip"),
    ),
    Kind.MINUTES: (
        f"motion: {C}\nheld: 2026-03-01\nnotice: 2026-02-01\npresent: ada, bora\nfor: 2\nagainst: 0\nabstain: 1\n",
        Minutes(C, date(2026, 3, 1), date(2026, 2, 1), ("ada", "bora"), 2, 0, 1),
    ),
    Kind.ROTATION: (f"old: {A}\nnew: {KEY}\n", Rotation(A, KEY)),
    Kind.RESIGNATION: ("role: Chair\nfrom: 2026-04-01\n", Resignation("Chair", date(2026, 4, 1))),
    Kind.ACT: ("", Act()),
    Kind.CLAIM: (
        f"nonce: {NONCE}\ntitle: Unpaid dues\nagainst: bora, carla\nabout: dues, {C}\n",
        Claim(NONCE, "Unpaid dues", ("bora", "carla"), ("dues", C)),
    ),
    Kind.ANSWER: (f"claim: {C}\njurisdiction: objected\n", Answer(C, Jurisdiction.OBJECTED)),
    Kind.APPOINTMENT: (
        f"claim: {C}\narbitrator: pia\nkey: {KEY}\nreplaces: quin\n",
        Appointment(C, "pia", KEY, "quin"),
    ),
    Kind.ACCEPTANCE: (f"claim: {C}\nkey: {KEY}\n", Acceptance(C, KEY)),
    Kind.CHALLENGE: (f"claim: {C}\narbitrator: pia\n", Challenge(C, "pia")),
    Kind.EXTENSION: (f"claim: {C}\nuntil: 2026-09-30\n", Extension(C, date(2026, 9, 30))),
    Kind.STAY: (f"claim: {C}\nmotion: {A}\n", Stay(C, A)),
    Kind.AWARD: (f"claim: {C}\nnumber: 1\nform: consent\n", Award(C, 1, Form.CONSENT)),
    Kind.DISSENT: (f"claim: {C}\naward: {A}\n", Dissent(C, A)),
    Kind.CORRECTION: (f"claim: {C}\naward: {A}\n", Correction(C, A)),
    Kind.SETTLEMENT: (f"claim: {C}\n", Settlement(C)),
    Kind.RETRACTION: (f"of: {C}\n", Retraction(C)),
    Kind.TOMBSTONE: (f"of: {C}\nreason: order of the court\n", Tombstone(C, "order of the court")),
}
LATER = sorted(set(Kind) - set(HEADS))


def file_of(kind: Kind, own: str) -> bytes:
    chain = "" if kind is Kind.FOUNDING else f"lineage: {A}\nbase: {B}\n"
    return f"---\nkind: {kind}\n{chain}principals: ada, bora\ncapacity: Chair\ndate: 2026-03-14\n{own}---\nSo be it.\n".encode()


@pytest.mark.parametrize("kind", HEADS)
def test_every_kind_is_read_and_written_back(kind: Kind) -> None:
    own, details = HEADS[kind]
    content = file_of(kind, own)
    chain = (None, None) if kind is Kind.FOUNDING else (A, B)
    statement = parse(content, "x.md")
    wanted = Statement(
        kind, chain[0], None, chain[1], ("ada", "bora"), "Chair", date(2026, 3, 14), 1, None, details, "So be it.\n"
    )
    assert statement == wanted
    assert write(statement) == content


def test_a_statement_knows_where_it_was_read() -> None:
    statement = parse(BALLOT.encode(), "x.md")
    assert (statement.digest, statement.path, statement.body_line) == (sha256(BALLOT.encode()).hexdigest(), "x.md", 10)
    assert BALLOT.split("\n")[statement.body_line - 1] == "I am for it."


def test_what_may_be_left_out() -> None:
    least = {
        Kind.FOUNDING: f"digest: {A}\nnonce: {NONCE}\n",
        Kind.MOTION: f"nonce: {NONCE}\ntitle: Dues\n",
        Kind.DELEGATION: "to: bora\n",
        Kind.IMPORT: f"source: {A}\n",
        Kind.MINUTES: f"motion: {C}\npresent: 12\nfor: 2\nagainst: 0\nabstain: 1\n",
        Kind.RESIGNATION: "from: 2026-04-01\n",
        Kind.CLAIM: f"nonce: {NONCE}\ntitle: Dues\nagainst: bora\n",
        Kind.ANSWER: f"claim: {C}\n",
        Kind.APPOINTMENT: f"claim: {C}\narbitrator: pia\n",
    }
    for kind, own in least.items():
        assert write(parse(file_of(kind, own), "x.md")) == file_of(kind, own)


def test_every_common_key_together() -> None:
    content = BALLOT.replace("base:", f"fork: {C}\nbase:").replace(
        "2026-03-14\n", "2026-03-14\nsequence: 7\nexpires: 2026-06-30\n"
    )
    statement = parse(content.encode(), "x.md")
    assert (statement.fork, statement.sequence, statement.expires) == (C, 7, date(2026, 6, 30))
    assert write(statement) == content.encode()


def test_a_body_may_be_empty_and_may_hold_what_looks_like_a_front_matter() -> None:
    for body in ("", "---\nkind: fact\n---\n", "\n\n", "Grüße, 契約\n\tcode\n"):
        content = BALLOT.replace("I am for it.\n", body).encode()
        assert parse(content, "x.md").body == body
        assert write(parse(content, "x.md")) == content


def test_yaml_reads_a_front_matter_as_we_do() -> None:
    for kind, (own, _) in HEADS.items():
        front = file_of(kind, own).decode().split("---\n")[1]
        read = yaml.read(front, "x.md")
        assert [(str(key.text), yaml.text(value, str(key.text)).string) for key, value in read.entries] == [
            tuple(line.split(": ", 1)) for line in front.splitlines()
        ]


def change(old: str, new: str) -> bytes:
    assert old in BALLOT
    return BALLOT.replace(old, new, 1).encode("utf-8", "surrogatepass")


REFUSED = {
    "nothing": (b"", 1, 1),
    "no front matter": (b"kind: ballot\n", 1, 1),
    "a blank line first": (b"\n" + BALLOT.encode(), 1, 1),
    "a front matter without an end": (change("yes\n---\n", "yes\n"), 1, 1),
    "an end with more behind it": (change("yes\n---\n", "yes\n--- \n"), 1, 1),
    "an empty front matter": (b"---\n---\n", 2, 1),
    "no last line feed": (BALLOT.rstrip("\n").encode(), 10, 13),
    "carriage returns": (BALLOT.replace("\n", "\r\n").encode(), 1, 4),
    "one carriage return": (change("for it", "for\rit"), 10, 9),
    "a byte order mark": (b"\xef\xbb\xbf" + BALLOT.encode(), 1, 1),
    "a zero byte": (change("for it", "for\0it"), 10, 9),
    "a control character": (change("for it", "for\x1bit"), 10, 9),
    "a C1 control character": (change("for it", "for\x85it"), 10, 9),
    "a line separator": (change("for it", "for\u2028it"), 10, 9),
    "text turned round": (change("for it", "for\u202eit"), 10, 9),
    "an isolate": (change("for it", "for\u2066it"), 10, 9),
    "an invisible tag": (change("for it", "for\U000e0041it"), 10, 9),
    "a surrogate": (change("for it", "for\ud800it"), 10, 9),
    "not UTF-8": (BALLOT.encode().replace(b"for it", b"for\xffit"), 10, 9),
    "not NFC": (change("for it", "fur e\u0301 it"), 10, 10),
    "the kind not first": (change("kind: ballot\n", ""), 2, 1),
    "no such kind": (change("kind: ballot", "kind: ballet"), 2, 7),
    "the kind in capitals": (change("kind: ballot", "kind: Ballot"), 2, 7),
    "an unknown key": (change("vote:", "votes:"), 8, 1),
    "another kind's key": (change("vote: yes", "outcome: adopted"), 8, 1),
    "a key without a blank": (change("vote: yes", "vote:yes"), 8, 1),
    "a key without a value": (change("vote: yes", "vote: "), 8, 7),
    "a key and nothing": (change("vote: yes", "vote:"), 8, 1),
    "a key with a blank before": (change("vote: yes", " vote: yes"), 8, 1),
    "two blanks": (change("vote: yes", "vote:  yes"), 8, 7),
    "a blank at the end": (change("vote: yes", "vote: yes "), 8, 7),
    "a tab": (change("vote: yes", "vote:\tyes"), 8, 1),
    "a comment": (change("vote: yes", "vote: yes # really"), 8, 7),
    "a comment line": (change("vote: yes", "# vote\nvote: yes"), 8, 1),
    "quotes": (change("vote: yes", 'vote: "yes"'), 8, 7),
    "an anchor": (change("principal: ada", "principal: &a ada"), 5, 12),
    "a list": (change("principal: ada", "principals: [ada, bora]"), 5, 13),
    "a blank line": (change("vote: yes", "\nvote: yes"), 8, 1),
    "a key twice": (change("vote: yes", "vote: yes\nvote: no"), 9, 1),
    "the order changed": (change(f"base: {B}\nprincipal: ada\n", f"principal: ada\nbase: {B}\n"), 5, 1),
    "own keys before common ones": (change("date: 2026-03-14\n", "vote: yes\ndate: 2026-03-14\n"), 7, 1),
    "principal and principals": (change("principal: ada\n", "principal: ada\nprincipals: ada, bora\n"), 6, 1),
    "principals for one": (change("principal: ada", "principals: ada"), 5, 13),
    "a principal twice": (change("principal: ada", "principals: ada, bora, ada"), 5, 13),
    "ids without a blank": (change("principal: ada", "principals: ada,bora"), 5, 13),
    "no id": (change("principal: ada", "principal: -ada"), 5, 12),
    "an id with a look-alike letter": (change("principal: ada", "principal: \u0430da"), 5, 12),
    "nobody": (change("principal: ada\n", ""), 8, 1),
    "no lineage": (change(f"lineage: {A}\n", ""), 8, 1),
    "no base": (change(f"base: {B}\n", ""), 8, 1),
    "no date": (change("date: 2026-03-14\n", ""), 8, 1),
    "no vote": (change("vote: yes\n", ""), 8, 1),
    "a short digest": (change(f"motion: {C}", f"motion: {C[1:]}"), 7, 9),
    "a long digest": (change(f"motion: {C}", f"motion: {C}c"), 7, 9),
    "a digest in capitals": (change(f"motion: {C}", f"motion: {C.upper()}"), 7, 9),
    "a day that is none": (change("2026-03-14", "2026-02-30"), 6, 7),
    "a day without dashes": (change("2026-03-14", "20260314"), 6, 7),
    "a day in other digits": (change("2026-03-14", "2026-03-1\u0664"), 6, 7),
    "the year 0": (change("2026-03-14", "0000-01-01"), 6, 7),
    "the sequence 0": (change("motion:", "sequence: 0\nmotion:"), 7, 11),
    "a sequence with a zero before": (change("motion:", "sequence: 01\nmotion:"), 7, 11),
    "a sequence too high": (change("motion:", "sequence: 1000000001\nmotion:"), 7, 11),
    "a sequence of many digits": (change("motion:", f"sequence: {'9' * 5000}\nmotion:"), 7, 11),
    "a vote that is none": (change("vote: yes", "vote: Yes"), 8, 7),
    "a capacity too long": (change("date:", f"capacity: {'x' * 501}\ndate:"), 6, 11),
    "a capacity with a colon": (change("date:", "capacity: Chair: acting\ndate:"), 6, 11),
    "a capacity with a colon at the end": (change("date:", "capacity: Chair:\ndate:"), 6, 11),
    "a capacity with a tab": (change("date:", "capacity: Vice\tChair\ndate:"), 6, 11),
    "a capacity that begins as a flow": (change("date:", "capacity: {a\ndate:"), 6, 11),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_in_the_one_form_is_refused_where_it_stands(name: str) -> None:
    content, line, column = REFUSED[name]
    with pytest.raises(StatementRefused) as caught:
        parse(content, "x.md")
    place = caught.value.place
    assert place is not None
    assert (place.path, place.line, place.column) == ("x.md", line, column)


def test_a_statement_too_long_is_refused() -> None:
    room = MAX_BYTES - len(BALLOT)
    parse((BALLOT + "x" * (room - 1) + "\n").encode(), "x.md")
    with pytest.raises(StatementRefused, match="262145 bytes"):
        parse((BALLOT + "x" * room + "\n").encode(), "x.md")


@pytest.mark.parametrize("kind", LATER)
def test_a_kind_that_comes_later_is_named(kind: Kind) -> None:
    with pytest.raises(StatementRefused, match=f"the kind {kind}; expected a kind that this version"):
        parse(change("kind: ballot", f"kind: {kind}"), "x.md")


def test_a_founding_has_no_lineage() -> None:
    own, _ = HEADS[Kind.FOUNDING]
    for key in ("lineage", "base", "fork"):
        with pytest.raises(StatementRefused, match=f"the key “{key}”"):
            parse(file_of(Kind.FOUNDING, own).replace(b"principals", f"{key}: {A}\nprincipals".encode()), "x.md")


@pytest.mark.parametrize(
    "key", ["ssh-ed25519 AAAA", "ssh-dss AAAA", KEY + " ada", KEY[:-1], KEY.replace("ssh-ed25519 ", "ssh-rsa ")]
)
def test_a_rotation_is_to_a_key_that_may_sign(key: str) -> None:
    with pytest.raises(StatementRefused):
        parse(file_of(Kind.ROTATION, f"old: {A}\nnew: {key}\n"), "x.md")


def test_what_is_long_and_wrong_is_refused() -> None:
    ids = ", ".join(map(str, range(30_000)))
    for body, head in (
        ("", f"principals: {ids}, 29999"),
        ("x" * 100_000 + "e\u0301" + "y" * 100_000 + "\n", "principal: ada"),
        ("a" + "\u0316\u0301" * 60_000 + "\n", "principal: ada"),
        ("", f"principal: ada\ncapacity: {': ' * 100_000}"),
        ("", "x\n" * 100_000),
    ):
        content = f"---\nkind: fact\nlineage: {A}\nbase: {B}\n{head}\ndate: 2026-03-14\n---\n{body}".encode()
        assert len(content) <= MAX_BYTES
        with pytest.raises(StatementRefused):
            parse(content, "x.md")


def test_an_act_is_done_in_a_capacity() -> None:
    with pytest.raises(StatementRefused, match="an act without capacity"):
        parse(file_of(Kind.ACT, "").replace(b"capacity: Chair\n", b""), "x.md")


def test_a_word_of_the_line_is_shown_with_the_refusal() -> None:
    with pytest.raises(StatementRefused) as caught:
        parse(change("vote: yes", "vote: yea"), "x.md")
    assert str(caught.value) == "x.md:8:7: vote: “yea”; expected one of yes, no, abstain"
    assert caught.value.source == "vote: yea"


@pytest.mark.parametrize(
    "statement",
    [
        Statement(Kind.BALLOT, A, None, B, (), None, date(2026, 3, 14), 1, None, Ballot(C, Choice.YES)),
        Statement(Kind.BALLOT, A, None, B, ("ada",), "", date(2026, 3, 14), 1, None, Ballot(C, Choice.YES)),
        Statement(Kind.BALLOT, A, None, B, ("ada",), "a\nb", date(2026, 3, 14), 1, None, Ballot(C, Choice.YES)),
        Statement(Kind.BALLOT, A, None, B, ("ada",), None, date(2026, 3, 14), 0, None, Ballot(C, Choice.YES)),
        Statement(Kind.BALLOT, A, None, B, ("ada",), None, date(2026, 3, 14), 1, None, Ballot(C, Choice.YES), "no end"),
        Statement(Kind.BALLOT, A, None, B, ("ada",), None, date(2026, 3, 14), 1, None, Ballot(C, Choice.YES), "\ud800\n"),
        Statement(Kind.BALLOT, A, None, B, ("ada",), None, date(2026, 3, 14), 1, None, Fact()),
        Statement(Kind.FACT, A, None, B, ("ada",), None, date(2026, 3, 14), 1, None, Ballot(C, Choice.YES)),
        Statement(Kind.FACT, None, None, None, ("ada",), None, date(2026, 3, 14), 1, None, Fact()),
        Statement(Kind.AWARD, A, None, B, ("ada",), None, date(2026, 3, 14), 1, None, Fact()),
        Statement(
            Kind.MINUTES, A, None, B, ("ada",), None, date(2026, 3, 14), 1, None, Minutes(C, None, None, ("12",), 1, 0, 0)
        ),
    ],
)
def test_what_could_not_be_read_back_is_not_written(statement: Statement) -> None:
    with pytest.raises(StatementRefused):
        write(statement)


# -- names -------------------------------------------------------------------------------------------------------------


def test_a_statement_is_named_by_its_content() -> None:
    digest = sha256(BALLOT.encode()).hexdigest()
    path = f"record/ballot/2026-03/2026-03-14-{digest}.md"
    assert path_of(BALLOT.encode()) == path
    assert parse_name(path) == Name(Kind.BALLOT, date(2026, 3, 14), digest)
    assert parse_name(path).path == path
    assert parse_name(path.replace("2026-03/", "")).path == path
    assert parse_name(signature_path(path, C)) == Name(Kind.BALLOT, date(2026, 3, 14), digest, C)
    assert parse_name(signature_path(path, C)).path == signature_path(path, C)
    assert filed(BALLOT.encode(), path) == parse(BALLOT.encode(), path)
    assert filed(BALLOT.encode(), path.replace("2026-03/", "")).path == path.replace("2026-03/", "")


NAME = path_of(BALLOT.encode())


@pytest.mark.parametrize(
    "path",
    [
        "",
        NAME.removeprefix("record/"),
        "/" + NAME,
        NAME + "\n",
        NAME + ".sig",
        NAME.replace("record/", "record//"),
        NAME.replace("record/", "Record/"),
        NAME.replace("ballot", "ballet"),
        NAME.replace("ballot", "../ballot"),
        NAME.replace("2026-03/", "2026-04/"),
        NAME.replace("2026-03/", "2026/"),
        NAME.replace("2026-03-14", "2026-03-00"),
        NAME.replace("2026-03-14", "2026-3-14"),
        NAME.replace("2026-03-14", "2026-03-1\u0664"),
        NAME.replace(".md", ".MD"),
        NAME.replace(".md", ".csv"),
        NAME.replace(".md", f".{C}"),
        NAME.replace(".md", f".{C[1:]}.sig"),
        NAME.replace(".md", f".{C.upper()}.sig"),
        NAME[:-5] + ".md",
        NAME.upper(),
    ],
)
def test_a_path_that_names_no_statement_is_refused(path: str) -> None:
    with pytest.raises(StatementRefused):
        parse_name(path)


@pytest.mark.parametrize(
    ("path", "what"),
    [
        (NAME.replace("ballot", "fact"), "the kind fact"),
        (NAME.replace("2026-03-14", "2026-03-15"), "the date 2026-03-15"),
        (NAME[:-5] + "00.md" if NAME[-5:-3] != "00" else NAME[:-5] + "11.md", "the digest"),
        (signature_path(NAME, C), "the name of a signature"),
    ],
)
def test_a_name_that_says_something_else_than_the_file_is_refused(path: str, what: str) -> None:
    with pytest.raises(StatementRefused, match=what):
        filed(BALLOT.encode(), path)


# -- whatever comes ----------------------------------------------------------------------------------------------------

LINES = st.sampled_from(
    [*BALLOT.splitlines(keepends=True), "sequence: 2\n", "expires: 2026-13-01\n", "\n", "fork: x\n", "vote"]
)


@settings(deadline=None)
@given(st.lists(LINES, max_size=14).map("".join) | st.text(max_size=80).map(lambda text: f"---\nkind: ballot\n{text}\n---\n"))
def test_whatever_comes_is_read_as_it_stands_or_refused(text: str) -> None:
    content = text.encode("utf-8", "surrogatepass")
    try:
        statement = parse(content, "x.md")
    except StatementRefused as refused:
        assert refused.found and refused.expected
    else:
        assert write(statement) == content


@settings(deadline=None)
@given(st.binary(max_size=60), st.integers(0, len(BALLOT)))
def test_bytes_put_anywhere_are_read_as_they_stand_or_refused(noise: bytes, at: int) -> None:
    content = BALLOT.encode()[:at] + noise + BALLOT.encode()[at:]
    try:
        statement = parse(content, "x.md")
    except StatementRefused:
        return
    assert write(statement) == content


PLAIN = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)


@settings(deadline=None)
@given(PLAIN, PLAIN)
def test_a_title_is_refused_or_comes_back_as_it_was(title: str, about: str) -> None:
    details = Motion(NONCE, title, about)
    statement = Statement(Kind.MOTION, A, None, B, ("ada",), None, date(2026, 3, 14), 1, None, details)
    try:
        content = write(statement)
    except StatementRefused:
        return
    assert parse(content, "x.md").details == details
    read = yaml.read(content.decode().split("---\n")[1], "x.md")
    assert {str(key.text): str(yaml.text(value, "it")) for key, value in read.entries}["title"] == title
