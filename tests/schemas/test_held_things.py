"""The words for things that a picture can show."""

import pytest

from schemas.held_things import THINGS, thing_in


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("the brass key", "keys"),
        ("KEY RING", "keys"),
        ("a cigarette box", "box"),
        ("a bottle of wine", "bottle"),
        ("a bunch of roses", "flowers"),
        ("TAPE RECORDER", "radio"),
        ("einen Eimer", "bucket"),
        ("une lettre", "letter"),
        ("a keyhole", ""),
        ("", ""),
    ],
)
def test_the_last_known_word_names_the_thing(words, kind):
    assert thing_in(words) == kind


def test_every_kind_is_named_by_one_of_its_own_words():
    for kind, words in THINGS.items():
        named = [thing_in(word) for word in words.split()]
        assert kind in named, kind
