"""Files in the library that are no pictures and sounds: placeholders, reasons, nothing reached."""

import json
import os
import struct
import subprocess
import sys
import zlib

import pytest

from orchestrator.seams.executor import SubprocessExecutor
from renderers.ffmpeg.binary import pinned_ffmpeg
from renderers.ffmpeg.probe import frame_hashes
from renderers.film.film_decoding import decode_sound, write_frame
from renderers.limited_start import under_limits
from renderers.seams import Tools
from schemas.errors import PipelineError
from schemas.timing import FrameRate
from tests.hostile.watch import PlantedSecret
from tests.orchestrator.show_on_disk import make_show, pipeline

SETTINGS = "voice: none\nformat: {width: 160, height: 90}\n"
SCRIPT = "INT. KITCHEN - DAY\n\nMara waits.\n\nMARA\nIs it open?\n"


def bomb(width, height):
    """A PNG that says it is that large, and holds a mebibyte of nothing."""

    def chunk(kind, body):
        whole = kind + body
        return struct.pack(">I", len(body)) + whole + struct.pack(">I", zlib.crc32(whole))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = zlib.compress(bytes(1 << 20), 9)
    parts = (b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", header), chunk(b"IDAT", packed))
    return b"".join((*parts, chunk(b"IEND", b"")))


def written(path, what, traps):
    """Put hostile media of a kind at `path`."""
    secret, url = traps.secret.path, traps.bait.url
    texts = {
        "m3u8": f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{url}\n#EXTINF:1,\n{secret}\n",
        "m3u8 of a file": f"#EXTM3U\n#EXTINF:1,\nfile://{secret}\n#EXT-X-ENDLIST\n",
        "concat": f"ffconcat version 1.0\nfile '{secret}'\nfile '{url}'\n",
        "svg": f"<svg xmlns='http://www.w3.org/2000/svg'><image href='{url}'/></svg>",
        "mpd": f"<?xml version='1.0'?><MPD><BaseURL>{url}</BaseURL></MPD>",
        "sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=audio 9 RTP/AVP 0\n",
        "eps": f"%!PS-Adobe-3.0 EPSF-3.0\n({secret}) (r) file\n",
        "mvg": f"push graphic-context\nimage over 0,0 0,0 '{url}'\n",
    }
    if what in texts:
        path.write_text(texts[what])
    elif what == "link to the secret":
        path.symlink_to(secret)
    elif what == "link to an endless device":
        path.symlink_to("/dev/zero")
    elif what == "pipe":
        os.mkfifo(path)
    elif what == "sparse":
        with path.open("wb") as stream:
            stream.truncate(1 << 40)
    elif what == "folder":
        path.mkdir()
    elif what == "bomb":
        path.write_bytes(bomb(60_000, 60_000))
    elif what == "small bomb":
        path.write_bytes(bomb(10_900, 10_900))
    elif what == "empty":
        path.touch()
    else:
        path.write_bytes(b"RIFF\xff\xff\xff\x7fWAVEfmt " + bytes(range(256)) * 64)


KINDS = (
    *("m3u8", "m3u8 of a file", "concat", "svg", "mpd", "sdp", "eps", "mvg"),
    *("link to the secret", "link to an endless device", "pipe", "sparse", "folder"),
    *("bomb", "small bomb", "empty", "truncated"),
)


@pytest.mark.parametrize("what", KINDS)
def test_hostile_media_are_refused_and_the_film_has_placeholders(tmp_path, traps, what):
    show = tmp_path / "show"
    episode = make_show(show, SCRIPT, SETTINGS)
    for folder, name in (("backgrounds", "kitchen.png"), ("music", "bed.wav")):
        (show / "assets" / folder).mkdir(parents=True)
        written(show / "assets" / folder / name, what, traps)
    ended = pipeline("run", episode, "--json")
    assert ended.code == 0, ended.err
    assert ended.json["placeholders"], ended.json
    told = ended.err + json.dumps(ended.json, ensure_ascii=False)
    assert "assets/backgrounds/kitchen.png" in told
    # The check reads every file of the show, and would wait for ever at the pipe.
    for name in ("kitchen.png", "bed.wav"):
        for path in show.glob(f"assets/*/{name}"):
            path.rmdir() if path.is_dir() else path.unlink()
    traps.check(show, ended)


def test_a_list_in_the_place_of_a_film_opens_nothing(tmp_path):
    """What `verify` and `diff` read may have been put there by somebody else."""
    ffmpeg, executor = pinned_ffmpeg(), SubprocessExecutor()
    neighbour = tmp_path / "secrets" / "neighbour.mp4"
    traps = PlantedSecret(neighbour.parent)
    source = ("-f", "lavfi", "-i", "testsrc=duration=1:size=64x64:rate=5")
    subprocess.run((str(ffmpeg.path), "-v", "error", *source, str(neighbour)), check=True)
    assert len(frame_hashes(neighbour, ffmpeg, executor, "the neighbour itself")) == 5
    film = tmp_path / "film.mp4"
    film.write_text("ffconcat version 1.0\nfile secrets/neighbour.mp4\n")
    before = traps.readings
    with pytest.raises(PipelineError) as refused:
        frame_hashes(film, ffmpeg, executor, "a list")
    assert refused.value.code == "program-failed"
    tools = Tools(executor, lambda digest: tmp_path / digest, tmp_path)
    with pytest.raises(PipelineError):
        write_frame(film, 0, tmp_path / "still.png", ffmpeg, tools)
    with pytest.raises(PipelineError):
        decode_sound(film, [5], FrameRate(num=5), ffmpeg, tools)
    assert traps.readings == before
    traps.close()


def test_unlocked_the_same_playlist_and_filter_would_reach_the_secret(tmp_path, traps):
    """Without the rules ffmpeg does open what it is told to: the traps and the texts are real."""
    ffmpeg = str(pinned_ffmpeg().path)
    graph = f"movie=filename={traps.secret.path}"
    subprocess.run(
        (ffmpeg, "-v", "quiet", "-f", "lavfi", "-i", graph, "-f", "null", "-"), check=False
    )
    assert traps.secret.readings > 0
    subprocess.run((ffmpeg, "-v", "quiet", "-i", traps.bait.url, "-f", "null", "-"), check=False)
    assert traps.canary.contacts > 0


@pytest.mark.parametrize(
    ("program", "says"),
    [
        ("x = bytearray(900 << 20)", "MemoryError"),
        ("while True: pass", ""),
        ("open('big', 'wb').truncate(3 << 20)", "File too large"),
    ],
)
def test_a_program_under_limits_gets_no_further(tmp_path, program, says):
    argv = under_limits((sys.executable, "-I", "-c", program), 600 << 20, 1, 2 << 20)
    done = subprocess.run(argv, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert says in done.stderr


def test_a_program_that_is_not_there_is_said_so(tmp_path):
    argv = under_limits((str(tmp_path / "gone"),), 1 << 30, 1, 1)
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert (done.returncode, "could not be started" in done.stderr) == (127, True)
