"""The two files of a Piper voice inside a show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from orchestrator.seams.foreign_file import refuse_outside
from renderers.speech.piper import CONFIG_SUFFIX, VOICE_SUFFIX
from schemas.digest import Digest
from schemas.errors import PipelineError


def piper_voice(
    show: Path, name: str, who: str, digest_of: Callable[[Path], Digest]
) -> dict[str, Digest]:
    """The digests of the voice that `who` was cast with, by what each file is.

    Raises PipelineError `unknown-voice` when one is not there, and for a file outside the show.
    """
    model = show / name
    config = model.with_name(model.name.removesuffix(VOICE_SUFFIX) + CONFIG_SUFFIX)
    digests = {}
    for what, path in (("voice file", model), ("voice settings", config)):
        refuse_outside(path, show, name)
        if not path.is_file() or model.suffix != VOICE_SUFFIX:
            raise PipelineError(
                "unknown-voice",
                f"casting of {who}",
                f"{path.name} is not there: a Piper voice is a {VOICE_SUFFIX} and a "
                f"{CONFIG_SUFFIX} file inside the show",
                "put both there, or name another voice",
            )
        digests[what] = digest_of(path)
    return digests
