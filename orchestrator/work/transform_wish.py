"""What a person asked to have transformed: checked before a file is opened or a cent is spent."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from renderers.media_ingest import INVALID_INPUT
from renderers.providers.contract import Medium
from renderers.providers.scene_prompt import (
    ASPECTS,
    LONGEST_SCENE_CHARS,
    LONGEST_STYLE_CHARS,
    PROMPT_VERSION,
    SHORTEST_SCENE_CHARS,
    Shows,
    scene_prompt,
)
from schemas.digest import Digest, tagged_digest
from schemas.errors import PipelineError
from schemas.ids import slug

MOST_OUTPUTS: Final = 5
KINDS: Final[dict[str, str]] = {
    "character": "characters",
    "place": "backgrounds",
    "prop": "props",
}
Kind = Literal["character", "place", "prop"]


@dataclass(frozen=True, slots=True)
class Target:
    """Which picture of the show it becomes: `mara` or `kitchen`, and a variant such as `night`."""

    kind: str
    subject: str
    variant: str = ""

    @property
    def stem(self) -> str:
        """The name of its file without an ending, as the show's pictures are called."""
        return f"{self.subject}.{self.variant}" if self.variant else self.subject


@dataclass(frozen=True, slots=True)
class ShotTarget:
    """Which shot it becomes a take of: `shot` is an id, its beginning, or a number from 1."""

    episode: str
    shot: str


@dataclass(frozen=True, slots=True)
class TransformWish:
    """What was asked for. `scene` and `style` are trimmed, nothing else is done to them."""

    media: Path
    scene: str
    style: str = ""
    aspect: str = "original"
    output_count: int = 1
    provider: str = ""
    target: Target | None = None
    shot: ShotTarget | None = None

    def prompt(self, medium: Medium) -> str:
        """What goes out."""
        kind = self.target.kind if self.target else ""
        shows: Shows = "place" if kind == "place" else "figure" if kind == "character" else "person"
        return scene_prompt(medium, self.scene, self.style, self.aspect, shows)

    def digest(self, source: Digest, medium: Medium) -> Digest:
        """The name of the wish: the same file and words are bought once, whatever it is for."""
        return tagged_digest(
            "TransformWish",
            {
                "version": PROMPT_VERSION,
                "source": source,
                "prompt": self.prompt(medium),
                "aspect": self.aspect,
            },
        )


@dataclass(frozen=True, slots=True)
class Typed:
    """The options of the command, as they were typed."""

    scene: str
    style: str = ""
    aspect: str = "original"
    output_count: int = 1
    provider: str = ""
    becomes: str = ""
    shot: str = ""


def transform_wish(media: Path, typed: Typed) -> TransformWish:
    """The wish that was typed. Raises PipelineError `INVALID_INPUT` naming the option."""
    scene, style = typed.scene.strip(), typed.style.strip()
    if not SHORTEST_SCENE_CHARS <= len(scene) <= LONGEST_SCENE_CHARS:
        raise _invalid(
            "--scene",
            f"has {len(scene)} characters, between {SHORTEST_SCENE_CHARS} and "
            f"{LONGEST_SCENE_CHARS} are needed",
            "say where the person is, in which light and clothes; 50 to 500 characters do best",
        )
    if len(style) > LONGEST_STYLE_CHARS:
        raise _invalid(
            "--style", f"has more than {LONGEST_STYLE_CHARS} characters", "say it in a few words"
        )
    if typed.aspect not in ASPECTS:
        raise _invalid("--aspect", f"`{typed.aspect}` is none", f"use {', '.join(ASPECTS)}")
    if not 1 <= typed.output_count <= MOST_OUTPUTS:
        raise _invalid(
            "--count", f"{typed.output_count} is out of bounds", f"ask for 1 to {MOST_OUTPUTS}"
        )
    if typed.becomes and typed.shot:
        raise _invalid("--shot", "stands beside --as", "a picture for the show or a take: choose")
    return TransformWish(
        media,
        scene,
        style,
        typed.aspect,
        typed.output_count,
        typed.provider,
        _target(typed.becomes),
        _shot(typed.shot),
    )


def _target(text: str) -> Target | None:
    if not text:
        return None
    kind, colon, named = text.partition(":")
    name, _, variant = named.partition(".")
    subject = slug(name, "")
    if kind not in KINDS or not colon or not subject:
        raise _invalid(
            "--as",
            f"`{text}` is no picture of a show",
            "for example character:MARA, place:KITCHEN, place:KITCHEN.night or prop:KEY",
        )
    return Target(kind, subject, slug(variant, "") if variant else "")


def _shot(text: str) -> ShotTarget | None:
    if not text:
        return None
    episode, colon, shot = text.partition(":")
    if not episode or not colon or not shot:
        raise _invalid(
            "--shot",
            f"`{text}` is no shot of an episode",
            "for example s01e01:kitchen.7f3a, or s01e01:4 for the fourth shot",
        )
    return ShotTarget(episode, shot)


def _invalid(option: str, problem: str, hint: str) -> PipelineError:
    return PipelineError(INVALID_INPUT, option, problem, hint)
