"""A small program beside a run: when the run dies, it ends what the run had started.

It reads process group numbers from standard input, positive when one begins and negative when it
ended. The end of input means that the run is gone, however it went.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys


def main() -> None:
    """Follow the numbers, then kill what is left."""
    running: set[int] = set()
    for row in sys.stdin:
        if not row.endswith("\n"):  # the last one, cut short: half a number is somebody else's
            break
        number = int(row)
        if number > 0:
            running.add(number)
        else:
            running.discard(-number)
    for group in running:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)


if __name__ == "__main__":
    main()
