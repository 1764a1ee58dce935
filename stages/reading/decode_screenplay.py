"""From the bytes of a file to the text of a screenplay, or a refusal that names what it is."""

from __future__ import annotations

import codecs
import re
from typing import Final

from schemas.errors import PipelineError
from stages.reading.fountain_lines import split_lines

# Byte order marks, the longer before those they start with.
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# First bytes of files people mistake for screenplays (each format's own specification).
_SIGNATURES: Final = (
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Word document (.doc)"),
    (b"{\\rtf", "a rich text document (.rtf)"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"8BPS", "a Photoshop image"),
    (b"RIFF", "a WAV, AVI or WebP file"),
    (b"\x1a\x45\xdf\xa3", "a Matroska or WebM film"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"fLaC", "a FLAC recording"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3", "a database"),
)
_ZIPPED: Final = (
    (b"word/", "a Word document (.docx)"),
    (b"opendocument", "an OpenDocument text (.odt)"),
    (b"epub", "an e-book (.epub)"),
    (b"TextBundle", "a Highland document"),
    (b"text.bundle", "a Highland document"),
)
_MARKUP: Final = (
    (re.compile(r"<FinalDraft\b"), "a Final Draft document (.fdx)"),
    (re.compile(r"<!doctype html|<html\b|<head\b|<body\b", re.IGNORECASE), "a web page (HTML)"),
    (re.compile(r"<\?xml|<!DOCTYPE"), "an XML document"),
)
_NOT_HINT: Final = "export it as plain text in Fountain (.fountain) from the program that made it"
_ENCODING_HINT: Final = (
    "save it as UTF-8: in most editors under File, Save As, Encoding; "
    "or convert it with `iconv -f WINDOWS-1252 -t UTF-8`"
)


def decode_screenplay(data: bytes, file: str) -> str:
    """The text in `data`, without a byte order mark: UTF-8, or UTF-16 or UTF-32 with a mark.

    Raises PipelineError `not-a-screenplay`, naming what the file seems to be, and `wrong-encoding`
    with the line and byte that is not UTF-8.
    """
    mark, encoding = next(((m, e) for m, e in _MARKS if data.startswith(m)), (b"", "utf-8"))
    if not mark:
        _refuse_other_formats(data, file)
    body = data[len(mark) :]
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        raise _wrong_encoding(error, body, len(mark), encoding, file) from None
    _refuse_nul_and_markup(text, file)
    return text.removeprefix("\ufeff")


def _refuse_other_formats(data: bytes, file: str) -> None:
    seems = next((name for start, name in _SIGNATURES if data.startswith(start)), "")
    if data.startswith(b"PK\x03\x04"):
        seems = next((name for part, name in _ZIPPED if part in data), "a zip archive")
    elif data[4:8] == b"ftyp":
        seems = "an MP4 film or HEIC image"
    elif not seems and b"\0" in data:
        nul_share = data.count(0) * 10 // len(data)
        seems = "UTF-16 text without a byte order mark" if 3 <= nul_share <= 6 else "a binary file"
    if seems:
        hint = _ENCODING_HINT if "UTF-16" in seems else _NOT_HINT
        raise PipelineError("not-a-screenplay", file, f"this seems to be {seems}", hint)


def _refuse_nul_and_markup(text: str, file: str) -> None:
    if "\0" in text:
        raise PipelineError(
            "not-a-screenplay", file, "this seems to be a binary file: it holds NUL", _NOT_HINT
        )
    start = text.lstrip("\ufeff \t\r\n")[:2000]
    if start.startswith("<"):
        for pattern, name in _MARKUP:
            if pattern.search(start):
                raise PipelineError("not-a-screenplay", file, f"this seems to be {name}", _NOT_HINT)


def _wrong_encoding(
    error: UnicodeDecodeError, body: bytes, offset: int, encoding: str, file: str
) -> PipelineError:
    before = body[: error.start].decode(encoding, errors="replace")
    line = split_lines(f"{before}.")[-1].number
    byte = body[error.start : error.start + 1].hex()
    return PipelineError(
        "wrong-encoding",
        f"{file}:{line}",
        f"byte {error.start + offset + 1} of the file (0x{byte}) is not {encoding.upper()}",
        _ENCODING_HINT,
    )
