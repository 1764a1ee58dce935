"""The title page of a Fountain file: `Key: value` lines up to the first blank line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from schemas.script import TitleEntry
from stages.reading.fountain_lines import Line, strip_edges
from stages.reading.fountain_marks import is_page_break, is_transition, section_of
from stages.reading.slug_line import read_heading

_KEY: Final = re.compile(r"(?P<key>[^\s:：][^:：]{0,38}?)\s*(?::(?:\s+|$)|：\s*)(?P<value>.*)")
_WORDS_IN_A_KEY = 4
# Keys that make a title page by themselves. Others may stand beside one of these.
_KNOWN: Final = frozenset(
    (
        "title", "subtitle", "credit", "credits", "author", "authors", "writer", "writers",
        "written by", "by", "source", "draft", "draft date", "date", "contact", "contact info",
        "copyright", "notes", "note", "revision", "version", "language", "lang", "episode",
        "series", "season", "show", "format", "font", "characters", "cast", "genre", "logline",
        "director", "producer", "production", "company", "header", "footer", "tl", "tc", "tr",
        "cc", "bl", "br", "scene numbers", "titre", "auteur", "auteurs", "scénario", "langue",
        "personnages", "titel", "autor", "autoren", "autorin", "drehbuch", "kontakt", "datum",
        "fassung", "sprache", "figuren", "personen", "título", "titulo", "autores", "autora",
        "guion", "guión", "fecha", "idioma", "personajes", "roteiro", "personagens", "titolo",
        "autore", "autori", "sceneggiatura", "lingua", "personaggi", "название", "автор",
        "авторы", "сценарий", "дата", "контакты", "язык", "персонажи", "auteur", "taal",
        "personages", "tytuł", "autorzy", "scenariusz", "język", "postacie", "başlık", "yazar",
        "senaryo", "dil", "karakterler", "标题", "標題", "题目", "片名", "作者", "编剧", "編劇",
        "语言", "語言", "人物", "角色", "タイトル", "題名", "脚本", "言語", "登場人物", "제목",
        "작가", "각본", "언어", "등장인물", "عنوان", "العنوان", "المؤلف", "تأليف", "اللغة",
        "الشخصيات", "כותרת", "שם", "מאת", "שפה", "דמויות",
    )
)  # fmt: skip
_LANGUAGE_KEYS: Final = frozenset(
    (
        "language",
        "lang",
        "langue",
        "sprache",
        "idioma",
        "lingua",
        "язык",
        "taal",
        "język",
        "dil",
        "语言",
        "語言",
        "言語",
        "언어",
        "اللغة",
        "שפה",
    )
)
_CAST_KEYS: Final = frozenset(
    ("characters", "cast", "personnages", "figuren", "personen", "personajes", "personagens",
     "personaggi", "персонажи", "personages", "postacie", "karakterler", "人物", "角色",
     "登場人物", "등장인물", "الشخصيات", "דמויות")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TitlePage:
    """The entries and the lines they were read from; `rest` starts after them."""

    entries: tuple[TitleEntry, ...]
    lines: tuple[Line, ...]
    rest: int

    @property
    def language(self) -> str:
        """What the title page says the language is, as written; empty when it does not say."""
        return next(iter(self._values(_LANGUAGE_KEYS)), "")

    @property
    def characters(self) -> tuple[str, ...]:
        """The names listed as characters, a name each, however they are separated."""
        listed = (re.split(r"[,;、،]", value) for value in self._values(_CAST_KEYS))
        return tuple(name.strip() for names in listed for name in names if name.strip())

    def _values(self, keys: frozenset[str]) -> tuple[str, ...]:
        found = (entry.values for entry in self.entries if entry.key.casefold() in keys)
        return tuple(value for values in found for value in values)


def read_title_page(lines: Sequence[Line]) -> TitlePage:
    """The title page at the start of `lines`, empty when there is none.

    Only a first line whose key looks like a title page key starts one, so that
    `INT. HOUSE: NIGHT`, `FADE IN:` and `MARA: Hello.` stay what they are.
    """
    start = next((row for row, line in enumerate(lines) if line.bare), len(lines))
    end = start
    while end < len(lines) and (lines[end].bare or lines[end].erased) and not _ends(lines[end]):
        end += 1
    block = _dedented(line for line in lines[start:end] if not line.erased)
    keys = [key for line in block if (key := _key_of(line))]
    if not block or not _key_of(block[0]) or not any(_is_known(key) for key in keys):
        return TitlePage((), (), 0)
    return TitlePage(_entries(block), block, end)


def _dedented(block: Iterable[Line]) -> tuple[Line, ...]:
    """The block without the indent of its first line, for title pages that are indented whole."""
    lines = tuple(block)
    first = lines[0].text if lines else ""
    indent = first[: len(first) - len(first.lstrip())]
    return tuple(replace(line, text=line.text.removeprefix(indent)) for line in lines)


def _ends(line: Line) -> bool:
    if line.text[:1].isspace():
        return False
    text = line.bare
    heading = read_heading(text) is not None
    return heading or is_page_break(text) or is_transition(text) or section_of(text) is not None


def _key_of(line: Line) -> str:
    """The key a line starts with, when it may be one."""
    text = line.text.strip("\ufeff")
    found = None if text[:1].isspace() else _KEY.fullmatch(text.rstrip())
    if found is None:
        return ""
    key = found["key"]
    if _is_known(key):
        return key
    shouted = key == key.upper() and key != key.lower()
    return "" if shouted or len(key.split()) > _WORDS_IN_A_KEY else key


def _is_known(key: str) -> bool:
    return " ".join(key.casefold().split()) in _KNOWN


def _entries(block: Sequence[Line]) -> tuple[TitleEntry, ...]:
    entries: list[tuple[str, list[str]]] = []
    for line in block:
        key = _key_of(line)
        if key:
            found = _KEY.fullmatch(line.text.strip("\ufeff").rstrip())
            value = strip_edges(found["value"] if found else "")
            entries.append((key, [value] if value else []))
        else:
            entries[-1][1].append(line.bare)
    return tuple(TitleEntry(key=key, values=tuple(values)) for key, values in entries)
