"""What programs compute for the pipeline: shots, loudness, master, stems, foreign files.

Prints a digest for each as JSON. Run as `python -m tests.golden.media_programs`, here and on
emulated CPUs. What goes in is whole numbers
from a multiplicative generator, so that it cannot differ itself.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from orchestrator.seams.executor import SubprocessExecutor
from renderers.ffmpeg.binary import pinned_ffmpeg
from renderers.ffmpeg.profile import (
    GLOBAL_OPTIONS,
    container,
    picture_encoder,
    raw_picture_input,
    scaled_to,
    still_picture,
)
from renderers.film.repeated_groups import Repeat, repeat_first_group
from renderers.pictures.image_ingest import ingest_image, open_plate
from renderers.seams import Command, Tools
from renderers.sound.audio_ingest import ingest_audio
from renderers.sound.generated_music import write_generated_music
from renderers.sound.loudness import measure
from renderers.sound.master import MasterRequest, master
from renderers.sound.mix import STEMS, MixEffect, MixLine, MixMusic, MixRequest, Room, write_mix
from renderers.sound.stems import encode_stem
from renderers.sound.wav import write_wav
from schemas.project import Format, Loudness
from schemas.timing import FrameRate

SIZE = (160, 90)
RATE_HZ = 48_000
MOVING, MOVING_FRAMES = (320, 180), 36
# Park and Miller 1988: the same whole numbers everywhere.
_FACTOR, _MODULUS = 48_271, 2**31 - 1

Digests = dict[str, str]


def noise(count: int, seed: int, peak: int) -> np.ndarray:
    """Whole numbers from -peak to peak, int64."""
    values = np.empty(count, dtype=np.int64)
    state = seed
    for at in range(count):
        state = state * _FACTOR % _MODULUS
        values[at] = state % (2 * peak + 1) - peak
    return values


def waves(samples: int, seed: int = 7, peak: int = 9000) -> np.ndarray:
    """Something with pauses, like speech: a triangle under noise, int16."""
    at = np.arange(samples)
    tone = np.abs(at * 440 * 4 // RATE_HZ % 4 - 2) * peak // 2
    grain = np.resize(noise(6000, seed, peak // 3), samples)
    heard = (at // 9000 % 4 != 3) * (tone - peak // 2 + grain)
    return np.clip(heard, -32768, 32767).astype(np.int16)


def photograph(width: int, height: int) -> Image.Image:
    """A picture with edges, slopes and grain."""
    down, across = np.mgrid[0:height, 0:width]
    grain = noise(width * height, 3, 12).reshape(height, width)
    planes = (across * 255 // width, down * 255 // height, (across * down) % 256)
    rgb = np.stack([np.clip(plane + grain, 0, 255) for plane in planes], axis=-1)
    return Image.fromarray(rgb.astype(np.uint8), "RGB")


def sha256(*parts: bytes) -> str:
    """One digest over all parts."""
    return hashlib.sha256(b"".join(parts)).hexdigest()


def mixes(folder: Path, tools: Tools) -> Iterator[tuple[str, str]]:
    """Loudness, limiter, AAC and FLAC of a mix."""
    for mood in ("neutral", "tense"):
        write_generated_music(mood, folder / f"{mood}.wav")
        yield f"music {mood}", sha256((folder / f"{mood}.wav").read_bytes())
    for name, seed, peak in (("line", 7, 20_000), ("knock", 9, 12_000)):
        with write_wav(folder / f"{name}.wav", channels=1) as wav:
            wav.write(waves(70_000, seed, peak))
    total = 4 * RATE_HZ
    request = MixRequest(
        total,
        (
            MixLine(folder / "line.wav", RATE_HZ // 2, "a", 300),
            MixLine(folder / "line.wav", total // 2, "b"),
        ),
        (
            MixMusic(folder / "neutral.wav", 0, total // 2),
            MixMusic(folder / "tense.wav", total // 2, total),
        ),
        (MixEffect(folder / "knock.wav", RATE_HZ),),
        (Room(0, total // 2, "kitchen"), Room(total // 2, total, "pier", outdoors=True)),
    )
    stems = {name: folder / f"stem {name}.wav" for name in STEMS}
    write_mix(request, folder / "mix.wav", stems)
    for name, path in {"mix": folder / "mix.wav", **stems}.items():
        yield f"sound {name}", sha256(path.read_bytes())
    yield "loudness", repr(measure(folder / "mix.wav", tools))
    # Loud enough that the limiter has work in every trial.
    wanted = Loudness(target_centilufs=-900, true_peak_max_centidbtp=-200)
    told = master(MasterRequest(folder / "mix.wav", folder / "mix.m4a", wanted), tools)
    yield "master", f"{sha256((folder / 'mix.m4a').read_bytes())} {told!r}"
    encode_stem(folder / "mix.wav", folder / "mix.flac", tools, pinned_ffmpeg())
    yield "stem", sha256((folder / "mix.flac").read_bytes())


def moving_picture() -> bytes:
    """A second and a half of 4:2:0 pictures with slopes, edges and much grain that wander: the kind
    on which x264 decides otherwise at each SIMD level when it may. Drawn pictures are too calm."""
    width, height = MOVING
    down, across = np.mgrid[0:height, 0:width]
    wide = width + 3 * MOVING_FRAMES
    grain = np.resize(noise(40_000, 5, 14), (height + MOVING_FRAMES) * wide).reshape(-1, wide)
    pictures = []
    for at in range(MOVING_FRAMES):
        seen = grain[at : at + height, 3 * at : 3 * at + width]
        waves = across * 3 + down * 2 + np.abs((across + 3 * at) % 97 - 48) * 2 + seen
        luma = np.clip(40 + waves % 256 * 150 // 255 + seen, 16, 235)
        blue = (
            128 + (down[::2, ::2] - height // 2) // 3 + grain[: height // 2, at : at + width // 2]
        )
        red = 128 + (across[::2, ::2] - width // 2) // 4
        planes = (luma, np.clip(blue, 16, 240), np.clip(red, 16, 240))
        pictures += [plane.astype(np.uint8).tobytes() for plane in planes]
    return b"".join(pictures)


def filmed(folder: Path, tools: Tools) -> Iterator[tuple[str, str]]:
    """A shot as it is encoded, one whose first group is repeated, and a still that is scaled and
    converted by ffmpeg."""
    made = Format(width=MOVING[0], height=MOVING[1], fps=FrameRate(num=24, den=1))
    raw, shot, still = moving_picture(), folder / "shot.mp4", folder / "still.png"
    begin = (str(pinned_ffmpeg().path), *GLOBAL_OPTIONS, *raw_picture_input(made))
    encoded = (*begin, *picture_encoder(made.fps), *container(made.fps), str(shot))
    tools.executor.run(Command(encoded, "encode", iter([raw])))
    yield "shot", sha256(shot.read_bytes())
    lasting = (*begin, "-vf", "loop=loop=49:size=1:start=0", "-frames:v", "50")
    encoded = (*lasting, *picture_encoder(made.fps), *container(made.fps), str(shot))
    tools.executor.run(Command(encoded, "encode a still", iter([raw[: len(raw) // MOVING_FRAMES]])))
    repeat_first_group(shot, folder / "lasting.mp4", Repeat("still", 146, made.fps, 3))
    yield "shot that stands still", sha256((folder / "lasting.mp4").read_bytes())
    scaled = (*begin, "-vf", scaled_to(200), *still_picture(), str(still))
    tools.executor.run(Command(scaled, "scale", iter([raw])))
    yield "still", sha256(still.read_bytes())


def foreign(folder: Path, tools: Tools) -> Iterator[tuple[str, str]]:
    """Other people's pictures and sounds, decoded, turned, shrunk and resampled."""
    whole = photograph(331, 257)
    for kind in ("png", "jpeg", "webp"):
        source, plate = folder / f"picture.{kind}", folder / f"plate {kind}.png"
        whole.save(source, lossless=True) if kind == "webp" else whole.save(source)
        ingest_image(source, plate, tools, *SIZE)
        yield f"picture {kind}", sha256(open_plate(plate).tobytes())
    ingest_audio(folder / "mix.m4a", folder / "from aac.wav", tools)
    yield "sound aac", sha256((folder / "from aac.wav").read_bytes())
    odd = folder / "odd.wav"
    _write_plain_wav(odd, waves(30_001), 22_050)
    ingest_audio(odd, folder / "from odd.wav", tools)
    yield "sound 22 050 Hz", sha256((folder / "from odd.wav").read_bytes())


def _write_plain_wav(path: Path, pcm: np.ndarray, rate_hz: int) -> None:
    import wave

    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(pcm.tobytes())


def everything(folder: Path) -> Digests:
    """All parts, by name."""
    executor = SubprocessExecutor()
    tools = Tools(executor, lambda digest: folder / digest, folder)
    digests = {
        **dict(mixes(folder, tools)),
        **dict(foreign(folder, tools)),
        **dict(filmed(folder, tools)),
    }
    executor.stop_all()
    return digests


if __name__ == "__main__":
    # The programs that are started are to run on the same computer as this one.
    sys.executable = sys.argv[1] if len(sys.argv) > 1 else sys.executable
    with tempfile.TemporaryDirectory() as scratch:
        print(json.dumps(everything(Path(scratch)), indent=1))
