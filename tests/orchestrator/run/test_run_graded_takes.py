"""A graded show has one look, whether a shot is shown by its preview or by a take."""

import json

import av
import numpy as np

from tests.orchestrator.show_on_disk import make_show

SCRIPT = "INT. KITCHEN - DAY\n\nMara waits by the door.\n\nMARA\nIs it open?\n"
SMALL = "id: test\nvoice: none\nformat: {width: 160, height: 90}\n"


def shown(build):
    return json.loads((build / "render_output.json").read_text())["shots"]


def colours(build, rank):
    """The mean colours of a shot's frames; `rank` is its place in the film."""
    shots = shown(build)
    first = sum(shot["duration_frames"] for shot in shots[:rank])
    last = first + shots[rank]["duration_frames"]
    with av.open(str(build / "s01e01.mp4")) as film:
        frames = [np.asarray(frame.to_image()) for frame in film.decode(video=0)]
    return np.mean([frame.mean(axis=(0, 1)) for frame in frames[first:last]], axis=0)


def test_the_grade_lies_over_takes_and_is_part_of_their_keys(command, tmp_path):
    show = tmp_path / "show"
    source = make_show(show, SCRIPT, SMALL)
    build = show / "builds" / "s01e01"
    assert command("run", source).code == 0
    drawn = [colours(build, rank) for rank in range(len(shown(build)))]
    assert command("upgrade", build, "--worst", "1").code == 0
    plain = shown(build)
    rank = next(n for n, shot in enumerate(plain) if shot["tier"] == "standard")
    before = colours(build, rank)

    (show / "project.yaml").write_text(SMALL + "picture: {grade: warm}\n")
    ended = command("run", source, "--json")
    assert ended.code == 0, ended.err
    graded = shown(build)
    assert (graded[rank]["tier"], graded[rank]["take"]) == ("standard", 1)
    assert all(was["clip"] != now["clip"] for was, now in zip(plain, graded, strict=True))
    red, green, blue = colours(build, rank) - before
    assert red > 1 and blue < -1

    # The preview of the shot moves by the same amount.
    preview = command("run", source, "--profile", "preview_local")
    assert preview.code == 0, preview.err
    assert shown(build)[rank]["tier"] != "standard"
    shift = colours(build, rank) - drawn[rank]
    assert np.abs(shift - (red, green, blue)).max() < 3

    (show / "project.yaml").write_text(SMALL)
    assert command("run", source, "--profile", "standard_local").code == 0
    assert [shot["clip"] for shot in shown(build)] == [shot["clip"] for shot in plain]
