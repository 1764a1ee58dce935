import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.canonical import canonical_bytes, readable_bytes
from schemas.digest import digest_bytes, tagged_digest
from schemas.errors import PipelineError

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def test_keys_are_sorted_and_nothing_is_escaped():
    assert canonical_bytes({"b": 1, "a": "é—愛", "Z": [None, True]}) == (
        '{"Z":[null,true],"a":"é—愛","b":1}'.encode()
    )


def test_readable_form_is_indented_and_ends_with_a_newline():
    assert readable_bytes({"a": 1}) == b'{\n  "a": 1\n}\n'


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ({"a": [1, 1.5]}, "artifact.a[1]"),
        ({"a": float("nan")}, "artifact.a"),
        ({1: "a"}, "artifact"),
        ([2**63], "artifact[0]"),
        (["\ud800"], "artifact[0]"),
        ({"a": {1, 2}}, "artifact.a"),
    ],
)
def test_what_two_machines_could_disagree_on_is_refused_by_path(value, path):
    with pytest.raises(PipelineError) as caught:
        canonical_bytes(value)
    assert caught.value.code == "not-canonical"
    assert caught.value.where == path


@given(json_values)
def test_order_of_insertion_does_not_matter(value):
    def reversed_keys(item):
        if isinstance(item, dict):
            return {key: reversed_keys(item[key]) for key in reversed(list(item))}
        return [reversed_keys(x) for x in item] if isinstance(item, list) else item

    try:
        expected = canonical_bytes(value)
    except PipelineError:
        return
    assert canonical_bytes(reversed_keys(value)) == expected


def test_digests_are_pinned():
    # BLAKE3 of the empty input, from the test vectors of its specification.
    assert digest_bytes(b"") == "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"
    assert tagged_digest("Script", {"a": 1}) == digest_bytes(b'Script\n{"a":1}')
    assert tagged_digest("Script", {"a": 1}) != tagged_digest("ShotList", {"a": 1})
