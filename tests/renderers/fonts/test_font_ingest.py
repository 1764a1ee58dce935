"""Foreign font files become fonts of ours, or a clear refusal; nothing of them runs here."""

import os
import random
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from orchestrator.seams.executor import SubprocessExecutor
from renderers.fonts import font_ingest
from renderers.fonts.font_files import FontSet, default_font_paths
from renderers.fonts.font_ingest import ingest_font
from renderers.fonts.font_names import family_name
from renderers.fonts.font_reader import KEPT_TABLES
from renderers.seams import Tools
from schemas.errors import PipelineError
from tests.renderers.fonts import fonts_on_disk as fonts

SERIF = default_font_paths()[0].with_name("DejaVuSerif.ttf")


def no_blobs(digest: str) -> Path:
    raise AssertionError(f"ingest needs no blob, asked for {digest}")


@pytest.fixture
def tools(tmp_path):
    return Tools(SubprocessExecutor(), no_blobs, tmp_path)


def ingested(tools, data, name="given.ttf"):
    out = tools.scratch / "font"
    out.unlink(missing_ok=True)
    ingest_font(fonts.write(tools.scratch / name, data), out, tools)
    return out


def refusal(tools, data):
    with pytest.raises(PipelineError) as caught:
        ingested(tools, data)
    assert caught.value.code == "broken-font"
    assert caught.value.where == "given.ttf"
    assert caught.value.hint
    assert not (tools.scratch / "font").exists()
    return caught.value.problem


def test_a_font_keeps_its_letters_widths_and_weight(tools):
    out = ingested(tools, SERIF.read_bytes())
    with TTFont(out) as new, TTFont(SERIF) as old:
        assert new.getBestCmap().keys() == old.getBestCmap().keys()
        assert set(new.keys()) - {"GlyphOrder"} <= KEPT_TABLES
    mine, theirs = FontSet((out,)), FontSet((SERIF,))
    for text in ("Is it open?", "Über Äpfel — «ça»", "Ωμέγα Жук"):
        assert mine.missing(text) == ()
        # Without the hinting of the font a letter may be a pixel wider or narrower.
        assert abs(mine.width(text, 40) - theirs.width(text, 40)) <= len(text)
    assert family_name(out) == "DejaVu Serif"
    bold = ingested(tools, default_font_paths()[1].read_bytes())
    assert FontSet((bold,))._loaded()[0].bold


def test_the_same_font_gives_the_same_bytes_and_again_of_itself(tools):
    first = ingested(tools, SERIF.read_bytes()).read_bytes()
    assert ingested(tools, SERIF.read_bytes(), "other name.otf").read_bytes() == first
    assert ingested(tools, first).read_bytes() == first


def test_outlines_of_postscript_are_read(tools):
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.t2CharStringPen import T2CharStringPen

    pen = T2CharStringPen(1000, None)
    pen.moveTo((100, 0))
    for corner in ((100, 800), (900, 800), (900, 0)):
        pen.lineTo(corner)
    pen.closePath()
    font = FontBuilder(1000, isTTF=False)
    font.setupGlyphOrder([".notdef", "A"])
    font.setupCharacterMap({65: "A"})
    font.setupCFF("Own", {}, dict.fromkeys((".notdef", "A"), pen.getCharString()), {})
    font.setupHorizontalMetrics(dict.fromkeys((".notdef", "A"), (1000, 100)))
    font.setupHorizontalHeader(ascent=900, descent=-100)
    font.setupNameTable({"familyName": "Own", "styleName": "Regular"})
    font.setupOS2()
    font.setupPost()
    out = ingested(tools, fonts.bytes_of(font.font))
    assert FontSet((out,)).font(50).getbbox("A") == (0, 5, 50, 45)


def test_the_first_face_of_a_collection_and_woff_are_read(tools, tmp_path):
    from fontTools.ttLib.ttCollection import TTCollection

    collection = TTCollection()
    collection.fonts = [fonts.built(family="One"), fonts.built(family="Two")]
    collection.save(tmp_path / "both.ttc")
    assert family_name(ingested(tools, (tmp_path / "both.ttc").read_bytes())) == "One"
    web = fonts.bytes_of(fonts.built(family="Web"), flavor="woff")
    assert family_name(ingested(tools, web)) == "Web"


def test_a_name_cannot_reach_into_the_style_of_a_subtitle(tools):
    out = ingested(tools, fonts.bytes_of(fonts.built(family="Evil,99,{\\an8}\nDialogue: x")))
    assert family_name(out) == "Evil99an8Dialogue x"
    assert family_name(ingested(tools, fonts.bytes_of(fonts.built(family=",")))) == (
        "Font of the show"
    )


def test_programs_in_a_font_are_not_kept(tools):
    out = ingested(tools, fonts.endless_program())
    with TTFont(out) as new:
        assert not hasattr(new["glyf"]["A"], "program") or not new["glyf"]["A"].program
    assert FontSet((out,)).width("A", 40) == 40


HOSTILE = {
    "empty": (lambda: b"", "is not a readable font file"),
    "text": (lambda: b"<html>" * 100, "is not a readable font file"),
    "woff2": (lambda: b"wOF2" + bytes(100), "is compressed as WOFF2"),
    "only a header": (lambda: fonts.good()[:12], "is not a readable font file"),
    "half": (lambda: fonts.good()[: len(fonts.good()) // 2], "is not a readable font file"),
    "table behind the end": (
        lambda: fonts.claiming(b"glyf", 1 << 31, 100),
        "is not a readable font file",
    ),
    "table of four gigabytes": (
        lambda: fonts.claiming(b"glyf", 300, 0xFFFFFFFF),
        "is not a readable font file",
    ),
    "four billion letters": (fonts.huge_groups, "claims to have 1,112,064 letters"),
    "every letter": (fonts.every_letter, "claims to have 1,112,064 letters"),
    "parts in a circle": (fonts.loop, "is not a readable font file"),
    "parts without end": (fonts.doubling, "out of memory"),
    "giant letter": (fonts.giant_letter, "more than 32 times as large as the font"),
    "no units": (lambda: fonts.bytes_of(fonts.built(units=0)), "has 0 units per em"),
    "no letters": (lambda: fonts.with_table("cmap", bytes(4)), "has no letters of Unicode"),
    "a bomb": (fonts.woff_bomb, "memory"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_font_is_refused_in_plain_words(tools, name):
    make, said = HOSTILE[name]
    problem = refusal(tools, make())
    assert said in problem
    assert "Traceback" not in problem


def test_what_is_no_file_is_refused(tools, tmp_path):
    os.mkfifo(tmp_path / "given.ttf")
    with pytest.raises(PipelineError, match="is not a regular file"):
        ingest_font(tmp_path / "given.ttf", tmp_path / "font", tools)


def test_broken_fonts_by_the_dozen_are_read_or_refused(tools):
    """Flips, cuts, repeats and zeros all over a real font; none ends in anything else."""
    chance = random.Random(41)  # noqa: S311
    data = fonts.good()
    outcomes = {"read": 0, "refused": 0}
    for _ in range(24):
        broken = bytearray(data)
        for _ in range(chance.randint(1, 12)):
            at, length = chance.randrange(len(broken)), chance.randint(1, 8)
            what = chance.choice(["flip", "cut", "repeat", "fill"])
            if what == "flip":
                broken[at] ^= 1 << chance.randrange(8)
            elif what == "cut":
                del broken[at : at + length]
            elif what == "repeat":
                broken[at:at] = broken[at : at + length]
            else:
                broken[at : at + length] = bytes([chance.choice([0, 127, 255])]) * length
        try:
            out = ingested(tools, bytes(broken))
        except PipelineError as error:
            assert error.code == "broken-font"
            outcomes["refused"] += 1
        else:
            # Whatever was read can be drawn with in this process.
            FontSet((out,)).width("AB", 30)
            outcomes["read"] += 1
    assert min(outcomes.values()) > 0, outcomes


def test_one_that_takes_too_long_is_stopped_and_leaves_nothing(tools, tmp_path, monkeypatch):
    monkeypatch.setattr(font_ingest, "WALL_LIMIT_S", 1)
    assert refusal(tools, fonts.doubling()) == (
        "could not be read within the limits of memory and time"
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["given.ttf"]


def test_the_rules_by_which_hindi_and_arabic_are_set_stay(tools):
    sans = default_font_paths()[0]
    with TTFont(ingested(tools, sans.read_bytes())) as new, TTFont(sans) as old:
        for tag in ("GSUB", "GPOS", "GDEF"):
            assert new.reader[tag] == old.reader[tag]
