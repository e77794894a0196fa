"""Records that are made quickly are what they would be otherwise."""

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace
from inspect import signature

import pytest

from syngraph.engine.text.records import quick


@dataclass(frozen=True, slots=True)
class Slow:
    first: int
    second: str = "two"
    third: tuple[int, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Quick:
    first: int
    second: str = "two"
    third: tuple[int, ...] = ()


def test_fields_are_set_by_place_by_name_and_by_default() -> None:
    one = Quick(1, third=(3,))
    assert (one.first, one.second, one.third) == (1, "two", (3,))
    assert type(one) is Quick


def test_what_is_missing_or_too_much_is_an_error() -> None:
    with pytest.raises(TypeError, match=r"missing 1 required positional argument: 'first'"):
        Quick()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected keyword"):
        Quick(1, fourth=4)  # type: ignore[call-arg]


def test_it_cannot_be_changed() -> None:
    one = Quick(1)
    with pytest.raises(FrozenInstanceError):
        one.first = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del one.first  # type: ignore[misc]
    assert Quick(1) == one


def test_it_is_equal_hashed_written_and_replaced_as_before() -> None:
    assert Quick(1) == Quick(1, "two")
    assert Quick(2) != Quick(1)
    assert hash(Slow(1)) == hash(Quick(1))
    assert repr(Slow(1)).replace("Slow", "Quick") == repr(Quick(1))
    assert Quick(1, "other") == replace(Quick(1), second="other")
    assert str(signature(Slow)) == str(signature(Quick))
    assert Slow.__match_args__ == Quick.__match_args__


def test_it_is_copied_and_pickled() -> None:
    one = Quick(1, "b", (2,))
    assert one == copy.copy(one) == copy.deepcopy(one) == pickle.loads(pickle.dumps(one))


@dataclass(frozen=True, slots=True)
class Checked:
    first: int

    def __post_init__(self) -> None:
        assert self.first


@dataclass(frozen=True, slots=True)
class Made:
    first: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Slotless:
    first: int


@dataclass(frozen=True, slots=True)
class Derived(Slow):
    fourth: int = 4


@pytest.mark.parametrize("record", [Checked, Made, Slotless, Derived])
def test_a_record_that_does_more_is_refused(record: type) -> None:
    with pytest.raises(TypeError, match=f"found {record.__name__}, expected a record with slots"):
        quick(record)
