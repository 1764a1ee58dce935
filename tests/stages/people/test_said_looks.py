"""What scripts say of people's looks, in the words of several languages, and what says nothing."""

import pytest

from schemas.asset_manifest import Attribute
from stages.assets.list_assets import list_assets
from stages.people.said_looks import looks_in, said_looks
from stages.reading.script_ids import speaker_id_of
from tests.stages.planned_film import plan, script_of


def said(action: str, name: str) -> dict[str, str]:
    script = script_of(f"INT. HALL - DAY\n\n{action}\n\n{name}\nHello.\n")
    looks = said_looks(script).get(speaker_id_of(name), ())
    return {each.name: each.value for each in looks}


@pytest.mark.parametrize(
    ("action", "name", "looks"),
    [
        ("AGNES (71) sits.", "AGNES", {"age": "71"}),
        ("MARA, 34, grey-haired, opens.", "MARA", {"age": "34", "hair": "grey"}),
        ("TIM, a boy of 8, runs.", "TIM", {"age": "8"}),
        ("OTTO (70s) waits.", "OTTO", {"age": "75"}),
        ("IDA, late 60s, waits.", "IDA", {"age": "68"}),
        ("An old woman, ODA, nods.", "ODA", {"age": "72"}),
        ("Agnes (71) sits.", "AGNES", {"age": "71"}),
        ("JO, in her fifties, bespectacled.", "JO", {"age": "55", "glasses": "yes"}),
        ("LI (early 30s), bald, bearded.", "LI", {"age": "32", "beard": "full", "hair": "bald"}),
        ("LEO, 8 ans, court.", "LEO", {"age": "8"}),
        ("KARL (Mitte 50) mit Brille.", "KARL", {"age": "55"}),
        ("ANA, una niña de 8 años.", "ANA", {"age": "8"}),
        ("TESS, 19, looks from tape to NORA, 68.", "TESS", {"age": "19"}),
        ("TOM, holding a child, runs.", "TOM", {}),
        ("TOM, 3 km away, waves.", "TOM", {}),
        ("TOM, 12 bottles in his arms.", "TOM", {}),
        ("Tom, at 9:20, leaves.", "TOM", {}),
        ("TOM is 71 and sits.", "TOM", {}),
    ],
)
def test_an_introduction(action: str, name: str, looks: dict[str, str]) -> None:
    assert said(action, name) == looks


def test_the_first_introduction_counts() -> None:
    assert said("AGNES (71) sits.\n\nAGNES (30) sits.", "AGNES") == {"age": "71"}


def test_a_younger_self_has_an_age_of_her_own() -> None:
    action = "YOUNG MARA (22) runs.\n\nYOUNG MARA\nHa!\n\nMARA, 84, looks on."
    assert said(action, "MARA") == {"age": "84"}
    assert said(action, "YOUNG MARA") == {"age": "22"}


def test_an_age_beyond_any_life_is_none() -> None:
    assert looks_in(", 300,") == ()


def test_looks_are_part_of_the_need_and_of_its_key() -> None:
    text = "INT. HALL - DAY\n\nAGNES{} sits.\n\nAGNES\nHello.\n"
    keys = set()
    for age in ("", " (71)", " (30)"):
        manifest = list_assets(script_of(text.format(age)), plan(text.format(age)))
        (agnes,) = (need for need in manifest.needs if need.kind == "character")
        keys.add(agnes.asset_key)
    assert len(keys) == 3


def test_what_was_known_before_outweighs_the_script() -> None:
    text = "INT. HALL - DAY\n\nAGNES (71), with glasses, sits.\n\nAGNES\nHello.\n"
    known = {"agnes": (Attribute(name="age", value="8"),), "nobody": ()}
    (agnes,) = (
        need
        for need in list_assets(script_of(text), plan(text), known).needs
        if need.kind == "character"
    )
    assert [(a.name, a.value) for a in agnes.attributes] == [("age", "8"), ("glasses", "yes")]
