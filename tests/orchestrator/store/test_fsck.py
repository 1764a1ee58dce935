import json
import os
import shutil

import pytest

from orchestrator.store.fsck import check, repair
from orchestrator.store.memo import Made, Memo, Product, Work
from orchestrator.store.registry import RecordOrigin, Registry
from orchestrator.store.sealed import read_sealed, write_sealed
from schemas.project import Project
from tests.orchestrator.show_on_disk import digests, make_show, pipeline

SMALL = "voice: none\nformat: {width: 160, height: 90}\n"


@pytest.fixture
def show(finished):
    return finished


@pytest.fixture
def registry(tmp_path):
    made = Registry(tmp_path)
    made.prepare()
    return made


def work(name="a", **inputs):
    return Work("stage", name, name, 1, inputs)


def make(registry, name, content, references=(), **inputs):
    """One piece of work with one output; returns the output's digest."""
    memo = Memo(registry, {}, lambda item: None)
    made = Made({"artifact": Product(content, "text", references=references)})
    return memo.remember(work(name, **inputs), lambda folder: made).outputs["artifact"]


def chain(registry):
    """screenplay → script → film, where the film also uses a font that is no blob."""
    source = registry.blobs.put_bytes(b"INT. ROOM")
    registry.record(source, RecordOrigin("screenplay", "", (), {"name": "write"}))
    script = make(registry, "read_script", b"script", screenplay=source)
    film = make(registry, "film", b"film", (script,), script=script, font="f" * 64)
    return source, script, film


def kinds(checkup):
    return sorted(finding.kind for finding in checkup.findings)


def overwrite(path, data):
    path.chmod(0o644)
    path.write_bytes(data)


def test_a_finished_show_is_healthy(show):
    ended = pipeline("fsck", show)
    assert ended.code == 0, ended.out
    assert ended.out.splitlines()[-1] == "healthy"
    found = pipeline("fsck", show, "--json").json
    assert found["findings"] == []
    assert found["healthy"]
    assert found["blobs"] > 15
    # Every spoken line, shot, artifact and film has a record, and each record a blob.
    records = list((show / ".pipeline" / "records").rglob("*.json"))
    assert len(records) == found["blobs"]


def test_a_show_that_never_ran_is_healthy(tmp_path):
    make_show(tmp_path / "show")
    assert pipeline("fsck", tmp_path / "show").code == 0
    assert pipeline("fsck", tmp_path / "show", "--repair").code == 0


def test_no_show_is_said(tmp_path):
    ended = pipeline("fsck", tmp_path)
    assert ended.code == 1
    assert "not inside a show" in ended.err


def test_parents_that_were_never_blobs_are_no_fault(registry):
    _, script, film = chain(registry)
    assert check(registry).findings == ()
    record = registry.read_record(film)
    assert record["outside"] == {"font": "f" * 64}
    assert record["parents"] == sorted([script, "f" * 64])


@pytest.mark.parametrize("part", ["blobs", "records", "memo"])
def test_damage_is_found_and_mended_and_the_film_is_the_same(show, part):
    build = show / "builds" / "s01e01"
    before = digests(build)
    files = sorted(p for p in (show / ".pipeline" / part).rglob("*") if p.is_file())
    for path in files[:: max(1, len(files) // 6)]:
        data = path.read_bytes()
        overwrite(path, data[:-1] + bytes([data[-1] ^ 1]))
    found = pipeline("fsck", show, "--json")
    assert found.code == 1
    told = {f["path"] for f in found.json["findings"] if f["kind"] == "damaged"}
    assert told == {p.relative_to(show).as_posix() for p in files[:: max(1, len(files) // 6)]}
    mended = pipeline("fsck", show, "--repair")
    assert mended.code == 0, mended.out
    assert "all mended" in mended.out
    assert pipeline("fsck", show).code == 0
    for name in before:
        (build / name).unlink()
    assert pipeline("resume", build).code == 0
    assert digests(build) == before
    assert pipeline("fsck", show).code == 0


def test_a_check_changes_nothing(registry):
    _, script, _ = chain(registry)
    overwrite(registry.blobs.path(script), b"scripT")
    overwrite(next((registry.root / "memo").rglob("*.json")), b"nonsense")
    before = {p: p.read_bytes() for p in registry.root.rglob("*") if p.is_file()}
    assert {"damaged"} <= set(kinds(check(registry)))
    assert {p: p.read_bytes() for p in registry.root.rglob("*") if p.is_file()} == before


def test_a_missing_blob_takes_its_record_and_memo_with_it(registry):
    _, script, film = chain(registry)
    registry.blobs.path(script).unlink()
    assert kinds(check(registry)) == ["blob-missing", "lineage", "result-lost", "result-lost"]
    _, after = repair(registry)
    assert after.findings == ()
    assert registry.read_record(script) is None
    assert registry.read_memo(work("film", script=script, font="f" * 64).key()) is None
    assert registry.blobs.read(film) == b"film"
    assert registry.read_record(film)["outside"][f"lost {script[:12]}"] == script


def test_a_missing_record_is_written_again_from_the_memo(registry):
    _, script, film = chain(registry)
    whole = {d: registry.read_record(d) for d in (script, film)}
    for digest in whole:
        registry.record_path(digest).unlink()
    assert kinds(check(registry)) == ["unrecorded", "unrecorded"]
    repair(registry)
    for digest, record in whole.items():
        again = registry.read_record(digest)
        assert again | {"created_at": ""} == record | {"created_at": ""}


def test_a_source_without_record_gets_its_name_back(registry):
    source, _, _ = chain(registry)
    registry.record_path(source).unlink()
    repair(registry)
    assert registry.read_record(source)["kind"] == "screenplay"


def test_an_orphan_is_kept_and_named(registry):
    orphan = registry.blobs.put_bytes(b"nobody's")
    assert kinds(check(registry)) == ["unrecorded"]
    _, after = repair(registry)
    assert after.findings == ()
    assert registry.blobs.read(orphan) == b"nobody's"
    assert registry.read_record(orphan)["kind"] == "unknown"


def test_a_memo_entry_under_another_key_is_not_believed(registry):
    _, script, _ = chain(registry)
    entries = sorted((registry.root / "memo").rglob("*.json"))
    overwrite(entries[0], entries[1].read_bytes())
    assert kinds(check(registry)) == ["damaged"]
    for entry in entries:
        key = entry.parent.name + entry.stem
        found = registry.read_memo(key)
        assert found is None or found["key"] == key
    assert script


def test_a_record_of_another_blob_is_not_believed(registry):
    _, script, film = chain(registry)
    overwrite(registry.record_path(film), registry.record_path(script).read_bytes())
    assert kinds(check(registry)) == ["damaged", "unrecorded"]
    repair(registry)
    assert registry.read_record(film)["operation"]["name"] == "film"


def test_a_head_whose_run_is_gone_goes_back_to_the_run_before(registry):
    def run(number):
        name = f"run-{number}"
        summary = {"run_id": name, "episode": "e1", "started_at": f"2026-01-0{number}"}
        registry.write_run(name, "e1", {"summary": summary, "accounts": {}})

    run(1)
    run(2)
    (registry.root / "runs" / "run-2.json").unlink()
    assert kinds(check(registry)) == ["run-lost"]
    repair(registry)
    assert registry.latest_run("e1")["summary"]["run_id"] == "run-1"
    (registry.root / "runs" / "run-1.json").unlink()
    repair(registry)
    assert registry.episodes() == []


def test_leftovers_of_dead_processes_are_cleared(registry):
    chain(registry)
    (registry.root / "tmp" / "work-x").mkdir()
    (registry.root / "tmp" / "work-x" / "clip.mp4").write_bytes(b"half a clip")
    (registry.root / "memo" / ".ab.json.12345678.tmp").write_bytes(b"half")
    build = registry.root.parent / "builds" / "e1"
    build.mkdir(parents=True)
    (build / ".e1.mp4.12345678.tmp").write_bytes(b"half a film")
    (build / "notes.tmp").write_text("a person's own")
    assert kinds(check(registry)) == ["leftover"] * 3
    _, after = repair(registry)
    assert after.findings == ()
    assert [p.name for p in build.iterdir()] == ["notes.tmp"]
    assert list((registry.root / "tmp").iterdir()) == []


def test_what_was_put_aside_and_strangers_are_told_but_are_no_fault(registry):
    _, script, _ = chain(registry)
    overwrite(registry.blobs.path(script), b"scripT")
    repair(registry)
    (registry.root / "blobs" / "Thumbs.db").write_bytes(b"x")
    found = check(registry)
    assert found.findings == ()
    assert found.put_aside == 1
    assert found.strangers == (".pipeline/blobs/Thumbs.db",)
    ended = pipeline("fsck", registry.root.parent)
    assert ended.code == 0
    assert "1 damaged files lie put aside" in ended.out


def test_a_missing_view_costs_nothing(show):
    shutil.rmtree(show / ".pipeline" / "views")
    assert pipeline("fsck", show).code == 0


def test_other_shapes_with_a_right_checksum_are_damage(registry):
    _, script, _ = chain(registry)
    write_sealed(registry.record_path(script), {"digest": script})
    write_sealed(registry.root / "runs" / "run-1.json", {"summary": 3})
    assert "damaged" in kinds(check(registry))
    _, after = repair(registry)
    assert after.findings == ()


def test_a_damaged_record_is_replaced_when_its_blob_is_made_again(registry):
    digest = registry.blobs.put_bytes(b"x")
    origin = RecordOrigin("text", "", (), {"name": "test"})
    registry.record(digest, origin)
    overwrite(registry.record_path(digest), b"nonsense")
    registry.record(digest, origin)
    assert registry.read_record(digest)["kind"] == "text"


def test_a_record_follows_the_latest_making(registry):
    first = make(registry, "a", b"same", script="1" * 64)
    second = make(registry, "b", b"same", script="2" * 64)
    assert first == second
    assert registry.read_record(first)["parents"] == ["2" * 64]


def test_an_unreadable_file_is_damage_that_can_be_put_aside(registry):
    _, script, _ = chain(registry)
    path = registry.blobs.path(script)
    path.unlink()
    path.mkdir()
    with pytest.raises(Exception, match="damaged"):
        registry.blobs.read(script)
    assert not path.exists()


def test_artifacts_are_recorded_with_their_schema(registry):
    digest = make(registry, "settings", Project.create(id="x"))
    assert registry.read_record(digest)["schema"] == Project.SCHEMA
    registry.record_path(digest).unlink()
    repair(registry)
    assert registry.read_record(digest)["schema"] == Project.SCHEMA


def test_a_read_only_look_at_a_sealed_file_leaves_it(registry):
    path = registry.root / "x.json"
    write_sealed(path, {"a": 1})
    assert read_sealed(path) == {"a": 1}
    overwrite(path, path.read_bytes()[:-1])
    assert read_sealed(path) is None
    assert not path.exists()
    assert [p.suffix for p in registry.root.glob("x.json.*")] == [".bad"]


def test_the_answer_for_programs_names_every_finding(registry, tmp_path):
    _, script, _ = chain(registry)
    registry.record_path(script).unlink()
    ended = pipeline("fsck", tmp_path, "--json")
    assert ended.code == 1
    found = json.loads(ended.out)
    name = os.path.relpath(registry.blobs.path(script), tmp_path)
    assert found["findings"] == [
        {
            "kind": "unrecorded",
            "path": name,
            "problem": "no record says what it is",
            "remedy": "record written",
        }
    ]
    assert not found["healthy"]
    mended = json.loads(pipeline("fsck", tmp_path, "--repair", "--json").out)
    assert (mended["healthy"], mended["repaired"]) == (True, True)
