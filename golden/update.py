"""`make golden`: render the pinned show anew and pin what came out. For a wanted change only."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from golden.clip import PINNED, describe, first_difference, render


def main() -> int:
    """Render twice, refuse when both differ, and rewrite golden.json."""
    with tempfile.TemporaryDirectory(prefix="golden-") as name:
        described = []
        for take in ("first", "second"):
            (Path(name) / take).mkdir()
            described.append(describe(render(Path(name) / take)))
    if difference := first_difference(*described):
        print(f"two renders on this machine differ, nothing is pinned: {difference}")
        return 1
    before = json.loads(PINNED.read_text(encoding="utf-8")) if PINNED.is_file() else None
    PINNED.write_text(json.dumps(described[0], indent=2) + "\n", encoding="utf-8")
    change = first_difference(before, described[0]) if before else "pinned for the first time"
    print(f"{PINNED.name}: {change or 'nothing changed'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
