from __future__ import annotations

import subprocess
import sys
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.documents import check, read_document
from schemas.errors import PipelineError
from schemas.scratch_track import ScratchTrack
from schemas.script import Script
from schemas.shot_list import ShotList, timing_lock_hash
from schemas.timing import FrameRate, frames_to_samples, samples_to_frames_up
from stages.shots.check_shots import crossed_lines, jump_cuts
from stages.shots.plan_shots import ShotSettings, plan_shots
from tests.stages.planned_film import (
    FILM,
    KITCHEN,
    looks,
    plan,
    scratch_of,
    script_of,
    without_source,
)

RATES = {
    "23.976": FrameRate(num=24000, den=1001),
    "24": FrameRate(num=24),
    "25": FrameRate(num=25),
    "29.97": FrameRate(num=30000, den=1001),
    "30": FrameRate(num=30),
    "60": FrameRate(num=60),
}

WORDS = st.sampled_from(["no", "yes", "the", "harbour", "is", "closing", "tonight", "unbelievable"])
SENTENCES = st.builds(
    lambda words, end: " ".join(words).capitalize() + end,
    st.lists(WORDS, min_size=1, max_size=14),
    st.sampled_from([".", "?", "!", "...", ",", ""]),
)
SPEECHES = st.builds(" ".join, st.lists(SENTENCES, min_size=1, max_size=9))
CUES = st.sampled_from(["MARA", "JONAS", "REYES", "MARA (V.O.)", "JONAS (O.S.)", "ADA"])
PARENTHETICALS = st.sampled_from(["", "(beat)\n", "(angry)\n", "(a long pause)\n", "(to Jonas)\n"])
DIALOGUE = st.builds("{}\n{}{}".format, CUES, PARENTHETICALS, SPEECHES)
TWO_PARTS = st.builds("{}\n{}\n(beat)\n{}".format, CUES, SENTENCES, SENTENCES)
DUAL = st.builds("{}\n{}\n\n{} ^\n{}".format, CUES, SPEECHES, CUES, SPEECHES)
ACTION = st.sampled_from(
    ["Mara sits.", "Rain. Jonas enters and looks at Reyes. She waits.", "The lamp goes out."]
)
OTHER = st.sampled_from(["CUT TO:", "FADE OUT.", "~la la la", "[[note]]", "> THE END <", "# Act"])
SLUGS = st.sampled_from(["INT. HALL - DAY", "EXT. PIER - NIGHT", "INT. ATTIC - CONTINUOUS"])
FILMS = st.builds(
    lambda first, rest: "\n\n".join([first, *rest]),
    st.one_of(ACTION, DIALOGUE, SLUGS),
    st.lists(st.one_of(DIALOGUE, TWO_PARTS, DUAL, ACTION, OTHER, SLUGS), max_size=14),
)


def heard(shots: ShotList) -> dict[str, list[tuple[int, int, int]]]:
    """Per line its placements: film frame, frame of the line, frames."""
    placed: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    start = 0
    for shot in shots.shots:
        for vo in shot.audio.vo:
            assert vo.offset_frames + vo.duration_frames <= shot.duration_frames
            placed[vo.line_id].append((start + vo.offset_frames, vo.in_frames, vo.duration_frames))
        start += shot.duration_frames
    return placed


def assert_every_line_heard_whole(shots: ShotList, scratch: ScratchTrack) -> None:
    placed = heard(shots)
    assert [line_id for line_id in placed if line_id.split("-")[0] != "lyric"] == [
        line.line_id for line in scratch.lines
    ]
    for line in scratch.lines:
        stretches = placed[line.line_id]
        film_start, line_start, _ = stretches[0]
        assert line_start == 0
        for film_frame, line_frame, frames in stretches:
            # One unbroken run: the line never stops, jumps or overlaps itself.
            assert film_frame - film_start == line_frame
            line_start += frames
        assert line_start == samples_to_frames_up(line.duration_samples, shots.fps)


@settings(max_examples=60, deadline=None)
@given(text=FILMS, rate=st.sampled_from(sorted(RATES)))
def test_every_recorded_line_is_heard_once_whole_and_in_order(text: str, rate: str) -> None:
    script = script_of(text)
    scratch = scratch_of(script)
    shots = plan_shots(script, scratch, ShotSettings(fps=RATES[rate]))
    assert_every_line_heard_whole(shots, scratch)
    assert len({shot.shot_id for shot in shots.shots}) == len(shots.shots)
    assert shots.timing_lock_hash == timing_lock_hash(shots.fps, shots.shots)
    check(shots.payload(), ShotList, "shot list")


@settings(max_examples=60, deadline=None)
@given(text=FILMS, rate=st.sampled_from(sorted(RATES)))
def test_no_shot_repeats_the_one_before_and_none_is_too_short_or_long(text: str, rate: str) -> None:
    fps = RATES[rate]
    shots = plan(text, fps).shots
    for shot in shots:
        samples = frames_to_samples(shot.duration_frames, fps)
        assert 57_600 - 1 <= samples <= 384_000 + 1
        assert shot.reason
        assert shot.transition_in.duration_frames * 2 <= shot.duration_frames
        assert shot.fade_out_frames * 2 <= shot.duration_frames
    assert list(jump_cuts(shots)) == []
    # Who shares a side with another may stand in the middle beside them, and passes nobody.
    assert list(crossed_lines(shots)) == []


def test_kitchen_scene_as_a_director_would_cover_it() -> None:
    assert looks(plan(KITCHEN)) == [
        ("establishing", "WS", ()),
        ("action", "MS", ("mara",)),
        ("master", "MLS", ("mara", "jonas")),
        ("single", "MCU", ("mara",)),
        ("reaction", "CU", ("mara",)),
        ("over_the_shoulder", "MS", ("jonas", "mara")),
        ("action", "MLS", ("mara",)),
        ("single", "MS", ("jonas",)),
        ("over_the_shoulder", "MS", ("mara", "jonas")),
        ("establishing", "EWS", ()),
        ("master", "MLS", ("reyes", "mara")),
        ("establishing", "WS", ()),
        ("action", "MLS", ("reyes",)),
        ("end_tail", "EWS", ("reyes",)),
    ]


def test_lead_tail_and_gap_are_those_of_an_editor() -> None:
    master = next(shot for shot in plan(KITCHEN).shots if shot.template == "master")
    first, second = master.audio.vo
    assert first.offset_frames == 8
    gap = second.offset_frames - first.offset_frames - first.duration_frames
    assert gap == 10  # 6 frames tail and 4 frames lead: 0.42 s
    alone = plan("INT. HALL - DAY\n\nADA\nThis is the only line of the whole film.").shots[1]
    (line,) = alone.audio.vo
    assert line.offset_frames == 8
    assert alone.duration_frames - line.offset_frames - line.duration_frames == 12


@pytest.mark.parametrize("name", sorted(RATES))
def test_pauses_last_as_long_at_every_frame_rate(name: str) -> None:
    rate = RATES[name]
    shots = plan(KITCHEN, rate).shots
    seconds = sum(frames_to_samples(shot.duration_frames, rate) for shot in shots) / 48_000
    assert 33.3 < seconds < 33.8
    master = next(shot for shot in shots if shot.template == "master")
    first, second = master.audio.vo
    gap = frames_to_samples(
        second.offset_frames - first.offset_frames - first.duration_frames, rate
    )
    assert 0.3 <= gap / 48_000 <= 0.6


def test_expressions_speaking_and_sides() -> None:
    angry = plan(KITCHEN).shots[3]
    assert [(who.id, who.expression, who.side, who.speaking) for who in angry.characters] == [
        ("mara", "angry", "left", True)
    ]
    assert angry.movement.kind == "push_in"
    pause = plan(KITCHEN).shots[4]
    assert [(who.id, who.speaking) for who in pause.characters] == [("mara", False)]
    assert pause.audio.vo == ()


def test_an_edited_word_changes_only_the_shot_it_is_heard_in() -> None:
    before = [without_source(shot) for shot in plan(KITCHEN).shots]
    after = [
        without_source(shot)
        for shot in plan(KITCHEN.replace("tea left in that pot?", "soup in there?")).shots
    ]
    assert len(before) == len(after)
    changed = [i for i, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    assert changed == [7]


def test_a_much_longer_line_changes_no_other_shot() -> None:
    longer = "I said I would. " * 12
    before = [without_source(shot) for shot in plan(KITCHEN).shots]
    after = [without_source(s) for s in plan(KITCHEN.replace("I said I would.", longer)).shots]
    kept = [shot for shot in before if shot in after]
    # Only the two-shot that held question and answer is gone.
    assert [shot["template"] for shot in before if shot not in kept] == ["master"]


def test_inserting_a_scene_changes_no_other_scene() -> None:
    inserted = "EXT. PIER - DUSK\n\nAn empty pier.\n\nADA\nIs anyone there?\n\nEXT. HARBOUR - DAY"
    before = plan(KITCHEN).shots
    after = plan(KITCHEN.replace("EXT. HARBOUR - DAY", inserted)).shots
    kept = [without_source(shot) for shot in after if shot.scene_id != "ext_pier_dusk"]
    assert kept == [without_source(shot) for shot in before]
    assert len(after) == len(before) + 2


def test_moving_a_scene_moves_its_shots_unchanged() -> None:
    one = "INT. ATTIC - DAY\n\nADA\nIt is cold up here."
    two = "INT. HALL - DAY\n\nMARA\nIt is warm down here.\n\nADA\nI can hear that."
    three = "EXT. PIER - DAY\n\n> THE END <"
    first = [without_source(s) for s in plan(f"{one}\n\n{two}\n\n{three}").shots]
    moved = [without_source(s) for s in plan(f"{two}\n\n{one}\n\n{three}").shots]
    assert first != moved
    assert sorted(s["shot_id"] for s in first) == sorted(s["shot_id"] for s in moved)
    assert all(shot in first for shot in moved)


def test_shot_ids_survive_another_voice_and_another_frame_rate() -> None:
    assert [s.shot_id for s in plan(KITCHEN).shots] == [
        s.shot_id for s in plan(KITCHEN, RATES["60"]).shots
    ]
    assert plan(KITCHEN).timing_lock_hash != plan(KITCHEN, RATES["60"]).timing_lock_hash


def test_twins_get_different_ids() -> None:
    # The same action twice, with a card between: everything a viewer sees is equal.
    shots = plan("INT. HALL - DAY\n\nAda waits.\n\n> I <\n\nAda waits.\n\n> I <").shots
    ids = [shot.shot_id for shot in shots]
    assert len(set(ids)) == len(ids)
    assert any(shot_id.endswith("-2") for shot_id in ids)


def test_transitions_are_those_of_the_script() -> None:
    shots = plan(KITCHEN).shots
    assert shots[0].transition_in.kind == "fade_in"
    assert shots[0].transition_in.duration_frames == 24
    assert [s.fade_out_frames for s in shots[7:10]] == [0, 24, 0]
    # The fade begins after the last word.
    (line,) = shots[8].audio.vo
    assert shots[8].duration_frames - 24 >= line.offset_frames + line.duration_frames
    assert [s.transition_in.kind for s in shots if s.scene_id == "int_boat_house_day"][:2] == [
        "dissolve",
        "cut",
    ]


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("CUT TO:", "cut"),
        ("SMASH CUT TO:", "smash_cut"),
        ("MATCH CUT TO:", "match_cut"),
        ("DISSOLVE TO:", "dissolve"),
        ("FADE TO:", "dissolve"),
        ("WIPE TO:", "wipe"),
        ("> IRIS IN:", "cut"),
    ],
)
def test_transition_between_scenes(written: str, kind: str) -> None:
    shots = plan(f"INT. A - DAY\n\nOne.\n\n{written}\n\nINT. B - DAY\n\nTwo.").shots
    (arriving,) = [s for s in shots if s.scene_id == "int_b_day" and s.template == "establishing"]
    assert arriving.transition_in.kind == kind
    assert (arriving.transition_in.duration_frames > 0) == (kind in {"dissolve", "wipe"})


def test_title_card_comes_from_the_title_page() -> None:
    title = plan(KITCHEN, title_card=True).shots[0]
    assert (title.framing, title.template, title.title_lines, title.duration_frames) == (
        "TITLE",
        "title_card",
        ("The Kettle", "A. Writer"),
        60,
    )
    starred = plan("Title: **_The Kettle_**\nCredit: by\nAuthor: A. Writer\n\nINT. A - DAY\n",
                   title_card=True)  # fmt: skip
    assert starred.shots[0].title_lines == ("The Kettle", "by A. Writer")
    assert plan("INT. A - DAY\n\nRain.", title_card=True).shots[0].template == "establishing"


def test_scripts_without_speech_without_headings_and_without_anything() -> None:
    silent = plan("INT. HALL - DAY\n\nDust.\n\nEXT. PIER - DAY\n")
    assert [s.template for s in silent.shots] == ["establishing", "establishing", "end_tail"]
    loose = plan("A man walks.\n\nADA\nWho is there?")
    assert [s.template for s in loose.shots] == ["action_place", "single", "end_tail"]
    assert loose.shots[0].location_id is None
    nothing = Script.create(language="en", scenes=())
    with pytest.raises(PipelineError) as refusal:
        plan_shots(nothing, scratch_of(nothing), ShotSettings(fps=FILM))
    assert refusal.value.code == "empty-screenplay"


def test_a_scratch_track_of_another_script_is_refused() -> None:
    other = scratch_of(script_of("INT. HALL - DAY\n\nADA\nSomething else."))
    with pytest.raises(PipelineError) as refusal:
        plan_shots(script_of(KITCHEN), other, ShotSettings(fps=FILM))
    assert refusal.value.code == "scratch-mismatch"
    assert "8 spoken lines are not recorded" in refusal.value.problem
    assert "1 recorded lines are not in the script" in refusal.value.problem


def test_continuous_goes_on_at_the_same_time_of_day_without_a_new_first_look() -> None:
    shots = plan(
        "INT. HALL - NIGHT\n\nDust.\n\nINT. STAIRS - CONTINUOUS\n\nMore dust.\n\n> END <"
    ).shots
    stairs = [shot for shot in shots if shot.scene_id == "int_stairs_continuous"]
    assert [shot.template for shot in stairs] == ["action_place", "text_card"]
    assert stairs[0].environment.time_of_day == "NIGHT"


def test_a_scene_that_only_goes_on_is_still_seen() -> None:
    shots = plan("INT. HALL - NIGHT\n\nDust.\n\nINT. STAIRS - CONTINUOUS\n").shots
    assert [s.template for s in shots if s.scene_id == "int_stairs_continuous"] == [
        "establishing",
        "end_tail",
    ]


def test_same_bytes_in_another_process_with_another_hash_seed() -> None:
    program = (
        "from tests.stages.planned_film import KITCHEN, plan\n"
        "print(plan(KITCHEN, title_card=True).digest())"
    )
    seen = set()
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        seen.add(run.stdout.strip())
    assert seen == {plan(KITCHEN, title_card=True).digest()}


def test_round_trip_through_json() -> None:
    shots = plan(KITCHEN, title_card=True)
    assert read_document(shots.readable(), ShotList, "shot_list.json") == shots
