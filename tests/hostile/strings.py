"""Texts that try to be more than text: the same ones every time, from their number alone."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

LONG_WORDS = 60
VERY_LONG_CHARS = 3000


@dataclass(frozen=True)
class Bait:
    """What the texts try to reach: a file, and a server that counts its callers."""

    secret: str
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hit"


Maker = Callable[[random.Random, Bait], str]

WORDS = ("tide", "lamp", "Mara", "slip", "quay", "ebb", "nine", "wire", "salt", "dusk")


def words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(count))


def filter_syntax(chance: random.Random, bait: Bait) -> str:
    escaped = bait.url.replace(":", "\\:")
    return chance.choice(
        (
            f"',movie={bait.secret}[x];[x]null,'",
            f"null[a];movie=filename={bait.secret}[b];[a][b]overlay",
            f"movie={escaped},scale=2:2",
            f"drawtext=textfile={bait.secret}:x=0",
            f"%{{metadata\\:{bait.secret}}} %{{pts}} %{{eif\\:1\\:d}}",
            f"subtitles={bait.secret}",
            f"amovie={escaped}[out]",
            f"[in]sendcmd=f={bait.secret}[out]",
            f"file '{bait.secret}'\nffconcat version 1.0",
            f"concat:{bait.secret}|{bait.secret}",
            f"-i {bait.url} -y",
            f"lut3d=file={bait.secret};nullsink",
            "';exit;#",
            "\\\\\\',[;]=:",
        )
    )


def ass_syntax(chance: random.Random, bait: Bait) -> str:
    return chance.choice(
        (
            "{\\an8}{\\fs200}{\\alpha&HFF&}gone",
            "{\\p1}m 0 0 l 100 0 100 100{\\p0}",
            "a\\Nb\\nc\\hd",
            "\\{not\\}{an override}",
            f"{{\\fn{bait.secret}}}x",
            f"{{\\img({bait.secret})}}",
            "{unclosed \\b1",
            "}\\r{\\t(0,500,\\fscx0)}",
            f"[Fonts]\nfontname: {bait.secret}",
            "Dialogue: 0,0:00:00.00,9:00:00.00,Default,,0,0,0,,x",
            "Comment: 0\\\\N\\\\{",
        )
    )


def markup(chance: random.Random, bait: Bait) -> str:
    return chance.choice(
        (
            f"<img src={bait.url}>",
            f"<script src='{bait.url}'></script>",
            "<b>bold</b> <i>&amp; &lt;",
            "<v Mara>voice <c.red>red</c> <00:00:01.000>",
            "00:00:01,000 --> 00:00:02,000",
            "WEBVTT NOTE STYLE ::cue { }",
            f"STYLE @import url({bait.url})",
            f"&bait; <!ENTITY bait SYSTEM 'file://{bait.secret}'>",
            f"![x]({bait.url})",
        )
    )


def path_tricks(chance: random.Random, bait: Bait) -> str:
    return chance.choice(
        (
            f"../../../../../../..{bait.secret}",
            bait.secret,
            f"file://{bait.secret}",
            bait.url,
            f"http:{bait.url[5:]}?{bait.secret}",
            "..", "-y", "--help", "-", "~root", "/dev/zero", "/dev/stdin", "pipe:0", "fd:0",
            "CON", "a/../b", "%2e%2e%2f", "C:\\Windows\\win.ini", "\\\\127.0.0.1\\share", "|id",
            "$(id >&2)", "`id`", "%s%n%03d", "{0.__class__}", "${jndi:ldap://127.0.0.1/x}",
        )
    )  # fmt: skip


def control_characters(chance: random.Random, bait: Bait) -> str:
    signs = "\x01\x07\x08\x1b\x7f\x80\x9b\u200b\ufeff\u2060\u00ad"
    return "".join(
        (chance.choice(WORDS), chance.choice(signs), "[31m", chance.choice(signs),
         "]0;title\x07", chance.choice(WORDS), chance.choice(signs))
    )  # fmt: skip


def right_to_left(chance: random.Random, bait: Bait) -> str:
    marks = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    parts = ["שלום", "مرحبا", "gpj.exe", chance.choice(WORDS)]
    chance.shuffle(parts)
    return "".join(chance.choice(marks) + part + chance.choice(("", " ")) for part in parts)


def combining(chance: random.Random, bait: Bait) -> str:
    return "Z" + "".join(chr(chance.randrange(0x300, 0x315)) for _ in range(30)) + "algo ﬁne"


def long_words(chance: random.Random, bait: Bait) -> str:
    return chance.choice((words(chance, LONG_WORDS), "{\\b1}" * 40, "W" * 200, "\\N" * 90))


KINDS: tuple[Maker, ...] = (
    *(filter_syntax, ass_syntax, markup, path_tricks),
    *(control_characters, right_to_left, combining, long_words),
)


def hostile(number: int, bait: Bait) -> str:
    """Text number `number`: of one kind, or two kinds run together; one line, never empty."""
    chance = random.Random(number)  # noqa: S311  reproducible on purpose
    text = KINDS[number % len(KINDS)](chance, bait)
    if chance.random() < 0.4 and len(text) < 120:
        text += chance.choice(("", " ", ":", "'")) + chance.choice(KINDS[:7])(chance, bait)
    return " ".join(text.replace("\n", " ").split(" ")).strip() or "."


def very_long(number: int, bait: Bait) -> str:
    """The same, repeated until it is far longer than any name or title."""
    text = hostile(number, bait)
    return (text + " ") * (VERY_LONG_CHARS // (len(text) + 1) + 1)
