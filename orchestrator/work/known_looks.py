"""How a show's people look by what is known before an episode: its canon, and earlier scripts."""

from __future__ import annotations

from pathlib import Path

from orchestrator.run.context import RunContext
from orchestrator.store.memo import Made, Work
from schemas.asset_manifest import Attribute
from schemas.digest import digest_bytes
from schemas.errors import PipelineError

LOOKS_VERSION = 3
_EPISODES = "episodes"
_SCREENPLAYS = (".fountain", ".spmd", ".txt")
# Canon attributes that describe someone, as in `canon/vocabulary.py`.
_SEEN_FACTS = ("age", "hair", "looks")

Known = dict[str, tuple[Attribute, ...]]


def known_looks(context: RunContext) -> Known:
    """By character id; canon is heard before the scripts, and an earlier script before a later.

    Episodes come in the order of their numbers: s01e09 before s01e10. What cannot be read of an
    earlier script is a warning of this run, which does not need it.
    """
    from stages.people.said_looks import all_looks

    known = _by_canon(context)
    for earlier in _earlier_scripts(context):
        known = all_looks(_said_in(context, earlier), known)
    return known


def _by_canon(context: RunContext) -> Known:
    from canon.facts import current_facts
    from orchestrator.work.gate_canon import canon_before
    from stages.people.said_looks import looks_in

    told: dict[str, list[str]] = {}
    facts = current_facts(canon_before(context.place)[0])
    for attribute in _SEEN_FACTS:
        for fact in facts:
            if fact.attribute == attribute:
                words = f"{fact.value} hair" if attribute == "hair" else fact.value
                told.setdefault(fact.subject, []).append(words)
    looks = {subject: looks_in(", ".join(words)) for subject, words in told.items()}
    return {subject: each for subject, each in looks.items() if each}


def _earlier_scripts(context: RunContext) -> list[Path]:
    from canon.facts import episode_order

    source = context.place.source
    if source.parent.name != _EPISODES:
        return []
    this = episode_order(source.stem)
    earlier = [
        file
        for file in source.parent.iterdir()
        if file.suffix.lower() in _SCREENPLAYS
        and episode_order(file.stem) < this
        and file.is_file()
        and not file.is_symlink()
    ]
    return sorted(earlier, key=lambda file: (episode_order(file.stem), file.suffix))


def _said_in(context: RunContext, file: Path) -> Known:
    from orchestrator.work.read_script import parse_screenplay, read_screenplay

    name = file.relative_to(context.place.show).as_posix()
    language = context.project.language
    try:
        data = read_screenplay(file, name)
    except PipelineError as unreadable:
        _warn(context, file, name, unreadable.problem)
        return {}
    work = Work(
        kind="asset",
        label=f"looks in {file.name}",
        operation="said_looks",
        version=LOOKS_VERSION,
        inputs={"screenplay": digest_bytes(data)},
        settings={"language": language},
    )

    def make(_folder: Path) -> Made:
        from stages.people.said_looks import said_looks

        try:
            said = said_looks(parse_screenplay(data, file, name, language))
        except PipelineError as unreadable:
            if unreadable.code == "empty-screenplay":
                return Made({}, {"looks": {}})  # a draft of which nothing is written yet
            # A pure verdict about these bytes, so it is remembered like any result.
            return Made({}, {"looks": {}, "problem": unreadable.problem})
        return Made(
            {}, {"looks": {who: {a.name: a.value for a in each} for who, each in said.items()}}
        )

    found = context.memo.remember(work, make).facts
    if "problem" in found:
        _warn(context, file, name, found["problem"])
    return {
        who: tuple(Attribute(name=name, value=value) for name, value in sorted(each.items()))
        for who, each in found["looks"].items()
    }


def _warn(context: RunContext, file: Path, name: str, problem: str) -> None:
    """Say what is not known for want of an earlier script."""
    from canon.episode import episode_numbers

    if file.suffix.lower() == ".txt" and not any(episode_numbers(file.stem)):
        return  # somebody's notes
    context.warnings.append(
        f"{name}: {problem}; how people look in it is not known here: mend it "
        f"(`pipeline run {name}` says where), or take it out of {_EPISODES}/"
    )
