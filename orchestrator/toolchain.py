"""Names and versions of everything that shapes a film: part of every key and of RenderOutput.

Each piece of work is keyed by the part that can reach its bytes; the render stage, and the film's
RenderOutput with it, by all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.metadata import version

from renderers.ffmpeg.binary import Ffmpeg
from renderers.ffmpeg.profile import PROFILE_VERSION
from renderers.film.assemble import ASSEMBLY_VERSION
from renderers.film.segments import SEGMENT_VERSION
from renderers.film.transitions import TRANSITION_VERSION
from renderers.pictures.motion import MOTION_VERSION
from renderers.plates import PLATES_VERSION
from renderers.review import SHEET_VERSION, STILL_VERSION
from schemas.digest import Digest

_DIGEST_CHARS = 16


def picture_library() -> str:
    """What decodes, draws and scales pictures."""
    return library("pillow")


@cache
def library(package: str) -> str:
    """An installed package with its version, which is looked for on the disk."""
    return f"{package} {version(package)}"


def shot_toolchain(ffmpeg: Ffmpeg) -> dict[str, str]:
    """What shapes an encoded shot, besides the fonts, which are inputs of it."""
    return {
        "ffmpeg": ffmpeg.build,
        "x264": ffmpeg.x264,
        "profile": str(PROFILE_VERSION),
        "segment": str(SEGMENT_VERSION),
        # Writes a still's groups of pictures again.
        "muxer": library("av"),
        "motion": str(MOTION_VERSION),
        "plates": str(PLATES_VERSION),
        "pictures": picture_library(),
    }


def transition_toolchain(ffmpeg: Ffmpeg) -> dict[str, str]:
    """What shapes a transition between two shots, besides the fonts."""
    return shot_toolchain(ffmpeg) | {"transition": str(TRANSITION_VERSION)}


def sound_toolchain(ffmpeg: Ffmpeg) -> dict[str, str]:
    """What shapes the mixed and mastered sound."""
    from renderers.sound.master import MASTER_VERSION
    from renderers.sound.mix import MIX_VERSION
    from renderers.sound.stems import STEMS_VERSION

    return {
        "ffmpeg": ffmpeg.build,
        "profile": str(PROFILE_VERSION),
        "mix": str(MIX_VERSION),
        "master": str(MASTER_VERSION),
        "stems": str(STEMS_VERSION),
    }


def film_toolchain(ffmpeg: Ffmpeg) -> dict[str, str]:
    """What joins shots and sound."""
    return {
        "ffmpeg": ffmpeg.build,
        "assembly": str(ASSEMBLY_VERSION),
        "profile": str(PROFILE_VERSION),
    }


def still_toolchain() -> dict[str, str]:
    """What takes a still from a shot's clip."""
    return {
        "decoder": library("av"),
        "pictures": picture_library(),
        "still": str(STILL_VERSION),
    }


def sheet_toolchain(ffmpeg: Ffmpeg) -> dict[str, str]:
    """What draws the contact sheet, besides the fonts, which are inputs of it."""
    return {
        "ffmpeg": ffmpeg.build,
        "pictures": picture_library(),
        "sheet": str(SHEET_VERSION),
    }


def render_toolchain(ffmpeg: Ffmpeg, fonts: Iterable[Digest], speech: str) -> dict[str, str]:
    """All of it: with the font files in their order, and the speech engine or `none`."""
    parts = transition_toolchain(ffmpeg) | sound_toolchain(ffmpeg) | film_toolchain(ffmpeg)
    parts |= still_toolchain() | sheet_toolchain(ffmpeg)
    shortened = " ".join(font[:_DIGEST_CHARS] for font in fonts)
    return parts | {"fonts": shortened, "speech": speech}
