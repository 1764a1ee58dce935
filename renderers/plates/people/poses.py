"""Poses: a shot list's words for how somebody holds themselves as a posture and a gesture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from renderers.plates.words import words_of

AWAY: Final = "away"
"""Seen from behind, over the shoulder."""

FEET: Final = 588.0
"""The soles of someone standing, in hundredths of a head below the middle of the head."""

GROUNDS: Final[dict[str, float]] = {
    "standing": FEET,
    "walking": FEET,
    "running": 518.0,
    AWAY: FEET,
    "sitting": 472.0,
    "sofa": 440.0,
    "propped": 424.0,
    "step": 444.0,
    "ground": 322.0,
    "kneeling": 436.0,
    "crouching": 402.0,
    "lying": 84.0,
    "bed": 190.0,
}
"""By posture, where the ground is: as far below the middle of the head."""

UPRIGHT: Final = frozenset({"standing", "walking"})
LYING: Final = frozenset({"lying", "bed"})


@dataclass(frozen=True, slots=True)
class Pose:
    """`posture` is one of `GROUNDS`, `gesture` what the arms do, "" for nothing of note."""

    posture: str = "standing"
    gesture: str = ""

    @property
    def is_away(self) -> bool:
        """Whether nothing but the back is for the camera to see, near it."""
        return self.posture == AWAY

    @property
    def lies(self) -> bool:
        """Whether the body lies along the ground."""
        return self.posture in LYING

    @property
    def lower_heads(self) -> float:
        """How much lower the head is than that of someone standing, in heads."""
        return 0.0 if self.lies else (FEET - GROUNDS[self.posture]) / 100


# The first that matches decides; what is said of a seat stands before the sitting itself.
_POSTURES: Final = (
    (AWAY, "away shoulder"),
    ("propped", "up"),
    ("sofa", "sofa couch armchair"),
    ("bed", "bed bunk"),
    ("ground", "ground floor"),
    ("step", "step stairs"),
    ("sitting", "sitting sits sit seated"),
    ("kneeling", "kneeling kneels"),
    ("crouching", "crouching crouches crouched"),
    ("lying", "lying lies lie sleeping asleep dead fallen"),
    ("running", "running runs run"),
    ("walking", "walking walks walk striding entering enters leaving leaves"),
)
_GESTURES: Final = (
    ("ear", "phone telephone"),
    ("face", "head face"),
    ("hug", "hugging hugs embracing"),
    ("turned", "turned back"),
    ("crossed", "crossed folded"),
    ("hips", "hips"),
    ("praying", "praying prays"),
    ("pointing", "pointing points"),
    ("waving", "waving waves"),
    ("raised", "raised surrender cheering"),
    ("reach", "reaching reaches"),
)


@lru_cache(maxsize=256)
def pose_of(pose: str) -> Pose:
    """The pose that a shot list's words ask for; standing where they say nothing known."""
    said = set(words_of(pose))
    return Pose(_named(said, _POSTURES) or "standing", _named(said, _GESTURES))


def _named(said: set[str], table: tuple[tuple[str, str], ...]) -> str:
    return next((name for name, words in table if not said.isdisjoint(words.split())), "")
