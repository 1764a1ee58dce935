"""The one memo: work is done once per key, whatever it is (a stage, line, asset, shot or film)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from orchestrator.seams.clock import Stopwatch
from orchestrator.store.blobs import BlobStore
from orchestrator.store.registry import RecordOrigin, Registry
from schemas.artifact import Artifact
from schemas.digest import Digest, tagged_digest
from schemas.documents import check
from schemas.errors import PipelineError
from schemas.license import License
from schemas.run_summary import WorkItem

WorkKind = Literal[
    "stage", "font", "line", "asset", "shot", "transition", "still", "film", "review"
]

NEW = "not made before"
UNCHANGED = "nothing it depends on has changed"
LOST = "its stored result was missing or damaged"


@dataclass(frozen=True, slots=True)
class Work:
    """A piece of work and everything its result depends on.

    `label` is for people and is not part of the key: nothing is keyed by position, path or name.
    """

    kind: WorkKind
    label: str
    operation: str
    version: int
    inputs: Mapping[str, Digest] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    toolchain: Mapping[str, str] = field(default_factory=dict)

    def parts(self) -> dict[str, str]:
        """Every part of the key by a name a person understands, as text."""
        named = {"operation version": str(self.version)}
        named |= {f"input {name}": digest for name, digest in self.inputs.items()}
        named |= {
            f"setting {name}": tagged_digest("Setting", value)[:16]
            for name, value in self.settings.items()
        }
        return named | {f"tool {name}": value for name, value in self.toolchain.items()}

    def key(self) -> Digest:
        """Digest of operation, version, inputs, settings and toolchain."""
        return key_of(self.payload())

    def payload(self) -> dict[str, Any]:
        """What the key is made from, as plain values."""
        return {
            "operation": self.operation,
            "version": self.version,
            "inputs": dict(self.inputs),
            "settings": dict(self.settings),
            "toolchain": dict(self.toolchain),
        }


@dataclass(frozen=True, slots=True)
class Product:
    """Something a piece of work made: an artifact, or a file to move into the registry.

    `references` are blobs that the product names inside and cannot be used without. `parents`
    are recorded as origin besides the inputs of the work.
    """

    content: Artifact | Path | bytes
    kind: str
    references: tuple[Digest, ...] = ()
    parents: tuple[Digest, ...] = ()
    license: License | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What a piece of work leaves: products by name, and small facts about them."""

    products: Mapping[str, Product]
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remembered:
    """The digests of the products, the facts, and whether the work had to be done."""

    outputs: Mapping[str, Digest]
    facts: Mapping[str, Any]
    hit: bool


class Memo:
    """Remembers work in a registry and keeps the account of one run. Safe for threads."""

    def __init__(
        self,
        registry: Registry,
        earlier: Mapping[str, Mapping[str, str]],
        on_work: Callable[[WorkItem], None],
    ) -> None:
        self._registry = registry
        self._earlier = earlier
        self._on_work = on_work
        self._guard = threading.Lock()
        self._busy: dict[Digest, threading.Lock] = {}
        self.accounts: dict[str, dict[str, str]] = {}
        self.keys: dict[str, Digest] = {}
        self.items: list[WorkItem] = []

    def remember(self, work: Work, make: Callable[[Path], Made]) -> Remembered:
        """The result of `work`: the stored one, or the one `make` produces now.

        `make` is given an empty folder that lives until its products are stored. Two threads
        that want the same key do the work once. Raises PipelineError `no-output` when `make` ends
        without a file that should be in that folder.
        """
        key = work.key()
        watch = Stopwatch()
        with self._lock_of(key):
            entry = self._registry.read_memo(key)
            hit = entry is not None
            reason = UNCHANGED if hit else self._why(work)
            if entry is None:
                with self._registry.scratch() as folder, _output_expected(folder, work.label):
                    entry = self._store(key, work, make(folder))
        self._account(work, key, hit, reason, watch.elapsed_ms())
        return Remembered(entry["outputs"], entry["facts"], hit)

    def _store(self, key: Digest, work: Work, made: Made) -> dict[str, Any]:
        entry: dict[str, Any] = {
            "key": key,
            "work": work.payload(),
            "products": {name: _said_of(product) for name, product in made.products.items()},
            "outputs": {},
            "references": sorted({d for p in made.products.values() for d in p.references}),
            "facts": dict(made.facts),
        }
        for name, product in made.products.items():
            digest = self._bring_in(product, work.label)
            entry["outputs"][name] = digest
            self._registry.record(digest, origin_of(entry, name, self._registry.blobs))
        self._registry.write_memo(key, entry)
        return entry

    def _bring_in(self, product: Product, label: str) -> Digest:
        blobs = self._registry.blobs
        if isinstance(product.content, Artifact):
            check(product.content.payload(), type(product.content), label)
            return blobs.put_bytes(product.content.preimage())
        if isinstance(product.content, Path):
            return blobs.adopt(product.content)
        return blobs.put_bytes(product.content)

    def _why(self, work: Work) -> str:
        before = self._earlier.get(f"{work.kind} {work.label}")
        if before is None:
            return NEW
        now = work.parts()
        changed = sorted(name for name in before.keys() | now if before.get(name) != now.get(name))
        if not changed:
            return LOST
        more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
        return "changed: " + ", ".join(changed[:3]) + more

    def _account(self, work: Work, key: Digest, hit: bool, reason: str, elapsed_ms: int) -> None:
        item = WorkItem(
            kind=work.kind, name=work.label, key=key, hit=hit, reason=reason, elapsed_ms=elapsed_ms
        )
        with self._guard:
            self.accounts[f"{work.kind} {work.label}"] = work.parts()
            self.keys[f"{work.kind} {work.label}"] = key
            self.items.append(item)
        self._on_work(item)

    def _lock_of(self, key: Digest) -> threading.Lock:
        with self._guard:
            return self._busy.setdefault(key, threading.Lock())


@contextmanager
def _output_expected(folder: Path, label: str) -> Iterator[None]:
    """A file that was to be made in `folder` and is not there: its program said it had made it."""
    try:
        yield
    except FileNotFoundError as error:
        missing = Path(str(error.filename or ""))
        if not missing.is_relative_to(folder):
            raise
        raise PipelineError(
            "no-output",
            label,
            f"a program ended as if all were well, but left no {missing.name}",
            "nothing of it was kept; run again, and look at PIPELINE_FFMPEG if you set it",
        ) from None


def key_of(work: Mapping[str, Any]) -> Digest:
    """The key of a piece of work, from `Work.payload` or what a memo entry keeps of it."""
    return tagged_digest("Work", work)


def origin_of(entry: Mapping[str, Any], output: str, blobs: BlobStore) -> RecordOrigin:
    """What the record of one output of a memo entry has to say."""
    work, product = entry["work"], entry["products"][output]
    named = work["inputs"] | {f"made with {digest[:12]}": digest for digest in product["parents"]}
    return RecordOrigin(
        kind=product["kind"],
        schema=product["schema"],
        parents=tuple(named.values()),
        operation={
            "name": work["operation"],
            "version": work["version"],
            "settings": work["settings"],
            "toolchain": work["toolchain"],
        },
        license=License.model_validate(product["license"]) if product["license"] else None,
        outside={name: digest for name, digest in named.items() if not blobs.holds(digest)},
    )


def _said_of(product: Product) -> dict[str, Any]:
    content = product.content
    return {
        "kind": product.kind,
        "schema": content.SCHEMA if isinstance(content, Artifact) else "",
        "parents": list(product.parents),
        "license": product.license.model_dump(mode="json") if product.license else None,
    }
