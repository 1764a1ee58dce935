from __future__ import annotations

from canon.reference import attribute_table, rule_table
from canon.vocabulary import ATTRIBUTES, attribute_of, joined, values_of
from tests.orchestrator.show_on_disk import ROOT


def test_the_documentation_lists_every_attribute_and_every_rule() -> None:
    text = (ROOT / "docs" / "canon.md").read_text(encoding="utf-8")
    assert attribute_table() in text
    assert rule_table() in text


def test_pairs_name_each_other() -> None:
    for attribute in ATTRIBUTES.values():
        for other in filter(None, (attribute.inverse, attribute.opposite)):
            back = ATTRIBUTES[other]
            assert attribute.name in (back.inverse, back.opposite)


def test_what_is_not_listed_is_free_text_with_one_value() -> None:
    mood = attribute_of("mara", "mood")
    assert (mood.value, values_of(mood, "calm, then not")) == ("text", ("calm, then not",))


def test_several_values_are_parted_by_commas_and_join_in_the_order_told() -> None:
    friend = attribute_of("mara", "friend")
    assert values_of(friend, "tess, , jonas ") == ("tess", "jonas")
    assert joined(friend, "tess, jonas", "cole, tess") == "tess, jonas, cole"


def test_a_date_of_a_scene_is_no_date_of_an_event() -> None:
    assert attribute_of("scene", "date").of == ("scene",)
    assert attribute_of("wedding", "date").of == ("event", "story")
