import threading

import pytest

from orchestrator.store.memo import LOST, NEW, UNCHANGED, Made, Memo, Product, Work
from orchestrator.store.registry import Registry
from schemas.errors import PipelineError
from schemas.project import Project


@pytest.fixture
def registry(tmp_path):
    made = Registry(tmp_path)
    made.prepare()
    return made


def memo(registry, earlier=None):
    return Memo(registry, earlier or {}, lambda item: None)


def work(label="kitchen.1", **changes):
    fields = {
        "kind": "shot",
        "label": label,
        "operation": "encode_shot",
        "version": 1,
        "inputs": {"picture": "a" * 64},
        "settings": {"duration_frames": 48},
        "toolchain": {"ffmpeg": "9"},
    }
    return Work(**(fields | changes))


class Maker:
    def __init__(self, content=b"clip"):
        self.calls = 0
        self.content = content

    def __call__(self, folder):
        self.calls += 1
        path = folder / "clip"
        path.write_bytes(self.content)
        return Made({"clip": Product(path, "clip")}, {"frames": 48})


def test_work_is_done_once(registry):
    make = Maker()
    first = memo(registry).remember(work(), make)
    second = memo(registry).remember(work(), make)
    assert make.calls == 1
    assert (first.hit, second.hit) == (False, True)
    assert first.outputs == second.outputs
    assert second.facts == {"frames": 48}
    assert registry.blobs.read(second.outputs["clip"]) == b"clip"


def test_the_label_is_not_part_of_the_key():
    assert work("first").key() == work("last").key()


@pytest.mark.parametrize(
    "change",
    [
        {"operation": "other"},
        {"version": 2},
        {"inputs": {"picture": "b" * 64}},
        {"settings": {"duration_frames": 49}},
        {"toolchain": {"ffmpeg": "10"}},
    ],
)
def test_everything_else_is(change):
    assert work().key() != work(**change).key()


def test_reasons_name_what_changed(registry):
    first = memo(registry)
    first.remember(work(), Maker())
    second = memo(registry, first.accounts)
    second.remember(work(), Maker())
    second.remember(work(settings={"duration_frames": 50}, toolchain={"ffmpeg": "10"}), Maker())
    second.remember(work("garden.1", inputs={}), Maker())
    assert [item.reason for item in first.items] == [NEW]
    assert [item.reason for item in second.items] == [
        UNCHANGED,
        "changed: setting duration_frames, tool ffmpeg",
        NEW,
    ]


@pytest.mark.parametrize("how", ["delete", "damage"])
def test_a_lost_result_is_made_again(registry, how):
    make = Maker()
    first = memo(registry)
    digest = first.remember(work(), make).outputs["clip"]
    path = registry.blobs.path(digest)
    if how == "delete":
        path.unlink()
    else:
        path.chmod(0o644)
        path.write_bytes(b"clap")
        with pytest.raises(Exception, match="damaged"):
            Registry(registry.root.parent).blobs.resolve(digest)
    again = memo(registry, first.accounts)
    assert again.remember(work(), make).outputs["clip"] == digest
    assert make.calls == 2
    assert again.items[0].reason == LOST
    assert registry.blobs.read(digest) == b"clip"


def test_a_lost_reference_counts_as_a_lost_result(registry):
    blob = registry.blobs.put_bytes(b"audio")
    calls = []

    def make(_folder):
        calls.append(1)
        product = Product(Project.create(id="x"), "Project", references=(blob,))
        registry.blobs.put_bytes(b"audio")
        return Made({"artifact": product})

    memo(registry).remember(work(), make)
    registry.blobs.path(blob).unlink()
    memo(registry).remember(work(), make)
    assert len(calls) == 2


def test_a_damaged_memo_entry_is_noticed(registry):
    make = Maker()
    memo(registry).remember(work(), make)
    (entry,) = (registry.root / "memo").rglob("*.json")
    entry.chmod(0o644)
    entry.write_bytes(entry.read_bytes().replace(b"clip", b"clap"))
    assert not memo(registry).remember(work(), make).hit
    assert make.calls == 2


def test_a_failure_is_not_remembered(registry):
    def fail(_folder):
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        memo(registry).remember(work(), fail)
    make = Maker()
    assert not memo(registry).remember(work(), make).hit
    assert list((registry.root / "tmp").iterdir()) == []


def test_two_threads_do_the_work_once(registry):
    shared, gate = memo(registry), threading.Barrier(2)
    make = Maker()

    def want():
        gate.wait()
        shared.remember(work(), make)

    threads = [threading.Thread(target=want) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert make.calls == 1
    assert sorted(item.hit for item in shared.items) == [False, True]


def test_records_say_where_a_blob_comes_from(registry):
    digest = memo(registry).remember(work(), Maker()).outputs["clip"]
    record = registry.read_record(digest)
    assert record["parents"] == ["a" * 64]
    assert record["kind"] == "clip"
    assert record["size"] == 4
    assert record["operation"] == {
        "name": "encode_shot",
        "version": 1,
        "settings": {"duration_frames": 48},
        "toolchain": {"ffmpeg": "9"},
    }
    assert record["origin"] == "local"
    assert (record["site_id"], record["tenant_id"]) == ("local", "default")


def test_a_file_that_was_never_made_is_the_failure_of_its_program(registry):
    def promise(folder):
        return Made({"clip": Product(folder / "clip.mp4", "clip")})

    with pytest.raises(PipelineError) as caught:
        memo(registry).remember(work(), promise)
    assert caught.value.code == "no-output"
    assert caught.value.where == "kitchen.1"
    assert "clip.mp4" in caught.value.problem
    assert registry.read_memo(work().key()) is None


def test_a_missing_file_of_somebody_else_is_not_taken_for_it(registry):
    def read_elsewhere(_folder):
        (registry.root / "no such file").read_bytes()

    with pytest.raises(FileNotFoundError):
        memo(registry).remember(work(), read_elsewhere)
