"""The benchmark measures what it says: the same frames, the same encoder, runs that do nothing."""

import json
import subprocess

import pytest

from bench import screenplay, table
from bench.bare_encode import bare_encode, encoder
from bench.measure import Cost, FailedError, side_by_side
from bench.measurements import Against, Made, Show, against_bare, run_again
from bench.ready_frames import shots_of, write_frames
from schemas.digest import digest_file

SMALL = "format: {width: 160, height: 90}\ncaptions: {burn_in: true}\n"


@pytest.fixture(scope="module")
def shots(tmp_path_factory):
    source = screenplay.write_show(tmp_path_factory.mktemp("bench") / "show", 2, SMALL)
    made = shots_of(source, 2)
    output = json.loads(
        (source.parents[1] / "builds" / "s01e01" / "render_output.json").read_text()
    )
    return made, output["shots"]


def test_the_yardstick_encodes_what_the_run_encoded_byte_for_byte(shots, tmp_path):
    requests, rendered = shots
    clips = {shot["shot_id"]: shot["clip"] for shot in rendered}
    assert len(requests) == len(clips) > 5
    moving = still = captioned = 0
    for request in requests:
        ready = write_frames(request, tmp_path / request.shot.shot_id)
        subprocess.run(encoder(ready), check=True)
        assert digest_file(ready.raw.with_name("clip.mp4")) == clips[request.shot.shot_id]
        moving += request.shot.movement.kind != "static"
        still += request.shot.movement.kind == "static"
        captioned += request.captions is not None
    assert min(moving, still, captioned) > 0


def test_the_longest_shots_go_first_and_all_are_measured(shots):
    requests, rendered = shots
    lengths = [request.shot.duration_frames for request in requests]
    assert lengths == sorted((shot["duration_frames"] for shot in rendered), reverse=True)
    cost = bare_encode(requests[-2:], 1)
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
    measured = Against(Show("a"), Made(3, 240, 10.0), cold, bare)
    assert table.ratio(measured, lambda cost: cost.wall_s) == 2
    assert table.ratio(measured, lambda cost: cost.cpu_s) == 2
    row = table.against_table([measured]).splitlines()[-1]
    assert row == "| a | 3 shots, 0:10 | 3.0 | 4.0 | **2.00** | 10.0 | 30.0 | **2.00** |"


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
