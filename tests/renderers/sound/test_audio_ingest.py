import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from orchestrator.seams.executor import SubprocessExecutor
from renderers.ffmpeg.binary import pinned_ffmpeg
from renderers.seams import Command, Completed, Tools
from renderers.sound.audio_ingest import ingest_audio
from renderers.sound.wav import read_info, read_samples
from schemas.errors import PipelineError

TONE = ("-f", "lavfi", "-i", "sine=frequency=1000:duration=2:sample_rate=44100")


@pytest.fixture
def tools(tmp_path: Path) -> Tools:
    def resolve(digest: str) -> Path:
        raise AssertionError(f"ingest needs no blob, asked for {digest}")

    return Tools(SubprocessExecutor(), resolve, tmp_path)


def make(path: Path, *arguments: str) -> Path:
    ffmpeg = str(pinned_ffmpeg().path)
    subprocess.run(
        [ffmpeg, "-v", "error", "-y", *arguments, f"file:{path}"], check=True, timeout=60
    )
    return path


def refusal(source: Path, tools: Tools) -> PipelineError:
    with pytest.raises(PipelineError) as refused:
        ingest_audio(source, source.parent / "out.wav", tools)
    assert refused.value.code == "broken-sound"
    assert refused.value.where == source.name
    assert refused.value.hint
    return refused.value


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.wav", []),
        ("a24.wav", ["-c:a", "pcm_s24le"]),
        ("float.wav", ["-c:a", "pcm_f32le"]),
        ("a.flac", []),
        ("six.flac", ["-ac", "6"]),
        ("vorbis.ogg", ["-c:a", "libvorbis"]),
        ("opus.ogg", ["-c:a", "libopus"]),
        ("a.mp3", ["-metadata", "title=x", "-write_id3v1", "1"]),
        ("a.m4a", []),
        ("raw.aac", []),
    ],
)
def test_common_files_become_two_seconds_of_house_wav(
    tmp_path: Path, tools: Tools, name: str, options: list[str], channels: int
) -> None:
    source = make(tmp_path / name, *TONE, *options)
    out = tmp_path / "out.wav"
    samples = ingest_audio(source, out, tools, channels)
    # Raw AAC has no place to say where its padding ends.
    assert samples == (98_082 if name == "raw.aac" else 96_000)
    info = read_info(out)
    assert (info.samples, info.channels) == (samples, channels)
    middle = read_samples(out, 24_000, 48_000).astype(float)
    assert np.abs(np.fft.rfft(middle[:, 0])).argmax() == 1_000
    assert np.array_equal(middle[:, 0], middle[:, -1])


def test_lossless_sound_at_48_khz_passes_untouched(tmp_path: Path, tools: Tools) -> None:
    source = make(tmp_path / "a.flac", *TONE, "-ar", "48000", "-ac", "2", "-sample_fmt", "s16")
    ingest_audio(source, tmp_path / "one.wav", tools)
    ingest_audio(tmp_path / "one.wav", tmp_path / "two.wav", tools)
    assert (tmp_path / "one.wav").read_bytes() == (tmp_path / "two.wav").read_bytes()
    assert (
        np.abs(read_samples(tmp_path / "one.wav", 0, 96_000)).max() == 2_896
    )  # mono in two: -3 dB each


def test_a_wav_from_a_pipe_is_read_to_its_end(tmp_path: Path, tools: Tools) -> None:
    ffmpeg = str(pinned_ffmpeg().path)
    sound = subprocess.run(
        [ffmpeg, "-v", "error", *TONE, "-f", "wav", "-"], check=True, capture_output=True
    ).stdout
    (tmp_path / "pipe.wav").write_bytes(sound)
    assert sound[4:8] == b"\xff\xff\xff\xff"
    assert ingest_audio(tmp_path / "pipe.wav", tmp_path / "out.wav", tools) == 96_000


def test_a_cover_picture_does_no_harm(tmp_path: Path, tools: Tools) -> None:
    cover = make(tmp_path / "c.png", "-f", "lavfi", "-i", "testsrc=size=64x64", "-frames:v", "1")
    source = make(
        tmp_path / "a.mp3", *TONE, "-i", str(cover), "-map", "0", "-map", "1", "-c:v", "png"
    )
    assert ingest_audio(source, tmp_path / "out.wav", tools) == 96_000


@pytest.mark.parametrize(
    "name", ["-y.wav", "concat:a.wav", "http:x.wav", "a'b\"c $(id).wav", "%03d.wav", "日本.wav"]
)
def test_any_file_name_is_only_a_name(tmp_path: Path, tools: Tools, name: str) -> None:
    source = make(tmp_path / "plain.wav", *TONE).rename(tmp_path / name)
    assert ingest_audio(source, tmp_path / "out.wav", tools) == 96_000


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.wav", "#EXTM3U\n#EXTINF:1,\n{secret}\n"),
        ("list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{secret}\n#EXT-X-ENDLIST\n"),
        ("join.mp3", "ffconcat version 1.0\nfile '{secret}'\n"),
        ("a.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"),
        ("a.sdp", "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=audio 9 RTP/AVP 0\n"),
        ("words.flac", "just words " * 99),
    ],
)
def test_files_that_point_at_other_files_are_refused(
    tmp_path: Path, tools: Tools, name: str, content: str
) -> None:
    secret = make(tmp_path / "secret.wav", *TONE)
    (tmp_path / name).write_text(content.format(secret=secret))
    assert "cannot be decoded" in refusal(tmp_path / name, tools).problem


def test_what_is_no_sound_is_refused_by_name(tmp_path: Path, tools: Tools) -> None:
    (tmp_path / "empty.wav").touch()
    assert refusal(tmp_path / "empty.wav", tools).problem == "it is empty"
    assert refusal(tmp_path / "gone.wav", tools).problem == "it is not there"
    assert refusal(tmp_path, tools).problem == "it is not a regular file"
    os.mkfifo(tmp_path / "fifo.wav")
    assert refusal(tmp_path / "fifo.wav", tools).problem == "it is not a regular file"
    silent = make(tmp_path / "v.mp4", "-f", "lavfi", "-i", "testsrc=duration=1:size=64x64")
    assert "no sound" in refusal(silent, tools).problem
    header = make(tmp_path / "a.wav", *TONE).read_bytes()[:44]
    (tmp_path / "header.wav").write_bytes(header)
    refusal(tmp_path / "header.wav", tools)
    (tmp_path / "noise.mp3").write_bytes(bytes(range(256)) * 80)
    refusal(tmp_path / "noise.mp3", tools)


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.m4a"])
def test_a_file_cut_short_is_refused(tmp_path: Path, tools: Tools, name: str) -> None:
    source = make(tmp_path / name, *TONE)
    source.write_bytes(source.read_bytes()[: source.stat().st_size * 2 // 3])
    assert "0x" not in refusal(source, tools).problem


def test_a_damaged_flac_is_refused(tmp_path: Path, tools: Tools) -> None:
    source = make(tmp_path / "a.flac", *TONE)
    data = bytearray(source.read_bytes())
    data[len(data) // 2] ^= 0x55
    source.write_bytes(data)
    refusal(source, tools)


def test_more_than_half_an_hour_is_refused_and_half_an_hour_is_not(
    tmp_path: Path, tools: Tools
) -> None:
    quiet = ("-f", "lavfi", "-i", "anullsrc=r=8000:cl=mono", "-t")
    fits = make(tmp_path / "fits.flac", *quiet, "1800")
    assert ingest_audio(fits, tmp_path / "out.wav", tools, 1) == 1_800 * 48_000
    long = make(tmp_path / "long.flac", *quiet, "1900")
    assert refusal(long, tools).problem == "it is longer than 30 minutes"
    assert (tmp_path / "out.wav").stat().st_size < 360_000_000


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc chooses its variants there")
def test_older_processors_decode_to_the_same_bytes(tmp_path: Path, tools: Tools) -> None:
    class OldProcessor(SubprocessExecutor):
        def run(self, command):  # type: ignore[no-untyped-def]
            old = (("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX512F,-AVX2,-AVX,-FMA"),)
            return super().run(
                type(command)(command.argv, command.purpose, wall_limit_s=60, env=old)
            )

    source = make(tmp_path / "a.mp3", *TONE)
    ingest_audio(source, tmp_path / "new.wav", tools)
    ingest_audio(source, tmp_path / "old.wav", Tools(OldProcessor(), tools.resolve, tmp_path))
    assert (tmp_path / "new.wav").read_bytes() == (tmp_path / "old.wav").read_bytes()


def test_ffmpeg_runs_under_limits_and_opens_files_only(tmp_path: Path, tools: Tools) -> None:
    seen: list[Command] = []

    class Spy:
        def run(self, command: Command) -> Completed:
            seen.append(command)
            return tools.executor.run(command)

    source = make(tmp_path / "a.flac", *TONE)
    ingest_audio(source, tmp_path / "out.wav", Tools(Spy(), tools.resolve, tmp_path))
    argv = seen[0].argv
    assert Path(argv[3]).name == "limited_start.py"
    # 1 GiB of memory, 100 s of processor time, the longest sound there may be and 1 MiB.
    assert argv[4:7] == ("1073741824", "100", "347032576")
    options = dict(pairwise(argv))
    assert options["-protocol_whitelist"] == "file"
    assert "hls" not in options["-format_whitelist"]
    assert "concat" not in options["-format_whitelist"]
    assert options["-max_alloc"] == "268435456"
    assert options["-max_pixels"] == "40000000"
    assert seen[0].wall_limit_s == 120


def test_a_decoder_that_outgrows_its_memory_is_a_broken_sound(
    tmp_path: Path, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = make(tmp_path / "a.flac", *TONE)
    monkeypatch.setattr("renderers.sound.audio_ingest._MEMORY_LIMIT_BYTES", 64 << 20)
    assert "cannot be decoded" in refusal(source, tools).problem


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path, tools: Tools) -> None:
    (tmp_path / "assets").mkdir()
    link = tmp_path / "assets" / "a.wav"
    link.symlink_to(make(tmp_path / "outside.wav", *TONE))
    assert refusal(link, tools).problem == "it is a link that leads out of its folder"
