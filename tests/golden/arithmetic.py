"""Every part of the pipeline that computes pictures or sound itself, on small made-up input.

Run as a program it prints a digest for each part. It is run on several emulated CPUs, whose vector
units differ; the answers have to be the same.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from renderers.film import transitions
from renderers.fonts.font_files import FontSet, default_font_paths
from renderers.pictures import motion, pixels
from renderers.plates.picture import PictureSpec, draw_people, draw_picture, draw_place
from renderers.providers import parallax
from renderers.providers.reference import Drawing, cut_out
from renderers.review.waveform import waveform
from renderers.sound import generated_music, mix
from renderers.sound.mix_ducking import Ducking
from renderers.sound.wav import write_wav
from renderers.speech import level, resample
from schemas.shot_list import Movement, ShotCharacter

SIZE = (320, 180)
TONE_SAMPLES = 96_000


def tone(step: int, samples: int = TONE_SAMPLES) -> np.ndarray:
    """A saw that swells and dies, 16 bit, from whole numbers only."""
    count = np.arange(samples, dtype=np.int64)
    saw = (count * step) % 20_000 - 10_000
    swell = np.minimum(count, samples - count)
    return (saw * swell // (samples // 2)).astype(np.int16)


def wav(folder: Path, name: str, mono: np.ndarray) -> Path:
    path = folder / f"{name}.wav"
    with write_wav(path, channels=1) as out:
        out.write(mono.reshape(-1, 1))
    return path


def people() -> tuple[ShotCharacter, ...]:
    return (
        ShotCharacter(id="mara", name="MARA", side="left", speaking=True, expression="angry"),
        ShotCharacter(id="jonas", name="JONAS", side="right", pose="sitting"),
    )


def spec(**changes) -> PictureSpec:
    given = {"framing": "MS", "setting": "INT", "place": "KITCHEN", "time_of_day": "NIGHT"}
    given |= {"location_id": "kitchen", "characters": people(), "action_beat": "Rain."}
    return PictureSpec(*SIZE, **(given | changes))


def pictures() -> Iterator[bytes]:
    fonts = FontSet(default_font_paths())
    looks = (
        spec(),
        spec(framing="CU", characters=people()[:1], tag="KITCHEN 7f3a PLACEHOLDER"),
        spec(framing="WS", setting="EXT", place="HARBOUR", time_of_day="DAY", characters=()),
        spec(framing="TITLE", title_lines=("The Lamp Room",), characters=()),
    )
    for look in looks:
        yield draw_picture(look, None, fonts).tobytes()
    drawing = Drawing(
        whole=lambda one: draw_picture(one, None, fonts),
        place=lambda one: draw_place(one, None),
        people=lambda one, ground: draw_people(one, ground, None),
    )
    yield cut_out(spec(), drawing).tobytes()


def planes() -> tuple[np.ndarray, ...]:
    from PIL import Image

    down, across = np.mgrid[0:220, 0:380]
    rgb = np.stack([across * 7, down * 11, across * down], axis=2).astype(np.uint8)
    return pixels.planes_of(Image.fromarray(rgb))


def movements() -> Iterator[bytes]:
    for kind in ("push_in", "pull_out", "pan_left", "pan_right"):
        path = motion.CameraPath(380, 220, *SIZE, Movement(kind=kind, travel_permille=180))
        yield from motion.frames(planes(), path, 5)


def mixtures() -> Iterator[bytes]:
    raw = b"".join(plane[:180, :320].tobytes() for plane in planes())[: 320 * 180 * 3 // 2]
    other = raw[::-1]
    for number in range(4):
        yield transitions.dissolved(raw, other, (number, 4))
        yield transitions.wiped(raw, other, SIZE, (number, 4))
        yield pixels.dimmed(raw, SIZE[0] * SIZE[1], number, 4)


def whole_mix() -> Iterator[bytes]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generated_music.write_generated_music("tense", folder / "bed.wav")
        yield (folder / "bed.wav").read_bytes()
        line = wav(folder, "line", tone(331))
        request = mix.MixRequest(
            total_samples=4 * TONE_SAMPLES,
            lines=(
                mix.MixLine(line, 20_000, "one"),
                mix.MixLine(line, 90_000, "two", gain_centidb=-350),
            ),
            music=(mix.MixMusic(folder / "bed.wav", 0, 4 * TONE_SAMPLES),),
            effects=(mix.MixEffect(wav(folder, "knock", tone(977, 9000)), 200_000),),
            rooms=(
                mix.Room(0, 2 * TONE_SAMPLES, "kitchen"),
                mix.Room(2 * TONE_SAMPLES, 4 * TONE_SAMPLES, "harbour", outdoors=True),
            ),
            ducking=Ducking(),
        )
        stems = {stem: folder / f"{stem}.wav" for stem in mix.STEMS}
        mix.write_mix(request, folder / "mix.wav", stems)
        for path in (folder / "mix.wav", *stems.values()):
            yield path.read_bytes()


def speech() -> Iterator[bytes]:
    pcm = tone(613, 22_050)
    gain = level.balancing_gain(pcm)
    yield str(gain).encode()
    yield str(level.find_sound(pcm)).encode()
    yield from (piece.tobytes() for piece in resample.resample(pcm, gain))


def drawn_sound() -> Iterator[bytes]:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "sound.raw"
        path.write_bytes(np.repeat(tone(977), 2).tobytes())
        yield json.dumps(waveform(path, 500)).encode()


def better_shot() -> Iterator[bytes]:
    from PIL import Image

    with tempfile.TemporaryDirectory() as name:
        first = Path(name) / "first.png"
        down, across = np.mgrid[0:202, 0:358]
        rgb = np.stack([across * 3, down * 5, across + down], axis=2).astype(np.uint8)
        Image.fromarray(rgb).save(first)
        job = {
            "duration_frames": 4,
            "format": {"width": 320, "height": 180, "fps_num": 24, "fps_den": 1},
            "prompt": {"motion": "slow push in"},
            "quality": "high",
            "seed": 5,
            "first_frame": str(first),
        }
        for picture in parallax.pictures(parallax.open_scene(job), job):
            yield picture.tobytes()


PARTS: dict[str, Callable[[], Iterator[bytes]]] = {
    "plates": pictures,
    "planes": lambda: (plane.tobytes() for plane in planes()),
    "motion": movements,
    "transitions and fades": mixtures,
    "music, mix, ducking, room tone, stems": whole_mix,
    "resampling and balance of speech": speech,
    "waveform": drawn_sound,
    "the local provider": better_shot,
}


def digests() -> dict[str, str]:
    found = {}
    for name, part in PARTS.items():
        digest = hashlib.sha256()
        for piece in part():
            digest.update(piece)
        found[name] = digest.hexdigest()
    return found


if __name__ == "__main__":
    json.dump(digests(), sys.stdout)
