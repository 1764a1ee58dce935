"""The review page: one file that a browser opens without a server, beside the film.

Everything is inside it but the film. It may load nothing else: its security policy names the
digests of its one style sheet and its one program, and the film's own folder for media.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final
from urllib.parse import quote

from renderers.review.page_model import PageModel, player_data
from renderers.review.waveform import HEIGHT, outline

_FOLDER: Final = Path(__file__).parent
_TEMPLATE: Final = "page.html.j2"
_SHORTCUTS: Final = (
    (("space",), "play or pause"),
    (("j", "k"), "next shot, previous shot"),
    (("←", "→"), "a second back, a second on"),
    ((",", "."), "a frame back, a frame on"),
    (("Home", "End"), "first frame, last frame"),
    (("c",), "captions on or off"),
    (("m",), "sound on or off"),
    (("f",), "full screen"),
    (("?",), "these keys"),
)


def page_html(
    model: PageModel,
    stills: Sequence[bytes],
    still_size: tuple[int, int],
    peaks: list[int],
    film_name: str,
) -> bytes:
    """The page. `stills` are JPEG, one a shot; `peaks` the waveform; `film_name` a file beside it.

    No text of a screenplay is ever markup here: the template escapes every one.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    # Written in this folder and by nobody else, so they are what they are: markup.
    style = Markup(_part("page.css") + _positions(model))  # noqa: S704
    program = Markup(_part("page.js"))  # noqa: S704
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    page = environment.get_template(_TEMPLATE).render(
        model=model,
        policy=_policy(style, program),
        style=style,
        program=program,
        data=player_data(model),
        film=quote(film_name),
        film_name=film_name,
        stills=[b64encode(still).decode("ascii") for still in stills],
        poster=model.poster,
        still_size=still_size,
        wave=outline(peaks),
        columns=len(peaks),
        wave_height=HEIGHT,
        open_count=sum(bool(shot.placeholders or shot.warnings) for shot in model.shots),
        shortcuts=_SHORTCUTS,
    )
    return page.encode("utf-8")


def _part(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _positions(model: PageModel) -> str:
    """Where each scene stands on the timeline. In the style sheet: the policy lets no element
    carry a style of its own."""
    return "".join(
        f".c{number}{{left:{_percent(scene.start, model.frames)};"
        f"width:{_percent(scene.frames, model.frames)}}}\n"
        for number, scene in enumerate(model.scenes)
    )


def _percent(part: int, whole: int) -> str:
    thousandths = part * 100_000 // whole
    return f"{thousandths // 1000}.{thousandths % 1000:03d}%"


def _policy(style: str, program: str) -> str:
    """Content Security Policy Level 3: nothing from anywhere but what is named here."""
    return "; ".join(
        (
            "default-src 'none'",
            "img-src data:",
            "media-src 'self' file:",
            f"style-src 'sha256-{_digest(style)}'",
            f"script-src 'sha256-{_digest(program)}'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")
