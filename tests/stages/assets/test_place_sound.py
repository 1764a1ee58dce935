from __future__ import annotations

from schemas.asset_manifest import NeedKind
from schemas.digest import digest_bytes
from schemas.license import License
from schemas.project import Project
from schemas.scratch_track import ScratchTrack
from schemas.timing import SAMPLE_RATE_HZ, frames_to_samples
from stages.assets.library_choice import LibraryItem
from stages.assets.list_assets import list_assets
from stages.assets.place_sound import SHORTEST_MUSIC_SAMPLES, SoundPlan, place_sound
from stages.assets.plan_render import RenderPlanRequest, plan_render
from tests.stages.planned_film import plan, scratch_of, script_of

LONG = "It takes a while to say all of this, and nobody who listens would want to be in a hurry. "
MOODS = (
    f"INT. HALL - DAY\n\nA door SLAMS.\n\nADA\n{LONG * 3}\n\n"
    f"EXT. PIER - DAY\n\nADA\n(crying)\n{LONG * 3}\n\n"
    f"INT. HALL - DAY\n\nADA\n{LONG * 3}\n"
)


def sound(kind: NeedKind, subject: str, variant: str = "") -> LibraryItem:
    return LibraryItem(
        kind=kind,
        subject_id=subject,
        variant=variant,
        blob=blob(subject, variant),
        source_name=f"{kind}/{subject}.{variant}",
        license=License(license_type="CC0-1.0"),
    )


def blob(subject: str, variant: str = "") -> str:
    return digest_bytes(f"{subject} {variant}".encode())


TWO_BEDS = (sound("music", "calm", "neutral"), sound("music", "dirge", "sad"))


def placed(text: str, *library: LibraryItem, **project: str) -> SoundPlan:
    script, shots = script_of(text), plan(text)
    request = RenderPlanRequest(
        manifest=list_assets(script, shots),
        scratch=scratch_of(script),
        library=library,
        project=Project.create(id="show", **project),
        profile="preview_local",
        fonts=(digest_bytes(b"font"),),
    )
    return place_sound(shots, plan_render(request))


def test_the_music_follows_the_mood_of_the_scenes() -> None:
    found = placed(MOODS, *TWO_BEDS, sound("sfx", "slam"))
    assert [m.blob for m in found.music] == [
        blob("calm", "neutral"),
        blob("dirge", "sad"),
        blob("calm", "neutral"),
    ]
    assert found.music[0].start == 0
    assert [m.end for m in found.music] == [
        *(m.start for m in found.music[1:]),
        found.total_samples,
    ]
    pier = next(room for room in found.rooms if room.place == "pier")
    assert (found.music[1].start, found.music[1].end) == (pier.start, pier.end)


def test_one_piece_for_every_mood_plays_through() -> None:
    found = placed(MOODS, sound("music", "calm"))
    assert [(m.start, m.end) for m in found.music] == [(0, found.total_samples)]
    assert placed(MOODS, sound("music", "calm"), music="none").music == ()
    assert placed(MOODS).music == ()


def test_a_mood_that_is_over_at_once_does_not_change_the_music() -> None:
    short = MOODS.replace(f"(crying)\n{LONG * 3}", "(crying)\nGone.")
    found = placed(short, *TWO_BEDS)
    assert [m.blob for m in found.music] == [blob("calm", "neutral")]
    assert found.music[0].end == found.total_samples
    titled = placed(
        f"Title: Ada\n\nINT. HALL - DAY\n\nADA\n(crying)\n{LONG * 3}\n",
        *TWO_BEDS,
    )
    assert [(m.blob, m.start) for m in titled.music] == [(blob("dirge", "sad"), 0)]
    assert SHORTEST_MUSIC_SAMPLES == 8 * SAMPLE_RATE_HZ


def test_every_place_is_a_room_and_only_outdoors_is_outdoors() -> None:
    rooms = placed(MOODS, sound("sfx", "slam")).rooms
    assert [(room.place, room.outdoors) for room in rooms] == [
        ("hall", False),
        ("pier", True),
        ("hall", False),
    ]
    assert rooms[0].end == rooms[1].start


def test_a_film_without_a_voice_or_a_sound_has_its_room_tone_all_the_same() -> None:
    plan_of_sound = placed(MOODS, *TWO_BEDS)
    assert not plan_of_sound.lines and not plan_of_sound.effects
    assert [(room.place, room.outdoors) for room in plan_of_sound.rooms] == [
        ("hall", False),
        ("pier", True),
        ("hall", False),
    ]
    assert plan_of_sound.rooms[0].start == 0
    assert plan_of_sound.rooms[-1].end == plan_of_sound.total_samples


def test_a_sound_is_placed_behind_the_cut_to_its_shot_and_ends_with_the_scene() -> None:
    text = (
        f"INT. HALL - DAY\n\nDust. Ada waits.\n\nADA\n{LONG}\n\nA door SLAMS behind her.\n\n"
        f"EXT. PIER - DAY\n\nADA\n{LONG}\n"
    )
    shots = plan(text)
    at = next(n for n, shot in enumerate(shots.shots) if "slam" in shot.audio.sfx)
    frames = sum(shot.duration_frames for shot in shots.shots[:at])
    (slam,) = placed(text, sound("sfx", "slam")).effects
    assert slam.start == frames_to_samples(frames, shots.fps) + SAMPLE_RATE_HZ // 4
    scene = shots.shots[at].scene_id
    length = sum(shot.duration_frames for shot in shots.shots if shot.scene_id == scene)
    before = shots.shots.index(next(s for s in shots.shots if s.scene_id == scene))
    frames = sum(shot.duration_frames for shot in shots.shots[:before]) + length
    assert slam.end == frames_to_samples(frames, shots.fps)


def test_the_same_sound_asked_for_again_takes_over() -> None:
    text = (
        f"INT. HALL - DAY\n\nThe phone RINGS.\n\nADA\n{LONG}\n\nThe phone RINGS again.\n\n"
        f"ADA\n{LONG}\n"
    )
    first, second = placed(text, sound("sfx", "ring")).effects
    assert first.end == second.start
    assert second.end > second.start


def test_lines_are_as_loud_as_they_are_said_and_come_out_of_what_they_are_heard_through() -> None:
    text = (
        "INT. LODGE - DAY\n\nADA (INTO PHONE)\n(whispering)\nAre you there?\n\n"
        "BEA (ON PHONE)\n(shouting)\nI am!\n\n"
        "CAL (O.S.)\nSo am I.\n\nADA\n(quietly)\nGood.\n\nADA\nVery good."
    )
    script, shots = script_of(text), plan(text)
    spoken = scratch_of(script)
    lines = tuple(each.model_copy(update={"audio": blob(each.line_id)}) for each in spoken.lines)
    request = RenderPlanRequest(
        manifest=list_assets(script, shots),
        scratch=ScratchTrack.create(language=script.language, lines=lines),
        library=(),
        project=Project.create(id="show"),
        profile="preview_local",
        fonts=(digest_bytes(b"font"),),
    )
    lines = place_sound(shots, plan_render(request)).lines
    assert [(line.gain_centidb, line.heard_through) for line in lines] == [
        (-500, ""),
        (200, "phone"),
        (0, "offstage"),
        (-200, ""),
        (0, ""),
    ]
