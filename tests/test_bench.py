"""The benchmark measures what it says: the same frames, the same encoder, runs that do nothing."""

import json
import subprocess

import av
import numpy as np
import pytest

from bench import screenplay, table
from bench.bare_encode import bare_encode, encoder
from bench.measure import Cost, FailedError, side_by_side
from bench.measurements import Against, Made, Show, against_bare, run_again
from bench.ready_frames import encodings_of, write_frames
from orchestrator.store.blobs import BlobStore
from renderers.film.segments import repeat_of
from schemas.digest import digest_file

SMALL = "format: {width: 160, height: 90}\ncaptions: {burn_in: true}\n"


@pytest.fixture(scope="module")
def clips(tmp_path_factory):
    source = screenplay.write_show(tmp_path_factory.mktemp("bench") / "show", 2, SMALL)
    text = source.read_text()
    source.write_text(text.replace("EXT. QUAY", "DISSOLVE TO:\n\nEXT. QUAY"))
    encodings = encodings_of(source, 2)
    build = source.parents[1] / "builds" / "s01e01"
    return build, encodings, json.loads((build / "render_output.json").read_text())


def errors(clip, raw, frames):
    """How far each frame of a clip is from the one that was to be encoded."""
    sent = np.fromfile(raw, np.uint8).reshape(frames, 135, 160)[:, :90].astype(int)
    with av.open(str(clip)) as opened:
        made = [frame.to_ndarray()[:90] for frame in opened.decode(video=0)]
    assert len(made) == frames
    return [np.abs(one - other).mean() for one, other in zip(sent, made, strict=True)]


def test_the_yardstick_encodes_what_the_run_encoded_byte_for_byte(clips, tmp_path):
    """All frames of a still, too, of which the run repeats a group: they look the same."""
    build, encodings, output = clips
    blobs = BlobStore(build.parents[1] / ".pipeline")
    repeated = 0
    shown = {f"shot {shot['shot_id']}": shot["clip"] for shot in output["shots"] if shot["clip"]}
    joined = [transition["clip"] for transition in output["transitions"]]
    assert len(encodings) == len(shown) + len(joined)
    assert len(shown) > 5
    assert joined
    for number, encoding in enumerate(encodings):
        ready = write_frames(encoding, tmp_path / str(number))
        subprocess.run(encoder(ready), check=True)
        bare = ready.raw.with_name("clip.mp4")
        if repeat_of(encoding).times == 1:
            digest = digest_file(bare)
            assert digest in (joined if encoding.name not in shown else [shown[encoding.name]])
            continue
        repeated += 1
        off = [
            errors(clip, ready.raw, encoding.frame_count)
            for clip in (bare, blobs.path(shown[encoding.name]))
        ]
        assert max(off[1]) <= 1.1 * max(off[0])
    assert 0 < repeated < len(encodings)
    assert len({encoding.still_frames > 1 for encoding in encodings}) == 2
    assert len({encoding.captions is None for encoding in encodings}) == 2


def test_the_longest_clips_go_first_and_all_are_measured(clips):
    _, encodings, _ = clips
    lengths = [encoding.frame_count for encoding in encodings]
    assert lengths == sorted(lengths, reverse=True)
    cost = bare_encode(encodings[-2:], 1)
    assert cost.wall_s > 0
    assert cost.cpu_s > 0


def test_a_cold_run_is_held_against_the_bare_encode():
    told = []
    measured = against_bare(Show("two scenes", 2, SMALL), 1, 2, told.append)
    assert measured.made.shots > 5
    assert measured.made.seconds == measured.made.frames / 24
    assert len(measured.cold) == len(measured.bare) == 1
    assert measured.cold[0].cpu_s > measured.bare[0].cpu_s > 0
    assert "times on the wall" in told[-1]


def test_a_run_with_nothing_to_do_starts_no_program_and_an_edit_few():
    measured = run_again(Show("two scenes", 2, SMALL), 2, lambda _: None)
    assert measured.unchanged.programs == 0
    assert 0 < measured.edited.programs < measured.cold.programs
    assert 10e6 < measured.unchanged.peak_bytes < measured.cold.peak_bytes


def test_a_failing_program_is_no_measurement():
    with pytest.raises(FailedError):
        side_by_side([("false",), ("true",)], 2)


def test_the_ratio_is_the_median_of_the_rounds_own():
    cold = (Cost(2, 30), Cost(9, 90), Cost(4, 20))
    bare = (Cost(1, 10), Cost(3, 60), Cost(4, 10))
    measured = Against(Show("a"), Made(3, 240, 10.0), 1240, 960, cold, bare)
    assert table.ratio(measured, lambda cost: cost.wall_s) == 2
    assert table.ratio(measured, lambda cost: cost.cpu_s) == 2
    row = table.against_table([measured]).splitlines()[-1]
    assert row == (
        "| a | 3 shots, 0:10 | 1,240 | 960 | 3.0 | 4.0 | **2.00** | 10.0 | 30.0 | **2.00** |"
    )


def test_the_tables_take_their_place_and_leave_the_rest(tmp_path, monkeypatch):
    document = tmp_path / "performance.md"
    monkeypatch.setattr(table, "DOCUMENT", document)
    table.write("| one |")
    document.write_text(document.read_text() + "\nwhat follows\n")
    table.write("| two |")
    text = document.read_text()
    assert "| one |" not in text
    assert text.startswith("# Performance\n")
    assert text.index(table.BEGIN) < text.index("| two |") < text.index(table.END)
    assert text.endswith("what follows\n")


def test_the_generated_screenplay_is_always_the_same_and_repeats_nothing(tmp_path):
    assert screenplay.screenplay(3) == screenplay.screenplay(3)
    spoken = screenplay.screenplay(180).split("\n\n")
    talks = [each.split("\n", 1)[1] for each in spoken if each.split("\n")[0] in ("MARA", "ILYA")]
    assert len(set(talks)) == len(talks) > 150
    source = screenplay.write_show(tmp_path / "show", 12)
    before = source.read_text().splitlines()
    screenplay.edit_one_line(source)
    changed = [a for a, b in zip(before, source.read_text().splitlines(), strict=True) if a != b]
    assert len(changed) == 1
