"""Long files of one repeated shape, which a reader that looks at everything twice never ends.

`python -m tests.hostile.shapes NAME BYTES` reads one of them; its caller limits the time.
"""

from __future__ import annotations

import sys
from pathlib import Path

from orchestrator.work.read_script import parse_screenplay
from schemas.errors import PipelineError

# Beginning, what is repeated, end, and the ending of the file's name.
SHAPES: dict[str, tuple[str, str, str, str]] = {
    "slug of dashes": ("INT. ", "a - ", "\n\nX.\n", ".fountain"),
    "slug of times": ("INT. A", " - DAY", "\n\nX.\n", ".fountain"),
    "slug of points": ("INT. A", ". NIGHT", "\n\nX.\n", ".fountain"),
    "slug of blanks": ("INT. A", " ", "B\n\nX.\n", ".fountain"),
    "slug of numbers": ("INT. A ", "#1", "\n\nX.\n", ".fountain"),
    "slug of wraps": (".", "**a*", "\n\nX.\n", ".fountain"),
    "foreign slug": ("ИНТ. ", "А - ", "\n\nX.\n", ".fountain"),
    "cue of brackets": ("A", " (B)", "\nX.\n", ".fountain"),
    "cue of open brackets": ("A", " (", "\nX.\n", ".fountain"),
    "cue of wide brackets": ("A", "（a", "\nX.\n", ".fountain"),
    "cue of blanks": ("@A", " ", "(B)\nX.\n", ".fountain"),
    "cue of names": ("@", "MACA ", "\nX.\n", ".fountain"),
    "parentheticals": ("A\n", "(a\n", "X.\n", ".fountain"),
    "speech of commas": ("A\n", "a, ", "\n", ".fountain"),
    "speech of stops": ("A\n", ". ", "\n", ".fountain"),
    "speech of quotes": ("A\nx.", "''", "x\n", ".fountain"),
    "speech of tags": ("A\n(", "softly, ", ")\nX.\n", ".fountain"),
    "emphasis": ("", "*a _b ", "\n", ".fountain"),
    "emphasis marks": ("", "*_", "\n", ".fountain"),
    "backslashes": ("", "\\", "\n", ".fountain"),
    "boneyards": ("", "/*", "\n", ".fountain"),
    "closed boneyards": ("X.", "/**/", "\n", ".fountain"),
    "notes": ("X.", "[[a", "\n", ".fountain"),
    "closed notes": ("X.", "[[a]]", "\n", ".fountain"),
    "open notes on lines": ("X.\n\n", "[[a\n", "\n", ".fountain"),
    "facts": ("X.\n\n", "[[canon: a.b = c]]\n\n", "\n", ".fountain"),
    "fact of arrows": ("X.\n\n[[canon: a.b", " -> c", "]]\n", ".fountain"),
    "title page": ("Title: a", "\n a", "\n\nX.\n", ".fountain"),
    "title keys": ("Title: a\n", "k: v\n", "\nX.\n", ".fountain"),
    "title colons": ("T", " :", "\n\nX.\n", ".fountain"),
    "characters": ("Characters: A", ", B", "\n\nX.\n", ".fountain"),
    "languages": ("Language: en", "-aa", "\n\nX.\n", ".fountain"),
    "transitions": ("", "CUT TO", ":\n\nX.\n", ".fountain"),
    "centred": (">", " <>", "<\n\nX.\n", ".fountain"),
    "dual": ("A\nx\n\n", "B ^\nx\n\n", "", ".fountain"),
    "scenes": ("", "INT. A\n\nX.\n\n", "", ".fountain"),
    "line ends": ("X.", "\r\n\x0b", "X.", ".fountain"),
    "json text": ('{"scenes": [{"slug": "', "a", '"}]}', ".json"),
    "json line ends": ('{"scenes": [{"slug": "', "\\n", '"}]}', ".json"),
    "json speech": (
        '{"scenes": [{"elements": [{"speaker": "',
        " (",
        '", "text": "x"}]}]}',
        ".json",
    ),
    "json quotes": ("", '{"a":"', "", ".json"),
    "json scenes": ('{"scenes": [', "{},", "{}]}", ".json"),
    "json lists": ("", "[", "", ".json"),
    "json keys": ('{"a": 1', ', "a": 1', "}", ".json"),
    "yaml list": ("scenes:\n", "- a\n", "", ".yaml"),
    "yaml flow": ("", "{a: ", "", ".yaml"),
    "yaml words": ("scenes: ", "a ", "", ".yaml"),
    "yaml quotes": ('scenes: "', "a ", "", ".yaml"),
    "yaml questions": ("", "? ", "", ".yaml"),
    "yaml comments": ("scenes: []\n", "#\n", "", ".yaml"),
}


def written(name: str, size: int) -> tuple[bytes, str]:
    """A file of that shape of about `size` bytes, and its ending."""
    head, unit, tail, suffix = SHAPES[name]
    return (head + unit * (size // len(unit.encode())) + tail).encode(), suffix


def read(name: str, size: int) -> str:
    """`read`, or the code of the refusal."""
    data, suffix = written(name, size)
    file = Path(f"long{suffix}")
    try:
        parse_screenplay(data, file, file.name, "")
    except PipelineError as refusal:
        assert len(str(refusal)) < 10_000, refusal.code
        return refusal.code
    return "read"


if __name__ == "__main__":
    print(read(sys.argv[1], int(sys.argv[2])))
