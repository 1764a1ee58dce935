"""Voices of a whole run: the lexicon, recordings, a service, and what stands in for them."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from orchestrator.spend.caps import Caps
from orchestrator.spend.ledger import Ledger, Reservation
from orchestrator.voices.recordings import words_digest
from tests.fake_providers.elevenlabs import FakeElevenLabs
from tests.fake_providers.server import Fault, serving
from tests.fake_providers.speech import FakeSpeech
from tests.orchestrator.show_on_disk import ROOT, make_show
from tests.renderers.sound.sound_files import RATE, tone, write

SCRIPT = """Title: Voices

INT. HALL - DAY

MARA
Siobhan is at home.

TOM
Nobody is at home.

MARA
Who is that?
"""
TINY = "id: test\nformat: {width: 114, height: 64}\nmusic: none\nstems: false\n"


def lines_of(episode: Path) -> list[dict]:
    build = episode.parents[1] / "builds/s01e01"
    return json.loads((build / "scratch_track.json").read_bytes())["lines"]


def reasons_of(episode: Path) -> list[str]:
    build = episode.parents[1] / "builds/s01e01"
    return json.loads((build / "render_output.json").read_bytes())["reasons"]


def test_only_lines_with_the_word_are_spoken_anew(tmp_path: Path, command) -> None:
    episode = make_show(tmp_path / "show", SCRIPT, TINY)
    assert command("run", episode, "--quiet").code == 0
    before = {line["line_id"]: line for line in lines_of(episode)}
    (tmp_path / "show/project.yaml").write_text(TINY + "pronunciations: {siobhan: shiv awn}\n")
    assert command("run", episode, "--quiet").code == 0
    after = {line["line_id"]: line for line in lines_of(episode)}
    changed = [name for name in before if before[name]["audio"] != after[name]["audio"]]
    assert [after[name]["words"][0]["text"] for name in changed] == ["Siobhan"]
    summary = json.loads((tmp_path / "show/builds/s01e01/run_summary.json").read_bytes())
    lines = [item for item in summary["work"] if item["kind"] == "line"]
    assert [item["hit"] for item in lines].count(False) == 1
    assert "Siobhan is at home." in (tmp_path / "show/builds/s01e01/s01e01.srt").read_text()
    assert "shiv" not in (tmp_path / "show/builds/s01e01/s01e01.srt").read_text()


def test_a_service_is_asked_once_and_the_film_lives_from_the_registry(
    tmp_path: Path, command, monkeypatch
) -> None:
    with serving(FakeSpeech(b"")) as service:
        monkeypatch.setenv("SPEECH_API_KEY", service.key)
        project = TINY + f"voice: openai\nspeech: {{base_url: '{service.url}/v1'}}\n"
        episode = make_show(tmp_path / "show", SCRIPT, project)
        assert command("run", episode, "--quiet", "--strict").code == 0
        assert sorted(service.said) == [
            "Nobody is at home.",
            "Siobhan is at home.",
            "Who is that?",
        ]
        voices = {line["speaker_id"]: line["voice"] for line in lines_of(episode)}
        assert len(set(voices.values())) == 2
        assert {line["engine"] for line in lines_of(episode)} == {"openai"}
        film = (tmp_path / "show/builds/s01e01/s01e01.mp4").read_bytes()
        asked = len(service.calls)
    # The service is gone; the film is made again from what was bought.
    shutil.rmtree(tmp_path / "show/builds")
    assert command("run", episode, "--quiet", "--strict").code == 0
    assert (tmp_path / "show/builds/s01e01/s01e01.mp4").read_bytes() == film
    assert asked == 3
    assert not (tmp_path / "show/spend").exists()


def test_espeak_stands_in_until_the_service_is_there(tmp_path: Path, command, monkeypatch) -> None:
    with serving(FakeSpeech(b"")) as service:
        monkeypatch.setenv("SPEECH_API_KEY", "sk-quite-another-key")
        casting = "casting: {mara: {engine: openai, name: nova}}\n"
        project = TINY + casting + f"speech: {{base_url: '{service.url}/v1'}}\n"
        episode = make_show(tmp_path / "show", SCRIPT, project)
        assert command("run", episode, "--quiet", "--strict").code == 6
        (reason,) = reasons_of(episode)
        assert reason.startswith("voices: espeak-ng stands in for 2 of 3 lines (mara-")
        assert "answered 401" in reason
        assert "sk-quite-another-key" not in reason
        assert {line["engine"] for line in lines_of(episode)} == {"espeak-ng"}
        monkeypatch.setenv("SPEECH_API_KEY", service.key)
        assert command("run", episode, "--quiet", "--strict").code == 0
        assert [line["engine"] for line in lines_of(episode)] == ["openai", "espeak-ng", "openai"]
        assert reasons_of(episode) == []


def test_speech_from_outside_needs_money_and_leave(tmp_path: Path, command, monkeypatch) -> None:
    monkeypatch.setenv("SPEECH_API_KEY", "sk-never-sent-anywhere")
    project = TINY + "voice: openai\nspeech: {base_url: 'https://speech.invalid/v1'}\n"
    episode = make_show(tmp_path / "show", SCRIPT, project)
    assert command("run", episode, "--quiet").code == 0
    assert "cost_policy.approval is manual" in reasons_of(episode)[0]
    (tmp_path / "show/project.yaml").write_text(project + "cost_policy: {approval: auto}\n")
    assert command("run", episode, "--quiet").code == 0
    assert "may cost $0.00" in reasons_of(episode)[0]


def recorded(episode: Path, name: str, seconds: float = 1, hertz: int = 440) -> Path:
    path = episode.parents[1] / "assets/voices" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    quiet = np.zeros(RATE // 2, dtype=np.int16)
    write(path, np.concatenate([quiet, tone(seconds, hertz), quiet]))
    return path


def test_recordings_are_used_and_what_is_missing_or_strange_is_named(
    tmp_path: Path, command
) -> None:
    episode = make_show(tmp_path / "show", SCRIPT, TINY + "voice: recorded\n")
    assert command("run", episode, "--quiet").code == 0
    first, _, third = (line["line_id"] for line in lines_of(episode))
    recorded(episode, f"mara/{first}.{words_digest('Siobhan is at home.')}.wav", 2)
    recorded(episode, "tom/nobody_is_at_home.wav", 1)
    recorded(episode, f"mara/{third}.{words_digest('Who was that?')}.wav")
    recorded(episode, "mara/something_else.wav")
    ended = command("run", episode, "--strict")
    assert ended.code == 6
    assert "1 recordings fit no line of this episode: assets/voices/mara/something_else.wav" in (
        ended.err
    )
    (reason,) = reasons_of(episode)
    assert f"1 of 3 lines ({third})" in reason
    assert "says other words than the line" in reason
    lines = lines_of(episode)
    assert [line["engine"] for line in lines] == ["recorded", "recorded", "espeak-ng"]
    # Two seconds of tone, 10 ms before it and 60 ms after it.
    assert abs(lines[0]["duration_samples"] - (2 * RATE + RATE * 70 // 1000)) < 100
    recorded(episode, f"mara/{third}.{words_digest('Who is that?')}.wav")
    assert command("run", episode, "--strict", "--quiet").code == 0
    # A scene before the others, and the same line in another place: the recordings stay theirs.
    moved = "INT. YARD - DAY\n\nTOM\nNobody is at home.\n\n" + SCRIPT.split("\n\n", 1)[1]
    episode.write_text(moved, encoding="utf-8")
    assert command("run", episode, "--strict", "--quiet").code == 0
    assert {line["engine"] for line in lines_of(episode)} == {"recorded"}


def test_a_broken_recording_is_told_and_the_line_still_spoken(tmp_path: Path, command) -> None:
    episode = make_show(tmp_path / "show", SCRIPT, TINY + "casting: {tom: {engine: recorded}}\n")
    broken = recorded(episode, "tom/nobody_is_at_home.wav")
    broken.write_bytes(broken.read_bytes()[:1000])
    assert command("run", episode, "--strict", "--quiet").code == 6
    (reason,) = reasons_of(episode)
    assert "assets/voices/tom/nobody_is_at_home.wav: " in reason
    assert {line["engine"] for line in lines_of(episode)} == {"espeak-ng"}


def test_a_piper_voice_that_is_not_there_is_refused(tmp_path: Path, command) -> None:
    episode = make_show(tmp_path / "show", SCRIPT, TINY + "voice: piper\n")
    ended = command("run", episode)
    assert ended.code == 1
    assert "casting of mara" in ended.err
    casting = "casting: {mara: {engine: piper, name: assets/alba.onnx}}\n"
    (tmp_path / "show/project.yaml").write_text(TINY + casting)
    ended = command("run", episode)
    assert ended.code == 1
    assert "alba.onnx is not there" in ended.err


@pytest.mark.parametrize("kind", ["refuse", "cut"])
def test_one_line_that_fails_leaves_the_others(tmp_path: Path, command, kind) -> None:
    with serving(FakeSpeech(b"", key="")) as service:
        service.faults = [Fault("speak", kind, answer=(400, {}, b"{}"))]
        project = TINY + f"voice: openai\nspeech: {{base_url: '{service.url}/v1'}}\n"
        episode = make_show(tmp_path / "show", SCRIPT, project)
        assert command("run", episode, "--quiet").code == 0
        engines = sorted(line["engine"] for line in lines_of(episode))
        left = "espeak-ng" if kind == "refuse" else "openai"
        assert engines == sorted([left, "openai", "openai"])


PROGRAM = "from orchestrator.cli.main import run_program; run_program()"
PAID = "cost_policy: {approval: auto, max_run_budget_cents: 100}\n"


def elevenlabs(service: FakeElevenLabs, policy: str = PAID) -> str:
    voices = f"voices: [{', '.join(service.voices)}]"
    setup = (
        f"elevenlabs: {{base_url: '{service.url}', {voices}, microusd_per_1000_chars: 300000}}\n"
    )
    return TINY + "voice: elevenlabs\n" + setup + policy


def booked(episode: Path) -> list[tuple[str, int]]:
    jobs = Ledger(episode.parents[1]).book().jobs.values()
    return [(job.standing, job.amount_microusd) for job in jobs]


def test_elevenlabs_is_paid_once_for_a_line(tmp_path: Path, command, eleven) -> None:
    episode = make_show(tmp_path / "show", SCRIPT, elevenlabs(eleven))
    assert command("run", episode, "--quiet", "--strict").code == 0
    assert sorted(eleven.said) == ["Nobody is at home.", "Siobhan is at home.", "Who is that?"]
    assert {line["engine"] for line in lines_of(episode)} == {"elevenlabs"}
    assert len({line["voice"] for line in lines_of(episode)}) == 2
    # 0.3 thousandths of a dollar a character, which the service counts itself.
    assert sorted(booked(episode)) == [("settled", 3_600), ("settled", 5_400), ("settled", 5_700)]
    assert command("run", episode, "--quiet", "--strict").code == 0
    shutil.rmtree(tmp_path / "show/builds")
    assert command("run", episode, "--quiet", "--strict").code == 0
    assert len(eleven.calls) == 3
    episode.write_text(SCRIPT.replace("Who is that?", "Who was that?"), encoding="utf-8")
    assert command("run", episode, "--quiet", "--strict").code == 0
    assert eleven.said[3:] == ["Who was that?"]
    assert len(booked(episode)) == 4


def test_the_account_of_a_run_says_what_its_speech_cost(tmp_path: Path, command, eleven) -> None:
    episode = make_show(tmp_path / "show", SCRIPT, elevenlabs(eleven))
    made = command("run", episode, "--json").json
    assert (made["external_operations"], made["spend_settled_microusd"]) == (3, 14_700)
    again = command("run", episode, "--json").json
    assert (again["external_operations"], again["spend_settled_microusd"]) == (0, 0)
    # An upgrade that finds a changed line buys that too, in the same run.
    episode.write_text(SCRIPT.replace("Who is that?", "Who was that?"), encoding="utf-8")
    build = episode.parents[1] / "builds" / "s01e01"
    ended = command("upgrade", build, "--worst", "1", "--json")
    assert ended.code == 0, ended.err
    counted = ended.json["external_operations"], ended.json["spend_settled_microusd"]
    assert counted == (1, 3_900)


def test_elevenlabs_needs_a_key_leave_and_money(
    tmp_path: Path, command, eleven, monkeypatch
) -> None:
    episode = make_show(tmp_path / "show", SCRIPT, elevenlabs(eleven, ""))
    settings = tmp_path / "show/project.yaml"
    for policy, key, says in (
        (PAID, "", "ELEVENLABS_API_KEY is not set"),
        ("", eleven.key, "all lines together are put down for $0.02"),
        ("cost_policy: {approval: auto}\n", eleven.key, "the run may cost $0.00"),
    ):
        monkeypatch.setenv("ELEVENLABS_API_KEY", key)
        settings.write_text(elevenlabs(eleven, policy))
        assert command("run", episode, "--quiet", "--strict").code == 6
        assert says in reasons_of(episode)[0]
    assert eleven.calls == []
    assert booked(episode) == []
    # A key in the show's own file is as good as one in the environment.
    (tmp_path / "show/.env").write_text(f"ELEVENLABS_API_KEY={eleven.key}\n")
    monkeypatch.delenv("ELEVENLABS_API_KEY")
    settings.write_text(elevenlabs(eleven))
    assert command("run", episode, "--quiet", "--strict").code == 0


def test_a_voice_has_to_be_named_for_elevenlabs(tmp_path: Path, command, eleven) -> None:
    eleven.voices = ()
    episode = make_show(tmp_path / "show", SCRIPT, elevenlabs(eleven))
    ended = command("run", episode, "--quiet")
    assert ended.code == 1
    assert "no voice of elevenlabs is named" in ended.err


def test_espeak_stands_in_for_a_lost_line_until_it_is_released(
    tmp_path: Path, command, eleven
) -> None:
    episode = make_show(tmp_path / "show", SCRIPT, elevenlabs(eleven))
    eleven.faults = [Fault("speak", "drop")]
    for _ in range(2):
        assert command("run", episode, "--quiet", "--strict").code == 6
        (reason,) = reasons_of(episode)
        assert "espeak-ng stands in for 1 of 3 lines" in reason
    assert "is not bought again until `pipeline spend release" in reason
    assert len(eleven.calls) == 3
    assert [each for each, _ in booked(episode)].count("unknown") == 1
    name = reason.split("spend release ")[1].split("`")[0]
    assert command("spend", "release", name, "--show", tmp_path / "show").code == 0
    assert command("run", episode, "--quiet", "--strict").code == 0
    assert len(eleven.calls) == 4


def test_a_run_killed_while_a_line_is_spoken_does_not_buy_it_again(
    tmp_path: Path, command, eleven
) -> None:
    script = "Title: One\n\nINT. HALL - DAY\n\nMARA\nWho is that?\n"
    episode = make_show(tmp_path / "show", script, elevenlabs(eleven))
    eleven.faults = [Fault("speak", "hang")]
    run = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "run", str(episode), "--quiet"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )
    assert eleven.asked.wait(60)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    assert [each for each, _ in booked(episode)] == ["sending"]
    assert command("run", episode, "--quiet", "--strict").code == 6
    assert "an earlier run ended before the line was kept" in reasons_of(episode)[0]
    assert len(eleven.calls) == 1


def test_verify_buys_no_line_again_and_leaves_the_ledger_alone(
    tmp_path: Path, command, eleven
) -> None:
    episode = make_show(tmp_path / "show", SCRIPT, elevenlabs(eleven))
    assert command("run", episode, "--quiet").code == 0
    ledger = tmp_path / "show/spend/ledger.jsonl"
    # As a run leaves it that is still at work: put aside, and not sent yet.
    wanted = Reservation("j1", "runway", "s1", "w1", 5, {"episode": "s01e01"})
    Ledger(tmp_path / "show").reserve("r1", [wanted], Caps(None, None))
    before = ledger.read_bytes()
    ended = command("verify", episode, "--update")
    assert ended.code == 1
    assert "3 of its 3 lines are spoken by a service that is paid and" in ended.err
    assert not (tmp_path / "show/pipeline.lock.json").exists()
    assert (len(eleven.calls), ledger.read_bytes()) == (3, before)
