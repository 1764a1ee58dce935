"""Why a film is not all that was asked for."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.work.film_pieces import FilmPieces
from orchestrator.work.record_scratch import stand_in_reasons
from schemas.project import Loudness
from schemas.render_output import CaptionCheck, MeasuredLoudness
from schemas.scratch_track import ScratchTrack

# EBU R 128 allows half a loudness unit; below -50 LUFS there is room tone and no programme.
TOLERANCE_CENTILU = 50
ROOM_TONE_CENTILUFS = -5000


def film_reasons(
    pieces: FilmPieces, loudness: Loudness, track: ScratchTrack, check: CaptionCheck
) -> tuple[str, ...]:
    """A sentence for each reason; none when the film is complete."""
    from renderers.captions.verdict import reasons_of

    return (
        *stand_in_reasons(track),
        *_off_loudness(pieces.sound.loudness, loudness),
        *reasons_of(check),
        *(f"{shot.shot_id} stays a preview: {shot.reason}" for shot in pieces.shots if shot.reason),
    )


def _off_loudness(measured: MeasuredLoudness, wanted: Loudness) -> Iterator[str]:
    loudness, peak = measured.integrated_centilufs, measured.true_peak_centidbtp
    if loudness is None or peak is None:
        return
    off = loudness - wanted.target_centilufs
    if abs(off) > TOLERANCE_CENTILU and loudness > ROOM_TONE_CENTILUFS:
        yield f"loudness is {off / 100:+.2f} LU off its target"
    if peak > wanted.true_peak_max_centidbtp:
        yield "the true peak is above its limit"
