import pytest

from renderers.captions.cues import build_cues
from renderers.captions.files import to_srt
from renderers.captions.pieces import cut_pieces
from renderers.captions.reading import read_captions
from tests.renderers.captions.film import FPS, Said, film


def pieces(text: str, limit: int = 42, cjk: bool = False) -> list[str]:
    return [piece.text for piece in cut_pieces(text, limit, cjk)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ฉันไม่เคยออกจากบ้าน", ["ฉัน", "ไม่", "เคย", "ออก", "จาก", "บ้าน"]),
        ("ခင်ဗျား", ["ခင်ဗျား"]),
        ("ផ្ទះនេះ", ["ផ្ទះ", "នេះ"]),
        (
            "古い灯台守は夜が来るのを待っている。",
            ["古い", "灯台守は", "夜が", "来るのを", "待って", "いる。"],
        ),
        ("他昨天晚上看书，没有回家。", ["他", "昨天晚上", "看书，", "没有", "回家。"]),
        ("😀ฉันไม่", ["😀", "ฉัน", "ไม่"]),
    ],
)
def test_writing_without_spaces_is_cut_between_words(text: str, words: list[str]) -> None:
    assert pieces(text, cjk=True) == words


def test_a_word_longer_than_a_row_is_still_cut_at_graphemes() -> None:
    assert "".join(pieces("ประชาธิปไตย", 4)) == "ประชาธิปไตย"
    assert max(map(len, pieces("メアリーメアリーメアリー", 3, cjk=True))) <= 3


def test_no_row_of_a_thai_caption_begins_inside_a_word() -> None:
    said = "ฉันไม่เคยออกจากบ้านหลังนี้เลยเธอก็รู้ว่าฉันกลัวทะเลและความมืดข้างนอก"
    cues = build_cues(*film([Said(said, 0, 240)], (264,), language="th"))
    rows = [row for cue in read_captions(to_srt(cues, FPS), "a.srt") for row in cue.texts]
    assert "".join(rows) == said
    assert len(rows) > 1
    starts = {piece.start for piece in cut_pieces(said, 42, False)}
    at = 0
    for row in rows:
        assert at in starts
        at += len(row)


def test_a_japanese_row_begins_with_a_phrase() -> None:
    said = "古い灯台守は夜が来るのを待っているのです。"
    cues = build_cues(*film([Said(said, 0, 240)], (264,), language="ja"))
    rows = [row for cue in read_captions(to_srt(cues, FPS), "a.srt") for row in cue.texts]
    assert rows == ["古い灯台守は夜が来るのを", "待っているのです。"]
