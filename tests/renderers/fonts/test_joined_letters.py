"""Arabic letters in the forms that they are written in."""

import pytest

from renderers.fonts.font_files import FontSet, default_font_paths
from renderers.fonts.joined_letters import joined

FONTS = FontSet(default_font_paths())


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        # beh, lam, dal: the first two joined on, the dal only from before.
        ("\u0628\u0644\u062f", "\ufe91\ufee0\ufeaa"),
        # dal, alef, reh join nothing behind them.
        ("\u062f\u0627\u0631", "\ufea9\ufe8d\ufead"),
        # A lam and the alef behind it are one letter, joined from before or not.
        ("\u0644\u0627", "\ufefb"),
        ("\u0633\u0644\u0627\u0645", "\ufeb3\ufefc\ufee1"),
        # A vowel mark parts nothing.
        ("\u0628\u064e\u0628", "\ufe91\u064e\ufe90"),
        # Persian letters have their forms in another block.
        ("\u067e\u06cc", "\ufb58\ufbfd"),
        ("plain", "plain"),
        ("\u05e9\u05dc\u05d5\u05dd", "\u05e9\u05dc\u05d5\u05dd"),
    ],
)
def test_letters_are_joined_to_their_neighbours(word, forms):
    assert joined(word, lambda sign: True) == forms


def test_words_are_not_joined_to_each_other():
    assert joined("\u0628 \u0628", lambda sign: True) == "\ufe8f \ufe8f"


def test_a_form_that_no_font_has_stays_the_letter():
    word = "\u0628\u0644\u0627\u062f"
    assert joined(word, lambda sign: False) == word
    assert joined(word, lambda sign: sign == "\ufe91") == "\ufe91" + word[1:]


def test_the_default_font_has_the_forms_and_joined_words_are_measured_as_drawn():
    word = "\u0633\u0644\u0627\u0645"
    shown = FONTS.joined(word)
    assert shown != word and FONTS.missing(shown) == ()
    assert FONTS.width(word, 40) == FONTS.width(shown, 40)
