from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from canon.gate import check_episode
from orchestrator.canon.store import CanonStore, Owner
from schemas.canon import CanonDiff, CanonSnapshot
from schemas.documents import read_document
from schemas.errors import GateBlocked, PipelineError
from tests.canon.build import claims, script
from tests.orchestrator.show_on_disk import ROOT
from tests.torture.faults import Fault, How, install


def check(store: CanonStore, text: str, episode: str) -> CanonDiff:
    return check_episode(script(text, episode), episode, store.head())


def run(store: CanonStore, text: str, episode: str = "s01e01") -> CanonSnapshot:
    return store.apply(check(store, text, episode))


def seed(show: Path, content: object, name: str = "canon.json") -> CanonStore:
    folder = show / "canon"
    folder.mkdir(exist_ok=True)
    text = content if isinstance(content, str) else json.dumps(content)
    (folder / name).write_text(text, encoding="utf-8")
    return CanonStore(show)


def refused(store: CanonStore) -> PipelineError:
    with pytest.raises(PipelineError) as raised:
        store.head()
    return raised.value


def test_a_show_without_canon_has_an_empty_one_and_reading_writes_nothing(tmp_path: Path) -> None:
    store = CanonStore(tmp_path)
    assert store.head() == CanonSnapshot.create(facts=())
    assert store.log() == ()
    assert list(tmp_path.iterdir()) == []


def test_an_applied_diff_moves_the_head_and_leaves_readable_files(tmp_path: Path) -> None:
    store = seed(tmp_path, {"mara": {"status": "alive"}})
    diff = check(store, "INT. HALL - DAY\nmara.status = dead", "s01e01")
    after = store.apply(diff)
    assert claims(after) == ["hall.name = HALL", "mara.status = dead"]
    assert CanonStore(tmp_path).head() == after
    name = f"0002-{after.digest()[:12]}.json"
    assert (tmp_path / "canon/HEAD").read_text() == f"snapshots/{name}\n"
    stored = tmp_path / "canon/snapshots" / name
    assert json.loads(stored.read_text())["parent"] == after.parent
    assert stored.stat().st_mode & 0o777 == 0o444
    kept = sorted(path.name for path in (tmp_path / "canon/diffs").iterdir())
    own = store.log()[1].applied_diff
    assert own is not None
    assert kept == [f"own-{own[:12]}.json", f"s01e01-{diff.digest()[:12]}.json"]


def test_the_log_is_the_chain_newest_first_with_what_caused_each(tmp_path: Path) -> None:
    store = seed(tmp_path, {"mara": {"age": 34}})
    root = store.head()
    first = run(store, "INT. HALL - DAY", "s01e01")
    second = run(store, "EXT. PIER - DAY", "s01e02")
    assert store.log() == (second, first, root)
    causes = [store.diff_behind(snapshot) for snapshot in store.log()]
    assert [cause and cause.episode for cause in causes] == ["s01e02", "s01e01", ""]


def test_a_run_that_changes_nothing_writes_no_link(tmp_path: Path) -> None:
    store = CanonStore(tmp_path)
    first = run(store, "INT. HALL - DAY\nMARA: Hello.")
    assert run(store, "INT. HALL - DAY\nMARA: Hello.") == first
    assert len(store.log()) == 2
    assert len(list((tmp_path / "canon/snapshots").iterdir())) == 2


def test_an_episode_run_again_keeps_the_later_one(tmp_path: Path) -> None:
    store = CanonStore(tmp_path)
    run(store, "INT. HALL - DAY\nmara.mood -> calm", "s01e01")
    run(store, "INT. HALL - DAY\nmara.mood -> angry", "s01e02")
    run(store, "EXT. PIER - DAY\nmara.mood -> happy", "s01e01")
    assert claims(store.head()) == ["mara.mood = angry", "pier.name = PIER"]


def test_an_edited_seed_counts_at_once_and_becomes_a_link(tmp_path: Path) -> None:
    store = seed(tmp_path, {"mara": {"age": "34"}})
    run(store, "INT. HALL - DAY")
    seed(tmp_path, {"mara": {"age": "29"}})
    assert claims(store.head()) == ["hall.name = HALL", "mara.age = 29"]
    assert len(store.log()) == 2
    run(store, "INT. HALL - DAY\njonas.age = 40", "s01e02")
    assert claims(store.head()) == ["hall.name = HALL", "jonas.age = 40", "mara.age = 29"]
    causes = [store.diff_behind(snapshot) for snapshot in store.log()]
    assert [cause and cause.episode for cause in causes] == ["s01e02", "", "s01e01", ""]


def test_a_blocked_diff_writes_nothing(tmp_path: Path) -> None:
    store = seed(tmp_path, {"mara": {"status": "dead"}})
    with pytest.raises(GateBlocked):
        run(store, "INT. HALL - DAY\nMARA: Hello.")
    assert sorted(path.name for path in (tmp_path / "canon").iterdir()) == [".lock", "canon.json"]


def test_a_diff_of_yesterday_is_refused_when_canon_moved(tmp_path: Path) -> None:
    store = CanonStore(tmp_path)
    late = check(store, "INT. HALL - DAY\nMARA: Hello.", "s01e02")
    run(store, "INT. HALL - DAY\nmara.status = dead", "s01e01")
    with pytest.raises(PipelineError) as raised:
        store.apply(late)
    assert raised.value.code == "canon-stale"


def test_two_writers_wait_for_each_other(tmp_path: Path) -> None:
    store = CanonStore(tmp_path)
    diffs = [check(store, f"INT. HALL - DAY\nx.f{n} = 1", f"film{n}") for n in range(6)]
    free = [diff.model_copy(update={"base": None}) for diff in diffs]
    workers = [threading.Thread(target=CanonStore(tmp_path).apply, args=(diff,)) for diff in free]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [claim for claim in claims(store.head()) if claim.startswith("x.")] == [
        f"x.f{n} = 1" for n in range(6)
    ]
    assert len(store.log()) == 7


FORMS = {
    "nested": {"mara": {"name": "Mara Voss", "age": 34}},
    "grouped": {"characters": {"mara": {"name": "Mara Voss", "age": "34"}}, "locations": {}},
    "listed": {
        "facts": [
            {"subject": "Mara", "attribute": "name", "value": "Mara Voss"},
            {"subject": "Mara", "attribute": "age", "value": 34},
        ]
    },
    "contract": {
        "schema": "CanonSnapshot/1.0.0",
        "facts": [
            {"subject": "mara", "attribute": "age", "value": "34"},
            {"subject": "mara", "attribute": "name", "value": "Mara Voss"},
        ],
    },
}


@pytest.mark.parametrize("form", FORMS)
def test_a_seed_may_be_written_in_several_forms(tmp_path: Path, form: str) -> None:
    if form == "grouped":
        FORMS[form].pop("locations", None)
    head = seed(tmp_path, FORMS[form]).head()
    assert claims(head) == ["mara.age = 34", "mara.name = Mara Voss"]
    assert {fact.provenance.file for fact in head.facts} == {"canon/canon.json"}
    assert {fact.provenance.episode for fact in head.facts} == {""}


def test_a_seed_in_yaml_means_what_was_typed(tmp_path: Path) -> None:
    text = (
        "mara:\n  name: Mara Voss\n  age: 34\n  answer: no\n  born: 1990-05-01\n  alias: [Cap, M]\n"
    )
    assert claims(seed(tmp_path, text, "canon.yaml").head()) == [
        "mara.age = 34",
        "mara.alias = Cap, M",
        "mara.answer = no",
        "mara.born = 1990-05-01",
        "mara.name = Mara Voss",
    ]


def test_an_empty_seed_is_an_empty_canon(tmp_path: Path) -> None:
    assert seed(tmp_path, "\n").head().facts == ()
    (tmp_path / "canon/canon.json").unlink()
    assert seed(tmp_path, "", "canon.yaml").head().facts == ()


def test_a_seed_fact_can_be_dated(tmp_path: Path) -> None:
    one = {"subject": "mara", "attribute": "hair", "value": "red"}
    two = {**one, "value": "grey", "valid_from": "s01e03"}
    head = seed(tmp_path, {"facts": [one, two]}).head()
    assert [(fact.value, fact.valid_from.episode) for fact in head.facts] == [
        ("red", ""),
        ("grey", "s01e03"),
    ]
    assert head.facts[0].valid_until is not None


def test_a_seed_fact_ends_with_an_episode_and_not_inside_one(tmp_path: Path) -> None:
    job = {"subject": "mara", "attribute": "job", "value": "keeper", "valid_until": "s01e03"}
    store = seed(tmp_path, {"facts": [job]})
    run(store, "INT. HALL - DAY")
    assert claims(store.head()) == ["hall.name = HALL"]
    seed(tmp_path, {"facts": [{**job, "valid_until": None}]})
    assert claims(store.head()) == ["hall.name = HALL", "mara.job = keeper"]
    inside = {**job, "valid_until": {"episode": "s01e03", "line": 40}}
    error = refused(seed(tmp_path, {"facts": [inside]}))
    assert "mara.job ends on line 40 of s01e03" in error.problem


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ('{"mara": {\n"age": 34,\n}}', "malformed-json", "canon/canon.json, line 3"),
        ('{"mara": "dead"}', "canon-seed", "canon/canon.json, mara"),
        ('{"mara": {"age": null}}', "canon-seed", "canon/canon.json, mara.age"),
        ('{"mara": {"age": ""}}', "canon-seed", "mara.age: is empty"),
        ('{"mara": {"age": "1"}, "mara": {"age": "2"}}', "canon-seed", '"mara" is there twice'),
        ('{"Mara": {"age": "1"}, "mara": {"age": "2"}}', "canon-seed", "both mara.age = 1"),
        ('{"...": {"age": "1"}}', "canon-seed", "no usable name"),
        ("[1]", "canon-seed", "is not a mapping"),
        ('{"facts": [{"subject": "mara"}]}', "canon-seed", "fact 1, attribute"),
        ('{"schema": "CanonSnapshot/1.0.0"}', "schema", "'facts' is a required property"),
        ("[" * 100_000, "canon-seed", "canon/canon.json"),
    ],
)
def test_a_malformed_seed_is_refused_with_its_place(
    tmp_path: Path, text: str, code: str, says: str
) -> None:
    error = refused(seed(tmp_path, text))
    assert error.code == code
    assert says in str(error)
    assert error.hint


def test_a_malformed_yaml_seed_is_refused_with_its_line(tmp_path: Path) -> None:
    error = refused(seed(tmp_path, "mara:\n  age: [34\n", "canon.yaml"))
    assert (error.code, error.where) == ("malformed-yaml", "canon/canon.yaml, line 3")
    again = refused(seed(tmp_path, "mara:\n  age: 1\nmara:\n  hair: red\n", "canon.yaml"))
    assert (again.code, again.where) == ("canon-seed", "canon/canon.yaml, line 3")


def test_two_seeds_and_a_seed_that_is_no_text_are_refused(tmp_path: Path) -> None:
    store = seed(tmp_path, {})
    seed(tmp_path, "", "canon.yaml")
    assert "canon.json and canon.yaml" in refused(store).problem
    (tmp_path / "canon/canon.yaml").unlink()
    (tmp_path / "canon/canon.json").write_bytes(b'{"mara": {"name": "\xff"}}')
    assert refused(store).problem == "is not UTF-8"
    (tmp_path / "canon/canon.json").unlink()
    (tmp_path / "canon/canon.json").mkdir()
    assert refused(store).problem == "is not a regular file"


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data.replace(b"HALL", b"HELL"),
        lambda data: data[: len(data) // 2],
        lambda data: b"",
        lambda data: data.replace(b'"facts"', b'"note": 1, "facts"'),
        lambda data: data.replace(b'"line": 1', b'"line": 1.5'),
    ],
)
def test_a_changed_snapshot_is_named_and_never_used(tmp_path: Path, damage: object) -> None:
    store = CanonStore(tmp_path)
    head = run(store, "INT. HALL - DAY")
    path = tmp_path / f"canon/snapshots/0002-{head.digest()[:12]}.json"
    before = path.read_bytes()
    path.chmod(0o644)
    assert callable(damage)
    path.write_bytes(damage(before))
    error = refused(store)
    assert (error.code, error.where) == ("canon-corrupt", f"canon/snapshots/{path.name}")
    assert "canon/HEAD" in error.hint
    with pytest.raises(PipelineError):
        store.apply(CanonDiff.create(episode="x", justification="", gate="passed"))
    path.write_bytes(before)
    assert store.head() == head


def test_a_lost_snapshot_diff_or_head_is_never_taken_for_an_empty_canon(tmp_path: Path) -> None:
    store = CanonStore(tmp_path)
    run(store, "INT. HALL - DAY")
    pointer = tmp_path / "canon/HEAD"
    line = pointer.read_text()
    for lost in ("", "../../etc/passwd\n", "snapshots/../HEAD\n", line[len("snapshots/") :]):
        pointer.write_text(lost)
        assert (refused(store).code, refused(store).where) == ("canon-corrupt", "canon/HEAD")
    pointer.unlink()
    assert refused(store).code == "canon-corrupt"
    pointer.write_text(line)
    (diff,) = (tmp_path / "canon/diffs").iterdir()
    diff.unlink()
    with pytest.raises(PipelineError) as raised:
        store.diff_behind(store.head())
    assert raised.value.where == "canon/diffs"
    (tmp_path / "canon" / line.strip()).unlink()
    assert refused(store).code == "canon-corrupt"


def disturbed(show: Path, diff: CanonDiff, fault: Fault) -> int:
    """Apply in another process that meets the fault; its exit code, 1 for a refusal.

    Where faults are only counted, the code is their number.
    """
    process = os.fork()
    if process == 0:
        code = 3
        try:
            install(fault)
            CanonStore(show).apply(diff)
            code = fault.seen if fault.how == "count" else 0
        except PipelineError:
            code = 1
        finally:
            os._exit(code)
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status)


@pytest.mark.parametrize(
    ("state", "how"),
    [
        ("first", "kill"),
        ("later", "kill"),
        ("later", "tear"),
        ("first", "EIO"),
        ("later", "ENOSPC"),
    ],
)
def test_a_fault_at_any_write_leaves_the_old_truth_or_the_new(
    tmp_path: Path, state: str, how: How
) -> None:
    def show_before(name: str) -> tuple[CanonStore, Path]:
        show = tmp_path / name
        show.mkdir()
        store = seed(show, {"mara": {"age": "34"}})
        if state == "later":
            run(store, "INT. HALL - DAY", "s01e01")
            seed(show, {"mara": {"age": "35"}})
        return store, show

    store, _ = show_before("whole")
    old = claims(store.head())
    diff = check(store, "INT. HALL - DAY\nmara.status = dead", "s01e02")
    new = claims(store.apply(diff))
    seen: list[bool] = []
    ends: list[int] = []
    store, show = show_before("counted")
    for step in range(1, disturbed(show, diff, Fault("count")) + 1):
        store, show = show_before(str(step))
        ends.append(disturbed(show, diff, Fault(how, step)))
        found = claims(store.head())
        assert found in (old, new)
        seen.append(found == new)
        assert store.rebuilt() == store.log()
        # Whatever is done next works, be it the same or something else.
        if step % 2:
            assert claims(store.apply(diff)) == new
        else:
            run(store, "INT. BARN - DAY", "s01e07")
            assert "barn.name = BARN" in claims(store.head())
        assert store.rebuilt() == store.log()
        assert [p.name for p in (show / "canon").glob(".*")] == [".lock"]
        assert list((show / "canon").rglob("*.tmp")) == []
    wanted = -signal.SIGKILL if how in ("kill", "tear") else 1
    assert set(ends) <= {wanted, 0}
    assert ends.count(wanted) > 15
    if how != "EIO":  # a write that may fail without harm, such as a lock that is there
        assert seen == sorted(seen)
    assert seen[0] is (how == "EIO")


def diffs_of(store: CanonStore) -> list[CanonDiff]:
    return [diff for diff in map(store.diff_behind, store.log()) if diff is not None]


def test_a_diff_is_taken_back_and_applied_again(tmp_path: Path) -> None:
    store = seed(tmp_path, {"mara": {"mood": "calm"}})
    before = store.head()
    diff = check(store, "INT. HALL - DAY\nmara.mood -> angry", "s01e01")
    after = store.apply(diff)
    back = store.revert(diff)
    assert back.facts == before.facts
    assert (back.parent, back.reverted_diff) == (after.digest(), diff.digest())
    assert CanonStore(tmp_path).head() == back
    assert store.apply(diff).facts == after.facts
    assert store.revert(diff).facts == before.facts
    with pytest.raises(PipelineError) as raised:
        store.revert(diff)
    assert raised.value.code == "canon-not-in-force"
    other = check(store, "INT. PIER - DAY", "s01e01")
    with pytest.raises(PipelineError) as raised:
        store.revert(other)
    assert "was never applied here" in raised.value.problem


def test_the_log_rebuilt_from_the_diffs_is_what_is_stored(tmp_path: Path) -> None:
    store = seed(tmp_path, {"mara": {"mood": "calm"}})
    run(store, "INT. HALL - DAY\nmara.mood -> angry", "s01e01")
    seed(tmp_path, {"mara": {"age": "34"}, "jonas": {"age": "40"}})
    run(store, "EXT. PIER - DAY\nmara.status = dead", "s01e02")
    run(store, "INT. HALL - DAY\nmara.mood -> glad", "s01e01")
    store.revert(diffs_of(store)[0])
    assert store.rebuilt() == store.log()
    assert len(store.log()) == 6


def test_an_empty_canon_and_one_without_a_seed_are_rebuilt_too(tmp_path: Path) -> None:
    store = CanonStore(tmp_path)
    assert store.rebuilt() == ()
    run(store, "INT. HALL - DAY", "s01e01")
    assert store.rebuilt() == store.log()
    assert len(store.log()) == 2


MINE, THEIRS = Owner("harbour"), Owner("lighthouse")


def test_the_canon_of_another_show_or_tenant_is_refused(tmp_path: Path) -> None:
    run(CanonStore(tmp_path, MINE), "INT. HALL - DAY")
    for stranger in (THEIRS, Owner(), Owner("harbour", "rival")):
        store = CanonStore(tmp_path, stranger)
        error = refused(store)
        assert error.code == "canon-foreign"
        assert "the canon of the show harbour" in error.problem
        with pytest.raises(PipelineError):
            store.log()
        with pytest.raises(PipelineError):
            store.apply(CanonDiff.create(episode="x", justification="", gate="passed"))
    assert claims(CanonStore(tmp_path, MINE).head()) == ["hall.name = HALL"]


def test_a_seed_that_is_the_snapshot_of_another_show_is_refused(tmp_path: Path) -> None:
    snapshot = CanonSnapshot.create(show="lighthouse", facts=())
    seed(tmp_path, snapshot.readable().decode())
    error = refused(CanonStore(tmp_path, MINE))
    assert (error.code, error.where) == ("canon-foreign", "canon/canon.json")
    assert CanonStore(tmp_path, THEIRS).head().facts == ()


def test_a_diff_of_another_show_is_refused_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    diff = check(CanonStore(tmp_path / "other", THEIRS), "INT. HALL - DAY", "s01e01")
    store = CanonStore(tmp_path, MINE)
    with pytest.raises(PipelineError) as raised:
        store.apply(diff)
    assert raised.value.code == "canon-foreign"
    assert store.log() == ()


def test_a_canon_that_is_older_than_the_id_of_its_show_is_taken_over(tmp_path: Path) -> None:
    run(CanonStore(tmp_path), "INT. HALL - DAY", "s01e01")
    store = CanonStore(tmp_path, MINE)
    run(store, "INT. PIER - DAY", "s01e02")
    assert [snapshot.show for snapshot in store.log()] == ["harbour", "", ""]
    assert claims(store.head()) == ["hall.name = HALL", "pier.name = PIER"]


def test_a_canon_folder_that_leads_out_of_the_show_is_refused(tmp_path: Path) -> None:
    for name in ("show", "thief"):
        (tmp_path / name).mkdir()
    run(CanonStore(tmp_path / "show"), "INT. HALL - DAY")
    (tmp_path / "thief/canon").symlink_to(tmp_path / "show/canon")
    assert refused(CanonStore(tmp_path / "thief")).code == "outside-show"


def branches(tmp_path: Path) -> tuple[CanonStore, CanonStore, str, str]:
    """Two copies of a show, an episode applied in each; their HEADs."""
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    ours.mkdir()
    run(seed(ours, {"mara": {"age": "34"}}), "INT. HALL - DAY", "s01e01")
    shutil.copytree(ours, theirs)
    run(CanonStore(ours), "INT. PIER - DAY\nmara.age -> 35", "s01e02")
    run(CanonStore(theirs), "INT. BARN - DAY\nmara.hair = red", "s01e03")
    heads = [(show / "canon/HEAD").read_text().strip() for show in (ours, theirs)]
    for part in ("snapshots", "diffs"):
        for path in (theirs / "canon" / part).iterdir():
            target = ours / "canon" / part / path.name
            if not target.exists():
                shutil.copy(path, target)
    return CanonStore(ours), CanonStore(theirs), heads[0], heads[1]


def test_a_merge_with_marks_in_head_is_told_and_not_guessed(tmp_path: Path) -> None:
    store, _, ours, theirs = branches(tmp_path)
    head = tmp_path / "ours/canon/HEAD"
    head.write_text(f"<<<<<<< HEAD\n{ours}\n=======\n{theirs}\n>>>>>>> branch\n")
    error = refused(store)
    assert (error.code, error.where) == ("canon-merge", "canon/HEAD")
    assert f"{ours.removeprefix('snapshots/')} (s01e02)" in error.problem
    assert f"{theirs.removeprefix('snapshots/')} (s01e03)" in error.problem
    assert "`pipeline canon merge`" in error.hint


def test_two_heads_with_one_parent_are_found_and_the_way_out_works(tmp_path: Path) -> None:
    store, _, _, theirs = branches(tmp_path)
    error = refused(store)
    lost = theirs.removeprefix("snapshots/")
    assert (error.code, error.where) == ("canon-fork", "canon/snapshots")
    assert f"{lost} (s01e03) is not part of the truth" in error.problem
    (diff,) = (tmp_path / "ours/canon/diffs").glob("s01e03-*")
    assert "`pipeline canon merge`" in error.hint
    with pytest.raises(PipelineError) as raised:
        store.apply(check(CanonStore(tmp_path), "INT. X - DAY", "s01e09"))
    assert raised.value.code == "canon-fork"

    (tmp_path / "ours/canon" / theirs).unlink()
    with pytest.raises(PipelineError) as raised:
        store.apply(read_document(diff.read_bytes(), CanonDiff, ""))
    assert raised.value.code == "canon-stale"  # it was checked against another s01e02
    run(store, "INT. BARN - DAY\nmara.hair = red", "s01e03")
    assert claims(store.head()) == [
        "barn.name = BARN",
        "hall.name = HALL",
        "mara.age = 35",
        "mara.hair = red",
        "pier.name = PIER",
    ]
    assert store.rebuilt() == store.log()


def test_a_longer_branch_beside_the_head_is_found(tmp_path: Path) -> None:
    store, their_store, _, _ = branches(tmp_path)
    run(their_store, "INT. ATTIC - DAY", "s01e04")
    (last,) = (tmp_path / "theirs/canon/snapshots").glob("0004-*")
    shutil.copy(last, tmp_path / "ours/canon/snapshots")
    assert "0004-" in refused(store).problem
    # ... and a head that was set back without taking out what came after it.
    (third,) = (tmp_path / "theirs/canon/snapshots").glob("0003-*")
    (tmp_path / "theirs/canon/HEAD").write_text(f"snapshots/{third.name}\n")
    assert refused(their_store).code == "canon-fork"


@pytest.mark.parametrize("name", ["canon.json", "canon.yaml"])
def test_a_merge_with_marks_in_the_seed_is_told_with_its_line(tmp_path: Path, name: str) -> None:
    text = '{"mara": {\n<<<<<<< HEAD\n"age": 34\n=======\n"age": 35\n>>>>>>> b\n}}\n'
    error = refused(seed(tmp_path, text, name))
    assert (error.code, error.where) == ("canon-merge", f"canon/{name}, line 2")
    assert "take out the marks" in error.hint


APPLY = """
import sys
from pathlib import Path
from orchestrator.canon.store import CanonStore, Owner
from schemas.canon import CanonDiff
from schemas.documents import read_document
sys.stdin.read(1)
for path in sys.argv[2:]:
    CanonStore(Path(sys.argv[1])).apply(read_document(Path(path).read_bytes(), CanonDiff, path))
"""


def test_processes_that_apply_at_once_lose_nothing(tmp_path: Path) -> None:
    show = tmp_path / "show"
    show.mkdir()
    store = CanonStore(show)
    files: list[list[str]] = []
    for who in range(3):
        files.append([])
        for number in range(4):
            made = check(store, f"INT. HALL - DAY\nx.f{who}{number} = 1", f"film{who}{number}")
            path = tmp_path / f"{who}-{number}.json"
            path.write_bytes(made.model_copy(update={"base": None}).readable())
            files[-1].append(str(path))
    running = [
        subprocess.Popen(
            [sys.executable, "-c", APPLY, str(show), *own],
            stdin=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        for own in files
    ]
    for process in running:  # all have begun: off they go
        assert process.stdin is not None
        process.stdin.write(b"g")
        process.stdin.flush()
    for process in running:
        process.communicate(timeout=120)
    assert [process.returncode for process in running] == [0, 0, 0]
    said = [claim for claim in claims(store.head()) if claim.startswith("x.")]
    assert said == [f"x.f{who}{number} = 1" for who in range(3) for number in range(4)]
    assert store.rebuilt() == store.log()
    assert len(store.log()) == 13
