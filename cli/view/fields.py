"""The views as the documented fields of JSON."""

from typing import Any

from syngraph.cli.manners import output
from syngraph.cli.view.visible import LINKS, through
from syngraph.engine.text.provenance import Place
from syngraph.engine.text.views.shown import Edge, Given, Link, Lost, Map, Missing, Open, Source, Traced, Xray


def source(of: Source, form: str) -> dict[str, Any]:
    """An object as written."""
    return {
        **_head("source", form, of.path),
        "lines": list(of.lines),
        "bindings": [
            {"kind": entry.kind, "key": entry.key, "value": entry.value, "derived": entry.derived, **_place(entry.place)}
            for entry in of.entries
        ],
        "inclusions": [_link(link) for link in of.links],
    }


def missing(of: Missing, form: str) -> dict[str, Any]:
    """The keys that are not filled in."""
    return {**_head("missing", form, of.path), "keys": [_open(key) for key in of.keys], "more": of.more}


def trace(of: Traced, form: str) -> dict[str, Any]:
    """Where the keys came from."""
    return {
        **_head("trace", form, of.path),
        "keys": [_given(key) for key in of.keys],
        "open": [_open(key) for key in of.open],
        "more": of.more,
    }


def xray(of: Xray, form: str) -> dict[str, Any]:
    """The text in runs."""
    runs = [{"text": piece.text, "key": piece.key, **_perhaps(piece.place)} for piece in of.pieces]
    return {**_head("xray", form, of.path), "title": of.title, "runs": runs, "more": of.more}


def mapped(of: Map, form: str) -> dict[str, Any]:
    """The objects and what includes what."""
    return {
        **_head("map", form, of.root),
        "nodes": list(of.objects),
        "edges": [_edge(edge) for edge in of.edges],
        "more": of.more,
    }


def _head(view: str, form: str, path: str) -> dict[str, Any]:
    return {"schema": output.SCHEMA, "view": view, "notation": form, "path": path}


def _place(place: Place) -> dict[str, Any]:
    return {"path": place.path, "line": place.line, "column": place.column, "chain": through(place, LINKS)}


def _perhaps(place: Place | None) -> dict[str, Any]:
    return _place(place) if place is not None else {"path": None, "line": None, "column": None, "chain": []}


def _link(link: Link) -> dict[str, Any]:
    return {"object": link.path, "prefix": link.prefix, "target": link.target, "said": link.said, **_place(link.place)}


def _edge(edge: Edge) -> dict[str, Any]:
    return {"from": edge.source, **_link(edge.link)}


def _open(key: Open) -> dict[str, Any]:
    return {
        "key": key.key,
        "name": key.name,
        "state": key.state,
        "bound": _place(key.bound) if key.bound else None,
        "uses": key.uses,
        "asked": [_place(place) for place in key.asked],
    }


def _given(key: Given) -> dict[str, Any]:
    return {
        "kind": key.kind,
        "key": key.key,
        "name": key.name,
        **_place(key.place),
        "prefix": key.prefix,
        "value": key.value,
        "text": key.text,
        "seen_from": key.seen_from or None,
        "uses": key.uses,
        "asked": [_place(place) for place in key.asked],
        "overridden": key.overridden,
        "lost": [_lost(lost) for lost in key.lost],
        "cut": key.cut,
    }


def _lost(lost: Lost) -> dict[str, Any]:
    return {"kind": lost.kind, **_place(lost.place), "prefix": lost.prefix, "value": lost.value, "why": lost.why}
