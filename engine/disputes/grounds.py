"""Grounds: what a judgement on a dispute rests on, a sentence of the text or a default where the text is silent."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from syngraph.engine.text.clauses import Clause, PlacedRule

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Default:
    """A rule that holds where the text is silent: where it comes from, and what it says."""

    source: str
    says: str

    def __str__(self) -> str:
        return f"{self.source}: {self.says}"


Ground = PlacedRule | Clause | Default
"""A rule of the text, a sentence of it that was not read, or a default."""


@dataclass(frozen=True, slots=True)
class Provided(Generic[T]):
    """What holds for a dispute, and what it rests on."""

    value: T
    ground: Ground


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is so, in a sentence, and what that rests on."""

    says: str
    ground: Ground

    def __str__(self) -> str:
        return f"{self.says} ({cited(self.ground)})"


def cited(ground: Ground) -> str:
    """A ground as people cite it: the place of a sentence and its words, or the source of a default and what it says."""
    match ground:
        case PlacedRule(clause=clause) | (Clause() as clause):
            return f"{clause.place}: {clause.sentence.text.strip()}"
        case Default():
            return str(ground)
