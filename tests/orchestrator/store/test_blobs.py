import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.store.blobs import BlobLostError, BlobStore
from schemas.digest import digest_bytes
from schemas.errors import PipelineError


@pytest.fixture
def store(tmp_path):
    made = BlobStore(tmp_path)
    made.prepare()
    return made


def fresh(store):
    """The same store as another process would see it: nothing verified yet."""
    return BlobStore(store._blobs.parent)


def test_bytes_come_back_read_only_under_their_digest(store):
    digest = store.put_bytes(b"hello")
    assert digest == digest_bytes(b"hello")
    assert store.read(digest) == b"hello"
    assert stat.S_IMODE(store.path(digest).stat().st_mode) == 0o444
    assert list((store._blobs.parent / "tmp").iterdir()) == []


def test_putting_twice_is_putting_once(store):
    first = store.put_bytes(b"x")
    inode = store.path(first).stat().st_ino
    assert store.put_bytes(b"x") == first
    assert store.path(first).stat().st_ino == inode


def test_a_file_is_moved_in(store, tmp_path):
    made = tmp_path / "tmp" / "clip"
    made.write_bytes(b"clip")
    digest = store.adopt(made)
    assert not made.exists()
    assert store.resolve(digest).read_bytes() == b"clip"


@given(position=st.integers(0, 99), flip=st.integers(1, 255))
def test_any_flipped_byte_is_found_and_put_aside(tmp_path_factory, position, flip):
    store = BlobStore(tmp_path_factory.mktemp("registry"))
    store.prepare()
    data = bytes(range(100))
    digest = store.put_bytes(data)
    path = store.path(digest)
    path.chmod(0o644)
    damaged = bytearray(data)
    damaged[position] ^= flip
    path.write_bytes(bytes(damaged))
    with pytest.raises(BlobLostError) as caught:
        fresh(store).resolve(digest)
    assert caught.value.damaged
    assert not store.holds(digest)
    assert len(list(path.parent.glob("*.bad"))) == 1


@pytest.mark.parametrize("left", [0, 3])
def test_a_truncated_blob_is_found(store, left):
    digest = store.put_bytes(b"hello")
    store.path(digest).chmod(0o644)
    store.path(digest).write_bytes(b"hello"[:left])
    with pytest.raises(BlobLostError):
        store.read(digest)


def test_a_damaged_blob_is_replaced_by_the_next_put(store):
    digest = store.put_bytes(b"hello")
    store.path(digest).chmod(0o644)
    store.path(digest).write_bytes(b"hellO")
    assert fresh(store).put_bytes(b"hello") == digest
    assert fresh(store).read(digest) == b"hello"


def test_a_missing_blob_is_said_to_be_missing(store):
    with pytest.raises(BlobLostError) as caught:
        store.resolve("0" * 64)
    assert not caught.value.damaged


def test_a_place_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "blobs").write_text("in the way")
    with pytest.raises(PipelineError) as caught:
        BlobStore(tmp_path).prepare()
    assert caught.value.code == "storage"
    assert "blobs" in caught.value.where
