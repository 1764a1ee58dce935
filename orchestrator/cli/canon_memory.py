"""`pipeline canon context` and `recall`: what a generation step, or a writer, gets to know."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orchestrator.cli.options import AsJson, ShowFolder
from orchestrator.seams.console import say, say_json

if TYPE_CHECKING:
    from orchestrator.canon.story_memory import Memory
    from schemas.context_pack import ContextPack

Vectors = Annotated[
    Path | None,
    typer.Option("--vectors", help="Word vectors (word2vec or fastText text) to compare by."),
]


def context(
    episode: Annotated[
        str, typer.Argument(help="An episode's file, or the id of one that is not written yet.")
    ],
    budget: Annotated[int, typer.Option("--budget", help="Largest size in bytes.")] = 16_000,
    vectors: Vectors = None,
    out: Annotated[Path | None, typer.Option("--out", help="Write the pack as JSON here.")] = None,
    show_folder: ShowFolder = Path(),
    as_json: AsJson = False,
) -> int:
    """Assemble what a step that writes an episode may know: facts, past events, open threads.

    A thread is `[[canon: the_key.question = Who has it?]]` in an episode, open until a later
    `[[canon: the_key.status -> closed]]`. The same story gives the same bytes.

    Examples:

      pipeline canon context my-show/episodes/s01e03.fountain

      pipeline canon context s01e04 --show my-show --budget 8000 --json
    """
    from orchestrator.canon.check import script_now
    from orchestrator.canon.story_memory import context_of
    from orchestrator.seams.durable_files import replace_file
    from orchestrator.shows.show import find_episode

    script = None
    if Path(episode).is_file():
        place = find_episode(Path(episode))
        episode, show_folder, script = place.episode_id, place.show, script_now(place)
    pack = context_of(_memory(show_folder, vectors), episode, script, budget)
    if out is not None:
        replace_file(out, pack.readable())
    if as_json:
        say_json(pack.payload())
    else:
        say(str(out) if out is not None else _told(pack))
    return 0


def recall(
    question: Annotated[str, typer.Argument(help="Words, in any order.")],
    limit: Annotated[int, typer.Option("--limit", min=1, max=100, help="How many.")] = 5,
    before: Annotated[
        str, typer.Option("--before", help="Only what was told before this episode.")
    ] = "",
    vectors: Vectors = None,
    show_folder: ShowFolder = Path(),
    as_json: AsJson = False,
) -> int:
    """Find scenes and lines of earlier runs that are like a question. Colour, never truth.

    Example:  pipeline canon recall "who carried the lantern" --show my-show
    """
    from orchestrator.canon.story_memory import ask_memory

    hits = ask_memory(_memory(show_folder, vectors), question, limit, before)
    if as_json:
        say_json(
            [
                {"score_e4": hit.score_e4, **hit.entry.model_dump(mode="json", exclude={"vector"})}
                for hit in hits
            ]
        )
        return 0
    rows = [
        f"{hit.score_e4 / 100:5.1f}%  {hit.entry.episode}  {hit.entry.file}:{hit.entry.line}  "
        f"{hit.entry.text}"
        for hit in hits
    ]
    say("\n".join(rows) or "nothing like it was told in a run")
    return 0


def _memory(folder: Path, vectors: Path | None) -> Memory:
    from orchestrator.canon.store import canon_at
    from orchestrator.canon.story_memory import Memory
    from orchestrator.inspection.inspect import show_at
    from orchestrator.store.registry import Registry

    show = show_at(folder)
    return Memory(Registry(show), canon_at(show), vectors)


def _told(pack: ContextPack) -> str:
    from canon.verdict import claim, since

    rows = [f"before {pack.episode}, canon {pack.canon[:12]}"]
    if pack.last_episode is not None:
        title = f" “{pack.last_episode.title}”" if pack.last_episode.title else ""
        rows += ["", f"last episode: {pack.last_episode.episode}{title}"]
        rows += [f"  {line}" for line in pack.last_episode.summary.splitlines()]
    sections = {
        "open threads": [f"{t.text}  ({t.file}:{t.line})" for t in pack.open_threads],
        "facts": [f"{claim(fact)}  ({since(fact)})" for fact in pack.facts],
        "past events": [f"{e.episode}: {e.text}  ({e.file}:{e.line})" for e in pack.past_events],
        "recalled, no truth": [f"{r.text}  ({r.file}:{r.line})" for r in pack.recalled],
    }
    for title, lines in sections.items():
        if lines:
            rows += ["", f"{title}:", *(f"  {line}" for line in lines)]
    left = {name: count for name, count in pack.left_out.model_dump().items() if count}
    if left:
        told = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in left.items())
        rows += ["", f"no room for: {told}"]
    return "\n".join(rows)
