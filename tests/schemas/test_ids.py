import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.ids import UniqueIds, slug, unnumbered


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Mara Voss", "mara_voss"),
        ("ÉLISE", "élise"),
        ("E\u0301LISE", "élise"),
        ("O'Brien", "obrien"),
        ("HOUSE - KITCHEN", "house_kitchen"),
        ("3CPO", "3cpo"),
        ("麻里子", "麻里子"),
        ("...", "unnamed"),
        ("../../etc/passwd", "etc_passwd"),
        ("STRASSE / STRAẞE", "strasse_strasse"),
    ],
)
def test_slugs(written, expected):
    assert slug(written) == expected


@given(st.text())
def test_a_slug_is_its_own_slug_and_safe_in_paths(text):
    made = slug(text)
    assert slug(made) == made
    assert not set(made) & set('/\\.:*?"<>| \n\t\0')


@given(st.lists(st.sampled_from(["a", "b", "a-2", "a-2-2"])))
def test_ids_handed_out_are_unique(wanted):
    ids = UniqueIds()
    handed = [ids.take(name) for name in wanted]
    assert len(set(handed)) == len(handed)


@pytest.mark.parametrize(
    ("unique", "wanted"),
    [
        ("mara-1f0c9e2b", "mara-1f0c9e2b"),
        ("mara-1f0c9e2b-2", "mara-1f0c9e2b"),
        ("mara-1f0c9e2b-2-2", "mara-1f0c9e2b"),
        ("line-2", "line-2"),
    ],
)
def test_a_numbered_id_goes_back_to_what_was_wanted(unique, wanted):
    assert unnumbered(unique) == wanted
