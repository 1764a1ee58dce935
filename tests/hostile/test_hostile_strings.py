"""Texts that try to be more than text reach no server and no file, and arrive as they are."""

import unicodedata

from renderers.captions.cue import Cue
from renderers.captions.cues import AssRequest, to_ass
from renderers.fonts.font_files import FontSet, default_font_paths
from schemas.script import Span
from schemas.timing import FrameRate
from tests.hostile.shows import ass_text, run_exact, run_raw, without_embedding
from tests.hostile.strings import KINDS, Bait, hostile

# Two of each kind, alone or run together with another.
COUNT = 2 * len(KINDS)


def texts(traps, first):
    return [hostile(number, traps.bait) for number in range(first, first + COUNT)]


def test_in_a_structured_script_every_text_arrives_literally(tmp_path, traps):
    figures = run_exact(tmp_path, texts(traps, 0), traps)
    assert figures["strings"] == COUNT
    assert figures["films"] == 1


def test_in_fountain_no_word_is_lost_and_nothing_is_reached(tmp_path, traps):
    figures = run_raw(tmp_path, texts(traps, COUNT), traps)
    assert figures["films"] == 1
    assert figures["strings"] == COUNT


def test_burned_in_captions_show_every_text_literally():
    bait = Bait("/srv/secret.txt", 80)
    wanted = AssRequest(160, 90, FrameRate(num=24), "DejaVu Sans", 0, 24)
    for number in range(1000):
        text = hostile(number, bait)
        styled = Span(text=text, italic=bool(number % 2))
        document = to_ass((Cue(0, 24, ((styled,), (styled,)), ("a",)),), wanted).decode()
        rows = [without_embedding(row) for row in ass_text(document).split("\n")]
        assert rows in ([text] * 2, [without_embedding(text)] * 2), number


def test_pictures_set_every_text_literally():
    fonts = FontSet(default_font_paths())
    bait = Bait("/srv/secret.txt", 80)
    for number in range(200):
        text = hostile(number, bait)
        drawn = "".join(part for part, _ in fonts.runs(text, 12))
        visible = unicodedata.normalize("NFC", text)
        kept = [sign for sign in visible if unicodedata.category(sign) not in ("Cc", "Cf")]
        assert [sign for sign in drawn if unicodedata.category(sign) != "Cf"] == kept, number


def test_the_traps_go_off(tmp_path, traps):
    import socket

    with socket.create_connection(("127.0.0.1", traps.canary.port)) as caller:
        assert caller.recv(100)
    traps.secret.path.read_bytes()
    assert traps.canary.contacts == 1
    assert traps.secret.readings > 0
