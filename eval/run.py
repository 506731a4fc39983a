"""One run of the evaluation over one set: everything that reports, comparisons and the gate are made from."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.asking import Ask, engine, gathered
from eval.baseline import plain_pipeline
from eval.casefile import read_cases
from eval.cases import Case
from eval.errors import EvalError
from eval.extraction import Extracted, extraction
from eval.given import GivenRow, given_row
from eval.labels import Labels, read_labels
from eval.mutants import Caught, imperfect, mutated
from eval.results import DRAWS, GROUPS, SEED, Figure, Result, by_group, by_scorer, scored, shared_figures
from eval.retrieval import DEPTHS, Level, Piece, asked_text, pointed_at, searched
from eval.sets import ROOT, SHARED, QuestionSet
from eval.sources import Sources, fingerprint, named_beside, sources_of
from eval.stability import Same, again, paraphrased
from eval.withholding import Withheld, withheld
from index.embed import MODEL_NAME, count_pieces
from index.library import Library
from ingest.chunks import cut
from ingest.json_form import record_json
from ingest.pipeline import extract, read_document
from ingest.readers import digest, read_bytes
from ingest.types import Chunk, Record

Say = Callable[[str], None]


@dataclass(frozen=True)
class Run:
    """What a run found. Everything but `timings` is the same to the last digit when it is run again."""

    set: str
    configuration: Mapping[str, str | int]
    commit: str | None
    library: str
    results: tuple[Result, ...]
    scorers: Mapping[str, Figure]
    groups: Mapping[str, Mapping[str, tuple[Figure, Figure]]]
    shared: Mapping[str, float]
    retrieval: Mapping[str, Mapping[str, Level]]
    extraction: Mapping[str, Extracted]
    stability: Mapping[str, Same]
    mutants: tuple[Caught, ...]
    imperfect: tuple[str, ...]
    withheld: tuple[Withheld, ...]
    timings: Mapping[str, float]


def run_set(found: QuestionSet, folder: Path, say: Say) -> Run:
    """Builds the set's library in `folder`, twice where the order is to be tested, and evaluates it."""
    cases = read_cases(found.questions)
    labels = read_labels(found.labels) if found.labels else Labels()
    say(f"{found.name}: reading {len(found.plans)} plans")
    library, other = _built(found, folder)
    with library:
        run = evaluate(found, cases, labels, library, say, engine(other) if other else None)
    if other:
        other.close()
    return run


def _built(found: QuestionSet, folder: Path) -> tuple[Library, Library | None]:
    """The library of the plans, and one with them in the opposite order where that is asked for; each plan is read once."""
    read = []
    for path in found.plans:
        data = read_bytes(path)
        document = read_document(path, data)
        extracted = extract(document)
        read.append((document, extracted, cut(document, extracted, count_pieces), data))
    libraries = []
    for name, order in (("library", read), ("reversed", read[::-1] if found.reordered else [])):
        if order:
            libraries.append(Library.open(folder / name, create=True))
            for document, extracted, chunks, data in order:
                libraries[-1].add(document, extracted, chunks, data)
    return libraries[0], libraries[1] if found.reordered else None


def evaluate(found: QuestionSet, cases: Sequence[Case], labels: Labels, library: Library, say: Say, reordered: Ask | None = None) -> Run:
    """Asks, scores and tests everything over an open library. `reordered` asks one that holds the same in another order."""
    sources = sources_of(library, cases, named_beside([found.questions.parent, SHARED / "gold"]), labels.documents)
    say(f"{found.name}: asking {len(cases)} questions")
    ask = engine(library)
    results = scored(cases, ask, sources)
    say(f"{found.name}: asking again")
    stability = {"asked twice, same answer": again(results, ask)}
    if reordered:
        stability["documents in another order, same answer"] = again(results, reordered)
    same, right = paraphrased(results)
    if same.of:
        stability |= {"in other words, same facts": same, "in other words, all right": right}
    say(f"{found.name}: searching, plain pipeline, records")
    retrieval = _retrieval(cases, results, sources, library)
    read = extraction(library, labels, sources)
    say(f"{found.name}: seeding faults")
    return Run(
        set=found.name,
        configuration=_configuration(found, cases),
        commit=_commit(),
        library=fingerprint(library),
        results=tuple(results),
        scorers=by_scorer(results),
        groups={group: by_group(results, group) for group in GROUPS},
        shared=shared_figures(results),
        retrieval=retrieval,
        extraction=read,
        stability=stability,
        mutants=tuple(mutated(cases, sources)),
        imperfect=tuple(imperfect(cases, sources)),
        withheld=tuple(withheld(cases, library)),
        timings=_timings(results),
    )


def _retrieval(cases: Sequence[Case], results: Sequence[Result], sources: Sources, library: Library) -> dict[str, dict[str, Level]]:
    """System → level → figures: what the answers point at, what they are made from, our search alone, the plain pipeline."""
    records = _records(library)
    passages = gathered(library)

    def found(case: Case, limit: int) -> list[Piece]:
        return [_piece(chunk) for chunk in passages(case, limit)]

    def ours(case: Case, limit: int) -> list[Piece]:
        return [_piece(hit.chunk) for hit in library.search(asked_text(case), limit)]

    out = {"our answers": pointed_at(results, sources, records)}
    for name, own in (("our evidence", found), ("our search", ours)):
        for depth, levels in searched(cases, own, sources, records).items():
            out[f"{name}, top {depth}"] = levels
    files = {e.name: library.original(e.name) for e in library.documents() if e.format == "pdf"}
    if len(files) == len(library.documents()):
        search, _ = plain_pipeline(files)
        for depth, levels in searched(cases, lambda case, limit: search(asked_text(case), limit), sources, None).items():
            out[f"plain LlamaIndex, top {depth}"] = levels
    return out


def _piece(chunk: Chunk) -> Piece:
    return Piece(chunk.place.document, chunk.place.page, chunk.embedded, chunk.records)


def _records(library: Library) -> dict[str, GivenRow]:
    found: tuple[Record, ...] = (*library.measures(), *library.actions(), *library.commitments())
    return {record.id: given_row(record_json(record)) for record in found}


def _configuration(found: QuestionSet, cases: Sequence[Case]) -> dict[str, str | int]:
    return {
        "questions": found.questions.name,
        "questions sha256": digest(found.questions.read_bytes()),
        "labels sha256": _labels_digest(found.labels),
        "cases": len(cases),
        "language model": "none",
        "embedding model": MODEL_NAME,
        "search depths": ", ".join(map(str, DEPTHS)),
        "bootstrap draws": DRAWS,
        "bootstrap seed": SEED,
    }


def _labels_digest(folder: Path | None) -> str:
    seen = hashlib.sha256()
    for path in sorted(folder.glob("*.jsonl")) if folder else []:
        seen.update(path.name.encode() + path.read_bytes())
    return seen.hexdigest() if folder else "none"


def _commit() -> str | None:
    """The commit of the checkout, with "+changes" where files differ from it; None where this is no checkout."""

    def git(*arguments: str) -> str | None:
        try:
            done = subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False)
        except OSError:
            return None
        return done.stdout.strip() if done.returncode == 0 else None

    head = git("rev-parse", "HEAD")
    return None if head is None else f"{head}+changes" if git("status", "--porcelain") else head


def _timings(results: Sequence[Result]) -> dict[str, float]:
    """Milliseconds of the answers: median, 95th percentile, longest."""
    ms = sorted(r.given.total_ms for r in results if r.given.total_ms is not None)
    if not ms:
        raise EvalError("no answer says how long it took")
    return {"p50_ms": ms[len(ms) // 2], "p95_ms": ms[int(len(ms) * 0.95)], "max_ms": ms[-1]}
