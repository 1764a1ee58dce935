"""`pipeline lint`: captions, and the shots of a build, held against the rules."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from orchestrator.run.delivery import CAPTION_ENDINGS
from orchestrator.seams.durable_files import storage_error
from orchestrator.shows.settings import default_settings, read_settings
from orchestrator.shows.show import BUILDS, EpisodePlace, find_episode, find_show, project_file
from renderers.captions.reading import READ_SUFFIXES
from schemas.artifact import Artifact
from schemas.asset_manifest import AssetManifest
from schemas.documents import read_document
from schemas.errors import ExitCode, PipelineError
from schemas.project import Project
from schemas.render_output import CaptionCheck, CaptionViolation
from schemas.render_plan import RenderPlan
from schemas.scratch_track import ScratchTrack
from schemas.shot_list import ShotList

if TYPE_CHECKING:
    from stages.shots.check_shots import ShotBreak

Model = TypeVar("Model", bound=Artifact)
# The longest film's captions are below 1 MiB.
MAX_CAPTION_BYTES = 32 << 20


@dataclass(frozen=True, slots=True)
class Linted:
    """What was looked at, and what was found; `notes` say what could not be looked at."""

    subject: str
    check: CaptionCheck
    notes: tuple[str, ...] = ()
    shot_breaks: tuple[ShotBreak, ...] = ()

    @property
    def exit_code(self) -> ExitCode:
        """0 when nothing breaks a rule, else 5, as for every gate."""
        return ExitCode.BLOCKED if self._broken else ExitCode.DONE

    @property
    def _broken(self) -> int:
        return len(self.check.violations) + len(self.shot_breaks)

    @property
    def verdict(self) -> str:
        """How many rules are broken, in words."""
        return f"{self._broken} broken rule{'s'[: self._broken != 1]}" if self._broken else "clean"


def lint(typed: Path, language: str = "") -> Linted:
    """Lint a checkpoint folder, a caption file or an episode.

    An episode is read, and the captions of its build are checked when there is one. `language`
    is for a caption file outside any build. Raises PipelineError for what cannot be read.
    """
    if typed.is_dir():
        return _lint_build(typed)
    if typed.suffix.lower() in READ_SUFFIXES:
        return _lint_file(typed, language)
    return _lint_episode(find_episode(typed))


def linted_json(linted: Linted) -> dict[str, Any]:
    """The result as plain values."""
    return {
        "subject": linted.subject,
        "captions": linted.check.captions,
        "violations": [each.model_dump(mode="json") for each in linted.check.violations],
        "shot_breaks": [asdict(each) for each in linted.shot_breaks],
        "notes": list(linted.notes),
    }


def linted_text(linted: Linted) -> str:
    """The result for people: a line for each broken rule."""
    rows = [_row(each) for each in linted.check.violations]
    rows += [f"shot {each.text}" for each in linted.shot_breaks]
    rows += [f"note: {note}" for note in linted.notes]
    captions = f"{linted.check.captions} captions"
    return "\n".join([*rows, f"{linted.subject}: {captions}, {linted.verdict}"])


def _row(found: CaptionViolation) -> str:
    seconds, ms = divmod(found.start_ms, 1000)
    at = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{ms:03d}"
    return (
        f"{found.file} {found.caption} {at} {found.severity}: {found.rule}: {found.found} "
        f"(allowed: {found.allowed}): {found.text}"
    )


def _lint_episode(place: EpisodePlace) -> Linted:
    from orchestrator.work.read_script import parse_screenplay
    from stages.reading.reading_advice import reading_advice

    language = place.settings.project.language
    script = parse_screenplay(_read(place.source), place.source, place.name, language)
    notes = (*place.settings.warnings, *reading_advice(script))
    if not (place.build / "render_output.json").is_file():
        film = f"no film of it yet, so no captions: `pipeline run {place.name}`"
        return Linted(place.name, CaptionCheck(captions=0), (*notes, film))
    found = _lint_build(place.build)
    return replace(found, subject=place.name, notes=(*notes, *found.notes))


def _lint_build(build: Path) -> Linted:
    from renderers.captions.gate import check_delivered, rules_of_film
    from stages.shots.check_shots import check_shots

    shots = _artifact(build, "shot_list.json", ShotList)
    manifest = _artifact(build, "asset_manifest.json", AssetManifest)
    plan = _artifact(build, "render_plan.json", RenderPlan)
    scratch = _artifact(build, "scratch_track.json", ScratchTrack)
    name = build.resolve().name
    files = {
        ending: _read(build / f"{name}.{ending}")
        for ending in CAPTION_ENDINGS
        if (build / f"{name}.{ending}").is_file()
    }
    if not files:
        raise PipelineError(
            "not-found", str(build), "holds no captions", "run the episode: `pipeline run EPISODE`"
        )
    check = check_delivered(files, rules_of_film(shots, manifest, plan))
    missing = [ending for ending in CAPTION_ENDINGS if ending not in files]
    notes = (f"there is no {', no '.join(f'{name}.{each}' for each in missing)}",) * bool(missing)
    return Linted(
        f"{BUILDS}/{name}",
        check,
        (*notes, *_pacing(build, shots)),
        check_shots(shots, scratch),
    )


def _pacing(build: Path, shots: ShotList) -> tuple[str, ...]:
    """How the film stands against its target window, and what each heavy scene could do for it."""
    from stages.shots.pacing import pacing_advice, pacing_of, pacing_text

    pacing = pacing_of(shots, _project_around(build).target_duration)
    said = pacing_text(pacing)
    return (said, *pacing_advice(shots, pacing)) if said else ()


def _lint_file(file: Path, language: str) -> Linted:
    from renderers.captions.check import CaptionRules, check_captions
    from renderers.captions.gate import limits_of
    from renderers.captions.reading import read_captions
    from stages.caption_style import caption_style

    cues = read_captions(_read(file), file.name)
    project = _project_around(file)
    rules = CaptionRules(
        limits=limits_of(caption_style(project)),
        language=language or project.language,
        fps=project.format.fps,
    )
    violations = check_captions(cues, rules, file.suffix.lower().lstrip("."))
    return Linted(file.name, CaptionCheck(captions=len(cues), violations=violations))


def _project_around(file: Path) -> Project:
    show = find_show(file.resolve().parent)
    settings = project_file(show) if show else None
    return (read_settings(settings) if settings else default_settings(file.stem)).project


def _artifact(build: Path, name: str, model: type[Model]) -> Model:
    path = build / name
    if not path.is_file():
        raise PipelineError(
            "not-a-build",
            str(build),
            f"holds no {name}, so it is no finished build",
            "give builds/EPISODE of a show, an episode, or a .srt, .vtt or .ass file",
        )
    return read_document(_read(path), model, name)


def _read(path: Path) -> bytes:
    try:
        if path.suffix.lower() in READ_SUFFIXES and path.stat().st_size > MAX_CAPTION_BYTES:
            raise PipelineError(
                "not-captions",
                str(path),
                f"is larger than {MAX_CAPTION_BYTES >> 20} MiB, which no captions are",
                "give a caption file",
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise PipelineError(
            "not-found", str(path), "there is no such file", "check the path"
        ) from None
    except OSError as error:
        raise storage_error(error, path) from None
