from __future__ import annotations

import itertools
import json
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from canon.gate import check_episode
from orchestrator.canon_store import CanonStore
from schemas.canon import CanonDiff, CanonSnapshot
from schemas.errors import GateBlocked, PipelineError
from tests.canon.build import claims, script


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
    assert [path.name for path in (tmp_path / "canon/diffs").iterdir()] == [
        f"s01e01-{diff.digest()[:12]}.json"
    ]


def test_the_log_is_the_chain_newest_first_with_what_caused_each(tmp_path: Path) -> None:
    store = seed(tmp_path, {"mara": {"age": 34}})
    root = store.head()
    first = run(store, "INT. HALL - DAY", "s01e01")
    second = run(store, "EXT. PIER - DAY", "s01e02")
    assert store.log() == (second, first, root)
    causes = [store.diff_behind(snapshot) for snapshot in store.log()]
    assert [cause and cause.episode for cause in causes] == ["s01e02", "s01e01", None]


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
    assert [snapshot.applied_diff is None for snapshot in store.log()] == [
        False,
        True,
        False,
        True,
    ]


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


CHANGES_THE_DISK = ("open", "mkdir", "write", "fchmod", "fsync", "replace", "rename", "unlink")


def killed_at(step: int, show: Path, diff: CanonDiff) -> bool:
    """Apply in another process, which dies at the given system call that changes the disk.

    A write stops half way, everything else before it happens. Whether it got that far.
    """
    process = os.fork()
    if process == 0:
        try:
            die_at(step)
            CanonStore(show).apply(diff)
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(process, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, 77)
    return code == 77


def die_at(step: int) -> None:
    calls = itertools.count(1)

    def dying(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            if next(calls) == step:
                if name == "write":
                    original(args[0], bytes(args[1])[: len(args[1]) // 2])
                os._exit(77)
            return original(*args, **kwargs)

        return call

    for name in CHANGES_THE_DISK:
        setattr(os, name, dying(name, getattr(os, name)))


@pytest.mark.parametrize("state", ["first", "later"])
def test_a_kill_at_any_step_leaves_the_old_truth_or_the_new(tmp_path: Path, state: str) -> None:
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
    step = 0
    killed = True
    while killed:
        step += 1
        store, show = show_before(str(step))
        killed = killed_at(step, show, diff)
        found = claims(store.head())
        assert found in (old, new)
        seen.append(found == new)
        for snapshot in store.log():
            store.diff_behind(snapshot)
        assert claims(store.apply(diff)) == new
        assert list((show / "canon").rglob("*.tmp")) == []
    assert step > 15
    assert seen == sorted(seen)
    assert seen[0] is False
    assert seen[-1] is True
