"""Secrets never leave the program: not on the screen, not in JSON, not in a log."""

import pytest

from orchestrator.reporting.redaction import redacted, redacted_values
from tests.orchestrator.show_on_disk import make_show, pipeline

SECRET = "sk-9f3/kitchen+tide"  # noqa: S105


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (f"refused: {SECRET}!", "refused: [redacted]!"),
        ("GET /x?key=sk-9f3%2Fkitchen%2Btide", "GET /x?key=[redacted]"),
        ("http://mara:letmein@localhost/x", "http://[redacted]@localhost/x"),
        ("Authorization: Bearer abcdefgh12345", "Authorization: Bearer [redacted]"),
        ("x-api-key: 0123456789abcdef", "x-api-key: [redacted]"),
        ("the key to the kitchen is under the mat", "the key to the kitchen is under the mat"),
    ],
)
def test_what_is_said_holds_no_secret(monkeypatch, said, shown):
    monkeypatch.setenv("RUNWAY_API_KEY", SECRET)
    assert redacted(said) == shown
    assert redacted_values({"a": [said, 1]}) == {"a": [shown, 1]}


def test_a_run_that_meets_a_secret_in_a_screenplay_says_it_nowhere(tmp_path):
    show = tmp_path / "show"
    episode = make_show(show, project=f"title: {SECRET}\nfonts: ['{SECRET}.ttf']\n")
    ended = pipeline("run", episode, env={"RUNWAY_API_KEY": SECRET})
    assert ended.code == 1
    assert "[redacted].ttf" in ended.err
    logs = [path.read_text() for path in (show / "builds").rglob("*") if path.is_file()]
    assert logs
    assert not any(SECRET in text for text in (ended.err, ended.out, *logs))
