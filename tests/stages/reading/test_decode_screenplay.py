"""Bytes to text, and refusals that say what a file is."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import PipelineError
from stages.reading.decode_screenplay import decode_screenplay

TEXT = "INT. CAFÉ - DAY\r\n\r\nÉLISE\nÇa va ? 你好\n"


def zipped(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        b"\xff\xfe" + TEXT.encode("utf-16-le"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        b"\xff\xfe\0\0" + TEXT.encode("utf-32-le"),
    ],
)
def test_unicode_in_any_form_is_read(data: bytes) -> None:
    assert decode_screenplay(data, "a.fountain") == TEXT


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"%PDF-1.7\n...", "a PDF"),
        (zipped("word/document.xml"), "a Word document (.docx)"),
        (zipped("other.txt"), "a zip archive"),
        (
            b'<?xml version="1.0"?>\n<FinalDraft DocumentType="Script">',
            "a Final Draft document (.fdx)",
        ),
        (b"  <!DOCTYPE html>\n<p>INT. HOUSE", "a web page (HTML)"),
        (b"<html><body>", "a web page (HTML)"),
        (b"<?xml version='1.0'?><a/>", "an XML document"),
        (b"{\\rtf1 INT. HOUSE}", "a rich text document (.rtf)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Word document (.doc)"),
        (b"\x89PNG\r\n\x1a\n\0", "a PNG image"),
        (b"\xff\xd8\xff\xe0\0", "a JPEG image"),
        (b"\0\0\0\x20ftypisom", "an MP4 film"),
        (b"RIFF\0\0\0\0WAVE", "a WAV"),
        (b"INT\0\1\2\3\4\5\6\7", "a binary file"),
        (b"\xff\xfe" + "A\0".encode("utf-16-le"), "a binary file"),
        ("INT. HOUSE".encode("utf-16-le"), "UTF-16 text without a byte order mark"),
    ],
)
def test_other_files_are_named(data: bytes, named: str) -> None:
    with pytest.raises(PipelineError) as refusal:
        decode_screenplay(data, "a.fountain")
    assert (refusal.value.code, refusal.value.where) == ("not-a-screenplay", "a.fountain")
    assert named in refusal.value.problem
    assert refusal.value.hint


@pytest.mark.parametrize(
    ("data", "line", "byte"),
    [
        ("INT. HOUSE\r\n\r\nÉLISE".encode("latin-1"), 3, "byte 15 of the file (0xc9)"),
        (b"\xef\xbb\xbfA\n\xff", 2, "byte 6 of the file (0xff)"),
        (b"\xff\xfeA\0\n\0\0\xdc", 2, "byte 7 of the file (0x00)"),
    ],
)
def test_another_encoding_is_refused_with_line_and_byte(data: bytes, line: int, byte: str) -> None:
    with pytest.raises(PipelineError) as refusal:
        decode_screenplay(data, "a.fountain")
    assert (refusal.value.code, refusal.value.where) == ("wrong-encoding", f"a.fountain:{line}")
    assert byte in refusal.value.problem
    assert "UTF-8" in refusal.value.hint


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        text = decode_screenplay(data, "a.fountain")
    except PipelineError as refusal:
        assert refusal.code in ("not-a-screenplay", "wrong-encoding")
    else:
        assert "\0" not in text
        assert not text.startswith("\ufeff")
