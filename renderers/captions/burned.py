"""Captions that are set into the pictures: what ffmpeg is told, and the files that it reads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_CAPTIONS = "captions.ass"
_FONTS = "fonts"
_FONTCONFIG = "fonts.conf"


@dataclass(frozen=True, slots=True)
class BurnedCaptions:
    """An ASS document whose times start at the shot's first frame, and the fonts it names."""

    ass: bytes
    fonts: tuple[Path, ...]


def picture_environment(captions: BurnedCaptions | None) -> tuple[tuple[str, str], ...]:
    """The environment of a command that burns in these captions, if any."""
    if captions is None:
        return ()
    # fontconfig would otherwise pick whatever the machine has installed.
    return (("FONTCONFIG_FILE", _FONTCONFIG), ("FONTCONFIG_PATH", "."))


def burning_filter(captions: BurnedCaptions, folder: Path) -> str:
    """The filter that sets the captions into every picture; lays out in `folder`, where ffmpeg has
    to run with `picture_environment`, what it reads."""
    (folder / _CAPTIONS).write_bytes(captions.ass)
    fonts = folder / _FONTS
    fonts.mkdir()
    for number, font in enumerate(captions.fonts):
        (fonts / f"{number}{font.suffix}").write_bytes(font.read_bytes())
    (folder / _FONTCONFIG).write_text(
        f"<fontconfig><dir prefix='cwd'>{_FONTS}</dir><cachedir prefix='cwd'>cache</cachedir>"
        "</fontconfig>\n",
        encoding="utf-8",
    )
    # Fixed names in the working folder: no user text ever enters a filter string.
    return f"ass=filename={_CAPTIONS}:fontsdir={_FONTS}"
