"""A prop of the show's own is seen where the action names it and there is room."""

import pytest

from schemas.license import License
from schemas.shot_list import ShotCharacter, ShotList, shows_prop
from stages.assets.library_choice import LibraryItem
from stages.assets.own_props import is_shown, own_props
from tests.renderers.captions.film import LOCK, film

MARA = (ShotCharacter(id="mara", name="Mara"),)


def shot(action, framing="WS", people=MARA):
    shots, *_ = film([], (60,))
    changes = {"framing": framing, "action_beat": action, "characters": people}
    return shots.shots[0].model_copy(update=changes)


@pytest.mark.parametrize(
    ("action", "framing", "people", "shown"),
    [
        ("Between them a KEY RING lies on the stone.", "WS", MARA, True),
        ("A key ring.", "EWS", MARA, True),
        ("A key ring.", "MS", (), True),
        ("A key ring.", "MS", MARA, False),
        ("A key ring.", "TITLE", (), False),
        ("A KEY. RINGING.", "WS", MARA, False),
        ("A monkey ring.", "WS", MARA, False),
        ("The key ring is gone.", "WS", MARA, False),
        ("There is no key ring.", "WS", MARA, False),
        ("", "WS", MARA, False),
    ],
)
def test_whole_words_and_room_decide(action, framing, people, shown):
    assert shows_prop(shot(action, framing, people), "key_ring") is shown


def test_an_insert_shows_its_own_thing_alone():
    lantern = shot("She takes the LANTERN from its hook. No word.", "ECU", ()).model_copy(
        update={"insert": "OLD LANTERN"}
    )
    assert shows_prop(lantern, "lantern")
    assert shows_prop(lantern, "old_lantern")
    assert not shows_prop(lantern, "hook")
    assert not shows_prop(lantern, "tern")


def test_a_need_for_each_prop_that_is_shown_by_name_and_none_for_the_rest():
    shots, *_ = film([], (60,))
    shots = shots.model_copy(update={"shots": (shot("A box and a lamp."),)})
    ours = License(license_type="CC0")
    items = [
        LibraryItem("prop", name, "", "a" * 64, f"assets/props/{name}.png", ours)
        for name in ("lamp", "box", "sword")
    ]
    assert [need.subject_id for need in own_props(items, shots)] == ["box", "lamp"]
    assert {need.used_by for need in own_props(items, shots)} == {("s0",)}
    assert own_props(items, None) == ()
    assert not is_shown("sword", ShotList.create(fps=shots.fps, shots=(), timing_lock_hash=LOCK))
