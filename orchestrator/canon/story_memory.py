"""What the story remembers of itself: recall over its Scripts, and the pack before an episode.

Both are made through the memo from artifacts alone, so that either can be thrown away at any time
and comes back with the same bytes. Only the Scripts of runs are read, never an old screenplay.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from canon.context import Question, Told, assemble_context, question_text
from canon.embedding import Embedder, HashedNgrams, words_of
from canon.facts import as_of, episode_order
from canon.recall import Hit, build_index, recall
from orchestrator.canon.store import CanonStore
from orchestrator.canon.word_vectors import read_word_vectors
from orchestrator.store.memo import Made, Memo, Product, Work
from orchestrator.store.registry import RecordOrigin, Registry
from schemas.artifact import Artifact
from schemas.context_pack import ContextPack
from schemas.digest import Digest, digest_bytes
from schemas.documents import AnyArtifact
from schemas.recall import RecallIndex
from schemas.script import Script, plain_text

RECALL_VERSION = 1
CONTEXT_VERSION = 1
RECALLED = 8


@dataclass(frozen=True, slots=True)
class Memory:
    """A show's registry and canon, and the file of word vectors where one is used."""

    registry: Registry
    store: CanonStore
    vectors: Path | None = None


def told_episodes(registry: Registry) -> list[Told]:
    """The Script of the latest run of every episode that got as far as one, in story order."""
    told = []
    for episode in registry.episodes():
        run = registry.latest_run(episode)
        stages = run["summary"]["stages"] if run else []
        made = [s["artifact"] for s in stages if s["stage"] == "read_script" and s["artifact"]]
        if made:
            told.append(Told(episode, registry.load(Script, made[0]), made[0]))
    return sorted(told, key=lambda each: episode_order(each.episode))


def ask_memory(memory: Memory, question: str, limit: int, before: str = "") -> tuple[Hit, ...]:
    """The entries most like the question. Raises PipelineError for vectors that cannot be read."""
    with memory.registry.in_use():
        memory.registry.prepare()
        told = told_episodes(memory.registry)
        embedder = _embedder(memory, told, question)
        return recall(_index(memory, told, embedder), question, embedder, limit, before)


def context_of(
    memory: Memory, episode: str, script: Script | None, budget_bytes: int
) -> ContextPack:
    """The context pack for an episode. Raises PipelineError as `assemble_context` does."""
    head = memory.store.head()
    known = as_of(head, episode)
    with memory.registry.in_use():
        memory.registry.prepare()
        past = [
            each
            for each in told_episodes(memory.registry)
            if episode_order(each.episode) < episode_order(episode)
        ]
        asked = question_text(script, known, past)
        embedder = _embedder(memory, past, asked)
        index = _index(memory, past, embedder)
        work = Work(
            kind="stage",
            label=f"context {episode}",
            operation="assemble_context",
            version=CONTEXT_VERSION,
            inputs={
                "canon": _keep(memory.registry, known),
                "recall": _keep(memory.registry, index),
                **({"script": _keep(memory.registry, script)} if script else {}),
                **{f"script {each.episode}": each.digest for each in past},
            },
            settings={"episode": episode, "budget_bytes": budget_bytes},
        )
        question = Question(episode, script, budget_bytes)
        return _made(
            memory.registry,
            ContextPack,
            work,
            lambda: assemble_context(
                question, known, past, recall(index, asked, embedder, RECALLED)
            ),
        )


def _index(memory: Memory, told: list[Told], embedder: Embedder) -> RecallIndex:
    owner = memory.store.owner
    work = Work(
        kind="stage",
        label="recall",
        operation="index_recall",
        version=RECALL_VERSION,
        inputs={f"script {each.episode}": each.digest for each in told},
        settings={"embedder": embedder.name, "show": owner.show, "tenant": owner.tenant},
    )
    scripts = [(each.episode, each.script) for each in told]
    return _made(
        memory.registry,
        RecallIndex,
        work,
        lambda: build_index(scripts, embedder, owner.show, owner.tenant),
    )


def _embedder(memory: Memory, told: list[Told], question: str) -> Embedder:
    if memory.vectors is None:
        return HashedNgrams()
    if not memory.vectors.is_file():
        return read_word_vectors(memory.vectors, "", ())  # says why not
    words = set(words_of(question))
    for each in told:
        words |= set(words_of(_all_words(each.script)))
    return read_word_vectors(
        memory.vectors, memory.registry.stamps.digest_of(memory.vectors), words
    )


def _all_words(script: Script) -> str:
    texts: list[str] = []
    for scene in script.scenes:
        texts.append(scene.slug.text)
        for element in scene.elements:
            texts += [getattr(element, "text", ""), getattr(element, "speaker", "")]
            texts.append(plain_text(getattr(element, "spans", ())))
    return " ".join(texts)


def _made(
    registry: Registry, model: type[AnyArtifact], work: Work, make: Callable[[], AnyArtifact]
) -> AnyArtifact:
    memo = Memo(registry, {}, lambda _item: None)

    def product(_folder: Path) -> Made:
        return Made({"artifact": Product(make(), model.schema_name())})

    return registry.load(model, memo.remember(work, product).outputs["artifact"])


def _keep(registry: Registry, document: Artifact) -> Digest:
    data = document.preimage()
    digest = digest_bytes(data)
    if registry.read_record(digest) is None:
        registry.blobs.put_bytes(data)
        name = document.schema_name()
        registry.record(digest, RecordOrigin(name, document.SCHEMA, (), {"name": "read"}))
    return digest
