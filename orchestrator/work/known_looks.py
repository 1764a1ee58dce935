"""How a show's people look by what is known before an episode: its canon, and earlier scripts."""

from __future__ import annotations

from pathlib import Path

from orchestrator.context import RunContext
from orchestrator.memo import Made, Work
from schemas.asset_manifest import Attribute
from schemas.errors import PipelineError

LOOKS_VERSION = 1
_EPISODES = "episodes"
_SCREENPLAYS = (".fountain", ".spmd", ".txt")
# Canon attributes that describe someone, as in `canon/vocabulary.py`.
_SEEN_FACTS = ("age", "hair", "looks")

Known = dict[str, tuple[Attribute, ...]]


def known_looks(context: RunContext) -> Known:
    """By character id; canon is heard before the scripts, and an earlier script before a later.

    An earlier script that cannot be read says nothing here: its own run tells why.
    """
    from stages.said_looks import all_looks

    known = _by_canon(context)
    for earlier in _earlier_scripts(context):
        known = all_looks(_said_in(context, earlier), known)
    return known


def _by_canon(context: RunContext) -> Known:
    from canon.facts import current_facts
    from orchestrator.work.gate_canon import canon_before
    from stages.said_looks import looks_in

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
    folder = context.place.source.parent
    if folder.name != _EPISODES:
        return []
    return sorted(
        file
        for file in folder.iterdir()
        if file.suffix.lower() in _SCREENPLAYS
        and file.stem < context.place.source.stem
        and file.is_file()
        and not file.is_symlink()
    )


def _said_in(context: RunContext, file: Path) -> Known:
    work = Work(
        kind="asset",
        label=f"looks in {file.name}",
        operation="said_looks",
        version=LOOKS_VERSION,
        inputs={"screenplay": context.registry.stamps.digest_of(file)},
        settings={"language": context.project.language},
    )

    def make(_folder: Path) -> Made:
        from orchestrator.work.read_script import MAX_SCREENPLAY_BYTES, parse_screenplay
        from stages.said_looks import said_looks

        try:
            if file.stat().st_size > MAX_SCREENPLAY_BYTES:
                return Made({}, {"looks": {}})
            script = parse_screenplay(file.read_bytes(), file, file.name, context.project.language)
        except (PipelineError, OSError):
            return Made({}, {"looks": {}})
        said = said_looks(script)
        return Made(
            {}, {"looks": {who: {a.name: a.value for a in each} for who, each in said.items()}}
        )

    found = context.memo.remember(work, make).facts["looks"]
    return {
        who: tuple(Attribute(name=name, value=value) for name, value in sorted(each.items()))
        for who, each in found.items()
    }
