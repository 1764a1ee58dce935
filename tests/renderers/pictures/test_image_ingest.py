"""Foreign image files become plates, or a clear refusal."""

import io
import os
import struct
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from orchestrator.seams.executor import SubprocessExecutor
from renderers.pictures.image_decoder import shrunk
from renderers.pictures.image_ingest import ingest_image, open_plate
from renderers.seams import Command, Completed, Tools
from schemas.errors import PipelineError


def no_blobs(digest: str) -> Path:
    raise AssertionError(f"ingest needs no blob, asked for {digest}")


@pytest.fixture
def tools(tmp_path: Path) -> Tools:
    return Tools(SubprocessExecutor(), no_blobs, tmp_path)


def two_colours(size: tuple[int, int] = (40, 20)) -> Image.Image:
    """Left half red, right half blue."""
    image = Image.new("RGB", size, (220, 30, 30))
    image.paste((30, 30, 220), (size[0] // 2, 0, size[0], size[1]))
    return image


def plate_of(source: Path, tools: Tools, limit: int = 1000) -> Image.Image:
    out = tools.scratch / "plate.tga"
    ingest_image(source, out, tools, limit, limit)
    return open_plate(out)


def refusal(source: Path, tools: Tools) -> PipelineError:
    out = tools.scratch / "plate.tga"
    with pytest.raises(PipelineError) as caught:
        ingest_image(source, out, tools, 1000, 1000)
    assert caught.value.code == "broken-image"
    assert caught.value.where == source.name
    assert caught.value.hint
    assert not out.exists()
    return caught.value


@pytest.mark.parametrize("name", ["a.png", "a.bmp", "a.tiff", "a.webp", "a.gif", "a.jpg"])
def test_every_allowed_format_is_read(tmp_path: Path, tools: Tools, name: str):
    exact = {"lossless": True} if name == "a.webp" else {}
    two_colours().save(tmp_path / name, quality=95, **exact)
    plate = plate_of(tmp_path / name, tools)
    assert (plate.size, plate.mode) == ((40, 20), "RGB")
    near = 12 if name == "a.jpg" else 0
    for at, wanted in (((4, 10), (220, 30, 30)), ((35, 10), (30, 30, 220))):
        assert all(abs(a - b) <= near for a, b in zip(plate.getpixel(at), wanted, strict=True))


def test_transparency_survives_and_opaque_alpha_is_dropped(tmp_path: Path, tools: Tools):
    image = Image.new("RGBA", (8, 8), (10, 200, 30, 255))
    image.save(tmp_path / "opaque.png")
    image.putpixel((3, 4), (10, 200, 30, 77))
    image.save(tmp_path / "clear.png")
    assert plate_of(tmp_path / "opaque.png", tools).mode == "RGB"
    plate = plate_of(tmp_path / "clear.png", tools)
    assert plate.mode == "RGBA"
    assert plate.getpixel((3, 4)) == (10, 200, 30, 77)
    assert plate.getpixel((0, 0)) == (10, 200, 30, 255)


def test_palette_transparency_counts(tmp_path: Path, tools: Tools):
    image = Image.new("P", (4, 4), 1)
    image.putpalette([0, 0, 0, 250, 120, 10])
    image.putpixel((0, 0), 0)
    image.save(tmp_path / "p.png", transparency=0)
    plate = plate_of(tmp_path / "p.png", tools)
    assert plate.getpixel((0, 0))[3] == 0
    assert plate.getpixel((2, 2)) == (250, 120, 10, 255)


def test_sixteen_bit_grey_keeps_its_tones(tmp_path: Path, tools: Tools):
    deep = Image.new("I;16", (4, 1))
    for x, value in enumerate((0, 0x4000, 0x8000, 0xFFFF)):
        deep.putpixel((x, 0), value)
    deep.save(tmp_path / "deep.png")
    plate = plate_of(tmp_path / "deep.png", tools)
    assert [plate.getpixel((x, 0)) for x in range(4)] == [(v,) * 3 for v in (0, 64, 128, 255)]


def test_cmyk_becomes_rgb(tmp_path: Path, tools: Tools):
    Image.new("CMYK", (4, 4), (0, 0, 0, 0)).save(tmp_path / "c.jpg", quality=95)
    assert plate_of(tmp_path / "c.jpg", tools).getpixel((1, 1)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("orientation", "size", "red_at"),
    [
        (1, (40, 20), (4, 10)),
        (2, (40, 20), (35, 10)),
        (3, (40, 20), (35, 10)),
        (4, (40, 20), (4, 10)),
        (5, (20, 40), (10, 4)),
        (6, (20, 40), (10, 4)),
        (7, (20, 40), (10, 35)),
        (8, (20, 40), (10, 35)),
        (99, (40, 20), (4, 10)),
    ],
)
def test_exif_orientation_is_applied(
    tmp_path: Path, tools: Tools, orientation: int, size: tuple[int, int], red_at: tuple[int, int]
):
    exif = Image.Exif()
    exif[0x0112] = orientation
    two_colours().save(tmp_path / "o.png", exif=exif)
    plate = plate_of(tmp_path / "o.png", tools)
    assert plate.size == size
    assert plate.getpixel(red_at) == (220, 30, 30)


def test_large_images_are_scaled_down_in_proportion_and_small_ones_left(
    tmp_path: Path, tools: Tools
):
    two_colours((400, 100)).save(tmp_path / "wide.png")
    assert plate_of(tmp_path / "wide.png", tools, 200).size == (200, 50)
    assert plate_of(tmp_path / "wide.png", tools, 401).size == (400, 100)


@given(
    st.integers(1, 3000), st.integers(1, 3000), st.integers(1, 300), st.integers(1, 300),
    st.integers(1, 8),
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_the_scaled_size_fits_and_keeps_the_shape(w: int, h: int, mw: int, mh: int, turn: int):
    small = shrunk(Image.new("L", (w, h)), (mw, mh), turn)
    most = (mw, mh) if turn < 5 else (mh, mw)
    assert small.width <= max(1, most[0]) and small.height <= max(1, most[1])
    assert small.width <= w and small.height <= h
    # The longer relation decides exactly, the other side is rounded to half a pixel.
    if small.size != (w, h):
        error = abs(small.width * h - small.height * w)
        assert 2 * error <= max(w, h) or 1 in small.size


def test_the_plate_is_the_same_bytes_every_time(tmp_path: Path, tools: Tools):
    image = Image.effect_noise((33, 17), 60).convert("RGB")
    image.save(tmp_path / "n.png")
    image.save(tmp_path / "n.bmp")
    for name in ("n.png", "n.bmp"):
        ingest_image(tmp_path / name, tmp_path / f"{name}.tga", tools, 99, 99)
    written = (tmp_path / "n.png.tga").read_bytes()
    assert written == (tmp_path / "n.bmp.tga").read_bytes()
    assert len(written) < 33 * 17 * 3 + 100
    assert open_plate(tmp_path / "n.png.tga").tobytes() == image.tobytes()


def test_first_frame_of_an_animation(tmp_path: Path, tools: Tools):
    frames = [Image.new("RGB", (6, 6), colour) for colour in ((0, 160, 0), (200, 0, 0))]
    frames[0].save(tmp_path / "anim.gif", save_all=True, append_images=frames[1:])
    assert plate_of(tmp_path / "anim.gif", tools).getpixel((2, 2)) == (0, 160, 0)


@pytest.mark.parametrize("name", ["-y", "--help", "a b;$(x).png", "é\u202e.png", "%s{0}'\".png"])
def test_odd_names_are_only_names(tmp_path: Path, tools: Tools, monkeypatch, name: str):
    two_colours().save(tmp_path / name, format="PNG")
    monkeypatch.chdir(tmp_path)
    ingest_image(Path(name), Path("-out"), tools, 100, 100)
    assert open_plate(tmp_path / "-out").size == (40, 20)


def test_the_content_decides_not_the_ending(tmp_path: Path, tools: Tools):
    two_colours().save(tmp_path / "really.jpg", format="PNG")
    assert plate_of(tmp_path / "really.jpg", tools).size == (40, 20)


def test_empty_missing_and_foreign_files_are_refused(tmp_path: Path, tools: Tools):
    (tmp_path / "empty.png").touch()
    assert "empty" in str(refusal(tmp_path / "empty.png", tools))
    assert "does not exist" in str(refusal(tmp_path / "gone.png", tools))
    for name, data in {
        "text.png": b"hello there, I am no picture",
        "list.m3u8": b"#EXTM3U\nfile:///etc/passwd\n",
        "vector.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><image href='/etc/passwd'/></svg>",
        "script.eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(x) run\n",
    }.items():
        (tmp_path / name).write_bytes(data)
        assert "not an image of a known kind" in str(refusal(tmp_path / name, tools))


def test_formats_outside_the_list_are_refused_even_when_pillow_reads_them(
    tmp_path: Path, tools: Tools
):
    two_colours().save(tmp_path / "a.ppm")
    assert "not an image of a known kind" in str(refusal(tmp_path / "a.ppm", tools))


@pytest.mark.parametrize("name", ["t.png", "t.jpg", "t.webp", "t.gif", "t.tiff", "t.bmp"])
def test_truncated_files_are_refused(tmp_path: Path, tools: Tools, name: str):
    noise = Image.effect_noise((160, 160), 90).convert("RGB")
    noise.save(tmp_path / name)
    data = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(data[: len(data) // 2])
    refusal(tmp_path / name, tools)


def test_a_decompression_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, tools: Tools):
    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    packed = zlib.compress(bytes(1 << 20), 9)
    png = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )
    (tmp_path / "bomb.png").write_bytes(png)
    assert "pixels" in str(refusal(tmp_path / "bomb.png", tools))


def test_links_out_of_the_folder_devices_and_folders_are_refused(tmp_path: Path, tools: Tools):
    inside = tmp_path / "assets"
    inside.mkdir()
    two_colours().save(tmp_path / "secret.png")
    two_colours().save(inside / "own.png")
    (inside / "out.png").symlink_to(tmp_path / "secret.png")
    (inside / "in.png").symlink_to("own.png")
    (inside / "zero.png").symlink_to("/dev/zero")
    (inside / "loop.png").symlink_to("loop.png")
    os.mkfifo(inside / "pipe.png")
    assert "leads out" in str(refusal(inside / "out.png", tools))
    assert "leads out" in str(refusal(inside / "zero.png", tools))
    refusal(inside / "loop.png", tools)
    assert "regular file" in str(refusal(inside / "pipe.png", tools))
    assert "regular file" in str(refusal(inside, tools))
    assert plate_of(inside / "in.png", tools).size == (40, 20)


def test_the_child_is_isolated_and_limited(tmp_path: Path, tools: Tools):
    seen: list[Command] = []

    class Spy:
        def run(self, command: Command) -> Completed:
            seen.append(command)
            return tools.executor.run(command)

    two_colours().save(tmp_path / "a.png")
    ingest_image(tmp_path / "a.png", tmp_path / "o.tga", Tools(Spy(), no_blobs, tmp_path), 9, 9)
    argv = seen[0].argv
    assert argv[:3] == (sys.executable, "-I", "-S")
    decoder = next(n for n, each in enumerate(argv) if each.endswith("image_decoder.py"))
    assert argv[decoder - 2 : decoder] == (sys.executable, "-I")
    program = """
import resource
print(resource.getrlimit(resource.RLIMIT_AS)[0], resource.getrlimit(resource.RLIMIT_CPU)[0],
      resource.getrlimit(resource.RLIMIT_FSIZE)[0])
"""
    instead = (*argv[:decoder], "-c", program)
    done = tools.executor.run(Command(instead, "limits"))
    assert done.stdout.split() == [b"1610612736", b"120", b"536870912"]


def test_a_child_that_dies_of_a_limit_is_a_broken_image(tmp_path: Path):
    class Dies:
        def run(self, command: Command) -> Completed:
            raise PipelineError("program-failed", command.purpose, "killed by signal 9")

    two_colours().save(tmp_path / "a.png")
    refusal(tmp_path / "a.png", Tools(Dies(), no_blobs, tmp_path))


def test_other_failures_of_the_executor_stay_what_they_are(tmp_path: Path):
    class Missing:
        def run(self, command: Command) -> Completed:
            raise PipelineError("program-missing", command.purpose, "no such program")

    two_colours().save(tmp_path / "a.png")
    with pytest.raises(PipelineError, match="no such program"):
        ingest_image(tmp_path / "a.png", tmp_path / "o", Tools(Missing(), no_blobs, tmp_path), 9, 9)


def test_open_plate_reads_nothing_but_plates(tmp_path: Path):
    two_colours().save(tmp_path / "a.png")
    with pytest.raises(PipelineError) as caught:
        open_plate(tmp_path / "a.png")
    assert caught.value.code == "broken-image"


@given(st.binary(max_size=200), st.integers(0, 160))
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_damaged_files_never_end_in_anything_but_a_plate_or_a_refusal(
    tmp_path: Path, tools: Tools, junk: bytes, at: int
):
    buffer = io.BytesIO()
    two_colours().save(buffer, "PNG")
    data = bytearray(buffer.getvalue())
    data[at : at + len(junk)] = junk
    (tmp_path / "fuzz.png").write_bytes(bytes(data))
    out = tmp_path / "fuzz.tga"
    try:
        ingest_image(tmp_path / "fuzz.png", out, tools, 64, 64)
    except PipelineError as error:
        assert error.code == "broken-image"
        assert not out.exists()
    else:
        assert open_plate(out).width <= 64
    finally:
        out.unlink(missing_ok=True)
