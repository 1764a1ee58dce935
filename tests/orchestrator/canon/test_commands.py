"""`pipeline canon` as a person types it, on shows without a film."""

import json
import os
import shutil
import signal
import subprocess

import pytest

from orchestrator.canon.proposals import Proposals
from orchestrator.canon.reconcile import reconcile
from orchestrator.canon.store import canon_at
from tests.canon.build import claims
from tests.orchestrator.conftest import TINY
from tests.orchestrator.show_on_disk import make_show
from tests.torture.faults import Fault, install

ONE = "INT. HALL - DAY\n\nMARA\nHello.\n\n[[canon: mara.mood -> calm]]\n"
GLAD = ONE.replace("calm", "glad")
TWO = (
    "INT. HALL - DAY\n\n[[canon: mara.mood -> angry]]\n\nMARA\nGo.\n\n[[canon: mara.hair = red]]\n"
)
BAD = (
    "INT. HALL - DAY\n\n[[canon: mara.age = 20]]\n\nMARA\nHello.\n\n"
    "EXT. PIER - DAY\n\n[[canon: jonas.status = alive]]\n\nJONAS\nHello.\n"
)


@pytest.fixture
def show(tmp_path):
    folder = tmp_path / "show"
    make_show(folder, script=ONE, project=TINY)
    make_show(folder, script=TWO, project=TINY, name="s01e02")
    (folder / "canon").mkdir()
    seed = {"mara": {"age": "34", "mood": "sad"}, "jonas": {"status": "dead"}}
    (folder / "canon" / "canon.json").write_text(json.dumps(seed))
    return folder


def episode(show, name="s01e01"):
    return show / "episodes" / f"{name}.fountain"


def apply(command, show, *names):
    for name in names:
        assert command("canon", "propose", episode(show, name)).code == 0
        assert command("canon", "apply", name, "--show", show).code == 0


def holding(show):
    return claims(canon_at(show).head())


def files(show):
    return sorted(p.relative_to(show).as_posix() for p in show.rglob("*") if p.is_file())


def test_check_tells_everything_at_once_and_writes_nothing(command, show):
    episode(show).write_text(BAD)
    before = files(show)
    ended = command("canon", "check", episode(show))
    assert ended.code == 5
    lines = [row for row in ended.out.splitlines() if row.startswith("episodes/")]
    assert [row.split(": ")[:2] for row in lines] == [
        ["episodes/s01e01.fountain:3", "age"],
        ["episodes/s01e01.fountain:10", "resurrection"],
        ["episodes/s01e01.fountain:12", "life_and_death"],
    ]
    assert ended.out.count("evidence: canon says ") == 3
    assert ended.out.count("repair: ") == 3
    assert ended.out.splitlines()[-1].startswith("s01e01: blocked; ")
    answer = command("canon", "check", episode(show), "--json")
    assert (answer.code, answer.json["gate"], len(answer.json["findings"])) == (5, "blocked", 3)
    assert files(show) == before


def test_check_passes_what_agrees_and_refuses_what_is_no_screenplay(command, show, tmp_path):
    ended = command("canon", "check", episode(show))
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == (
        "nothing in s01e01 contradicts canon\ns01e01: passed; 2 added, 1 changed\n"
    )
    assert command("canon", "check", tmp_path / "none.fountain").code == 1
    lone = tmp_path / "lone.fountain"
    lone.write_text(ONE)
    assert command("canon", "check", lone).code == 0


def test_a_proposal_waits_and_becomes_true_when_applied(command, show):
    ended = command("canon", "propose", episode(show))
    assert ended.code == 0
    assert "~ mara.mood = calm (was sad)" in ended.out
    (file,) = (show / "canon" / "proposals").iterdir()
    assert f"`pipeline canon apply canon/proposals/{file.name}`" in ended.err
    assert holding(show) == ["jonas.status = dead", "mara.age = 34", "mara.mood = sad"]
    assert (
        command("canon", "diff", "--show", show).out
        == command("canon", "diff", "s01e01", "--show", show).out
    )
    waiting = command("canon", "log", "--show", show, "--json").json["waiting"]
    assert [each["episode"] for each in waiting] == ["s01e01"]

    applied = command("canon", "apply", file)
    assert applied.code == 0, applied.err
    assert applied.out == "s01e01: 2 added, 1 changed; the truth now holds 6 facts\n"
    assert "mara.mood = calm" in holding(show)
    assert not file.exists()
    assert command("canon", "diff", "--show", show).out == "nothing waits for a decision\n"
    again = command("canon", "propose", episode(show), "--json")
    assert (again.code, again.json["file"]) == (0, "")
    nothing = command("canon", "apply", "s01e01", "--show", show)
    assert (nothing.code, "is no waiting diff" in nothing.err) == (1, True)


def test_a_contradiction_is_not_proposed(command, show):
    episode(show).write_text(BAD)
    ended = command("canon", "propose", episode(show))
    assert (ended.code, ended.out) == (5, "")
    assert "contradicts canon, so nothing is proposed" in ended.err
    assert "life_and_death" in ended.err
    assert not (show / "canon" / "proposals").exists()


def test_a_proposal_can_go_to_a_file_of_ones_own(command, show, tmp_path):
    out = tmp_path / "mine.json"
    assert command("canon", "propose", episode(show), "--out", out).code == 0
    assert not (show / "canon" / "proposals").exists()
    assert command("canon", "apply", out, "--show", show).code == 0
    assert "mara.mood = calm" in holding(show)


def test_a_rejected_diff_is_kept_as_rejected(command, show):
    command("canon", "propose", episode(show))
    ended = command("canon", "reject", "s01e01", "--show", show, "--by", "Ada", "--note", "no")
    assert (ended.code, ended.out.startswith("what s01e01 makes true: rejected by Ada")) == (
        0,
        True,
    )
    assert list((show / "canon" / "proposals").iterdir()) == []
    assert len(list((show / ".pipeline" / "approvals").iterdir())) == 1
    # A show that asks nobody hears this all the same.
    run = command("run", episode(show), "-q")
    assert run.code == 1
    assert "Ada turned down" in run.err
    assert "mara.mood = sad" in holding(show)


def test_what_is_true_already_cannot_be_rejected_but_taken_back(command, show, tmp_path):
    out = tmp_path / "mine.json"
    command("canon", "propose", episode(show), "--out", out)
    apply(command, show, "s01e01")
    ended = command("canon", "reject", out, "--show", show, "--by", "Ada")
    assert (ended.code, "`pipeline canon revert s01e01`" in ended.err) == (1, True)
    apply(command, show, "s01e02")
    back = command("canon", "revert", "s01e01", "--show", show)
    assert back.code == 0
    assert back.out.startswith("s01e01: taken back: 2 added, 1 changed; ")
    assert "mara.mood = angry" in holding(show)
    assert "hall.name = HALL" not in holding(show)
    rows = command("canon", "log", "--show", show).out.splitlines()
    assert "  s01e01: taken back: 2 added, 1 changed" in rows[0]
    again = command("canon", "revert", "s01e01", "--show", show)
    assert again.code == 1
    assert command("canon", "log", "--verify", "--show", show).code == 0


def test_a_show_that_asks_applies_nothing_without_a_name(command, show):
    project = show / "project.yaml"
    project.write_text(project.read_text() + "human_checkpoints: {approve_canon_diff: true}\n")
    command("canon", "propose", episode(show))
    refused = command("canon", "apply", "s01e01", "--show", show)
    assert (refused.code, "nobody gave it" in refused.err) == (1, True)
    assert "mara.mood = sad" in holding(show)
    assert command("canon", "apply", "s01e01", "--show", show, "--by", "Ada").code == 0
    assert "mara.mood = calm" in holding(show)
    (kept,) = (show / ".pipeline" / "approvals").iterdir()
    assert b'"approver_id":"Ada"' in kept.read_bytes()


def test_the_truth_at_another_point_of_the_story(command, show):
    apply(command, show, "s01e01", "s01e02")
    for at, mood in (("s01e01", "sad"), ("s01e02", "calm"), ("s01e03", "angry"), ("head", "angry")):
        found = command("canon", "show", "mara", "--at", at, "--show", show, "--json").json
        held = [f for f in found["facts"] if f["valid_until"] is None]
        assert {f["value"] for f in held if f["attribute"] == "mood"} == {mood}, at
    rows = command("canon", "log", "--show", show).out.splitlines()
    assert [row.split()[0].split("-")[0] for row in rows] == ["0003", "0002", "0001"]
    by_digest = rows[1].split()[0].split("-")[1]
    for name in ("0002", "2", by_digest):
        assert "mood = calm" in command("canon", "show", "--at", name, "--show", show).out
    wrong = command("canon", "show", "--at", "nonsense", "--show", show)
    assert (wrong.code, "`pipeline canon log`" in wrong.err) == (1, True)


def test_the_difference_of_two_points_in_a_writers_terms(command, show):
    apply(command, show, "s01e01", "s01e02")
    told = command("canon", "diff", "s01e02", "head", "--show", show).out.splitlines()
    since = "since s01e02, scene int_hall_day, episodes/s01e02.fountain"
    assert told == [
        f"+ mara.hair = red, {since}:8",
        f"~ mara.mood = angry (was calm), {since}:3",
    ]
    back = command("canon", "diff", "head", "0001", "--show", show).out
    assert "- mara.hair = red" in back
    assert command("canon", "diff", "0002", "0002", "--show", show).out == "no change\n"
    pairs = command("canon", "diff", "s01e02", "head", "--show", show, "--json").json
    assert [(p["before"] or {}).get("value") for p in pairs] == [None, "calm"]
    assert [p["after"]["value"] for p in pairs] == ["red", "angry"]


def test_export_and_import_carry_a_canon_into_another_show(command, show, tmp_path):
    apply(command, show, "s01e01")
    out = tmp_path / "canon.json"
    assert command("canon", "export", "--out", out, "--show", show).code == 0
    exported = json.loads(out.read_bytes())
    assert (exported["schema"], exported["show"]) == ("CanonSnapshot/1.1.0", "test")
    other = tmp_path / "other"
    make_show(other, project="id: sequel\n")
    foreign = command("canon", "import", out, "--show", other)
    assert (foreign.code, "--adopt" in foreign.err) == (1, True)
    assert (
        command("canon", "import", out, "--adopt", "--show", other).out == "6 new facts in "
        "canon/canon.json\n"
    )
    assert holding(other) == holding(show)
    assert command("canon", "import", out, "--adopt", "--show", other).out == "nothing new\n"


def test_a_plain_export_is_what_a_writer_types(command, show, tmp_path):
    text = command("canon", "export", "--plain", "--show", show).out
    assert json.loads(text) == {
        "jonas": {"status": "dead"},
        "mara": {"age": "34", "mood": "sad"},
    }
    other = tmp_path / "other"
    make_show(other, project=TINY)
    (tmp_path / "plain.json").write_text(text)
    assert command("canon", "import", tmp_path / "plain.json", "--show", other).code == 0
    assert json.loads((other / "canon" / "canon.json").read_text()) == json.loads(text)


def test_an_import_that_clashes_names_everything_and_writes_nothing(command, show, tmp_path):
    file = tmp_path / "more.yaml"
    file.write_text("mara: {age: 35, mood: sad, hair: red}\njonas: {status: alive}\n")
    before = (show / "canon" / "canon.json").read_bytes()
    ended = command("canon", "import", file, "--show", show)
    assert ended.code == 1
    assert (
        "mara.age = 35, and here it is 34; jonas.status = alive, and here it is dead" in ended.err
    )
    assert (show / "canon" / "canon.json").read_bytes() == before
    file.write_text("mara: {hair: red}\n")
    assert command("canon", "import", file, "--show", show).out.startswith("1 new fact")
    assert "mara.hair = red" in holding(show)


def test_a_snapshot_of_another_tenant_is_never_taken_over(command, show, tmp_path):
    snapshot = command("canon", "export", "--show", show).json | {"tenant": "rival"}
    (tmp_path / "rival.json").write_text(json.dumps(snapshot))
    ended = command("canon", "import", tmp_path / "rival.json", "--adopt", "--show", show)
    assert (ended.code, "never taken over" in ended.err) == (1, True)


def git(folder, *arguments):
    named = ("-c", "user.name=w", "-c", "user.email=w@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *named, *arguments], cwd=folder, capture_output=True, check=False)


@pytest.fixture
def merging(command, show):
    """Two writers' branches, merged by git with a conflict in HEAD; `hers` has episode two."""

    def merge(mine=GLAD, hers=TWO):
        (show / ".gitignore").write_text(".pipeline/\ncanon/.lock\n")
        apply(command, show, "s01e01")
        for arguments in (("init", "-b", "main"), ("add", "."), ("commit", "-m", "one")):
            assert git(show, *arguments).returncode == 0
        git(show, "checkout", "-b", "hers")
        episode(show, "s01e02").write_text(hers)
        apply(command, show, "s01e02")
        git(show, "add", ".")
        git(show, "commit", "-m", "two")
        git(show, "checkout", "main")
        episode(show).write_text(mine)
        apply(command, show, "s01e01")
        git(show, "add", ".")
        git(show, "commit", "-m", "one again")
        assert (
            b"CONFLICT (content): Merge conflict in canon/HEAD" in git(show, "merge", "hers").stdout
        )
        return show

    return merge


def test_branches_of_writers_merged_by_git(command, merging):
    show = merging()
    for arguments in (("show",), ("log",), ("propose", episode(show)), ("check", episode(show))):
        where = () if len(arguments) > 1 else ("--show", show)
        told = command("canon", *arguments, *where)
        assert (told.code, "holds an unfinished merge of 0003-" in told.err) == (1, True)
        assert "`pipeline canon merge`" in told.err
    merged = command("canon", "merge", "--show", show)
    assert merged.code == 0, merged.err
    assert merged.out.splitlines()[1:] == ["s01e02: waits, `pipeline canon apply s01e02`"]
    assert "mara.mood = glad" in holding(show)
    assert command("canon", "apply", "s01e02", "--show", show).code == 0
    assert "mara.mood = angry" in holding(show)
    assert "mara.hair = red" in holding(show)
    assert command("canon", "log", "--verify", "--show", show).code == 0
    again = command("canon", "merge", "--show", show, "--json")
    assert (again.code, again.json["head"]) == (0, None)


def test_a_head_that_was_settled_by_hand_still_loses_nothing(command, merging):
    show = merging()
    head = show / "canon" / "HEAD"
    ours = head.read_text().splitlines()[1]
    head.write_text(ours + "\n")
    told = command("canon", "check", episode(show))
    assert (told.code, "(s01e02) is not part of the truth" in told.err) == (1, True)
    assert command("canon", "merge", "--show", show).code == 0
    assert [d["episode"] for d in command("canon", "diff", "--show", show, "--json").json] == [
        "s01e02"
    ]


def test_the_other_side_can_be_kept(command, merging):
    show = merging()
    theirs = (show / "canon" / "HEAD").read_text().splitlines()[3].removeprefix("snapshots/")
    merged = command("canon", "merge", "--keep", theirs.removesuffix(".json"), "--show", show)
    assert merged.code == 0
    assert merged.out.splitlines() == [
        f"the truth goes on from {theirs}",
        "s01e01: waits, `pipeline canon apply s01e01`",
    ]
    assert command("canon", "apply", "s01e01", "--show", show).code == 0
    assert command("canon", "merge", "--keep", "9999", "--show", show).code == 1
    assert command("canon", "log", "--verify", "--show", show).code == 0


def test_branches_that_contradict_each_other_are_told_and_not_joined(command, merging):
    show = merging(mine=ONE + "\n[[canon: mara.status = dead]]\n")
    merged = command("canon", "merge", "--show", show)
    assert merged.code == 5
    assert "s01e02: contradicts canon, so nothing is proposed" in merged.out
    assert "MARA speaks here, but mara is dead" in merged.out
    assert "mara.status = dead" in holding(show)
    # What her branch said still waits as it was made, and cannot be applied as it is.
    assert command("canon", "apply", "s01e02", "--show", show).code == 1


def test_a_merge_that_is_killed_at_any_write_goes_on(command, merging, tmp_path):
    show = merging()

    def killed(folder, fault):
        process = os.fork()
        if process == 0:
            code = 3
            try:
                install(fault)
                reconcile(canon_at(folder))
                code = fault.seen if fault.how == "count" else 0
            finally:
                os._exit(code)
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])

    shutil.copytree(show, tmp_path / "counted")
    writes = killed(tmp_path / "counted", Fault("count"))
    assert writes > 10
    for step in range(1, writes + 1):
        copy = tmp_path / f"killed-{step}"
        shutil.copytree(show, copy)
        assert killed(copy, Fault("kill", step)) == -signal.SIGKILL
        reconcile(canon_at(copy))
        (diff,) = Proposals(canon_at(copy)).all()
        assert diff.episode == "s01e02"
        assert "mara.mood = glad" in holding(copy)
        assert canon_at(copy).rebuilt() == canon_at(copy).log()


def test_a_changed_proposal_is_named_and_the_way_out_works(command, show):
    command("canon", "propose", episode(show))
    (file,) = (show / "canon" / "proposals").iterdir()
    file.chmod(0o644)
    file.write_bytes(file.read_bytes().replace(b"calm", b"glad"))
    for arguments in (
        ("check", episode(show, "s01e02")),
        ("propose", episode(show, "s01e02")),
        ("log", "--show", show),
        ("apply", file),
    ):
        ended = command("canon", *arguments)
        assert ended.code == 1, arguments
        assert "delete it, and run its episode again" in ended.err
    assert "mara.mood = sad" in holding(show)
    file.unlink()
    assert command("canon", "check", episode(show, "s01e02")).code == 0


def test_a_proposals_folder_that_leads_out_of_the_show_is_refused(command, show, tmp_path):
    (tmp_path / "outside").mkdir()
    (show / "canon" / "proposals").symlink_to(tmp_path / "outside")
    ended = command("canon", "propose", episode(show))
    assert (ended.code, "lies outside the show" in ended.err) == (1, True)
    assert list((tmp_path / "outside").iterdir()) == []
