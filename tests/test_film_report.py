"""Small screenplays of several kinds become films in which no word is lost; and the checker that
says so notices when one is."""

import re
from dataclasses import replace

import pytest

from tests.film_build import Build, open_build
from tests.film_report import report
from tests.film_words import missing_words, said_in_script, spoken_in_source, words_in
from tests.orchestrator.show_on_disk import pipeline

# Nobody says where this is: no slug line, a chorus, a song, verse, two at once.
STAGE_PLAY = """Title: The Kettle

IDA
Who put the kettle
upon the piano,
and who will take it off?

BRUNO
(beat)
The kettle was here first; the piano is the guest.

IDA
Then the guest should leave.

BRUNO ^
Then the guest should sing.

~Water, water, never ask
~who it is you boil for

ALL
We never ask.

PHILHARMONIC ORCHESTRA'S SECOND ASSISTANT CONDUCTOR
Excuse me, is this the twenty-first-century-well-tempered-household-rehearsal?

> THE END <
"""

# French signs, a voice from nowhere, one from the next room, and a speech that needs several cuts.
FRENCH = """Titre: L'Écluse
Auteur: personne

INT. CUISINE DE L'ÉCLUSE - NUIT #1#

ÉLODIE, 40 ans, compte des clés. La PENDULE s'arrête.

NARRATEUR
L'eau monte toujours « à l'heure », disait-on.

ÉLODIE
(bas)
Écoute : ça ne monte plus ! Où es-tu ?

JOËL (O.S.)
Dans l'escalier. J'ai *vu* l'œil du cyclone…

ÉLODIE
Depuis trente ans je garde cette porte. Trente ans à compter les bateaux, les clés, les noms.
Personne n'a jamais demandé qui ouvrait la nuit. On passait, on dormait, on oubliait. Alors ce
soir, pour une fois, je ne compterai rien du tout. Qu'ils attendent donc ; l'eau, elle, attendra.

JOËL (V.O.)
Elle n'a pas attendu.
"""
PROJECT = "id: small\nformat: {width: 320, height: 180}\n"


@pytest.fixture(scope="module", params=[STAGE_PLAY, FRENCH], ids=["stage-play", "french"])
def build(request, tmp_path_factory) -> Build:
    show = tmp_path_factory.mktemp("small")
    (show / "project.yaml").write_text(PROJECT, encoding="utf-8")
    (show / "play.fountain").write_text(request.param, encoding="utf-8")
    ended = pipeline("run", show / "play.fountain")
    assert ended.code == 0, ended.err
    return open_build(show / "builds" / "play")


def test_no_word_is_missing_and_nothing_is_hard_to_see_or_hear(build):
    found = report(build)
    assert found.missing == ()
    assert found.unread == 0
    assert found.hard == ()
    assert found.words > 50
    assert found.loudness == pytest.approx(-14, abs=0.5)
    assert found.peak <= -1


def test_a_word_taken_out_of_the_captions_is_found(build):
    captions = next(build.folder.glob("*.srt")).read_text("utf-8")
    for word in ("guest", "attendra"):
        if word in captions:
            found = report(open_build(build.folder, captions.replace(word, "", 1)))
            assert found.missing == (word,)
            return
    pytest.fail("the captions hold none of the words")


def test_two_words_in_the_wrong_order_are_found(build):
    captions = next(build.folder.glob("*.srt")).read_text("utf-8")
    turned = re.sub(r"(never) (ask)|(trente) (ans)", r"\2\4 \1\3", captions, count=1)
    assert turned != captions
    assert report(open_build(build.folder, turned)).missing


def test_a_speech_that_was_not_read_is_found(build):
    scene = build.script.scenes[0]
    silent = tuple(element for element in scene.elements if element.kind != "dialogue")
    script = build.script.model_copy(
        update={"scenes": (scene.model_copy(update={"elements": silent}),)}
    )
    assert report(replace(build, script=script)).unread > 30


@pytest.mark.parametrize(
    ("cue", "kind"),
    [
        ("00:00:01,000 --> 00:00:03,000\na row a good deal longer than it ought to be", "width"),
        ("00:00:01,000 --> 00:00:03,000\none\ntwo\nthree", "rows"),
        ("00:00:01,000 --> 00:00:12,000\nlong", "long"),
        ("00:59:01,000 --> 00:59:03,000\nafter the end", "time"),
        ("00:00:03,000 --> 00:00:05,000\none\n\n2\n00:00:04,000 --> 00:00:06,000\ntwo", "overlap"),
        ("00:00:00,000 --> 00:00:01,000\nfirst", "late"),
    ],
)
def test_each_fault_of_a_caption_is_found(build, cue, kind):
    found = report(open_build(build.folder, f"1\n{cue}\n"))
    assert kind in {fault.kind for fault in found.hard}


def test_spoken_words_are_told_from_the_rest():
    assert spoken_in_source(
        "Title: No\n\nINT. HALL - DAY\n\nShe waits.\n\n"
        "NORA (V.O.)\n(quietly)\n*Yes*, [[or no]]it is.\n"
        "\nCUT TO:\n\n@tess ^\nMe too.\n\n~la la\n\nBANG\n\nShe leaves."
    ) == ["Yes", "it", "is", "Me", "too", "la", "la"]


def test_words_of_scripts_without_spaces_are_counted_by_sign():
    assert words_in("17条、ok です") == ["17", "条", "ok", "で", "す"]


def test_dual_speech_may_be_shown_in_any_mixture(build):
    lines = said_in_script(build.script)
    heard = [word for line in lines for word in line.words]
    assert missing_words(lines, heard) == []
    assert missing_words(lines, heard[:-1]) == heard[-1:]
