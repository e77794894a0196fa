"""Where the engine and the model once differed, each case by itself."""

from collections.abc import Callable
from pathlib import Path

import pytest
from model import Edit
from village import Village
from world import World

from syngraph.engine import enacting
from syngraph.engine.governance.statements import Kind, Rotation


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "village.git")


def test_a_rotation_stated_and_carried_out_in_one_commit(village: Callable[..., Village]) -> None:
    there = village()
    there.found()
    there.rotate("dov")
    assert [each.kind.value for each in there.verify().transitions] == ["Found", "Record", "Register"]


def test_a_rotation_that_the_old_key_has_not_signed(village: Callable[..., Village]) -> None:
    """Who has one of somebody's two keys cannot take the other one away."""
    phone = Village.key()
    there = village()
    register = there.register().replace(
        f"keys: [{there.keys['dov'].public.line()}]", f"keys: [{there.keys['dov'].public.line()}, {phone.public.line()}]"
    )
    there.extra = {"register.yaml": register.encode()}
    there.found()
    new = Village.key()
    details = Rotation(phone.public.name, " ".join(new.public.line().split()[:2]))
    verification = there.verify()

    content = enacting.stated(verification, Kind.ROTATION, details, there.draft("dov"))
    there.raw(enacting.sealed(content, [there.keys["dov"], new]))
    assert "a rotation of dov that the old key has not signed" in there.refused()


def test_ballots_collected_while_a_motion_was_on_its_way(world: World) -> None:
    """They are dated before the motion entered, and after it was moved; what enters after the motion counts."""
    motion = world.motion("ada", (Edit("amount", "20", "25"),), 0)
    digest = motion[0].digest
    ballots = [world.ballot(digest, who, "yes", False) for who in ("bora", "carla", "dov")]
    world.village.next_day()
    for _ in range(9):
        world.day = world.village.next_day()
    world.commit([motion, *ballots])
    assert world.model.motions[digest].cast() == {"bora": "yes", "carla": "yes", "dov": "yes"}
    world.commit([world.close(digest, "edda", "adopted")], world.model.text | {"amount": "25"})
    assert world.model.kinds == ["Found", "Record", "Record", "Adopt"]


def test_a_rotation_stated_with_a_stolen_key_and_kept_for_later(world: World) -> None:
    """Once the key was replaced, a rotation that it had signed before brings in nothing any more."""
    old, thief, own = world.key("dov"), Village.key(), Village.key()
    stolen = world.rotation("dov", old, thief, [old, thief])
    assert world.commit([stolen])
    ours = world.rotation("dov", old, own, [old, own])
    assert world.commit([ours], world.model.text | world.model.effect(ours[0]))
    assert not world.commit((), world.model.text | world.model.effect(stolen[0]))
