from __future__ import annotations

import pytest

from stages.name_spotting import KnownName, begins_with_pronoun, named_in

CAST = [
    KnownName("mara", "MARA", here=True),
    KnownName("officer_reyes", "OFFICER REYES", here=True),
    KnownName("man", "MAN", here=False),
    KnownName("old_man", "OLD MAN", here=True),
    KnownName("太郎", "太郎", here=True),
]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Mara sits.", ("mara",)),
        ("The maracas rattle.", ()),
        ("REYES looks at mara.", ("officer_reyes", "mara")),
        ("A man walks by.", ()),
        ("A MAN walks by.", ("man",)),
        ("The old man coughs.", ("old_man",)),
        ("Mara's lamp. Mara’s hook.", ()),
        ("太郎が歩く。", ("太郎",)),
        ("Mara and Mara again, then Reyes.", ("mara", "officer_reyes")),
    ],
)
def test_names(text: str, ids: tuple[str, ...]) -> None:
    assert named_in(text, CAST) == ids


def test_pronouns() -> None:
    assert begins_with_pronoun("She turns away.")
    assert begins_with_pronoun("“They know.”")
    assert not begins_with_pronoun("Shelves of books.")
    assert not begins_with_pronoun("")
