"""The front matter of an object: its title, what it includes, its fields, what it leaves out."""

import re
from dataclasses import dataclass

from syngraph.engine.text.findings import Finding, found
from syngraph.engine.text.notations import yaml
from syngraph.engine.text.objects import Field, Inclusion, Mention
from syngraph.engine.text.provenance import NOTHING, Text

ORIGIN = ("name", "version", "summary", "source", "commit", "path", "original", "digest")
EARLIER = ("name", "version", "source", "commit", "path", "original", "digest", "changed")
KEYS = ("title", "include", "fields", "omit", *ORIGIN, "earlier")
KEY = re.compile(r"[^\W\d_][\w-]*(?:\.[\w-]+)*")


Origin = tuple[tuple[str, str], ...]
"""What an object says of where it is from: keys with their values, in a fixed order."""


@dataclass(frozen=True, slots=True)
class Header:
    """What the front matter says."""

    title: Text = NOTHING
    includes: tuple[Inclusion, ...] = ()
    fields: tuple[Field, ...] = ()
    omit: tuple[Mention, ...] = ()
    origin: Origin = ()
    earlier: tuple[Origin, ...] = ()


def read(source: str, path: str, faults: list[Finding]) -> Header:
    """The front matter in `source`, which begins on the second line of its file; what is odd is added to `faults`.

    Raises: YamlError
    """
    mapping = yaml.read(source, path, 2)
    for name, _ in mapping.entries:
        if name.text.string not in KEYS:
            faults.append(
                found("SG114", f"the unknown key {name} in the front matter", name.text, yaml.suggestion(str(name), KEYS))
            )
    title = mapping.get("title")
    include, fields, omit = mapping.get("include"), mapping.get("fields"), mapping.get("omit")
    return Header(
        _stripped(yaml.text(title, "title")) if title else Text(""),
        tuple(_inclusion(node) for node in _one_or_many(include, "include")),
        tuple(made for name, value in yaml.entries(fields, "fields") if (made := _field(name, value, faults)))
        if fields
        else (),
        tuple(Mention(str(yaml.text(node, "omit")).removeprefix("#"), node.place) for node in _one_or_many(omit, "omit")),
        _origin(mapping, ORIGIN),
        tuple(_earlier(node) for node in yaml.items(earlier, "earlier")) if (earlier := mapping.get("earlier")) else (),
    )


def cut(text: str) -> str | None:
    """The front matter of an object, without the lines around it; None where it has none.

    >>> cut("---\\ntitle: Sale\\n---\\n# Sale\\n"), cut("# Sale\\n")
    ('title: Sale', None)
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return None
    end = next((number for number in range(1, len(lines)) if lines[number].rstrip() in ("---", "...")), 0)
    return "\n".join(lines[1:end]) if end else None


def _origin(mapping: yaml.Mapping, keys: tuple[str, ...]) -> Origin:
    return tuple((name, str(yaml.text(node, name))) for name in keys if (node := mapping.get(name)))


def _earlier(node: yaml.Node) -> Origin:
    if not isinstance(node, yaml.Mapping):
        raise yaml.YamlError("a text", "where the object was before", "write {source: ..., commit: ...}", place=node.place)
    yaml.known(node, EARLIER)
    return _origin(node, EARLIER)


def _one_or_many(node: yaml.Node | None, what: str) -> tuple[yaml.Node, ...]:
    if node is None:
        return ()
    if isinstance(node, yaml.Scalar) and node.text:
        return (node,)
    return yaml.items(node, what)


def _inclusion(node: yaml.Node) -> Inclusion:
    if not isinstance(node, yaml.Mapping):
        return Inclusion(str(yaml.text(node, "include")), "", node.place)
    yaml.known(node, ("object", "as", "after", "before"))
    target, prefix = node.get("object"), node.get("as")
    if target is None:
        raise yaml.YamlError(
            "an inclusion of nothing", "the key object", "write {object: people/ada.md, as: Chair.}", place=node.place
        )
    name = str(yaml.text(prefix, "as")).removesuffix(".") if prefix else ""
    if prefix and not KEY.fullmatch(name):
        raise yaml.YamlError(
            f"the prefix {name or 'of nothing'}", "a name such as Chair.", "write as: Chair.", place=prefix.place
        )
    after, before = (yaml.text(beside, word) if (beside := node.get(word)) else NOTHING for word in ("after", "before"))
    return Inclusion(str(yaml.text(target, "object")), f"{name}." if name else "", target.place, after, before)


def _field(name: yaml.Scalar, value: yaml.Node, faults: list[Finding]) -> Field | None:
    if not KEY.fullmatch(name.text.string):
        faults.append(
            found("SG114", f"“{name}” is no name for a field", name.text, "use letters, digits, - and . as in Dues.Date")
        )
        return None
    text = _stripped(yaml.text(value, f"the field {name}"))
    return Field(name.text.string, text if text else Text("", ((0, value.place),)), name.place)


def _stripped(text: Text) -> Text:
    inner = text.string.strip()
    if inner == text.string:
        return text
    start = len(text.string) - len(text.string.lstrip())
    return text[start : start + len(inner)]
