"""Words for people on standard output and standard error, whatever those are connected to."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable
from typing import Any, TextIO, TypeVar

from orchestrator.reporting.redaction import redacted, redacted_values
from schemas.errors import PipelineError

Found = TypeVar("Found")

# A name or a line of a script may hold what a terminal would obey instead of show; the last five
# make it show the letters in another order than they have (Unicode UAX #9, explicit embeddings).
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")


def prepare_streams() -> None:
    """Make every stream usable: none missing, and no character that stops the program.

    A closed stream becomes the null device, so that no file of ours is opened in its place and
    written into by a library.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
        if getattr(sys, name) is None:
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def printable(text: str) -> str:
    """`text` with what a terminal would obey made visible: ESC becomes `\\x1b`."""
    return _OBEYED.sub(lambda found: _visible(ord(found[0])), text)


def _visible(code: int) -> str:
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}"


def say(text: str) -> None:
    """`text` on standard output, for scripts and pipes. A reader who left is no error.

    Raises PipelineError `output` when the text cannot be delivered, for example to a full disk.
    """
    _deliver(printable(redacted(text)))


def say_json(payload: Any) -> None:
    """The same for `payload` as indented JSON, in characters that the stream can carry."""
    carries_all = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    text = json.dumps(redacted_values(payload), indent=2, ensure_ascii=not carries_all)
    _deliver(_OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def answer(found: Found, text: Callable[[Found], str], *, as_json: bool) -> int:
    """What a command found, as JSON or in words. Returns the exit code of one that answers."""
    if as_json:
        say_json(found)
    else:
        say(text(found))
    return 0


def remark(text: str) -> None:
    """`text` on standard error, for the person who watches. Nothing stops because it is lost."""
    try:
        print(printable(redacted(text)), file=sys.stderr, flush=True)
    except OSError:
        _let_go(sys.stderr)


def _deliver(text: str) -> None:
    try:
        print(text, flush=True)
    except BrokenPipeError:
        _let_go(sys.stdout)
    except OSError as error:
        _let_go(sys.stdout)
        raise PipelineError(
            "output",
            "standard output",
            f"could not be written: {error.strerror}",
            "the work itself is done and kept; run the command again with another output",
        ) from None


def _let_go(stream: TextIO) -> None:
    """Send what is still buffered, and all that follows, to nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, stream.fileno())
    finally:
        os.close(nowhere)
