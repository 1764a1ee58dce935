"""The command provider's second kind of request: somebody's own picture or clip in another scene.

Served by programs whose capabilities say `transforms`; the contract is in `command.py`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from renderers.providers.command import Calls, laid_down
from renderers.providers.contract import MediaJob
from renderers.providers.job_checks import check_media_job


class CommandScenes(Calls[MediaJob]):
    """Pictures and clips in another scene by a program."""

    made_field = "media"

    def check(self, job: MediaJob) -> None:
        """Whether the program declares this kind of media; any length of text will do."""
        check_media_job(self._capabilities, job, len(job.prompt))

    def payload(self, job: MediaJob) -> dict[str, Any]:
        """The job without its picture or clip."""
        return {
            "kind": "transform",
            "shot_id": job.shot_id,
            "medium": job.medium,
            "width": job.width,
            "height": job.height,
            "duration_ms": job.duration_ms,
            "prompt": job.prompt,
            "model": job.model,
            "seed": job.seed,
        }

    def lay_down(self, job: MediaJob, folder: Path) -> dict[str, Any]:
        """The picture or clip, and the first picture of it."""
        ending = "png" if job.medium == "image" else "mp4"
        return {
            "media": laid_down(folder / f"given.{ending}", job.media),
            "poster": laid_down(folder / "poster.png", job.poster),
        }

    def seconds(self, job: MediaJob) -> int:
        """As long as what was given."""
        return -(-job.duration_ms // 1000)
