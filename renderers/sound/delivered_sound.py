"""Whether encoded sound is all there: what was left of it, against what was given."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from schemas.digest import Digest
from schemas.errors import PipelineError
from schemas.timing import SAMPLE_RATE_HZ

# ISO/IEC 14496-3, 4.5.2.1: an AAC-LC access unit carries 1024 samples.
_PACKET_SAMPLES = 1024
_CHANNELS = 2


@dataclass(frozen=True, slots=True)
class EncodedSound:
    """What a file holds: codec, samples that sound (after its edit list), and its packets.

    `packets_digest` is over the packets' sizes and bytes, so a stream copy has the same one.
    """

    codec: str
    rate_hz: int
    channels: int
    samples: int
    packets: int
    packets_digest: Digest


def read_encoded_sound(path: Path) -> EncodedSound:
    """The one sound stream of an MP4. Raises PipelineError `broken-sound` when there is none."""
    import av
    from blake3 import blake3

    try:
        with av.open(str(path), format="mp4") as opened:
            stream = opened.streams.audio[0]
            form = (stream.codec_context.name, stream.rate, stream.channels)
            packets, hasher = 0, blake3()
            for packet in opened.demux(stream):
                if packet.size:
                    packets += 1
                    hasher.update(packet.size.to_bytes(4, "big"))
                    hasher.update(bytes(packet))
            length = (stream.duration or 0) * (stream.time_base or 0) * SAMPLE_RATE_HZ
    except (av.FFmpegError, IndexError) as problem:
        raise _broken(path, f"no sound can be read from it: {problem}") from None
    return EncodedSound(*form, round(length), packets, hasher.hexdigest())


def require_whole_sound(path: Path, samples: int) -> EncodedSound:
    """The encoded sound, when it is 48 kHz stereo AAC as long as the mix of `samples`.

    Raises PipelineError `broken-sound`, or `short-sound`: also when there are fewer packets than
    that length takes, whatever the file says of itself.
    """
    found = read_encoded_sound(path)
    if (found.codec, found.rate_hz, found.channels) != ("aac", SAMPLE_RATE_HZ, _CHANNELS):
        raise _broken(path, f"it is {found.codec}, {found.rate_hz} Hz, {found.channels} channels")
    if found.samples != samples or found.packets * _PACKET_SAMPLES < samples:
        raise PipelineError(
            "short-sound",
            path.name,
            f"{samples} samples were mixed, the encoder left {found.samples} in "
            f"{found.packets} packets",
            "nothing of it was kept; run again, and try another ffmpeg if it happens again",
        )
    return found


def require_same_sound(film: Path, sound: Path) -> None:
    """Refuse, as `short-film`, a film that does not carry exactly the packets of its sound."""
    wanted, found = read_encoded_sound(sound), read_encoded_sound(film)
    if found != wanted:
        raise PipelineError(
            "short-film",
            film.name,
            f"its sound has {wanted.packets} packets, the film carries {found.packets}, or others",
            "nothing of it was kept; run again",
        )


def _broken(path: Path, problem: str) -> PipelineError:
    return PipelineError(
        "broken-sound",
        path.name,
        f"48 kHz AAC in stereo was asked for; {problem}",
        "nothing of it was kept; run again, and look at PIPELINE_FFMPEG if you set it",
    )
