"""Writes the render profile into docs/determinism.md: `python -m golden.profile_page`."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from pathlib import Path

from renderers.ffmpeg.profile import PREVIEW, RenderProfile

PAGE = Path(__file__).parents[1] / "docs" / "determinism.md"
BEGIN, END = "<!-- render profile -->\n", "<!-- end of the render profile -->\n"
TITLES = {
    "every_call": "Every call of ffmpeg",
    "plain_c": "Sound, measuring, stills, foreign sound",
    "read_back": "Reading films and sounds back",
    "pictures": "Pictures",
    "x264": "x264 (`-x264-params`)",
    "scaler": "Scaler (`flags` and `-sws_flags`)",
    "stills": "Poster, thumbnail, stills",
    "sound": "Sound",
    "container": "Every MP4",
    "shot_file": "Shots and the film",
    "film_file": "The film",
    "sound_file": "The sound before it is joined",
    "stem": "Stems",
    "stem_file": "A stem's file",
}


def tables(profile: RenderProfile = PREVIEW) -> str:
    """The profile in Markdown, a table per section."""
    rows = [f"Version {profile.version}.", ""]
    for section, title in TITLES.items():
        rows += [f"**{title}**", "", "| option | why |", "| --- | --- |"]
        for option in getattr(profile, section):
            sign = "=" if section == "x264" else " "
            written = f"{option.name}{sign if option.value else ''}{option.value}"
            rows.append(f"| `{written}` | {option.reason} |")
        rows.append("")
    return "\n".join(rows)


def digest(profile: RenderProfile = PREVIEW) -> str:
    """SHA-256 of every option and value, without the reasons, in their order."""
    parts = [
        (section.name, option.name, option.value)
        for section in fields(profile)
        if section.name != "version"
        for option in getattr(profile, section.name)
    ]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def page_with(text: str, written: str) -> str:
    """The page with what stands between the marks replaced. ValueError without marks."""
    before, found, rest = text.partition(BEGIN)
    _, closed, after = rest.partition(END)
    if not found or not closed:
        raise ValueError(f"the page lacks {BEGIN.strip()} or {END.strip()}")
    return f"{before}{BEGIN}\n{written}\n{END}{after}"


def main() -> None:
    """Rewrite the page."""
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(page_with(text, tables()), encoding="utf-8")


if __name__ == "__main__":
    main()
