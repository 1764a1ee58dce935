"""Shows whose every text is hostile, run by the real command, and what must hold afterwards."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from tests.hostile.strings import Bait, very_long
from tests.hostile.watch import Canary, PlantedSecret, leaked_into
from tests.orchestrator.show_on_disk import Ended, pipeline
from tests.stages.words_of_source import lost_words

SETTINGS = (
    "id: hostile\nvoice: none\nformat: {width: 160, height: 90, fps: 24}\ncaptions: burned_in\n"
)
_TIMES = re.compile(r"\d\d:\d\d:\d\d[.,]\d{3} --> \d\d:\d\d:\d\d[.,]\d{3}")
_WORD_JOINER = "\u2060"
_OVERRIDE = re.compile(r"(?<!\\)\{[^}]*\}")
_TAGS = re.compile(r"</?[bui]>")


@dataclass(frozen=True)
class Traps:
    """What must stay untouched."""

    canary: Canary
    secret: PlantedSecret

    @property
    def bait(self) -> Bait:
        return Bait(str(self.secret.path), self.canary.port)

    def check(self, show: Path, ended: Ended) -> None:
        assert self.canary.contacts == 0
        assert self.secret.readings == 0
        assert leaked_into(show) == []
        assert "Traceback" not in ended.err, ended.err
        assert "\x1b" not in ended.err + ended.out


def file_name(text: str) -> str:
    """The text as a file name, as near as a file system allows: no slash, at most 240 bytes."""
    name = text.replace("/", "∕").encode()[:200].decode("utf-8", "ignore")
    return name if name not in (".", "..") else name + "x"


def json_show(folder: Path, texts: list[str], traps: Traps) -> Path:
    """Each text as slug line, action, name, words, parenthetical, note and asset name; exact."""
    episode = _show(folder, texts, "s01e01.json")
    scenes = [
        {
            "slug": {"text": f"INT. {text}", "setting": "INT", "location_name": text},
            "elements": [
                {"kind": "action", "spans": [{"text": text}]},
                {"kind": "note", "text": text},
                {
                    "kind": "dialogue",
                    "speaker": text,
                    "extensions": ["O.S."],
                    "parenthetical": text,
                    "spans": [{"text": text}],
                },
            ],
        }
        for text in texts
    ]
    title = [{"key": "Title", "values": [texts[0]]}, {"key": "Author", "values": texts}]
    script = {"title_page": title, "scenes": scenes, "language": "en"}
    episode.write_text(json.dumps(script), encoding="ascii")
    return episode


def fountain_show(folder: Path, texts: list[str], traps: Traps) -> Path:
    """The same texts raw in Fountain, where some are syntax; and names that never end."""
    episode = _show(folder, texts, f"{file_name(texts[0])}.fountain")
    long = very_long(len(texts[0]), traps.bait)
    parts = [f"Title: {long}\nAuthor: {texts[-1]}\nNotes: {long}\n"]
    for text in texts:
        parts.append(f".{text}\n\n{text}\n\n[[{text}]]\n\n@{text}\n({text})\nWords. {text}\n")
    parts.append(f"[[{long}]]\n\n= {long}\n\nINT. {long} - DAY\n\n@{long}\nYes.\n")
    episode.write_text("\n".join(parts), encoding="utf-8")
    return episode


def _show(folder: Path, texts: list[str], name: str) -> Path:
    for part in ("episodes", "assets/backgrounds", "assets/characters", "assets/music"):
        (folder / part).mkdir(parents=True)
    title = json.dumps(texts[0])
    (folder / "project.yaml").write_text(f"{SETTINGS}title: {title}\n", encoding="utf-8")
    for text in texts:
        for part in ("backgrounds", "characters"):
            target = folder / "assets" / part / f"{file_name(text)}.png"
            Image.new("RGB", (32, 18), (90, 60, 30)).save(target, format="PNG")
        (folder / "assets" / "music" / f"{file_name(text)}.m3u8").write_text("#EXTM3U\n")
    return folder / "episodes" / name


def run_exact(folder: Path, texts: list[str], traps: Traps) -> Counter[str]:
    """Run the JSON show; every text must arrive literally everywhere."""
    show = folder / "exact"
    ended = pipeline("run", json_show(show, texts, traps), "--quiet", timeout=1800)
    assert ended.code == 0, ended.err
    traps.check(show, ended)
    build = show / "builds" / "s01e01"
    script = json.loads((build / "script.json").read_text(encoding="utf-8"))
    _check_script(script, texts)
    captions = [_without_ours(squeezed(text)) for text in texts]
    srt = _without_ours(squeezed(srt_text((build / "s01e01.srt").read_text(encoding="utf-8"))))
    vtt = _without_ours(squeezed(vtt_text((build / "s01e01.vtt").read_text(encoding="utf-8"))))
    # Italics of ours cannot be told from those of a text, so both are left out of account.
    in_order([_without_italics(text) for text in captions], _without_italics(srt))
    in_order(captions, vtt)
    assert (build / "s01e01.mp4").stat().st_size > 0
    return Counter(strings=len(texts), films=1, shots=_shots(show))


def run_raw(folder: Path, texts: list[str], traps: Traps) -> Counter[str]:
    """Run the Fountain show: a film that lost no word, or a refusal in plain words."""
    show = folder / "raw"
    episode = fountain_show(show, texts, traps)
    ended = pipeline("run", episode, "--quiet", timeout=1800)
    traps.check(show, ended)
    if ended.code:
        assert ended.code in (1, 5), ended.err
        assert "error: " in ended.err
        return Counter(refused=1, strings_refused=len(texts))
    from schemas.script import Script

    (script,) = (show / "builds").glob("*/script.json")
    read = Script.model_validate_json(script.read_bytes())
    assert lost_words(episode.read_text(encoding="utf-8"), read) == ()
    return Counter(strings=len(texts), films=1, shots=_shots(show))


def _check_script(script: dict, texts: list[str]) -> None:
    assert [value for entry in script["title_page"] for value in entry["values"]] == [
        texts[0],
        *texts,
    ]
    for scene, text in zip(script["scenes"], texts, strict=True):
        action, note, line = scene["elements"]
        assert scene["slug"]["location_name"] == text
        assert "".join(span["text"] for span in action["spans"]) == text
        assert note["text"] == text
        assert (line["speaker"], line["parenthetical"]) == (text, text)
        assert "".join(span["text"] for span in line["spans"]) == text


def _shots(show: Path) -> int:
    (path,) = (show / "builds").glob("*/shot_list.json")
    return len(json.loads(path.read_bytes())["shots"])


def squeezed(text: str) -> str:
    """Without any white space, which line breaks may stand for."""
    return "".join(unicodedata.normalize("NFC", text).split())


def _without_ours(text: str) -> str:
    """Without what our files add and nobody sees: a row's embedding, and the joiner
    that keeps a player from taking words for markup."""
    for mark in "\u202a\u202b\u202c":
        text = text.replace(mark, "")
    return text.replace("<\u2060", "<").replace("{\u2060", "{")


def without_embedding(row: str) -> str:
    """A row as it was before its direction was written around it (UAX #9, LRE or RLE, and PDF)."""
    embedded = row.startswith(("\u202a", "\u202b")) and row.endswith("\u202c")
    return row[1:-1] if embedded else row


def _without_italics(text: str) -> str:
    return text.replace("<i>", "").replace("</i>", "")


def in_order(wanted: list[str], found: str) -> None:
    at = 0
    for text in wanted:
        place = found.find(text, at)
        assert place >= 0, (text, found[at : at + 300])
        at = place + len(text)


def srt_text(srt: str) -> str:
    """All words of a SubRip file: no number or time line, no tag but what is in the words."""
    rows = []
    for block in srt.split("\n\n"):
        number, times, *words = block.split("\n")
        assert number.isdigit() and _TIMES.fullmatch(times), block
        rows += words
    return "\n".join(rows)


def vtt_text(vtt: str) -> str:
    head, *blocks = vtt.split("\n\n")
    assert head == "WEBVTT"
    rows = []
    for block in blocks:
        number, times, *words = block.split("\n")
        assert number.isdigit() and _TIMES.fullmatch(times), block
        assert not any("<" in _TAGS.sub("", row) or ">" in _TAGS.sub("", row) for row in words)
        rows += words
    text = _TAGS.sub("", "\n".join(rows))
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def ass_text(ass: str) -> str:
    """The words that libass shows of a SubStation file of ours, without its line breaks."""
    _, _, events = ass.partition("[Events]\n")
    shown = []
    for row in events.splitlines()[1:]:
        kind, _, rest = row.partition(": ")
        assert kind == "Dialogue", row
        words = _OVERRIDE.sub("", rest.split(",", 9)[9]).replace("\\N", "\n")
        assert not re.search(r"\\[^{\u2060]", words), row
        shown.append(words.replace("\\{", "{").replace("\\" + _WORD_JOINER, "\\"))
    return "\n".join(shown)
