from __future__ import annotations

import pytest

from stages.people.name_spotting import (
    KnownName,
    begins_with_pronoun,
    introduced_in,
    is_collective,
    named_in,
)

CAST = [
    KnownName("mara", "MARA", here=True),
    KnownName("officer_reyes", "OFFICER REYES", here=True),
    KnownName("man", "MAN", here=False),
    KnownName("old_man", "OLD MAN", here=True),
    KnownName("太郎", "太郎", here=True),
    KnownName("young_mara", "YOUNG MARA", here=True),
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
        ("YOUNG MARA (22) runs.", ("young_mara",)),
        ("Young Mara sees Mara.", ("young_mara", "mara")),
        ("MARA sees YOUNG MARA.", ("mara", "young_mara")),
    ],
)
def test_names(text: str, ids: tuple[str, ...]) -> None:
    assert named_in(text, CAST) == ids


def test_pronouns() -> None:
    assert begins_with_pronoun("She turns away.")
    assert begins_with_pronoun("“They know.”")
    assert not begins_with_pronoun("Shelves of books.")
    assert not begins_with_pronoun("")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("NORA, 68, eats toast. TESS, 19, looks.", ("NORA", "TESS")),
        ("JOHN SMITH (40s) and a DOG.", ("JOHN SMITH",)),
        ("ÉLODIE (early 30s), alone.", ("ÉLODIE",)),
        ("The CLOCK strikes. At NINE, 40 cars wait.", ()),
        ("Nora, 68, eats.", ()),
        ("RAQUEL, 29", ("RAQUEL",)),
    ],
)
def test_people_introduced_by_their_age(text: str, names: tuple[str, ...]) -> None:
    assert introduced_in(text) == names


@pytest.mark.parametrize("name", ["ALL", "ALL THREE", "Both women", "TOUS"])
def test_a_cue_for_several(name: str) -> None:
    assert is_collective(name)
    assert named_in("Enter THREE WITCHES.", [KnownName("all_three", "ALL THREE", here=True)]) == ()


@pytest.mark.parametrize("name", ["MARA", "ALLEN", "", "THE BOTHY"])
def test_a_cue_for_one(name: str) -> None:
    assert not is_collective(name)
