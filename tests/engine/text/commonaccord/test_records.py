"""What the lines of one object say, byte by byte."""

import pytest

from syngraph.engine.text.notations.commonaccord.records import Record, Records, Reference

VALUES = [
    (b"X=1", b"X", b"1"),
    (b"X=1\n", b"Y", None),
    (b"X=\n", b"X", b""),
    (b"X=1\r\n", b"X", b"1\r"),
    (b"X=\r\n", b"X", b""),
    (b"X=1\rY=2\n", b"Y", None),
    (b"X = \t\x0b\x0c 1  \n", b"X", b"1  "),
    (b"X=\xc2\xa01\n", b"X", b"\xc2\xa01"),
    (b"X\xc2\xa0=1\n", b"X", None),
    (b"\xef\xbb\xbfX=1\n", b"X", None),
    (b"\xef\xbb\xbfX=1\n", b"\xef\xbb\xbfX", b"1"),
    (b"X=1\nX=2\n", b"X", b"1"),
    (b"X =1\nX=2\n", b"X", b"1"),
    (b" X=1\n", b"X", None),
    (b" X=1\n", b" X", b"1"),
    (b"X =1\n", b"X ", b"1"),
    (b"X=1\n", b"X ", None),
    (b"X=1\nX =2\nX  =3\n", b"X ", b"2"),
    (b"X=1\nX \t=2\nX  =3\n", b"X  ", b"3"),
    (b"a=b=c\n", b"a", b"b=c"),
    (b"a=b=c\n", b"a=b", b"c"),
    (b"a = b = c\n", b"a = b", b"c"),
    (b"a = b = c\n", b"a=b", None),
    (b"a=b =c\n", b"a=b ", b"c"),
    (b"a=bc=1\na=b=2\n", b"a=b", b"2"),
    (b"a=b=c=d\n", b"a=b=c", b"d"),
    (b"==x\n", b"=", b"x"),
    (b"==x\n", b"", b"=x"),
    (b"=x\n", b"", b"x"),
    (b"  =x\n", b"", b"x"),
    (b"  =x\n", b" ", b"x"),
    (b"a=b\n", b"a=b", None),
    (b"a=b\n", b"a\n", None),
    (b"a\nb=1\n", b"a\nb", None),
    (b"X\0=\xff\n", b"X\0", b"\xff"),
    (b"no sign\n", b"no sign", None),
    (b"", b"", None),
]


@pytest.mark.parametrize(("content", "key", "value"), VALUES)
def test_the_value_of_a_key(content: bytes, key: bytes, value: bytes | None) -> None:
    records = Records(content)
    assert records.get(key) == value
    record = records.record(key)
    assert (record.value if record else None) == value


def test_deeper_keys_after_less_deep_ones() -> None:
    """What is asked for first does not matter."""
    records = Records(b"a=b=c=d  =e\n")
    keys = (b"a=b", b"a=b=c=d ", b"a=b=c", b"a=b=c=d  ", b"a=b")
    assert [records.get(key) for key in keys] == [b"c=d  =e", b"e", b"d  =e", b"e", b"c=d  =e"]


REFERENCES = [
    (b"=[b.md]", [(b"", b"b.md", 0)]),
    (b"P.=[b.md] tail", [(b"P.", b"b.md", 2)]),
    (b"0=[b.md]", [(b"0", b"b.md", 0)]),
    (b"0x=[b.md]", [(b"0x", b"b.md", 2)]),
    (b"P =[b.md]\r", [(b"P ", b"b.md", 2)]),
    (b"=[b[1].md]", [(b"", b"b[1", 0)]),
    (b"=[]", []),
    (b"=[]]", [(b"", b"]", 0)]),
    (b"= [b.md]", []),
    (b"k=v=[b.md]", []),
    (b"=[b.md", []),
    (b"=[ b ]\n=[c]", [(b"", b" b ", 0), (b"", b"c", 0)]),
]


@pytest.mark.parametrize(("content", "expected"), REFERENCES)
def test_references(content: bytes, expected: list[tuple[bytes, bytes, int]]) -> None:
    assert [(each.prefix, each.path, each.cut) for each in Records(content).references] == expected


@pytest.mark.parametrize(
    ("prefix", "key", "rest"),
    [
        (b"P.", b"P.X", b"X"),
        (b"P.", b"P.0", b"P.0"),
        (b"P.", b"P.", b"P."),
        (b"P.", b"P.00", b"00"),
        (b"0", b"0X", b"0X"),
        (b"", b"0", b"0"),
    ],
)
def test_what_is_left_of_a_key(prefix: bytes, key: bytes, rest: bytes) -> None:
    assert Reference(prefix, b"b.md", 0, 0 if prefix == b"0" else len(prefix)).rest(key) == rest


def test_places_count_characters() -> None:
    records = Records("x\nGröße = neun\nä=b=c\n\nP.=[ü.md]\n".encode())
    assert records.all()[0] == Record("Größe".encode(), b"neun", 2, 9)
    assert records.record("ä=b".encode()) == Record("ä=b".encode(), b"c", 3, 5)
    assert records.place(records.references[0]) == (5, 5)


def test_many_references_are_matched_in_the_order_of_their_lines() -> None:
    lines = [b"P=[1]", b"=[2]", b"PQ=[3]", b"X=[4]", b"P=[5]", b"=[6]", b"PQR=[7]", b"Y=[8]", b"Z=[9]", b"PQRS=[10]"]
    for count in (7, 10):
        records = Records(b"\n".join(lines[:count]))
        assert [each.path for each in records.matching(b"PQR")] == [b"1", b"2", b"3", b"5", b"6", b"7"]
