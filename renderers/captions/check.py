"""The caption rules, and what in a caption file breaks them (docs/captions.md lists them).

Limits are those of the Netflix Timed Text Style Guides, general requirements and language guides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from renderers.captions.breaks import MAX_CUE_MS, MIN_CUE_MS
from renderers.captions.cue import CaptionLimits, limits_for
from renderers.captions.match import Match, match_speech, unmatched
from renderers.captions.pieces import NO_ROW_END, NO_ROW_START, display_width, main_writing
from renderers.captions.reading import ReadCue
from renderers.captions.sounds import LATEST_MS
from renderers.captions.speech import Speech, lines_of
from renderers.captions.timing import GAP_FRAMES
from schemas.render_output import CaptionViolation
from schemas.timing import FrameRate, frames_to_ms

SYNC_FRAMES: Final = 3
_WRITINGS: Final = ("ja", "zh", "yue", "ko")
# What may begin a speech although it may not begin a later row.
_MAY_LEAD: Final = frozenset("…‥～〜ー“‘”’")
_SHOWN_CHARS: Final = 60

Severity = Literal["error", "warning"]
# A warning is what fast speech or a narrow row can leave no other room for.
SEVERITIES: Final[dict[str, Severity]] = {
    "empty": "error",
    "line-count": "error",
    "line-length": "error",
    "line-break": "warning",
    "reading-speed": "warning",
    "too-short": "warning",
    "too-long": "error",
    "gap": "warning",
    "overlap": "error",
    "past-end": "error",
    "sync": "error",
    "words-missing": "error",
    "not-spoken": "error",
    "italics": "error",
    "speaker": "warning",
    "sound": "warning",
    "files-differ": "error",
}


@dataclass(frozen=True, slots=True)
class CaptionRules:
    """What captions are held against. Without `film_frames` and `speech`, only by themselves.

    `limits` are the project's, before the language has its say.
    """

    limits: CaptionLimits
    language: str
    fps: FrameRate
    film_frames: int | None = None
    speech: Speech | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule: what was found, and what is allowed."""

    rule: str
    found: str
    allowed: str


def check_captions(
    cues: Sequence[ReadCue], rules: CaptionRules, file: str
) -> tuple[CaptionViolation, ...]:
    """Every rule that any of the captions breaks, in their order."""
    violations: list[CaptionViolation] = []
    matches = match_speech(cues, rules.speech) if rules.speech else unmatched(cues)
    for number, match in enumerate(matches, start=1):
        following = cues[number] if number < len(cues) else None
        findings = (
            *_shape(match, rules),
            *_time(match.cue, following, rules),
            *(_speech(match, rules) if rules.speech else ()),
        )
        violations += (violation(each, file, number, match.cue) for each in findings)
    return (*violations, *_sounds(cues, rules, file))


def _sounds(cues: Sequence[ReadCue], rules: CaptionRules, file: str) -> Iterator[CaptionViolation]:
    """A sound that no caption tells, at the caption that stands where it is heard."""
    latest_ms = LATEST_MS + frames_to_ms(1, rules.fps)
    for sound in rules.speech.sounds if rules.speech else ():
        heard_ms = frames_to_ms(sound.frame, rules.fps)
        told = any(
            sound.text in cue.texts and -1 <= cue.start_ms - heard_ms <= latest_ms for cue in cues
        )
        if not told and cues:
            number = sum(cue.start_ms <= heard_ms for cue in cues) or 1
            finding = Finding("sound", f"{sound.text} at {heard_ms} ms is not told", sound.text)
            yield violation(finding, file, number, cues[number - 1])


def violation(finding: Finding, file: str, number: int, cue: ReadCue) -> CaptionViolation:
    """A finding with the caption it is about; `number` counts from 1."""
    text = " / ".join(cue.texts)
    return CaptionViolation(
        rule=finding.rule,
        severity=SEVERITIES[finding.rule],
        file=file,
        caption=number,
        start_ms=cue.start_ms,
        end_ms=cue.end_ms,
        found=finding.found,
        allowed=finding.allowed,
        text=text if len(text) <= _SHOWN_CHARS else text[: _SHOWN_CHARS - 1] + "…",
    )


def _shape(match: Match, rules: CaptionRules) -> Iterator[Finding]:
    texts = match.cue.texts
    limits, wide = _limits(match, rules)
    widths = [display_width(text, wide) for text in texts]
    if not all(text.strip() for text in texts):
        yield Finding("empty", "an empty row", "words in every row")
    if len(texts) > limits.lines:
        yield Finding("line-count", f"{len(texts)} rows", f"{limits.lines} rows")
    for row, width in enumerate(widths, start=1):
        if width > limits.line_chars:
            found = f"{width} characters in row {row}"
            yield Finding("line-length", found, f"{limits.line_chars} characters")
    if wide:
        yield from _breaks(texts)
    length_ms = match.cue.end_ms - match.cue.start_ms
    # A file's times are rounded to the millisecond, at either end.
    if length_ms > 0 and sum(widths) * 1000 > limits.chars_per_second * (length_ms + 1):
        speed = -(-sum(widths) * 1000 // length_ms)
        allowed = f"{limits.chars_per_second} characters a second"
        yield Finding("reading-speed", f"{speed} characters a second", allowed)


def _limits(match: Match, rules: CaptionRules) -> tuple[CaptionLimits, bool]:
    """The limits, and whether they count a wide letter as one: by the language, or the writing."""
    primary = rules.language.replace("_", "-").split("-")[0].lower()
    said = "".join(line.text for line in lines_of(match.letters)) or "".join(match.cue.texts)
    writing = primary if primary in _WRITINGS else main_writing(said)
    return limits_for(writing, rules.limits), bool(writing)


def _breaks(texts: tuple[str, ...]) -> Iterator[Finding]:
    for row, text in enumerate(texts):
        begins, ends = text[:1], text[-1:]
        if begins in NO_ROW_START and begins and not (row == 0 and begins in _MAY_LEAD):
            yield Finding("line-break", f"row {row + 1} begins with {begins}", "no such beginning")
        if ends in NO_ROW_END and ends:
            yield Finding("line-break", f"row {row + 1} ends with {ends}", "no such ending")


def _time(cue: ReadCue, following: ReadCue | None, rules: CaptionRules) -> Iterator[Finding]:
    one_frame = frames_to_ms(1, rules.fps)
    length_ms = cue.end_ms - cue.start_ms
    if length_ms > MAX_CUE_MS + one_frame:
        yield Finding("too-long", f"{length_ms} ms", f"{MAX_CUE_MS} ms")
    if length_ms < MIN_CUE_MS - 1:
        yield Finding("too-short", f"{length_ms} ms", f"{MIN_CUE_MS} ms")
    if rules.film_frames is not None:
        end = frames_to_ms(rules.film_frames, rules.fps)
        if cue.end_ms > end:
            yield Finding("past-end", f"until {cue.end_ms} ms", f"the film ends at {end} ms")
    if following is None:
        return
    gap_ms = following.start_ms - cue.end_ms
    if gap_ms < 0:
        yield Finding("overlap", f"{-gap_ms} ms over the next caption", "none")
    elif gap_ms < frames_to_ms(GAP_FRAMES, rules.fps) - 1:
        allowed = f"{GAP_FRAMES} frames, {frames_to_ms(GAP_FRAMES, rules.fps)} ms"
        yield Finding("gap", f"{gap_ms} ms before the next caption", allowed)


def _speech(match: Match, rules: CaptionRules) -> Iterator[Finding]:
    if match.missing:
        yield Finding("words-missing", f"not shown: {match.missing[:_SHOWN_CHARS]}", "every word")
    if match.strange:
        yield Finding("not-spoken", "words nobody says here", "what is said, in order")
    if not match.letters or match.together:
        return
    first = match.letters[0]
    heard_ms = frames_to_ms(first.frame, rules.fps)
    away = match.cue.start_ms - heard_ms
    if abs(away) > frames_to_ms(SYNC_FRAMES, rules.fps) + 1:
        found = f"{abs(away)} ms {'after' if away > 0 else 'before'} its first word"
        yield Finding("sync", found, f"within {SYNC_FRAMES} frames of it")
    slanted = first.line.item.off_screen or first.line.item.sung
    plain = not any(span.italic for span in first.line.item.spans)
    if slanted and plain and not any(span.italic for row in match.cue.rows for span in row):
        yield Finding("italics", "upright", "italics for who is off screen, and for song")
    label = first.label
    if label and not _named(match.cue.texts[0], label):
        yield Finding("speaker", "no name", label)


def _named(text: str, label: str) -> bool:
    """Whether a row names the speaker; a long name may be cut to `MARGAR…:`."""
    cut, found, _ = text.partition("…:")
    return text.startswith(label) or (bool(found) and label.startswith(cut))
