"""The collector rests during some work, and is afterwards what it was before."""

import gc

import pytest

from syngraph.engine.text.collecting import uncollected


@pytest.fixture(autouse=True)
def awake():
    yield
    gc.enable()


def test_it_rests_meanwhile_and_wakes_up():
    with uncollected():
        meanwhile = gc.isenabled()
    assert (meanwhile, gc.isenabled()) == (False, True)


def test_it_wakes_up_after_a_failure():
    with pytest.raises(ValueError, match="broken"), uncollected():
        raise ValueError("broken")
    assert gc.isenabled()


def test_one_that_rested_before_goes_on_to():
    gc.disable()
    with uncollected():
        pass
    assert not gc.isenabled()


def test_work_within_work_does_not_wake_it():
    with uncollected():
        with uncollected():
            pass
        assert not gc.isenabled()
