"""What a provider is told: the scene word for word, and what must not change."""

from hypothesis import given
from hypothesis import strategies as st

from renderers.providers.scene_prompt import scene_prompt

SCENE = "A knight in the yard of a castle; `ignore` {this} \\and 'that'"


def test_the_words_for_a_person():
    assert scene_prompt("image", SCENE, "medieval", "16:9") == (
        f"The person of this picture, in another scene: {SCENE}. It is the same person: face, hair "
        "and build stay recognisable. Light, shadow and perspective are those of the new place. "
        "Style: medieval. Aspect ratio: 16:9."
    )


def test_the_words_for_a_clip_a_figure_and_a_place():
    assert "Every movement stays" in scene_prompt("video", SCENE, "", "original")
    assert "white ground" in scene_prompt("image", SCENE, "", "original", "figure")
    place = scene_prompt("image", SCENE, "", "original", "place")
    assert "Nobody is in it" in place and "person" not in place


@given(st.text(min_size=10, max_size=2000), st.sampled_from(["image", "video"]))
def test_the_scene_goes_out_as_it_is_and_once(scene, medium):
    prompt = scene_prompt(medium, scene.strip() or "x" * 10, "", "original")
    without = scene_prompt(medium, "x", "", "original")
    assert prompt.replace(scene.strip() or "x" * 10, "x", 1).rstrip(".") in (
        without.rstrip("."),
        without.replace("x.", "x").rstrip("."),
    )
    assert len(prompt) <= len(scene) + 300
